"""Time zones as people name them, and times as clocks elsewhere show them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from store.clock import zone_named
from store.rules.dates import clock_time, short_day
from store.rules.text import Refused, quoted

_LONGEST = 80
"""Characters; the longest name has about thirty."""


def zone_meant(text: str) -> ZoneInfo:
    """The zone that `text` names: “America/New_York” in any case, or “new york” alone.

    Raises Refused, with the names that are near, when there is none or when the city alone could
    be several.
    """
    words = "_".join(text.split())
    if len(words) > _LONGEST or not words.isascii():
        raise Refused(f"There is no time zone {quoted(text)}. Name one like Europe/Berlin.")
    low = words.lower()
    if low in ("utc", "gmt"):
        return zone_named("UTC")
    names = _names()
    if (name := names.get(low)) is not None:
        return zone_named(name)
    cities = [name for name in names.values() if name.lower().endswith(f"/{low}")]
    if len(cities) == 1:
        return zone_named(cities[0])
    if cities:
        raise Refused(f"{quoted(text)} can be {' or '.join(cities[:4])}. Write it out.")
    from difflib import get_close_matches

    near = get_close_matches(low, names, n=1, cutoff=0.8)
    meant = f" Did you mean “{names[near[0]]}”?" if near else " Name one like Europe/Berlin."
    raise Refused(f"There is no time zone {quoted(text)}.{meant}")


def their_time(starts_at: datetime, ends_at: datetime | None, zone: str) -> str:
    """The time of an interview by the clocks of `zone`: “09:00–09:45 in America/New_York”.

    Empty when they show what the clocks here show. `starts_at` is aware, in the reader's zone; the
    day is told too where it is another one.
    """
    try:
        there = starts_at.astimezone(zone_named(zone))
    except Refused:
        return ""
    if there.replace(tzinfo=None) == starts_at.replace(tzinfo=None):
        return ""
    words = clock_time(there)
    if ends_at is not None:
        words += f"–{clock_time(ends_at.astimezone(there.tzinfo))}"
    if there.date() != starts_at.date():
        words = f"{short_day(there.date(), starts_at.date())} {words}"
    return f"{words} in {zone}" if "/" in zone else f"{words} {zone}"


@cache
def _names() -> dict[str, str]:
    """The names of all zones, by their lower case: those of the package tzdata."""
    try:
        import tzdata

        names = Path(tzdata.__file__).with_name("zones").read_text(encoding="ascii").split()
    except (ImportError, OSError):
        from zoneinfo import available_timezones

        names = sorted(available_timezones())
    return {name.lower(): name for name in names}
