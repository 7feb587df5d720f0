"""What comes first of all that is to be done: one order for cards, board, today's list and `due`.

Light and quick on purpose: it is asked for every follow-up on a board.
"""

from datetime import date, datetime, time, timedelta
from enum import IntEnum

from store.rules.followups.actions import PREPARING, all_actions


class Rank(IntEnum):
    """The smaller, the earlier (product: what cannot wait and what others wait for come first)."""

    INTERVIEW = 0
    """Interviews of today, and getting ready for them."""
    DEADLINE = 1
    """What must be handed in or answered today: others close the door on it."""
    TOMORROW = 2
    """Interviews of tomorrow, and getting ready for them."""
    OFFER = 3
    """Offers and everything with a deadline."""
    WORD = 4
    """Promises, thank-yous, debriefs, news that somebody waits for, the user's own reminders."""
    INVITATION = 5
    """Invitations, times to agree on, and getting ready for interviews further off."""
    DECISION = 6
    """Decision dates of employers that have passed."""
    WARM = 7
    """Inquiries where there was an interview, a task, or a check of references."""
    COLD = 8
    """Inquiries about applications."""
    REST = 9
    """What loses nothing by waiting."""


FIRST_INQUIRY = "R1"
"""The rule of inquiries about applications that nobody has answered."""
DEADLINES = frozenset({"hand_in", "decide"})
"""The actions for which others have set a time."""
IMPORTED = "imported"
"""The fold of first inquiries that were past due when their applications were imported."""
SILENT = "silent"
"""The fold of silent applications that are to be closed after a yes elsewhere."""
FOLDS = (IMPORTED, SILENT)
_DAY = timedelta(days=1)
_MIDNIGHT = time()


def rank(rule: str, action: str, *, days: int | None = None, fold: str = "") -> int:
    """The place of a follow-up among those of its day, as a value of `Rank`.

    `days` says how many days there are from that day to what it leads up to: the interview that it
    prepares, or the deadline that others have set. `fold` says which fold it is in.
    """
    if days is not None:
        if action in PREPARING:
            if days <= 1:
                return Rank.TOMORROW if days == 1 else Rank.INTERVIEW
        elif days <= 0 and action in DEADLINES:
            return Rank.DEADLINE
    if fold:
        return Rank.REST
    return _PLACES.get((action, rule)) or _PLACES.get((action, ""), Rank.REST)


def last_day(until: datetime) -> date:
    """The day on which the time until `until` (local) ends: a midnight ends the day before it."""
    return until.date() - _DAY if until.time() == _MIDNIGHT else until.date()


_PLACES: dict[tuple[str, str], int] = {
    (name, rule): Rank[action.rank.upper()]
    for key, action in all_actions().items()
    for name, _, rule in [key.partition(".")]
}
