"""`make bench`: how fast rounds is, beside the smallest Textual program and its peers.

    python tests/bench [--quick] [--only FIGURE]... [--peers PYTHON] [--boards FOLDER] [--check]

Programs run in a pseudo-terminal of 160x45 that answers their queries. All figures of a kind are
taken by turns in one run, so that a machine that is busy slows all of them alike: trust the
ratios. Needs Linux (/proc).
"""

import argparse
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from endings import endings
from exporting import exports
from holding import held_keys
from importing import imports
from keys import cursor, filter_letters, list_view, marks, move
from measures import Row, table
from processes import machine_load
from programs import rounds_command
from room import QUICK, THOROUGH, Room
from servers import servers
from shell import commands
from standing import idle, memory
from starting import first_paint

FIGURES: Mapping[str, Callable[[Room], list[Row]]] = {
    "start": first_paint,
    "cursor": cursor,
    "marks": marks,
    "move": move,
    "filter": filter_letters,
    "list": list_view,
    "shell": commands,
    "memory": memory,
    "idle": idle,
    "held": held_keys,
    "import": imports,
    "export": exports,
    "end": endings,
    "server": servers,
}


def main() -> int:
    """Measure what was asked for and print the table; 1 with --check when a goal is missed."""
    words = _words()
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as scratch:
        boards = words.boards or Path(scratch, "boards")
        boards.mkdir(parents=True, exist_ok=True)
        effort = QUICK if words.quick else THOROUGH
        room = Room(boards, Path(scratch), effort, words.peers, _say)
        for line in room.missing():
            _say(line)
        rows: list[Row] = []
        for name in words.only or FIGURES:
            _say(f"measuring: {name} ({machine_load()})")
            rows += FIGURES[name](room)
    print(_heading())
    print(table(rows))
    missed = sum(row.reached is False for row in rows)
    print(f"{sum(row.reached is True for row in rows)} goals reached, {missed} missed")
    return 1 if words.check and missed else 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="How fast rounds is.")
    parser.add_argument("--quick", action="store_true", help="fewer starts, keys and sizes")
    parser.add_argument(
        "--only", action="append", choices=list(FIGURES), metavar="FIGURE",
        help=f"only this figure, again for more: {', '.join(FIGURES)}",
    )  # fmt: skip
    parser.add_argument("--peers", type=Path, help="the Python that has kanban-tui and dooit")
    parser.add_argument("--boards", type=Path, help="keep filled boards here, for runs of today")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a goal is missed")
    return parser.parse_args()


def _heading() -> str:
    parts = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"Python {platform.python_version()}",
        f"Textual {version('textual')}",
        f"SQLite {sqlite3.sqlite_version}",
        f"{platform.system()} {platform.machine()}",
        machine_load(),
        " ".join(rounds_command()[:1]),
    )
    return "\n" + " · ".join(parts) + "\n"


def _say(line: str) -> None:
    print(f"bench: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
