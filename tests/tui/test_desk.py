"""The desk: one job after the other, in the order asked, each ending in its own answer."""

import asyncio
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.errors import NotFound, StoreError
from store.file.database import open_database
from store.read.glance import open_glance
from store.rules.stages import Stage
from store.rules.text import Refused
from tests.stillness import PATIENCE, still
from tui.desk import Desk

CLOCK = FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich")))


@pytest.fixture
async def desk(tmp_path):
    desk = Desk(tmp_path / "board.db", CLOCK, loop=asyncio.get_running_loop())
    yield desk
    await desk.close()


async def test_a_board_that_does_not_exist_is_made(desk):
    assert await desk.read(lambda g: g.change_id()) == 0
    assert desk.path.exists()
    assert desk.path.stat().st_mode & 0o777 == 0o600


async def test_a_read_sees_every_write_asked_for_before_it(desk):
    writes = [desk.write(lambda p, n=n: p.add(f"Company {n}", "Role")) for n in range(5)]
    seen = desk.read(lambda g: [card.company for card in g.cards()])
    assert await seen == [f"Company {n}" for n in range(5)]
    assert all(write.done() for write in writes)


async def test_writes_are_counted_until_they_end(desk):
    write = desk.write(lambda p: p.add("Initech", "SRE"))
    assert desk.writes_waiting == 1
    await write
    await asyncio.sleep(0)
    assert desk.writes_waiting == 0


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda p: p.move(1, Stage.APPLIED), Refused),
        (lambda p: p.move(99, Stage.FIRST), NotFound),
        (lambda p: 1 / 0, ZeroDivisionError),
    ],
)
async def test_a_failure_is_raised_where_it_is_awaited_and_the_next_job_goes_on(desk, act, error):
    await desk.write(lambda p: p.add("Initech", "SRE"))
    with pytest.raises(error):
        await desk.write(act)
    assert await desk.read(lambda g: len(g.cards())) == 1
    assert desk.writes_waiting == 0


async def test_jobs_that_are_held_keep_their_order_and_their_answers(desk, monkeypatch):
    monkeypatch.setattr("tui.desk.HELD_AT_MOST", PATIENCE)
    await desk.read(lambda g: None)
    desk.hold()
    first = desk.write(lambda p: p.add("Initech", "SRE"))
    second = desk.read(lambda g: [card.company for card in g.cards()])
    third = desk.write(lambda p: p.move(99, Stage.FIRST))
    await still()
    assert not first.done()
    desk.release()
    assert await second == ["Initech"]
    assert (await first).card is not None
    with pytest.raises(NotFound):
        await third


async def test_closing_waits_for_what_was_asked_even_when_it_is_held(tmp_path):
    path = tmp_path / "board.db"
    desk = Desk(path, CLOCK, loop=asyncio.get_running_loop())
    desk.hold()
    desk.write(lambda p: p.add("Initech", "SRE"))
    await desk.close()
    glance = open_glance(path, CLOCK)
    assert [card.company for card in glance.cards()] == ["Initech"]
    glance.close()


async def test_a_file_that_vanishes_is_told_and_not_made_anew(desk):
    await desk.read(lambda g: None)
    desk.path.unlink()
    desk._drop_glance()
    with pytest.raises(StoreError, match="deleted or moved"):
        await desk.read(lambda g: g.change_id())
    assert not desk.path.exists()


async def test_an_open_file_is_taken_over(tmp_path):
    path = tmp_path / "board.db"
    open_database(path, CLOCK).close()
    glance = open_glance(path, CLOCK)
    desk = Desk(path, CLOCK, loop=asyncio.get_running_loop(), glance=glance)
    assert await desk.read(lambda g: g) is glance
    await desk.close()


async def test_reading_loads_no_orm(tmp_path):
    path = tmp_path / "board.db"
    open_database(path, CLOCK).close()
    code = (
        "import asyncio, sys; from pathlib import Path; from store.clock import SystemClock\n"
        "from tui.desk import Desk\n"
        "async def main():\n"
        f"    desk = Desk(Path({str(path)!r}), SystemClock(), loop=asyncio.get_running_loop())\n"
        "    await desk.read(lambda g: g.board())\n"
        "    await desk.close()\n"
        "asyncio.run(main())\n"
        "print('sqlmodel' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.decode().strip() == "False False"


async def test_what_is_asked_for_after_the_end_is_cancelled(tmp_path):
    desk = Desk(tmp_path / "board.db", CLOCK, loop=asyncio.get_running_loop())
    await desk.write(lambda pipeline: pipeline.add("Globex", "Engineer"))
    await desk.close()
    assert desk.read(lambda glance: glance.change_id()).cancelled()
    assert desk.write(lambda pipeline: pipeline.add("Hooli", "SRE")).cancelled()
