"""Tables in text: commas, semicolons, tabs, or the bars of a table in Markdown."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from store.exchange.incoming import Problem
from store.exchange.tables.table import (
    COLUMNS_AT_MOST,
    PREAMBLE_AT_MOST,
    Body,
    Candidate,
    TooMuch,
)

SEPARATORS = (",", ";", "\t")
BROKEN_AT_MOST = 20
LINES_AT_MOST = 500_000
"""Rows have notes of several lines; more than these fill the memory with their ends alone."""
CHARACTERS_AT_MOST = 1_000_000
"""Of a line, and of a cell of several: the longest that a posting may be is a fraction of it."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_HEADER_AT_MOST = 20_000
"""Characters of a line that may hold the names of columns."""
_SEPARATORS_AT_MOST = 50_000
"""In one line: a long note has thousands of commas, a file made to fill the memory millions."""
_BAR = "|"


def text_candidates(text: str, file: str = "") -> Iterator[Candidate]:
    """The lines of `text` that may hold the names of columns, each read with each separator."""
    if text.count("\n") + text.count("\r") > LINES_AT_MOST * 2:
        raise TooMuch(f"has more than {LINES_AT_MOST:,} lines: too many.")
    lines = list(_lines(text))
    del text
    for place, line in enumerate(lines[:PREAMBLE_AT_MOST]):
        if len(line) > _HEADER_AT_MOST:
            continue
        if line.lstrip().startswith(_BAR):
            yield _markdown(lines, place, file)
            continue
        for separator in SEPARATORS:
            if separator not in line:
                continue
            headers = next(csv.reader([line], delimiter=separator), [])
            if len(headers) > COLUMNS_AT_MOST:
                raise TooMuch(f"has more than {COLUMNS_AT_MOST} columns: too many.")

            def read(start: int = place + 1, separator: str = separator) -> Body:
                limit = csv.field_size_limit(CHARACTERS_AT_MOST)
                try:
                    return _read(lines, start, separator)
                finally:
                    csv.field_size_limit(limit)
                    lines.clear()  # no other candidate of a text is read as well

            yield Candidate(tuple(cell.strip() for cell in headers), place + 1, read, file)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, as the reader of CSV wants them."""
    for number, found in enumerate(_LINE.finditer(text), 1):
        if found.end() - found.start() > CHARACTERS_AT_MOST:
            raise TooMuch(f"has more than {CHARACTERS_AT_MOST:,} characters in line {number}: too "
                          "many for a table.")  # fmt: skip
        yield found[0]


def _read(lines: Sequence[str], start: int, separator: str) -> Body:
    body = Body()
    while start < len(lines):
        try:
            for begins, cells in _records(lines, start, separator):
                body.add(begins + 1, cells)
            break
        except _Broken as error:
            start = error.begins + 1
            why = error.why
        body.broken.append(Problem(start, f"{why}; the row was left out."))
        if len(body.broken) > BROKEN_AT_MOST:
            raise TooMuch(
                f"has quotation marks out of place in more than {BROKEN_AT_MOST} rows, the first "
                f"in line {body.broken[0].line}. Export the file again."
            )
    return body


class _Broken(Exception):
    """The record that begins at index `begins` of the lines is no CSV."""

    def __init__(self, begins: int, why: str = "A quotation mark is out of place") -> None:
        self.begins = begins
        self.why = why


def _records(lines: Sequence[str], start: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_sane(lines, start, separator), delimiter=separator, strict=True)
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


def _sane(lines: Sequence[str], start: int, separator: str) -> Iterator[str]:
    for place, line in enumerate(islice(lines, start, None), start):
        if len(line) > _SEPARATORS_AT_MOST and line.count(separator) > _SEPARATORS_AT_MOST:
            raise _Broken(place, "The line has far too many cells")
        yield line


def _markdown(lines: Sequence[str], place: int, file: str) -> Candidate:
    def read() -> Body:
        body = Body()
        for number, line in enumerate(lines[place + 1 :], place + 2):
            if not line.lstrip().startswith(_BAR):
                break
            cells = _cells(line)
            if not all(set(cell) <= set("-: ") for cell in cells):
                body.add(number, cells)
        return body

    return Candidate(tuple(_cells(lines[place])), place + 1, read, file)


def _cells(line: str) -> list[str]:
    """The cells between the bars; one with a backslash before it is the cell's own."""
    hidden = line.strip().replace("\\|", "\0")[: _HEADER_AT_MOST * 5]
    inner = hidden.removeprefix(_BAR).removesuffix(_BAR)
    return [cell.strip().replace("\0", _BAR) for cell in inner.split(_BAR, COLUMNS_AT_MOST)]
