"""The program in a pseudo-terminal, byte by byte: what is written to it, when, and how it ended."""

import contextlib
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from typing import Any, NamedTuple

from tests.stillness import PATIENCE

ROOT = Path(__file__).parents[2]
FIRST_PICTURE = b"Applied"
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"


class End(NamedTuple):
    """How the program ended."""

    code: int
    """As a shell tells it: 128 + its number for a signal."""
    seconds: float
    """From when it was asked to."""
    processor: float
    """Seconds of processor time in its whole life."""


class Terminal:
    """A terminal of 140x40 in which the program shows `board`.

    Args:
        stalled: nobody reads what the program writes.
    """

    def __init__(self, board: Path, *, stalled: bool = False) -> None:
        self.stalled = stalled
        self.printed = bytearray()
        begun, beginning = os.pipe()  # closed by the kernel when the child becomes the program
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            self._become(board)
        os.close(beginning)
        # A signal before that moment would meet the tests' own handler, and be lost.
        os.read(begun, 1)
        os.close(begun)
        self.began = time.monotonic()
        # Nobody is interested in a line that comes later; modes are the terminal's own.
        self.modes: list[Any] = termios.tcgetattr(self.descriptor)
        ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
        os.set_blocking(self.descriptor, False)
        self._ended: tuple[int, float] | None = None

    def _become(self, board: Path) -> None:
        with contextlib.suppress(BaseException):
            nowhere = str(board.parent / "nowhere")
            environment = {
                "PATH": nowhere,  # no editor, browser, mail program or clipboard is started
                "HOME": str(board.parent),
                "XDG_CONFIG_HOME": nowhere,
                "ROUNDS_DB": str(board),
                "PYTHONPATH": str(ROOT),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "TZ": "Europe/Berlin",
            }
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, "-m", "tui"], environment)
        os._exit(127)

    def take(self, seconds: float) -> None:
        """Read what the program writes, for this long at most or until it pauses."""
        if self.stalled:
            time.sleep(seconds)
            return
        if select.select([self.descriptor], [], [], seconds)[0]:
            with contextlib.suppress(OSError):
                self.printed += os.read(self.descriptor, 65_536)

    def wait_for(self, true: Callable[[], bool], what: str) -> None:
        """Read on until `true`."""
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end or self.has_ended():
                raise AssertionError(f"{what} never came:\n{bytes(self.printed[-2_000:])!r}")
            self.take(0.05)

    def write(self, data: bytes) -> bool:
        """Type `data`, all of it unless the program ends; whether it lives."""
        end = time.monotonic() + PATIENCE
        while data:
            assert time.monotonic() < end, "the program takes no bytes any more"
            if self.has_ended():
                return False
            reads, writes, _ = select.select([self.descriptor], [self.descriptor], [], 0.05)
            if reads:
                self.take(0)
            if writes:
                with contextlib.suppress(OSError):
                    data = data[os.write(self.descriptor, data[:256]) :]
        return not self.has_ended()

    def has_ended(self) -> bool:
        """Whether the program is gone; one that stopped itself (ctrl+z) goes on."""
        if self._ended is None:
            done, status, used = os.wait4(self.pid, os.WNOHANG | os.WUNTRACED)
            if done and os.WIFSTOPPED(status):
                os.kill(self.pid, signal.SIGCONT)
            elif done:
                code = os.waitstatus_to_exitcode(status)
                self._ended = (128 - code if code < 0 else code), used.ru_utime + used.ru_stime
        return self._ended is not None

    def end(self, again: signal.Signals | None = None) -> End:
        """Wait for the end. A signal `again` may have been lost, and is sent once more when nothing
        has come of it."""
        began = time.monotonic()
        while not self.has_ended():
            if again is not None and time.monotonic() - began > PATIENCE / 24:
                began = time.monotonic()
                os.kill(self.pid, again)
                again = None
            if time.monotonic() - began > PATIENCE:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                self._ended = 128 + signal.SIGKILL, 0.0
                raise AssertionError(f"it does not end:\n{bytes(self.printed[-2_000:])!r}")
            self.take(0.005)
        seconds = time.monotonic() - began
        while select.select([self.descriptor], [], [], 0)[0]:
            try:
                more = os.read(self.descriptor, 65_536)
            except OSError:
                break
            if not more:
                break
            self.printed += more
        assert self._ended is not None
        return End(self._ended[0], seconds, self._ended[1])

    def is_as_before(self) -> bool:
        """Whether the terminal's modes are what they were before the program came."""
        return bool(termios.tcgetattr(self.descriptor) == self.modes)

    def close(self) -> None:
        """The terminal is gone."""
        if not self.has_ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.descriptor)
