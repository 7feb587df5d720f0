"""The board's file before anything is read from it: its place, its kind, a connection to it.

Light (`sqlite3` only). A file that is not ours, or that a newer version made, is told apart here
without a byte of it being changed.
"""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from enum import Enum
from time import monotonic, sleep
from typing import TYPE_CHECKING

from store import errors
from store.errors import StoreError
from store.file.connection import FileConnection
from store.file.location import APPLICATION_ID, HEAD, REVISIONS, data_folder

if TYPE_CHECKING:
    from pathlib import Path


BUSY_SECONDS = 15.0
"""How long a connection waits for another program before it gives up.

On a machine with much else to do, one of six programs that wrote without a pause was not let in
for 5 s (measured once in some hundred runs).
"""

READING_SECONDS = 1.0
"""How long a command that only reads waits (product): a prompt that hangs is worse than none."""

_STEP_SECONDS = 0.002
"""Between two attempts to write: a transaction takes about as long."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-~")


class State(Enum):
    """What a file is to this version of the program."""

    NEW = "new"
    """Nothing is in it yet: 0 bytes."""
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"
    DAMAGED = "damaged"


def prepare(path: "Path", *, create: bool) -> None:
    """Sees to it that an ordinary file is at `path`, made with mode 0600 in a folder of 0700.

    Raises StoreError when there is none and `create` is False, when it cannot be made, and when
    something else than a file is there; OSError when the path cannot be followed.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not create:
            raise no_board(path) from None
        _make(path)
        return
    except NotADirectoryError:
        raise _no_folder(path, "a part of the path is a file, not a folder") from None
    if stat.S_ISDIR(mode):
        raise StoreError(
            f"{errors.name(path)} is a folder, not a board. Nothing was changed. "
            "Name a file in it with --db or ROUNDS_DB."
        )
    if not stat.S_ISREG(mode):
        raise StoreError(
            f"{errors.name(path)} is not an ordinary file, so it cannot hold a board. "
            "Nothing was changed. Name another file with --db or ROUNDS_DB."
        )
    _close_to_others(path.parent)


def make_folder(folder: "Path") -> None:
    """Makes `folder` and its missing parents, each 0700 whatever the umask; keeps what exists.

    On the disk when this returns: a folder that a power cut takes away takes along what is in it.
    """
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for made in reversed(missing):
        with suppress(FileExistsError):
            made.mkdir(0o700)
            made.chmod(0o700)
            sync_folder(made.parent)


def sync_folder(folder: "Path") -> None:
    """Writes to the disk which files are in `folder`: after a file in it was given its name.

    On a file system that cannot do that, or has closed the folder to reading, nothing happens, as
    with SQLite.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def connect(
    path: errors.PathName, *, foreign_keys: bool = True, patience: float | None = None
) -> FileConnection:
    """A connection to the existing file at `path` on which only BEGIN and COMMIT do so.

    Rollback journal and synchronous EXTRA: a commit that returned is on the disk. What commits is
    that the journal is removed, and only EXTRA writes the folder after that: with FULL a power cut
    could bring the journal back, and undo the change at the next start. Falls back to reading when
    the file cannot be written. `foreign_keys` is off for migrations alone, which could not switch
    it inside their transaction. `patience` says for how many seconds another program is waited
    for, `BUSY_SECONDS` unless told. Raises sqlite3.Error.
    """
    connection = _connect(path, "mode=rw", patience)
    try:
        switch = "ON" if foreign_keys else "OFF"
        connection.execute(f"PRAGMA foreign_keys = {switch}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


def begin_writing(
    connection: sqlite3.Connection, wanted: Callable[[], bool] = lambda: True
) -> None:
    """Begins a transaction with the right to write: one that reads first could lose an update.

    Waits its turn in short steps. SQLite's own waiting, in steps of up to 0.1 s, misses the gaps
    between the transactions of busy writers. Raises sqlite3.OperationalError when the turn has
    not come after `BUSY_SECONDS`, or once it is not `wanted` any more.
    """
    deadline = monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or monotonic() > deadline:
                    raise
                sleep(_STEP_SECONDS)
                if not wanted():
                    raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1_000:.0f}")


def connect_still(path: errors.PathName) -> FileConnection:
    """A connection for looking at a file that touches neither it nor anything beside it.

    It takes no lock: what it reads may be torn by a writer, except in a file that nobody writes.
    """
    return _connect(path, "mode=ro&immutable=1")


def connect_reading(path: errors.PathName, patience: float) -> FileConnection:
    """A connection that can only read, and waits `patience` seconds for a writer. It takes back no
    change that was left half done: reading fails then. Raises sqlite3.Error."""
    return _connect(path, "mode=ro", patience)


def recognise(path: errors.PathName) -> None:
    """StoreError when the file at `path` is not ours or newer, seen without opening it to write.

    Opening it in the ordinary way could already change it: a file in WAL mode is checkpointed,
    one that was left in the middle of a transaction is rolled back.
    """
    with closing(connect_still(path)) as connection:
        try:
            state = state_of(connection)
        except sqlite3.DatabaseError as error:
            # An unfinished first transaction may look like this; its journal will undo it.
            code = getattr(error, "sqlite_errorcode", None)
            if code == sqlite3.SQLITE_NOTADB:
                from pathlib import Path

                if not journal_of(Path(path)).exists():
                    raise
            return
    if state in (State.FOREIGN, State.NEWER):
        refuse(state, path)


def state_of(connection: sqlite3.Connection) -> State:
    """What the file behind `connection` is, asked outside a write transaction of its own when it
    may be empty. Raises sqlite3.Error when it cannot be read."""
    if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        return State.NEW
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return State.FOREIGN
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    if tables.fetchone()[0] != 1:
        return State.DAMAGED
    revisions = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
    if len(revisions) != 1:
        return State.DAMAGED
    if revisions[0] == HEAD:
        return State.CURRENT
    return State.OLDER if revisions[0] in REVISIONS else State.NEWER


def refuse(state: State, path: errors.PathName) -> None:
    """StoreError for a file that this version cannot work on."""
    match state:
        case State.FOREIGN:
            raise errors.board_error(errors.FOREIGN, path)
        case State.NEWER:
            raise errors.board_error(errors.NEWER, path)
        case State.DAMAGED:
            raise errors.board_error(errors.DAMAGED, path)


def is_sound(connection: sqlite3.Connection, *, indexes: bool = False) -> bool:
    """Whether SQLite finds no damage; reads the whole file (13 ms for 5,000 applications).

    With `indexes` each of their entries is compared with its row, which takes longer.
    """
    check = "integrity_check" if indexes else "quick_check"
    rows: list[tuple[str]] = connection.execute(f"PRAGMA {check}(1)").fetchall()
    return rows == [("ok",)]


def check_beside(path: errors.PathName) -> Callable[[], bool]:
    """Begin to check the board at `path` on a thread of its own; ask what it gives for the answer.

    True: the file is a board of this version, and sound. False may mean anything. On a large board
    this takes as long as an import, and SQLite leaves Python free to do that meanwhile.
    """
    from threading import Thread

    found: list[bool] = []

    def check() -> None:
        with suppress(sqlite3.Error, OSError, ValueError, StoreError):
            recognise(path)
            with closing(connect(path)) as connection:
                found.append(state_of(connection) is State.CURRENT and is_sound(connection))

    thread = Thread(target=check, name="rounds-check", daemon=True)
    thread.start()

    def answer() -> bool:
        thread.join()
        return found == [True]

    return answer


def identity(path: "Path") -> tuple[int, int] | None:
    """Device and number of the file at `path`: another file there has another one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def journal_of(path: "Path") -> "Path":
    """The file in which SQLite keeps what it needs to undo an unfinished transaction."""
    return type(path)(errors.journal_name(path))


def no_board(path: errors.PathName) -> StoreError:
    """There is nothing at `path`, or an empty file."""
    return StoreError(
        f"There is no board at {errors.name(path)} yet. "
        "Make one with “rounds add”, or name another file with --db."
    )


def cannot_open(error: Exception, path: errors.PathName) -> StoreError:
    """The sentence for `error`, met while opening `path`."""
    if isinstance(error, UnicodeDecodeError):  # SQLite quotes the damage in its message
        return errors.board_error(errors.DAMAGED, path)
    if isinstance(error, ValueError):  # a name that no file can have
        return errors.board_error(errors.UNREACHABLE, path)
    unreadable = os.access(path, os.F_OK) and not os.access(path, os.R_OK)
    if isinstance(error, PermissionError) or (unreadable and isinstance(error, sqlite3.Error)):
        return _no_permission(path)
    return errors.sentence_for(error, path)


def _connect(path: errors.PathName, mode: str, patience: float | None = None) -> FileConnection:
    name = "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in os.fsencode(path))
    return sqlite3.connect(
        f"file://{name}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS if patience is None else patience,
        isolation_level=None,
        check_same_thread=False,
        factory=FileConnection,
    )


def _make(path: "Path") -> None:
    try:
        make_folder(path.parent)
    except OSError as error:
        raise _no_folder(path, errors.reason(error)) from None
    try:
        # Closing the file lets go of every lock that this process has on it (POSIX), which is
        # harmless for a file that has just come into being and at no other time.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _close_to_others(folder: "Path") -> None:
    """Takes others' access to our own data folder away; a folder of the user's stays as it is."""
    with suppress(OSError):
        if folder.stat().st_mode & 0o077 and folder == data_folder():
            folder.chmod(0o700)


def _no_folder(path: "Path", why: str) -> StoreError:
    return StoreError(
        f"The folder {errors.name(path.parent)} cannot be made: {why}. Nothing was changed. "
        "Make it yourself, or name another place with --db or ROUNDS_DB."
    )


def _no_permission(path: errors.PathName) -> StoreError:
    return StoreError(
        f"You have no permission for {errors.name(path)}. Nothing was changed. "
        "Ask its owner, or name another file with --db or ROUNDS_DB."
    )
