"""Interviews, who takes part, and what came of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint
from sqlmodel import Field

from store.rules import fields
from store.rules.fields import CONTACT, DEBRIEF, POINT, TASK_KINDS
from store.rules.people import RELATIONS
from store.rules.points import KINDS, STATES
from store.tables.columns import (
    OfApplication,
    between,
    later_number,
    later_switch,
    later_text,
    one_of,
    text_column,
)

INTERVIEW_STATUSES = ("invited", "confirmed", "cancelled")
CALLED_OFF_BY = ("", "them", "you")
ASSIGNMENT_KINDS = tuple(TASK_KINDS)


class Interview(OfApplication, table=True):
    """An interview, from the invitation on. That it was held follows from the clock.

    `invited` has no time yet; `starts_at` is set exactly when it has been agreed. `people` is the
    line made of its interviewers' names. `round` is the round of the process: 1 in the
    stage first, from 2 on in second, where `final` marks the last one. `kept` is False when it did
    not take place after all; `called_off_by` and `called_off_on` say through whom and since when
    it is known that it does not, or did not, take place. `timed_on` is the day on which the
    present time was agreed. `calendar_uid` names the entry of their calendar that told of it, in
    its version `calendar_sequence`; empty where none did.
    """

    __table_args__ = (
        one_of("stage", ("first", "second")),
        one_of("status", INTERVIEW_STATUSES),
        one_of("called_off_by", CALLED_OFF_BY),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
        CheckConstraint("status <> 'confirmed' OR starts_at IS NOT NULL", name="confirmed_timed"),
        between("round", 1, 1_000, "round_counted"),
        CheckConstraint("moved_times >= 0", name="moved_counted"),
        Index("ix_interview_starts_at", "starts_at"),
        {"sqlite_autoincrement": True},
    )

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
    round: int = later_number(1)
    offered_slots_on: date | None = None
    kept: bool | None = None
    moved_times: int = later_number(0)
    debriefed_on: date | None = None
    debrief_left: bool = later_switch()
    timed_on: date | None = None
    called_off_by: str = later_text()
    called_off_on: date | None = None
    final: bool = later_switch()
    calendar_uid: str = later_text(fields.CALENDAR_UID.limit)
    calendar_sequence: int = later_number(0)


class Assignment(OfApplication, table=True):
    """A take-home task or a test, from the day it was given to the day it was handed in."""

    __table_args__ = (
        one_of("stage", ("first", "second")),
        one_of("kind", ASSIGNMENT_KINDS),
        CheckConstraint("title <> ''", name="titled"),
        CheckConstraint("minutes_spent >= 0", name="spent"),
        {"sqlite_autoincrement": True},
    )

    stage: str
    kind: str = "take_home"
    title: str = text_column(fields.ASSIGNMENT)
    given_on: date
    due_on: date | None = None
    due_at: datetime | None = None
    zone: str = Field(default="UTC", max_length=64)
    minutes_spent: int = 0
    handed_in_on: date | None = None
    remarks: str = text_column(fields.REMARKS)


class Contact(OfApplication, table=True):
    """A person whom the user meets, or might ask, because of one application.

    A name is enough; the address alone will do too. `main` marks the one to write to, at most one
    in each application: see `store.pipeline.contacts.make_main`.
    """

    __table_args__ = (
        one_of("relation", RELATIONS),
        CheckConstraint("name <> '' OR email <> ''", name="named"),
        {"sqlite_autoincrement": True},
    )

    name: str = text_column(CONTACT["name"])
    title: str = text_column(CONTACT["title"])
    email: str = text_column(CONTACT["email"])
    phone: str = text_column(CONTACT["phone"])
    link: str = text_column(CONTACT["link"])
    relation: str = "interviewer"
    common_ground: str = text_column(CONTACT["common_ground"])
    background: str = text_column(CONTACT["background"])
    main: bool = later_switch()


class Interviewer(OfApplication, table=True):
    """A contact who takes part in an interview; `point` is what to mention in the thanks."""

    __table_args__ = (
        UniqueConstraint("interview_id", "contact_id", name="there_once"),
        {"sqlite_autoincrement": True},
    )

    interview_id: int = Field(foreign_key="interview.id", ondelete="CASCADE")
    contact_id: int = Field(foreign_key="contact.id", index=True, ondelete="CASCADE")
    point: str = text_column(fields.MENTION)


class Debrief(OfApplication, table=True):
    """What the user made of an interview. What was said stands in points of that interview."""

    __table_args__ = (
        between("mood", 1, 5, "mood_in_range"),
        between("wish", 1, 5, "wish_in_range"),
        {"sqlite_autoincrement": True},
    )

    interview_id: int = Field(
        foreign_key="interview.id", index=True, unique=True, ondelete="CASCADE"
    )
    written_on: date
    finished: bool = False
    mood: int | None = None
    wish: int | None = None
    signals: str = Field(default="[]", description="JSON array of signal keys")
    next_step: str = text_column(DEBRIEF["next_step"])
    promised_by: date | None = None
    promised_text: str = text_column(DEBRIEF["promised_text"])
    remarks: str = text_column(DEBRIEF["remarks"])


class Point(OfApplication, table=True):
    """One line with a kind, such as a concern or a story (see `store.rules.points`).

    `felt` marks a concern that nobody said, and an answer that was weak. `due_on` is the day by
    which a promise is due, or of which a piece of news is; `settled_on` that on which it was
    addressed or done, where that is known. `answers_id` is the point this one answers; its
    check waits for the end of the transaction, so that undo may bring both back in any order.
    """

    __table_args__ = (
        one_of("kind", KINDS),
        one_of("state", STATES),
        CheckConstraint("text <> ''", name="said"),
        {"sqlite_autoincrement": True},
    )

    interview_id: int | None = Field(
        default=None, foreign_key="interview.id", index=True, ondelete="SET NULL"
    )
    kind: str
    text: str = text_column(POINT["text"])
    detail: str = text_column(POINT["detail"])
    felt: bool = False
    state: str = "open"
    noted_on: date
    settled_on: date | None = None
    due_on: date | None = None
    link: str = text_column(POINT["link"])
    answers_id: int | None = Field(
        default=None,
        sa_column=Column(
            Integer,
            ForeignKey("point.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
    )
