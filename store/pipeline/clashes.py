"""What to say about the time of an interview, though it is logged as wished."""

from datetime import timedelta

from sqlmodel import col, select

from store.clock import Clock
from store.pipeline.facts import aware, ends_at
from store.pipeline.use_case import Step
from store.rules.dates import clock_time, short_day
from store.tables import Application, Interview

_LONGEST = timedelta(days=1)
"""No interview lasts longer."""


def warn(step: Step, row: Interview, clock: Clock) -> None:
    """Warn of an agreed interview in the past, and of others at the same time."""
    starts_at, ended = aware(row.starts_at), ends_at(row)
    assert starts_at is not None
    assert ended is not None
    if ended <= step.entry.now:
        step.warnings.append("This interview lies in the past.")
    query = (
        select(Interview, Application.company)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .where(
            Interview.status == "confirmed",
            col(Interview.kept).is_not(False),
            col(Application.outcome).is_(None),
            col(Interview.id) != row.id,
            col(Interview.starts_at) < ended,
            col(Interview.starts_at) > starts_at - _LONGEST,
        )
        .order_by(col(Interview.starts_at), col(Interview.id))
    )
    for other, company in step.entry.session.exec(query):
        began, until = aware(other.starts_at), ends_at(other)
        if began is not None and until is not None and until > starts_at:
            began, until = began.astimezone(clock.zone), until.astimezone(clock.zone)
            step.warnings.append(
                f"It overlaps with the interview at {company}, "
                f"{short_day(began.date(), clock.now().date())} "
                f"{clock_time(began)}–{clock_time(until)}."
            )
