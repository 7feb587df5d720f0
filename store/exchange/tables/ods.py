"""Sheets of .ods, read in one pass by the standard library's parser of XML."""

import zipfile
from collections.abc import Iterator

from store.exchange.tables.table import (
    COLUMNS_AT_MOST,
    PREAMBLE_AT_MOST,
    ROWS_AT_MOST,
    SHEETS_AT_MOST,
    Cells,
    TableRow,
    TooMuch,
)
from store.exchange.tables.xlsx import DEPTH_AT_MOST, new_parser, text_of

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_AT_ONCE = 64 * 1024
_REPEATED_ROW = 10
"""As how many cells a row counts that is there once more."""


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Whether an opened zip is a workbook of this kind."""
    try:
        with archive.open("mimetype") as part:
            return part.read(len(_KIND) + 1).strip() == _KIND
    except Exception:  # whatever a broken archive makes the unpackers meet
        return False


_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "


def ods_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[TableRow]]]:
    """The sheets with their names and rows, in the order in which they are shown.

    Raises KeyError, ValueError, RecursionError or ExpatError for one that is damaged, TooMuch for
    one that would fill the memory.
    """
    reader = _OdsReader()
    parser = new_parser(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    with archive.open("content.xml") as part:
        while chunk := part.read(_AT_ONCE):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    for title, rows in reader.sheets:
        yield title, iter(rows)


class _OdsReader:
    """The handlers of the parser, and the sheets that they have put together."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[TableRow]]] = []
        self._row: list[str] = []
        self._repeated_row = 1
        self._repeated_cell = 1
        self._value = ""
        self._paragraphs: list[str] = []
        self._inside = False
        self._depth = 0
        self._cells = Cells()
        self._remark = 0
        self._line = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_AT_MOST:
            raise RecursionError
        if name == _TABLE + "table":
            if len(self.sheets) == SHEETS_AT_MOST:
                raise TooMuch(f"has more than {SHEETS_AT_MOST} sheets: too many.")
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
                self._value = text_of(number) if number == number else ""
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
            self._cells.keep(text)
            room = COLUMNS_AT_MOST + 1 - len(self._row)
            self._row += [text] * min(self._repeated_cell, max(room, 0))
        elif name == _TABLE + "table-row" and self.sheets:
            while self._row and not self._row[-1]:
                self._row.pop()
            rows = self.sheets[-1][1]
            self._cells.count(len(self._row))
            for nth in range(self._repeated_row if self._row else 0):
                rows.append(TableRow(self._line + nth + 1, self._row))
                self._cells.count(_REPEATED_ROW if nth else 0)
                if len(rows) > ROWS_AT_MOST + PREAMBLE_AT_MOST:
                    raise TooMuch(f"has more than {ROWS_AT_MOST:,} rows: too many.")
            self._line += self._repeated_row
