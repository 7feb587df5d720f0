"""Safety copies of the board: whole, checked, for the owner's eyes only.

One is made on each day with the first change, and one before whatever replaces much at once.
"""

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

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
from store.rules.copies import copies_to_keep

_TOO_MANY = "too many copies carry the same time"
_STAMP = "%Y%m%d-%H%M%S"
"""The form of the time in the name of a copy."""
_STALE = 3_600.0
"""Seconds after which an unfinished copy belongs to a program that was ended in the middle."""


class CopyFailed(StoreError):
    """No copy could be made; the board is as it was. `folder` and `why` say where and why not."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"No safety copy of the board could be made in {errors.name(folder)}: {why}. "
            "The board was not changed. Make room or allow writing there, and try again."
        )
        self.folder = folder
        self.why = why


class DatedCopy(NamedTuple):
    """A copy and when it was made: an instant in UTC, to the second."""

    path: Path
    made: datetime


def safety_copy(path: Path, clock: Clock) -> Path:
    """A checked copy of the board at `path` in its backup folder, named after the present time.

    Then those go that `store.rules.copies` does not keep. Raises StoreError.
    """
    folder = backup_dir(path)
    for target in _names(folder, path, clock):
        if not target.exists():
            with suppress(FileExistsError):
                copy(path, target)
                _thin_out(path, target, clock.zone)
                return target
    raise CopyFailed(folder, _TOO_MANY)


def copy_of_the_day(path: Path, clock: Clock) -> Path | None:
    """A safety copy of the board at `path`, which has been changed; None when there is one of this
    day already, or when another program is just making it.

    Raises StoreError, with a sentence for somebody whose change is stored.
    """
    folder = backup_dir(path)
    try:
        if _is_there(path, clock):
            return None
        make_folder(folder)
        with _alone_in(folder) as alone:
            if not alone or _is_there(path, clock):
                return None
            return safety_copy(path, clock)
    except CopyFailed as failed:
        raise _no_copy_today(failed.folder, failed.why) from None
    except OSError as error:
        raise _no_copy_today(folder, errors.reason(error)) from None


def _is_there(path: Path, clock: Clock) -> bool:
    today = clock.now().astimezone(clock.zone).date()
    return any(one.made.astimezone(clock.zone).date() == today for one in dated_copies(path))


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Whether no other program is in such a block with `folder`; one that is killed is in none."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)


def copy_in(folder: Path, path: Path, clock: Clock) -> Path:
    """The name, in the user's own `folder`, of a copy of the board at `path` made now.

    No file has it yet. Raises StoreError.
    """
    for target in _names(folder, path, clock):
        if not target.exists():
            return target
    raise CopyFailed(folder, _TOO_MANY)


def _names(folder: Path, path: Path, clock: Clock) -> Iterator[Path]:
    """The names of copies in `folder` that carry the present time."""
    path = Path(linked_file(str(path)))
    stamp = clock.now().astimezone(UTC).strftime(_STAMP)
    for turn in range(1, 10_000):
        again = f"-{turn}" if turn > 1 else ""
        yield folder / f"{path.stem}-{stamp}{again}{path.suffix}"


def copies(path: Path) -> list[Path]:
    """The copies that `safety_copy` made of the board at `path`, oldest first."""
    return [one.path for one in dated_copies(path)]


def dated_copies(path: Path) -> list[DatedCopy]:
    """The same, each with the moment that its name tells."""
    path = Path(linked_file(str(path)))
    stem, suffix = re.escape(path.stem), re.escape(path.suffix)
    form = re.compile(rf"{stem}-(\d{{8}}-\d{{6}})(?:-(\d+))?{suffix}")
    folder = backup_dir(path)
    try:
        names = [file.name for file in folder.iterdir()]
    except OSError:
        return []
    found = []
    for match in filter(None, map(form.fullmatch, names)):
        with suppress(ValueError):  # digits that are no time: a file of the user's own
            made = datetime.fromisoformat(f"{match[1].replace('-', 'T')}+00:00")
            found.append((made, int(match[2] or 1), match[0]))
    return [DatedCopy(folder / name, made) for made, _, name in sorted(found)]


def copy(path: Path, target: Path) -> None:
    """Copies the board at `path` to `target`: either a whole and checked copy, or no file.

    Mode 0600, on the disk when this returns. Raises FileExistsError when `target` exists, and
    StoreError for everything else.
    """
    try:
        make_folder(target.parent)
        descriptor, name = mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise CopyFailed(target.parent, errors.reason(error)) from None
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
        raise CopyFailed(target.parent, errors.reason(error)) from None
    finally:
        part.unlink(missing_ok=True)


def _fill(path: Path, part: Path) -> None:
    """Fills the empty file `part`, in one step under one lock, and checks what got there.

    Nobody who wants to write waits for the check.
    """
    try:
        with (
            closing(_reading(path)) as source,
            closing(sqlite3.connect(part, isolation_level=None)) as target,
        ):
            state = state_of(source)
            target.execute("PRAGMA journal_mode = OFF")
            source.backup(target)
        with closing(connect_still(part)) as made:
            whole = is_sound(made, indexes=True) and state_of(made) is state
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise errors.board_error(errors.DAMAGED, path) from None
        raise CopyFailed(part.parent, str(error)) from None
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


def _thin_out(path: Path, newest: Path, zone: tzinfo) -> None:
    """Removes the copies that are not to be kept, never `newest` (the clock may have been set
    back), and left-overs."""
    found = dated_copies(path)
    stay = copies_to_keep([one.made.astimezone(zone) for one in found])
    for place, one in enumerate(found):
        if place not in stay and one.path != newest:
            with suppress(OSError):
                one.path.unlink()
    for part in newest.parent.glob(f".{path.stem}-*.part*"):
        # Another program may have removed any of them meanwhile, `newest` too.
        with suppress(OSError):
            if newest.stat().st_mtime - part.stat().st_mtime > _STALE:
                part.unlink()


def _no_copy_today(folder: Path, why: str) -> StoreError:
    return StoreError(
        f"Today’s copy of the board could not be made in {errors.name(folder)}: {why}. "
        "Your changes are stored. Make room or allow writing there; the next change tries again."
    )
