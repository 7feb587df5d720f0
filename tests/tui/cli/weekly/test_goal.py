"""`rounds goal`, and the quiet line below the list of what is due."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-23"),
        ("add", "Initech", "SRE", "--applied", "2026-11-22"),
        ("goal", "5", "applications"),
    )
    return shell


def test_none_yet(shell: Any) -> None:
    shell.begin(("add", "Globex", "SRE"))
    result = shell.ok("goal")
    assert (result.out, result.err) == ("", "No goals. Set one: “rounds goal 5 applications”.\n")
    assert shell.ok("goal", "--json").json == []
    assert shell.ok("goal", "2 interviews").err == "Goal: 2 interviews a week.\n"


def test_how_far_it_is(board: Any) -> None:
    assert board.ok("goal").out == "▰▰▱▱▱▱▱▱▱▱  1 of 5 applications this week\n"
    board.ok("goal", "interviews", "2")
    assert board.ok("goal", "--json").json == [
        {"kind": "applications", "number": 5, "done": 1, "reached": False},
        {"kind": "interviews", "number": 2, "done": 0, "reached": False},
    ]


def test_it_is_one_quiet_line_below_what_is_due(board: Any) -> None:
    said = "1 of 5 applications this week."
    assert board.ok("due").err.splitlines()[-1] == said
    assert "applications this week" not in board.ok("due").out
    for words in (("--json",), ("--line",), ("--format", "{id}"), ("--on", "fri")):
        assert said not in board.ok("due", *words).err
    board.ok("goal", "2", "interviews")
    assert "1 of 5 applications, 0 of 2 interviews this week." in board.ok("due").err


def test_ended_and_undone(board: Any) -> None:
    assert board.ok("goal", "0", "applications").err == "No goal for applications.\n"
    assert board.ok("goal").out == ""
    assert board.ok("undo").err == "Undone: no goal for applications.\n"
    assert board.ok("goal").out
    assert board.ok("undo").err == "Undone: goal — 5 applications a week.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("5",), 2, "Write a number and what to count"),
        (("5", "aplications"), 2, "Did you mean “applications”?"),
        (("1000", "applications"), 2, "not a whole number from 0 to 999"),
        (("5", "applications"), 1, "Your goal is 5 applications a week already."),
    ],
)
def test_what_is_refused(board: Any, words: tuple[str, ...], code: int, said: str) -> None:
    result = board("goal", *words)
    assert result.code == code
    assert said in result.err


def test_the_week_begins_as_the_config_file_says(board: Any, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text('[review]\nweek_begins = "sunday"\n', encoding="utf-8")
    board.ok("goal", "4", "applications")
    assert board.ok("goal").out == "▰▰▰▰▰▱▱▱▱▱  2 of 4 applications this week\n"
    assert "2 of 4 applications this week." in board.ok("due").err
