"""Whole exports of rounds where something is already: their applications are merged."""

import io
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.exchange.document import Document
from store.exchange.exported import candidate, is_export, open_export
from store.exchange.files import read_document
from store.file.database import Database, open_database
from store.pipeline import Pipeline
from store.rules.text import Refused
from tests.conftest import SAMPLE_MADE
from tests.store.export.conftest import exported, rows_of


@pytest.fixture
def text(sample: Database) -> str:
    """The export of the sample."""
    return exported(sample, journal=True)


def test_an_export_is_told_by_how_it_begins(text: str, tmp_path: Path) -> None:
    assert is_export(text.encode())
    assert is_export(b'\xef\xbb\xbf {\n"format" : "rounds board"}')
    assert not is_export(b'{"applications": []}')
    file = tmp_path / "board.json"
    file.write_text(text, encoding="utf-8")
    opened = open_export(file)
    assert opened is not None
    with opened:
        assert opened.read(2) == '{"'
    for other in (tmp_path, tmp_path / "missing", Path("/dev/null"), Path("a\0b")):
        assert open_export(other) is None


def test_its_applications_are_those_of_every_other_table(text: str) -> None:
    document = Document("board.json", text.encode())
    parsed = read_document(document, SAMPLE_MADE.date())
    assert (parsed.format, len(parsed.rows), parsed.problems) == ("rounds", 25, ())
    assert [row.line for row in parsed.rows] == list(range(2, 27))
    streamed = Document("board.json", b"")
    streamed.table = candidate(streamed, io.StringIO(text))
    assert read_document(streamed, SAMPLE_MADE.date()).rows == parsed.rows


def test_merging_it_with_the_same_board_adds_nothing(sample: Database, text: str) -> None:
    rows = read_document(Document("board.json", text.encode()), SAMPLE_MADE.date()).rows
    report = Pipeline(sample).bring_in(rows, source="rounds")
    assert (report.added, report.merged, len(report.duplicates)) == (0, (), 25)


def test_merging_it_with_another_board_adds_what_is_missing(
    text: str, tmp_path: Path, empty_board: bytes
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(empty_board)
    with closing(open_database(other, FixedClock(SAMPLE_MADE))) as database:
        pipeline = Pipeline(database)
        pipeline.add("Globex", "Staff Engineer", url="https://globex.example/jobs/staff-engineer")
        rows = read_document(Document("board.json", text.encode()), SAMPLE_MADE.date()).rows
        report = pipeline.bring_in(rows, source="rounds")
        assert (report.added, len(report.merged)) == (24, 1)
        globex = rows_of(database)[0]
        assert (globex["stage"], globex["salary"]) == ("second", "90–105k EUR")


@pytest.mark.parametrize("broken", ['"company":', '"moves":'])
def test_an_application_that_cannot_be_read_is_refused(text: str, broken: str) -> None:
    wrong = text.replace(broken, '"gone":', 1)
    with pytest.raises(Refused, match="has an application that cannot be read"):
        read_document(Document("board.json", wrong.encode()), SAMPLE_MADE.date())


def test_one_that_is_cut_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(Refused, match=r"line \d+: this is not valid JSON"):
        read_document(Document("board.json", text[:5_000].encode()), SAMPLE_MADE.date())
