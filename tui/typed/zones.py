"""Time zones as people and calendars name them: a name in any case, a city, an offset, a phrase."""

import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from store.rules.text import Refused, quoted
from store.rules.typed.clipboard import OFFSET_ZONE, SHORT_ZONE
from store.zones import zone_named

_LONGEST = 80
"""Characters; the longest name has about thirty."""


def zone_meant(text: str) -> ZoneInfo:
    """The zone that `text` names: “America/New_York” in any case, or “new york” alone.

    Raises Refused, with the names that are near, when there is none or when the city alone could
    be several.
    """
    if (zone := _of_phrase(text.strip())) is not None:
        return zone
    if SHORT_ZONE.fullmatch(text.strip()):
        raise Refused(
            f"{quoted(text)} could not be read: short names of zones mean several. "
            "Write region and city, as in Europe/Berlin."
        )
    words = "_".join(text.split())
    if len(words) > _LONGEST or not words.isascii():
        raise Refused(f"Unknown time zone {quoted(text)}. Name one like Europe/Berlin.")
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
    raise Refused(f"Unknown time zone {quoted(text)}.{meant}")


_SPOKEN = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "central european": "Europe/Berlin",
    "eastern european": "Europe/Athens",
    "western european": "Europe/Lisbon",
    "british": "Europe/London",
    "uk": "Europe/London",
    "greenwich mean": "UTC",
    "coordinated universal": "UTC",
    "india": "Asia/Kolkata",
    "japan": "Asia/Tokyo",
    "singapore": "Asia/Singapore",
}
"""Zones as calendars spell them out, where that means one (Unicode CLDR, metazones)."""
_SPELT = re.compile(
    r"(?P<name>[a-z]+(?: [a-z]+){0,3}?)(?: (?:standard|daylight|summer))? time"
    r"(?: ?[-–,(] ?us & canada\)?| ?[-–,] ?(?P<city>[a-z][\w .'’-]+))?",
    re.I,
)
_OF_CITIES = re.compile(r"\(((?:utc|gmt)[^()]+)\) (.+)", re.I)


def _of_phrase(text: str) -> ZoneInfo | None:
    """The zone that a calendar spells out; None for all other texts.

    “UTC+01:00”, “Eastern Time - New York”, “(UTC+01:00) Amsterdam, Berlin”.
    """
    if len(text) > _LONGEST * 2:
        return None
    if found := OFFSET_ZONE.fullmatch(text):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        # POSIX counts from the place to Greenwich, people the other way round.
        sign = "-" if found[1] == "+" else "+"
        if not minutes:
            return zone_named(f"UTC{sign}{hours}")
        shown = f"{'+' if sign == '-' else '-'}{hours:02}{minutes:02}"
        return zone_named(f"<{shown}>{sign}{hours}:{minutes:02}")
    if found := _OF_CITIES.fullmatch(text):
        for city in found[2].split(","):
            with suppress(Refused):
                return zone_meant(city.strip(" ."))
        return _of_phrase(found[1])
    if found := _SPELT.fullmatch(text):
        if found["city"]:
            return zone_meant(found["city"].strip())
        named = _SPOKEN.get(found["name"].lower())
        return zone_named(named) if named else None
    return None


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
