"""What the doctor sees of a file, whatever state it is in, without changing a byte."""

import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file import checking
from store.file.backup import copies
from store.file.checking import check_file, close_to_others, open_to_others
from store.file.database import Database, open_database
from store.file.location import backup_dir
from store.file.opening import State, journal_of
from store.pipeline import Pipeline
from tests.makers import application
from tests.store.file.test_copies import (
    cut,
    damage,
    of_a_newer_version,
    of_an_older_version,
    of_somebody_else,
)

Change = Callable[[Path], object]


def codes(path: Path, clock: FixedClock) -> list[str]:
    return [each.code for each in check_file(path, clock).findings]


def write(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as board:
        board.executescript(sql)


@pytest.fixture
def healthy(db: Database, clock: FixedClock) -> Path:
    """A board with two applications and a copy of today."""
    pipeline = Pipeline(db)
    pipeline.add("Globex", "Engineer")
    pipeline.add("Hooli", "Designer")
    db.backup()
    return db.path


def everything(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        str(file): (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_mode)
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_nothing_is_found_where_all_is_well(healthy: Path, clock: FixedClock) -> None:
    before = everything(healthy.parent)
    checked = check_file(healthy, clock)
    assert checked.state is State.CURRENT
    assert checked.findings == ()
    assert checked.facts["rows"]["application"] == 2
    assert checked.facts["copies"] == 1
    assert everything(healthy.parent) == before


@pytest.mark.parametrize(
    ("change", "state", "code"),
    [
        (of_an_older_version, State.OLDER, "older"),
        (of_a_newer_version, State.NEWER, "newer"),
        (of_somebody_else, State.FOREIGN, "foreign"),
        (lambda p: p.write_bytes(b"Dear diary\n" * 900), State.FOREIGN, "foreign"),
        (damage, State.DAMAGED, "damaged"),
        (cut, State.DAMAGED, "damaged"),
        (lambda p: p.write_bytes(b""), State.NEW, "no-board"),
        (Path.unlink, State.NEW, "no-board"),
        (lambda p: (p.unlink(), p.mkdir()), None, "no-file"),
        (lambda p: (p.unlink(), os.mkfifo(p)), None, "no-file"),
    ],
)
def test_every_state_is_one_sentence_and_nothing_is_touched(
    change: Change, state: State | None, code: str, healthy: Path, clock: FixedClock
) -> None:
    with closing(open_database(healthy, clock)) as db, db.writing() as session:
        session.add_all(application(company=f"Company {n}") for n in range(100))
    change(healthy)
    before = everything(healthy.parent)
    checked = check_file(healthy, clock)
    assert checked.state is state
    assert code in [each.code for each in checked.findings]
    assert everything(healthy.parent) == before
    for finding in checked.findings:
        assert finding.sentence.endswith(".")
        assert str(healthy.parent) not in finding.sentence
        assert "\n" not in finding.sentence


def test_a_board_that_is_kept_busy(
    healthy: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "READING_SECONDS", 0.01)
    with closing(sqlite3.connect(healthy, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert codes(healthy, clock) == ["locked"]
    assert codes(healthy, clock) == []


def test_a_change_that_was_cut_off_is_not_taken_back_by_looking(
    healthy: Path, clock: FixedClock
) -> None:
    with closing(sqlite3.connect(healthy, isolation_level=None)) as half:
        half.execute("PRAGMA cache_size = 1")
        half.execute("BEGIN IMMEDIATE")
        half.executemany(
            "INSERT INTO setting (name, value) VALUES (?, ?)",
            [(f"x{number}", "y" * 190) for number in range(400)],
        )
        left = {name: Path(name).read_bytes() for name in (healthy, journal_of(healthy))}
    for name, content in left.items():
        Path(name).write_bytes(content)
    before = everything(healthy.parent)
    assert "interrupted" in codes(healthy, clock)
    assert everything(healthy.parent) == before


def test_rows_that_belong_to_nothing(healthy: Path, clock: FixedClock) -> None:
    write(healthy, "DELETE FROM application WHERE id = 1")
    (finding,) = check_file(healthy, clock).findings
    assert finding.code == "foreign-keys"
    assert "rows belong to something that is not there" in finding.sentence


def test_follow_ups_to_nobody(healthy: Path, clock: FixedClock) -> None:
    write(healthy, "UPDATE follow_up SET person = '77' WHERE id = 1")
    (finding,) = check_file(healthy, clock).findings
    assert (finding.code, finding.fixed_by) == ("orphans", "plan")


def test_what_others_may_read_is_found_and_closed(healthy: Path, clock: FixedClock) -> None:
    (copy,) = copies(healthy)
    for place, mode in ((healthy, 0o644), (copy, 0o640), (backup_dir(healthy), 0o755)):
        place.chmod(mode)
    assert codes(healthy, clock) == ["permissions"]
    assert sorted(open_to_others(healthy)) == sorted([healthy, copy, backup_dir(healthy)])
    assert close_to_others(healthy) == 3
    assert codes(healthy, clock) == []
    assert (backup_dir(healthy).stat().st_mode & 0o777, copy.stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


def test_a_folder_of_the_users_own_stays_as_it_is(healthy: Path) -> None:
    healthy.parent.chmod(0o755)
    assert open_to_others(healthy) == []


def test_a_read_only_board(
    own_folder: Path, healthy: Path, clock: FixedClock, commoner: Callable[..., object]
) -> None:
    path = own_folder / "board.db"
    shutil.copy(healthy, path)
    path.chmod(0o444)
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    with commoner():  # type: ignore[attr-defined]
        found = codes(path, clock)
    assert "read-only" in found


def test_little_room(healthy: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(checking.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 3_000_000))
    (finding,) = check_file(healthy, clock).findings
    assert finding.code == "disk-space"
    assert finding.sentence.startswith("Only 3 MB are free")


def test_the_age_of_the_newest_copy(healthy: Path, db: Database, clock: FixedClock) -> None:
    clock.moment += timedelta(days=30)
    assert codes(healthy, clock) == [], "nothing was changed since"
    Pipeline(db).note(1, "x")
    assert codes(healthy, clock) == [], "it may be made at this moment"
    clock.moment += timedelta(days=1)
    (finding,) = check_file(healthy, clock).findings
    assert finding.code == "backup-age"
    assert finding.sentence.startswith("The newest copy is 30 days older than the board")
    for copy in copies(healthy):
        copy.unlink()
    assert check_file(healthy, clock).findings[0].sentence.startswith("There is no copy")
    db.backup()
    assert codes(healthy, clock) == []


def test_a_newest_copy_that_is_damaged(healthy: Path, clock: FixedClock) -> None:
    cut(copies(healthy)[-1])
    assert codes(healthy, clock) == ["backup-damaged"]
