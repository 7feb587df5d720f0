"""Several boards in one database: which there are, how each stands, and whose they are."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from store.clock import Clock
from store.read.counts import BoardStanding, read_standing
from store.read.glance import Glance
from store.rules.text import Refused, quoted
from store.server.address import Address
from store.server.connection import connect
from store.server.failures import sentence_of
from store.server.forms import grant, settle
from store.server.reading import ServerConnection, check_form, standing

_BOARDS = 'SELECT id, name FROM rounds.board ORDER BY name COLLATE "C"'


def read_boards(address: Address, clock: Clock) -> tuple[BoardStanding, ...]:
    """The boards in a database that this role may see: first those where something is late, the
    most first, then those that have gone quiet, the longest first, then the others by name.

    Raises StoreError.
    """
    with _connect(address) as line:
        found = standing(line, address.board)
        check_form(found.revision, address)
        if found.revision is None:
            return ()
        stand = [
            read_standing(Glance(ServerConnection(address.of(name), line, board), clock), name)
            for board, name in line.execute(_BOARDS).fetchall()
        ]
    return tuple(sorted(stand, key=lambda one: (-one.late, -(one.quiet or 0), one.name)))


def give(address: Address, role: str, clock: Clock, *, writes: bool) -> None:
    """Let `role` at the board at `address`, made where there is none, and at no other one.

    Raises Refused for a role that there is not, and StoreError.
    """
    with _connect(address) as line:
        board = settle(line, address, clock.now(), create=True)
        _need(line, role)
        with line.transaction():
            line.execute(
                "INSERT INTO rounds.access VALUES (%s, %s, %s)"
                " ON CONFLICT (board, role) DO UPDATE SET writes = excluded.writes",
                (board, role, writes),
            )
            grant(line, role, writes=_writes_anywhere(line, role))


def take_away(address: Address, role: str, clock: Clock) -> bool:
    """Keep `role` from the board at `address`; whether it had been let at it.

    Raises Refused for a role that there is not, and StoreError.
    """
    with _connect(address) as line:
        board = settle(line, address, clock.now(), create=False)
        _need(line, role)
        gone = line.execute(
            "DELETE FROM rounds.access WHERE board = %s AND role = %s", (board, role)
        )
        return gone.rowcount > 0


def remove(address: Address, clock: Clock) -> None:
    """Take the board at `address` out of its database, with all on it. Raises StoreError."""
    with _connect(address) as line:
        board = settle(line, address, clock.now(), create=False)
        line.execute("DELETE FROM rounds.board WHERE id = %s", (board,))


def _writes_anywhere(line: "psycopg.Connection[Any]", role: str) -> bool:
    """Rights at tables are for all boards; which rows may be changed says each board."""
    found = line.execute("SELECT bool_or(writes) FROM rounds.access WHERE role = %s", (role,))
    return bool((found.fetchone() or (False,))[0])


def _need(line: "psycopg.Connection[Any]", role: str) -> None:
    if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        raise Refused(
            f"The server knows no role {quoted(role)}. Nothing was changed. Have it made there "
            f"first: “createuser {role}”."
        )


@contextmanager
def _connect(address: Address) -> "Iterator[psycopg.Connection[Any]]":
    with closing(connect(address)) as line:
        try:
            yield line
        except psycopg.Error as error:
            raise sentence_of(error, address) from None
