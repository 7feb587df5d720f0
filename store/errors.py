"""Every failure that a person can meet, as one sentence and one exit code."""

import errno
import os
import sqlite3
from os import PathLike, fspath

from store.file.location import linked_file
from store.rules.text import Refused, quoted


class StoreError(Exception):
    """The database cannot do what was asked; says what is safe and what to do next."""


class NotFound(Refused):
    """There is no such application or follow-up (exit code 3)."""


class Conflict(Refused):
    """Somebody else, mostly another window, changed the same thing first; nothing was written."""


class AlreadyThere(Refused):
    """What was to be added is there: `application_id` says where; nothing was written."""

    def __init__(self, sentence: str, application_id: int) -> None:
        super().__init__(sentence)
        self.application_id = application_id


def exit_code(error: Exception) -> int:
    """1 for a failure or a refusal, 3 when what was named does not exist."""
    return 3 if isinstance(error, NotFound) else 1


PathName = str | PathLike[str]
EngineError = sqlite3.Error
"""What reading a file raises; a server's connection raises sentences itself."""


class NeedsMigration(StoreError):
    """The file is an older board (or empty): open it through `store.file.database`, which brings it
    up to date after a backup."""


def sentence_for(error: Exception, path: PathName) -> StoreError:
    """The failure `error`, met while working on the board at `path`, as a sentence.

    Takes errors of sqlite3 and of the operating system, the two that bad values cause
    (OverflowError, UnicodeError), and wrappers that carry one of them in `orig`. A StoreError
    comes back as it is; an error of no known kind gets a sentence that names its type only.
    """
    if isinstance(error, StoreError):
        return error
    inner = getattr(error, "orig", None)
    if isinstance(inner, Exception):
        return sentence_for(inner, path)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, path)
    if isinstance(error, OSError):
        return board_error(_BY_ERRNO.get(error.errno or 0, UNREACHABLE), path)
    if isinstance(error, OverflowError | UnicodeError):
        return StoreError(
            "A value cannot be stored: a number is too large or a text holds broken characters. "
            "Nothing was saved. Correct it and try again."
        )
    return StoreError(
        f"The board {name(path)} could not be used ({type(error).__name__}). "
        "Your saved changes are safe. Close rounds and open it again."
    )


def name(path: PathName) -> str:
    """`path` as it stands in a sentence: quoted, harmless to a terminal."""
    return quoted(fspath(path), at_most=200)


def reason(error: OSError | ValueError) -> str:
    """Why the system refused, in the middle of a sentence: “the disk is full”, “permission
    denied”. A name that no file can have is a ValueError."""
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    words = os.strerror(number) if number else "no file can be called so"
    return words[:1].lower() + words[1:]


FOREIGN = (
    "The file {name} is not a rounds board. It was not changed. "
    "Name another file with --db or ROUNDS_DB."
)
"""The file is something else than a board."""
NO_DATABASE = (
    "The file {name} is not a rounds board, or its beginning is damaged. It was not "
    "changed. Name another file with --db; if this was your board, “rounds where” names the "
    "folder of its backups, and “rounds restore FILE” puts one in its place."
)
"""The file does not begin as a database does: a text, say, or a board with a damaged head."""
NEWER = (
    "The board {name} was made by a newer version of rounds. It was not changed. "
    "Install the newest rounds and open it again."
)
"""The file was written by a version that this one does not know."""
OLDER = (
    "The board {name} was made by an older version of rounds. It was not changed. "
    "Open it once with “rounds”, which makes a backup and brings it up to date."
)
"""The file has to be brought up to date before it can be read."""
DAMAGED = (
    "The board {name} is damaged. It was not changed. “rounds where” names the folder "
    "of its backups: “rounds restore FILE” puts one in its place, and keeps the damaged file."
)
"""The file is a board, and parts of it cannot be read."""
LOCKED = "Another program is using the board {name}. Nothing changed. Try again in a moment."
"""Another program holds the file for longer than we waited."""
MOVED = (
    "The file {name} was deleted or replaced while it was open. "
    "This change was not saved. Put the file back, then close rounds and open it again."
)
"""The file under an open board was deleted or replaced."""
GONE = (
    "The file {name} was deleted or moved while it was open. Nothing can be saved. "
    "Put it back: it is shown as soon as it is there."
)
"""The file under an open board is not there any more, while nothing was to be written."""
READ_ONLY = (
    "The board {name} or its folder is read-only. Nothing was changed; you can still "
    "read it. Allow writing, or name another file with --db."
)
"""The file or its folder lets nobody write."""
INTERRUPTED = (
    "A change to the board {name} was interrupted and must be taken back before it "
    "can be read, but the file or its folder is read-only. Nothing is lost. Allow writing "
    "there and open it again."
)
"""A change was cut off by a crash, and we may not write, so that it cannot be taken back."""
JOURNAL = (
    "A change to the board {name} was interrupted, and {journal} cannot be read or written, "
    "by which it is taken back. Nothing is lost, but do not delete it: without it the board is "
    "damaged. Allow reading and writing it, and open the board again."
)
"""A change was cut off by a crash, and what is needed to take it back is out of reach."""
FULL = (
    "The disk that holds {name} is full. This change was not saved; what was saved "
    "before is safe. Free some space and try again."
)
"""No room left on the disk."""
UNREACHABLE = (
    "The board {name} cannot be opened. Nothing was changed. Check that the folder "
    "exists and that you may read and write there, or name another file with --db."
)
"""The file cannot be opened at all."""
DISK_ERROR = (
    "The disk reported an error at {name}. This change may be lost; what was "
    "saved before is safe. Check the disk and its connection, then open rounds again."
)
"""The disk failed while reading or writing."""
_AGAINST_THE_RULES = (
    "The board {name} refused a value that does not fit the rest. "
    "Nothing was saved. Read the board again and correct the entry."
)


def board_error(sentence: str, path: PathName) -> StoreError:
    """One of the sentences above as the failure of the board at `path`."""
    kind = NeedsMigration if sentence is OLDER else StoreError
    journal = name(journal_name(path)) if sentence is JOURNAL else ""
    return kind(sentence.format(name=name(path), journal=journal))


def journal_name(path: PathName) -> str:
    """The file in which SQLite keeps what takes an unfinished change of the board back."""
    return linked_file(fspath(path)) + "-journal"


def _is_out_of_reach(path: str) -> bool:
    """Whether something is at `path` and cannot be read and written as a file."""
    try:
        usable = os.path.isfile(path) and os.access(path, os.R_OK | os.W_OK)  # noqa: PTH113
        return os.path.lexists(path) and not usable
    except ValueError:
        return False


_BY_CODE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: UNREACHABLE,
    sqlite3.SQLITE_AUTH: UNREACHABLE,
    sqlite3.SQLITE_CANTOPEN: UNREACHABLE,
    sqlite3.SQLITE_IOERR: DISK_ERROR,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: NO_DATABASE,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CONSTRAINT: _AGAINST_THE_RULES,
    sqlite3.SQLITE_MISMATCH: _AGAINST_THE_RULES,
    sqlite3.SQLITE_TOOBIG: _AGAINST_THE_RULES,
    sqlite3.SQLITE_READONLY_DBMOVED: MOVED,
    sqlite3.SQLITE_READONLY_ROLLBACK: INTERRUPTED,
}
_BY_ERRNO = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: DISK_ERROR}


def _of_sqlite(error: sqlite3.Error, path: PathName) -> StoreError:
    """By the extended code where it says more, else by its low byte, the primary code."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        sentence = _BY_CODE.get(code) or _BY_CODE.get(code & 0xFF)
        if sentence in (UNREACHABLE, DISK_ERROR) and _is_out_of_reach(journal_name(path)):
            sentence = JOURNAL
        if sentence is not None:
            return board_error(sentence, path)
    return StoreError(
        f"The board {name(path)} cannot be read as this version of rounds expects. "
        "Nothing was changed. Close rounds and open it again; “rounds where” names the backups."
    )
