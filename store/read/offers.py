"""Who has heard of an offer, and who is still to be told: the one answer for its page and tips."""

from datetime import datetime
from typing import NamedTuple

from store.read.rows import Reader, as_stored
from store.rules.followups.actions import TELLING

_TELLINGS = f"""
SELECT f.id, a.company, f.state = 'done'
FROM application a JOIN follow_up f ON f.application_id = a.id
WHERE a.outcome IS NULL AND a.stage IN ('first', 'second') AND a.id <> :id
  AND f.action = '{TELLING}'
  AND (f.anchor = :offer OR substr(f.anchor, 1, length(:deadline)) = :deadline)
  AND (f.state = 'done' OR (f.state = 'open' AND (f.lapses_at IS NULL OR f.lapses_at > :now)))
ORDER BY a.stage_since, a.id, f.id"""


class OfferNews(NamedTuple):
    """The follow-up by which an employer is to hear of the offer of another: its id, who they are,
    whether it is done."""

    follow_up_id: int
    company: str
    done: bool


def read_told(reader: Reader, application_id: int, now: datetime) -> tuple[OfferNews, ...]:
    """Those who are to hear of the offer of this application, or heard of it, the longest in its
    stage first. Only to be called inside a snapshot."""
    which = {
        "id": application_id,
        "offer": f"offer-of:{application_id}",
        "deadline": f"deadline-of:{application_id}:",
        "now": as_stored(now),
    }
    rows = reader.rows(_TELLINGS, which)
    return tuple(OfferNews(id_, company, bool(done)) for id_, company, done in rows)
