"""From empty to whole and from old to new: one transaction, whoever else is there, whatever ends
it. The migrations of tomorrow are played by a copy of today's with one more."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file import opening, upgrade
from store.file.database import Database, open_database
from store.file.location import HEAD, REVISIONS, backup_dir
from store.tables import Note
from tests.conftest import LONG
from tests.makers import application

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "%s"


def upgrade():
    op.execute("DROP VIEW board_card")
    op.execute("DROP VIEW open_follow_up")
    with op.batch_alter_table("application", recreate="always") as table:
        table.add_column(sa.Column("mood", sa.String()))
    op.execute("CREATE VIEW board_card AS SELECT id FROM application")
"""
FAILING = {
    "bug": "    raise KeyError('oh')\n",
    "sql": "    op.execute('INSERT INTO nowhere VALUES (1)')\n",
    "orphans": "    op.execute('DELETE FROM application')\n",
    "full": "    op.execute('PRAGMA max_page_count = 1')\n"
    "    op.execute('CREATE TABLE big AS SELECT zeroblob(1000000)')\n",
}

MIGRATE = """
import os, signal, sqlite3, sys
from pathlib import Path
from store.file import engine, opening, upgrade
from store.clock import SystemClock
from store.file.database import open_database

upgrade.MIGRATIONS = Path(sys.argv[2])
opening.HEAD, opening.REVISIONS = sys.argv[3], tuple(sys.argv[4].split(","))

def spilling(path, **options):
    # A cache of one page: the transaction reaches the disk long before its COMMIT.
    connection = opening.connect(path, **options)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    return connection

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

engine.connect = spilling
if sys.argv[5] == "die":
    upgrade.foreign_keys_hold = die
open_database(Path(sys.argv[1]), SystemClock()).close()
"""


@pytest.fixture
def old(db: Database, path: Path) -> Path:
    """A board of today's form, with an application and its note."""
    with db.writing() as session:
        row = application()
        session.add(row)
        session.flush()
        session.add(Note(application_id=row.id or 0, noted_on=row.stage_since, text="kept"))
    db.close()
    # Pages that a table left when it was made anew are not brought back byte by byte.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    return path


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program as it will be one migration later; gives the file of that migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    monkeypatch.setattr(opening, "HEAD", "next")
    monkeypatch.setattr(opening, "REVISIONS", (*REVISIONS, "next"))
    file = folder / "versions" / "next.py"
    file.write_text(NEXT % HEAD)
    return file


def ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_an_older_board_is_saved_and_brought_up_to_date(
    old: Path, tomorrow: Path, clock: FixedClock
) -> None:
    before = dump(old)
    open_database(old, clock).close()
    assert ask(old, "SELECT version_num FROM alembic_version") == [("next",)]
    assert ask(old, "SELECT company, mood FROM application") == [("Globex", None)]
    assert ask(old, "SELECT text FROM note") == [("kept",)], "lost in the table made anew"
    (copy,) = backup_dir(old).iterdir()
    assert dump(copy) == before
    open_database(old, clock).close()
    assert [copy] == list(backup_dir(old).iterdir())


@pytest.mark.parametrize("how", FAILING)
def test_a_migration_that_fails_leaves_the_board_as_it_was(
    how: str, old: Path, tomorrow: Path, clock: FixedClock
) -> None:
    before = old.read_bytes()
    tomorrow.write_text(tomorrow.read_text() + FAILING[how])
    with pytest.raises(StoreError) as told:
        open_database(old, clock)
    assert str(told.value).isprintable()
    assert old.read_bytes() == before
    assert not opening.journal_of(old).exists()


def test_without_a_safety_copy_nothing_is_migrated(
    old: Path, tomorrow: Path, clock: FixedClock
) -> None:
    before = old.read_bytes()
    backup_dir(old).touch()
    with pytest.raises(StoreError, match=r"No safety copy.*not changed"):
        open_database(old, clock)
    assert old.read_bytes() == before


def test_todays_program_refuses_tomorrows_board(
    old: Path, tomorrow: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(old, clock).close()
    monkeypatch.undo()
    before = old.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        open_database(old, clock)
    assert old.read_bytes() == before


def run(start: Callable[..., Any], path: Path, how: str) -> int:
    """Opens the board in a process that dies right before the COMMIT, if `how` is "die"."""
    known = ",".join(opening.REVISIONS)
    process = start(MIGRATE, path, upgrade.MIGRATIONS, opening.HEAD, known, how)
    process.communicate()
    code: int = process.returncode
    return code


def test_killed_while_making_a_board(
    path: Path, clock: FixedClock, start: Callable[..., Any]
) -> None:
    assert run(start, path, "die") == -9
    assert path.stat().st_size > 0, "the kill came too early to prove anything"
    with closing(open_database(path, clock)) as db, db.writing() as session:
        assert session.connection().exec_driver_sql("SELECT * FROM application").all() == []
    assert [found.name for found in path.parent.iterdir()] == ["board.db"]


def test_killed_while_migrating(
    old: Path, tomorrow: Path, clock: FixedClock, start: Callable[..., Any]
) -> None:
    before = old.read_bytes()
    assert run(start, old, "die") == -9
    assert old.read_bytes() != before, "the kill came too early to prove anything"
    assert ask(old, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert old.read_bytes() == before
    open_database(old, clock).close()
    assert ask(old, "SELECT company, mood FROM application") == [("Globex", None)]


OPEN = """
import sys
from pathlib import Path
import store.file.upgrade
from store.clock import SystemClock
from store.file.database import open_database
from store.tables import Note, Setting

print("ready", flush=True)
sys.stdin.readline()
db = open_database(Path(sys.argv[1]), SystemClock())
with db.writing() as session:
    session.add(Setting(name=sys.argv[2], value=""))
"""


PROGRAMS = 4 if LONG else 2
"""That begin at once: each loads the database first, which takes most of the time."""


@pytest.mark.proof
def test_programs_that_start_at_once_make_one_board(path: Path, start: Callable[..., Any]) -> None:
    programs = [start(OPEN, path, n) for n in range(PROGRAMS)]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [program.communicate()[1] for program in programs] == [""] * PROGRAMS
    wrote = ask(path, "SELECT name FROM setting")
    assert sorted(wrote) == [(str(n),) for n in range(PROGRAMS)]
    assert [found.name for found in path.parent.iterdir()] == ["board.db"]


@pytest.mark.proof
def test_programs_that_start_at_once_migrate_once(
    old: Path, tomorrow: Path, start: Callable[..., Any]
) -> None:
    known = ",".join(opening.REVISIONS)
    words = MIGRATE, old, upgrade.MIGRATIONS, "next", known, "live"
    programs = [start(*words) for _ in range(PROGRAMS)]
    assert [program.communicate()[1] for program in programs] == [""] * PROGRAMS
    assert ask(old, "SELECT version_num FROM alembic_version") == [("next",)]
    assert len(list(backup_dir(old).iterdir())) == 1
