"""The interviews of one day, whichever application they belong to."""

from datetime import date, timedelta
from typing import NamedTuple

from store.card import Meeting
from store.faces import MEETING
from store.glance import Glance
from store.reading import stored
from store.rules.delays import midnight

_OF_THE_DAY = f"""
{MEETING} WHERE status = 'confirmed' AND starts_at >= :first AND starts_at < :next
ORDER BY starts_at, id"""
_NAMES = "SELECT company, role, outcome IS NULL FROM application WHERE id = :id"


class Appointment(NamedTuple):
    """An interview with the application that it belongs to."""

    application_id: int
    company: str
    role: str
    open: bool
    """Whether the application is still open."""
    meeting: Meeting


def interviews_on(glance: Glance, day: date) -> tuple[Appointment, ...]:
    """The interviews that begin on `day` at the reader's place, in their order; none cancelled."""
    zone = glance.clock.zone
    span = {
        "first": stored(midnight(day, zone)),
        "next": stored(midnight(day + timedelta(days=1), zone)),
    }
    reader, found = glance.reader, []
    with reader.snapshot():
        for row in reader.rows(_OF_THE_DAY, span):
            ((company, role, is_open),) = reader.rows(_NAMES, {"id": row[1]})
            meeting = glance.faces.meeting(row)
            found.append(Appointment(row[1], company, role, bool(is_open), meeting))
    return tuple(found)
