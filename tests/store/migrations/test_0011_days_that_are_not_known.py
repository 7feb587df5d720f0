"""From 0005 and 0010 to the newest form: the days that stand there count as known.

`samples/board-0010.sql` was written by the program of that time, through its use cases: a card that
was entered, moved and taken back, an offer and an end imported without their days.
"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.stages import Stage

SAMPLES = Path(__file__).with_name("samples")


@pytest.fixture(params=["board-0005-long.sql", "board-0010.sql"])
def old(path: Path, request: pytest.FixtureRequest) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SAMPLES / request.param).read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def test_what_stands_there_is_known(old: Path, clock: FixedClock) -> None:
    with closing(open_database(old, clock)) as database:
        with closing(database.glance()) as glance:
            assert not any(card.undated for card in glance.cards(closed=None))
        pipeline = Pipeline(database)
        card = pipeline.add("New Firm", "Cook", applied_on=date(2026, 11, 1)).card
        assert card is not None
        moved = pipeline.move(card.id, Stage.OFFER).card
        assert moved is not None
        assert (moved.undated, moved.stage_since) == (False, clock.now().date())


def test_both_tables_have_the_column(old: Path, clock: FixedClock) -> None:
    open_database(old, clock).close()
    with closing(sqlite3.connect(old)) as connection:
        for table in ("application", "stage_move"):
            assert connection.execute(f"SELECT sum(undated) FROM {table}").fetchone() == (0,)
