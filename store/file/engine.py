"""SQLAlchemy on the board's file: every transaction begins as a writer's.

A file of its own: what only reads never loads SQLAlchemy.
"""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from store.file.connection import FileConnection
from store.file.opening import begin_writing, connect


def engine_for(
    path: Path,
    *,
    foreign_keys: bool = True,
    keep: bool = True,
    wanted: Callable[[], bool] = lambda: True,
    first: FileConnection | None = None,
) -> Engine:
    """An engine for the file at `path`; its errors never show the values that were bound.

    With `keep`, one connection stays open between transactions. While it does, the file keeps its
    number even when it is deleted, so that another file in its place is always told apart. While
    another program writes, a transaction waits as long as it is `wanted`. `first` is an open
    connection that it takes over.
    """
    there = [first] if first is not None else []
    engine = create_engine(
        "sqlite://",
        creator=lambda: there.pop() if there else connect(path, foreign_keys=foreign_keys),
        poolclass=QueuePool if keep else NullPool,
        hide_parameters=True,
        **({"pool_size": 1} if keep else {}),
    )

    def begin(connection: Connection) -> None:
        begin_writing(raw(connection), wanted)

    event.listen(engine, "begin", begin)
    return engine


def first_connection(path: Path) -> FileConnection:
    """A connection such as `engine_for` makes, for it to take over once the file was looked at."""
    return connect(path)


def raw(connection: Connection) -> FileConnection:
    """The sqlite3 connection under `connection`."""
    return cast(FileConnection, connection.connection.driver_connection)
