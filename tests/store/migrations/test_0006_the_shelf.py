"""From 0005 to the newest form: there is a shelf, and nothing is on it.

`samples/board-0005.sql` was written by the program of that time, through its use cases: three
applications, two names that are one employer, a rejection, a requirement, a saved search, a step
undone.
"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.read.arriving.shelf import read_shelf
from store.rules.text import Refused

SAMPLE = Path(__file__).with_name("samples") / "board-0005.sql"


@pytest.fixture
def old(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def rows(path: Path, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()


def columns_of(path: Path, table: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return ", ".join(f'"{column[1]}"' for column in found)


def test_the_shelf_is_empty_and_all_else_is_as_it_was(old: Path, clock: FixedClock) -> None:
    tables = ("application", "employer_name", "point", "note", "setting", "follow_up", "change")
    known = {table: columns_of(old, table) for table in tables}
    before = {table: rows(old, table, known[table]) for table in tables}
    open_database(old, clock).close()
    assert rows(old, "posting") == []
    assert {table: rows(old, table, known[table]) for table in tables} == before


def test_a_posting_can_be_taken_and_every_step_from_before_can_still_be_undone(
    old: Path, clock: FixedClock
) -> None:
    with closing(open_database(old, clock)) as database:
        pipeline = Pipeline(database)
        pipeline.shelve("Initech", "Cook", closing_on=date(2026, 11, 30))
        names = [one.company for one in read_shelf(database.glance(), date(2026, 11, 23))]
        assert names == ["Initech"]
        whole = rows(old, "application"), rows(old, "posting")
        steps = 0
        while True:
            try:
                pipeline.undo()
            except Refused:
                break
            steps += 1
        assert rows(old, "application") == rows(old, "posting") == []
        for _ in range(steps):
            pipeline.redo()
        assert (len(rows(old, "application")), rows(old, "posting")) == (3, whole[1])
