"""The calendar that is kept up to date behind the board: never in the way, never at a price."""

import asyncio
import threading
from pathlib import Path

import pytest

from store.clock import Clock, FixedClock
from store.errors import StoreError
from store.file.backup import copies
from tests.stillness import until
from tests.tui.conftest import NOW, Play
from tui.app import RoundsApp
from tui.board import upkeep
from tui.board.upkeep import Upkeep


class Writer:
    """Stands in for what writes: counts, waits for `gate`, and fails with the errors in `fails`."""

    def __init__(self) -> None:
        self.times = 0
        self.threads: set[str] = set()
        self.gate = threading.Event()
        self.gate.set()
        self.fails: list[Exception] = []

    def __call__(self, _: Path, __: Clock) -> None:
        self.gate.wait(60)
        self.times += 1
        self.threads.add(threading.current_thread().name)
        if self.fails:
            raise self.fails.pop(0)


class Kept:
    """An upkeep with a stand-in for the writer, and what it warned of."""

    def __init__(self) -> None:
        self.writer, self.warned = Writer(), list[str]()
        self.upkeep = Upkeep(
            Path("board.db"),
            FixedClock(NOW),
            loop=asyncio.get_running_loop(),
            warn=self.warned.append,
            keep=self.writer,
        )


@pytest.fixture
async def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(upkeep, "IDLE_SECONDS", 0.0)
    return Kept()


async def test_without_a_calendar_nothing_is_ever_begun(kept):
    kept.upkeep.note_stored()
    await kept.upkeep.close()
    assert kept.writer.times == 0


async def test_it_is_written_at_the_start_and_after_changes_on_a_thread_of_its_own(kept):
    kept.upkeep.begin()
    await until(lambda: kept.writer.times == 1)
    kept.upkeep.note_stored()
    await until(lambda: kept.writer.times == 2)
    assert kept.writer.threads == {"rounds-calendar"}
    await kept.upkeep.close()
    assert kept.writer.times == 2


async def test_a_row_of_changes_is_written_once(kept, monkeypatch):
    monkeypatch.setattr(upkeep, "IDLE_SECONDS", 3_600.0)
    kept.upkeep.begin()
    for _ in range(50):
        kept.upkeep.note_stored()
    assert kept.writer.times == 0, "not while changes come"
    await kept.upkeep.close()
    assert kept.writer.times == 1


async def test_what_changed_while_it_was_written_is_written_again(kept):
    kept.writer.gate.clear()
    kept.upkeep.begin()
    await until(lambda: kept.upkeep._running is not None)
    kept.upkeep.note_stored()
    await asyncio.sleep(0)
    kept.writer.gate.set()
    await until(lambda: kept.writer.times == 2)
    await kept.upkeep.close()
    assert kept.writer.times == 2


async def test_leaving_waits_a_moment_and_no_longer(kept, monkeypatch):
    monkeypatch.setattr(upkeep, "LEAVING_SECONDS", 0.01)
    kept.writer.gate.clear()
    kept.upkeep.begin()
    await kept.upkeep.close()
    assert kept.writer.times == 0
    assert all(each.daemon for each in threading.enumerate() if each.name == "rounds-calendar")
    kept.writer.gate.set()


async def test_a_failure_is_told_once_and_again_when_it_is_another(kept):
    full = "The calendar is not up to date: the disk is full."
    kept.writer.fails = [StoreError(full), StoreError(full), OSError("x"), StoreError(full)]
    kept.upkeep.begin()
    for times in range(1, 5):
        await until(lambda times=times: kept.writer.times == times and not kept.upkeep._running)
        kept.upkeep.note_stored()
    await kept.upkeep.close()
    assert kept.warned == [
        full,
        "The calendar is not up to date (OSError). Your changes are saved.",
        full,
    ]


async def test_what_fails_on_leaving_is_left_to_be_said(kept, monkeypatch):
    monkeypatch.setattr(upkeep, "IDLE_SECONDS", 3_600.0)
    kept.writer.fails = [StoreError("full")]
    kept.upkeep.begin()
    await kept.upkeep.close()
    assert (kept.warned, kept.upkeep.untold) == ([], "full")


# On the board


def one(p, _):
    p.add("Acme", "Engineer", applied_on=NOW.date())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    config = tmp_path / "config" / "rounds" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[calendar]\nfile = "{tmp_path}/rounds.ics"\n')
    return tmp_path / "rounds.ics"


async def remind(it, text):
    await it.press("f")
    await it.type(text)
    await it.press("enter")


def stands(target):
    """Whether the reminder is in the calendar, and not as one that is cancelled."""
    parts = target.read_bytes().split(b"BEGIN:VEVENT")
    return any(b"call Ana" in part and b"STATUS:CANCELLED" not in part for part in parts)


async def test_a_change_on_the_screen_is_in_the_file_when_the_board_was_left(play, target):
    async with play(one) as it:
        await remind(it, "fri call Ana")
    assert b"SUMMARY:Acme: call Ana" in target.read_bytes()
    assert it.app.untold() == ""


async def test_it_is_in_the_file_as_soon_as_there_is_time(play, target, monkeypatch):
    monkeypatch.setattr(upkeep, "IDLE_SECONDS", 0.0)
    async with play(one) as it:
        await until(target.exists)
        await remind(it, "fri call Ana")
        await until(lambda: b"SUMMARY:Acme: call Ana" in target.read_bytes())
        assert it.told.count("calendar") == 0


async def test_going_back_to_a_copy_is_a_change_like_any_other(play, target, monkeypatch):
    def begin(p, clock):
        one(p, clock)
        p.database.backup()

    async with play(begin) as it:
        await remind(it, "fri call Ana")
        await it.press("ctrl+g")
        await it.settle()
        monkeypatch.setattr(upkeep, "IDLE_SECONDS", 0.0)
        await it.press("enter")
        await it.settle()
        await it.press("y")
        await it.settle()
        await until(lambda: target.exists() and not stands(target))
        await it.press("u")
        await until(lambda: stands(target))


async def test_a_place_that_cannot_be_written_costs_a_warning_and_no_change(
    play, target, monkeypatch
):
    monkeypatch.setattr(upkeep, "IDLE_SECONDS", 0.0)
    target.mkdir()
    async with play(one) as it:
        await until(lambda: "is a folder" in it.told)
        await remind(it, "fri call Ana")
        await remind(it, "fri call Bo")
        assert it.told.count("The calendar is not up to date") == 1
        dues = await it.read(lambda glance: glance.follow_ups_of(1))
        assert {"call Ana", "call Bo"} <= {due.label for due in dues}


@pytest.mark.usefixtures("copies_of_the_day")
async def test_a_board_that_passes_leaves_nothing(target, tmp_path, new_board, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(upkeep, "IDLE_SECONDS", 0.0)
    path = tmp_path / "demo.db"
    path.write_bytes(new_board)
    for passing in (True, False):
        app = RoundsApp(path, FixedClock(NOW), passing=passing)
        async with app.run_test() as pilot:
            await Play(app, pilot).settle()
            await app.desk.write(lambda p: p.add("Acme", "Clerk"))
        assert target.exists() is not passing
        assert bool(copies(path)) is not passing
