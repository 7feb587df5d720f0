"""The calendar as icalendar reads it, and its files: stable, whole, and only ours."""

import errno
import json
import os
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock, local_instant
from store.errors import StoreError
from store.export.calendar import (
    LIST,
    calendar_file,
    write_calendar_file,
    write_calendar_folder,
)
from store.export.settings import CalendarChoice
from store.file.database import open_database
from store.model.calendar import CANCELLED, BoardCalendar
from store.pipeline import Pipeline
from store.pipeline.safety import thinning
from store.read.calendar import read_calendar
from store.read.glance import open_glance
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.makers import BERLIN
from tests.store.export.conftest import entry, names

Read = Callable[[], BoardCalendar]
Parsed = Callable[..., Any]
USUAL = CalendarChoice()
TODOS = CalendarChoice(follow_ups="todos")


def alarms(found: Any) -> list[timedelta]:
    return [alarm["TRIGGER"].dt for alarm in found.walk("VALARM")]


def test_an_interview_has_zone_place_people_and_what_to_prepare(parsed: Parsed) -> None:
    event = entry(parsed(), "Second interview")
    assert event["SUMMARY"] == "Second interview: Globex"
    assert event["DTSTART"].dt == datetime(2026, 12, 3, 14, 0, tzinfo=BERLIN)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].dt == datetime(2026, 12, 3, 15, 0, tzinfo=BERLIN)
    assert event["LOCATION"] == "Chausseestr. 12, 3rd floor"
    assert event["STATUS"] == "CONFIRMED"
    assert event["CLASS"] == "PRIVATE"
    assert event["URL"] == "https://globex.example/jobs/1"
    told = str(event["DESCRIPTION"]).split("\n")
    assert told[0] == "Globex, Engineer; Backend, Python"
    assert "Format: panel" in told
    assert "With: Ana Ruiz" in told
    assert "With: Bo" in told
    assert "To prepare:" in told
    assert "- open concern: little cloud experience — the course in May" in told
    assert "- met Ana Ruiz (again)" in told
    assert any(line.startswith("- Panel: ") for line in told)
    assert "ATTENDEE" not in event
    assert alarms(event) == [timedelta(minutes=-60)]


def test_what_is_over_needs_no_preparation_and_no_alarm(parsed: Parsed) -> None:
    event = entry(parsed(), "First interview")
    assert event["DTSTART"].dt == datetime(2026, 11, 20, 10, 0, tzinfo=BERLIN)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert "To prepare" not in event["DESCRIPTION"]
    assert alarms(event) == []


def test_a_follow_up_is_an_event_of_a_whole_day(parsed: Parsed) -> None:
    event = entry(parsed(), "call Ana")
    assert event.name == "VEVENT"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 11, 27), date(2026, 11, 28))
    assert event["TRANSP"] == "TRANSPARENT"
    assert "rounds done f" in event["DESCRIPTION"]
    assert alarms(event) == [timedelta(hours=9)]


def test_a_reminder_of_no_card_stands_on_the_next_of_its_days(
    pipeline: Pipeline, parsed: Parsed
) -> None:
    pipeline.add_reminder("look for postings", date(2026, 11, 27), every="week")
    pipeline.add_reminder("call Cy")
    event = entry(parsed(), "look for postings")
    assert event["DTSTART"].dt == date(2026, 11, 27)
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Your own reminder, every week.", "rounds done r1",
    ]  # fmt: skip
    assert not [one for one in parsed().walk("VEVENT") if "call Cy" in one["SUMMARY"]]
    pipeline.complete_reminders([1])
    again = entry(parsed(), "look for postings")
    assert (again["UID"], again["DTSTART"].dt) == (event["UID"], date(2026, 12, 4))
    assert int(again["SEQUENCE"]) > int(event["SEQUENCE"])
    pipeline.edit_reminder(1, {"every": ""})
    pipeline.complete_reminders([1])
    todo = entry(parsed(follow_ups="todos"), "look for postings")
    assert todo["STATUS"] == "COMPLETED"


def test_follow_ups_can_be_to_dos_or_left_out(parsed: Parsed) -> None:
    todo = entry(parsed(follow_ups="todos"), "call Ana")
    assert todo.name == "VTODO"
    assert todo["DUE"].dt == date(2026, 11, 27)
    assert todo["STATUS"] == "NEEDS-ACTION"
    events, none = parsed(), parsed(follow_ups="none")
    assert not events.walk("VTODO")
    assert not none.walk("VTODO")
    assert {str(event["CATEGORIES"].to_ical()) for event in none.walk("VEVENT")} == {
        "b'Interview'", "b'Deadline'",
    }  # fmt: skip


def test_deadlines_stand_in_it_with_an_alarm_the_day_before(parsed: Parsed) -> None:
    found = parsed()
    answer = entry(found, "answer the offer")
    assert answer["DTSTART"].dt == datetime(2026, 12, 4, 17, 0, tzinfo=BERLIN)
    assert "DTEND" not in answer
    assert alarms(answer) == [timedelta(days=-1), timedelta(minutes=-60)]
    closes = entry(found, "posting closes")
    assert closes["DTSTART"].dt == date(2026, 12, 1)
    assert alarms(closes) == [timedelta(hours=-15), timedelta(hours=9)]
    assert entry(found, "Hooli: hand in Case study")["DTSTART"].dt == date(2026, 11, 30)


def test_alarms_are_as_the_user_wants_them(parsed: Parsed) -> None:
    found = parsed(interview_alarm=90, day_alarm=time(7, 30))
    assert alarms(entry(found, "Second interview")) == [timedelta(minutes=-90)]
    assert alarms(entry(found, "call Ana")) == [timedelta(hours=7, minutes=30)]
    assert not parsed(interview_alarm=0, day_alarm=None).walk("VALARM")


def test_a_time_elsewhere_is_told_by_the_clocks_there(pipeline: Pipeline, parsed: Parsed) -> None:
    at = datetime(2026, 12, 9, 21, 0, tzinfo=BERLIN)
    for number, zone in enumerate(("America/New_York", "JST-9", "EST5EDT,M3.2.0,M11.1.0", "UTC")):
        pipeline.interview(3, at + timedelta(hours=number), zone=zone)
    found = parsed()
    starts = [event["DTSTART"] for event in found.walk("VEVENT") if "Hooli" in event["SUMMARY"]]
    by_zone = {str(s.params.get("TZID")): s.dt for s in starts if isinstance(s.dt, datetime)}
    assert by_zone["America/New_York"] == at
    assert by_zone["Etc/GMT-9"] == at + timedelta(hours=1)
    assert by_zone["EST5EDT_M3.2.0_M11.1.0"] == at + timedelta(hours=2)
    assert at + timedelta(hours=3) in by_zone.values()
    told = {str(zone["TZID"]) for zone in found.walk("VTIMEZONE")}
    assert told == {
        "Europe/Berlin", "America/New_York", "Etc/GMT-9", "EST5EDT_M3.2.0_M11.1.0",
    }  # fmt: skip


def test_the_same_board_gives_the_same_bytes_whenever_it_is_read(
    pipeline: Pipeline, path: Path, clock: FixedClock
) -> None:
    with closing(pipeline.database.glance()) as glance:
        first = calendar_file(read_calendar(glance), USUAL)
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    for later in (timedelta(hours=3), timedelta(days=45), timedelta(days=400)):
        clock.moment += later
        glance = open_glance(copy, clock)
        assert glance is not None
        with closing(glance):
            assert calendar_file(read_calendar(glance), USUAL) == first


def test_an_identity_stays_and_each_change_raises_the_sequence(
    pipeline: Pipeline, parsed: Parsed, clock: FixedClock
) -> None:
    seen = [entry(parsed(), "Second interview")]
    steps: tuple[Callable[[], object], ...] = (
        lambda: pipeline.reschedule(2, local_instant(date(2026, 12, 8), time(9), clock.zone)),
        lambda: pipeline.reschedule(
            2, local_instant(date(2026, 12, 8), time(9), clock.zone), place="Room 4"
        ),
        lambda: pipeline.undo(),
        lambda: pipeline.redo(),
        lambda: pipeline.cancel_interview(2),
        lambda: pipeline.undo(),
    )
    for step in steps:
        clock.moment += timedelta(minutes=1)
        step()
        seen.append(entry(parsed(), "Second interview"))
    assert len({event["UID"] for event in seen}) == 1
    numbers = [event["SEQUENCE"] for event in seen]
    assert numbers == sorted(set(numbers)), "each is higher than the one before"
    stamps = [event["DTSTAMP"].dt for event in seen]
    assert stamps == sorted(set(stamps))
    assert stamps[-1] == clock.moment, "the moment of the change, not of the writing"
    assert [event["STATUS"] for event in seen[-2:]] == ["CANCELLED", "CONFIRMED"]


def test_the_sequence_never_falls_when_the_journal_is_thinned(
    pipeline: Pipeline, parsed: Parsed, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "UNDOABLE", 3)
    monkeypatch.setattr(thinning, "EVERY", 1)
    seen = []
    steps: tuple[Callable[[], object], ...] = (
        lambda: pipeline.reschedule(2, local_instant(date(2026, 12, 8), time(9), clock.zone)),
        lambda: pipeline.undo(),  # of which no image is kept once it was overtaken
        *[lambda: pipeline.note(2, "They have a dog.") for _ in range(9)],
    )
    for step in steps:
        clock.moment += timedelta(minutes=1)
        step()
        found = parsed()
        seen.append([entry(found, words) for words in ("Second interview", "answer the offer")])
    for events in zip(*seen, strict=True):
        for name in ("SEQUENCE", "LAST-MODIFIED"):
            values = [getattr(event[name], "dt", event[name]) for event in events if name in event]
            assert values == sorted(values), name


def test_what_says_nothing_of_an_entry_leaves_its_sequence(
    pipeline: Pipeline, parsed: Parsed
) -> None:
    before = parsed()
    pipeline.note(2, "They have a dog.")
    after = parsed()
    for words in ("Second interview", "call Ana", "answer the offer"):
        assert entry(after, words)["SEQUENCE"] == entry(before, words)["SEQUENCE"]


def test_a_deadline_that_moves_is_the_same_one(pipeline: Pipeline, parsed: Parsed) -> None:
    before = entry(parsed(), "answer the offer")
    pipeline.deadline(2, date(2026, 12, 9))
    after = entry(parsed(), "answer the offer")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == date(2026, 12, 9)


def test_all_identities_differ(parsed: Parsed) -> None:
    found = parsed()
    uids = [str(part["UID"]) for part in found.walk() if part.name in ("VEVENT", "VTODO")]
    assert len(uids) == len(set(uids)) > 8


def test_where_the_journal_has_forgotten_a_row_its_number_never_falls(
    pipeline: Pipeline, parsed: Parsed
) -> None:
    before = entry(parsed(), "First interview")["SEQUENCE"]
    pipeline.note(1, "later")
    from sqlalchemy import text

    with pipeline.database.writing() as session:
        session.execute(text("DELETE FROM row_image WHERE table_name = 'interview'"))
    assert entry(parsed(), "First interview")["SEQUENCE"] >= before


def test_a_follow_up_that_was_done_before_its_day_is_told(
    pipeline: Pipeline, parsed: Parsed, calendar: Read
) -> None:
    (reminder,) = [one for one in calendar().entries if "call Ana" in one.title]
    number = next(
        int(line.rpartition("f")[2]) for line in reminder.lines if line.startswith("rounds done")
    )
    pipeline.complete(number)
    assert entry(parsed(), "call Ana")["STATUS"] == "CANCELLED"
    todo = entry(parsed(follow_ups="todos"), "call Ana")
    assert todo["STATUS"] == "COMPLETED"
    assert todo["COMPLETED"].dt.date() == date(2026, 11, 23)
    assert todo["UID"] == reminder.uid


def test_an_application_that_ends_takes_what_was_to_come_with_it(
    pipeline: Pipeline, parsed: Parsed
) -> None:
    pipeline.close(1, Outcome.REJECTED)
    pipeline.close(2, Outcome.DECLINED)
    found = parsed()
    assert entry(found, "Second interview")["STATUS"] == "CANCELLED"
    assert entry(found, "First interview")["STATUS"] == "CONFIRMED", "it was held"
    assert entry(found, "answer the offer")["STATUS"] == "CANCELLED"
    assert alarms(entry(found, "Second interview")) == []


def test_what_an_end_or_another_name_changes_has_a_higher_number(
    pipeline: Pipeline, parsed: Parsed, clock: FixedClock
) -> None:
    """A calendar takes an entry in again only where its number is higher."""
    words = ("Second interview", "answer the offer", "posting closes", "hand in Case study")
    before = parsed()
    ways: tuple[Callable[[int], object], ...] = (
        lambda number: pipeline.close(number, Outcome.WITHDRAWN),
        lambda _: pipeline.undo(),
        lambda number: pipeline.edit(number, {"role": "Engineer of all that is"}),
        lambda number: pipeline.edit(number, {"url": f"https://example.com/{number}"}),
    )
    for way in ways:
        for number in (1, 2, 3):
            clock.moment += timedelta(minutes=1)
            way(number)
        after = parsed()
        lower = [
            word
            for word in words
            if entry(after, word).to_ical() != entry(before, word).to_ical()
            and entry(after, word)["SEQUENCE"] <= entry(before, word)["SEQUENCE"]
        ]
        assert lower == []
        before = after


def _number(calendar: BoardCalendar, words: str) -> int:
    """The number of the follow-up or reminder whose entry has these words."""
    (found,) = [one for one in calendar.entries if words in one.title]
    told = next(line for line in found.lines if line.startswith("rounds done "))
    return int(told[len("rounds done f") :])


def _told_off(found: Any, before: Any, words: str) -> bool:
    """Whether an entry is told as cancelled: the same one, of a higher number, without alarms."""
    was, now = entry(before, words), entry(found, words)
    assert (now["UID"], alarms(now)) == (was["UID"], [])
    assert now["SEQUENCE"] > was["SEQUENCE"]
    return bool(now["STATUS"] == "CANCELLED")


def test_a_deleted_application_is_told_and_comes_back_by_undo(
    pipeline: Pipeline, parsed: Parsed, clock: FixedClock
) -> None:
    before = parsed()
    for number in (1, 2, 3):
        clock.moment += timedelta(minutes=1)
        pipeline.delete(number)
    off = parsed()
    gone = ("First interview", "Second interview", "answer the offer", "posting closes",
            "hand in Case study", "call Ana")  # fmt: skip
    assert [words for words in gone if not _told_off(off, before, words)] == []
    assert {str(part["UID"]) for part in off.walk("VEVENT")} == {
        str(part["UID"]) for part in before.walk("VEVENT")
    }
    assert "cloud" not in str(entry(off, "Second interview")["DESCRIPTION"])
    for _ in range(3):
        clock.moment += timedelta(minutes=1)
        pipeline.undo()
    back = parsed()
    for words in gone:
        event = entry(back, words)
        assert event["STATUS"] == "CONFIRMED"
        assert event["SEQUENCE"] > entry(off, words)["SEQUENCE"]


def test_what_is_deleted_is_told_for_thirty_days(
    pipeline: Pipeline, calendar: Read, clock: FixedClock
) -> None:
    pipeline.delete(1)
    clock.moment += timedelta(days=30)
    pipeline.note(2, "They have a dog.")
    assert [one for one in calendar().entries if one.application_id == 1]
    clock.moment += timedelta(days=1)
    pipeline.note(2, "And a cat.")
    assert not [one for one in calendar().entries if one.application_id == 1]


def test_an_application_that_was_added_and_undone_is_told(
    pipeline: Pipeline, parsed: Parsed
) -> None:
    pipeline.add("Umbrella", "SRE", applied_on=date(2026, 11, 20), closing_on=date(2026, 12, 5))
    before = parsed()
    pipeline.undo()
    assert _told_off(parsed(), before, "Umbrella: posting closes")
    assert _told_off(parsed(), before, "Umbrella: follow up")
    pipeline.redo()
    assert entry(parsed(), "Umbrella: posting closes")["STATUS"] == "CONFIRMED"


def test_a_reminder_that_is_dropped_is_told(
    pipeline: Pipeline, parsed: Parsed, calendar: Read
) -> None:
    pipeline.add_reminder("look for postings", date(2026, 11, 27), every="week")
    pipeline.add_reminder("update the CV", date(2026, 11, 27))
    before, kept = parsed(), calendar()
    pipeline.drop_reminders([_number(kept, "look for postings")])
    pipeline.edit_reminder(_number(kept, "update the CV"), {"on": None})
    pipeline.skip(_number(kept, "call Ana"))
    for words in ("look for postings", "update the CV", "call Ana"):
        assert _told_off(parsed(), before, words), words
        assert entry(parsed(follow_ups="todos"), words)["STATUS"] == "CANCELLED"


def test_a_day_that_is_taken_away_is_told(pipeline: Pipeline, parsed: Parsed) -> None:
    before = parsed()
    pipeline.edit(3, {"closing_on": None})
    pipeline.move(2, Stage.SECOND)
    pipeline.edit_assignment(1, {"due_on": None})
    for words in ("posting closes", "answer the offer", "hand in Case study"):
        assert _told_off(parsed(), before, words), words
    pipeline.edit(3, {"closing_on": date(2026, 12, 1)})
    assert entry(parsed(), "posting closes")["STATUS"] == "CONFIRMED"


def test_a_follow_up_that_a_reply_makes_needless_is_told(
    pipeline: Pipeline, parsed: Parsed
) -> None:
    pipeline.add("Umbrella", "SRE", applied_on=date(2026, 11, 20))
    before = parsed()
    pipeline.log_reply(4, decides_by=date(2026, 12, 14))
    off = [event for event in parsed().walk("VEVENT") if event["STATUS"] == "CANCELLED"]
    assert str(entry(before, "Umbrella: follow up")["UID"]) in {str(one["UID"]) for one in off}


def test_a_follow_up_that_other_rules_do_not_plan_is_told_for_thirty_days(
    pipeline: Pipeline, parsed: Parsed, clock: FixedClock
) -> None:
    pipeline.add("Umbrella", "SRE", applied_on=date(2026, 11, 20))
    before = parsed()
    uid = str(entry(before, "Umbrella: follow up")["UID"])
    others = rules_for(overrides={"application": {"at_most": 0}})
    other = Pipeline(pipeline.database, lambda preset: others)
    clock.moment += timedelta(minutes=1)
    other.catch_up("other rules")
    after = parsed()
    assert _told_off(after, before, "Umbrella: follow up")
    assert entry(parsed(follow_ups="todos"), "Umbrella: follow up")["STATUS"] == "CANCELLED"
    clock.moment += timedelta(minutes=1)
    pipeline.catch_up("the first rules again")
    again = [one for one in parsed().walk("VEVENT") if "Umbrella: follow up" in one["SUMMARY"]]
    assert sorted(str(one["STATUS"]) for one in again) == ["CANCELLED", "CONFIRMED"]
    assert [str(one["UID"]) == uid for one in again if one["STATUS"] == "CANCELLED"] == [True]
    clock.moment += timedelta(days=31)
    pipeline.note(2, "They have a dog.")
    assert uid not in {str(one["UID"]) for one in parsed().walk("VEVENT")}


def test_hostile_texts_stay_texts(pipeline: Pipeline, parsed: Parsed) -> None:
    name = 'A\\nB;C,D:E" BEGIN:VEVENT'
    pipeline.add(name, "SRE", url="javascript:alert(1)", applied_on=date(2026, 11, 9))
    pipeline.interview(4, datetime(2026, 12, 7, 9, tzinfo=BERLIN), place="x\nSTATUS:CANCELLED")
    event = entry(parsed(follow_ups="none"), "BEGIN:VEVENT")
    assert name in event["SUMMARY"]
    assert event["STATUS"] == "CONFIRMED"
    assert "URL" not in event


# One file


def test_a_file_is_for_the_owner_alone_and_keeps_its_mode(
    calendar: Read, tmp_path: Path, path: Path
) -> None:
    target = tmp_path / "rounds.ics"
    assert write_calendar_file(target, calendar(), USUAL, path).written == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.chmod(0o644)
    assert write_calendar_file(target, calendar(), USUAL, path).written == 0, "nothing changed"
    assert write_calendar_file(target, calendar(), TODOS, path).written == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert sorted(file.name for file in tmp_path.iterdir()) == ["board.db", "rounds.ics"]


def _pipe(target: Path, _: Path) -> None:
    os.mkfifo(target)


PLACES: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "a folder": (lambda target, _: target.mkdir(), "is a folder"),
    "a link": (lambda target, _: target.symlink_to("elsewhere.ics"), "is a link"),
    "a link to the board": (lambda target, path: target.symlink_to(path), "is the board itself"),
    "the board by another name": (lambda target, path: target.hardlink_to(path), "is the board"),
    "a pipe": (_pipe, "is a pipe"),
    "another file": (lambda target, _: target.write_text("mine"), "not written by rounds"),
    "another calendar": (
        lambda target, _: target.write_text("BEGIN:VCALENDAR\r\nPRODID:x\r\nEND:VCALENDAR\r\n"),
        "not written by rounds",
    ),
}


@pytest.mark.parametrize("what", PLACES)
def test_what_is_not_ours_is_left_alone(
    calendar: Read, tmp_path: Path, path: Path, what: str
) -> None:
    make, sentence = PLACES[what]
    target = tmp_path / "rounds.ics"
    make(target, path)
    before, board = target.lstat(), path.read_bytes()
    with pytest.raises(Refused, match=sentence) as refused:
        write_calendar_file(target, calendar(), USUAL, path)
    assert "Nothing was written." in str(refused.value)
    after = target.lstat()
    assert (after.st_mode, after.st_size, after.st_ino) == (
        before.st_mode, before.st_size, before.st_ino,
    )  # fmt: skip
    assert path.read_bytes() == board
    assert not [file for file in tmp_path.iterdir() if file.name.endswith(".part")]


@pytest.mark.parametrize("name", ["board.db", "board.db-journal", "board.db-wal"])
def test_the_board_and_its_journal_are_no_place(
    calendar: Read, tmp_path: Path, path: Path, name: str
) -> None:
    with pytest.raises(Refused, match="is the board itself"):
        write_calendar_file(tmp_path / name, calendar(), USUAL, path)


def test_the_calendar_of_another_board_is_left_alone(
    calendar: Read, tmp_path: Path, path: Path
) -> None:
    target = tmp_path / "rounds.ics"
    write_calendar_file(target, calendar()._replace(board="another"), USUAL, path)
    before = target.read_bytes()
    with pytest.raises(Refused, match="of another board"):
        write_calendar_file(target, calendar(), USUAL, path)
    assert target.read_bytes() == before


def test_the_file_of_a_new_board_stays_its_own(
    tmp_path: Path, empty_board: bytes, clock: FixedClock
) -> None:
    place, target = tmp_path / "new.db", tmp_path / "rounds.ics"
    place.write_bytes(empty_board)
    for company in ("", "Globex"):
        with closing(open_database(place, clock)) as database:
            if company:
                Pipeline(database).add(company, "SRE", applied_on=date(2026, 11, 9))
            with closing(database.glance()) as glance:
                found = read_calendar(glance)
            write_calendar_file(target, found, USUAL, place)
    assert b"SUMMARY:Globex: follow up" in target.read_bytes()


def test_a_folder_that_is_not_there_is_said(calendar: Read, tmp_path: Path, path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        write_calendar_file(tmp_path / "no" / "rounds.ics", calendar(), USUAL, path)
    with pytest.raises(Refused, match="cannot be used"):
        write_calendar_file(path / "rounds.ics", calendar(), USUAL, path)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_disk_that_is_full_leaves_the_file_as_it_was(
    calendar: Read,
    tmp_path: Path,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    where: str,
) -> None:
    target = tmp_path / "rounds.ics"
    write_calendar_file(target, calendar(), USUAL, path)
    before = target.read_bytes()

    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((os, "fsync") if where == "fsync" else (Path, "replace")), fail)
    with pytest.raises(StoreError, match="could not be written") as failed:
        write_calendar_file(target, calendar(), TODOS, path)
    assert ("the disk is full" in str(failed.value)) is (number == errno.ENOSPC)
    assert "is unchanged" in str(failed.value)
    assert target.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["board.db", "rounds.ics"]


def test_a_folder_that_is_closed_to_writing_is_said(
    calendar: Read, own_folder: Path, path: Path, commoner: Any
) -> None:
    found = calendar()
    own_folder.chmod(0o500)
    with commoner(), pytest.raises(StoreError, match="could not be written: permission denied"):
        write_calendar_file(own_folder / "rounds.ics", found, USUAL, path)
    assert list(own_folder.iterdir()) == []


# A folder


def test_a_folder_has_a_file_for_each_entry(calendar: Read, tmp_path: Path) -> None:
    import icalendar

    folder, found = tmp_path / "calendars" / "rounds", calendar()
    left = write_calendar_folder(folder, found, TODOS)
    there = sorted(f"{one.uid}.ics" for one in found.entries if one.state != CANCELLED)
    assert names(folder) == there
    assert (left.written, left.removed) == (len(there), 0)
    for file in folder.glob("*.ics"):
        (part,) = [
            part
            for part in icalendar.Calendar.from_ical(file.read_bytes()).walk()
            if part.name in ("VEVENT", "VTODO")
        ]
        assert part["UID"] == file.stem
    assert write_calendar_folder(folder, calendar(), TODOS)[2:] == (0, 0)


def test_only_what_changed_is_written_again_and_what_is_cancelled_goes(
    pipeline: Pipeline, calendar: Read, tmp_path: Path
) -> None:
    folder = tmp_path / "vdir"
    write_calendar_folder(folder, calendar(), USUAL)
    (second,) = [one.uid for one in calendar().entries if "Second interview" in one.title]
    before = {file: (folder / file).stat().st_ino for file in names(folder)}
    pipeline.cancel_interview(2)
    left = write_calendar_folder(folder, calendar(), USUAL)
    assert left.removed >= 1
    assert f"{second}.ics" not in names(folder)
    of_others = {
        f"{one.uid}.ics"
        for one in calendar().entries
        if one.application_id != 1 and one.state != CANCELLED
    }
    assert {file: (folder / file).stat().st_ino for file in of_others} == {
        file: before[file] for file in of_others
    }
    pipeline.undo()
    write_calendar_folder(folder, calendar(), USUAL)
    assert f"{second}.ics" in names(folder)


def test_from_a_folder_only_our_own_files_go(
    pipeline: Pipeline, calendar: Read, tmp_path: Path
) -> None:
    folder = tmp_path / "vdir"
    write_calendar_folder(folder, calendar(), USUAL)
    (folder / "holiday.ics").write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    (folder / "color").write_text("#ff0000")
    of_second = next(one.uid for one in calendar().entries if "Second interview" in one.title)
    of_first = next(one.uid for one in calendar().entries if "First interview" in one.title)
    (folder / f"{of_first}.ics").write_text("BEGIN:VCALENDAR\r\nUID:other\r\nEND:VCALENDAR\r\n")
    synced = folder / f"{of_second}.ics"
    synced.write_bytes(synced.read_bytes().replace(b"PRODID:-//rounds", b"PRODID:-//server"))
    pipeline.delete(1)
    write_calendar_folder(folder, calendar(), USUAL)
    left = names(folder)
    assert {"holiday.ics", "color", f"{of_first}.ics"} <= set(left)
    assert f"{of_second}.ics" not in left, "a server wrote it anew, and it is still that entry"


def test_two_boards_in_one_folder_leave_each_other_alone(
    pipeline: Pipeline, calendar: Read, tmp_path: Path
) -> None:
    folder, other = tmp_path / "vdir", calendar()
    moved = [one._replace(uid=f"{one.uid[:-1]}x") for one in other.entries]
    write_calendar_folder(folder, BoardCalendar("another", tuple(moved)), USUAL)
    theirs = names(folder)
    with pytest.raises(Refused, match="of another board"):
        write_calendar_folder(folder, other, USUAL, alone=True)
    write_calendar_folder(folder, other, USUAL)
    for number in (1, 2, 3):
        pipeline.delete(number)
    write_calendar_folder(folder, calendar(), USUAL)
    assert names(folder) == theirs


@pytest.mark.parametrize("list_", ["", "{", "[]", '{"boards": 3}', '{"boards": {"x": [1]}}'])
def test_without_its_list_nothing_is_removed(
    pipeline: Pipeline, calendar: Read, tmp_path: Path, list_: str
) -> None:
    folder = tmp_path / "vdir"
    write_calendar_folder(folder, calendar(), USUAL)
    before = names(folder)
    (folder / LIST).write_text(list_)
    pipeline.cancel_interview(2)
    write_calendar_folder(folder, calendar(), USUAL)
    assert set(before) <= set(names(folder))


def test_a_list_names_no_file_elsewhere(calendar: Read, tmp_path: Path) -> None:
    folder, found = tmp_path / "vdir", calendar()
    write_calendar_folder(folder, found, USUAL)
    (tmp_path / "evil.ics").write_text("UID:evil")
    listed = json.loads((folder / LIST).read_text())
    listed["boards"][found.board] |= {"../evil.ics": "x", "/etc/passwd": "x"}
    (folder / LIST).write_text(json.dumps(listed))
    write_calendar_folder(folder, found, TODOS)
    assert (tmp_path / "evil.ics").exists()


def test_a_full_disk_leaves_a_folder_as_it_was(
    calendar: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "vdir"
    write_calendar_folder(folder, calendar(), USUAL)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    real, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="the disk is full"):
        write_calendar_folder(folder, calendar(), TODOS)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_what_was_cut_off_is_taken_up_again(
    calendar: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut in the middle: some files are new, some old, each whole."""
    folder = tmp_path / "vdir"
    write_calendar_folder(folder, calendar(), USUAL)
    real, calls = Path.replace, []

    class Cut(BaseException):
        pass

    def cut(part: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 4:
            raise Cut
        return real(part, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(Cut):
            write_calendar_folder(folder, calendar(), TODOS)
    write_calendar_folder(folder, calendar(), TODOS)
    fresh = tmp_path / "fresh"
    write_calendar_folder(fresh, calendar(), TODOS)
    assert {f: (folder / f).read_bytes() for f in names(folder)} == {
        f: (fresh / f).read_bytes() for f in names(fresh)
    }


@pytest.mark.parametrize("what", ["a file", "a link into nothing", "below a file"])
def test_what_is_no_folder_is_said(calendar: Read, tmp_path: Path, what: str) -> None:
    place = tmp_path / "vdir"
    if what == "a link into nothing":
        place.symlink_to("nowhere")
    else:
        place.write_text("mine")
    if what == "below a file":
        place = place / "inside"
    with pytest.raises((Refused, StoreError), match="Nothing was written"):
        write_calendar_folder(place, calendar(), USUAL)
