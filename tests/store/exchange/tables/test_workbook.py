"""Workbooks, made here as their programs make them, and such as were made to do harm."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.incoming import Parsed
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 28)
HEAD = ("Company", "Role", "Applied", "Salary", "Notes")
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def read(data: bytes, name: str = "mine.xlsx") -> Parsed:
    return read_document(Document.of(name, data), TODAY)


def xlsx(*sheets: list[tuple[Any, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def ods(rows: str, head: str = "") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {NAMES}>'
        f'<office:body><office:spreadsheet><table:table table:name="Jobs">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": MIMETYPE, "content.xml": content})


def ods_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def ods_text(text: str, more: str = "") -> str:
    return ods_cell(f'office:value-type="string" {more}', f"<text:p>{text}</text:p>")


def ods_cell(said: str, inside: str) -> str:
    return f"<table:table-cell {said}>{inside}</table:table-cell>"


def test_a_workbook_is_read_as_it_shows_its_cells() -> None:
    moment = datetime(2026, 11, 3, 10, 30)  # noqa: DTZ001  # as spreadsheets keep them
    parsed = read(
        xlsx(
            [
                ("My applications",),
                (),
                HEAD,
                ("Globex", "SRE", date(2026, 11, 3), 90000.0, "a\nb"),
                ("Initech", "Dev", moment, 90500.5, True),
                (),
                ("Hooli", "Dev", None, None, None),
            ]
        )
    )
    assert [(r.line, r.company, r.applied_on, r.salary, r.note) for r in parsed.rows] == [
        (4, "Globex", date(2026, 11, 3), "90000", "a\nb"),
        (5, "Initech", date(2026, 11, 3), "90500.5", "True"),
        (7, "Hooli", None, "", ""),
    ]


def test_the_sheet_with_the_applications_is_found() -> None:
    parsed = read(xlsx([("Budget", "Amount"), ("x", 1)], [HEAD, ("Globex", "SRE")]))
    assert [row.company for row in parsed.rows] == ["Globex"]


def test_an_open_document_is_read_as_it_shows_its_cells() -> None:
    shown = "<text:p>as it is shown</text:p>"
    day = ods_cell('office:value-type="date" office:date-value="2026-11-03"', shown)
    pay = ods_cell('office:value-type="currency" office:value="90000"', shown)
    remark = "<office:annotation><text:p>a remark</text:p></office:annotation>"
    text = "<text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p>"
    note = ods_cell('office:value-type="string"', remark + text)
    rows = (
        ods_row(*map(ods_text, HEAD))
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + ods_row(ods_text("Globex"), ods_text("SRE"), day, pay, note)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    (row,) = read(ods(rows), "mine.ods").rows
    assert (row.line, row.company, row.applied_on, row.salary, row.note) == (
        4, "Globex", date(2026, 11, 3), "90000", "a  b\nc"
    )  # fmt: skip


def test_cells_that_repeat_are_counted() -> None:
    wide = ods_row(ods_text("x", 'table:number-columns-repeated="1000000000"'))
    with pytest.raises(Refused, match="more than 500 columns"):
        read(ods(wide), "wide.ods")
    tall = ods_row(*map(ods_text, HEAD)) + (
        '<table:table-row table:number-rows-repeated="1000000000">'
        f"{ods_text('x')}{ods_text('y')}</table:table-row>"
    )
    with pytest.raises(Refused, match="50,000 rows"):
        read(ods(tall), "tall.ods")


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@each_row(
    ("name", "data", "said"),
    [
        ("bomb.ods", ods(ods_row(ods_text("&b;")), ENTITIES), "damaged or no workbook"),
        (
            "deep.ods",
            zipped({"mimetype": MIMETYPE, "content.xml": "<a>" * 1_000_000}),
            "damaged or no workbook",
        ),
        ("cut.xlsx", xlsx([HEAD])[:-200], "damaged archive"),
        ("none.ods", zipped({"mimetype": MIMETYPE}), "damaged or no workbook"),
        ("bad.ods", zipped({"mimetype": MIMETYPE, "content.xml": "<a><b></a>"}), "damaged"),
        (
            "bad.xlsx",
            zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x"}),
            "damaged",
        ),
        (
            "big.xlsx",
            zipped({"[Content_Types].xml": "<Types/>", "xl/x.xml": " " * (65 * 1024 * 1024)}),
            "unpacks to more than 64 MB",
        ),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "before 2007"),
    ],
)
def test_what_is_no_sound_workbook_is_one_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        read(data, name)
    assert name in str(refused.value)


def test_one_cell_at_the_end_of_a_sheet_fills_no_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for column, name in enumerate(HEAD, 1):
        sheet.cell(1, column, name)
    sheet.cell(2, 1, "Globex")
    sheet.cell(2, 2, "SRE")
    sheet.cell(1_048_576, 16_384, "x")
    made = io.BytesIO()
    book.save(made)
    assert [row.company for row in read(made.getvalue()).rows] == ["Globex"]
