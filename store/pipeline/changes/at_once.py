"""What is done to several applications at once: one transaction, one step of undo."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from store.errors import AlreadyThere
from store.model.board import Written
from store.pipeline.applications import (
    New,
    Unless,
    begin,
    edit,
    edited_words,
    read_new,
    read_there,
    remove,
)
from store.pipeline.changes.journal import application, record
from store.pipeline.changes.use_case import Step, UseCases, distinct, summary_of
from store.pipeline.facts import read_outlook
from store.pipeline.stages import close, last_words, move, reopen
from store.rules.employers import Before
from store.rules.naming import refuse_any
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import Application


class Added(NamedTuple):
    """What came of several new applications.

    `ids` has the number of each, in order, and `there` says by place why one was not added, with
    the number of the one that is there. `written` is None when nothing was.
    """

    written: Written | None
    ids: tuple[int, ...]
    there: Mapping[int, str]


class WrongOne(Refused):
    """Of several new applications one cannot be added: `place` counts from 0, `there` tells
    whether that is because it is there already."""

    def __init__(self, sentence: str, place: int, *, there: bool = False) -> None:
        super().__init__(sentence)
        self.place = place
        self.there = there


class NothingNew(Refused):
    """All is as it should become already: the transaction is given up."""


class AtOnce(UseCases):
    """Use cases about several applications: done to each of them, or to none.

    Each raises NotFound for one that there is not, and Refused, naming the application, where
    one may not.
    """

    def add_all(self, rows: Sequence[Mapping[str, Any]], *, unless: Unless | None = None) -> Added:
        """Add new applications; each row has the words of `Applications.add`.

        Args:
            unless: "link" refuses one whose link is there already, "role" leaves out one whose
                link is, or its role at the same employer. Those of earlier rows count.

        Raises WrongOne for a row that cannot be added; then none is.
        """
        new = [self._read_new(place, row) for place, row in enumerate(rows)]
        if not new:
            raise Refused("No application was named.")
        ids: list[int] = []
        found: dict[int, str] = {}
        try:
            with self._several("add") as several:
                there = read_there(self.database.glance(several.entry.session))
                for place, one in enumerate(new):
                    try:
                        if unless is not None:
                            there.check(one, unless, self.today)
                    except AlreadyThere as already:
                        if unless != "role":
                            raise WrongOne(str(already), place, there=True) from None
                        ids.append(already.application_id)
                        found[place] = str(already)
                        continue
                    step = begin(several, one)
                    ids.append(step.id)
                    row = step.row
                    there.learn(
                        Before(
                            id=step.id,
                            role=row.role,
                            stage=one.stage,
                            applied_on=one.day,
                            outcome=None,
                            closed_on=None,
                            company=row.company,
                            url=row.url,
                        )
                    )
                steps = several.steps.values()
                if not steps:
                    raise NothingNew("All are there already.")
                if len(steps) > 1:
                    names = (_name(step.row) for step in steps)
                    several.entry.change.summary = summary_of("added", names)
                    several.named = True
        except NothingNew:
            return Added(None, tuple(ids), found)
        return Added(several.result(), tuple(ids), found)

    def _read_new(self, place: int, row: Mapping[str, Any]) -> New:
        known = {"company", "role", "stage", "applied_on", "note"}
        details = {name: value for name, value in row.items() if name not in known}
        try:
            return read_new(
                row["company"],
                row["role"],
                day=self._day(row.get("applied_on")),
                stage=row.get("stage", Stage.APPLIED),
                note=row.get("note", ""),
                details=details,
            )
        except Refused as refused:
            raise WrongOne(str(refused), place) from None

    def move_all(
        self, application_ids: Sequence[int], stage: Stage, *, on: date | None = None
    ) -> Written:
        """Put them into another stage: see `Applications.move`."""
        day = on or self.today
        return self._each(
            "move", f"moved to {stage}", application_ids, lambda step: move(step, stage, day), on
        )

    def move_each(self, stages: Mapping[int, Stage]) -> Written:
        """Put each into a stage of its own, today: what is in several columns goes on a step."""
        return self._each(
            "move", "moved", tuple(stages), lambda step: move(step, stages[step.id], self.today)
        )

    def edit_all(self, changes: Mapping[int, Mapping[str, Any]]) -> Written:
        """Change details of each, such as its tags: see `Applications.edit`.

        Raises NothingNew when none of them becomes another one.
        """
        named = dict.fromkeys(name for each in changes.values() for name in each)
        return self._each(
            "edit",
            edited_words(named),
            tuple(changes),
            lambda step: edit(step, changes[step.id]),
            same="They say that already.",
        )

    def close_all(
        self,
        application_ids: Sequence[int],
        outcome: Outcome,
        *,
        on: date | None = None,
        reason: str = "",
        keep: str = "",
        change: str = "",
    ) -> Written:
        """End them all alike: see `Applications.close`."""
        texts, day = last_words(reason, keep, change), on or self.today
        return self._each(
            "close",
            f"closed, {outcome.title}",
            application_ids,
            lambda step: close(step, outcome, day, texts),
            on,
        )

    def close_each(self, ends: Mapping[int, Outcome]) -> Written:
        """End each with an outcome of its own, today: for the sweep of quiet ones."""
        texts, outcomes = last_words(), set(ends.values())
        only = outcomes.pop() if len(outcomes) == 1 else None
        return self._each(
            "close",
            f"closed, {only.title}" if only is not None else "closed",
            tuple(ends),
            lambda step: close(step, ends[step.id], self.today, texts),
        )

    def reopen_all(self, application_ids: Sequence[int]) -> Written:
        """Bring them back to the stages in which they ended."""
        return self._each("reopen", "reopened", application_ids, reopen)

    def delete_all(self, application_ids: Sequence[int]) -> Written:
        """Remove them with all that belongs to them; undo brings everything back."""
        with record(self.database, "delete", "deleted") as entry:
            before = read_outlook(entry.session)
            rows = [
                application(entry.session, one) for one in distinct(application_ids, "application")
            ]
            entry.change.summary = summary_of("deleted", map(_name, rows))
            for row in rows:
                remove(entry, row)
            after = read_outlook(entry.session)
            also = self._planner.replan_others(entry, before, after)
            those = tuple({*application_ids, *also})
            return self._answer(entry.session, entry.change, also=those)

    def _each(
        self,
        verb: str,
        told: str,
        application_ids: Sequence[int],
        act: Callable[[Step], object],
        on: date | None = None,
        *,
        same: str = "",
    ) -> Written:
        """Do `act` to each or to none; `same` says that nothing came of it, where that may be."""
        with self._several(verb, on=on) as several:
            refusals = []
            for application_id in distinct(application_ids, "application"):
                step = several.step(application_id)
                try:
                    act(step)
                except Refused as refused:
                    name = f"{application_id} ({step.row.company}, {step.row.role})"
                    refusals.append((name, refused))
            refuse_any(refusals, len(several.steps), "Application ")
            if same and not several.entry.touched_ids():
                raise NothingNew(same)
            rows = [step.row for step in several.steps.values()]
            several.entry.change.summary = summary_of(told, map(_name, rows))
            several.named = True
        return several.result()


def _name(row: Application) -> str:
    return f"{row.company} — {row.role}"
