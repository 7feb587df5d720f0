"""Silence after times were offered (R4) and after a check of references (R11)."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.dates import add_business_days
from store.rules.followups.facts import Facts
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Stage
from tests.makers import invited
from tests.store.rules.followups.one_autumn import (
    CHECKED,
    RULES,
    SLOTS,
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
        pytest.param(SLOTS, [("R4", 1, date(2025, 11, 24))], id="two business days over a weekend"),
        pytest.param(
            replace(SLOTS, words=(reply(date(2025, 11, 20), "invitation"),)),
            [("R4", 1, date(2025, 11, 24))],
            id="the invitation itself is no answer",
        ),
        pytest.param(replace(SLOTS, words=nudge(date(2025, 11, 24))), [], id="asked once"),
        pytest.param(
            replace(SLOTS, words=(reply(date(2025, 11, 21)),)),
            [("R22", 1, date(2025, 11, 25))],
            id="they wrote, and named no time: asked for it two business days later",
        ),
        pytest.param(
            replace(SLOTS, words=(reply(date(2025, 11, 21), "automatic"),)),
            [("R4", 1, date(2025, 11, 24))],
            id="an automatic word changes nothing",
        ),
        pytest.param(
            replace(
                SLOTS,
                words=(reply(date(2025, 11, 21), "date_given"),),
                expected_by=date(2025, 11, 28),
                expected_set_on=date(2025, 11, 21),
            ),
            [("R9", 1, date(2025, 12, 1))],
            id="their own date beats the default",
        ),
        pytest.param(
            replace(SLOTS, expected_by=date(2025, 11, 28), expected_set_on=date(2025, 11, 20)),
            [("R9", 1, date(2025, 12, 1))],
            id="their own date of the same day as well",
        ),
        pytest.param(
            replace(
                SLOTS,
                stage_since=date(2025, 11, 10),
                expected_by=date(2025, 11, 24),
                expected_set_on=date(2025, 11, 12),
            ),
            [("R4", 1, date(2025, 11, 24))],
            id="a date named before the invitation has been answered by it",
        ),
        pytest.param(
            replace(
                SLOTS,
                interviews=(
                    replace(
                        SLOTS.interviews[0],
                        starts_at=at(2025, 11, 27, 14),
                        ends_at=at(2025, 11, 27, 15),
                    ),
                ),
            ),
            [("R8", 1, date(2025, 12, 4))],
            id="slot confirmed: a week after that interview",
        ),
        pytest.param(
            replace(SLOTS, stage=Stage.SECOND, stage_since=date(2025, 11, 21)),
            [("R22", 1, date(2025, 11, 25))],
            id="moved on: when the second interview will be",
        ),
        pytest.param(replace(SLOTS, no_contact=True), [], id="no contact"),
    ],
)
def test_after_offering_times(facts: Facts, expected: list[tuple[str, int, date]]) -> None:
    assert inquiries(facts) == expected


def test_new_times_are_asked_about_anew() -> None:
    again = replace(
        SLOTS,
        words=nudge(date(2025, 11, 24)),
        interviews=(replace(SLOTS.interviews[0], offered_slots_on=date(2025, 11, 26)),),
    )
    (row,) = asking(again)
    assert (row.due_on, row.nth) == (date(2025, 11, 28), 1)
    assert row.anchor != asking(SLOTS)[0].anchor, "not the one that was done"
    assert row.reason == "you sent times Wed 26 Nov"


def test_silence_after_offering_times_ends_in_dormancy() -> None:
    assert plan(SLOTS, RULES).quiet_on == date(2025, 12, 18)
    asked = replace(SLOTS, words=nudge(date(2025, 12, 10)))
    assert plan(asked, RULES).quiet_on == date(2025, 12, 24)


@each_row(
    ("facts", "expected"),
    [
        pytest.param(CHECKED, [("R11", 1, date(2025, 12, 8))], id="five business days"),
        pytest.param(replace(CHECKED, words=nudge(date(2025, 12, 8))), [], id="asked once"),
        pytest.param(
            replace(CHECKED, words=(reply(date(2025, 12, 3)),)),
            [("R8", 1, date(2025, 12, 10))],
            id="they wrote, and named no date: a week from that",
        ),
        pytest.param(
            replace(CHECKED, interviews=(), words=(reply(date(2025, 12, 3)),)),
            [("R11", 1, date(2025, 12, 10))],
            id="they wrote, and no interview was noted: a week too",
        ),
        pytest.param(
            replace(
                CHECKED, interviews=(), words=(reply(date(2025, 12, 3)), *nudge(date(2025, 12, 10)))
            ),
            [("R11", 2, date(2025, 12, 17))],
            id="asked once since they wrote",
        ),
        pytest.param(
            replace(
                CHECKED,
                interviews=(TALK, invited(date(2025, 12, 2))),
            ),
            [],
            id="invited since: the user's turn",
        ),
        pytest.param(
            replace(CHECKED, words=(reply(date(2025, 12, 1)),)),
            [("R11", 1, date(2025, 12, 8))],
            id="the word that announced it is no answer",
        ),
        pytest.param(
            replace(
                CHECKED,
                expected_by=date(2025, 12, 3),
                expected_set_on=date(2025, 12, 1),
            ),
            [("R9", 1, date(2025, 12, 4))],
            id="their own date beats the default",
        ),
        pytest.param(
            replace(
                CHECKED,
                interviews=(
                    TALK,
                    replace(TALK, id=8, starts_at=at(2025, 12, 9, 10), ends_at=at(2025, 12, 9, 11)),
                ),
            ),
            [("R8", 1, date(2025, 12, 16))],
            id="another round was booked",
        ),
        pytest.param(
            replace(CHECKED, stage=Stage.SECOND, stage_since=date(2025, 12, 2)),
            [("R22", 1, date(2025, 12, 4))],
            id="moved on",
        ),
        pytest.param(replace(CHECKED, no_contact=True), [], id="no contact"),
    ],
)
def test_after_a_reference_check(facts: Facts, expected: list[tuple[str, int, date]]) -> None:
    assert inquiries(facts) == expected


def test_silence_after_a_reference_check_ends_in_dormancy() -> None:
    assert plan(CHECKED, RULES).quiet_on == date(2025, 12, 29)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        pytest.param(SLOTS, "slots", id="R4"),
        pytest.param(CHECKED, "references", id="R11"),
    ],
)
def test_a_second_inquiry_waits_as_long_as_the_first(facts: Facts, rule: str) -> None:
    rules = rules_for(overrides={rule: {"at_most": 2}})
    (first,) = asking(facts, rules)
    (second,) = asking(replace(facts, words=nudge(first.due_on)), rules)
    assert (first.of, second.nth, second.rule) == (2, 2, first.rule)
    days = {"slots": 2, "references": 5}[rule]
    assert second.due_on == add_business_days(first.due_on, days)


def test_times_may_be_offered_without_a_word_of_the_answer() -> None:
    silent = replace(SLOTS, interviews=(replace(SLOTS.interviews[0], answered=False),))
    assert inquiries(silent) == [("R4", 1, date(2025, 11, 24))]
    (row,) = asking(replace(silent, words=(reply(date(2025, 11, 21)),)))
    assert (row.rule, row.due_on, row.interview_id) == ("R22", date(2025, 11, 25), 3)


def test_the_spacing_after_an_answer_is_that_after_an_interview() -> None:
    words = (reply(date(2025, 12, 3)), *nudge(date(2025, 12, 13)))
    asked = replace(CHECKED, interviews=(), words=words)
    assert inquiries(asked) == [("R11", 2, date(2025, 12, 22))], "a week after Saturday, on Monday"
