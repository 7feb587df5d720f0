"""A file from outside, opened with care and turned into text."""

import codecs
import os
import stat
from pathlib import Path

from store.exchange.incoming import Problem
from store.exchange.tables.table import Candidate
from store.rules.text import Refused, quoted

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes; a thousand applications with their answers are about 300 kB."""
ARCHIVE_LIMIT = 60 * 1024 * 1024
"""Bytes of a zip: LinkedIn's whole export holds messages and more."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\r")
_HEAD = 4_096
_CONTROLS_AT_MOST = 0.05
"""The share of control characters in the head of a file above which it is no text."""


class Document:
    """A file's name and bytes, and its text once asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self.remarks: list[Problem] = []
        """What had to be guessed to make text of the bytes."""
        self.table: Candidate | None = None
        """The one table in it, where that is known before it is read."""

    @classmethod
    def open(cls, path: Path) -> "Document":
        """Read `path` whole; Refused unless it is a file or a pipe, not empty, within the limit."""
        name = quoted(path.name or str(path))
        try:
            with open(path, "rb", opener=_without_waiting) as file:
                mode = os.fstat(file.fileno()).st_mode
                if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
                    raise Refused(f"{name} is not a plain file. Save it to one first.")
                if os.fstat(file.fileno()).st_size > ARCHIVE_LIMIT:
                    raise _too_big(name, ARCHIVE_LIMIT)
                os.set_blocking(file.fileno(), True)
                data = file.read(ARCHIVE_LIMIT + 1)
        except IsADirectoryError:
            raise Refused(f"{name} is a folder. Give a file instead.") from None
        except FileNotFoundError:
            raise Refused(f"There is no file {name} here. Check the spelling.") from None
        except PermissionError:
            raise Refused(f"{name} may not be read by you. Change its permissions first.") from None
        except (OSError, ValueError):
            raise Refused(f"{name} cannot be read. Nothing was changed.") from None
        return cls.of(path.name, data)

    @classmethod
    def of(cls, called: str, data: bytes) -> "Document":
        """The document called `called` that holds `data`; Refused as by `open`."""
        name = quoted(called)
        limit = ARCHIVE_LIMIT if data.startswith(_ZIP) else SIZE_LIMIT
        if len(data) > limit:
            raise _too_big(name, limit)
        if not data.strip():
            raise Refused(f"{name} is empty.")
        if data.startswith(_OLD_WORKBOOK):
            raise Refused(
                f"{name} is a workbook of before 2007, or one with a password. Save it as .xlsx "
                "without a password, or as CSV."
            )
        return cls(called, data)

    @property
    def is_packed(self) -> bool:
        """Whether it is a zip: an archive or a workbook."""
        return self.data.startswith(_ZIP)

    @property
    def text(self) -> str:
        """The bytes as text: by their mark, else UTF-8, else Windows-1252 with a remark.

        It is made anew each time, for it takes up to four times the memory of the bytes. Raises
        Refused for what is not text at all.
        """
        try:
            text = self._decode()
        except UnicodeDecodeError:
            raise Refused(
                f"{quoted(self.name)} is not readable as text. Save it as CSV in UTF-8."
            ) from None
        head = text[:_HEAD]
        if sum(character in _CONTROLS for character in head) > len(head) * _CONTROLS_AT_MOST:
            raise Refused(f"{quoted(self.name)} is not a text file. Give a CSV file.")
        return text

    def _decode(self) -> str:
        for mark, encoding in _MARKS:
            if self.data.startswith(mark):
                return self.data.decode(encoding)
        if b"\0" in self.data[:2] and len(self.data) % 2 == 0:
            return self.data.decode("utf-16-be" if self.data[0] == 0 else "utf-16-le")
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError:
            text = self.data.decode("cp1252")
        self.remarks = [
            Problem(1, "The file is not UTF-8; it was read as Windows-1252. Check the accents.")
        ]
        return text


def _too_big(name: str, limit: int) -> Refused:
    return Refused(f"{name} is bigger than {limit // 1024 // 1024} MB: too big.")


def _without_waiting(path: str, flags: int) -> int:
    """Opens a pipe at once: one to which nobody writes would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
