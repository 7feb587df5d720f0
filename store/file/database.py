"""The board's file as something to write to: one transaction at a time, failures as sentences."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from store import errors
from store.clock import Clock
from store.database import Database
from store.errors import StoreError
from store.file.backup import CopyFailed, copy, safety_copy
from store.file.connection import FileConnection
from store.file.engine import engine_for, first_connection, raw
from store.file.location import linked_file
from store.file.opening import (
    State,
    cannot_open,
    identity,
    is_sound,
    no_board,
    prepare,
    recognise,
    refuse,
    state_of,
)

if TYPE_CHECKING:
    from store.read.glance import Glance

_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
_COUNT_ON = text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name")


def open_database(
    path: Path, clock: Clock, *, create: bool = True, sound: Callable[[], bool] | None = None
) -> "FileDatabase":
    """The board at `path`, checked for damage and in the newest form.

    Makes a new one (folder 0700, file 0600) when there is none or the file is empty; an older one
    is migrated after a safety copy. Raises StoreError, having changed nothing, when `create` is
    False and there is no board, and when the file is not ours, newer, damaged, locked, out of
    reach, or has no room. A board that is merely read-only opens: it can be read. `sound` is the
    answer of `store.file.opening.check_beside`, where that was begun before.
    """
    try:
        path = Path(linked_file(str(path))).absolute()
        prepare(path, create=create)
        recognise(path)
        there = identity(path)
        with ExitStack() as unless_kept:
            connection = unless_kept.enter_context(closing(first_connection(path)))
            state = state_of(connection)
            refuse(state, path)
            if state is State.NEW and not create:
                raise no_board(path)
            if not (sound is not None and sound()) and not is_sound(connection):
                raise errors.board_error(errors.DAMAGED, path)
            if state is State.CURRENT and identity(path) == there:
                database = FileDatabase(path, clock, connection)
                unless_kept.pop_all()
                return database
        if state is not State.CURRENT:
            from store.file.upgrade import upgrade

            upgrade(path, clock)
        return FileDatabase(path, clock)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise cannot_open(error, path) from None


class FileDatabase(Database):
    """A board in an open file; `open_database` makes one, and hands on the connection by which it
    has looked at the file: to open another one takes a millisecond or two."""

    def __init__(self, path: Path, clock: Clock, first: FileConnection | None = None) -> None:
        super().__init__(path, clock)
        self.path = path
        self._given_up = False
        self._engine = engine_for(path, wanted=lambda: not self._given_up, first=first)
        try:
            with self._engine.connect():
                self._identity = identity(path)
        except SQLAlchemyError as error:
            raise errors.sentence_for(error, path) from None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                sqlite = raw(session.connection())
                before = sqlite.total_changes
                self._check_place()
                yield session
                session.flush()
                self._check_place()
                changed = sqlite.total_changes != before
            self.changed |= changed
        except (SQLAlchemyError, sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self.translate(error) from None
        except ValueError as error:
            if _is_about_a_row(error):
                raise errors.board_error(errors.DAMAGED, self.path) from None
            raise

    def glance(self, session: Session | None = None) -> "Glance":
        from store.read.glance import Glance, open_glance

        if session is not None:
            try:
                session.flush()
                return Glance(raw(session.connection()), self.clock)
            except (SQLAlchemyError, OverflowError, UnicodeError) as error:
                raise self.translate(error) from None
        known = identity(self.path) == self._identity
        fresh = open_glance(self.path, self.clock, known=known)
        if fresh is None:
            raise errors.board_error(errors.MOVED, self.path)
        return fresh

    def numbers(self, session: Session, table: str, many: int) -> range:
        given = session.execute(_GIVEN, {"name": table}).scalar() or 0
        there = session.execute(text(f'SELECT max(id) FROM "{table}"')).scalar() or 0
        first = max(int(given), int(there)) + 1
        return range(first, first + many)

    def count_on(self, session: Session, numbers: Mapping[str, int]) -> None:
        for name, number in numbers.items():
            values = {"name": name, "seq": number}
            there = session.execute(_GIVEN, {"name": name}).scalar()
            if there is None:
                session.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :seq)"), values)
            elif there < number:
                session.execute(_COUNT_ON, values)

    def defer_references(self, session: Session) -> None:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))

    def without_waiting(self) -> None:
        # It lasts as long as the one connection that is kept between transactions.
        with self._engine.connect() as connection:
            sqlite = raw(connection)
            sqlite.rollback()
            sqlite.execute("PRAGMA synchronous = OFF")
            sqlite.execute("PRAGMA journal_mode = MEMORY")

    def backup(self, to: Path | None = None) -> Path:
        self._check_place()
        if to is None:
            return safety_copy(self.path, self.clock)
        to = to.absolute()
        try:
            copy(self.path, to)
        except FileExistsError:
            raise StoreError(
                f"There is a file at {errors.name(to)} already. It was not changed. "
                "Give the copy another name."
            ) from None
        return to

    def save_before(self) -> str:
        try:
            if not self.is_untouched():
                self.backup()
        except CopyFailed as failed:
            return (
                f"No copy of the board from before could be made in {errors.name(failed.folder)}: "
                f"{failed.why}. This can be undone all the same."
            )
        return ""

    def translate(self, error: Exception) -> StoreError:
        if not isinstance(error, StoreError) and identity(self.path) != self._identity:
            return errors.board_error(errors.MOVED, self.path)
        return errors.sentence_for(error, self.path)

    def give_up(self) -> None:
        self._given_up = True

    def close(self) -> None:
        self._engine.dispose()

    def _check_place(self) -> None:
        """StoreError when the file is no longer the one that was opened: deleted or replaced."""
        if identity(self.path) != self._identity:
            raise errors.board_error(errors.MOVED, self.path)


def _is_about_a_row(error: ValueError) -> bool:
    """Whether a stored text could not be understood: no day, no stage, no JSON. Something else than
    rounds has written there; every other such error is a mistake in the program."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = trace.tb_frame.f_code.co_filename if trace is not None else ""
    folder, _, file = place.replace(os.sep, "/").rpartition("/")
    return "/sqlalchemy/" in place or file == "enum.py" or folder.endswith("/json")
