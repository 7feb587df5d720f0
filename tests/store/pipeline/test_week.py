"""Goals and reminders: what is stored, what is refused, and the way back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.model.board import Written
from store.pipeline import Pipeline
from store.read.weekly.goals import read_goals
from store.read.weekly.reminders import read_reminders
from store.rules.text import Refused
from store.rules.weekly.weeks import Week
from tests.makers import TODAY

WEEK = Week(TODAY)
FRIDAY = TODAY + timedelta(days=4)


def goals(db: Database, week: Week = WEEK) -> dict[str, int]:
    return {goal.kind: goal.number for goal in read_goals(db.glance(), week)}


def reminders(db: Database) -> list[tuple[Any, ...]]:
    return [(one.text, one.due_on, one.every, one.snoozed) for one in read_reminders(db.glance())]


def test_a_goal_holds_from_its_week_on_and_not_before(pipeline: Pipeline, db: Database) -> None:
    written = pipeline.set_goal("applications", 5, WEEK)
    assert written.sentence == "Goal: 5 applications a week."
    assert goals(db) == goals(db, WEEK.shift(3)) == {"applications": 5}
    assert goals(db, WEEK.shift(-1)) == {}
    pipeline.set_goal("applications", 3, WEEK.shift(1))
    assert (goals(db), goals(db, WEEK.shift(1))) == ({"applications": 5}, {"applications": 3})
    # What was set for a later week gives way.
    assert pipeline.set_goal("applications", 0, WEEK).sentence == "No goal for applications."
    assert goals(db) == goals(db, WEEK.shift(1)) == {}
    for left in ({"applications": 5}, {"applications": 5}, {}):
        pipeline.undo()
        assert goals(db) == left
    for left in ({"applications": 5}, {"applications": 5}, {}):
        pipeline.redo()
        assert goals(db) == left


@pytest.mark.parametrize(
    ("before", "number", "why"),
    [
        (5, 5, "Your goal is 5 applications a week already. Nothing was changed."),
        (0, 0, "You have no goal for applications. Nothing was changed."),
        (5, -1, "A goal is a whole number from 1 to 999; 0 ends it."),
        (5, 1_000, "A goal is a whole number from 1 to 999; 0 ends it."),
    ],
)
def test_goals_that_are_refused(
    before: int, number: int, why: str, pipeline: Pipeline, db: Database
) -> None:
    if before:
        pipeline.set_goal("applications", before, WEEK.shift(-1))
    with pytest.raises(Refused, match=why):
        pipeline.set_goal("applications", number, WEEK)
    assert goals(db) == ({"applications": before} if before else {})


def test_back_to_the_number_of_before_is_no_row_of_its_own(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.set_goal("applications", 5, WEEK.shift(-1))
    pipeline.set_goal("applications", 3, WEEK)
    pipeline.set_goal("applications", 5, WEEK)
    assert goals(db) == {"applications": 5}
    with pytest.raises(Refused):
        pipeline.set_goal("applications", 5, WEEK)


def test_a_reminder_with_a_day_and_one_without(pipeline: Pipeline, db: Database) -> None:
    written = pipeline.add_reminder("  update the CV ", FRIDAY)
    assert (written.sentence, written.made) == ("Reminder for Fri 27 Nov: update the CV.", 1)
    assert pipeline.add_reminder("call Ana").sentence == "Reminder: call Ana."
    assert reminders(db) == [
        ("update the CV", FRIDAY, "", False),
        ("call Ana", None, "", False),
    ]


def test_one_that_comes_again_begins_today_unless_told(pipeline: Pipeline, db: Database) -> None:
    told = pipeline.add_reminder("look for postings", every="week").sentence
    assert told == "Reminder for Mon 23 Nov, every week: look for postings."
    assert reminders(db) == [("look for postings", TODAY, "week", False)]


def test_done_for_good_or_until_the_next_time(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.add_reminder("update the CV", FRIDAY)
    pipeline.add_reminder("look for postings", TODAY, every="week")
    pipeline.add_reminder("call Ana")
    assert pipeline.complete_reminders([1, 3]).sentence == "Done: update the CV, call Ana."
    assert reminders(db) == [("look for postings", TODAY, "week", False)]
    told = pipeline.complete_reminders([2]).sentence
    assert told == "Done: look for postings; next Mon 30 Nov."
    assert reminders(db) == [("look for postings", TODAY + timedelta(days=7), "week", False)]
    # Three weeks late it is due once, and not three times.
    clock.moment += timedelta(days=22)
    pipeline.complete_reminders([2])
    assert reminders(db) == [("look for postings", TODAY + timedelta(days=28), "week", False)]
    for _ in range(3):
        pipeline.undo()
    assert len(reminders(db)) == 3


def test_snoozed_it_comes_on_that_day_and_then_as_before(pipeline: Pipeline, db: Database) -> None:
    pipeline.add_reminder("look for postings", TODAY, every="week")
    pipeline.add_reminder("call Ana")
    told = pipeline.snooze_reminders([1, 2], FRIDAY).sentence
    assert told == "Snoozed to Fri 27 Nov: look for postings, call Ana."
    assert reminders(db) == [
        ("look for postings", FRIDAY, "week", True),
        ("call Ana", FRIDAY, "", False),
    ]
    pipeline.complete_reminders([1])
    assert reminders(db)[1] == ("look for postings", TODAY + timedelta(days=7), "week", False)


def test_what_is_changed(pipeline: Pipeline, db: Database) -> None:
    pipeline.add_reminder("call Ana", TODAY)
    pipeline.snooze_reminders([1], FRIDAY)
    assert pipeline.edit_reminder(1, {"text": "call Bo"}).made == 1
    assert reminders(db) == [("call Bo", FRIDAY, "", True)]
    told = pipeline.edit_reminder(1, {"on": FRIDAY + timedelta(days=3), "every": "month"}).sentence
    assert told == "Reminder changed for Mon 30 Nov, every month: call Bo."
    pipeline.edit_reminder(1, {"on": None, "every": ""})
    assert reminders(db) == [("call Bo", None, "", False)]
    pipeline.edit_reminder(1, {"every": "day"})
    assert reminders(db) == [("call Bo", TODAY, "day", False)]
    with pytest.raises(Refused, match=r"What comes again needs a day."):
        pipeline.edit_reminder(1, {"on": None})
    with pytest.raises(Refused, match=r"It says that already. Nothing was changed."):
        pipeline.edit_reminder(1, {"text": "call Bo", "on": TODAY, "every": "day"})


def test_dropped_and_brought_back(pipeline: Pipeline, db: Database) -> None:
    pipeline.add_reminder("call Ana", TODAY)
    assert pipeline.drop_reminders([1]).sentence == "Reminder dropped: call Ana."
    assert reminders(db) == []
    assert pipeline.undo().sentence == "Undone: reminder dropped — call Ana."
    assert reminders(db) == [("call Ana", TODAY, "", False)]


Use = Callable[[Pipeline], Written]


@pytest.mark.parametrize(
    ("use", "why"),
    [
        (lambda p: p.add_reminder(" "), "Reminder"),
        (lambda p: p.add_reminder("x" * 201), "200"),
        (lambda p: p.add_reminder("x", date(2026, 11, 22)), "in the past"),
        (lambda p: p.add_reminder("x", every="year"), "every day, week, two weeks or month"),
        (lambda p: p.edit_reminder(1, {"on": date(2026, 11, 22)}), "in the past"),
        (lambda p: p.snooze_reminders([1], TODAY), "The earliest snooze date is tomorrow."),
        (lambda p: p.complete_reminders([1], on=FRIDAY), "in the future"),
        (lambda p: p.complete_reminders([]), "No reminder was named."),
        (lambda p: p.complete_reminders([2]), "This reminder was done on Mon 23 Nov 2026 already."),
        (lambda p: p.complete_reminders([1, 2]), "r2"),
    ],
)
def test_what_is_refused_changes_nothing(
    use: Use, why: str, pipeline: Pipeline, db: Database
) -> None:
    pipeline.add_reminder("call Ana", TODAY)
    pipeline.add_reminder("call Bo", TODAY)
    pipeline.complete_reminders([2])
    before = reminders(db)
    with pytest.raises(Refused, match=why):
        use(pipeline)
    assert reminders(db) == before


@pytest.mark.parametrize(
    "use",
    [
        lambda p: p.edit_reminder(7, {"text": "x"}),
        lambda p: p.drop_reminders([7]),
        lambda p: p.snooze_reminders([2**70], FRIDAY),
    ],
)
def test_what_is_not_there(use: Use, pipeline: Pipeline) -> None:
    with pytest.raises(NotFound, match="There is no reminder r"):
        use(pipeline)
