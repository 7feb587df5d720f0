"""`rounds` and `rounds demo`: the board in the terminal."""

import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tui.commandline.arguments import Usage
from tui.commandline.call import Call

_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def board(call: Call) -> int:
    """Open the board, made where there is none, and give the exit code of the screen."""
    _need_terminal()
    from tui.running import run_board

    return run_board(call.path, call.clock)


def demo(call: Call) -> int:
    """Open a board with a made-up sample in a temporary folder, which goes when it is left."""
    _need_terminal()
    with _passing_folder() as folder:
        from store.demo import make_demo
        from tui.running import run_board

        path = folder / "demo.db"
        make_demo(path, call.clock)
        return run_board(path, call.clock)


def _need_terminal() -> None:
    """Usage unless there is a keyboard and something to draw on: Textual hangs without."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    for stream in streams:
        with suppress(ValueError):
            if stream is not None and stream.isatty():
                continue
        raise Usage(
            "The board needs a terminal to draw on. In scripts use “rounds list” and “rounds due”."
        )


@contextmanager
def _passing_folder() -> Iterator[Path]:
    """A folder of mode 0700 that is removed at the end, also when the program is told to end."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
        raise SystemExit(128 + number)

    before = {ending: signal.signal(ending, leave) for ending in _ENDINGS}
    folder = None
    try:
        folder = tempfile.mkdtemp(prefix="rounds-demo-")
        yield Path(folder)
    finally:
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        for ending, handler in before.items():
            signal.signal(ending, handler)
