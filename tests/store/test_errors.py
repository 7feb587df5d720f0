"""Every failure of the file as a sentence: what happened, what is safe, what to do next."""

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import exc

from store.errors import (
    FOREIGN,
    NEWER,
    OLDER,
    NeedsMigration,
    StoreError,
    board_error,
    sentence_for,
)
from tests.tables import each_row

PATH = Path("/home/ana/board.db")


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("near “90000”: syntax error")
    error.sqlite_errorcode = code
    return error


@each_row(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_BUSY, "is using the board “/home/ana/board.db”"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "is using"),
        (sqlite3.SQLITE_LOCKED, "is using"),
        (sqlite3.SQLITE_READONLY, "is read-only"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "is read-only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "was deleted or replaced"),
        (sqlite3.SQLITE_READONLY_ROLLBACK, "was interrupted"),
        (sqlite3.SQLITE_IOERR, "The disk reported an error"),
        (sqlite3.SQLITE_IOERR_WRITE, "The disk reported an error"),
        (sqlite3.SQLITE_CORRUPT, "is damaged"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "is damaged"),
        (sqlite3.SQLITE_NOTADB, "is not a rounds board"),
        (sqlite3.SQLITE_FULL, "is full"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "cannot be opened"),
        (sqlite3.SQLITE_PERM, "cannot be opened"),
        (sqlite3.SQLITE_CONSTRAINT_CHECK, "does not fit"),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, "does not fit"),
        (sqlite3.SQLITE_ERROR, "cannot be read as this version"),
        (12345 << 8 | 250, "cannot be read as this version"),
    ],
)
def test_sqlite(code: int, expected: str) -> None:
    assert expected in str(sentence_for(sqlite_error(code), PATH))


def test_sqlite_without_a_code() -> None:
    assert "cannot be read" in str(sentence_for(sqlite3.ProgrammingError("closed"), PATH))


@each_row(
    ("number", "expected"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "is read-only"),
        (errno.EIO, "The disk reported an error"),
        (errno.EACCES, "cannot be opened"),
        (errno.ENOENT, "cannot be opened"),
        (None, "cannot be opened"),
    ],
)
def test_operating_system(number: int | None, expected: str) -> None:
    error = OSError() if number is None else OSError(number, "no")
    assert expected in str(sentence_for(error, PATH))


@pytest.mark.parametrize(
    "error", [OverflowError("90000"), UnicodeEncodeError("utf-8", "90000", 0, 1, "surrogate")]
)
def test_values_that_no_column_takes(error: Exception) -> None:
    assert "A value cannot be stored" in str(sentence_for(error, PATH))


def test_a_wrapper_is_told_as_what_it_wraps() -> None:
    inner = sqlite_error(sqlite3.SQLITE_FULL)
    wrapped = exc.OperationalError("INSERT ... 90000", {"salary": "90000"}, inner)
    assert "is full" in str(sentence_for(wrapped, PATH))


def test_an_unknown_failure_names_its_kind_only() -> None:
    assert "(RuntimeError)" in str(sentence_for(RuntimeError("90000"), PATH))


def test_a_sentence_stays_what_it_is() -> None:
    told = StoreError("told already")
    assert sentence_for(told, PATH) is told


ERRORS: list[Exception] = [
    *(sqlite_error(code) for code in (5, 8, 10, 11, 13, 14, 19, 26, 1)),
    OSError(errno.ENOSPC, "90000"),
    OverflowError("90000"),
    RuntimeError("90000"),
]


@each_row("error", ERRORS, ids=repr)
def test_each_says_what_is_safe_and_tells_no_value(error: Exception) -> None:
    sentence = str(sentence_for(error, PATH))
    assert "90000" not in sentence
    assert any(word in sentence.lower() for word in ("not changed", "safe", "not saved", "nothing"))
    assert sentence.endswith(".")


def test_a_path_cannot_drive_the_terminal() -> None:
    sentence = str(sentence_for(sqlite_error(sqlite3.SQLITE_FULL), "/tmp/\x1b]2;x\x07\n\udcff"))
    assert sentence.isprintable()


def test_what_a_file_can_be() -> None:
    assert isinstance(board_error(OLDER, PATH), NeedsMigration)
    assert not isinstance(board_error(NEWER, PATH), NeedsMigration)
    for failure in (board_error(sentence, PATH) for sentence in (FOREIGN, OLDER, NEWER)):
        assert "It was not changed" in str(failure)
