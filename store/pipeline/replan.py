"""From rows to facts, and from the plan back to rows: the open follow-ups of one application."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from store.journal import Entry
from store.rules.followup_rules import standard_rules
from store.rules.followups import Facts, Planned, Talk, Word, plan
from store.rules.stages import Outcome, Stage
from store.tables import Application, FollowUp, Interview, Message


def replan(entry: Entry, application: Application, zone: tzinfo) -> None:
    """Bring the open follow-ups of `application` in line with its facts.

    What the user did (done, skipped) and follow-ups of the user's own stay as they are; a snoozed
    one keeps its day for as long as its reason holds.
    """
    entry.session.flush()
    assert application.id is not None
    planned = plan(facts_of(entry.session, application, zone), standard_rules())
    entry.put(
        application,
        dormant_on=planned.dormant_on,
        close_suggested_on=planned.close_suggested_on,
    )
    wanted = {follow_up.key: follow_up for follow_up in planned.follow_ups}
    query = select(FollowUp).where(
        FollowUp.application_id == application.id, FollowUp.rule != "own"
    )
    for row in entry.session.exec(query):
        follow_up = wanted.pop((row.rule, row.anchor, row.person, row.nth), None)
        if row.state != "open":
            continue
        if follow_up is None:
            entry.remove(row)
        else:
            columns = _columns(follow_up)
            if row.snoozed_to is not None and row.lapses_at is None:
                del columns["lapses_at"]
            entry.put(row, **columns)
    entry.add_all(rows_of(application.id, wanted.values()))


def rows_of(application_id: int, planned: Iterable[Planned]) -> list[SQLModel]:
    """New rows for what is planned."""
    return [FollowUp(application_id=application_id, **_columns(one)) for one in planned]


def facts_of(session: Session, application: Application, zone: tzinfo) -> Facts:
    """What is stored about `application`, as the rules want to know it."""
    interviews = session.exec(
        select(Interview)
        .where(Interview.application_id == application.id, Interview.status != "cancelled")
        .order_by(col(Interview.id))
    )
    messages = session.exec(
        select(Message)
        .where(Message.application_id == application.id)
        .order_by(col(Message.sent_on), col(Message.id))
    )
    return replace(
        facts_of_new(application, zone),
        talks=tuple(_talk(row) for row in interviews),
        words=tuple(
            Word(row.sent_on, row.direction == "in", row.kind, human=row.kind != "automatic")
            for row in messages
        ),
    )


def facts_of_new(application: Application, zone: tzinfo) -> Facts:
    """The facts in the application's own row, without interviews and messages."""
    return Facts(
        zone=zone,
        stage=Stage(application.stage),
        stage_since=application.stage_since,
        applied_on=application.applied_on,
        closing_on=application.closing_on,
        expected_by=application.expected_by,
        expected_set_on=application.expected_set_on,
        no_contact=application.no_contact,
        outcome=Outcome(application.outcome) if application.outcome else None,
        closed_on=application.closed_on,
        offered_on=application.offered_on,
        offered_at=_aware(application.offered_at),
        acknowledged=application.offer_acknowledged_on is not None,
        deadline_on=application.offer_deadline_on,
        deadline_at=_aware(application.offer_deadline_at),
        deadline_set_on=application.offer_deadline_set_on,
    )


def ends_at(interview: Interview) -> datetime | None:
    """The end of the talk: its start and its length; None without a time."""
    starts_at = _aware(interview.starts_at)
    if starts_at is None:
        return None
    return starts_at + timedelta(minutes=interview.minutes)


def _talk(row: Interview) -> Talk:
    assert row.id is not None
    return Talk(
        id=row.id,
        stage=Stage(row.stage),
        logged_on=row.logged_on,
        starts_at=_aware(row.starts_at),
        ends_at=ends_at(row),
        invited_on=row.invited_on,
        invited_at=_aware(row.invited_at),
        answered=row.answered_on is not None,
        people=row.people,
    )


def _columns(follow_up: Planned) -> dict[str, Any]:
    return {
        "interview_id": follow_up.interview_id,
        "rule": follow_up.rule,
        "anchor": follow_up.anchor,
        "person": follow_up.person,
        "nth": follow_up.nth,
        "of": follow_up.of,
        "action": follow_up.action,
        "label": follow_up.label,
        "reason": follow_up.reason,
        "due_on": follow_up.due_on,
        "due_at": _in_utc(follow_up.due_at),
        "not_before": _in_utc(follow_up.not_before),
        "late_until": _in_utc(follow_up.late_until),
        "lapses_at": _in_utc(follow_up.lapses_at),
    }


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None


def _aware(moment: datetime | None) -> datetime | None:
    """An instant fresh from the user's hands has its zone; one from the database is UTC."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)
