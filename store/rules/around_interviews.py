"""What is to be done before and after an interview: R3, R5, R6, R7, and R11 for the references."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from store.rules.dates import clock_time
from store.rules.delays import hours_later, local_day, midnight
from store.rules.followup_facts import Facts, Person, Talk
from store.rules.followup_numbers import Rules
from store.rules.followup_plan import Planned, reason, said, shortened


def answers(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R3: an invitation that has neither been answered nor got a time."""
    for talk in facts.talks:
        answered = talk.answered or talk.offered_slots_on is not None
        if talk.starts_at or answered or talk.invited_on is None:
            continue
        due_at = None
        due_on = talk.invited_on + timedelta(hours=rules.invitation.answer_hours)
        if talk.invited_at is not None:
            due_at = hours_later(talk.invited_at, rules.invitation.answer_hours, facts.zone)
            due_on = due_at.date()
        lapses_on = talk.invited_on + timedelta(days=rules.invitation.lapse_days)
        yield Planned(
            rule="R3",
            anchor=f"interview:{talk.id}",
            nth=1,
            of=1,
            action="answer",
            label=rules.labels["answer"],
            reason=reason(rules, "invited", invited=talk.invited_on),
            due_on=due_on,
            due_at=due_at,
            lapses_at=midnight(lapses_on, facts.zone),
            interview_id=talk.id,
        )


def preparations(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R5: three reminders before each interview; none earlier than the day it was logged."""
    rule = rules.preparation
    for talk in facts.talks:
        if talk.starts_at is None or talk.kept is False:
            continue
        starts = talk.starts_at.astimezone(facts.zone)
        day = starts.date()
        booked_early = (day - talk.logged_on).days > rule.reconfirm_if_booked_days
        logistics = "reconfirm" if booked_early else "logistics"
        go_at = hours_later(starts, -rule.go_hours, facts.zone)
        steps: tuple[tuple[str, str, date, datetime | None], ...] = (
            ("prepare", "prepare", day - timedelta(days=rule.prepare_days), None),
            ("logistics", logistics, day - timedelta(days=rule.logistics_days), None),
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
                reason=reason(rules, "interview_ahead", starts=f"{said(day)} {clock_time(starts)}"),
                due_on=due_on if due_at else max(due_on, min(talk.logged_on, day)),
                due_at=due_at,
                lapses_at=starts,
                interview_id=talk.id,
            )


def debriefs(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R6: the debrief of each interview, late once the day on which it was due is over."""
    for talk, starts, ended in _held(facts):
        if talk.debriefed:
            continue
        due_at = hours_later(ended, rules.debrief.due_hours, facts.zone)
        yield Planned(
            rule="R6",
            anchor=f"interview:{talk.id}",
            nth=1,
            of=1,
            action="debrief",
            label=rules.labels["debrief"],
            reason=reason(rules, "interview_held", held=_moment(starts)),
            due_on=due_at.date(),
            due_at=due_at,
            not_before=ended,
            late_until=midnight(due_at.date() + timedelta(days=1), facts.zone),
            lapses_at=hours_later(ended, 24 * rules.debrief.drop_days, facts.zone),
            interview_id=talk.id,
        )


def thank_yous(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R7: one thank-you for each interviewer who is known, else one for the interview.

    They are owed also after the application was closed, unless that prevented the interview.
    """
    rule = rules.thank_you
    for talk, starts, ended in _held(facts):
        if talk.thanked:
            continue
        due_at = hours_later(ended, rule.due_hours, facts.zone)
        people: tuple[Person | None, ...] = talk.interviewers or (None,)
        for person in people:
            why = "interview_held" if person is None or person.email else "no_address"
            yield Planned(
                rule="R7",
                anchor=f"interview:{talk.id}",
                nth=1,
                of=1,
                action="thank",
                label=_thanks(rules, person.name if person else talk.people),
                reason=reason(rules, why, held=_moment(starts)),
                due_on=due_at.date(),
                due_at=due_at,
                not_before=hours_later(ended, rule.not_before_hours, facts.zone),
                late_until=hours_later(ended, rule.late_hours, facts.zone),
                lapses_at=hours_later(ended, 24 * rule.drop_days, facts.zone),
                person=str(person.id) if person else "",
                interview_id=talk.id,
            )


def references(facts: Facts, rules: Rules) -> Iterator[Planned]:
    """R11: the references are told on the day on which a check is announced."""
    checked = facts.reference_check_on
    if checked is None or checked < facts.stage_since:
        return
    yield Planned(
        rule="R11",
        anchor=f"warn:{checked.isoformat()}",
        nth=1,
        of=1,
        action="warn_references",
        label=rules.labels["warn_references"],
        reason=reason(rules, "references", checked=checked),
        due_on=checked,
        lapses_at=midnight(checked + timedelta(days=rules.references.lapse_days), facts.zone),
    )


def _held(facts: Facts) -> Iterator[tuple[Talk, datetime, datetime]]:
    """The agreed interviews with start and end, without those that did not take place.

    None is held on a day after the closing.
    """
    for talk in facts.talks:
        if talk.ends_at is None or talk.starts_at is None or talk.kept is False:
            continue
        if facts.closed_on is None or local_day(talk.ends_at, facts.zone) <= facts.closed_on:
            yield talk, talk.starts_at.astimezone(facts.zone), talk.ends_at.astimezone(facts.zone)


def _thanks(rules: Rules, people: str) -> str:
    if not people:
        return rules.labels["thank_all"]
    return rules.labels["thank"].format(people=shortened(people))


def _moment(starts: datetime) -> str:
    return f"{said(starts.date())} {clock_time(starts)}"
