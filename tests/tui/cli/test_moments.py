"""Days, times and zones on the command line: what is stored, what is said back, in every zone."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.clock import FixedClock
from tests.conftest import examples
from tests.tables import each_row
from tests.tui.cli.conftest import Shell

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=BERLIN)
APPLIED = ("add", "Globex", "Engineer", "--applied", "2026-11-02")


@pytest.fixture
def friday(shell: Shell) -> Shell:
    """A board with one application of 2 November, on Friday 27 November 2026."""
    shell.clock = FixedClock(FRIDAY)
    shell.begin(APPLIED)
    return shell


@pytest.fixture
def offered(friday: Shell) -> Shell:
    """The same with an offer."""
    friday.begin(APPLIED, ("move", "1", "offer"))
    return friday


@pytest.fixture
def offer(offered: Shell) -> bytes:
    """The bytes of that board: each example of a law begins with it, not with the one before."""
    return offered.path.read_bytes()


def read_in(shell: Shell, zone: ZoneInfo) -> Shell:
    """The same board and moment at another place."""
    moved = FixedClock(shell.clock.now().astimezone(zone))
    return Shell(shell.path, shell.empty, clock=moved, environ=shell.environ)


def starts(shell: Shell) -> str:
    """When the first interview is, in UTC."""
    at = shell.ok("show", "1", "--json").json["interviews"][0]["starts_at"]
    return datetime.fromisoformat(at).astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def deadline_of(shell: Shell) -> str:
    """By when the offer is to be answered, in UTC; the day alone where there is no time."""
    offer = shell.ok("offer", "1", "--json").json
    at = offer["deadline_at"]
    if at is None:
        return str(offer["deadline_on"])
    return datetime.fromisoformat(at).astimezone(UTC).strftime("%Y-%m-%d %H:%M")


# The user's own zone (A1, D1)


ZONE_FORMS = ["JST-9", "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30", "CEST", "Foo/Bar"]


@pytest.mark.parametrize("tz", ZONE_FORMS)
def test_every_form_of_tz_works(shell: Shell, tz: str) -> None:
    shell.add()
    done = shell.process("due", "--days", "60", env={"TZ": tz})
    assert done.returncode == 0, done
    assert b"Something went wrong" not in done.stderr
    notes = done.stderr.decode().count("names no time zone")
    assert notes == (1 if tz in ("CEST", "Foo/Bar") else 0)


def test_a_prompt_is_not_told_of_it_each_time(shell: Shell) -> None:
    shell.add()
    done = shell.process("due", "--line", env={"TZ": "Foo/Bar"})
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("form", [":/etc/localtime", "{folder}/Europe/Berlin"])
def test_a_path_keeps_the_rules_of_summer(shell: Shell, form: str) -> None:
    folder = next((f for f in TZPATH if Path(f, "Europe/Berlin").is_file()), None)
    if folder is None or (form.startswith(":") and not Path("/etc/localtime").exists()):
        pytest.skip("the machine has no such file")
    shell.add("Globex", "Engineer", "--applied", "2026-01-02")
    tz = form.format(folder=folder)
    done = shell.process("interview", "1", "2030-04-06 10:00", env={"TZ": tz})
    assert done.returncode == 0, done
    assert b"Sat 6 Apr 2030 10:00" in done.stderr
    shown = shell.process("show", "1", env={"TZ": tz})
    assert b"Sat 6 Apr 2030 10:00" in shown.stdout


# A zone in a deadline (A5)


def test_a_zone_in_a_deadline_counts_and_both_times_are_told(offered: Shell) -> None:
    there = read_in(offered, NEW_YORK)
    result = there.ok("deadline", "1", "fri", "17:00", "Europe/Berlin")
    assert deadline_of(there) == "2026-12-04 16:00"
    assert "answer due Fri 4 Dec 11:00 (17:00 in Europe/Berlin)." in result.err


@each_row(
    ("words", "sentence"),
    [
        ("fri 17:00 with Ana", "A deadline has no people: “with Ana”"),
        ("fri 17:00 at Room 4", "A deadline has no place: “at Room 4”"),
        ("fri 17:00 45m", "A deadline is one moment and has no length"),
        ("fri 17:00-18:00", "A deadline is one moment and has no length"),
        ("fri 17:00 by phone", "A deadline has no format: “phone”"),
        ("fri Europe/Berlin", "The zone “Europe/Berlin” belongs to a time"),
        ("fri 17:00 EST", "“EST” could not be read: short names of zones mean several"),
        ("fri 17:00 Nope/Zone", "Unknown time zone “Nope/Zone”"),
    ],
)
@each_row("command", ["deadline", "task"])
def test_what_a_deadline_does_not_have_is_refused(
    offered: Shell, command: str, words: str, sentence: str
) -> None:
    how = (
        ["deadline", "1", words] if command == "deadline" else ["task", "1", "Case", "--due", words]
    )
    result = offered(*how)
    assert result.code == 2, result
    assert sentence in result.err


def test_a_zone_in_a_task_counts(friday: Shell) -> None:
    result = friday.ok("task", "1", "Case", "--due", "fri 17:00 America/New_York")
    assert "due Fri 4 Dec 23:00 (17:00 in America/New_York)" in result.err
    task = friday.ok("task", "1", "--json").json[0]
    assert datetime.fromisoformat(task["due_at"]).astimezone(UTC).hour == 22
    assert "Fri 4 Dec 17:00" in read_in(friday, NEW_YORK).ok("show", "1").out


# Read in another zone (A6)


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [
        ("Europe/Berlin", "Fri 4 Dec 17:00"),
        ("America/New_York", "Fri 4 Dec 11:00"),
        ("Asia/Tokyo", "Sat 5 Dec 01:00"),
        ("Asia/Kolkata", "Fri 4 Dec 21:30"),
    ],
)
def test_a_deadline_is_told_by_the_readers_clocks(offered: Shell, zone: str, wanted: str) -> None:
    offered.ok("deadline", "1", "4 dec 17:00")
    reader = read_in(offered, ZoneInfo(zone))
    reader.clock.moment += timedelta(days=4)
    told = reader.ok("due", "--days", "14").out
    assert wanted in told
    assert set(re.findall(r"\w{3} \d+ Dec \d\d:\d\d", told)) == {wanted}
    assert wanted in reader.ok("show", "1").out
    assert wanted in reader.ok("offer", "1").out
    rows = json.dumps(reader.ok("due", "--days", "14", "--json").json)
    assert set(re.findall(r"\w{3} \d+ Dec \d\d:\d\d", rows)) == {wanted}
    local = datetime(2026, 12, 4, 17, 0, tzinfo=BERLIN).astimezone(ZoneInfo(zone))
    assert reader.ok("offer", "1", "--json").json["deadline_on"] == local.date().isoformat()


def test_an_interview_in_a_reason_is_told_by_the_readers_clocks(friday: Shell) -> None:
    friday.ok("interview", "1", "tue 10:00")
    for zone, wanted in (
        ("America/New_York", "Tue 1 Dec 04:00"),
        ("Asia/Tokyo", "Tue 1 Dec 18:00"),
    ):
        told = read_in(friday, ZoneInfo(zone)).ok("due", "--days", "14").out
        assert "Tue 1 Dec 10:00" not in told
        assert wanted in told


# Small hours (B1)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("tue at 3", "15:00"),
        ("tue 2:30", "14:30"),
        ("tue 3am", "03:00"),
        ("tue 03:00", "03:00"),
        ("tue 15:00", "15:00"),
        ("tue 3pm", "15:00"),
        ("tue 5-6", "17:00"),
        ("tue 10-11", "10:00"),
        ("at 10 on tue", "10:00"),
    ],
)
def test_small_hours_are_those_of_the_afternoon_and_said_back(
    friday: Shell, words: str, at: str
) -> None:
    assert f"interview Tue 1 Dec {at}" in friday.ok("interview", "1", *words.split()).err


def test_small_hours_of_a_deadline_too(offered: Shell) -> None:
    assert "Fri 4 Dec 17:00" in offered.ok("deadline", "1", "fri", "at", "5").err


# Days without a year, and days said back (B2)


@pytest.mark.parametrize(
    "words",
    [
        ["add", "X", "Y", "--applied", "28 nov"],
        ["move", "1", "first", "--on", "28 nov"],
        ["replied", "1", "--on", "28 nov"],
        ["close", "1", "rejected", "--on", "28 nov"],
        ["task", "1", "Case", "--given", "28 nov"],
    ],
)
def test_a_day_that_has_not_come_is_not_taken_for_last_years(
    friday: Shell, words: list[str]
) -> None:
    result = friday(*words)
    assert result.code == 2
    assert "Sat 28 Nov is in the future." in result.err
    assert "write the year: 2025-11-28." in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "X", "Y", "--applied", "20 nov"], "Applied Fri 20 Nov, 7 days ago."),
        (["move", "1", "first", "--on", "20 nov"], "On Fri 20 Nov, 7 days ago."),
        (["replied", "1", "--on", "last week"], "On Fri 20 Nov, 7 days ago."),
        (["replied", "1", "--decides-by", "next week"], "decision by Fri 4 Dec"),
        (["close", "1", "rejected", "--on", "mon"], "On Mon 23 Nov, 4 days ago."),
        (["interview", "1", "invited", "mon"], "On Mon 23 Nov, 4 days ago."),
        (["remind", "1", "tue", "call"], "reminder for Tue 1 Dec"),
        (["task", "1", "Case", "--given", "mon", "--due", "tue"], "Given Mon 23 Nov, 4 days ago."),
        (["point", "1", "my_promise", "send slides by tue"], "Understood: by Tue 1 Dec, in 4 days"),
        (
            ["point", "1", "news", "a round of money on 12 nov"],
            "Understood: of Thu 12 Nov, 15 days ago",
        ),
    ],
)
def test_every_day_that_is_stored_is_said_back(friday: Shell, words: list[str], said: str) -> None:
    assert said in friday.ok(*words).err


def test_the_day_on_which_a_follow_up_was_done_or_is_put_off_to_is_said_back(
    friday: Shell,
) -> None:
    friday.ok("remind", "1", "today", "call")
    friday.ok("remind", "1", "today", "write")
    numbers = re.findall(r"^(f\d+) ", friday.ok("due").out, re.M)
    assert "snoozed to Tue 1 Dec" in friday.ok("snooze", numbers[0], "tue").err
    assert "On Mon 23 Nov, 4 days ago." in friday.ok("done", numbers[1], "--on", "mon").err


def test_today_is_not_said_back(friday: Shell) -> None:
    assert "today" not in friday.ok("move", "1", "first", "--on", "today").err
    assert "days ago" not in friday.ok("add", "X", "Y").err


def test_each_day_of_an_offer_is_said_back(offered: Shell) -> None:
    offered.ok("undo")
    offered.ok("move", "1", "offer", "--on", "2026-11-23")
    result = offered.ok("offer", "1", "--letter", "tue", "--signed", "wed")
    assert "Written offer Tue 24 Nov, 3 days ago; signed Wed 25 Nov, 2 days ago." in result.err


# Where people and place end (B3)


@pytest.mark.parametrize(
    ("line", "people", "place", "minutes", "formats"),
    [
        ("tue 10 with Ana in Room 4", "Ana", "Room 4", 60, []),
        ("tue 10 with Ana via Zoom", "Ana", "Zoom", 60, []),
        ("tue 10 with Ana by phone", "Ana", "", 60, ["phone"]),
        ("tue 10 with Ana for 45m", "Ana", "", 45, []),
        ("tue 10 with Ana and Bo for 1 h 15 min at HQ", "Ana and Bo", "HQ", 75, []),
        ("tue with Ana at 10", "Ana", "", 60, []),
        ("tue 10 with Ana in accounting", "Ana in accounting", "", 60, []),
    ],
)
def test_what_stands_behind_a_name_is_no_name(
    friday: Shell, line: str, people: str, place: str, minutes: int, formats: list[str]
) -> None:
    friday.ok("interview", "1", line)
    talk = friday.ok("show", "1", "--json").json["interviews"][0]
    assert starts(friday) == "2026-12-01 09:00"
    assert (talk["place"] or "", talk["minutes"]) == (place, minutes)
    assert [key.split("_")[0] for key in talk["formats"]] == formats
    said = ", ".join(person["name"] for person in talk.get("interviewers", [])) or talk["people"]
    assert said.replace(", ", " and ") == people


# Moving an interview (B4)


@pytest.mark.parametrize(
    ("words", "utc", "said"),
    [
        (["wed", "11:00"], "2026-12-02 16:00", "Wed 2 Dec 17:00 (11:00 in America/New_York)"),
        (["thu"], "2026-12-03 14:00", "Thu 3 Dec 15:00 (09:00 in America/New_York)"),
        (["14:00"], "2026-12-01 19:00", "Tue 1 Dec 20:00 (14:00 in America/New_York)"),
        (["20:00"], "2026-12-02 01:00", "Wed 2 Dec 02:00 (Tue 1 Dec 20:00 in America/New_York)"),
        (["wed", "11:00", "Europe/Berlin"], "2026-12-02 10:00", "Wed 2 Dec 11:00."),
        (["with", "Bo"], "2026-12-01 14:00", "Tue 1 Dec 15:00 (09:00 in America/New_York)"),
    ],
)
def test_a_move_keeps_the_zone_and_what_is_not_said(
    friday: Shell, words: list[str], utc: str, said: str
) -> None:
    friday.ok("interview", "1", "tue 9am America/New_York 30m with Ana at HQ")
    result = friday.ok("interview", "1", *words, "--move", "1")
    assert starts(friday) == utc
    assert f"interview now {said}" in result.err
    talk = friday.ok("show", "1", "--json").json["interviews"][0]
    assert (talk["minutes"], talk["place"]) == (30, "HQ")
    assert talk["zone"] == ("Europe/Berlin" if "Europe/Berlin" in words else "America/New_York")


def test_a_zone_without_a_time_is_no_move(friday: Shell) -> None:
    friday.ok("interview", "1", "tue 9am America/New_York")
    result = friday("interview", "1", "thu", "Europe/Berlin", "--move", "1")
    assert result.code == 2
    assert "belongs to a time" in result.err


def test_a_zone_in_the_line_and_another_apart_are_two(friday: Shell) -> None:
    words = ["tue 9am America/New_York", "--zone", "Europe/London"]
    assert "are two zones" in friday("interview", "1", *words).err
    friday.ok("interview", "1", "tue 9am", "--zone", "new york")
    assert "are two zones" in friday("interview", "1", *words, "--move", "1").err
    assert starts(friday) == "2026-12-01 14:00"


# Loose deadlines (B5)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("in 48 hours", "2026-11-29 08:00"),
        ("24h", "2026-11-28 08:00"),
        ("within 36 hours", "2026-11-28 20:00"),
        ("eod fri", "2026-12-04"),
        ("eod", "2026-11-27"),
        ("fri cob", "2026-12-04 16:00"),
        ("by close of business on fri", "2026-12-04 16:00"),
        ("end of next week", "2026-12-04"),
        ("eom", "2026-11-30"),
        ("two weeks", "2026-12-11"),
        ("fri cob America/New_York", "2026-12-04 22:00"),
        ("next week", "2026-12-04"),
    ],
)
def test_loose_words_for_a_deadline_are_read(offered: Shell, words: str, wanted: str) -> None:
    offered.ok("deadline", "1", words)
    assert deadline_of(offered) == wanted


@pytest.mark.parametrize("words", ["in 48 hours", "eod fri", "fri cob", "end of next week", "eom"])
@pytest.mark.parametrize(
    "command",
    [
        ["snooze", "F", "DAY"],
        ["remind", "1", "DAY", "call"],
        ["replied", "1", "--decides-by", "DAY"],
        ["deadline", "1", "DAY"],
        ["point", "1", "my_promise", "slides by DAY"],
        ["task", "1", "Case", "--due", "DAY"],
    ],
)
def test_the_same_words_are_read_wherever_a_day_is_typed(
    offered: Shell, command: list[str], words: str
) -> None:
    offered.ok("remind", "1", "today", "call")
    rows = re.findall(r"^(f\d+) .*call", offered.ok("due").out, re.M)
    result = offered.ok(*(word.replace("DAY", words).replace("F", rows[0]) for word in command))
    days = {"in 48 hours": "29 Nov", "eom": "30 Nov"}
    assert days.get(words, "4 Dec") in result.err


# The end of a year (B6)


def test_the_end_of_the_year_is_read_in_january(shell: Shell) -> None:
    shell.clock = FixedClock(datetime(2027, 1, 11, 9, 0, tzinfo=BERLIN))
    shell.add("Globex", "Engineer")
    result = shell.ok("replied", "1", "--decides-by", "end of year")
    assert "decision by Fri 31 Dec" in result.err


# Kinds and days of points, B7


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("my_promise", "my_promise"),
        ("my-promise", "my_promise"),
        ("promise", "my_promise"),
        ("doubt", "concern"),
        ("Concern", "concern"),
        ("concern:", "concern"),
        ("weak", "asked"),
        ("req", "requirement"),
    ],
)
def test_every_word_for_a_kind_is_taken(friday: Shell, kind: str, stored: str) -> None:
    friday.ok("point", "1", kind, "something")
    assert friday.ok("point", "1", "--json").json[0]["kind"] == stored


def test_a_point_is_read_as_on_the_screen(friday: Shell) -> None:
    friday.ok(
        "point", "1", "my_promise", "send slides -- the short ones by fri https://x.example/s"
    )
    point = friday.ok("point", "1", "--json").json[0]
    assert (point["text"], point["detail"]) == ("send slides", "the short ones")
    assert (point["due_on"], point["link"]) == ("2026-12-04", "https://x.example/s")


@pytest.mark.parametrize(
    "words",
    [
        ["my_promise", "slides by fri", "--on", "tue"],
        ["concern", "x -- y", "--detail", "z"],
        ["news", "x https://a.example", "--link", "https://b.example"],
    ],
)
def test_what_is_said_twice_is_asked_about(friday: Shell, words: list[str]) -> None:
    assert friday("point", "1", *words).code == 2


# Part C


def test_a_reminder_for_yesterday_is_not_taken_for_next_years(friday: Shell) -> None:
    result = friday("remind", "1", "26 nov", "x")
    assert result.code == 2
    assert "Thu 26 Nov is in the past." in result.err
    assert "write the year: 2027-11-26." in result.err
    assert "Fri 26 Nov 2027" in friday.ok("remind", "1", "2027-11-26", "x").err


def test_a_day_to_look_at_is_the_one_that_has_just_gone_by(friday: Shell) -> None:
    assert "As if today were Thu 26 Nov, yesterday." in friday.ok("due", "--on", "26 nov").err


def test_a_talk_that_has_just_been_held_is_logged(shell: Shell) -> None:
    shell.clock = FixedClock(datetime(2026, 11, 16, 9, 0, tzinfo=BERLIN))
    shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    result = shell.ok("interview", "1", "13 nov 10:00")
    assert "interview Fri 13 Nov 10:00" in result.err
    assert "is in the past" in result.err


def test_a_date_that_can_be_only_one_day_is_read(friday: Shell) -> None:
    assert "Sun 13 Dec" in friday.ok("remind", "1", "13/12/2026", "x").err
    assert "can mean different days" in friday("remind", "1", "3/12/2026", "x").err


# Whatever is typed: what is said back is what every other zone reads


ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]


@settings(
    max_examples=examples(12, long=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    here=st.sampled_from(ZONES),
    named=st.sampled_from(["", *ZONES]),
    reader=st.sampled_from(ZONES),
    day=st.integers(1, 300),
    at=st.integers(0, 95),
)
def test_what_was_said_back_is_read_in_every_zone(
    offered: Shell, offer: bytes, here: str, named: str, reader: str, day: int, at: int
) -> None:
    writer = read_in(offered.open(offer), ZoneInfo(here))
    on = (writer.clock.now() + timedelta(days=day)).date()
    clock = f"{at // 4:02}:{at % 4 * 15:02}"
    result = writer("deadline", "1", f"{on.isoformat()} {clock} {named}")
    talked = writer("interview", "1", f"{on.isoformat()} {clock} {named}", "--stage", "second")
    if "the clocks skip" in result.err:
        assert talked.code == 2
        return
    moment = datetime.fromisoformat(f"{on.isoformat()} {clock}").replace(
        tzinfo=ZoneInfo(named or here)
    )
    local = moment.astimezone(UTC).astimezone(ZoneInfo(here))
    year = "" if local.year == 2026 else f" {local.year}"
    said = f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"
    assert f"answer due {said}" in result.err
    assert f"interview {said}" in talked.err
    other = read_in(offered, ZoneInfo(reader))
    assert deadline_of(other) == moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    talks = other.ok("show", "1", "--json").json["interviews"]
    assert moment.timestamp() in [datetime.fromisoformat(t["starts_at"]).timestamp() for t in talks]
    there = moment.astimezone(UTC).astimezone(ZoneInfo(reader))
    assert f"{there.day} {there:%b}" in other.ok("offer", "1").out
    assert f"{there:%H:%M}" in other.ok("offer", "1").out


def test_a_follow_up_that_is_due_later_is_put_off_from_that_day(friday: Shell) -> None:
    friday.ok("remind", "1", "mon", "call")
    (number,) = re.findall(r"^(f\d+) .*call", friday.ok("due", "--days", "9").out, re.M)
    told = friday.ok("snooze", number, "+1d").err
    assert "snoozed to Tue 1 Dec" in told
    assert told.endswith("Counted from Mon 30 Nov, when it is due.\n")
    refused = friday("snooze", number, "tomorrow")
    assert refused.code == 2
    assert "the day it is due" in refused.err
    assert friday.ok("snooze", number, "29 nov").err.endswith("Earlier than now, Tue 1 Dec.\n")
