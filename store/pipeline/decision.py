"""The day by which they decide: of all the days that they named, the one named last counts.

Of a day that the user typed into a form it is not known when it was named: it stands until they
name one.
"""

from collections.abc import Iterator
from datetime import date, tzinfo

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from store.advice.facts import aware
from store.pipeline.changes.use_case import Step
from store.rules.dates import short_day
from store.rules.followups.numbers import local_day
from store.tables import Debrief, Interview, Message


def take_written(step: Step, by: date, on: date, words: str, zone: tzinfo) -> None:
    """They wrote on the day `on` that they decide by `by`; `words` are theirs, or empty.

    What they named later stays, in a message or in an interview, in whatever order all that is
    noted. Of two days named on one day, once in each way, the later one counts.
    """
    said = max((told for day, told in _spoken_dates(step, zone) if day == on), default=by)
    if said > by and step.row.expected_by != said:
        by, words = said, ""
    _name(step, by, on, words, zone, beside=said)


def take_spoken(
    step: Step, by: date, on: date, words: str, zone: tzinfo, *, before: date | None
) -> None:
    """They said so in an interview on the day `on`: see `take_written`.

    `before` is the day that was noted of that interview until now, which this one corrects.
    """
    row = step.row
    beside = row.expected_by
    named_too = beside is not None and row.expected_set_on == on and beside != before
    if beside is None or not named_too or not _wrote(step, col(Message.sent_on) == on):
        beside = by
    _name(step, by, on, words, zone, beside=beside)


def _name(step: Step, by: date, on: date, words: str, zone: tzinfo, *, beside: date) -> None:
    """`beside` is what else they named on that day."""
    row = step.row
    newer = _wrote(step, col(Message.sent_on) > on)
    newer = newer or any(day > on for day, _ in _spoken_dates(step, zone))
    if newer or beside > by:
        if row.expected_by is not None and row.expected_by != by:
            known = short_day(row.expected_by, step.entry.today)
            step.warnings.append(f"They have named another day: {known}. It stays.")
        return
    step.entry.put(row, expected_by=by, expected_set_on=on, expected_text=words)


def _wrote(step: Step, *when: ColumnElement[bool]) -> bool:
    """Whether they named a day in a message of that time."""
    query = select(Message.id).where(
        Message.application_id == step.id, Message.kind == "date_given", *when
    )
    return step.entry.session.exec(query).first() is not None


def _spoken_dates(step: Step, zone: tzinfo) -> Iterator[tuple[date, date]]:
    """The day of each interview in which they named one, and that."""
    query = (
        select(Interview, Debrief)
        .join(Debrief, col(Debrief.interview_id) == col(Interview.id))
        .where(Debrief.application_id == step.id, col(Debrief.promised_by).is_not(None))
    )
    for interview, debrief in step.entry.session.exec(query):
        moment = aware(interview.starts_at)
        if moment is not None and debrief.promised_by is not None:
            yield local_day(moment, zone), debrief.promised_by
