"""What an offer asks for: R12 to R15 and R17."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followup_rules import Rules, rules_for
from store.rules.followups import Facts, plan
from store.rules.stages import Stage
from tests.rules.one_autumn import RULES, ZONE, at, by_rule, nudge, reply

OFFERED = Facts(
    zone=ZONE,
    stage=Stage.OFFER,
    stage_since=date(2025, 12, 4),
    applied_on=date(2025, 11, 1),
    offered_on=date(2025, 12, 4),
    offered_at=at(2025, 12, 4, 11),
)
SPOKEN = replace(OFFERED, verbal=True)
COUNTERED = replace(SPOKEN, counter_sent_on=date(2025, 12, 5))


def asking(facts: Facts, rules: Rules = RULES) -> list[tuple[str, int, int, date]]:
    actions = ("ask_letter", "ask_counter")
    found = [one for one in plan(facts, rules).follow_ups if one.action in actions]
    return [(one.rule, one.nth, one.of, one.due_on) for one in found]


def test_an_offer_with_a_deadline_at_a_time() -> None:
    facts = replace(
        OFFERED,
        acknowledged=True,
        deadline_on=date(2025, 12, 12),
        deadline_at=at(2025, 12, 12, 17),
        deadline_set_on=date(2025, 12, 4),
    )
    rows = plan(facts, RULES).follow_ups
    assert [(row.action, row.due_at) for row in rows] == [
        ("decide", at(2025, 12, 9, 17)),
        ("more_time", at(2025, 12, 10, 17)),
        ("decide", at(2025, 12, 11, 17)),
        ("decide", at(2025, 12, 12, 13)),
    ]
    assert rows[0].lapses_at == rows[2].due_at, "a reminder gives way to the next"
    assert rows[3].lapses_at == at(2025, 12, 19, 17)
    assert rows[0].reason == "they want your answer by Fri 12 Dec 17:00"


def test_an_offer_with_a_deadline_on_a_day() -> None:
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
        ("decide", date(2025, 12, 14), None),
        ("decide", date(2025, 12, 15), None),
    ], "more time is asked for on the business day before the weekend"


def test_a_deadline_entered_late_reminds_only_of_what_is_left() -> None:
    facts = replace(
        OFFERED,
        acknowledged=True,
        deadline_on=date(2025, 12, 12),
        deadline_set_on=date(2025, 12, 11),
    )
    assert [row.nth for row in plan(facts, RULES).follow_ups] == [3, 4]


def test_an_offer_is_thanked_for_and_asked_about_within_a_day() -> None:
    rows = plan(OFFERED, RULES).follow_ups
    assert [(row.rule, row.nth, row.due_on, row.due_at) for row in rows] == [
        ("R12", 1, date(2025, 12, 5), at(2025, 12, 5, 11)),
        ("R15", 1, date(2025, 12, 5), at(2025, 12, 5, 11)),
        ("R15", 2, date(2025, 12, 11), None),
    ]


def test_an_offer_on_friday_waits_for_monday() -> None:
    facts = replace(OFFERED, offered_on=date(2025, 12, 5), offered_at=at(2025, 12, 5, 16))
    (row,) = by_rule(facts, "R12")
    assert row.due_at == at(2025, 12, 8, 16)


def test_an_offer_entered_later_is_due_on_a_day() -> None:
    facts = replace(OFFERED, offered_at=None)
    (row,) = by_rule(facts, "R12")
    assert (row.due_on, row.due_at) == (date(2025, 12, 5), None)


def test_nobody_asks_for_more_time_twice() -> None:
    facts = replace(
        OFFERED,
        deadline_on=date(2025, 12, 12),
        deadline_set_on=date(2025, 12, 4),
        extension_asked_on=date(2025, 12, 8),
    )
    assert [row.action for row in by_rule(facts, "R14")] == ["decide", "decide", "decide"]
    granted = replace(facts, deadline_on=date(2025, 12, 19), deadline_set_on=date(2025, 12, 9))
    assert [row.due_on for row in by_rule(granted, "R14")] == [
        date(2025, 12, 16),
        date(2025, 12, 18),
        date(2025, 12, 19),
    ]


def test_more_time_is_asked_for_before_a_holiday() -> None:
    facts = replace(OFFERED, deadline_on=date(2025, 12, 27), deadline_set_on=date(2025, 12, 4))
    holidays = rules_for(holidays=frozenset({date(2025, 12, 25), date(2025, 12, 26)}))
    assert by_rule(facts, "R14", holidays)[1].due_on == date(2025, 12, 24)


@pytest.mark.parametrize(
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


def test_the_words_of_asking_about_an_offer() -> None:
    (letter,) = by_rule(SPOKEN, "R13")
    assert letter.label == "ask when the offer comes in writing"
    assert letter.reason == "offer by word of mouth Thu 4 Dec, nothing in writing"
    assert letter.lapses_at is None, "an offer in the air is never history"
    (again,) = by_rule(replace(SPOKEN, words=nudge(date(2025, 12, 9))), "R13")
    assert again.label == "ask once more for the offer in writing"
    assert again.reason == "asked Tue 9 Dec, no answer since"
    (counter,) = by_rule(replace(COUNTERED, deadline_on=date(2025, 12, 12)), "R17")
    assert counter.label == "ask for their answer to your proposal"
    assert counter.reason == "you proposed other terms Fri 5 Dec"
    assert counter.lapses_at == at(2025, 12, 12, 0), "never on the last day"


def test_a_recruiter_is_asked_about_an_offer() -> None:
    (letter,) = by_rule(replace(SPOKEN, via_recruiter="Rita"), "R13")
    assert letter.label == "ask Rita when the offer comes in writing"
    assert letter.reason.endswith(", through Rita")
    (counter,) = by_rule(replace(COUNTERED, via_recruiter="Rita"), "R17")
    assert counter.label == "ask Rita for the answer to your proposal"


def test_a_signed_offer_asks_for_nothing_more() -> None:
    signed = replace(SPOKEN, deadline_on=date(2025, 12, 12), signed_on=date(2025, 12, 8))
    assert plan(signed, RULES).follow_ups == ()
