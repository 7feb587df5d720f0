"""What all tests share."""

import fcntl
import gc
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shutil import disk_usage, rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from tests import done_once, stillness
from tests.figures import pytest_terminal_summary as pytest_terminal_summary

if TYPE_CHECKING:
    from store.server.address import Address
    from tests.server import Server

# The streams of the programs that are started here are buffered as a user's are.
os.environ.pop("PYTHONUNBUFFERED", None)
# Compiled once, not by each process that runs tests and each program that they start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long hypothesis looks for what breaks a law; pyproject.toml and the Makefile choose. On
# some machine every deadline is too short.
settings.register_profile("short", max_examples=20, deadline=None, derandomize=True)
settings.register_profile("usual", max_examples=100, deadline=None)
settings.register_profile("long", max_examples=1_000, deadline=None, print_blob=True)

# A fifth of the time of the screens' tests, and a tenth of reading all tests, goes into garbage.
gc.set_threshold(100_000, 50, 1_000)

LONG = os.environ.get("ROUNDS_PROOF") == "long"
ROOM = 4 * 2**30
"""Bytes: far more than all tests leave behind."""


def examples(short: int, long: int = 1_000) -> int:
    """How many examples of a law are tried that is not to be tried as often as the others."""
    return long if LONG else short


RULES = Path(__file__).parent / "store" / "rules"
SAMPLE_MADE = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Monday morning, on which the sample of `sample_board` was made."""


def pytest_configure(config: pytest.Config) -> None:
    """Leave the user's own board and settings alone: all tests live in a home of their own.

    The files of the short form are put into memory where there is room: a disk that is asked to
    keep each of them takes a quarter of the time. The long form stays on the disk.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for name in ("ROUNDS_DB", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ.pop(name, None)
        os.environ["HOME"] = home = mkdtemp(prefix="rounds-home-")
        config.add_cleanup(lambda: rmtree(home, ignore_errors=True))
    memory = Path("/dev/shm")
    if not LONG and os.access(memory, os.W_OK) and disk_usage(memory).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for the long form, unless it is that."""
    left_out = [item for item in items if item.get_closest_marker("long") and not LONG]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_collection_finish() -> None:
    """Never look again through what there is before the first test."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Look through no garbage at the end, as pytest does five times in each process."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _nothing_remembered() -> None:
    """Begin without what was read and kept before: by another run in the same process, say."""
    for name, module in list(sys.modules.items()):
        if name.startswith("store."):
            for value in list(vars(module).values()):
                if forget := getattr(value, "cache_clear", None):
                    forget()


@pytest.fixture(scope="session", autouse=True)
def _quick_and_patient(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pilots wait until all is still, and what comes out the same is done once.

    The rules alone need neither, and are tested without loading screen and database.
    """
    if all(RULES in item.path.parents for item in request.session.items):
        yield
        return
    with pytest.MonkeyPatch.context() as monkeypatch:
        stillness.install(monkeypatch)
        if not LONG:
            stillness.paint_in_the_end(monkeypatch)
        done_once.read_styles_once(monkeypatch)
        if not LONG:
            done_once.mix_colours_once(monkeypatch)
            done_once.find_styles_once(monkeypatch)
            done_once.hand_on_only_what_is_heard(monkeypatch)
            done_once.check_nothing_beside(monkeypatch)
        done_once.compile_statements_once(monkeypatch)
        done_once.wait_for_no_disk(monkeypatch)
        yield


@pytest.fixture
def painted_at_once() -> Iterator[None]:
    """Paint each picture when it is due, as in a terminal, not the last one only."""
    with stillness.painted_at_once():
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Makes a file once in the whole run, whichever process asks first, and gives its bytes."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent

    def make(name: str, write: Callable[[Path], object]) -> bytes:
        path = folder / name
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                begun = path.with_name(f"begun-{name}")
                begun.unlink(missing_ok=True)
                write(begun)
                begun.replace(path)
        return path.read_bytes()

    return make


@pytest.fixture(scope="session")
def empty_board(made_once: Callable[..., bytes]) -> bytes:
    """The bytes of a board that nobody has written to: copying them takes less than migrating."""
    from store.clock import FixedClock
    from store.file.database import open_database

    return made_once("empty.db", lambda path: open_database(path, FixedClock(SAMPLE_MADE)).close())


@pytest.fixture(scope="session")
def new_board(made_once: Callable[..., bytes], empty_board: bytes) -> bytes:
    """The bytes of a board with nothing on it, planned by the rules as shipped."""
    from store.clock import FixedClock
    from store.file.database import open_database
    from store.pipeline import Pipeline
    from store.settings import Settings

    def make(path: Path) -> None:
        path.write_bytes(empty_board)
        with closing(open_database(path, FixedClock(SAMPLE_MADE))) as database:
            Pipeline(database).catch_up(Settings().fingerprint)

    return made_once("new.db", make)


@pytest.fixture(scope="session")
def sample_board(made_once: Callable[..., bytes]) -> bytes:
    """The bytes of the board that `rounds demo` shows, made at `SAMPLE_MADE`."""
    from store.clock import FixedClock
    from store.demo import make_demo

    return made_once("sample.db", lambda path: make_demo(path, FixedClock(SAMPLE_MADE)))


@pytest.fixture(scope="session")
def server() -> "Iterator[Server]":
    """A PostgreSQL of this process's own."""
    from tests.server import Server

    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def database_name(server: "Server") -> str:
    """A database for all boards of this process."""
    return server.new_database()


_boards = itertools.count(1)


@pytest.fixture
def new_address(server: "Server", database_name: str) -> "Callable[[], Address]":
    """Gives the address of a board that is not there yet."""
    from store.server.address import address_of

    def give() -> "Address":
        return address_of(server.address(database_name, f"b{next(_boards)}"), "--db")

    return give
