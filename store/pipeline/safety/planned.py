"""Whether the stored follow-ups are those that the rules plan, and how they become them again."""

from sqlmodel import col, select

from store.model.board import Written
from store.pipeline.changes.journal import JournalEntry, record, record_replan
from store.pipeline.changes.use_case import UseCases
from store.rules.text import Refused
from store.tables import Application


class _GivenUp(Exception):
    """It was only to be seen what would be written."""


class Planned(UseCases):
    """Use cases about the plan of the whole board."""

    def out_of_plan(self) -> tuple[int, ...]:
        """The applications whose stored plan differs from what the rules say; nothing is kept.

        It takes the place of a writer meanwhile: to be asked of a copy that goes.
        """
        found: tuple[int, ...] = ()
        try:
            with record_replan(self.database) as entry:
                self._plan_all(entry)
                found = tuple(sorted(entry.touched_ids()))
                raise _GivenUp
        except _GivenUp:
            return found

    def plan_again(self) -> Written:
        """Plan every application by the rules, as one step of undo.

        Raises Refused when all is as planned.
        """
        with record(self.database, "replan", "planned again") as entry:
            self._plan_all(entry)
            touched = tuple(sorted(entry.touched_ids()))
            if not touched:
                raise Refused("All is as the rules plan it. Nothing was changed.")
            entry.stamp()
            return self._answer(entry.session, entry.change, also=touched)

    def _plan_all(self, entry: JournalEntry) -> None:
        everything = entry.session.exec(select(Application).order_by(col(Application.id)))
        self._planner.replan(entry, list(everything))
