"""Writing: all or nothing, one writer at a time, and every failure as a sentence.

Several at once, processes, threads or a reader beside a writer, lose nothing.
"""

import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from store.clock import FixedClock
from store.errors import Conflict, NotFound, StoreError
from store.file import opening
from store.file.database import Database, open_database
from store.rules.text import Refused
from store.tables import Application, Note, Setting
from tests.conftest import LONG
from tests.makers import application
from tests.tables import each_row

SECRET = "123,456 gold"


def count(db: Database) -> int:
    with db.writing() as session:
        return session.exec(select(func.count()).select_from(Application)).one()


def write(db: Database, *rows: Application | Note) -> None:
    """One transaction that sends one row after the other."""
    with db.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()


def test_what_was_written_is_there_after_opening_again(
    db: Database, path: Path, clock: FixedClock
) -> None:
    with db.writing() as session:
        session.add(application(company="Hooli", tags='["remote"]'))
    db.close()
    again = open_database(path, clock)
    with again.writing() as session:
        row = session.exec(select(Application)).one()
    again.close()
    assert (row.company, row.tags, row.applied_on) == ("Hooli", '["remote"]', date(2026, 11, 2))
    assert row.created_at == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_rows_stay_readable_after_the_block(db: Database) -> None:
    with db.writing() as session:
        row = application()
        session.add(row)
    assert (row.id, row.company) == (1, "Globex")


@pytest.mark.parametrize(
    "error",
    [
        Refused("no"),
        NotFound("no"),
        Conflict("no"),
        StoreError("no"),
        KeyError("no"),
        KeyboardInterrupt(),
        SystemExit(2),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_exception_takes_everything_back_and_passes_through(
    error: BaseException, db: Database
) -> None:
    def attempt() -> None:
        with db.writing() as session:
            session.add(application())
            session.flush()
            raise error

    with pytest.raises(type(error)) as raised:
        attempt()
    assert raised.value is error
    assert count(db) == 0


BAD_VALUES: list[dict[str, object]] = [
    {"version": 2**63},
    {"company": "bro\ud800ken"},
    {"stage": "hired"},
    {"outcome": "ghosted", "closed_on": date(2026, 11, 20)},
    {"outcome": "rejected"},
    {"company": ""},
    {"role": None},
    {"stage_since": date(2020, 1, 1)},
    {"applied_on": "yesterday"},
    {"created_at": datetime(2026, 11, 23, 9)},  # noqa: DTZ001
    {"tags": ["remote"]},
]


@each_row("bad", BAD_VALUES, ids=lambda bad: next(iter(bad)))
def test_a_value_that_does_not_fit_is_a_sentence_without_the_values(
    bad: dict[str, object], db: Database
) -> None:
    rows = application(company="Hooli"), application(**({"salary": SECRET} | bad))
    with pytest.raises(StoreError) as told:
        write(db, *rows)
    chain: list[BaseException | None] = [told.value]
    while (error := chain[-1]) is not None:
        assert SECRET not in str(error)
        chain.append(None if error.__suppress_context__ else error.__context__)
    assert len(chain) == 2
    assert count(db) == 0


def test_children_need_a_parent_and_go_with_it(db: Database, clock: FixedClock) -> None:
    today = clock.now().date()
    with pytest.raises(StoreError, match="does not fit"):
        write(db, Note(application_id=7, noted_on=today, text="orphan"))
    row = application()
    write(db, row)
    write(db, Note(application_id=row.id or 0, noted_on=today, text="child"))
    with db.writing() as session:
        session.delete(session.get_one(Application, row.id))
    with db.writing() as session:
        assert session.exec(select(Note)).all() == []


def test_the_block_holds_the_right_to_write_from_its_first_line(db: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        with db.writing():
            assert other.execute("SELECT count(*) FROM application").fetchone() == (0,)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_another_program_that_never_lets_go(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.02)
    with closing(open_database(path, clock)) as db:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match=r"is using.*Nothing changed"), db.writing():
                pytest.fail("the block must not begin")
        assert count(db) == 0


def test_a_block_that_only_reads_changes_nothing(db: Database) -> None:
    with db.writing() as session:
        session.exec(select(Setting)).all()
    assert not db.changed
    with db.writing() as session:
        session.add(Setting(name="theme", value="rounds-light"))
    assert db.changed


def test_a_reader_that_never_ends_holds_up_no_data(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit itself meets the lock here; it is taken back whole."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.02)
    with closing(open_database(path, clock)) as db:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM application").fetchall()
            with pytest.raises(StoreError, match="is using"):
                write(db, application())
        assert count(db) == 0


def test_a_full_disk_keeps_what_was_there(db: Database) -> None:
    write(db, application())
    with db.writing() as session:  # the limit stays with the connection, which is kept
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"full.*safe.*Free some space"):
        write(db, *(application(company="x" * 200) for _ in range(200)))
    assert count(db) == 1


REPLACEMENTS: dict[str, Callable[[Path, Path], Any]] = {
    "deleted": lambda path, copy: path.unlink(),
    "replaced": lambda path, copy: copy.replace(path),
    "renamed": lambda path, copy: path.rename(path.with_name("old.db")),
    "deleted and made anew": lambda path, copy: (path.unlink(), shutil.copy(copy, path)),
}


@pytest.mark.parametrize("how", REPLACEMENTS)
def test_a_file_that_goes_away_between_writes(how: str, db: Database) -> None:
    write(db, application())
    copy = db.backup()
    REPLACEMENTS[how](db.path, copy)
    untouched = db.path.read_bytes() if db.path.exists() else None
    with pytest.raises(StoreError, match=r"deleted or replaced.*not saved"), db.writing():
        pytest.fail("the block must not begin")
    with pytest.raises(StoreError, match="deleted or replaced"):
        db.backup()
    assert (db.path.read_bytes() if db.path.exists() else None) == untouched


@pytest.mark.parametrize("how", REPLACEMENTS)
def test_a_file_that_goes_away_while_writing(how: str, db: Database) -> None:
    copy = db.backup()

    def attempt() -> None:
        with db.writing() as session:
            REPLACEMENTS[how](db.path, copy)
            session.add(application())

    with pytest.raises(StoreError, match=r"deleted or replaced.*not saved"):
        attempt()


def test_opening_again_after_it_was_replaced(db: Database, path: Path, clock: FixedClock) -> None:
    copy = db.backup()
    write(db, application())
    copy.replace(path)
    with closing(open_database(path, clock)) as again:
        assert count(again) == 0


def test_a_table_that_somebody_dropped(db: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("DROP TABLE tip_tick")
    with pytest.raises(StoreError, match="cannot be read"), db.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM tip_tick")


def test_a_glance_into_the_block_sees_its_rows_and_a_fresh_one_does_not(db: Database) -> None:
    with db.writing() as session:
        session.add(application())
        assert [card.company for card in db.glance(session).cards()] == ["Globex"]
        with closing(db.glance()) as fresh:
            assert fresh.cards() == ()
        session.add(application(company="Hooli"))
        assert len(db.glance(session).cards()) == 2
    with closing(db.glance()) as fresh:
        assert len(fresh.cards()) == 2


def test_a_glance_into_the_block_tells_bad_values_too(db: Database) -> None:
    def attempt() -> None:
        with db.writing() as session:
            session.add(application(version=2**63))
            db.glance(session)

    with pytest.raises(StoreError, match="cannot be stored"):
        attempt()


def test_a_fresh_glance_at_a_file_that_is_gone(db: Database) -> None:
    db.path.unlink()
    with pytest.raises(StoreError, match="deleted or replaced"):
        db.glance()


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


WRITERS, TIMES = (3, 40) if LONG else (2, 30)


@pytest.mark.proof
def test_processes_lose_no_update(db: Database, path: Path, start: Callable[..., Any]) -> None:
    """With the default transactions of SQLAlchemy four in five of these were lost."""
    add(db, application())
    writers = [start(COUNT_UP, path, TIMES) for _ in range(WRITERS)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate()[1] for writer in writers] == [""] * WRITERS
    with db.writing() as session:
        assert session.exec(select(Application)).one().version == WRITERS * TIMES


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
