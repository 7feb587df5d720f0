"""A file from outside, opened with care and turned into text."""

import codecs
import csv
import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from store.exchange.incoming import Parsed, Problem
from store.rules.text import Refused, quoted

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes; a thousand applications with their answers are about 300 kB."""

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

    @classmethod
    def open(cls, path: Path) -> "Document":
        """Read `path` whole; Refused unless it is a file or a pipe, not empty, within the limit."""
        name = quoted(path.name or str(path))
        try:
            with open(path, "rb", opener=_without_waiting) as file:
                mode = os.fstat(file.fileno()).st_mode
                if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
                    raise Refused(f"{name} is not a plain file. Save it to one first.")
                os.set_blocking(file.fileno(), True)
                data = file.read(SIZE_LIMIT + 1)
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
        if len(data) > SIZE_LIMIT:
            raise Refused(f"{name} is bigger than {SIZE_LIMIT // 1024 // 1024} MB: too big.")
        if not data.strip():
            raise Refused(f"{name} is empty.")
        if data.startswith(b"PK\x03\x04"):
            raise Refused(
                f"{name} is a packed archive or a workbook. Unpack it, or save it as CSV."
            )
        return cls(called, data)

    @cached_property
    def text(self) -> str:
        """The bytes as text: by their mark, else UTF-8, else Windows-1252 with a remark.

        Raises Refused for what is not text at all.
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
        self.remarks.append(
            Problem(1, "The file is not UTF-8; it was read as Windows-1252. Check the accents.")
        )
        return text


def _without_waiting(path: str, flags: int) -> int:
    """Opens a pipe at once: one to which nobody writes would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


PREAMBLE_AT_MOST = 40
"""Lines of notes that may stand above the line with the column names."""
ROWS_AT_MOST = 50_000
BROKEN_AT_MOST = 20

_SEPARATORS = (",", ";", "\t")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line it begins on, its trimmed cells by column, the cells under no column."""

    line: int
    cells: dict[str, str]
    surplus: tuple[str, ...]

    def cell(self, column: str) -> str:
        """The cell under `column`; empty when the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class CsvSheet:
    """A table: its column names in lower case, its rows that hold anything, what was no CSV."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    broken: tuple[Problem, ...]


def find_sheet(text: str, is_header: Callable[[frozenset[str]], bool]) -> CsvSheet | None:
    """The table whose column names satisfy `is_header`, below any preamble; None without one.

    Cells may be separated by commas, semicolons or tabs. Raises Refused for a table with more
    rows, or more broken rows, than any job search has.
    """
    lines = list(io.StringIO(text, newline=""))
    limit = csv.field_size_limit(SIZE_LIMIT)
    try:
        for above, line in enumerate(lines[:PREAMBLE_AT_MOST]):
            for separator in _SEPARATORS:
                columns = _columns(line, separator)
                if is_header(frozenset(columns)):
                    return _read(lines, above + 1, columns, separator)
    finally:
        csv.field_size_limit(limit)
    return None


def _columns(line: str, separator: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=separator), [])
    return tuple(_BETWEEN_WORDS.sub(" ", cell).strip().casefold() for cell in cells)


def _read(lines: Sequence[str], start: int, columns: tuple[str, ...], separator: str) -> CsvSheet:
    rows: list[SheetRow] = []
    broken: list[Problem] = []
    while start < len(lines):
        try:
            for begins, cells in _records(lines, start, separator):
                if any(cells):
                    rows.append(_row(begins + 1, cells, columns))
                if len(rows) > ROWS_AT_MOST:
                    raise Refused(f"The file has more than {ROWS_AT_MOST:,} rows: too many.")
            break
        except _Broken as error:
            start = error.begins + 1
        broken.append(Problem(start, "A quotation mark is out of place; the row was left out."))
        if len(broken) > BROKEN_AT_MOST:
            raise Refused(
                f"Quotation marks are out of place in more than {BROKEN_AT_MOST} rows. "
                "Export the file again. Nothing was changed."
            )
    return CsvSheet(columns, tuple(rows), tuple(broken))


class _Broken(Exception):
    """The record that begins at index `begins` of the lines is no CSV."""

    def __init__(self, begins: int) -> None:
        self.begins = begins


def _records(lines: Sequence[str], start: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(islice(lines, start, None), delimiter=separator, strict=True)
    begins = start
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _Broken(begins) from None
        yield begins, [cell.strip() for cell in cells]
        begins = start + reader.line_num


def _row(line: int, cells: list[str], columns: tuple[str, ...]) -> SheetRow:
    named: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        named.setdefault(column, cell)
    surplus = tuple(cell for cell in cells[len(columns) :] if cell)
    return SheetRow(line, named, surplus)


class FileFormat(NamedTuple):
    """One kind of file that can be imported.

    `name` is the format's name for people and `file` what its file is called. `read` gives None
    for a document of another kind, and raises Refused for one that only looks similar.
    """

    name: str
    file: str
    read: Callable[[Document, date], Parsed | None]
