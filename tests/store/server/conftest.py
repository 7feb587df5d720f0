"""What the tests of boards on a server share."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from store.clock import FixedClock
from store.pipeline import Pipeline
from store.server.address import Address
from store.server.database import ServerDatabase, open_database


@pytest.fixture
def address(new_address: Callable[[], Address]) -> Address:
    """A board that is not there yet."""
    return new_address()


@pytest.fixture
def board(address: Address, clock: FixedClock) -> Iterator[ServerDatabase]:
    """A board with nothing on it."""
    with closing(open_database(address, clock)) as database:
        yield database


@pytest.fixture
def use(board: ServerDatabase) -> Pipeline:
    """The use cases on that board."""
    return Pipeline(board)
