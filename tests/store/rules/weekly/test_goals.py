"""Goals for a week: how they are written, which hold, how far they are."""

from datetime import date

import pytest

from store.rules.text import Refused
from store.rules.weekly.goals import KINDS, Goal, StoredGoal, goals_for, read_goal
from store.rules.weekly.weeks import Week
from tests.tables import each_row

WEEK = Week(date(2026, 11, 23))


@each_row(
    ("text", "kind", "number"),
    [
        ("5 applications", "applications", 5),
        ("1 application", "applications", 1),
        ("applications 12", "applications", 12),
        ("3 follow-ups", "follow_ups", 3),
        ("3 follow ups", "follow_ups", 3),
        ("  2   Interviews ", "interviews", 2),
        ("0 contacts", "contacts", 0),
        ("no contacts", "contacts", 0),
        ("contacts none", "contacts", 0),
        ("999 contacts", "contacts", 999),
    ],
)
def test_a_goal_is_read(text: str, kind: str, number: int) -> None:
    assert read_goal(text) == (kind, number)


@each_row(
    ("text", "why"),
    [
        ("", "Write a number and what to count"),
        ("5", "Write a number and what to count"),
        ("5 aplications", "Did you mean “applications”"),
        ("1000 applications", "not a whole number from 0 to 999"),
        ("-5 applications", "“-5” cannot be counted|not a whole number"),
        ("five applications", "cannot be counted|not a whole number"),
        ("²  applications", "cannot be counted|not a whole number"),
    ],
)
def test_no_goal(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_goal(text)


def test_the_newest_that_was_set_for_the_week_or_before_holds() -> None:
    stored = [
        StoredGoal("applications", 3, date(2026, 11, 23)),
        StoredGoal("applications", 9, date(2026, 11, 30)),
        StoredGoal("applications", 5, date(2026, 11, 2)),
        StoredGoal("interviews", 2, date(2026, 11, 9)),
        StoredGoal("interviews", 0, date(2026, 11, 16)),
        StoredGoal("contacts", 4, date(2026, 11, 29)),
        StoredGoal("unknown", 4, date(2026, 11, 1)),
    ]
    assert goals_for(WEEK, stored) == {"applications": 3, "contacts": 4}
    assert goals_for(WEEK.shift(-1), stored) == {"applications": 5}
    assert goals_for(WEEK.shift(-2), stored) == {"applications": 5, "interviews": 2}
    assert goals_for(WEEK.shift(-9), stored) == {}


@each_row(
    ("done", "number", "bar"),
    [
        (0, 5, "▱▱▱▱▱▱▱▱▱▱"),
        (3, 5, "▰▰▰▰▰▰▱▱▱▱"),
        (1, 100, "▰▱▱▱▱▱▱▱▱▱"),
        (99, 100, "▰▰▰▰▰▰▰▰▰▱"),
        (5, 5, "▰▰▰▰▰▰▰▰▰▰"),
        (9, 5, "▰▰▰▰▰▰▰▰▰▰"),
    ],
)
def test_the_bar_is_full_once_all_is_done_and_not_before(done: int, number: int, bar: str) -> None:
    assert Goal("applications", number, done).bar() == bar


def test_in_words() -> None:
    assert Goal("applications", 5, 3).words() == "3 of 5 applications this week"
    assert Goal("follow_ups", 1, 0).words("") == "0 of 1 follow-up"
    assert Goal("interviews", 2, 2).reached
    for kind in KINDS:
        goal = Goal(kind, 4, 0)
        assert read_goal(goal.set_by) == (kind, 4)
