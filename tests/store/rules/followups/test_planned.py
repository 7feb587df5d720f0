"""Nothing is late when it comes into being: `at_birth`, and the windows that it meets."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from store.rules.dates import is_late
from store.rules.followups.facts import Acceptance, Facts, OtherOffer, Task
from store.rules.followups.plan import plan
from store.rules.followups.planned import Planned, at_birth, in_order
from store.rules.stages import Stage
from tests.store.rules.followups.one_autumn import APPLIED, MET, OFFERED, RULES, TALK, ZONE, at
from tests.tables import each_row

LINE = Planned(
    rule="R1",
    anchor="application",
    nth=1,
    of=2,
    action="inquire",
    label="follow up",
    reason="applied",
    due_on=date(2025, 12, 4),
)
NOON = at(2025, 12, 4, 12)


@each_row(
    ("changes", "now", "due_on", "due_at", "late_from"),
    [
        pytest.param({}, NOON, date(2025, 12, 4), None, None, id="for today"),
        pytest.param(
            {"due_on": date(2025, 12, 3)}, NOON, date(2025, 12, 4), None, None, id="for yesterday"
        ),
        pytest.param(
            {"due_on": date(2024, 1, 1)}, NOON, date(2025, 12, 4), None, None, id="years ago"
        ),
        pytest.param(
            {"due_on": date(2025, 12, 5)}, NOON, date(2025, 12, 5), None, None, id="to come"
        ),
        pytest.param(
            {"due_at": at(2025, 12, 4, 11)}, NOON, date(2025, 12, 4), None, None, id="an hour ago"
        ),
        pytest.param(
            {"due_at": NOON}, NOON, date(2025, 12, 4), NOON, None, id="at this very moment"
        ),
        pytest.param(
            {"due_at": at(2025, 12, 4, 13)},
            NOON,
            date(2025, 12, 4),
            at(2025, 12, 4, 13),
            None,
            id="in an hour",
        ),
        pytest.param(
            {"due_on": date(2025, 12, 3), "due_at": at(2025, 12, 3, 23)},
            NOON,
            date(2025, 12, 4),
            None,
            None,
            id="yesterday at night",
        ),
        pytest.param(
            {"action": "sign", "due_on": date(2025, 12, 1), "late_from": at(2025, 12, 5, 0)},
            NOON,
            date(2025, 12, 4),
            None,
            at(2025, 12, 5, 0),
            id="not late yet",
        ),
        pytest.param(
            {"due_on": date(2025, 12, 1), "late_from": at(2025, 12, 4, 0)},
            NOON,
            date(2025, 12, 4),
            None,
            None,
            id="late since midnight",
        ),
        pytest.param({"late_from": NOON}, NOON, date(2025, 12, 4), None, None, id="late just now"),
        pytest.param(
            {"due_on": date(2025, 12, 5), "late_from": at(2025, 12, 9, 0)},
            NOON,
            date(2025, 12, 5),
            None,
            at(2025, 12, 9, 0),
            id="all of it to come",
        ),
    ],
)
def test_what_comes_into_being(
    changes: dict[str, object],
    now: datetime,
    due_on: date,
    due_at: datetime | None,
    late_from: datetime | None,
) -> None:
    born = at_birth(replace(LINE, **changes), now)  # type: ignore[arg-type]
    assert (born.due_on, born.due_at, born.late_from) == (due_on, due_at, late_from)
    same = replace(LINE, action=born.action)
    assert replace(born, due_on=LINE.due_on, due_at=None, late_from=None) == same


def late(one: Planned, now: datetime) -> bool:
    """Whether the line would be shown as late at `now`."""
    if one.late_from is not None:
        return one.late_from <= now
    return is_late(one.due_on, one.due_at, now)


SOON = replace(TALK, starts_at=at(2025, 12, 4, 15), ends_at=at(2025, 12, 4, 16))


@each_row(
    "facts",
    [
        pytest.param(
            replace(APPLIED, applied_on=date(2025, 11, 13)), id="applied three weeks ago"
        ),
        pytest.param(
            replace(MET, interviews=(replace(SOON, logged_on=date(2025, 12, 4)),)),
            id="an interview that is booked for this afternoon",
        ),
        pytest.param(
            replace(
                MET,
                interviews=(
                    replace(
                        SOON,
                        logged_on=date(2025, 12, 4),
                        starts_at=at(2025, 12, 4, 13),
                        ends_at=at(2025, 12, 4, 14),
                    ),
                ),
            ),
            id="an interview in an hour",
        ),
        pytest.param(
            replace(MET, via_recruiter="Rita", interviews=(
                replace(TALK, starts_at=at(2025, 12, 2, 9), ends_at=at(2025, 12, 2, 10)),
            )),
            id="an interview of the day before yesterday",
        ),
        pytest.param(
            replace(
                MET, assignments=(Task(1, Stage.FIRST, "x", date(2025, 11, 20),
                                             date(2025, 12, 1)),)
            ),
            id="a task that was due on Monday",
        ),
        pytest.param(
            replace(OFFERED, offered_on=date(2025, 11, 20), deadline_on=date(2025, 12, 2),
                    deadline_set_on=date(2025, 12, 4)),
            id="an offer whose deadline has passed",
        ),
        pytest.param(
            replace(MET, other_offer=OtherOffer(2, "Globex", date(2025, 11, 27))),
            id="added after an offer",
        ),
        pytest.param(
            replace(MET, accepted_elsewhere=Acceptance(2, "Globex", date(2025, 11, 27))),
            id="added after a yes",
        ),
    ],
)  # fmt: skip
def test_nothing_is_late_at_birth(facts: Facts) -> None:
    born = [at_birth(one, NOON) for one in plan(facts, RULES).follow_ups]
    assert born
    shown = [one for one in born if one.lapses_at is None or one.lapses_at > NOON]
    assert shown
    assert not [one for one in shown if late(one, NOON)]
    tomorrow = NOON + timedelta(days=1)
    today = [one for one in shown if one.due_on == NOON.date() and one.due_at is None]
    assert all(
        late(one, tomorrow) for one in today if one.late_from is None or one.late_from <= tomorrow
    )


@each_row(
    ("changes", "expected"),
    [
        ({"not_before": at(2025, 12, 9, 9)}, {"not_before": at(2025, 12, 5, 0)}),
        ({"not_before": at(2025, 12, 4, 9)}, {}),
        ({"late_from": at(2025, 12, 1, 0)}, {"late_from": at(2025, 12, 4, 0)}),
        ({"late_from": at(2025, 12, 9, 0)}, {}),
        ({"late_until": at(2025, 12, 1, 0)}, {"late_until": at(2025, 12, 4, 0)}),
        ({"lapses_at": at(2025, 12, 1, 0)}, {"lapses_at": at(2025, 12, 4, 0)}),
        (
            {"late_until": at(2025, 12, 8, 0), "lapses_at": at(2025, 12, 6, 0)},
            {"lapses_at": at(2025, 12, 8, 0)},
        ),
        (
            {"due_at": at(2025, 12, 4, 15), "not_before": at(2025, 12, 4, 16)},
            {"not_before": at(2025, 12, 4, 15)},
        ),
    ],
)
def test_the_ends_of_a_window_follow_each_other(
    changes: dict[str, object], expected: dict[str, object]
) -> None:
    given = replace(LINE, **changes)  # type: ignore[arg-type]
    assert in_order(given, ZONE) == replace(given, **expected)  # type: ignore[arg-type]


def test_nobody_is_asked_on_a_day_off_because_it_was_typed_in_then() -> None:
    saturday = NOON.replace(year=2026, month=11, day=28)
    ask = replace(LINE, action="inquire", due_on=date(2026, 11, 9), due_at=None)
    assert at_birth(ask, saturday).due_on == date(2026, 11, 30)
    assert at_birth(ask, saturday, {date(2026, 11, 30)}).due_on == date(2026, 12, 1)
    assert at_birth(replace(ask, action="prepare"), saturday).due_on == date(2026, 11, 28)
