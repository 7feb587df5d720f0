"""What comes first of all that is to be done: one order for cards, board, today's list and `due`.

Light and quick on purpose: it is asked for every follow-up on a board.
"""

from enum import IntEnum

from store.rules.followups.actions import PREPARING, all_actions


class Rank(IntEnum):
    """The smaller, the earlier (product: what cannot wait and what others wait for come first)."""

    INTERVIEW = 0
    """Interviews of today and tomorrow, and getting ready for them."""
    OFFER = 1
    """Offers and everything with a deadline."""
    WORD = 2
    """Promises, thank-yous, debriefs, news that somebody waits for, the user's own reminders."""
    INVITATION = 3
    """Invitations, times to agree on, and getting ready for interviews further off."""
    DECISION = 4
    """Decision dates of employers that have passed."""
    WARM = 5
    """Inquiries where there was an interview, a task, or a check of references."""
    COLD = 6
    """Inquiries about applications."""
    REST = 7
    """What loses nothing by waiting."""


FIRST_INQUIRY = "R1"
"""The rule of inquiries about applications that nobody has answered."""
IMPORTED = "imported"
"""The fold of first inquiries that were past due when their applications were imported."""
SILENT = "silent"
"""The fold of silent applications that are to be closed after a yes elsewhere."""
FOLDS = (IMPORTED, SILENT)


def rank(rule: str, action: str, *, near: bool = False, fold: str = "") -> int:
    """The place of a follow-up among those of its day, as a value of `Rank`.

    `near` says that it prepares an interview of that day or the next, `fold` which fold it is in.
    """
    if near and action in PREPARING:
        return 0
    if fold:
        return 7
    return _PLACES.get((action, rule)) or _PLACES.get((action, ""), 7)


_PLACES: dict[tuple[str, str], int] = {
    (name, rule): Rank[action.rank.upper()]
    for key, action in all_actions().items()
    for name, _, rule in [key.partition(".")]
}
