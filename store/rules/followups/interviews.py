"""What is to be done around an interview or a task.

R3 before, R5 up to, R6 and R7 after an interview, R23 where it was called off, R27 for the
recruiter who stands between; R26 for a task to hand in; R11 for the references.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from store.rules.dates import clock_time
from store.rules.followups.facts import Facts, InterviewFacts, Person
from store.rules.followups.numbers import Rules, hours_later, local_day, midnight
from store.rules.followups.planned import Planned, day_words, label, reason, short_name
from store.rules.followups.silence import interview_to_replace
from store.rules.followups.waits import off_since, off_words
from store.rules.stages import Stage


def answers(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R3: an invitation that has not been answered, nor got a time from the user, nor been
    overtaken; one that names a time at the latest until then."""
    for interview in facts.interviews:
        answered = interview.answered or interview.offered_slots_on is not None
        if (
            answered
            or interview.invited_on is None
            or interview.called_off_by
            or interview.kept is False
        ):
            continue
        if _is_over(facts, interview.stage, interview.invited_on):
            continue
        due_at = None
        due_on = interview.invited_on + timedelta(hours=rules.invitation.answer_hours)
        if interview.invited_at is not None:
            due_at = hours_later(interview.invited_at, rules.invitation.answer_hours, facts.zone)
            due_on = due_at.date()
        lapses_on = interview.invited_on + timedelta(days=rules.invitation.lapse_days)
        lapses_at = interview.starts_at or midnight(lapses_on, facts.zone)
        yield Planned(
            rule="R3",
            anchor=f"interview:{interview.id}",
            action="answer",
            label=label(facts, rules, "answer"),
            reason=reason(rules, "invited", invited=interview.invited_on),
            due_on=due_on,
            due_at=due_at,
            lapses_at=lapses_at,
            interview_id=interview.id,
        )


def preparations(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R5: three reminders before each interview; none earlier than the day its time was agreed.

    Preparing may begin on a weekend, and is late on the day of the interview only.
    """
    rule = rules.preparation
    for interview in facts.interviews:
        if interview.starts_at is None or interview.kept is False or interview.called_off_by:
            continue
        starts = interview.starts_at.astimezone(facts.zone)
        day = starts.date()
        agreed_on = min(interview.timed_on or interview.logged_on, day)
        booked_early = (day - agreed_on).days > rule.reconfirm_if_booked_days
        logistics = "reconfirm" if booked_early else "logistics"
        go_at = hours_later(starts, -rule.go_hours, facts.zone)
        prepare_on = max(day - timedelta(days=rule.prepare_days), agreed_on)
        check_on = max(day - timedelta(days=rule.logistics_days), agreed_on)
        steps: tuple[tuple[str, str, date, datetime | None, datetime | None], ...] = (
            ("prepare", "prepare", prepare_on, None, midnight(day, facts.zone)),
            ("logistics", logistics, check_on, None, go_at),
            ("go", "go", go_at.date(), go_at, starts),
        )
        for nth, (action, name, due_on, due_at, late_from) in enumerate(steps, start=1):
            yield Planned(
                rule="R5",
                anchor=f"interview:{interview.id}",
                nth=nth,
                of=len(steps),
                action=action,
                label=label(facts, rules, name),
                reason=reason(
                    rules, "interview_ahead", starts=f"{day_words(day)} {clock_time(starts)}"
                ),
                due_on=due_on,
                due_at=due_at,
                lapses_at=starts,
                late_from=late_from,
                interview_id=interview.id,
            )


def recruiter_calls(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R27: a recruiter who stands between hears how it went as soon as the interview is over.

    The employer's date replaces the inquiry, not this call (A.2).
    """
    if not facts.via_recruiter:
        return
    for interview, starts, ended in _held_interviews(facts):
        drop = hours_later(ended, 24 * rules.recruiter_call.lapse_days, facts.zone)
        yield Planned(
            rule="R27",
            anchor=f"interview:{interview.id}",
            action="tell_recruiter",
            label=label(facts, rules, "tell_recruiter"),
            reason=reason(rules, "interview_held", held=_moment(starts)),
            due_on=ended.date(),
            due_at=ended,
            not_before=ended,
            lapses_at=drop,
            interview_id=interview.id,
        )


def new_times(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R23: one side called an interview off, or did not come: a new time is asked for, or offered,
    the same day.

    Not once either side wrote, or they named a day.
    """
    interview = interview_to_replace(facts)
    if interview is None:
        return
    off = off_since(facts, interview)
    lapses_on = off + timedelta(days=rules.called_off.lapse_days)
    yield Planned(
        rule="R23",
        anchor=f"off:{interview.id}:{off.isoformat()}",
        action="propose_time",
        label=label(facts, rules, _NEW_TIMES[interview.called_off_by]),
        reason=reason(rules, off_words(interview), off=off),
        due_on=off,
        lapses_at=midnight(lapses_on, facts.zone),
        interview_id=interview.id,
    )


_NEW_TIMES = {"them": "propose_time", "you": "offer_times"}
"""The label by who called it off."""


def tasks(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R26: a task is handed in by its day; the reminder stands there from two days before on.

    Not once the application has come further without it.
    """
    rule = rules.task
    for task in facts.assignments:
        if task.handed_in_on is not None or _is_over(facts, task.stage, task.given_on):
            continue
        at = task.due_at.astimezone(facts.zone) if task.due_at else None
        day = at.date() if at else task.due_on
        if day is None:
            due_on = day = rule.without_day.after(task.given_on, rules.holidays)
            why, late_from = reason(rules, "task_given", given=task.given_on), None
        else:
            due_on = max(day - timedelta(days=rule.remind_days), min(task.given_on, day))
            why = reason(
                rules, "task_due", due=day_words(day) + (f" {clock_time(at)}" if at else "")
            )
            late_from = at or midnight(day + timedelta(days=1), facts.zone)
        lapses_on = day + timedelta(days=1 + rule.lapse_days)
        yield Planned(
            rule="R26",
            anchor=f"hand_in:{task.id}",
            action="hand_in",
            label=rules.labels["hand_in"].format(task=short_name(task.title)),
            reason=why,
            due_on=due_on,
            lapses_at=midnight(lapses_on, facts.zone),
            late_from=late_from,
        )


def debriefs(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R6: the debrief of each interview, late once the day on which it was due is over."""
    for interview, starts, ended in _held_interviews(facts):
        if interview.debriefed:
            continue
        due_at = hours_later(ended, rules.debrief.due_hours, facts.zone)
        yield Planned(
            rule="R6",
            anchor=f"interview:{interview.id}",
            action="debrief",
            label=rules.labels["debrief"],
            reason=reason(rules, "interview_held", held=_moment(starts)),
            due_on=due_at.date(),
            due_at=due_at,
            not_before=ended,
            late_until=midnight(due_at.date() + timedelta(days=1), facts.zone),
            lapses_at=hours_later(ended, 24 * rules.debrief.drop_days, facts.zone),
            interview_id=interview.id,
        )


def thank_yous(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R7: one thank-you for each interviewer who is known, else one for the interview.

    They are owed also after the application was closed, unless that prevented the interview.
    """
    rule = rules.thank_you
    for interview, starts, ended in _held_interviews(facts):
        if interview.thanked:
            continue
        due_at = hours_later(ended, rule.due_hours, facts.zone)
        people: tuple[Person | None, ...] = interview.interviewers or (None,)
        for person in people:
            why = reason(rules, "interview_held", held=_moment(starts))
            if person is not None and not person.email:
                why = _reason_through(facts, rules, interview, "no_address", _moment(starts))
            elif person is None and not interview.people:
                why = _reason_through(facts, rules, interview, "no_names", _moment(starts))
            yield Planned(
                rule="R7",
                anchor=f"interview:{interview.id}",
                action="thank",
                label=_thanks(rules, person.name if person else interview.people),
                reason=why,
                due_on=due_at.date(),
                due_at=due_at,
                not_before=hours_later(ended, rule.not_before_hours, facts.zone),
                late_until=hours_later(ended, rule.late_hours, facts.zone),
                lapses_at=hours_later(ended, 24 * rule.drop_days, facts.zone),
                person=str(person.id) if person else "",
                interview_id=interview.id,
            )


def references(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R11: the references are told on the day on which a check is announced, in any stage.

    A check that was over when the present stage began needs no word any more.
    """
    checked = facts.reference_check_on
    if checked is None:
        return
    announced = facts.references_announced_on or checked
    if max(announced, checked) < (facts.closed_on or facts.stage_since):
        return
    last = max(announced, checked) + timedelta(days=rules.references.lapse_days)
    yield Planned(
        rule="R11",
        anchor=f"warn:{checked.isoformat()}",
        action="warn_references",
        label=rules.labels["warn_references"],
        reason=reason(rules, "references", checked=checked),
        due_on=min(announced, checked),
        lapses_at=midnight(last, facts.zone),
    )


AROUND_INTERVIEWS = (
    answers,
    preparations,
    debriefs,
    recruiter_calls,
    new_times,
    tasks,
    references,
)
"""What is planned for an open application around its interviews, besides thank-yous."""


def _is_over(facts: Facts, stage: Stage, begun_on: date) -> bool:
    """Whether what began then for `stage` belongs to a stage that has been left behind."""
    return stage.place < facts.stage.place and begun_on < facts.stage_since


def _held_interviews(facts: Facts) -> Iterator[tuple[InterviewFacts, datetime, datetime]]:
    """The agreed interviews with start and end, without those that did not take place.

    None is held on a day after the closing.
    """
    for interview in facts.interviews:
        if interview.ends_at is None or interview.starts_at is None:
            continue
        if interview.kept is False or interview.called_off_by:
            continue
        if facts.closed_on is None or local_day(interview.ends_at, facts.zone) <= facts.closed_on:
            yield (
                interview,
                interview.starts_at.astimezone(facts.zone),
                interview.ends_at.astimezone(facts.zone),
            )


def _thanks(rules: Rules, people: str) -> str:
    if not people:
        return rules.labels["thank_all"]
    return rules.labels["thank"].format(people=short_name(people))


def _reason_through(
    facts: Facts, rules: Rules, interview: InterviewFacts, name: str, held: str
) -> str:
    """The reason `name` of a thank-you, with who passes it on: the recruiter who stands between,
    else who arranged the interview, else whoever invited the user."""
    led = {person.id for person in interview.interviewers}
    others = (one.name or one.email for one in facts.arranging if one.id not in led)
    through = facts.via_recruiter or next(others, "")
    if not through:
        return reason(rules, name, held=held)
    return reason(rules, f"{name}_through", held=held, person=short_name(through))


def _moment(starts: datetime) -> str:
    return f"{day_words(starts.date())} {clock_time(starts)}"
