"""What the tests of exports share: the sample board, and what it exports."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.export.board import Row, read_applications, read_tables
from store.export.json import board_parts
from store.file.database import Database, open_database
from store.pipeline import Pipeline
from tests.conftest import SAMPLE_MADE


def exported(database: Database, **how: Any) -> str:
    """The whole board as JSON."""
    with closing(database.glance()) as glance, glance.reader.snapshot():
        return "".join(board_parts(glance.reader, **how))


def rows_of(database: Database) -> list[Row]:
    """The applications as formats take them."""
    with closing(database.glance()) as glance, glance.reader.snapshot():
        return list(read_applications(glance.reader, read_tables(glance.reader)))


@pytest.fixture
def new(tmp_path: Path, empty_board: bytes) -> Iterator[Callable[[], Database]]:
    """Makes boards with nothing on them."""
    made: list[Database] = []

    def make() -> Database:
        path = tmp_path / f"new-{len(made)}.db"
        path.write_bytes(empty_board)
        made.append(open_database(path, FixedClock(SAMPLE_MADE)))
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture
def row(pipeline: Pipeline, db: Database) -> Callable[..., Row]:
    """An application that was added with these fields, as formats take it."""

    def make(company: str = "Globex", role: str = "Engineer", **known: Any) -> Row:
        number = pipeline.add(company=company, role=role, **known).application_id
        return next(one for one in rows_of(db) if one["id"] == number)

    return make


def as_file(text: str) -> io.StringIO:
    """`text` as a file that is read."""
    return io.StringIO(text)
