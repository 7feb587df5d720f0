"""The calendar that is kept up to date: written as the board stands, and never to its harm."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.export.calendar_upkeep import keep_calendar
from store.export.settings import CalendarChoice
from store.pipeline import Pipeline
from store.read.calendar import BoardCalendar, _Calendar


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "rounds").mkdir()
    return tmp_path / "rounds" / "config.toml"


def test_without_a_calendar_nothing_is_read(path: Path, clock: FixedClock) -> None:
    path.write_text("no board at all")
    assert keep_calendar(path, clock) == ()


def test_both_are_written(
    pipeline: Pipeline, path: Path, clock: FixedClock, config: Path, tmp_path: Path
) -> None:
    config.write_text(f'[calendar]\nfile = "{tmp_path}/r.ics"\nvdir = "{tmp_path}/v"\n')
    file, folder = keep_calendar(path, clock)
    assert (file.written, file.place) == (1, tmp_path / "r.ics")
    assert folder.written == len(list((tmp_path / "v").glob("*.ics"))) > 5
    before = (tmp_path / "r.ics").read_bytes()
    pipeline.cancel_interview(2)
    assert [left.written > 0 for left in keep_calendar(path, clock)][:1] == [True]
    assert (tmp_path / "r.ics").read_bytes() != before
    assert [left.written for left in keep_calendar(path, clock)] == [0, 0]


def test_one_that_fails_keeps_nobody_from_the_other(
    pipeline: Pipeline, path: Path, clock: FixedClock, tmp_path: Path
) -> None:
    choice = CalendarChoice(file=tmp_path / "no" / "r.ics", vdir=tmp_path / "v")
    with pytest.raises(StoreError) as failed:
        keep_calendar(path, clock, choice=choice)
    told = str(failed.value)
    assert told.startswith("The calendar is not up to date: There is no folder")
    assert told.endswith("Your changes are saved.")
    assert list((tmp_path / "v").glob("*.ics"))


def test_a_wrong_setting_is_told_the_same_way(path: Path, clock: FixedClock, config: Path) -> None:
    config.write_text("[calendar]\nfile = 3\n")
    with pytest.raises(StoreError, match=r"not up to date: The config file .* line 2: .*saved\."):
        keep_calendar(path, clock)


def test_no_board_gives_no_calendar(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    choice = CalendarChoice(file=tmp_path / "r.ics")
    assert keep_calendar(path, clock, choice=choice) == ()
    assert not (tmp_path / "r.ics").exists()


def test_whoever_writes_does_not_wait_for_it_and_is_in_it_as_well(
    pipeline: Pipeline, path: Path, clock: FixedClock, tmp_path: Path, monkeypatch: Any
) -> None:
    """A change of another window in the middle of the reading: it is stored, and written too."""
    target, seen = tmp_path / "r.ics", []
    whole = _Calendar.read

    def read(reading: _Calendar) -> BoardCalendar:
        seen.append(reading._glance.change_id())
        if len(seen) == 1:
            pipeline.remind(1, date(2026, 11, 30), "call Bo")
        return whole(reading)

    monkeypatch.setattr(_Calendar, "read", read)
    keep_calendar(path, clock, choice=CalendarChoice(file=target))
    assert seen == [seen[0], seen[0] + 1]
    assert b"call Bo" in target.read_bytes()
