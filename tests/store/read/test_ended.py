"""Whether all applications are closed, read from a real file."""

from contextlib import closing
from datetime import timedelta

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.glance import read_all_closed
from store.rules.stages import AllClosed, Outcome, Stage


def read(db: Database) -> AllClosed | None:
    with closing(db.glance()) as glance:
        return read_all_closed(glance)


def test_it_is_told_once_the_last_one_is_closed(pipeline: Pipeline, db: Database) -> None:
    assert read(db) is None
    one = pipeline.add("Globex", "SRE", stage=Stage.OFFER).application_id or 0
    two = pipeline.add("Initech", "SRE").application_id or 0
    pipeline.close(one, Outcome.ACCEPTED)
    assert read(db) is None
    pipeline.close(two, Outcome.WITHDRAWN)
    assert read(db) == AllClosed(2, "Globex")
    pipeline.reopen(two)
    assert read(db) is None
    pipeline.delete(two)
    pipeline.delete(one)
    assert read(db) is None


def test_an_offer_taken_in_an_earlier_search_is_not_the_end_of_this_one(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    one = pipeline.add("Globex", "SRE", stage=Stage.OFFER).application_id or 0
    pipeline.close(one, Outcome.ACCEPTED)
    clock.moment += timedelta(days=400)
    two = pipeline.add("Initech", "SRE").application_id or 0
    pipeline.close(two, Outcome.REJECTED)
    assert read(db) == AllClosed(2)
