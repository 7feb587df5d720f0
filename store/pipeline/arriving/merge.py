"""What a row of a file tells of an application that is there, in words and done to it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from store.exchange.incoming import Incoming, Problem
from store.pipeline.changes.journal import batches
from store.pipeline.changes.use_case import Step
from store.pipeline.contacts import set_main
from store.pipeline.stages import end, last_known, moves_of, put_in_stage, redate
from store.rules.stages import Outcome, Stage
from store.rules.text import quoted
from store.tables import Application, Contact, Note

FILLED = (
    "url", "location", "source", "salary", "cv_version", "letter_version", "channel",
    "via_recruiter", "posting_text", "next_step",
)  # fmt: skip
"""The texts that a row may add to an application that has none there."""
_CALLED = {
    "url": "link",
    "cv_version": "CV",
    "letter_version": "cover letter",
    "via_recruiter": "recruiter",
    "posting_text": "posting",
    "next_step": "next step",
}


def applications_of(session: Session, ids: Sequence[int]) -> Iterator[Application]:
    """The applications of these ids, in no order."""
    for some in batches(ids):
        yield from session.exec(select(Application).where(col(Application.id).in_(some)))


def compare(
    session: Session, known: Mapping[int, Incoming], today: date
) -> tuple[list[Problem], list[Problem]]:
    """What the rows about applications that are there tell anew, and those that tell nothing."""
    counts = {
        table: set(session.exec(select(table.application_id).distinct()))
        for table in (Note, Contact)
    } if known else {}  # fmt: skip
    merged, same = [], []
    for application in applications_of(session, list(known)):
        assert application.id is not None
        row = known[application.id]
        noted, met = (application.id in counts[table] for table in (Note, Contact))
        news = _news(application, row, today, noted=noted, met=met)
        named = f"{quoted(row.company)}, {quoted(row.role)}"
        if news:
            merged.append(Problem(row.line, f"{named}: {', '.join(news)}.", row.file))
        else:
            same.append(Problem(row.line, f"{named} is there already.", row.file))
    return merged, same


def _news(
    there: Application, row: Incoming, today: date, *, noted: bool, met: bool
) -> Sequence[str]:
    """What a row tells of an application that is not known there, in words."""
    news = []
    open_ = there.outcome is None
    if open_ and row.stage.place > Stage(there.stage).place:
        news.append(f"{there.stage} to {row.stage}")
    if open_ and (outcome := _outcome(there, row, today)) is not None:
        news.append(outcome.title)
    if there.applied_on is None and _may_have_applied(there, row):
        news.append("application date")
    if open_ and _told_day(there, row) is not None:
        news.append(f"day of {there.stage}")
    empty = [name for name in FILLED if getattr(row, name) and not getattr(there, name)]
    news += [_CALLED.get(name, name) for name in empty]
    if row.closing_on is not None and there.closing_on is None:
        news.append("closing date")
    if _may_have_deadline(there, row):
        news.append("deadline of the offer")
    if row.tags and there.tags == "[]":
        news.append("tags")
    if row.note and not noted:
        news.append("note")
    if (row.contact_name or row.contact_email) and not met:
        news.append("contact")
    return news


def _told_day(there: Application, row: Incoming) -> date | None:
    """The day on which an application came into its stage, where only the row knows it."""
    if not there.undated or row.outcome is not None or row.stage.value != there.stage:
        return None
    on = row.path[-1].on if row.path else None
    is_later = there.applied_on is None or on is None or on >= there.applied_on
    return on if is_later and on is not None and on <= there.stage_since else None


def _outcome(there: Application, row: Incoming, today: date) -> Outcome | None:
    """How an open application has ended by a row about it; None where the board knows better.

    A row older than the last step here tells no end, and “no response” tells none where they went
    on meanwhile.
    """
    if row.outcome is None:
        return None
    further = Stage(there.stage).place > row.stage.place
    if further and row.closed_on is not None and row.closed_on < there.stage_since:
        return None
    if further and row.outcome is Outcome.NO_RESPONSE:
        return None
    return row.outcome if there.stage_since <= today else None


def _may_have_applied(there: Application, row: Incoming) -> bool:
    return row.applied_on is not None and (
        there.stage == Stage.APPLIED or row.applied_on <= there.stage_since
    )


def _may_have_deadline(there: Application, row: Incoming) -> bool:
    """Whether an offer that is open gets its deadline from a row; one that has its own keeps it."""
    return (
        there.outcome is None
        and Stage.OFFER in (there.stage, row.stage)
        and row.offer_deadline_on is not None
        and there.offer_deadline_on is None
        and (there.offered_on is None or row.offer_deadline_on >= there.offered_on)
    )


def bring_up_to_date(step: Step, row: Incoming, there: Application) -> None:
    """Do to an application what `compare` tells of it."""
    entry, today = step.entry, step.entry.today
    session = entry.session
    entry.touch(there)
    moves = moves_of(step)
    if there.applied_on is None and _may_have_applied(there, row):
        alone = len(moves) <= 1
        if moves and (alone or row.applied_on <= moves[1].moved_on):  # type: ignore[operator]
            entry.put(moves[0], moved_on=row.applied_on)
        entry.put(there, applied_on=row.applied_on, **({"stage_since": row.applied_on} if alone
                                                       else {}))  # fmt: skip
    if there.outcome is None:
        outcome = _outcome(there, row, today)
        for stage, on in row.path:
            if stage.place > Stage(there.stage).place:
                day = max(min(on or row.closed_on or today, today), last_known(step))
                put_in_stage(step, stage, day, undated=on is None)
        if outcome is not None:
            day = max(min(row.closed_on or today, today), last_known(step))
            end(step, outcome, day, undated=row.closed_on is None)
        elif (told := _told_day(there, row)) is not None:
            redate(step, max(told, last_known(step)))
    empty = {name: getattr(row, name) for name in FILLED if not getattr(there, name)}
    entry.put(there, **empty)
    if there.closing_on is None:
        entry.put(there, closing_on=row.closing_on)
    if _may_have_deadline(there, row):
        entry.put(there, offer_deadline_on=row.offer_deadline_on, offer_deadline_set_on=today)
    if there.tags == "[]":
        entry.put(there, tags=json.dumps(row.tags, ensure_ascii=False))
    if row.note and not _any(session, Note, step.id):
        step.add(Note, noted_on=today, text=row.note)
    if (row.contact_name or row.contact_email) and not _any(session, Contact, step.id):
        set_main(step, {"contact_name": row.contact_name, "contact_email": row.contact_email})


def _any(session: Session, table: type[Note] | type[Contact], owner: int) -> bool:
    query = select(func.count()).select_from(table).where(table.application_id == owner)
    return bool(session.exec(query).one())
