"""The programs that are measured: how each is started, recognised, and left."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from boards import Filled, stored

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
HERE = Path(__file__).resolve().parent
CURSOR_DOWN, CURSOR_UP = b"\x1b[B", b"\x1b[A"
CTRL_C, CTRL_Q = b"\x03", b"\x11"


class Program(NamedTuple):
    """A program to start in a terminal.

    `shows` are the texts that are all on the screen once its data is painted; `leave` are the
    keys that end it; `size` is how many applications (or tasks) it was given, `board` its file.
    """

    name: str
    argv: tuple[str, ...]
    shows: tuple[str, ...]
    leave: tuple[bytes, ...]
    environ: Mapping[str, str]
    size: int | None = None
    board: Path | None = None

    @property
    def label(self) -> str:
        """The name with the size."""
        return self.name if self.size is None else f"{self.name} {self.size:,}"


SMALLEST = Program(
    "smallest", (sys.executable, str(HERE / "smallest.py")), ("smallest 0",), (CTRL_Q,), {}
)


def rounds_command() -> tuple[str, ...]:
    """The installed command beside this Python, else the checkout's code run in the same way."""
    installed = Path(sys.executable).with_name("rounds")
    if os.access(installed, os.X_OK):
        return (str(installed),)
    return (sys.executable, "-c", "from tui.__main__ import main; main()")


def rounds_environ(home: Path) -> dict[str, str]:
    """Variables that keep a `rounds` away from the user's own files."""
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
    }


def rounds(filled: Filled, home: Path) -> Program:
    """The board on a filled file: painted when the first card of each lane is on the screen."""
    lanes = stored(filled.path).lanes
    firsts = tuple(lane[0].company for lane in lanes.values() if lane)
    return Program(
        "rounds",
        (*rounds_command(), "--db", str(filled.path)),
        firsts,
        (b"q",),
        rounds_environ(home),
        filled.size,
        filled.path,
    )
