"""How long it takes until a program is gone: asked to, told to by a signal, or left alone."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from goals import GONE_SECONDS
from measures import Row, sample
from programs import Program
from room import LARGEST, Room
from session import Session
from terminal import Terminal

_LONGEST = 15.0
_CRASH = """
from tui.board.columns.lane import Lane
shown = Lane.render_lines
def render_lines(self, crop):
    if getattr(self.app, "pressed", False):
        raise RuntimeError
    return shown(self, crop)
def pressed(self):
    self.pressed = True
    self.screen.refresh(layout=True)
Lane.render_lines = render_lines
from tui.app import RoundsApp
RoundsApp.action_help = pressed
import sys
from tui.__main__ import main
sys.argv[0] = "rounds"
sys.exit(main())
"""
"""A program in which a widget fails on the key `?`."""


class Way(NamedTuple):
    """A way to end: what is done, and the exit code that tells of it."""

    end: Callable[[Terminal], object]
    code: int


def _told(number: signal.Signals) -> Way:
    return Way(lambda terminal: os.kill(terminal.pid, number), 128 + number)


WAYS: Mapping[str, Way] = {
    "q": Way(lambda terminal: terminal.send(b"q"), 0),
    **{name: _told(signal.Signals[f"SIG{name}"]) for name in ("TERM", "HUP", "INT", "QUIT")},
    "terminal closed": Way(Terminal.hang_up, 128 + signal.SIGHUP),
    "a crash": Way(lambda terminal: terminal.send(b"?"), 1),
}


def endings(room: Room) -> list[Row]:
    """From the key, the signal or the closing to the end of the process, a card just moved."""
    rows = []
    for name, way in WAYS.items():
        times, codes = [], set()
        for number in range(room.effort.starts):
            program = room.rounds(LARGEST)
            if name == "a crash":
                program = program._replace(argv=_crashing(program))
            seconds, code = _ended(program, way, b"L" if number % 2 else b"j")
            times.append(seconds)
            codes.add(code)
        gone = sample(times)
        assert gone is not None
        in_time = max(times) <= GONE_SECONDS
        rows.append(
            Row(
                "gone after",
                f"{program.label}, {name}",
                f"{gone.median:,.0f} ms",
                f"{gone.p95:,.0f} ms",
                goal=f"all <= {GONE_SECONDS:g} s, with {way.code}",
                reached=in_time and codes == {way.code},
                note="" if codes == {way.code} else f"ended with {codes}",
            )
        )
    return rows


def _ended(program: Program, way: Way, key: bytes) -> tuple[float, int | None]:
    """Seconds until the process has ended, and its exit code: None when it had to be killed."""
    with Session(program) as session:
        session.begin()
        session.tap(key)
        begun = time.perf_counter()
        way.end(session.terminal)
        code = session.terminal.gone(_LONGEST)
        return time.perf_counter() - begun, code


def _crashing(program: Program) -> tuple[str, ...]:
    return (sys.executable, "-c", _CRASH, *program.argv[program.argv.index("--db") :])
