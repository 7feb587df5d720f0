"""The one clock. Everything that asks "now" is handed one of these."""

import os
from datetime import UTC, date, datetime, time, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from store.rules.dates import clock_time, short_day
from store.rules.text import Refused, quoted


class Clock(Protocol):
    """Tells the time at the user's place."""

    @property
    def zone(self) -> tzinfo:
        """The user's zone; one with an IANA name wherever the machine knows it."""

    def now(self) -> datetime:
        """The present moment, aware, in `zone`."""


class SystemClock:
    """The machine's clock in the machine's zone."""

    def __init__(self) -> None:
        self.zone: tzinfo = local_zone()

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


def local_zone() -> tzinfo:
    """The zone that TZ or /etc/localtime names; a fixed offset where neither names one."""
    name = os.environ.get("TZ", "").lstrip(":")
    if not name:
        path = os.path.realpath("/etc/localtime")
        name = path.partition("/zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
    if not name and os.path.isfile("/etc/timezone"):  # noqa: PTH113
        from pathlib import Path

        name = Path("/etc/timezone").read_text(encoding="utf-8", errors="replace").strip()
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return datetime.now(UTC).astimezone().tzinfo or UTC


def zone_name(zone: tzinfo) -> str:
    """The IANA name to store beside an instant; "UTC" for a zone without one."""
    return getattr(zone, "key", None) or "UTC"


def zone_named(name: str) -> ZoneInfo:
    """The time zone with this IANA name; Refused when there is none."""
    try:
        return ZoneInfo(name.strip())
    except (ValueError, LookupError, OSError):
        raise Refused(f"Unknown time zone {quoted(name)}. Name one like Europe/Berlin.") from None


def local_instant(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment at which the clocks of `zone` show `at` on `day`.

    When the clocks go back the time comes twice: the first one is meant. Raises Refused for a
    time that the clocks skip, since nobody can meet then.
    """
    moment = datetime.combine(day, at, zone).replace(fold=0)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Refused(
            f"On {short_day(day)} the clocks skip {clock_time(at)}. Give a time before or after."
        )
    return moment
