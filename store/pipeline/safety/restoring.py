"""Going back to a copy: one change like any other, so that it can be undone.

The rows that differ get images, as if each had been changed by hand, and a redo of that change
brings the board to what the copy says. History stays: what was done since is still told, and that
it was taken back is told too. Messages that came since and wait to be confirmed wait on.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, insert, select, update

from store import errors
from store.errors import Conflict
from store.file.backup import dated_copies
from store.file.copies import in_todays_form
from store.file.database import FileDatabase, open_database
from store.file.engine import engine_for
from store.file.opening import connect
from store.model.board import Written
from store.model.copies import CopiedCard, Difference
from store.pipeline.board import Arrangement
from store.pipeline.changes.journal import (
    TABLES,
    JournalEntry,
    batches,
    image_text,
    record,
    what_differs,
)
from store.pipeline.changes.undo import stored_rows, travel_to
from store.pipeline.changes.use_case import UseCases
from store.read.glance import PLANNED_BY
from store.read.searches import SEARCH_PREFIX
from store.rules.dates import clock_time, short_day
from store.rules.text import Refused
from store.tables import Application, Change, Mail, RowImage, Setting
from store.tables.columns import Numbered

_STAMPS = ("version", "updated_at")
"""Columns that every write moves on: what differs in them alone is the same."""
_CHOICES = ("order.", SEARCH_PREFIX)
"""How the settings begin that are the user's own steps; all others stay as they are."""
_WAITS = "state = 'waiting' AND key NOT IN (SELECT key FROM old.mail)"
"""Which messages stay that the copy does not know: a mailbox may not bring them twice."""
_OTHER_BOARD = (
    "This is a copy of another board. Nothing was changed. Close every window of this one and use "
    "“rounds restore FILE”, which puts it in its place and keeps what was there."
)


class AsItWas(Refused):
    """The board is as in the copy already."""


class Restoring(UseCases):
    """Use cases about copies of the board."""

    def preview_restore(self, file: Path) -> Difference:
        """What `restore_copy` would change; nothing is written.

        Raises StoreError when `file` is no sound board of ours, or there is no room to look.
        """
        with self._as_planned_today(file) as then:
            return self._compare(then).told

    def restore_copy(self, file: Path, *, seen: int | None = None) -> Written:
        """Make the board what the copy in `file` says, as one step of undo: all cards and what
        belongs to them, the shelf, the mail, goals, reminders, criteria, names of employers, saved
        searches, the orders of columns.

        A safety copy is made before. What the rules plan is planned by those of today. `seen` is
        the newest change that the user compared with the copy.

        Raises AsItWas when nothing differs, Refused for a copy of another board, Conflict when
        something was changed meanwhile, and StoreError as `preview_restore` does and when no safety
        copy can be made; then nothing was changed.
        """
        with self._as_planned_today(file) as then:
            compared = self._compare(then)
            told = compared.told
            if seen is not None and seen != told.change_id:
                raise _conflict()
            if not told.same_board:
                raise Refused(_OTHER_BOARD)
            if told.is_none:
                raise AsItWas("The board is as in that copy already. Nothing was changed.")
            summary = f"went back to the copy of {self._date_words(file)}"
            self.database.backup()
            with record(self.database, "restore", summary) as entry:
                if _newest_before(entry) != told.change_id:
                    raise _conflict()
                _write_images(entry, then, compared)
                touched = travel_to(entry.session, entry.change)
                for some in batches(sorted(touched)):
                    those = update(Application).where(col(Application.id).in_(some))
                    stamps = {"version": entry.change.id, "updated_at": entry.now}
                    entry.session.execute(those.values(**stamps))
                entry.session.expire_all()
                return self._answer(entry.session, entry.change, also=tuple(sorted(touched)))

    @property
    def _file(self) -> Path:
        """The board's file. Refused for a board on a server, which makes its own backups."""
        if not isinstance(self.database, FileDatabase):
            raise Refused("The backups of a board on a server are there. Nothing was changed.")
        return self.database.path

    def _date_words(self, file: Path) -> str:
        """When the copy was made, in words: a file of the user's own on the day that it has."""
        of_ours = {one.path: one.made for one in dated_copies(self._file)}
        made = of_ours.get(file.absolute())
        if made is None:
            made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        local = made.astimezone(self.database.clock.zone)
        return f"{short_day(local.date(), self.today)}, {clock_time(local)}"

    @contextmanager
    def _as_planned_today(self, file: Path) -> Iterator[Path]:
        """A passing copy of the copy, up to date and planned as the board is planned."""
        database = self.database
        with in_todays_form(file, self._file, database.clock) as passing:
            with closing(database.glance()) as glance:
                fingerprint = glance.setting(PLANNED_BY)
            if fingerprint:
                with closing(open_database(passing, database.clock, create=False)) as then:
                    then.without_waiting()
                    Arrangement(then, self._planner.rules).catch_up(fingerprint)
            yield passing

    def _compare(self, then: Path) -> "_Compared":
        try:
            with closing(connect(self._file)) as board:
                board.execute("ATTACH DATABASE ? AS old", (str(then),))
                board.execute("BEGIN")
                return _compare(board)
        except sqlite3.Error as error:
            raise errors.sentence_for(error, self._file) from None


class _RowsApart(NamedTuple):
    """Rows of one table by their ids, each with its application: those that are only in the copy,
    only on the board, and in both but different."""

    back: dict[int, int | None]
    gone: dict[int, int | None]
    changed: dict[int, int | None]


class _Compared(NamedTuple):
    """How board and copy differ. Of the settings the names are compared, which may have other ids:
    `choices` has those that differ with what the copy says, None where it says nothing."""

    rows: Mapping[str, _RowsApart]
    choices: Mapping[str, str | None]
    told: Difference


def _compare(board: sqlite3.Connection) -> _Compared:
    """The board and the copy that is attached to it as `old`."""
    rows = {
        name: _compare_table(board, name, table)
        for name, table in TABLES.items()
        if table is not Setting
    }
    now, then = (_choices_in(board, schema) for schema in ("main", "old"))
    names = sorted(now.keys() | then.keys())
    choices = {name: then.get(name) for name in names if now.get(name) != then.get(name)}
    cards = rows[str(Application.__tablename__)]
    changed = {
        owner
        for each in rows.values()
        for part in each
        for owner in part.values()
        if owner is not None
    }
    changed -= cards.back.keys() | cards.gone.keys()
    others = sum(
        owner is None for each in rows.values() for part in each for owner in part.values()
    )
    (newest,) = board.execute("SELECT coalesce(max(id), 0) FROM main.change").fetchone()
    told = Difference(
        _cards_of(board, "old", cards.back),
        _cards_of(board, "main", cards.gone),
        _cards_of(board, "main", changed),
        others + len(choices),
        newest,
        _is_same_board(board),
    )
    return _Compared(rows, choices, told)


def _compare_table(board: sqlite3.Connection, name: str, table: type[Numbered]) -> _RowsApart:
    columns = [column for column in table.model_fields if column not in _STAMPS]
    listed = ", ".join(f'"{column}"' for column in columns)
    owner = "id" if table is Application else "application_id"
    if owner not in table.model_fields:
        owner = "NULL"
    only = f"SELECT id, {owner} FROM {{}}.{name} WHERE id NOT IN (SELECT id FROM {{}}.{name})"
    stay = f" AND NOT ({_WAITS})" if table is Mail else ""
    other = f"SELECT {listed} FROM old.{name} EXCEPT SELECT {listed} FROM main.{name}"
    both = (
        f"SELECT id, {owner} FROM main.{name} WHERE id IN (SELECT id FROM ({other})) "
        f"AND id IN (SELECT id FROM old.{name})"
    )
    return _RowsApart(
        dict(board.execute(only.format("old", "main")).fetchall()),
        dict(board.execute(only.format("main", "old") + stay).fetchall()),
        dict(board.execute(both).fetchall()),
    )


def _choices_in(board: sqlite3.Connection, schema: str) -> dict[str, str]:
    found = board.execute(f"SELECT name, value FROM {schema}.setting").fetchall()
    return {name: value for name, value in found if name.startswith(_CHOICES)}


def _cards_of(board: sqlite3.Connection, schema: str, ids: Iterable[int]) -> tuple[CopiedCard, ...]:
    wanted = set(ids)
    rows = board.execute(f"SELECT id, company, role FROM {schema}.application ORDER BY id")
    return tuple(CopiedCard(*row) for row in rows if row[0] in wanted)


def _is_same_board(board: sqlite3.Connection) -> bool:
    """Whether the newest change that the copy knows was one of this board."""
    last = board.execute(
        "SELECT id, at, verb, summary FROM old.change WHERE state = 'done' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if last is None:
        return True
    known = board.execute("SELECT id, at, verb, summary FROM main.change WHERE id = ?", last[:1])
    return bool(known.fetchone() == last)


def _newest_before(entry: JournalEntry) -> int:
    """The newest change before the one that is being written."""
    before = select(func.max(Change.id)).where(col(Change.id) < entry.change.id)
    return entry.session.exec(before).one() or 0


def _write_images(entry: JournalEntry, then: Path, compared: _Compared) -> None:
    """Store what each row that differs looks like now, and what it shall look like."""
    engine = engine_for(then, keep=False)
    whole = insert(RowImage).execution_options(render_nulls=True)
    try:
        with Session(engine) as old:
            for name, rows in compared.rows.items():
                owners = rows.back | rows.gone | rows.changed
                for some in batches(sorted(owners)):
                    now = stored_rows(entry.session, TABLES[name], some)
                    wanted = stored_rows(old, TABLES[name], some)
                    images = [
                        _image(entry, name, row_id, owners[row_id], now.get(row_id),
                               wanted.get(row_id))
                        for row_id in some
                    ]  # fmt: skip
                    entry.session.execute(whole, images)
    finally:
        engine.dispose()
    if images := [*_images_of_choices(entry, compared.choices)]:
        entry.session.execute(whole, images)


def _images_of_choices(
    entry: JournalEntry, choices: Mapping[str, str | None]
) -> Iterator[dict[str, Any]]:
    there = {row.name: row for row in entry.session.exec(select(Setting))}
    free = entry.session.exec(select(func.max(Setting.id))).one() or 0
    for name, value in choices.items():
        row = there.get(name)
        now = row.model_dump() if row is not None else None
        row_id = row.id if row is not None else None
        if row_id is None:
            free = row_id = free + 1
        then = {"id": row_id, "name": name, "value": value} if value is not None else None
        yield _image(entry, str(Setting.__tablename__), row_id, None, now, then)


def _image(
    entry: JournalEntry,
    table: str,
    row_id: int,
    owner: int | None,
    now: Mapping[str, Any] | None,
    then: Mapping[str, Any] | None,
) -> dict[str, Any]:
    before, after = what_differs(
        image_text(now) if now is not None else None,
        image_text(then) if then is not None else None,
    )
    image = entry.image(table, row_id, owner)
    return {**image, "before": before, "after": after}


def _conflict() -> Conflict:
    return Conflict(
        "The board was changed since it was compared with the copy. Nothing was restored. "
        "Look again at what would change, then restore."
    )
