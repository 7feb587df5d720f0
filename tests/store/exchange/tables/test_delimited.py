"""Text with separators, as spreadsheets write it and hand it over the clipboard."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.incoming import Parsed
from store.exchange.tables.delimited import text_candidates
from store.exchange.tables.table import header_key
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 28)


def read(content: str | bytes) -> Parsed:
    data = content if isinstance(content, bytes) else content.encode()
    return read_document(Document.of("mine.csv", data), TODAY)


@each_row("separator", [",", ";", "\t"])
@each_row(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@each_row("ending", ["\n", "\r\n", "\r"])
def test_each_separator_in_each_encoding_with_each_ending(
    separator: str, encoding: str, ending: str
) -> None:
    rows = ["Firma|Stelle|Ort", "Müller & Söhne|Bürokraft – Teilzeit|Köln", "Ünal|Öko|"]
    text = ending.join(rows).replace("|", separator)
    found = read(text.encode(encoding)).rows
    assert [(row.company, row.role, row.location) for row in found] == [
        ("Müller & Söhne", "Bürokraft – Teilzeit", "Köln"),
        ("Ünal", "Öko", ""),
    ]


def test_what_a_spreadsheet_puts_on_the_clipboard_is_read() -> None:
    """Tabs, a cell of several lines in quotation marks, doubled within."""
    found = read('Company\tRole\tNotes\nGlobex\tSRE\t"say ""hi"",\nthen go"\nInitech\tDev\t\n').rows
    assert [(row.line, row.company, row.note) for row in found] == [
        (2, "Globex", 'say "hi",\nthen go'),
        (4, "Initech", ""),
    ]


def test_a_table_in_markdown_ends_with_its_bars() -> None:
    found = read(
        "# Jobs\n\n| Company | Role |\n|:--|--:|\n| A \\| B | C |\n\nThat is all, | or\n"
    ).rows
    assert [(row.line, row.company, row.role) for row in found] == [(5, "A | B", "C")]


def test_names_of_columns_are_one_however_they_are_written() -> None:
    assert (
        len(set(map(header_key, ("Company Name", "company_name", "companyName", "COMPANY-NAME"))))
        == 1
    )
    assert header_key("Été (€)") == "ete"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (",".join(f"c{n}" for n in range(600)) + "\n", "“mine.csv” has more than 500 columns"),
        ("Company,Role\n" + "a,b\n" * 50_001, "“mine.csv” has more than 50,000 rows"),
        ("x" * 1_000_000, "no table of applications"),
        ("Company,Role\n" + "x" * 1_000_001, "has more than 1,000,000 characters in line 2"),
        ("Company,Role\n" + ("a," * 400 + "\n") * 5_000, "more than 2,000,000 cells"),
        ("Company,Role\n" + "\n" * 1_000_001, "more than 500,000 lines"),
        (
            "Company,Role\n" + 'a,"b\n' * 30,
            "out of place in more than 20 rows, the first in line",
        ),
    ],
)
def test_limits_are_told_in_one_sentence(content: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(content)


def test_a_line_of_nothing_but_separators_is_left_out() -> None:
    parsed = read("Company,Role\nGlobex,SRE\n" + "," * 200_000 + "\nInitech,Dev\n")
    assert [row.company for row in parsed.rows] == ["Globex", "Initech"]
    assert [(one.line, one.sentence) for one in parsed.problems] == [
        (3, "The line has far too many cells; the row was left out.")
    ]


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for place in range(len(list(text_candidates(text)))):
        candidate = list(text_candidates(text))[place]  # of one text one candidate may be read
        try:
            body = candidate.read()
        except Refused:
            continue
        assert all(row.line > candidate.line for row in body.rows)
