"""A whole export taken in again: every row as it was, with its number, in one change.

It goes onto a board without applications; onto any other one `rounds import` merges its
applications as those of every other table (see `store.exchange.exported`).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, TextIO, get_args

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, delete, func, insert, select

from store.database import Database
from store.errors import StoreError
from store.exchange.tables.stream import members
from store.export.board import ALONE, JOURNAL, LISTS, OWNER, PARTS
from store.export.json import FORMAT, VERSION
from store.file.location import REVISIONS
from store.pipeline.changes.journal import TABLES, JournalEntry, defaults_of, record
from store.pipeline.safety.thinning import keep_thinned, last_thinned
from store.read.timeline import THINNED
from store.rules.drafts.kinds import KINDS
from store.rules.followups.presets import presets
from store.rules.mail.message import event_of
from store.rules.text import Refused, printable, quoted
from store.tables import Change, RowImage, Setting, TimelineEntry
from store.tables.columns import Numbered
from store.zones import zone_named

_AT_ONCE = 500
"""Rows that are stored together."""
_ID_END = 2**63
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LINES = frozenset(
    (
        *(("application", name) for name in ("why_role", "why_company", "posting_text")),
        *((table, "text") for table in ("note", "message", "draft", "mail")),
        ("posting", "posting_text"),
        *(("point", "detail"), ("debrief", "remarks"), ("assignment", "remarks")),
    )
)
"""The texts of several lines."""
_KEYS = frozenset(
    (("application", "employer"), ("employer_name", "name"), ("employer_name", "employer"))
)
"""Folded names: their letters stand apart from the marks, and composed they would be other keys."""
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NAMES = {called: name for name, called in {**PARTS, **ALONE}.items()}
Told = Callable[[int], None]


class TakenBack(NamedTuple):
    """What came in: how many applications, by which change, and whether with its history."""

    applications: int
    change_id: int | None
    """None where the history came along: it is the newest change in it that undo takes back."""
    journal: bool
    left_out: bool
    """Whether the file has a history that was left out, as the board has one of its own."""
    warnings: tuple[str, ...] = ()
    """Sentences that the user should know, though all was done."""


def is_vacant(session: Session) -> bool:
    """Whether nothing is on the board that a whole export could meet: no application, and nothing
    else that the user made."""
    for name, table in TABLES.items():
        if name != Setting.__tablename__ and session.exec(select(table.id).limit(1)).first():
            return False
    return True


def _check_vacant(session: Session) -> None:
    if not is_vacant(session):
        raise Refused("The board is not empty any more. Nothing was changed.")


def take_back(
    database: Database, file: TextIO, called: str, told: Told = lambda _: None
) -> TakenBack:
    """Take the whole export in `file`, which is `called` so, onto a board where nothing is.

    All rows keep their numbers. A history in the file comes along where the board has none; else
    all of it is one change, which undo takes back, and a safety copy is made before. `told` hears
    how many applications are in.
    Raises Refused, having changed nothing, for a file that is no whole export, of a newer version,
    or changed so that it makes no sense.
    """
    found = _look_through(file, called)
    with database.writing() as session:
        _check_vacant(session)
        highest = session.exec(select(func.max(Change.id))).one() or 0
    if found.journal and not highest:
        file.seek(0)
        with _blame_file(called), database.writing() as session:
            bringer = _Bringer(database, session, called, None, told)
            bringer.take(file)
        return TakenBack(bringer.applications, None, journal=True, left_out=False)
    unsaved = database.save_before()
    with database.writing() as session:
        # What follows gets a higher number than any change that the applications remember.
        database.count_on(session, {str(Change.__tablename__): max(highest, found.newest)})
    file.seek(0)
    with _blame_file(called), record(database, "import", "import") as entry:
        bringer = _Bringer(database, entry.session, called, entry, told)
        bringer.take(file)
        many = bringer.applications
        whole = f"{many:,} application{'' if many == 1 else 's'}"
        entry.change.summary = f"restored {whole} from {quoted(called)}"
        change_id = entry.change.id
    warnings = (unsaved,) if unsaved else ()
    return TakenBack(many, change_id, journal=False, left_out=found.journal, warnings=warnings)


class _ExportHead(NamedTuple):
    journal: bool
    newest: int
    """The highest number of a change that an application remembers."""


def _look_through(file: TextIO, called: str) -> _ExportHead:
    """What a whole export holds, before anything of it is taken; Refused for none."""
    said: dict[str, Any] = {}
    newest = 0
    for name, value in members(file, called):
        if name == "applications":
            version = value.get("version") if isinstance(value, dict) else None
            if isinstance(version, int) and newest < version < _ID_END:
                newest = version
        elif name == "journal":
            number = value.get("id") if isinstance(value, dict) else None
            if isinstance(number, int) and newest < number < _ID_END:
                newest = number
        elif name in _HEAD:
            said[name] = value
        elif name not in (*_NAMES, "numbers"):
            raise _newer(called)
    if said.get("format") != FORMAT:
        raise Refused(f"{quoted(called)} is no export of a whole board. Nothing was changed.")
    if said.get("version") != VERSION or said.get("revision") not in REVISIONS:
        raise _newer(called)
    return _ExportHead(said.get("history") is True, newest)


_HEAD = ("format", "version", "revision", "part", "anonymous", "history")


class _Bringer:
    """Stores the rows of a whole export in the transaction of `session`: with a change that undo
    takes back, or, for a file that has its own history, without."""

    def __init__(
        self,
        database: Database,
        session: Session,
        called: str,
        entry: JournalEntry | None,
        told: Told,
    ) -> None:
        self.applications = 0
        self._database = database
        self._session = session
        self._called = called
        self._entry = entry
        self._told = told
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._many = 0
        self._told_of: list[tuple[int, list[int]]] = []
        """By change without images the applications that it tells of."""

    def take(self, file: TextIO) -> None:
        """Take all that is in `file`."""
        session, numbers = self._session, {}
        _check_vacant(session)
        thinned = last_thinned(session) if self._entry is not None else 0
        # The parts of an application come before what they point to.
        self._database.defer_references(session)
        session.execute(delete(Setting))
        for name, value in members(file, self._called):
            if name == "applications":
                self._add_application(value)
            elif name in _NAMES:
                if self._entry is None or not _is_of_a_journal(name, value):
                    self._add(_NAMES[name], value)
            elif name == "numbers":
                numbers = value
            elif name == "journal" and self._entry is None:
                self._add_change(value)
        self._store()
        if thinned:
            keep_thinned(session, thinned)
        if not isinstance(numbers, dict):
            raise self._wrong("numbers", 0, "numbers", numbers)
        known = {*TABLES} if self._entry is not None else {*TABLES, *JOURNAL}
        given = {
            name: number
            for name, number in numbers.items()
            if name in known and isinstance(number, int)
        }
        self._database.count_on(session, given)
        self._told(self.applications)

    def _add_application(self, value: Any) -> None:
        parts = {
            name: value.pop(name) for name in _PARTS if isinstance(value, dict) and name in value
        }
        owner = self._add("application", value)
        for name, rows in parts.items():
            if not isinstance(rows, list):
                raise self._wrong("application", owner, name, rows)
            for row in rows:
                if isinstance(row, dict):
                    row = {**row, OWNER: owner}
                self._add(_NAMES[name], row)
        self.applications += 1
        if self.applications % _AT_ONCE == 0:
            self._told(self.applications)

    def _add(self, table: str, row: Any) -> int:
        """Have a row stored with the next ones; gives its number."""
        if not isinstance(row, dict) or type(row.get("id")) is not int:
            raise self._wrong(table, 0, "id", row)
        known = _columns(table)
        if unknown := row.keys() - known.keys():
            raise Refused(
                f"{quoted(self._called)} has something that this version of rounds does not know "
                f"({quoted(min(unknown))} of {table} {row['id']}). Install the newest rounds. "
                "Nothing was changed."
            )
        whole = {}
        for name, read in known.items():
            if name not in row:
                whole[name] = self._default(table, row["id"], name)
                continue
            try:
                whole[name] = read(row[name])
            except (ValueError, TypeError, OverflowError):
                raise self._wrong(table, row["id"], name, row[name]) from None
        self._waiting.setdefault(table, []).append(whole)
        self._many += 1
        if self._many >= _AT_ONCE * 10:
            self._store()
        number: int = row["id"]
        return number

    def _default(self, table: str, id_: int, name: str) -> Any:
        """What a column holds that is not in the file, since it came later; Refused for one that
        every row must have."""
        column = _ALL[table].model_fields[name]
        if column.is_required():
            raise self._wrong(table, id_, name, None)
        return defaults_of(_ALL[table])[name]

    def _add_change(self, value: Any) -> None:
        known = isinstance(value, dict)
        images, told_of = (value.pop(name, []) if known else [] for name in ("images", "told_of"))
        change = self._add("change", value)
        if not isinstance(told_of, list) or any(type(one) is not int for one in told_of):
            raise self._wrong("change", change, "told_of", told_of)
        if told_of:
            self._told_of.append((change, told_of))
        for image in images if isinstance(images, list) else ():
            if not isinstance(image, dict) or image.get("table_name") not in TABLES:
                raise self._wrong("change", change, "images", image)
            for side in ("before", "after"):
                if image.get(side) is not None:
                    image[side] = _ENCODE(image[side])
            self._add("row_image", {**image, "change_id": change})

    def _store(self) -> None:
        """Insert what waits, the tables that others point to first."""
        for name, table in _ALL.items():
            rows = self._waiting.pop(name, [])
            for start in range(0, len(rows), _AT_ONCE):
                some = rows[start : start + _AT_ONCE]
                if self._entry is None or table is Setting:
                    made: Table = table.__table__  # type: ignore[attr-defined]
                    self._session.connection().execute(made.insert(), some)
                else:
                    self._entry.bring_in(table, some)
                    self._entry.images_of(table, some)
        rows = [
            {"application_id": owner, "change_id": change}
            for change, owners in self._told_of
            for owner in owners
        ]
        if rows:
            self._session.execute(insert(TimelineEntry), rows)
        self._told_of.clear()
        self._many = 0

    def _wrong(self, table: str, id_: int, name: str, value: object) -> Refused:
        which = f"{table.replace('_', ' ')} {id_}" if id_ else table.replace("_", " ")
        found = quoted(value) if isinstance(value, str) else "that"
        return Refused(
            f"{quoted(self._called)} cannot be restored: {found} cannot be the {quoted(name)} "
            f"of {which}. Nothing was changed."
        )


def _is_of_a_journal(called: str, row: Any) -> bool:
    """Whether a row says how far its board's journal is thinned, which another journal is not."""
    named = row.get("name") if isinstance(row, dict) else None
    return _NAMES[called] == Setting.__tablename__ and named == THINNED


_PARTS = tuple(PARTS.values())
_ALL: Mapping[str, type[Numbered]] = {
    **TABLES,
    str(Change.__tablename__): Change,
    str(RowImage.__tablename__): RowImage,
}

_Read = Callable[[Any], Any]


@cache
def _columns(table: str) -> Mapping[str, _Read]:
    """What reads the plain values of each column; ValueError for one that cannot stand there."""
    made: Table = _ALL[table].__table__  # type: ignore[attr-defined]
    return {
        name: _reader(table, name, column.annotation, getattr(made.c[name].type, "length", None))
        for name, column in _ALL[table].model_fields.items()
    }


def _reader(table: str, name: str, kind: Any, limit: int | None) -> _Read:
    kinds = get_args(kind) or (kind,)
    read: _Read
    if (table, name) in LISTS:
        read = _list
    elif (table, name) in _KNOWN:
        read = _one_of(_KNOWN[table, name])
    elif (table, name) == ("mail", "event"):
        read = _event(limit)
    elif name == "zone":
        read = _zone
    elif bool in kinds:
        read = _switch
    elif int in kinds:
        read = _number
    elif float in kinds:
        read = _float
    elif datetime in kinds:
        read = _instant
    elif date in kinds:
        read = _day
    else:
        free = table == RowImage.__tablename__
        read = _text(
            None if free else limit,
            lines=free or (table, name) in _LINES,
            composed=not free and (table, name) not in _KEYS,
        )
    if NoneType in kinds:
        return lambda value: None if value is None else read(value)
    return read


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("no yes or no")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) >= _ID_END:
        raise ValueError("no number")
    return value


def _float(value: Any) -> float:
    if type(value) not in (int, float) or not abs(value) < float("inf"):
        raise ValueError("no number")
    return float(value)


def _day(value: Any) -> date:
    if not _DAY.fullmatch(value):
        raise ValueError("no day")
    return date.fromisoformat(value)


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("without a zone")
    return instant.astimezone(UTC)


def _zone(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    try:
        zone_named(value)
    except Refused:
        raise ValueError("no zone") from None
    return value


def _event(limit: int | None) -> _Read:
    cleaned = _text(limit, lines=True)

    def read(value: Any) -> Any:
        entry = cleaned(value)
        try:
            event_of(entry)
        except KeyError:
            raise ValueError("no calendar entry") from None
        return entry

    return read


def _list(value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("no list of texts")
    return json.dumps([_clean(one, lines=False) for one in value], ensure_ascii=False)


def _text(limit: int | None, *, lines: bool, composed: bool = True) -> _Read:
    """What was taken apart on purpose stays so unless `composed`."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError("no text")
        cleaned = _clean(value, lines=lines)
        if not composed and cleaned == unicodedata.normalize("NFC", value):
            cleaned = value
        if limit is not None and len(cleaned) > limit:
            raise ValueError("too long")
        return cleaned

    return read


def _clean(value: str, *, lines: bool) -> str:
    """A text without what a terminal would obey; one from a board is that already."""
    cleaned = printable(value)
    return cleaned if lines else cleaned.replace("\n", " ")


def _one_of(known: Callable[[], Container[str]]) -> _Read:
    def read(value: Any) -> Any:
        if value not in known():
            raise ValueError("not known")
        return value

    return read


_KNOWN: Mapping[tuple[str, str], Callable[[], Container[str]]] = {
    ("draft", "kind"): lambda: KINDS,
    ("application", "preset"): lambda: ("", *presets()),
}
"""The texts that stand for something: another one could not be read."""


def _newer(called: str) -> Refused:
    return Refused(
        f"{quoted(called)} was made by a newer version of rounds. Nothing was changed. Install the "
        "newest rounds and import it again."
    )


@contextmanager
def _blame_file(called: str) -> Iterator[None]:
    """Rows that do not fit together are the file's fault."""
    try:
        yield
    except (IntegrityError, StoreError) as error:
        if isinstance(error, IntegrityError) or isinstance(error.__context__, IntegrityError):
            raise Refused(
                f"{quoted(called)} cannot be restored: its rows do not fit together. Nothing was "
                "changed. Export it again."
            ) from None
        raise
