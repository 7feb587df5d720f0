"""What the hunts share."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

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
def new_board(made_once: Callable[..., bytes]) -> bytes:
    """The bytes of a board with nothing on it: copying them takes less than migrating."""

    def make(path: Path) -> None:
        with closing(open_database(path, FixedClock(START))) as database:
            Pipeline(database).catch_up(Settings().fingerprint)

    return made_once("hunt.db", make)
