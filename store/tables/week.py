"""What belongs to no application: goals for a week, and reminders of the user's own.

A file of its own: the only rows that belong to no application, and no mail.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from store.rules import fields
from store.rules.weekly.goals import KINDS
from store.rules.weekly.reminders import EVERY
from store.tables.columns import Numbered, between, one_of

REMINDER_STATES = ("open", "done")


class Goal(Numbered, table=True):
    """How many of a kind are wanted in a week: in that which begins on `from_on`, and in all after
    it until another number is set. 0 ends it."""

    __table_args__ = (
        one_of("kind", KINDS),
        between("number", 0, 999, "number_in_range"),
        UniqueConstraint("kind", "from_on", name="set_once"),
        {"sqlite_autoincrement": True},
    )

    kind: str
    number: int
    from_on: date


class Reminder(Numbered, table=True):
    """Something to do that no application is about, on a day or on none.

    One that comes again, `every` so often counted from `begins_on`, has `due_on` moved on whenever
    it is done, and `done_on` tells the last time; any other one is done for good then.
    """

    __table_args__ = (
        one_of("state", REMINDER_STATES),
        one_of("every", ("", *EVERY)),
        CheckConstraint("text <> ''", name="said"),
        CheckConstraint("(begins_on IS NULL) = (due_on IS NULL)", name="day_whole"),
        CheckConstraint("every = '' OR due_on IS NOT NULL", name="every_from_a_day"),
        Index("ix_reminder_due", "state", "due_on"),
        {"sqlite_autoincrement": True},
    )

    text: str = Field(max_length=fields.REMINDER.limit)
    begins_on: date | None = None
    due_on: date | None = None
    every: str = Field(default="", max_length=16)
    snoozed_to: date | None = None
    state: str = "open"
    done_on: date | None = None
    created_at: datetime
    updated_at: datetime
