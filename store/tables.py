"""The tables. Instants are aware UTC, days are local dates, enums are text with a CHECK.

Text limits come from `store.rules.fields`; every text has gone through `store.rules.text` before
it gets here. Follow-ups are rows so that "due" is one indexed query; the rules make them.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.rules import fields
from store.rules.stages import Outcome, Stage


def _one_of(column: str, values: type[Stage] | type[Outcome] | tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _text(name: str) -> str:
    """A text column with the limit of the application's field `name`; empty when not known."""
    column: str = Field(default="", max_length=fields.APPLICATION[name].limit)
    return column


class Application(SQLModel, table=True):
    """One job that the user applied for.

    `applied_on` is empty only when an imported day could not be read. `dormant_on` and
    `close_suggested_on` are planned like follow-ups: reading compares them with
    today, so that the passing of time never needs a write.
    """

    __tablename__ = "application"
    __table_args__ = (
        _one_of("stage", Stage),
        _one_of("outcome", Outcome),
        CheckConstraint("company <> '' AND role <> ''", name="named"),
        CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name="closed_whole"),
        CheckConstraint("stage_since >= applied_on", name="stage_after_application"),
        Index("ix_application_board", "outcome", "stage"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 0
    company: str = Field(max_length=fields.APPLICATION["company"].limit, index=True)
    role: str = Field(max_length=fields.APPLICATION["role"].limit)
    stage: str = Stage.APPLIED.value
    stage_since: date
    applied_on: date | None = None
    position: float | None = None
    location: str = _text("location")
    url: str = _text("url")
    source: str = _text("source")
    salary: str = _text("salary")
    tags: str = Field(default="[]", description="JSON array of strings")
    contact_name: str = _text("contact_name")
    contact_email: str = _text("contact_email")
    channel: str = _text("channel")
    cv_version: str = _text("cv_version")
    letter_version: str = _text("letter_version")
    via_recruiter: str = _text("via_recruiter")
    no_contact: bool = False
    posted_on: date | None = None
    closing_on: date | None = None
    posting_text: str = _text("posting_text")
    expected_by: date | None = None
    expected_set_on: date | None = None
    expected_text: str = _text("expected_text")
    next_step: str = _text("next_step")
    why_role: str = _text("why_role")
    why_company: str = _text("why_company")
    offered_on: date | None = None
    offered_at: datetime | None = None
    offer_acknowledged_on: date | None = None
    offer_deadline_on: date | None = None
    offer_deadline_at: datetime | None = None
    offer_deadline_set_on: date | None = None
    outcome: str | None = None
    closed_on: date | None = None
    reason: str = _text("reason")
    lesson_keep: str = _text("lesson_keep")
    lesson_change: str = _text("lesson_change")
    dormant_on: date | None = None
    close_suggested_on: date | None = None
    created_at: datetime
    updated_at: datetime


def _of_application(index: bool = True) -> int:
    column: int = Field(foreign_key="application.id", index=index, ondelete="CASCADE")
    return column


INTERVIEW_STATUSES = ("invited", "confirmed", "cancelled")


class Interview(SQLModel, table=True):
    """An interview, from the invitation on. That it was held follows from the clock.

    `invited` has no time yet; `starts_at` is set exactly when the talk has been agreed.
    """

    __tablename__ = "interview"
    __table_args__ = (
        _one_of("stage", ("first", "second")),
        _one_of("status", INTERVIEW_STATUSES),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
        CheckConstraint("status <> 'confirmed' OR starts_at IS NOT NULL", name="confirmed_timed"),
        Index("ix_interview_starts_at", "starts_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = _of_application()
    stage: str
    status: str
    logged_on: date
    invited_on: date | None = None
    invited_at: datetime | None = None
    answered_on: date | None = None
    starts_at: datetime | None = None
    minutes: int = 60
    zone: str = Field(default="UTC", max_length=64)
    place: str = Field(default="", max_length=fields.PLACE.limit)
    people: str = Field(default="", max_length=fields.PEOPLE.limit)
    formats: str = Field(default="[]", description="JSON array of format keys")


FOLLOW_UP_STATES = ("open", "done", "skipped")


class FollowUp(SQLModel, table=True):
    """Something to do, with its whole window and its reason.

    Rows with `rule` = "own" were made by the user and are never re-planned; neither is any row
    that was done, skipped or snoozed.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        _one_of("state", FOLLOW_UP_STATES),
        CheckConstraint("nth BETWEEN 1 AND of", name="nth_of"),
        UniqueConstraint("application_id", "rule", "anchor", "person", "nth", name="once"),
        Index("ix_follow_up_application", "application_id", "state"),
        Index("ix_follow_up_due", "state", "due_on", "lapses_at"),
        Index("ix_follow_up_snoozed", "state", "snoozed_to"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = _of_application(index=False)
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
    done_on: date | None = None


class StageMove(SQLModel, table=True):
    """One step of an application, on the day on which it happened; the first has no origin."""

    __tablename__ = "stage_move"
    __table_args__ = (
        CheckConstraint(
            "from_stage IS NULL OR from_stage IN ('applied', 'first', 'second', 'offer')",
            name="from_stage_known",
        ),
        _one_of("to_stage", Stage),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = _of_application()
    from_stage: str | None = None
    to_stage: str
    moved_on: date


MESSAGES_IN = ("reply", "automatic", "invitation", "date_given", "offer", "rejection")
MESSAGES_OUT = ("application", "answer", "nudge", "thank_you", "acknowledgement", "other")


class Message(SQLModel, table=True):
    """A message that went in or out. Automatic ones never count as a human reply."""

    __tablename__ = "message"
    __table_args__ = (
        _one_of("direction", ("in", "out")),
        _one_of("kind", MESSAGES_IN + MESSAGES_OUT),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = _of_application()
    interview_id: int | None = Field(default=None, foreign_key="interview.id", ondelete="SET NULL")
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id", ondelete="SET NULL")
    direction: str
    kind: str
    sent_on: date
    text: str = Field(default="", max_length=fields.MESSAGE.limit)


class TipTick(SQLModel, table=True):
    """A tip that the user ticked for one application."""

    __tablename__ = "tip_tick"
    __table_args__ = (
        UniqueConstraint("application_id", "tip", name="ticked_once"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = _of_application(index=False)
    tip: str = Field(max_length=8)
    ticked_on: date


class Note(SQLModel, table=True):
    """A free note on one application."""

    __tablename__ = "note"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = _of_application()
    noted_on: date
    text: str = Field(max_length=fields.NOTE.limit)


class Setting(SQLModel, table=True):
    """A choice that belongs to this board, such as a lane sorted by hand."""

    __tablename__ = "setting"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=64, unique=True)
    value: str = Field(max_length=200)


CHANGE_STATES = ("done", "undone", "dropped", "step")


class Change(SQLModel, table=True):
    """One action of the user: one transaction, one entry of the timeline, one step of undo.

    A `step` is an undo or redo itself: it has no images and moves its target between done and
    undone. `dropped` changes were undone and then overtaken by a new one.
    """

    __tablename__ = "change"
    __table_args__ = (
        _one_of("state", CHANGE_STATES),
        Index("ix_change_state", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    happened_on: date
    verb: str = Field(max_length=32)
    summary: str = Field(max_length=500)
    state: str = "done"
    target_id: int | None = None


class RowImage(SQLModel, table=True):
    """One row that a change touched, before and after, as JSON; null where it did not exist."""

    __tablename__ = "row_image"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True, ondelete="CASCADE")
    application_id: int | None = Field(default=None, index=True)
    table_name: str = Field(max_length=32)
    row_id: int
    before: str | None = None
    after: str | None = None
