"""The user's own chances: intervals, waits, how far applications have come, what is counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.chances.chances import (
    ENOUGH,
    Course,
    FunnelStep,
    HeldInterview,
    History,
    Move,
    TimeInStage,
    course,
    ends,
    funnel,
)
from store.rules.chances.statistics import curve, days_to_share, wilson
from store.rules.stages import ORDER, Outcome, Stage, outcomes_from
from tests import makers
from tests.tables import each_row

TODAY = date(2026, 11, 23)
FIRST_DAY = date(2026, 9, 1)
APPLIED, FIRST, SECOND, OFFER = ORDER


def day(number: int) -> date:
    """The day `number` days after the application."""
    return FIRST_DAY + timedelta(days=number)


def history(*steps: tuple[int, Stage], id: int = 1, **known: Any) -> History:
    """An application of `FIRST_DAY` with the steps (day, stage) in the order given."""
    on_days = [(day(number), stage) for number, stage in steps]
    return makers.history(id, FIRST_DAY, on_days)._replace(**known)


def closed(number: int, outcome: Outcome) -> dict[str, Any]:
    return {"closed_on": day(number), "outcome": outcome}


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Any application that the board can hold: moves both ways, open or closed."""
    number, steps, stage = 0, [], APPLIED
    for _ in range(draw(st.integers(0, 5))):
        number += draw(st.integers(0, 12))
        stage = draw(st.sampled_from([other for other in ORDER if other is not stage]))
        steps.append((number, stage))
    known: dict[str, Any] = {
        "interviews": tuple(
            HeldInterview(draw(st.sampled_from((FIRST, SECOND))), day(draw(st.integers(0, number))))
            for _ in range(draw(st.integers(0, 2)))
        ),
        "source": draw(st.sampled_from(("LinkedIn", "linkedin", "friend", ""))),
        "tags": draw(st.sampled_from(((), ("remote",), ("remote", "python")))),
        "logged_on": draw(st.sampled_from((None, FIRST_DAY, day(number)))),
    }
    if draw(st.booleans()):
        outcome = draw(st.sampled_from(outcomes_from(stage)))
        known |= closed(number + draw(st.integers(0, 20)), outcome)
    if draw(st.integers(0, 9)) == 0:
        known["applied_on"] = None
    return history(*steps, id=draw(st.integers(1, 10**6)), **known)


def counts(step: FunnelStep) -> tuple[int, int, int]:
    return step.passed, step.decided, len(step.undecided)


def days(time: TimeInStage) -> tuple[int | None, ...]:
    return time.quarter, time.half, time.three_quarters


# Intervals


@each_row(
    ("passed", "tried", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # scipy.stats.binomtest(…).proportion_ci(method="wilson"), SciPy 1.16
        (4, 11, 0.15166, 0.64619),
        (5, 5, 0.56552, 1.0),
    ],
)
def test_wilson_agrees_with_printed_values(
    passed: int, tried: int, low: float, high: float
) -> None:
    rate = wilson(passed, tried)
    assert rate.share == pytest.approx(passed / tried)
    assert (rate.low, rate.high) == pytest.approx((low, high), abs=6e-5)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_contain_the_rate_and_stay_within_0_and_1(counted: tuple[int, int]) -> None:
    passed, tried = counted
    share, low, high = wilson(passed, tried)
    assert 0 <= low <= share <= high <= 1
    assert low < high
    mirrored = wilson(tried - passed, tried)
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((low, high))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_more_cases_with_the_same_share_are_surer(counted: tuple[int, int]) -> None:
    passed, tried = counted
    few, many = wilson(passed, tried), wilson(4 * passed, 4 * tried)
    assert many.high - many.low < few.high - few.low


@each_row(("passed", "tried"), [(0, 0), (-1, 3), (4, 3), (0, -1)])
def test_what_is_no_share_is_refused(passed: int, tried: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(passed, tried)


# Waits

# Remission of children with leukaemia in weeks; "+" was still in remission when last seen:
# E. J. Freireich et al., Blood 21 (1963), 699–716, as worked out in D. G. Kleinbaum and M. Klein,
# Survival Analysis (2012), chapter 2.
MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def weeks(text: str) -> list[tuple[int, bool]]:
    return [(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def test_the_curve_of_the_textbook() -> None:
    points = curve(weeks(MERCAPTOPURINE))
    assert [point.day for point in points] == [6, 7, 10, 13, 16, 22, 23]
    assert [point.waiting for point in points] == pytest.approx(
        [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4
    )
    assert days_to_share(points, 0.25) == 13
    assert days_to_share(points, 0.5) == 23
    assert days_to_share(points, 0.75) is None


def test_the_curve_of_the_textbook_without_open_cases() -> None:
    points = curve(weeks(PLACEBO))
    assert [point.waiting for point in points] == pytest.approx(
        [0.905, 0.810, 0.762, 0.667, 0.571, 0.381, 0.286, 0.190, 0.143, 0.095, 0.048, 0],
        abs=5e-4,
    )
    assert [days_to_share(points, share) for share in (0.25, 0.5, 0.75)] == [4, 8, 12]


WAITS = st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=1, max_size=60)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=99), st.sampled_from((0.25, 0.5, 0.75)))
def test_when_all_are_answered_it_is_the_plain_quantile(waits: list[int], share: float) -> None:
    within = days_to_share(curve((wait, True) for wait in waits), share)
    enough = [d for d in sorted(waits) if sum(w <= d for w in waits) >= share * len(waits)]
    assert within == enough[0]


@given(WAITS, WAITS)
def test_those_still_waiting_never_make_it_look_faster(
    waits: list[tuple[int, bool]], more: list[tuple[int, bool]]
) -> None:
    still = [(number, False) for number, _ in more]
    before = days_to_share(curve(waits), 0.5)
    after = days_to_share(curve(waits + still), 0.5)
    assert after is None or (before is not None and after >= before)


@given(WAITS, st.randoms(), st.integers(2, 5))
def test_order_and_number_of_equal_cases_do_not_bend_the_curve(
    waits: list[tuple[int, bool]], chance: Any, times: int
) -> None:
    points = curve(waits)
    shuffled = waits * times
    chance.shuffle(shuffled)
    again = curve(shuffled)
    assert [point.day for point in again] == [point.day for point in points]
    assert [p.waiting for p in again] == pytest.approx([p.waiting for p in points])
    assert days_to_share(again, 0.5) == days_to_share(points, 0.5)


def test_nothing_to_wait_for() -> None:
    assert curve([]) == ()
    assert curve([(3, False), (9, False)]) == ()


# How far an application has come


@each_row(
    ("steps", "known", "reached"),
    [
        pytest.param([], {}, APPLIED, id="applied"),
        pytest.param([(3, FIRST), (9, SECOND)], {}, SECOND, id="one after the other"),
        pytest.param([(3, SECOND)], {}, SECOND, id="first skipped"),
        pytest.param(
            [(3, FIRST), (9, SECOND)],
            closed(20, Outcome.REJECTED),
            SECOND,
            id="a rejection takes nothing back",
        ),
        pytest.param([(3, FIRST), (9, SECOND), (10, FIRST)], {}, FIRST, id="moved back"),
        pytest.param([(3, OFFER), (4, FIRST), (9, SECOND)], {}, SECOND, id="back and on again"),
        pytest.param([(3, FIRST), (3, SECOND), (3, FIRST)], {}, FIRST, id="overshot in a day"),
        pytest.param(
            [(3, FIRST), (9, SECOND), (20, FIRST)],
            {"interviews": (HeldInterview(SECOND, day(12)),)},
            SECOND,
            id="moved back after the interview was held",
        ),
        pytest.param(
            [(3, FIRST)],
            {"interviews": (HeldInterview(SECOND, day(3)),)},
            SECOND,
            id="held before moved",
        ),
        pytest.param([(3, FIRST)], closed(9, Outcome.ACCEPTED), OFFER, id="accepted in first"),
        pytest.param([], {"moves": ()}, APPLIED, id="no moves at all"),
    ],
)
def test_furthest_stage(
    steps: list[tuple[int, Stage]], known: dict[str, Any], reached: Stage
) -> None:
    assert course(history(*steps, **known), TODAY).reached is reached


@each_row(
    ("steps", "known", "waits"),
    [
        pytest.param([], {}, [(APPLIED, 83, False)], id="open up to today"),
        pytest.param(
            [(3, FIRST), (9, SECOND)],
            {},
            [(APPLIED, 3, True), (FIRST, 6, True), (SECOND, 74, False)],
            id="each stage from its own day",
        ),
        pytest.param(
            [(3, FIRST)],
            closed(20, Outcome.REJECTED),
            [(APPLIED, 3, True), (FIRST, 17, True)],
            id="a no is an answer",
        ),
        pytest.param(
            [(3, FIRST)],
            closed(60, Outcome.NO_RESPONSE),
            [(APPLIED, 3, True), (FIRST, 57, False)],
            id="silence is none",
        ),
        pytest.param(
            [], closed(5, Outcome.WITHDRAWN), [(APPLIED, 5, False)], id="withdrawn before one came"
        ),
        pytest.param(
            [(3, OFFER)],
            closed(8, Outcome.WITHDRAWN),
            [(APPLIED, 3, True), (OFFER, 5, True)],
            id="an offer is answered by the user",
        ),
        pytest.param(
            [(3, FIRST), (9, SECOND), (11, FIRST)],
            closed(20, Outcome.CANCELLED),
            [(APPLIED, 3, True), (FIRST, 17, True)],
            id="a slip takes no time",
        ),
        pytest.param(
            [(3, SECOND), (4, FIRST)],
            {},
            [(APPLIED, 3, True), (FIRST, 80, False)],
            id="a slip too far began the right stage",
        ),
        pytest.param(
            [(3, FIRST), (3, SECOND)],
            {},
            [(APPLIED, 3, True), (SECOND, 80, False)],
            id="passed within a day",
        ),
        pytest.param(
            [(40, SECOND)], {"logged_on": day(40)}, [], id="entered when it was in second already"
        ),
        pytest.param(
            [(40, SECOND), (50, OFFER)],
            {"logged_on": day(40)},
            [(OFFER, 33, False)],
            id="known from the next step on",
        ),
        pytest.param(
            [(0, FIRST)],
            {"logged_on": FIRST_DAY},
            [(FIRST, 83, False)],
            id="entered on its own first day",
        ),
        pytest.param(
            [],
            {"logged_on": day(40)} | closed(40, Outcome.REJECTED),
            [],
            id="entered when it was over",
        ),
        pytest.param(
            [(3, FIRST)], {"applied_on": None}, [(FIRST, 80, False)], id="no day of application"
        ),
        pytest.param([(200, FIRST)], {}, [(APPLIED, 200, True), (FIRST, 0, False)], id="set back"),
        pytest.param([], {"moves": ()}, [(APPLIED, 83, False)], id="no moves at all"),
    ],
)
def test_days_in_a_stage(
    steps: list[tuple[int, Stage]], known: dict[str, Any], waits: list[tuple[Stage, int, bool]]
) -> None:
    found = course(history(*steps, **known), TODAY).waits
    assert sorted(wait[1:] for wait in found) == sorted(waits)
    assert {wait.id for wait in found} <= {1}


@given(histories(), st.randoms())
def test_the_order_of_events_does_not_matter(one: History, chance: Any) -> None:
    moves, talks = list(one.moves), list(one.interviews)
    chance.shuffle(moves)
    chance.shuffle(talks)
    shuffled = one._replace(moves=tuple(moves), interviews=tuple(talks))
    assert course(shuffled, TODAY)[1:] == course(one, TODAY)[1:]


@given(histories(), st.sampled_from(ORDER))
def test_going_on_never_lowers_the_furthest_stage(one: History, to: Stage) -> None:
    reached = course(one, TODAY).reached
    present = course(one._replace(interviews=(), outcome=None), TODAY).reached
    last = max(move.on for move in one.moves)
    if to.place > present.place:
        on = one._replace(moves=(*one.moves, Move(last, present, to)))
        assert course(on, TODAY).reached.place >= max(to.place, reached.place)
    if to in (FIRST, SECOND):
        held = one._replace(interviews=(*one.interviews, HeldInterview(to, last)))
        assert course(held, TODAY).reached.place == max(to.place, reached.place)
    for outcome in outcomes_from(present):
        over = one._replace(outcome=outcome, closed_on=last)
        assert course(over, TODAY).reached.place >= present.place


@given(histories())
def test_waits_are_whole_and_one_for_each_stage(one: History) -> None:
    waits = course(one, TODAY).waits
    assert all(wait.days >= 0 for wait in waits)
    assert len({wait.stage for wait in waits}) == len(waits)
    assert sum(not wait.answered for wait in waits) <= 1


@given(histories(), st.integers(-400, 400))
def test_the_calendar_does_not_matter(one: History, shift: int) -> None:
    by = timedelta(days=shift)
    moved = one._replace(
        applied_on=one.applied_on and one.applied_on + by,
        closed_on=one.closed_on and one.closed_on + by,
        logged_on=one.logged_on and one.logged_on + by,
        moves=tuple(move._replace(on=move.on + by) for move in one.moves),
        interviews=tuple(talk._replace(on=talk.on + by) for talk in one.interviews),
    )
    assert course(moved, TODAY + by)[1:] == course(one, TODAY)[1:]


# What is counted


def courses(*made: tuple[int, History]) -> list[Course]:
    """So many applications of each kind, with ids of their own."""
    kinds = [one for count, one in made for _ in range(count)]
    return [course(one._replace(id=number), TODAY) for number, one in enumerate(kinds, 1)]


SEARCH = (
    (40, history(**closed(20, Outcome.REJECTED))),
    (20, history(**closed(60, Outcome.NO_RESPONSE))),
    (7, history()),
    (5, history((10, FIRST), **closed(20, Outcome.REJECTED))),
    (2, history((10, FIRST))),
    (6, history((10, FIRST), (20, SECOND), **closed(30, Outcome.REJECTED))),
    (1, history((10, FIRST), (20, SECOND), **closed(30, Outcome.WITHDRAWN))),
    (3, history((10, FIRST), (20, SECOND))),
    (1, history((10, SECOND), (20, OFFER))),
    (2, history((10, FIRST), (20, SECOND), (30, OFFER), **closed(35, Outcome.DECLINED))),
    (1, history((10, FIRST), (20, SECOND), (30, OFFER), **closed(35, Outcome.ACCEPTED))),
)
"""88 applications: 4 of 10 went on from second, and one was withdrawn there."""


@each_row(
    ("stage", "expected"),
    [
        (APPLIED, (21, 81, 7)),
        (FIRST, (14, 19, 2)),
        (SECOND, (4, 10, 3)),
        (OFFER, (1, 3, 1)),
    ],
)
def test_steps_of_a_search(stage: Stage, expected: tuple[int, int, int]) -> None:
    assert counts(funnel(courses(*SEARCH)).step(stage)) == expected


def test_too_few_decided_have_no_rate() -> None:
    found = funnel(courses(*SEARCH))
    assert found.step(OFFER).rate is None
    rate = found.step(SECOND).rate
    assert rate is not None
    assert rate == pytest.approx((4 / 10, 0.16818, 0.68733), abs=6e-5)
    assert found.step(SECOND).so_far == pytest.approx(4 / 13)
    assert found.step(OFFER).so_far is None
    assert found.step(OFFER).rate_so_far is None
    four = FunnelStep(SECOND, went_on=(1,), ended=(2, 3, 4), undecided=tuple(range(5, 99)))
    assert four.decided == ENOUGH - 1
    assert four.rate is None


def test_what_was_withdrawn_is_neither_success_nor_failure() -> None:
    """It counts in the steps that it took; where it was withdrawn it is left out."""
    open_ = funnel(courses((5, history(**closed(20, Outcome.REJECTED))), (24, history())))
    made = (
        (5, history((10, FIRST), **closed(12, Outcome.WITHDRAWN))),
        (3, history(**closed(20, Outcome.REJECTED))),
        (24, history()),
        (9, history(**closed(20, Outcome.WITHDRAWN))),
    )
    applied, first = funnel(courses(*made)).steps[:2]
    assert (applied.passed, applied.decided, applied.counted) == (5, 8, 32)
    assert (len(applied.undecided), len(applied.withdrawn)) == (24, 9)
    assert applied.so_far == pytest.approx(5 / 32)
    assert (first.passed, first.decided, len(first.withdrawn)) == (0, 0, 5)
    assert open_.step(APPLIED).withdrawn == ()


@given(st.lists(histories(), max_size=20), st.integers(1, 9))
def test_withdrawing_what_is_open_bends_no_rate(many: list[History], more: int) -> None:
    before = funnel(courses(*((1, one) for one in many)))
    extra = history(**closed(9, Outcome.WITHDRAWN))
    after = funnel(courses(*((1, one) for one in many), (more, extra)))
    for once, again in zip(before.steps, after.steps, strict=True):
        assert (again.rate, again.so_far, counts(again)) == (once.rate, once.so_far, counts(once))


@given(st.lists(histories(), max_size=30))
def test_the_share_so_far_never_flatters(many: list[History]) -> None:
    for step in funnel(courses(*((3, one) for one in many))).steps:
        if step.rate is not None and step.so_far is not None:
            assert step.so_far <= step.rate.share
            assert (step.so_far == step.rate.share) == (not step.undecided or not step.passed)
            assert step.rate_so_far is not None
            assert step.rate_so_far.low <= step.so_far <= step.rate_so_far.high


def test_where_applications_end() -> None:
    found = {(end.stage, end.outcome): len(end.applications) for end in ends(courses(*SEARCH))}
    assert found == {
        (APPLIED, Outcome.REJECTED): 40,
        (APPLIED, Outcome.NO_RESPONSE): 20,
        (FIRST, Outcome.REJECTED): 5,
        (SECOND, Outcome.REJECTED): 6,
        (SECOND, Outcome.WITHDRAWN): 1,
        (OFFER, Outcome.ACCEPTED): 1,
        (OFFER, Outcome.DECLINED): 2,
    }
    assert [end.stage for end in ends(courses(*SEARCH))] == sorted(
        (stage for stage, _ in found), key=ORDER.index
    )


def test_time_in_stage_of_a_search() -> None:
    second = funnel(courses(*SEARCH)).time(SECOND)
    assert (len(second.answered), len(second.waiting)) == (10, 4)
    # All 10 answers came after 10 days, when 14 were there: S = 4/14 = 0.29.
    assert days(second) == (10, 10, None)
    assert second.longest == 63
    applied = funnel(courses(*SEARCH)).time(APPLIED)
    # 21 of 88 went on after 10 days: S = 67/88 = 0.76; 40 had a no after 20: S = 27/88 = 0.31;
    # the 20 silent and the 7 open ones never take it below a quarter.
    assert days(applied) == (20, 20, None)


def test_too_few_have_no_typical_time() -> None:
    four = funnel(courses((4, history(**closed(9, Outcome.REJECTED))))).time(APPLIED)
    assert (four.cases, days(four)) == (4, (None, None, None))
    five = funnel(courses((5, history(**closed(9, Outcome.REJECTED))))).time(APPLIED)
    assert days(five) == (9, 9, 9)


def test_nothing_at_all() -> None:
    found = funnel([])
    assert found.applications == ()
    assert [counts(step) for step in found.steps] == [(0, 0, 0)] * 4
    assert [step.stage for step in found.steps] == list(ORDER)
    assert [time.stage for time in found.times] == list(ORDER)
    assert found.name is None
    assert funnel([], "a friend").name == "a friend"
    assert [step.rate for step in found.steps] == [None] * 4
    assert [(time.cases, time.longest) for time in found.times] == [(0, 0)] * 4
    assert ends([]) == ()


@given(st.lists(histories(), max_size=30))
def test_every_application_is_counted_once_in_each_step_it_came_to(many: list[History]) -> None:
    found = funnel(courses(*((1, one) for one in many)))
    arrived = [set(found.applications)]
    for step in found.steps:
        parts = (step.went_on, step.ended, step.undecided, step.withdrawn)
        assert sorted(id_ for part in parts for id_ in part) == sorted(arrived[-1])
        arrived.append(set(step.went_on))
    assert len(arrived[-1]) == sum(one.outcome is Outcome.ACCEPTED for one in many)


@given(st.lists(histories(), min_size=1, max_size=12), st.integers(2, 6))
def test_a_search_several_times_over_has_the_same_rates(many: list[History], times: int) -> None:
    once = funnel(courses(*((1, one) for one in many)))
    more = funnel(courses(*((times, one) for one in many)))
    for few, all_ in zip(once.steps, more.steps, strict=True):
        assert counts(all_) == tuple(times * count for count in counts(few))
        if few.rate and all_.rate:
            assert all_.rate.share == pytest.approx(few.rate.share)
            assert few.rate.low <= all_.rate.low <= all_.rate.high <= few.rate.high
    for few_days, all_days in zip(once.times, more.times, strict=True):
        if few_days.cases >= ENOUGH:
            assert days(all_days) == days(few_days)


@given(st.lists(histories(), max_size=20))
def test_an_open_application_is_no_failure(many: list[History]) -> None:
    """Reopening what was closed only ever moves it from ended, withdrawn or accepted to open."""
    before = funnel(courses(*((1, one) for one in many)))
    still = [one for one in many if one.outcome not in (Outcome.ACCEPTED, Outcome.DECLINED)]
    after = funnel(
        courses(*((1, one._replace(outcome=None, closed_on=None)) for one in still)),
    )
    assert all(step.ended == step.withdrawn == () for step in after.steps)
    if len(still) == len(many):
        assert [step.passed for step in after.steps] == [step.passed for step in before.steps]
