"""What shifts an inquiry: a recruiter between, the slow season, holidays (precedence A.2)."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followup_rules import rules_for
from store.rules.followups import Facts, plan
from tests.rules.one_autumn import (
    APPLIED,
    CHECKED,
    MET,
    RULES,
    SLOTS,
    TALK,
    asking,
    at,
    inquiries,
    nudge,
)


@pytest.mark.parametrize(
    ("facts", "rule", "due_on", "label", "reason"),
    [
        pytest.param(
            APPLIED,
            "R1",
            date(2025, 11, 11),
            "ask Rita about your application",
            "applied Sat 1 Nov, through Rita",
            id="R1",
        ),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11))),
            "R1",
            date(2025, 11, 25),
            "ask Rita once more, the last time",
            "asked Tue 11 Nov, no answer since, through Rita",
            id="R1 again",
        ),
        pytest.param(
            SLOTS,
            "R4",
            date(2025, 11, 24),
            "ask Rita whether one of your times was picked",
            "you offered times Thu 20 Nov, through Rita",
            id="R4",
        ),
        pytest.param(
            MET,
            "R8",
            date(2025, 11, 27),
            "tell Rita how the interview went",
            "interview Thu 27 Nov, no date named, through Rita",
            id="R8: a word on the same day instead of the inquiry",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 11, 27))),
            "R8",
            date(2025, 12, 4),
            "ask Rita what they heard about the interview",
            "asked Thu 27 Nov, no answer since, through Rita",
            id="R8 later",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            "R9",
            date(2025, 12, 4),
            "ask Rita: the employer's date has passed",
            "they said by Wed 3 Dec, through Rita",
            id="R9",
        ),
        pytest.param(
            CHECKED,
            "R11",
            date(2025, 12, 8),
            "ask Rita how it stands after the reference check",
            "reference check Mon 1 Dec, through Rita",
            id="R11",
        ),
    ],
)
def test_a_recruiter_is_asked_instead(
    facts: Facts, rule: str, due_on: date, label: str, reason: str
) -> None:
    (row,) = asking(replace(facts, via_recruiter="Rita"))
    assert (row.rule, row.due_on, row.label, row.reason) == (rule, due_on, label, reason)


def test_the_word_to_the_recruiter_waits_for_the_end_and_for_a_business_day() -> None:
    (row,) = asking(replace(MET, via_recruiter="Rita"))
    assert row.not_before == TALK.ends_at
    saturday = replace(TALK, starts_at=at(2025, 11, 29, 10), ends_at=at(2025, 11, 29, 11))
    (row,) = asking(replace(MET, via_recruiter="Rita", talks=(saturday,)))
    assert row.due_on == date(2025, 12, 1)


def test_a_long_name_of_a_recruiter_is_cut() -> None:
    (row,) = asking(replace(APPLIED, via_recruiter="R" * 200))
    assert len(row.label) < 120


SLOW = rules_for(slow_season=True)


def applied(day: date, **known: object) -> Facts:
    return replace(APPLIED, applied_on=day, stage_since=day, **known)  # type: ignore[arg-type]


def met(day: date, **known: object) -> Facts:
    talk = replace(
        TALK,
        logged_on=day,
        starts_at=at(day.year, day.month, day.day, 14),
        ends_at=at(day.year, day.month, day.day, 15),
    )
    return replace(MET, stage_since=day, talks=(talk,), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "usual", "slow"),
    [
        pytest.param(
            met(date(2025, 12, 12)), date(2025, 12, 19), date(2025, 12, 19), id="the day before it"
        ),
        pytest.param(
            met(date(2025, 12, 15)), date(2025, 12, 22), date(2025, 12, 29), id="Christmas"
        ),
        pytest.param(
            met(date(2025, 12, 26)), date(2026, 1, 2), date(2026, 1, 9), id="its last day"
        ),
        pytest.param(
            met(date(2025, 12, 29)), date(2026, 1, 5), date(2026, 1, 5), id="the day after it"
        ),
        pytest.param(
            applied(date(2025, 7, 23)), date(2025, 8, 4), date(2025, 8, 11), id="R1 in August"
        ),
        pytest.param(
            applied(date(2025, 8, 22)), date(2025, 9, 1), date(2025, 9, 1), id="September"
        ),
        pytest.param(
            applied(date(2025, 12, 1), words=nudge(date(2025, 12, 11))),
            date(2025, 12, 25),
            date(2026, 1, 1),
            id="the second inquiry",
        ),
        pytest.param(
            met(
                date(2025, 12, 15),
                expected_by=date(2025, 12, 22),
                expected_set_on=date(2025, 12, 15),
            ),
            date(2025, 12, 23),
            date(2025, 12, 23),
            id="their own date stands",
        ),
        pytest.param(
            met(date(2025, 12, 22), via_recruiter="Rita"),
            date(2025, 12, 22),
            date(2025, 12, 22),
            id="the word to the recruiter stands",
        ),
    ],
)
def test_the_slow_season(facts: Facts, usual: date, slow: date) -> None:
    assert [due_on for _, _, due_on in inquiries(facts)] == [usual]
    assert [due_on for _, _, due_on in inquiries(facts, SLOW)] == [slow]


def test_the_slow_season_takes_the_dormant_clock_along() -> None:
    facts = applied(date(2025, 12, 1), words=nudge(date(2025, 12, 11)))
    assert plan(facts, RULES).dormant_on == date(2025, 12, 31)
    assert plan(facts, SLOW).dormant_on == date(2026, 1, 7)
    (row,) = asking(facts, SLOW)
    assert row.lapses_at == at(2026, 1, 7, 0)


def test_the_slow_season_is_the_users_to_choose() -> None:
    january = rules_for(
        overrides={"season": {"more_days": 7, "seasons": ["01-02 to 01-31"]}}, slow_season=True
    )
    assert inquiries(met(date(2025, 12, 29)), january) == [("R8", 1, date(2026, 1, 12))]
    assert inquiries(met(date(2025, 12, 15)), january) == [("R8", 1, date(2025, 12, 22))]


CHRISTMAS = rules_for(
    holidays=frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})
)


@pytest.mark.parametrize(
    ("facts", "due_on"),
    [
        pytest.param(met(date(2025, 12, 18)), date(2025, 12, 29), id="R8: 25 December"),
        pytest.param(applied(date(2025, 12, 22)), date(2026, 1, 2), id="R1: New Year"),
        pytest.param(
            met(
                date(2025, 12, 18),
                expected_by=date(2025, 12, 24),
                expected_set_on=date(2025, 12, 18),
            ),
            date(2025, 12, 29),
            id="R9: one business day after 24 December",
        ),
        pytest.param(
            replace(
                met(date(2025, 12, 1)),
                reference_check_on=date(2025, 12, 22),
            ),
            date(2025, 12, 31),
            id="R11: five business days with two holidays",
        ),
    ],
)
def test_holidays_are_no_business_days(facts: Facts, due_on: date) -> None:
    assert [row.due_on for row in asking(facts, CHRISTMAS)] == [due_on]
