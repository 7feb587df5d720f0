"""Connections to a server: how one is made, and how each transaction begins.

A transaction says for itself which board it is about and how days and instants are told, so that
nothing depends on what an earlier one left: a pool in between (PgBouncer) may give each its own
connection.
"""

import os
from typing import TYPE_CHECKING, Any

from store.server.address import Address
from store.server.failures import NO_DRIVER, OLD_SERVER, sentence_of_connecting, server_error

if TYPE_CHECKING:
    from store.server.line import ServerLine

_SILENT_MS = 4_000
"""After which a network that answers nothing counts as gone, in milliseconds (product)."""
BUSY_SECONDS = 15
"""How long a change waits for another one before it gives up, as with a file."""
OLDEST = 150_000
"""The first version that can: views that ask for the rights of who looks, and keys of two columns
of which one is emptied."""

_TOLD = (
    "SET LOCAL search_path TO rounds_board, rounds; SET LOCAL TimeZone TO 'UTC'; "
    "SET LOCAL DateStyle TO 'ISO, YMD'"
)


def connect(address: Address) -> "ServerLine":
    """A connection on which only BEGIN and COMMIT do so. Raises StoreError, within seconds.

    Password, service, hosts and all else come from the address, or from what libpq asks besides:
    PGPASSFILE, PGSERVICE, PGHOST and their like.
    """
    try:
        import psycopg
    except ImportError:
        raise server_error(NO_DRIVER, address) from None
    from store.server.line import draw_line

    kept: dict[str, Any] = {
        "application_name": "rounds",
        "client_encoding": "utf8",
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": _SILENT_MS,
        # Prepared statements would stay with a connection that a pool gives to somebody else.
        "prepare_threshold": None,
    }
    patient = "connect_timeout" in address.conninfo or bool(os.environ.get("PGCONNECT_TIMEOUT"))
    try:
        made = draw_line(address.conninfo, kept, patient=patient)
    except (psycopg.Error, OSError, ValueError) as error:
        # From None: what libpq says may repeat the address.
        if isinstance(error, psycopg.Error):
            raise sentence_of_connecting(error, address) from None
        raise sentence_of_connecting(psycopg.OperationalError(), address) from None
    if made.info.server_version < OLDEST:
        made.close()
        raise server_error(OLD_SERVER, address)
    return made


def begin(board: int, *, writes: bool, waits: bool = True) -> str:
    """The SQL with which a transaction about `board` begins.

    A reader sees one moment of the board until it ends, and holds nobody up. A writer first takes
    the row of its board, for which it waits unless told otherwise: see `store.server.database`.
    """
    if not writes:
        return (
            f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_TOLD}; "
            f"SET LOCAL rounds.board TO '{board:d}'"
        )
    return (
        f"BEGIN ISOLATION LEVEL READ COMMITTED; {_TOLD}; "
        f"SET LOCAL rounds.board TO '{board:d}'; SET LOCAL lock_timeout TO '{BUSY_SECONDS}s'; "
        f"SELECT id FROM rounds.board WHERE id = {board:d} FOR NO KEY UPDATE"
        f"{'' if waits else ' NOWAIT'}"
    )
