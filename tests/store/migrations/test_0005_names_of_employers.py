"""From 0004 to the newest form: nothing was said of the names of employers, and now it can be.

`samples/board-0004.sql` was written by the program of that time, through its use cases: two
employers, one under two spellings, a rejection, a company that was renamed, a deleted application,
a step undone.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.text import Refused

SAMPLE = Path(__file__).with_name("samples") / "board-0004.sql"
KEYS = {1: "alphabet", 2: "google", 3: "globex", 4: "globex"}


@pytest.fixture
def old(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def keys(path: Path) -> dict[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, employer FROM application ORDER BY id"))


def test_nothing_was_said_and_every_application_keeps_its_key(old: Path, clock: FixedClock) -> None:
    assert keys(old) == KEYS
    open_database(old, clock).close()
    assert keys(old) == KEYS
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT * FROM employer_name").fetchall() == []


def test_names_can_be_one_and_every_step_from_before_can_still_be_undone(
    old: Path, clock: FixedClock
) -> None:
    with closing(open_database(old, clock)) as database:
        pipeline = Pipeline(database)
        pipeline.same_employer("Alphabet", "Google")
        assert keys(old) == KEYS | {1: "google"}
        steps = 0
        while True:
            try:
                pipeline.undo()
            except Refused:
                break
            steps += 1
        assert keys(old) == {}
        for _ in range(steps):
            pipeline.redo()
        assert keys(old) == KEYS | {1: "google"}
