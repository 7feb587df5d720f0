"""The line to the server: it breaks, nobody answers, the server is started anew."""

import socket
from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.server import connection as connections
from store.server.address import address_of
from store.server.database import open_database
from tests.server import Server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def test_a_restart_of_the_server_is_survived(own_server: Server, clock: FixedClock) -> None:
    address = address_of(own_server.address("postgres", "ana"), "--db")
    with closing(open_database(address, clock)) as database:
        use = Pipeline(database)
        use.add("Globex", "Engineer")
        with closing(database.glance()) as glance:
            version = glance.data_version()
            own_server.stop()
            with pytest.raises(StoreError, match="cannot be reached"):
                glance.cards()
            with pytest.raises(StoreError, match="cannot be reached"):
                glance.data_version()
            with pytest.raises(StoreError, match="cannot be reached"):
                use.add("Initech", "Engineer")
            own_server.start()
            assert [card.company for card in glance.cards()] == ["Globex"]
            assert use.add("Initech", "Engineer").application_id == 2
            assert glance.data_version() != version
            own_server.stop()
            own_server.start()
            # Nobody has asked meanwhile: the first question, and the first change, just work.
            assert use.add("Hooli", "Engineer").application_id == 3
            assert len(glance.cards()) == 3


def test_where_nothing_listens_a_sentence_says_so_at_once(clock: FixedClock) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = address_of(f"postgresql://127.0.0.1:{nobody.getsockname()[1]}/d", "--db")
        with pytest.raises(StoreError, match="cannot be reached"):
            open_glance(address, clock)


@pytest.mark.long
def test_where_nobody_answers_a_sentence_says_so_within_five_seconds(clock: FixedClock) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        address = address_of(f"postgresql://127.0.0.1:{mute.getsockname()[1]}/d", "--db")
        began = monotonic()
        with pytest.raises(StoreError, match="cannot be reached"):
            open_glance(address, clock)
        assert monotonic() - began >= connections.CONNECT_SECONDS - 1
    assert connections.CONNECT_SECONDS < 5
