"""Files that nobody should have, each with what must be said of it.

Damaged ones, such as come out of a broken download; wrong ones; and such as were made to fill the
memory, or to make a reader work without end.
"""

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

MB = 1024 * 1024
HEAD = "Company,Role,Applied,Notes\n"
ROW = "Globex,SRE,2026-11-02,x\n"
TYPES = "[Content_Types].xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
RELATIONS = (
    '<Relationships xmlns="x"><Relationship Id="r1" Type="x/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)
BOOK = '<workbook xmlns="x" xmlns:r="r"><sheets><sheet name="Jobs" r:id="r1"/></sheets></workbook>'
LAUGHS = "<!DOCTYPE lol [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


class Bad(NamedTuple):
    """A file: its name, what makes it, and what is said of it.

    `added` is how many applications come in all the same, None where the file is refused; a file is
    `long` that takes a while.
    """

    name: str
    make: Callable[[Path], object]
    said: str
    added: int | None = None
    long: bool = False


def of(content: str | bytes) -> Callable[[Path], object]:
    """Writes what is given."""
    data = content if isinstance(content, bytes) else content.encode()
    return lambda path: path.write_bytes(data)


def by(make: Callable[[], str | bytes]) -> Callable[[Path], object]:
    """Writes what is made only then, for it is large."""
    return lambda path: of(make())(path)


def zipped(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def xlsx(sheet: str, shared: str = "", head: str = "", size: str = "A1") -> bytes:
    """A workbook whose only sheet holds these rows, and says that it is of this size."""
    parts: dict[str, str | bytes] = {
        TYPES: "<Types/>",
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": f"{head}<worksheet xmlns='x'><dimension ref='{size}'/>"
        f"<sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"{head}<sst xmlns='x'>{shared}</sst>",
    }
    return zipped(parts)


def xlsx_row(number: int, *texts: str) -> str:
    """A row with these texts in it."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


def ods(rows: str, head: str = "") -> bytes:
    """A workbook of the other kind whose only table holds these rows."""
    return ods_content(f'<table:table table:name="Jobs">{rows}</table:table>', head)


def ods_content(tables: str, head: str = "") -> bytes:
    """A workbook of the other kind with these tables."""
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content {NAMES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS, "content.xml": content})


def ods_row(*texts: str, more: str = "", rows: int = 1) -> str:
    """A row with these texts in it, `rows` times."""
    cells = "".join(
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def sparse(size: int) -> Callable[[Path], object]:
    """A file of zeros that takes no room on the disk."""

    def make(path: Path) -> None:
        path.touch()
        os.truncate(path, size)

    return make


def lying_zip() -> bytes:
    """A zip that says of 30 MB that they are 30 bytes."""
    data = bytearray(zipped({"Job Applications.csv": HEAD + "x" * 30 * MB}))
    size = (len(HEAD) + 30 * MB).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (30).to_bytes(4, "little")
    return bytes(data)


def crowded_zip() -> bytes:
    """A zip of a million files without anything in them."""
    entry = zipped({"a.csv": ""})
    listed = entry.index(b"PK\x01\x02")
    end = entry.index(b"PK\x05\x06")
    many = entry[listed:end] * 1_000_000
    tail = bytearray(entry[end:])
    tail[8:10] = tail[10:12] = (0xFFFF).to_bytes(2, "little")
    tail[12:16] = len(many).to_bytes(4, "little")
    return entry[:listed] + many + bytes(tail)


def distinct_rows(columns: int, size: int) -> str:
    """Rows of .ods, each of which repeats one cell of its own: little text, many cells."""
    made, number = [], 0
    while size > 0:
        number += 1
        made.append(ods_row(f"{number}", more=f'table:number-columns-repeated="{columns}"'))
        size -= len(made[-1])
    return "".join(made)


def noise(size: int) -> bytes:
    """Bytes without a meaning, always the same."""
    return random.Random(1).randbytes(size)


def far_cell() -> bytes:
    """A sheet of two rows that says that it has 16,384 columns and a million rows, and has a cell
    there."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = xlsx_row(1, "Company", "Role") + xlsx_row(2, "Globex", "SRE") + far
    return xlsx(rows, size="A1:XFD1048576")


BAD = (
    Bad("empty.csv", of(b""), "“empty.csv” is empty."),
    Bad("blank.csv", of(b" \r\n\t\n" * 99), "“blank.csv” is empty."),
    Bad("noise.csv", of(noise(MB)), "“noise.csv” is not"),
    Bad("picture.csv", of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + noise(9_000)), "“picture.csv” is not",
        long=True),
    Bad("old.xls", of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)), "“old.xls” is a workbook",
        long=True),
    Bad("gigabyte.csv", sparse(1024 * MB), "“gigabyte.csv” is bigger than 60 MB"),
    Bad("zeros.csv", sparse(19 * MB), "“zeros.csv” is not", long=True),
    Bad("line.csv", by(lambda: "x" * 100 * MB), "“line.csv” is bigger than", long=True),
    Bad("long.csv", by(lambda: HEAD + ROW + "x" * 15 * MB), "“long.csv” has more than 1,000,000 "
        "characters in line 3", long=True),
    Bad("wide.csv", by(lambda: HEAD + "😀" + "x" * 15 * MB), "characters in line 2", long=True),
    Bad("emoji.csv", by(lambda: HEAD + "Globex,😀,,x\n" * 1_000_000), "“emoji.csv” has more than",
        long=True),
    Bad("notes.csv", by(lambda: HEAD + f'Globex,SRE,,"😀{"x" * 400}"\n' * 45_000),
        "1 added", added=1, long=True),
    Bad("lines.csv", by(lambda: "\n" * 9 + HEAD + "\n" * 19 * MB), "“lines.csv” has more than",
        long=True),
    Bad("commas.csv", by(lambda: HEAD + "a,,,,,,,,,\n" * 1_900_000), "“commas.csv” has more than",
        long=True),
    Bad("cells.csv", by(lambda: HEAD + (",a" * 499 + "\n") * 19_000),
        "“cells.csv” has more than 2,000,000 cells", long=True),
    Bad("columns.csv", by(lambda: "Company,Role," + "a," * 600 + "\n"),
        "“columns.csv” has more than 500 columns"),
    Bad("open.csv", of(HEAD + ROW + 'Initech,"Dev,,\nHooli,Dev,,\n'), "line 3: A quotation mark",
        added=2),
    Bad("quotes.csv", of(HEAD + 'a,"b"c,,\n' * 30), "“quotes.csv” has quotation marks out of place "
        "in more than 20 rows, the first in line 2", long=True),
    Bad("half.csv", of((HEAD + ROW).encode("utf-16")[:-1]), "“half.csv” is not readable as text",
        long=True),
    Bad("japan.csv", of("会社,職種,応募日\n".encode("shift-jis") * 50), "“japan.csv”", long=True),
    Bad("german.csv", of("Firma;Stelle\nMüller;Köchin\n".encode("cp1252")), "Windows-1252",
        added=1, long=True),
    Bad("marks.csv", by(lambda: HEAD + f"Globex,e{chr(0x301) * 300_000},,\n"), "1 added",
        added=1, long=True),
    Bad("bars.md", by(lambda: "| Company | Role |\n|---|---|\n" + "|" * 900_000 + "\n"),
        "1 problem", added=0, long=True),
    Bad("deep.json", by(lambda: "[" * 1_000_000), "“deep.json” is nested too deeply"),
    Bad("deeper.json", by(lambda: '[{"company":' * 300_000 + "1" + "}]" * 300_000),
        "“deeper.json” is nested too deeply", long=True),
    Bad("cut.json", of('[\n{"company": "Globex",\n "role": "SR'), "“cut.json”, line 3"),
    Bad("digits.json", of('[{"company": ' + "9" * 5_000 + "}]"), "“digits.json” is not valid JSON",
        long=True),
    Bad("big.json", by(lambda: "[" + "{}," * 6_000_000 + "{}]"), "“big.json” has more than",
        long=True),
    Bad("objects.json", by(lambda: "[" + "{}," * 1_900_000 + "{}]"), "“objects.json”", long=True),
    Bad("dicts.json", by(lambda: "[" + '{"":1},' * 850_000 + "{}]"), "“dicts.json”", long=True),
    Bad("lists.json", by(lambda: json.dumps([{"company": "Globex", "role": [[]] * 1_400_000}])),
        "1 problem", added=0, long=True),
    Bad("bomb.zip", by(lambda: zipped({"Job Applications.csv": HEAD + "x" * 99 * MB})),
        "“bomb.zip” unpacks to more than 64 MB", long=True),
    Bad("lying.zip", by(lying_zip), "“lying.zip” is a damaged archive"),
    Bad("crowded.zip", by(crowded_zip), "“crowded.zip” holds more than 5,000 files", long=True),
    Bad("cut.zip", of(zipped({"a.csv": HEAD + ROW})[:-30]), "“cut.zip” is a damaged archive",
        long=True),
    Bad("climbing.zip", of(zipped({"../../../a/../etc/jobs.csv": HEAD + ROW})), "1 added", added=1),
    Bad("nested.zip", by(lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.csv": ROW})})})),
        "“nested.zip” cannot be imported"),
    Bad("laughs.xlsx", of(xlsx(xlsx_row(1, "&a11;"), head=LAUGHS)), "“laughs.xlsx” is damaged"),
    Bad("laughs.ods", of(ods(ods_row("&a11;"), LAUGHS)), "“laughs.ods” is damaged"),
    Bad("utf16.ods", of(zipped({"mimetype": ODS, "content.xml": f"{LAUGHS}<a>&a11;</a>".encode(
        "utf-16")})), "“utf16.ods” is damaged", long=True),
    Bad("outside.ods", of(ods(ods_row("&x;"), "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>"
        "]>")), "“outside.ods” is damaged", long=True),
    Bad("deep.ods", by(lambda: zipped({"mimetype": ODS, "content.xml": "<a>" * 1_000_000})),
        "“deep.ods” is damaged", long=True),
    Bad("bomb.xlsx", by(lambda: xlsx("", "<si><t>" + "x" * 70 * MB)), "“bomb.xlsx” unpacks to more",
        long=True),
    Bad("texts.xlsx", by(lambda: xlsx("", "<si><t>ab</t></si>" * 3_300_000)), "“texts.xlsx” has "
        "more text", long=True),
    Bad("emoji.xlsx", by(lambda: xlsx("", f"<si><t>😀{'x' * 90_000}</t></si>" * 700)),
        "“emoji.xlsx” has more text", long=True),
    Bad("cells.xlsx", by(lambda: xlsx(xlsx_row(1, "Company", "Role") +
        f"<row>{'<c><v>12</v></c>' * 90}</row>" * 40_000)),
        "“cells.xlsx” has more than 2,000,000 cells", long=True),
    Bad("rows.xlsx", by(lambda: xlsx(xlsx_row(1, "Company", "Role") + xlsx_row(2, "a", "b") *
        60_000)), "“rows.xlsx” has more than 50,000 rows", long=True),
    Bad("far.xlsx", by(far_cell), "line 1048576: The row has more cells", added=1),
    Bad("cut.xlsx", by(lambda: xlsx(xlsx_row(1, "Company", "Role") + xlsx_row(2, "a", "b") * 90 +
        "<row><c")), "“cut.xlsx” is damaged"),
    Bad("styles.xlsx", of(xlsx('<row><c t="s"><v>99</v></c></row>')), "“styles.xlsx” is damaged",
        long=True),
    Bad("wide.ods", of(ods(ods_row("x", more='table:number-columns-repeated="16384"', rows=1048576))
        ), "“wide.ods” has more than"),
    Bad("tall.ods", of(ods(ods_row("Company") + ods_row("x", rows=1048576))), "“tall.ods” has more "
        "than 50,000 rows", long=True),
    Bad("cells.ods", by(lambda: ods(distinct_rows(499, 20 * MB))), "“cells.ods” has more than",
        long=True),
    Bad("sheets.ods", by(lambda: ods_content("<table:table table:name='a'/>" * 900_000)),
        "“sheets.ods” has more than 200 sheets", long=True),
    Bad("repeats.ods", by(lambda: ods_content(("<table:table table:name='a'>" + ods_row("x",
        rows=50_000) + "</table:table>") * 190)), "“repeats.ods” has more than", long=True),
    Bad("page.html", by(lambda: "<html><body>\n" + "<p>\n" * 1_000_000), "“page.html”", long=True),
    Bad("tags.csv", by(lambda: "title,company name,list name,html description\nSRE,Globex,Applied,"
        + "<p>" * 300_000 + "\n"), "", added=1, long=True),
    Bad("comments.csv", by(lambda: "title,company name,list name,html description\nSRE,Globex,"
        "Applied,<p>" + "<!--<a " * 120_000 + "\n"), "", added=1),
)  # fmt: skip
