"""What an offer asks for: R12 to R15 and R17."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from store.rules.dates import clock_time, roll_back, roll_forward
from store.rules.delays import hours_later, midnight
from store.rules.followup_facts import Facts
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import Planned, label, reason, said, through
from store.rules.silence import human_answers, nudges, promised_by

_Due = tuple[date, datetime | None]


def offer(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """All for the offer in hand; nothing once it is signed."""
    if facts.signed_on is not None:
        return
    yield from _acknowledgement(facts, rules)
    if facts.deadline_on is not None:
        yield from _deadline(facts, rules, facts.deadline_on)
    else:
        yield from _no_deadline(facts, rules)
    if _counter_is_open(facts):
        yield from _counter(facts, rules)
    elif facts.verbal and facts.letter_on is None:
        yield from _letter(facts, rules)


def _acknowledgement(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R12: thank for the offer."""
    if facts.acknowledged:
        return
    offered_on = _offered_on(facts)
    due_on, due_at = _within(facts, rules, hours=rules.offer.acknowledge_hours)
    yield Planned(
        rule="R12",
        anchor=_anchor(facts),
        nth=1,
        of=1,
        action="acknowledge",
        label=rules.labels["acknowledge"],
        reason=reason(rules, "offered", offered=offered_on),
        due_on=due_on,
        due_at=due_at,
        lapses_at=midnight(offered_on + timedelta(days=rules.offer.lapse_days), facts.zone),
    )


def _no_deadline(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R15: ask for a day, and decide soon without one."""
    rule, offered_on = rules.no_deadline, _offered_on(facts)
    why = reason(rules, "no_deadline", offered=offered_on)
    due_on, due_at = _within(facts, rules, hours=rule.ask_hours)
    yield Planned(
        rule="R15",
        anchor=_anchor(facts),
        nth=1,
        of=2,
        action="ask_deadline",
        label=rules.labels["ask_deadline"],
        reason=why,
        due_on=due_on,
        due_at=due_at,
        lapses_at=midnight(offered_on + timedelta(days=rule.ask_lapse_days), facts.zone),
    )
    yield Planned(
        rule="R15",
        anchor=_anchor(facts),
        nth=2,
        of=2,
        action="decide_soft",
        label=rules.labels["decide_soft"],
        reason=why,
        due_on=rule.soft.after(offered_on, rules.holidays),
    )


def _deadline(facts: Facts, rules: Rules, day: date) -> Iterator[Planned]:
    """R14: each reminder gives way to the next; none is due before the deadline was entered.

    The last one stays for a while after the deadline, since an offer unanswered is news. More
    time is asked for once.
    """
    rule = rules.deadline
    at = facts.deadline_at.astimezone(facts.zone) if facts.deadline_at else None
    over = (at or midnight(day, facts.zone)) + timedelta(days=rule.lapse_days)
    entered = facts.deadline_set_on or date.min
    first = _before(day, at, day - timedelta(days=rule.first_days))
    second = _before(day, at, day - timedelta(days=rule.second_days))
    more_time_on = roll_back(day - timedelta(days=rule.more_time_days), rules.holidays)
    more_time = _before(day, at, more_time_on)
    last: _Due = (day, None)
    if at is not None:
        last_at = hours_later(at, -rule.last_hours, facts.zone)
        last = (last_at.date(), last_at)
    steps: tuple[tuple[str, str, _Due, _Due | None], ...] = (
        ("decide", "decide", first, second),
        ("more_time", "more_time", more_time, second),
        ("decide", "decide", second, last),
        ("decide", "decide_last", last, None),
    )
    wanted = said(day) + (f" {clock_time(at)}" if at else "")
    for nth, (action, name, (due_on, due_at), gives_way) in enumerate(steps, start=1):
        if gives_way is not None and gives_way[0] <= entered:
            continue
        if action == "more_time" and facts.extension_asked_on is not None:
            continue
        if due_on < entered:
            due_on, due_at = entered, None
        lapses_at = over
        if gives_way is not None:
            lapses_at = gives_way[1] or midnight(gives_way[0], facts.zone)
        yield Planned(
            rule="R14",
            anchor=f"deadline:{day.isoformat()}",
            nth=nth,
            of=len(steps),
            action=action,
            label=rules.labels[name],
            reason=reason(rules, "deadline", deadline=wanted),
            due_on=due_on,
            due_at=due_at,
            lapses_at=lapses_at,
        )


def _before(deadline_on: date, at: datetime | None, day: date) -> _Due:
    """The day `day`, at the time of the deadline if that has one."""
    return day, at - (deadline_on - day) if at else None


def _letter(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R13: ask for the offer in writing, counted anew from each answer or date that they give."""
    rule = rules.letter
    since = max([_offered_on(facts), *(word.sent_on for word in human_answers(facts))])
    first_on = rule.inquiry.after(since, rules.holidays)
    why = reason(rules, "verbal", offered=_offered_on(facts))
    promised = promised_by(facts)
    if promised is not None:
        since = promised
        first_on = rules.promise.inquiry.after(promised, rules.holidays)
        why = reason(rules, "promised", promised=promised)
    sent = nudges(facts, after=since)
    nth = len(sent) + 1
    if nth > rule.at_most:
        return
    if sent:
        why = reason(rules, "asked", asked=sent[-1])
    yield Planned(
        rule="R13",
        anchor=f"offer:{since.isoformat()}",
        nth=nth,
        of=rule.at_most,
        action="ask_letter",
        label=label(facts, rules, "ask_letter_again" if sent else "ask_letter"),
        reason=through(facts, rules, why),
        due_on=rule.spacing.after(sent[-1], rules.holidays) if sent else first_on,
    )


def _counter_is_open(facts: Facts) -> bool:
    """Whether a counter-proposal waits for its answer."""
    sent_on = facts.counter_sent_on
    if sent_on is None or sent_on < facts.stage_since:
        return False
    return not any(word.sent_on > sent_on for word in human_answers(facts))


def _counter(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R17: ask for the answer, on a business day and in time before the deadline of the offer."""
    rule, sent_on = rules.counter, facts.counter_sent_on
    assert sent_on is not None
    sent = nudges(facts, after=sent_on)
    if len(sent) >= rule.at_most:
        return
    due_on = rule.inquiry.after(sent[-1] if sent else sent_on, rules.holidays)
    lapses_at = None
    if facts.deadline_on is not None:
        last_on = facts.deadline_on - timedelta(days=rule.last_days)
        due_on = min(due_on, roll_back(last_on, rules.holidays))
        lapses_at = midnight(last_on + timedelta(days=1), facts.zone)
    if due_on <= (sent[-1] if sent else sent_on):
        return
    yield Planned(
        rule="R17",
        anchor=f"counter:{sent_on.isoformat()}",
        nth=len(sent) + 1,
        of=rule.at_most,
        action="ask_counter",
        label=label(facts, rules, "ask_counter"),
        reason=through(facts, rules, reason(rules, "counter", sent=sent_on)),
        due_on=due_on,
        lapses_at=lapses_at,
    )


def _offered_on(facts: Facts) -> date:
    return facts.offered_on or facts.stage_since


def _anchor(facts: Facts) -> str:
    return f"offer:{_offered_on(facts).isoformat()}"


def _within(facts: Facts, rules: Rules, *, hours: int) -> _Due:
    """So many hours after the offer came in, on a business day; a day only if no time is known."""
    if facts.offered_at is None:
        return roll_forward(_offered_on(facts) + timedelta(hours=hours), rules.holidays), None
    due_at = hours_later(facts.offered_at, hours, facts.zone)
    due_at += roll_forward(due_at.date(), rules.holidays) - due_at.date()
    return due_at.date(), due_at
