"""Puts the file of a copy in the place of the board's, and keeps what was there: for a board that
is damaged or gone. Else `store.pipeline.safety.restoring` goes back to a copy.

A program that was killed in the middle of a change leaves a journal beside the board. SQLite would
take what is in it for the backup's own, and damage that: so the journal goes with its file.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC
from pathlib import Path

from store import errors
from store.clock import Clock
from store.errors import StoreError
from store.file.backup import copy
from store.file.copies import check_copy
from store.file.location import linked_file
from store.file.opening import (
    connect,
    identity,
    journal_of,
    make_folder,
    recognise,
    state_of,
    sync_folder,
)

_WITH_IT = ("-journal", "-wal", "-shm")
"""What SQLite may have left beside a file."""
_LOCKS = 0x40000000, 512
"""Where in a file SQLite locks, and how many bytes: fixed by its file format."""


def restore(file: Path, path: Path, clock: Clock) -> Path | None:
    """Puts a checked copy of `file` in the place of the board at `path`.

    Gives the name under which the board that was there is kept, with what lay beside it; None when
    there was none. Whatever stops it, a power cut too, the board is either as it was or restored; a
    damaged one that needs its journal may have lost it, and is kept with it under that name. Raises
    StoreError, having changed nothing, when `file` is no sound board of ours or an older one, when
    another window has the board open, and when the folder cannot be written.
    """
    path = Path(linked_file(str(path))).absolute()
    check_copy(file, path)
    new = path.with_name(f".{path.name}.restoring")
    try:
        make_folder(path.parent)
        new.unlink(missing_ok=True)
        # SQLite is told an address, and one that is not absolute leads elsewhere.
        copy(file.absolute(), new)
        _finish(path)
        with _alone(path):
            kept = _keep(path, clock)
            for ending in _WITH_IT:
                path.with_name(path.name + ending).unlink(missing_ok=True)
            # On the disk before the backup is there: a journal that came back would damage it.
            sync_folder(path.parent)
            try:
                new.replace(path)
            except OSError:
                _put_back(kept, path)
                raise
            sync_folder(path.parent)
    except OSError as error:
        why = errors.reason(error)
        raise StoreError(
            f"{errors.name(file)} could not be put in the place of the board: {why}. The board and "
            "its backups are safe. Make room or allow writing there, and try again."
        ) from None
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return kept


def _finish(path: Path) -> None:
    """Takes back what a killed program left half done, where the board can still be read.

    Then there is no journal that the board needs: a power cut between the steps that follow, the
    journal gone and the backup not there yet, leaves it whole.
    """
    if not journal_of(path).exists():
        return
    with suppress(StoreError, sqlite3.Error, OSError):
        recognise(path)
        with closing(connect(path, patience=0)) as board:
            board.execute("BEGIN")
            state_of(board)


def _keep(path: Path, clock: Clock) -> Path | None:
    """Gives the board a second name, with what lies beside it; None when there is no board."""
    if not path.exists():
        return None
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.stem}-replaced-{stamp}{path.suffix}")
    turn = 1
    while kept.exists():
        turn += 1
        kept = path.with_name(f"{path.stem}-replaced-{stamp}-{turn}{path.suffix}")
    for ending in (*_WITH_IT, ""):
        old = path.with_name(path.name + ending)
        if not old.exists():
            continue
        name = kept.with_name(kept.name + ending)
        try:
            name.hardlink_to(old)
        except OSError:  # a file system without hard links
            shutil.copy2(old, name)
            with name.open("rb") as copied:
                os.fsync(copied.fileno())
    sync_folder(path.parent)
    return kept


def _put_back(kept: Path | None, path: Path) -> None:
    """Gives the board at `path` what lay beside it from where it is kept."""
    for ending in _WITH_IT if kept is not None else ():
        with suppress(OSError):
            shutil.copy2(f"{kept}{ending}", f"{path}{ending}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody reads or writes the board at `path` meanwhile; StoreError when another program has it
    open. One that only waits for its user holds no lock, and is found where /proc tells it."""
    if not path.exists():
        yield
        return
    with path.open("rb+") as board:
        try:
            fcntl.lockf(board, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS[1], _LOCKS[0])
        except OSError:
            raise _in_use(path) from None
        if _is_open_elsewhere(path):
            raise _in_use(path)
        yield


def _is_open_elsewhere(path: Path) -> bool:
    wanted = identity(path)
    for program in Path("/proc").glob("[0-9]*"):
        if program.name == str(os.getpid()):
            continue
        with suppress(OSError):  # it has ended, or is another user's
            for descriptor in (program / "fd").iterdir():
                if identity(descriptor) == wanted:
                    return True
    return False


def _in_use(path: Path) -> StoreError:
    return StoreError(
        f"The board {errors.name(path)} is open in another window. Nothing was changed. "
        "Close it there, and restore again."
    )
