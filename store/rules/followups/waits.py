"""What an application may wait for, rule by rule, and from which day each wait counts.

R1 after an application, R4, R22 and R23 while a time for an interview is waited for, R8 after an
interview, R9 after the employer's own date, R11 after a check of references, R26 after a task was
handed in. A human answer without a date lets the wait begin anew (R24). Which of them counts, and
when it is asked about, says `store.rules.followups.silence`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.rules.followups.facts import Facts, InterviewFacts, Task, Word
from store.rules.followups.numbers import Asking, Delay, Rules, local_day
from store.rules.followups.planned import reason
from store.rules.stages import INTERVIEW_STAGES


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that an application waits for. `first_on` is empty where nothing is to be asked: it
    is the user's turn, or nothing was sent or held yet. `labels` name the first inquiry and the
    last one.
    """

    rule: str
    anchor: str
    labels: tuple[str, str]
    reason: str
    first_on: date | None
    spacing: Delay
    at_most: int
    nudges: tuple[date, ...]
    since: date
    """The day from which the silence is counted."""
    quiet: Asking
    """The numbers by which the silence ends in quiet."""
    action: str = "inquire"
    interview_id: int | None = None
    waits_in_slow_season: bool = False
    not_before: date | None = None
    """Until then something else that was written asks the same."""

    @property
    def nth(self) -> int:
        """Which inquiry is the next one."""
        return len(self.nudges) + 1


def events(facts: Facts, rules: Rules) -> Iterator[tuple[date, int, Wait]]:
    """What may be waited for in this stage, each with its day; of one day, the greater number."""
    for number, event in enumerate(
        (
            _after_task(facts, rules),
            _after_interview(facts, rules),
            _after_references(facts, rules),
            _after_calling_off(facts, rules),
            _after_answer(facts, rules),
            _after_slots(facts, rules),
            _before_answer(facts, rules),
        )
    ):
        if event is not None:
            day, found = event
            yield day, number, found


def live(facts: Facts) -> list[InterviewFacts]:
    """The interviews and invitations that nobody called off, and that were not missed."""
    return [one for one in facts.interviews if not one.called_off_by and one.kept is not False]


def interview_days(facts: Facts) -> list[date]:
    """The days on which the agreed interviews end, past or to come, of whatever stage."""
    return [local_day(one.ends_at, facts.zone) for one in live(facts) if one.ends_at]


def human_answers(facts: Facts) -> list[Word]:
    """What people at the employer wrote."""
    return [word for word in facts.words if word.inbound and word.human]


def nudges(facts: Facts, *, since: date = date.min, after: date | None = None) -> tuple[date, ...]:
    """The days of the inquiries sent since the day `since`, or later than the day `after`."""
    if after is not None:
        since = after + timedelta(days=1)
    return tuple(sorted(w.sent_on for w in facts.words if w.kind == "nudge" and w.sent_on >= since))


def after_promise(facts: Facts, rules: Rules, by: date) -> Wait:
    rule = rules.promise
    return Wait(
        rule="R9",
        anchor=f"by:{by.isoformat()}",
        labels=("inquire_promise", "inquire_again"),
        reason=reason(rules, "promised", promised=by),
        first_on=rule.inquiry.after(by, rules.holidays),
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=nudges(facts, after=by),
        since=by,
        quiet=rule,
    )


def after_application(facts: Facts, rules: Rules) -> Wait:
    """R1; counted anew from an answer that names no date (R24)."""
    rule = rules.application
    applied = facts.applied_on or facts.stage_since
    answered = wrote_after(facts, applied)
    named = facts.contact_known or facts.via_recruiter or not rule.only_with_contact
    since = max([applied, *(day for day in (answered, facts.closing_on) if day is not None)])
    first_on: date | None = None
    why = reason(rules, "applied", applied=applied)
    if answered is not None and named:
        first_on = rule.inquiry.after(answered, rules.holidays)
        why = reason(rules, "wrote", wrote=answered)
    elif facts.applied_on is not None and named:
        first_on = rule.inquiry.after(applied, rules.holidays)
    if first_on is not None and facts.closing_on is not None:
        after_closing = rule.after_closing.after(facts.closing_on, rules.holidays)
        if after_closing > first_on:
            first_on = after_closing
            why = reason(rules, "closing", applied=applied, closing=facts.closing_on)
    return Wait(
        rule="R1" if answered is None else "R24",
        anchor=f"reply:{answered.isoformat()}" if answered is not None else "application",
        labels=("inquire_application", "inquire_again"),
        reason=why,
        first_on=first_on,
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=nudges(facts, since=applied, after=answered),
        since=since,
        quiet=rule,
        waits_in_slow_season=True,
    )


_Event = tuple[date, Wait]
"""What happened, by its day, and the wait after it."""


def _before_answer(facts: Facts, rules: Rules) -> _Event | None:
    """The user's turn: an invitation that was not answered (R3). Nothing is asked until it is."""
    invited_on, interview_id = max(
        (
            (one.invited_on, one.id)
            for one in _invitations(facts)
            if one.invited_on and not one.answered and one.offered_slots_on is None
        ),
        default=(None, 0),
    )
    if invited_on is None:
        return None
    wait = _wait_for_a_time(
        facts,
        rules,
        anchor=f"interview:{interview_id}",
        since=invited_on,
        why=reason(rules, "invited", invited=invited_on),
        interview_id=interview_id,
    )
    return invited_on, replace(wait, rule="R3", first_on=None)


def _after_slots(facts: Facts, rules: Rules) -> _Event | None:
    """R4, as long as the invitation that was answered with times has got none."""
    offered, interview_id = max(
        ((one.offered_slots_on, one.id) for one in _invitations(facts) if one.offered_slots_on),
        default=(None, 0),
    )
    if offered is None or wrote_after(facts, offered) is not None:
        return None
    return offered, Wait(
        rule="R4",
        anchor=f"interview:{interview_id}:{offered.isoformat()}",
        labels=("ask_slot", "inquire_again"),
        reason=reason(rules, "slots", offered=offered),
        first_on=rules.slots.inquiry.after(offered, rules.holidays),
        spacing=rules.slots.inquiry,
        at_most=rules.slots.at_most,
        nudges=nudges(facts, after=offered),
        since=max(offered, facts.stage_since),
        quiet=rules.interview,
        action="ask_slot",
        interview_id=interview_id,
    )


def _after_answer(facts: Facts, rules: Rules) -> _Event | None:
    """R22: the invitation was answered, by either side again and again, and there is no time."""
    waiting = [
        (one.offered_slots_on or one.answered_on or one.invited_on, one.id)
        for one in _invitations(facts)
        if one.answered or one.offered_slots_on is not None
    ]
    answered, interview_id = max(
        ((day, id_) for day, id_ in waiting if day is not None), default=(None, 0)
    )
    if answered is None:
        return None
    return answered, _wait_for_a_time(
        facts,
        rules,
        anchor=f"interview:{interview_id}",
        since=answered,
        why=reason(rules, "answered", answered=answered),
        interview_id=interview_id,
    )


def _after_calling_off(facts: Facts, rules: Rules) -> _Event | None:
    """R23: an interview was called off, or one side did not come, and nothing was agreed since.

    Counted from the user's own message about it. Where they were not written to, that message comes
    first, for as long as it is asked for.
    """
    one = last_called_off(facts)
    if one is None:
        return None
    off, rule = off_since(facts, one), rules.called_off
    written = last_letter_since(facts, off)
    why = reason(rules, off_words(one), off=off)
    if written is not None:
        why = reason(rules, "written", written=written)
    found = _wait_for_a_time(
        facts,
        rules,
        anchor=f"interview:{one.id}:{off.isoformat()}",
        since=written or off,
        why=why,
        interview_id=one.id,
    )
    first = found.since
    if one.called_off_by and written is None and found.since == off:
        first = off + timedelta(days=rule.lapse_days)
    return off, replace(
        found,
        rule="R23",
        first_on=rule.inquiry.after(first, rules.holidays),
        spacing=rule.spacing,
        at_most=rule.at_most,
    )


def last_letter_since(facts: Facts, day: date) -> date | None:
    """When the user last wrote, since `day`, something that is no inquiry."""
    sent = (w.sent_on for w in facts.words if not w.inbound and w.kind not in _NO_LETTERS)
    return max((sent_on for sent_on in sent if sent_on >= day), default=None)


_NO_LETTERS = frozenset({"nudge", "application", "thank_you"})
"""The kinds of the user's messages that cannot be about a new time."""


def _invitations(facts: Facts) -> list[InterviewFacts]:
    """The invitations without a time to an interview of this stage or a later one."""
    return [t for t in live(facts) if not t.starts_at and t.stage.place >= facts.stage.place]


def wrote_after(facts: Facts, day: date) -> date | None:
    """When somebody there last wrote, after `day`."""
    return max((w.sent_on for w in human_answers(facts) if w.sent_on > day), default=None)


def last_called_off(facts: Facts) -> InterviewFacts | None:
    """The interview of this stage or a later one that was called off last, unless there is one to
    come after that, or another invitation."""
    off = [t for t in facts.interviews if _is_off(t) and t.stage.place >= facts.stage.place]
    last = max(off, key=lambda one: (off_since(facts, one), one.id), default=None)
    if last is None:
        return None
    since = off_since(facts, last)
    for one in live(facts):
        begins = local_day(one.starts_at, facts.zone) if one.starts_at else one.invited_on
        if (begins or one.logged_on) >= since:
            return None
    return last


def off_since(facts: Facts, one: InterviewFacts) -> date:
    """The day since which it is known that `one` does not, or did not, take place."""
    if one.called_off_on is not None:
        return one.called_off_on
    return local_day(one.starts_at, facts.zone) if one.starts_at else one.logged_on


def off_words(one: InterviewFacts) -> str:
    """Which of the reasons tells why `one` does not, or did not, take place."""
    if one.kept is False:
        return {"them": "missed", "you": "missed_by_you"}.get(one.called_off_by, "not_held")
    return "called_off" if one.called_off_by == "them" else "called_off_by_you"


def _is_off(one: InterviewFacts) -> bool:
    return bool(one.called_off_by) or one.kept is False


def after_reaching(facts: Facts, rules: Rules) -> Wait:
    """R22: the stage was reached, and no interview of it is agreed.

    Where nobody knows when, nothing is asked, as for an application whose day is not known.
    """
    wait = _wait_for_a_time(
        facts,
        rules,
        anchor=f"stage:{facts.stage}:{facts.stage_since.isoformat()}",
        since=facts.stage_since,
        why=reason(rules, "reached", stage=str(facts.stage), since=facts.stage_since),
    )
    if facts.undated and wait.since == facts.stage_since:
        return replace(wait, first_on=None)
    return wait


def _wait_for_a_time(
    facts: Facts,
    rules: Rules,
    *,
    anchor: str,
    since: date,
    why: str,
    interview_id: int | None = None,
) -> Wait:
    """Asking when the interview will be; counted anew from what they wrote meanwhile."""
    rule = rules.time
    wrote = wrote_after(facts, since)
    if wrote is not None:
        since, why = wrote, reason(rules, "wrote", wrote=wrote)
        anchor = f"{anchor}:{wrote.isoformat()}"
    return Wait(
        rule="R22",
        anchor=anchor,
        labels=("ask_time", "inquire_again"),
        reason=why,
        first_on=rule.inquiry.after(since, rules.holidays),
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=nudges(facts, after=since),
        since=since,
        quiet=rules.interview,
        action="ask_time",
        interview_id=interview_id,
    )


def _after_references(facts: Facts, rules: Rules) -> _Event | None:
    """R11, until they invite or meet after the check; an answer counts as one to an interview."""
    checked = facts.reference_check_on
    if checked is None or checked < facts.stage_since or facts.stage not in INTERVIEW_STAGES:
        return None
    begun = [local_day(t.starts_at, facts.zone) for t in live(facts) if t.starts_at]
    invited = [one.invited_on for one in live(facts) if one.invited_on]
    wrote = wrote_after(facts, checked)
    if any(day > checked for day in begun + invited):
        return None
    found = Wait(
        rule="R11",
        anchor=f"references:{checked.isoformat()}",
        labels=("inquire_references", "inquire_again"),
        reason=reason(rules, "references", checked=checked),
        first_on=rules.references.inquiry.after(checked, rules.holidays),
        spacing=rules.references.inquiry,
        at_most=rules.references.at_most,
        nudges=nudges(facts, after=checked),
        since=checked,
        quiet=rules.interview,
    )
    if wrote is None:
        return checked, found
    return (
        None if _last_interview(facts) is not None else (checked, _anew(facts, rules, found, wrote))
    )


def _anew(facts: Facts, rules: Rules, found: Wait, wrote: date) -> Wait:
    """R24: `found`, counted as after an interview from what they wrote on the day `wrote`."""
    return replace(
        found,
        anchor=f"{found.anchor}:{wrote.isoformat()}",
        reason=reason(rules, "wrote", wrote=wrote),
        first_on=rules.interview.inquiry.after(wrote, rules.holidays),
        spacing=rules.interview.spacing,
        at_most=rules.interview.at_most,
        nudges=nudges(facts, after=wrote),
        since=wrote,
    )


def open_task(facts: Facts) -> Task | None:
    """The task of this stage or a later one that was given last and not handed in.

    None any more once an interview was held on its day or after it.
    """
    owed = [task for task in _tasks(facts) if task.handed_in_on is None]
    last = max(owed, key=lambda task: (task.given_on, task.id), default=None)
    held = _last_interview(facts)
    if last is None or (held is not None and _end_day(facts, held) >= _task_day(last)):
        return None
    return last


def _after_task(facts: Facts, rules: Rules) -> _Event | None:
    """R26: nothing is asked before the task is handed in; then as after an interview."""
    owed = open_task(facts)
    done = [(task.handed_in_on, task.id) for task in _tasks(facts) if task.handed_in_on is not None]
    if owed is None and not done:
        return None
    since, task_id = (_task_day(owed), owed.id) if owed is not None else max(done)
    first_on = None if owed is not None else rules.interview.inquiry.after(since, rules.holidays)
    found = Wait(
        rule="R26",
        anchor=f"task:{task_id}",
        labels=("inquire_task", "inquire_again"),
        reason=reason(rules, "handed_in", handed_in=since),
        first_on=first_on,
        spacing=rules.interview.spacing,
        at_most=rules.interview.at_most,
        nudges=nudges(facts, after=since),
        since=since,
        quiet=rules.interview,
        waits_in_slow_season=True,
    )
    wrote = wrote_after(facts, since)
    if wrote is not None and owed is None:
        found = _anew(facts, rules, found, wrote)
    return since, found


def _after_interview(facts: Facts, rules: Rules) -> _Event | None:
    """R8, counted anew from an answer that names no date (R24); None before any interview."""
    rule, last = rules.interview, _last_interview(facts)
    if last is None:
        return None
    ended = _end_day(facts, last)
    found = Wait(
        rule="R8",
        anchor=f"interview:{last.id}",
        labels=("inquire_interview", "inquire_again"),
        reason=reason(rules, "no_date", held=ended),
        first_on=rule.inquiry.after(ended, rules.holidays),
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=nudges(facts, since=ended),
        since=ended,
        quiet=rule,
        interview_id=last.id,
        waits_in_slow_season=True,
    )
    wrote = wrote_after(facts, ended)
    return ended, found if wrote is None else _anew(facts, rules, found, wrote)


def _tasks(facts: Facts) -> list[Task]:
    return [task for task in facts.assignments if task.stage.place >= facts.stage.place]


def _task_day(task: Task) -> date:
    return task.due_on or task.given_on


def _last_interview(facts: Facts) -> InterviewFacts | None:
    """The interview of this stage, or a later one, that ends last, past or to come."""
    held = [t for t in live(facts) if t.ends_at and t.stage.place >= facts.stage.place]
    return max(held, key=lambda one: (one.ends_at, one.id), default=None)


def _end_day(facts: Facts, one: InterviewFacts) -> date:
    assert one.ends_at is not None
    return local_day(one.ends_at, facts.zone)
