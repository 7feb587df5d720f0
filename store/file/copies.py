"""The copies of a board as a list, one of them found by its day, and one of them to be looked into.

A copy is never opened for writing: what has to be done to it to be compared with the board, is done
to a passing copy of it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex

from store import errors
from store.clock import Clock
from store.errors import NotFound, StoreError
from store.file.backup import copy, dated_copies
from store.file.location import backup_dir, linked_file
from store.file.opening import (
    State,
    cannot_open,
    connect,
    connect_still,
    identity,
    is_sound,
    recognise,
    refuse,
    state_of,
)
from store.model.copies import StoredCopy
from store.rules.copies import newest_by
from store.rules.dates import short_day


def read_copies(path: Path, clock: Clock) -> tuple[StoredCopy, ...]:
    """The copies that were made of the board at `path`, the newest first."""
    found = []
    for one in reversed(dated_copies(path)):
        with suppress(OSError):  # it has gone meanwhile
            made = one.made.astimezone(clock.zone)
            found.append(StoredCopy(one.path, made, one.path.stat().st_size, count_cards(one.path)))
    return tuple(found)


def count_cards(file: Path) -> int | None:
    """How many applications, open and closed, are in a copy; None when it cannot be read."""
    try:
        with closing(connect_still(file)) as board:
            if state_of(board) in (State.FOREIGN, State.NEW):
                return None
            number: int = board.execute("SELECT count(*) FROM application").fetchone()[0]
            return number
    except (sqlite3.Error, ValueError):
        return None


def copy_of(path: Path, day: date, clock: Clock) -> Path:
    """The newest copy of the board at `path` of `day` or before; NotFound without one."""
    found = dated_copies(path)
    place = newest_by([one.made.astimezone(clock.zone) for one in found], day)
    if place is None:
        today = clock.now().date()
        oldest = ""
        if found:
            first = found[0].made.astimezone(clock.zone).date()
            oldest = f" The oldest is of {short_day(first, today)}."
        raise NotFound(
            f"There is no copy of {short_day(day, today)} or before.{oldest} "
            "Nothing was changed. “rounds backup --list” lists all copies."
        )
    return found[place].path


def check_copy(file: Path, path: Path) -> None:
    """StoreError unless `file` is a file, and another one than the board at `path`."""
    if not file.is_file():
        raise StoreError(
            f"There is no file {errors.name(file)}. Nothing was changed. "
            "“rounds backup --list” lists the copies, “rounds where” names their folder."
        )
    if identity(file) == identity(path):
        raise StoreError(
            f"{errors.name(file)} is the board itself. Nothing was changed. "
            "Name a copy of it: “rounds backup --list” lists them."
        )


@contextmanager
def in_todays_form(file: Path, path: Path, clock: Clock) -> Iterator[Path]:
    """A passing copy of `file`, a copy of the board at `path`: checked and brought up to date.

    It lies among the copies of the board, and goes at the end. Raises StoreError when `file` is no
    sound board of ours or an older one, and when there is no room.
    """
    check_copy(file, path)
    # SQLite is told an address, and one that is not absolute leads elsewhere.
    file, path = file.absolute(), Path(linked_file(str(path))).absolute()
    passing = backup_dir(path) / f".{path.stem}-{token_hex(8)}.part"
    try:
        try:
            recognise(file)
            copy(file, passing)
            with closing(connect_still(passing)) as opened:
                state = state_of(opened)
        except (sqlite3.Error, OSError, ValueError) as error:
            raise cannot_open(error, file) from None
        refuse(state, file)
        if state is State.OLDER:
            from store.file.upgrade import upgrade

            upgrade(passing, clock, save=False)
        yield passing
    finally:
        for ending in ("", "-journal"):
            with suppress(OSError):
                os.unlink(f"{passing}{ending}")  # noqa: PTH108


def standing(path: Path) -> State:
    """What is at the board's place: NEW for nothing or an empty file, DAMAGED for what can be read
    in part only. Nothing is changed, but a change that was left half done may be taken back.

    Raises StoreError when that cannot be told: another program keeps it, or it is out of reach.
    """
    path = Path(linked_file(str(path))).absolute()
    try:
        if not path.exists() or path.stat().st_size == 0:
            return State.NEW
        with closing(connect_still(path)) as still, suppress(sqlite3.DatabaseError):
            state = state_of(still)
            if state in (State.FOREIGN, State.NEWER):
                return state
        with closing(connect(path)) as board:
            board.execute("BEGIN")
            state = state_of(board)
            known = state in (State.CURRENT, State.OLDER)
            return State.DAMAGED if known and not is_sound(board) else state
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return State.DAMAGED
        raise cannot_open(error, path) from None
    except UnicodeDecodeError:  # SQLite quotes the damage in its message
        return State.DAMAGED
    except (OSError, ValueError) as error:
        raise cannot_open(error, path) from None
