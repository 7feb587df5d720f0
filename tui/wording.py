"""Interviews and tasks in words: when, there and here, in which form, and what became of them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from store.model.dossier import AssignmentEntry, Meeting
from store.rules.dates import clock_time, distance_words, short_day
from store.rules.text import Refused, quoted
from store.rules.typed.clipboard import OFFSET_ZONE, SHORT_ZONE
from store.zones import beside, their_time, zone_name, zone_named

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
            f"{quoted(text)} cannot be read: short names of zones mean several. "
            "Write region and city, as in Europe/Berlin."
        )
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


def span(meeting: Meeting, now: datetime) -> str:
    """ "Tue 24 Nov 10:00–11:00" in the zone of `now`; "no time yet" for an invitation."""
    if meeting.starts_at is None:
        return "no time yet"
    starts = meeting.starts_at.astimezone(now.tzinfo)
    words = f"{short_day(starts.date(), now.date())} {clock_time(starts)}"
    if meeting.ends_at is not None:
        words += f"–{clock_time(meeting.ends_at.astimezone(now.tzinfo))}"
    return words


def distance(meeting: Meeting, now: datetime) -> str:
    """ "tomorrow", "in 4 days", "6 days ago"; nothing for an invitation without a time."""
    if meeting.starts_at is None:
        return ""
    return distance_words((meeting.starts_at.astimezone(now.tzinfo).date() - now.date()).days)


def abroad(meeting: Meeting, now: datetime) -> str:
    """ "04:00–05:00 in America/New_York" where the clocks there show another time than here.

    Nothing of UTC for a user whose own zone has no name: that is what such a zone is stored as.
    """
    if meeting.starts_at is None or now.tzinfo is None:
        return ""
    if meeting.zone in ("", zone_name(now.tzinfo)):
        return ""
    return their_time(meeting.starts_at.astimezone(now.tzinfo), meeting.ends_at, meeting.zone)


def state(meeting: Meeting, now: datetime) -> str:
    """ "invited", "confirmed", "under way", "held", "not held" or "cancelled"."""
    if meeting.status != "confirmed":
        return meeting.status
    if meeting.kept is False:
        return "not held"
    if meeting.held(now):
        return "held"
    begun = meeting.starts_at is not None and meeting.starts_at.timestamp() <= now.timestamp()
    return "under way" if begun else "confirmed"


def became(meeting: Meeting, now: datetime) -> str:
    """`state`, and through whom it does not, or did not, take place: "cancelled by them"."""
    how = state(meeting, now)
    if how == "cancelled" and meeting.called_off_by:
        return f"{how} by {meeting.called_off_by}"
    if how == "not held" and meeting.called_off_by:
        return f"{how}: {'they' if meeting.called_off_by == 'them' else 'you'} did not come"
    return how


def due_words(task: AssignmentEntry, now: datetime) -> str:
    """By when a task is to be handed in: "Fri 27 Nov 17:00", "no day named"."""
    if task.due_on is None:
        return "no day named"
    if task.due_at is None:
        return short_day(task.due_on, now.date())
    local = task.due_at.astimezone(now.tzinfo)
    there = "" if now.tzinfo and task.zone == zone_name(now.tzinfo) else beside(local, task.zone)
    return f"{short_day(local.date(), now.date())} {clock_time(local)}{there}"


def task_history(task: AssignmentEntry, now: datetime) -> Iterator[str]:
    """What is known of a task, part by part."""
    today = now.date()
    yield f"given {short_day(task.given_on, today)}"
    yield f"due {due_words(task, now)}" if task.due_on is not None else "no day named"
    if task.minutes_spent:
        yield f"{task.minutes_spent / 60:g} hours spent"
    if task.handed_in_on is not None:
        yield f"handed in {short_day(task.handed_in_on, today)}"


def format_titles(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The formats by their titles; one that is unknown by its key."""
    if not keys:
        return ()
    from store.rules.lists import formats

    known = formats()
    return tuple(known[key].title if key in known else key for key in keys)
