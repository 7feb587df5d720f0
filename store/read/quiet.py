"""The quiet applications, to be swept: the days of silence of each, and the suggested end."""

from collections.abc import Collection, Iterable, Iterator
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
       CASE WHEN status = 'confirmed' AND kept IS NOT FALSE THEN starts_at END
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
        heard = _read_heard(reader, today) if cards else {}
    found = [
        QuietCard(
            card, (today - heard.get(card.id, _sending_day(card))).days, suggested_end(card, today)
        )
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


def tell_waiting(
    glance: Glance, now: datetime, cards: Iterable[Card] | None = None, *, all_day: bool = False
) -> int:
    """How many have an end suggested, when that is to be told; 0 when it is not, or none has.

    It is told once a week, and the day of it is kept with the board: where that cannot be written
    it is not told.

    Args:
        now: the moment, aware, at the reader's place.
        cards: the open applications, where they have been read already.
        all_day: tell it again on the day on which it was told.

    Raises StoreError when the file cannot be read.
    """
    today, told_on = now.date(), sweep_told_on(glance)
    again = all_day and told_on == today
    if not again and not may_tell(told_on, today):
        return 0
    if cards is None:
        number = count_to_sweep(glance, now)
    else:
        number = sum(suggested_end(card, today) is not None for card in cards)
    return number if again or (number and _note_told(glance, today)) else 0


def _note_told(glance: Glance, today: date) -> bool:
    """Keep the day on which it was told; False where it cannot be written now.

    The only line that is written through the connection of a reader: the modules that write take
    ten times as long to load as the whole list of what is due.
    """
    return glance.reader.connection.note(SWEEP_TOLD, today.isoformat())


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


def ends_words(ends: Collection[Outcome]) -> str:
    """ " as no response", ": 1 as rejected, 2 as no response": after what says how many."""
    different = [end for end in Outcome if end in ends]
    if len(different) == 1:
        return f" as {different[0].title}"
    counts = (f"{sum(end is one for end in ends):,} as {one.title}" for one in different)
    return f": {', '.join(counts)}"


def _sending_day(card: Card) -> date:
    return card.applied_on or card.stage_since


def _read_heard(reader: Reader, today: date) -> dict[int, date]:
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
