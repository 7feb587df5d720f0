"""The whole of the figures: since a day, compared by something, week by week, as JSON."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.read.history import By, as_data, summary
from store.rules.chances.chances import WEEKS_AT_MOST, Completion, HeldInterview, History, weeks
from store.rules.stages import ORDER, Outcome, Stage
from tests import makers
from tests.tables import each_row

TODAY = date(2026, 11, 23)  # a Monday
APPLIED, FIRST, SECOND, OFFER = ORDER


def history(id: int, applied: date | None, reached: Stage = APPLIED, **known: Any) -> History:
    """An application that moved on by one stage a week."""
    week, began = timedelta(days=7), applied or TODAY
    steps = [(began + week * stage.place, stage) for stage in ORDER[1 : reached.place + 1]]
    if known.get("outcome") is not None:
        known.setdefault("closed_on", began + week * reached.place + timedelta(days=3))
    return makers.history(id, applied, steps, **known)


REJECTED = {"outcome": Outcome.REJECTED}
SEARCH = (
    history(1, date(2026, 9, 1), source="LinkedIn", tags=("remote",), **REJECTED),
    history(2, date(2026, 9, 8), source="linkedin", tags=("remote", "python"), **REJECTED),
    history(3, date(2026, 9, 30), FIRST, source="LinkedIn", **REJECTED),
    history(4, date(2026, 10, 1), FIRST, source="LinkedIn"),
    history(5, date(2026, 10, 5), SECOND, source="friend", referred=True, tags=("python",)),
    history(6, date(2026, 10, 9), source="LinkedIn", outcome=Outcome.NO_RESPONSE),
    history(7, date(2026, 11, 2), source="LinkedIn", outcome=Outcome.WITHDRAWN),
    history(8, None, source="", tags=("Remote",)),
)


def grouped(by: By) -> list[tuple[str | None, tuple[int, ...]]]:
    groups = summary(SEARCH, TODAY, by=by).groups
    return [(group.name, tuple(sorted(group.applications))) for group in groups]


@each_row(
    ("by", "expected"),
    [
        ("source", [("LinkedIn", (1, 2, 3, 4, 6, 7)), ("friend", (5,)), (None, (8,))]),
        ("tag", [("remote", (1, 2, 8)), ("python", (2, 5)), (None, (3, 4, 6, 7))]),
        (
            "month",
            [("2026-09", (1, 2, 3)), ("2026-10", (4, 5, 6)), ("2026-11", (7,)), (None, (8,))],
        ),
        ("referral", [("no referral", (1, 2, 3, 4, 6, 7, 8)), ("referral", (5,))]),
    ],
)
def test_compared_by(by: By, expected: list[tuple[str | None, tuple[int, ...]]]) -> None:
    assert grouped(by) == expected


def test_a_group_has_counts_of_its_own_and_no_rate_below_five() -> None:
    linked_in, friend, _ = summary(SEARCH, TODAY, by="source").groups
    step = linked_in.step(APPLIED)
    assert (step.passed, step.decided, step.undecided) == (2, 5, ())
    assert step.withdrawn == (7,)
    assert step.rate is not None
    assert step.rate.share == pytest.approx(2 / 5)
    assert linked_in.step(FIRST).rate is None
    assert friend.step(APPLIED).passed == 1
    assert friend.step(SECOND).undecided == (5,)


def test_since_a_day() -> None:
    report = summary(SEARCH, TODAY, since=date(2026, 10, 5))
    assert report.whole.applications == (5, 6, 7)
    assert report.undated == (8,)
    assert summary(SEARCH, TODAY).undated == ()


def test_the_weeks_count_older_applications_too() -> None:
    old = history(1, date(2026, 9, 1), interviews=(HeldInterview(FIRST, date(2026, 11, 18)),))
    report = summary((old,), TODAY, since=date(2026, 11, 18))
    assert report.whole.applications == ()
    assert [week.interviews for week in report.weeks] == [(1,), ()]
    assert summary((old,), TODAY, since=date(2026, 11, 19)).weeks == ()


def test_a_week_runs_from_monday_to_sunday() -> None:
    made = (
        history(1, date(2026, 11, 8)),
        history(
            2,
            date(2026, 11, 9),
            interviews=(
                HeldInterview(FIRST, date(2026, 11, 15)),
                HeldInterview(SECOND, date(2026, 11, 23)),
            ),
            done=(
                Completion(date(2026, 11, 10), date(2026, 11, 10)),
                Completion(date(2026, 11, 10), date(2026, 11, 12)),
                Completion(date(2026, 11, 12), date(2026, 11, 11)),
                Completion(date(2026, 11, 24), date(2026, 11, 24)),
            ),
        ),
    )
    found = [
        (week.monday.day, week.applications, week.interviews, week.on_time, week.late)
        for week in weeks(made, TODAY)
    ]
    assert found == [
        (2, (1,), (), (), ()),
        (9, (2,), (2,), (2, 2), (2,)),
        (16, (), (), (), ()),
        (23, (), (2,), (), ()),
    ]


def test_one_slip_of_the_year_makes_no_thousand_weeks() -> None:
    oldest = TODAY - timedelta(weeks=WEEKS_AT_MOST - 1)
    made = (
        history(1, date(1996, 11, 2)),
        history(2, oldest),
        history(3, oldest - timedelta(days=1)),
    )
    found = weeks(made, TODAY)
    assert len(found) == WEEKS_AT_MOST
    assert found[0].applications == (2,)
    assert weeks(made[:1], TODAY) == ()


def test_as_data_has_numerators_denominators_and_bounds() -> None:
    many = tuple(
        history(id_, date(2026, 9, 1), stage, **known)
        for id_, (stage, known) in enumerate(
            [(SECOND, REJECTED)] * 7
            + [(OFFER, {"outcome": Outcome.DECLINED})] * 4
            + [(SECOND, {}), (SECOND, {"outcome": Outcome.WITHDRAWN})]
        )
    )
    data = as_data(summary(many, TODAY, since=date(2026, 9, 1), by="month"))
    assert json.loads(json.dumps(data)) == data
    assert data["interval"] == "95 % Wilson interval"
    assert (data["today"], data["since"], data["by"]) == ("2026-11-23", "2026-09-01", "month")
    second, offer = data["steps"][2:]
    assert second == {
        "stage": "second",
        "numerator": 4,
        "denominator": 11,
        "undecided": 1,
        "open": 1,
        "withdrawn": 1,
        "counted": 12,
        "so_far": pytest.approx(4 / 12),
        "rate": pytest.approx(0.363636, abs=1e-6),
        "low": pytest.approx(0.151666, abs=1e-5),
        "high": pytest.approx(0.646193, abs=1e-5),
        "typical": {"low": 0.25, "high": 0.5, "years": "2017–2019", "quality": "B/D"},
    }
    assert (offer["numerator"], offer["denominator"]) == (0, 4)
    assert (data["applications"], data["open"]) == (13, 1)
    assert offer["so_far"] is None
    assert (offer["rate"], offer["low"], offer["high"]) == (None, None, None)
    assert data["time_in_stage"][1] == {
        "stage": "first",
        "answered": 13,
        "unanswered": 0,
        "days_quarter": 7,
        "days_half": 7,
        "days_three_quarters": 7,
        "days_longest": 7,
    }
    assert data["ends"] == [
        {"stage": "second", "outcome": "rejected", "count": 7},
        {"stage": "second", "outcome": "withdrawn", "count": 1},
        {"stage": "offer", "outcome": "declined", "count": 4},
    ]
    (group,) = data["groups"]
    assert group["name"] == "2026-09"
    assert group["steps"][2]["numerator"] == 4
    assert data["weeks"][0] == {
        "monday": "2026-08-31",
        "applications": 13,
        "interviews": 0,
        "follow_ups_on_time": 0,
        "follow_ups_late": 0,
    }


def test_an_empty_board_has_no_rate() -> None:
    data = as_data(summary((), TODAY, by="tag"))
    assert data["applications"] == 0
    assert {step["rate"] for step in data["steps"]} == {None}
    assert {step["denominator"] for step in data["steps"]} == {0}
    assert {time["days_half"] for time in data["time_in_stage"]} == {None}
    assert data["groups"] == data["ends"] == data["weeks"] == []


MADE = st.lists(
    st.builds(
        history,
        st.integers(1, 99),
        st.none() | st.dates(date(2026, 6, 1), TODAY),
        st.sampled_from(ORDER),
        source=st.sampled_from(("LinkedIn", "linkedin", "friend", "")),
        tags=st.sampled_from(((), ("remote",), ("remote", "python"))),
        outcome=st.sampled_from((None, Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.NO_RESPONSE)),
        done=st.lists(
            st.builds(
                Completion, st.dates(date(2026, 6, 1), TODAY), st.dates(date(2026, 6, 1), TODAY)
            ),
            max_size=3,
        ).map(tuple),
    ),
    max_size=25,
)


@given(MADE, st.randoms(), st.sampled_from((None, "source", "tag", "month", "referral")))
def test_the_order_of_applications_and_events_does_not_matter(
    made: list[History], chance: Any, by: By | None
) -> None:
    shuffled = [
        one._replace(
            moves=tuple(chance.sample(one.moves, len(one.moves))),
            done=tuple(chance.sample(one.done, len(one.done))),
        )
        for one in chance.sample(made, len(made))
    ]
    assert as_data(summary(shuffled, TODAY, by=by)) == as_data(summary(made, TODAY, by=by))


@given(MADE, st.sampled_from(("source", "month", "referral")))
def test_groups_that_exclude_each_other_add_up_to_the_whole(made: list[History], by: By) -> None:
    report = summary(made, TODAY, by=by)
    assert sum(len(group.applications) for group in report.groups) == len(made)
    for stage in ORDER:
        whole = report.whole.step(stage)
        steps = [group.step(stage) for group in report.groups]
        assert sum(step.passed for step in steps) == whole.passed
        assert sum(step.decided for step in steps) == whole.decided
        assert sum(len(step.undecided) for step in steps) == len(whole.undecided)
        assert sum(len(step.withdrawn) for step in steps) == len(whole.withdrawn)
