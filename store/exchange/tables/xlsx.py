"""Sheets of .xlsx, read in one pass by the standard library's parser of XML.

Three times as fast as openpyxl, which makes an object of every cell, and row by row: a reader that
first lays out the whole area between the first and the last cell (calamine) needs gigabytes for two
cells far apart.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, NoReturn
from xml.parsers import expat

from store.exchange.tables.table import COLUMNS_AT_MOST, SHEETS_AT_MOST, Cells, TableRow, TooMuch

_AT_ONCE = 64 * 1024
DEPTH_AT_MOST = 100
"""Elements within elements in a workbook; a cell with formatted text has a dozen above it."""
_STYLES_AT_MOST = 100_000
"""Excel takes 65,490."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a sign is written that XML cannot hold, such as “_x000D_”."""
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""What in the format of a number is no letter for a day or a time: texts, colours, countries."""
_SPAN = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DAYS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""The formats for days that every program knows by their number."""
_TIMES = frozenset((*range(18, 22), 45, 47))
_SPANS = frozenset((46,))


class _Sheet(NamedTuple):
    """A sheet: its name, and the part of the archive that it is in."""

    title: str
    part: str


def is_xlsx(archive: zipfile.ZipFile) -> bool:
    """Whether an opened zip is a workbook of this kind."""
    names = set(archive.namelist())
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def xlsx_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[TableRow]]]:
    """The sheets with their names and rows, in the order in which they are shown.

    Raises KeyError, ValueError, RecursionError or ExpatError for one that is damaged, TooMuch for
    one that would fill the memory.
    """
    book = _book(archive)
    sheets, since = _sheets_of(archive, book)
    cells = Cells()
    texts = _shared_texts(archive, book, cells)
    kinds = _kinds(archive, book)
    for sheet in sheets:
        yield sheet.title, _rows(archive, sheet.part, _CellValues(texts, kinds, since), cells)


class _CellValues:
    """What the cells of a workbook hold, as text."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[str], since: datetime) -> None:
        self.texts = texts
        self.kinds = kinds
        self.since = since

    def text(self, written: str, kind: str, style: str) -> str:
        """The cell with what is written in it, of a kind and in a style of the file's own."""
        if kind == "s":
            return self.texts[int(written)]
        if kind in ("str", "inlineStr", "e"):
            return _unescape(written).strip()
        if kind == "b":
            return "True" if written.strip() == "1" else "False"
        if kind == "d":
            return written.strip().replace("T00:00:00", "").rstrip("Z")
        shown = self.kinds[int(style)] if style and int(style) < len(self.kinds) else ""
        if not any(sign in written for sign in ".eE"):
            number: float = int(written)
            if not shown:
                return str(number)
        else:
            number = float(written)
        return self._moment(number, shown) if shown else text_of(number)

    def _moment(self, number: float, shown: str) -> str:
        """A number that is shown as a day, a time or a span of time; no day for 0, which stands
        where a formula names an empty cell."""
        if shown == "day" and not number:
            return ""
        try:
            span = timedelta(microseconds=round(number * 86_400_000) * 1_000)
            if shown == "span":
                return str(span)
            moment = self.since + span
        except OverflowError:
            return text_of(number)
        if shown == "time" or 0 <= number < 1:
            return text_of(moment.time().replace(microsecond=0))
        return text_of(moment)


def text_of(value: object) -> str:
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


def _unescape(text: str) -> str:
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: "re.Match[str]") -> str:
    sign = chr(int(found[1], 16))
    return found[0] if "\ud800" <= sign <= "\udfff" else sign


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def _parse(
    archive: zipfile.ZipFile, part: str, start: Start, end: End, said: Callable[[str], object]
) -> Iterator[None]:
    """Read a part of the archive bit by bit; elements are called without the prefix of their
    namespace."""
    prefix = ""
    depth = 0

    def first(name: str, attributes: dict[str, str]) -> None:
        nonlocal prefix
        prefix = name[: name.rfind(":") + 1]
        parser.StartElementHandler = prefixed_start if prefix else plain_start
        parser.EndElementHandler = prefixed_end if prefix else plain_end
        parser.StartElementHandler(name, attributes)

    # Half a million elements pass here: the depth is counted on the spot.
    def plain_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_AT_MOST:
            raise RecursionError
        start(name, attributes)

    def plain_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def prefixed_start(name: str, attributes: dict[str, str]) -> None:
        plain_start(name.removeprefix(prefix), attributes)

    def prefixed_end(name: str) -> None:
        plain_end(name.removeprefix(prefix))

    parser = new_parser()
    parser.StartElementHandler = first
    parser.CharacterDataHandler = said
    with archive.open(part) as opened:
        while chunk := opened.read(_AT_ONCE):
            parser.Parse(chunk)
            yield
    parser.Parse(b"", True)
    yield


def _parse_whole(archive: zipfile.ZipFile, part: str, start: Start) -> None:
    """Hand each element of a part to `start`."""
    for _ in _parse(archive, part, start, lambda _: None, lambda _: None):
        pass


def _book(archive: zipfile.ZipFile) -> str:
    """The part that names the sheets."""
    books = list(_relations(archive, "", ("officeDocument",)).values())
    return books[0] if books else "xl/workbook.xml"


def _relations(archive: zipfile.ZipFile, part: str, kinds: Collection[str]) -> dict[str, str]:
    """The parts that belong to a part, as far as they are of these kinds, by their IDs."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").rpartition("/")[2] in kinds:
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            found[attributes["Id"]] = target.lstrip("/")
            if len(found) > SHEETS_AT_MOST:
                raise TooMuch(f"has more than {SHEETS_AT_MOST} sheets: too many.")

    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in archive.namelist():
        _parse_whole(archive, relations, start)
    return found


def _sheets_of(archive: zipfile.ZipFile, book: str) -> tuple[list[_Sheet], datetime]:
    """The sheets, and the day from which the workbook counts."""
    parts = _relations(archive, book, ("worksheet",))
    found: list[_Sheet] = []
    since = datetime(1899, 12, 30)  # noqa: DTZ001  # as spreadsheets keep them

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal since
        if name == "sheet":
            for id_ in [attributes[key] for key in attributes if key.endswith(":id")]:
                if part := parts.pop(id_, ""):
                    found.append(_Sheet(attributes.get("name", ""), part))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            since = datetime(1904, 1, 1)  # noqa: DTZ001

    _parse_whole(archive, book, start)
    if not found:
        raise ValueError("no sheet")
    return found, since


def _shared_texts(archive: zipfile.ZipFile, book: str, cells: Cells) -> list[str]:
    """The texts that cells name by their number."""
    found: list[str] = []
    pieces: list[str] = []
    within, spoken = False, 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal within, spoken
        if name == "t":
            within = not spoken
        elif name == "si":
            pieces.clear()
        elif name == "rPh":
            spoken += 1

    def end(name: str) -> None:
        nonlocal within, spoken
        if name == "t":
            within = False
        elif name == "rPh":
            spoken -= 1
        elif name == "si":
            text = _unescape("".join(pieces)).strip()
            cells.keep(text)
            found.append(text)

    def hear(text: str) -> None:
        if within:
            pieces.append(text)

    for part in _relations(archive, book, ("sharedStrings",)).values():
        for _ in _parse(archive, part, start, end, hear):
            pass
    return found


def _kinds(archive: zipfile.ZipFile, book: str) -> list[str]:
    """For each style whether it shows a number as a day, a time or a span of time; "" for none."""
    own: dict[int, str] = {}
    found: list[str] = []
    within = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if name == "numFmt":
            own[int(attributes["numFmtId"])] = _kind_of(attributes.get("formatCode", "")[:255])
        elif name == "cellXfs":
            within = True
        elif name == "xf" and within:
            number = int(attributes.get("numFmtId", "0"))
            found.append(own.get(number, _known_kind(number)))
        if len(own) + len(found) > _STYLES_AT_MOST:
            raise TooMuch(f"has more than {_STYLES_AT_MOST:,} styles: too many.")

    def end(name: str) -> None:
        nonlocal within
        if name == "cellXfs":
            within = False

    for part in _relations(archive, book, ("styles",)).values():
        for _ in _parse(archive, part, start, end, lambda _: None):
            pass
    return found


def _known_kind(number: int) -> str:
    kinds = (("day", _DAYS), ("time", _TIMES), ("span", _SPANS))
    return next((kind for kind, numbers in kinds if number in numbers), "")


def _kind_of(code: str) -> str:
    """What a format shows: “dd/mm/yyyy” a day, “h:mm” a time, “[h]:mm” a span of time."""
    if _SPAN.search(code):
        return "span"
    shown = _NOT_SHOWN.sub("", code.split(";")[0]).casefold()
    if shown.strip() in ("general", "standard"):
        return ""
    if any(letter in shown for letter in "dy"):
        return "day"
    if any(letter in shown for letter in "hs"):
        return "time"
    return "day" if "m" in shown else ""


def _rows(
    archive: zipfile.ZipFile, part: str, values: _CellValues, cells: Cells
) -> Iterator[TableRow]:
    """The rows of a sheet that hold anything."""
    ready: list[TableRow] = []
    row: list[str] = []
    pieces: list[str] = []
    line = column = 0
    kind = style = ""
    within = False
    text = values.text

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal line, column, kind, style, within, row
        if name == "v" or (name == "t" and kind == "inlineStr"):
            within = True
        elif name == "c":
            found = _CELL.fullmatch(attributes.get("r", ""))
            column = _column(found[1]) if found else column + 1
            kind, style = attributes.get("t", ""), attributes.get("s", "")
            pieces.clear()
        elif name == "row":
            line = int(attributes.get("r", line + 1))
            row, column = [], 0

    def end(name: str) -> None:
        nonlocal within
        if name in ("v", "t"):
            within = False
        elif name == "c":
            if pieces and (found := text("".join(pieces), kind, style)):
                if kind != "s":
                    cells.keep(found)
                place = min(column, COLUMNS_AT_MOST + 1)
                row.extend([""] * (place - len(row)))
                row[place - 1] = found
            pieces.clear()
        elif name == "row" and row:
            cells.count(len(row))
            ready.append(TableRow(line, row))

    def hear(piece: str) -> None:
        if within:
            pieces.append(piece)

    for _ in _parse(archive, part, start, end, hear):
        yield from ready
        ready.clear()


def _column(letters: str) -> int:
    """The number of a column, from 1: “A” is 1, “AA” 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def new_parser(namespace_separator: str | None = None) -> "expat.XMLParserType":
    """The standard library's parser, set up so that no file can make it do harm: it hands out texts
    whole, and raises ValueError where a document type begins. A workbook has none, and it would
    define entities, of which few make gigabytes."""
    parser = expat.ParserCreate(namespace_separator=namespace_separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: Any) -> NoReturn:
    raise ValueError("a document type")
