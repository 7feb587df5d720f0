"""What a program costs that only stands there: memory after loading, processor time at rest."""

import time
from contextlib import ExitStack

import processes
from goals import IDLE_PERCENT, MEMORY_RATIO
from measures import Row
from programs import SMALLEST, Program
from room import LARGEST, Room
from session import Session

_USE = 20
_LOADED = 3.0
"""Seconds of silence after which everything has been loaded."""


def memory(room: Room) -> list[Row]:
    """Resident memory after loading."""
    figure, rows = "memory", []
    base = _resident(SMALLEST)
    for program in (SMALLEST, *room.all_rounds()):
        megabytes = base if program is SMALLEST else _resident(program)
        goal, reached = "", None
        if program.size == LARGEST:
            goal, reached = f"<= {MEMORY_RATIO:g} x", megabytes / base <= MEMORY_RATIO
        rows.append(_memory_row(figure, program, megabytes, base, goal, reached))
    program = room.rounds(LARGEST)
    label = f"{program.label}, after {_USE} moves"
    used = _resident(program, b"LH" * (_USE // 2))
    rows.append(Row(figure, label, f"{used:,.1f} MB", ratio=f"{used / base:.2f} x"))
    for size in room.effort.sizes:
        for program, _ in room.peers(size):
            if megabytes := _resident(program):
                rows.append(_memory_row(figure, program, megabytes, base))
    return rows


def idle(room: Room) -> list[Row]:
    """Processor time at rest, in percent of one processor."""
    rows = []
    seconds = room.effort.idle_seconds
    programs = [SMALLEST, room.rounds(LARGEST), *(program for program, _ in room.peers(100))]
    with ExitStack() as stack:
        sessions = [stack.enter_context(Session(program)) for program in programs]
        for session in sessions:
            session.begin(_LOADED)
        pids = [session.terminal.pid for session in sessions]
        before = [processes.busy(pid) for pid in pids]
        begun = time.perf_counter()
        while time.perf_counter() < begun + seconds:
            for session in sessions:
                session.terminal.read(0.2)
        passed = time.perf_counter() - begun
        after = [processes.busy(pid) for pid in pids]
    for program, first, last in zip(programs, before, after, strict=True):
        percent = 100 * (last - first) / passed
        ours = program.size == LARGEST
        rows.append(
            Row(
                "at rest",
                program.label,
                f"{percent:.3f} %",
                goal=f"<= {IDLE_PERCENT:g} %" if ours else "",
                reached=percent <= IDLE_PERCENT if ours else None,
                note=f"over {passed:.0f} s",
            )
        )
    return rows


def _resident(program: Program, keys: bytes = b"") -> float:
    """MB after loading, and after `keys` if there are any; 0 when the program did not start."""
    with Session(program) as session:
        started = session.begin(_LOADED)
        if started and keys:
            session.tap(keys)
            session.terminal.settle(_LOADED, 30.0)
        megabytes = processes.memory(session.terminal.pid) if started else 0.0
        session.terminal.leave(program.leave)
    return megabytes


def _memory_row(
    figure: str,
    program: Program,
    megabytes: float,
    base: float,
    goal: str = "",
    reached: bool | None = None,
) -> Row:
    ratio = f"{megabytes / base:.2f} x"
    return Row(figure, program.label, f"{megabytes:,.1f} MB", "", ratio, goal, reached)
