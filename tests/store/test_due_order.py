"""What is late by the clock stands above what has the whole day, wherever follow-ups are listed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.rules.stages import Stage
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
    assert [due.id for due in glance.shown(1)] == order
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
