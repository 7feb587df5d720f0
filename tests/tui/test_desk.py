"""The desk: one job after the other, in the order asked, each ending in its own answer."""

import asyncio
import sys
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.errors import NotFound, StoreError
from store.file import backup
from store.file.daily import DailyCopies
from store.file.database import open_database
from store.file.location import backup_dir
from store.read.glance import open_glance
from store.rules.stages import Stage
from store.rules.text import Refused
from tests.stillness import PATIENCE, still
from tui.desk import Desk

pytestmark = pytest.mark.usefixtures("copies_of_the_day")
CLOCK = FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich")))


@pytest.fixture
async def desk(tmp_path):
    desk = Desk(tmp_path / "board.db", CLOCK, loop=asyncio.get_running_loop())
    yield desk
    await desk.close()


async def test_a_board_that_does_not_exist_is_made(desk):
    assert await desk.read(lambda g: g.change_id()) == 0
    assert desk.place.exists()
    assert desk.place.stat().st_mode & 0o777 == 0o600


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
    desk.place.unlink()
    desk._drop_glance()
    with pytest.raises(StoreError, match="deleted or moved"):
        await desk.read(lambda g: g.change_id())
    assert not desk.place.exists()


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


# The copy of the day


async def with_copies(tmp_path, told):
    loop = asyncio.get_running_loop()
    path = tmp_path / "board.db"
    copies = DailyCopies(path, CLOCK, loop, lambda: desk.writes_waiting > 0, told.append)
    desk = Desk(path, CLOCK, loop=loop, copies=copies)
    return desk


async def test_a_change_brings_the_copy_of_the_day_while_its_user_rests(tmp_path, monkeypatch):
    monkeypatch.setattr("store.file.daily.COPY_AFTER", 0.0)
    made = asyncio.Event()
    loop = asyncio.get_running_loop()
    usual = backup.copy_of_the_day

    def copy_of_the_day(*given):
        usual(*given)
        loop.call_soon_threadsafe(made.set)

    monkeypatch.setattr(backup, "copy_of_the_day", copy_of_the_day)
    desk = await with_copies(tmp_path, [])
    await desk.read(lambda g: g.change_id())
    await desk.write(lambda p: p.add("Initech", "SRE"))
    await asyncio.wait_for(made.wait(), PATIENCE)
    assert len(backup.copies(desk.place)) == 1
    await desk.close()
    assert len(backup.copies(desk.place)) == 1


async def test_who_only_looks_gets_none_and_who_leaves_at_once_gets_one(tmp_path):
    desk = await with_copies(tmp_path, [])
    with closing(open_database(desk.place, CLOCK)):
        pass
    await desk.read(lambda g: g.change_id())
    await desk.close()
    assert backup.copies(desk.place) == []
    desk = await with_copies(tmp_path, [])
    await desk.write(lambda p: p.add("Initech", "SRE"))
    await desk.close()
    assert len(backup.copies(desk.place)) == 1


async def test_who_was_given_up_on_is_not_kept_waiting_by_a_copy(tmp_path):
    desk = await with_copies(tmp_path, [])
    await desk.write(lambda p: p.add("Initech", "SRE"))
    desk.give_up()
    await desk.close()
    assert backup.copies(desk.place) == []


async def test_a_copy_that_cannot_be_made_is_told_and_costs_no_change(tmp_path, monkeypatch):
    monkeypatch.setattr("store.file.daily.COPY_AFTER", 0.0)
    told, heard = [], asyncio.Event()
    desk = await with_copies(tmp_path, told)
    desk._copies._failed = lambda sentence: (told.append(sentence), heard.set())
    backup_dir(desk.place).touch()
    await desk.write(lambda p: p.add("Initech", "SRE"))
    await asyncio.wait_for(heard.wait(), PATIENCE)
    await desk.write(lambda p: p.add("Hooli", "SRE"))
    await desk.close()
    assert len(told) == 1
    assert "Today’s copy of the board could not be made" in told[0]


async def test_to_look_into_something_with_the_use_cases_is_no_change(desk):
    await desk.write(lambda p: p.add("Initech", "SRE"))
    asked = desk.look_into(lambda p: p.out_of_plan())
    assert desk.writes_waiting == 0
    assert await asked == ()
