"""What is left to do after the end, and what the user promised: R19, R20, R21, R28."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.rules.followups.facts import Condition, Facts, Person, Promise
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests.store.rules.followups.one_autumn import (
    MET,
    OFFERED,
    RULES,
    TALK,
    at,
    by_rule,
    nudge,
    reply,
)
from tests.tables import each_row

REJECTED = replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 12, 2))
UNSEEN = replace(REJECTED, interviews=())
SLIDES = Promise(3, "send the slides", date(2025, 11, 27))


@each_row(
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
    facts = replace(REJECTED, interviews=(late,))
    assert by_rule(facts, "R19")
    assert not by_rule(replace(facts, zone=ZoneInfo("Asia/Tokyo")), "R19")


def test_three_and_six_months_later() -> None:
    touch, again = by_rule(REJECTED, "R20")
    assert (touch.action, touch.due_on) == ("keep_in_touch", date(2026, 3, 2))
    assert (again.action, again.due_on) == ("look_again", date(2026, 6, 1))
    assert touch.lapses_at == at(2026, 4, 1, 0)
    saturday = replace(REJECTED, closed_on=date(2025, 12, 7))
    assert by_rule(saturday, "R20")[0].due_on == date(2026, 3, 9), "90 days end on a Saturday"


@each_row(
    ("facts", "rules"),
    [
        pytest.param(REJECTED, ["R7", "R19", "R20", "R20"], id="after an interview"),
        pytest.param(UNSEEN, [], id="without one"),
        pytest.param(
            replace(REJECTED, interviews=(replace(TALK, kept=False),)),
            [],
            id="it did not take place",
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
        pytest.param(replace(REJECTED, outcome=Outcome.ACCEPTED), ["R7", "R28"], id="accepted"),
    ],
)
def test_what_a_closed_application_keeps(facts: Facts, rules: list[str]) -> None:
    planned = plan(facts, RULES)
    assert [one.rule for one in planned.follow_ups] == rules
    assert (planned.quiet_on, planned.close_suggested_on) == (None, None)


def test_no_contact_still_looks_again() -> None:
    (row,) = by_rule(replace(REJECTED, no_contact=True), "R20")
    assert row.action == "look_again"


def test_thanks_without_an_interview_for_those_who_want_that() -> None:
    polite = rules_for(overrides={"rejection": {"only_after_interview": False}})
    assert [row.rule for row in plan(UNSEEN, polite).follow_ups] == ["R19"]


@each_row(
    ("promise", "due_on", "reason"),
    [
        (SLIDES, date(2025, 11, 28), "promised Thu 27 Nov"),
        (
            replace(SLIDES, due_on=date(2025, 11, 29)),
            date(2025, 11, 29),
            "promised for Sat 29 Nov",
        ),
        (
            replace(SLIDES, made_on=date(2025, 11, 28)),
            date(2025, 11, 29),
            "promised Fri 28 Nov",
        ),
    ],
    ids=["a day later", "the day named", "a promise knows no weekend"],
)
def test_a_promise_is_kept(promise: Promise, due_on: date, reason: str) -> None:
    (row,) = by_rule(replace(MET, promises=(promise,)), "R21")
    assert (row.due_on, row.reason) == (due_on, reason)
    assert row.label == "do what you promised: send the slides"
    assert row.lapses_at is None, "open until it is done"


def test_each_promise_is_one() -> None:
    rows = by_rule(replace(MET, promises=(SLIDES, replace(SLIDES, id=4))), "R21")
    assert len({row.key for row in rows}) == 2


def test_a_long_promise_is_cut_and_stays_literal() -> None:
    wordy = replace(SLIDES, text="the {plan}\n" + "x" * 500)
    (row,) = by_rule(replace(MET, promises=(wordy,)), "R21")
    assert row.label.startswith("do what you promised: the {plan} xxx")
    assert len(row.label) < 160


@each_row("stage", Stage)
def test_a_promise_counts_in_every_stage(stage: Stage) -> None:
    assert len(by_rule(replace(MET, stage=stage, promises=(SLIDES,)), "R21")) == 1


@each_row("outcome", Outcome)
def test_of_the_closed_only_the_new_employer_gets_what_was_promised(outcome: Outcome) -> None:
    closed = replace(REJECTED, outcome=outcome, promises=(SLIDES,))
    assert len(by_rule(closed, "R21")) == (outcome is Outcome.ACCEPTED)


ANA, BO = Person(11, "Ana", "ana@example.org"), Person(12, "Bo")
YES = replace(
    OFFERED, verbal=True, outcome=Outcome.ACCEPTED, closed_on=date(2025, 12, 9), acknowledged=True
)
"""An offer by word of mouth of Thursday 4 December, accepted on Tuesday."""
WRITTEN = replace(YES, letter_on=date(2025, 12, 10))
SIGNED = replace(WRITTEN, signed_on=date(2025, 12, 12))


@each_row(
    ("facts", "expected"),
    [
        pytest.param(
            YES,
            [("ask_letter", "2025-12-12"), ("confirm_yes", "2025-12-09")],
            id="nothing on paper: the yes in writing, R13 after that",
        ),
        pytest.param(
            replace(YES, words=(reply(date(2025, 12, 9)),)),
            [("ask_letter", "2025-12-12"), ("confirm_yes", "2025-12-09")],
            id="they wrote on the day of the yes",
        ),
        pytest.param(
            replace(YES, expected_by=date(2025, 12, 15), expected_set_on=date(2025, 12, 9)),
            [("ask_letter", "2025-12-16"), ("confirm_yes", "2025-12-09")],
            id="they said by when it comes",
        ),
        pytest.param(
            replace(YES, words=nudge(date(2025, 12, 9), date(2025, 12, 12))),
            [("confirm_yes", "2025-12-09")],
            id="asked twice",
        ),
        pytest.param(
            replace(YES, no_contact=True),
            [("confirm_yes", "2025-12-09")],
            id="no contact: they wait for the answer all the same",
        ),
        pytest.param(WRITTEN, [("sign", "2025-12-11")], id="the letter came: sign it"),
        pytest.param(
            replace(WRITTEN, letter_on=date(2025, 12, 5)),
            [("sign", "2025-12-10")],
            id="the letter came before the yes: counted from that",
        ),
        pytest.param(
            replace(WRITTEN, letter_on=date(2025, 12, 12)),
            [("sign", "2025-12-15")],
            id="the letter came on a Friday",
        ),
        pytest.param(
            replace(YES, verbal=False), [("sign", "2025-12-10")], id="in writing from the start"
        ),
        pytest.param(
            SIGNED,
            [("agree_start", "2025-12-15"), ("give_notice", "2025-12-15")],
            id="signed on a Friday: notice on Monday, and a first day to agree on",
        ),
        pytest.param(
            replace(SIGNED, open_conditions=1),
            [("agree_start", "2025-12-15")],
            id="no notice while a condition is open",
        ),
        pytest.param(
            replace(SIGNED, starts_work_on=date(2026, 2, 2)),
            [("give_notice", "2025-12-15"), ("first_day", "2026-02-02")],
            id="the first day is known",
        ),
        pytest.param(
            replace(SIGNED, letter_on=None),
            [("agree_start", "2025-12-15"), ("give_notice", "2025-12-15")],
            id="signed: nobody asks for the letter any more",
        ),
        pytest.param(
            replace(SIGNED, signed_on=date(2025, 12, 5)),
            [("agree_start", "2025-12-10"), ("give_notice", "2025-12-10")],
            id="signed before the yes was noted: counted from the yes",
        ),
        pytest.param(
            replace(WRITTEN, starts_work_on=date(2026, 2, 1)),
            [("sign", "2025-12-11"), ("first_day", "2026-02-01")],
            id="a first day on a Sunday stays one; no notice before the signature",
        ),
        pytest.param(
            replace(SIGNED, open_conditions=1, referrers=(ANA,), references=(BO, ANA)),
            [
                ("thank_helper", "2025-12-12"),
                ("thank_helper", "2025-12-12"),
                ("agree_start", "2025-12-15"),
            ],
            id="each who helped is thanked once, three business days after the yes",
        ),
        pytest.param(
            replace(SIGNED, open_conditions=1, reference_check_on=date(2025, 12, 15)),
            [("warn_references", "2025-12-15"), ("agree_start", "2025-12-15")],
            id="a check of references after the yes",
        ),
        pytest.param(
            replace(SIGNED, open_conditions=1, reference_check_on=date(2025, 12, 8)),
            [("agree_start", "2025-12-15")],
            id="a check before the yes is over",
        ),
        pytest.param(
            replace(SIGNED, outcome=Outcome.DECLINED), [], id="a declined offer asks for nothing"
        ),
        pytest.param(replace(SIGNED, closed_on=None), [], id="no day of the yes"),
    ],
)
def test_what_follows_a_yes(facts: Facts, expected: list[tuple[str, str]]) -> None:
    rows = plan(facts, RULES).follow_ups
    assert [(row.action, row.due_on.isoformat()) for row in rows] == expected


@each_row(
    ("cleared_on", "due_on", "reason"),
    [
        (date(2025, 12, 30), date(2025, 12, 31), "cleared Tue 30 Dec: background check"),
        (date(2025, 12, 13), date(2025, 12, 15), "cleared Sat 13 Dec: background check"),
        (date(2025, 12, 12), date(2025, 12, 15), "you signed Fri 12 Dec"),
        (date(2025, 12, 10), date(2025, 12, 15), "you signed Fri 12 Dec"),
    ],
    ids=["long after", "a day after", "on the day of the signature", "before the signature"],
)
def test_notice_is_given_a_business_day_after_the_last_condition_was_cleared(
    cleared_on: date, due_on: date, reason: str
) -> None:
    cleared = replace(SIGNED, last_cleared=Condition("background check", cleared_on))
    _, notice = plan(cleared, RULES).follow_ups
    assert (notice.action, notice.due_on, notice.reason) == ("give_notice", due_on, reason)
    assert plan(replace(cleared, open_conditions=1), RULES).follow_ups[0].action == "agree_start"


def test_a_long_condition_is_cut() -> None:
    wordy = Condition("a {paper}\n" + "x" * 500, date(2025, 12, 30))
    _, notice = plan(replace(SIGNED, last_cleared=wordy), RULES).follow_ups
    assert notice.reason.startswith("cleared Tue 30 Dec: a {paper} xxx")
    assert len(notice.reason) < 160


def test_a_condition_cleared_before_the_yes_was_noted() -> None:
    early = replace(
        SIGNED,
        signed_on=date(2025, 12, 4),
        last_cleared=Condition("background check", date(2025, 12, 5)),
    )
    _, notice = plan(early, RULES).follow_ups
    assert (notice.due_on, notice.reason) == (
        date(2025, 12, 10),
        "cleared Fri 5 Dec: background check",
    )


def test_the_words_after_a_yes() -> None:
    helped = replace(WRITTEN, referrers=(ANA,), references=(replace(BO, name="B" * 80),))
    sign, ana, bo = plan(helped, RULES).follow_ups
    assert (sign.rule, sign.label) == ("R28", "sign the offer, and keep a copy")
    assert sign.reason == "written offer received Wed 10 Dec"
    assert (ana.person, ana.label) == ("11", "thank Ana for helping")
    assert ana.reason == "accepted Tue 9 Dec"
    assert len(bo.label) < 80
    assert len({one.key for one in (sign, ana, bo)}) == 3
    confirm = plan(YES, RULES).follow_ups[-1]
    assert confirm.label == "confirm your yes in writing and ask for the written offer"
    assert confirm.reason == "accepted Tue 9 Dec"
    start, notice = plan(SIGNED, RULES).follow_ups
    assert notice.label == "give notice at your current job"
    assert start.label == "agree on your first day"
    assert notice.reason == start.reason == "you signed Fri 12 Dec"
    (_, first) = plan(replace(SIGNED, starts_work_on=date(2026, 2, 2)), RULES).follow_ups
    assert (first.label, first.reason) == ("your first day", "you start Mon 2 Feb")
    (sign,) = plan(replace(YES, verbal=False), RULES).follow_ups
    assert sign.reason == "accepted Tue 9 Dec"


@each_row(
    ("deadline", "late_from", "open_until"),
    [
        ({"deadline_on": date(2025, 12, 12), "deadline_at": at(2025, 12, 12, 12)},
         at(2025, 12, 12, 12), ", open until Fri 12 Dec 12:00"),
        ({"deadline_on": date(2025, 12, 12)}, at(2025, 12, 13, 0), ", open until Fri 12 Dec"),
        ({"deadline_on": date(2025, 12, 10)}, None, ""),
        ({}, None, ""),
    ],
)  # fmt: skip
def test_an_offer_that_is_open_until_a_moment_is_signed_by_then(
    deadline: dict[str, Any], late_from: datetime | None, open_until: str
) -> None:
    (sign,) = plan(replace(WRITTEN, **deadline), RULES).follow_ups
    assert (sign.action, sign.due_on, sign.late_from) == ("sign", date(2025, 12, 11), late_from)
    assert sign.reason == f"written offer received Wed 10 Dec{open_until}"


def test_what_follows_a_yes_stays_until_the_first_day_and_a_month() -> None:
    begun = replace(SIGNED, starts_work_on=date(2026, 2, 2))
    assert {row.lapses_at for row in plan(begun, RULES).follow_ups} == {at(2026, 3, 5, 0)}
    start, notice = plan(SIGNED, RULES).follow_ups
    assert notice.lapses_at == at(2026, 1, 15, 0), "a month after it is due"
    assert start.lapses_at == at(2026, 1, 15, 0)
    late = replace(WRITTEN, letter_on=date(2026, 3, 2))
    (sign,) = plan(late, RULES).follow_ups
    assert (sign.due_on, sign.lapses_at) == (date(2026, 3, 3), at(2026, 4, 3, 0))


def test_holidays_after_a_yes() -> None:
    rules = replace(RULES, holidays=frozenset({date(2025, 12, 11), date(2025, 12, 15)}))
    (sign,) = plan(WRITTEN, rules).follow_ups
    assert sign.due_on == date(2025, 12, 12)
    assert [row.due_on for row in plan(SIGNED, rules).follow_ups] == [
        date(2025, 12, 16),
        date(2025, 12, 16),
    ]


def test_the_thanks_for_an_interview_stay_owed_after_a_yes() -> None:
    met = replace(SIGNED, open_conditions=1, interviews=(replace(TALK, interviewers=(ANA,)),))
    assert [row.rule for row in plan(met, RULES).follow_ups] == ["R7", "R28"]
