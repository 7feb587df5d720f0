"""Calendar entries: time and zone, length, people, link; moved and called off; broken ones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from store.exchange.mail.calendar import Organized, read_calendar
from store.rules.text import Refused
from tests.tables import each_row

HERE = ZoneInfo("Europe/Berlin")


def calendar(*lines: str, method: str = "REQUEST", more: str = "") -> bytes:
    entry = "\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:{method}\n{more}BEGIN:VEVENT\n{entry}\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    ).encode()


def read(*lines: str, method: str = "REQUEST", more: str = "") -> Organized:
    (found,) = read_calendar(calendar(*lines, method=method, more=more), HERE)
    return found


STARTS = "DTSTART;TZID=Europe/Berlin:20261201T100000"


def test_a_whole_invitation() -> None:
    found = read(
        "UID:1@x",
        "SEQUENCE:2",
        STARTS,
        "DTEND;TZID=Europe/Berlin:20261201T104500",
        "SUMMARY:Interview\\, round 2",
        "LOCATION:Microsoft Teams",
        "DESCRIPTION:Docs: https://acme.example/x\\nJoin: https://teams.microsoft.com/l/abc",
        "ORGANIZER;CN=Ana Ruiz:mailto:ana@acme.example",
        "ATTENDEE;CN=Bo Lind;PARTSTAT=ACCEPTED:mailto:bo@acme.example",
        "ATTENDEE;CN=Sam Doe;PARTSTAT=NEEDS-ACTION:mailto:sam@example.org",
        "ATTENDEE;CN=Room 7;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@acme.example",
    )
    event = found.event
    assert (event.uid, event.sequence, event.cancelled) == ("1@x", 2, False)
    assert event.starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert (event.minutes, event.zone) == (45, "Europe/Berlin")
    assert event.title == "Interview, round 2"
    assert event.place == "https://teams.microsoft.com/l/abc"
    assert event.people == ("Ana Ruiz", "Bo Lind")
    assert (found.name, found.address) == ("Ana Ruiz", "ana@acme.example")


@each_row(
    ("starts", "hour", "zone"),
    [
        ("DTSTART:20261201T100000Z", 10, "UTC"),
        ("DTSTART:20261201T100000", 9, "Europe/Berlin"),
        ("DTSTART;TZID=America/New_York:20261201T100000", 15, "America/New_York"),
        ("DTSTART;TZID=W. Europe Standard Time:20261201T100000", 9, "Europe/Berlin"),
        ("DTSTART;TZID=Eastern Standard Time:20261201T100000", 15, "America/New_York"),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20261201T100000",
            9,
            "Europe/Paris",
        ),
        ("DTSTART;TZID=Nowhere/Else:20261201T100000", 9, ""),
    ],
)
def test_the_zone(starts: str, hour: int, zone: str) -> None:
    event = read("UID:1", starts).event
    assert event.starts_at is not None
    assert event.starts_at.astimezone(UTC) == datetime(2026, 12, 1, hour, tzinfo=UTC)
    assert event.zone == zone


@each_row(
    ("line", "minutes"),
    [
        ("DURATION:PT30M", 30),
        ("DURATION:-PT30M", 60),
        ("DTEND:20261201T113000Z", 150),
        ("DTEND:20261101T113000Z", 60),
        ("DTEND:20270101T113000Z", 1_440),
        ("X-NOTHING:1", 60),
    ],
)
def test_the_length(line: str, minutes: int) -> None:
    assert read("UID:1", STARTS, line).event.minutes == minutes


def test_a_whole_day_has_no_time() -> None:
    assert read("UID:1", "DTSTART;VALUE=DATE:20261201").event.starts_at is None


@each_row(
    ("lines", "method", "off"),
    [
        (("STATUS:CONFIRMED",), "REQUEST", False),
        (("STATUS:CANCELLED",), "REQUEST", True),
        ((), "CANCEL", True),
        ((), "PUBLISH", False),
    ],
)
def test_called_off(lines: tuple[str, ...], method: str, off: bool) -> None:
    assert read("UID:1", STARTS, *lines, method=method).event.cancelled is off


def test_an_answer_of_somebody_else_tells_nothing() -> None:
    assert read_calendar(calendar("UID:1", STARTS, method="REPLY"), HERE) == []


@each_row(
    ("lines", "place"),
    [
        (("LOCATION:Main St. 1",), "Main St. 1"),
        (
            ("LOCATION:Main St. 1", "URL:https://acme.example/x"),
            "Main St. 1 https://acme.example/x",
        ),
        (("LOCATION:https://zoom.us/j/1",), "https://zoom.us/j/1"),
        (("X-GOOGLE-CONFERENCE:https://meet.google.com/a",), "https://meet.google.com/a"),
        (("DESCRIPTION:See https://meet.google.com/a-b.",), "https://meet.google.com/a-b"),
        ((), ""),
    ],
)
def test_the_place(lines: tuple[str, ...], place: str) -> None:
    assert read("UID:1", STARTS, *lines).event.place == place


def test_a_rule_without_end_counts_once() -> None:
    rule = "RRULE:FREQ=SECONDLY"
    assert read("UID:1", STARTS, rule).event.starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Bad\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    assert read("UID:1", "DTSTART;TZID=Bad:20261201T100000", more=zone).event.zone == ""


def test_a_uid_that_is_too_long_stays_one() -> None:
    uid = read(f"UID:{'x' * 500}", STARTS).event.uid
    assert len(uid) == 64
    assert uid == read(f"UID:{'x' * 500}", STARTS).event.uid


@each_row(
    "data",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
        b"BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\n" + b"X:1\n" * 30_000,
        b"BEGIN:VCALENDAR\n" + b"X" * 1_100_000,
        b"\x00\xff" * 50,
        calendar("UID:1", STARTS) * 2,
        calendar(*("UID:1\nEND:VEVENT\nBEGIN:VEVENT" for _ in range(150))),
    ],
)
def test_a_broken_calendar_is_a_sentence(data: bytes) -> None:
    try:
        found = read_calendar(data, HERE)
    except Refused as refused:
        assert "calendar" in str(refused)  # noqa: PT017 (either is fine)
        return
    assert len(found) <= 2


@each_row(
    "line",
    [
        "DTSTART:99999999T999999",
        "DTSTART:16010101T000000Z",
        "DURATION:P99999999999W",
        "SEQUENCE:99999999999999999999",
        "SEQUENCE:x",
        "ORGANIZER:",
        "ATTENDEE;CN=:x",
        "LOCATION:\x1b[31m",
    ],
)
def test_a_broken_line_is_left_out_or_refused(line: str) -> None:
    try:
        event = read("UID:1", *([] if line.startswith("DTSTART") else [STARTS]), line).event
    except Refused:
        return
    assert "\x1b" not in event.place
    assert event.sequence <= 1_000_000
