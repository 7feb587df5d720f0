"""What the tests of the store share: a clock that stands still and a board in a real file.

The database is imported where one is asked for: the rules are tested without.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.clock import FixedClock
from tests.conftest import LONG, SAMPLE_MADE
from tests.makers import NOW

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from store.database import Database
    from store.pipeline import Pipeline
    from store.read.glance import Glance

PROJECT = Path(__file__).parents[2]
NOBODY = 65534

Begin = Callable[["Pipeline", FixedClock], object]

_begun: dict[object, bytes] = {}
"""The boards that `begin` made, by the function and the moment: made once in each process."""


BOTH = ("pipeline", "read", "advice", "export")
"""Rooms whose tests do not depend on the engine: in the long form they run on both."""
SHORT = (
    "pipeline/test_use_cases.py",
    "pipeline/changes/test_undo.py::test_everything_of_the_second_round_is_undone_after",
    "pipeline/changes/test_undo.py::test_ids_are_never_given_twice",
    "pipeline/arriving/test_bringing_in.py",
    "read/test_glance.py",
    "read/test_counts.py",
)
"""Of those, which run on both in the short form, too: all of a file, or one test of it."""
assert all((Path(__file__).parent / name.split("::")[0]).exists() for name in SHORT)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a board on both engines, where it is not about one of them."""
    if "db" not in metafunc.fixturenames or "path" in metafunc.fixturenames:
        return
    file = metafunc.definition.path.relative_to(Path(__file__).parent)
    name = f"{file}::{metafunc.definition.name}"
    chosen = file.parts[0] in BOTH if LONG else str(file) in SHORT or name in SHORT
    if chosen and not metafunc.definition.get_closest_marker("file"):
        metafunc.parametrize("engine", ["file", "server"])


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, nine in the morning in Berlin."""
    return FixedClock(NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the board is, once somebody makes it."""
    return tmp_path / "board.db"


@pytest.fixture
def begin() -> Begin | None:
    """What is on the boards of a file before its tests: nothing, unless it has a `begin` itself."""
    return None


@pytest.fixture
def engine() -> str:
    """Which engine keeps the board: "file", unless the test is run for both."""
    return "file"


@pytest.fixture
def db(
    request: pytest.FixtureRequest,
    engine: str,
    clock: FixedClock,
    begin: Begin | None,
) -> "Iterator[Database]":
    """A board of its own, in a file or on a server: an empty one, or what `begin` makes of it."""
    if engine == "file":
        path, empty_board = map(request.getfixturevalue, ("path", "empty_board"))
        yield from _in_a_file(path, clock, empty_board, begin)
        return
    from store.boards import open_database
    from store.pipeline import Pipeline

    address = request.getfixturevalue("new_address")()
    with closing(open_database(address, clock)) as database:
        if begin is not None:
            begun = clock.moment
            begin(Pipeline(database), clock)
            clock.moment = begun
            database.changed = False
        yield database


def _in_a_file(
    path: Path, clock: FixedClock, empty_board: bytes, begin: Begin | None
) -> "Iterator[Database]":
    from store.file.database import open_database
    from store.pipeline import Pipeline

    key = begin, clock.moment
    if begin is not None and key not in _begun:
        path.write_bytes(empty_board)
        with closing(open_database(path, clock)) as database:
            begin(Pipeline(database), clock)
        clock.moment = key[1]
        _begun[key] = path.read_bytes()
    path.write_bytes(_begun.get(key, empty_board))
    path.chmod(0o600)
    database = open_database(path, clock)
    yield database
    database.close()


@pytest.fixture
def sample(path: Path, sample_board: bytes) -> "Iterator[Database]":
    """The board of `rounds demo`."""
    from store.file.database import open_database

    path.write_bytes(sample_board)
    with closing(open_database(path, FixedClock(SAMPLE_MADE))) as database:
        yield database


@pytest.fixture
def pipeline(db: "Database") -> "Pipeline":
    """The use cases on that board."""
    from store.pipeline import Pipeline

    return Pipeline(db)


@pytest.fixture
def glance(db: "Database") -> "Iterator[Glance]":
    """The board as it is read from the disk."""
    with closing(db.glance()) as fresh:
        yield fresh


@pytest.fixture
def put(db: "Database") -> Callable[..., None]:
    """Writes rows as they are, past the use cases; children after those they belong to."""

    def write(*rows: "SQLModel") -> None:
        with db.writing() as session:
            for row in rows:
                session.add(row)
                session.flush()

    return write


@pytest.fixture
def start() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts Python on a text of code in a process of its own; none outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def run(code: str, *arguments: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder that belongs to whoever `commoner` turns us into."""
    folder = Path(tempfile.mkdtemp(prefix="rounds-test-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for found in [folder, *folder.rglob("*")]:
        if found.is_dir():
            found.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def commoner() -> Callable[[], AbstractContextManager[None]]:
    """A block in which file modes count, also where the tests run as root."""
    import platformdirs  # noqa: F401

    @contextmanager
    def block() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.setresuid(NOBODY, NOBODY, 0)
        try:
            yield
        finally:
            os.setresuid(0, 0, 0)

    return block
