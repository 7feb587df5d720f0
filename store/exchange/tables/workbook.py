"""Workbooks: .xlsx by openpyxl, .ods by the standard library's parser of XML.

A file of some kilobytes can unpack to gigabytes, repeat one cell a million times, or name the last
cell of a sheet to make a reader fill all before it: what is unpacked is counted first, and rows and
cells as they come.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from store.exchange.tables.table import (
    COLUMNS_AT_MOST,
    PREAMBLE_AT_MOST,
    ROWS_AT_MOST,
    Candidate,
    Row,
    TooMuch,
    grid_candidates,
)
from store.rules.text import Refused, quoted

UNPACKED_AT_MOST = 64 * 1024 * 1024
"""Bytes of a workbook; the sheet of a thousand applications has one million."""
_BLANK_ROWS_AT_MOST = 1_000
"""Empty rows in a row, after which nothing more is looked for in a sheet."""
_DEPTH_AT_MOST = 100
"""Elements within elements in a workbook; a cell with formatted text has a dozen above it."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DAMAGED = "is damaged or no workbook. Save it again, or as CSV."


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an opened zip is a workbook."""
    return _is_xlsx(archive) or _is_ods(archive)


def workbook_candidates(archive: zipfile.ZipFile, data: bytes, name: str) -> Iterator[Candidate]:
    """The lines that may hold the names of columns, sheet by sheet; Refused for what is too big,
    damaged or written to do harm."""
    called = quoted(name)
    if sum(part.file_size for part in archive.infolist()) > UNPACKED_AT_MOST:
        raise Refused(
            f"{called} unpacks to more than {UNPACKED_AT_MOST // 1024 // 1024} MB: too big."
        )
    try:
        _refuse_entities(archive, called)
        sheets = _xlsx_sheets(data) if _is_xlsx(archive) else _ods_sheets(archive)
        for number, (title, rows) in enumerate(sheets):
            lines = list(islice(rows, PREAMBLE_AT_MOST))
            yield from grid_candidates(lines, rows, title if number else "")
    except Refused:
        raise
    except RecursionError:
        raise Refused(f"{called} {_DAMAGED}") from None
    except Exception:  # the reader of workbooks raises whatever a broken one makes it meet
        raise Refused(f"{called} {_DAMAGED}") from None


def _is_xlsx(archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def _is_ods(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open("mimetype") as part:
            return part.read(len(_ODS) + 1).strip() == _ODS
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


def _refuse_entities(archive: zipfile.ZipFile, called: str) -> None:
    """Neither format has a document type; one that is there would define entities."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                head = opened.read(64 * 1024).replace(b"\0", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Refused(f"{called} {_DAMAGED}")


def _xlsx_sheets(data: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    from openpyxl import load_workbook  # 0.3 s, for workbooks only

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, _xlsx_rows(sheet)


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    blank = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text_of(value) for value in values[: COLUMNS_AT_MOST + 1]]
        while cells and not cells[-1]:
            cells.pop()
        blank = 0 if cells else blank + 1
        if blank > _BLANK_ROWS_AT_MOST:
            return
        yield Row(number, cells)


def _text_of(value: object) -> str:
    """A cell as it would stand in a CSV file; days as 2026-11-28."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "


def _ods_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[Row]]]:
    from xml.parsers import expat

    reader = _OdsReader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    with archive.open("content.xml") as part:
        left = UNPACKED_AT_MOST
        while chunk := part.read(min(64 * 1024, left)):
            left -= len(chunk)
            parser.Parse(chunk)
        parser.Parse(b"", True)
    for title, rows in reader.sheets:
        yield title, iter(rows)


class _OdsReader:
    """The handlers of the parser, and the sheets that they have put together."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[Row]]] = []
        self._row: list[str] = []
        self._repeated_row = 1
        self._repeated_cell = 1
        self._value = ""
        self._paragraphs: list[str] = []
        self._inside = False
        self._depth = 0
        self._remark = 0
        self._line = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH_AT_MOST:
            raise RecursionError
        if name == _TABLE + "table":
            self.sheets.append((attributes.get(_TABLE + "name", ""), []))
            self._line = 0
        elif name == _TABLE + "table-row":
            self._row = []
            self._repeated_row = int(attributes.get(_TABLE + "number-rows-repeated", "1"))
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._repeated_cell = int(attributes.get(_TABLE + "number-columns-repeated", "1"))
            kind = attributes.get(_OFFICE + "value-type", "")
            self._value = attributes.get(_OFFICE + "date-value", "").replace("T00:00:00", "")
            if kind in ("float", "currency", "percentage"):
                number = float(attributes.get(_OFFICE + "value", "nan"))
                self._value = _text_of(number) if number == number else ""
            self._paragraphs = []
            self._inside = True
        elif name == _OFFICE + "annotation":
            self._remark += 1
        elif self._inside and not self._remark:
            if name == _TEXT + "p":
                self._paragraphs.append("")
            elif self._paragraphs and name == _TEXT + "s":
                self._paragraphs[-1] += " " * min(int(attributes.get(_TEXT + "c", "1")), 100)
            elif self._paragraphs and name in (_TEXT + "tab", _TEXT + "line-break"):
                self._paragraphs[-1] += "\n" if name.endswith("line-break") else "\t"

    def characters(self, text: str) -> None:
        if self._inside and not self._remark and self._paragraphs:
            self._paragraphs[-1] += text

    def end(self, name: str) -> None:
        self._depth -= 1
        if name == _OFFICE + "annotation":
            self._remark -= 1
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._inside = False
            text = self._value or "\n".join(self._paragraphs).strip()
            room = COLUMNS_AT_MOST + 1 - len(self._row)
            self._row += [text] * min(self._repeated_cell, max(room, 0))
        elif name == _TABLE + "table-row" and self.sheets:
            while self._row and not self._row[-1]:
                self._row.pop()
            rows = self.sheets[-1][1]
            for nth in range(self._repeated_row if self._row else 0):
                rows.append(Row(self._line + nth + 1, self._row))
                if len(rows) > ROWS_AT_MOST + PREAMBLE_AT_MOST:
                    raise TooMuch(f"has more than {ROWS_AT_MOST:,} rows: too many.")
            self._line += self._repeated_row
