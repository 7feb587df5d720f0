"""The page of one application as the screen and the command line read it, free of the database.

Frozen values like those of `store.model.board`, which come along: all instants are aware and in the
reader's zone, all days are local dates.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from store.model.board import Board, Card, Due, InterviewEntry, InterviewerEntry, in_turn
from store.rules.employers import Before
from store.rules.fields import ON_THE_CARD
from store.rules.followups.actions import THANKS
from store.rules.followups.thanks import Thanks, ThankYou
from store.rules.stages import Stage

if TYPE_CHECKING:
    from store.rules.tips.tips import TipLine

__all__ = [
    "AssignmentEntry",
    "Board",
    "Card",
    "ContactEntry",
    "DebriefEntry",
    "Dossier",
    "DraftEntry",
    "Due",
    "FollowUpEntry",
    "InterviewEntry",
    "InterviewerEntry",
    "MessageEntry",
    "NoteEntry",
    "OfferEntry",
    "PointEntry",
    "Sibling",
    "TimelineEntry",
    "in_turn",
]


_ON_THE_CARD = (*ON_THE_CARD, "tags", "applied_on", "expected_by")
_HERE = ("posted_on", "closing_on", "no_contact", "preset")
"""Where the values of the form are."""


class NoteEntry(NamedTuple):
    """One note."""

    id: int
    noted_on: date
    text: str


class MessageEntry(NamedTuple):
    """One message, `direction` "in" or "out"; kinds are those of `store.tables`."""

    id: int
    direction: str
    kind: str
    sent_on: date
    text: str


class TimelineEntry(NamedTuple):
    """One thing that happened: the day it happened on, and what; `made_by` where it was not the
    user."""

    change_id: int
    happened_on: date
    verb: str
    summary: str
    made_by: str = ""

    @property
    def told(self) -> str:
        """What happened, and who did it, where it was not the user."""
        return f"{self.summary} ({self.made_by})" if self.made_by else self.summary


class FollowUpEntry(NamedTuple):
    """A follow-up in the dossier, whatever became of it: `state` is open, done, skipped, lapsed."""

    due: Due
    state: str
    done_on: date | None
    anchor: str = ""
    """What it hangs on, such as "interview:7"; with rule, person and n-th it tells it apart."""
    names_day: date | None = None
    """The day that its message tells of."""
    planned_on: date | None = None
    """The day on which it came into being."""


class ContactEntry(NamedTuple):
    """A person of one application; relations are those of `store.rules.people`."""

    id: int
    name: str
    title: str
    email: str
    phone: str
    link: str
    relation: str
    common_ground: str
    background: str
    main: bool = False
    """Whether this is the one to write to."""

    @property
    def called(self) -> str:
        """The name; the address where only that is known."""
        return self.name or self.email


class AssignmentEntry(NamedTuple):
    """A take-home task or a test; kinds are those of `store.tables.ASSIGNMENT_KINDS`."""

    id: int
    stage: Stage
    kind: str
    title: str
    given_on: date
    due_on: date | None
    due_at: datetime | None
    """The instant by which it is due, where they named a time."""
    zone: str
    minutes_spent: int
    handed_in_on: date | None
    remarks: str


class DebriefEntry(NamedTuple):
    """What the user made of an interview; what was said in it stands in the points."""

    id: int
    interview_id: int
    written_on: date
    finished: bool
    mood: int | None
    wish: int | None
    signals: tuple[str, ...]
    next_step: str
    promised_by: date | None
    promised_text: str
    remarks: str


class PointEntry(NamedTuple):
    """A line with a kind (see `store.rules.points`)."""

    id: int
    kind: str
    text: str
    detail: str
    felt: bool
    state: str
    noted_on: date
    due_on: date | None
    link: str
    interview_id: int | None
    answers_id: int | None
    settled_on: date | None = None
    """The day on which it was addressed or done, where that is known."""


class OfferEntry(NamedTuple):
    """An offer; `kind` is "verbal", "written" or not known (""), `scores` are by criterion."""

    kind: str = ""
    offered_on: date | None = None
    acknowledged_on: date | None = None
    deadline_on: date | None = None
    deadline_at: datetime | None = None
    letter_on: date | None = None
    signed_on: date | None = None
    extension_asked_on: date | None = None
    counter_sent_on: date | None = None
    deadline_asked_on: date | None = None
    starts_on: date | None = None
    """The first day at work."""
    scores: Mapping[int, int] = MappingProxyType({})


class DraftEntry(NamedTuple):
    """A message that is being written, for a follow-up or for the application as a whole."""

    id: int
    kind: str
    text: str
    updated_on: date
    follow_up_id: int | None


class Sibling(NamedTuple):
    """Another open application at the same employer."""

    id: int
    role: str
    stage: Stage
    applied_on: date | None


class Dossier(NamedTuple):
    """Everything about one application."""

    card: Card
    fields: Mapping[str, str]
    """The application's other texts, by the names of `store.rules.fields.APPLICATION`; name and
    address of the contact are those of the person to write to."""
    posted_on: date | None
    closing_on: date | None
    no_contact: bool
    offered_on: date | None
    acknowledged_on: date | None
    interviews: tuple[InterviewEntry, ...]
    follow_ups: tuple[FollowUpEntry, ...]
    notes: tuple[NoteEntry, ...]
    messages: tuple[MessageEntry, ...]
    timeline: tuple[TimelineEntry, ...]
    tips: "tuple[TipLine, ...]"
    contacts: tuple[ContactEntry, ...] = ()
    debriefs: tuple[DebriefEntry, ...] = ()
    points: tuple[PointEntry, ...] = ()
    offer: OfferEntry | None = None
    """None unless the application has an offer, or ended with one."""
    drafts: tuple[DraftEntry, ...] = ()
    assignments: tuple[AssignmentEntry, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    """The other open applications at this employer, the oldest first."""
    there: tuple[Before, ...] = ()
    """All other applications to this employer, open or closed."""
    people_there: tuple[str, ...] = ()
    """The names of those who are known there from them, and not from this one."""
    preset: str = ""
    """The preset of its own by which it is followed up; empty for that of the settings."""
    reference_check_on: date | None = None
    references_announced_on: date | None = None
    """The day on which the user heard that references are called."""
    feedback_asked: bool = False
    thanked_rejection_on: date | None = None
    stay_in_touch: bool = True
    expected_set_on: date | None = None
    """The day on which the user heard by when they decide."""
    ticked: frozenset[str] = frozenset()
    """The ids of what was ticked by hand: tips, and the items of `store.rules.lists`."""

    def form_values(self) -> dict[str, object]:
        """What the form of the application begins with, by the names of its fields."""
        return {
            **self.fields,
            **{name: getattr(self.card, name) for name in _ON_THE_CARD},
            **{name: getattr(self, name) for name in _HERE},
            "contact_relation": next((one.relation for one in self.contacts if one.main), ""),
        }

    def thanks(self) -> Thanks:
        """Who was thanked after which interview."""
        return Thanks(
            ThankYou(entry.due.interview_id, entry.due.person, entry.state)
            for entry in self.follow_ups
            if entry.due.action == THANKS
        )
