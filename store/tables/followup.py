"""Follow-ups, the drafts for them, and the messages that went in and out."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from store.rules import fields
from store.tables.columns import OfApplication, of_application, one_of, text_column

FOLLOW_UP_STATES = ("open", "done", "skipped")
MESSAGES_IN = ("reply", "automatic", "invitation", "date_given", "offer", "rejection")
MESSAGES_OUT = ("application", "answer", "nudge", "thank_you", "acknowledgement", "other")


class FollowUp(OfApplication, table=True):
    """Something to do, with its whole window and its reason.

    Rows with `rule` = "own" were made by the user and are never re-planned; neither is any row
    that was done, skipped or snoozed. `planned_on` is the day on which it came into being, before
    which it is never due; `late_from` the moment from which it is late, where that is not the end
    of the day or the instant on which it is due, and of what writes to an employer unasked the
    business day for which it is again after days off; `names_day` the day that its message tells
    of.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        one_of("state", FOLLOW_UP_STATES),
        CheckConstraint("nth BETWEEN 1 AND of", name="nth_of"),
        UniqueConstraint("application_id", "rule", "anchor", "person", "nth", name="once"),
        Index("ix_follow_up_application", "application_id", "state"),
        Index("ix_follow_up_due", "state", "due_on", "lapses_at", "due_at"),
        Index("ix_follow_up_snoozed", "state", "snoozed_to"),
        {"sqlite_autoincrement": True},
    )

    application_id: int = of_application(index=False)
    interview_id: int | None = Field(
        default=None, foreign_key="interview.id", index=True, ondelete="CASCADE"
    )
    rule: str = Field(max_length=8)
    anchor: str = Field(max_length=64)
    person: str = Field(default="", max_length=fields.PEOPLE.limit)
    nth: int = 1
    of: int = 1
    action: str = Field(max_length=32)
    label: str = Field(max_length=fields.REMINDER.limit)
    reason: str = Field(default="", max_length=500)
    not_before: datetime | None = None
    due_on: date
    due_at: datetime | None = None
    late_until: datetime | None = None
    lapses_at: datetime | None = None
    snoozed_to: date | None = None
    state: str = "open"
    done_on: date | None = Field(default=None, index=True)
    planned_on: date | None = None
    late_from: datetime | None = None
    names_day: date | None = None


class Message(OfApplication, table=True):
    """A message that went in or out. Automatic ones never count as a human reply."""

    __table_args__ = (
        one_of("direction", ("in", "out")),
        one_of("kind", MESSAGES_IN + MESSAGES_OUT),
        {"sqlite_autoincrement": True},
    )

    interview_id: int | None = Field(
        default=None, foreign_key="interview.id", index=True, ondelete="SET NULL"
    )
    follow_up_id: int | None = Field(
        default=None, foreign_key="follow_up.id", index=True, ondelete="SET NULL"
    )
    direction: str
    kind: str
    sent_on: date
    text: str = Field(default="", max_length=fields.MESSAGE.limit)


class Draft(OfApplication, table=True):
    """A message that is being written, for a follow-up or for the application as a whole."""

    __table_args__ = ({"sqlite_autoincrement": True},)

    follow_up_id: int | None = Field(
        default=None, foreign_key="follow_up.id", index=True, unique=True, ondelete="SET NULL"
    )
    kind: str = Field(max_length=32)
    text: str = text_column(fields.DRAFT)
    updated_on: date
