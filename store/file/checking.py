"""The board's file, its folder and its copies, looked at without a byte being changed.

Light, and nothing here raises: what cannot be looked at is a finding.
"""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from store.clock import Clock
from store.file.backup import dated_copies
from store.file.location import backup_dir, beside, data_folder, linked_file
from store.file.opening import (
    READING_SECONDS,
    State,
    connect_reading,
    connect_still,
    is_sound,
    journal_of,
    state_of,
)

ROOM = 50_000_000
"""Bytes that should be free beside the board (product); at least three times its size is needed to
copy and upgrade it."""
_OTHERS = 0o077
"""The bits of a mode that let others in."""


class Finding(NamedTuple):
    """Something that is not as it should be.

    `code` names it for scripts. The `sentence` says what is the matter and what to do; it holds
    nothing that people typed, and no path. `serious` is False for what only limits the program.
    `fixed_by` names what mends it: "permissions" or "plan"; "" for what a person has to do.
    """

    code: str
    sentence: str
    serious: bool = True
    fixed_by: str = ""


_LOCKED = Finding(
    "locked",
    "Another program keeps the board busy, so that it could not be read: close that program, or "
    "wait until it is done, and run “rounds doctor” again.",
)
_INTERRUPTED = Finding(
    "interrupted",
    "A change was cut off by a crash: open the board once with “rounds”, which undoes it, and "
    "do not delete the file that ends in “-journal”.",
)
_UNREADABLE = Finding(
    "unreadable", "The board may not be read by you: ask its owner, or give yourself the right."
)
_NO_FILE = Finding(
    "no-file",
    "What is at the board’s place is no ordinary file: move it away, or name another place with "
    "--db.",
)
_DAMAGED = Finding(
    "damaged",
    "The board is damaged: “rounds backup --list” lists its copies, and “rounds restore DATE” puts "
    "one in its place and keeps the damaged file.",
)
_FOREIGN = Finding(
    "foreign", "The file at the board’s place is no board of rounds: name another one with --db."
)
_NEWER = Finding(
    "newer", "The board was made by a newer version of rounds: install the newest version."
)
_OLDER = Finding(
    "older",
    "The board was made by an older version of rounds: open it once with “rounds”, which makes a "
    "copy and brings it up to date.",
    serious=False,
)
_NEW = Finding(
    "no-board", "There is no board yet: make one with “rounds add”, or name another with --db."
)


class Checked(NamedTuple):
    """What was found at a place. `facts` are numbers and words that tell nothing of anybody."""

    state: State | None
    """None where it could not be told."""
    findings: tuple[Finding, ...]
    facts: dict[str, Any]


def check_file(path: Path, clock: Clock) -> Checked:
    """Look at the board at `path` and what lies around it."""
    path = Path(linked_file(str(path))).absolute()
    facts: dict[str, Any] = {}
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Checked(State.NEW, (_NEW,), facts)
    except OSError:
        return Checked(None, (_UNREADABLE,), facts)
    if not stat.S_ISREG(mode):
        return Checked(None, (_NO_FILE,), facts)
    facts["bytes"] = path.stat().st_size
    if not facts["bytes"]:
        return Checked(State.NEW, (_NEW,), facts)
    around = [*_permissions(path, facts), *_room(path, facts)]
    if not os.access(path, os.R_OK):
        return Checked(None, (_UNREADABLE, *around), facts)
    state, findings = _check_inside(path, facts)
    last = facts.pop("last", None)
    around += _copies(path, clock, last, facts)
    return Checked(state, (*findings, *around), facts)


def _check_inside(path: Path, facts: dict[str, Any]) -> tuple[State | None, list[Finding]]:
    try:
        with closing(connect_reading(path, READING_SECONDS)) as board:
            board.execute("BEGIN")
            state = state_of(board)
            for refused, finding in (
                (State.FOREIGN, _FOREIGN),
                (State.NEWER, _NEWER),
                (State.DAMAGED, _DAMAGED),
            ):
                if state is refused:
                    return state, [finding]
            if not is_sound(board, indexes=True):
                return State.DAMAGED, [_DAMAGED]
            findings = [_OLDER] if state is State.OLDER else []
            findings += _references(board)
            _count(board, facts)
            return state, findings
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0)
        if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return None, [_LOCKED]
        journal = journal_of(path).exists()
        if journal and code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            return None, [_INTERRUPTED]
        if code & 0xFF == sqlite3.SQLITE_NOTADB and not _begins_as_ours(path):
            return State.FOREIGN, [_FOREIGN]
        return State.DAMAGED, [_DAMAGED]
    except UnicodeDecodeError:  # SQLite quotes the damage in its message
        return State.DAMAGED, [_DAMAGED]


def _begins_as_ours(path: Path) -> bool:
    """Whether the first bytes are those of a database, of which the rest is damaged."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"
    return False


def _references(board: sqlite3.Connection) -> Iterator[Finding]:
    """Rows that belong to something that is not there."""
    broken = len(board.execute("PRAGMA foreign_key_check").fetchall())
    if broken:
        yield Finding(
            "foreign-keys",
            f"{_rows(broken)} to something that is not there any more: “rounds restore DATE” goes "
            "back to a copy from before; please report how it came about.",
        )
    lost = board.execute(_LOST_PEOPLE).fetchone()[0]
    if lost:
        yield Finding(
            "orphans",
            f"{lost:,} planned follow-up{'' if lost == 1 else 's'} to someone who is not among "
            "the contacts any more: “rounds doctor --fix” plans again.",
            fixed_by="plan",
        )


_LOST_PEOPLE = """
SELECT count(*) FROM follow_up WHERE person <> '' AND state = 'open' AND NOT EXISTS
  (SELECT 1 FROM contact WHERE contact.application_id = follow_up.application_id
   AND CAST(contact.id AS TEXT) = follow_up.person)"""


def _rows(number: int) -> str:
    return "1 row belongs" if number == 1 else f"{number:,} rows belong"


def _count(board: sqlite3.Connection, facts: dict[str, Any]) -> None:
    (revision,) = board.execute("SELECT version_num FROM alembic_version").fetchone()
    facts["form"] = revision
    facts["page_bytes"] = board.execute("PRAGMA page_size").fetchone()[0]
    facts["pages"] = board.execute("PRAGMA page_count").fetchone()[0]
    facts["free_pages"] = board.execute("PRAGMA freelist_count").fetchone()[0]
    names = board.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables = [name for (name,) in names if not name.startswith(("sqlite_", "alembic"))]
    facts["rows"] = {
        name: board.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables
    }
    facts["last"] = board.execute("SELECT max(at) FROM change WHERE state <> 'step'").fetchone()[0]


def _permissions(path: Path, facts: dict[str, Any]) -> Iterator[Finding]:
    facts["mode"] = f"{stat.S_IMODE(path.stat().st_mode):o}"
    if open_to_others(path):
        yield Finding(
            "permissions",
            "Others on this machine may read the board, its copies or unsaved text: “rounds doctor "
            "--fix” takes that right away.",
            fixed_by="permissions",
        )
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        yield Finding(
            "read-only",
            "The board or its folder is read-only, so that nothing can be stored: allow writing, "
            "or name another file with --db.",
        )


def open_to_others(path: Path) -> list[Path]:
    """What of the board at `path` others may read: file, copies, unsaved text, and the folder where
    it is our own."""
    path = Path(linked_file(str(path))).absolute()
    places = [path, journal_of(path)]
    for folder in (backup_dir(path), beside(path, "unsaved")):
        if folder.is_dir():
            places.append(folder)
            with suppress(OSError):
                places += [file for file in folder.iterdir() if file.is_file()]
    if path.parent == data_folder():
        places.append(path.parent)
    found = []
    for place in places:
        with suppress(OSError):
            if place.stat().st_mode & _OTHERS and place.stat().st_uid == os.geteuid():
                found.append(place)
    return found


def close_to_others(path: Path) -> int:
    """Take others' rights away from all of that; how many places were changed."""
    number = 0
    for place in open_to_others(path):
        with suppress(OSError):
            place.chmod(0o700 if place.is_dir() else 0o600)
            number += 1
    return number


def _room(path: Path, facts: dict[str, Any]) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return
    facts["free_bytes"] = free
    needed = max(ROOM, 3 * facts["bytes"])
    if free < needed:
        yield Finding(
            "disk-space",
            f"Only {free / 1_000_000:,.0f} MB are free beside the board: make room, so that "
            f"changes and copies can be stored ({needed / 1_000_000:,.0f} MB are enough).",
        )


def _copies(path: Path, clock: Clock, last: str | None, facts: dict[str, Any]) -> Iterator[Finding]:
    """`last` is when the board was changed last, as it is stored."""
    found, today = dated_copies(path), clock.now().date()
    facts["copies"] = len(found)
    newest = _day(found[-1].made, clock) if found else None
    facts["newest_copy_days"] = (today - newest).days if newest is not None else None
    changed = None
    if last is not None:
        with suppress(ValueError):
            changed = _day(datetime.fromisoformat(last).replace(tzinfo=UTC), clock)
    facts["changed_days"] = (today - changed).days if changed is not None else None
    if changed is not None and changed < today and (newest is None or newest < changed):
        age = "There is no copy of the board"
        if newest is not None:
            days = (changed - newest).days
            age = f"The newest copy is {days:,} day{'' if days == 1 else 's'} older than the board"
        yield Finding(
            "backup-age",
            f"{age}, though one is made on each day with the first change: make one with “rounds "
            "backup”, which says what is in the way.",
        )
    if found and not _is_whole(found[-1].path):
        yield Finding(
            "backup-damaged",
            "The newest copy of the board is damaged: check the disk, and make another copy with "
            "“rounds backup”.",
        )


def _day(moment: datetime, clock: Clock) -> date:
    return moment.astimezone(clock.zone).date()


def _is_whole(copy: Path) -> bool:
    try:
        with closing(connect_still(copy)) as opened:
            known = state_of(opened) in (State.CURRENT, State.OLDER, State.NEWER)
            return known and is_sound(opened)
    except (sqlite3.Error, UnicodeDecodeError):
        return False
