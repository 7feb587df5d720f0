"""Calendar entries, as they come in a message or lie in an .ics file."""

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from store.rules import fields
from store.rules.mail.message import Event
from store.rules.text import Refused, printable, shorten
from store.zones import zone_name, zone_named

if TYPE_CHECKING:
    from icalendar import Event as Entry

LARGEST = 1_000_000
"""Bytes of one calendar; an invitation has a few thousand."""
ENTRIES_AT_MOST = 100
"""Entries of one file (product): a whole calendar is not what is asked for."""
_LINES_AT_MOST = 20_000
_USUAL_MINUTES = 60
_DAY_IN_MINUTES = 1_440
_UID_AT_MOST = 255
_PEOPLE_AT_MOST = 20
_ZONES = re.compile(rb"^BEGIN:VTIMEZONE\b.*?^END:VTIMEZONE[^\n]*\n?", re.M | re.S | re.I)
_LINKS = re.compile(r"https?://[^\s<>\"“”\[\]]{4,1500}", re.I)
_CALL_HOSTS = re.compile(
    r"//[^/]*(?:zoom\.|teams\.|meet\.|webex\.|whereby\.|gotomeeting\.|bluejeans\.|jitsi)", re.I
)
_CALLS = re.compile(r"teams|zoom|google meet|webex|video|online|skype", re.I)
"""What stands for the place where it is a call, and a link tells more."""
_EARLIEST, _LATEST = 1990, 2100


class Organized(NamedTuple):
    """A calendar entry with who called for it, and what it says."""

    event: Event
    name: str
    address: str
    text: str


def read_calendar(data: bytes, here: tzinfo) -> list[Organized]:
    """The entries of a calendar; those of a repeated one count once, as it begins.

    Times without a zone are those of `here`. Raises Refused for what is no calendar, or too much.
    """
    if len(data) > LARGEST:
        raise Refused("its calendar is bigger than 1 MB")
    if data.count(b"\n") > _LINES_AT_MOST:
        raise Refused(f"its calendar has more than {_LINES_AT_MOST:,} lines")
    from icalendar import Calendar

    # Rules of zones can be made to have no end, and the names of zones tell enough.
    plain = _ZONES.sub(b"", data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))
    try:
        with warnings.catch_warnings():
            # What is unsure about a zone is told by the proposal, not on the terminal.
            warnings.simplefilter("ignore")
            return list(_entries(Calendar.from_ical(plain), here))
    except Refused:
        raise
    except Exception:  # beside ValueError, icalendar lets KeyError, IndexError and others through
        raise Refused("its calendar cannot be read") from None


def _entries(calendar: Any, here: tzinfo) -> Iterator[Organized]:
    method = _word(calendar.get("METHOD")).upper()
    entries = calendar.walk("VEVENT")
    if not entries:
        raise Refused("there is no appointment in its calendar")
    if len(entries) > ENTRIES_AT_MOST:
        raise Refused(f"its calendar has more than {ENTRIES_AT_MOST} appointments")
    seen: set[str] = set()
    for entry in entries:
        uid = _uid(entry)
        if method in ("REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER") or uid in seen:
            continue
        seen.add(uid)
        yield _organize(entry, method, uid, here)


def _organize(entry: "Entry", method: str, uid: str, here: tzinfo) -> Organized:
    starts_at, zone = _moment(entry.get("DTSTART"), here)
    text = printable(_word(entry.get("DESCRIPTION"))).strip()
    place = _place(entry, text)
    organizer = entry.get("ORGANIZER")
    name, address = _person(organizer)
    status = _word(entry.get("STATUS")).upper()
    event = Event(
        uid,
        _number(entry.get("SEQUENCE")),
        method == "CANCEL" or status == "CANCELLED",
        starts_at,
        _minutes(entry, starts_at, here),
        zone,
        shorten(" ".join(printable(_word(entry.get("SUMMARY"))).split()), 200),
        place,
        _people(entry),
        method == "REQUEST" and _waits(entry),
    )
    return Organized(event, name, address, text)


def _word(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()


def _uid(entry: "Entry") -> str:
    uid = _word(entry.get("UID"))
    if len(uid) > _UID_AT_MOST or not uid.isprintable():
        from hashlib import sha256

        return sha256(uid.encode("utf-8", "replace")).hexdigest()
    return uid


def _number(value: Any) -> int:
    try:
        return max(0, min(int(value), 1_000_000))
    except (TypeError, ValueError):
        return 0


def _moment(value: Any, here: tzinfo) -> tuple[datetime | None, str]:
    """The aware moment of a property, and the name of its zone; "" where that is not known.

    A whole day gives none: nobody is asked for an interview at midnight.
    """
    found = getattr(value, "dt", None)
    if not isinstance(found, datetime) or not _EARLIEST <= found.year <= _LATEST:
        return None, ""
    named = _word(value.params.get("TZID")) if hasattr(value, "params") else ""
    zone = _known_zone(named)
    if zone is not None:
        return found.replace(tzinfo=zone), zone_name(zone)
    if found.tzinfo is not None:
        return found, "UTC" if found.utcoffset() == timedelta(0) else ""
    return found.replace(tzinfo=here), "" if named else zone_name(here)


def _known_zone(named: str) -> tzinfo | None:
    """The zone of a TZID: an IANA name, with or without a path before it, or one of Windows."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = WINDOWS_TO_OLSON.get(named, named).strip("/")
    parts = name.split("/")
    for start in range(len(parts)):
        try:
            return zone_named("/".join(parts[start:])) if parts[start] else None
        except Refused:
            continue
    return None


def _minutes(entry: "Entry", starts_at: datetime | None, here: tzinfo) -> int:
    if starts_at is None:
        return _USUAL_MINUTES
    length = getattr(entry.get("DURATION"), "dt", None)
    ends_at, _ = _moment(entry.get("DTEND"), here)
    if ends_at is not None:
        length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    if not isinstance(length, timedelta) or length <= timedelta(0):
        return _USUAL_MINUTES
    return max(1, min(int(length.total_seconds() // 60), _DAY_IN_MINUTES))


def _place(entry: "Entry", text: str) -> str:
    """Where it is: the link of a call, or else the place."""
    place = " ".join(printable(_word(entry.get("LOCATION"))).split())
    known = [place]
    for name in ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "URL"):
        known.append(printable(_word(entry.get(name))))
    link = next((found for one in (*known, text) if (found := _link(one))), "")
    if link in place:
        return place[: fields.PLACE.limit]
    if not place or _CALLS.search(place):
        return link[: fields.PLACE.limit]
    return f"{place} {link}"[: fields.PLACE.limit]


def _link(text: str) -> str:
    """The link of a call in `text`, or else its first one."""
    links = [found.rstrip(".,;:!?)") for found in _LINKS.findall(text)]
    return next((one for one in links if _CALL_HOSTS.search(one)), links[0] if links else "")


def _person(value: Any) -> tuple[str, str]:
    """Name and address of somebody named in the entry."""
    address = _word(value)
    if address.lower().startswith("mailto:"):
        address = address[len("mailto:") :]
    params = getattr(value, "params", {})
    name = " ".join(printable(_word(params.get("CN"))).split()).strip("'\"")
    return (shorten(name, 200) if "@" not in name else ""), printable(address)[:320]


def _waits(entry: "Entry") -> bool:
    """Whether somebody who was asked has not answered; so it is where nobody is listed."""
    asked = entry.get("ATTENDEE") or []
    asked = asked if isinstance(asked, list) else [asked]
    parts = [_word(getattr(one, "params", {}).get("PARTSTAT")).upper() for one in asked]
    return not parts or any(part in ("", "NEEDS-ACTION", "TENTATIVE") for part in parts)


def _people(entry: "Entry") -> tuple[str, ...]:
    """The names of who takes part: who called for it, and those who were asked beside the user.

    Who is asked alone is the user, and whoever is asked for the room is none.
    """
    asked = entry.get("ATTENDEE") or []
    asked = asked if isinstance(asked, list) else [asked]
    names: list[str] = []
    organizer, address = _person(entry.get("ORGANIZER"))
    if organizer:
        names.append(organizer)
    for one in asked[:_PEOPLE_AT_MOST]:
        params = getattr(one, "params", {})
        kind = _word(params.get("CUTYPE")).upper()
        name, mail = _person(one)
        waits = _word(params.get("PARTSTAT")).upper() in ("", "NEEDS-ACTION")
        if name and kind in ("", "INDIVIDUAL") and mail.lower() != address.lower() and not waits:
            names.append(name)
    return tuple(dict.fromkeys(names))
