"""What is late by the clock stands above what has the whole day, wherever follow-ups are listed."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.counts import count_due
from store.rules.stages import Stage
from store.rules.urgency import Level
from store.settings import Settings
from store.tables import FollowUp
from tests.makers import application, follow_up

NOON = 13
"""The hour at which these tests look."""


@pytest.fixture
def thirteen(clock: FixedClock) -> datetime:
    """Monday 23 November 2026, one in the afternoon."""
    clock.moment = clock.moment.replace(hour=NOON)
    return clock.moment


def timed(number: int, at: datetime) -> FollowUp:
    return follow_up(number, at.date(), due_at=at, rule="R7", action="thank")


def whole_day(number: int, days: int, now: datetime) -> FollowUp:
    return follow_up(number, now.date() + timedelta(days=days))


def test_half_an_hour_late_comes_before_today(
    db: Database,
    put: Callable[..., None],
    thirteen: datetime,
) -> None:
    half, soon = thirteen - timedelta(minutes=30), thirteen + timedelta(minutes=30)
    put(
        application(id=1, stage=Stage.FIRST),
        whole_day(1, 0, thirteen),
        timed(2, soon),
        timed(3, half),
        timed(4, half - timedelta(hours=1)),
        whole_day(5, -1, thirteen),
        whole_day(6, 1, thirteen),
    )
    order = [5, 4, 3, 1, 2, 6]
    glance = db.glance()
    assert [due.id for due in glance.due(days=3)] == order
    assert [due.id for due in glance.follow_ups_of(1)] == order
    assert [entry.due.id for entry in glance.dossier(1).follow_ups] == order


def test_the_card_shows_the_one_that_is_late(
    db: Database,
    put: Callable[..., None],
    thirteen: datetime,
) -> None:
    half = thirteen - timedelta(minutes=30)
    put(application(id=1, stage=Stage.FIRST), whole_day(1, 0, thirteen), timed(2, half))
    follow_up = db.glance().card(1).follow_up
    assert follow_up is not None
    assert follow_up.id == 2


def test_not_late_yet_it_waits_for_its_time(
    db: Database,
    put: Callable[..., None],
    thirteen: datetime,
) -> None:
    put(application(id=1, stage=Stage.FIRST), whole_day(1, 0, thirteen), timed(2, thirteen))
    assert [due.id for due in db.glance().due()] == [1, 2]


def test_what_must_be_handed_in_today_comes_before_the_interview_of_tomorrow(
    db: Database, clock: FixedClock
) -> None:
    """The interview of today, the tasks due today, that of tomorrow, the task due tomorrow."""
    pipeline, now = Pipeline(db), clock.now()
    today = now.date()
    for company in ("Tomorrow", "Task", "Day", "Next", "Today"):
        pipeline.add(company, "Engineer", stage=Stage.FIRST, applied_on=today)
    pipeline.interview(1, now + timedelta(days=1))
    pipeline.assignment(2, "a cache", due_on=today, due_at=now.replace(hour=12))
    pipeline.assignment(3, "a queue", due_on=today)
    pipeline.assignment(4, "a parser", due_on=today + timedelta(days=1))
    pipeline.interview(5, now + timedelta(hours=5))
    listed = [(due.company, due.action) for due in db.glance().due() if not due.after]
    assert listed == [
        ("Today", "prepare"), ("Today", "logistics"), ("Today", "go"),
        ("Task", "hand_in"), ("Day", "hand_in"),
        ("Tomorrow", "prepare"), ("Tomorrow", "logistics"),
        ("Next", "hand_in"),
    ]  # fmt: skip
    lane = db.glance().board().lanes[Stage.FIRST]
    assert [card.company for card in lane] == ["Today", "Task", "Day", "Tomorrow", "Next"]
    clock.moment = now.replace(hour=13)
    listed = [(due.company, due.action) for due in db.glance().due() if due.company != "Today"]
    assert listed[:2] == [("Task", "hand_in"), ("Day", "hand_in")], "late, and no less urgent"


def test_an_answer_that_is_wanted_today_comes_before_the_interview_of_tomorrow(
    db: Database, clock: FixedClock
) -> None:
    pipeline, now = Pipeline(db), clock.now()
    for company in ("Tomorrow", "Offer"):
        pipeline.add(company, "Engineer", stage=Stage.FIRST, applied_on=now.date())
    pipeline.interview(1, now + timedelta(days=1))
    pipeline.move(2, Stage.OFFER)
    pipeline.deadline(2, now.date(), time(17))
    first = [(due.company, due.action) for due in db.glance().due()][:3]
    assert first == [("Offer", "decide"), ("Tomorrow", "prepare"), ("Tomorrow", "logistics")]
    pipeline.deadline(2, now.date() + timedelta(days=1))
    first = [(due.company, due.action) for due in db.glance().due()][:2]
    assert first == [("Tomorrow", "prepare"), ("Tomorrow", "logistics")]


@pytest.mark.parametrize("put_off", [-1, 0, 1])
def test_what_is_put_off_is_late_by_the_local_day_of_its_moment(
    db: Database, put: Callable[..., None], thirteen: datetime, put_off: int
) -> None:
    """Half past midnight in Berlin, which as stored is of the day before. Put off to its day or
    beyond, a follow-up is late when its new day is over."""
    midnight = datetime.combine(thirteen.date(), time(), thirteen.tzinfo)
    moment = midnight + timedelta(minutes=30)
    day = thirteen.date() + timedelta(days=put_off)
    first_late = moment if put_off < 0 else midnight + timedelta(days=put_off + 1)
    put(
        application(id=1, stage=Stage.FIRST),
        follow_up(1, day - timedelta(days=5), late_from=moment, snoozed_to=day),
    )
    for hours in (-2, 0.25, 1, 24.25, 36, 60):
        now = midnight + timedelta(hours=hours)
        late = [due.level(now) is Level.LATE for due in db.glance().due(now)]
        assert late == ([now >= first_late] if now.date() >= day else [])
        assert count_due(db.glance(), now)[Level.LATE] == sum(late)


def test_on_days_off_an_inquiry_is_for_the_business_day_after_them(
    db: Database, clock: FixedClock
) -> None:
    """Due on Friday: on Saturday and Sunday it waits for Monday, when it is late by its day. Left
    lying, it waits again on the next weekend, and on the holiday after that."""
    monday = clock.now()
    holiday = monday.date() + timedelta(days=14)
    pipeline = Pipeline(db, Settings(holidays={holiday}).rules)
    pipeline.catch_up("by a country's days off")
    friday = monday.date() + timedelta(days=4)
    applied = friday - timedelta(days=10)
    pipeline.add("Globex", "Engineer", applied_on=applied)
    for days, level, day in (
        (4, Level.TODAY, 4),
        (5, None, 7),
        (6, None, 7),
        (7, Level.LATE, 4),
        (11, Level.LATE, 4),
        (12, None, 15),
        (14, None, 15),
        (15, Level.LATE, 4),
    ):
        now = monday + timedelta(days=days)
        clock.moment = now
        listed = [due.level(now) for due in db.glance().due(now)]
        assert listed == ([level] if level is not None else [])
        assert sum(count_due(db.glance(), now).values()) == len(listed)
        (due,) = db.glance().due(now, 7)
        assert db.glance().card(1, now).follow_up == due._replace(recruiter="")
        assert due.due_on == monday.date() + timedelta(days=day)
        assert count_due(db.glance(), now, 7)[due.level(now)] == 1
    clock.moment = monday + timedelta(days=5)
    (due,) = db.glance().due(days=7)
    pipeline.snooze(due.id, monday.date() + timedelta(days=6))
    clock.moment = monday + timedelta(days=6)
    assert [one.snoozed for one in db.glance().due()] == [True], "who puts it off to a Sunday may"
