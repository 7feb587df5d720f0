"""A connection that is only read from, and what its texts mean at the reader's place.

Instants are stored as UTC text, `YYYY-MM-DD HH:MM:SS.ffffff`, so that they compare as text; days
as `YYYY-MM-DD`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import TracebackType
from typing import Any, Protocol

from store.clock import Clock
from store.errors import DAMAGED, EngineError, board_error, sentence_for
from store.rules.dates import is_business_day, roll_forward
from store.rules.stages import Outcome, Stage

Row = tuple[Any, ...]

DAYS_OFF = "days off"
"""The setting that holds the public holidays that reading knows of: days, a space between them."""
_REMEMBERED = 10_000
"""Days and instants kept, so that a board left open for months does not grow."""

_SETTINGS = "SELECT name, value FROM setting WHERE name LIKE :like ORDER BY id"
STAGES = {stage.value: stage for stage in Stage}
OUTCOMES: dict[str | None, Outcome | None] = {outcome.value: outcome for outcome in Outcome} | {
    None: None
}


class QueryRows(Protocol):
    """What a query found."""

    def fetchall(self) -> list[Any]:
        """All rows."""

    def __iter__(self) -> Iterator[Any]:
        """One row after the other."""


class Connection(Protocol):
    """What reading asks of an engine: SQL with `:names`, and what each tells in its own way.

    SQL here is such as both know. Days and instants come, and are compared, as texts.
    """

    @property
    def by_table(self) -> str:
        """What stands before a condition that no index shall be used for."""

    @property
    def in_transaction(self) -> bool:
        """Whether what is read belongs together until the transaction ends."""

    def execute(self, sql: str, values: Any = ..., /) -> QueryRows:
        """The rows of a query; "BEGIN" and "ROLLBACK" begin and end a snapshot."""

    def place(self) -> str:
        """Where the board is, as it may be shown."""

    def data_version(self) -> int:
        """A number that changes when somebody else has written to the board."""

    def columns(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The tables that there are, with name and kind of their columns."""

    def numbers(self) -> Mapping[str, int]:
        """By table the highest number that a row ever had."""

    def note(self, name: str, value: str) -> bool:
        """Keep a setting past the journal, where that can be done without waiting."""

    def may_write(self) -> bool:
        """Whether the user may change the board, as far as that can be told before trying."""

    def copy(self) -> "Connection":
        """The board as it is in this transaction, to be read without holding up who writes."""

    def close(self) -> None:
        """Let go of the board."""


class Reader:
    """Reads rows and turns their texts into days and instants."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock
        self.days = DayTexts()
        """The day that a stored text names; None for None."""
        self.instants = InstantTexts(clock)
        """The instant that a stored text names, at the reader's place; None for None."""

    def snapshot(self) -> "Snapshot":
        """All that is read inside the `with` block belongs together, whoever writes meanwhile."""
        return Snapshot(self)

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[Row]:
        """All rows of a query. Only to be called inside a snapshot, which tells failures."""
        return self.connection.execute(sql, values or {}).fetchall()

    def settings(self, prefix: str) -> list[tuple[str, str]]:
        """The settings whose names begin with `prefix`, by the rest of their names, the oldest
        first. Only to be called inside a snapshot."""
        kept = self.rows(_SETTINGS, {"like": f"{prefix}%"})
        return [(name.removeprefix(prefix), value) for name, value in kept]

    def now(self, now: datetime | None = None) -> datetime:
        """`now`, else the clock's, at the reader's place."""
        return (now or self.clock.now()).astimezone(self.clock.zone)

    def rests_until(self, today: date) -> date | None:
        """The next business day where `today` is a day off, on which nobody is written to unasked;
        None where it is none. Only to be called inside a snapshot."""
        known = self.rows("SELECT value FROM setting WHERE name = :name", {"name": DAYS_OFF})
        holidays = {self.days[day] for (value,) in known for day in value.split()}
        return None if is_business_day(today, holidays) else roll_forward(today, holidays)

    def day_of(self, day: str | None, instant: str | None) -> Any:
        """The day of what has an instant too: the reader's, and not that of who stored it."""
        return self.days[day] if instant is None else self.instants[instant].date()

    def path(self) -> str:
        """The file or the address, as far as the connection can still tell."""
        return self.connection.place()


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
        except EngineError as error:
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
        if isinstance(error, EngineError):
            raise sentence_for(error, self._reader.path()) from error
        if isinstance(error, ValueError | TypeError | LookupError):
            raise board_error(DAMAGED, self._reader.path()) from error


class DayTexts(dict[str | None, Any]):
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


class InstantTexts(dict[str | None, Any]):
    """The same for instants: in the zone of the reader."""

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


def as_stored(moment: datetime) -> str:
    """An aware moment as the database writes it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def plus_minutes(instant: str, minutes: int) -> str:
    """The stored instant `minutes` after another; on the UTC line, where no hour is skipped."""
    return (datetime.fromisoformat(instant) + timedelta(minutes=minutes)).isoformat(
        " ", "microseconds"
    )


@lru_cache(maxsize=4_096)
def texts(stored_list: str) -> tuple[str, ...]:
    """The texts in a stored JSON array. Remembered: thousands of cards share a few tags."""
    if stored_list == "[]":
        return ()
    from json import loads

    return tuple(map(str, loads(stored_list)))
