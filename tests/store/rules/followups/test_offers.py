"""What an offer asks for: R12 to R15 and R17."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups.facts import Facts
from store.rules.followups.numbers import Rules
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from tests.store.rules.followups import one_autumn
from tests.store.rules.followups.one_autumn import RULES, at, by_rule, nudge, reply
from tests.tables import each_row

OFFERED = replace(one_autumn.OFFERED, offered_at=at(2025, 12, 4, 11))
SPOKEN = replace(OFFERED, verbal=True, acknowledged=True)
"""By word of mouth, and thanked for without asking for it in writing."""
COUNTERED = replace(SPOKEN, counter_sent_on=date(2025, 12, 5))


def asking(facts: Facts, rules: Rules = RULES) -> list[tuple[str, int, int, date]]:
    actions = ("ask_letter", "ask_counter")
    found = [one for one in plan(facts, rules).follow_ups if one.action in actions]
    return [(one.rule, one.nth, one.of, one.due_on) for one in found]


def test_one_line_counts_down_to_a_deadline_on_a_day() -> None:
    facts = replace(
        OFFERED,
        acknowledged=True,
        deadline_on=date(2025, 12, 15),
        deadline_set_on=date(2025, 12, 4),
    )
    rows = plan(facts, RULES).follow_ups
    assert [(row.action, row.due_on, row.due_at) for row in rows] == [
        ("decide", date(2025, 12, 12), None),
        ("more_time", date(2025, 12, 12), None),
        ("record_answer", date(2025, 12, 16), None),
    ], "more time is asked for on the business day before the weekend"
    assert rows[0].label == "answer by Mon 15 Dec"
    assert rows[0].late_from == rows[0].lapses_at == at(2025, 12, 16, 0)
    assert rows[1].lapses_at == at(2025, 12, 13, 0)
    assert rows[2].not_before == at(2025, 12, 16, 0)


@each_row(
    ("entered", "actions", "decide_on"),
    [
        (date(2025, 12, 8), ["decide", "more_time"], date(2025, 12, 9)),
        (date(2025, 12, 10), ["decide", "more_time"], date(2025, 12, 10)),
        (date(2025, 12, 11), ["decide"], date(2025, 12, 11)),
        (date(2025, 12, 12), ["decide"], date(2025, 12, 12)),
        (date(2025, 12, 13), ["decide"], date(2025, 12, 12)),
    ],
    ids=["early", "on the last day to ask for time", "the day before", "that day", "after it"],
)
def test_a_deadline_entered_late(entered: date, actions: list[str], decide_on: date) -> None:
    facts = replace(OFFERED, deadline_on=date(2025, 12, 12), deadline_set_on=entered)
    rows = by_rule(facts, "R14")
    assert [row.action for row in rows] == actions
    assert rows[0].due_on == decide_on


def test_another_deadline_is_another_line() -> None:
    first = replace(OFFERED, deadline_on=date(2025, 12, 12), deadline_set_on=date(2025, 12, 4))
    moved = replace(first, deadline_on=date(2025, 12, 19), deadline_set_on=date(2025, 12, 9))
    for rule in ("R14", "R25"):
        assert not {o.key for o in by_rule(first, rule)} & {o.key for o in by_rule(moved, rule)}


THANKS = "thank them for the offer"
DEADLINE_KNOWN = replace(OFFERED, deadline_on=date(2025, 12, 12), deadline_set_on=date(2025, 12, 4))
UNTHANKED = replace(OFFERED, verbal=True)


@each_row(
    ("facts", "label"),
    [
        (DEADLINE_KNOWN, " and say when you will answer"),
        (replace(OFFERED, deadline_asked_on=date(2025, 12, 4)), " and say when you will answer"),
        (OFFERED, " and ask when they need your answer"),
        (replace(UNTHANKED, letter_on=date(2025, 12, 4)), " and ask when they need your answer"),
        (replace(DEADLINE_KNOWN, verbal=True), " and ask for it in writing"),
        (replace(UNTHANKED, deadline_asked_on=date(2025, 12, 4)), " and ask for it in writing"),
        (UNTHANKED, ", and ask for the deadline and for it in writing"),
        (
            replace(UNTHANKED, words=nudge(date(2025, 12, 4))),
            " and ask when they need your answer",
        ),
        (
            replace(UNTHANKED, words=nudge(date(2025, 12, 3))),
            ", and ask for the deadline and for it in writing",
        ),
        (
            replace(UNTHANKED, counter_sent_on=date(2025, 12, 4)),
            " and ask when they need your answer",
        ),
        (
            replace(UNTHANKED, expected_by=date(2025, 12, 9), expected_set_on=date(2025, 12, 4)),
            " and ask when they need your answer",
        ),
    ],
    ids=[
        "all known",
        "deadline asked for",
        "no deadline",
        "letter came",
        "only spoken",
        "spoken, deadline asked for",
        "both",
        "asked for the letter already",
        "asked before the offer",
        "other terms proposed",
        "they said when it comes in writing",
    ],
)
def test_the_thanks_ask_for_what_is_missing(facts: Facts, label: str) -> None:
    (row,) = by_rule(facts, "R12")
    assert row.label == THANKS + label
    assert (row.lapses_at is None) == ("ask" in label), "a question stays until it was asked"
    assert not [one for one in plan(facts, RULES).follow_ups if one.action == "ask_deadline"]
    assert by_rule(facts, "R13") == [], "one mail where one is meant"


def test_plain_thanks_lapse_after_a_week() -> None:
    (row,) = by_rule(DEADLINE_KNOWN, "R12")
    assert row.lapses_at == at(2025, 12, 11, 0)


@pytest.mark.parametrize("done", ["acknowledged", "acknowledgement_skipped"])
def test_what_was_not_asked_with_the_thanks_is_asked_after_them(done: str) -> None:
    facts = replace(UNTHANKED, **{done: True})  # type: ignore[arg-type]
    rows = plan(facts, RULES).follow_ups
    assert [(row.rule, row.action, row.nth, row.due_on) for row in rows] == [
        ("R15", "ask_deadline", 1, date(2025, 12, 5)),
        ("R15", "decide_soft", 1, date(2025, 12, 11)),
        ("R13", "ask_letter", 1, date(2025, 12, 9)),
    ]
    assert rows[0].due_at == at(2025, 12, 5, 11), "to the hour"


def test_what_the_thanks_asked_for_is_asked_again_three_business_days_later_and_once() -> None:
    asked = replace(SPOKEN, deadline_asked_on=date(2025, 12, 5), words=nudge(date(2025, 12, 5)))
    deadline, soft, letter = plan(asked, RULES).follow_ups
    assert (deadline.nth, deadline.of, deadline.due_on) == (2, 2, date(2025, 12, 10))
    assert deadline.due_at is None
    assert deadline.label == "ask once more when they need your answer"
    assert deadline.reason == "asked Fri 5 Dec, no deadline yet"
    assert soft.reason == "offer received Thu 4 Dec, no deadline given"
    assert (letter.nth, letter.of, letter.due_on) == (2, 2, date(2025, 12, 10))
    same_day = replace(asked, deadline_asked_on=date(2025, 12, 4), words=nudge(date(2025, 12, 4)))
    deadline, _, letter = plan(same_day, RULES).follow_ups
    assert (deadline.due_on, letter.nth, letter.due_on) == (date(2025, 12, 9), 2, date(2025, 12, 9))
    named = replace(asked, deadline_on=date(2025, 12, 15), deadline_set_on=date(2025, 12, 8))
    assert by_rule(named, "R15") == []


def test_an_offer_on_friday_waits_for_monday() -> None:
    facts = replace(OFFERED, offered_on=date(2025, 12, 5), offered_at=at(2025, 12, 5, 16))
    (row,) = by_rule(facts, "R12")
    assert row.due_at == at(2025, 12, 8, 16)


def test_nobody_asks_for_more_time_twice() -> None:
    facts = replace(
        OFFERED,
        deadline_on=date(2025, 12, 12),
        deadline_set_on=date(2025, 12, 4),
        extension_asked_on=date(2025, 12, 8),
    )
    assert [row.action for row in by_rule(facts, "R14")] == ["decide"]
    granted = replace(facts, deadline_on=date(2025, 12, 19), deadline_set_on=date(2025, 12, 9))
    assert [row.due_on for row in by_rule(granted, "R14")] == [date(2025, 12, 16)]


def test_more_time_is_asked_for_before_a_holiday() -> None:
    facts = replace(OFFERED, deadline_on=date(2025, 12, 27), deadline_set_on=date(2025, 12, 4))
    holidays = rules_for(holidays=frozenset({date(2025, 12, 25), date(2025, 12, 26)}))
    assert by_rule(facts, "R14", holidays)[1].due_on == date(2025, 12, 24)


@each_row(
    ("facts", "expected"),
    [
        pytest.param(OFFERED, [], id="nothing is known of its form"),
        pytest.param(SPOKEN, [("R13", 1, 2, date(2025, 12, 9))], id="three business days"),
        pytest.param(
            replace(SPOKEN, words=(reply(date(2025, 12, 4), "offer"),)),
            [("R13", 1, 2, date(2025, 12, 9))],
            id="the offer itself is no answer",
        ),
        pytest.param(
            replace(SPOKEN, words=nudge(date(2025, 12, 9))),
            [("R13", 2, 2, date(2025, 12, 12))],
            id="again three business days later",
        ),
        pytest.param(
            replace(SPOKEN, words=nudge(date(2025, 12, 9), date(2025, 12, 12))), [], id="not thrice"
        ),
        pytest.param(
            replace(SPOKEN, words=nudge(date(2025, 12, 1))),
            [("R13", 1, 2, date(2025, 12, 9))],
            id="what was asked before the offer does not count",
        ),
        pytest.param(
            replace(SPOKEN, words=nudge(date(2025, 12, 4))),
            [("R13", 2, 2, date(2025, 12, 9))],
            id="asked with the thanks on that very day",
        ),
        pytest.param(
            replace(
                SPOKEN,
                acknowledged=False,
                acknowledgement_skipped=True,
                words=nudge(date(2025, 12, 4)),
            ),
            [("R13", 1, 2, date(2025, 12, 9))],
            id="asked that morning, and never thanked",
        ),
        pytest.param(
            replace(SPOKEN, words=(reply(date(2025, 12, 8)), *nudge(date(2025, 12, 8)))),
            [("R13", 1, 2, date(2025, 12, 11))],
            id="they wrote on the day they were asked",
        ),
        pytest.param(
            replace(COUNTERED, words=(reply(date(2025, 12, 5)),)),
            [("R17", 1, 1, date(2025, 12, 10))],
            id="what they wrote on the day of the proposal is no answer to it",
        ),
        pytest.param(replace(SPOKEN, letter_on=date(2025, 12, 8)), [], id="the letter is there"),
        pytest.param(
            replace(SPOKEN, words=(*nudge(date(2025, 12, 9)), reply(date(2025, 12, 10)))),
            [("R13", 1, 2, date(2025, 12, 15))],
            id="an answer without the letter: counted anew",
        ),
        pytest.param(
            replace(SPOKEN, words=(reply(date(2025, 12, 8), "automatic"),)),
            [("R13", 1, 2, date(2025, 12, 9))],
            id="an automatic word changes nothing",
        ),
        pytest.param(
            replace(SPOKEN, expected_by=date(2025, 12, 12), expected_set_on=date(2025, 12, 5)),
            [("R13", 1, 2, date(2025, 12, 15))],
            id="the day that they named for it",
        ),
        pytest.param(
            replace(SPOKEN, expected_by=date(2025, 12, 12), expected_set_on=date(2025, 12, 1)),
            [("R13", 1, 2, date(2025, 12, 9))],
            id="a day named before the offer is history",
        ),
        pytest.param(replace(SPOKEN, no_contact=True), [], id="no contact"),
        pytest.param(replace(SPOKEN, signed_on=date(2025, 12, 8)), [], id="signed"),
        pytest.param(
            COUNTERED, [("R17", 1, 1, date(2025, 12, 10))], id="the answer to the proposal first"
        ),
        pytest.param(
            replace(COUNTERED, words=nudge(date(2025, 12, 10))), [], id="once: then wait for it"
        ),
        pytest.param(
            replace(COUNTERED, words=nudge(date(2025, 12, 4), date(2025, 12, 5))),
            [("R17", 1, 1, date(2025, 12, 10))],
            id="what was asked before the proposal does not count",
        ),
        pytest.param(
            replace(COUNTERED, words=(reply(date(2025, 12, 8)),)),
            [("R13", 1, 2, date(2025, 12, 11))],
            id="answered: now the letter",
        ),
        pytest.param(
            replace(COUNTERED, verbal=False, words=(reply(date(2025, 12, 8)),)),
            [],
            id="answered in writing",
        ),
        pytest.param(
            replace(COUNTERED, deadline_on=date(2025, 12, 10)),
            [("R17", 1, 1, date(2025, 12, 9))],
            id="not on the last day",
        ),
        pytest.param(
            replace(COUNTERED, deadline_on=date(2025, 12, 9)),
            [("R17", 1, 1, date(2025, 12, 8))],
            id="in time before a deadline on Tuesday",
        ),
        pytest.param(
            replace(COUNTERED, deadline_on=date(2025, 12, 8)), [], id="too late to ask at all"
        ),
        pytest.param(
            replace(COUNTERED, counter_sent_on=date(2025, 12, 3)),
            [("R13", 1, 2, date(2025, 12, 9))],
            id="a proposal to an older offer",
        ),
        pytest.param(replace(COUNTERED, no_contact=True), [], id="no contact either"),
        pytest.param(replace(COUNTERED, signed_on=date(2025, 12, 8)), [], id="signed by now"),
    ],
)
def test_asking_about_an_offer(facts: Facts, expected: list[tuple[str, int, int, date]]) -> None:
    assert asking(facts) == expected


def test_a_proposal_is_asked_about_again_by_those_who_want_that() -> None:
    rules = rules_for(overrides={"counter": {"at_most": 2}})
    asked = replace(COUNTERED, words=nudge(date(2025, 12, 10)))
    assert asking(asked, rules) == [("R17", 2, 2, date(2025, 12, 15))]
    in_time = replace(asked, deadline_on=date(2025, 12, 12))
    assert asking(in_time, rules) == [("R17", 2, 2, date(2025, 12, 11))]
    assert asking(replace(asked, deadline_on=date(2025, 12, 11)), rules) == []


def test_a_recruiter_is_asked_about_an_offer() -> None:
    (letter,) = by_rule(replace(SPOKEN, via_recruiter="Rita"), "R13")
    assert letter.label == "ask Rita for the written offer"
    assert letter.reason.endswith(", via Rita")
    (counter,) = by_rule(replace(COUNTERED, via_recruiter="Rita"), "R17")
    assert counter.label == "ask Rita about your counter-offer"


def test_a_signed_offer_asks_only_what_was_answered() -> None:
    signed = replace(SPOKEN, deadline_on=date(2025, 12, 12), signed_on=date(2025, 12, 8))
    (row,) = plan(signed, RULES).follow_ups
    assert (row.rule, row.action, row.label) == (
        "R25",
        "record_answer",
        "record your answer",
    )
    assert (row.due_on, row.due_at, row.lapses_at) == (date(2025, 12, 8), None, None)
    assert row.reason == "you signed Mon 8 Dec"
