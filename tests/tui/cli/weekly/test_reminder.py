"""`rounds reminder`: reminders of no application, and what other commands do with them."""

from typing import Any

import pytest

from tests.tables import each_row


@pytest.fixture
def board(shell: Any) -> Any:
    """One for today, one that comes again, one without a day."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-23"),
        ("reminder", "update the CV", "--on", "today"),
        ("reminder", "look", "for", "postings", "--on", "fri", "--every", "week"),
        ("reminder", "call Ana"),
    )
    return shell


def numbers(shell: Any) -> list[str]:
    return [one["number"] for one in shell.ok("reminder", "--json").json]


def test_none_yet(shell: Any) -> None:
    shell.begin(("add", "Globex", "SRE"))
    result = shell.ok("reminder")
    assert result.out == ""
    assert "No reminders. Add one: “rounds reminder 'update the CV' --on fri”." in result.err


def test_the_list_and_one_of_them(board: Any) -> None:
    lines = [line.split("  ") for line in board.ok("reminder").out.splitlines()]
    assert [[word.strip() for word in line if word.strip()] for line in lines] == [
        ["ID", "WHEN", "WHAT", "AGAIN"],
        ["r1", "today", "update the CV"],
        ["r2", "Fri 27 Nov", "look for postings", "every week"],
        ["r3", "no date", "call Ana"],
    ]
    assert board.ok("reminder", "r2").out == "r2  look for postings\nFri 27 Nov, every week\n"
    assert board.ok("reminder", "r2", "--json").json == {
        "id": 2,
        "number": "r2",
        "text": "look for postings",
        "due_on": "2026-11-27",
        "days": 4,
        "late": False,
        "every": "week",
        "snoozed": False,
    }


def test_on_the_list_of_what_is_due(board: Any) -> None:
    rows = [line.split("  ")[0] for line in board.ok("due").out.splitlines()]
    assert rows == ["ID", "r1", "r3"]
    assert board("due", "--check").code == 10
    assert board.ok("due", "--line").out == "1 today\n"
    found = board.ok("due", "--json", "--days", "7").json
    assert [(one["number"], one["kind"], one["days"]) for one in found] == [
        ("r1", "reminder", 0),
        ("r2", "reminder", 4),
    ]
    assert board.ok("due", "--format", "{id} {what} {due}").out.splitlines() == [
        "r1 update the CV 2026-11-23",
        "r3 call Ana ",
    ]
    assert board.ok("due", "--sort", "company").out


def test_the_next_one_is_told_where_nothing_is_due(board: Any) -> None:
    board.ok("done", "r1")
    result = board.ok("due")
    assert "Nothing is due today. Next: Fri 27 Nov, look for postings (r2)." in result.err
    assert "call Ana" in result.out
    assert board("due", "--check").code == 0


def test_done_snoozed_and_dropped_as_follow_ups_are(board: Any) -> None:
    assert board.ok("done", "r2").err == "Done: look for postings; next Fri 4 Dec.\n"
    assert board.ok("snooze", "r1", "r3", "wed").err.startswith("Snoozed to Wed 25 Nov: ")
    assert numbers(board) == ["r1", "r3", "r2"]
    told = board.ok("skip", "r1").err
    assert told == "Reminder dropped: update the CV. “rounds undo” reverts this.\n"
    assert board.ok("undo").err == "Undone: reminder dropped — update the CV.\n"
    for _ in range(2):
        board.ok("undo")
    assert numbers(board) == ["r1", "r2", "r3"]


def test_days_are_counted_from_that_on_which_it_is_due(board: Any) -> None:
    result = board.ok("snooze", "r2", "+1d")
    assert "Snoozed to Sat 28 Nov" in result.err
    assert "Counted from Fri 27 Nov, when it is due." in result.err


def test_changed(board: Any) -> None:
    board.ok("reminder", "r1", "--on", "none")
    board.ok("reminder", "r3", "--text", "call Bo", "--every", "month")
    board.ok("reminder", "r2", "--every", "never")
    shown = [(o["text"], o["due_on"], o["every"]) for o in board.ok("reminder", "--json").json]
    assert shown == [
        ("call Bo", "2026-11-23", "month"),
        ("look for postings", "2026-11-27", None),
        ("update the CV", None, None),
    ]
    board.ok("reminder", "r1", "--drop")
    assert numbers(board) == ["r3", "r2"]


@each_row(
    ("words", "code", "said"),
    [
        (("reminder", "--on", "fri"), 2, "A word is missing"),
        (("reminder", "--drop"), 2, "Which reminder?"),
        (("reminder", "x", "--drop"), 2, "Which reminder?"),
        (("reminder", "x", "--every", "year"), 2, "“year” is no span."),
        (("reminder", "x", "--on", "none", "--every", "week"), 2, "needs a day"),
        (("reminder", "x", "--on", "2026-11-20"), 2, "in the past"),
        (("reminder", "r9"), 3, "There is no open reminder r9."),
        (("reminder", "r9", "--drop"), 3, "There is no reminder r9."),
        (("reminder", "r1", "--on", "today"), 1, "It says that already."),
        (("done", "r9"), 3, "There is no reminder r9."),
        (("done", "r1", "r9"), 3, "r9"),
        (("done", "r1", "f1"), 2, "go into one command each"),
        (("snooze", "r1", "today"), 1, "The earliest snooze date is tomorrow."),
    ],
)
def test_what_is_refused_changes_nothing(
    board: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    before = board.ok("reminder", "--json").json
    result = board(*words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert board.ok("reminder", "--json").json == before


def test_told_on_the_desktop_once_a_day_it_is_for(board: Any) -> None:
    notice = board.ok("notify", "--dry-run", "--json").json
    assert notice["title"] == "Due: 1 reminder"
    assert notice["lines"] == ["update the CV (today)"]
    assert notice["reminders"] == [1]
