"""Safety copies of the board: whole, checked, for the owner's eyes only."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC
from pathlib import Path
from tempfile import mkstemp

from store import errors
from store.clock import Clock
from store.errors import StoreError
from store.file.location import backup_dir, linked_file
from store.file.opening import (
    State,
    connect,
    connect_still,
    is_sound,
    make_folder,
    state_of,
    sync_folder,
)

KEPT = 10
"""How many copies of one board stay; the oldest go first."""

_TOO_MANY = "too many copies carry the same time"
_STALE = 3_600.0
"""Seconds after which an unfinished copy belongs to a program that was ended in the middle."""


def safety_copy(path: Path, clock: Clock) -> Path:
    """A checked copy of the board at `path` in its backup folder, named after the present time.

    Copies beyond the newest `KEPT` go. Raises StoreError.
    """
    folder = backup_dir(path)
    for target in _names(folder, path, clock):
        if not target.exists():
            with suppress(FileExistsError):
                copy(path, target)
                _thin_out(path, target)
                return target
    raise _failure(folder, _TOO_MANY)


def copy_in(folder: Path, path: Path, clock: Clock) -> Path:
    """The name, in the user's own `folder`, of a copy of the board at `path` made now.

    No file has it yet. Raises StoreError.
    """
    for target in _names(folder, path, clock):
        if not target.exists():
            return target
    raise _failure(folder, _TOO_MANY)


def _names(folder: Path, path: Path, clock: Clock) -> Iterator[Path]:
    """The names of copies in `folder` that carry the present time."""
    path = Path(linked_file(str(path)))
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    for turn in range(1, 10_000):
        again = f"-{turn}" if turn > 1 else ""
        yield folder / f"{path.stem}-{stamp}{again}{path.suffix}"


def copies(path: Path) -> list[Path]:
    """The copies that `safety_copy` made of the board at `path`, oldest first."""
    path = Path(linked_file(str(path)))
    stem, suffix = re.escape(path.stem), re.escape(path.suffix)
    form = re.compile(rf"{stem}-(\d{{8}}-\d{{6}})(?:-(\d+))?{suffix}")
    try:
        names = [file.name for file in backup_dir(path).iterdir()]
    except OSError:
        return []
    found = sorted((m[1], int(m[2] or 1), m[0]) for m in map(form.fullmatch, names) if m)
    return [backup_dir(path) / name for _, _, name in found]


def copy(path: Path, target: Path) -> None:
    """Copies the board at `path` to `target`: either a whole and checked copy, or no file.

    Mode 0600, on the disk when this returns. Raises FileExistsError when `target` exists, and
    StoreError for everything else.
    """
    try:
        make_folder(target.parent)
        descriptor, name = mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _failure(target.parent, os.strerror(error.errno or 0)) from None
    part = Path(name)
    try:
        with os.fdopen(descriptor, "rb+"):
            os.fchmod(descriptor, 0o600)
            _fill(path, part)
            os.fsync(descriptor)
        _put(part, target)
    except FileExistsError:
        raise
    except OSError as error:
        raise _failure(target.parent, os.strerror(error.errno or 0)) from None
    finally:
        part.unlink(missing_ok=True)


def _fill(path: Path, part: Path) -> None:
    """Fills the empty file `part`, in one step under one lock, and checks what got there."""
    with closing(_reading(path)) as source:
        state = state_of(source)
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as target:
                target.execute("PRAGMA journal_mode = OFF")
                source.backup(target)
            with closing(connect_still(part)) as made:
                whole = is_sound(made) and state_of(made) is state
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
                raise errors.board_error(errors.DAMAGED, path) from None
            raise _failure(part.parent, str(error)) from None
    if not whole:
        raise errors.board_error(errors.DAMAGED, path)


def _reading(path: Path) -> sqlite3.Connection:
    """A connection inside a read transaction: the copying itself would wait for ever for one."""
    try:
        connection = connect(path)
        try:
            connection.execute("BEGIN")
            if state_of(connection) is State.NEW:
                raise errors.board_error(errors.MOVED, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise errors.sentence_for(error, path) from None
    return connection


def _put(part: Path, target: Path) -> None:
    """Gives the finished copy its name, without ever replacing a file of that name."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        part.rename(target)
    sync_folder(target.parent)


def _thin_out(path: Path, newest: Path) -> None:
    """Removes old copies, never `newest` (the clock may have been set back), and left-overs."""
    others = [found for found in copies(path) if found != newest]
    for old in others[: max(0, len(others) + 1 - KEPT)]:
        with suppress(OSError):
            old.unlink()
    made = newest.stat().st_mtime
    for part in newest.parent.glob(f".{path.stem}-*.part"):
        with suppress(OSError):
            if made - part.stat().st_mtime > _STALE:
                part.unlink()


def _failure(folder: Path, why: str) -> StoreError:
    return StoreError(
        f"No safety copy of the board could be made in {errors.name(folder)}: {why}. "
        "The board was not changed. Make room or allow writing there, and try again."
    )
