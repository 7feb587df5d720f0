"""Safety copies: whole or not there at all, for the owner alone, one a day, thinned by the rule."""

import errno
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from store.clock import FixedClock
from store.errors import StoreError, reason
from store.file import backup, opening
from store.file.database import Database, open_database
from store.file.location import backup_dir
from store.rules.copies import OF_THE_NEWEST_DAY
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


def test_the_rule_says_which_stay_and_nothing_else_is_touched(
    db: Database, clock: FixedClock
) -> None:
    folder = backup_dir(db.path)
    db.backup()
    others = {"notes.txt", "board-old.db", "other-20200101-000000.db", "board-20269999-000000.db"}
    for name in others:
        (folder / name).touch()
    made = [db.backup()]
    for _ in range(40):
        clock.moment += timedelta(days=1)
        made.append(db.backup())
    days = [copy.name[6:14] for copy in backup.copies(db.path)]
    assert days == [
        "20261130", "20261213", "20261220", "20261227", "20261228", "20261229", "20261230",
        "20261231", "20270101", "20270102",
    ]  # fmt: skip
    assert others <= set(names(folder))


def test_days_are_those_of_the_users_clock(db: Database, clock: FixedClock) -> None:
    """Half past eleven in the evening and half past midnight are one day in UTC, and two here."""
    clock.moment = clock.moment.replace(hour=0, minute=30)
    first = db.backup()
    for _ in range(9):
        clock.moment += timedelta(days=1)
        db.backup()
    clock.moment = clock.moment.replace(hour=23, minute=30)
    last = db.backup()
    kept = backup.copies(db.path)
    assert first not in kept
    assert last in kept
    assert len(kept) == 8, "seven days, of the newest two copies"


def test_a_clock_set_back_never_costs_the_copy_just_made(db: Database, clock: FixedClock) -> None:
    for _ in range(OF_THE_NEWEST_DAY):
        clock.moment += timedelta(hours=1)
        db.backup()
    clock.moment -= timedelta(days=365)
    made = db.backup()
    assert made.exists()


def test_older_copies_go_only_once_the_new_one_is_found_whole(
    db: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [db.backup() for _ in range(OF_THE_NEWEST_DAY)]
    monkeypatch.setattr(backup, "is_sound", lambda *_, **__: False)
    with pytest.raises(StoreError, match="damaged"):
        db.backup()
    assert backup.copies(db.path) == made


def test_a_copy_with_an_index_that_lost_a_row_is_no_copy(db: Database) -> None:
    """The quick check would not see it."""
    with db.writing() as session:
        session.add_all(application(company=f"Company {n}") for n in range(30))
    with closing(sqlite3.connect(db.path, isolation_level=None)) as board:
        board.execute("PRAGMA writable_schema = ON")
        sql = "CREATE INDEX ix_application_employer ON application (company)"
        board.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = 'ix_application_employer'", (sql,)
        )
    with pytest.raises(StoreError, match="damaged"):
        db.backup()


# The copy of the day


def add(db: Database) -> None:
    with db.writing() as session:
        session.add(application())


def test_one_copy_a_day(db: Database, clock: FixedClock) -> None:
    add(db)
    made = backup.copy_of_the_day(db.path, clock)
    assert made == backup_dir(db.path) / "board-20261123-080000.db"
    clock.moment += timedelta(hours=14)
    assert backup.copy_of_the_day(db.path, clock) is None
    clock.moment += timedelta(hours=1)
    assert clock.moment.date().day == 24
    second = backup.copy_of_the_day(db.path, clock)
    assert backup.copies(db.path) == [made, second]
    clock.moment += timedelta(days=1)
    db.backup()
    assert backup.copy_of_the_day(db.path, clock) is None, "any copy of the day is one"


def test_several_programs_at_once_make_one_copy(
    db: Database, clock: FixedClock, start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    add(db)
    code = """
import sys
from pathlib import Path
from store.clock import FixedClock
from store.file.backup import copy_of_the_day
from tests.makers import NOW
print("ready", flush=True)
sys.stdin.readline()
print(copy_of_the_day(Path(sys.argv[1]), FixedClock(NOW)) is not None, flush=True)
"""
    programs = [start(code, db.path) for _ in range(4)]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    answers = []
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        assert program.stdout is not None
        answers.append(program.stdout.readline())
    assert sorted(answers) == ["False\n", "False\n", "False\n", "True\n"]
    assert len(backup.copies(db.path)) == 1


def test_a_program_that_makes_it_just_now_is_not_waited_for(
    db: Database, clock: FixedClock
) -> None:
    add(db)
    folder = backup_dir(db.path)
    opening.make_folder(folder)
    with backup._alone_in(folder) as alone:
        assert alone
        assert backup.copy_of_the_day(db.path, clock) is None
    assert backup.copy_of_the_day(db.path, clock) is not None


@pytest.mark.parametrize("step", ["fsync", "mkdir", "open"])
def test_a_full_disk_is_one_sentence_and_the_change_is_stored(
    step: str, db: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(db)
    with monkeypatch.context() as broken:
        broken.setattr(os, step, fail_with(errno.ENOSPC))
        with pytest.raises(
            StoreError, match=r"Today’s copy .* the disk is full.* are stored"
        ) as told:
            backup.copy_of_the_day(db.path, clock)
    assert str(told.value).count("\n") == 0
    assert companies(db.path) == ["Globex"]
    assert backup.copies(db.path) == []
    assert backup.copy_of_the_day(db.path, clock) is not None


def test_a_file_where_the_folder_should_be(db: Database, clock: FixedClock) -> None:
    add(db)
    backup_dir(db.path).touch()
    with pytest.raises(StoreError, match="Today’s copy"):
        backup.copy_of_the_day(db.path, clock)


def test_left_overs_of_a_killed_program_go(db: Database) -> None:
    folder = db.backup().parent
    old, fresh = folder / ".board-20200101-000000.db.abc.part", folder / ".board-x.db.def.part"
    old.touch()
    fresh.touch()
    os.utime(old, (0, 0))
    db.backup()
    assert not old.exists()
    assert fresh.exists()


def test_another_program_may_thin_out_at_the_same_moment(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = db.backup().parent
    (folder / ".board-x.db.def.part").touch()

    def kept_after_another(made: list[object]) -> frozenset[int]:
        for copy in folder.glob("*.db"):
            copy.unlink()
        return frozenset(range(len(made)))

    monkeypatch.setattr(backup, "copies_to_keep", kept_after_another)
    db.backup()
    assert names(folder) == [".board-x.db.def.part"]


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
    assert reason(OSError(number, "")) in str(told.value)
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
