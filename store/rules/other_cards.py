"""What an offer on one card means for the others: R16 and R18."""

from collections.abc import Iterator
from datetime import date, timedelta

from store.rules.delays import midnight
from store.rules.employers import folded_employer
from store.rules.followup_facts import Acceptance, Facts, OtherOffer
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import Planned, label, reason, shortened, through
from store.rules.silence import live
from store.rules.stages import INTERVIEW_STAGES, Stage


def telling(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R16: an employer who is interviewing hears of the offer that another one has made, and by
    when it must be answered, once that is known."""
    other = facts.other_offer
    if other is None or facts.stage not in INTERVIEW_STAGES:
        return
    if _same_employer(facts, other.company):
        return
    due_on = rules.other_offer.tell.after(other.offered_on, rules.holidays)
    company = shortened(other.company)
    if other.deadline_on is None:
        name = "tell_offer"
        why = reason(rules, "other_offer_open", company=company, offered=other.offered_on)
        lapses_on = other.offered_on + timedelta(days=rules.other_offer.lapse_days)
    else:
        name = "tell_date"
        why = reason(
            rules,
            "other_offer",
            company=company,
            offered=other.offered_on,
            deadline=other.deadline_on,
        )
        due_on = min(due_on, max(other.offered_on, other.deadline_on))
        lapses_on = max(due_on, other.deadline_on) + timedelta(days=1)
    yield Planned(
        rule="R16",
        anchor=f"offer-of:{other.application_id}",
        nth=1,
        of=1,
        action="tell_date",
        label=label(facts, rules, name),
        reason=through(facts, rules, why),
        due_on=due_on,
        lapses_at=midnight(lapses_on, facts.zone),
        names_day=other.deadline_on,
    )
    if other.deadline_on is not None:
        yield from _telling_again(facts, rules, other, other.deadline_on)


def _telling_again(
    facts: Facts, rules: Rules, other: OtherOffer, deadline_on: date
) -> Iterator[Planned]:
    """Whoever was told without a date, or of a later one, would act too late by what they know.

    A later date than the one they know of needs no word: they have more time than they think.
    """
    told = facts.told
    if told is None or told.application_id != other.application_id:
        return
    if told.deadline_on is not None and told.deadline_on <= deadline_on:
        return
    known_on = max(told.on, other.deadline_set_on or told.on)
    why = reason(
        rules,
        "told_before",
        told=told.on,
        company=shortened(other.company),
        deadline=deadline_on,
    )
    yield Planned(
        rule="R16",
        anchor=f"deadline-of:{other.application_id}:{deadline_on.isoformat()}",
        nth=2,
        of=2,
        action="tell_date",
        label=label(facts, rules, "tell_date" if told.deadline_on is None else "tell_earlier"),
        reason=through(facts, rules, why),
        due_on=min(rules.other_offer.tell.after(known_on, rules.holidays), deadline_on),
        lapses_at=midnight(deadline_on + timedelta(days=1), facts.zone),
        names_day=deadline_on,
    )


def withdrawal(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R18: what an acceptance asks for on each other application, the same day.

    Another offer is declined. Where somebody there knows of the user, the application is
    withdrawn; where nobody does, it is closed without a word. At the employer whose offer was taken
    nothing is asked for, but a kind word to another team that was to meet the user (product).
    """
    accepted = accepted_elsewhere(facts)
    action = _farewell(facts, accepted) if accepted is not None else ""
    if accepted is None or not action:
        return
    due_on = rules.acceptance.withdraw.after(accepted.on, rules.holidays)
    late_on = rules.acceptance.late.after(due_on, rules.holidays)
    company = shortened(accepted.company)
    yield Planned(
        rule="R18",
        anchor=f"accepted:{accepted.application_id}",
        nth=1,
        of=1,
        action=action,
        label=label(facts, rules, _FAREWELLS[action], company=company),
        reason=reason(rules, "accepted", company=company, accepted=accepted.on),
        due_on=due_on,
        late_until=midnight(late_on + timedelta(days=1), facts.zone),
    )


_FAREWELLS = {
    "decline": "decline_offer",
    "withdraw": "withdraw",
    "kind_word": "kind_word",
    "close_silent": "close_silent",
}
"""The label of each action."""


def _farewell(facts: Facts, accepted: Acceptance) -> str:
    """What is owed to the employer after a yes to another one; empty for nothing."""
    if _same_employer(facts, accepted.company):
        return "kind_word" if live(facts) or facts.stage is not Stage.APPLIED else ""
    if facts.stage is Stage.OFFER:
        return "decline"
    wrote = any(word.inbound and word.human for word in facts.words)
    known = facts.contact_known or bool(facts.via_recruiter)
    if facts.talks or wrote or known or facts.stage in INTERVIEW_STAGES:
        return "withdraw"
    return "close_silent"


def waiting_after_yes(facts: Facts, rules: Rules) -> str:
    """What an open application waits for after a yes to another one, in words."""
    accepted = accepted_elsewhere(facts)
    assert accepted is not None
    if _same_employer(facts, accepted.company):
        return rules.waiting["elsewhere"]
    return rules.waiting["taken"].format(company=shortened(accepted.company))


def _same_employer(facts: Facts, company: str) -> bool:
    return bool(facts.company) and folded_employer(facts.company) == folded_employer(company)


def accepted_elsewhere(facts: Facts) -> Acceptance | None:
    """The acceptance that ends this application too: not one from before it was made, and none
    where the user goes on."""
    accepted = facts.accepted_elsewhere
    if accepted is None or facts.keeps_going:
        return None
    begun = facts.applied_on or facts.stage_since
    return accepted if begun <= accepted.on else None
