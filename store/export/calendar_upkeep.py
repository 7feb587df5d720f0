"""The calendar that is kept up to date: what the config file asks for is written after a change."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.clock import Clock
from store.errors import StoreError
from store.export.calendar import Left, write_calendar_file, write_calendar_folder
from store.export.settings import CalendarChoice, read_calendar_choice
from store.model.calendar import BoardCalendar
from store.place import Place, path_beside
from store.read.calendar import read_calendar
from store.read.glance import Glance, open_glance
from store.rules.text import Refused

_SAFE = "Your changes are saved."
_AGAIN = 5
"""How often it is written anew at most while another window goes on changing the board."""


def keep_calendar(
    board: Place, clock: Clock, *, choice: CalendarChoice | None = None
) -> tuple[Left, ...]:
    """Bring the calendars that the user chose in line with the board at `board`.

    The board is read by a connection of its own, and is never written to; where there is none yet,
    nothing happens. What another window changes meanwhile is written too: it may have written
    before us what we write over. Raises StoreError, with a sentence that says that the changes are
    safe; of two calendars the other one is written all the same, and so is what a mistake in the
    config file leaves.
    """
    try:
        choice = read_calendar_choice() if choice is None else choice
        left = _keep(board, clock, choice)
        if choice.mistakes:
            raise Refused(str(choice.mistakes[0]))
    except (Refused, StoreError) as error:
        raise StoreError(f"The calendar is not up to date: {error} {_SAFE}") from None
    except Exception as error:
        # Whatever it is: the change that it comes after was stored.
        told = f"The calendar is not up to date ({type(error).__name__}). {_SAFE}"
        raise StoreError(told) from error
    return left


def _keep(board: Place, clock: Clock, choice: CalendarChoice) -> tuple[Left, ...]:
    glance = open_glance(board, clock) if choice.is_kept else None
    if glance is None:
        return ()
    left: tuple[Left, ...] = ()
    with closing(glance):
        for _ in range(_AGAIN):
            with closing(_copy(glance)) as copy:
                left = _write(read_calendar(copy), choice, path_beside(board))
                newest = copy.change_id()
            if glance.change_id() == newest:
                break
    return left


def _copy(glance: Glance) -> Glance:
    """The board in memory, to be read at leisure.

    While somebody reads, nobody can write: a change would wait for all that is read here (a third
    of a second with 10,000 applications), and waits for the copying of the file instead.
    """
    with glance.reader.snapshot():
        return Glance(glance.reader.connection.copy(), glance.clock)


def _write(calendar: BoardCalendar, choice: CalendarChoice, board: Path) -> tuple[Left, ...]:
    """Write what was chosen, both where two were; raises the first failure."""
    left: list[Left] = []
    failures = [
        failure for write in _writers(choice, board) if (failure := _try(write, calendar, left))
    ]
    if failures:
        raise failures[0]
    return tuple(left)


_Write = Callable[[BoardCalendar], Left]


def _writers(choice: CalendarChoice, board: Path) -> list[_Write]:
    writers: list[_Write] = []
    if (file := choice.file) is not None:
        writers.append(lambda calendar: write_calendar_file(file, calendar, choice, board))
    if (folder := choice.vdir) is not None:
        writers.append(lambda calendar: write_calendar_folder(folder, calendar, choice, alone=True))
    return writers


def _try(write: _Write, calendar: BoardCalendar, left: list[Left]) -> Exception | None:
    try:
        left.append(write(calendar))
    except (Refused, StoreError) as error:
        return error
    return None
