"""The one reader of the user's own text files: configuration, templates, signature, what an editor
left, what an option names, texts that are kept until they are saved.

Whatever is there instead of a text is told in one sentence, with the line where there is one.
"""

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Unreadable(Exception):
    """There is no text to be had from a file.

    Attributes:
        line: where it stops being one, counted from 1; None where it is about the whole file.
    """

    def __init__(self, clause: str, line: int | None = None) -> None:
        super().__init__(clause)
        self._clause = clause
        self.line = line

    def sentence(self, called: str) -> str:
        """The sentence about the file that is `called` so."""
        at = f", line {self.line}:" if self.line else ""
        return f"{called}{at} {self._clause}"


def read_text(path: "Path", at_most: int, *, pipe: bool = False) -> str | None:
    """The text in the file at `path`, its lines ended by "\\n"; None where there is no file.

    With `pipe` what a pipe or a device hands over counts as well, and is waited for. Raises
    Unreadable, also for more than `at_most` bytes.
    """
    try:
        # Without O_NONBLOCK a named pipe would wait for its other end for ever.
        waits = 0 if pipe else getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, os.O_RDONLY | waits)
        try:
            mode = os.fstat(handle).st_mode
            if stat.S_ISDIR(mode) or not (pipe or stat.S_ISREG(mode)):
                raise Unreadable("is not a file. Move it, or replace it with a file.")
            with os.fdopen(handle, "rb", closefd=False) as file:
                raw = file.read(at_most + 1)
        finally:
            os.close(handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ENOTDIR:
            return None
        why = (error.strerror or type(error).__name__).lower()
        raise Unreadable(f"could not be read ({why}). Fix that, or move it away.") from None
    except ValueError:  # a name that no file can have
        return None
    return text_of(raw, at_most)


def text_of(raw: bytes, at_most: int) -> str:
    """The text that is in `raw`, its lines ended by "\\n", without the mark of UTF-8 before it.

    Raises Unreadable as `read_text`.
    """
    if len(raw) > at_most:
        raise Unreadable(f"has more than {at_most:,} bytes. Shorten it.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable("this is not UTF-8 text. Save the file as UTF-8.", line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable("this is not text. Save it as plain text (UTF-8).", line)
    return text.replace("\r\n", "\n")
