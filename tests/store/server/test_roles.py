"""Whose board is whose: a role sees those that it was given and no other, by no way; one that may
only look is told so."""

from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.rules.text import Refused
from store.server.address import Address, address_of
from store.server.boards import give, read_boards, take_away
from store.server.database import open_database
from tests.server import Server


@pytest.fixture(scope="module")
def practice(server: Server) -> str:
    """The database of a coach with two clients, each with a role of their own."""
    name = server.new_database()
    with server.connect(name) as line:
        for role in ("ana", "bo", "guest"):
            if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                line.execute(f"CREATE ROLE {role} LOGIN")
    return name


As = Callable[..., Address]


@pytest.fixture
def at(server: Server, practice: str, clock: FixedClock) -> As:
    """The address of a board there, for a role."""

    def give_address(board: str, user: str = "rounds") -> Address:
        return address_of(server.address(practice, board, user=user), "--db")

    for name in ("ana", "bo"):
        with closing(open_database(give_address(name), clock)) as database:
            pipeline = Pipeline(database)
            if database.is_untouched():
                pipeline.add(f"{name} Ltd", "Engineer")
                pipeline.note(1, f"a secret of {name}")
        give(give_address(name), name, clock, writes=True)
    return give_address


def test_a_client_works_on_the_own_board(at: As, clock: FixedClock) -> None:
    with closing(open_database(at("ana", "ana"), clock)) as database:
        pipeline = Pipeline(database)
        before = pipeline.note(1, "by ana herself").change_id
        pipeline.undo(seen=before)
        with closing(database.glance()) as glance:
            assert glance.may_write()
            assert [card.company for card in glance.cards()] == ["ana Ltd"]


def test_a_client_does_not_find_the_board_of_another(at: As, clock: FixedClock) -> None:
    assert open_glance(at("bo", "ana"), clock) is None
    with pytest.raises(StoreError, match="You may not make"):
        open_database(at("bo", "ana"), clock)
    with pytest.raises(StoreError, match="You may not make"):
        open_database(at("new", "ana"), clock)
    with pytest.raises(StoreError, match="no board"):
        open_database(at("bo", "ana"), clock, create=False)


def test_no_sql_of_a_client_reaches_the_board_of_another(at: As) -> None:
    with psycopg.connect(at("ana", "ana").conninfo, autocommit=True) as line:
        boards = line.execute("SELECT name FROM rounds.board").fetchall()
        assert boards == [("ana",)]
        tables = line.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_schema IN ('rounds', 'rounds_board')"
        ).fetchall()
        assert len(tables) > 40
        for number in range(1, 10):
            line.execute("SELECT set_config('rounds.board', %s, false)", (str(number),))
            texts = [
                str(row)
                for schema, table in tables
                for row in line.execute(f'SELECT * FROM {schema}."{table}"').fetchall()
            ]
            assert any("ana Ltd" in text for text in texts)
            assert not [text for text in texts if "bo Ltd" in text or "secret of bo" in text]
            gone = line.execute("DELETE FROM rounds.note WHERE text LIKE '%bo%'")
            assert gone.rowcount == 0
            changed = line.execute("UPDATE rounds.application SET company = 'x' WHERE board = 2")
            assert changed.rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute(
                "INSERT INTO rounds.note (board, id, application_id, noted_on, text)"
                " VALUES (2, 99, 1, '2026-11-23', 'by ana')"
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute("INSERT INTO rounds.access VALUES (2, 'ana', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute("UPDATE rounds.board SET name = 'mine'")


def test_who_may_only_look_reads_and_is_told_so(at: As, clock: FixedClock) -> None:
    give(at("ana"), "guest", clock, writes=False)
    address = at("ana", "guest")
    glance = open_glance(address, clock)
    assert glance is not None
    with closing(glance):
        assert [card.company for card in glance.cards()] == ["ana Ltd"]
        assert not glance.may_write()
        assert not glance.reader.connection.note("x", "y")
    with (
        closing(open_database(address, clock)) as database,
        pytest.raises(StoreError, match="read-only for you"),
    ):
        Pipeline(database).note(1, "x")


def test_who_writes_to_one_board_and_looks_at_another_cannot_change_that(
    at: As, clock: FixedClock
) -> None:
    give(at("bo"), "ana", clock, writes=False)
    with closing(open_database(at("bo", "ana"), clock)) as database:
        with pytest.raises(StoreError, match="read-only for you"):
            Pipeline(database).note(1, "x")
        with closing(database.glance()) as glance:
            assert not glance.may_write()
    assert take_away(at("bo"), "ana", clock)
    assert not take_away(at("bo"), "ana", clock)
    assert open_glance(at("bo", "ana"), clock) is None


def test_a_role_that_says_it_only_reads_may_not_write(
    at: As, server: Server, practice: str, clock: FixedClock
) -> None:
    with server.connect(practice) as line:
        line.execute("ALTER ROLE bo SET default_transaction_read_only = on")
        try:
            with closing(open_database(at("bo", "bo"), clock)) as database:
                with pytest.raises(StoreError, match="read-only for you"):
                    Pipeline(database).note(1, "x")
                with closing(database.glance()) as glance:
                    assert not glance.may_write()
        finally:
            line.execute("ALTER ROLE bo RESET default_transaction_read_only")


def test_a_role_that_there_is_not_is_named(at: As, clock: FixedClock) -> None:
    with pytest.raises(Refused, match="createuser zoe"):
        give(at("ana"), "zoe", clock, writes=True)


def test_a_coach_sees_who_is_late_and_who_has_gone_quiet(at: As, clock: FixedClock) -> None:
    began = clock.moment
    everybody = {one.name: one for one in read_boards(at("ana"), clock)}
    assert {"ana", "bo"} <= set(everybody)
    assert everybody["ana"].late == 0
    clock.moment = began.replace(month=12, day=18)
    later = read_boards(at("board"), clock)
    assert [one.quiet for one in later if one.name == "ana"] == [25]
    assert all(one.late for one in later[:2])
    clock.moment = began
    assert [one.name for one in read_boards(at("ana", "ana"), clock)] == ["ana"]
