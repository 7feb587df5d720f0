"""What SQLite counts for the prompt is what the list holds, line by line."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.model.board import Due
from store.read.counts import count_due, is_due
from store.read.glance import open_glance
from store.rules.followups.actions import FIRST_INQUIRY, UNANSWERED, all_actions
from store.rules.urgency import Level
from store.tables import FollowUp
from tests.conftest import examples
from tests.makers import BERLIN, NOW, TODAY, application, follow_up, interview

ACTIONS = sorted(name for name in all_actions() if "." not in name)
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Beirut")
"""The last one changes its clocks at midnight."""
HOURS = (-72, -30, -14, -1, 0, 1, 6, 14, 15, 30, 40, 100)


def listed(dues: Iterator[Due] | tuple[Due, ...], now: datetime) -> dict[Level, int]:
    """How many lines the list has of each kind: what waits is none, a fold is one, never late."""
    counts, folds = dict.fromkeys((Level.LATE, Level.TODAY, Level.COMING), 0), set()
    for due in dues:
        if due.waits(now):
            continue
        if due.fold:
            folds.add((due.fold, max(due.level(now), Level.TODAY)))
        else:
            counts[due.level(now)] += 1
    for _, level in folds:
        counts[level] += 1
    return counts


def planned(choose: random.Random, number: int) -> FollowUp:
    """A follow-up of any kind, around now."""

    def moment() -> datetime:
        return NOW + timedelta(hours=choose.choice(HOURS), minutes=choose.choice((-1, 0, 1)))

    def maybe(value: Any, share: float = 0.4) -> Any:
        return value if choose.random() < share else None

    due_at = maybe(moment())
    due_on = (
        due_at.astimezone(BERLIN).date() if due_at else TODAY + timedelta(choose.randint(-4, 6))
    )
    rule, action = choose.choice(((FIRST_INQUIRY, "inquire"), *(("own", a) for a in ACTIONS)))
    if choose.random() < 0.3:
        rule, action = choose.choice(
            ((FIRST_INQUIRY, "inquire"), ("own", "close_silent"), ("own", UNANSWERED))
        )
    return follow_up(
        number,
        due_on,
        choose.randint(1, 5),
        rule=rule,
        action=action,
        due_at=due_at,
        interview_id=maybe(choose.randint(1, 5)),
        not_before=maybe(moment()),
        late_from=maybe(moment()),
        lapses_at=maybe(moment(), 0.2),
        snoozed_to=maybe(TODAY + timedelta(days=choose.randint(-3, 5)), 0.3),
        planned_on=maybe(due_on, 0.8) if rule == FIRST_INQUIRY else None,
        nth=choose.randint(1, 2) if rule == FIRST_INQUIRY else 1,
        of=2,
        state=choose.choice(("open", "open", "open", "done")),
        done_on=TODAY,
    )


@pytest.fixture
def any_board(db: Database, put: Callable[..., None]) -> Callable[[int], None]:
    """Puts some applications, interviews and 300 follow-ups of any kind on the board."""

    def make(seed: int) -> None:
        choose = random.Random(seed)
        closed = {"closed_on": TODAY}
        put(
            application(id=1),
            application(id=2, imported_on=TODAY),
            application(id=3, outcome="rejected", **closed),
            application(id=4, outcome="accepted", stage="offer", **closed),
            application(id=5, outcome="accepted", stage="offer", starts_work_on=TODAY, **closed),
            interview(1, NOW - timedelta(hours=3)),
            interview(2, NOW - timedelta(minutes=30)),
            interview(3, NOW + timedelta(days=1)),
            interview(4, NOW + timedelta(hours=2), kept=False),
            interview(5),
        )
        put(*(planned(choose, number) for number in range(1, 301)))

    return make


@pytest.mark.parametrize("seed", range(examples(2, 8)))
def test_what_is_counted_is_what_is_listed(
    db: Database, any_board: Callable[[int], None], seed: int
) -> None:
    any_board(seed)
    seen = set[tuple[int, ...]]()
    for name in ZONES:
        clock = FixedClock(NOW.astimezone(ZoneInfo(name)))
        glance = open_glance(db.place, clock)
        assert glance is not None
        with closing(glance):
            for hours in (-49, -20, -1, 0, 1, 5, 16, 31, 4_000):
                now = (NOW.astimezone(UTC) + timedelta(hours=hours)).astimezone(clock.zone)
                for days in (0, 1, 4, 3_660):
                    counted = count_due(glance, now, days)
                    assert counted == listed(glance.due(now, days), now), (name, hours, days)
                    assert is_due(glance, now, days) is any(counted.values())
                    seen.add(tuple(counted.values()))
    assert len(seen) > 20, "the cases differ"


def test_on_the_last_day_there_is_nothing_overflows(
    db: Database, any_board: Callable[[int], None]
) -> None:
    any_board(1)
    with closing(db.glance()) as glance:
        last = datetime(9999, 12, 30, 12, tzinfo=BERLIN)
        assert count_due(glance, last, 3_660) == listed(glance.due(last, 3_660), last)
