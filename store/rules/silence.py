"""What the employer's silence is counted from, and the inquiry that it leads to.

R1 and R2 after an application, R4, R22 and R23 while a time for an interview is waited for, R8 and
R10 after an interview, R9 and R10 after the employer's own date, R11 after a check of references,
R26 after a task was handed in. Only one of them counts at a time, so that nobody is asked twice.
A human answer without a date lets the wait begin anew (R24).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.rules.dates import add_business_days, short_day
from store.rules.delays import Delay, local_day, midnight
from store.rules.followup_facts import Facts, Process, Talk, Word
from store.rules.followup_numbers import Asking, Rules
from store.rules.followup_plan import Planned, label, reason, shortened, through
from store.rules.stages import INTERVIEW_STAGES, Stage


@dataclass(frozen=True, slots=True)
class Silence:
    """What is waited for. `first_on` is empty where nothing is to be asked: it is the user's turn,
    or nothing was sent or held yet. `labels` name the first inquiry and the last one.
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

    @property
    def nth(self) -> int:
        """Which inquiry is the next one."""
        return len(self.nudges) + 1


def silence(facts: Facts, rules: Rules) -> Silence:
    """The silence that counts for an application which is neither an offer nor closed.

    The employer's own date beats every default delay (A.2), and what was said about a time for an
    interview after it was named beats the date: whoever invites has answered.
    """
    promised = promised_by(facts)
    if facts.stage is Stage.APPLIED:
        if promised is not None:
            return _after_promise(facts, rules, promised)
        return _after_application(facts, rules)
    time = _after_slots(facts, rules) or _after_answer(facts, rules)
    time = time or _after_calling_off(facts, rules)
    if promised is not None:
        named_on = facts.expected_set_on or promised
        if time is not None and time.since > named_on:
            return time
        return _after_promise(facts, rules, promised)
    return (
        time
        or _after_references(facts, rules)
        or _after_task(facts, rules)
        or _after_interview(facts, rules)
        or _after_reaching(facts, rules)
    )


def dormant_days(facts: Facts, waiting: Silence, rules: Rules) -> tuple[date, date]:
    """When the application goes quiet, and when closing it is suggested (R2, R10).

    The clock does not wait for a first inquiry that the user never sent, but it leaves time for the
    second one, however late the first was sent. An inquiry that waits for the end of a slow season
    takes it along.
    """
    after_nudge = timedelta(days=waiting.quiet.dormant_after_nudge_days)
    days = [waiting.since + timedelta(days=waiting.quiet.dormant_days)]
    days += [day + after_nudge for day in waiting.nudges]
    due_on = _due_on(facts, waiting, rules)
    if due_on is not None and (waiting.nudges or due_on >= max(days)):
        days.append(due_on + after_nudge)
    dormant_on = max(days)
    if due_on is not None and _is_slow(waiting, rules, due_on):
        dormant_on = rules.season.more.after(dormant_on, rules.holidays)
    close_on = waiting.since + timedelta(days=waiting.quiet.close_days)
    return dormant_on, max(close_on, dormant_on)


def inquiry(facts: Facts, rules: Rules, waiting: Silence) -> Iterator[Planned]:
    """The next inquiry, unless all were sent, or another application there comes first."""
    due_on = _due_on(facts, waiting, rules)
    if due_on is None or resting_for(facts) is not None:
        return
    if _is_slow(waiting, rules, due_on):
        due_on = rules.season.more.after(due_on, rules.holidays)
    dormant_on, _ = dormant_days(facts, waiting, rules)
    name, why = waiting.labels[0], waiting.reason
    if waiting.nudges:
        name = waiting.labels[1 if waiting.nth == waiting.at_most else 0]
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
        lapses_at=midnight(max(dormant_on, due_on + timedelta(days=1)), facts.zone),
        interview_id=waiting.interview_id,
    )


def resting_for(facts: Facts) -> Process | None:
    """The application at the same employer that has come further, in which to raise this one."""
    further = [one for one in facts.processes if one.stage.place > facts.stage.place]
    return max(further, key=lambda one: (one.stage.place, one.application_id), default=None)


def waiting_words(facts: Facts, rules: Rules, waiting: Silence) -> str:
    """What an application that is neither an offer nor closed waits for, in words."""
    quiet, _ = dormant_days(facts, waiting, rules)
    words, said = rules.waiting, short_day(quiet, quiet)
    ahead = resting_for(facts)
    if facts.no_contact:
        return words["no_contact"]
    if ahead is not None:
        return words["resting"].format(role=shortened(ahead.role), stage=ahead.stage)
    if facts.applied_on is None and facts.stage is Stage.APPLIED and waiting.first_on is None:
        return words["no_day"].format(quiet=said)
    if waiting.nudges:
        name = {1: "asked_once", 2: "asked_twice"}.get(len(waiting.nudges), "asked_often")
        return words[name].format(quiet=said, times=len(waiting.nudges))
    return words["silent"].format(quiet=said)


def promised_by(facts: Facts) -> date | None:
    """The employer's date while it counts: not once they wrote, met or invited after it."""
    by = facts.expected_by
    if by is None or (facts.expected_set_on or by) < facts.stage_since:
        return None
    if any(w.kind != "date_given" and w.sent_on >= by for w in human_answers(facts)):
        return None
    for talk in live(facts):
        begun = local_day(talk.starts_at, facts.zone) if talk.starts_at else talk.invited_on
        if begun is not None and begun > by:
            return None
    return by


def live(facts: Facts) -> list[Talk]:
    """The interviews and invitations that nobody called off, and that were not missed."""
    return [talk for talk in facts.talks if not talk.called_off_by and talk.kept is not False]


def human_answers(facts: Facts) -> list[Word]:
    """What people at the employer wrote."""
    return [word for word in facts.words if word.inbound and word.human]


def nudges(facts: Facts, *, since: date = date.min, after: date | None = None) -> tuple[date, ...]:
    """The days of the inquiries sent since the day `since`, or later than the day `after`."""
    if after is not None:
        since = after + timedelta(days=1)
    return tuple(sorted(w.sent_on for w in facts.words if w.kind == "nudge" and w.sent_on >= since))


def _due_on(facts: Facts, waiting: Silence, rules: Rules) -> date | None:
    """When the next inquiry would be due at any other time of the year.

    Not before the business day after an interview at that employer, whichever application it is
    about (product).
    """
    if waiting.first_on is None or waiting.nth > waiting.at_most:
        return None
    due_on = waiting.first_on
    if waiting.nudges:
        due_on = waiting.spacing.after(waiting.nudges[-1], rules.holidays)
    met = [one.last_interview_on for one in facts.processes if one.last_interview_on]
    return max([due_on, *(add_business_days(day, 1, rules.holidays) for day in met)])


def _is_slow(waiting: Silence, rules: Rules, due_on: date) -> bool:
    if not rules.slow_season or not waiting.waits_in_slow_season:
        return False
    return any(due_on in season for season in rules.season.seasons)


def _after_promise(facts: Facts, rules: Rules, by: date) -> Silence:
    rule = rules.promise
    return Silence(
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


def _after_application(facts: Facts, rules: Rules) -> Silence:
    """R1; counted anew from an answer that names no date (R24)."""
    rule = rules.application
    applied = facts.applied_on or facts.stage_since
    answered = max((word.sent_on for word in human_answers(facts)), default=None)
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
    return Silence(
        rule="R1",
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


def _after_slots(facts: Facts, rules: Rules) -> Silence | None:
    """R4, as long as the invitation that was answered with times has got none."""
    offered, talk_id = max(
        (
            (talk.offered_slots_on, talk.id)
            for talk in live(facts)
            if talk.offered_slots_on and not talk.starts_at and talk.stage is facts.stage
        ),
        default=(None, 0),
    )
    if offered is None or any(word.sent_on > offered for word in human_answers(facts)):
        return None
    return Silence(
        rule="R4",
        anchor=f"interview:{talk_id}:{offered.isoformat()}",
        labels=("ask_slot", "inquire_again"),
        reason=reason(rules, "slots", offered=offered),
        first_on=rules.slots.inquiry.after(offered, rules.holidays),
        spacing=rules.slots.inquiry,
        at_most=rules.slots.at_most,
        nudges=nudges(facts, after=offered),
        since=max(offered, facts.stage_since),
        quiet=rules.interview,
        action="ask_slot",
        interview_id=talk_id,
    )


def _after_answer(facts: Facts, rules: Rules) -> Silence | None:
    """R22: the invitation was answered, by either side again and again, and there is no time."""
    waiting = [
        (talk.offered_slots_on or talk.answered_on or talk.invited_on, talk)
        for talk in live(facts)
        if not talk.starts_at
        and talk.stage is facts.stage
        and (talk.answered or talk.offered_slots_on is not None)
    ]
    answered, talk = max(
        ((day, talk) for day, talk in waiting if day is not None),
        key=lambda found: (found[0], found[1].id),
        default=(None, None),
    )
    if answered is None or talk is None:
        return None
    return _asking_for_a_time(
        facts,
        rules,
        anchor=f"interview:{talk.id}",
        since=answered,
        why=reason(rules, "answered", answered=answered),
        interview_id=talk.id,
    )


def _after_calling_off(facts: Facts, rules: Rules) -> Silence | None:
    """R23: an interview was called off, or one side did not come, and nothing was agreed since.

    Counted from the user's own message about it, where one was sent.
    """
    talk = called_off(facts)
    if talk is None:
        return None
    off = off_since(facts, talk)
    written = [w.sent_on for w in facts.words if not w.inbound and w.kind != "nudge"]
    rule = rules.called_off
    found = _asking_for_a_time(
        facts,
        rules,
        anchor=f"interview:{talk.id}:{off.isoformat()}",
        since=max([off, *(day for day in written if day >= off)]),
        why=reason(rules, off_words(talk), off=off),
        interview_id=talk.id,
    )
    return replace(
        found,
        rule="R23",
        first_on=rule.inquiry.after(found.since, rules.holidays),
        spacing=rule.spacing,
        at_most=rule.at_most,
    )


def called_off(facts: Facts) -> Talk | None:
    """The interview of this stage that was called off last, unless another one came since."""
    off = [talk for talk in facts.talks if _is_off(talk) and talk.stage is facts.stage]
    last = max(off, key=lambda talk: (off_since(facts, talk), talk.id), default=None)
    if last is None:
        return None
    since = off_since(facts, last)
    for talk in live(facts):
        begins = local_day(talk.starts_at, facts.zone) if talk.starts_at else talk.invited_on
        if max(begins or talk.logged_on, talk.logged_on) >= since:
            return None
    return last


def off_since(facts: Facts, talk: Talk) -> date:
    """The day since which it is known that `talk` does not, or did not, take place."""
    if talk.called_off_on is not None:
        return talk.called_off_on
    missed = talk.starts_at is not None and talk.kept is False
    return local_day(talk.starts_at, facts.zone) if missed and talk.starts_at else talk.logged_on


def off_words(talk: Talk) -> str:
    """Which of the reasons tells why `talk` does not, or did not, take place."""
    if talk.kept is False:
        return {"them": "missed", "you": "missed_by_you"}.get(talk.called_off_by, "not_held")
    return "called_off" if talk.called_off_by == "them" else "called_off_by_you"


def _is_off(talk: Talk) -> bool:
    return bool(talk.called_off_by) or talk.kept is False


def _after_reaching(facts: Facts, rules: Rules) -> Silence:
    """R22: the stage was reached, and no interview of it is agreed."""
    return _asking_for_a_time(
        facts,
        rules,
        anchor=f"stage:{facts.stage}:{facts.stage_since.isoformat()}",
        since=facts.stage_since,
        why=reason(rules, "reached", stage=str(facts.stage), since=facts.stage_since),
    )


def _asking_for_a_time(
    facts: Facts,
    rules: Rules,
    *,
    anchor: str,
    since: date,
    why: str,
    interview_id: int | None = None,
) -> Silence:
    """Asking when the interview will be; counted anew from what they wrote meanwhile."""
    rule = rules.time
    wrote = max((w.sent_on for w in human_answers(facts) if w.sent_on > since), default=None)
    if wrote is not None:
        since, why = wrote, reason(rules, "wrote", wrote=wrote)
        anchor = f"{anchor}:{wrote.isoformat()}"
    return Silence(
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


def _after_references(facts: Facts, rules: Rules) -> Silence | None:
    """R11, until they write, invite or meet after the check."""
    checked = facts.reference_check_on
    if checked is None or checked < facts.stage_since or facts.stage not in INTERVIEW_STAGES:
        return None
    since_then = [word.sent_on for word in human_answers(facts)]
    for talk in live(facts):
        begun = local_day(talk.starts_at, facts.zone) if talk.starts_at else None
        since_then += [day for day in (begun, talk.invited_on) if day is not None]
    if any(day > checked for day in since_then):
        return None
    rule = rules.references
    return Silence(
        rule="R11",
        anchor=f"references:{checked.isoformat()}",
        labels=("inquire_references", "inquire_again"),
        reason=reason(rules, "references", checked=checked),
        first_on=rule.inquiry.after(checked, rules.holidays),
        spacing=rule.inquiry,
        at_most=rule.at_most,
        nudges=nudges(facts, after=checked),
        since=checked,
        quiet=rules.interview,
    )


def _after_task(facts: Facts, rules: Rules) -> Silence | None:
    """R26: nothing is asked before the task is handed in; then as after an interview."""
    tasks = [task for task in facts.assignments if task.stage is facts.stage]
    still_open = [task for task in tasks if task.handed_in_on is None]
    done = [task for task in tasks if task.handed_in_on is not None]
    last = max(done, key=lambda task: (task.handed_in_on or date.min, task.id), default=None)
    held = _last_held(facts)
    if still_open:
        task = max(still_open, key=lambda task: (task.given_on, task.id))
        since, first_on, why = task.due_on or task.given_on, None, ""
    elif last is not None and last.handed_in_on is not None:
        task, since = last, last.handed_in_on
        first_on = rules.interview.inquiry.after(since, rules.holidays)
        why = reason(rules, "handed_in", handed_in=since)
    else:
        return None
    if not still_open and held is not None and _ended_on(facts, held) > since:
        return None
    anchor = f"task:{task.id}"
    wrote = max((w.sent_on for w in human_answers(facts) if w.sent_on > since), default=None)
    if wrote is not None and first_on is not None:
        since, why = wrote, reason(rules, "wrote", wrote=wrote)
        first_on = rules.interview.inquiry.after(wrote, rules.holidays)
        anchor = f"{anchor}:{wrote.isoformat()}"
    return Silence(
        rule="R26",
        anchor=anchor,
        labels=("inquire_task", "inquire_again"),
        reason=why,
        first_on=first_on,
        spacing=rules.interview.spacing,
        at_most=rules.interview.at_most,
        nudges=nudges(facts, after=since),
        since=since,
        quiet=rules.interview,
        waits_in_slow_season=True,
    )


def _after_interview(facts: Facts, rules: Rules) -> Silence | None:
    """R8, counted anew from an answer that names no date (R24); None before any interview.

    An invitation that came since is their answer: there is nothing to ask until it is answered.
    """
    rule = rules.interview
    last = _last_held(facts)
    invitations = [t.invited_on for t in live(facts) if not t.starts_at and t.invited_on]
    if last is None and not invitations:
        return None
    ended = _ended_on(facts, last) if last is not None else None
    answers = [w.sent_on for w in human_answers(facts) if ended is None or w.sent_on > ended]
    invited_since = any(day >= (ended or day) for day in invitations)
    first_on, anchor = None, f"interview:{last.id}" if last is not None else ""
    since = max([facts.stage_since if ended is None else ended, *invitations, *answers])
    why = reason(rules, "no_date", held=ended or since)
    if ended is not None and not invited_since:
        first_on = rule.inquiry.after(ended, rules.holidays)
        if answers:
            wrote = max(answers)
            first_on = rule.inquiry.after(wrote, rules.holidays)
            why = reason(rules, "wrote", wrote=wrote)
            anchor = f"{anchor}:{wrote.isoformat()}"
    return Silence(
        rule="R8",
        anchor=anchor,
        labels=("inquire_interview", "inquire_again"),
        reason=why,
        first_on=first_on,
        spacing=rule.spacing,
        at_most=rule.at_most,
        nudges=nudges(facts, after=max(answers)) if answers else nudges(facts, since=since),
        since=since,
        quiet=rule,
        interview_id=last.id if last is not None else None,
        waits_in_slow_season=True,
    )


def _last_held(facts: Facts) -> Talk | None:
    """The interview of this stage that ends last, whether it has taken place or is to come."""
    held = [talk for talk in live(facts) if talk.ends_at and talk.stage is facts.stage]
    return max(held, key=lambda talk: (talk.ends_at, talk.id), default=None)


def _ended_on(facts: Facts, talk: Talk) -> date:
    assert talk.ends_at is not None
    return local_day(talk.ends_at, facts.zone)
