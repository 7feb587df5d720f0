"""Which follow-ups there should be: one pure function from the facts of an application.

`plan` looks at no clock. Each planned follow-up carries its whole window (not before, due, late,
lapses), so that the passing of time alone never changes what is planned.
"""

from collections.abc import Iterable
from datetime import date

from store.rules.after_the_end import after_the_end
from store.rules.around_interviews import answers, debriefs, preparations, references, thank_yous
from store.rules.around_offers import offer
from store.rules.followup_facts import (
    Acceptance,
    Facts,
    OtherOffer,
    Person,
    Promise,
    Talk,
    Word,
)
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import INQUIRIES, NUDGES, Key, Plan, Planned, in_order
from store.rules.other_cards import accepted_elsewhere, telling, withdrawal
from store.rules.promises import deliveries
from store.rules.silence import dormant_days, inquiry, silence
from store.rules.stages import Outcome, Stage

__all__ = [
    "INQUIRIES",
    "NUDGES",
    "TELLING",
    "Acceptance",
    "Facts",
    "Key",
    "OtherOffer",
    "Person",
    "Plan",
    "Planned",
    "Promise",
    "Talk",
    "Word",
    "plan",
    "plan_telling",
]

TELLING = "R16"
"""The rule by which another card's offer asks for something; no other one looks at it."""


def plan(facts: Facts, rules: Rules) -> Plan:
    """The follow-ups of one application: rules R1–R21 and their precedence (knowledge A.1, A.2).

    A closed application keeps its thank-yous, what a rejection asks for, and after an acceptance
    the user's own promises. At most one inquiry is planned at a time: the employer's own date
    beats the default delays, and a human answer ends the asking. Nobody is written to unasked
    who wants no contact, or about an application that is to be withdrawn.
    """
    planned = [*thank_yous(facts, rules)]
    if facts.outcome is not None:
        planned += after_the_end(facts, rules)
        if facts.outcome is Outcome.ACCEPTED:
            planned += deliveries(facts, rules)
        return _made(facts, planned)
    for family in (answers, preparations, debriefs, references, deliveries, withdrawal, telling):
        planned += family(facts, rules)
    if facts.stage is Stage.OFFER:
        planned += offer(facts, rules)
        return _made(facts, planned)
    waiting = silence(facts, rules)
    planned += inquiry(facts, rules, waiting)
    return _made(facts, planned, *dormant_days(waiting, rules))


def plan_telling(facts: Facts, rules: Rules) -> tuple[Planned, ...]:
    """Of the plan of an open application, all that follows from the offer of another one.

    `facts` may lack what has no say in it: talks, messages, people, promises.
    """
    return _made(facts, telling(facts, rules)).follow_ups


def _made(
    facts: Facts,
    planned: Iterable[Planned],
    dormant_on: date | None = None,
    close_suggested_on: date | None = None,
) -> Plan:
    held_back = NUDGES if facts.no_contact or accepted_elsewhere(facts) else frozenset[str]()
    follow_ups = (one for one in planned if one.action not in held_back)
    return Plan(
        tuple(in_order(one, facts.zone) for one in follow_ups), dormant_on, close_suggested_on
    )
