"""Searches with a name: kept with the board, used, counted, undone and removed."""

from typing import Any

import pytest

from tests.tables import each_row
from tests.tui.cli.showing.test_list_options import COMMANDS


@pytest.fixture
def board(shell: Any) -> Any:
    """Five applications, one of them closed, and two searches."""
    shell.begin(
        *COMMANDS,
        ("search", "Café jobs", "engineer -tag:remote"),
        ("search", "Over", "closed"),
    )
    return shell


def found(shell: Any, *words: str) -> list[str]:
    printed: str = shell.ok("list", "--format", "{company}", *words).out
    return printed.splitlines()


def test_a_saved_search_is_used_by_its_name(board: Any) -> None:
    assert found(board, "--saved", "Café jobs") == ["acme", "Hooli"]
    assert found(board, "--saved", "CAFE JOBS") == ["acme", "Hooli"]
    assert found(board, "--saved", "cafe jobs", "--search", "stage:second") == ["Hooli"]
    assert found(board, "--saved", "over") == ["Initech"]
    nothing = board.ok("list", "--saved", "cafe jobs", "--search", "nobody")
    assert nothing.err == "No application matches.\n"


def test_the_list_of_searches_counts_what_each_finds(board: Any) -> None:
    lines = [" ".join(line.split()) for line in board.ok("search").out.splitlines()]
    assert lines == ["NAME FOUND QUERY", "Café jobs 2 engineer -tag:remote", "Over 1 closed"]
    assert board.ok("search", "--json").json == [
        {"name": "Café jobs", "query": "engineer -tag:remote", "found": 2},
        {"name": "Over", "query": "closed", "found": 1},
    ]


def test_the_same_name_keeps_the_newer_query_and_undo_the_one_before(board: Any) -> None:
    told = board.ok("search", "cafe jobs", "stage:second").err
    assert told == "Search “cafe jobs” saved: stage:second.\n"
    assert found(board, "--saved", "Café jobs") == ["Hooli"]
    assert "Undone" in board.ok("undo").err
    assert found(board, "--saved", "Café jobs") == ["acme", "Hooli"]
    board.ok("search", "over", "--remove")
    assert board("list", "--saved", "over").code == 3
    board.ok("undo")
    assert found(board, "--saved", "over") == ["Initech"]


def test_a_search_is_called_otherwise_and_keeps_its_place(board: Any) -> None:
    told = board.ok("search", "cafe jobs", "--rename", "Elsewhere").err
    assert told == "Search “cafe jobs” renamed to “Elsewhere”.\n"
    names = [search["name"] for search in board.ok("search", "--json").json]
    assert names == ["Elsewhere", "Over"]
    assert found(board, "--saved", "elsewhere") == ["acme", "Hooli"]
    board.ok("undo")
    assert found(board, "--saved", "café jobs") == ["acme", "Hooli"]


@each_row(
    ("words", "code", "sentence"),
    [
        (("list", "--saved", "cafe job"), 3, "There is no saved search “cafe job”. Did you mean"),
        (("search", "Mine", "stag:x"), 2, "There is no field “stag”. Did you mean “stage”?"),
        (("search", "Mine"), 2, "“rounds list --search Mine” finds. To keep a search"),
        (("search", "Mine", "--remove"), 3, "There is no saved search “Mine”."),
        (("search", "Mine", "x", "--remove"), 2, "Give either a query to keep or --remove."),
        (("search", "x" * 41, "y"), 1, "Name of the search has 41 characters; 40 fit."),
        (("search", "Mine", "--rename", "Yours"), 3, "There is no saved search “Mine”."),
        (("search", "Over", "--rename", "cafe jobs"), 1, "There is a saved search “cafe jobs”"),
        (("search", "Over", "x", "--rename", "y"), 2, "Give either a query to keep, --rename or"),
        (("search", " ", "y"), 1, "Name of the search is empty."),
    ],
)
def test_what_cannot_be_is_told(
    board: Any, words: tuple[str, ...], code: int, sentence: str
) -> None:
    result = board(*words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err


def test_without_any_it_says_how_to_keep_one(shell: Any) -> None:
    shell.begin(("add", "Globex", "Engineer"))
    assert "No saved searches. Keep one:" in shell.ok("search").err
