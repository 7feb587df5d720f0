"""Every format, stored: as it was read, once however often it comes, and gone by one undo."""

import pytest

from store.exchange.files import read_file
from store.exchange.incoming import Parsed
from store.file.database import Database
from store.pipeline import Pipeline
from tests.store.exchange.test_formats import SAMPLES, SECOND, TODAY, read

WHOLE = (
    "simplify.csv",
    "careerflow_jobs_export.csv",
    "jobsync_jobs.csv",
    "teal.csv",
    "linkedin_job_applications.csv",
    "own_spreadsheet_semicolon_cp1252.csv",
)


def once(pipeline: Pipeline, db: Database, parsed: Parsed) -> None:
    report = pipeline.bring_in(parsed.rows, source=parsed.source)
    assert report.added + len(report.duplicates) == len(parsed.rows)
    stored = {
        (card.company, card.role, card.stage, card.outcome)
        for card in db.glance().cards(closed=None)
    }
    assert len(db.glance().cards(closed=None)) == report.added
    assert stored <= {(row.company, row.role, row.stage, row.outcome) for row in parsed.rows}
    again = pipeline.bring_in(parsed.rows, source=parsed.source)
    assert (again.added, again.merged, again.change_id) == (0, (), None)
    assert len(again.duplicates) == len(parsed.rows)
    assert pipeline.catch_up("other rules") == (), "all is planned as it would be anew"
    pipeline.undo()
    assert db.glance().cards(closed=None) == ()
    pipeline.redo()
    assert len(db.glance().cards(closed=None)) == report.added


@pytest.mark.parametrize("file", WHOLE)
def test_a_sample_is_stored_once(pipeline: Pipeline, db: Database, file: str) -> None:
    once(pipeline, db, read_file(SAMPLES / file, TODAY))


@pytest.mark.parametrize("second", SECOND, ids=lambda second: second.name)
def test_a_second_file_is_stored_once(pipeline: Pipeline, db: Database, second: object) -> None:
    once(pipeline, db, read(second.content))  # type: ignore[attr-defined]
