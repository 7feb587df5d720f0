"""Putting a backup in the place of the board: safe beside a journal, and nothing is lost."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file import restore as restoring
from store.file.database import open_database
from store.file.opening import journal_of
from store.file.restore import restore
from tests.makers import application

KILLED = """
import os, sqlite3, sys
board = sqlite3.connect(sys.argv[1], isolation_level=None)
board.execute("PRAGMA cache_size = 1")
board.execute("PRAGMA cache_spill = 1")
board.execute("BEGIN IMMEDIATE")
for number in range(400):
    board.execute("UPDATE application SET company = ?", (f"half {number}" * 20,))
    board.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (f"x{number}", "y" * 190))
os._exit(9)
"""


def companies(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT company FROM application ORDER BY id")]


@pytest.fixture
def backup(path: Path, clock: FixedClock) -> Path:
    """A backup with Globex; the board has gone on to Hooli."""
    with closing(open_database(path, clock)) as db:
        with db.writing() as session:
            session.add(application(company="Globex"))
        made = db.backup()
        with db.writing() as session:
            session.add(application(company="Hooli"))
    return made


def test_the_backup_is_the_board_and_what_was_there_is_kept(
    backup: Path, path: Path, clock: FixedClock
) -> None:
    kept = restore(backup, path, clock)
    assert kept == path.with_name("board-replaced-20261123-080000.db")
    assert (companies(path), companies(kept)) == (["Globex"], ["Globex", "Hooli"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert restore(kept, path, clock) == path.with_name("board-replaced-20261123-080000-2.db")
    assert companies(path) == ["Globex", "Hooli"]
    assert companies(backup) == ["Globex"]


def test_a_journal_that_a_killed_program_left_goes_with_its_file(
    backup: Path, path: Path, clock: FixedClock
) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert journal_of(path).stat().st_size > 0
    kept = restore(backup, path, clock)
    assert kept is not None
    assert not journal_of(path).exists()
    assert companies(path) == ["Globex"]
    assert companies(kept) == ["Globex", "Hooli"], "its journal takes back what was half done"


def test_a_damaged_board_and_none_at_all_are_replaced(
    backup: Path, path: Path, clock: FixedClock
) -> None:
    path.write_bytes(b"no board at all")
    kept = restore(backup, path, clock)
    assert kept is not None
    assert kept.read_bytes() == b"no board at all"
    assert companies(path) == ["Globex"]
    path.unlink()
    assert restore(backup, path, clock) is None
    assert companies(path) == ["Globex"]


def test_a_board_that_is_open_elsewhere_is_left_alone(
    backup: Path, path: Path, clock: FixedClock
) -> None:
    code = (
        "import sqlite3, sys; board = sqlite3.connect(sys.argv[1]);"
        "board.execute('SELECT count(*) FROM application').fetchone();"
        "print('open', flush=True); sys.stdin.read()"
    )
    window = [sys.executable, "-c", code, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(window, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match=r"open in another window\. Nothing was changed"):
            restore(backup, path, clock)
        other.communicate("")
    assert sorted(each.name for each in path.parent.iterdir()) == ["board-backups", "board.db"]
    assert companies(path) == ["Globex", "Hooli"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda p: p.with_name("none.db"), "There is no file"),
        (lambda p: p, "is the board itself"),
        (lambda p: _written(p.with_name("diary"), b"Dear diary\n" * 900), "not a rounds board"),
        (lambda p: _written(p.with_name("cut.db"), p.read_bytes()[:9_000]), "is damaged"),
    ],
    ids=["none", "itself", "a text", "cut"],
)
def test_what_is_no_backup_changes_nothing(
    backup: Path, path: Path, clock: FixedClock, file: Callable[[Path], Path], said: str
) -> None:
    named, before = file(path), path.read_bytes()
    with pytest.raises(StoreError, match=said):
        restore(named, path, clock)
    assert path.read_bytes() == before
    assert not [*path.parent.glob("*replaced*"), *path.parent.glob(".*")]


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_full_disk_leaves_the_board(
    backup: Path, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", full)
        assert restore(backup, path, clock) is not None
        assert companies(path) == ["Globex"]
        monkeypatch.setattr(restoring.shutil, "copy2", full)
    monkeypatch.setattr(Path, "replace", full)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"the disk is full.*are safe"):
        restore(backup, path, clock)
    assert path.read_bytes() == before
