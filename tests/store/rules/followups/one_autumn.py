"""The application that most tests of the follow-ups begin with, and how its plan is asked.

It is sent on Saturday 1 November 2025; the first interview is on Thursday 27 November.
"""

from dataclasses import replace
from datetime import date, datetime

from store.rules.followups.facts import Facts, Word
from store.rules.followups.numbers import Rules
from store.rules.followups.plan import plan
from store.rules.followups.planned import Planned
from store.rules.followups.presets import rules_for
from store.rules.stages import Stage
from tests.makers import BERLIN, facts, interview_facts, invited

ZONE = BERLIN
RULES = rules_for()


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


APPLIED = facts(date(2025, 11, 1))
TALK = interview_facts(at(2025, 11, 27, 14))
MET = replace(APPLIED, stage=Stage.FIRST, stage_since=date(2025, 11, 20), interviews=(TALK,))
SLOTS = replace(
    MET,
    interviews=(
        invited(date(2025, 11, 20), id=3, answered=True, offered_slots_on=date(2025, 11, 20)),
    ),
)
"""Invited on 20 November, and answered on that day with times."""
CHECKED = replace(MET, reference_check_on=date(2025, 12, 1))
OFFERED = replace(
    APPLIED,
    stage=Stage.OFFER,
    stage_since=date(2025, 12, 4),
    offered_on=date(2025, 12, 4),
)


def nudge(*days: date) -> tuple[Word, ...]:
    """Inquiries that were sent."""
    return tuple(Word(day, inbound=False, kind="nudge") for day in days)


def reply(day: date, kind: str = "reply") -> Word:
    """A message of theirs; only one of the kind `automatic` is not written by a human."""
    return Word(day, inbound=True, kind=kind, human=kind != "automatic")


def by_rule(facts: Facts, rule: str, rules: Rules = RULES) -> list[Planned]:
    """What the rule `rule` plans."""
    return [one for one in plan(facts, rules).follow_ups if one.rule == rule]


def asking(facts: Facts, rules: Rules = RULES) -> list[Planned]:
    """The inquiries that are planned because they are silent."""
    actions = ("inquire", "ask_slot", "ask_time")
    return [one for one in plan(facts, rules).follow_ups if one.action in actions]


def inquiries(facts: Facts, rules: Rules = RULES) -> list[tuple[str, int, date]]:
    """The inquiries by rule, number and day."""
    return [(one.rule, one.nth, one.due_on) for one in asking(facts, rules)]
