"""Opening a board: what is made, with which modes, and what is told apart and left alone.

What cannot be used as it is, closed off, damaged or locked, is told in a sentence, and not lost.
"""

import os
import re
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from store import errors
from store.clock import FixedClock
from store.errors import StoreError
from store.file import opening
from store.file.backup import copies
from store.file.database import Database, open_database
from store.file.location import APPLICATION_ID, backup_dir
from store.file.unsaved import Unsaved
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.rules.stages import Stage
from tests.makers import application


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everything(folder: Path) -> dict[str, bytes]:
    """Each file below `folder` with its bytes."""
    return {
        str(found.relative_to(folder)): found.read_bytes()
        for found in sorted(folder.rglob("*"))
        if found.is_file()
    }


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.fixture
def foreign(path: Path) -> Path:
    """Somebody else's SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)")
        connection.execute("INSERT INTO moz_places (url) VALUES ('https://example.org')")
        connection.commit()
    return path


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_all_that_is_made_is_for_the_owner_alone(
    mask: int, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "new" / "deep" / "board.db"
    with umask(mask):
        db = open_database(path, clock)
        copy = db.backup()
        with db.writing() as session:
            session.add(application())
            session.flush()
            assert mode(opening.journal_of(path)) == 0o600
        db.close()
    assert mode(path) == mode(copy) == 0o600
    assert mode(path.parent) == mode(path.parent.parent) == mode(copy.parent) == 0o700
    assert sorted(p.name for p in path.parent.iterdir()) == ["board-backups", "board.db"]


def test_a_folder_of_the_users_keeps_its_mode(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    open_database(folder / "board.db", clock).close()
    assert mode(folder) == 0o755
    assert mode(folder / "board.db") == 0o600


def test_our_own_data_folder_is_closed_to_others(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rounds"
    monkeypatch.setattr(opening, "data_folder", lambda: folder)
    open_database(folder / "board.db", clock).close()
    folder.chmod(0o755)
    open_database(folder / "board.db", clock).close()
    assert mode(folder) == 0o700


def test_the_file_is_marked_and_safe(path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    assert int.from_bytes(path.read_bytes()[68:72]) == APPLICATION_ID
    with closing(opening.connect(path)) as connection:
        told = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "busy_timeout",
            )
        }
    assert told == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": opening.BUSY_SECONDS * 1_000,
    }


def test_an_empty_file_becomes_a_board(path: Path, clock: FixedClock) -> None:
    path.touch()
    open_database(path, clock).close()
    assert path.stat().st_size > 0
    assert not (path.parent / "board-backups").exists()


def test_opening_again_changes_no_byte(path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    before = everything(path.parent)
    open_database(path, clock).close()
    assert everything(path.parent) == before


@pytest.mark.parametrize("name", ["with space.db", "100%.db", "a?mode=ro#x.db", "ö 漢.db", "a'b"])
def test_any_name_is_a_good_name(name: str, tmp_path: Path, clock: FixedClock) -> None:
    db = open_database(tmp_path / name, clock)
    copy = db.backup()
    db.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, copy.parent.name])


def test_a_link_leads_to_the_board(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "cloud").mkdir()
    (tmp_path / "board.db").symlink_to(tmp_path / "cloud" / "jobs.db")
    open_database(tmp_path / "board.db", clock).close()
    assert (tmp_path / "cloud" / "jobs.db").stat().st_size > 0
    assert (tmp_path / "board.db").is_symlink()


def test_all_that_belongs_to_a_board_lies_beside_the_file(
    tmp_path: Path, clock: FixedClock
) -> None:
    (tmp_path / "cloud").mkdir()
    link, file = tmp_path / "board.db", tmp_path / "cloud" / "jobs.db"
    link.symlink_to("cloud/jobs.db")
    with closing(open_database(link, clock)) as db:
        assert db.backup().parent == backup_dir(link) == tmp_path / "cloud" / "jobs-backups"
    assert copies(link) == copies(file) != []
    Unsaved(link, "debrief-1", "Globex").keep(texts={"asked": "Why us?"})
    assert Unsaved(file, "debrief-1", "Globex").read("texts") == {"asked": "Why us?"}
    assert [each.name for each in sorted(tmp_path.iterdir())] == ["board.db", "cloud"]
    with closing(sqlite3.connect(link, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM alembic_version")
        assert opening.journal_of(link).exists()


def test_a_journal_that_cannot_be_read_is_named_and_kept(path: Path, clock: FixedClock) -> None:
    """What is in it takes an interrupted change back: the board alone is half changed."""
    open_database(path, clock).close()
    journal = opening.journal_of(path)
    journal.mkdir()  # what not even an administrator can read as a journal
    wanted = re.escape(f"{errors.name(journal)} cannot be read or written") + ".*do not delete it"
    for opens in (open_database, open_glance):
        with pytest.raises(StoreError, match=wanted):
            opens(path, clock)
    assert journal.is_dir()
    journal.rmdir()
    open_database(path, clock).close()


def test_a_board_that_is_current_needs_no_alembic(
    path: Path, clock: FixedClock, start: Callable[..., object]
) -> None:
    open_database(path, clock).close()
    code = (
        "import sys; from pathlib import Path; from store.clock import SystemClock;"
        "from store.file.database import open_database;"
        "open_database(Path(sys.argv[1]), SystemClock()).close();"
        "print(sorted({'alembic', 'store.file.upgrade', 'textual'} & set(sys.modules)))"
    )
    assert start(code, path).communicate()[0].strip() == "[]"


def test_no_board_and_none_to_be_made(path: Path, clock: FixedClock) -> None:
    for prepare in (lambda: None, path.touch):
        prepare()
        before = everything(path.parent)
        with pytest.raises(StoreError, match=r"There is no board at “.*board\.db” yet"):
            open_database(path, clock, create=False)
        assert everything(path.parent) == before


def test_a_foreign_file_is_left_alone(foreign: Path, clock: FixedClock) -> None:
    before = everything(foreign.parent)
    with pytest.raises(StoreError, match=r"not a rounds board.*not changed"):
        open_database(foreign, clock)
    assert everything(foreign.parent) == before


def test_a_foreign_file_in_use_is_left_alone(foreign: Path, clock: FixedClock) -> None:
    """A browser's history in WAL mode: opening it to write would fold its log into it."""
    with closing(sqlite3.connect(foreign, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO moz_places (url) VALUES ('https://example.com')")
        before = everything(foreign.parent)
        assert "board.db-wal" in before
        with pytest.raises(StoreError, match="not a rounds board"):
            open_database(foreign, clock)
        assert everything(foreign.parent) == before


def test_a_database_without_tables_is_not_taken_over(path: Path, clock: FixedClock) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 7")
        connection.execute("VACUUM")
    before = everything(path.parent)
    with pytest.raises(StoreError, match="not a rounds board"):
        open_database(path, clock)
    assert everything(path.parent) == before


def test_a_text_file_is_left_alone(path: Path, clock: FixedClock) -> None:
    path.write_text("Dear diary,\n" * 1_000)
    before = everything(path.parent)
    with pytest.raises(StoreError, match="not a rounds board"):
        open_database(path, clock)
    assert everything(path.parent) == before


def test_a_newer_board_is_left_alone(path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = everything(path.parent)
    with pytest.raises(StoreError, match=r"newer version of rounds.*not changed"):
        open_database(path, clock)
    assert everything(path.parent) == before


@pytest.mark.parametrize(
    "sql", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"], ids=["row", "table"]
)
def test_a_board_without_a_revision_is_damaged(sql: str, path: Path, clock: FixedClock) -> None:
    open_database(path, clock).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)
    with pytest.raises(StoreError, match="damaged"):
        open_database(path, clock)


def test_a_folder_is_no_board(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_database(tmp_path, clock)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/null")])
def test_only_ordinary_files_hold_boards(
    make: Callable[[Path], None], path: Path, clock: FixedClock
) -> None:
    """Opening a pipe would wait for ever."""
    make(path)
    with pytest.raises(StoreError, match="not an ordinary file"):
        open_database(path, clock)


def test_a_file_is_no_folder(path: Path, clock: FixedClock) -> None:
    path.touch()
    for place in (path / "board.db", path / "deep" / "board.db"):
        with pytest.raises(StoreError, match=r"cannot be made.*is a file, not a folder"):
            open_database(place, clock)


def test_paths_that_cannot_be_followed(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("loop", "loop/board.db", "x" * 5_000, "\ud800", "a\0b"):
        with pytest.raises(StoreError) as told:
            open_database(tmp_path / name, clock)
        assert str(told.value).isprintable()


def test_hostile_names_are_told_harmlessly(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "\x1b]52;c;aGk=\x07.db"
    path.write_text("no board, and longer than nothing")
    with pytest.raises(StoreError) as told:
        open_database(path, clock)
    assert str(told.value).isprintable()


def test_a_board_is_checked_beside_other_work(db: Database, path: Path) -> None:
    assert opening.check_beside(path)()
    assert opening.check_beside(str(path))()


@pytest.mark.parametrize("what", ["nothing", "empty", "foreign", "newer", "damaged"])
def test_only_a_sound_board_of_this_version_counts_as_checked(
    db: Database, path: Path, what: str
) -> None:
    db.close()
    if what in ("nothing", "empty", "foreign"):
        path.unlink()
    if what == "empty":
        path.touch()
    if what == "foreign":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE wine (year)")
    if what == "newer":
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
    if what == "damaged":
        content = bytearray(path.read_bytes())
        content[4096:8192] = os.urandom(4096)
        path.write_bytes(content)
    before = everything(path.parent)
    assert not opening.check_beside(path)()
    assert everything(path.parent) == before


Commoner = Callable[[], AbstractContextManager[None]]


def test_no_folder_where_nobody_may_write(
    own_folder: Path, clock: FixedClock, commoner: Commoner
) -> None:
    with commoner():
        own_folder.chmod(0o500)
        with pytest.raises(StoreError, match="cannot be made: permission denied"):
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
