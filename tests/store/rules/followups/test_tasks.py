"""Take-home tasks and tests: R26, and what they mean for the other inquiries."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups.facts import Facts, Task
from store.rules.followups.plan import plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests.makers import invited
from tests.store.rules.followups.one_autumn import (
    APPLIED,
    CHECKED,
    MET,
    RULES,
    TALK,
    asking,
    at,
    by_rule,
    inquiries,
    nudge,
    reply,
)
from tests.tables import each_row

TASK = Task(2, Stage.FIRST, "A case study", date(2025, 11, 28), date(2025, 12, 5))
"""Given on Friday 28 November, the day after the interview; to be handed in a week later."""
OWED = replace(MET, assignments=(TASK,))
DONE = replace(TASK, handed_in_on=date(2025, 12, 4))
HANDED_IN = replace(MET, assignments=(DONE,))


@each_row(
    ("task", "due_on", "late_from", "reason"),
    [
        pytest.param(
            TASK, date(2025, 12, 3), at(2025, 12, 6, 0), "due Fri 5 Dec", id="two days before"
        ),
        pytest.param(
            replace(TASK, due_on=date(2025, 12, 5), due_at=at(2025, 12, 5, 17)),
            date(2025, 12, 3),
            at(2025, 12, 5, 17),
            "due Fri 5 Dec 17:00",
            id="late from the hour on",
        ),
        pytest.param(
            replace(TASK, due_on=date(2025, 11, 29)),
            date(2025, 11, 28),
            at(2025, 11, 30, 0),
            "due Sat 29 Nov",
            id="given the day before",
        ),
        pytest.param(
            replace(TASK, due_on=date(2025, 11, 24)),
            date(2025, 11, 24),
            at(2025, 11, 25, 0),
            "due Mon 24 Nov",
            id="noted after its day",
        ),
        pytest.param(
            replace(TASK, due_on=None),
            date(2025, 12, 5),
            None,
            "received Fri 28 Nov, no due date",
            id="no day: five business days",
        ),
    ],
)
def test_a_task_is_to_be_handed_in(
    task: Task, due_on: date, late_from: object, reason: str
) -> None:
    (row,) = by_rule(replace(MET, assignments=(task,)), "R26")
    assert (row.action, row.label) == ("hand_in", "hand in: A case study")
    assert (row.due_on, row.due_at, row.late_from) == (due_on, None, late_from)
    assert row.reason == reason


def test_a_task_stays_for_a_week_after_its_day() -> None:
    (row,) = by_rule(OWED, "R26")
    assert row.lapses_at == at(2025, 12, 13, 0)
    (row,) = by_rule(replace(MET, assignments=(replace(TASK, due_on=None),)), "R26")
    assert row.lapses_at == at(2025, 12, 13, 0), "counted from the day given to it"


@each_row(
    ("facts", "shown"),
    [
        pytest.param(replace(OWED, stage=Stage.APPLIED), True, id="the card not moved"),
        pytest.param(HANDED_IN, False, id="handed in"),
        pytest.param(
            replace(OWED, stage=Stage.SECOND, stage_since=date(2025, 12, 1)),
            False,
            id="moved on without it",
        ),
        pytest.param(
            replace(OWED, stage=Stage.SECOND, stage_since=date(2025, 11, 28)),
            True,
            id="given on the day the card moved",
        ),
        pytest.param(
            replace(OWED, stage=Stage.OFFER, stage_since=date(2025, 12, 1)), False, id="an offer"
        ),
        pytest.param(
            replace(OWED, outcome=Outcome.REJECTED, closed_on=date(2025, 12, 1)), False, id="closed"
        ),
    ],
)
def test_when_a_task_is_owed(facts: Facts, shown: bool) -> None:
    rows = [one for one in plan(facts, RULES).follow_ups if one.action == "hand_in"]
    assert bool(rows) is shown


def test_each_task_is_one() -> None:
    two = replace(MET, assignments=(TASK, replace(TASK, id=3, title="x" * 200)))
    rows = by_rule(two, "R26")
    assert len({row.key for row in rows}) == 2
    assert len(rows[1].label) < 80


@each_row(
    ("facts", "expected"),
    [
        pytest.param(OWED, [], id="nobody is asked who waits for it"),
        pytest.param(HANDED_IN, [("R26", 1, date(2025, 12, 11))], id="a week after it"),
        pytest.param(
            replace(HANDED_IN, words=nudge(date(2025, 12, 11))),
            [("R26", 2, date(2025, 12, 18))],
            id="again a week later",
        ),
        pytest.param(
            replace(HANDED_IN, words=nudge(date(2025, 12, 11), date(2025, 12, 18))),
            [],
            id="not thrice",
        ),
        pytest.param(
            replace(HANDED_IN, words=nudge(date(2025, 12, 4))),
            [("R26", 1, date(2025, 12, 11))],
            id="what was asked before does not count",
        ),
        pytest.param(
            replace(HANDED_IN, words=(reply(date(2025, 12, 8)),)),
            [("R26", 1, date(2025, 12, 15))],
            id="they wrote: a week from that",
        ),
        pytest.param(
            replace(HANDED_IN, words=(reply(date(2025, 12, 4)),)),
            [("R26", 1, date(2025, 12, 11))],
            id="their receipt of that very day changes nothing",
        ),
        pytest.param(
            replace(OWED, words=(reply(date(2025, 12, 8)),)),
            [],
            id="they wrote, and it is still owed",
        ),
        pytest.param(
            replace(HANDED_IN, assignments=(DONE, replace(TASK, id=3))),
            [],
            id="one of two is still owed",
        ),
        pytest.param(
            replace(
                HANDED_IN, assignments=(DONE, replace(DONE, id=3, handed_in_on=date(2025, 12, 8)))
            ),
            [("R26", 1, date(2025, 12, 15))],
            id="both handed in: from the later day",
        ),
        pytest.param(
            replace(HANDED_IN, interviews=()), [("R26", 1, date(2025, 12, 11))], id="no interview"
        ),
        pytest.param(
            replace(HANDED_IN, interviews=(), stage=Stage.APPLIED, stage_since=date(2025, 11, 1)),
            [("R26", 1, date(2025, 12, 11))],
            id="before any interview",
        ),
        pytest.param(
            replace(HANDED_IN, interviews=(replace(TALK, starts_at=at(2025, 12, 9, 14),
                                              ends_at=at(2025, 12, 9, 15)),)),
            [("R8", 1, date(2025, 12, 16))],
            id="an interview since",
        ),
        pytest.param(
            replace(HANDED_IN, interviews=(replace(TALK, starts_at=at(2025, 12, 4, 14),
                                              ends_at=at(2025, 12, 4, 15)),)),
            [("R8", 1, date(2025, 12, 11))],
            id="shown in an interview that day",
        ),
        pytest.param(
            replace(OWED, interviews=(replace(TALK, starts_at=at(2025, 12, 9, 14),
                                         ends_at=at(2025, 12, 9, 15)),)),
            [("R8", 1, date(2025, 12, 16))],
            id="never handed in, and met after its day",
        ),
        pytest.param(
            replace(OWED, interviews=(replace(TALK, starts_at=at(2025, 12, 3, 14),
                                         ends_at=at(2025, 12, 3, 15)),)),
            [],
            id="met before its day",
        ),
        pytest.param(
            replace(HANDED_IN, interviews=(TALK, invited(date(2025, 12, 8)))),
            [],
            id="invited since: the user's turn",
        ),
        pytest.param(
            replace(HANDED_IN, interviews=(TALK, invited(date(2025, 12, 8), answered=True))),
            [("R22", 1, date(2025, 12, 10))],
            id="invited since, and answered without a time",
        ),
        pytest.param(
            replace(HANDED_IN, interviews=(invited(date(2025, 11, 24), answered=True),)),
            [("R26", 1, date(2025, 12, 11))],
            id="a task instead of the interview they invited to",
        ),
        pytest.param(
            replace(OWED, interviews=(replace(TALK, called_off_by="them",
                                         called_off_on=date(2025, 11, 26)),)),
            [],
            id="a task after an interview that they called off",
        ),
        pytest.param(
            replace(CHECKED, assignments=(DONE,)),
            [("R26", 1, date(2025, 12, 11))],
            id="handed in after a check of references",
        ),
        pytest.param(
            replace(CHECKED, reference_check_on=date(2025, 12, 8), assignments=(DONE,)),
            [("R11", 1, date(2025, 12, 15))],
            id="references checked after it",
        ),
        pytest.param(
            replace(HANDED_IN, expected_by=date(2025, 12, 12), expected_set_on=date(2025, 11, 28)),
            [("R9", 1, date(2025, 12, 15))],
            id="handed in, and a date named",
        ),
        pytest.param(
            replace(HANDED_IN, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            [("R26", 1, date(2025, 12, 11))],
            id="handed in after the date that they had named",
        ),
        pytest.param(
            replace(HANDED_IN, expected_by=date(2025, 12, 4), expected_set_on=date(2025, 11, 27)),
            [("R9", 1, date(2025, 12, 5))],
            id="handed in on that date",
        ),
        pytest.param(
            replace(OWED, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            [],
            id="their date has passed, and the task is still owed",
        ),
        pytest.param(
            replace(OWED, expected_by=date(2025, 11, 27), expected_set_on=date(2025, 11, 21)),
            [],
            id="the task came after their date",
        ),
        pytest.param(
            replace(HANDED_IN, stage=Stage.SECOND, stage_since=date(2025, 12, 8)),
            [("R22", 1, date(2025, 12, 10))],
            id="moved on: the task is history",
        ),
        pytest.param(replace(HANDED_IN, no_contact=True), [], id="no contact"),
    ],
)  # fmt: skip
def test_inquiries_about_a_task(facts: Facts, expected: list[tuple[str, int, date]]) -> None:
    assert inquiries(facts) == expected


def test_the_words_of_asking_about_a_task() -> None:
    (row,) = asking(HANDED_IN)
    assert (row.action, row.anchor) == ("inquire", "task:2")
    assert row.label == "follow up on the task you handed in"
    assert row.reason == "you handed it in Thu 4 Dec"
    (row,) = asking(replace(HANDED_IN, words=(reply(date(2025, 12, 8)),)))
    assert (row.anchor, row.reason) == ("task:2:2025-12-08", "they wrote Mon 8 Dec, no date given")


def test_silence_about_a_task_ends_in_quiet() -> None:
    assert plan(HANDED_IN, RULES).quiet_on == date(2026, 1, 1), "28 days after it"
    assert plan(OWED, RULES).quiet_on == date(2026, 1, 2), "counted from its day"
    without = replace(MET, assignments=(replace(TASK, due_on=None),))
    assert plan(without, RULES).quiet_on == date(2025, 12, 26), "counted from the day it came"
    named = replace(OWED, expected_by=date(2025, 12, 19), expected_set_on=date(2025, 11, 28))
    assert plan(named, RULES).quiet_on == date(2026, 1, 9), "21 days after their own date"


@each_row(("preset", "due_on"), [("fast", 9), ("slow", 18), ("dach", 15), ("uk", 11)])
def test_the_wait_is_that_after_an_interview(preset: str, due_on: int) -> None:
    assert inquiries(HANDED_IN, rules_for(preset)) == [("R26", 1, date(2025, 12, due_on))]


def test_an_application_is_not_asked_about_while_a_task_is_owed() -> None:
    given = replace(APPLIED, assignments=(replace(TASK, given_on=date(2025, 11, 5)),))
    assert inquiries(given) == []
    assert plan(given, RULES).waiting.startswith("not handed in yet: A case study; quiet from ")


def test_the_title_of_a_task_is_literal() -> None:
    odd = replace(OWED, assignments=(replace(TASK, title="the {task} [b]"),))
    (row,) = by_rule(odd, "R26")
    assert row.label == "hand in: the {task} [b]"
    assert "the {task} [b]" in plan(odd, RULES).waiting


@pytest.mark.parametrize("met_on", [5, 9])
def test_a_task_that_was_never_handed_in_holds_nothing_back_after_an_interview(met_on: int) -> None:
    talk = replace(TALK, starts_at=at(2025, 12, met_on, 14), ends_at=at(2025, 12, met_on, 15))
    met = replace(
        OWED,
        interviews=(talk,),
        expected_by=date(2025, 12, 19),
        expected_set_on=date(2025, 12, met_on),
    )
    assert inquiries(met) == [("R9", 1, date(2025, 12, 22))]
    assert plan(met, RULES).waiting.startswith("they decide by Fri 19 Dec")


def test_one_task_that_is_done_hides_no_other() -> None:
    old = replace(TASK, id=1, given_on=date(2025, 11, 10))
    second = replace(
        OWED, stage=Stage.SECOND, stage_since=date(2025, 11, 20), assignments=(old, DONE, TASK)
    )
    assert [row.anchor for row in by_rule(second, "R26") if row.action == "hand_in"] == [
        "hand_in:2"
    ]


def test_the_day_of_a_task_follows_from_its_hour() -> None:
    task = replace(TASK, due_on=None, due_at=at(2025, 12, 6, 0, 30))
    (row,) = by_rule(replace(MET, assignments=(task,)), "R26")
    assert (row.due_on, row.reason) == (date(2025, 12, 4), "due Sat 6 Dec 00:30")
