"""Postings that close, on the list of what is due and in its numbers."""

from datetime import date, timedelta

import pytest

from store.file.database import Database
from store.model.due_list import Closing, DueClosing, DueEntry, Title, due_list
from store.pipeline import Pipeline
from store.read.counts import count_due, is_due
from store.read.glance import Glance, closings_on
from store.rules.urgency import Level
from tests.makers import NOW, TODAY


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def shelve(pipeline: Pipeline, *days: int | None) -> None:
    for number, day in enumerate(days, 1):
        pipeline.shelve(f"Company {number}", "SRE", closing_on=None if day is None else on(day))


@pytest.mark.parametrize(
    ("days", "listed", "today", "ahead"),
    [
        (0, [2, 3, 4], 3, 0),
        (3, [2, 3, 4], 3, 0),
        (7, [2, 3, 4, 5, 6], 3, 2),
        (30, [2, 3, 4, 5, 6, 7], 3, 3),
    ],
)
def test_those_that_close_in_the_span(
    days: int, listed: list[int], today: int, ahead: int, pipeline: Pipeline, glance: Glance
) -> None:
    shelve(pipeline, -1, 0, 2, 3, 4, 7, 8, None)
    assert [one.id for one in closings_on(glance, TODAY, days)] == listed
    counts = count_due(glance, NOW, days)
    assert counts == {Level.LATE: 0, Level.TODAY: today, Level.COMING: ahead}
    assert is_due(glance, NOW, days)


def test_nothing_is_due_by_what_has_closed_or_never_does(pipeline: Pipeline, db: Database) -> None:
    shelve(pipeline, -1, None, 4)
    glance = db.glance()
    assert not is_due(glance, NOW)
    assert is_due(glance, NOW, 4)
    assert count_due(glance, NOW)[Level.TODAY] == 0


def test_where_they_stand_on_the_list(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "SRE", applied_on=on(-14))
    glance = db.glance()
    closings = [Closing(n, f"C{n}", "SRE", on(day)) for n, day in enumerate((5, 2, 0, 1), 1)]
    parts = due_list(glance.due(NOW, 7), (), NOW, closings)
    lines = {
        part.title: [
            one.posting.company if isinstance(one, DueClosing) else "follow-up"
            for one in part.entries
            if isinstance(one, DueClosing | DueEntry)
        ]
        for part in parts
    }
    assert lines == {Title.TODAY: ["C3", "follow-up", "C4", "C2"], Title.LATER: ["C1"]}


def test_they_go_with_the_posting_and_come_back_with_undo(pipeline: Pipeline, db: Database) -> None:
    shelve(pipeline, 2)
    pipeline.apply_to(1)
    assert closings_on(db.glance(), TODAY) == ()
    pipeline.undo()
    assert [one.number for one in closings_on(db.glance(), TODAY)] == ["p1"]
