"""What the user promised to do: R21."""

from collections.abc import Iterator
from datetime import timedelta

from store.rules.followup_facts import Facts
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import Planned, promise_words, reason


def deliveries(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """Each promise on the day that was named for it, else a day later; kept until it is done."""
    for promise in facts.promises:
        soon = promise.made_on + timedelta(hours=rules.own_promise.deliver_hours)
        why = "promised_for" if promise.due_on else "promised_on"
        due_on = promise.due_on or soon
        yield Planned(
            rule="R21",
            anchor=f"point:{promise.id}",
            nth=1,
            of=1,
            action="deliver",
            label=rules.labels["deliver"].format(promise=promise_words(promise.text)),
            reason=reason(rules, why, due=due_on, made=promise.made_on),
            due_on=due_on,
        )
