"""Killed while an older board is saved and brought up to date: it is the old one or the new one.

The board is of the first form (`samples/board-0001.sql`). Half of the writers have a cache of one
page, so that the migration reaches the disk long before its COMMIT; the others write it all at
the end. After the kill the next program finds the board, and every copy of it, whole.
"""

import os
import random
import select
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.file import engine, opening
from store.file.backup import copies
from store.file.database import open_database
from store.file.location import HEAD, backup_dir
from store.file.opening import journal_of
from store.pipeline import Pipeline

pytestmark = pytest.mark.usefixtures("waits_for_the_disk")
LONG = os.environ.get("ROUNDS_PROOF") == "long"
WRITERS = 100 if LONG else 3
CLOCK = FixedClock(datetime(2026, 12, 20, 9, tzinfo=ZoneInfo("Europe/Berlin")))
SAMPLE = Path(__file__).parents[2] / "store" / "migrations" / "samples" / "board-0001.sql"


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def content(path: Path, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: ask(path, f"SELECT {', '.join(names)} FROM {table} ORDER BY 1")
        for table, names in columns.items()
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old board in a file."""
    path = tmp_path_factory.mktemp("old") / "board.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    return path


MOVED = ("contact_name", "contact_email")
"""What stands among the people since."""


@pytest.fixture(scope="module")
def columns(sample: Path) -> dict[str, list[str]]:
    """The tables of the old board that a migration has to keep, with their columns."""
    names = [row[0] for row in ask(sample, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = set(names) - {"alembic_version", "sqlite_sequence", "row_image", "follow_up"}
    return {
        str(name): [
            f'"{row[1]}"'
            for row in ask(sample, f"PRAGMA table_info({name})")
            if row[1] not in MOVED
        ]
        for name in kept
    }


def spilling(path: Path, **options: bool) -> sqlite3.Connection:
    connection = opening.connect(path, **options)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    return connection


def kill_one(path: Path, moment: float) -> bool:
    """Let a process open the board, kill it after `moment` seconds; whether it had finished."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            open_database(path, CLOCK)
            os.write(writing, b"done")
            time.sleep(60)
        finally:
            os._exit(1)
    os.close(writing)
    select.select([reading], [], [], moment)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    told = os.read(reading, 10)
    os.close(reading)
    return told == b"done"


@pytest.mark.parametrize(
    "spill",
    [
        pytest.param(False, id="at the end"),
        pytest.param(True, id="page by page", marks=pytest.mark.long),
    ],
)
def test_killed_while_migrating(
    spill: bool,
    sample: Path,
    columns: dict[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[..., None],
) -> None:
    if spill:
        monkeypatch.setattr(engine, "connect", spilling)
    bytes_before, before = sample.read_bytes(), content(sample, columns)

    def fresh(name: str) -> Path:
        path = tmp_path / name / "board.db"
        path.parent.mkdir()
        path.write_bytes(bytes_before)
        path.chmod(0o600)
        return path

    open_database(fresh("warm"), CLOCK).close()
    longest, interrupted, unfinished, done = 0.0, 0, 0, 0
    for turn in range(3):
        began = time.monotonic()
        assert kill_one(fresh(f"timed {turn}"), 60)
        longest = max(longest, time.monotonic() - began)
    for seed in range(WRITERS):
        path = fresh(str(seed))
        finished = kill_one(path, random.Random(seed).uniform(0, longest * 1.05))
        done += finished
        unfinished += any(backup_dir(path).glob(".*.part")) if backup_dir(path).exists() else 0
        if journal_of(path).exists():
            interrupted += 1
        for copy in copies(path):
            assert ask(copy, "PRAGMA quick_check") == [("ok",)]
            assert content(copy, columns) == before, "a copy with a name is a whole one"
        if seed % 2:
            version = ask(path, "SELECT version_num FROM alembic_version")
            assert version in ([("0001",)], [(HEAD,)])
            assert not finished or version == [(HEAD,)], "a finished migration is lost"
            if version == [("0001",)]:
                assert path.read_bytes() == bytes_before, "half migrated"
        database = open_database(path, CLOCK)
        assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
        assert ask(path, "PRAGMA quick_check") == [("ok",)]
        assert ask(path, "PRAGMA foreign_key_check") == []
        assert content(path, columns) == before, "what was there is there"
        with closing(database.glance()) as glance:
            glance.board()
        assert copies(path), "an old board is never migrated without a copy"
        assert Pipeline(database).add("Globex", "Engineer").card is not None
        database.close()
    assert interrupted or not LONG
    figure("kill: while a board is migrated", WRITERS, "0 lost, 0 half migrated, copies whole")
    figure("kill: of them with the migration half on the disk", interrupted, "0 lost")
    figure("kill: of them with a half written copy", unfinished, "0 taken for a whole one")
