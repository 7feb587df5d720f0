"""Whole plans, to the letter: every window, anchor, label and reason of each rule.

The other tests ask for what a rule is about; here stands all that it gives, so that nothing is
lost by the way. What is expected is in the folder `plans`, a file for each group of cases below
(`tests.golden` tells how). When a number or a word of the rules changes, read the blocks that fail
against knowledge A.1 anew.
"""

import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.rules.followups.facts import (
    Acceptance,
    Facts,
    InterviewFacts,
    OtherOffer,
    Person,
    Process,
    Promise,
    Task,
    Word,
)
from store.rules.followups.plan import plan
from store.rules.followups.planned import Plan
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests import golden
from tests.tables import each_row

ZONE = ZoneInfo("America/New_York")
"""Not the zone of any machine that tests run on: what is not said in it, is seen."""
HOLIDAYS = frozenset({date(2026, 11, 26), date(2026, 12, 25)})
RULES = rules_for(holidays=HOLIDAYS)
PLANS = Path(__file__).with_name("plans")


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE).astimezone(UTC)


APPLIED = Facts(ZONE, Stage.APPLIED, day("11-02"), day("11-02"))
FIRST = Facts(ZONE, Stage.FIRST, day("11-10"), day("11-02"))
SECOND = Facts(ZONE, Stage.SECOND, day("11-16"), day("11-02"))
OFFER = Facts(ZONE, Stage.OFFER, day("11-19"), day("11-02"), offered_on=day("11-19"))
JUST_HELD = InterviewFacts(3, Stage.FIRST, day("11-11"), at("11-17T15:30"), at("11-17T16:30"))
HELD = replace(JUST_HELD, debriefed=True, thanked=True)
LATE = replace(JUST_HELD, starts_at=at("11-17T22:00"), ends_at=at("11-17T23:00"))
"""Already 18 November by UTC."""
AHEAD = InterviewFacts(4, Stage.SECOND, day("11-20"), at("11-30T09:00"), at("11-30T10:00"))
ANA, BO = Person(7, "Ana", "ana@x.example"), Person(8, "Bo")
MET = replace(JUST_HELD, people="Ana and Bo", interviewers=(ANA, BO))
INVITED = InterviewFacts(
    5, Stage.FIRST, day("11-20"), invited_on=day("11-20"), invited_at=at("11-20T22:10")
)
TASK = Task(2, Stage.SECOND, "A case study", day("11-18"), day("11-25"))
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff Ledesma-Quinones de la Torre y Vega"


def nudged(*days: str) -> tuple[Word, ...]:
    return tuple(Word(day(text), False, "nudge") for text in days)


def heard(*days: str, kind: str = "reply") -> tuple[Word, ...]:
    return tuple(Word(day(text), True, kind) for text in days)


CASES: dict[str, dict[str, Facts]] = {
    "after_applying": {
        "R1 after an application": APPLIED,
        "R1 asked once": replace(APPLIED, words=nudged("11-16")),
        "R1 asked twice": replace(APPLIED, words=nudged("11-16", "11-27")),
        "R1 the posting closes later": replace(APPLIED, closing_on=day("11-13")),
        "R1 the posting closed on that day": replace(APPLIED, closing_on=day("11-04")),
        "R1 asked before it was sent": replace(APPLIED, words=nudged("10-30")),
        "R1 through a recruiter": replace(APPLIED, via_recruiter=LONG_NAME),
        "R1 nobody to write to": replace(APPLIED, contact_known=False),
        "R1 no contact wanted": replace(APPLIED, no_contact=True),
        "R2 they wrote": replace(APPLIED, words=heard("11-12")),
        "R2 an automatic reply": replace(
            APPLIED, words=(Word(day("11-03"), True, "automatic", human=False),)
        ),
        "R1 at an employer where another one is further": replace(
            APPLIED, processes=(Process(9, "Lead", Stage.FIRST, day("11-12")),)
        ),
    },
    "invitations": {
        "R3 invited": replace(FIRST, interviews=(INVITED,)),
        "R3 invited, the hour not known": replace(
            FIRST, interviews=(replace(INVITED, invited_at=None),)
        ),
        "R3 two invitations": replace(
            FIRST,
            interviews=(INVITED, replace(INVITED, id=6, answered=True), replace(INVITED, id=9)),
        ),
        "R4 times offered": replace(
            FIRST, interviews=(replace(INVITED, answered=True, offered_slots_on=day("11-20")),)
        ),
        "R4 asked for a time": replace(
            FIRST,
            interviews=(replace(INVITED, answered=True, offered_slots_on=day("11-20")),),
            words=nudged("11-25"),
        ),
        "R4 asked, and silent": replace(
            FIRST,
            interviews=(replace(INVITED, answered=True, offered_slots_on=day("11-20")),),
            words=nudged("11-24", "12-01"),
        ),
        "R22 answered without a time": replace(
            FIRST, interviews=(replace(INVITED, answered=True, answered_on=day("11-23")),)
        ),
        "R22 answered without a time, asked": replace(
            FIRST,
            interviews=(replace(INVITED, answered=True, answered_on=day("11-23")),),
            words=nudged("11-25"),
        ),
        "R22 they will write again": replace(
            FIRST,
            interviews=(replace(INVITED, answered=True, answered_on=day("11-23")),),
            words=heard("11-24"),
        ),
        "R22 moved on, no interview agreed": SECOND,
    },
    "interviews": {
        "R5 an interview ahead": replace(SECOND, interviews=(HELD, AHEAD)),
        "R5 an interview ahead, and invited to another": replace(
            SECOND, interviews=(replace(INVITED, answered=True), AHEAD)
        ),
        "R6 R7 an interview held": replace(FIRST, interviews=(JUST_HELD,)),
        "R6 an interview held, and invited to another": replace(
            FIRST, interviews=(replace(INVITED, answered=True), JUST_HELD)
        ),
        "R6 an interview late in the evening": replace(FIRST, interviews=(LATE,)),
    },
    "thank_yous": {
        "R7 two people": replace(FIRST, interviews=(MET,)),
        "R7 R6 two interviews": replace(
            SECOND, interviews=(MET, replace(JUST_HELD, id=9, stage=Stage.SECOND))
        ),
        "R7 not kept": replace(FIRST, interviews=(replace(JUST_HELD, kept=False),)),
        "R7 after the end": replace(
            FIRST, interviews=(MET,), outcome=Outcome.WITHDRAWN, closed_on=day("11-17")
        ),
    },
    "after_interviews": {
        "R8 after an interview": replace(FIRST, interviews=(HELD,)),
        "R8 asked once": replace(FIRST, interviews=(HELD,), words=nudged("11-24")),
        "R8 asked before it": replace(FIRST, interviews=(HELD,), words=nudged("11-10")),
        "R8 through a recruiter": replace(FIRST, interviews=(HELD,), via_recruiter="Cy"),
        "R8 through a recruiter, on a holiday": replace(
            FIRST,
            interviews=(replace(HELD, starts_at=at("11-26T09:00"), ends_at=at("11-26T10:00")),),
            via_recruiter="Cy",
        ),
        "R8 they wrote since": replace(FIRST, interviews=(HELD,), words=heard("11-18")),
        "R8 they wrote on the day": replace(FIRST, interviews=(HELD,), words=heard("11-17")),
        "R8 invited again": replace(
            FIRST, interviews=(HELD,), words=heard("11-18", kind="invitation")
        ),
        "R9 their own date": replace(
            FIRST, interviews=(HELD,), expected_by=day("11-20"), expected_set_on=day("11-17")
        ),
        "R9 their own date, asked": replace(
            FIRST,
            interviews=(HELD,),
            expected_by=day("11-20"),
            expected_set_on=day("11-17"),
            words=nudged("11-24"),
        ),
        "R9 they wrote on that date": replace(
            FIRST,
            interviews=(HELD,),
            expected_by=day("11-20"),
            expected_set_on=day("11-17"),
            words=heard("11-20"),
        ),
        "R9 they named it in their message": replace(
            FIRST,
            interviews=(HELD,),
            expected_by=day("11-20"),
            expected_set_on=day("11-17"),
            words=heard("11-20", kind="date_given"),
        ),
        "R9 an interview on that date": replace(
            FIRST, interviews=(HELD,), expected_by=day("11-17"), expected_set_on=day("11-12")
        ),
        "R9 an interview late on the day before in UTC": replace(
            FIRST,
            interviews=(replace(HELD, starts_at=at("11-17T22:00"), ends_at=at("11-17T23:00")),),
            expected_by=day("11-17"),
            expected_set_on=day("11-12"),
        ),
        "R9 an interview after that date": replace(
            FIRST, interviews=(HELD,), expected_by=day("11-16"), expected_set_on=day("11-12")
        ),
        "R24 they wrote, and were asked since": replace(
            FIRST, interviews=(HELD,), words=(*heard("11-18"), *nudged("11-25"))
        ),
        "R24 they wrote after the application": replace(
            APPLIED, words=(*nudged("11-12"), *heard("11-13"))
        ),
        "R8 at an employer where an interview is ahead": replace(
            FIRST, interviews=(HELD,), processes=(Process(9, "Lead", Stage.FIRST, day("11-30")),)
        ),
        "R27 R8 through a recruiter, a date named": replace(
            FIRST,
            interviews=(HELD,),
            via_recruiter="Cy",
            expected_by=day("11-20"),
            expected_set_on=day("11-17"),
        ),
    },
    "called_off": {
        "R23 called off by them": replace(
            FIRST, interviews=(replace(HELD, called_off_by="them", called_off_on=day("11-16")),)
        ),
        "R23 they did not come, and were written to": replace(
            FIRST,
            interviews=(
                replace(HELD, kept=False, called_off_by="them", called_off_on=day("11-17")),
            ),
            words=(Word(day("11-18"), False, "other"),),
        ),
        "R23 called off by you": replace(
            FIRST,
            via_recruiter="Cy",
            interviews=(replace(HELD, called_off_by="you", called_off_on=day("11-16")),),
        ),
        "R23 called off, and agreed anew": replace(
            FIRST,
            interviews=(
                replace(HELD, called_off_by="them", called_off_on=day("11-16")),
                replace(AHEAD, stage=Stage.FIRST, timed_on=day("11-24")),
            ),
        ),
    },
    "tasks": {
        "R26 a task": replace(
            SECOND,
            assignments=(TASK,),
        ),
        "R26 a task without a day": replace(
            SECOND, assignments=(replace(TASK, due_on=None, due_at=None),)
        ),
        "R26 a task due at an hour": replace(
            SECOND, assignments=(replace(TASK, due_at=at("11-25T17:00")),)
        ),
        "R26 handed in": replace(
            SECOND, assignments=(replace(TASK, handed_in_on=day("11-24")),), interviews=(HELD,)
        ),
        "R26 handed in, and met since": replace(
            SECOND, assignments=(replace(TASK, handed_in_on=day("11-24")),), interviews=(AHEAD,)
        ),
    },
    "references": {
        "R11 references announced before, in an early stage": replace(
            APPLIED, reference_check_on=day("11-24"), references_announced_on=day("11-20")
        ),
        "R11 references": replace(SECOND, interviews=(HELD,), reference_check_on=day("11-18")),
        "R11 references on the day it moved": replace(SECOND, reference_check_on=day("11-16")),
        "R11 references, asked": replace(
            SECOND, reference_check_on=day("11-18"), words=nudged("11-17", "11-25")
        ),
        "R11 references, asked before the check": replace(
            SECOND, reference_check_on=day("11-18"), words=nudged("11-17")
        ),
        "R11 references, an interview on that evening": replace(
            FIRST, interviews=(LATE,), reference_check_on=day("11-17")
        ),
    },
    "offers": {
        "R12 R15 an offer": replace(OFFER, offered_at=at("11-19T21:00")),
        "R12 an offer, the hour not known": OFFER,
        "R12 R15 an offer before a holiday": replace(
            OFFER, offered_on=day("11-25"), stage_since=day("11-25"), offered_at=at("11-25T10:00")
        ),
        "R12 an offer before a holiday, the hour not known": replace(
            OFFER, offered_on=day("11-25"), stage_since=day("11-25")
        ),
        "R12 thanked": replace(OFFER, acknowledged=True),
        "R12 by word of mouth": replace(OFFER, verbal=True),
        "R12 by word of mouth, a deadline named": replace(
            OFFER, verbal=True, deadline_on=day("12-03"), deadline_set_on=day("11-19")
        ),
        "R12 by word of mouth, the deadline asked for": replace(
            OFFER, verbal=True, deadline_asked_on=day("11-19")
        ),
        "R12 never to be thanked for": replace(OFFER, verbal=True, acknowledgement_skipped=True),
        "R15 asked for the deadline": replace(
            OFFER, acknowledged=True, deadline_asked_on=day("11-20")
        ),
        "R25 signed": replace(OFFER, acknowledged=True, signed_on=day("11-24")),
        "R13 asked with the thanks on that very day": replace(
            OFFER, acknowledged=True, verbal=True, words=nudged("11-19")
        ),
        "R13 by word of mouth": replace(OFFER, acknowledged=True, verbal=True),
        "R13 by word of mouth, asked": replace(
            OFFER, acknowledged=True, verbal=True, words=nudged("11-24")
        ),
        "R13 the letter by a day": replace(
            OFFER,
            acknowledged=True,
            verbal=True,
            expected_by=day("11-24"),
            expected_set_on=day("11-19"),
        ),
    },
    "deadlines": {
        "R14 a deadline": replace(
            OFFER,
            acknowledged=True,
            deadline_on=day("12-03"),
            deadline_set_on=day("11-20"),
        ),
        "R14 a deadline with its hour": replace(
            OFFER,
            acknowledged=True,
            deadline_on=day("12-03"),
            deadline_at=at("12-03T17:00"),
            deadline_set_on=day("11-20"),
        ),
        "R14 a deadline soon": replace(
            OFFER,
            acknowledged=True,
            deadline_on=day("11-21"),
            deadline_set_on=day("11-20"),
        ),
        "R14 a deadline today": replace(
            OFFER,
            acknowledged=True,
            deadline_on=day("11-20"),
            deadline_at=at("11-20T16:00"),
            deadline_set_on=day("11-20"),
        ),
        "R14 more time asked": replace(
            OFFER,
            acknowledged=True,
            deadline_on=day("12-03"),
            deadline_set_on=day("11-20"),
            extension_asked_on=day("11-23"),
        ),
    },
    "other_terms": {
        "R17 other terms proposed": replace(
            OFFER, acknowledged=True, letter_on=day("11-20"), counter_sent_on=day("11-23")
        ),
        "R17 other terms, asked": replace(
            OFFER,
            acknowledged=True,
            counter_sent_on=day("11-20"),
            deadline_on=day("12-04"),
            deadline_set_on=day("11-20"),
            words=nudged("11-24", "11-27"),
        ),
        "R17 other terms, asked before": replace(
            OFFER, acknowledged=True, counter_sent_on=day("11-23"), words=nudged("11-20", "11-23")
        ),
        "R17 other terms, in time before a holiday": replace(
            OFFER,
            acknowledged=True,
            counter_sent_on=day("11-23"),
            deadline_on=day("11-27"),
            deadline_set_on=day("11-20"),
        ),
        "R17 they answered": replace(
            OFFER, acknowledged=True, counter_sent_on=day("11-20"), words=heard("11-20", "11-23")
        ),
    },
    "other_offers": {
        "R16 another offer": replace(
            SECOND,
            interviews=(HELD,),
            other_offer=OtherOffer(2, "Hooli", day("11-20"), day("12-03")),
        ),
        "R16 another offer without a deadline": replace(
            SECOND, interviews=(HELD,), other_offer=OtherOffer(2, "Hooli", day("11-20"))
        ),
        "R16 another offer of the same employer": replace(
            SECOND,
            company="Hooli Ltd",
            interviews=(HELD,),
            other_offer=OtherOffer(2, "Hooli", day("11-20")),
        ),
    },
    "accepted_elsewhere": {
        "R18 another offer, declined": replace(
            OFFER, via_recruiter="Cy", accepted_elsewhere=Acceptance(2, "Hooli", day("11-20"))
        ),
        "R18 nobody knows of it": replace(
            APPLIED, contact_known=False, accepted_elsewhere=Acceptance(2, "Hooli", day("11-20"))
        ),
        "R18 an automatic word is nobody": replace(
            APPLIED,
            contact_known=False,
            accepted_elsewhere=Acceptance(2, "Hooli", day("11-20")),
            words=(Word(day("11-03"), True, "automatic", human=False),),
        ),
        "R18 they wrote once": replace(
            APPLIED,
            contact_known=False,
            accepted_elsewhere=Acceptance(2, "Hooli", day("11-20")),
            words=heard("11-04"),
        ),
        "R18 another team of that employer": replace(
            SECOND,
            company="HOOLI Inc.",
            interviews=(HELD,),
            accepted_elsewhere=Acceptance(2, "Hooli", day("11-20")),
        ),
        "R18 that employer, nobody met": replace(
            APPLIED, company="Hooli", accepted_elsewhere=Acceptance(2, "Hooli", day("11-20"))
        ),
        "R18 rejected since": replace(
            SECOND,
            interviews=(HELD,),
            outcome=Outcome.REJECTED,
            closed_on=day("11-23"),
            accepted_elsewhere=Acceptance(2, "Hooli", day("11-20")),
        ),
        "R18 accepted elsewhere": replace(
            SECOND, interviews=(HELD,), accepted_elsewhere=Acceptance(2, "Hooli", day("11-20"))
        ),
        "R18 accepted elsewhere on the day it began": replace(
            FIRST,
            applied_on=day("11-10"),
            accepted_elsewhere=Acceptance(2, "Hooli", day("11-10")),
        ),
        "R18 goes on all the same": replace(
            SECOND,
            interviews=(HELD,),
            keeps_going=True,
            accepted_elsewhere=Acceptance(2, "Hooli", day("11-20")),
        ),
    },
    "after_accepting": {
        "R28 accepted, nothing in writing": replace(
            OFFER,
            verbal=True,
            acknowledged=True,
            outcome=Outcome.ACCEPTED,
            closed_on=day("11-23"),
            referrers=(BO,),
            references=(ANA,),
        ),
        "R28 accepted, the letter came": replace(
            OFFER, letter_on=day("11-24"), outcome=Outcome.ACCEPTED, closed_on=day("11-23")
        ),
        "R28 signed, a condition open": replace(
            OFFER,
            letter_on=day("11-24"),
            signed_on=day("11-25"),
            open_conditions=1,
            outcome=Outcome.ACCEPTED,
            closed_on=day("11-23"),
        ),
        "R28 signed, the first day known": replace(
            OFFER,
            letter_on=day("11-20"),
            signed_on=day("11-22"),
            starts_work_on=day("12-14"),
            outcome=Outcome.ACCEPTED,
            closed_on=day("11-23"),
        ),
    },
    "rejections": {
        "R19 rejected": replace(
            SECOND,
            interviews=(HELD,),
            outcome=Outcome.REJECTED,
            closed_on=day("11-23"),
            closed_at=at("11-23T20:30"),
        ),
        "R19 rejected on the day of the interview": replace(
            FIRST, interviews=(HELD,), outcome=Outcome.REJECTED, closed_on=day("11-17")
        ),
        "R19 rejected late in the evening of the interview": replace(
            FIRST, interviews=(LATE,), outcome=Outcome.REJECTED, closed_on=day("11-17")
        ),
        "R19 rejected two days before a holiday": replace(
            FIRST, interviews=(HELD,), outcome=Outcome.REJECTED, closed_on=day("11-24")
        ),
        "R19 thanked for it": replace(
            SECOND,
            interviews=(HELD,),
            outcome=Outcome.REJECTED,
            closed_on=day("11-23"),
            thanked_for_rejection=True,
        ),
        "R20 rejected without an interview": replace(
            APPLIED, outcome=Outcome.REJECTED, closed_on=day("11-23")
        ),
        "R20 no wish to stay in touch": replace(
            SECOND,
            interviews=(HELD,),
            outcome=Outcome.REJECTED,
            closed_on=day("11-23"),
            stay_in_touch=False,
        ),
    },
    "promises": {
        "R21 promises": replace(
            FIRST,
            interviews=(HELD,),
            promises=(
                Promise(1, "send the\nsample " + "of the work " * 20, day("11-17")),
                Promise(2, "a link", day("11-17"), day("11-24")),
            ),
        ),
        "R21 promises after an acceptance": replace(
            OFFER,
            outcome=Outcome.ACCEPTED,
            closed_on=day("11-23"),
            promises=(Promise(2, "a link", day("11-17"), day("11-24")),),
        ),
    },
}


def told(made: Plan) -> str:
    """A plan in words: three lines for each follow-up, one for what silence leads to."""
    lines = []
    for one in made.follow_ups:
        whose = f" #{one.interview_id}" if one.interview_id is not None else ""
        whom = f" @{one.person}" if one.person else ""
        lines += [
            f"{one.rule} {one.anchor} {one.nth}/{one.of} {one.action}{whose}{whom}",
            f"  {one.label} — {one.reason}",
            f"  due {one.due_on:%a %d %b}"
            + moment(" at", one.due_at)
            + moment("; late from", one.late_from)
            + moment("; not before", one.not_before)
            + moment("; late until", one.late_until)
            + moment("; lapses", one.lapses_at),
        ]
    if made.quiet_on is not None:
        days = made.quiet_on, made.close_suggested_on
        lines.append("dormant {:%a %d %b}, close {:%a %d %b}".format(*days))
    if made.waiting:
        lines.append(f"else: {made.waiting}")
    return "\n".join(lines)


def moment(lead: str, instant: datetime | None) -> str:
    return f"{lead} {instant:%a %d %b %H:%M %Z}" if instant is not None else ""


def all_told() -> golden.Told:
    return {
        subject: {name: told(plan(facts, RULES)) for name, facts in cases.items()}
        for subject, cases in CASES.items()
    }


@pytest.fixture(scope="module")
def expected() -> golden.Told:
    return golden.expected(PLANS, all_told)


@each_row(
    ("subject", "name"),
    [pytest.param(subject, name, id=name) for subject, cases in CASES.items() for name in cases],
)
def test_the_whole_plan(expected: golden.Told, subject: str, name: str) -> None:
    assert told(plan(CASES[subject][name], RULES)) == expected[subject][name]


@pytest.mark.parametrize("machine", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_zone_of_the_machine_does_not_matter(
    expected: golden.Told, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", machine)
        time.tzset()
        plans = all_told()
    time.tzset()
    assert plans == expected


def test_every_block_has_its_case_and_every_rule_is_there(expected: golden.Told) -> None:
    golden.check_names(expected, CASES)
    text = "\n".join(block for blocks in expected.values() for block in blocks.values())
    planned = {int(rule) for rule in re.findall(r"^R(\d+) ", text, re.MULTILINE)}
    dormant = {2, 10}
    assert planned == set(range(1, 29)) - dormant
