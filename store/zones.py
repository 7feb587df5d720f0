"""Time zones: the machine's own, in every form that TZ has, and those that are stored by name.

What the machine's C library shows is what counts (POSIX.1-2024, 8.3 Other Environment Variables).
"""

import os
import re
import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from io import BytesIO
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store.rules.dates import clock_time, short_day
from store.rules.text import Refused, quoted

LOCALTIME = "/etc/localtime"
TIMEZONE = "/etc/timezone"
_LONGEST_NAME = 64
"""Characters of a stored name; the longest IANA name has about thirty."""

_ABBREVIATION = r"(?:[a-z]{3,}|<[a-z0-9+-]{3,}>)"
_CLOCK = r"\d{1,2}(?::\d{1,2}(?::\d{1,2})?)?"
_OFFSET = rf"[+-]?{_CLOCK}"
_DAY = r"(?:j\d{1,3}|\d{1,3}|m\d{1,2}\.\d\.\d)"
_WHEN = rf"{_DAY}(?:/[+-]?\d{{1,3}}(?::\d{{1,2}}){{0,2}})?"
_POSIX = (
    rf"(?i){_ABBREVIATION}({_OFFSET})(?:{_ABBREVIATION}(?:{_OFFSET})?(?:,({_WHEN}),({_WHEN}))?)?"
)
_SUMMER = rf"(?i){_ABBREVIATION}{_OFFSET}{_ABBREVIATION}"
"""Compiled where they are asked: every command passes through here, and few ask."""
_USUAL_SUMMER = ",M3.2.0,M11.1.0"
"""When summer time holds where the string names one without dates: as the C library has it."""


class Local(NamedTuple):
    """The user's zone, and what is worth saying of it: empty, or that TZ names none."""

    zone: tzinfo
    note: str = ""


def local_zone(environ: Mapping[str, str] | None = None) -> Local:
    """The zone that TZ or /etc/localtime gives, in whichever form.

    A name, a path, the rules themselves (“CET-1CEST,M3.5.0,M10.5.0/3”). What is none of these is
    told in the note, and the C library's own offset stands in.
    """
    environ = os.environ if environ is None else environ
    named = environ.get("TZ")
    if named is None:
        return Local(_of_file(LOCALTIME) or _of_offset())
    plain = named.removeprefix(":")
    if not plain:
        return Local(ZoneInfo("UTC") if _iana_zone("UTC") else UTC)
    zone = _of_file(plain) if plain.startswith("/") else _iana_zone(plain) or posix_zone(plain)
    if zone is not None:
        return Local(zone)
    stands_in = _of_offset()
    return Local(
        stands_in,
        f"TZ is {quoted(named)}, which names no time zone, so times are told in "
        f"{_offset_words(stands_in)}. Set it to a name like Europe/Berlin.",
    )


def zone_name(zone: tzinfo) -> str:
    """What to store beside an instant so that `zone_named` gives the zone again.

    The IANA name, or else the rules as POSIX writes them; “UTC” for a zone that has neither.
    """
    return getattr(zone, "key", None) or "UTC"


def zone_named(name: str) -> ZoneInfo:
    """The time zone with this IANA name, or of these POSIX rules; Refused when there is none."""
    zone = _iana_zone(name.strip()) or posix_zone(name.strip())
    if zone is None:
        raise Refused(f"Unknown time zone {quoted(name)}. Name one like Europe/Berlin.")
    return zone


def zone_words(zone: str, moment: datetime) -> str:
    """How a stored zone is told behind a time of `moment`: “in Europe/Berlin”, “UTC”, “CET”.

    Args:
        moment: the aware moment by the clocks of that zone.
    """
    if re.fullmatch(_POSIX, zone) or zone.startswith("Etc/GMT"):
        name = moment.tzname() or "UTC"
        offset = f"{moment:%z}"
        return f"UTC{offset[:3]}:{offset[3:5]}" if name[0] in "+-" else name
    return f"in {zone}" if "/" in zone else zone


def their_time(starts_at: datetime, ends_at: datetime | None, zone: str) -> str:
    """A time by the clocks of `zone`: “09:00–09:45 in America/New_York”.

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
    return f"{words} {zone_words(zone, there)}"


def beside(moment: datetime, zone: str) -> str:
    """The time there in brackets, to stand behind the one here; empty where they are the same."""
    there = their_time(moment, None, zone) if zone else ""
    return f" ({there})" if there else ""


@cache
def posix_zone(rules: str) -> ZoneInfo | None:
    """The zone of a POSIX string, such as “JST-9” or “CET-1CEST,M3.5.0,M10.5.0/3”.

    None for what is none. It is handed to `zoneinfo` as the last line of a file without
    transitions, which knows such a string as what holds after them.
    """
    found = re.fullmatch(_POSIX, rules) if len(rules) <= _LONGEST_NAME and rules.isascii() else None
    if found is None:
        return None
    if whole := _whole_hours(rules, found[1]):
        return whole
    full = rules
    if re.match(_SUMMER, rules) and "," not in rules:
        full += _USUAL_SUMMER
    elif found[2]:
        start = rules.index(",")
        days = ",".join(_day_as_read(day) for day in (found[2], found[3]))
        full = f"{rules[:start]},{days}"
    try:
        zone = ZoneInfo.from_file(BytesIO(_file_of(full)), key=rules)
        for month in (1, 7):  # an offset of a day and more is none that Python can tell
            datetime(2026, month, 1, tzinfo=zone).utcoffset()
    except (ValueError, struct.error):
        return None
    return zone


def _whole_hours(rules: str, offset: str) -> ZoneInfo | None:
    """The IANA zone of a fixed number of hours, since that is a name that others know."""
    if re.match(_SUMMER, rules) or not re.fullmatch(r"[+-]?\d{1,2}", offset):
        return None
    hours = int(offset)
    return _iana_zone("UTC") if hours == 0 else _iana_zone(f"Etc/GMT{hours:+d}")


def _file_of(rules: str) -> bytes:
    """A file of the second version (RFC 9636) with one type and no transition, and the rules."""
    head = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    block = struct.pack(">lbb", 0, 0, 0) + b"UTC\0"
    return head + block + head + block + b"\n" + rules.encode("ascii") + b"\n"


def _day_as_read(day: str) -> str:
    """A day of the year as this Python reads it.

    Some take the days that are counted from 0 as counted from 1; and J59, which is always 28
    February, for the 29th of a leap year: the same day counted from 0 has no such trouble.
    """
    number, slash, time = day.partition("/")
    if number.upper() in ("J59", "J059"):
        number = "58"
    if number.isdecimal() and _counts_from_one():
        number = str(int(number) + 1)
    return f"{number}{slash}{time}"


@cache
def _counts_from_one() -> bool:
    probe = ZoneInfo.from_file(BytesIO(_file_of("AAA0BBB,1/0,100/0")))
    return datetime(2026, 1, 1, 12, tzinfo=probe).dst() != timedelta(0)


def _iana_zone(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, if the machine or the package tzdata has it."""
    if not name or len(name) > _LONGEST_NAME:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return None


def _of_file(path: str) -> ZoneInfo | None:
    """The zone of a file: by its place among the others, else by what it holds."""
    real = os.path.realpath(path)
    name = real.partition("/zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
    if (zone := _iana_zone(name)) is not None:
        return zone
    try:
        with open(real, "rb") as file:  # noqa: PTH123 - pathlib takes longer to load
            content = file.read()
        if (name := _name_of(content)) and (zone := _iana_zone(name)) is not None:
            return zone
        return ZoneInfo.from_file(BytesIO(content), key=_rules_in(content))
    except (OSError, ValueError, struct.error):
        return None


def _rules_in(content: bytes) -> str | None:
    """The POSIX rules in the last line of a file of the second version."""
    rules = content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")
    return rules if re.fullmatch(_POSIX, rules) and len(rules) <= _LONGEST_NAME else None


def _name_of(content: bytes) -> str:
    """The IANA name of a copied file: that in /etc/timezone if it fits, else the first that does.

    The table of zones has each set of rules once, by the name of its largest city.
    """
    from zoneinfo import TZPATH

    for name in _candidates(TZPATH):
        for folder in TZPATH:
            try:
                path = os.path.join(folder, name)  # noqa: PTH118
                if os.stat(path).st_size != len(content):  # noqa: PTH116
                    continue
                with open(path, "rb") as file:  # noqa: PTH123
                    if file.read() == content:
                        return name
            except (OSError, ValueError):
                continue
    return ""


def _candidates(folders: tuple[str, ...]) -> list[str]:
    names = _lines(TIMEZONE)[:1]
    for folder in folders:
        for table in ("zone1970.tab", "zone.tab"):
            columns = [line.split("\t") for line in _lines(f"{folder}/{table}")]
            names += [row[2].strip() for row in columns if len(row) > 2 and row[0][:1] != "#"]
    return [name.strip() for name in (*names, "UTC") if name.strip()]


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return file.read().splitlines()
    except OSError:
        return []


def _of_offset() -> tzinfo:
    """The offset that the C library has now."""
    try:
        return datetime.now(UTC).astimezone().tzinfo or UTC
    except (ValueError, OverflowError):
        return UTC


def _offset_words(zone: tzinfo) -> str:
    offset = datetime.now(zone).utcoffset()
    return f"UTC{datetime.now(zone):%z}" if offset else "UTC"
