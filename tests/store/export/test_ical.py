"""iCalendar as text: what the library icalendar reads from it is what was meant."""

from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from store.export.ical import document, moment_lines, named_zone, text, utc, zone_lines
from store.rules.text import printable
from store.zones import zone_named
from tests.tables import each_row

HARD = (
    "plain", "a;b,c\\d", "two\nlines", "\\n is no break", "ünï – 株式会社", "x" * 500, "é" * 200,
    "🧑‍💻" * 40, "BEGIN:VEVENT", "a\r\nEND:VEVENT", "\x1b]52;c;eA==\x07", " led by a blank", "",
)  # fmt: skip


def read_back(value: str) -> str:
    lines = ["BEGIN:VEVENT", "UID:1", f"SUMMARY:{text(value)}", "END:VEVENT"]
    return str(icalendar.Event.from_ical(document(lines)).get("SUMMARY"))


@each_row("value", HARD)
def test_a_text_comes_back_as_it_is_shown(value: str) -> None:
    assert read_back(value) == printable(value).strip()


@given(st.text(max_size=400))
def test_any_text_comes_back(value: str) -> None:
    assert read_back(value) == printable(value).strip()


@each_row("value", HARD)
def test_no_line_is_too_long_and_no_character_is_cut(value: str) -> None:
    raw = document([f"SUMMARY:{text(value)}"])
    assert raw.endswith(b"\r\n")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_moment_is_told_in_utc_or_by_the_clocks_of_its_zone() -> None:
    moment = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert utc(moment) == "20261124T090000Z"
    assert moment_lines("DTSTART", moment, None) == ["DTSTART:20261124T090000Z"]
    there = named_zone("America/New_York", ZoneInfo("America/New_York"))
    assert moment_lines("DTSTART", moment, there) == [
        "DTSTART;TZID=America/New_York:20261124T040000"
    ]


@each_row(
    ("stored", "tzid"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST_M3.5.0_M10.5.0/3"),
        ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "_-03_3_-02_M3.5.0/-2_M10.5.0/-1"),
    ],
)
def test_the_name_of_a_zone_needs_no_quotes(stored: str, tzid: str) -> None:
    assert named_zone(stored, UTC).tzid == tzid


ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "Asia/Tokyo",
    "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago",
    "Pacific/Chatham", "Africa/Cairo", "Etc/GMT+5", "CET-1CEST,M3.5.0,M10.5.0/3", "JST-9",
    "EST5EDT", "NST3:30NDT,M3.2.0,M11.1.0", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
    "AEST-10AEDT,M10.1.0,M4.1.0/3", "AAA-2BBB,J60,J300",
)  # fmt: skip


def offset(observances: list[Any], moment: datetime) -> timedelta:
    """What RFC 5545 (3.6.5) says of the offset at a moment, from the parts of a VTIMEZONE: that of
    the observance whose onset, told by the clocks of before, came last."""
    onsets = [
        ((part["DTSTART"].dt - part["TZOFFSETFROM"].td).replace(tzinfo=UTC), part["TZOFFSETTO"].td)
        for part in observances
    ]
    return max((at, shift) for at, shift in onsets if at <= moment)[1]


def moments(zone: tzinfo, first: int, last: int) -> list[datetime]:
    """Every day of some years, and each quarter of an hour around each change of the clocks."""
    days = [
        datetime(first, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        for number in range((last - first + 1) * 365)
    ]
    found = list(days)
    for before, after in pairwise(days):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            found += [before + timedelta(minutes=15 * number) for number in range(97)]
    return found


@each_row("stored", ZONES)
def test_a_zone_tells_its_clocks_as_they_go(stored: str) -> None:
    zone = zone_named(stored)
    lines = zone_lines(named_zone(stored, zone), 2026, 2027)
    component: Any = icalendar.Timezone.from_ical(document(lines))
    observances = component.subcomponents
    for moment in moments(zone, 2025, 2028):
        assert offset(observances, moment) == moment.astimezone(zone).utcoffset(), moment
    names = {str(part["TZNAME"]) for part in observances}
    assert names == {moment.astimezone(zone).tzname() for moment in moments(zone, 2025, 2028)}


@each_row("stored", [zone for zone in ZONES if "," in zone])
def test_a_zone_of_rules_is_read_from_the_file_alone(stored: str) -> None:
    """icalendar knows no such name: the hour it reads is that of the component."""
    zone = named_zone(stored, zone_named(stored))
    for month in range(1, 13):
        moment = datetime(2026, month, 15, 9, 30, tzinfo=UTC)
        raw = document(
            [
                *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *zone_lines(zone, 2026, 2026)),
                *("BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z"),
                *moment_lines("DTSTART", moment, zone),
                *("END:VEVENT", "END:VCALENDAR"),
            ]
        )
        (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
        assert event["DTSTART"].dt.astimezone(UTC) == moment
