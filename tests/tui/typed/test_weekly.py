"""Reminders of no card and goals, read while they are typed."""

from datetime import date

import pytest

from store.rules.text import Refused
from tests.tables import each_row
from tui.typed.weekly import FreeReminder, read_free_reminder, read_goal_line, reminder_text

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


@each_row(
    ("text", "read", "echo"),
    [
        ("update the CV", ("update the CV", None, ""), "no date: update the CV"),
        (
            "fri update the CV",
            ("update the CV", FRIDAY, ""),
            "Fri 27 Nov, in 4 days: update the CV",
        ),
        (
            "fri look for postings every week",
            ("look for postings", FRIDAY, "week"),
            "Fri 27 Nov, in 4 days, every week: look for postings",
        ),
        (
            "look for postings, every month",
            ("look for postings", TODAY, "month"),
            "Mon 23 Nov, today, every month: look for postings",
        ),
        ("water every plant", ("water every plant", None, ""), "no date: water every plant"),
        ("3 dec tax", ("tax", date(2026, 12, 3), ""), "Thu 3 Dec, in 10 days: tax"),
        ("fri", ("fri", None, ""), "no date: fri"),
    ],
)
def test_a_reminder_is_read(text: str, read: tuple[str, date | None, str], echo: str) -> None:
    assert read_free_reminder(text, TODAY) == (FreeReminder(*read), echo)


@each_row(
    ("text", "why"),
    [("", "Reminder"), ("2026-11-20 call", "in the past"), ("x" * 201, "200")],
)
def test_no_reminder(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_free_reminder(text, TODAY)


@each_row("every", ["", "day", "week", "two_weeks", "month"])
@each_row("on", [None, FRIDAY, date(2026, 11, 20), date(2027, 3, 1)])
def test_what_is_stored_reads_as_itself(on: date | None, every: str) -> None:
    if every and on is None:
        return
    text = reminder_text("call Ana", on, every)
    assert read_free_reminder(text, TODAY, on)[0] == FreeReminder("call Ana", on, every)


@each_row(
    ("text", "read", "echo"),
    [
        ("5 applications", ("applications", 5), "5 applications a week, from this week on"),
        ("0 follow-ups", ("follow_ups", 0), "No goal for follow-ups from this week on"),
    ],
)
def test_a_goal_is_read(text: str, read: tuple[str, int], echo: str) -> None:
    assert read_goal_line(text) == (read, echo)
