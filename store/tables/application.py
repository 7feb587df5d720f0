"""An application and what belongs to it alone: its steps, ticked tips and notes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from store.rules import fields
from store.rules.fields import APPLICATION
from store.rules.stages import Outcome, Stage
from store.tables.columns import (
    Numbered,
    OfApplication,
    between,
    later_switch,
    later_text,
    of_application,
    one_of,
    text_column,
)

OFFER_KINDS = ("", "verbal", "written")


class Application(Numbered, table=True):
    """One job that the user applied for.

    `applied_on` is empty only when an imported day could not be read. `dormant_on`, the day on
    which it goes quiet (the stored word is older than the word on the screen), and
    `close_suggested_on` are planned like follow-ups: reading compares them with
    today, so that the passing of time never needs a write. `closed_at` is known only where it was
    closed on the very day. `preset` is empty for the choice of the settings. `employer` is the key
    of the company's employer (see `store.rules.employers.EmployerNames`); `waiting` is planned too:
    what an open application waits for when it asks for nothing. `undated` says that the day on
    which it came to where it stands, its stage or its end, is not known: `stage_since`, or
    `closed_on`, is then the latest day that it can be, and `offered_on` is empty.
    """

    __table_args__ = (
        one_of("stage", Stage),
        one_of("outcome", Outcome),
        one_of("offer_kind", OFFER_KINDS),
        CheckConstraint("company <> '' AND role <> ''", name="named"),
        CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name="closed_whole"),
        CheckConstraint("stage_since >= applied_on", name="stage_after_application"),
        Index("ix_application_board", "outcome", "stage"),
        Index("ix_application_employer", "employer"),
        {"sqlite_autoincrement": True},
    )

    version: int = 0
    company: str = Field(max_length=fields.APPLICATION["company"].limit, index=True)
    role: str = Field(max_length=fields.APPLICATION["role"].limit)
    stage: str = Stage.APPLIED.value
    stage_since: date
    applied_on: date | None = Field(default=None, index=True)
    position: float | None = None
    location: str = text_column(APPLICATION["location"])
    url: str = text_column(APPLICATION["url"])
    source: str = text_column(APPLICATION["source"])
    salary: str = text_column(APPLICATION["salary"])
    tags: str = Field(default="[]", description="JSON array of strings")
    channel: str = text_column(APPLICATION["channel"])
    cv_version: str = text_column(APPLICATION["cv_version"])
    letter_version: str = text_column(APPLICATION["letter_version"])
    via_recruiter: str = text_column(APPLICATION["via_recruiter"])
    no_contact: bool = False
    posted_on: date | None = None
    closing_on: date | None = None
    posting_text: str = text_column(APPLICATION["posting_text"])
    expected_by: date | None = None
    expected_set_on: date | None = None
    expected_text: str = text_column(APPLICATION["expected_text"])
    next_step: str = text_column(APPLICATION["next_step"])
    why_role: str = text_column(APPLICATION["why_role"])
    why_company: str = text_column(APPLICATION["why_company"])
    offered_on: date | None = None
    offered_at: datetime | None = None
    offer_acknowledged_on: date | None = None
    offer_deadline_on: date | None = None
    offer_deadline_at: datetime | None = None
    offer_deadline_set_on: date | None = None
    outcome: str | None = None
    closed_on: date | None = None
    reason: str = text_column(APPLICATION["reason"])
    lesson_keep: str = text_column(APPLICATION["lesson_keep"])
    lesson_change: str = text_column(APPLICATION["lesson_change"])
    dormant_on: date | None = None
    close_suggested_on: date | None = None
    closed_at: datetime | None = None
    preset: str = later_text(32)
    offer_kind: str = later_text()
    offer_letter_on: date | None = None
    offer_signed_on: date | None = None
    extension_asked_on: date | None = None
    reference_check_on: date | None = None
    counter_sent_on: date | None = None
    feedback_asked: bool = later_switch()
    thanked_rejection_on: date | None = None
    stay_in_touch: bool = later_switch(True)
    employer: str = later_text(fields.APPLICATION["company"].limit)
    waiting: str = later_text(200)
    imported_on: date | None = None
    reference_check_set_on: date | None = None
    offer_deadline_asked_on: date | None = None
    starts_work_on: date | None = None
    undated: bool = later_switch()
    created_at: datetime
    updated_at: datetime


class EmployerName(Numbered, table=True):
    """To which employer a name belongs, where the user said more than its spelling does.

    `name` is the name folded, or exact (see `store.rules.employers.EmployerNames`), `employer` the
    key that applications there have, `spelled` the name as it was typed.
    """

    __tablename__ = "employer_name"
    __table_args__ = ({"sqlite_autoincrement": True},)

    name: str = Field(max_length=fields.APPLICATION["company"].limit, unique=True)
    employer: str = Field(max_length=fields.APPLICATION["company"].limit)
    spelled: str = text_column(APPLICATION["company"])


class StageMove(OfApplication, table=True):
    """One step of an application, on the day on which it happened; the first has no origin.

    `undated` where that day is not known: then it is the latest that it can be.
    """

    __tablename__ = "stage_move"
    __table_args__ = (
        CheckConstraint(
            "from_stage IS NULL OR from_stage IN ('applied', 'first', 'second', 'offer')",
            name="from_stage_known",
        ),
        one_of("to_stage", Stage),
        {"sqlite_autoincrement": True},
    )

    from_stage: str | None = None
    to_stage: str
    moved_on: date
    undated: bool = later_switch()


class TipTick(OfApplication, table=True):
    """A tip that the user ticked for one application."""

    __tablename__ = "tip_tick"
    __table_args__ = (
        UniqueConstraint("application_id", "tip", name="ticked_once"),
        {"sqlite_autoincrement": True},
    )

    application_id: int = of_application(index=False)
    tip: str = Field(max_length=8)
    ticked_on: date


class Note(OfApplication, table=True):
    """A free note on one application."""

    __table_args__ = ({"sqlite_autoincrement": True},)

    noted_on: date
    text: str = Field(max_length=fields.NOTE.limit)


class Criterion(Numbered, table=True):
    """One thing that matters to the user, in every offer."""

    __table_args__ = (between("weight", 1, 5, "weight_in_range"), {"sqlite_autoincrement": True})

    name: str = Field(max_length=fields.CRITERION.limit, unique=True)
    weight: int


class Score(OfApplication, table=True):
    """How far the offer of one application gives what a criterion asks for."""

    __table_args__ = (
        UniqueConstraint("application_id", "criterion_id", name="scored_once"),
        between("value", 0, 10, "value_in_range"),
        {"sqlite_autoincrement": True},
    )

    application_id: int = of_application(index=False)
    criterion_id: int = Field(foreign_key="criterion.id", index=True, ondelete="CASCADE")
    value: int
