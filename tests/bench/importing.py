"""A large import, its undo, and the same import again: time and the most memory that it takes."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from goals import IMPORT_MB, IMPORT_SECONDS, UNDO_SECONDS
from measures import Row
from programs import rounds_command, rounds_environ
from room import LARGEST, Room

_STATUSES = ("Applied", "Applied", "Applied", "Rejected", "Ghosted", "Interview", "Offer")
_EMPLOYERS = 3_000


class Taken(NamedTuple):
    """What a command took, in seconds and MB."""

    wall: float
    processor: float
    memory: float


def imports(room: Room) -> list[Row]:
    """A sheet of `LARGEST` rows into a new board, as a command of its own."""
    folder = room.new_home("import")
    sheet = folder / "sheet.csv"
    sheet.write_text("\n".join(_sheet(LARGEST)), encoding="utf-8")
    board = ("--db", str(folder / "board.db"))
    environ = rounds_environ(folder)
    rows = []
    for name, words, seconds in (
        (f"import {LARGEST:,} rows", ("import", str(sheet)), IMPORT_SECONDS),
        ("import them again", ("import", str(sheet)), IMPORT_SECONDS),
        ("undo", ("undo",), UNDO_SECONDS),
    ):
        taken = run_measured((*rounds_command(), *board, *words), environ, folder)
        rows += [
            Row("import", f"rounds {name}", f"{taken.wall:.2f} s", goal=f"<= {seconds:g} s",
                reached=taken.wall <= seconds, note=f"{taken.processor:.2f} s of processor time"),
            Row("import", f"rounds {name}, memory", f"{taken.memory:.0f} MB",
                goal=f"<= {IMPORT_MB:g} MB", reached=taken.memory <= IMPORT_MB),
        ]  # fmt: skip
    return rows


def _sheet(size: int) -> Iterator[str]:
    choose = random.Random(size)
    today = date.today()  # noqa: DTZ011  # of the machine, as the program has it
    yield "Company,Role,Status,Applied on,Link,Location,Notes"
    for number in range(size):
        day = today - timedelta(days=choose.randrange(700))
        yield (
            f"Company {choose.randrange(_EMPLOYERS)},Engineer {number},{choose.choice(_STATUSES)},"
            f"{day},https://jobs.example/{100_000 + number},Berlin,They wrote about it"
        )


def run_measured(argv: tuple[str, ...], environ: dict[str, str], folder: Path) -> Taken:
    """What a command takes, from its start to its end; ends the run where it fails."""
    began = time.perf_counter()
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(argv, env={**os.environ, **environ}, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit((folder / "out.txt").read_text(encoding="utf-8"))
    wall = time.perf_counter() - began
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_024)
