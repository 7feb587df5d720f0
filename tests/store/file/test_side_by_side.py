"""Several at once on one board: processes, threads, a reader beside a writer. Nobody loses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlmodel import select

from store.clock import FixedClock
from store.file.database import Database, open_database
from store.tables import Application
from tests.makers import application

COUNT_UP = """
import sys
from pathlib import Path
from sqlmodel import select
from store.clock import SystemClock
from store.file.database import open_database
from store.tables import Application

db = open_database(Path(sys.argv[1]), SystemClock())
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    with db.writing() as session:
        row = session.exec(select(Application)).one()
        row.version += 1
"""


def add(db: Database, row: Application) -> None:
    with db.writing() as session:
        session.add(row)


def test_processes_lose_no_update(db: Database, path: Path, start: Callable[..., Any]) -> None:
    """With the default transactions of SQLAlchemy four in five of these were lost."""
    add(db, application())
    writers = [start(COUNT_UP, path, 40) for _ in range(3)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate()[1] for writer in writers] == ["", "", ""]
    with db.writing() as session:
        assert session.exec(select(Application)).one().version == 120


def test_threads_take_turns(db: Database) -> None:
    rows = [application(company=f"Company {n}") for n in range(20)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda row: add(db, row), rows))
    with closing(db.glance()) as glance:
        assert len(glance.cards()) == 20


TRY_TO_WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("free")
except sqlite3.OperationalError as error:
    print(error)
"""


def test_looking_at_the_file_lets_go_of_no_lock(
    db: Database, path: Path, clock: FixedClock, start: Callable[..., Any]
) -> None:
    """POSIX takes all locks on a file from a process that closes any one of its openings."""
    with db.writing():
        db.glance().close()
        open_database(path, clock).close()
        assert start(TRY_TO_WRITE, path).communicate()[0] == "database is locked\n"
    assert start(TRY_TO_WRITE, path).communicate()[0] == "free\n"
