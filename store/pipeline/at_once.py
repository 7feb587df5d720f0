"""What is done to several applications at once: one transaction, one step of undo."""

from collections.abc import Callable, Sequence
from datetime import date

from store.model.board import Written
from store.pipeline.applications import close, last_words, move, remove, reopen
from store.pipeline.facts import read_outlook
from store.pipeline.journal import application, record
from store.pipeline.use_case import Step, UseCases, distinct, summary_of
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import Application


class AtOnce(UseCases):
    """Use cases about several applications: done to each of them, or to none.

    Each raises NotFound for one that there is not, and Refused, naming the application, where
    one may not.
    """

    def move_all(
        self, application_ids: Sequence[int], stage: Stage, *, on: date | None = None
    ) -> Written:
        """Put them into another stage: see `Applications.move`."""
        day = on or self.today
        return self._each(
            "move", f"moved to {stage}", application_ids, lambda step: move(step, stage, day), on
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
    ) -> Written:
        with self._several(verb, on=on) as several:
            for application_id in distinct(application_ids, "application"):
                step = several.step(application_id)
                try:
                    act(step)
                except Refused as refused:
                    whose = f"Application {application_id} ({step.row.company}, {step.row.role})"
                    raise type(refused)(f"{whose}: {refused} Nothing was changed.") from None
            rows = [step.row for step in several.steps.values()]
            several.entry.change.summary = summary_of(told, map(_name, rows))
            several.named = True
        return several.result()


def _name(row: Application) -> str:
    return f"{row.company} — {row.role}"
