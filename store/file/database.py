"""The board as something to write to: one transaction at a time, and failures as sentences."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from store import errors
from store.clock import Clock
from store.errors import StoreError
from store.file.backup import CopyFailed, copy, safety_copy
from store.file.engine import engine_for, raw
from store.file.location import linked_file
from store.file.opening import (
    State,
    cannot_open,
    connect,
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


def open_database(
    path: Path, clock: Clock, *, create: bool = True, sound: Callable[[], bool] | None = None
) -> "Database":
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
        with closing(connect(path)) as connection:
            state = state_of(connection)
            refuse(state, path)
            if state is State.NEW and not create:
                raise no_board(path)
            if not (sound is not None and sound()) and not is_sound(connection):
                raise errors.board_error(errors.DAMAGED, path)
        if state is not State.CURRENT:
            from store.file.upgrade import upgrade

            upgrade(path, clock)
        return Database(path, clock)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise cannot_open(error, path) from None


class Database:
    """An open board; `open_database` makes one. Close it when done.

    Raises:
        StoreError: from every method, when the file cannot be used.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self.changed = False
        """Whether a change was stored since it was opened."""
        self.made_by = ""
        """Who makes the changes, such as “assistant claude”; empty for the user."""
        self._given_up = False
        self._engine = engine_for(path, wanted=lambda: not self._given_up)
        try:
            with self._engine.connect():
                self._identity = identity(path)
        except SQLAlchemyError as error:
            raise errors.sentence_for(error, path) from None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: no other program can write until it ends.

        Commits when the block ends, and is on the disk then; any exception in the block rolls all
        of it back. What the block read stays readable after it (`expire_on_commit` is off). Not
        to be nested. Refusals pass through; every error of the database is a StoreError, without
        the values that were being stored.
        """
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
        """What the board shows: in `session` with its unsaved rows, else as it is on the disk.

        A glance into a session ends with it and is not to be closed; a fresh one is.
        """
        from store.read.glance import Glance, open_glance

        if session is not None:
            try:
                session.flush()
                return Glance(raw(session.connection()), self.clock)
            except (SQLAlchemyError, OverflowError, UnicodeError) as error:
                raise self.translate(error) from None
        fresh = open_glance(self.path, self.clock)
        if fresh is None:
            raise errors.board_error(errors.MOVED, self.path)
        return fresh

    def without_waiting(self) -> None:
        """From here on, no change waits until it is on the disk: for a board that is being made,
        and that nobody misses when the power fails meanwhile.

        It lasts as long as the one connection that is kept between transactions.
        """
        with self._engine.connect() as connection:
            sqlite = raw(connection)
            sqlite.rollback()
            sqlite.execute("PRAGMA synchronous = OFF")
            sqlite.execute("PRAGMA journal_mode = MEMORY")

    def backup(self, to: Path | None = None) -> Path:
        """A checked copy (0600): at `to`, which must not exist, else among the safety copies."""
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
        """Make a safety copy before much changes at once that can be undone.

        Gives the sentence to tell when there is no room for one or no way to it, which keeps nobody
        from the change. None is made of a board on which nothing was ever done.
        """
        try:
            with closing(self.glance()) as glance:
                if not glance.reader.rows("SELECT 1 FROM change LIMIT 1"):
                    return ""
            self.backup()
        except CopyFailed as failed:
            return (
                f"No copy of the board from before could be made in {errors.name(failed.folder)}: "
                f"{failed.why}. This can be undone all the same."
            )
        return ""

    def translate(self, error: Exception) -> StoreError:
        """`error`, met while working on this board, as a sentence."""
        if not isinstance(error, StoreError) and identity(self.path) != self._identity:
            return errors.board_error(errors.MOVED, self.path)
        return errors.sentence_for(error, self.path)

    def give_up(self) -> None:
        """From here on, no transaction waits for another program; to be called from any thread."""
        self._given_up = True

    def close(self) -> None:
        """Lets go of the file."""
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
