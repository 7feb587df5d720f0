"""Earlier applications to an employer, read from a real file."""

from contextlib import closing
from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.history import read_earlier
from store.rules.employers import Before
from store.rules.stages import Outcome, Stage


def test_open_and_closed_ones_stand_under_one_key(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    one = pipeline.add("Globex GmbH", "SRE", applied_on=date(2026, 11, 2)).application_id or 0
    pipeline.move(one, Stage.FIRST)
    pipeline.close(one, Outcome.REJECTED)
    clock.moment += timedelta(days=1)
    two = pipeline.add("GLOBEX", "Engineer").application_id or 0
    pipeline.add("Globex Labs", "Engineer")
    with closing(db.glance()) as glance:
        found = read_earlier(glance)
    assert set(found) == {"globex", "globexlabs"}
    assert found["globex"] == (
        Before(
            one, "SRE", Stage.FIRST, date(2026, 11, 2), Outcome.REJECTED, date(2026, 11, 23),
            "Globex GmbH",
        ),
        Before(two, "Engineer", Stage.APPLIED, date(2026, 11, 24), None, None, "GLOBEX"),
    )  # fmt: skip


def test_an_empty_board_has_none_and_a_broken_one_says_so(pipeline: Pipeline, db: Database) -> None:
    with closing(db.glance()) as glance:
        assert read_earlier(glance) == {}
        pipeline.add("Globex", "SRE")
        glance.reader.connection.execute("PRAGMA query_only = OFF")
        glance.reader.connection.execute("PRAGMA ignore_check_constraints = ON")
        glance.reader.connection.execute("UPDATE application SET applied_on = 'soon'")
        with pytest.raises(StoreError):
            read_earlier(glance)
