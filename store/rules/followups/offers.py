"""What an offer asks for, R12 to R15, R17 and R25, and what it means elsewhere, R16 and R18."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from store.rules.dates import clock_time, roll_back, roll_forward
from store.rules.employers import folded_employer
from store.rules.followups.facts import Acceptance, Facts, OtherOffer, Telling
from store.rules.followups.numbers import Rules, hours_later, midnight
from store.rules.followups.planned import (
    Key,
    Planned,
    at_birth,
    day_words,
    label,
    reason,
    short_name,
    through,
)
from store.rules.followups.silence import decision_date
from store.rules.followups.waits import human_answers, live, nudges
from store.rules.stages import INTERVIEW_STAGES, Stage

_Due = tuple[date, datetime | None]


def offer(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """All for the offer in hand; once it is signed, only what the user answered is asked for.

    Thanks, the wish for the deadline and that for the offer in writing are one message while they
    are open: R13 and the question of R15 wait for R12.
    """
    if facts.signed_on is not None:
        why = reason(rules, "signed", signed=facts.signed_on)
        yield _record(facts, rules, facts.signed_on, None, why)
        return
    # For what came on a day that is not known it is too late, or they were thanked: nobody knows.
    thanks = not (facts.acknowledged or facts.acknowledgement_skipped or _came_unknown(facts))
    counter_is_open = _counter_is_open(facts)
    if thanks:
        yield _acknowledgement(facts, rules)
    if facts.deadline_on is not None:
        yield from _deadline(facts, rules, facts.deadline_on)
    else:
        yield from _no_deadline(facts, rules, ask=not thanks)
    if counter_is_open:
        yield from _counter(facts, rules)
    elif not thanks:
        yield from letter(facts, rules)


def _acknowledgement(facts: Facts, rules: Rules) -> Planned:
    """R12: thank for the offer, and ask for what is missing.

    It does not lapse as long as it asks for something.
    """
    offered_on = offer_day(facts)
    due_on, due_at = _within(facts, rules, hours=rules.offer.acknowledge_hours)
    asks = questions_in_thanks(facts)
    name = {
        (False, False): "acknowledge",
        (True, False): "acknowledge_deadline",
        (False, True): "acknowledge_letter",
        (True, True): "acknowledge_both",
    }[asks]
    lapses_on = offered_on + timedelta(days=rules.offer.lapse_days)
    return Planned(
        rule="R12",
        anchor=_anchor(facts),
        action="acknowledge",
        label=label(facts, rules, name),
        reason=reason(rules, "offered", offered=offered_on),
        due_on=due_on,
        due_at=due_at,
        lapses_at=None if any(asks) else midnight(lapses_on, facts.zone),
    )


def questions_in_thanks(facts: Facts) -> tuple[bool, bool]:
    """Whether the thanks for an offer ask for the deadline, and for the offer in writing.

    Not for the offer in writing where they have said by when it comes.
    """
    deadline = facts.deadline_on is None and facts.deadline_asked_on is None
    in_writing = facts.verbal and facts.letter_on is None and decision_date(facts) is None
    in_writing = in_writing and not _counter_is_open(facts)
    return deadline, in_writing and not nudges(facts, since=offer_day(facts))


def _no_deadline(facts: Facts, rules: Rules, *, ask: bool) -> Iterator[Planned]:
    """R15: ask for a day, once more after a while, and decide soon without one."""
    rule, offered_on, asked_on = rules.no_deadline, offer_day(facts), facts.deadline_asked_on
    unknown = _came_unknown(facts)
    why = reason(rules, "no_deadline", offered=offered_on)
    if unknown:
        why = reason(rules, "no_deadline_undated")
    if ask:
        nth, name = 1, "ask_deadline"
        due_on, due_at = _within(facts, rules, hours=rule.ask_hours)
        asked_why = why
        if asked_on is not None:
            nth, name = 2, "ask_deadline_again"
            due_on, due_at = rule.ask_again.after(asked_on, rules.holidays), None
            asked_why = reason(rules, "asked_deadline", asked=asked_on)
        yield Planned(
            rule="R15",
            anchor=_anchor(facts),
            nth=nth,
            of=2,
            action="ask_deadline",
            label=label(facts, rules, name),
            reason=asked_why,
            due_on=due_on,
            due_at=due_at,
        )
    if unknown:
        return
    yield Planned(
        rule="R15",
        anchor=f"soft:{offered_on.isoformat()}",
        action="decide_soft",
        label=rules.labels["decide_soft"],
        reason=why,
        due_on=rule.soft.after(offered_on, rules.holidays),
    )


def _deadline(facts: Facts, rules: Rules, day: date) -> Iterator[Planned]:
    """R14: one line that counts down to the deadline; then R25, until it is said what was answered.

    More time is asked for once, on the last day on which that is polite.
    """
    rule = rules.deadline
    at = facts.deadline_at.astimezone(facts.zone) if facts.deadline_at else None
    if at is not None:
        day = at.date()
    over = at or midnight(day + timedelta(days=1), facts.zone)
    entered = facts.deadline_set_on or date.min
    wanted = deadline_words(facts)
    why = reason(rules, "offered", offered=offer_day(facts))
    if _came_unknown(facts):
        why = reason(rules, "offered_undated")
    anchor = f"deadline:{day.isoformat()}"
    yield Planned(
        rule="R14",
        anchor=anchor,
        action="decide",
        label=rules.labels["decide"].format(deadline=wanted),
        reason=why,
        due_on=min(max(day - timedelta(days=rule.first_days), entered), day),
        lapses_at=over,
        late_from=over,
    )
    more_time_on = roll_back(day - timedelta(days=rule.more_time_days), rules.holidays)
    if facts.extension_asked_on is None and entered <= more_time_on:
        last = midnight(more_time_on + timedelta(days=1), facts.zone)
        yield Planned(
            rule="R14",
            anchor=f"more_time:{day.isoformat()}",
            action="more_time",
            label=label(facts, rules, "more_time"),
            reason=reason(rules, "deadline", deadline=wanted),
            due_on=more_time_on,
            lapses_at=last,
            late_from=last,
        )
    yield _record(
        facts,
        rules,
        day if at else day + timedelta(days=1),
        at,
        reason(rules, "deadline_over", deadline=wanted),
    )


def deadline_words(facts: Facts) -> str:
    """ "Fri 4 Dec 17:00": by when the offer wants an answer; "" where it does not say."""
    if facts.deadline_on is None:
        return ""
    at = facts.deadline_at.astimezone(facts.zone) if facts.deadline_at else None
    return day_words(facts.deadline_on) + (f" {clock_time(at)}" if at else "")


def _record(facts: Facts, rules: Rules, on: date, at: datetime | None, why: str) -> Planned:
    """R25: what the user answered; it stays until the application is closed."""
    return Planned(
        rule="R25",
        anchor=f"answer:{on.isoformat()}",
        action="record_answer",
        label=rules.labels["record_answer"],
        reason=why,
        due_on=on,
        due_at=at,
        not_before=at or midnight(on, facts.zone),
        late_from=midnight(on + timedelta(days=1), facts.zone),
    )


def letter(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R13: ask for the offer in writing, counted anew from each answer or date that they give.

    After a yes as well: only what is on paper is an offer.
    """
    rule = rules.letter
    if not facts.verbal or facts.letter_on is not None:
        return
    since = max([offer_day(facts), *(word.sent_on for word in human_answers(facts))])
    first_on = rule.inquiry.after(since, rules.holidays)
    why = reason(rules, "verbal", offered=offer_day(facts))
    promised = decision_date(facts)
    if promised is not None:
        since = promised
        first_on = rules.promise.inquiry.after(promised, rules.holidays)
        why = reason(rules, "promised", promised=promised)
    # The thanks of that very day may have asked for it already.
    thanked = facts.acknowledged and since == offer_day(facts)
    sent = nudges(facts, since=since) if thanked else nudges(facts, after=since)
    nth = len(sent) + 1
    if nth > rule.at_most:
        return
    if sent:
        why = reason(rules, "asked_letter", asked=sent[-1])
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


def _came_unknown(facts: Facts) -> bool:
    """Whether nobody knows on which day the offer came."""
    return facts.undated and facts.offered_on is None and facts.outcome is None


def offer_day(facts: Facts) -> date:
    """The day on which the offer came in; the latest that it can be, where it is not known."""
    return facts.offered_on or facts.stage_since


def _anchor(facts: Facts) -> str:
    return f"offer:{offer_day(facts).isoformat()}"


def _within(facts: Facts, rules: Rules, *, hours: int) -> _Due:
    """So many hours after the offer came in, on a business day; a day only if no time is known."""
    if facts.offered_at is None:
        return roll_forward(offer_day(facts) + timedelta(hours=hours), rules.holidays), None
    due_at = hours_later(facts.offered_at, hours, facts.zone)
    due_at += roll_forward(due_at.date(), rules.holidays) - due_at.date()
    return due_at.date(), due_at


def news_for_others(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R16: an employer who is interviewing hears of the offer that another one has made, and by
    when it must be answered, once that is known."""
    other = _to_tell(facts)
    if other is None:
        return
    due_on = rules.other_offer.tell.after(other.offered_on, rules.holidays)
    company = short_name(other.company)
    if other.deadline_on is None:
        name = "tell_offer"
        why = reason(rules, "other_offer_open", company=company, offered=other.offered_on)
        lapses_on = other.offered_on + timedelta(days=rules.other_offer.lapse_days)
    else:
        name = "tell_date"
        why = reason(
            rules,
            "other_offer_undated" if other.undated else "other_offer",
            company=company,
            offered=other.offered_on,
            deadline=other.deadline_on,
        )
        due_on = min(due_on, max(other.offered_on, other.deadline_on))
        lapses_on = max(due_on, other.deadline_on) + timedelta(days=1)
    yield Planned(
        rule="R16",
        anchor=f"offer-of:{other.application_id}",
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
    told = _find_telling(facts, other)
    if told is None or _know(told, other):
        return
    why = reason(
        rules, "told_before", told=told.on, company=short_name(other.company), deadline=deadline_on
    )
    yield Planned(
        rule="R16",
        anchor=f"deadline-of:{other.application_id}:{deadline_on.isoformat()}",
        nth=2,
        of=2,
        action="tell_date",
        label=label(facts, rules, "tell_date" if told.deadline_on is None else "tell_earlier"),
        reason=through(facts, rules, why),
        due_on=min(_again_on(told, other, rules), deadline_on),
        lapses_at=midnight(deadline_on + timedelta(days=1), facts.zone),
        names_day=deadline_on,
    )


def telling_day(facts: Facts, rules: Rules) -> date | None:
    """The day on which they were told last of another offer, or are to be; None where there is
    nothing to tell. Nobody is told before the line that says so came into being."""
    other = _to_tell(facts)
    if other is None:
        return None
    told = _find_telling(facts, other)
    if told is None:
        day = rules.other_offer.tell.after(other.offered_on, rules.holidays)
    elif _know(told, other):
        return told.on
    else:
        day = _again_on(told, other, rules)
    return max(day, facts.telling_since or day)


def with_birth(facts: Facts, rules: Rules, born: Mapping[Key, date | None], now: datetime) -> Facts:
    """`facts` with the day on which it came up that they should hear of another offer: that of the
    line about it, by its key in `born`, else that of one which comes into being at `now` (aware, in
    the user's zone)."""
    days = [
        born[one.key] if one.key in born else at_birth(one, now, rules.holidays).due_on
        for one in news_for_others(facts, rules)
    ]
    return replace(facts, telling_since=max((day for day in days if day is not None), default=None))


def _to_tell(facts: Facts) -> OtherOffer | None:
    """The other offer that an employer who is interviewing should know of."""
    other = facts.other_offer
    if other is None or facts.stage not in INTERVIEW_STAGES:
        return None
    return None if _same_employer(facts, other) else other


def _find_telling(facts: Facts, other: OtherOffer) -> Telling | None:
    """What they were told of that offer."""
    told = facts.told
    return told if told is not None and told.application_id == other.application_id else None


def _know(told: Telling, other: OtherOffer) -> bool:
    """Whether they know by when that offer has to be answered, as far as anybody does."""
    if other.deadline_on is None:
        return True
    return told.deadline_on is not None and told.deadline_on <= other.deadline_on


def _again_on(told: Telling, other: OtherOffer, rules: Rules) -> date:
    """When they are to be told again, after a deadline became known."""
    known_on = max(told.on, other.deadline_set_on or told.on)
    return rules.other_offer.tell.after(known_on, rules.holidays)


def withdrawal(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R18: what an acceptance asks for on each other application, the same day.

    Another offer is declined. Where somebody there knows of the user, the application is
    withdrawn; where nobody does, it is closed without a word. At the employer whose offer was taken
    nothing is asked for, but a kind word to another team that was to meet the user (product).
    """
    accepted = acceptance_elsewhere(facts)
    action = _farewell(facts, accepted) if accepted is not None else ""
    if accepted is None or not action:
        return
    due_on = rules.acceptance.withdraw.after(accepted.on, rules.holidays)
    late_on = rules.acceptance.late.after(due_on, rules.holidays)
    kind_on = due_on + timedelta(days=rules.acceptance.kind_word_days)
    if action == "kind_word":
        late_on = kind_on
    company = short_name(accepted.company)
    yield Planned(
        rule="R18",
        anchor=f"accepted:{accepted.application_id}",
        action=action,
        label=label(facts, rules, _FAREWELLS[action], company=company),
        reason=reason(rules, "accepted", company=company, accepted=accepted.on),
        due_on=due_on,
        late_until=midnight(late_on + timedelta(days=1), facts.zone),
        late_from=midnight(kind_on, facts.zone) if action == "kind_word" else None,
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
    if _same_employer(facts, accepted):
        return "kind_word" if live(facts) or facts.stage is not Stage.APPLIED else ""
    if facts.stage is Stage.OFFER:
        return "decline"
    wrote = any(word.inbound and word.human for word in facts.words)
    known = facts.contact_known or bool(facts.via_recruiter)
    if facts.interviews or wrote or known or facts.stage in INTERVIEW_STAGES:
        return "withdraw"
    return "close_silent"


def waiting_after_yes(facts: Facts, rules: Rules) -> str:
    """What an open application waits for after a yes to another one, in words."""
    accepted = acceptance_elsewhere(facts)
    assert accepted is not None
    if _same_employer(facts, accepted):
        return rules.waiting["elsewhere"]
    return rules.waiting["taken"].format(company=short_name(accepted.company))


def _same_employer(facts: Facts, there: OtherOffer | Acceptance) -> bool:
    ours = facts.employer or folded_employer(facts.company)
    return bool(ours) and ours == (there.employer or folded_employer(there.company))


def acceptance_elsewhere(facts: Facts) -> Acceptance | None:
    """The acceptance that ends this application too: not one from before it was made, and none
    where the user goes on."""
    accepted = facts.accepted_elsewhere
    if accepted is None or facts.keeps_going:
        return None
    begun = facts.applied_on or facts.stage_since
    return accepted if begun <= accepted.on else None
