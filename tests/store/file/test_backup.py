"""Safety copies: whole or not there at all, for the owner alone, the newest ten."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file import backup, opening
from store.file.database import Database, open_database
from store.file.location import backup_dir
from tests.makers import application


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def companies(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT company FROM application ORDER BY id")]


def fail_with(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_copy_is_the_board_of_that_moment(db: Database) -> None:
    with db.writing() as session:
        session.add(application(company="Globex"))
    copy = db.backup()
    with db.writing() as session:
        session.add(application(company="Hooli"))
    assert copy == backup_dir(db.path) / "board-20261123-080000.db"
    assert companies(copy) == ["Globex"]
    assert copy.stat().st_nlink == 1
    assert names(copy.parent) == [copy.name]


def test_a_copy_is_a_board(db: Database, clock: FixedClock) -> None:
    with db.writing() as session:
        session.add(application())
    with closing(open_database(db.backup(), clock)) as copied, copied.writing() as session:
        session.add(application(company="Hooli"))
    assert companies(copied.path) == ["Globex", "Hooli"]


def test_a_copy_holds_nothing_of_an_open_transaction(db: Database, clock: FixedClock) -> None:
    with closing(open_database(db.path, clock)) as other, db.writing() as session:
        session.add(application())
        session.flush()
        assert companies(other.backup()) == []


def test_copies_of_one_second_stand_side_by_side(db: Database) -> None:
    made = [db.backup() for _ in range(3)]
    assert [copy.name for copy in made] == [
        "board-20261123-080000.db",
        "board-20261123-080000-2.db",
        "board-20261123-080000-3.db",
    ]
    assert backup.copies(db.path) == made


def test_the_newest_ten_stay_and_nothing_else_is_touched(db: Database, clock: FixedClock) -> None:
    folder = backup_dir(db.path)
    db.backup()
    for name in ("notes.txt", "board-old.db", "other-20200101-000000.db"):
        (folder / name).touch()
    made = []
    for _ in range(12):
        clock.moment += timedelta(hours=1)
        made.append(db.backup())
    assert backup.copies(db.path) == made[-10:]
    assert {"notes.txt", "board-old.db", "other-20200101-000000.db"} <= set(names(folder))


def test_a_clock_set_back_never_costs_the_copy_just_made(db: Database, clock: FixedClock) -> None:
    for _ in range(backup.KEPT):
        clock.moment += timedelta(hours=1)
        db.backup()
    clock.moment -= timedelta(days=365)
    made = db.backup()
    assert made.exists()
    assert len(backup.copies(db.path)) == backup.KEPT


def test_left_overs_of_a_killed_program_go(db: Database) -> None:
    folder = db.backup().parent
    old, fresh = folder / ".board-20200101-000000.db.abc.part", folder / ".board-x.db.def.part"
    old.touch()
    fresh.touch()
    os.utime(old, (0, 0))
    db.backup()
    assert not old.exists()
    assert fresh.exists()


def test_a_copy_to_a_place_of_ones_own(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "usb" / "mine.db"
    assert db.backup(target) == target
    before = target.read_bytes()
    with pytest.raises(StoreError, match=r"already.*not changed"):
        db.backup(target)
    assert target.read_bytes() == before
    assert not backup_dir(db.path).exists()


@pytest.mark.parametrize("step", ["fsync", "link"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_leaves_no_half_copy(
    step: str, number: int, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, step, fail_with(number))
    if step == "link":  # then it is tried by renaming
        monkeypatch.setattr(os, "rename", fail_with(number))
    with pytest.raises(StoreError, match=r"No safety copy.*not changed") as told:
        db.backup()
    assert os.strerror(number) in str(told.value)
    assert names(backup_dir(db.path)) == []


def test_a_file_system_without_hard_links(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    first, second = db.backup(), db.backup()
    assert first != second
    assert names(first.parent) == sorted([first.name, second.name])


def test_no_folder_for_the_copies(db: Database) -> None:
    backup_dir(db.path).touch()
    with pytest.raises(StoreError, match="No safety copy"):
        db.backup()


def test_a_damaged_board_is_not_copied_as_if_it_were_whole(db: Database) -> None:
    with db.writing() as session:
        session.add_all(application(company=f"Company {n}") for n in range(100))
    content = bytearray(db.path.read_bytes())
    size = int.from_bytes(content[16:18])
    content[size : size + 8] = b"\xff" * 8
    db.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        db.backup()
    assert names(backup_dir(db.path)) == []


def test_a_writer_that_never_ends_does_not_hang_the_copy(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Connection.backup` on its own would wait for ever."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.02)
    with closing(open_database(path, clock)) as db:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreError, match="is using"):
                db.backup()
        assert names(backup_dir(path)) == []
