"""What else the board is asked: texts to search in, a day's interviews, whether all is over."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import SQLModel

from store.clock import FixedClock
from store.errors import StoreError
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.glance import interviews_on, read_all_closed, read_search_texts
from store.rules.stages import AllClosed, Outcome, Stage
from store.tables import Contact, Debrief, Note, Point
from tests.makers import application, interview

Put = Callable[..., None]
NOTED = date(2026, 11, 20)


def parts() -> tuple[SQLModel, ...]:
    """What belongs to application 1: people, notes, a debrief, points."""
    return (
        Note(application_id=1, noted_on=NOTED, text="The DOG\nis called Émile"),
        Note(application_id=1, noted_on=NOTED, text="Second note"),
        Contact(application_id=1, name="Ana Ruiz", title="Head of QA", email="Ana@globex.example"),
        interview(1, datetime(2026, 11, 20, 9, 0, tzinfo=UTC)),
        Debrief(
            application_id=1, interview_id=1, written_on=NOTED, next_step="A case", remarks="Kind",
            promised_text="by Friday",
        ),
        Point(
            application_id=1, interview_id=1, kind="concern", text="Little Cloud", noted_on=NOTED,
        ),
        Point(application_id=1, kind="news", text="New CEO", detail="From Hooli", noted_on=NOTED),
    )  # fmt: skip


def test_people_notes_debriefs_and_points_are_one_text_without_case(put: Put, db: Database) -> None:
    put(
        application(id=1),
        application(id=2, via_recruiter="Reed"),
        application(id=3),
        Contact(application_id=1, name="Bo Berg", email="bo@globex.example", main=True),
        *parts(),
    )
    with closing(db.glance()) as glance:
        found = read_search_texts(glance)
        for one in (1, 2, 3, 99, 2**70):
            alone = read_search_texts(glance, one)
            assert alone == {id_: texts for id_, texts in found.items() if id_ == one}
    assert found[2].text.split() == ["reed"]
    assert found[2].contacts == "reed"
    assert 3 not in found
    assert set(found[1].text.split("\n")) - {""} == {
        "bo berg", "bo@globex.example", "ana ruiz", "head of qa", "ana@globex.example",
        "the dog", "is called emile", "second note", "a case", "by friday", "kind",
        "little cloud", "new ceo", "from hooli",
    }  # fmt: skip


@pytest.mark.file
def test_an_empty_board_has_none_and_a_broken_one_says_so(db: Database) -> None:
    with closing(db.glance()) as glance:
        assert read_search_texts(glance) == {}
        glance.reader.connection.execute("PRAGMA query_only = OFF")
        glance.reader.connection.execute("DROP TABLE note")
        with pytest.raises(StoreError):
            read_search_texts(glance)


BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def told(db: Database, day: date = DAY) -> list[tuple[str, str]]:
    return [
        (one.company, f"{one.interview.starts_at:%H:%M}") for one in interviews_on(db.glance(), day)
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


def all_closed(db: Database) -> AllClosed | None:
    with closing(db.glance()) as glance:
        return read_all_closed(glance)


def test_it_is_told_once_the_last_one_is_closed(pipeline: Pipeline, db: Database) -> None:
    assert all_closed(db) is None
    one = pipeline.add("Globex", "SRE", stage=Stage.OFFER).application_id or 0
    two = pipeline.add("Initech", "SRE").application_id or 0
    pipeline.close(one, Outcome.ACCEPTED)
    assert all_closed(db) is None
    pipeline.close(two, Outcome.WITHDRAWN)
    assert all_closed(db) == AllClosed(2, "Globex")
    pipeline.reopen(two)
    assert all_closed(db) is None
    pipeline.delete(two)
    pipeline.delete(one)
    assert all_closed(db) is None


def test_an_offer_taken_in_an_earlier_search_is_not_the_end_of_this_one(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    one = pipeline.add("Globex", "SRE", stage=Stage.OFFER).application_id or 0
    pipeline.close(one, Outcome.ACCEPTED)
    clock.moment += timedelta(days=400)
    two = pipeline.add("Initech", "SRE").application_id or 0
    pipeline.close(two, Outcome.REJECTED)
    assert all_closed(db) == AllClosed(2)
