"""Which wait counts, when the employer's silence is asked about, and when it ends in quiet.

Only one wait counts at a time (`store.rules.followups.waits`), so that nobody is asked twice. R2
and R10 end it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from store.rules.dates import add_business_days, short_day
from store.rules.followups.facts import Facts, InterviewFacts, Process
from store.rules.followups.numbers import Rules, local_day, midnight
from store.rules.followups.planned import Planned, label, reason, short_name, through
from store.rules.followups.waits import (
    Wait,
    after_application,
    after_promise,
    after_reaching,
    events,
    human_answers,
    interview_days,
    last_called_off,
    last_letter_since,
    live,
    off_since,
    open_task,
    wrote_after,
)
from store.rules.stages import Stage


def wait_that_counts(facts: Facts, rules: Rules) -> Wait:
    """The wait that counts for an application which is neither an offer nor closed.

    What happened last counts: an invitation, an interview, a task, a check of references. The
    employer's own date beats every default delay (A.2), and what was said about a time for an
    interview after it was named beats the date: whoever invites has answered. Nobody is asked for
    a decision while they wait for a task.
    """
    last = max(events(facts, rules), key=lambda found: found[:2], default=None)
    promised = decision_date(facts)
    if promised is not None:
        named_on = facts.expected_set_on or promised
        if last is not None and last[2].rule in _APPOINTING and last[0] > named_on:
            return last[2]
        wait = after_promise(facts, rules, promised)
        return replace(wait, first_on=None) if open_task(facts) is not None else wait
    if last is not None:
        return last[2]
    if facts.stage is Stage.APPLIED:
        return after_application(facts, rules)
    return after_reaching(facts, rules)


_APPOINTING = frozenset({"R3", "R4", "R22", "R23"})
"""The rules that are about the time of an interview."""


def quiet_days(facts: Facts, rules: Rules, wait: Wait) -> tuple[date, date]:
    """When the application goes quiet, and when closing it is suggested (R2, R10).

    The clock does not wait for a first inquiry that the user never sent, but it leaves time for the
    second one, however late the first was sent. An inquiry that waits for the end of a slow season
    takes it along.
    """
    after_nudge = timedelta(days=wait.quiet.dormant_after_nudge_days)
    days = [
        day + timedelta(days=wait.quiet.dormant_days)
        for day in (wait.since, *interview_days(facts))
    ]
    days += [day + after_nudge for day in wait.nudges]
    due_on = _due_on(facts, wait, rules)
    if due_on is not None and wait.nudges:
        days.append(due_on + after_nudge)
    quiet_on = max(days)
    if due_on is not None:
        asked_on = _out_of_season(wait, rules, due_on)
        if asked_on > due_on:
            quiet_on = rules.season.more.after(quiet_on, rules.holidays)
        if asked_on >= quiet_on:
            quiet_on = asked_on + max(after_nudge, timedelta(days=1))
    close_on = wait.since + timedelta(days=wait.quiet.close_days)
    return quiet_on, max(close_on, quiet_on)


def inquiry(facts: Facts, rules: Rules, wait: Wait) -> Iterator[Planned]:
    """The next inquiry, unless all were sent, or another application there comes first."""
    due_on = _due_on(facts, wait, rules)
    if due_on is None or (wait.action == "inquire" and furthest_process(facts) is not None):
        return
    quiet_on, _ = quiet_days(facts, rules, wait)
    name, why = wait.labels[0], wait.reason
    if wait.nudges:
        name = wait.labels[1 if wait.nth == wait.at_most else 0]
        why = reason(rules, "asked", asked=wait.nudges[-1])
    yield Planned(
        rule=wait.rule,
        anchor=wait.anchor,
        nth=wait.nth,
        of=wait.at_most,
        action=wait.action,
        label=label(facts, rules, name),
        reason=through(facts, rules, why),
        due_on=_out_of_season(wait, rules, due_on),
        lapses_at=midnight(quiet_on, facts.zone),
        interview_id=wait.interview_id,
    )


def furthest_process(facts: Facts) -> Process | None:
    """The application at the same employer that has come further, in which to raise this one."""
    further = [one for one in facts.processes if one.stage.place > facts.stage.place]
    return max(further, key=lambda one: (one.stage.place, one.application_id), default=None)


def waiting_words(facts: Facts, rules: Rules, wait: Wait) -> str:
    """What an application that is neither an offer nor closed waits for, in words, and how that
    ends (R2, R10)."""
    quiet, close = quiet_days(facts, rules, wait)
    words, said, over = rules.waiting, short_day(quiet, quiet), short_day(close, close)
    ahead, owed, sent = furthest_process(facts), open_task(facts), len(wait.nudges)
    if facts.no_contact:
        return words["no_contact"]
    if wait.rule == "R3":
        return words["invited"].format(quiet=said)
    if owed is not None and wait.first_on is None:
        return words["task"].format(task=short_name(owed.title), quiet=said)
    if ahead is not None and wait.action == "inquire" and wait.nth <= wait.at_most:
        return words["resting"].format(role=short_name(ahead.role), stage=ahead.stage)
    if sent:
        name = {1: "asked_once", 2: "asked_twice"}.get(sent, "asked_often")
        return words[name].format(quiet=said, close=over, times=sent)
    if facts.applied_on is None and wait.rule == "R1" and wait.first_on is None:
        return words["no_day"].format(quiet=said, close=over)
    if wait.rule == "R9":
        return words["decides"].format(by=short_day(wait.since, wait.since), quiet=said)
    return words["silent"].format(quiet=said, close=over)


def decision_date(facts: Facts) -> date | None:
    """The employer's date while it counts: not once they wrote, met, invited or gave a task after
    it, nor once a task was handed in after it."""
    by = facts.expected_by
    if by is None or (facts.expected_set_on or by) < facts.stage_since:
        return None
    if any(w.kind != "date_given" and w.sent_on >= by for w in human_answers(facts)):
        return None
    for one in live(facts):
        begun = local_day(one.starts_at, facts.zone) if one.starts_at else one.invited_on
        if begun is not None and begun > by:
            return None
    if any(max(task.given_on, task.handed_in_on or by) > by for task in facts.assignments):
        return None
    return by


def interview_to_replace(facts: Facts) -> InterviewFacts | None:
    """The interview that one side called off, or missed, as long as a new time is the user's to
    ask for: nobody has written since, and no date was named."""
    one = last_called_off(facts)
    if one is None or not one.called_off_by:
        return None
    off = off_since(facts, one)
    if last_letter_since(facts, off) is not None or wrote_after(facts, off) is not None:
        return None
    if decision_date(facts) is not None and (facts.expected_set_on or off) >= off:
        return None
    return one


def _due_on(facts: Facts, wait: Wait, rules: Rules) -> date | None:
    """When the next inquiry would be due at any other time of the year.

    Not before the business day after an interview at that employer, whichever application it is
    about (product).
    """
    if wait.first_on is None or wait.nth > wait.at_most:
        return None
    due_on = wait.first_on
    if wait.nudges:
        due_on = wait.spacing.after(wait.nudges[-1], rules.holidays)
    if wait.not_before is not None:
        due_on = max(due_on, wait.not_before)
    days = interview_days(facts)
    days += [one.last_interview_on for one in facts.processes if one.last_interview_on]
    return max([due_on, *(add_business_days(day, 1, rules.holidays) for day in days)])


def _out_of_season(wait: Wait, rules: Rules, due_on: date) -> date:
    """`due_on`, later in a slow season where the user and the rule want that."""
    if not rules.slow_season or not wait.waits_in_slow_season:
        return due_on
    if not any(due_on in season for season in rules.season.seasons):
        return due_on
    return rules.season.more.after(due_on, rules.holidays)
