"""What is left to do after a rejection: R19 and R20."""

from collections.abc import Iterator
from datetime import date, timedelta

from store.rules.dates import roll_forward
from store.rules.delays import hours_later, local_day, midnight
from store.rules.followup_facts import Facts
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import Planned, reason
from store.rules.stages import Outcome


def after_the_end(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """The follow-ups of a rejected application; none after any other outcome."""
    if facts.outcome is not Outcome.REJECTED or facts.closed_on is None:
        return
    interviewed = _interviewed(facts, facts.closed_on)
    if interviewed or not rules.rejection.only_after_interview:
        yield from _thanks(facts, rules, facts.closed_on)
    if interviewed and facts.stay_in_touch:
        yield from _staying(facts, rules, facts.closed_on)


def _thanks(facts: Facts, rules: Rules, closed_on: date) -> Iterator[Planned]:
    """R19: thanks and one question, when the first sting is over."""
    rule = rules.rejection
    if facts.thanked_for_rejection:
        return
    not_before = None
    if facts.closed_at is not None:
        not_before = hours_later(facts.closed_at, rule.not_before_hours, facts.zone)
    yield Planned(
        rule="R19",
        anchor=_anchor(closed_on),
        nth=1,
        of=1,
        action="thank_reply",
        label=rules.labels["thank_reply"],
        reason=reason(rules, "rejected", closed=closed_on),
        due_on=roll_forward(closed_on + timedelta(hours=rule.thank_hours), rules.holidays),
        not_before=not_before,
        lapses_at=midnight(closed_on + timedelta(days=rule.lapse_days), facts.zone),
    )


def _staying(facts: Facts, rules: Rules, closed_on: date) -> Iterator[Planned]:
    """R20: a touch after three months, unless they want no contact; another look after six."""
    rule = rules.staying
    steps = (
        ("keep_in_touch", rule.touch.after(closed_on, rules.holidays)),
        ("look_again", rule.look_again.after(closed_on, rules.holidays)),
    )
    for nth, (action, due_on) in enumerate(steps, start=1):
        if action == "keep_in_touch" and facts.no_contact:
            continue
        yield Planned(
            rule="R20",
            anchor=_anchor(closed_on),
            nth=nth,
            of=len(steps),
            action=action,
            label=rules.labels[action],
            reason=reason(rules, "rejected", closed=closed_on),
            due_on=due_on,
            lapses_at=midnight(due_on + timedelta(days=rule.lapse_days), facts.zone),
        )


def _interviewed(facts: Facts, by: date) -> bool:
    return any(
        talk.ends_at is not None
        and talk.kept is not False
        and local_day(talk.ends_at, facts.zone) <= by
        for talk in facts.talks
    )


def _anchor(closed_on: date) -> str:
    return f"closed:{closed_on.isoformat()}"
