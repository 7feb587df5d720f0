"""The board as a whole: the order of a lane, remembered choices, undo and redo."""

from collections.abc import Container, Sequence
from contextlib import closing
from datetime import date
from itertools import pairwise

from sqlmodel import Session, col, select

from store.errors import NotFound
from store.model.board import Written
from store.model.orders import LANE_ORDERS, ORDER_WORDS
from store.pipeline.changes.journal import JournalEntry, record, record_replan
from store.pipeline.changes.undo import describe, travel
from store.pipeline.changes.use_case import UseCases
from store.read.glance import PLANNED_BY
from store.read.rows import DAYS_OFF
from store.read.searches import SEARCH_PREFIX, is_search
from store.rules.fields import SEARCH, SEARCH_NAME
from store.rules.stages import Stage
from store.rules.text import Refused, clean, quoted
from store.rules.weekly.weeks import MONDAY, WEEK_BEGINS
from store.tables import Application, Setting


class Arrangement(UseCases):
    """Use cases about the board itself."""

    def reorder(self, stage: Stage, order: Sequence[int]) -> Written:
        """Sort the lane of `stage` by hand from now on: the ids in the order wanted.

        Only cards whose place among the others changed are written.
        """
        with record(self.database, "reorder", f"sorted {stage} by hand") as entry:
            query = select(Application).where(
                Application.stage == stage.value, col(Application.outcome).is_(None)
            )
            rows = {row.id: row for row in entry.session.exec(query)}
            wanted = [rows[card_id] for card_id in order if card_id in rows]
            for row, position in zip(wanted, _positions(wanted), strict=True):
                entry.put(row, position=position)
            _set(entry, f"order.{stage}", "hand")
            entry.stamp()
            return self._answer(entry.session, entry.change)

    def sort_lane(self, stage: Stage, order: str) -> Written:
        """Sort the lane of `stage` by one of `LANE_ORDERS` from now on.

        The order by hand is kept for later: by hand again, each card goes back to its place.
        Raises Refused for an order that there is not.
        """
        if order not in LANE_ORDERS:
            raise Refused(f"There is no order {quoted(order)}. There are {', '.join(LANE_ORDERS)}.")
        with record(self.database, "reorder", f"sorted {stage} by {ORDER_WORDS[order]}") as entry:
            _set(entry, f"order.{stage}", order)
            return self._answer(entry.session, entry.change)

    def save_search(self, name: str, query: str) -> Written:
        """Keep `query` with the board under `name`, in the place of one that is called so already.

        Raises Refused for a name or a query that is empty or too long, and for a query that cannot
        be read.
        """
        from store.rules.query.query import read_query  # with the language: 2 ms

        name, query = clean(name, SEARCH_NAME), clean(query, SEARCH)
        read_query(query, self.database.clock.now())
        with record(self.database, "search", f"search {quoted(name)} saved: {query}") as entry:
            known = _search(entry.session, name)
            if known is None:
                entry.add(Setting(name=f"{SEARCH_PREFIX}{name}", value=query))
            else:
                entry.put(known, value=query)
            return self._answer(entry.session, entry.change)

    def rename_search(self, name: str, new: str) -> Written:
        """Call the search that is kept under `name` otherwise; it keeps its place.

        Raises NotFound when there is none, Refused for a name that is empty, too long or taken.
        """
        new = clean(new, SEARCH_NAME)
        with record(
            self.database, "search", f"search {quoted(name)} renamed to {quoted(new)}"
        ) as entry:
            known = _search(entry.session, name)
            if known is None:
                raise NotFound(f"There is no saved search {quoted(name)}.")
            other = _search(entry.session, new)
            if other is not None and other.id != known.id:
                raise Refused(f"There is a saved search {quoted(new)} already.")
            entry.put(known, name=f"{SEARCH_PREFIX}{new}")
            return self._answer(entry.session, entry.change)

    def remove_search(self, name: str) -> Written:
        """Forget the search that is kept under `name`; NotFound when there is none."""
        with record(self.database, "search", f"search {quoted(name)} removed") as entry:
            known = _search(entry.session, name)
            if known is None:
                raise NotFound(f"There is no saved search {quoted(name)}.")
            entry.remove(known)
            return self._answer(entry.session, entry.change)

    def remember(self, name: str, value: str) -> None:
        """Keep a choice that is no step of undo, such as the theme."""
        with self.database.writing() as session:
            row = session.exec(select(Setting).where(Setting.name == name)).first()
            session.add(row or Setting(name=name, value=value))
            if row is not None:
                row.value = value

    def catch_up(self, fingerprint: str, week_begins: int | None = None) -> tuple[int, ...]:
        """Plan everything anew, unless that was done under these rules already.

        For when the program starts: the settings, or the rules of a newer version, may differ from
        those by which the board was planned last. `fingerprint` names the rules. Returns the ids
        of the applications whose follow-ups changed. The public holidays of the settings are kept
        with the board, for those who only read, and so is the weekday on which weeks begin, where
        it is given: 0 is Monday. This is no step of undo.
        """
        with closing(self.database.glance()) as glance:
            if glance.setting(PLANNED_BY) == fingerprint:
                return ()
        with record_replan(self.database) as entry:
            everything = entry.session.exec(select(Application).order_by(col(Application.id)))
            self._planner.replan(entry, list(everything))
            touched = entry.touched_ids()
            _set(entry, PLANNED_BY, fingerprint)
            clock = self.database.clock
            today = clock.now().astimezone(clock.zone).date()
            off = _days_off(today, self._planner.rules("").holidays)
            _set(entry, DAYS_OFF, " ".join(map(date.isoformat, off)))
            if week_begins is not None:
                _keep_week(entry, week_begins)
            return tuple(sorted(touched))

    def undo(self, *, seen: int | None = None) -> Written:
        """Take back the newest change; `seen` is the newest change that the user looks at.

        Raises Conflict when somebody else changed something since, Refused with nothing to undo.
        """
        return self._travel(seen, back=True)

    def redo(self, *, seen: int | None = None) -> Written:
        """Do again what was undone last; raises as `undo` does."""
        return self._travel(seen, back=False)

    def _travel(self, seen: int | None, *, back: bool) -> Written:
        with self.database.writing() as session:
            change, touched = travel(session, self.database.clock.now(), seen, back=back)
            application_id = next(iter(touched)) if len(touched) == 1 else None
            written = self._answer(session, change, application_id)
            told = describe(session, change)
            return written._replace(
                said=told.sentence, about=told.about, follow_ups=told.follow_ups
            )


def _days_off(today: date, holidays: Container[date]) -> list[date]:
    """Those of `holidays` that reading may meet (product: ten years, a week before today)."""
    last = min(today.toordinal() + 3_653, date.max.toordinal())
    days = map(date.fromordinal, range(today.toordinal() - 7, last))
    return [day for day in days if day in holidays]


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


def _search(session: Session, name: str) -> Setting | None:
    """The row of the search with this name; case and accents do not count."""
    kept = session.exec(select(Setting).where(col(Setting.name).startswith(SEARCH_PREFIX)))
    return next((row for row in kept if is_search(row.name, name)), None)


def _keep_week(entry: JournalEntry, week_begins: int) -> None:
    """Keep the first day of the week; of Monday only where it was another day before."""
    query = select(Setting).where(Setting.name == WEEK_BEGINS)
    if week_begins != MONDAY or entry.session.exec(query).first() is not None:
        _set(entry, WEEK_BEGINS, str(week_begins))


def _set(entry: JournalEntry, name: str, value: str) -> None:
    row = entry.session.exec(select(Setting).where(Setting.name == name)).first()
    if row is None:
        entry.add(Setting(name=name, value=value))
    else:
        entry.put(row, value=value)
