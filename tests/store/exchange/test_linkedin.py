"""LinkedIn's list of applications, as it is exported and as spreadsheets hand it on."""

import csv
import io
import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.exchange.days import read_day
from store.exchange.document import SIZE_LIMIT
from store.exchange.files import read_file
from store.exchange.incoming import Incoming, Parsed, Problem
from store.exchange.known import formats
from store.exchange.linkedin import readable_answers
from store.rules.text import Refused
from tests.conftest import examples
from tests.tables import each_row

TODAY = date(2026, 11, 23)
SHARED = HealthCheck.function_scoped_fixture
SAMPLE = Path(__file__).with_name("samples") / "linkedin.csv"
HEAD = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers"
)
ROW = '"9/30/26, 7:25 PM",me@example.org,+49 1,Globex,Engineer,https://x.example/1,cv.pdf,Years?:5'


def harmless(text: str) -> bool:
    """Whether `text` is one line without anything that a terminal obeys."""
    return not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)


def parsed(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> Parsed:
    """The file with `content`, read."""
    path = tmp_path / "jobs.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return read_file(path, TODAY)


def test_the_sample_is_read_whole() -> None:
    found = read_file(SAMPLE, TODAY)
    assert found.format == "LinkedIn"
    assert [(row.line, row.company, row.applied_on) for row in found.rows] == [
        (4, "Initrode", date(2026, 9, 30)),
        (5, 'Café "Nørd", GmbH', date(2026, 10, 1)),
        (7, "Wrongdate", None),
        (8, "Undated", None),
        (12, "Initrode", date(2026, 9, 30)),
        (13, "Aperture", date(2026, 10, 3)),
        (15, "Tyrell", date(2026, 10, 5)),
        (16, "株式会社アクメ", date(2026, 10, 6)),
        (17, "Acme [/b]", date(2026, 11, 23)),
    ]
    assert [problem.line for problem in found.problems] == [7, 8, 9, 13, 14, 15]


def test_a_row_becomes_an_application_without_the_users_own_address(tmp_path: Path) -> None:
    assert parsed(tmp_path, f"{HEAD}\r\n{ROW}\r\n").rows == (
        Incoming(
            line=2,
            company="Globex",
            role="Engineer",
            applied_on=date(2026, 9, 30),
            url="https://x.example/1",
            cv_version="cv.pdf",
            source="LinkedIn",
            note="Years? 5",
        ),
    )


@each_row(
    ("text", "day"),
    [
        ("7/6/23, 2:20 PM", date(2023, 7, 6)),
        ("07/06/2023, 2:20 PM", date(2023, 7, 6)),
        ("12/31/25, 12:00\u202fAM", date(2025, 12, 31)),
        ("7/6/23", date(2023, 7, 6)),
        ("7/6/23 14:20", date(2023, 7, 6)),
        ("2/29/24, 1:00 PM", date(2024, 2, 29)),
        ("2023-07-06", date(2023, 7, 6)),
        ("2023-07-06T14:20:00Z", date(2023, 7, 6)),
        ("2/29/25, 1:00 PM", None),
        ("31/12/25, 1:00 PM", None),
        ("13/2/26", None),
        ("0/1/26", None),
        ("7.6.23", date(2023, 6, 7)),
        ("6 July 2023", date(2023, 7, 6)),
        ("7/6/123", None),
        ("٧/٦/٢٣", None),
        ("7/6/23x", None),
        ("N/A", None),
        ("", None),
        ("9" * 1_000, None),
    ],
)
def test_days_are_read_month_first_or_not_at_all(text: str, day: date | None) -> None:
    assert read_day(text, "mdy") == day


@given(st.dates(date(2003, 1, 1), date(2068, 12, 31)), st.booleans())
def test_every_day_that_linkedin_writes_is_read(day: date, short: bool) -> None:
    year = f"{day.year % 100:02}" if short else str(day.year)
    assert read_day(f"{day.month}/{day.day}/{year}, 2:20 PM", "mdy") == day


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_of_days_fail(text: str) -> None:
    found = read_day(text, "mdy", serial=True)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("written", "day", "problem"),
    [
        ("11/24/26, 3:00 AM", TODAY, None),
        ("11/25/26, 3:00 AM", None, "Wed 25 Nov 2026 is in the future; the day was left empty."),
        ("1/1/99, 3:00 AM", None, "Thu 1 Jan 2099 is in the future; the day was left empty."),
        ("1/1/1999, 3:00 AM", None, "Fri 1 Jan 1999 is too long ago; the day was left empty."),
    ],
)
def test_a_day_that_cannot_be_right_is_left_empty(
    tmp_path: Path, written: str, day: date | None, problem: str | None
) -> None:
    """The export names no zone: tomorrow is somebody's today."""
    found = parsed(tmp_path, f'{HEAD}\n"{written}",,,Globex,Engineer,,,\n')
    assert found.rows[0].applied_on == day
    assert found.problems == ((Problem(2, problem),) if problem else ())


@each_row(
    ("text", "readable"),
    [
        ("", ""),
        ("Years of experience?:5", "Years of experience? 5"),
        ("Years?:5 | Visa?:No", "Years? 5\nVisa? No"),
        ("Visa?:No\nSalary, gross?:70,000", "Visa? No\nSalary, gross? 70,000"),
        ("City:Berlin | Site:https://x.example/a:b", "City: Berlin\nSite: https://x.example/a:b"),
        ("https://x.example:80", "https://x.example:80"),
        ("At 10:30 ok?:Yes", "At 10:30 ok? Yes"),
        ("Anything?:", "Anything?"),
        ("no question", "no question"),
        ("| Years?:5 |", "Years? 5"),
        ("a|b?:c|d", "a|b? c|d"),
    ],
)
def test_answers_are_made_readable(text: str, readable: str) -> None:
    assert readable_answers(text) == readable


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    found = parsed(tmp_path, f"{HEAD}\r\n{ROW.replace('Globex', 'Café 会社')}\r\n", encoding)
    assert found.rows[0].company == "Café 会社"
    assert found.problems == ()


def test_windows_text_is_read_with_a_remark(tmp_path: Path) -> None:
    found = parsed(tmp_path, f"{HEAD}\r\n{ROW.replace('Globex', 'Café – Söhne')}\r\n", "cp1252")
    assert found.rows[0].company == "Café – Söhne"
    assert found.problems[0].sentence.startswith("The file is not UTF-8; it was read as Windows")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_found(tmp_path: Path, separator: str) -> None:
    table = io.StringIO()
    rows = list(csv.reader([HEAD, ROW]))
    csv.writer(table, delimiter=separator).writerows(rows)
    assert parsed(tmp_path, table.getvalue()).rows[0].company == "Globex"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("COMPANY NAME,job_title,Application-Date", "Globex,Engineer,9/30/26"),
        (" Company Name , Job  Title ,Application Date", "Globex , Engineer, 9/30/26 "),
        ("Application Date,New Column,Company Name,Job Title", "9/30/26,x,Globex,Engineer"),
        ("\ufeffJob Title,Application Date,Company Name", "Engineer,9/30/26,Globex"),
        ("Job Title,Application Date,Company Name,Company Name", "Engineer,9/30/26,Globex,no"),
    ],
)
def test_columns_may_stand_anywhere_and_be_missing(tmp_path: Path, head: str, row: str) -> None:
    (found,) = parsed(tmp_path, f"{head}\n{row}\n").rows
    assert (found.company, found.role, found.applied_on) == (
        "Globex",
        "Engineer",
        date(2026, 9, 30),
    )


def test_a_missing_column_of_days_is_told_once(tmp_path: Path) -> None:
    found = parsed(tmp_path, "Company Name,Job Title,Resume Name\n" + "Globex,Engineer,\n" * 9)
    assert len(found.rows) == 9
    assert [problem.line for problem in found.problems] == [1]


def test_one_broken_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    good = ROW.replace("Globex", "Good")
    broken = '"9/30/26, 7:25 PM",,,"Broken,Engineer,,,'
    for content, lines in (
        ((good, broken, good, good), [3]),
        ((good, good, broken), [4]),
        ((broken, good), [2]),
        (('x"y"z,"a"b,c', good), [2]),
    ):
        found = parsed(tmp_path, "\n".join((HEAD, *content)) + "\n")
        assert {row.company for row in found.rows} == {"Good"}
        assert len(found.rows) == sum(row == good for row in content)
        assert [problem.line for problem in found.problems] == lines


def test_too_many_broken_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Export the file again"):
        parsed(tmp_path, "\n".join((HEAD, *['"a"b,c'] * 100)))


def test_a_field_of_any_size_is_reported_not_cut(tmp_path: Path) -> None:
    found = parsed(tmp_path, f"{HEAD}\n{ROW.replace('Years?:5', 'x' * 200_000)}\n")
    assert found.rows[0].note == ""
    assert found.problems == (
        Problem(2, "Note has 200,000 characters; 20,000 fit. It was left empty."),
    )
    found = parsed(tmp_path, f"{HEAD}\n{ROW.replace('Globex', 'x' * 201)}\n")
    assert found.rows == ()
    assert "The row was left out." in found.problems[0].sentence
    assert csv.field_size_limit() == 131_072, "the limit of the csv module is set back"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b" \r\n\t", "is empty"),
        ("head.csv", b"Name,Amount\nx,y\n", "cannot be imported"),
        ("companies.csv", b"Company,Turnover\nx,y\n", "looks like a role"),
        ("saved.csv", b"Saved Date,Job Url,Job Title,Company Name\n", "list of saved jobs"),
        ("nul.csv", b"\x00\x01\x02\x03" * 100, "."),
        ("random.csv", bytes(range(256)), "."),
        ("png.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), "."),
        ("odd.csv", b"\xff\xfeabc", "."),
        ("zip.csv", b"PK\x03\x04abc", "is a damaged archive"),
    ],
)
def test_what_is_no_such_file_is_refused(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_file(path, TODAY)
    assert sentence in str(refused.value)
    assert str(refused.value).isprintable()


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path, sentence in (
        (tmp_path, "is a folder. Give a file instead."),
        (tmp_path / "pipe.csv", "is empty."),
        (tmp_path / "none.csv", "There is no file “none.csv” here."),
        (Path("/dev/zero"), "is not a plain file."),
        (Path("a\0b"), "cannot be read."),
    ):
        with pytest.raises(Refused) as refused:
            read_file(path, TODAY)
        assert sentence in str(refused.value)


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """As “<(unzip -p …)” of a shell gives one."""
    ours, theirs = os.pipe()
    with os.fdopen(theirs, "wb") as writer:
        writer.write(f"{HEAD}\n{ROW}\n".encode())
    try:
        assert [row.company for row in read_file(Path(f"/dev/fd/{ours}"), TODAY).rows] == ["Globex"]
    finally:
        os.close(ours)


def test_a_file_that_is_too_big_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    with pytest.raises(Refused, match="20 MB"):
        read_file(path, TODAY)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="50,000"):
        parsed(tmp_path, "Company Name,Job Title,Resume Name\n" + "a,b,\n" * 50_001)


def test_nul_and_control_characters_are_dropped(tmp_path: Path) -> None:
    found = parsed(tmp_path, f"{HEAD}\n{ROW.replace('Globex', 'Glo' + chr(0) + chr(27) + 'bex')}\n")
    assert found.rows[0].company == "Globex"


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[SHARED])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)), st.booleans())
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, headed: bool) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(HEAD.encode() * headed + b"\n" * headed + content)
    said: list[str] = []
    try:
        found = read_file(path, TODAY)
        said += (text for row in found.rows for text in (row.company, row.role))
        said += (problem.sentence for problem in found.problems)
    except Refused as refusal:
        said.append(str(refusal))
    assert all(harmless(text) for text in said), said


def test_formats_have_names_of_their_own() -> None:
    assert len({known.name for known in formats()}) == len(formats())
