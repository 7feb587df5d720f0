"""How the program ends well, however it ends: signals, a terminal that is gone, a crash.

Whatever happens, the terminal is as it was before, what was asked for is on the disk, the exit
code tells the truth, and nothing of the user's records is printed.
"""

import _thread
import contextlib
import logging
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from time import sleep
from types import FrameType
from typing import Any

from store.errors import PathName, name

PATIENCE = 1.8
"""Seconds after a signal in which the program may end by itself; then it is ended."""

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
_RESTORE = (
    b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What Textual writes when it leaves: paste, wrap, mouse, keys, screen, cursor, focus."""


@contextlib.contextmanager
def orderly(
    leave: Callable[[int], None], last_words: Callable[[], str] = lambda: ""
) -> Iterator[None]:
    """While in the block, signals call `leave` with the exit code, 128 + the signal's number.

    `leave` is called between two steps of the main thread and must only ask for the end. When
    the program is still there `PATIENCE` seconds later, the terminal is put back and it ends, with
    `last_words` on stderr.
    """
    attributes = _attributes()

    def end_in_time(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        code = 128 + number
        # Not by `threading`: the signal may have come while we were starting a thread, holding the
        # lock that another start would wait for.
        _thread.start_new_thread(_end_later, (code, attributes, last_words))
        leave(code)

    before = {number: signal.signal(number, end_in_time) for number in _SIGNALS}
    threads_say, threading.excepthook = threading.excepthook, _say_nothing
    loud, sys.unraisablehook = sys.unraisablehook, _say_nothing
    log = logging.getLogger("asyncio")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = threads_say, loud
        log.setLevel(level)
        for number, handler in before.items():
            signal.signal(number, handler)


def terminal_gone() -> bool:
    """Whether the terminal behind our input has been closed."""
    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except termios.error:
        return True
    except (OSError, ValueError):
        return False
    return False


def crash_sentence(error: BaseException, path: object, *, passing: bool = False) -> str:
    """What to say after an error that nobody foresaw: its kind and place, nothing of the data.

    Of a `passing` board, which goes when it is left, nothing is said to be safe. Of a worker of
    Textual's that failed, the error in it counts.
    """
    if isinstance(inner := getattr(error, "error", None), Exception):
        error = inner
    trace = error.__traceback__
    place = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if f"{os.sep}tui{os.sep}" in file or f"{os.sep}store{os.sep}" in file or not place:
            place = f"{file.rpartition(os.sep)[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    where = f" at {place}" if place else ""
    kept = f"Everything saved so far is safe in {path}. Open it again; please report this line."
    if passing:
        kept = "The sample is gone; your own board was not touched. Please report this line."
    return (
        f"Something went wrong inside rounds ({type(error).__name__}{where}) and it had to close. "
        f"{kept}"
    )


def _attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(0)
    except (termios.error, OSError, ValueError):
        return None


def unsaved_sentence(number: int, path: PathName) -> str:
    """What to say of changes that were shown, and not stored when the program ended."""
    changes = "1 change was" if number == 1 else f"{number:,} changes were"
    again = "it" if number == 1 else "them"
    return (
        f"{changes} not saved: another program was using the board {name(path)}, or it could not "
        f"be written. What was saved before is safe. Open rounds and make {again} again."
    )


def _end_later(code: int, attributes: list[Any] | None, last_words: Callable[[], str]) -> None:
    sleep(PATIENCE)
    _end_now(code, attributes, last_words)


def _end_now(code: int, attributes: list[Any] | None, last_words: Callable[[], str]) -> None:
    words = last_words()
    with contextlib.suppress(OSError):
        # A terminal that has stopped reading would hold us up for ever.
        os.set_blocking(2, False)
        os.write(2, _RESTORE)
    if attributes is not None:
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(0, termios.TCSANOW, attributes)
    if words:
        with contextlib.suppress(OSError):
            os.write(2, f"rounds: {words}\n".encode(errors="replace"))
    os._exit(code)


def _say_nothing(_: object) -> None:
    """Threads and finalizers that fail while we end would print what they held."""
