"""Whether the stored follow-ups are those that the rules plan, and how they become them again."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import col, select

from store.model.board import Written
from store.pipeline.changes.journal import JournalEntry, batches, record, record_replan
from store.pipeline.changes.use_case import UseCases
from store.pipeline.planner import Planner
from store.rules.text import Refused
from store.tables import Application

_SOME = 20
"""How many applications tell whether it is worth planning all of them by other clocks."""
_MONTHS = range(-36, 13)
"""From which month to which, counted from now, the clocks of two zones are compared."""


class _GivenUp(Exception):
    """It was only to be seen what would be written."""


class WholePlan(UseCases):
    """Use cases about the plan of the whole board."""

    def out_of_plan(self) -> tuple[int, ...]:
        """The applications whose stored plan differs from what the rules say; nothing is kept.

        One that was planned by the clocks of another time zone, before a journey say, is in order:
        it is planned by those of here with its next change. It takes the place of a writer
        meanwhile: to be asked of a copy that goes.
        """
        left = self._find_differing(self._planner)
        for zone in _zones(self.database.clock.now()) if left else ():
            planner = Planner(zone, self._planner.rules)
            some = left[:: max(1, len(left) // _SOME)]
            if len(self._find_differing(planner, some)) < len(some):
                left = self._find_differing(planner, left)
            if not left:
                break
        return left

    def plan_again(self) -> Written:
        """Plan every application by the rules, as one step of undo.

        Raises Refused when all is as planned.
        """
        with record(self.database, "replan", "planned again") as entry:
            _plan(entry, self._planner)
            touched = tuple(sorted(entry.touched_ids()))
            if not touched:
                raise Refused("All is as the rules plan it. Nothing was changed.")
            entry.stamp()
            return self._answer(entry.session, entry.change, also=touched)

    def _find_differing(
        self, planner: Planner, among: Sequence[int] | None = None
    ) -> tuple[int, ...]:
        """Those of the applications with the ids `among`, of all if None, whose stored plan is not
        that of `planner`."""
        found: tuple[int, ...] = ()
        try:
            with record_replan(self.database) as entry:
                _plan(entry, planner, among)
                found = tuple(sorted(entry.touched_ids()))
                raise _GivenUp
        except _GivenUp:
            return found


def _plan(entry: JournalEntry, planner: Planner, among: Sequence[int] | None = None) -> None:
    if among is None:
        everything = entry.session.exec(select(Application).order_by(col(Application.id)))
        planner.replan(entry, list(everything))
        return
    for ids in batches(among):
        query = select(Application).where(col(Application.id).in_(ids))
        planner.replan(entry, list(entry.session.exec(query.order_by(col(Application.id)))))


def _zones(now: datetime) -> Iterator[ZoneInfo]:
    """The time zones whose clocks differ, those of the last years counted."""
    moments = [now.astimezone(UTC) + timedelta(days=30 * month) for month in _MONTHS]
    seen = set()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = tuple(zone.utcoffset(moment.astimezone(zone)) for moment in moments)
        if offsets not in seen:
            seen.add(offsets)
            yield zone
