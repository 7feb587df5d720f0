"""Whether what is stored is what the rules plan; seen without a trace, mended in one step."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.file.database import Database, open_database
from store.pipeline import Pipeline
from store.rules.stages import Stage
from store.rules.text import Refused
from store.settings import Settings


def spoil(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as board:
        board.execute(sql)
        board.commit()


@pytest.fixture
def planned(pipeline: Pipeline, clock: FixedClock) -> Pipeline:
    pipeline.catch_up(Settings().fingerprint)
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    pipeline.add("Hooli", "Designer", stage=Stage.SECOND)
    return pipeline


def test_what_was_planned_is_planned_on_every_later_day(
    planned: Pipeline, clock: FixedClock
) -> None:
    for days in (0, 1, 7, 30, 365):
        clock.moment += timedelta(days=days)
        assert planned.out_of_plan() == ()
        with pytest.raises(Refused, match="Nothing was changed"):
            planned.plan_again()


def test_the_sample_is_as_planned_in_every_month(
    sample_board: bytes, path: Path, clock: FixedClock
) -> None:
    path.write_bytes(sample_board)
    with closing(open_database(path, clock)) as database:
        for days in (1, 10, 100, 300):
            clock.moment += timedelta(days=days)
            assert Pipeline(database).out_of_plan() == ()


@pytest.fixture(autouse=True)
def _few_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them take half a second each time that something is wrong."""
    few = {"Asia/Tokyo", "Europe/Berlin", "Europe/Vienna", "Pacific/Kiritimati"}
    monkeypatch.setattr("store.pipeline.safety.replanning.available_timezones", lambda: few)


def test_what_was_planned_in_another_time_zone_is_in_order(
    sample_board: bytes, path: Path, clock: FixedClock
) -> None:
    path.write_bytes(sample_board)
    for zone in ("America/New_York", "Pacific/Kiritimati"):
        there = FixedClock(clock.moment.astimezone(ZoneInfo(zone)))
        with closing(open_database(path, there)) as database:
            assert Pipeline(database).out_of_plan() == ()
    with closing(open_database(path, there)) as database:
        assert Pipeline(database).plan_again().also, "it was not planned by these clocks"
    spoil(
        path,
        "UPDATE follow_up SET due_on = '2030-12-24' WHERE id = "
        "(SELECT min(id) FROM follow_up WHERE state = 'open' AND rule <> 'own')",
    )
    with closing(open_database(path, clock)) as database:
        assert len(Pipeline(database).out_of_plan()) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE follow_up SET due_on = '2026-12-24' WHERE application_id = 1",
        "DELETE FROM follow_up WHERE application_id = 1",
        "UPDATE follow_up SET label = 'something else' WHERE application_id = 1",
        "UPDATE application SET dormant_on = '2030-01-01' WHERE id = 1",
        "UPDATE application SET waiting = 'x' WHERE id = 1",
    ],
)
@pytest.mark.file
def test_what_differs_is_seen_and_mended_in_one_step(
    sql: str, planned: Pipeline, db: Database
) -> None:
    spoil(db.path, sql)
    before = db.path.read_bytes()
    assert planned.out_of_plan() == (1,)
    assert db.path.read_bytes() == before, "nothing was kept of looking"
    written = planned.plan_again()
    assert (written.sentence, written.also) == ("Planned again.", (1,))
    assert planned.out_of_plan() == ()
    assert planned.undo().sentence.startswith("Undone: planned again")
    assert planned.out_of_plan() == (1,)
