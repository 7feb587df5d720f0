"""The interviews of one day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.glance import interviews_on
from store.rules.stages import Outcome

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def told(db: Database, day: date = DAY) -> list[tuple[str, str]]:
    return [
        (one.company, f"{one.meeting.starts_at:%H:%M}") for one in interviews_on(db.glance(), day)
    ]


def test_those_of_the_day_at_the_readers_place_in_their_order(db: Database) -> None:
    pipeline = Pipeline(db)
    for company, starts in (
        ("Late", at(23, 59)),
        ("First", at(0)),
        ("Before", at(23, 59, day=23)),
        ("After", at(0, day=25)),
        ("Abroad", datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo("UTC"))),
    ):
        pipeline.interview(pipeline.add(company, "Engineer").application_id or 0, starts)
    assert told(db) == [("First", "00:00"), ("Abroad", "00:30"), ("Late", "23:59")]


def test_several_of_one_application_and_closed_ones_but_no_cancelled_ones(
    db: Database, clock: FixedClock
) -> None:
    pipeline = Pipeline(db)
    card = pipeline.add("Globex", "Engineer").application_id or 0
    pipeline.interview(card, at(15))
    pipeline.interview(card, at(10))
    other = pipeline.add("Initech", "Engineer").application_id or 0
    pipeline.interview(other, at(12))
    cancelled = pipeline.interview(other, at(14)).made
    assert cancelled is not None
    pipeline.cancel_interview(cancelled)
    pipeline.interview(other, None)
    clock.moment = at(20)
    pipeline.close(other, Outcome.REJECTED)
    assert told(db) == [("Globex", "10:00"), ("Initech", "12:00"), ("Globex", "15:00")]
    assert [one.open for one in interviews_on(db.glance(), DAY)] == [True, False, True]


def test_a_day_without_any_and_a_day_of_25_hours(db: Database) -> None:
    pipeline = Pipeline(db)
    assert told(db) == []
    card = pipeline.add("Globex", "Engineer").application_id or 0
    autumn = date(2027, 10, 31)
    pipeline.interview(card, datetime(2027, 10, 31, 23, 30, tzinfo=BERLIN))
    assert told(db, autumn) == [("Globex", "23:30")]
    assert told(db, autumn + timedelta(days=1)) == []
