"""What the hunts share."""

from collections.abc import Callable
from contextlib import closing

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.settings import Settings
from tests.hunts.random_hunt import START

Figure = Callable[[str, int, str], None]


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """States a figure for the table that `make proof` ends with."""

    def state(what: str, how_many: int, found: str) -> None:
        record_property("figure", (what, how_many, found))

    return state


@pytest.fixture(scope="session")
def new_board(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a board with nothing on it: copying them takes less than migrating."""
    path = tmp_path_factory.mktemp("new") / "board.db"
    with closing(open_database(path, FixedClock(START))) as database:
        Pipeline(database).catch_up(Settings().fingerprint)
    return path.read_bytes()
