"""Which follow-ups there should be: one pure function from the facts of an application.

`plan` looks at no clock. Each planned follow-up carries its whole window (not before, due, late,
lapses), so that the passing of time alone never changes what is planned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from store.rules.dates import add_business_days, clock_time, roll_back, roll_forward, short_day
from store.rules.followup_rules import Rules
from store.rules.stages import Outcome, Stage

Key = tuple[str, str, str, int]
"""What makes a follow-up the same one after re-planning: rule, anchor, person, n-th."""


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview, as far as follow-ups care: agreed when it has a start, else an invitation."""

    id: int
    stage: Stage
    logged_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    invited_on: date | None = None
    invited_at: datetime | None = None
    answered: bool = False
    people: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A message. `human` is false for automatic acknowledgements, which change nothing."""

    sent_on: date
    inbound: bool
    kind: str
    human: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one application. Days are local in `zone`; instants are aware."""

    zone: tzinfo
    stage: Stage
    stage_since: date
    applied_on: date | None = None
    closing_on: date | None = None
    expected_by: date | None = None
    expected_set_on: date | None = None
    no_contact: bool = False
    outcome: Outcome | None = None
    closed_on: date | None = None
    talks: tuple[Talk, ...] = ()
    """Those not cancelled."""
    words: tuple[Word, ...] = ()
    offered_on: date | None = None
    offered_at: datetime | None = None
    acknowledged: bool = False
    deadline_on: date | None = None
    deadline_at: datetime | None = None
    deadline_set_on: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One follow-up that should exist, with its window and the reason in words.

    `due_at` is set for those that are due at a time of day; the others are due on `due_on`, and
    late once that local day is over.
    """

    rule: str
    anchor: str
    nth: int
    of: int
    action: str
    label: str
    reason: str
    due_on: date
    due_at: datetime | None = None
    not_before: datetime | None = None
    late_until: datetime | None = None
    lapses_at: datetime | None = None
    person: str = ""
    interview_id: int | None = None

    @property
    def key(self) -> Key:
        """See `Key`."""
        return (self.rule, self.anchor, self.person, self.nth)


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from the facts. The two days are empty where silence means nothing (yet)."""

    follow_ups: tuple[Planned, ...]
    dormant_on: date | None = None
    close_suggested_on: date | None = None


def plan(facts: Facts, rules: Rules) -> Plan:
    """The follow-ups of one application: rules R1–R3, R5, R7–R10, R12, R14, R15 and precedence.

    A closed application keeps its thank-yous only. At most one inquiry is planned at a time: the
    employer's own date beats the default delays, and a human answer ends the asking.
    """
    planned = list(_thank_yous(facts, rules))
    if facts.outcome is not None:
        return Plan(tuple(planned))
    planned += _answers(facts, rules)
    planned += _preparations(facts, rules)
    if facts.stage is Stage.OFFER:
        planned += _offer(facts, rules)
        return Plan(tuple(planned))
    silence = _silence(facts, rules)
    if silence is None:
        return Plan(tuple(planned))
    dormant_on = silence.dormant_on
    if not facts.no_contact:
        planned += _inquiry(facts, rules, silence)
    return Plan(tuple(planned), dormant_on, max(silence.close_on, dormant_on))


@dataclass(frozen=True, slots=True)
class _Silence:
    """What the employer's silence is counted from, and the inquiry that it leads to.

    `due_on` is empty where nothing is to be asked: a human has answered, or nothing was held yet.
    """

    rule: str
    anchor: str
    label: str
    reason: str
    due_on: date | None
    spacing_days: int
    at_most: int
    nudges: tuple[date, ...]
    dormant_on: date
    close_on: date
    interview_id: int | None = None


def _silence(facts: Facts, rules: Rules) -> _Silence | None:
    promised = _promised(facts)
    if promised is not None:
        return _after_promise(facts, rules, promised)
    if facts.stage is Stage.APPLIED:
        return _after_application(facts, rules)
    return _after_interview(facts, rules)


def _promised(facts: Facts) -> date | None:
    """The employer's date while it counts: not once they wrote, met or invited after it."""
    by = facts.expected_by
    if by is None or (facts.expected_set_on or by) < facts.stage_since:
        return None
    if any(w.kind != "date_given" and w.sent_on >= by for w in _human_answers(facts)):
        return None
    for talk in facts.talks:
        begun = _day(talk.starts_at, facts) if talk.starts_at else talk.invited_on
        if begun is not None and begun > by:
            return None
    return by


def _after_promise(facts: Facts, rules: Rules, by: date) -> _Silence:
    rule = rules.promise
    nudges = _nudges(facts, after=by)
    return _Silence(
        rule="R9",
        anchor=f"by:{by.isoformat()}",
        label=rules.labels["inquire_promise"],
        reason=rules.reasons["promised"].format(promised=_said(by)),
        due_on=add_business_days(by, rule.after_business_days),
        spacing_days=rule.spacing_days,
        at_most=rule.at_most,
        nudges=nudges,
        dormant_on=_dormant(by, rule.dormant_days, nudges, rule.dormant_after_nudge_days),
        close_on=by + timedelta(days=rule.close_days),
    )


def _after_application(facts: Facts, rules: Rules) -> _Silence:
    rule = rules.application
    applied = facts.applied_on or facts.stage_since
    due_on: date | None = None
    reason = rules.reasons["applied"].format(applied=_said(applied))
    if facts.applied_on is not None and not _human_answers(facts):
        due_on = applied + timedelta(days=rule.inquiry_days)
        if facts.closing_on is not None:
            after_closing = facts.closing_on + timedelta(days=rule.after_closing_days)
            if after_closing > due_on:
                due_on = after_closing
                reason = rules.reasons["closing"].format(
                    applied=_said(applied), closing=_said(facts.closing_on)
                )
    since = max([applied, *(w.sent_on for w in _human_answers(facts))])
    nudges = _nudges(facts, since=applied)
    return _Silence(
        rule="R1",
        anchor="application",
        label=rules.labels["inquire_application"],
        reason=reason,
        due_on=due_on,
        spacing_days=rule.spacing_days,
        at_most=rule.at_most,
        nudges=nudges,
        dormant_on=_dormant(since, rule.dormant_days, nudges, rule.dormant_after_nudge_days),
        close_on=since + timedelta(days=rule.close_days),
    )


def _after_interview(facts: Facts, rules: Rules) -> _Silence:
    rule = rules.interview
    held = [talk for talk in facts.talks if talk.ends_at and talk.stage is facts.stage]
    last = max(held, key=lambda talk: (talk.ends_at, talk.id), default=None)
    invitations = [t.invited_on for t in facts.talks if not t.starts_at and t.invited_on]
    answers = [w.sent_on for w in _human_answers(facts)]
    ended = _day(last.ends_at, facts) if last and last.ends_at else None
    booked_since = any(day >= (ended or day) for day in invitations)
    answered_since = any(ended is not None and day > ended for day in answers)
    due_on = None
    if ended is not None and not booked_since and not answered_since:
        due_on = ended + timedelta(days=rule.inquiry_days)
    since = max([facts.stage_since if ended is None else ended, *invitations, *answers])
    nudges = _nudges(facts, since=since)
    return _Silence(
        rule="R8",
        anchor=f"interview:{last.id}" if last else "",
        label=rules.labels["inquire_interview"],
        reason=rules.reasons["no_date"].format(held=_said(ended) if ended else ""),
        due_on=due_on,
        spacing_days=rule.spacing_days,
        at_most=rule.at_most,
        nudges=nudges,
        dormant_on=_dormant(since, rule.dormant_days, nudges, rule.dormant_after_nudge_days),
        close_on=since + timedelta(days=rule.close_days),
        interview_id=last.id if last else None,
    )


def _inquiry(facts: Facts, rules: Rules, silence: _Silence) -> Iterator[Planned]:
    """The next inquiry, unless all were sent or the card is dormant before it would be due."""
    nth = len(silence.nudges) + 1
    if silence.due_on is None or nth > silence.at_most:
        return
    due_on, label, reason = silence.due_on, silence.label, silence.reason
    if silence.nudges:
        due_on = silence.nudges[-1] + timedelta(days=silence.spacing_days)
        reason = rules.reasons["asked"].format(asked=_said(silence.nudges[-1]))
        if nth == silence.at_most:
            label = rules.labels["inquire_again"]
    due_on = roll_forward(due_on)
    if due_on < silence.dormant_on:
        yield Planned(
            rule=silence.rule,
            anchor=silence.anchor,
            nth=nth,
            of=silence.at_most,
            action="inquire",
            label=label,
            reason=reason,
            due_on=due_on,
            lapses_at=_midnight(silence.dormant_on, facts),
            interview_id=silence.interview_id,
        )


def _answers(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R3: an invitation that has neither been answered nor got a time."""
    for talk in facts.talks:
        if talk.starts_at or talk.answered or talk.invited_on is None:
            continue
        due_at = None
        due_on = talk.invited_on + timedelta(hours=rules.invitation.answer_hours)
        if talk.invited_at is not None:
            due_at = _later(talk.invited_at, facts, hours=rules.invitation.answer_hours)
            due_on = due_at.date()
        yield Planned(
            rule="R3",
            anchor=f"interview:{talk.id}",
            nth=1,
            of=1,
            action="answer",
            label=rules.labels["answer"],
            reason=rules.reasons["invited"].format(invited=_said(talk.invited_on)),
            due_on=due_on,
            due_at=due_at,
            lapses_at=_midnight(
                talk.invited_on + timedelta(days=rules.invitation.lapse_days), facts
            ),
            interview_id=talk.id,
        )


def _preparations(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R5: three reminders before each interview; none earlier than the day it was logged."""
    rule = rules.preparation
    for talk in facts.talks:
        if talk.starts_at is None:
            continue
        starts = talk.starts_at.astimezone(facts.zone)
        day = starts.date()
        booked_early = (day - talk.logged_on).days > rule.reconfirm_if_booked_days
        go_at = _later(starts, facts, hours=-rule.go_hours)
        steps = (
            ("prepare", "prepare", day - timedelta(days=rule.prepare_days), None),
            (
                "logistics",
                "reconfirm" if booked_early else "logistics",
                day - timedelta(days=rule.logistics_days),
                None,
            ),
            ("go", "go", go_at.date(), go_at),
        )
        for nth, (action, label, due_on, due_at) in enumerate(steps, start=1):
            yield Planned(
                rule="R5",
                anchor=f"interview:{talk.id}",
                nth=nth,
                of=len(steps),
                action=action,
                label=rules.labels[label],
                reason=rules.reasons["interview_ahead"].format(
                    starts=f"{_said(day)} {clock_time(starts)}"
                ),
                due_on=due_on if due_at else max(due_on, min(talk.logged_on, day)),
                due_at=due_at,
                lapses_at=starts,
                interview_id=talk.id,
            )


def _thank_yous(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R7: one thank-you for each interview, also after the application was closed."""
    rule = rules.thank_you
    for talk in facts.talks:
        if talk.ends_at is None or talk.starts_at is None:
            continue
        ended = talk.ends_at.astimezone(facts.zone)
        if facts.closed_on is not None and ended.date() > facts.closed_on:
            continue
        label = rules.labels["thank_all"]
        if talk.people:
            label = rules.labels["thank"].format(people=_shortened(talk.people))
        due_at = _later(ended, facts, hours=rule.due_hours)
        starts = talk.starts_at.astimezone(facts.zone)
        yield Planned(
            rule="R7",
            anchor=f"interview:{talk.id}",
            nth=1,
            of=1,
            action="thank",
            label=label,
            reason=rules.reasons["interview_held"].format(
                held=f"{_said(starts.date())} {clock_time(starts)}"
            ),
            due_on=due_at.date(),
            due_at=due_at,
            not_before=_later(ended, facts, hours=rule.not_before_hours),
            late_until=_later(ended, facts, hours=rule.late_hours),
            lapses_at=_later(ended, facts, hours=24 * rule.drop_days),
            interview_id=talk.id,
        )


def _offer(facts: Facts, rules: Rules) -> Iterator[Planned]:
    offered_on = facts.offered_on or facts.stage_since
    anchor = f"offer:{offered_on.isoformat()}"
    reason = rules.reasons["offered"].format(offered=_said(offered_on))
    if not facts.acknowledged:
        due_on, due_at = _within(offered_on, facts, hours=rules.offer.acknowledge_hours)
        yield Planned(
            rule="R12",
            anchor=anchor,
            nth=1,
            of=1,
            action="acknowledge",
            label=rules.labels["acknowledge"],
            reason=reason,
            due_on=due_on,
            due_at=due_at,
            lapses_at=_midnight(offered_on + timedelta(days=rules.offer.lapse_days), facts),
        )
    if facts.deadline_on is not None:
        yield from _deadline(facts, rules, facts.deadline_on)
        return
    rule = rules.no_deadline
    reason = rules.reasons["no_deadline"].format(offered=_said(offered_on))
    due_on, due_at = _within(offered_on, facts, hours=rule.ask_hours)
    soft = add_business_days(offered_on, rule.soft_business_days)
    lapses_on = offered_on + timedelta(days=rule.ask_lapse_days)
    yield Planned(
        rule="R15",
        anchor=anchor,
        nth=1,
        of=2,
        action="ask_deadline",
        label=rules.labels["ask_deadline"],
        reason=reason,
        due_on=due_on,
        due_at=due_at,
        lapses_at=_midnight(lapses_on, facts),
    )
    yield Planned(
        rule="R15",
        anchor=anchor,
        nth=2,
        of=2,
        action="decide_soft",
        label=rules.labels["decide_soft"],
        reason=reason,
        due_on=soft,
    )


def _deadline(facts: Facts, rules: Rules, day: date) -> Iterator[Planned]:
    """R14: each reminder gives way to the next; none is due before the deadline was entered.

    The last one stays for a while after the deadline, since an offer unanswered is news.
    """
    rule = rules.deadline
    at = facts.deadline_at.astimezone(facts.zone) if facts.deadline_at else None
    over = (at or _midnight(day, facts)) + timedelta(days=rule.lapse_days)
    entered = facts.deadline_set_on or date.min

    def before(days: int) -> tuple[date, datetime | None]:
        return day - timedelta(days=days), at - timedelta(days=days) if at else None

    last: tuple[date, datetime | None] = (day, None)
    if at is not None:
        last_at = _later(at, facts, hours=-rule.last_hours)
        last = (last_at.date(), last_at)
    first, second, more_time = (
        before(rule.first_days),
        before(rule.second_days),
        before(rule.more_time_days),
    )
    more_time_on = roll_back(more_time[0])
    if more_time[1] is not None:
        more_time = (more_time_on, more_time[1] - (more_time[0] - more_time_on))
    else:
        more_time = (more_time_on, None)
    steps = (
        ("decide", "decide", first, second),
        ("more_time", "more_time", more_time, second),
        ("decide", "decide", second, last),
        ("decide", "decide_last", last, None),
    )
    said = _said(day) + (f" {clock_time(at)}" if at else "")
    for nth, (action, label, (due_on, due_at), gives_way) in enumerate(steps, start=1):
        if gives_way is not None and gives_way[0] <= entered and nth < len(steps):
            continue
        if due_on < entered:
            due_on, due_at = entered, None
        yield Planned(
            rule="R14",
            anchor=f"deadline:{day.isoformat()}",
            nth=nth,
            of=len(steps),
            action=action,
            label=rules.labels[label],
            reason=rules.reasons["deadline"].format(deadline=said),
            due_on=due_on,
            due_at=due_at,
            lapses_at=(gives_way[1] or _midnight(gives_way[0], facts)) if gives_way else over,
        )


def _human_answers(facts: Facts) -> list[Word]:
    return [word for word in facts.words if word.inbound and word.human]


def _nudges(facts: Facts, *, since: date = date.min, after: date | None = None) -> tuple[date, ...]:
    """The days of the inquiries sent since the day `since`, or later than the day `after`."""
    if after is not None:
        since = after + timedelta(days=1)
    return tuple(sorted(w.sent_on for w in facts.words if w.kind == "nudge" and w.sent_on >= since))


def _dormant(since: date, days: int, nudges: tuple[date, ...], after_nudge: int) -> date:
    """R2, R10: so long after `since`, and so long after the last inquiry that was sent."""
    dormant = since + timedelta(days=days)
    return max([dormant, *(day + timedelta(days=after_nudge) for day in nudges)])


def _within(start: date, facts: Facts, *, hours: int) -> tuple[date, datetime | None]:
    """So many hours after the offer came in, on a business day; a day only if no time is known."""
    if facts.offered_at is None:
        return roll_forward(start + timedelta(hours=hours)), None
    due_at = _later(facts.offered_at, facts, hours=hours)
    due_at += roll_forward(due_at.date()) - due_at.date()
    return due_at.date(), due_at


def _later(moment: datetime, facts: Facts, *, hours: int) -> datetime:
    """So many hours on the clock later (a clock change does not stretch them), in the zone."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(facts.zone)


def _midnight(day: date, facts: Facts) -> datetime:
    return datetime.combine(day, time(), facts.zone)


def _day(moment: datetime, facts: Facts) -> date:
    return moment.astimezone(facts.zone).date()


def _said(day: date) -> str:
    return short_day(day, day)


def _shortened(people: str, at_most: int = 60) -> str:
    return people if len(people) <= at_most else people[: at_most - 1].rstrip() + "…"
