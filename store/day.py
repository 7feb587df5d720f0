"""The interviews of some days, whichever application they belong to."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from store.board import Meeting
from store.faces import MEETING
from store.glance import Glance
from store.reading import stored

_OF_THE_DAYS = f"""
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

    def day(self) -> date:
        """The day on which it begins, at the reader's place."""
        assert self.meeting.starts_at is not None
        return self.meeting.starts_at.date()

    def over(self, now: datetime) -> bool:
        """Whether nothing is ahead of it any more: it ended, or it did not take place."""
        return self.meeting.kept is False or self.meeting.held(now)


def interviews_on(glance: Glance, day: date, days: int = 0) -> tuple[Appointment, ...]:
    """The interviews that begin on `day`, or in the `days` days after it, at the reader's place.

    In their order; none that was cancelled.
    """
    zone = glance.clock.zone
    last = date.fromordinal(min(day.toordinal() + days, date.max.toordinal() - 1))
    span = {
        "first": stored(datetime.combine(day, time(), zone)),
        "next": stored(datetime.combine(last + timedelta(days=1), time(), zone)),
    }
    reader, found = glance.reader, []
    with reader.snapshot():
        for row in reader.rows(_OF_THE_DAYS, span):
            ((company, role, is_open),) = reader.rows(_NAMES, {"id": row[1]})
            meeting = glance.faces.meeting(row)
            found.append(Appointment(row[1], company, role, bool(is_open), meeting))
    return tuple(found)
