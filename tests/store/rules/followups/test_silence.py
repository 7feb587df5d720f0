"""When an employer who is silent is asked, and when silence is enough: R1, R2, R8–R10."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.rules.followups.facts import Facts
from store.rules.followups.plan import plan
from store.rules.followups.presets import WrongRule, rules_for
from store.rules.stages import Outcome, Stage
from tests.makers import interview_facts, invited
from tests.store.rules.followups.one_autumn import (
    APPLIED,
    MET,
    OFFERED,
    RULES,
    TALK,
    asking,
    at,
    inquiries,
    nudge,
    reply,
)
from tests.tables import each_row


@each_row(
    ("facts", "expected"),
    [
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 4))],
            id="date given Wed: the day after",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 5), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 8))],
            id="date given Fri: Monday",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 6), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 8))],
            id="date given Sat: Monday",
        ),
        pytest.param(MET, [("R8", 1, date(2025, 12, 4))], id="interview, no date: a week"),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4))),
            [("R8", 2, date(2025, 12, 11))],
            id="a week after the first inquiry",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4), date(2025, 12, 11))),
            [],
            id="two are enough",
        ),
        pytest.param(APPLIED, [("R1", 1, date(2025, 11, 11))], id="applied: ten days"),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11))),
            [("R1", 2, date(2025, 11, 25))],
            id="two weeks after the first nudge",
        ),
        pytest.param(
            replace(APPLIED, closing_on=date(2025, 11, 14)),
            [("R1", 1, date(2025, 11, 21))],
            id="a week after the posting closed",
        ),
        pytest.param(
            replace(APPLIED, applied_on=date(2025, 11, 5), stage_since=date(2025, 11, 5)),
            [("R1", 1, date(2025, 11, 17))],
            id="Saturday rolls to Monday",
        ),
        pytest.param(
            replace(
                MET,
                words=(*nudge(date(2025, 12, 4)), reply(date(2025, 12, 5), "date_given")),
                expected_by=date(2025, 12, 12),
                expected_set_on=date(2025, 12, 5),
            ),
            [("R9", 1, date(2025, 12, 15))],
            id="their new date: counted anew",
        ),
        pytest.param(
            replace(
                MET,
                words=(
                    reply(date(2025, 12, 5), "date_given"),
                    *nudge(date(2025, 12, 15), date(2025, 12, 22)),
                ),
                expected_by=date(2025, 12, 12),
                expected_set_on=date(2025, 12, 5),
            ),
            [],
            id="two after their date are enough",
        ),
        pytest.param(
            replace(APPLIED, expected_by=date(2025, 11, 7), expected_set_on=date(2025, 11, 3)),
            [("R9", 1, date(2025, 11, 10))],
            id="their date beats the default also before an interview",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 3)),)),
            [("R24", 1, date(2025, 11, 13))],
            id="a human reply without a date: counted anew from it (R24)",
        ),
        pytest.param(
            replace(APPLIED, words=(*nudge(date(2025, 11, 11)), reply(date(2025, 11, 12)))),
            [("R24", 1, date(2025, 11, 24))],
            id="asked, and answered: ten days from the answer, rolled from Saturday",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 10, 20)),)),
            [("R1", 1, date(2025, 11, 11))],
            id="what they wrote before the application does not count",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 1)),)),
            [("R1", 1, date(2025, 11, 11))],
            id="a reply on the very day",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 3)),), closing_on=date(2025, 11, 14)),
            [("R24", 1, date(2025, 11, 21))],
            id="they wrote, and the posting is open still",
        ),
        pytest.param(
            replace(APPLIED, closing_on=date(2025, 12, 20)),
            [("R1", 1, date(2025, 12, 29))],
            id="a closing date seven weeks later, and a week",
        ),
        pytest.param(
            replace(APPLIED, applied_on=None, words=(reply(date(2025, 11, 3)),)),
            [("R24", 1, date(2025, 11, 13))],
            id="no known day of application, but one of their answer",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 3), "automatic"),)),
            [("R1", 1, date(2025, 11, 11))],
            id="an auto-reply changes nothing",
        ),
        pytest.param(
            replace(MET, words=(reply(date(2025, 11, 28)),)),
            [("R8", 1, date(2025, 12, 5))],
            id="a human reply without a date: a week from it (R24)",
        ),
        pytest.param(
            replace(MET, words=(reply(date(2025, 11, 27)),)),
            [("R8", 1, date(2025, 12, 4))],
            id="a reply on the very day changes nothing",
        ),
        pytest.param(
            replace(MET, words=(*nudge(date(2025, 12, 4)), reply(date(2025, 12, 4)))),
            [("R8", 1, date(2025, 12, 11))],
            id="asked, and answered that day without a date",
        ),
        pytest.param(
            replace(MET, words=(reply(date(2025, 11, 28)), *nudge(date(2025, 12, 5)))),
            [("R8", 2, date(2025, 12, 12))],
            id="asked once since they wrote",
        ),
        pytest.param(
            replace(
                MET,
                words=(reply(date(2025, 11, 28)), *nudge(date(2025, 12, 5), date(2025, 12, 12))),
            ),
            [],
            id="asked twice since they wrote",
        ),
        pytest.param(
            replace(
                MET,
                expected_by=date(2025, 12, 3),
                expected_set_on=date(2025, 11, 27),
                words=(reply(date(2025, 12, 3)),),
            ),
            [("R8", 1, date(2025, 12, 10))],
            id="they wrote on the day they had named: a week from that",
        ),
        pytest.param(
            replace(
                MET,
                expected_by=date(2025, 12, 3),
                expected_set_on=date(2025, 11, 27),
                words=(reply(date(2025, 12, 1)),),
            ),
            [("R9", 1, date(2025, 12, 4))],
            id="they wrote before it, without another date: it stands",
        ),
        pytest.param(
            replace(MET, words=(reply(date(2025, 11, 21)),)),
            [("R8", 1, date(2025, 12, 4))],
            id="a reply before the interview does not count",
        ),
        pytest.param(replace(APPLIED, no_contact=True), [], id="the posting forbids contact"),
        pytest.param(replace(APPLIED, applied_on=None), [], id="no known day of application"),
        pytest.param(
            replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 11, 28)),
            [],
            id="closed",
        ),
        pytest.param(
            replace(MET, stage=Stage.SECOND, stage_since=date(2025, 12, 1)),
            [("R22", 1, date(2025, 12, 3))],
            id="moved on: the first interview is no longer asked about, but when the second is",
        ),
        pytest.param(
            replace(MET, interviews=(TALK, interview_facts(at(2025, 12, 9, 10), id=8))),
            [("R8", 1, date(2025, 12, 16))],
            id="the next round is booked: counted from it",
        ),
        pytest.param(
            replace(MET, interviews=(TALK, invited(date(2025, 12, 1)))),
            [],
            id="invited again: nothing to ask",
        ),
        pytest.param(
            replace(
                MET,
                stage=Stage.SECOND,
                stage_since=date(2025, 12, 1),
                expected_by=date(2025, 11, 30),
                expected_set_on=date(2025, 11, 27),
            ),
            [("R22", 1, date(2025, 12, 3))],
            id="a date from the round before is history",
        ),
    ],
)
def test_inquiries(facts: Facts, expected: list[tuple[str, int, date]]) -> None:
    assert inquiries(facts) == expected


@each_row(
    ("facts", "dormant", "close"),
    [
        pytest.param(APPLIED, date(2025, 12, 1), date(2025, 12, 31), id="30 days, 60 days"),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11), date(2025, 11, 25))),
            date(2025, 12, 9),
            date(2025, 12, 31),
            id="two weeks after the last nudge",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4), date(2025, 12, 11))),
            date(2025, 12, 25),
            date(2026, 1, 26),
            id="28 days after the interview",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            date(2025, 12, 24),
            date(2026, 2, 1),
            id="21 days after their date",
        ),
        pytest.param(
            replace(APPLIED, words=(reply(date(2025, 11, 20)),)),
            date(2025, 12, 20),
            date(2026, 1, 19),
            id="a reply wakes the card",
        ),
        pytest.param(
            replace(APPLIED, closing_on=date(2025, 12, 20)),
            date(2026, 1, 19),
            date(2026, 2, 18),
            id="counted from the last day of the posting",
        ),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 28))),
            date(2025, 12, 26),
            date(2025, 12, 31),
            id="asked late: two weeks after the second inquiry",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 22))),
            date(2026, 1, 12),
            date(2026, 1, 26),
            id="asked late after an interview",
        ),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 28), date(2025, 12, 12))),
            date(2025, 12, 26),
            date(2025, 12, 31),
            id="asked twice, and late",
        ),
        pytest.param(
            replace(
                APPLIED, words=(*nudge(date(2025, 11, 11)), reply(date(2025, 11, 12), "reply"))
            ),
            date(2025, 12, 12),
            date(2026, 1, 11),
            id="what was asked before they wrote does not count",
        ),
        pytest.param(OFFERED, None, None, id="an offer is never dormant"),
    ],
)
def test_silence(facts: Facts, dormant: date | None, close: date | None) -> None:
    planned = plan(facts, RULES)
    assert (planned.quiet_on, planned.close_suggested_on) == (dormant, close)


@each_row(
    ("facts", "sent", "second"),
    [
        (APPLIED, date(2025, 11, 28), date(2025, 12, 12)),
        (APPLIED, date(2025, 12, 20), date(2026, 1, 5)),
        (MET, date(2025, 12, 22), date(2025, 12, 29)),
        (MET, date(2026, 2, 2), date(2026, 2, 9)),
    ],
)
def test_a_second_inquiry_is_not_dropped_because_the_first_was_late(
    facts: Facts, sent: date, second: date
) -> None:
    asked = replace(facts, words=nudge(sent))
    (row,) = asking(asked)
    assert (row.nth, row.due_on) == (2, second)
    assert plan(asked, RULES).quiet_on == second + timedelta(days=14)
    assert asking(replace(facts, words=nudge(sent, second))) == []


def test_an_interview_that_did_not_take_place_is_asked_for_anew_and_not_about() -> None:
    missed = replace(MET, interviews=(replace(TALK, kept=False),))
    assert inquiries(missed) == [("R23", 1, date(2025, 12, 1))]
    assert inquiries(replace(MET, interviews=(replace(TALK, kept=True),))) == inquiries(MET)


def test_nobody_is_asked_while_no_name_is_known_for_those_who_want_that() -> None:
    careful = rules_for(overrides={"application": {"only_with_contact": True}})
    nameless = replace(APPLIED, contact_known=False)
    assert inquiries(nameless) == inquiries(APPLIED)
    assert inquiries(nameless, careful) == []
    assert inquiries(APPLIED, careful) == inquiries(APPLIED)
    assert inquiries(replace(nameless, via_recruiter="Rita"), careful) == inquiries(APPLIED)


def test_three_inquiries_for_those_who_want_that() -> None:
    rules = rules_for(overrides={"application": {"at_most": 3}})
    (second,) = asking(replace(APPLIED, words=nudge(date(2025, 11, 11))), rules)
    assert (second.nth, second.of) == (2, 3)
    assert second.label == "follow up on your application", "not the last one yet"
    twice = replace(APPLIED, words=nudge(date(2025, 11, 11), date(2025, 11, 25)))
    (third,) = asking(twice, rules)
    assert third.label == "follow up one last time"


def test_what_is_due_when_the_card_would_go_quiet_is_shown_for_a_day_at_least() -> None:
    hasty = rules_for(overrides={"application": {"dormant_days": 5, "dormant_after_nudge_days": 0}})
    assert plan(APPLIED, hasty).quiet_on == date(2025, 11, 12)
    named = {"application": {"quiet_days": 5, "quiet_after_nudge_days": 0}}
    assert rules_for(overrides=named) == hasty, "the word that everything else says"
    with pytest.raises(WrongRule, match="given twice, under two names"):
        rules_for(overrides={"application": {"quiet_days": 5, "dormant_days": 5}})


def test_the_application_is_the_reason_where_the_posting_closed_early() -> None:
    (row,) = asking(replace(APPLIED, closing_on=date(2025, 11, 4)))
    assert (row.due_on, row.reason) == (date(2025, 11, 11), "applied Sat 1 Nov")
    (row,) = asking(replace(APPLIED, closing_on=date(2025, 11, 5)))
    assert (row.due_on, row.reason) == (
        date(2025, 11, 12),
        "applied Sat 1 Nov, posting closed Wed 5 Nov",
    )
