"""A board on a server beside the same board in a file: on this machine, and 20 ms away."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from itertools import cycle
from pathlib import Path

from boards import Filled
from goals import timing
from measures import Row, sample
from programs import CURSOR_DOWN, ROOT, Program, rounds, rounds_command
from room import Room
from session import Disk, Session, Stroke, Walk, take_turns
from shell import Run, by_turns
from starting import start_by_turns

from store.clock import SystemClock
from store.export.copying import copy_board
from store.read.glance import open_glance
from store.server.address import Address, address_of

sys.path.append(str(ROOT))
from tests.server import Server
from tests.slow_line import SlowLine

_SIZE = 1_000
_AWAY = 0.020
"""Seconds that a question and its answer take on the long line."""
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""As a server is that means it: what is measured is until it is safe."""


class _Stored:
    """Hears from the server when a change is committed: see `session.Disk`."""

    def __init__(self, address: Address) -> None:
        import psycopg

        self._line = psycopg.connect(address.conninfo, autocommit=True)
        asked = "SELECT id FROM rounds.board WHERE name = %s"
        (number,) = self._line.execute(asked, (address.board,)).fetchone() or (0,)
        self._line.execute(f"LISTEN rounds_{number}")
        self.at: float | None = None

    def mark(self) -> None:
        """Watch for the next change from now on."""
        self.look()
        self.at = None

    def look(self) -> None:
        """Note the time if one was told."""
        self._line.pgconn.consume_input()
        while self._line.pgconn.notifies():
            self.at = self.at or time.perf_counter()

    def close(self) -> None:
        """Let go of the server."""
        self._line.close()


def servers(room: Room) -> list[Row]:
    """First paint, a move until it is safe, `rounds due`: in a file, on a server, far away."""
    server = Server({**_DURABLE, "listen_addresses": ""})
    try:
        server.start()
        with SlowLine(server.folder / ".s.PGSQL.5432", _AWAY) as line:
            name = server.new_database()
            near = address_of(server.address(name, "bench"), "--db")
            # A board of its own: on one and the same each would wait for the other.
            there = f"postgresql://rounds@127.0.0.1:{line.port}/{name}?board=far"
            far = address_of(there, "--db")
            file = room.board(_SIZE)
            _copy(file, near)
            _copy(file, near.of("far"))
            return _rows(room, file, near, far)
    finally:
        server.remove()


def _copy(file: Filled, to: Address) -> None:
    clock = SystemClock()
    glance = open_glance(file.path, clock)
    assert glance is not None
    with closing(glance):
        copy_board(glance, to, clock, lambda *_: None)


def _rows(room: Room, file: Filled, near: Address, far: Address) -> list[Row]:
    beside = rounds(file, room.new_home("home"))
    places: dict[str, Program] = {f"file {_SIZE:,}": beside}
    for label, address in ((f"server {_SIZE:,}", near), (f"{_AWAY * 1_000:.0f} ms away", far)):
        argv = (*rounds_command(), "--db", str(address))
        home = room.new_home("home")
        environ = rounds(file, home).environ
        places[label] = beside._replace(name=label, size=None, argv=argv, environ=environ)
    places[f"file {_SIZE:,}"] = beside._replace(name=f"file {_SIZE:,}", size=None)
    return [
        *_first_paint(room, places),
        *_due(room, places),
        *_keys(room, places, {f"server {_SIZE:,}": near, f"{_AWAY * 1_000:.0f} ms away": far}),
    ]


def _first_paint(room: Room, places: Mapping[str, Program]) -> Iterator[Row]:
    taken = start_by_turns(places.values(), room.effort.starts)
    base = None
    for label in places:
        times = sample(one.painted for one in taken[label])
        yield timing("first paint, by place", label, times, base=base)
        base = base or times


def _due(room: Room, places: Mapping[str, Program]) -> Iterator[Row]:
    runs = [Run(label, (*it.argv, "due"), it.environ) for label, it in places.items()]
    taken = by_turns(runs, room.effort.runs)
    base = None
    for label in places:
        yield timing("rounds due, by place", label, taken.get(label), base=base)
        base = base or taken.get(label)


def _keys(
    room: Room, places: Mapping[str, Program], servers: Mapping[str, Address]
) -> Iterator[Row]:
    """A card moved and moved back, until it stands there, and until it is safe."""
    strokes = (Stroke(b"L"), Stroke(b"H"), Stroke(CURSOR_DOWN, counts=False))
    with ExitStack() as stack:
        walks = []
        for label, program in places.items():
            session = stack.enter_context(Session(program))
            session.begin()
            watch: Disk | _Stored
            if label in servers:
                watch = _Stored(servers[label])
            else:
                assert program.board is not None
                watch = Disk(Path(program.board))
            stack.callback(watch.close)
            walks.append(Walk(session, cycle(strokes), watch))
        taken = take_turns(walks, room.effort.presses)
    for figure, shown in (("card moved, by place", True), ("… until it is safe", False)):
        base = None
        for label in places:
            moves = [one for one in taken[label].presses if one.durable is not None]
            times = sample((one.changed if shown else one.durable) for one in moves)
            yield timing(figure, label, times, base=base)
            base = base or times
