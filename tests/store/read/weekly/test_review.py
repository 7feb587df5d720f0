"""The review of a week: every part of it, from a board with something in each."""

from datetime import date, datetime, time, timedelta

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.model.review import Review
from store.pipeline import Pipeline
from store.read.weekly.review import read_review
from store.rules.stages import Outcome, Stage
from store.rules.weekly.review import Part
from store.rules.weekly.weeks import Week
from tests.makers import BERLIN, NOW, TODAY
from tests.store.conftest import Begin

DAY = timedelta(days=1)
WEEK = Week(TODAY)
FRIDAY = TODAY + 4 * DAY


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def _fill(p: Pipeline, clock: FixedClock) -> None:
    """A hunt of some weeks, looked back on at the end of Friday."""
    for company, days in (
        *(("Globex", -30), ("Initech", -20), ("Hooli", -13), ("Acme", -12)),
        *(("Vandelay", 1), ("Umbrella", -40), ("Oscorp", 2)),
    ):
        clock.moment = NOW + timedelta(days=days)
        p.add(company, "SRE", applied_on=clock.moment.date())
    clock.moment = NOW + DAY
    p.move(1, Stage.FIRST)
    p.log_reply(4)
    p.log_reply(2, automatic=True)
    clock.moment = NOW + 2 * DAY
    p.interview(1, datetime.combine(on(9), time(10), BERLIN), formats=("panel",), people="Ana")
    p.point(1, "my_promise", "send the portfolio", due_on=on(3))
    p.point(1, "their_promise", "tell the pay", due_on=None)
    p.close(6, Outcome.REJECTED, keep="the numbers", change="ask about the team. Earlier.")
    p.add_reminder("update the CV", on(8))
    p.add_reminder("call Bo")
    p.shelve("Wonka", "Cook", closing_on=on(10))
    clock.moment = NOW + 4 * DAY
    p.set_goal("applications", 3, WEEK)


@pytest.fixture
def begin() -> Begin:
    return _fill


@pytest.fixture
def review(db: Database) -> Review:
    return read_review(db.glance(), WEEK, NOW + 4 * DAY)


def lines(review: Review, part: Part) -> list[tuple[date | None, str, str]]:
    return [(line.day, line.what, line.company) for line in review.parts[part]]


def test_what_was_sent_and_what_came(review: Review) -> None:
    assert lines(review, Part.SENT) == [
        (on(1), "application", "Vandelay"),
        (on(2), "application", "Oscorp"),
    ]
    assert lines(review, Part.ANSWERED) == [
        (on(1), "replied", "Acme"),
        (on(2), "invited you to an interview", "Globex"),
        (on(2), "rejected", "Umbrella"),
    ]
    assert [(goal.number, goal.done) for goal in review.goals] == [(3, 2)]


def test_what_fell_silent_in_the_week_and_what_was_before(review: Review) -> None:
    """Hooli waits for 17 days since Friday, Initech for longer; Globex has an interview ahead."""
    assert lines(review, Part.SILENT) == [(on(-13), "nothing since", "Hooli")]
    assert review.more == {Part.SILENT: 1}


def test_what_comes_in_the_week_after(review: Review) -> None:
    found = lines(review, Part.NEXT)
    assert (on(9), "10:00 first panel interview with Ana", "Globex") in found
    assert (on(10), "posting closes", "Wonka") in found
    assert all(day is not None and day in WEEK.shift(1) for day, _, _ in found)
    assert [day for day, _, _ in found] == sorted(day for day, _, _ in found if day)
    assert not [what for _, what, _ in found if "promised" in what]


def test_reminders_promises_and_lessons(review: Review) -> None:
    assert lines(review, Part.REMINDERS) == [(on(8), "update the CV", ""), (None, "call Bo", "")]
    assert lines(review, Part.PROMISES) == [
        (on(3), "you: send the portfolio", "Globex"),
        (None, "they: tell the pay", "Globex"),
    ]
    assert [line.late for line in review.parts[Part.PROMISES]] == [True, False]
    assert lines(review, Part.LESSONS) == [
        (on(2), "keep: the numbers", "Umbrella"),
        (on(2), "change: ask about the team", "Umbrella"),
    ]


def test_what_may_be_swept(db: Database) -> None:
    assert read_review(db.glance(), WEEK, NOW + 4 * DAY).parts[Part.SWEEP] == ()
    later = read_review(db.glance(), WEEK.shift(20), NOW + 140 * DAY).parts[Part.SWEEP]
    assert {line.company for line in later} >= {"Initech", "Hooli"}
    assert all(line.what.endswith("days without a word") for line in later)


def test_a_promise_that_was_kept_is_told_in_its_week_alone(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.edit_point(1, {"state": "done"})
    moment = pipeline.today
    told = lines(read_review(db.glance(), WEEK), Part.PROMISES)
    assert (on(3), "you: send the portfolio (kept)", "Globex") in told
    assert moment == TODAY
    after = lines(read_review(db.glance(), WEEK.shift(1), NOW + 8 * DAY), Part.PROMISES)
    assert after == [(None, "they: tell the pay", "Globex")]


def test_the_week_before_is_told_as_it_was(db: Database) -> None:
    review = read_review(db.glance(), WEEK.shift(-2), NOW + 4 * DAY)
    assert lines(review, Part.SENT) == [
        (on(-13), "application", "Hooli"),
        (on(-12), "application", "Acme"),
    ]
    assert review.goals == ()
    assert lines(review, Part.ANSWERED) == []


@pytest.mark.file
def test_an_empty_board(db: Database, empty_board: bytes) -> None:
    db.close()
    db.path.write_bytes(empty_board)
    review = read_review(db.glance(), WEEK, NOW)
    assert not any(review.parts.values())
    assert list(review.parts) == list(Part)


def test_an_interview_noted_late_is_an_answer_of_its_own_day(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    clock.moment = NOW + 14 * DAY
    pipeline.interview(4, datetime.combine(on(5), time(10), BERLIN))
    answered = {
        week: [
            line.what
            for line in read_review(db.glance(), week, clock.moment).parts[Part.ANSWERED]
            if line.application_id == 4
        ]
        for week in (WEEK, WEEK.shift(2))
    }
    assert answered[WEEK] != []
    assert answered[WEEK.shift(2)] == []
