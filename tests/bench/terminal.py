"""A program in a pseudo-terminal that answers its queries and writes down when it printed what.

Times are of `time.perf_counter`, in seconds. Nothing is emulated while a program is being timed:
output is stamped when it is read, and looked at afterwards (`picture.py`).
"""

import fcntl
import os
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Self

from answers import Answers

ROWS, COLUMNS = 45, 160
_PIECE = 1 << 20
_KEPT = ("PATH", "HOME", "TZ", "PYTHONPATH")
"""Variables of ours that the programs see: no other one of Python, such as the one that forbids
it to keep compiled files, which would measure the compiler."""


class Ended(Exception):
    """The program has gone."""


class Chunk(NamedTuple):
    """A piece of output and the time at which it was read."""

    at: float
    data: bytes


class Terminal:
    """One running program, killed on leaving the `with` block.

    Raises Ended from every method that reads when the program has gone.
    """

    def __init__(self, argv: Sequence[str], *, environ: Mapping[str, str] | None = None) -> None:
        self.chunks: list[Chunk] = []
        """Everything printed so far."""
        self._answers = Answers(ROWS, COLUMNS)
        env = surroundings(environ)
        self.fd, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        """When the program was started."""
        self.pid = os.fork()
        if self.pid == 0:
            _become(argv, env, inner)
        os.close(inner)
        os.set_blocking(self.fd, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def printed(self) -> bytes:
        """Everything printed so far, in one piece."""
        return b"".join(chunk.data for chunk in self.chunks)

    def read(self, seconds: float) -> bool:
        """Take what is printed within `seconds`; whether anything was."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.fd, _PIECE)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        now = time.perf_counter()
        if not data:
            raise Ended(f"the program has ended after printing {self.printed[-2_000:]!r}")
        self.chunks.append(Chunk(now, data))
        if answer := self._answers.to(data):
            os.write(self.fd, answer)
        return True

    def send(self, keys: bytes) -> float:
        """Press `keys`, as fast as the terminal takes them; the time of the first one."""
        first = time.perf_counter()
        while keys:
            try:
                keys = keys[os.write(self.fd, keys) :]
            except BlockingIOError:
                self.read(0.01)
        return first

    def settle(
        self,
        quiet: float,
        longest: float,
        *,
        answer: bool = False,
        tick: float = 0.05,
        watch: Callable[[], object] | None = None,
    ) -> bool:
        """Read until nothing has been printed for `quiet` seconds; False after `longest`.

        With `answer`, waits for the first output however long it takes. `watch` is called at
        least every `tick` seconds.
        """
        begun = last = time.perf_counter()
        while True:
            if self.read(min(tick, quiet)):
                last, answer = time.perf_counter(), False
            if watch is not None:
                watch()
            now = time.perf_counter()
            if not answer and now - last >= quiet:
                return True
            if now - begun >= longest:
                return False

    def wait_for(self, seen: Callable[[bytes], bool], longest: float) -> bool:
        """Read until `seen` says yes to all that was printed; False after `longest` seconds."""
        end = time.perf_counter() + longest
        while time.perf_counter() < end:
            if self.read(0.05) and seen(self.printed):
                return True
        return False

    def leave(self, keys: Sequence[bytes], longest: float = 15.0) -> int | None:
        """Press the keys that end the program; its exit code, None when it had to be killed."""
        end = time.perf_counter() + longest
        try:
            for key in keys:
                self.send(key)
                self.settle(0.1, 0.3)
            while time.perf_counter() < end:
                self.read(0.05)
        except (Ended, OSError):
            pass
        return self.gone(end - time.perf_counter())

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        os.close(self.fd)
        self.fd = -1

    def gone(self, longest: float) -> int | None:
        """Wait for the end of the process; its exit code, None when it is still there."""
        end = time.perf_counter() + longest
        while time.perf_counter() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            try:
                if self.fd < 0 or not self.read(0.002):
                    time.sleep(0.001)
            except (Ended, OSError):
                time.sleep(0.001)
        return None

    def close(self) -> None:
        """Kill the program if it is still there, and give the terminal back."""
        if self.pid:
            os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables that every measured program sees, with `more` of its own."""
    env = {name: os.environ[name] for name in _KEPT if name in os.environ}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return {**env, **(more or {})}


def _become(argv: Sequence[str], env: Mapping[str, str], inner: int) -> None:
    """In the child: take the terminal and turn into the program."""
    try:
        os.setsid()
        fcntl.ioctl(inner, termios.TIOCSCTTY, 0)
        for stream in (0, 1, 2):
            os.dup2(inner, stream)
        os.closerange(3, 256)
        os.execvpe(argv[0], list(argv), env)
    finally:
        os._exit(127)
