"""The tables in a database: made where there are none, and brought up to the newest form.

Each is one transaction, which only one program at a time can be in.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from store.file.location import HEAD, REVISIONS
from store.server.address import Address
from store.server.failures import NO_BOARD, NOT_YOURS, sentence_of, server_error
from store.server.reading import ServerStanding, check_form, standing

if TYPE_CHECKING:
    from psycopg import Connection

_SQL = Path(__file__).parent
_ONE_AT_A_TIME = 0x726E6473
"""The number of the lock under which tables are made: "rnds" in ASCII."""


def settle(
    connection: "Connection[Any]", address: Address, moment: datetime, *, create: bool
) -> int:
    """See to it that the database has the newest form and the board is there; gives its id.

    Raises StoreError, having changed nothing: for a database of a newer version, for one that is
    older and belongs to another role, and for a board that is not there, unless `create`.
    """
    found = ServerStanding(None, None)
    try:
        found = standing(connection, address.board)
        if found.board is not None and found.revision == HEAD:
            return found.board
        if found.revision is None and not create:
            raise server_error(NO_BOARD, address)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_AT_A_TIME,))
            return _settle(connection, address, moment, create=create)
    except psycopg.errors.InsufficientPrivilege:
        if found.revision not in (None, HEAD):
            check_form(found.revision, address)
        raise server_error(NOT_YOURS, address) from None
    except psycopg.Error as error:
        raise sentence_of(error, address) from None


def _settle(
    connection: "Connection[Any]", address: Address, moment: datetime, *, create: bool
) -> int:
    found = standing(connection, address.board)  # another program may have been first
    if found.revision is None:
        for name in ("base", "tables", "views", "rights"):
            run(connection, name)
        connection.execute("INSERT INTO rounds.form VALUES (%s)", (HEAD,))
    elif found.revision in REVISIONS:
        upgrade(connection, found.revision)
    else:
        check_form(found.revision, address)
    if found.board is not None:
        return found.board
    if not create:
        raise server_error(NO_BOARD, address)
    made = connection.execute(
        "INSERT INTO rounds.board (name, made_at) VALUES (%s, %s) RETURNING id",
        (address.board, moment),
    ).fetchone()
    assert made is not None
    number: int = made[0]
    return number


def upgrade(connection: "Connection[Any]", revision: str) -> None:
    """Bring the tables from the form `revision` to the newest, one step after the other.

    The views are made anew after that, since they name the columns of the tables.
    """
    steps = REVISIONS[REVISIONS.index(revision) + 1 :]
    if not steps:
        return
    connection.execute("DROP SCHEMA rounds_board CASCADE; CREATE SCHEMA rounds_board")
    for step in steps:
        run(connection, f"upgrades/{step}")
    for name in ("views", "rights"):
        run(connection, name)
    _grant_again(connection)
    connection.execute("UPDATE rounds.form SET revision = %s", (HEAD,))


def run(connection: "Connection[Any]", name: str) -> None:
    """Run one of the texts of SQL that lie beside this module."""
    connection.execute((_SQL / f"{name}.sql").read_bytes())


def _grant_again(connection: "Connection[Any]") -> None:
    """Tables and views that are new are for those who have a board, too."""
    roles = connection.execute("SELECT role, bool_or(writes) FROM rounds.access GROUP BY role")
    for role, writes in roles.fetchall():
        grant(connection, role, writes=writes)


def grant(connection: "Connection[Any]", role: str, *, writes: bool) -> None:
    """Let `role` at the tables; which rows it sees there, the rights of each board say."""
    from psycopg import sql

    grantee = sql.Identifier(role)
    what = "SELECT, INSERT, UPDATE, DELETE" if writes else "SELECT"
    steps = [
        "GRANT USAGE ON SCHEMA rounds, rounds_board TO {grantee}",
        f"GRANT {what} ON ALL TABLES IN SCHEMA rounds, rounds_board TO {{grantee}}",
        "REVOKE INSERT, UPDATE, DELETE ON rounds.board, rounds.access, rounds.form FROM {grantee}",
    ]
    if writes:
        steps.append("GRANT UPDATE (changed_at) ON rounds.board TO {grantee}")
    for step in steps:
        connection.execute(sql.SQL(step).format(grantee=grantee))
