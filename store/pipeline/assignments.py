"""Take-home tasks and tests: given, worked on, handed in."""

from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from sqlmodel import select

from store.model.board import Written
from store.pipeline.changes.use_case import Step, UseCases, must_be_open
from store.pipeline.stages import put_in_stage
from store.rules import fields
from store.rules.dates import clock_time, short_day
from store.rules.fields import TASK_KINDS
from store.rules.stages import INTERVIEW_STAGES, Stage
from store.rules.text import Refused, clean, quoted
from store.tables import Assignment, FollowUp
from store.zones import beside, zone_name, zone_named

_MINUTES_AT_MOST = 60_000
"""A thousand hours: more is a slip of the finger (product)."""


class Assignments(UseCases):
    """Use cases about what is done at home for a process."""

    def assignment(
        self,
        application_id: int,
        title: str,
        *,
        given_on: date | None = None,
        zone: str = "",
        **details: Any,
    ) -> Written:
        """A task of the present stage; from applied the card moves to first, as with an interview.

        Args:
            given_on: the day on which it came, today unless told.
            zone: the IANA name of the zone of `due_at`, when it is not the user's own.
            details: `kind`, one of `store.rules.fields.TASK_KINDS`; `due_on` or
                `due_at`, the day or the aware instant by which it is to be handed in;
                `handed_in_on`, `minutes_spent`, `remarks`.
        """
        columns = self._check({"title": title, "zone": zone, **details})
        with self._step("task", application_id) as step:
            must_be_open(step)
            day = self._day(given_on, since=step.row.applied_on)
            stage = Stage(step.row.stage)
            if stage is Stage.APPLIED:
                stage = Stage.FIRST
                put_in_stage(step, stage, max(day, step.row.stage_since))
            elif stage not in INTERVIEW_STAGES:
                stage = Stage.SECOND
            _check_days(given_on=day, **columns)
            row = step.add(Assignment, stage=stage.value, given_on=day, **columns)
            step.made = row.id
            step.tell(f"{TASK_KINDS[row.kind].lower()}: {row.title}{self._due(row)}")
        return step.result()

    def edit_assignment(self, assignment_id: int, changes: Mapping[str, Any]) -> Written:
        """Change what `assignment` takes; a task that was handed in is done."""
        columns = self._check(changes)
        with self._step_of("task", Assignment, assignment_id) as (step, row):
            told = f"{TASK_KINDS[columns.get('kind', row.kind)].lower()} changed"
            if columns.get("handed_in_on", row.handed_in_on) != row.handed_in_on:
                _settle(step, row, columns["handed_in_on"])
                told = "handed in" if columns["handed_in_on"] else "not handed in yet"
            days = {n: columns.get(n, getattr(row, n)) for n in ("due_on", "handed_in_on")}
            _check_days(given_on=row.given_on, **days)
            step.entry.put(row, **columns)
            due = self._due(row) if {"due_on", "due_at"} & columns.keys() else ""
            step.tell(f"{told}: {row.title}{due}")
        return step.result()

    def remove_assignment(self, assignment_id: int) -> Written:
        """Remove a task."""
        with self._step_of("task", Assignment, assignment_id) as (step, row):
            step.tell(f"task removed: {row.title}")
            step.entry.remove(row)
        return step.result()

    def _check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of `assignment` that `values` stand for; TypeError for one there is not."""
        columns = dict(values)
        for name, value in values.items():
            match name:
                case "title":
                    columns[name] = clean(value, fields.ASSIGNMENT)
                case "remarks":
                    columns[name] = clean(value, fields.REMARKS)
                case "kind" if value not in TASK_KINDS:
                    raise Refused(f"Unknown kind of task {quoted(value)}: {', '.join(TASK_KINDS)}.")
                case "minutes_spent" if not 0 <= value <= _MINUTES_AT_MOST:
                    raise Refused("A task cannot take more than 1,000 hours.")
                case "zone":
                    own = self.database.clock.zone
                    columns[name] = zone_name(zone_named(value) if value else own)
                case "handed_in_on" if value is not None:
                    self._day(value)
                case "due_at" if value is not None:
                    columns[name] = value.astimezone(UTC)
                    columns["due_on"] = value.astimezone(self.database.clock.zone).date()
                case "kind" | "minutes_spent" | "handed_in_on" | "due_on" | "due_at":
                    pass
                case _:
                    raise TypeError(f"a task has no {name!r}")
        return columns

    def _due(self, row: Assignment) -> str:
        if row.due_on is None:
            return ""
        if row.due_at is not None:
            local = row.due_at.astimezone(self.database.clock.zone)
            return (
                f", due {short_day(local.date(), self.today)} {clock_time(local)}"
                f"{beside(local, row.zone)}"
            )
        return f", due {short_day(row.due_on, self.today)}"


def _check_days(
    *, given_on: date, due_on: date | None = None, handed_in_on: date | None = None, **_: object
) -> None:
    for what, day in (("is due", due_on), ("was handed in", handed_in_on)):
        if day is not None and day < given_on:
            raise Refused(
                f"It was given on {short_day(given_on)}; it cannot be that it {what} before that."
            )


def _settle(step: Step, row: Assignment, handed_in_on: date | None) -> None:
    """The reminder to hand it in is done with it, or comes back."""
    query = select(FollowUp).where(
        FollowUp.application_id == step.id, FollowUp.anchor == f"hand_in:{row.id}"
    )
    for reminder in step.entry.session.exec(query).all():
        if handed_in_on is not None and reminder.state == "open":
            step.entry.put(reminder, state="done", done_on=handed_in_on)
        elif handed_in_on is None and reminder.state == "done":
            step.entry.remove(reminder)
