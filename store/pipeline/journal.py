"""One action of the user = one transaction = one `Change` with the rows before and after.

From this one record come the timeline, undo and redo across restarts and windows, and the
notice that another window has changed something. Rows are written through a `JournalEntry` only,
so that nothing can be changed without its image.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlmodel import Session, col, insert, update

from store import tables
from store.errors import Conflict, NotFound
from store.file.database import Database
from store.tables import Application, Change, RowImage
from store.tables.columns import Numbered

_T = TypeVar("_T")
Row = TypeVar("Row", bound=Numbered)
_AT_ONCE = 500
"""Values in one query: SQLite before 3.32 takes 999 parameters."""
TABLES: dict[str, type[Numbered]] = {
    str(table.__tablename__): table
    for table in (
        tables.Application,
        tables.Criterion,
        tables.EmployerName,
        tables.TipTick,
        tables.StageMove,
        tables.Note,
        tables.Score,
        tables.Contact,
        tables.Assignment,
        tables.Interview,
        tables.Interviewer,
        tables.Debrief,
        tables.Point,
        tables.FollowUp,
        tables.Draft,
        tables.Message,
        tables.Setting,
    )
}
"""Parents before the tables that point to them."""


class JournalEntry:
    """A change being written: the only hand that adds, changes and removes rows."""

    def __init__(self, session: Session, change: Change, now: datetime) -> None:
        session.add(change)
        session.flush()
        self.session = session
        self.change = change
        self.now = now.astimezone(UTC)
        self.today = now.date()
        self._touched: dict[tuple[str, int], tuple[Numbered, str | None]] = {}

    def add(self, row: Row) -> Row:
        """Insert `row`, which gets its id."""
        self.session.add(row)
        self.session.flush()
        self._touched[identity(row)] = (row, None)
        return row

    def add_all(self, rows: Sequence[Numbered]) -> None:
        """Insert many rows at once; each gets its id."""
        self.session.add_all(rows)
        self.session.flush()
        for row in rows:
            self._touched[identity(row)] = (row, None)

    def put(self, row: Numbered, **values: object) -> bool:
        """Set columns of `row`; tells whether that changed anything."""
        different = {name: new for name, new in values.items() if getattr(row, name) != new}
        if not different:
            return False
        self._touched.setdefault(identity(row), (row, picture(row)))
        for name, value in different.items():
            setattr(row, name, value)
        self.session.add(row)
        return True

    def touch(self, row: Numbered) -> None:
        """Something that belongs to `row` changes: it gets a new version, too."""
        self._touched.setdefault(identity(row), (row, picture(row)))

    def remove(self, row: Numbered) -> None:
        """Delete `row`; those that point to it must have gone before."""
        _, before = self._touched.setdefault(identity(row), (row, picture(row)))
        self.session.delete(row)
        self.session.flush()
        if before is None:
            del self._touched[identity(row)]

    def remove_all(self, rows: Sequence[Numbered]) -> None:
        """Delete many rows at once; see `remove`."""
        for row in rows:
            _, before = self._touched.setdefault(identity(row), (row, picture(row)))
            self.session.delete(row)
            if before is None:
                del self._touched[identity(row)]
        self.session.flush()

    def touched_ids(self) -> set[int]:
        """The ids of the applications that something was written for so far."""
        owners = {_owner(row) for row, _ in self._touched.values()}
        return {owner for owner in owners if owner is not None}

    def touched_rows(self) -> Iterator[tuple[Numbered, str | None]]:
        """The rows touched so far, each with the image from before it; None where it is new."""
        yield from list(self._touched.values())

    def stamp(self) -> None:
        """Send everything to the database, each touched application with its new version."""
        assert self.change.id is not None
        for row, _ in self._touched.values():
            if isinstance(row, Application) and row in self.session:
                row.version = self.change.id
                row.updated_at = self.now
        self.session.flush()

    def finish(self) -> None:
        """Store the image of every row that was touched."""
        self.stamp()
        assert self.change.id is not None
        images = []
        for (table, row_id), (row, whole_before) in self._touched.items():
            whole_after = picture(row) if row in self.session else None
            before, after = what_differs(whole_before, whole_after)
            images.append(
                {
                    "change_id": self.change.id,
                    "application_id": _owner(row),
                    "table_name": table,
                    "row_id": row_id,
                    "before": before,
                    "after": after,
                }
            )
        if images:
            # As columns, all in one statement, not as objects: an import has tens of thousands.
            whole = insert(RowImage).execution_options(render_nulls=True)
            self.session.execute(whole, images)


@contextmanager
def record(
    database: Database, verb: str, summary: str, *, on: date | None = None
) -> Iterator[JournalEntry]:
    """One change: what is done with the `JournalEntry` is stored whole, or not at all.

    Args:
        verb: what kind of change, for the timeline: "move".
        summary: the change in words, without the company; may be set later on `entry.change`.
        on: the local day on which it happened, when that is not today.
    """
    now = database.clock.now()
    with database.writing() as session:
        session.exec(update(Change).where(col(Change.state) == "undone").values(state="dropped"))
        change = Change(at=now, happened_on=on or now.date(), verb=verb, summary=summary)
        entry = JournalEntry(session, change, now)
        yield entry
        entry.finish()


@contextmanager
def record_replan(database: Database) -> Iterator[JournalEntry]:
    """A change that no user made: what follows from the facts is written anew.

    Other windows see it, the timeline and undo do not; where all is as it was, there is none. A
    step from before can be undone only where it left no trace in what was written anew.
    """
    now = database.clock.now()
    with database.writing() as session:
        change = Change(
            at=now, happened_on=now.date(), verb="replan", summary="planned again", state="step"
        )
        entry = JournalEntry(session, change, now)
        yield entry
        if entry.touched_ids():
            entry.stamp()
        else:
            session.delete(change)


def picture(row: Numbered) -> str:
    """The columns of `row` as JSON, in the order of the table."""
    return _as_json(row.model_dump(mode="json"))


def _as_json(columns: dict[str, object]) -> str:
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":"))


def what_differs(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Two images of one row without the columns that are the same in both: a posting of many pages
    is not kept again whenever its card moves. A row that came or went is kept whole."""
    if before is None or after is None:
        return before, after
    old, new = json.loads(before), json.loads(after)
    names = [name for name in new if name not in old or old[name] != new[name]]
    return _as_json({n: old[n] for n in names if n in old}), _as_json({n: new[n] for n in names})


def batches(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """`values` in parts that fit into one query each."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def identity(row: Numbered) -> tuple[str, int]:
    """The table and id of a stored row."""
    assert row.id is not None
    return (str(type(row).__tablename__), row.id)


def _owner(row: Numbered) -> int | None:
    if isinstance(row, Application):
        return row.id
    return getattr(row, "application_id", None)


def application(session: Session, application_id: int, version: int | None = None) -> Application:
    """The application with this id.

    Raises NotFound when there is none, Conflict when it is not of the `version` given.
    """
    row = session.get(Application, application_id) if abs(application_id) < 2**63 else None
    if row is None:
        raise NotFound(f"There is no application {application_id}.")
    if version is not None and row.version != version:
        raise Conflict(
            f"{row.company} has been changed in another window since you opened it. "
            "Nothing was saved yet: compare, then save again to keep your text."
        )
    return row
