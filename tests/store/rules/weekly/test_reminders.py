"""Reminders that belong to no card: their numbers, and when they come again."""

from datetime import date

import pytest

from store.rules.text import Refused
from store.rules.weekly.reminders import (
    EVERY,
    every_words,
    next_day,
    read_every,
    read_reminder_number,
    reminder_number,
)
from tests.tables import each_row


def test_numbers() -> None:
    assert reminder_number(4) == "r4"
    assert [read_reminder_number(text) for text in ("r4", "R4", "#r4")] == [4, 4, 4]
    assert [read_reminder_number(text) for text in ("4", "f4", "r", "r4x", "r-4")] == [None] * 5


@each_row(
    ("text", "every"),
    [
        ("week", "week"),
        ("Weekly", "week"),
        ("every week", "week"),
        ("2w", "two_weeks"),
        ("two weeks", "two_weeks"),
        ("two_weeks", "two_weeks"),
        ("months", "month"),
        ("daily", "day"),
        ("never", ""),
        ("none", ""),
    ],
)
def test_how_often_is_read(text: str, every: str) -> None:
    assert read_every(text) == every


def test_what_is_no_span() -> None:
    with pytest.raises(Refused, match=r"“weak” is no span. Did you mean “week”\?"):
        read_every("weak")
    assert every_words("") == ""
    for every in EVERY:
        assert read_every(every_words(every)) == every


@each_row(
    ("begins", "every", "after", "comes"),
    [
        (date(2026, 11, 23), "day", date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 23), "week", date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 23), "week", date(2026, 12, 8), date(2026, 12, 14)),
        (date(2026, 11, 23), "two_weeks", date(2026, 11, 30), date(2026, 12, 7)),
        (date(2026, 12, 1), "week", date(2026, 11, 23), date(2026, 12, 1)),
        (date(2026, 1, 31), "month", date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 1, 31), "month", date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 1, 31), "month", date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 1, 15), "month", date(2026, 3, 14), date(2026, 3, 15)),
    ],
)
def test_the_next_time_is_counted_from_the_first(
    begins: date, every: str, after: date, comes: date
) -> None:
    assert next_day(begins, every, after) == comes
