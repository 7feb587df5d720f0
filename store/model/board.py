"""The board as the screen and the command line read it: lanes of cards, and what is due on them.

All instants are aware and in the reader's zone; all days are local dates. Named tuples, because
`rounds due` must not wait for dataclasses to load (8 ms, and 9 ms to make these classes); a
changed copy is `card._replace(stage=...)`. For the same reason what stands on the page of one
application is in `store.model.dossier`: each class takes 0.1 ms.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from store.rules import urgency
from store.rules.dates import countdown, days_until, short_countdown, short_day
from store.rules.followups.actions import Rank
from store.rules.people import names_in
from store.rules.stages import ORDER, Outcome, Stage, round_words
from store.rules.text import as_sentence, capital
from store.rules.urgency import (
    MORNING,
    CardFacts,
    CardLine,
    Level,
    NextStep,
    SortKey,
    countdown_target,
    due_level,
    line,
    sort_key,
    still_key,
)

ANY_TIME = "any time"
"""The countdown of what has waited since it was imported."""
BY_HAND = "hand"
"""The order of a lane in which the user puts the cards in their places."""
_OUT_OF_REACH = timedelta(days=180)
"""After which an accepted application without a first day has been left behind (product)."""


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
    not_before: datetime | None = None
    """The instant before which it cannot be done."""
    late_from: datetime | None = None
    """The instant from which it is late, where that is not the end of its day or its own one."""
    after: datetime | None = None
    """The moment after which it can be asked for, while that is ahead: the end of the agreed
    interview that it hangs on, under which lists fold it until then, or the deadline of an offer,
    before which no list has it."""
    fold: str = ""
    """Which line of the list stands for it and others together: "imported" or "silent"."""
    rank: int = Rank.REST
    """Its place among those of its day."""
    employer: str = ""
    """The folded name of the employer: see `store.rules.employers`."""
    recruiter: str = ""
    """Who is written to instead of the employer; known in lists only."""

    @property
    def own(self) -> bool:
        """Whether the user made it, and its label are the user's words."""
        return self.rule == "own"

    def level(self, now: datetime) -> Level:
        """LATE, TODAY or COMING; what has a fold loses nothing by waiting and is never late."""
        level = due_level(self.due_on, self.due_at, now, self.late_from)
        return Level.TODAY if level is Level.LATE and self.fold else level

    def countdown(self, now: datetime) -> str:
        """How long there is, or how late it is, in words."""
        if self._any_time(now):
            return ANY_TIME
        return countdown(*self.countdown_target(now), now, self.late_until)

    def short_countdown(self, now: datetime) -> str:
        """`countdown` in at most ten columns."""
        if self._any_time(now):
            return ANY_TIME
        return short_countdown(*self.countdown_target(now), now, self.late_until)

    def days(self, now: datetime) -> int:
        """Calendar days to the end of its time; negative when it is late by so many."""
        target = countdown_target(self.due_on, self.due_at, now, self.late_from)
        days = days_until(*target, now)
        return max(0, days) if self.fold else days

    def day(self, zone: tzinfo | None) -> date:
        """The day of it by the clocks of `zone`."""
        return self.due_on if self.due_at is None else self.due_at.astimezone(zone).date()

    def waits(self, now: datetime) -> bool:
        """Whether what it comes after, mostly an interview, is not over yet."""
        return self.after is not None and self.after.timestamp() > now.timestamp()

    def order(self, now: datetime) -> tuple[int, int, bool, float, int, str, int, str, int, int]:
        """Sorts follow-ups as every list does at `now`.

        Those for today and before by rank, the most late first, then those that have the longest
        time last; those to come by day, rank and time (09:00 for those of the whole day).
        """
        coming = days_until(self.due_on, self.due_at, now) > 0
        day = self.day(now.tzinfo)
        until = self.due_at or datetime.combine(self.due_on, MORNING, now.tzinfo)
        if not coming:
            day, until = now.date(), self.late_from or until
        late = self.level(now) is Level.LATE
        who = (len(self.person), self.person)
        tie = (self.application_id, self.rule, *who, self.nth, self.id)
        return (day.toordinal(), self.rank, not late, until.timestamp(), *tie)

    def _any_time(self, now: datetime) -> bool:
        return bool(self.fold) and self.level(now) is Level.TODAY

    def countdown_target(self, now: datetime) -> tuple[date, datetime | None]:
        """The day, and the instant if there is one, to which its countdown runs."""
        return countdown_target(self.due_on, self.due_at, now, self.late_from, self.action)

    def by_date(self, now: datetime) -> tuple[int, date, time, tuple[object, ...]]:
        """Sorts late ones first, then by the moment to which they count down."""
        day, at = self.countdown_target(now)
        there = at.astimezone(now.tzinfo) if at is not None else None
        clock = there.time() if there is not None else time.max
        on = there.date() if there is not None else day
        return self.level(now) is not Level.LATE, on, clock, self.order(now)

    def line(self, now: datetime) -> str:
        """ "follow up, in 3 d (f12)": what to do, when, unless that says it, and its number."""
        when = self.countdown(now)
        what = self.label if when in self.label else f"{self.label}, {when}"
        return f"{what} ({self.number})"

    @property
    def number(self) -> str:
        """Its number as shown: see `follow_up_number`."""
        return follow_up_number(self.id)

    @property
    def contact_id(self) -> int | None:
        """The contact that it is about, where it is about one."""
        return int(self.person) if self.person.isdecimal() else None


def follow_up_number(follow_up_id: int) -> str:
    """How the number of a follow-up is shown and typed: "f12", which no application has."""
    return f"f{follow_up_id}"


class InterviewerEntry(NamedTuple):
    """Someone who takes part in an interview; `point` is what to mention in the thanks."""

    id: int
    contact_id: int
    name: str
    email: str
    point: str
    thanked: bool


class InterviewEntry(NamedTuple):
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
    logged_on: date | None = None
    timed_on: date | None = None
    """The day on which its present time was agreed."""
    interviewers: tuple[InterviewerEntry, ...] = ()
    invited_at: datetime | None = None
    """The moment of the invitation, where it is known to the hour."""

    @property
    def called(self) -> str:
        """Which round it is: "first", "third", "final"."""
        return round_words(self.stage, self.round, self.final)

    @property
    def awaits_reply(self) -> bool:
        """Whether they proposed its time, and the user has not answered."""
        asked = self.status == "confirmed" and self.invited_on is not None
        return asked and self.answered_on is None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those who take part."""
        if self.interviewers:
            return tuple(interviewer.name for interviewer in self.interviewers)
        return names_in(self.people)

    def was_held(self, now: datetime) -> bool:
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
    quiet_on: date | None = None
    close_suggested_on: date | None = None
    position: float | None = None
    follow_up: Due | None = None
    """The open follow-up that comes first."""
    interview: InterviewEntry | None = None
    """The next interview that is not over, else the open invitation."""
    met: bool = False
    """Whether an interview of the present stage is agreed or held."""
    employer: str = ""
    """The folded name of the company: see `store.rules.employers`."""
    waiting: str = ""
    """What an open application waits for when nothing is to be done about it."""
    imported_on: date | None = None
    starts_work_on: date | None = None
    """The first day at work, where the offer was accepted."""
    undated: bool = False
    """Whether the day on which it came to where it stands, its stage or its end, is not known."""

    def in_reach(self, today: date) -> bool:
        """Whether it was accepted and its first day is still ahead, as far as is known."""
        if self.outcome is not Outcome.ACCEPTED:
            return False
        if self.starts_work_on is not None:
            return self.starts_work_on >= today
        return self.closed_on is None or self.closed_on + _OUT_OF_REACH >= today

    def waits_for(self, today: date) -> str:
        """What it waits for, where it is open, not quiet, and nothing is to be done about it."""
        still = self.outcome is None and self.follow_up is None and not self.is_quiet(today)
        return self.waiting if still else ""

    def ending(self, today: date) -> str:
        """Of a card that has gone quiet, what may become of it (R2, R10)."""
        closing = self.close_suggested_on
        if closing is None or not self.is_quiet(today):
            return ""
        if closing <= today:
            return "no reply for weeks; it may be over and can be closed as no response"
        day = short_day(closing, today)
        return f"a reply brings it back; from {day} it may be closed as no response"

    def is_quiet(self, today: date) -> bool:
        """Whether silence has lasted so long that only a late reply would wake this card."""
        return self.outcome is None and self.quiet_on is not None and self.quiet_on <= today

    def lies_still(self, today: date) -> bool:
        """Whether it has gone quiet, and no follow-up, interview or date is ahead of it."""
        ahead = self.follow_up or self.interview or self.deadline_on or self.expected_by
        return ahead is None and self.is_quiet(today)


class Board(NamedTuple):
    """The open cards by stage, each lane in the order shown.

    `orders` are those of the lanes that are not sorted by urgency: see `store.model.orders`.
    `change_id` is the newest change that the board knows: undo refuses when there is a newer one.
    """

    lanes: Mapping[Stage, tuple[Card, ...]] = MappingProxyType(dict.fromkeys(ORDER, ()))
    orders: Mapping[Stage, str] = MappingProxyType({})
    change_id: int = 0
    taken: tuple[Card, ...] = ()
    """The accepted applications whose first day is still ahead, the first day first."""

    @property
    def by_hand(self) -> frozenset[Stage]:
        """The lanes in which the user put the cards in their places."""
        return frozenset(stage for stage, order in self.orders.items() if order == BY_HAND)

    def card(self, card_id: int) -> Card | None:
        """The open card with this id."""
        return next((c for lane in self.lanes.values() for c in lane if c.id == card_id), None)

    def cards(self) -> Iterable[Card]:
        """All open cards, lane by lane."""
        return chain.from_iterable(self.lanes.values())


def in_turn(taken: Iterable[Card]) -> tuple[Card, ...]:
    """Accepted applications by their first day, those without one last."""
    return tuple(sorted(taken, key=lambda card: (card.starts_work_on or date.max, card.id)))


def line_of(card: Card, now: datetime) -> CardLine:
    """The one line that matters most on the card at `now` (aware, in the user's zone)."""
    return line(_facts(card, now), now)


def due_key(card: Card, now: datetime) -> tuple[bool, float] | None:
    """Sorts cards by their countdowns: see `store.rules.urgency.due_key`."""
    return urgency.due_key(_facts(card, now), now)


def urgency_key(card: Card, now: datetime) -> SortKey:
    """Sorts the cards of a lane: most urgent first, a total order."""
    if card.lies_still(now.date()):
        return still_key(card.stage_since, card.company, card.id)
    return sort_key(_facts(card, now), card.company, card.id, now)


def _facts(card: Card, now: datetime) -> CardFacts:
    due, interview = card.follow_up, card.interview
    step = None
    if due is not None:
        step = NextStep(
            due.action,
            due.label,
            due.due_on,
            due.due_at,
            due.late_until,
            due.late_from,
            due.rank,
            bool(due.fold),
        )
    # Not by Facts(...), a function of Python's in between: to sort a board makes thousands.
    values = (
        card.stage,
        card.stage_since,
        card.outcome,
        card.is_quiet(now.date()),
        step,
        interview.starts_at if interview is not None else None,
        card.met,
        card.expected_by,
        card.deadline_on,
        card.deadline_at,
        card.undated,
    )
    return tuple.__new__(CardFacts, values)


class Written(NamedTuple):
    """One change that is safely on disk.

    `card` is the application as stored; None when it was deleted, or when the change touched
    several applications or none. `summary` is the change in words: "moved to second". `warnings`
    are sentences about something that was done as wished and still deserves a look. `also` are
    other applications whose follow-ups changed with it: an offer concerns those in interviews.
    `made` is the id of the contact, interview, point, draft or criterion that was added. `whose`
    names the applications that it was about, where there is no card and `summary` does not.

    Of an undo or redo, `said` is the sentence that tells it, `about` the application that it was
    about, where it was one, and `follow_ups` are those whose state or day it changed.
    """

    change_id: int
    application_id: int | None
    card: Card | None
    summary: str
    warnings: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    made: int | None = None
    whose: str = ""
    said: str = ""
    about: int | None = None
    follow_ups: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """The change in a sentence, which names the application that it was about."""
        if self.said:
            return self.said
        card = self.card
        whose = f"{card.company}, {card.role}" if card is not None else self.whose
        return as_sentence(f"{whose}: {self.summary}" if whose else capital(self.summary))
