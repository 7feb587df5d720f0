"""A whole board copied to another place: into a file, onto a server, or back.

All that was done goes with it, so that undo works there as here. The copy counts only when its
export is the same as that of the board, byte by byte.
"""

import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TextIO

from store.boards import identity, open_database
from store.clock import Clock
from store.database import Database
from store.errors import StoreError, name
from store.export.json import board_parts
from store.export.reimport import is_vacant, take_back
from store.place import Place
from store.read.glance import Glance
from store.rules.text import Refused
from store.server.address import Address

Told = Callable[[str, int, int], None]
"""Hears what is being done, how many applications are through, and of how many."""


def copy_board(glance: Glance, to: Place, clock: Clock, told: Told) -> int:
    """Copy the board that `glance` reads to `to`, where nothing may be; gives how many applications
    it has.

    Raises Refused for a board that has something on it, and StoreError. Where the copy fails or
    turns out to be another one, what was made for it is taken away.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as file:
        with glance.reader.snapshot():
            ((many,),) = glance.reader.rows("SELECT count(*) FROM application")
            _write(glance, file, lambda done: told("reading", min(done, many), many))
        made = _is_new(to)
        try:
            with closing(open_database(to, clock)) as database:
                _fill(database, to, file, lambda done: told("copying", done, many))
                _compare(database, to, file, lambda done: told("comparing", min(done, many), many))
        except BaseException:
            if made:
                _remove(to, clock)
            raise
    return int(many)


def _write(glance: Glance, file: TextIO, told: Callable[[int], None]) -> None:
    for number, part in enumerate(board_parts(glance.reader, journal=True)):
        file.write(part)
        told(number)


def _fill(database: Database, to: Place, file: TextIO, told: Callable[[int], None]) -> None:
    with database.writing() as session:
        vacant = is_vacant(session)
    if not vacant or not database.is_untouched():
        raise Refused(
            f"There is a board with something on it at {name(to)}. Nothing was changed. Name a "
            "new one."
        )
    file.seek(0)
    take_back(database, file, "the board", told)


def _compare(database: Database, to: Place, file: TextIO, told: Callable[[int], None]) -> None:
    file.seek(0)
    with closing(database.glance()) as copy, copy.reader.snapshot():
        for number, part in enumerate(board_parts(copy.reader, journal=True)):
            if file.read(len(part)) != part:
                raise _different(to)
            told(number)
    if file.read(1):
        raise _different(to)


def _different(to: Place) -> StoreError:
    return StoreError(
        f"The copy at {name(to)} is not the same as the board, so it was taken away. The board "
        "itself is as it was. Try again; if that does not help, please report it."
    )


def _is_new(to: Place) -> bool:
    """Whether nothing is there yet, so that what will be there was made here."""
    if isinstance(to, Address):
        from store.server.reading import open_reading

        reading = open_reading(to)
        if reading is not None:
            reading.close()
        return reading is None
    return identity(to) is None


def _remove(to: Place, clock: Clock) -> None:
    with suppress(StoreError, OSError):
        if isinstance(to, Address):
            from store.server.boards import remove

            remove(to, clock)
        else:
            Path(to).unlink(missing_ok=True)
