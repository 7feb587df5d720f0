"""Bad files from the shell: one sentence, nothing half-imported, less than 300 MB of memory.

Each file is read by a process of its own that may not take more than a fixed address space, so that
one that would fill the memory fails here instead of the machine.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from readers.bad_files import BAD, MB, Bad

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline

PROJECT = Path(__file__).parents[3]
ONE_BY_ONE = Path(__file__).with_name("one_by_one.py")
MEMORY_AT_MOST = 300 * MB
ADDRESSES_AT_MOST = 1_500 * MB
Imported = Callable[[Path, Path], dict[str, object]]
CLOCK = FixedClock(datetime(2026, 11, 28, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")))


@pytest.fixture(scope="module")
def imported() -> Iterator[Imported]:
    """Imports a file into a board, and tells what that printed and took."""
    environ = {**os.environ, "PYTHONPATH": str(PROJECT)}
    words = [sys.executable, str(ONE_BY_ONE), str(ADDRESSES_AT_MOST)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=environ) as child:
        assert child.stdin is not None
        assert child.stdout is not None

        def bring_in(board: Path, file: Path) -> dict[str, object]:
            print(json.dumps([str(board), str(file)]), file=child.stdin, flush=True)
            told: dict[str, object] = json.loads(child.stdout.readline())
            return told

        yield bring_in
        child.stdin.close()


def applications(board: Path) -> list[object]:
    """All that the board has of applications."""
    with closing(sqlite3.connect(board)) as opened:
        return [
            opened.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("application", "stage_move", "note", "contact")
        ]


@pytest.mark.parametrize(
    "bad",
    [pytest.param(bad, marks=[pytest.mark.long] if bad.long else []) for bad in BAD],
    ids=lambda bad: bad.name,
)
def test_a_bad_file_is_a_sentence(
    bad: Bad, imported: Imported, tmp_path: Path, figure: Callable[..., None]
) -> None:
    board, file = tmp_path / "board.db", tmp_path / bad.name
    with closing(open_database(board, CLOCK)) as database:
        Pipeline(database).add("Globex", "SRE, which was there")
    before = applications(board)
    bad.make(file)
    told = imported(board, file)
    file.unlink()
    out, memory = str(told["out"]), int(str(told["memory"]))
    assert bad.said in out
    assert "Traceback" not in out
    assert "went wrong" not in out
    assert memory < MEMORY_AT_MOST
    if bad.added is None:
        assert (told["code"], out.count("\n")) == (1, 1)
        assert out.startswith("rounds: “")
    else:
        assert told["code"] == 0
        assert f"  {bad.added} added\n" in out
    if not bad.added:
        assert applications(board) == before, "nothing is half-imported"
    figure("bad files from the shell", 1, "a sentence, nothing half-imported, under 300 MB")
