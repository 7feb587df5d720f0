"""When what is shown changes by the passing of time alone."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import chain

from store.model.dossier import Card
from store.rules.dates import HOURS_SHOWN


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
        if card.follow_up is not None and card.follow_up.due_at is not None:
            yield card.follow_up.due_at
        if card.follow_up is not None and card.follow_up.late_from is not None:
            yield card.follow_up.late_from
        if card.interview is not None and card.interview.starts_at is not None:
            yield card.interview.starts_at
        if card.deadline_at is not None:
            yield card.deadline_at


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
        if card.follow_up is not None and card.follow_up.lapses_at is not None:
            yield card.follow_up.lapses_at
        if card.interview is not None and card.interview.ends_at is not None:
            yield card.interview.ends_at
