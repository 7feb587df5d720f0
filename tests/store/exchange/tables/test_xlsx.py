"""Cells of .xlsx: as openpyxl writes them, and as other programs may."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from store.exchange.archive import open_archive
from store.exchange.tables.table import CELLS_AT_MOST
from store.exchange.tables.workbook import workbook_candidates
from store.rules.text import Refused
from tests.tables import each_row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rows(data: bytes) -> list[list[str]]:
    """The cells of the first sheet, its first row too."""
    first = next(workbook_candidates(open_archive("a.xlsx", data), "a.xlsx"))
    return [list(first.headers), *(list(row.cells) for row in first.read().rows)]


def workbook(sheet: str, *, shared: str = "", styles: str = "", more: str = "") -> bytes:
    """A workbook by hand, with a prefix before the names of the sheet's elements."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="a" Type="{OFFICE}/officeDocument" '
            'Target="/xl/book.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/book.xml",
            f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{OFFICE}"><x:workbookPr {more}/><x:sheets>'
            '<x:sheet name="Mine" sheetId="1" q:id="r9"/></x:sheets></x:workbook>',
        )
        archive.writestr(
            "xl/_rels/book.xml.rels",
            f'<Relationships><Relationship Id="r9" Type="{OFFICE}/worksheet" Target="s/one.xml"/>'
            f'<Relationship Id="r8" Type="{OFFICE}/sharedStrings" Target="texts.xml"/>'
            f'<Relationship Id="r7" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/s/one.xml",
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{sheet}</x:sheetData></x:worksheet>',
        )
        archive.writestr("xl/texts.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
    return made.getvalue()


def written(*cells: tuple[Any, str | None]) -> list[str]:
    """What is read of values that openpyxl has written, each in a format of its own."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for column, (value, shown) in enumerate(cells, 1):
        cell = sheet.cell(1, column, value)
        if shown is not None:
            cell.number_format = shown
    made = io.BytesIO()
    book.save(made)
    return rows(made.getvalue())[0]


MOMENT = datetime(2026, 11, 3, 10, 30)  # noqa: DTZ001  # as spreadsheets keep them


@each_row(
    ("value", "shown", "text"),
    [
        ("Globex", None, "Globex"),
        (" a\nb ", None, "a\nb"),
        (90_000, None, "90000"),
        (90_000.0, None, "90000"),
        (90_500.5, "#,##0.00 [$€-407]", "90500.5"),
        (0.25, "0%", "0.25"),
        (123_456_789_012_345, None, "123456789012345"),
        (True, None, "True"),
        (date(2026, 11, 3), None, "2026-11-03"),
        (MOMENT, None, "2026-11-03 10:30"),
        (time(10, 30), None, "10:30:00"),
        (timedelta(hours=30), None, "1 day, 6:00:00"),
        (46_329, "General", "46329"),
        (46_329, "dd/mm/yyyy", "2026-11-03"),
        (46_329, "[$-407]d. mmmm yyyy;@", "2026-11-03"),
        (46_329, 'yyyy"-W"ww', "2026-11-03"),
        (46_329, '0 "days"', "46329"),
        (46_329, "[Red]0.00", "46329"),
        (46_329, "mmm", "2026-11-03"),
        (0.4375, "h:mm", "10:30:00"),
        (0, "dd/mm/yyyy", ""),
        (1.25, "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_a_cell_is_read_as_it_shows(value: Any, shown: str | None, text: str) -> None:
    assert written(("Company", None), (value, shown), ("end", None)) == ["Company", text, "end"]


def test_other_programs_write_it_otherwise() -> None:
    sheet = (
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="2" spans="1:9"><x:c t="s"><x:v>2</x:v></x:c>'
        '<x:c r="D2" t="inlineStr"><x:is><x:r><x:t>rich </x:t></x:r>'
        "<x:r><x:t>text</x:t></x:r></x:is></x:c></x:row>"
        '<x:row r="9"><x:c r="A9" t="str"><x:f>CONCAT("x";"y")</x:f><x:v>xy</x:v></x:c>'
        '<x:c r="B9" t="e"><x:v>#N/A</x:v></x:c><x:c r="C9" t="d"><x:v>2026-11-03T00:00:00</x:v>'
        '</x:c><x:c r="D9" s="1"><x:v>4.5E1</x:v></x:c><x:c r="E9" s="0"/><x:c r="F9"><x:v/></x:c>'
        "</x:row>"
    )
    shared = (
        "<si><t>Com</t><rPh><t>furigana</t></rPh></si>"
        "<si><r><t>Ro</t></r><r><t>le_x000D_</t></r></si>"
        "<si><t>a_x005F_x0041_</t></si>"
    )
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="dd.mm.yy"/></numFmts><cellStyleXfs><xf '
        'numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    )
    assert rows(workbook(sheet, shared=shared, styles=styles)) == [
        ["Com", "Role"],
        ["a_x0041_", "", "", "rich text"],
        ["xy", "#N/A", "2026-11-03", "1900-02-13"],
    ]


def test_a_workbook_may_count_from_1904() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    sheet = '<x:row><x:c s="0"><x:v>44867</x:v></x:c></x:row>'
    assert rows(workbook(sheet, styles=styles, more='date1904="1"')) == [["2026-11-03"]]


def test_the_line_is_that_of_the_sheet() -> None:
    sheet = "".join(
        f'<x:row r="{line}"><x:c t="str"><x:v>x{line}</x:v></x:c></x:row>' for line in (3, 5_000)
    )
    data = workbook(sheet)
    first = next(workbook_candidates(open_archive("a.xlsx", data), "a.xlsx"))
    assert (first.line, [row.line for row in first.read().rows]) == (3, [5_000])


def texts(cells: Iterable[str]) -> str:
    inside = "".join(f'<x:c t="str"><x:v>{cell}</x:v></x:c>' for cell in cells)
    return f"<x:row>{inside}</x:row>"


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (texts("ab") * 90 + "<x:row></x:c>", "damaged or no workbook"),
        (texts("ab") * 60 + '<x:row><x:c t="s"><x:v>7</x:v></x:c></x:row>', "damaged"),
        (texts("ab") * 60 + "<x:row><x:c><x:v>seven</x:v></x:c></x:row>", "damaged"),
        (texts("ab") * 60 + f"<x:row><x:c><x:v>{'9' * 5_000}</x:v></x:c></x:row>", "damaged"),
        (texts("ab") * 60 + "<a>" * 200, "damaged"),
        ("<!-- " + "x" * 70_000 + " -->" + "<!DOCTYPE a>", "damaged"),
        (texts("ab") * 60_000, "more than 50,000 rows"),
        (texts(["x"] * 501), "more than 500 columns"),
        pytest.param(
            texts(["a", "b"]) + texts(["x"] * 500) * (CELLS_AT_MOST // 500),
            "more than 2,000,000",
            marks=[pytest.mark.long, pytest.mark.proof],
        ),
    ],
)
def test_what_breaks_in_the_middle_is_one_sentence_too(sheet: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        rows(workbook(sheet))
