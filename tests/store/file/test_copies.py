"""The list of copies, the copy of a day, and a copy that is looked into without being touched."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import NotFound, StoreError
from store.file import upgrade
from store.file.copies import copy_of, count_cards, in_todays_form, read_copies, standing
from store.file.database import Database, open_database
from store.file.location import HEAD, backup_dir
from store.file.opening import State, journal_of
from tests.makers import application

SAMPLES = Path(__file__).parents[1] / "migrations" / "samples"


@pytest.fixture
def three(db: Database, clock: FixedClock) -> list[Path]:
    """Copies of Monday, Wednesday and Thursday, with one application more each time."""
    found = []
    for days in (0, 2, 1):
        clock.moment += timedelta(days=days)
        with db.writing() as session:
            session.add(application())
        found.append(db.backup())
    return found


def test_the_list_has_the_newest_first(three: list[Path], db: Database, clock: FixedClock) -> None:
    three[1].write_bytes(b"no board at all")
    found = read_copies(db.path, clock)
    assert [one.path for one in found] == three[::-1]
    assert [one.cards for one in found] == [3, None, 1]
    assert [f"{one.made:%a %H:%M}" for one in found] == ["Thu 09:00", "Wed 09:00", "Mon 09:00"]
    assert found[0].size == three[2].stat().st_size
    assert read_copies(db.path.with_name("other.db"), clock) == ()


def test_a_day_means_its_newest_copy_or_the_one_before(
    three: list[Path], db: Database, clock: FixedClock
) -> None:
    for day, place in ((23, 0), (24, 0), (25, 1), (26, 2), (30, 2)):
        assert copy_of(db.path, date(2026, 11, day), clock) == three[place]
    with pytest.raises(NotFound, match=r"no copy of Sun 22 Nov or before.*oldest.*Mon 23 Nov"):
        copy_of(db.path, date(2026, 11, 22), clock)


def test_no_copy_at_all(path: Path, clock: FixedClock) -> None:
    with pytest.raises(NotFound, match=r"^There is no copy of Mon 23 Nov or before\. Nothing"):
        copy_of(path, date(2026, 11, 23), clock)


def test_a_copy_is_looked_into_and_stays_as_it_is(
    three: list[Path], db: Database, clock: FixedClock
) -> None:
    before = three[0].read_bytes(), three[0].stat().st_mtime_ns
    with in_todays_form(three[0], db.path, clock) as passing:
        assert passing.parent == backup_dir(db.path)
        assert passing.stat().st_mode & 0o777 == 0o600
        assert count_cards(passing) == 1
        with closing(sqlite3.connect(passing)) as board:
            board.execute("DELETE FROM application")
            board.commit()
    assert (three[0].read_bytes(), three[0].stat().st_mtime_ns) == before
    assert sorted(backup_dir(db.path).iterdir()) == three, "nothing is left"


def test_an_older_copy_is_brought_up_to_date_on_its_passing_copy(
    db: Database, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((SAMPLES / "board-0004.sql").read_text(encoding="utf-8"))
    monkeypatch.setattr(upgrade, "safety_copy", lambda *_: pytest.fail("a copy of a copy"))
    with in_todays_form(old, db.path, clock) as passing, closing(sqlite3.connect(passing)) as board:
        assert board.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    with closing(sqlite3.connect(old)) as board:
        assert board.execute("SELECT version_num FROM alembic_version").fetchone() == ("0004",)
    assert [*backup_dir(db.path).iterdir()] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no file"),
        (b"Dear diary\n" * 900, "not a rounds board"),
        (b"", "moved|dele"),
    ],
)
def test_what_is_no_copy(
    content: bytes | None, said: str, db: Database, clock: FixedClock, tmp_path: Path
) -> None:
    file = tmp_path / "some.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError, match=said), in_todays_form(file, db.path, clock):
        pytest.fail("it was opened")
    with pytest.raises(StoreError, match="board itself"), in_todays_form(db.path, db.path, clock):
        pytest.fail("it was opened")


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[16:18])
    content[size : size + 8] = b"\xff" * 8
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9_000])


def of_a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as board:
        board.execute("UPDATE alembic_version SET version_num = '9999'")
        board.commit()


def of_an_older_version(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as board:
        board.executescript((SAMPLES / "board-0004.sql").read_text(encoding="utf-8"))


def of_somebody_else(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as board:
        board.execute("CREATE TABLE mine (x)")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda p: None, State.CURRENT),
        (of_an_older_version, State.OLDER),
        (of_a_newer_version, State.NEWER),
        (of_somebody_else, State.FOREIGN),
        (damage, State.DAMAGED),
        (cut, State.DAMAGED),
        (lambda p: p.write_bytes(b"Dear diary\n" * 900), State.DAMAGED),
        (lambda p: p.write_bytes(b""), State.NEW),
        (Path.unlink, State.NEW),
    ],
)  # fmt: skip
def test_what_is_at_the_boards_place(
    change: object, state: State, path: Path, clock: FixedClock
) -> None:
    with closing(open_database(path, clock)) as db, db.writing() as session:
        session.add_all(application(company=f"Company {n}") for n in range(100))
    change(path)  # type: ignore[operator]
    before = path.read_bytes() if path.exists() else None
    assert standing(path) is state
    assert (path.read_bytes() if path.exists() else None) == before
    assert not journal_of(path).exists()
