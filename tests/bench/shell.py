"""The command line: `rounds due` and `rounds add` against the least that such a command can do."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import peers
from goals import ADD_RATIO, DUE_GROWTH, DUE_RATIO, timing
from measures import Row, Sample, sample
from programs import ROOT, rounds_command
from room import LARGEST, SIZES, Room

_SMALL = SIZES[0]


class Run(NamedTuple):
    """A command to time."""

    name: str
    argv: tuple[str, ...]
    environ: Mapping[str, str]


def commands(room: Room) -> list[Row]:
    """Median times of the commands, all run by turns."""
    ours = {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.getenv("PYTHONPATH"))))}
    runs = [
        Run("import sqlite3", (sys.executable, "-c", "import sqlite3"), ours),
        Run("import sqlmodel", (sys.executable, "-c", "import sqlmodel"), ours),
    ]
    for size in (_SMALL, LARGEST):
        program = room.rounds(size)
        call = (*rounds_command(), "--db", str(program.board))
        runs.append(Run(f"rounds due {size:,}", (*call, "due"), program.environ))
        role = ("add", "Globex", "Staff Engineer")
        runs.append(Run(f"rounds add {size:,}", (*call, *role), program.environ))
    if task := peers.taskwarrior():
        board, home = room.board(LARGEST), room.new_home("taskwarrior")
        environ = peers.task_environ(task, board, home)
        runs.append(Run(f"task due:today {LARGEST:,}", (task, "due:today"), environ))
        runs.append(Run(f"task add {LARGEST:,}", (task, "add", "Globex"), environ))
    taken = _by_turns(runs, room.effort.runs)
    return _due_rows(taken) + _add_rows(taken)


def _due_rows(taken: Mapping[str, Sample]) -> list[Row]:
    figure, base = "rounds due", taken["import sqlite3"]
    small, large = f"rounds due {_SMALL:,}", f"rounds due {LARGEST:,}"
    rows = [timing(figure, "python -c 'import sqlite3'", base)]
    rows += [
        timing(figure, name, taken[name], base=base, ratio=DUE_RATIO) for name in (small, large)
    ]
    grown = timing(
        figure, f"{large} to {_SMALL:,}", taken[large], base=taken[small], ratio=DUE_GROWTH
    )
    rows.append(grown._replace(median="", p95=""))
    peer = f"task due:today {LARGEST:,}"
    if peer in taken:
        rows.append(timing(figure, peer, taken[peer], base=base))
        below = timing(figure, f"{large} to {peer}", taken[large], base=taken[peer])
        reached = taken[large].median < taken[peer].median
        rows.append(below._replace(median="", p95="", goal="below 1 x", reached=reached))
    return rows


def _add_rows(taken: Mapping[str, Sample]) -> list[Row]:
    figure, base = "rounds add", taken["import sqlmodel"]
    rows = [timing(figure, "python -c 'import sqlmodel'", base)]
    for size in (_SMALL, LARGEST):
        name = f"rounds add {size:,}"
        rows.append(timing(figure, name, taken[name], base=base, ratio=ADD_RATIO))
    peer = f"task add {LARGEST:,}"
    if peer in taken:
        rows.append(timing(figure, peer, taken[peer], base=base))
    return rows


def _by_turns(runs: Sequence[Run], times: int) -> dict[str, Sample]:
    """Every command `times` times, by turns; one more run of each, the first, is not counted."""
    taken: dict[str, list[float]] = {run.name: [] for run in runs}
    runs = list(runs)
    for number in range(times + 1):
        for run in runs:
            seconds = _time(run)
            if number:
                taken[run.name].append(seconds)
        runs.append(runs.pop(0))
    return {name: found for name in taken if (found := sample(taken[name])) is not None}


def _time(run: Run) -> float:
    environ = {**os.environ, **run.environ}
    begun = time.perf_counter()
    done = subprocess.run(
        run.argv, env=environ, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        sentence = done.stderr.decode(errors="replace").strip()
        raise SystemExit(f"{shlex.join(run.argv)} failed ({done.returncode}): {sentence}")
    return seconds
