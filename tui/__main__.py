"""The command `rounds`."""

import os
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO


def main() -> NoReturn:
    """Carry out the command line and leave with its exit code.

    A command that loaded no ORM and no screen leaves without taking the interpreter down in good
    order: nothing is open any more, and that alone costs 5 of the 45 ms of `rounds due`.
    """
    from tui.cli import run

    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's warning is no message for the user
    stdout, stderr = _stream(sys.stdout), _stream(sys.stderr)
    code = run(sys.argv[1:], stdout=stdout, stderr=stderr)
    if not {"sqlmodel", "textual"}.intersection(sys.modules):
        with suppress(OSError, ValueError):
            stdout.flush()
        os._exit(code)
    sys.exit(code)


def _stream(stream: TextIO | None) -> TextIO:
    """`stream`, made to take every character; a place for nothing when it was closed."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return stream


if __name__ == "__main__":
    main()
