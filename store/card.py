"""What the screen and the command line read: frozen values without a trace of the database.

All instants are aware and in the reader's zone; all days are local dates. Named tuples, because
`rounds due` must not wait for dataclasses to load (8 ms, and 9 ms to make these classes); a
changed copy is `card._replace(stage=...)`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from store.rules.stages import ORDER, Outcome, Stage


class Due(NamedTuple):
    """A follow-up that is open now, or will be: the one face of it in every list and screen."""

    id: int
    application_id: int
    company: str
    role: str
    stage: Stage
    rule: str
    action: str
    label: str
    due_on: date
    """The day to do it: the day it was snoozed to, if it was."""
    due_at: datetime | None
    """The instant, for those that are due at a time of day; None once snoozed."""
    late_until: datetime | None
    lapses_at: datetime | None
    reason: str
    nth: int
    of: int
    snoozed: bool
    interview_id: int | None = None
    person: str = ""
    """The id of a contact as text, where there is a follow-up for each person; else empty."""

    @property
    def contact_id(self) -> int | None:
        """The contact that it is about, where it is about one."""
        return int(self.person) if self.person.isdecimal() else None


class InterviewerEntry(NamedTuple):
    """Someone who takes part in an interview; `point` is what to mention in the thanks."""

    id: int
    contact_id: int
    name: str
    email: str
    point: str
    thanked: bool


class Meeting(NamedTuple):
    """An interview as read: invited (no time yet), agreed, or cancelled.

    `interviewers` are read for a dossier only; `people` has their names in one line everywhere.
    """

    id: int
    stage: Stage
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    zone: str
    place: str
    people: str
    invited_on: date | None
    answered_on: date | None
    formats: tuple[str, ...] = ()
    round: int = 1
    """Which interview of the application it is, in the order in which they were logged."""
    kept: bool | None = None
    """False when it did not take place after all; None follows from the clock."""
    offered_slots_on: date | None = None
    """The day on which the user said when there is time."""
    moved_times: int = 0
    debriefed_on: date | None = None
    debrief_left: bool = False
    """Whether the debrief was begun and left."""
    interviewers: tuple[InterviewerEntry, ...] = ()

    def held(self, now: datetime) -> bool:
        """Whether it is over at `now` (aware) and took place, as far as is known."""
        over = self.ends_at is not None and self.ends_at.timestamp() <= now.timestamp()
        return self.status == "confirmed" and self.kept is not False and over


class Card(NamedTuple):
    """One application as it stands on the board."""

    id: int
    version: int
    company: str
    role: str
    stage: Stage
    outcome: Outcome | None
    applied_on: date | None
    stage_since: date
    closed_on: date | None = None
    location: str = ""
    url: str = ""
    source: str = ""
    salary: str = ""
    tags: tuple[str, ...] = ()
    expected_by: date | None = None
    deadline_on: date | None = None
    deadline_at: datetime | None = None
    dormant_on: date | None = None
    close_suggested_on: date | None = None
    position: float | None = None
    follow_up: Due | None = None
    """The open follow-up that comes first."""
    interview: Meeting | None = None
    """The next interview that is not over, else the open invitation."""
    met: bool = False
    """Whether an interview of the present stage is agreed or held."""

    def dormant(self, today: date) -> bool:
        """Whether silence has lasted so long that only a late reply would wake this card."""
        return self.outcome is None and self.dormant_on is not None and self.dormant_on <= today


class Board(NamedTuple):
    """The open cards by stage, each lane in the order shown.

    `change_id` is the newest change that the board knows: undo refuses when there is a newer one.
    """

    lanes: Mapping[Stage, tuple[Card, ...]] = MappingProxyType(dict.fromkeys(ORDER, ()))
    by_hand: frozenset[Stage] = frozenset()
    change_id: int = 0

    def card(self, card_id: int) -> Card | None:
        """The open card with this id."""
        return next((c for lane in self.lanes.values() for c in lane if c.id == card_id), None)

    def cards(self) -> Iterable[Card]:
        """All open cards, lane by lane."""
        for lane in self.lanes.values():
            yield from lane


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
    """One thing that happened: the day it happened on, and what."""

    change_id: int
    happened_on: date
    verb: str
    summary: str


class FollowUpEntry(NamedTuple):
    """A follow-up in the dossier, whatever became of it: `state` is open, done, skipped, lapsed."""

    due: Due
    state: str
    done_on: date | None


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


class CriterionEntry(NamedTuple):
    """A thing that matters to the user in every offer, with its weight from 1 to 5."""

    id: int
    name: str
    weight: int


class OfferEntry(NamedTuple):
    """An offer; `kind` is "verbal", "written" or not known (""), `scores` are by criterion."""

    kind: str
    offered_on: date | None
    acknowledged_on: date | None
    deadline_on: date | None
    deadline_at: datetime | None
    letter_on: date | None
    signed_on: date | None
    extension_asked_on: date | None
    counter_sent_on: date | None
    scores: Mapping[int, int] = MappingProxyType({})


class DraftEntry(NamedTuple):
    """A message that is being written, for a follow-up or for the application as a whole."""

    id: int
    kind: str
    text: str
    updated_on: date
    follow_up_id: int | None


class TipLine(NamedTuple):
    """A tip as shown for one application: the text with the card's own data filled in."""

    id: str
    text: str
    why: str
    when: str
    tickable: bool
    automatic: bool
    ticked: bool
    now: bool = True
    """Whether it is for the present moment; those that are not come after those that are."""


class Dossier(NamedTuple):
    """Everything about one application."""

    card: Card
    fields: Mapping[str, str]
    """The application's other texts, by the names of `store.rules.fields.APPLICATION`."""
    posted_on: date | None
    closing_on: date | None
    no_contact: bool
    offered_on: date | None
    acknowledged_on: date | None
    interviews: tuple[Meeting, ...]
    follow_ups: tuple[FollowUpEntry, ...]
    notes: tuple[NoteEntry, ...]
    messages: tuple[MessageEntry, ...]
    timeline: tuple[TimelineEntry, ...]
    tips: tuple[TipLine, ...]
    contacts: tuple[ContactEntry, ...] = ()
    debriefs: tuple[DebriefEntry, ...] = ()
    points: tuple[PointEntry, ...] = ()
    offer: OfferEntry | None = None
    """None unless the application has an offer, or ended with one."""
    drafts: tuple[DraftEntry, ...] = ()
    preset: str = ""
    """The preset of its own by which it is followed up; empty for that of the settings."""
    reference_check_on: date | None = None
    feedback_asked: bool = False
    thanked_rejection_on: date | None = None
    stay_in_touch: bool = True
