"""One action of the user = one transaction = one `Change` with the rows before and after.

From this one record come the timeline, undo and redo across restarts and windows, and the
notice that another window has changed something. Rows are written through a `JournalEntry` only,
so that nothing can be changed without its image.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Table, Update
from sqlmodel import Session, select

from store import tables
from store.database import Database
from store.errors import Conflict, NotFound
from store.pipeline.safety.thinning import thin_out
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
        tables.Posting,
        tables.Goal,
        tables.Reminder,
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
        tables.Mail,
        tables.Setting,
    )
}
"""Parents before the tables that point to them."""


class JournalEntry:
    """A change being written: the only hand that adds, changes and removes rows."""

    def __init__(self, database: Database, session: Session, change: Change, now: datetime) -> None:
        session.add(change)
        session.flush()
        self.database = database
        self.session = session
        self.change = change
        self.now = now.astimezone(UTC)
        self.today = now.date()
        self._touched: dict[tuple[str, int], tuple[Numbered, str | None]] = {}
        self._brought_in: dict[tuple[str, int], int | None] = {}
        """The rows that came as columns, each with its application."""

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

    def numbers(self, table: type[Numbered], many: int) -> range:
        """The ids of the next `many` rows of `table`, which no row has ever had."""
        return self.database.numbers(self.session, str(table.__tablename__), many)

    def bring_in(self, table: type[Numbered], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that are given by their columns, ids and versions among them.

        For imports: an object for each of tens of thousands takes seconds and much memory. Their
        images have to follow: `images_of`.
        """
        if rows:
            defaults = defaults_of(table)
            whole = _insert_statement(table)
            self.session.connection().execute(whole, [{**defaults, **row} for row in rows])

    def images_of(self, table: type[Numbered], rows: Sequence[Mapping[str, Any]]) -> None:
        """Store what rows of `bring_in` look like; all their columns must be there by now."""
        name = str(table.__tablename__)
        owner = "id" if table is Application else "application_id"
        images = []
        for row in rows:
            self._brought_in[(name, row["id"])] = row.get(owner)
            image = self.image(name, row["id"], row.get(owner))
            images.append({**image, "before": None, "after": picture_of(table, row)})
        if images:
            self.session.connection().execute(_insert_statement(RowImage), images)

    def image(self, table: str, row_id: int, owner: int | None) -> dict[str, Any]:
        """The columns of an image of a row of application `owner`, without what it looks like."""
        return {
            "change_id": self.change.id,
            "application_id": owner,
            "table_name": table,
            "row_id": row_id,
        }

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
        owners |= set(self._brought_in.values())
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
        images = []
        for (table, row_id), (row, whole_before) in self._touched.items():
            whole_after = picture(row) if row in self.session else None
            if (table, row_id) in self._brought_in:
                self._correct_image(table, row_id, whole_after)
                continue
            before, after = what_differs(whole_before, whole_after)
            image = self.image(table, row_id, _owner(row))
            images.append({**image, "before": before, "after": after})
        self._store_images(images)

    def finish_without_undo(self) -> None:
        """Store the images of the rows that went, and of no others.

        Nobody takes that back, but a calendar that has their entries must be told.
        """
        self.stamp()
        gone = [
            {**self.image(*place, _owner(row)), "before": before, "after": None}
            for place, (row, before) in self._touched.items()
            if row not in self.session
        ]
        self._store_images(gone)

    def _store_images(self, images: Sequence[Mapping[str, Any]]) -> None:
        if images:
            # As columns, all in one statement, not as objects: an import has tens of thousands.
            self.session.connection().execute(_insert_statement(RowImage), images)

    def _correct_image(self, table: str, row_id: int, after: str | None) -> None:
        """A row that came with this change was changed or removed by it as well."""
        image = select(RowImage).where(
            RowImage.change_id == self.change.id,
            RowImage.table_name == table,
            RowImage.row_id == row_id,
        )
        stored = self.session.exec(image).one()
        if after is None:
            self.session.delete(stored)
        else:
            stored.after = after
            self.session.add(stored)


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
        session.connection().execute(_drop_undone())
        change = Change(
            at=now,
            happened_on=on or now.date(),
            verb=verb,
            summary=summary,
            made_by=database.made_by,
        )
        entry = JournalEntry(database, session, change, now)
        yield entry
        entry.finish()
        thin_out(session, change.id or 0)


@contextmanager
def record_replan(database: Database) -> Iterator[JournalEntry]:
    """A change that no user made: what follows from the facts is written anew.

    Other windows see it, the timeline and undo do not; where all is as it was, there is none. A
    step from before can be undone only where it left no trace in what was written anew. What went
    is kept as it was, for the calendars that have it.
    """
    now = database.clock.now()
    with database.writing() as session:
        change = Change(
            at=now, happened_on=now.date(), verb="replan", summary="planned again", state="step"
        )
        entry = JournalEntry(database, session, change, now)
        yield entry
        if entry.touched_ids():
            entry.finish_without_undo()
        else:
            session.delete(change)


def picture(row: Numbered) -> str:
    """The columns of `row` as JSON, in the order of the table."""
    return image_text(row.model_dump(mode="json"))


def picture_of(table: type[Numbered], columns: Mapping[str, Any]) -> str:
    """The image of a row that is given by its columns, to the letter as `picture` makes it."""
    image = dict(_plain_defaults(table))
    for name, value in columns.items():
        image[name] = value if type(value) is str else plain(value)
    return _ENCODER.encode(image)


@cache
def _plain_defaults(table: type[Numbered]) -> Mapping[str, object]:
    return {name: plain(value) for name, value in defaults_of(table).items()}


@cache
def _insert_statement(table: type[Numbered]) -> Insert:
    """Inserts rows given by their columns, without what makes objects of them."""
    found: Table = table.__table__  # type: ignore[attr-defined]  # which SQLAlchemy puts there
    return found.insert()


@cache
def _drop_undone() -> Update:
    """Gives up what was undone: who changes something after that does it again no more."""
    found: Table = Change.__table__  # type: ignore[attr-defined]  # which SQLAlchemy puts there
    return found.update().where(found.c.state == "undone").values(state="dropped")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@cache
def defaults_of(table: type[Numbered]) -> Mapping[str, Any]:
    """What each column of `table` holds unless something is said of it, in their order."""
    return {
        name: None if column.is_required() else column.get_default()
        for name, column in table.model_fields.items()
    }


def plain(value: object) -> object:
    """A value of a column as it stands in an image."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def image_text(columns: Mapping[str, object]) -> str:
    """A row whose columns are `plain`, or some of them, as an image of it."""
    return _ENCODER.encode(columns)


def what_differs(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Two images of one row without the columns that are the same in both: a posting of many pages
    is not kept again whenever its card moves. A row that came or went is kept whole."""
    if before is None or after is None:
        return before, after
    old, new = json.loads(before), json.loads(after)
    names = [name for name in new if name not in old or old[name] != new[name]]
    return image_text({n: old[n] for n in names if n in old}), image_text(
        {n: new[n] for n in names}
    )


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
