"""A connection that is only read from, and what its texts mean at the reader's place.

Instants are stored as UTC text, `YYYY-MM-DD HH:MM:SS.ffffff`, so that they compare as text; days
as `YYYY-MM-DD`.
"""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Any

from store.clock import Clock
from store.failures import damaged, sentence_for
from store.rules.text import Refused

Row = tuple[Any, ...]

_REMEMBERED = 10_000
"""Days and instants kept, so that a board left open for months does not grow."""


class Reader:
    """Reads rows and turns their texts into days and instants."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock
        self.days = _Days()
        """The day that a stored text names; None for None."""
        self.instants = _Instants(clock)
        """The instant that a stored text names, at the reader's place; None for None."""

    def snapshot(self) -> "Snapshot":
        """All that is read inside the `with` block belongs together, whoever writes meanwhile."""
        return Snapshot(self)

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """All rows of a query. Only to be called inside a snapshot, which tells failures."""
        return self.connection.execute(sql, values or {}).fetchall()

    def now(self, now: datetime | None = None) -> datetime:
        """`now`, else the clock's, at the reader's place."""
        return (now or self.clock.now()).astimezone(self.clock.zone)

    def path(self) -> str:
        """The file, as far as the connection can still tell."""
        try:
            return str(self.connection.execute("PRAGMA database_list").fetchone()[2])
        except sqlite3.Error:
            return ""


class Snapshot:
    """One read transaction; inside an open transaction it adds nothing of its own.

    Every failure leaves it as a StoreError. A row that cannot be understood (a text that is no
    day, a stage that there is not) means that something else than rounds has written there.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._mine = False

    def __enter__(self) -> None:
        connection = self._reader.connection
        try:
            if not connection.in_transaction:
                connection.execute("BEGIN")
                self._mine = True
        except sqlite3.Error as error:
            raise sentence_for(error, self._reader.path()) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        connection = self._reader.connection
        if self._mine and connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise sentence_for(error, self._reader.path()) from error
        if isinstance(error, ValueError | TypeError | LookupError) and not isinstance(
            error, Refused
        ):
            raise damaged(self._reader.path()) from error


class _Days(dict[str | None, Any]):
    """Each distinct text is read once: a board has thousands of days, few of them different."""

    def __init__(self) -> None:
        self[None] = None

    def __missing__(self, stored: str | None) -> date:
        if stored is None or len(stored) != len("2026-11-23"):
            raise ValueError("not a stored day")
        if len(self) > _REMEMBERED:
            self.clear()
            self[None] = None
        day = self[stored] = date.fromisoformat(stored)
        return day


class _Instants(dict[str | None, Any]):
    def __init__(self, clock: Clock) -> None:
        self._zone = clock.zone
        self[None] = None

    def __missing__(self, stored: str | None) -> datetime:
        if stored is None:
            raise ValueError("not a stored instant")
        if len(self) > _REMEMBERED:
            self.clear()
            self[None] = None
        utc = datetime.fromisoformat(stored).replace(tzinfo=UTC)
        instant = self[stored] = utc.astimezone(self._zone)
        return instant


def stored(moment: datetime) -> str:
    """An aware moment as the database writes it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def plus_minutes(instant: str, minutes: int) -> str:
    """The stored instant `minutes` after another; on the UTC line, where no hour is skipped."""
    return (datetime.fromisoformat(instant) + timedelta(minutes=minutes)).isoformat(
        " ", "microseconds"
    )
