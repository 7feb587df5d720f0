"""The review of a week, as the screen and the command line read it.

A file of its own: what reads the week and what shows it share no other.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from store.rules.weekly.goals import Goal
from store.rules.weekly.review import Part
from store.rules.weekly.weeks import Week


class ReviewLine(NamedTuple):
    """One line of a review: on which day, what, and of which application.

    Of the ids at most one besides `application_id` is there: they tell what the line stands for.
    """

    day: date | None
    what: str
    company: str = ""
    role: str = ""
    application_id: int | None = None
    follow_up_id: int | None = None
    reminder_id: int | None = None
    posting_id: int | None = None
    late: bool = False


class Review(NamedTuple):
    """One week in all its parts; `more` says how many there are of a part beyond its lines, where
    only what is new in the week is listed."""

    week: Week
    goals: tuple[Goal, ...]
    parts: Mapping[Part, tuple[ReviewLine, ...]]
    more: Mapping[Part, int]
