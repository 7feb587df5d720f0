"""Goals and reminders as they are read: on the list of what is due, in its numbers, by weeks."""

from datetime import datetime, time, timedelta

import pytest

from store.file.database import Database
from store.model.due_list import DueReminder, Reminder, Title, due_list
from store.pipeline import Pipeline
from store.read.counts import count_due, is_due
from store.read.glance import Glance
from store.read.weekly.goals import first_weekday, read_goals, read_goals_now
from store.read.weekly.reminders import read_next_reminder, reminders_on
from store.rules.stages import Stage
from store.rules.urgency import Level
from store.rules.weekly.goals import Goal
from store.rules.weekly.weeks import Week
from tests.makers import BERLIN, NOW, TODAY, interview

DAY = timedelta(days=1)
WEEK = Week(TODAY)


def remind(pipeline: Pipeline, *days: int | None) -> None:
    for number, day in enumerate(days, 1):
        pipeline.add_reminder(f"do {number}", None if day is None else TODAY + day * DAY)


@pytest.mark.parametrize(
    ("days", "listed", "late", "today", "ahead"),
    [(0, [1, 2, 5], 1, 1, 0), (1, [1, 2, 3, 5], 1, 1, 1), (7, [1, 2, 3, 4, 5], 1, 1, 2)],
)
def test_those_of_the_span_and_those_without_a_day(
    days: int,
    listed: list[int],
    late: int,
    today: int,
    ahead: int,
    pipeline: Pipeline,
    db: Database,
) -> None:
    remind(pipeline, 0, 1, 2, 5, None)
    now = NOW + DAY
    glance = db.glance()
    assert [one.id for one in reminders_on(glance, now.date(), days)] == listed
    counts = count_due(glance, now, days)
    assert counts == {Level.LATE: late, Level.TODAY: today, Level.COMING: ahead}
    assert is_due(glance, now, days)


def test_what_has_no_day_is_never_due(pipeline: Pipeline, db: Database) -> None:
    remind(pipeline, None, 3)
    glance = db.glance()
    assert not is_due(glance, NOW)
    assert not is_due(glance, NOW, 2)
    assert is_due(glance, NOW, 3)
    ahead = read_next_reminder(glance, TODAY)
    assert ahead is not None
    assert ahead.number == "r2"


def test_where_they_stand_on_the_list() -> None:
    days = (-1, 0, 1, 4, None)
    found = [
        Reminder(n, f"do {n}", None if day is None else TODAY + day * DAY)
        for n, day in enumerate(days, 1)
    ]
    parts = due_list((), (), NOW, (), found)
    assert {
        part.title: [one.reminder.id for one in part.entries if isinstance(one, DueReminder)]
        for part in parts
    } == {
        Title.LATE: [1], Title.TODAY: [2], Title.TOMORROW: [3], Title.LATER: [4],
        Title.NO_DATE: [5],
    }  # fmt: skip
    assert [one.countdown(NOW) for one in found] == [
        "1 day late", "today", "tomorrow", "Fri 27 Nov", "no date",
    ]  # fmt: skip


def test_without_a_goal_nothing_is_counted(glance: Glance) -> None:
    assert read_goals_now(glance) == read_goals(glance, WEEK) == ()


def test_what_counts_for_a_goal(pipeline: Pipeline, db: Database, put: object) -> None:
    for kind in ("applications", "follow_ups", "interviews", "contacts"):
        pipeline.set_goal(kind, 2, WEEK.shift(-1))
    for company, day in (("Globex", -12), ("Initech", -1), ("Hooli", 0), ("Acme", 0)):
        pipeline.add(company, "SRE", applied_on=TODAY + day * DAY)
    pipeline.point(1, "networking", "spoke to Bo at the fair")
    due = next(one for one in db.glance().due() if one.application_id == 1)
    pipeline.complete(due.id)
    assert callable(put)
    put(
        interview(1, datetime.combine(TODAY, time(8), BERLIN), minutes=30),
        interview(2, datetime.combine(TODAY, time(8, 45), BERLIN), minutes=30),
        interview(3, datetime.combine(TODAY - 3 * DAY, time(10), BERLIN)),
        interview(4, datetime.combine(TODAY, time(7), BERLIN), kept=False),
    )
    glance = db.glance()
    this = [goal.done for goal in read_goals(glance, WEEK)]
    assert this == [2, 1, 1, 1]
    assert [goal.done for goal in read_goals(glance, WEEK.shift(-1))] == [1, 0, 1, 0]
    assert read_goals_now(glance)[0] == Goal("applications", 2, 2)
    assert glance.card(1).stage is Stage.APPLIED


@pytest.mark.parametrize(("begins", "first"), [(None, 0), (0, 0), (6, 6)])
def test_the_first_day_of_the_week_is_kept_with_the_board(
    begins: int | None, first: int, pipeline: Pipeline, db: Database
) -> None:
    pipeline.catch_up("other rules", begins)
    assert first_weekday(db.glance()) == first
    pipeline.catch_up("again other rules", 0)
    assert first_weekday(db.glance()) == 0
