"""What the employer's silence is counted from, and the inquiry that it leads to.

R1 and R2 after an application, R4 after times were offered, R8 and R10 after an interview, R9 and
R10 after the employer's own date, R11 after a check of references. Only one of them counts at a
time, so that nobody is asked twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.rules.dates import roll_forward
from store.rules.delays import Delay, local_day, midnight
from store.rules.followup_facts import Facts, Word
from store.rules.followup_numbers import Asking, Rules
from store.rules.followup_plan import Planned, label, reason, through
from store.rules.stages import INTERVIEW_STAGES, Stage


@dataclass(frozen=True, slots=True)
class Silence:
    """What is waited for. `first_on` is empty where nothing is to be asked: a human has answered,
    or nothing was held yet. `labels` name the first inquiry, those between, and the last one.
    """

    rule: str
    anchor: str
    labels: tuple[str, str, str]
    reason: str
    first_on: date | None
    spacing: Delay
    at_most: int
    nudges: tuple[date, ...]
    dormant_on: date
    close_on: date
    action: str = "inquire"
    not_before: datetime | None = None
    interview_id: int | None = None
    waits_in_slow_season: bool = False

    @property
    def nth(self) -> int:
        """Which inquiry is the next one."""
        return len(self.nudges) + 1


def silence(facts: Facts, rules: Rules) -> Silence:
    """The silence that counts for an application which is neither an offer nor closed.

    The employer's own date beats every default delay (A.2), and times that the user offered after
    it was named beat the date: whoever invites has answered.
    """
    promised = promised_by(facts)
    slots = _after_slots(facts, rules, promised)
    if slots is not None:
        return slots
    if promised is not None:
        return _after_promise(facts, rules, promised)
    if facts.stage is Stage.APPLIED:
        return _after_application(facts, rules)
    return _after_references(facts, rules) or _after_interview(facts, rules)


def dormant_days(waiting: Silence, rules: Rules) -> tuple[date, date]:
    """When the application goes dormant, and when closing it is suggested (R2, R10).

    An inquiry that waits for the end of a slow season takes the dormant clock along.
    """
    dormant_on = waiting.dormant_on
    due_on = _due_on(waiting, rules)
    if due_on is not None and _is_slow(waiting, rules, due_on):
        dormant_on = rules.season.more.after(dormant_on, rules.holidays)
    return dormant_on, max(waiting.close_on, dormant_on)


def inquiry(facts: Facts, rules: Rules, waiting: Silence) -> Iterator[Planned]:
    """The next inquiry, unless all were sent or the card is dormant before it would be due."""
    due_on = _due_on(waiting, rules)
    if due_on is None:
        return
    if _is_slow(waiting, rules, due_on):
        due_on = rules.season.more.after(due_on, rules.holidays)
    dormant_on, _ = dormant_days(waiting, rules)
    if due_on >= dormant_on:
        return
    name, why = waiting.labels[0], waiting.reason
    if waiting.nudges:
        name = waiting.labels[2 if waiting.nth == waiting.at_most else 1]
        why = reason(rules, "asked", asked=waiting.nudges[-1])
    yield Planned(
        rule=waiting.rule,
        anchor=waiting.anchor,
        nth=waiting.nth,
        of=waiting.at_most,
        action=waiting.action,
        label=label(facts, rules, name),
        reason=through(facts, rules, why),
        due_on=due_on,
        not_before=None if waiting.nudges else waiting.not_before,
        lapses_at=midnight(dormant_on, facts.zone),
        interview_id=waiting.interview_id,
    )


def promised_by(facts: Facts) -> date | None:
    """The employer's date while it counts: not once they wrote, met or invited after it."""
    by = facts.expected_by
    if by is None or (facts.expected_set_on or by) < facts.stage_since:
        return None
    if any(w.kind != "date_given" and w.sent_on >= by for w in human_answers(facts)):
        return None
    for talk in facts.talks:
        begun = local_day(talk.starts_at, facts.zone) if talk.starts_at else talk.invited_on
        if begun is not None and begun > by:
            return None
    return by


def human_answers(facts: Facts) -> list[Word]:
    """What people at the employer wrote."""
    return [word for word in facts.words if word.inbound and word.human]


def nudges(facts: Facts, *, since: date = date.min, after: date | None = None) -> tuple[date, ...]:
    """The days of the inquiries sent since the day `since`, or later than the day `after`."""
    if after is not None:
        since = after + timedelta(days=1)
    return tuple(sorted(w.sent_on for w in facts.words if w.kind == "nudge" and w.sent_on >= since))


def _due_on(waiting: Silence, rules: Rules) -> date | None:
    """When the next inquiry would be due at any other time of the year."""
    if waiting.first_on is None or waiting.nth > waiting.at_most:
        return None
    if not waiting.nudges:
        return waiting.first_on
    return waiting.spacing.after(waiting.nudges[-1], rules.holidays)


def _is_slow(waiting: Silence, rules: Rules, due_on: date) -> bool:
    if not rules.slow_season or not waiting.waits_in_slow_season:
        return False
    return any(due_on in season for season in rules.season.seasons)


def _after_promise(facts: Facts, rules: Rules, by: date) -> Silence:
    rule, sent = rules.promise, nudges(facts, after=by)
    return Silence(
        rule="R9",
        anchor=f"by:{by.isoformat()}",
        labels=("inquire_promise", "inquire_promise", "inquire_again"),
        reason=reason(rules, "promised", promised=by),
        first_on=rule.inquiry.after(by, rules.holidays),
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=sent,
        dormant_on=_dormant(by, rule, sent),
        close_on=by + timedelta(days=rule.close_days),
    )


def _after_application(facts: Facts, rules: Rules) -> Silence:
    rule = rules.application
    applied = facts.applied_on or facts.stage_since
    answers = human_answers(facts)
    first_on: date | None = None
    why = reason(rules, "applied", applied=applied)
    named = facts.contact_known or facts.via_recruiter or not rule.only_with_contact
    if facts.applied_on is not None and not answers and named:
        first_on = rule.inquiry.after(applied, rules.holidays)
        if facts.closing_on is not None:
            after_closing = rule.after_closing.after(facts.closing_on, rules.holidays)
            if after_closing > first_on:
                first_on = after_closing
                why = reason(rules, "closing", applied=applied, closing=facts.closing_on)
    since = max([applied, *(w.sent_on for w in answers)])
    sent = nudges(facts, since=applied)
    return Silence(
        rule="R1",
        anchor="application",
        labels=("inquire_application", "inquire_application", "inquire_again"),
        reason=why,
        first_on=first_on,
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=sent,
        dormant_on=_dormant(since, rule, sent),
        close_on=since + timedelta(days=rule.close_days),
        waits_in_slow_season=True,
    )


def _after_slots(facts: Facts, rules: Rules, promised: date | None) -> Silence | None:
    """R4, as long as the invitation that was answered with times has got none."""
    offered, talk_id = max(
        (
            (talk.offered_slots_on, talk.id)
            for talk in facts.talks
            if talk.offered_slots_on and not talk.starts_at and talk.stage is facts.stage
        ),
        default=(None, 0),
    )
    if offered is None or any(word.sent_on > offered for word in human_answers(facts)):
        return None
    if promised is not None and (facts.expected_set_on or promised) >= offered:
        return None
    rule, sent = rules.slots, nudges(facts, after=offered)
    since = max(offered, facts.stage_since)
    return Silence(
        rule="R4",
        anchor=f"interview:{talk_id}:{offered.isoformat()}",
        labels=("ask_slot", "ask_slot", "inquire_again"),
        reason=reason(rules, "slots", offered=offered),
        first_on=rule.inquiry.after(offered, rules.holidays),
        spacing=rule.inquiry,
        at_most=rule.at_most,
        nudges=sent,
        dormant_on=_dormant(since, rules.interview, sent),
        close_on=since + timedelta(days=rules.interview.close_days),
        action="ask_slot",
        interview_id=talk_id,
    )


def _after_references(facts: Facts, rules: Rules) -> Silence | None:
    """R11, until they write, invite or meet after the check."""
    checked = facts.reference_check_on
    if checked is None or checked < facts.stage_since or facts.stage not in INTERVIEW_STAGES:
        return None
    since_then = [word.sent_on for word in human_answers(facts)]
    for talk in facts.talks:
        begun = local_day(talk.starts_at, facts.zone) if talk.starts_at else None
        since_then += [day for day in (begun, talk.invited_on) if day is not None]
    if any(day > checked for day in since_then):
        return None
    rule, sent = rules.references, nudges(facts, after=checked)
    return Silence(
        rule="R11",
        anchor=f"references:{checked.isoformat()}",
        labels=("inquire_references", "inquire_references", "inquire_again"),
        reason=reason(rules, "references", checked=checked),
        first_on=rule.inquiry.after(checked, rules.holidays),
        spacing=rule.inquiry,
        at_most=rule.at_most,
        nudges=sent,
        dormant_on=_dormant(checked, rules.interview, sent),
        close_on=checked + timedelta(days=rules.interview.close_days),
    )


def _after_interview(facts: Facts, rules: Rules) -> Silence:
    """R8. A recruiter hears on the day itself how it went, and is asked later (A.2)."""
    rule = rules.interview
    held = [t for t in facts.talks if t.ends_at and t.stage is facts.stage and t.kept is not False]
    last = max(held, key=lambda talk: (talk.ends_at, talk.id), default=None)
    invitations = [t.invited_on for t in facts.talks if not t.starts_at and t.invited_on]
    answers = [w.sent_on for w in human_answers(facts)]
    ended = local_day(last.ends_at, facts.zone) if last and last.ends_at else None
    booked_since = any(day >= (ended or day) for day in invitations)
    answered_since = any(ended is not None and day > ended for day in answers)
    first_on = None
    if ended is not None and not booked_since and not answered_since:
        first_on = rule.inquiry.after(ended, rules.holidays)
        if facts.via_recruiter:
            first_on = roll_forward(ended, rules.holidays)
    since = max([facts.stage_since if ended is None else ended, *invitations, *answers])
    sent = nudges(facts, since=since)
    later = ("inquire_interview", "inquire_again")
    return Silence(
        rule="R8",
        anchor=f"interview:{last.id}" if last else "",
        labels=("inquire_interview", *(("inquire_news",) * 2 if facts.via_recruiter else later)),
        reason=reason(rules, "no_date", held=ended or since),
        first_on=first_on,
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=sent,
        dormant_on=_dormant(since, rule, sent),
        close_on=since + timedelta(days=rule.close_days),
        not_before=last.ends_at if last and facts.via_recruiter else None,
        interview_id=last.id if last else None,
        waits_in_slow_season=bool(sent) or not facts.via_recruiter,
    )


def _dormant(since: date, rule: Asking, sent: tuple[date, ...]) -> date:
    """R2, R10: so long after `since`, and so long after the last inquiry that was sent."""
    after_nudge = timedelta(days=rule.dormant_after_nudge_days)
    return max([since + timedelta(days=rule.dormant_days), *(day + after_nudge for day in sent)])
