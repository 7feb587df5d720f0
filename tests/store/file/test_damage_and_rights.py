"""Boards that cannot be used as they are: closed off, damaged, locked. A sentence each, no loss."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file import opening
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.stages import Stage
from tests.makers import application

Commoner = Callable[[], AbstractContextManager[None]]


def test_no_folder_where_nobody_may_write(
    own_folder: Path, clock: FixedClock, commoner: Commoner
) -> None:
    with commoner():
        own_folder.chmod(0o500)
        with pytest.raises(StoreError, match="cannot be made: Permission denied"):
            open_database(own_folder / "new" / "board.db", clock)
        with pytest.raises(StoreError, match="no permission"):
            open_database(own_folder / "board.db", clock)
        own_folder.chmod(0o000)
        with pytest.raises(StoreError, match="no permission"):
            open_database(own_folder / "board.db", clock)


def test_a_file_that_may_not_be_read(
    own_folder: Path, clock: FixedClock, commoner: Commoner
) -> None:
    path = own_folder / "board.db"
    with commoner():
        open_database(path, clock).close()
        path.chmod(0o000)
        with pytest.raises(StoreError, match="no permission"):
            open_database(path, clock)


@pytest.mark.parametrize("closed", ["file", "folder", "both"])
def test_a_read_only_board_can_be_read(
    closed: str,
    own_folder: Path,
    clock: FixedClock,
    commoner: Commoner,
) -> None:
    path = own_folder / "board.db"
    with commoner():
        open_database(path, clock).close()
        before = path.read_bytes()
        if closed != "folder":
            path.chmod(0o400)
        if closed != "file":
            own_folder.chmod(0o500)
        db = open_database(path, clock)
        with closing(db.glance()) as glance:
            assert glance.change_id() == 0
        with pytest.raises(StoreError, match="read-only"), db.writing() as session:
            session.add(application())
        db.close()
        assert path.read_bytes() == before


def test_flipped_bytes_on_any_page_are_told_and_kept(path: Path, clock: FixedClock) -> None:
    db = open_database(path, clock)
    with db.writing() as session:
        session.add_all(application(company=f"Company {n}") for n in range(100))
    db.close()
    whole = path.read_bytes()
    size = int.from_bytes(whole[16:18])
    told = []
    for start in range(0, len(whole), size):
        hurt = bytearray(whole)
        head = start + (100 if start == 0 else 0)
        for at in range(head, head + 8):
            hurt[at] ^= 0xFF
        path.write_bytes(hurt)
        with pytest.raises(StoreError) as error:
            open_database(path, clock)
        told.append(str(error.value))
        assert path.read_bytes() == hurt
    assert len(told) == len(whole) // size > 20
    assert all("damaged" in sentence and "not changed" in sentence for sentence in told)


def test_a_file_cut_short_is_damaged(path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreError, match="damaged"):
        open_database(path, clock)


def test_a_flipped_header_is_told(path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])
    with pytest.raises(StoreError, match=r"damaged.*not changed"):
        open_database(path, clock)


def test_a_lock_that_is_never_let_go(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(path, clock).close()
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.02)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"is using.*Try again"):
            open_database(path, clock)


def test_a_lock_that_is_let_go_in_time(path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.05, other.rollback)
    release.start()
    open_database(path, clock).close()
    release.join()
    other.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [("applied_on", "no day"), ("updated_at", "no instant"), ("stage", "third"), ("tags", "[")],
)
def test_a_row_that_cannot_be_understood_is_told(
    column: str, value: str, path: Path, clock: FixedClock
) -> None:
    """Something else has written there; no write goes on with what it cannot read."""
    database = open_database(path, clock)
    pipeline = Pipeline(database)
    pipeline.add("Globex", "Engineer")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE application SET {column} = ?", (value,))
        connection.commit()
    with pytest.raises(StoreError, match="damaged"):
        pipeline.move(1, Stage.FIRST)
    database.close()
