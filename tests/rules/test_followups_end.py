"""What is left to do after the end, and what the user promised: R19, R20, R21."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from store.rules.followup_rules import rules_for
from store.rules.followups import Facts, Promise, plan
from store.rules.stages import Outcome, Stage
from tests.rules.one_autumn import MET, RULES, TALK, at, by_rule

REJECTED = replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 12, 2))
UNSEEN = replace(REJECTED, talks=())
SLIDES = Promise(3, "send the slides", date(2025, 11, 27))


def test_a_rejection_is_thanked_for_when_the_sting_is_over() -> None:
    (row,) = by_rule(replace(REJECTED, closed_at=at(2025, 12, 2, 11)), "R19")
    assert row.not_before == at(2025, 12, 2, 13)
    assert (row.due_on, row.due_at) == (date(2025, 12, 4), None)
    assert row.lapses_at == at(2025, 12, 9, 0)
    assert row.action == "thank_reply"
    assert row.reason == "rejected Tue 2 Dec"
    (row,) = by_rule(REJECTED, "R19")
    assert row.not_before is None, "no hour is known"


@pytest.mark.parametrize(
    ("closed_on", "due_on"),
    [
        (date(2025, 12, 3), date(2025, 12, 5)),
        (date(2025, 12, 4), date(2025, 12, 8)),
        (date(2025, 12, 5), date(2025, 12, 8)),
    ],
)
def test_thanks_are_not_due_on_a_weekend(closed_on: date, due_on: date) -> None:
    (row,) = by_rule(replace(REJECTED, closed_on=closed_on), "R19")
    assert row.due_on == due_on


def test_thanks_are_not_due_on_a_holiday() -> None:
    rules = replace(RULES, holidays=frozenset({date(2025, 12, 4), date(2026, 3, 2)}))
    (row,) = by_rule(REJECTED, "R19", rules)
    assert row.due_on == date(2025, 12, 5)
    touch, _ = by_rule(REJECTED, "R20", rules)
    assert touch.due_on == date(2026, 3, 3)


def test_a_talk_late_in_the_evening_counts_by_the_users_day() -> None:
    late = replace(TALK, starts_at=at(2025, 12, 2, 23), ends_at=at(2025, 12, 2, 23, 45))
    facts = replace(REJECTED, talks=(late,))
    assert by_rule(facts, "R19")
    assert not by_rule(replace(facts, zone=ZoneInfo("Asia/Tokyo")), "R19")


def test_three_and_six_months_later() -> None:
    touch, again = by_rule(REJECTED, "R20")
    assert (touch.action, touch.due_on) == ("keep_in_touch", date(2026, 3, 2))
    assert (again.action, again.due_on) == ("look_again", date(2026, 6, 1))
    assert touch.lapses_at == at(2026, 4, 1, 0)
    saturday = replace(REJECTED, closed_on=date(2025, 12, 7))
    assert by_rule(saturday, "R20")[0].due_on == date(2026, 3, 9), "90 days end on a Saturday"


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        pytest.param(REJECTED, ["R7", "R19", "R20", "R20"], id="after an interview"),
        pytest.param(UNSEEN, [], id="without one"),
        pytest.param(
            replace(REJECTED, talks=(replace(TALK, kept=False),)), [], id="it did not take place"
        ),
        pytest.param(
            replace(REJECTED, closed_on=date(2025, 11, 26)), [], id="it was still to come"
        ),
        pytest.param(
            replace(REJECTED, thanked_for_rejection=True), ["R7", "R20", "R20"], id="thanked"
        ),
        pytest.param(replace(REJECTED, stay_in_touch=False), ["R7", "R19"], id="no more of them"),
        pytest.param(replace(REJECTED, no_contact=True), ["R7", "R19", "R20"], id="no contact"),
        pytest.param(replace(REJECTED, outcome=Outcome.NO_RESPONSE), ["R7"], id="no response"),
        pytest.param(replace(REJECTED, outcome=Outcome.WITHDRAWN), ["R7"], id="withdrawn"),
        pytest.param(replace(REJECTED, outcome=Outcome.CANCELLED), ["R7"], id="cancelled"),
        pytest.param(replace(REJECTED, outcome=Outcome.ACCEPTED), ["R7"], id="accepted"),
    ],
)
def test_what_a_closed_application_keeps(facts: Facts, rules: list[str]) -> None:
    planned = plan(facts, RULES)
    assert [one.rule for one in planned.follow_ups] == rules
    assert (planned.dormant_on, planned.close_suggested_on) == (None, None)


def test_no_contact_still_looks_again() -> None:
    (row,) = by_rule(replace(REJECTED, no_contact=True), "R20")
    assert row.action == "look_again"


def test_thanks_without_an_interview_for_those_who_want_that() -> None:
    polite = rules_for(overrides={"rejection": {"only_after_interview": False}})
    assert [row.rule for row in plan(UNSEEN, polite).follow_ups] == ["R19"]


@pytest.mark.parametrize(
    ("promise", "due_on", "reason"),
    [
        (SLIDES, date(2025, 11, 28), "you promised it Thu 27 Nov"),
        (
            replace(SLIDES, due_on=date(2025, 11, 29)),
            date(2025, 11, 29),
            "you promised it for Sat 29 Nov",
        ),
        (
            replace(SLIDES, made_on=date(2025, 11, 28)),
            date(2025, 11, 29),
            "you promised it Fri 28 Nov",
        ),
    ],
    ids=["a day later", "the day named", "a promise knows no weekend"],
)
def test_a_promise_is_kept(promise: Promise, due_on: date, reason: str) -> None:
    (row,) = by_rule(replace(MET, promises=(promise,)), "R21")
    assert (row.due_on, row.reason) == (due_on, reason)
    assert row.label == "deliver what you promised: send the slides"
    assert row.lapses_at is None, "open until it is done"


def test_each_promise_is_one() -> None:
    rows = by_rule(replace(MET, promises=(SLIDES, replace(SLIDES, id=4))), "R21")
    assert len({row.key for row in rows}) == 2


def test_a_long_promise_is_cut_and_stays_literal() -> None:
    wordy = replace(SLIDES, text="the {plan}\n" + "x" * 500)
    (row,) = by_rule(replace(MET, promises=(wordy,)), "R21")
    assert row.label.startswith("deliver what you promised: the {plan} xxx")
    assert len(row.label) < 160


@pytest.mark.parametrize("stage", Stage)
def test_a_promise_counts_in_every_stage(stage: Stage) -> None:
    assert len(by_rule(replace(MET, stage=stage, promises=(SLIDES,)), "R21")) == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_of_the_closed_only_the_new_employer_gets_what_was_promised(outcome: Outcome) -> None:
    closed = replace(REJECTED, outcome=outcome, promises=(SLIDES,))
    assert len(by_rule(closed, "R21")) == (outcome is Outcome.ACCEPTED)
