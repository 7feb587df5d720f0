"""How many follow-ups are late, due today, due this week: kept up to date card by card."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import chain
from typing import NamedTuple

from store.model.dossier import Card, Due
from store.model.due_list import Closing, Reminder
from store.rules.dates import HOURS_SHOWN
from store.rules.followups.actions import FOLDS
from store.rules.urgency import Level

DAYS_AHEAD = 7
"""How many days after today are counted as ahead, as in the list of what is due."""


class Tally(NamedTuple):
    """How many follow-ups are late, due today, and due in the seven days after today."""

    late: int = 0
    today: int = 0
    week: int = 0


_Kind = Level | tuple[str, Level]


class Agenda:
    """The follow-ups that are due within a week, by application, and how they stand at `now`.

    `dues` are late, due today, or due in the next `DAYS_AHEAD` days, `closings` the postings that
    close by then, `reminders` those of no application up to then; `now` is aware, in the user's
    zone.
    """

    def __init__(
        self,
        dues: Iterable[Due],
        now: datetime,
        closings: Sequence[Closing] = (),
        reminders: Sequence[Reminder] = (),
    ) -> None:
        self._closings = closings
        self._reminders = tuple(one for one in reminders if one.due_on is not None)
        self._dues: dict[int, tuple[Due, ...]] = {}
        self._counts: Counter[_Kind] = Counter()
        self._next_at: datetime | None = None
        self.version = 0
        """Another number whenever the follow-ups, or how they stand, are others."""
        for due in dues:
            self._dues[due.application_id] = (*self._dues.get(due.application_id, ()), due)
        self.turn(now)

    @classmethod
    def of_cards(cls, cards: Iterable[Card], now: datetime) -> "Agenda":
        """What the cards themselves tell: the first follow-up of each."""
        until = now.date() + timedelta(days=DAYS_AHEAD)
        return cls((c.follow_up for c in cards if c.follow_up and c.follow_up.due_on <= until), now)

    @property
    def tally(self) -> Tally:
        """How many there are of each kind; a fold is one line, for today."""
        counts = self._counts
        today, ahead = (
            sum(counts[fold, level] > 0 for fold in FOLDS) for level in (Level.TODAY, Level.COMING)
        )
        for posting in self._closings:
            level = posting.level(self._now)
            today, ahead = today + (level is Level.TODAY), ahead + (level is Level.COMING)
        own = Counter(one.level(self._now) for one in self._reminders)
        today, ahead = today + own[Level.TODAY], ahead + own[Level.COMING]
        late = counts[Level.LATE] + own[Level.LATE]
        return Tally(late, counts[Level.TODAY] + today, counts[Level.COMING] + ahead)

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        """The reminders of no application that it counts."""
        return self._reminders

    def dues(self) -> Iterator[Due]:
        """The follow-ups that it counts, in no order."""
        return chain.from_iterable(self._dues.values())

    def turn(self, now: datetime) -> None:
        """Count for another moment."""
        self.version += 1
        self._now = now
        self._counts = Counter(self._kinds(due for dues in self._dues.values() for due in dues))
        self._next_at = self._first_after(due for dues in self._dues.values() for due in dues)

    def is_overtaken(self, now: datetime) -> bool:
        """Whether anything became late by the clock since it was counted."""
        return self._next_at is not None and self._next_at < now

    def put(self, application_id: int, dues: Iterable[Due]) -> None:
        """The follow-ups of one application are now `dues`; those beyond the week are left out."""
        self.version += 1
        until = self._now.date() + timedelta(days=DAYS_AHEAD)
        old = self._dues.get(application_id, ())
        new = self._dues[application_id] = tuple(due for due in dues if due.due_on <= until)
        self._counts.subtract(self._kinds(old))
        self._counts.update(self._kinds(new))
        moments = (self._next_at, self._first_after(new))
        self._next_at = min((moment for moment in moments if moment is not None), default=None)

    def _first_after(self, dues: Iterable[Due]) -> datetime | None:
        """The next instant at which one of `dues` becomes late, or can be done at last."""
        return min(
            (
                moment
                for due in dues
                for moment in (due.due_at, due.late_from, due.after)
                if moment is not None and moment > self._now
            ),
            default=None,
        )

    def _kinds(self, dues: Iterable[Due]) -> Iterator[_Kind]:
        """What each counts as: its level, with the fold that it is in.

        What hangs on an interview that is not over counts as nothing.
        """
        for due in dues:
            if not due.waits(self._now):
                level = due.level(self._now)
                yield (due.fold, max(level, Level.TODAY)) if due.fold else level


def next_turn(cards: Iterable[Card], now: datetime) -> datetime:
    """The next moment at which a countdown of `cards` reads differently.

    The next minute while something is due, or an interview begins, within 48 hours of `now` (the
    span in which hours and minutes are shown); else the next full hour or midnight.
    """
    if any(abs(moment - now) <= HOURS_SHOWN for moment in _moments(cards)):
        return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return min(hour, midnight)


def _moments(cards: Iterable[Card]) -> Iterable[datetime]:
    for card in cards:
        due, interview = card.follow_up, card.interview
        if due is None and interview is None and card.deadline_at is None:
            continue  # as most cards of a large board
        moments = (
            due and due.due_at,
            due and due.late_from,
            interview and interview.starts_at,
            card.deadline_at,
        )
        yield from filter(None, moments)


def anything_between(cards: Iterable[Card], before: datetime, now: datetime) -> bool:
    """Whether a day, a due time, an interview or a window of `cards` ended in that span.

    If so, the order of the lanes and what is to be done may have changed.
    """
    if before.date() != now.date():
        return True
    cards = tuple(cards)
    return any(before < moment <= now for moment in chain(_moments(cards), _ends(cards)))


def _ends(cards: Iterable[Card]) -> Iterable[datetime]:
    for card in cards:
        due, interview = card.follow_up, card.interview
        yield from filter(None, (due and due.lapses_at, interview and interview.ends_at))
