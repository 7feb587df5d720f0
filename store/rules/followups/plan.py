"""Which follow-ups there should be: one pure function from the facts of an application.

`plan` looks at no clock. Each planned follow-up carries its whole window (not before, due, late,
lapses), so that the passing of time alone never changes what is planned.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from store.rules.followups.actions import NUDGES
from store.rules.followups.ends import after_the_end, deliveries
from store.rules.followups.facts import Facts
from store.rules.followups.interviews import AROUND_INTERVIEWS, thank_yous
from store.rules.followups.numbers import Rules
from store.rules.followups.offers import (
    acceptance_elsewhere,
    news_for_others,
    offer,
    telling_day,
    waiting_after_yes,
    withdrawal,
)
from store.rules.followups.planned import Plan, Planned, in_order
from store.rules.followups.silence import inquiry, quiet_days, wait_that_counts, waiting_words
from store.rules.stages import Outcome, Stage


def plan(facts: Facts, rules: Rules) -> Plan:
    """The follow-ups of one application: rules R1–R28 and their precedence (knowledge A.1, A.2).

    A closed application keeps its thank-yous, what a rejection asks for, and after an acceptance
    what leads to the first day at work. At most one inquiry is planned at a time: the employer's
    own date beats the default delays, and a human answer lets the wait begin anew. Nobody is
    written to unasked who wants no contact. After a yes to another offer there is nothing to do but
    to say so (R18).
    """
    if facts.outcome is not None:
        return _plan_of_closed(facts, rules)
    if acceptance_elsewhere(facts) is not None:
        return _plan_of(facts, withdrawal(facts, rules), waiting=waiting_after_yes(facts, rules))
    planned = [*thank_yous(facts, rules)]
    for family in _FAMILIES:
        planned += family(facts, rules)
    if facts.stage is Stage.OFFER:
        planned += offer(facts, rules)
        return _plan_of(facts, planned, waiting=rules.waiting["offer"])
    wait = wait_that_counts(facts, rules)
    told_on = telling_day(facts, rules)
    if told_on is not None:
        # That message asks where things stand: a question beside it would pester.
        rest = rules.interview.spacing if wait.action == "inquire" else rules.time.inquiry
        wait = replace(wait, not_before=rest.after(told_on, rules.holidays))
    planned += inquiry(facts, rules, wait)
    words = waiting_words(facts, rules, wait)
    return _plan_of(facts, planned, *quiet_days(facts, rules, wait), waiting=words)


_FAMILIES = (*AROUND_INTERVIEWS, deliveries, news_for_others)
"""What is planned for an open application besides thank-yous, its offer and its silence."""


def _plan_of_closed(facts: Facts, rules: Rules) -> Plan:
    """The plan of a closed application. After a yes elsewhere nothing is owed any more."""
    if facts.outcome is not Outcome.ACCEPTED and acceptance_elsewhere(facts) is not None:
        return Plan(())
    return _plan_of(facts, [*thank_yous(facts, rules), *after_the_end(facts, rules)])


def _plan_of(
    facts: Facts,
    planned: Iterable[Planned],
    quiet_on: date | None = None,
    close_suggested_on: date | None = None,
    *,
    waiting: str = "",
) -> Plan:
    held_back = NUDGES if facts.no_contact else frozenset[str]()
    follow_ups = (one for one in planned if one.action not in held_back)
    return Plan(
        tuple(in_order(one, facts.zone) for one in follow_ups),
        quiet_on,
        close_suggested_on,
        waiting,
    )
