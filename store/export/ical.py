"""iCalendar as text (RFC 5545): lines and their folding, values, time zones.

Written here and not by a library: the same board has to give the same bytes, the daylight hour of a
zone without a name must be right (the library that is read with in the tests tells it an hour
late), and a change must not load a library to say it (56 ms, and 0.2 ms for each event).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from store.rules.text import printable

Lines = list[str]
"""Content lines, unfolded."""

_OCTETS = 75
"""Of a line without its end (RFC 5545, 3.1)."""
_MEANT = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_SPECIAL = re.compile(r"[\\;,\n]")
_NO_NAME = re.compile(r"[^A-Za-z0-9+._/-]+")
_STEP = timedelta(days=7)
"""How far apart a zone is looked at: no zone has had two changes within a week since 1970."""
_SECOND = timedelta(seconds=1)


def text(value: str) -> str:
    """A text as a value: what ends a line or separates values is escaped, what drives a terminal
    or cannot be seen is dropped."""
    # Line by line: most of them need no cleaning, which a text with breaks always seems to.
    lines = map(printable, value.replace("\r\n", "\n").split("\n"))
    return _SPECIAL.sub(lambda sign: _MEANT[sign[0]], "\n".join(lines).strip())


def day(value: date) -> str:
    """A day as a value: 20261123."""
    return f"{value:%Y%m%d}" if value.year > 999 else f"{value.year:04}{value:%m%d}"


def utc(moment: datetime) -> str:
    """An aware moment as a value on the clocks of UTC: 20261123T080000Z."""
    return f"{_local(moment.astimezone(UTC))}Z"


def _local(moment: datetime) -> str:
    return f"{day(moment)}T{moment:%H%M%S}"


def moment_lines(name: str, moment: datetime, zone: "NamedZone | None") -> Lines:
    """The property `name` (DTSTART, say) with an aware moment by the clocks of `zone`, else UTC."""
    if zone is None:
        return [f"{name}:{utc(moment)}"]
    return [f"{name};TZID={zone.tzid}:{_local(moment.astimezone(zone.zone))}"]


def document(lines: Sequence[str]) -> bytes:
    """The lines as the bytes of a file: folded, with the ends that the standard wants."""
    return "".join(map(_fold, lines)).encode("utf-8", "replace")


def _fold(line: str) -> str:
    if line.isascii():
        rest = range(_OCTETS, len(line), _OCTETS - 1)
        return (
            "\r\n ".join([line[:_OCTETS], *(line[at : at + _OCTETS - 1] for at in rest)]) + "\r\n"
        )
    parts: list[str] = []
    part, room = "", _OCTETS
    for sign in line:
        size = len(sign.encode("utf-8", "replace"))
        if size > room:
            parts.append(part)
            part, room = "", _OCTETS - 1  # the blank that begins the next line counts
        part += sign
        room -= size
    parts.append(part)
    return "\r\n ".join(parts) + "\r\n"


class NamedZone(NamedTuple):
    """A time zone, and what it is called in a calendar."""

    tzid: str
    zone: tzinfo


def named_zone(stored: str, zone: tzinfo) -> NamedZone:
    """The zone that a board stores as `stored`: an IANA name as it is, rules without what a
    parameter cannot hold (“CET-1CEST,M3.5.0” becomes “CET-1CEST_M3.5.0”)."""
    return NamedZone(_NO_NAME.sub("_", stored), zone)


def zone_lines(named: NamedZone, first: int, last: int) -> Lines:
    """The component that says how the clocks of the zone go, around the years `first` to `last`.

    From the year before to the year after. Each change of the clocks stands there by itself: so it
    is right for zones whose changes follow no rule, and for those that have only rules and no name.
    """
    begin, end = _new_year(first - 1), _new_year(last + 2)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{named.tzid}"]
    at = begin.astimezone(named.zone)
    lines += _observance(at, at.replace(tzinfo=None), _offset(at))
    for change in _changes(named.zone, begin, end):
        before, after = (change - _SECOND).astimezone(named.zone), change.astimezone(named.zone)
        shown = change.replace(tzinfo=None) + _offset(before)
        lines += _observance(after, shown, _offset(before))
    return [*lines, "END:VTIMEZONE"]


def _new_year(year: int) -> datetime:
    return datetime(max(2, min(9998, year)), 1, 1, tzinfo=UTC)


def _changes(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments, in UTC, at which the clocks of `zone` are changed or called otherwise."""
    at = begin
    while at < end:
        after = min(at + _STEP, end)
        known = _offset_and_name(zone, at)
        if _offset_and_name(zone, after) != known:
            low, high = at, after
            while high - low > _SECOND:
                middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
                if _offset_and_name(zone, middle) == known:
                    low = middle
                else:
                    high = middle
            yield high
        at = after


def _offset_and_name(
    zone: tzinfo, moment: datetime
) -> tuple[timedelta, timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return _offset(local), local.dst(), local.tzname()


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()


def _observance(local: datetime, shown: datetime, before: timedelta) -> Lines:
    """The part of a zone from the moment `local` on.

    Args:
        shown: what the clocks showed then, as they went until then.
        before: their offset until then.
    """
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    lines = [
        f"BEGIN:{kind}",
        f"DTSTART:{_local(shown)}",
        f"TZOFFSETFROM:{_offset_words(before)}",
        f"TZOFFSETTO:{_offset_words(_offset(local))}",
    ]
    if name := local.tzname():
        lines.append(f"TZNAME:{text(name)}")
    return [*lines, f"END:{kind}"]


def _offset_words(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign, seconds = ("-" if seconds < 0 else "+"), abs(seconds)
    words = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return f"{words}{seconds % 60:02}" if seconds % 60 else words
