"""`rounds review`: the week as text, markdown, JSON, and in a file."""

from pathlib import Path
from typing import Any

import pytest

PAGE = """\
This week, Mon 23 Nov – Sun 29 Nov

Goals
  ▰▰▰▰▰▱▱▱▱▱  1 of 2 applications

Sent  2
  Mon 23 Nov  application · Globex *Labs*, SRE
  Mon 23 Nov  follow-up · Initech, Cook

Answered
  No answers.

Silent  1
  Mon 9 Nov  nothing since · Initech, Cook

Next week  1
  Thu 3 Dec  follow up on your application · Globex *Labs*, SRE

Reminders  2
  Fri 27 Nov  update the CV, every week
              call Ana

Promises  1
  Fri 27 Nov  you: send the #1 portfolio · Globex *Labs*, SRE

Lessons
  No lessons were noted.

To sweep
  Nothing to sweep.
"""


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex *Labs*", "SRE", "--applied", "2026-11-23"),
        ("add", "Initech", "Cook", "--applied", "2026-11-09"),
        ("done", "--where", "initech"),
        ("point", "1", "my-promise", "send the #1 portfolio", "--on", "fri"),
        ("reminder", "update the CV", "--on", "fri", "--every", "week"),
        ("reminder", "call Ana"),
        ("goal", "2", "applications"),
    )
    return shell


def test_the_page(board: Any) -> None:
    assert board.ok("review").out == PAGE


def test_as_markdown(board: Any) -> None:
    page = board.ok("review", "--format", "markdown").out
    assert page.startswith("# This week, Mon 23 Nov – Sun 29 Nov\n\n## Goals\n\n- [ ] 1 of 2 ")
    assert r"- Mon 23 Nov · application · **Globex \*Labs\*, SRE**" in page
    assert "\n## Answered\n\nNo answers.\n" in page


def test_in_a_file_in_the_format_that_its_name_says(board: Any, tmp_path: Path) -> None:
    for name, begins in (("week.md", "# This week"), ("week.txt", "This week")):
        file = tmp_path / name
        result = board.ok("review", "-o", str(file))
        assert result.out == ""
        assert f"The week Mon 23 Nov – Sun 29 Nov is in “{file}”." in result.err
        assert file.read_text(encoding="utf-8").startswith(begins)
    assert (tmp_path / "week.txt").read_text(encoding="utf-8") == PAGE
    refused = board("review", "-o", str(board.path))
    assert refused.code == 1
    assert "board" in refused.err


@pytest.mark.parametrize(
    ("week", "first"),
    [
        ("this", "2026-11-23"),
        ("last", "2026-11-16"),
        ("next", "2026-11-30"),
        ("2026-11-12", "2026-11-09"),
        ("12 nov", "2026-11-09"),
        ("fri", "2026-11-16"),
        ("2026-12-12", "2026-12-07"),
    ],
)
def test_which_week(board: Any, week: str, first: str) -> None:
    assert board.ok("review", "--week", week, "--json").json["first"] == first


def test_another_week_has_the_week_after_it(board: Any) -> None:
    page = board.ok("review", "--week", "2026-11-12").out
    assert page.startswith("2 weeks ago, Mon 9 Nov – Sun 15 Nov\n")
    assert "\nThe week after, Mon 16 Nov – Sun 22 Nov\n" in page


@pytest.mark.parametrize(
    ("config_text", "first"),
    [
        ('[review]\nweek_begins = "sunday"\n', "2026-11-22"),
        ('[follow_ups]\ncountry = "US"\n', "2026-11-22"),
        ('[follow_ups]\ncountry = "US"\n[review]\nweek_begins = "monday"\n', "2026-11-23"),
    ],
)
def test_the_week_begins_as_settings_or_country_say(
    board: Any, config: Path, config_text: str, first: str
) -> None:
    config.parent.mkdir(parents=True)
    config.write_text(config_text, encoding="utf-8")
    assert board.ok("review", "--json").json["first"] == first


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--week", "nonsense"), 2, "nonsense"),
        (("--format", "markdwon"), 2, "Did you mean “markdown”?"),
    ],
)
def test_what_is_refused(board: Any, words: tuple[str, ...], code: int, said: str) -> None:
    result = board("review", *words)
    assert result.code == code
    assert said in result.err


def test_a_mistake_in_the_config_file_is_told_with_its_line(board: Any, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text('[review]\nweek_begins = "sonday"\n', encoding="utf-8")
    result = board.ok("review")
    assert result.out == PAGE
    assert result.err.startswith("Note: The config file")
    assert "line 2: “sonday” is no day of the week. Did you mean “sunday”?" in result.err


def test_no_board_yet(shell: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nothing"))
    result = shell("review", named=False)
    assert result.code == 1
    assert "There is nothing to review." in result.err
