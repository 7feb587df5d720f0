"""The one clock. Everything that asks "now" is handed one of these."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import Protocol

from store.rules.dates import clock_time, short_day
from store.rules.text import Refused
from store.zones import local_zone


class Clock(Protocol):
    """Tells the time at the user's place."""

    @property
    def zone(self) -> tzinfo:
        """The user's zone; one with an IANA name wherever the machine knows it."""

    def now(self) -> datetime:
        """The present moment, aware, in `zone`."""


class SystemClock:
    """The machine's clock in the machine's zone; `note` says what is amiss with that zone."""

    def __init__(self) -> None:
        self.zone, self.note = local_zone()

    def now(self) -> datetime:
        return datetime.now(self.zone)


class FixedClock:
    """A clock that stands still until it is set: for tests, pictures and the demo.

    Args:
        moment: an aware moment; its zone is the clock's zone.
    """

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        self.zone: tzinfo = moment.tzinfo
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def local_instant(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment at which the clocks of `zone` show `at` on `day`.

    When the clocks go back the time comes twice: the first one is meant, unless the fold of `at`
    says the second. Raises Refused for a time that the clocks skip, since nobody can meet then.
    """
    moment = datetime.combine(day, at, zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Refused(
            f"On {short_day(day)} the clocks skip {clock_time(at)}. Give a time before or after."
        )
    return moment
