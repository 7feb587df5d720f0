"""What shifts an inquiry: a recruiter between, the slow season, holidays (precedence A.2)."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups.actions import NUDGES
from store.rules.followups.facts import Acceptance, Facts, Person, Task
from store.rules.followups.plan import plan
from store.rules.followups.planned import Planned
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests.store.rules.followups.one_autumn import (
    APPLIED,
    CHECKED,
    MET,
    RULES,
    SLOTS,
    TALK,
    asking,
    at,
    by_rule,
    inquiries,
    nudge,
    reply,
)
from tests.tables import each_row

HANDED_IN = Task(
    2,
    Stage.FIRST,
    "A case study",
    date(2025, 11, 21),
    date(2025, 11, 28),
    handed_in_on=date(2025, 11, 28),
)


@each_row(
    ("facts", "rule", "due_on", "label", "reason"),
    [
        pytest.param(
            APPLIED,
            "R1",
            date(2025, 11, 11),
            "ask Rita about your application",
            "applied Sat 1 Nov, via Rita",
            id="R1",
        ),
        pytest.param(
            replace(APPLIED, words=nudge(date(2025, 11, 11))),
            "R1",
            date(2025, 11, 25),
            "ask Rita one last time",
            "followed up Tue 11 Nov, no reply since, via Rita",
            id="R1 again",
        ),
        pytest.param(
            SLOTS,
            "R4",
            date(2025, 11, 24),
            "ask Rita whether one of your times works",
            "you sent times Thu 20 Nov, via Rita",
            id="R4",
        ),
        pytest.param(
            MET,
            "R8",
            date(2025, 12, 4),
            "ask Rita for news on the interview",
            "interview Thu 27 Nov, no date given, via Rita",
            id="R8",
        ),
        pytest.param(
            replace(MET, words=nudge(date(2025, 12, 4))),
            "R8",
            date(2025, 12, 11),
            "ask Rita one last time",
            "followed up Thu 4 Dec, no reply since, via Rita",
            id="R8 again",
        ),
        pytest.param(
            replace(MET, interviews=()),
            "R22",
            date(2025, 11, 24),
            "ask Rita when the interview will take place",
            "in first since Thu 20 Nov, no interview agreed, via Rita",
            id="R22",
        ),
        pytest.param(
            replace(MET, interviews=(), assignments=(HANDED_IN,)),
            "R26",
            date(2025, 12, 5),
            "ask Rita for news on the task you handed in",
            "you handed it in Fri 28 Nov, via Rita",
            id="R26",
        ),
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            "R9",
            date(2025, 12, 4),
            "ask Rita about their decision",
            "they said by Wed 3 Dec, via Rita",
            id="R9",
        ),
        pytest.param(
            CHECKED,
            "R11",
            date(2025, 12, 8),
            "ask Rita about the reference check",
            "reference check Mon 1 Dec, via Rita",
            id="R11",
        ),
    ],
)
def test_a_recruiter_is_asked_instead(
    facts: Facts, rule: str, due_on: date, label: str, reason: str
) -> None:
    (row,) = asking(replace(facts, via_recruiter="Rita"))
    assert (row.rule, row.due_on, row.label, row.reason) == (rule, due_on, label, reason)


def calls(facts: Facts) -> list[Planned]:
    return by_rule(replace(facts, via_recruiter="Rita"), "R27")


def test_the_recruiter_is_called_when_the_interview_is_over_to_the_hour() -> None:
    (call,) = calls(MET)
    assert (call.action, call.label) == ("tell_recruiter", "tell Rita how the interview went")
    assert call.reason == "interview Thu 27 Nov 14:00"
    assert call.due_at == call.not_before == at(2025, 11, 27, 15)
    assert call.late_from is None, "late from that hour on"
    assert call.lapses_at == at(2025, 11, 29, 15)
    assert call.action not in NUDGES
    saturday = replace(TALK, starts_at=at(2025, 11, 29, 10), ends_at=at(2025, 11, 29, 11))
    (call,) = calls(replace(MET, interviews=(saturday,)))
    assert call.due_on == date(2025, 11, 29), "recruiters are no employers"


@each_row(
    ("facts", "times"),
    [
        pytest.param(
            replace(MET, expected_by=date(2025, 12, 3), expected_set_on=date(2025, 11, 27)),
            1,
            id="their date replaces the inquiry only",
        ),
        pytest.param(replace(MET, no_contact=True), 1, id="no contact with the employer"),
        pytest.param(
            replace(MET, interviews=(TALK, replace(TALK, id=8))), 2, id="once for each interview"
        ),
        pytest.param(
            replace(MET, stage=Stage.OFFER, stage_since=date(2025, 11, 28)), 1, id="an offer since"
        ),
        pytest.param(replace(MET, interviews=(replace(TALK, kept=False),)), 0, id="it was missed"),
        pytest.param(
            replace(MET, interviews=(replace(TALK, called_off_by="you"),)),
            0,
            id="it was called off",
        ),
        pytest.param(
            replace(MET, outcome=Outcome.REJECTED, closed_on=date(2025, 11, 27)), 0, id="closed"
        ),
    ],
)
def test_when_there_is_a_recruiter_to_call(facts: Facts, times: int) -> None:
    assert len(calls(facts)) == times
    assert by_rule(facts, "R27") == [], "nobody stands between"


def test_a_long_name_of_a_recruiter_is_cut() -> None:
    (row,) = asking(replace(APPLIED, via_recruiter="R" * 200))
    assert len(row.label) < 120
    (row,) = asking(replace(APPLIED, via_recruiter="R" * 60))
    assert row.label == f"ask {'R' * 60} about your application"


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
    return replace(MET, stage_since=day, interviews=(talk,), **known)  # type: ignore[arg-type]


@each_row(
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
            met(date(2025, 12, 15), words=(reply(date(2025, 12, 16)),)),
            date(2025, 12, 23),
            date(2025, 12, 30),
            id="counted from what they wrote",
        ),
        pytest.param(
            replace(
                MET,
                interviews=(),
                assignments=(replace(HANDED_IN, handed_in_on=date(2025, 12, 15)),),
            ),
            date(2025, 12, 22),
            date(2025, 12, 29),
            id="R26",
        ),
        pytest.param(
            replace(MET, interviews=(), stage_since=date(2025, 12, 19)),
            date(2025, 12, 23),
            date(2025, 12, 23),
            id="asking for a time does not wait",
        ),
    ],
)
def test_the_slow_season(facts: Facts, usual: date, slow: date) -> None:
    assert [due_on for _, _, due_on in inquiries(facts)] == [usual]
    assert [due_on for _, _, due_on in inquiries(facts, SLOW)] == [slow]


def test_the_slow_season_takes_the_dormant_clock_along() -> None:
    facts = applied(date(2025, 12, 1), words=nudge(date(2025, 12, 11)))
    assert plan(facts, RULES).quiet_on == date(2026, 1, 8), "two weeks after 25 December"
    assert plan(facts, SLOW).quiet_on == date(2026, 1, 15)
    (row,) = asking(facts, SLOW)
    assert row.lapses_at == at(2026, 1, 15, 0)


def test_the_slow_season_is_the_users_to_choose() -> None:
    january = rules_for(
        overrides={"season": {"more_days": 7, "seasons": ["01-02 to 01-31"]}}, slow_season=True
    )
    assert inquiries(met(date(2025, 12, 29)), january) == [("R8", 1, date(2026, 1, 12))]
    assert inquiries(met(date(2025, 12, 15)), january) == [("R8", 1, date(2025, 12, 22))]


CHRISTMAS = rules_for(
    holidays=frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})
)


@each_row(
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


FAR = replace(
    MET,
    via_recruiter="Rita",
    interviews=(
        replace(
            MET.interviews[0],
            logged_on=date(2025, 11, 10),
            interviewers=(Person(7, "Ana", "ana@x.example"), Person(8, "Bo")),
        ),
    ),
)
"""An interview agreed on more than a week ahead, through a recruiter."""


@pytest.mark.parametrize(
    ("recruiter", "reasons"),
    [
        ("Rita", ("interview Thu 27 Nov 14:00", "no email address: send it through Rita")),
        ("", ("interview Thu 27 Nov 14:00", "no email address: send it to whoever invited you")),
    ],
)
def test_who_passes_on_a_thank_you(recruiter: str, reasons: tuple[str, str]) -> None:
    held, how = reasons
    rows = by_rule(replace(FAR, via_recruiter=recruiter), "R7")
    assert [row.reason for row in rows] == [held, f"{held}, {how}"]


HELEN = Person(9, "Helen", "helen@x.example")


@each_row(
    ("arranging", "how"),
    [
        ((HELEN,), "no email address: send it through Helen"),
        ((replace(HELEN, name=""),), "no email address: send it through helen@x.example"),
        ((Person(7, "Ana", "ana@x.example"), HELEN), "no email address: send it through Helen"),
        ((Person(7, "Ana", "ana@x.example"),), "no email address: send it to whoever invited you"),
    ],
    ids=["arranged it", "without a name", "who led it passes nothing on", "nobody else"],
)
def test_who_arranged_it_passes_a_thank_you_on(arranging: tuple[Person, ...], how: str) -> None:
    _, bo = by_rule(replace(FAR, via_recruiter="", arranging=arranging), "R7")
    assert bo.reason == f"interview Thu 27 Nov 14:00, {how}"


@each_row(
    ("facts", "how"),
    [
        (replace(FAR, via_recruiter=""), "send one note to whoever invited you"),
        (replace(FAR, via_recruiter="", arranging=(HELEN,)), "send one note through Helen"),
        (replace(FAR, via_recruiter="Rita"), "send one note through Rita"),
    ],
)
def test_a_thank_you_to_nobody_by_name_says_whom_to_send_it_to(facts: Facts, how: str) -> None:
    nameless = replace(facts.interviews[0], interviewers=(), people="")
    (row,) = by_rule(replace(facts, interviews=(nameless,)), "R7")
    assert row.reason == f"interview Thu 27 Nov 14:00, no names noted: {how}"


def test_a_long_recruiter_who_passes_on_a_thank_you_is_cut() -> None:
    _, bo = by_rule(replace(FAR, via_recruiter="R" * 200), "R7")
    assert len(bo.reason) < 130


def test_the_time_is_reconfirmed_with_the_recruiter() -> None:
    labels = [row.label for row in by_rule(FAR, "R5")]
    assert labels == [
        "prepare for the interview",
        "check the details and reconfirm the time with Rita",
        "get ready for the interview",
    ]


def test_the_other_team_hears_through_the_recruiter() -> None:
    there = replace(
        FAR, company="Globex", accepted_elsewhere=Acceptance(4, "Globex", date(2025, 12, 8))
    )
    (row,) = by_rule(there, "R18")
    assert row.label == "tell the other team through Rita that you accepted another role at Globex"
