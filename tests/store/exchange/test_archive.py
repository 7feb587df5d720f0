"""Zip archives: what is in them, and such as were made to do harm."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.document import Document
from store.exchange.files import read_document
from store.exchange.incoming import Parsed
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 28)
HEAD = "Application Date,Company Name,Job Title,Resume Name\n"


def zipped(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(data: bytes, name: str = "all.zip") -> Parsed:
    return read_document(Document.of(name, data), TODAY)


def test_problems_say_in_which_file_they_are() -> None:
    parsed = read(
        zipped(
            {
                "Jobs/Job Applications.csv": HEAD + "9/1/26,Globex,SRE,\n",
                "Jobs/Job Applications_1.csv": HEAD + "31/31/26,Initech,Dev,\n",
            }
        )
    )
    assert [problem.where for problem in parsed.problems] == ["Job Applications_1.csv, line 2"]
    assert [row.file for row in parsed.rows] == ["Job Applications.csv", "Job Applications_1.csv"]


def test_an_own_table_in_an_archive_is_read() -> None:
    parsed = read(zipped({"mine.csv": "Firma,Stelle\nGlobex,SRE\n", "photo.jpg": b"\xff\xd8"}))
    assert (parsed.guessed, parsed.rows[0].company) == (True, "Globex")


def test_a_long_file_is_read_beyond_the_part_that_tells_what_it_is() -> None:
    rows = "".join(f"9/1/26,Company {n} Ünïcode,SRE,\n" for n in range(3_000))
    assert len(read(zipped({"Job Applications.csv": HEAD + rows})).rows) == 3_000


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path: object) -> None:
    parsed = read(zipped({"../../etc/Job Applications.csv": HEAD + "9/1/26,Globex,SRE,\n"}))
    assert [row.company for row in parsed.rows] == ["Globex"]


def locked() -> bytes:
    """An archive whose only file says that it is locked with a password."""
    data = bytearray(zipped({"Job Applications.csv": HEAD}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@each_row(
    ("data", "said"),
    [
        (b"PK\x03\x04" + bytes(100), "damaged archive"),
        (zipped({"a.txt": "nothing"}), "no table of applications"),
        (zipped({}), "no table"),
        (zipped({f"{n}.csv": "" for n in range(5_001)}, zipfile.ZIP_STORED), "more than 5,000"),
        (locked(), "locked with a password"),
        (
            zipped({"a/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name\n"}),
            "list of saved jobs",
        ),
    ],
)
def test_what_holds_no_table_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(data)


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    """64 MB of one letter pack into 64 kB, and the table has a line that says what it is."""
    with pytest.raises(Refused, match="unpacks to more than 64 MB"):
        read(zipped({"Job Applications.csv": HEAD + "x" * (70 * 1024 * 1024)}))


def test_an_archive_within_an_archive_is_no_table() -> None:
    inner = zipped({"Job Applications.csv": HEAD})
    with pytest.raises(Refused, match="no table"):
        read(zipped({"inner.zip": inner, "also.xlsx": inner}))


@given(st.binary(max_size=400), st.integers(0, 200))
def test_no_bytes_make_the_reader_fail(noise: bytes, place: int) -> None:
    data = zipped({"Job Applications.csv": HEAD + "9/1/26,Globex,SRE,\n"})
    for broken in (b"PK\x03\x04" + noise, data[:place] + noise + data[place + len(noise) :]):
        with suppress(Refused):
            read(broken)
