"""One action of the user = one transaction = one `Change` with the rows before and after.

From this one record come the timeline, undo and redo across restarts and windows, and the
notice that another window has changed something. Rows are written through an `Entry` only, so
that nothing can be changed without its image.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar, get_args

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select, update

from store.database import Database
from store.errors import Conflict, NotFound
from store.rules.refusal import Refused
from store.tables import (
    Application,
    Change,
    FollowUp,
    Interview,
    Message,
    Note,
    RowImage,
    Setting,
    StageMove,
    TipTick,
)

Row = TypeVar("Row", bound=SQLModel)
_AT_ONCE = 500
"""Ids in one query: SQLite before 3.32 takes 999 parameters."""
_TABLES: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table
    for table in (Application, Interview, FollowUp, StageMove, Message, TipTick, Note, Setting)
}
"""Parents before the tables that point to them."""
_STAMPS = ("version", "updated_at")
"""Columns that every write moves on: they never decide whether a row is still the same."""


class Entry:
    """A change being written: the only hand that adds, changes and removes rows."""

    def __init__(self, session: Session, change: Change, now: datetime) -> None:
        self.session = session
        self.change = change
        self.now = now.astimezone(UTC)
        self.today = now.date()
        self._touched: dict[tuple[str, int], tuple[SQLModel, str | None]] = {}

    def add(self, row: Row) -> Row:
        """Insert `row`, which gets its id."""
        self.session.add(row)
        self.session.flush()
        self._touched[_identity(row)] = (row, None)
        return row

    def add_all(self, rows: Sequence[SQLModel]) -> None:
        """Insert many rows at once; each gets its id."""
        self.session.add_all(rows)
        self.session.flush()
        for row in rows:
            self._touched[_identity(row)] = (row, None)

    def put(self, row: SQLModel, **values: object) -> bool:
        """Set columns of `row`; tells whether that changed anything."""
        different = {name: new for name, new in values.items() if getattr(row, name) != new}
        if not different:
            return False
        self._touched.setdefault(_identity(row), (row, picture(row)))
        for name, value in different.items():
            setattr(row, name, value)
        self.session.add(row)
        return True

    def remove(self, row: SQLModel) -> None:
        """Delete `row`; those that point to it must have gone before."""
        _, before = self._touched.setdefault(_identity(row), (row, picture(row)))
        self.session.delete(row)
        self.session.flush()
        if before is None:
            del self._touched[_identity(row)]

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
        for (table, row_id), (row, before) in self._touched.items():
            gone = row not in self.session
            self.session.add(
                RowImage(
                    change_id=self.change.id,
                    application_id=_owner(row),
                    table_name=table,
                    row_id=row_id,
                    before=before,
                    after=None if gone else picture(row),
                )
            )


@contextmanager
def recorded(
    database: Database, verb: str, summary: str, *, on: date | None = None
) -> Iterator[Entry]:
    """One change: what is done with the `Entry` is stored whole, or not at all.

    Args:
        verb: what kind of change, for the timeline: "move".
        summary: the change in words, without the company; may be set later on `entry.change`.
        on: the local day on which it happened, when that is not today.
    """
    now = database.clock.now()
    with database.writing() as session:
        session.exec(update(Change).where(col(Change.state) == "undone").values(state="dropped"))
        change = Change(at=now, happened_on=on or now.date(), verb=verb, summary=summary)
        session.add(change)
        session.flush()
        entry = Entry(session, change, now)
        yield entry
        entry.finish()


def undo(session: Session, now: datetime, seen: int | None) -> tuple[Change, set[int]]:
    """Take the newest change back.

    Returns the change and the ids of the applications it touched. Raises Refused when there is
    nothing to undo, and Conflict when somebody changed something since `seen` or when a row is
    no longer as the change left it; then nothing is written.
    """
    _refuse_unseen(session, seen)
    change = session.exec(
        select(Change).where(Change.state == "done").order_by(col(Change.id).desc()).limit(1)
    ).first()
    if change is None:
        raise Refused("There is nothing to undo.")
    images = _images(session, change)
    _restore(session, images, back=True)
    return _step(session, now, change, "undone", images)


def redo(session: Session, now: datetime, seen: int | None) -> tuple[Change, set[int]]:
    """Do again what was undone last; raises as `undo` does."""
    _refuse_unseen(session, seen)
    change = session.exec(
        select(Change).where(Change.state == "undone").order_by(col(Change.id)).limit(1)
    ).first()
    if change is None:
        raise Refused("There is nothing to redo.")
    images = _images(session, change)
    _restore(session, images, back=False)
    return _step(session, now, change, "done", images)


def newest(session: Session) -> int:
    """The id of the newest change; 0 on a new board."""
    return session.exec(select(func.max(Change.id))).one() or 0


def picture(row: SQLModel) -> str:
    """The columns of `row` as JSON, in the order of the table."""
    return json.dumps(row.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))


def _refuse_unseen(session: Session, seen: int | None) -> None:
    if seen is None or newest(session) <= seen:
        return
    change = session.exec(select(Change).order_by(col(Change.id).desc()).limit(1)).one()
    raise Conflict(
        f"Another window has changed the board since ({change.summary}). "
        "Nothing was undone; look again, then press u once more."
    )


def _images(session: Session, change: Change) -> list[RowImage]:
    query = select(RowImage).where(RowImage.change_id == change.id).order_by(col(RowImage.id))
    return list(session.exec(query))


def _restore(session: Session, images: list[RowImage], *, back: bool) -> None:
    """Bring every row of `images` to how it was before the change (`back`) or after it.

    All rows are compared before the first is touched. Rows go before others come, so that a
    unique key is free again when it is needed; children go first, and parents come first.
    """
    rows = _present(session, images)
    going: dict[str, list[SQLModel]] = {name: [] for name in _TABLES}
    coming: dict[str, list[tuple[SQLModel | None, SQLModel]]] = {name: [] for name in _TABLES}
    for image in images:
        expected, wanted = (image.after, image.before) if back else (image.before, image.after)
        row = rows.get((image.table_name, image.row_id))
        if _essence(picture(row) if row else None) != _essence(expected):
            raise Conflict(
                "What this step changed has been changed again since, so it stays as it is. "
                "Nothing was undone or redone."
            )
        if wanted is not None:
            stored = _row(_TABLES[image.table_name], wanted)
            coming[image.table_name].append((row, stored))
        elif row is not None:
            going[image.table_name].append(row)
    for name in reversed(_TABLES):
        for row in going[name]:
            session.delete(row)
        session.flush()
    for pairs in coming.values():
        for row, stored in pairs:
            if row is None:
                session.add(stored)
                continue
            for name, value in stored.model_dump().items():
                setattr(row, name, value)
        session.flush()


def _present(session: Session, images: list[RowImage]) -> dict[tuple[str, int], SQLModel]:
    """The rows that the images speak of, as they are now."""
    wanted: dict[str, list[int]] = {}
    for image in images:
        wanted.setdefault(image.table_name, []).append(image.row_id)
    rows: dict[tuple[str, int], SQLModel] = {}
    for name, ids in wanted.items():
        table = _TABLES[name]
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            for row in session.exec(select(table).where(_id_of(table).in_(part))):
                rows[_identity(row)] = row
    return rows


def _step(
    session: Session, now: datetime, change: Change, state: str, images: list[RowImage]
) -> tuple[Change, set[int]]:
    verb = "undo" if state == "undone" else "redo"
    step = Change(
        at=now,
        happened_on=now.date(),
        verb=verb,
        summary=f"{verb}: {change.summary}"[:500],
        state="step",
        target_id=change.id,
    )
    change.state = state
    session.add(step)
    session.add(change)
    session.flush()
    touched = {image.application_id for image in images if image.application_id is not None}
    ids = sorted(touched)
    for start in range(0, len(ids), _AT_ONCE):
        session.exec(
            update(Application)
            .where(col(Application.id).in_(ids[start : start + _AT_ONCE]))
            .values(version=step.id, updated_at=now)
        )
    session.expire_all()
    return step, touched


def _essence(image: str | None) -> dict[str, Any] | None:
    if image is None:
        return None
    values: dict[str, Any] = json.loads(image)
    return {name: value for name, value in values.items() if name not in _STAMPS}


def _row(table: type[SQLModel], image: str) -> SQLModel:
    """The row of an image, its days and instants read back from their texts.

    Limits are not asked for again: what was stored must be able to come back as it was.
    """
    values = json.loads(image)
    for name, read in _readers(table):
        if values.get(name) is not None:
            values[name] = read(values[name])
    return table(**values)


@cache
def _readers(table: type[SQLModel]) -> tuple[tuple[str, Callable[[str], object]], ...]:
    """The columns of `table` that are no plain JSON, each with what reads its text."""
    readers: list[tuple[str, Callable[[str], object]]] = []
    for name, column in table.model_fields.items():
        kinds = get_args(column.annotation) or (column.annotation,)
        if datetime in kinds:
            readers.append((name, datetime.fromisoformat))
        elif date in kinds:
            readers.append((name, date.fromisoformat))
    return tuple(readers)


def _identity(row: SQLModel) -> tuple[str, int]:
    row_id = row.id  # type: ignore[attr-defined]
    return (str(type(row).__tablename__), int(row_id))


def _id_of(table: type[SQLModel]) -> Any:
    return col(table.id)  # type: ignore[attr-defined]


def _owner(row: SQLModel) -> int | None:
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
