"""The way of an application through the stages, to its end and back."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from store.advice.facts import ends_at
from store.pipeline.changes.use_case import Step
from store.rules import fields, stages
from store.rules.stages import Had, Outcome, Stage, next_number
from store.rules.text import Refused, clean
from store.tables import Interview, StageMove


def move(step: Step, stage: Stage, day: date) -> None:
    """Put the application into another stage on `day`; Refused where it may not go there."""
    row, today = step.row, step.entry.today
    outcome = Outcome(row.outcome) if row.outcome else None
    before = Stage(row.stage)
    since = last_known(step)
    stages.check_move(before, stage, day, since=since, today=today, outcome=outcome)
    day = stages.step_day(day, since=since, today=today)
    step.tell(f"moved from {row.stage} to {stage}")
    put_in_stage(step, stage, day)
    if {before, stage} == set(stages.INTERVIEW_STAGES):
        _relabel_ahead(step, before, stage)


def last_words(reason: str = "", keep: str = "", change: str = "") -> dict[str, str]:
    """The columns for what is said of an end: the lesson only as far as there is one."""
    texts = {"reason": clean(reason, fields.APPLICATION["reason"])}
    for name, text in (("lesson_keep", keep), ("lesson_change", change)):
        if text:
            texts[name] = clean(text, fields.APPLICATION[name])
    return texts


def close(step: Step, outcome: Outcome, day: date, texts: Mapping[str, str]) -> None:
    """End the application on `day`, with `texts` of `last_words`; Refused where it may not."""
    row, today = step.row, step.entry.today
    is_closed = row.outcome is not None
    since = last_known(step)
    stages.check_close(Stage(row.stage), outcome, day, since=since, today=today, closed=is_closed)
    day = stages.step_day(day, since=since, today=today)
    _not_after(step, day)
    step.tell(f"closed: {outcome.title}")
    end(step, outcome, day, texts)


def end(
    step: Step,
    outcome: Outcome,
    day: date,
    texts: Mapping[str, str] | None = None,
    *,
    undated: bool = False,
) -> None:
    """Record the outcome, and the moment of it where that is known.

    An `undated` end was on `day` at the latest.
    """
    closed_at = step.entry.now if day == step.entry.today and not undated else None
    columns = {"outcome": outcome.value, "closed_on": day, "closed_at": closed_at}
    step.entry.put(step.row, **columns, undated=undated, **(texts or {}))


def reopen(step: Step) -> None:
    """Bring the application back to the stage in which it ended; Refused when it is open."""
    if step.row.outcome is None:
        raise Refused("This application is already open.")
    step.tell("reopened")
    moves = moves_of(step)
    step.entry.put(
        step.row,
        outcome=None,
        closed_on=None,
        closed_at=None,
        reason="",
        thanked_rejection_on=None,
        undated=bool(moves) and moves[-1].undated,
    )


def moves_of(step: Step) -> list[StageMove]:
    """The steps that it has made, the first one first."""
    query = select(StageMove).where(StageMove.application_id == step.id)
    return list(step.entry.session.exec(query.order_by(col(StageMove.id))))


def last_known(step: Step) -> date:
    """The day of the last step whose day is known; that of its stage where all are."""
    if not step.row.undated:
        return step.row.stage_since
    known = [move.moved_on for move in moves_of(step) if not move.undated]
    return max(known, default=step.row.applied_on or date.min)


def _not_after(step: Step, day: date) -> None:
    """What is not known of the days before was on `day` at the latest."""
    row, entry = step.row, step.entry
    if not row.undated or row.stage_since <= day:
        return
    for move in moves_of(step):
        if move.undated and move.moved_on > day:
            entry.put(move, moved_on=day)
    entry.put(row, stage_since=day)


def redate(step: Step, day: date) -> None:
    """The application came into its stage on `day`, which was not known before."""
    _not_after(step, day)
    moves = moves_of(step)
    if moves and moves[-1].to_stage == step.row.stage:
        step.entry.put(moves[-1], moved_on=day, undated=False)
    step.entry.put(step.row, stage_since=day, undated=False)
    if step.row.stage == Stage.OFFER:
        step.entry.put(step.row, offered_on=day, offered_at=None)


def put_in_stage(step: Step, stage: Stage, day: date, *, undated: bool = False) -> None:
    """Record the step to `stage`; an offer gets its date, and loses it when it was a mistake.

    An offer is the decision: no date is waited for any more by which one was to fall. An `undated`
    step was on `day` at the latest.
    """
    row, entry = step.row, step.entry
    _not_after(step, day)
    step.add(StageMove, from_stage=row.stage, to_stage=stage, moved_on=day, undated=undated)
    entry.put(row, undated=undated)
    if stage is Stage.OFFER:
        entry.put(
            row,
            offered_on=None if undated else day,
            offered_at=entry.now if day == entry.today and not undated else None,
            expected_by=None,
            expected_set_on=None,
            expected_text="",
        )
    elif row.stage == Stage.OFFER:
        entry.put(
            row,
            offered_on=None,
            offered_at=None,
            offer_acknowledged_on=None,
            offer_deadline_on=None,
            offer_deadline_at=None,
            offer_deadline_set_on=None,
            offer_deadline_asked_on=None,
            starts_work_on=None,
            offer_kind="",
            offer_letter_on=None,
            offer_signed_on=None,
            extension_asked_on=None,
            counter_sent_on=None,
        )
    entry.put(row, stage=stage.value, stage_since=day)


def relabel(step: Step, row: Interview, stage: Stage, number: int, *, final: bool = False) -> None:
    """Make `row` an interview of another round."""
    in_first = stage is Stage.FIRST
    step.entry.put(
        row,
        stage=stage.value,
        round=1 if in_first else max(number, 2),
        final=final and not in_first,
    )


def _relabel_ahead(step: Step, before: Stage, stage: Stage) -> None:
    """Interviews of the stage `before` that are not over are of `stage` from now on."""
    query = select(Interview).where(Interview.application_id == step.id)
    rows = list(step.entry.session.exec(query.order_by(col(Interview.id))))
    live = [row for row in rows if row.status != "cancelled" and row.kept is not False]
    now = step.entry.now
    had = [Had(Stage(row.stage), row.round, ends_at(row)) for row in live]
    number = next_number(stage, had, now)
    for row in live:
        ended = ends_at(row)
        if row.stage == before and (ended is None or ended > now):
            relabel(step, row, stage, number)
