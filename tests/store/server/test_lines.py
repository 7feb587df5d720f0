"""The line to the server: it breaks, nobody answers, the server is started anew."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from threading import Event
from time import monotonic

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.pipeline import Pipeline
from store.read.glance import Glance, open_glance
from store.server import line as lines
from store.server.address import Address, address_of
from store.server.database import ServerDatabase, open_database
from tests.server import Server
from tests.slow_line import SlowLine
from tests.stillness import PATIENCE


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
@pytest.mark.parametrize("many", [1, 3])
def test_where_nobody_answers_a_sentence_says_so_within_five_seconds(
    many: int, clock: FixedClock
) -> None:
    with ExitStack() as stack:
        ports = [stack.enter_context(mute_port()) for _ in range(many)]
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
        began = monotonic()
        with pytest.raises(StoreError, match="cannot be reached"):
            open_glance(address_of(f"postgresql://{hosts}/d", "--db"), clock)
        assert monotonic() - began >= lines.CONNECT_SECONDS - 1
    assert lines.CONNECT_SECONDS < 5


@contextmanager
def mute_port() -> Iterator[int]:
    """A port where connections are taken and nobody says a word."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        yield mute.getsockname()[1]


@pytest.mark.parametrize(
    ("hosts", "seconds"),
    [("a", 4), ("127.0.0.1", 4), ("/run/postgresql", 4), ("127.0.0.1,127.0.0.2", 2), ("both", 2)],
)
def test_the_time_is_shared_by_the_addresses_that_there_are(
    hosts: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"both": ["::1", "127.0.0.1"], "a": ["10.0.0.1", "10.0.0.1"]}

    def find(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (at, 0)) for at in found.get(host, [host])]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    assert lines._seconds_each(f"postgresql:///d?host={hosts}") == seconds


def test_a_name_that_nobody_finds_for_long_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    asked = Event()
    monkeypatch.setattr(lines, "CONNECT_SECONDS", -0.4)
    monkeypatch.setattr(lines.ServerLine, "connect", lambda *_, **__: asked.wait(PATIENCE))
    with pytest.raises(StoreError, match="cannot be reached"):
        open_glance(address_of("postgresql://nowhere.example/d", "--db"), clock)
    asked.set()


class Held:
    """A board behind a line that can be held, open for reading and writing."""

    def __init__(self, line: SlowLine, database: ServerDatabase, glance: Glance) -> None:
        self.line, self.database, self.glance = line, database, glance
        self.use = Pipeline(database)


@pytest.fixture
def held(server: Server, database_name: str, address: Address, clock: FixedClock) -> Iterator[Held]:
    with SlowLine(server.folder / ".s.PGSQL.5432", 0) as line:
        where = f"postgresql://rounds@127.0.0.1:{line.port}/{database_name}?board={address.board}"
        with closing(open_database(address_of(where, "--db"), clock)) as database:
            Pipeline(database).add("Globex", "Engineer")
            with closing(database.glance()) as glance:
                yield Held(line, database, glance)


@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_server_that_falls_silent_is_told_and_used_again_when_it_answers(
    held: Held, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not thorough:
        monkeypatch.setattr(lines, "SILENT_SECONDS", 0.0)
        monkeypatch.setattr(lines, "_is_there", lambda _: False)
    held.line.hold()
    for ask in (held.glance.cards, lambda: held.use.note(1, "x")):
        began = monotonic()
        with pytest.raises(StoreError, match="cannot be reached"):
            ask()
        assert monotonic() - began >= thorough
    held.line.release()
    monkeypatch.undo()
    assert [card.company for card in held.glance.cards()] == ["Globex"]
    held.use.note(1, "y")
    assert [note.text for note in held.glance.dossier(1).notes] == ["y"]


def test_a_server_that_is_only_busy_is_waited_for(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "SILENT_SECONDS", 0.0)
    monkeypatch.setattr(lines, "_ASK_AGAIN_SECONDS", 0.0)
    line = held.glance.reader.connection._line
    asked: list[bool] = []
    really = lines._is_there

    def note(conninfo: str) -> bool:
        asked.append(really(conninfo))
        return asked[-1]

    monkeypatch.setattr(lines, "_is_there", note)
    assert line.execute("SELECT pg_sleep(0.5), 7").fetchone()[1] == 7
    assert asked
    assert all(asked)


def test_a_server_that_has_no_place_is_there_and_one_that_is_gone_is_not(
    server: Server, database_name: str
) -> None:
    assert lines._is_there(server.address(database_name))
    assert lines._is_there(server.address("no_such_database"))
    assert not lines._is_there("postgresql:///d?host=/nowhere")
