"""The board as it leaves: each application with all that belongs to it, as plain values.

Rows are read as they lie in the file, one application after the other, through one snapshot: a
board of any size takes the memory of one. Which columns there are the file itself says, so that
what comes to a table later leaves with it. Days are `YYYY-MM-DD`, instants UTC with a Z.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from store.read.rows import Reader

Row = dict[str, Any]

PARTS: Mapping[str, str] = {
    "stage_move": "moves",
    "note": "notes",
    "contact": "contacts",
    "interview": "interviews",
    "interviewer": "interviewers",
    "debrief": "debriefs",
    "assignment": "tasks",
    "point": "points",
    "message": "messages",
    "follow_up": "follow_ups",
    "draft": "drafts",
    "tip_tick": "ticks",
    "score": "scores",
}
"""The tables whose rows belong to an application, and what these are called in it."""
ALONE: Mapping[str, str] = {
    "criterion": "criteria",
    "employer_name": "employer_names",
    "posting": "postings",
    "mail": "mail",
    "goal": "goals",
    "reminder": "reminders",
    "setting": "settings",
}
"""The tables of the board as a whole, and what their rows are called."""
BEFORE = ("posting", "mail", "goal", "reminder")
"""Of those, what is of no application: it is left out where applications are chosen."""
JOURNAL = ("change", "row_image", "timeline_entry")
"""The tables of what was done, which leave only when asked for."""
OWNER = "application_id"
LISTS = frozenset(
    (
        *(("application", "tags"), ("interview", "formats"), ("debrief", "signals")),
        *(("posting", "tags"), ("posting", "requirements")),
    )
)
"""The columns that hold a list as JSON."""

_OURS = re.compile(r"[a-z_]+")
_NOT_OURS = re.compile(r"sqlite_|alembic_")


class Table(NamedTuple):
    """A table of the board: its columns, and what makes plain values of those that are none."""

    name: str
    columns: tuple[str, ...]
    made: tuple[tuple[str, Callable[[Any], Any]], ...]

    def rows(self, reader: Reader, rest: str = "") -> Iterator[Row]:
        """Its rows by id, or as the end of the query says."""
        columns, made = self.columns, self.made
        listed = ", ".join(f'"{column}"' for column in columns)
        found = reader.connection.execute(f'SELECT {listed} FROM "{self.name}" {rest}')
        for values in found:
            row = dict(zip(columns, values, strict=True))
            for column, make in made:
                if row[column] is not None:
                    row[column] = make(row[column])
            yield row


def read_tables(reader: Reader) -> dict[str, Table]:
    """The tables of ours that there are, by name. Only to be called inside a snapshot."""
    return {
        name: _table(name, columns)
        for name, columns in reader.connection.columns().items()
        if _OURS.fullmatch(name) and not _NOT_OURS.match(name)
    }


def _table(name: str, columns: Sequence[tuple[str, str]]) -> Table:
    made: list[tuple[str, Callable[[Any], Any]]] = []
    for column, kind in columns:
        if (name, column) in LISTS:
            made.append((column, json.loads))
        elif kind == "DATETIME":
            made.append((column, _instant))
        elif kind == "BOOLEAN":
            made.append((column, bool))
    return Table(name, tuple(column for column, _ in columns), tuple(made))


def _instant(stored: str) -> str:
    """A stored instant as everybody writes it."""
    day, _, time = stored.partition(" ")
    whole, _, fraction = time.partition(".")
    fraction = fraction.rstrip("0")
    return f"{day}T{whole}{f'.{fraction}' if fraction else ''}Z"


def read_applications(
    reader: Reader, tables: Mapping[str, Table], chosen: Collection[int] | None = None
) -> Iterator[Row]:
    """Each application, or each of the `chosen`, by id, with the rows that belong to it by what
    they are called. Only to be called inside a snapshot."""
    parts = [
        (called, _Owned(table.rows(reader, f"ORDER BY {OWNER}, id")))
        for called, table in tables_of_applications(tables)
    ]
    for row in tables["application"].rows(reader, "ORDER BY id"):
        id_ = row["id"]
        if chosen is not None and id_ not in chosen:
            continue
        for called, rows in parts:
            row[called] = rows.of(id_)
        yield row


def tables_of_applications(tables: Mapping[str, Table]) -> Sequence[tuple[str, Table]]:
    """The tables whose rows belong to an application, and what these are called in it; also
    those that are not known here."""
    known = [(called, tables[name]) for name, called in PARTS.items() if name in tables]
    others = [
        (name, table)
        for name, table in tables.items()
        if name not in PARTS and name not in JOURNAL and OWNER in table.columns
    ]
    return [*known, *others]


def alone(tables: Mapping[str, Table]) -> Sequence[tuple[str, Table]]:
    """The tables of the board as a whole, and what their rows are called; also unknown ones."""
    known = [(called, tables[name]) for name, called in ALONE.items() if name in tables]
    others = [
        (name, table)
        for name, table in tables.items()
        if name not in (*ALONE, *JOURNAL, "application") and OWNER not in table.columns
    ]
    return [*known, *others]


class _Owned:
    """Rows that come by the application that they belong to, given out application by
    application."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, owner: int) -> list[Row]:
        """The rows of `owner`; those of earlier ones are passed over."""
        found: list[Row] = []
        while self._next is not None and self._next[OWNER] <= owner:
            row = self._next
            if row.pop(OWNER) == owner:
                found.append(row)
            self._next = next(self._rows, None)
        return found


def read_numbers(reader: Reader, *, journal: bool) -> dict[str, int]:
    """By table the highest number that a row ever had, where one had any: none is given twice."""
    given = reader.connection.numbers()
    return {name: seq for name, seq in given.items() if seq and (journal or name not in JOURNAL)}
