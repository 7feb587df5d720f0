"""What was promised (R21), and what is left to do once an application is closed.

R19 and R20 after a rejection; R28, with R11, R13 and R21, on the offer that was accepted.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from store.rules.dates import roll_forward
from store.rules.followups.facts import Facts
from store.rules.followups.interviews import references
from store.rules.followups.numbers import Delay, Rules, hours_later, local_day, midnight
from store.rules.followups.offers import deadline_words, letter
from store.rules.followups.planned import Planned, label, promise_words, reason, short_name
from store.rules.stages import Outcome
from store.rules.text import Refused
from store.rules.typed.days import parse_window


def deliveries(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """Each promise on the day that was named for it, else a day later; kept until it is done."""
    for promise in facts.promises:
        soon = promise.made_on + timedelta(hours=rules.own_promise.deliver_hours)
        why = "promised_for" if promise.due_on else "promised_on"
        due_on = promise.due_on or soon
        yield Planned(
            rule="R21",
            anchor=f"point:{promise.id}",
            action="deliver",
            label=rules.labels["deliver"].format(promise=promise_words(promise.text)),
            reason=reason(rules, why, due=due_on, made=promise.made_on),
            due_on=due_on,
        )


def promise_day(text: str, today: date) -> date | None:
    """The day that a promise written down on `today` names: “send the sample by fri”; else None."""
    _, by, words = f" {' '.join(text.lower().split())}".rpartition(" by ")
    if not by:
        return None
    try:
        return parse_window(words.rstrip(".!"), today)
    except Refused:
        return None


def after_the_end(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """The follow-ups of a rejected or accepted application; none after any other outcome."""
    if facts.closed_on is None:
        return
    if facts.outcome is Outcome.ACCEPTED:
        yield from _after_yes(facts, rules, facts.closed_on)
    elif facts.outcome is Outcome.REJECTED:
        interviewed = _had_interview(facts, facts.closed_on)
        if interviewed or not rules.rejection.only_after_interview:
            yield from _thanks(facts, rules, facts.closed_on)
        if interviewed and facts.stay_in_touch:
            yield from _keep_in_touch(facts, rules, facts.closed_on)


def _after_yes(facts: Facts, rules: Rules, accepted_on: date) -> Iterator[Planned]:
    """R28, until the first day at work: the papers, those who helped, notice, and that day.

    A yes to an offer by word of mouth is given in writing the same day. Nobody gives notice before
    both have signed and every condition is cleared (knowledge D.4): what came last says from when
    on.
    """
    rule = rules.after_yes
    start, signed = facts.starts_work_on, facts.signed_on
    yield from deliveries(facts, rules)
    yield from references(facts, rules)
    if signed is None:
        # The yes asks for the offer in writing: asking for it again waits as long as after it came.
        asks_on = rules.letter.inquiry.after(accepted_on, rules.holidays)
        yield from (replace(one, due_on=max(one.due_on, asks_on)) for one in letter(facts, rules))
    accepted = reason(rules, "accepted_here", accepted=accepted_on)

    def step(
        action: str,
        words: str,
        why: str,
        due_on: date,
        person: str = "",
        late_from: datetime | None = None,
    ) -> Planned:
        over = max(start or due_on, due_on) + timedelta(days=1 + rule.lapse_days)
        return Planned(
            rule="R28",
            anchor=f"{action}:{accepted_on.isoformat()}",
            action=action,
            label=words,
            reason=why,
            due_on=due_on,
            lapses_at=midnight(over, facts.zone),
            late_from=late_from,
            person=person,
        )

    def soon(delay: Delay, day: date) -> date:
        return delay.after(max(day, accepted_on), rules.holidays)

    if signed is None and facts.letter_on is None and facts.verbal:
        words = label(facts, rules, "confirm_yes")
        yield step("confirm_yes", words, accepted, accepted_on)
    elif signed is None:
        came = facts.letter_on or accepted_on
        why = accepted if facts.letter_on is None else reason(rules, "letter_came", letter=came)
        due_on, until = soon(rule.sign, came), _open_until(facts)
        if until is not None and until > midnight(due_on, facts.zone):
            why = reason(rules, "open_until", reason=why, deadline=deadline_words(facts))
            yield step("sign", rules.labels["sign"], why, due_on, late_from=until)
        else:
            yield step("sign", rules.labels["sign"], why, due_on)
    for person in {one.id: one for one in (*facts.referrers, *facts.references)}.values():
        thanks = rules.labels["thank_helper"].format(person=short_name(person.name))
        due_on = soon(rule.helpers, accepted_on)
        yield step("thank_helper", thanks, accepted, due_on, str(person.id))
    if signed is not None and start is None:
        why = reason(rules, "signed", signed=signed)
        yield step("agree_start", rules.labels["agree_start"], why, soon(rule.start, signed))
    if signed is not None and not facts.open_conditions:
        free, why = signed, reason(rules, "signed", signed=signed)
        last = facts.last_cleared
        if last is not None and last.cleared_on > signed:
            free = last.cleared_on
            why = reason(rules, "cleared", cleared=free, condition=promise_words(last.text))
        yield step("give_notice", rules.labels["give_notice"], why, soon(rule.notice, free))
    if start is not None:
        why = reason(rules, "starts_work", starts=start)
        yield step("first_day", rules.labels["first_day"], why, start)


def _open_until(facts: Facts) -> datetime | None:
    """The end of the offer's deadline, where it has one."""
    if facts.deadline_at is not None or facts.deadline_on is None:
        return facts.deadline_at
    return midnight(facts.deadline_on + timedelta(days=1), facts.zone)


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
        action="thank_reply",
        label=label(facts, rules, "thank_reply"),
        reason=reason(rules, "rejected", closed=closed_on),
        due_on=roll_forward(closed_on + timedelta(hours=rule.thank_hours), rules.holidays),
        not_before=not_before,
        lapses_at=midnight(closed_on + timedelta(days=rule.lapse_days), facts.zone),
    )


def _keep_in_touch(facts: Facts, rules: Rules, closed_on: date) -> Iterator[Planned]:
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


def _had_interview(facts: Facts, by: date) -> bool:
    return any(
        interview.ends_at is not None
        and interview.kept is not False
        and not interview.called_off_by
        and local_day(interview.ends_at, facts.zone) <= by
        for interview in facts.interviews
    )


def _anchor(closed_on: date) -> str:
    return f"closed:{closed_on.isoformat()}"
