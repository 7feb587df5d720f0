"""Texts that come from a file or from standard input, and where those are kept that failed."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import reason
from store.file.location import path_of
from store.file.text import Unreadable, read_text, text_of
from store.rules.text import Refused, quoted
from tui.cli.words import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.cli.call import Call


LARGEST = 1_000_000
"""Bytes; the longest text that a field takes has a tenth of it."""


def read_source(source: str) -> str:
    """The text of the file `source`, or of standard input for `-`; Refused when it is no text."""
    called = "Standard input" if source == STDIN else f"The file {quoted(source, 200)}"
    try:
        if source == STDIN:
            return text_of(standard_input(LARGEST), LARGEST)
        text = read_text(path_of(source), LARGEST, pipe=True)
    except Unreadable as why:
        raise Refused(why.sentence(called)) from None
    except OSError as error:
        raise Refused(f"{called} could not be read ({reason(error)}).") from None
    if text is None:
        raise Refused(f"There is no file {quoted(source, 200)}. Check the name.")
    return text


def text_or_input(text: str) -> str:
    """`text` as it was typed; for `-`, which is no text, what standard input holds."""
    return read_source(STDIN).strip() if text.strip() == STDIN else text


def edit(call: "Call", text: str, again: "Callable[[Path], str]", suffix: str = ".txt") -> str:
    """`text` as it leaves the user's editor, in a file whose name ends in `suffix`.

    Raises Refused while that is still open; `again` gives the command that takes the file then.
    """
    from tui.outside import StillOpen, edit_text

    try:
        return edit_text(text, suffix=suffix, environ=call.environ)
    except StillOpen as still:
        raise Refused(f"{still} When it is saved: “{again(still.file)}”.") from None


def keep_text(call: "Call", name: str, text: str) -> Path:
    """A new file that holds `text`, for the owner's eyes only, beside the board if possible.

    Raises Refused when it can be put nowhere.
    """
    from tempfile import gettempdir

    from store.file.opening import make_folder

    folders = (call.path.with_name(f"{call.path.stem}-unsaved"), Path(gettempdir()))
    for folder in folders:
        for turn in range(1, 1_000):
            file = folder / f"{name}{f'-{turn}' if turn > 1 else ''}.txt"
            try:
                make_folder(folder)
                descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            except OSError:
                break
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
            return file
    raise Refused(
        "Your text could not be saved: no space for a temporary file. Copy it before you leave."
    )


def standard_input(at_most: int) -> bytes:
    """What standard input holds; one byte more than `at_most` of it tells that it is too long."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is not None:
        raw: bytes = stream.read(at_most + 1)
        return raw
    return sys.stdin.read(at_most + 1).encode() if sys.stdin is not None else b""
