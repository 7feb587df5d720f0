"""A move key held down: no key may get lost, and the board must stay what is stored."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from boards import stored
from measures import Row
from programs import Program
from room import Room
from session import Disk, Session
from terminal import Ended

from store.rules.stages import ORDER

_ROUND_TRIP = b"LLLHHH"
"""From applied to offer and back: every key of it is a legal move."""
_SIZE = 1_000
_HOME = b"4g3g2g1g"
"""The cursor to the top of each lane, so that two screens can be compared."""
_LONGEST = 120.0


def held_keys(room: Room) -> list[Row]:
    """Move keys at once, as fast as the terminal takes them."""
    program = room.rounds(_SIZE)
    assert program.board is not None
    keys = (_ROUND_TRIP * room.effort.held_keys)[: room.effort.held_keys]
    card = next(iter(stored(program.board).lanes[ORDER[0]]))
    before = _moves(program.board)
    with Session(program) as session, closing(Disk(program.board)) as disk:
        session.begin()
        begun = session.terminal.send(keys)
        try:
            shown = _settled_picture(session, program.board, before + len(keys))
            seconds = _last_output(session) - begun
            ended = session.terminal.leave(program.leave)
        except Ended:
            shown, seconds, ended = "", time.perf_counter() - begun, None
        disk.look()
    moved = _moves(program.board) - before
    stage = ORDER[_steps(keys)]
    found = stored(program.board).card(card.id)
    faults = []
    if moved != len(keys):
        faults.append(f"{len(keys) - moved} keys lost")
    if found is None or found.stage is not stage:
        faults.append(f"the card is in {found.stage if found else 'no lane'}, not in {stage}")
    if ended != 0:
        faults.append(f"ended with {ended}")
    if shown != _fresh(program):
        faults.append("the screen is not what is stored")
    return [
        Row(
            f"{len(keys)} move keys at once",
            program.label,
            f"{seconds * 1_000 / len(keys):,.1f} ms",
            goal="none lost, board = database",
            reached=not faults,
            note=", ".join(faults) or f"a key; all stored and shown after {seconds:,.1f} s",
        )
    ]


def _settled_picture(session: Session, board: Path, moves: int) -> str:
    """The screen with the cursor at the top, once `moves` are stored or time is up."""
    end = time.perf_counter() + _LONGEST
    while _moves(board) < moves and time.perf_counter() < end:
        session.terminal.settle(0.3, 2.0)
    session.terminal.settle(1.5, 20.0)
    return _at_home(session)


def _last_output(session: Session) -> float:
    return session.terminal.chunks[-1].at


def _fresh(program: Program) -> str:
    """The screen of a program that has just been started on the same board."""
    with Session(program) as session:
        session.begin()
        shown = _at_home(session)
        session.terminal.leave(program.leave)
    return shown


def _at_home(session: Session) -> str:
    session.tap(_HOME)
    session.terminal.settle(1.0, 10.0)
    session.draw()
    return session.picture.text


def _steps(keys: bytes) -> int:
    return keys.count(b"L") - keys.count(b"H")


def _moves(board: Path) -> int:
    """Moves stored so far."""
    with closing(sqlite3.connect(f"file:{board}?mode=ro", uri=True, timeout=30)) as connection:
        found = connection.execute("SELECT count(*) FROM change WHERE verb = 'move'")
        return int(found.fetchone()[0])
