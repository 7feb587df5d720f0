"""The command `rounds`."""

import os
import sys
import warnings
from pathlib import Path
from typing import NoReturn, TextIO


def main() -> NoReturn:
    """Carry out the command line and leave with its exit code."""
    from tui.cli import run

    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's warning is no message for the user
    sys.exit(run(sys.argv[1:], stdout=_stream(sys.stdout), stderr=_stream(sys.stderr)))


def _stream(stream: TextIO | None) -> TextIO:
    """`stream`, made to take every character; a place for nothing when it was closed."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return stream


if __name__ == "__main__":
    main()
