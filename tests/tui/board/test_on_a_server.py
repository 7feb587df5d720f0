"""The board on a server as it is used: another window's changes come, the server goes and comes
back, keys wait for no line, and who may only look is told so."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest

from store.boards import open_database
from store.clock import FixedClock
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.rules.stages import Stage
from store.server import line as lines
from store.server.address import Address, address_of
from store.server.boards import give
from tests.server import Server
from tests.slow_line import SlowLine
from tests.stillness import still
from tests.tui.conftest import NOW, Play
from tui.app import RoundsApp

Open = Callable[..., AbstractAsyncContextManager[Play]]


@pytest.fixture
def open_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the program on a board on a server, filled with two cards: `open_at(address)`."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("tui.app.WATCH_SECONDS", 86_400)

    @asynccontextmanager
    async def opened(address: Address, *, as_: Address | None = None) -> AsyncIterator[Play]:
        clock = FixedClock(NOW)
        with closing(open_database(address, clock)) as database:
            pipeline = Pipeline(database)
            pipeline.add("Acme", "Engineer")
            pipeline.add("Bluth", "Designer")
        glance = open_glance(as_ or address, clock)
        assert glance is not None
        app = RoundsApp(as_ or address, clock, board=glance.board(), glance=glance)
        async with app.run_test(size=(120, 36)) as pilot:
            play = Play(app, pilot)
            await play.settle()
            yield play

    return opened


async def test_another_windows_changes_appear_and_undo_takes_none_unseen(
    open_at: Open, new_address: Callable[[], Address]
) -> None:
    async with open_at(new_address()) as it:
        with it.another_window() as p:
            p.add("Globex", "Engineer", stage=Stage.OFFER)
            p.move(1, Stage.SECOND)
        await it.look()
        assert it.lanes() == it.stored() == [["Bluth"], [], ["Acme"], ["Globex"]]
        await it.press("L")
        with it.another_window() as p:
            p.note(1, "x")
        await it.press("u")
        assert "Another window has changed the board since" in it.told
        assert it.lanes() == it.stored()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def test_the_server_goes_and_comes_back_and_the_next_key_works(
    open_at: Open, own_server: Server
) -> None:
    async with open_at(address_of(own_server.address("postgres", "ana"), "--db")) as it:
        own_server.stop()
        await it.press("L")
        assert "cannot be reached" in it.told
        assert it.app.is_running
        assert "Bluth" in it.painted()
        own_server.start()
        await it.look()
        await it.press("L")
        assert it.lanes() == it.stored()
        assert sorted(map(len, it.stored())) == [0, 0, 1, 1]


async def test_a_server_that_falls_silent_is_told_and_the_screen_stays(
    open_at: Open, server: Server, database_name: str, new_address: Callable[[], Address],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    near = new_address()
    with SlowLine(server.folder / ".s.PGSQL.5432", 0) as line:
        where = f"postgresql://rounds@127.0.0.1:{line.port}/{database_name}?board={near.board}"
        async with open_at(near, as_=address_of(where, "--db")) as it:
            with monkeypatch.context() as silent:
                silent.setattr(lines, "SILENT_SECONDS", 0.0)
                silent.setattr(lines, "CONNECT_SECONDS", 0.0)
                silent.setattr(lines, "_is_there", lambda _: False)
                line.hold()
                await it.press("L")
                assert "cannot be reached" in it.told
                assert "Bluth" in it.painted()
                line.release()
            await it.look()
            await it.press("L")
            assert it.lanes() == _stored(near)
            assert sorted(map(len, it.lanes())) == [0, 0, 1, 1]


async def test_a_key_waits_for_no_line(
    open_at: Open, server: Server, database_name: str, new_address: Callable[[], Address]
) -> None:
    near = new_address()
    with SlowLine(server.folder / ".s.PGSQL.5432", 0) as line:
        where = f"postgresql://rounds@127.0.0.1:{line.port}/{database_name}?board={near.board}"
        async with open_at(near, as_=address_of(where, "--db")) as it:
            line.hold()
            try:
                it.send("L")
                while it.lanes() != [["Bluth"], ["Acme"], [], []]:
                    await asyncio.sleep(0.01)
                assert it.app.desk.writes_waiting
                assert len(_stored(near)[0]) == 2, "nothing has got through yet"
            finally:
                line.release()
            await it.settle()
            assert it.lanes() == _stored(near)


def _stored(address: Address) -> list[list[str]]:
    glance = open_glance(address, FixedClock(NOW))
    assert glance is not None
    with closing(glance):
        return [[card.company for card in lane] for lane in glance.board().lanes.values()]


async def test_who_may_only_look_is_told_so(
    open_at: Open, server: Server, database_name: str, new_address: Callable[[], Address]
) -> None:
    address = new_address()
    with server.connect(database_name) as line:
        if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = 'looker'").fetchone():
            line.execute("CREATE ROLE looker LOGIN")
    clock = FixedClock(NOW)
    open_database(address, clock).close()
    give(address, "looker", clock, writes=False)
    where = server.address(database_name, address.board, user="looker")
    async with open_at(address, as_=address_of(where, "--db")) as it:
        assert "read-only for you" in it.told
        await it.press("L")
        assert "read-only for you" in it.told
        assert it.lanes() == it.stored()
        await it.press("t", "escape")
        await still()
        assert it.app.is_running
