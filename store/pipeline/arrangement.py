"""The board as a whole: the order of a lane, remembered choices, undo and redo."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from itertools import pairwise

from sqlmodel import Session, col, select

from store import undoing
from store.errors import NotFound
from store.glance import PLANNED_BY
from store.journal import Entry, recorded, replanned
from store.pipeline.use_case import UseCases
from store.rules.stages import Stage
from store.tables import Application, Change, Setting
from store.written import Written


class Arrangement(UseCases):
    """Use cases about the board itself."""

    def reorder(self, stage: Stage, order: Sequence[int]) -> Written:
        """Sort the lane of `stage` by hand from now on: the ids in the order wanted.

        Only cards whose place among the others changed are written.
        """
        with recorded(self.database, "reorder", f"sorted {stage} by hand") as entry:
            query = select(Application).where(
                Application.stage == stage.value, col(Application.outcome).is_(None)
            )
            rows = {row.id: row for row in entry.session.exec(query)}
            wanted = [rows[card_id] for card_id in order if card_id in rows]
            for row, position in zip(wanted, _positions(wanted), strict=True):
                entry.put(row, position=position)
            _set(entry, f"order.{stage}", "hand")
            entry.stamp()
            return self._answer(entry, None)

    def sort_by_urgency(self, stage: Stage) -> Written:
        """Sort the lane of `stage` by urgency again; the order by hand is kept for later."""
        with recorded(self.database, "reorder", f"sorted {stage} by urgency") as entry:
            _set(entry, f"order.{stage}", "urgency")
            return self._answer(entry, None)

    def remember(self, name: str, value: str) -> None:
        """Keep a choice that is no step of undo, such as the theme."""
        with self.database.writing() as session:
            row = session.exec(select(Setting).where(Setting.name == name)).first()
            session.add(row or Setting(name=name, value=value))
            if row is not None:
                row.value = value

    def catch_up(self, fingerprint: str) -> tuple[int, ...]:
        """Plan everything anew, unless that was done under these rules already.

        For when the program starts: the settings, or the rules of a newer version, may differ from
        those by which the board was planned last. `fingerprint` names the rules. Returns the ids
        of the applications whose follow-ups changed. This is no step of undo.
        """
        with closing(self.database.glance()) as glance:
            if glance.setting(PLANNED_BY) == fingerprint:
                return ()
        with replanned(self.database) as entry:
            everything = entry.session.exec(select(Application).order_by(col(Application.id)))
            self._planner.replan(entry, list(everything))
            touched = entry.touched()
            _set(entry, PLANNED_BY, fingerprint)
            return tuple(sorted(touched))

    def undo(self, *, seen: int | None = None) -> Written:
        """Take back the newest change; `seen` is the newest change that the user looks at.

        Raises Conflict when somebody else changed something since, Refused with nothing to undo.
        """
        return self._travel(undoing.undo, seen)

    def redo(self, *, seen: int | None = None) -> Written:
        """Do again what was undone last; raises as `undo` does."""
        return self._travel(undoing.redo, seen)

    def _travel(
        self,
        step: Callable[[Session, datetime, int | None], tuple[Change, set[int]]],
        seen: int | None,
    ) -> Written:
        with self.database.writing() as session:
            change, touched = step(session, self.database.clock.now(), seen)
            application_id = next(iter(touched)) if len(touched) == 1 else None
            card = None
            if application_id is not None:
                try:
                    card = self.database.glance(session).card(application_id)
                except NotFound:
                    card = None
            assert change.id is not None
            return Written(change.id, application_id, card, change.summary)


def _positions(rows: Sequence[Application]) -> list[float]:
    """Rising positions for `rows`, keeping as many as possible of those they have.

    A card that was moved between two others takes the middle of theirs, so one step by hand
    writes one row; all are numbered anew when the middle runs out or a card has none yet.
    """
    fresh = [float(place) for place in range(len(rows))]
    old = [row.position for row in rows]
    held = [position for position in old if position is not None]
    if len(held) != len(old) or len(set(held)) != len(held):
        return fresh
    descent = next((i for i, (a, b) in enumerate(pairwise(held)) if a > b), None)
    if descent is None:
        return held
    for place in (descent, descent + 1):
        rest = held[:place] + held[place + 1 :]
        if all(a < b for a, b in pairwise(rest)):
            low = rest[place - 1] if place > 0 else rest[0] - 2
            high = rest[place] if place < len(rest) else low + 2
            middle = (low + high) / 2
            if low < middle < high:
                return [*held[:place], middle, *held[place + 1 :]]
    return fresh


def _set(entry: Entry, name: str, value: str) -> None:
    row = entry.session.exec(select(Setting).where(Setting.name == name)).first()
    if row is None:
        entry.add(Setting(name=name, value=value))
    else:
        entry.put(row, value=value)
