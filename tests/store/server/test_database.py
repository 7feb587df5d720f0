"""A board on a server: made when it is wanted, changed by one at a time, numbered like a file."""

import gc
import threading
import time
from collections.abc import Callable
from contextlib import closing
from weakref import ref

import psycopg
import pytest
from sqlmodel import select

from store.clock import FixedClock
from store.errors import Conflict, NotFound, StoreError
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.rules.text import Refused
from store.server import connection as connections
from store.server.address import Address, address_of
from store.server.database import Line, ServerDatabase, open_database
from store.tables import Note
from tests.makers import application
from tests.server import Server
from tests.stillness import PATIENCE


def test_a_board_is_made_only_where_one_is_wanted(address: Address, clock: FixedClock) -> None:
    with pytest.raises(StoreError, match="There is no board"):
        open_database(address, clock, create=False)
    assert open_glance(address, clock) is None
    open_database(address, clock).close()
    with closing(open_database(address, clock, create=False)) as database:
        assert database.is_untouched()


def test_each_board_counts_from_one_and_sees_nothing_of_others(
    new_address: Callable[[], Address], clock: FixedClock
) -> None:
    for company in ("Globex", "Initech"):
        address = new_address()
        with closing(open_database(address, clock)) as database:
            assert Pipeline(database).add(company, "Engineer").application_id == 1
        glance = open_glance(address, clock)
        assert glance is not None
        with closing(glance):
            assert [card.company for card in glance.cards()] == [company]


def test_no_number_is_given_twice_and_none_is_lost_to_what_was_refused(use: Pipeline) -> None:
    use.add("Globex", "Engineer")
    use.add("Initech", "Engineer")
    use.delete(2)
    with pytest.raises(Refused):
        use.add("", "Engineer")
    assert use.add("Hooli", "Engineer").application_id == 3


def test_a_number_that_no_row_can_have_is_not_found(use: Pipeline) -> None:
    for number in (2**31, 2**62, 2**63 - 1):
        with pytest.raises(NotFound):
            use.note(number, "x")


def test_what_fails_in_a_transaction_leaves_nothing(board: ServerDatabase) -> None:
    with pytest.raises(StoreError, match="does not fit"), board.writing() as session:
        session.add(Note(application_id=99, noted_on=board.clock.now().date(), text="x"))
    assert not board.changed
    with board.writing() as session:
        assert session.exec(select(Note)).all() == []
    assert not board.changed


def test_another_window_is_heard_of(
    use: Pipeline, board: ServerDatabase, clock: FixedClock
) -> None:
    with closing(board.glance()) as glance:
        before = glance.data_version()
        assert glance.data_version() == before
        with closing(open_database(board.address, clock)) as other:
            Pipeline(other).add("Globex", "Engineer")
        for _ in range(100 * PATIENCE):
            if (after := glance.data_version()) != before:
                break
            time.sleep(0.01)  # the server tells it in its own time
        assert after != before
        assert glance.data_version() == after


def test_a_reader_that_nobody_holds_any_more_lets_go_of_its_line(board: ServerDatabase) -> None:
    gc.disable()
    try:
        glance = board.glance()
        glance.cards()
        line = ref(glance.reader.connection._line)  # type: ignore[attr-defined]
        del glance
        assert line() is None
    finally:
        gc.enable()


def test_what_another_window_did_is_not_undone_unseen(
    use: Pipeline, board: ServerDatabase, clock: FixedClock
) -> None:
    seen = use.add("Globex", "Engineer").change_id
    with closing(open_database(board.address, clock)) as other:
        Pipeline(other).note(1, "mine")
    with pytest.raises(Conflict):
        use.undo(seen=seen)


def test_who_waits_too_long_is_told_and_nothing_is_changed(
    use: Pipeline, board: ServerDatabase, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 1)
    with (
        closing(open_database(board.address, clock)) as other,
        other.writing(),
        pytest.raises(StoreError, match="Another program is writing"),
    ):
        use.add("Globex", "Engineer")


def test_who_gives_up_does_not_wait(
    use: Pipeline, board: ServerDatabase, clock: FixedClock
) -> None:
    told: list[StoreError] = []

    def add() -> None:
        try:
            use.add("Globex", "Engineer")
        except StoreError as error:
            told.append(error)

    with closing(open_database(board.address, clock)) as other, other.writing():
        waiting = threading.Thread(target=add)
        waiting.start()
        while board._waiting is None and waiting.is_alive():
            pass
        board.give_up()
        waiting.join(PATIENCE)
    assert told


def test_who_gives_up_before_the_server_has_begun_is_heard_as_well(
    use: Pipeline, board: ServerDatabase, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, asked = psycopg.Connection.cancel_safe, list[float]()

    def not_heard_at_first(line: Line, *, timeout: float) -> None:
        asked.append(timeout)
        if len(asked) > 1:
            end(line, timeout=timeout)

    monkeypatch.setattr(psycopg.Connection, "cancel_safe", not_heard_at_first)
    monkeypatch.setattr(connections, "BUSY_SECONDS", 2 * PATIENCE)
    test_who_gives_up_does_not_wait(use, board, clock)
    assert len(asked) > 1


def test_a_glance_into_a_change_sees_its_rows(board: ServerDatabase) -> None:
    with board.writing() as session:
        session.add(application())
        assert [card.company for card in board.glance(session).cards()] == ["Globex"]


def test_what_libpq_is_told_besides_is_honoured(
    server: Server, database_name: str, address: Address, clock: FixedClock,
    tmp_path: object, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    services = server.folder / "services.conf"
    services.write_text(f"[jobs]\nhost={server.folder}\ndbname={database_name}\nuser=rounds\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    monkeypatch.setenv("PGSERVICE", "jobs")
    by_service = address_of(f"postgresql://?board={address.board}", "--db")
    with closing(open_database(by_service, clock)) as database:
        Pipeline(database).add("Globex", "Engineer")
    glance = open_glance(address, clock)
    assert glance is not None
    with closing(glance):
        assert len(glance.cards()) == 1


def test_who_is_not_let_in_is_told_without_the_password(
    server: Server, database_name: str, clock: FixedClock
) -> None:
    where = server.address(database_name, user="nobody:hunter2")
    with pytest.raises(StoreError, match="lets no one in") as told:
        open_database(address_of(where, "--db"), clock)
    assert "hunter2" not in str(told.value)
    assert told.value.__cause__ is None
    with pytest.raises(StoreError, match="lets no one in"):
        open_database(address_of(server.address("no_such_database"), "--db"), clock)
