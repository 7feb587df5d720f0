"""A board on a server as something to write to: one change at a time, failures as sentences.

Every change first locks the row of its board (`SELECT … FOR NO KEY UPDATE`), in the place of
SQLite's BEGIN IMMEDIATE, and then reads at READ COMMITTED, so that it sees all that was stored
before. Not SERIALIZABLE: what a use case does cannot be begun again from here when the server turns
it away, and two people on one board would be turned away all the time. Not an advisory lock: anyone
who may connect can take that, on any number; a row is locked only by who may write to its board,
and the lock goes with the transaction also behind a pool. Different boards hold nobody up.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, cast

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects.postgresql import BIGINT
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.types import Integer
from sqlmodel import Session

from store import errors
from store.clock import Clock
from store.database import Database
from store.errors import StoreError
from store.server.address import Address
from store.server.connection import begin, connect
from store.server.failures import LOCKED, READ_ONLY, UNREACHABLE, sentence_of, server_error
from store.server.forms import settle
from store.server.line import SilentError
from store.server.reading import ServerConnection, open_reading

if TYPE_CHECKING:
    from store.read.glance import Glance

Line = psycopg.Connection[tuple[Any, ...]]
_CHANGING = ("INSERT", "UPDATE", "DELETE")
_HEEDED_SECONDS = 1.0
"""For so long the server is told at most that nobody waits any more (product)."""


def open_database(address: Address, clock: Clock, *, create: bool = True) -> "ServerDatabase":
    """The board at `address`, in the newest form.

    Makes the tables and the board when there are none and `create` is set. Raises StoreError,
    having changed nothing.
    """
    with closing(connect(address)) as line:
        board = settle(line, address, clock.now(), create=create)
    return ServerDatabase(address, clock, board)


class ServerDatabase(Database):
    """An open board on a server; `open_database` makes one."""

    def __init__(self, address: Address, clock: Clock, board: int) -> None:
        super().__init__(address, clock)
        self.address = address
        self.board = board
        self._given_up = False
        self._waiting: Line | None = None
        self._written = 0
        self._durable = True
        self._engine = self._make_engine()

    def _make_engine(self) -> Engine:
        # Asked before each change whether it still is there: the server may have been restarted.
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: connect(self.address),
            pool_size=1,
            pool_pre_ping=True,
            hide_parameters=True,
            use_native_hstore=False,
        )
        colspecs = {**engine.dialect.colspecs, Integer: _Wide}
        engine.dialect.colspecs = colspecs
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "after_cursor_execute", self._count)
        event.listen(engine, "handle_error", self._tell_silence)
        return engine

    def _tell_silence(self, failure: ExceptionContext) -> None:
        """Before a change nobody answered, nor on a new line: so none is asked for."""
        if failure.is_pre_ping and isinstance(failure.original_exception, SilentError):
            raise server_error(UNREACHABLE, self.address)

    def _begin(self, connection: Connection) -> None:
        line = raw(connection)
        if self._given_up:
            raise server_error(LOCKED, self.address)
        self._waiting = line
        try:
            cursor = line.execute(begin(self.board, writes=True).encode())
            while cursor.nextset():
                pass
            may_write = cursor.fetchone() is not None
        except psycopg.Error as error:
            _roll_back(line)
            raise sentence_of(error, self.address) from None
        finally:
            self._waiting = None
        if not may_write:
            _roll_back(line)
            raise server_error(READ_ONLY, self.address)
        if not self._durable:
            line.execute("SET LOCAL synchronous_commit TO off")

    def _count(self, _: object, cursor: Any, statement: str, *__: object) -> None:
        if statement.lstrip()[:6].upper() in _CHANGING:
            self._written += cursor.rowcount != 0  # -1: many at once

    @contextmanager
    def writing(self) -> Iterator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.connection()
                self._written = 0
                yield session
                session.flush()
                changed = self._written > 0
                if changed:
                    raw(session.connection()).execute(
                        "SELECT rounds.store_change(%s)", (self.clock.now(),)
                    )
            self.changed |= changed
        except (SQLAlchemyError, psycopg.Error, OverflowError, UnicodeError) as error:
            raise self.translate(error) from None

    def glance(self, session: Session | None = None) -> "Glance":
        from store.read.glance import Glance

        if session is not None:
            try:
                session.flush()
                line = raw(session.connection())
            except (SQLAlchemyError, OverflowError, UnicodeError) as error:
                raise self.translate(error) from None
            return Glance(ServerConnection(self.address, line, self.board), self.clock)
        reading = open_reading(self.address)
        if reading is None:
            raise self.translate(psycopg.OperationalError())
        return Glance(reading, self.clock)

    def numbers(self, session: Session, table: str, many: int) -> range:
        session.flush()
        values = {"name": table, "many": many}
        first = session.execute(text("SELECT rounds.take_numbers(:name, :many)"), values).scalar()
        assert isinstance(first, int)
        return range(first, first + many)

    def count_on(self, session: Session, numbers: Mapping[str, int]) -> None:
        session.flush()
        for name, number in numbers.items():
            values = {"name": name, "number": number}
            session.execute(text("SELECT rounds.count_on(:name, :number)"), values)

    def defer_references(self, session: Session) -> None:
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))

    def without_waiting(self) -> None:
        self._durable = False

    def backup(self, to: Path | None = None) -> Path:  # noqa: ARG002 (there is none)
        raise StoreError(
            f"The board {errors.name(self.address)} is kept by its server, which makes the "
            "backups of it. Nothing was changed. For a copy of your own, use “rounds copy --to "
            "FILE”."
        )

    def save_before(self) -> str:
        return ""  # the server has its backups; all can be undone

    def translate(self, error: Exception) -> StoreError:
        if isinstance(error, StoreError):
            return error
        inner = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(inner, psycopg.Error):
            return sentence_of(inner, self.address)
        return errors.sentence_for(error, self.address)

    def give_up(self) -> None:
        self._given_up = True
        # A server that has not yet begun with what is to be ended does not heed it: told again.
        until = monotonic() + _HEEDED_SECONDS
        while (waiting := self._waiting) is not None and monotonic() < until:
            with suppress(psycopg.Error):
                waiting.cancel_safe(timeout=_HEEDED_SECONDS)
            sleep(0.01)

    def close(self) -> None:
        self._engine.dispose()


class _Wide(BIGINT):
    """Whole numbers are as wide as SQLite's: one that no row can have is not found."""

    render_bind_cast = True


def raw(connection: Connection) -> Line:
    """The connection of psycopg under `connection`."""
    return cast(Line, connection.connection.driver_connection)


def _roll_back(line: Line) -> None:
    with suppress(psycopg.Error):
        line.rollback()
