"""Running the board from the first read of the file to the exit code."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import sleep

from store.clock import Clock
from store.errors import NeedsMigration
from store.place import Place
from store.read.glance import Glance, open_glance
from tui.app import GARBAGE, RoundsApp
from tui.config.glimpse import first_theme
from tui.ending import crash_sentence, orderly, unsaved_sentence
from tui.widgets.plain import wants_plain

_LAST_WRITE = 0.1
"""Seconds for a change that is being written when the program is ended; it takes a tenth."""


def run_board(
    place: Place,
    clock: Clock,
    *,
    report: Callable[[str], None] | None = None,
    passing: bool = False,
    tour: bool = False,
) -> int:
    """Show the board at `place` until the user leaves; gives the exit code.

    A file that does not exist is made, an older one is brought up to date. Raises StoreError when
    it cannot be opened. With `tour` a line leads through the first keys.

    A signal ends with 128 + its number, a crash with 1 and one sentence on stderr (or to `report`),
    which promises nothing of a `passing` board: it goes when it is left. Changes that could not be
    saved in the end are told on stderr.
    """
    gc.disable()
    gc.set_threshold(*GARBAGE)
    glance = open_board(place, clock)
    board = theme = None
    if glance is not None:
        board, theme = glance.board(), glance.setting("theme")
        gc.freeze()
    theme = first_theme() or theme
    plain = wants_plain(os.environ)
    app = RoundsApp(
        place,
        clock,
        board=board,
        glance=glance,
        theme=theme,
        tour=tour,
        plain=plain,
        passing=passing,
    )
    crash: BaseException | None = None

    def last_words() -> str:
        # What is being written is finished meanwhile, so that the number holds.
        app.give_up()
        sleep(_LAST_WRITE)
        number = app.count_unsaved()
        return unsaved_sentence(number, place) if number and not passing else ""

    with orderly(app.leave, last_words):
        try:
            app.run(mouse=takes_mouse(os.environ))
        except Exception as error:
            crash = error
        finally:
            gc.enable()
    crash = app.crash or crash
    code = app.return_code
    if app.told_to_leave is not None:
        # What was just being set up when the end came may fail on the way; nobody has to know.
        crash, code = None, app.told_to_leave
    if not passing and (number := app.count_unsaved()):
        _say(unsaved_sentence(number, place))
    if untold := app.untold():
        _say(untold)
    if crash is None and code is not None:
        if app.give_up() and not passing:
            # It waits for another program, for seconds; nothing will come of it.
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError):
                    stream.flush()
            os._exit(code)
        return code
    sentence = crash_sentence(crash or RuntimeError("ended unasked"), place, passing=passing)
    if report is not None:
        report(sentence)
    else:
        _say(sentence)
    return 1


def _say(sentence: str) -> None:
    """Print it on stderr; to nobody where the terminal takes nothing any more: that changes
    neither how the program ends nor its exit code."""
    with suppress(OSError):
        print(f"rounds: {sentence}", file=sys.stderr)


def open_board(place: Place, clock: Clock) -> Glance | None:
    """The board, open for reading and of this version's form; None when there is none yet."""
    try:
        return open_glance(place, clock)
    except NeedsMigration:
        from store.boards import open_database

        open_database(place, clock).close()
        return open_glance(place, clock)


def takes_mouse(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is asked to report the mouse.

    GNU screen, which sets STY, would then hold back each Escape until the next key, and hand on
    both as one (seen with 4.9.0).
    """
    return not environ.get("STY")
