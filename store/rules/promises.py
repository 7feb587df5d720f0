"""What the user promised to do: R21."""

from collections.abc import Iterator
from datetime import date, timedelta

from store.rules.followup_facts import Facts
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import Planned, promise_words, reason
from store.rules.reading import parse_window
from store.rules.refusal import Refused


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


def promised_for(text: str, today: date) -> date | None:
    """The day that a promise written down on `today` names: “send the sample by fri”; else None."""
    _, by, words = f" {' '.join(text.lower().split())}".rpartition(" by ")
    if not by:
        return None
    try:
        return parse_window(words.rstrip(".!"), today)
    except Refused:
        return None
