"""The command line: `rounds due` and `rounds add` against the least that such a command can do."""

import os
import random
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import peers
from goals import ADD_RATIO, COUNT_GROWTH, DUE_GROWTH, DUE_RATIO, LIST_RATIO, TAB_RATIO, timing
from measures import Row, Sample, sample
from programs import ROOT, rounds_command
from room import LARGEST, SIZES, Room
from terminal import surroundings

from tui.cli.showing.due import SOMETHING_DUE

_SMALL = SIZES[0]
_LISTS = ("list", "list --limit 20", "list --where stage:second", "list --json")
_COUNTING = ("--line", "--check")
_TAB = "rounds show, Tab"
_SQLITE, _SQLMODEL = "python -c 'import sqlite3'", "python -c 'import sqlmodel'"


class Run(NamedTuple):
    """A command to time."""

    name: str
    argv: tuple[str, ...]
    environ: Mapping[str, str]


def commands(room: Room) -> list[Row]:
    """Median times of the commands.

    Those that read and those that write are timed apart: what runs after a heavy command is
    slower for it.
    """
    plain = {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.getenv("PYTHONPATH"))))}
    reading = [Run(_SQLITE, (sys.executable, "-c", "import sqlite3"), plain)]
    writing = [Run(_SQLMODEL, (sys.executable, "-c", "import sqlmodel"), plain)]
    for size in (_SMALL, LARGEST):
        program = room.rounds(size)
        call = (*rounds_command(), "--db", str(program.board))
        role = ("add", "Globex", "Staff Engineer")
        reading.append(Run(f"rounds due {size:,}", (*call, "due"), program.environ))
        for words in _LISTS:
            name = f"rounds {words} {size:,}"
            reading.append(Run(name, (*call, *words.split()), program.environ))
        asked = (*rounds_command(), "__complete", "zsh", "--db", str(program.board), "show", "")
        reading.append(Run(f"{_TAB} {size:,}", asked, program.environ))
        writing.append(Run(f"rounds add {size:,}", (*call, *role), program.environ))
    counting = [Run(_SQLITE, (sys.executable, "-c", "import sqlite3"), plain)]
    for size in (_SMALL, LARGEST):
        program = room.much_due(size)
        call = (*rounds_command(), "--db", str(program.board))
        for switch in _COUNTING:
            name = f"rounds due {switch} {size:,}"
            counting.append(Run(name, (*call, "due", switch), program.environ))
    if task := peers.taskwarrior():
        board, home = room.board(LARGEST), room.new_home("taskwarrior")
        environ = peers.task_environ(task, board, home)
        reading.append(Run(f"task due:today {LARGEST:,}", (task, "due:today"), environ))
        writing.append(Run(f"task add {LARGEST:,}", (task, "add", "Globex"), environ))
    times = room.effort.runs
    read = by_turns(reading, times)
    return (
        _due_rows(read)
        + _list_rows(read)
        + _count_rows(by_turns(counting, times))
        + _add_rows(by_turns(writing, times))
    )


def _due_rows(taken: Mapping[str, Sample]) -> list[Row]:
    figure, base = "rounds due", taken[_SQLITE]
    small, large = f"rounds due {_SMALL:,}", f"rounds due {LARGEST:,}"
    rows = [timing(figure, _SQLITE, base)]
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
    tabs = (f"{_TAB} {size:,}" for size in (_SMALL, LARGEST))
    return rows + [
        timing("completion", name, taken[name], base=base, ratio=TAB_RATIO) for name in tabs
    ]


def _list_rows(taken: Mapping[str, Sample]) -> list[Row]:
    """All applications in a table has a goal; what is beside it shows where the time goes."""
    figure, base = "rounds list", taken[_SQLITE]
    rows = [timing(figure, _SQLITE, base)]
    for size in (_SMALL, LARGEST):
        for words in _LISTS:
            goal = LIST_RATIO if words == "list" else None
            name = f"rounds {words} {size:,}"
            rows.append(timing(figure, name, taken[name], base=base, ratio=goal))
    return rows


def _count_rows(taken: Mapping[str, Sample]) -> list[Row]:
    """What a prompt asks: the same time however much is due."""
    figure, base = "rounds due, counted", taken[_SQLITE]
    rows = [timing(figure, _SQLITE, base)]
    for switch in _COUNTING:
        small, large = (f"rounds due {switch} {size:,}" for size in (_SMALL, LARGEST))
        rows += [
            timing(figure, name, taken[name], base=base, ratio=DUE_RATIO) for name in (small, large)
        ]
        grown = timing(
            figure, f"{large} to {_SMALL:,}", taken[large], base=taken[small], ratio=COUNT_GROWTH
        )
        rows.append(grown._replace(median="", p95=""))
    return rows


def _add_rows(taken: Mapping[str, Sample]) -> list[Row]:
    figure, base = "rounds add", taken[_SQLMODEL]
    rows = [timing(figure, _SQLMODEL, base)]
    for size in (_SMALL, LARGEST):
        name = f"rounds add {size:,}"
        rows.append(timing(figure, name, taken[name], base=base, ratio=ADD_RATIO))
    peer = f"task add {LARGEST:,}"
    if peer in taken:
        rows.append(timing(figure, peer, taken[peer], base=base))
    return rows


def by_turns(runs: Sequence[Run], times: int) -> dict[str, Sample]:
    """Every command `times` times, by turns; one more run of each, the first, is not counted.

    In another order every time, since a command pays for what the one before it left behind.
    """
    taken: dict[str, list[float]] = {run.name: [] for run in runs}
    choose = random.Random(times)
    for number in range(times + 1):
        for run in choose.sample(runs, len(runs)):
            seconds = _time(run)
            if number:
                taken[run.name].append(seconds)
    return {name: found for name in taken if (found := sample(taken[name])) is not None}


def _time(run: Run) -> float:
    environ = surroundings(run.environ)
    begun = time.perf_counter()
    done = subprocess.run(
        run.argv, env=environ, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode not in (0, SOMETHING_DUE):
        sentence = done.stderr.decode(errors="replace").strip()
        raise SystemExit(f"{shlex.join(run.argv)} failed ({done.returncode}): {sentence}")
    return seconds
