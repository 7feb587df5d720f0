"""First paint: from starting a program to its data on the screen."""

import random
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goals import FIRST_PAINT, timing
from measures import Row, sample
from picture import Picture
from programs import SMALLEST, Program
from room import Room
from terminal import Ended, Terminal

_LONGEST = 60.0
"""Seconds after which a start is given up."""
_TOO_SLOW = 15.0
"""A program that took so long is not started again."""
_QUIET = 0.5


class Start(NamedTuple):
    """One start; seconds from its beginning. None: it never happened."""

    painted: float | None
    """The first output after which the data is on the screen."""
    complete: float | None
    """The last output before it was still."""
    printed: int
    """Bytes."""


def first_paint(room: Room) -> list[Row]:
    """Time to the first paint at every size, beside the smallest program and the peers."""
    ours = [SMALLEST, *room.all_rounds()]
    taken = start_by_turns(ours, room.effort.starts)
    base = sample(start.painted for start in taken[SMALLEST.label])
    rows = []
    for program in ours:
        starts = taken[program.label]
        ratio = FIRST_PAINT.get(program.size or 0)
        times = sample(start.painted for start in starts)
        note = _note(starts)
        rows.append(timing("first paint", program.label, times, base=base, ratio=ratio, note=note))
    others = [program for size in room.effort.sizes for program, _ in room.peers(size)]
    if others:
        taken = start_by_turns([SMALLEST, *others], room.effort.starts)
        base = sample(start.painted for start in taken[SMALLEST.label])
        for program in others:
            starts = taken[program.label]
            times = sample(start.painted for start in starts)
            note = _note(starts) if times else f"nothing after {_LONGEST:.0f} s"
            if times is None:
                room.give_up(program)
            rows.append(timing("first paint", program.label, times, base=base, note=note))
    return rows


def start(program: Program) -> Start:
    """Start `program`, wait for its data, and end it again."""
    with Terminal(program.argv, environ=program.environ) as terminal:
        try:
            painted = _wait(terminal, program.shows)
            if painted is not None:
                terminal.settle(_QUIET, 5.0)
        except Ended:
            painted = None
        chunks = list(terminal.chunks)
        printed = sum(len(chunk.data) for chunk in chunks)
        complete = chunks[-1].at - terminal.started if chunks else None
        terminal.leave(program.leave)
    return Start(painted, complete, printed)


def _wait(terminal: Terminal, shows: Sequence[str]) -> float | None:
    """Read until `shows` is on the screen; the time of the output that brought it there.

    Emulating would hold the program up, so it waits for the next silence.
    """
    picture, drawn = Picture(), 0
    end = terminal.started + _LONGEST
    while time.perf_counter() < end:
        terminal.settle(0.1, 1.0, answer=True)
        for chunk in terminal.chunks[drawn:]:
            picture.draw([chunk])
            if picture.shows(shows):
                return chunk.at - terminal.started
        drawn = len(terminal.chunks)
    return None


def start_by_turns(programs: Iterable[Program], starts: int) -> dict[str, list[Start]]:
    """Start every program `starts` times, by turns; one start more, the first, is not counted.

    In another order every time, since a program pays for what the one before it left behind.
    """
    programs = list(programs)
    taken: dict[str, list[Start]] = {program.label: [] for program in programs}
    choose = random.Random(starts)
    for number in range(starts + 1):
        for program in choose.sample(programs, len(programs)):
            one = start(program)
            slow = one.painted is None or one.painted > _TOO_SLOW
            if slow:
                programs.remove(program)
            if number or slow:
                taken[program.label].append(one)
    return taken


def _note(starts: Sequence[Start]) -> str:
    complete = sample(one.complete for one in starts)
    printed = sample((one.printed for one in starts), unit=1 / 1_000)
    if complete is None or printed is None:
        return ""
    words = f"still after {complete.median:,.0f} ms, {printed.median:,.0f} KB"
    return words if len(starts) > 1 else f"{words}, 1 start"
