"""Programs that the user's own commands start: beside the screen, or on all of it."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, NamedTuple

from store.rules.own_commands import FilledCommand
from store.rules.text import plural, printable, quoted

QUIETLY_AT_MOST = 1.0
"""Seconds that a program without output is waited for: one that goes on longer has opened
something, and is told of only if it fails (product)."""
_LARGEST = 20_000
"""Bytes of output that are kept: a message shows a few lines of it."""
_LINES_AT_MOST = 6


class Ended(NamedTuple):
    """How a program ended: with a code, what it printed, or why it could not be started.

    A code of None says that it goes on.
    """

    code: int | None
    printed: str = ""
    trouble: str = ""

    def sentence(self, title: str) -> str:
        """The sentence about it."""
        if self.trouble:
            return f"{quoted(title, 60)} could not be run: {self.trouble}"
        if self.code is None:
            return f"{quoted(title, 60)} is running."
        if self.code < 0:
            ending = f"was ended by signal {-self.code}."
        elif self.code:
            ending = f"ended with the code {self.code}."
        else:
            ending = "is done."
        return f"{quoted(title, 60)} {ending}"

    @property
    def failed(self) -> bool:
        """Whether it could not be started, or says that it failed."""
        return bool(self.trouble) or bool(self.code)


def environment(filled: FilledCommand, board: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """What the program finds in its environment: the values, and the board that is open."""
    return {**environ, **filled.variables, "ROUNDS_DB": str(board)}


def run_quietly(
    filled: FilledCommand, env: Mapping[str, str], failed: Callable[[Ended], None]
) -> Ended:
    """Run the program apart from the terminal, and wait a moment for it.

    To be called in a thread. `failed` is told, in another one, of a program that fails later.
    """
    nothing = subprocess.DEVNULL
    try:
        program = subprocess.Popen(
            filled.arguments,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            env=dict(env),
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return _not_started(filled, error)
    try:
        return Ended(program.wait(QUIETLY_AT_MOST))
    except subprocess.TimeoutExpired:
        pass

    def wait() -> None:
        ended = Ended(program.wait())
        if ended.failed:
            failed(ended)

    threading.Thread(target=wait, name="rounds-own", daemon=True).start()
    return Ended(None)


def run_and_read(filled: FilledCommand, env: Mapping[str, str]) -> Ended:
    """Run the program to its end, apart from the terminal, and keep what it prints first.

    To be called in a thread.
    """
    try:
        program = subprocess.Popen(
            filled.arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(env),
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return _not_started(filled, error)
    assert program.stdout is not None
    raw = _read_first(program.stdout)
    return Ended(program.wait(), _output_lines(raw))


def run_on_screen(
    filled: FilledCommand, env: Mapping[str, str], wait_for_enter: Callable[[], None] | None = None
) -> Ended:
    """Run the program with the terminal, which is its own until it ends and Enter is pressed."""
    try:
        with _keys_are_for_it():
            code = subprocess.run(filled.arguments, env=dict(env), check=False).returncode
    except (OSError, ValueError) as error:
        return _not_started(filled, error)
    (wait_for_enter or _wait_for_enter)()
    return Ended(code)


def _wait_for_enter() -> None:
    try:
        print("\nPress Enter to go back to rounds.", end="", flush=True)
        sys.stdin.readline()
    except (OSError, ValueError, KeyboardInterrupt):
        return


def _read_first(stream: IO[bytes]) -> bytes:
    """What comes first; the rest is read too, so that the program can end, and forgotten."""
    kept = b""
    while block := stream.read(4_096):
        if len(kept) < _LARGEST:
            kept += block
    return kept[:_LARGEST]


def _output_lines(raw: bytes) -> str:
    """The lines that are told of what was printed."""
    text = printable(raw.decode("utf-8", "replace"))
    lines = [line.rstrip() for line in text.strip().split("\n")]
    if len(lines) > _LINES_AT_MOST:
        more = len(lines) - _LINES_AT_MOST + 1
        lines[_LINES_AT_MOST - 1 :] = [f"… and {plural(more, 'more line')}"]
    return "\n".join(lines)


def _not_started(filled: FilledCommand, error: OSError | ValueError) -> Ended:
    program = quoted(filled.arguments[0], 80)
    number = getattr(error, "errno", None)
    if number == errno.ENOENT:
        return Ended(127, trouble=f"there is no program {program}. Check its name and PATH.")
    why = os.strerror(number).lower() if number else type(error).__name__
    return Ended(126, trouble=f"{program} cannot be started ({why}).")


@contextmanager
def _keys_are_for_it() -> Iterator[None]:
    """Ctrl+C is for the program that has the terminal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    # Not SIG_IGN, which the program would inherit.
    def ignore(number: int, frame: FrameType | None) -> None: ...

    before = {number: signal.signal(number, ignore) for number in _KEYS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_KEYS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name))
