"""The board as the screen and the command line read it: lanes of cards, and what is due on them.

All instants are aware and in the reader's zone; all days are local dates. Named tuples, because
`rounds due` must not wait for dataclasses to load (8 ms, and 9 ms to make these classes); a
changed copy is `card._replace(stage=...)`. For the same reason what stands on the page of one
application is in `store.card`: each class takes 0.1 ms.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from store.rules.rounds import round_words
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
    """The round of the process: 1 in first, from 2 on in second."""
    kept: bool | None = None
    """False when it did not take place after all; None follows from the clock."""
    offered_slots_on: date | None = None
    """The day on which the user said when there is time."""
    moved_times: int = 0
    debriefed_on: date | None = None
    debrief_left: bool = False
    """Whether the debrief was begun and left."""
    called_off_by: str = ""
    """Who called it off, or did not come: "them", "you", or "" where nobody did."""
    called_off_on: date | None = None
    final: bool = False
    """Whether it is the last round."""
    interviewers: tuple[InterviewerEntry, ...] = ()

    @property
    def called(self) -> str:
        """Which round it is: "first", "third", "final"."""
        return round_words(self.stage, self.round, self.final)

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
