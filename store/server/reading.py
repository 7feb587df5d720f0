"""A board on a server as it is read: the SQL of `store.read`, asked there.

Days and instants come as the texts that SQLite stores, so that all that is made of rows is the same
for both engines. Loads `psycopg`, and neither SQLAlchemy nor SQLModel.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple
from weakref import ref

import psycopg
from psycopg import ClientCursor
from psycopg.adapt import AdaptersMap, Loader
from psycopg.pq import TransactionStatus
from psycopg.types.string import TextLoader

from store.errors import NeedsMigration, StoreError
from store.file.location import HEAD, REVISIONS
from store.server.address import Address
from store.server.connection import begin, connect
from store.server.failures import (
    FOREIGN,
    NEWER,
    NO_BOARD,
    OLDER,
    UNREACHABLE,
    sentence_of,
    server_error,
)
from store.server.line import SilentError

_LOOK_SECONDS = 10.0
"""How often the newest change is asked for though nothing was heard: a pool in between may swallow
what the server tells, and a line that is dead says nothing (product)."""

_NAME = re.compile(r"(?<![:\w]):([a-z_]+)\b")


class _Instant(Loader):
    """An instant as SQLite stores it: `YYYY-MM-DD HH:MM:SS.ffffff`, in UTC."""

    def load(self, data: Any) -> str:
        whole, _, fraction = bytes(data).decode().partition("+")[0].partition(".")
        return f"{whole}.{fraction:0<6}"


_TEXTS = AdaptersMap(psycopg.adapters)
_TEXTS.register_loader("date", TextLoader)
_TEXTS.register_loader("timestamptz", _Instant)


class _TextCursor(ClientCursor[tuple[Any, ...]]):
    """Sends values as they are written, so that the server sees them in their place, and gets
    days and instants as texts."""

    @property
    def adapters(self) -> AdaptersMap:
        return _TEXTS


class ServerStanding(NamedTuple):
    """What is known of a database and of one board in it."""

    revision: str | None
    """None where nothing of ours is there."""
    board: int | None
    """None where there is no such board, or not for this role."""


def standing(connection: "psycopg.Connection[Any]", board: str) -> ServerStanding:
    """What the database holds. Raises psycopg.Error."""
    there = connection.execute("SELECT to_regclass('rounds.form') IS NOT NULL").fetchone()
    if not there or not there[0]:
        return ServerStanding(None, None)
    form = connection.execute("SELECT revision FROM rounds.form").fetchone()
    found = connection.execute("SELECT id FROM rounds.board WHERE name = %s", (board,)).fetchone()
    return ServerStanding(form[0] if form else "", found[0] if found else None)


def check_form(revision: str | None, address: Address) -> None:
    """StoreError for a database that another version made; NeedsMigration for an older one."""
    if revision == HEAD or revision is None:
        return
    if revision in REVISIONS:
        raise NeedsMigration(str(server_error(OLDER, address)))
    raise server_error(NEWER if revision else FOREIGN, address)


def open_reading(address: Address) -> "ServerConnection | None":
    """The board at `address` for reading; None where there is none for this role.

    Raises NeedsMigration for an older one, and StoreError.
    """
    connection = ServerConnection(address)
    try:
        return connection if connection.open() else None
    except BaseException:
        connection.close()
        raise


class ServerConnection:
    """What reading asks of a board on a server: see `store.read.rows.Connection`.

    A snapshot begins with its first question, in the same message. Where the server was started
    anew meanwhile, it is connected to anew.
    """

    by_table = ""

    def __init__(
        self,
        address: Address,
        connection: "psycopg.Connection[Any] | None" = None,
        board: int = 0,
    ) -> None:
        self._address = address
        self._line = connection
        self._own = connection is None
        """Whether the connection is this one's, and not that of a change under way."""
        self._board = board
        self._asked = False
        """Whether a snapshot was begun of which the server does not know yet."""
        self._heard = 0
        self._newest: tuple[float, int | None] = 0.0, None

    def open(self) -> bool:
        """Connect; whether there is such a board for this role."""
        line = self._line = connect(self._address)
        try:
            found = standing(line, self._address.board)
            check_form(found.revision, self._address)
            if found.board is None:
                return False
            self._board = found.board
        except psycopg.Error as error:
            raise sentence_of(error, self._address) from None
        mine = ref(self)  # so that a reader that nobody holds any more lets go of its line at once

        def hear(told: object) -> None:
            if (reader := mine()) is not None:
                reader._hear(told)

        line.add_notify_handler(hear)
        with suppress(psycopg.Error):  # a server that only follows another one tells nothing
            line.execute(f"LISTEN rounds_{self._board:d}")
        return True

    def _hear(self, _: object) -> None:
        self._heard += 1

    @property
    def in_transaction(self) -> bool:
        """Whether what is read belongs together until the transaction ends."""
        return self._asked or self._begun

    @property
    def _begun(self) -> bool:
        line = self._line
        return line is not None and line.info.transaction_status not in (
            TransactionStatus.IDLE,
            TransactionStatus.UNKNOWN,
        )

    def execute(self, sql: str, values: Any = (), /) -> "_TextCursor | _Nothing":
        """The rows of a query; "BEGIN" and "ROLLBACK" begin and end a snapshot."""
        if sql == "BEGIN":
            self._asked = True
            return _Nothing()
        if sql == "ROLLBACK":
            self._end()
            return _Nothing()
        try:
            return self._ask(sql, values)
        except SilentError:
            raise server_error(UNREACHABLE, self._address) from None
        except psycopg.Error as error:
            raise sentence_of(error, self._address) from None

    def _ask(self, sql: str, values: Mapping[str, object]) -> _TextCursor:
        asked = _translate(sql, bool(values))
        if not self._asked:
            return self._send(asked, values)
        first = f"{begin(self._board, writes=False)}; {asked}"
        try:
            found = self._send(first, values)
        except psycopg.OperationalError as error:
            if not self._own or not self._is_lost(error):
                raise
            self._connect_anew()
            found = self._send(first, values)
        self._asked = False
        while found.nextset():
            pass
        return found

    def _send(self, sql: str, values: Mapping[str, object]) -> _TextCursor:
        if self._line is None or self._line.closed:
            self._connect_anew()
        assert self._line is not None
        cursor = _TextCursor(self._line)
        cursor.execute(sql, values or None)
        return cursor

    def _is_lost(self, error: psycopg.OperationalError) -> bool:
        """Whether a new line may help: not where a new one was not answered either."""
        if isinstance(error, SilentError):
            return False
        told = (error.sqlstate or "").startswith("57P")
        return told or self._line is None or self._line.closed

    def _connect_anew(self) -> None:
        """The server was started anew, or the network was gone: what was heard until now counts as
        something new."""
        if not self._own:
            return
        self.close()
        if not self.open():
            raise server_error(NO_BOARD, self._address)
        self._heard += 1

    def _end(self) -> None:
        self._asked = False
        if self._begun and self._line is not None:
            with suppress(psycopg.Error):
                self._line.execute("ROLLBACK")

    def place(self) -> str:
        """The address, without a password."""
        return str(self._address)

    def data_version(self) -> int:
        """A number that changes when somebody has written to the board: the server tells."""
        try:
            if self._line is None or self._line.closed:
                self._connect_anew()
            assert self._line is not None
            # What has arrived, without a question and without waiting.
            self._line.pgconn.consume_input()
            while told := self._line.pgconn.notifies():
                self._hear(told)
            return self._heard + self._look()
        except psycopg.OperationalError:
            self._connect_anew()
            return self._heard + self._look()
        except psycopg.Error as error:
            raise sentence_of(error, self._address) from None

    def _look(self) -> int:
        """The newest change, asked for now and then."""
        looked_at, newest = self._newest
        if newest is None or monotonic() - looked_at > _LOOK_SECONDS:
            ((newest,),) = self.execute("SELECT coalesce(max(id), 0) FROM change").fetchall()
            self._newest = monotonic(), newest
        return newest or 0

    def columns(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The tables that there are, with name and kind of their columns, as SQLite calls them."""
        rows = self.execute(_COLUMNS).fetchall()
        found: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in rows:
            found.setdefault(table, []).append((column, _KINDS.get(kind, kind)))
        return found

    def numbers(self) -> Mapping[str, int]:
        """By table the highest number that a row ever had."""
        counted = [
            name for name, columns in self.columns().items()
            if name != "setting" and ("id", "bigint") in columns
        ]  # fmt: skip
        asked = " UNION ALL ".join(f"SELECT '{n}', rounds.highest('{n}')" for n in counted)
        return {name: seq for name, seq in self.execute(asked).fetchall() if seq}

    def note(self, name: str, value: str) -> bool:
        """Keep a setting, past the journal and without waiting for anybody; False where that
        cannot be written now. Only to be called outside a transaction."""
        try:
            if self._line is None or self._line.closed:
                return False
            self._send(begin(self._board, writes=True, waits=False), {})
            self._send("DELETE FROM setting WHERE name = %(name)s", {"name": name})
            kept = {"name": name, "value": value}
            self._send("INSERT INTO setting (name, value) VALUES (%(name)s, %(value)s)", kept)
            self._line.execute("COMMIT")
        except (psycopg.Error, StoreError):
            self._end()
            return False
        return True

    def may_write(self) -> bool:
        """Whether the role may change the board. Only to be called inside a snapshot."""
        ((may,),) = self.execute(_MAY_WRITE.format(self._board)).fetchall()
        return bool(may)

    def copy(self) -> "ServerConnection":
        """The board itself, for a moment of its own: who reads holds up nobody here."""
        copy = open_reading(self._address)
        if copy is None:
            raise server_error(NO_BOARD, self._address)
        return copy

    def close(self) -> None:
        """Let go of the server."""
        if self._own and self._line is not None:
            self._line.close()
            self._line = None


class _Nothing:
    """What a statement gives that finds nothing."""

    def fetchall(self) -> list[Any]:
        return []

    def __iter__(self) -> Iterator[Any]:
        return iter(())


_COLUMNS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'rounds_board' AND table_name NOT IN ('board_card', 'open_follow_up')
ORDER BY table_name COLLATE "C", ordinal_position"""
_MAY_WRITE = """
SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'
   AND has_column_privilege('rounds.board', 'changed_at', 'UPDATE')
   AND (pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'rounds.board'::regclass), 'USAGE')
        OR EXISTS (SELECT 1 FROM rounds.access
                   WHERE board = {:d} AND role = current_user AND writes))"""
_KINDS = {"timestamp with time zone": "DATETIME", "boolean": "BOOLEAN"}


@lru_cache(maxsize=512)
def _translate(sql: str, named: bool) -> str:
    """SQL with `:names` as psycopg wants it. Without values nothing is replaced there."""
    return _NAME.sub(r"%(\1)s", sql.replace("%", "%%")) if named else sql
