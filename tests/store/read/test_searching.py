"""The texts to search in, read from a real file."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from sqlmodel import SQLModel

from store.errors import StoreError
from store.file.database import Database
from store.read.glance import read_search_texts
from store.tables import Contact, Debrief, Note, Point
from tests.makers import application, interview

Put = Callable[..., None]
DAY = date(2026, 11, 20)


def parts() -> tuple[SQLModel, ...]:
    """What belongs to application 1: people, notes, a debrief, points."""
    return (
        Note(application_id=1, noted_on=DAY, text="The DOG\nis called Émile"),
        Note(application_id=1, noted_on=DAY, text="Second note"),
        Contact(application_id=1, name="Ana Ruiz", title="Head of QA", email="Ana@globex.example"),
        interview(1, datetime(2026, 11, 20, 9, 0, tzinfo=UTC)),
        Debrief(
            application_id=1, interview_id=1, written_on=DAY, next_step="A case", remarks="Kind",
            promised_text="by Friday",
        ),
        Point(application_id=1, interview_id=1, kind="concern", text="Little Cloud", noted_on=DAY),
        Point(application_id=1, kind="news", text="New CEO", detail="From Hooli", noted_on=DAY),
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
    assert found[2].split() == ["reed"]
    assert 3 not in found
    assert set(found[1].split("\n")) - {""} == {
        "bo berg", "bo@globex.example", "ana ruiz", "head of qa", "ana@globex.example",
        "the dog", "is called emile", "second note", "a case", "by friday", "kind",
        "little cloud", "new ceo", "from hooli",
    }  # fmt: skip


def test_an_empty_board_has_none_and_a_broken_one_says_so(db: Database) -> None:
    with closing(db.glance()) as glance:
        assert read_search_texts(glance) == {}
        glance.reader.connection.execute("PRAGMA query_only = OFF")
        glance.reader.connection.execute("DROP TABLE note")
        with pytest.raises(StoreError):
            read_search_texts(glance)
