"""Boards that are not there, not ours, damaged, old or held by another program: a sentence, and
nothing made or changed.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.file import opening
from tests.tables import each_row

READING = (("list",), ("list", "--json"), ("due",), ("due", "--line"), ("show", "1"))
CHANGING = (
    ("move", "1", "first"), ("close", "1", "rejected"), ("reopen", "1"), ("delete", "1"),
    ("interview", "1", "tue", "10:00"), ("interview", "1", "--cancel", "1"),
    ("contact", "1"), ("contact", "1", "Ana"), ("debrief", "1"), ("draft", "1"),
    ("point", "1"), ("point", "1", "concern", "x"), ("offer", "1"), ("offer", "1", "--verbal"),
    ("deadline", "1", "fri"), ("replied", "1"),
    ("note", "1", "x"), ("remind", "1", "fri", "x"), ("done", "1"), ("snooze", "1", "fri"),
    ("skip", "1"), ("undo",), ("redo",), ("backup",),
)  # fmt: skip


@each_row("words", READING + CHANGING, ids=" ".join)
def test_a_named_board_that_is_not_there_is_said(shell: Any, words: tuple[str, ...]) -> None:
    shell.environ["ROUNDS_DB"] = str(shell.path)
    for named in (True, False):
        result = shell(*words, named=named)
        assert result.code == 1
        assert result.out == ""
        assert re.fullmatch(r"rounds: There is no board at [^\n]+\n", result.err)
    assert list(shell.path.parent.iterdir()) == []


@pytest.fixture
def home(shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has never run rounds: their data folder, not yet there."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_new_user_sees_an_empty_board_and_how_to_begin(shell: Any, home: Path) -> None:
    for words in (("list",), ("due",)):
        result = shell(*words, named=False)
        assert (result.code, result.out) == (0, "")
        assert "rounds add COMPANY ROLE" in result.err
    assert shell("list", "--json", named=False).json == []
    assert shell("due", "--json", named=False).json == []
    line = shell("due", "--line", named=False)
    assert (line.code, line.out, line.err) == (0, "", "")
    assert shell("due", "--check", named=False).code == 0
    assert list(home.iterdir()) == []


@each_row("words", [("show", "1"), *CHANGING], ids=" ".join)
def test_a_new_user_has_nothing_to_change(shell: Any, home: Path, words: tuple[str, ...]) -> None:
    result = shell(*words, named=False)
    assert result.code == (1 if words[0] in ("undo", "redo", "backup") else 3)
    assert re.fullmatch(r"rounds: (?:There is no|No board yet)[^\n]+\n", result.err)
    assert list(home.iterdir()) == []


def test_a_new_user_begins(shell: Any, home: Path) -> None:
    assert "(not there yet)" in shell("where", named=False).out
    assert shell("add", "Globex", "Engineer", named=False).out == "1\n"
    board = home / "data" / "rounds" / "board.db"
    assert board.stat().st_mode & 0o777 == 0o600
    assert board.parent.stat().st_mode & 0o777 == 0o700
    where = shell("where", named=False).out
    assert re.search(rf"^database +{re.escape(str(board))}$", where, re.MULTILINE)
    assert re.search(r"^config +\S+", where, re.MULTILINE)
    assert re.search(r"^backups +\S+", where, re.MULTILINE)


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE application (id INTEGER)")
    connection.close()


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\x1b]2;x\x07" * 4_000)


def newer(path: Path) -> None:
    from datetime import UTC, datetime

    from store.clock import FixedClock
    from store.file.database import open_database

    open_database(path, FixedClock(datetime(2026, 11, 23, tzinfo=UTC))).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [foreign, garbage, newer, folder])
@pytest.mark.parametrize(
    "words", [*READING, ("add", "A", "B"), ("undo",), ("move", "1", "first")], ids=" ".join
)
def test_what_is_no_board_of_ours_stays_as_it_is(
    shell: Any, spoil: Any, words: tuple[str, ...]
) -> None:
    spoil(shell.path)
    before = shell.path.read_bytes() if shell.path.is_file() else None
    result = shell(*words)
    assert result.code == 1, result
    assert result.out == ""
    assert re.fullmatch(r"rounds: [^\n\x1b]+\n", result.err), result.err
    assert "went wrong inside" not in result.err
    assert (shell.path.read_bytes() if shell.path.is_file() else None) == before
    assert [entry.name for entry in shell.path.parent.iterdir()] == ["board.db"]


def test_a_backup_is_made_where_it_is_told(shell: Any, tmp_path: Path) -> None:
    shell.add()
    target = tmp_path / "copy.db"
    assert shell.ok("backup", str(target)).out == f"{target}\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert shell("backup", str(target)).code == 1, "nothing is written over"
    usual = Path(shell.ok("backup").out.strip())
    assert usual.is_file()
    shell.path.unlink()
    target.rename(shell.path)
    assert shell.ok("list", "--json").json[0]["company"] == "Globex"


def test_an_older_board_is_brought_up_to_date_and_that_is_said_once(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import errors
    from store.read import glance

    shell.add()
    real, refused = glance.open_glance, [True]

    def first_older(path: Path, clock: Any, **patience: Any) -> Any:
        if refused and refused.pop():
            raise errors.board_error(errors.OLDER, path)
        return real(path, clock, **patience)

    monkeypatch.setattr(glance, "open_glance", first_older)
    result = shell("list", "--json")
    assert (result.code, len(result.json)) == (0, 1)
    assert result.err == "This board was made by an older version. It was backed up and updated.\n"
    assert shell.ok("list").err == ""


def test_an_empty_file_is_no_board_yet(shell: Any) -> None:
    shell.path.touch()
    assert shell("list").code == 1
    assert shell.path.read_bytes() == b""
    assert shell.add() == "1"


READERS = (
    ("due", "--line"), ("due", "--check"), ("due",), ("due", "--json"), ("list",), ("show", "1"),
    ("stats",), ("contact", "1"), ("point", "1"), ("offer", "1"), ("task", "1"), ("draft", "f1"),
    ("debrief", "1", "--form"),
)  # fmt: skip
WRITERS = (
    ("note", "1", "x"), ("done", "f1"), ("undo",), ("draft", "f1", "--sent"), ("debrief", "1"),
    ("add", "A", "B"),
)  # fmt: skip
FOR_EVER = 10_000.0


@pytest.fixture
def locked(shell: Any) -> Iterator[Any]:
    """A command line on a board that another program is changing all the time."""
    shell.add("Globex", "SRE", "--applied", "2026-11-10")
    with closing(sqlite3.connect(shell.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield shell


def test_a_reader_has_a_second_and_a_writer_fifteen() -> None:
    assert (opening.READING_SECONDS, opening.BUSY_SECONDS) == (1.0, 15.0)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_reading_gives_up_with_one_sentence(
    locked: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opening, "READING_SECONDS", 0.02)
    monkeypatch.setattr(opening, "BUSY_SECONDS", FOR_EVER)
    result = locked(*words)
    assert (result.code, result.out) == (1, "")
    assert re.fullmatch(r"rounds: Another program is using the board [^\n]+\. [^\n]+\n", result.err)


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_writing_has_the_patience_of_writers(
    locked: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opening, "READING_SECONDS", FOR_EVER)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.02)
    result = locked(*words)
    assert (result.code, result.out) == (1, "")
    assert "is using the board" in result.err
