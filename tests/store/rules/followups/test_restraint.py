"""When nobody is asked, and what an application waits for then: other applications at the employer,
interviews that are ahead, and the words for an application that asks for nothing."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups.facts import Facts, Process, Task
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Stage
from tests.makers import invited
from tests.store.rules.followups.one_autumn import (
    APPLIED,
    CHECKED,
    MET,
    OFFERED,
    RULES,
    SLOTS,
    TALK,
    at,
    inquiries,
    nudge,
    reply,
)
from tests.tables import each_row

PROMISED = replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27))
TASK = Task(2, Stage.FIRST, "A case study", date(2025, 11, 28), date(2025, 12, 5))
HANDED_IN = replace(MET, assignments=(replace(TASK, handed_in_on=date(2025, 12, 4)),))


def beside(facts: Facts, stage: Stage, last_on: date | None = None) -> Facts:
    """`facts` with another open application at that employer."""
    return replace(facts, processes=(Process(9, "Staff Engineer", stage, last_on),))


@each_row(
    ("facts", "stage", "rests"),
    [
        pytest.param(APPLIED, Stage.FIRST, True, id="R1"),
        pytest.param(APPLIED, Stage.OFFER, True, id="R1, an offer"),
        pytest.param(MET, Stage.SECOND, True, id="R8"),
        pytest.param(MET, Stage.FIRST, False, id="R8, neither is further"),
        pytest.param(
            replace(MET, stage=Stage.SECOND), Stage.FIRST, False, id="this one is further"
        ),
        pytest.param(PROMISED, Stage.OFFER, True, id="R9"),
        pytest.param(CHECKED, Stage.OFFER, True, id="R11"),
        pytest.param(HANDED_IN, Stage.SECOND, True, id="R26"),
        pytest.param(SLOTS, Stage.SECOND, False, id="R4: they offered an interview for this one"),
        pytest.param(replace(MET, interviews=()), Stage.SECOND, False, id="R22"),
        pytest.param(
            replace(MET, interviews=(replace(TALK, kept=False),)), Stage.SECOND, False, id="R23"
        ),
    ],
)
def test_an_inquiry_rests_while_another_application_there_is_further(
    facts: Facts, stage: Stage, rests: bool
) -> None:
    other = beside(facts, stage)
    assert inquiries(facts)
    assert inquiries(other) == ([] if rests else inquiries(facts))
    words = plan(other, RULES).waiting
    assert (words == f"on hold while Staff Engineer is in {stage}") is rests
    assert plan(other, RULES).quiet_on == plan(facts, RULES).quiet_on


def test_the_one_that_is_furthest_is_named() -> None:
    one, other = Process(3, "Lead", Stage.SECOND), Process(2, "x" * 90, Stage.SECOND)
    third = Process(9, "Junior", Stage.FIRST)
    words = plan(replace(APPLIED, processes=(other, third, one)), RULES).waiting
    assert words == "on hold while Lead is in second"
    words = plan(replace(APPLIED, processes=(other,)), RULES).waiting
    assert len(words) < 100


@each_row(
    ("facts", "last_on", "due_on"),
    [
        pytest.param(MET, date(2025, 12, 10), date(2025, 12, 11), id="the day after it"),
        pytest.param(MET, date(2025, 12, 5), date(2025, 12, 8), id="Friday: Monday"),
        pytest.param(MET, date(2025, 12, 3), date(2025, 12, 4), id="just before"),
        pytest.param(MET, date(2025, 11, 3), date(2025, 12, 4), id="long ago"),
        pytest.param(PROMISED, date(2025, 12, 9), date(2025, 12, 10), id="R9"),
        pytest.param(CHECKED, date(2025, 12, 9), date(2025, 12, 10), id="R11"),
        pytest.param(HANDED_IN, date(2025, 12, 15), date(2025, 12, 16), id="R26"),
        pytest.param(SLOTS, date(2025, 11, 24), date(2025, 11, 25), id="R4"),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4))),
            date(2025, 12, 15),
            date(2025, 12, 16),
            id="the second inquiry",
        ),
    ],
)
def test_an_interview_at_that_employer_comes_first(
    facts: Facts, last_on: date, due_on: date
) -> None:
    other = beside(facts, facts.stage, last_on)
    assert [day for _, _, day in inquiries(other)] == [due_on]


def test_an_interview_far_ahead_keeps_the_application_awake() -> None:
    other = beside(MET, Stage.FIRST, date(2026, 1, 15))
    assert inquiries(other) == [("R8", 1, date(2026, 1, 16))]
    assert plan(other, RULES).quiet_on == date(2026, 1, 30)
    at_the_end = beside(MET, Stage.FIRST, date(2025, 12, 24))
    assert inquiries(at_the_end) == [("R8", 1, date(2025, 12, 25))]
    assert plan(at_the_end, RULES).quiet_on == date(2026, 1, 8), "due on the day it went quiet"
    just_before = beside(MET, Stage.FIRST, date(2025, 12, 23))
    assert plan(just_before, RULES).quiet_on == date(2025, 12, 25)


AHEAD = replace(TALK, id=8, starts_at=at(2025, 12, 17, 9), ends_at=at(2025, 12, 17, 10))


@each_row(
    ("facts", "expected"),
    [
        pytest.param(
            replace(PROMISED, interviews=(TALK, replace(AHEAD, stage=Stage.SECOND))),
            ("R8", 1, date(2025, 12, 24)),
            id="an interview after their date: a week after it",
        ),
        pytest.param(
            replace(PROMISED, expected_by=date(2025, 12, 17), interviews=(TALK, AHEAD)),
            ("R9", 1, date(2025, 12, 18)),
            id="an interview on their date",
        ),
        pytest.param(
            replace(MET, stage=Stage.SECOND, interviews=(AHEAD,)),
            ("R22", 1, date(2025, 12, 18)),
            id="one of the stage before",
        ),
        pytest.param(
            replace(APPLIED, interviews=(replace(AHEAD),)),
            ("R8", 1, date(2025, 12, 24)),
            id="the card was not moved",
        ),
    ],
)
def test_nobody_is_asked_before_ones_own_interview(
    facts: Facts, expected: tuple[str, int, date]
) -> None:
    assert inquiries(facts) == [expected]


def test_one_is_not_asked_on_the_day_of_the_interview_whatever_the_numbers() -> None:
    hasty = rules_for(overrides={"interview": {"inquiry_days": 0}})
    assert inquiries(MET, hasty) == [("R8", 1, date(2025, 11, 28))]


def test_an_application_with_an_interview_ahead_is_not_quiet() -> None:
    far = replace(AHEAD, starts_at=at(2026, 2, 2, 9), ends_at=at(2026, 2, 2, 10))
    second = replace(MET, stage=Stage.SECOND, interviews=(far,))
    assert plan(second, RULES).quiet_on == date(2026, 3, 2), "28 days after it"


INVITED = invited(date(2025, 11, 28))


@each_row(
    ("facts", "words"),
    [
        pytest.param(
            APPLIED,
            "no reply yet; quiet from Mon 1 Dec, may be closed from Wed 31 Dec",
            id="applied",
        ),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11))),
            "followed up once; quiet from Tue 9 Dec, may be closed from Wed 31 Dec",
            id="asked once",
        ),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11), date(2025, 11, 25))),
            "followed up twice; quiet from Tue 9 Dec, may be closed from Wed 31 Dec",
            id="asked twice",
        ),
        pytest.param(
            replace(
                APPLIED,
                words=nudge(date(2025, 11, 11), date(2025, 11, 25), date(2025, 12, 2)),
            ),
            "followed up 3 times; quiet from Tue 16 Dec, may be closed from Wed 31 Dec",
            id="asked by hand as well",
        ),
        pytest.param(
            replace(APPLIED, applied_on=None),
            "application date unknown; quiet from Mon 1 Dec, may be closed from Wed 31 Dec",
            id="no day",
        ),
        pytest.param(
            replace(APPLIED, applied_on=None, words=(reply(date(2025, 11, 3)),)),
            "no reply yet; quiet from Wed 3 Dec, may be closed from Fri 2 Jan",
            id="no day, and they wrote",
        ),
        pytest.param(
            replace(APPLIED, no_contact=True, words=nudge(date(2025, 11, 11))),
            "they asked not to be contacted",
            id="no contact",
        ),
        pytest.param(
            beside(replace(MET, no_contact=True), Stage.SECOND),
            "they asked not to be contacted",
            id="no contact, and another one",
        ),
        pytest.param(
            beside(replace(APPLIED, words=nudge(date(2025, 11, 11))), Stage.SECOND),
            "on hold while Staff Engineer is in second",
            id="asked once, and resting",
        ),
        pytest.param(
            beside(
                replace(APPLIED, words=nudge(date(2025, 11, 11), date(2025, 11, 25))), Stage.SECOND
            ),
            "followed up twice; quiet from Tue 9 Dec, may be closed from Wed 31 Dec",
            id="nothing left that rests",
        ),
        pytest.param(
            replace(MET, interviews=(TALK, INVITED)),
            "an invitation waits for your reply; quiet from Fri 26 Dec",
            id="the user's turn",
        ),
        pytest.param(
            replace(MET, assignments=(replace(TASK, title="x" * 90),)),
            f"not handed in yet: {'x' * 59}…; quiet from Fri 2 Jan",
            id="a task owed",
        ),
        pytest.param(
            replace(PROMISED, assignments=(TASK,)),
            "not handed in yet: A case study; quiet from Wed 24 Dec",
            id="a task owed, and their date",
        ),
        pytest.param(
            PROMISED, "they decide by Wed 3 Dec; quiet from Wed 24 Dec", id="their own date"
        ),
        pytest.param(
            replace(PROMISED, words=nudge(date(2025, 12, 4))),
            "followed up once; quiet from Thu 25 Dec, may be closed from Sun 1 Feb",
            id="asked after their date",
        ),
        pytest.param(
            MET, "no reply yet; quiet from Thu 25 Dec, may be closed from Mon 26 Jan", id="met"
        ),
        pytest.param(OFFERED, "they are waiting for your answer", id="an offer"),
    ],
)
def test_what_an_application_waits_for(facts: Facts, words: str) -> None:
    assert plan(facts, RULES).waiting == words


def test_nobody_to_ask_is_no_day_that_is_not_known() -> None:
    rules = rules_for(overrides={"application": {"only_with_contact": True}})
    waiting = plan(replace(APPLIED, contact_known=False), rules).waiting
    assert waiting == "no reply yet; quiet from Mon 1 Dec, may be closed from Wed 31 Dec"


def test_a_holiday_after_an_interview_there_is_no_business_day() -> None:
    rules = rules_for(holidays=frozenset({date(2025, 12, 11)}))
    other = beside(MET, Stage.FIRST, date(2025, 12, 10))
    assert inquiries(other, rules) == [("R8", 1, date(2025, 12, 12))]
