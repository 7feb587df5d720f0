"""How a board stands as a whole: for a view over several."""

from datetime import datetime
from typing import NamedTuple

from store.read.counted import count_due
from store.read.glance import Glance
from store.rules.urgency import Level

QUIET_DAYS = 14
"""Days without a change after which whoever looks for a job has gone quiet (product)."""

_OPEN = "SELECT count(*) FROM application WHERE outcome IS NULL"
_LAST = "SELECT at FROM change ORDER BY id DESC LIMIT 1"


class BoardStanding(NamedTuple):
    """How one board stands. `changed_at` is the last change, at the reader's place; None where
    there was none yet."""

    name: str
    open: int
    late: int
    today: int
    changed_at: datetime | None
    quiet: int | None
    """Days since the last change, where they are many and something is open."""


def read_standing(glance: Glance, name: str) -> BoardStanding:
    """How the board that is called so stands now. Raises StoreError when it cannot be read."""
    reader = glance.reader
    now = reader.now()
    with reader.snapshot():
        ((many,),) = reader.rows(_OPEN)
        last = reader.rows(_LAST)
        counts = count_due(glance, now)
        changed_at = reader.instants[last[0][0]] if last else None
    days = (now.date() - changed_at.date()).days if changed_at is not None else 0
    quiet = days if many and days >= QUIET_DAYS else None
    return BoardStanding(name, many, counts[Level.LATE], counts[Level.TODAY], changed_at, quiet)
