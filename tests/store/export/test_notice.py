"""What a desktop is told: what is due, each once."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.export.notice import Notification, keep_told, read_notice, read_told, told_file
from store.pipeline import Pipeline
from tests.makers import BERLIN

Look = Callable[[], Notification]


def fill(p: Pipeline, clock: FixedClock) -> None:
    p.add("Globex", "SRE", applied_on=date(2026, 11, 23))
    p.remind(1, date(2026, 11, 23), "call Ana")
    p.remind(1, date(2026, 11, 24), "call Bo")
    p.interview(1, datetime(2026, 11, 24, 14, tzinfo=BERLIN), place="Room 4")


@pytest.fixture
def begin() -> Callable[[Pipeline, FixedClock], object]:
    return fill


@pytest.fixture
def look(pipeline: Pipeline, clock: FixedClock, path: Path) -> Look:
    """What there is to tell now, with what was told."""

    def read() -> Notification:
        with closing(pipeline.database.glance()) as glance:
            return read_notice(glance, clock.now(), read_told(path))

    return read


def test_what_is_due_is_told_once(look: Look, path: Path) -> None:
    notice = look()
    assert "Globex: call Ana (today)" in notice.lines
    assert notice.title.startswith("Due: ")
    keep_told(path, notice.told)
    assert look().lines == ()
    assert look().told == notice.told, "it is still due"


def test_reminders_of_no_card_are_told_on_their_day(
    pipeline: Pipeline, look: Look, path: Path, clock: FixedClock
) -> None:
    pipeline.add_reminder("update the CV", date(2026, 11, 23))
    pipeline.add_reminder("look for postings", date(2026, 11, 24), every="week")
    pipeline.add_reminder("call Cy")
    notice = look()
    assert (notice.lines[-1], notice.reminders) == ("update the CV (today)", (1,))
    assert notice.title.endswith(" and 1 reminder")
    keep_told(path, notice.told)
    clock.moment += timedelta(days=1)
    assert look().reminders == (2,)
    keep_told(path, look().told)
    pipeline.complete_reminders([1, 2])
    assert look().reminders == ()
    clock.moment += timedelta(days=7)
    assert look().reminders == (2,), "it comes again"


def test_the_next_day_has_its_own(look: Look, path: Path, clock: FixedClock) -> None:
    keep_told(path, look().told)
    clock.moment += timedelta(days=1)
    assert [line for line in look().lines if "call" in line] == ["Globex: call Bo (today)"]


def test_what_is_put_off_is_told_again(
    look: Look, path: Path, clock: FixedClock, pipeline: Pipeline
) -> None:
    notice = look()
    keep_told(path, notice.told)
    called = next(n for n, line in enumerate(notice.lines) if "call Ana" in line)
    pipeline.snooze(notice.follow_ups[called], date(2026, 11, 25))
    assert look().lines == ()
    keep_told(path, look().told)
    clock.moment += timedelta(days=2)
    assert any("call Ana" in line for line in look().lines)


def test_an_interview_is_told_in_the_hour_before(look: Look, clock: FixedClock, path: Path) -> None:
    clock.moment = datetime(2026, 11, 24, 12, 59, tzinfo=BERLIN)
    assert look().interviews == ()
    clock.moment = datetime(2026, 11, 24, 13, 15, tzinfo=BERLIN)
    notice = look()
    assert notice.lines[0] == "Globex: First interview in 45 min, Room 4"
    assert (notice.interviews, notice.title.startswith("Due: 1 interview")) == ((1,), True)
    keep_told(path, notice.told)
    assert look().interviews == ()


def test_what_was_told_in_one_zone_is_not_told_again_in_another(
    look: Look, clock: FixedClock, path: Path
) -> None:
    """cron has the zone of the machine, a shell may have another."""
    clock.moment = datetime(2026, 11, 24, 13, 15, tzinfo=BERLIN)
    keep_told(path, look().told)
    clock.zone = ZoneInfo("Europe/Lisbon")
    clock.moment = clock.moment.astimezone(clock.zone)
    assert look().lines == ()


def test_what_has_a_time_is_told_when_it_has_come(look: Look, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN)
    assert not any("get ready" in line for line in look().lines)
    clock.moment = datetime(2026, 11, 24, 12, 1, tzinfo=BERLIN)
    assert any("get ready" in line for line in look().lines)


def test_a_long_list_is_cut() -> None:
    notice = Notification("Due", tuple(map(str, range(7))), (), (), {})
    assert notice.body == "0\n1\n2\n3\nand 3 more"
    assert Notification("Due", ("a", "b"), (), (), {}).body == "a\nb"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"told": 3}', "\0"])
def test_what_cannot_be_read_counts_as_nothing_told(path: Path, kept: str) -> None:
    told_file(path).write_text(kept)
    assert read_told(path) == {}


def test_what_was_told_is_beside_the_board_and_nothing_else(look: Look, path: Path) -> None:
    before = path.read_bytes()
    keep_told(path, look().told)
    assert path.read_bytes() == before
    assert told_file(path).name == "board-told.json"
    assert told_file(path).stat().st_mode & 0o777 == 0o600
