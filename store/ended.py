"""Whether all applications are closed, and which offer was taken."""

from store.glance import Glance
from store.rules.stages import AllClosed

_CLOSED = "SELECT count(*) FROM application WHERE outcome IS NOT NULL"
_TAKEN = """
SELECT company FROM application
WHERE outcome = 'accepted'
  AND closed_on >= (SELECT coalesce(max(applied_on), '') FROM application)
ORDER BY closed_on DESC, id DESC LIMIT 1"""
"""One that was accepted before the newest application was made belongs to an earlier search."""


def read_all_closed(glance: Glance) -> AllClosed | None:
    """How the search ended; None while an application is open, or when there never was one.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        if reader.rows("SELECT 1 FROM application WHERE outcome IS NULL LIMIT 1"):
            return None
        ((number,),) = reader.rows(_CLOSED)
        taken = reader.rows(_TAKEN)
    return AllClosed(number, taken[0][0] if taken else "") if number else None
