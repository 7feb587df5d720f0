"""What comes first of all that is to be done: one order for cards, board, today's list and `due`.

Light and quick on purpose: it is asked for every follow-up on a board.
"""

from datetime import date, datetime, time, timedelta
from enum import IntEnum


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


PREPARATION = "R5"
"""The rule by which one gets ready for an interview."""
DEADLINES = frozenset({"hand_in", "decide"})
"""The actions for which others have set a time."""
AROUND = frozenset({"R3", "R4", PREPARATION, "R22", "R23"})
"""The rules about an interview that is ahead; what others ask for comes after it."""
UNANSWERED = "R25"
"""The rule that asks for an answer to an offer once its deadline has passed."""
IMPORTED = "imported"
"""The fold of first inquiries that were past due when their applications were imported."""
SILENT = "silent"
"""The fold of silent applications that are to be closed after a yes elsewhere."""
FOLDS = (IMPORTED, SILENT)
_DAY = timedelta(days=1)
_MIDNIGHT = time()

_BY_RULE: dict[str, int] = {
    "own": Rank.WORD,
    "R1": Rank.COLD,
    "R3": Rank.INVITATION,
    "R4": Rank.INVITATION,
    "R5": Rank.INVITATION,
    "R6": Rank.WORD,
    "R7": Rank.WORD,
    "R8": Rank.WARM,
    "R9": Rank.DECISION,
    "R11": Rank.WARM,
    "R12": Rank.OFFER,
    "R13": Rank.OFFER,
    "R14": Rank.OFFER,
    "R15": Rank.OFFER,
    "R16": Rank.WORD,
    "R17": Rank.OFFER,
    "R18": Rank.WORD,
    "R21": Rank.WORD,
    "R22": Rank.INVITATION,
    "R23": Rank.INVITATION,
    "R24": Rank.WARM,
    "R25": Rank.OFFER,
    "R26": Rank.WARM,
    "R27": Rank.WORD,
    "R28": Rank.OFFER,
}
_BY_ACTION: dict[str, int] = {
    "warn_references": Rank.WORD,
    "hand_in": Rank.OFFER,
    "decline": Rank.OFFER,
    "close_silent": Rank.REST,
}
"""Where one rule asks for several things, those that have another place than the rest."""


def rank(rule: str, action: str, *, days: int | None = None, fold: str = "") -> int:
    """The place of a follow-up among those of its day, as a value of `Rank`.

    `days` says how many days there are from that day to what it leads up to: the interview that it
    prepares, or the deadline that others have set. `fold` says which fold it is in.
    """
    if days is not None:
        if rule == PREPARATION:
            if days <= 1:
                return Rank.TOMORROW if days == 1 else Rank.INTERVIEW
        elif days <= 0 and action in DEADLINES:
            return Rank.DEADLINE
    if fold:
        return Rank.REST
    return _BY_ACTION.get(action) or _BY_RULE.get(rule, Rank.REST)


def last_day(until: datetime) -> date:
    """The day on which the time until `until` (local) ends: a midnight ends the day before it."""
    return until.date() - _DAY if until.time() == _MIDNIGHT else until.date()
