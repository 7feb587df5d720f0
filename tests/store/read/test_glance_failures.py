"""Opening a board to read it, and what a reader says when something is wrong with the file."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import NotFound, StoreError
from store.file.database import Database
from store.read.glance import Glance, open_glance
from store.tables import Setting
from tests.makers import application

Put = Callable[..., None]

SECRET = "salary 90000"


def opened(path: Path, clock: FixedClock) -> Glance:
    found = open_glance(path, clock)
    assert found is not None
    return found


def test_no_file_is_no_failure_and_stays_none(tmp_path: Path, clock: FixedClock) -> None:
    assert open_glance(tmp_path / "none" / "board.db", clock) is None
    assert open_glance(tmp_path / "board.db", clock) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.file
def test_reading_cannot_write(db: Database, clock: FixedClock) -> None:
    with closing(opened(db.path, clock)) as glance, pytest.raises(sqlite3.OperationalError):
        glance.reader.connection.execute("DELETE FROM note")


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "#1", "läuft", "%41"])
def test_any_file_name_will_do(
    tmp_path: Path, clock: FixedClock, empty_board: bytes, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(empty_board)
    with closing(opened(path, clock)) as glance:
        assert glance.cards() == ()


@pytest.mark.file
def test_a_crash_in_the_middle_of_a_write_is_taken_back_by_the_first_reader(
    db: Database, put: Put, clock: FixedClock
) -> None:
    put(*(application(id=id_, posting_text="x" * 4_000) for id_ in range(1, 101)))
    path = db.path
    db.close()
    killed = (
        "import os, signal, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"UPDATE application SET company = 'Torn', posting_text = 'y'\")\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(path)], check=False)
    assert path.with_name("board.db-journal").exists()
    with closing(opened(path, clock)) as glance:
        assert {card.company for card in glance.cards()} == {"Globex"}


@pytest.mark.file
def test_a_lane_that_another_program_locks_is_told_in_a_sentence(
    db: Database, clock: FixedClock
) -> None:
    with closing(opened(db.path, clock)) as glance, db.writing() as session:
        session.add(Setting(name="theme", value="night"))
        session.flush()
        assert glance.setting("theme") is None, "a writer that has not committed disturbs nobody"
        glance.reader.connection.execute("PRAGMA busy_timeout = 0")
        with closing(sqlite3.connect(db.path, isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(sqlite3.OperationalError):
                other.execute("BEGIN EXCLUSIVE")
    with (
        closing(opened(db.path, clock)) as glance,
        closing(sqlite3.connect(db.path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        glance.reader.connection.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(StoreError, match=r"is using the board"):
            glance.board()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE application SET stage_since = 'never'",
        "UPDATE application SET stage_since = '2026-13-01'",
        "UPDATE application SET offer_deadline_at = 'soon'",
        "UPDATE application SET tags = '[1'",
        "UPDATE application SET applied_on = 7, stage_since = 8",
        "UPDATE application SET stage = 'third'",
        "UPDATE application SET outcome = 'lost', closed_on = '2026-11-20'",
    ],
)
@pytest.mark.file
def test_a_row_that_makes_no_sense_is_damage_told_in_a_sentence(
    db: Database, put: Put, clock: FixedClock, damage: str
) -> None:
    put(application(id=1, salary=SECRET))
    with closing(sqlite3.connect(db.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(damage)
    with closing(opened(db.path, clock)) as glance:
        with pytest.raises(StoreError, match="is damaged") as failure:
            glance.cards(closed=None)
        assert SECRET not in str(failure.value)
        assert not glance.reader.connection.in_transaction


@pytest.mark.file
def test_a_page_that_makes_no_sense_is_damage_told_in_a_sentence(
    db: Database, put: Put, clock: FixedClock
) -> None:
    put(application(id=1))
    content = bytearray(db.path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    with closing(sqlite3.connect(db.path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'application'"
        ).fetchone()
    content[(page - 1) * size : page * size] = bytes(size)
    db.close()
    db.path.write_bytes(content)
    with closing(opened(db.path, clock)) as glance, pytest.raises(StoreError, match="is damaged"):
        glance.board()


def test_within_an_open_transaction_a_glance_sees_what_is_not_saved_yet(db: Database) -> None:
    with db.writing() as session:
        session.add(application(id=1))
        inner = db.glance(session)
        assert [card.id for card in inner.cards()] == [1]
        with pytest.raises(NotFound):
            inner.card(2)
        assert inner.reader.connection.in_transaction, "the transaction is the session's to end"
    with closing(db.glance()) as glance:
        assert [card.id for card in glance.cards()] == [1]


@pytest.mark.file
def test_what_belongs_together_is_read_together(db: Database, put: Put, glance: Glance) -> None:
    """Between two reads of one snapshot no other program can slip a change in."""
    put(application(id=1))
    with closing(sqlite3.connect(db.path, isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout = 0")
        with glance.reader.snapshot():
            assert glance.card(1).company == "Globex"
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("UPDATE application SET company = 'Hooli'")
            assert glance.card(1).company == "Globex"
        other.execute("UPDATE application SET company = 'Hooli'")
    assert glance.card(1).company == "Hooli"


def test_reading_waits_for_no_heavy_module() -> None:
    heavy = "sqlmodel sqlalchemy alembic textual dataclasses json dateutil tomllib platformdirs"
    code = (
        "import sys, store.read.glance\n"
        f"print([name for name in {heavy.split()} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
