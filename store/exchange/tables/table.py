"""What every reader of tables gives: lines that may hold the names of columns, and rows below."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import NamedTuple

from store.exchange.incoming import Problem
from store.rules.text import Refused, quoted, searchable

PREAMBLE_AT_MOST = 40
"""Lines of notes that may stand above the line with the column names."""
ROWS_AT_MOST = 50_000
COLUMNS_AT_MOST = 500
SHEETS_AT_MOST = 200
CELLS_AT_MOST = 2_000_000
"""Of all rows; 50,000 rows of 40 columns."""
TEXTS_AT_MOST = 120 * 1024 * 1024
"""Bytes of memory for the texts of a workbook."""

_NO_LETTER = re.compile(r"[\W_]+")


class TooMuch(Refused):
    """A file has more of something than any job search needs: `has more than 500 columns`."""

    def __init__(self, clause: str) -> None:
        super().__init__(f"The file {clause}")
        self._clause = clause

    def of(self, called: str) -> Refused:
        """The same of the file that is `called` so."""
        return Refused(f"{quoted(called)} {self._clause} Nothing was changed.")


class TableRow(NamedTuple):
    """One row: the line it begins on, counted from 1, and its trimmed cells."""

    line: int
    cells: Sequence[str]


class Cells:
    """What is kept in the memory of the cells of a file. Raises TooMuch where that is too much."""

    def __init__(self) -> None:
        self._cells = 0
        self._bytes = 0

    def count(self, cells: int) -> None:
        """So many more are kept."""
        self._cells += cells
        if self._cells > CELLS_AT_MOST:
            raise TooMuch(f"has more than {CELLS_AT_MOST:,} cells: too many.")

    def keep(self, text: str) -> None:
        """One more text is kept."""
        self._bytes += getsizeof(text) + 8
        if self._bytes > TEXTS_AT_MOST:
            raise TooMuch("has more text in its cells than any job search needs: too much.")


@dataclass(slots=True)
class Body:
    """The rows of a table that hold anything, and what was no row."""

    rows: list[TableRow] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)
    cells: Cells = field(default_factory=Cells)

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take a row; one that is empty is passed over. Raises Refused for too many."""
        if any(cells):
            self.rows.append(TableRow(line, cells))
            self.cells.count(len(cells))
            if len(self.rows) > ROWS_AT_MOST:
                raise TooMuch(f"has more than {ROWS_AT_MOST:,} rows: too many.")


class Candidate(NamedTuple):
    """A line that may hold the names of the columns, and the way to what stands below it.

    `file` names the file within an archive, or the sheet, where there are several. `read` of one
    of the candidates of a file may be called, once; it raises Refused for a table with more rows,
    or more broken ones, than any job search has.
    """

    headers: tuple[str, ...]
    line: int
    read: Callable[[], Body]
    file: str = ""


def header_key(name: str) -> str:
    """The name of a column without case, accents, spaces and signs: "Company Name", "company_name"
    and "companyName" are one."""
    return _NO_LETTER.sub("", searchable(name))


def grid_candidates(
    lines: Sequence[TableRow], rest: Iterator[TableRow], file: str
) -> Iterator[Candidate]:
    """The candidates among the first `lines` of a grid of cells; `rest` are the rows after them."""
    for place, (line, cells) in enumerate(lines[:PREAMBLE_AT_MOST]):
        if sum(map(bool, cells)) > COLUMNS_AT_MOST:
            raise TooMuch(f"has more than {COLUMNS_AT_MOST} columns: too many.")
        if len(cells) > COLUMNS_AT_MOST:
            continue  # a cell far to the right, as somebody left it there

        def read(after: int = place + 1) -> Body:
            body = Body()
            for row in (*lines[after:],):
                body.add(*row)
            for row in rest:
                body.add(*row)
            return body

        yield Candidate(tuple(cells), line, read, file)
