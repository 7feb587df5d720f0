"""The quiet applications, to be swept: the days of silence of each, and the suggested end."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from store.model.board import Card
from store.read.glance import Glance
from store.read.rows import Reader
from store.rules.stages import Outcome

SWEEP_TOLD = "sweep.told"
"""The setting that holds the day on which was told last that some wait to be swept."""
TOLD_EVERY = 7
"""Days from one time that this is told to the next (product)."""

_QUIET = "SELECT id FROM application WHERE outcome IS NULL AND dormant_on <= :today"
_STEPS = f"""
SELECT application_id, max(moved_on) FROM stage_move
WHERE from_stage IS NOT NULL AND application_id IN ({_QUIET}) GROUP BY application_id"""
_WORDS = f"""
SELECT application_id, max(sent_on) FROM message
WHERE direction = 'in' AND kind <> 'automatic' AND application_id IN ({_QUIET})
GROUP BY application_id"""
_INTERVIEWS = f"""
SELECT application_id, coalesce(invited_on, logged_on),
       CASE WHEN status = 'confirmed' AND (kept IS NULL OR kept <> 0) THEN starts_at END
FROM interview WHERE application_id IN ({_QUIET})"""
_MAY_WAIT = """
SELECT 1 FROM application
WHERE outcome IS NULL AND dormant_on <= :today AND close_suggested_on <= :today LIMIT 1"""


class QuietCard(NamedTuple):
    """An open application from which nothing is heard any more."""

    card: Card
    days: int
    """Days since something was heard from them, or since it was sent."""
    suggested: Outcome | None
    """How to end it; None as long as a reply may come, and where it has a date of its own ahead."""


def read_quiet(glance: Glance, now: datetime | None = None) -> tuple[QuietCard, ...]:
    """All quiet applications: first those of which an end is suggested, the longest silence first.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        moment = reader.now(now)
        today = moment.date()
        cards = [card for card in glance.cards(now=moment) if card.is_quiet(today)]
        heard = _heard(reader, today) if cards else {}
    found = [
        QuietCard(card, (today - heard.get(card.id, _sent(card))).days, suggested_end(card, today))
        for card in cards
    ]
    return tuple(sorted(found, key=lambda one: (one.suggested is None, -one.days, one.card.id)))


def suggested_end(card: Card, today: date) -> Outcome | None:
    """How the rules would end a quiet application; None where something is still ahead."""
    closing = card.close_suggested_on
    if closing is None or closing > today or not card.is_quiet(today):
        return None
    ahead = card.follow_up or card.interview or card.deadline_on
    return Outcome.NO_RESPONSE if ahead is None else None


def count_to_sweep(glance: Glance, now: datetime | None = None) -> int:
    """How many quiet applications have an end suggested, for a line that tells it in passing.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        today = reader.now(now).date()
        if not reader.rows(_MAY_WAIT, {"today": today.isoformat()}):
            return 0  # nearly always, without a card being read
    return sum(one.suggested is not None for one in read_quiet(glance, now))


def sweep_told_on(glance: Glance) -> date | None:
    """The day on which was told last that some wait to be swept; None when it never was."""
    told = glance.setting(SWEEP_TOLD)
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        return None


def may_tell(told_on: date | None, today: date) -> bool:
    """Whether a week is over since it was told last; a clock that was put back counts as one."""
    return told_on is None or not 0 <= (today - told_on).days < TOLD_EVERY


def waiting_line(number: int, how: str) -> str:
    """ "12 quiet applications wait: press Q"; `how` says what to do."""
    what = "1 quiet application waits" if number == 1 else f"{number:,} quiet applications wait"
    return f"{what}: {how}"


def ends_line(ends: Collection[Outcome]) -> str:
    """ "Close 12 applications as no response?", the question before a sweep."""
    different: Sequence[Outcome] = sorted(set(ends), key=list(Outcome).index)
    number = len(ends)
    whose = "1 application" if number == 1 else f"{number:,} applications"
    if len(different) == 1:
        return f"Close {whose} as {different[0].title}?"
    counts = ", ".join(f"{sum(end is one for end in ends):,} as {one.title}" for one in different)
    return f"Close {whose}: {counts}?"


def _sent(card: Card) -> date:
    return card.applied_on or card.stage_since


def _heard(reader: Reader, today: date) -> dict[int, date]:
    """The last day on which something was heard about each, where anything was."""
    found: dict[int, date] = {}
    for owner, day in _days_heard(reader, today):
        if day <= today:
            found[owner] = max(day, found.get(owner, day))
    return found


def _days_heard(reader: Reader, today: date) -> Iterator[tuple[int, date]]:
    days, which = reader.days, {"today": today.isoformat()}
    for owner, day in [*reader.rows(_STEPS, which), *reader.rows(_WORDS, which)]:
        yield owner, days[day]
    for owner, agreed_on, starts_at in reader.rows(_INTERVIEWS, which):
        yield owner, days[agreed_on]
        if starts_at is not None:
            yield owner, reader.instants[starts_at].date()
