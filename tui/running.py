"""Running the board from the first read of the file to the exit code."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from store.clock import Clock
from store.errors import NeedsMigration
from store.read.glance import Glance, open_glance
from tui.app import RoundsApp
from tui.ending import crash_sentence, orderly
from tui.widgets.plain import wants_plain


def run_board(
    path: Path,
    clock: Clock,
    *,
    report: Callable[[str], None] | None = None,
    passing: bool = False,
    tour: bool = False,
) -> int:
    """Show the board at `path` until the user leaves; gives the exit code.

    A file that does not exist is made, an older one is brought up to date. Raises StoreError when
    it cannot be opened. With `tour` a line leads through the first keys.

    A signal ends with 128 + its number, a crash with 1 and one sentence on stderr (or to `report`),
    which promises nothing of a `passing` board: it goes when it is left.
    """
    gc.disable()
    glance = open_board(path, clock)
    board = theme = None
    if glance is not None:
        board, theme = glance.board(), glance.setting("theme")
        gc.freeze()
    plain = wants_plain(os.environ)
    app = RoundsApp(path, clock, board=board, glance=glance, theme=theme, tour=tour, plain=plain)
    crash: BaseException | None = None
    with orderly(app.leave):
        try:
            app.run()
        except Exception as error:
            crash = error
        finally:
            gc.enable()
    crash = app.crash or crash
    if crash is None and app.return_code is not None:
        return app.return_code
    sentence = crash_sentence(crash or RuntimeError("ended unasked"), path, passing=passing)
    if report is not None:
        report(sentence)
    else:
        print(f"rounds: {sentence}", file=sys.stderr)
    return 1


def open_board(path: Path, clock: Clock) -> Glance | None:
    """The file, open for reading and of this version's form; None when there is none yet."""
    try:
        return open_glance(path, clock)
    except NeedsMigration:
        from store.file.database import open_database

        open_database(path, clock).close()
        return open_glance(path, clock)
