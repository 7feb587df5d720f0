"""A CSV file as rows with named cells, in spite of what spreadsheets and exporters do to it."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from store.exchange.document import SIZE_LIMIT
from store.exchange.incoming import Problem
from store.rules.text import Refused

PREAMBLE_AT_MOST = 40
"""Lines of notes that may stand above the line with the column names."""
ROWS_AT_MOST = 50_000
BROKEN_AT_MOST = 20

_SEPARATORS = (",", ";", "\t")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, its trimmed cells by column, the cells under no column."""

    line: int
    cells: dict[str, str]
    surplus: tuple[str, ...]

    def cell(self, column: str) -> str:
        """The cell under `column`; empty when the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its column names in lower case, its rows that hold anything, what was no CSV."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Problem, ...]


def find_sheet(text: str, is_header: Callable[[frozenset[str]], bool]) -> Sheet | None:
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


def _read(lines: Sequence[str], start: int, columns: tuple[str, ...], separator: str) -> Sheet:
    rows: list[Row] = []
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
    return Sheet(columns, tuple(rows), tuple(broken))


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


def _row(line: int, cells: list[str], columns: tuple[str, ...]) -> Row:
    named: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        named.setdefault(column, cell)
    surplus = tuple(cell for cell in cells[len(columns) :] if cell)
    return Row(line, named, surplus)
