"""From the first board to the second round: a board that the first version filled, brought over.

`samples/board-0001.sql` was written by the program of that time, through its use cases: people in
interviews, thanks sent, put off and owed, a cancelled interview, an offer, a deleted application,
an import, a step undone.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from store.clock import FixedClock
from store.file.database import Database, open_database
from store.file.engine import engine_for
from store.file.location import APPLICATION_ID, backup_dir
from store.file.upgrade import MIGRATIONS
from store.pipeline import Pipeline
from store.rules.text import Refused

SAMPLE = Path(__file__).with_name("samples") / "board-0001.sql"
OLD_TABLES = (
    "application",
    "interview",
    "follow_up",
    "stage_move",
    "message",
    "tip_tick",
    "note",
    "setting",
    "change",
)
MOVED = ("contact_name", "contact_email", "round")
"""What stands elsewhere since, or is counted otherwise; other tests look at it."""
LONG_NAME = "E" * 200

DIE = """
import os, signal, sys
from pathlib import Path
from store.file import engine, opening, upgrade
from store.clock import SystemClock
from store.file.database import open_database

def spilling(path, **options):
    # A cache of one page: the transaction reaches the disk long before its COMMIT.
    connection = opening.connect(path, **options)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    return connection

engine.connect = spilling
upgrade.foreign_keys_hold = lambda _: os.kill(os.getpid(), signal.SIGKILL)
open_database(Path(sys.argv[1]), SystemClock())
"""


@pytest.fixture(scope="module")
def first_board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old board in a file."""
    path = tmp_path_factory.mktemp("first") / "board.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    return path


@pytest.fixture
def old(path: Path, first_board: Path) -> Path:
    """A copy of the old board."""
    shutil.copy(first_board, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def new(old: Path, clock: FixedClock) -> Iterator[Database]:
    """The old board, opened by this version."""
    database = open_database(old, clock)
    yield database
    database.close()


def ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def content(path: Path, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    """All rows of the old tables, in the columns given."""
    return {
        table: ask(path, f"SELECT {', '.join(names)} FROM {table} ORDER BY id")
        for table, names in columns.items()
    }


def columns_of(path: Path) -> dict[str, list[str]]:
    return {
        table: [
            f'"{row[1]}"' for row in ask(path, f"PRAGMA table_info({table})") if row[1] not in MOVED
        ]
        for table in OLD_TABLES
    }


def test_the_sample_is_a_board_as_the_first_migration_makes_it(
    first_board: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = engine_for(made, foreign_keys=False, keep=False)
    made.touch()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    form = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    assert ask(first_board, form) == ask(made, form)
    assert ask(first_board, "PRAGMA application_id") == [(APPLICATION_ID,)]


def test_all_that_was_there_is_there(old: Path, clock: FixedClock) -> None:
    columns = columns_of(old)
    before, dumped = content(old, columns), dump(old)
    open_database(old, clock).close()
    assert content(old, columns) == before
    assert all(before[table] for table in OLD_TABLES), "a table without rows proves nothing"
    (copy,) = backup_dir(old).iterdir()
    assert dump(copy) == dumped


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_the_people_written_into_interviews_become_contacts(new: Database) -> None:
    contacts = ask(new.path, "SELECT application_id, name, relation FROM contact ORDER BY id")
    assert contacts == [
        (1, "Ana", "interviewer"),
        (1, "Bo", "interviewer"),
        (1, "Cy Young", "interviewer"),
        (2, "Di", "interviewer"),
        (2, "Nobody at all", "interviewer"),
        (6, "Gus", "interviewer"),
        (6, "Hal", "interviewer"),
    ]
    there = ask(
        new.path,
        "SELECT interview_id, application_id, contact_id, point FROM interviewer ORDER BY id",
    )
    assert there == [
        (1, 1, 1, ""),
        (1, 1, 2, ""),
        (2, 1, 1, ""),
        (2, 1, 3, ""),
        (3, 2, 4, ""),
        (4, 2, 5, ""),
        (6, 6, 6, ""),
        (7, 6, 6, ""),
        (7, 6, 7, ""),
    ]
    lines = ask(new.path, "SELECT id, people FROM interview ORDER BY id")
    assert lines == [
        (1, "Ana & Bo"),
        (2, "ana, Cy Young"),
        (3, "Di"),
        (4, "Nobody at all"),
        (6, "Gus"),
        (7, "Gus and Hal"),
    ], "the line stays as it was written"


def test_a_name_too_long_for_a_contact_is_cut(old: Path, clock: FixedClock) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute(
            "UPDATE interview SET people = ? WHERE id = 3", ("E" * 230 + " and , ;",)
        )
    open_database(old, clock).close()
    assert ask(old, "SELECT name FROM contact WHERE application_id = 2 ORDER BY id LIMIT 1") == [
        (LONG_NAME,)
    ]


def test_the_first_stage_is_one_round(new: Database) -> None:
    rounds = ask(new.path, "SELECT application_id, id, round FROM interview ORDER BY id")
    assert rounds == [(1, 1, 1), (1, 2, 1), (2, 3, 1), (2, 4, 1), (6, 6, 1), (6, 7, 1)]
    images = ask(new.path, "SELECT row_id, after FROM row_image WHERE table_name = 'interview'")
    counted = {i: r for _, i, r in rounds} | {5: 1}
    for row_id, image in images:
        if image is not None:
            assert json.loads(image)["round"] == counted[row_id]


def test_the_defaults_of_what_is_new(new: Database) -> None:
    application = ask(
        new.path,
        "SELECT DISTINCT preset, offer_kind, feedback_asked, stay_in_touch, closed_at, "
        "reference_check_on, thanked_rejection_on FROM application",
    )
    assert application == [("", "", 0, 1, None, None, None)]
    interview = ask(
        new.path, "SELECT DISTINCT kept, moved_times, debriefed_on, debrief_left FROM interview"
    )
    assert interview == [(None, 0, None, 0)]


def test_ids_go_on_where_they_were(new: Database) -> None:
    pipeline = Pipeline(new)
    assert pipeline.add("Next", "Engineer").application_id == 10, "5 was deleted, 9 is the last"
    assert pipeline.contact(1, "Ivy").made == 8


def test_undo_reaches_back_over_the_migration_and_forth_again(old: Path, new: Database) -> None:
    pipeline = Pipeline(new)
    columns = {
        table: [name for name in names if name not in ('"version"', '"updated_at"')]
        for table, names in columns_of(old).items()
        if table != "change"
    }
    pipeline.redo()
    before = content(old, columns)
    steps = 0
    while True:
        try:
            pipeline.undo()
        except Refused:
            break
        steps += 1
    assert steps >= 25
    assert ask(old, "SELECT count(*) FROM application") == [(0,)]
    assert ask(old, "SELECT count(*) FROM interviewer") == [(0,)]
    assert ask(old, "PRAGMA foreign_key_check") == []
    for _ in range(steps):
        pipeline.redo()
    assert content(old, columns) == before


def test_a_deletion_of_before_is_undone_with_what_belonged_to_it(new: Database) -> None:
    pipeline = Pipeline(new)
    while ask(new.path, "SELECT count(*) FROM application WHERE id = 5") == [(0,)]:
        pipeline.undo()
    (meeting,) = new.glance().dossier(5).interviews
    assert meeting.people.endswith("E and Flo")
    assert meeting.round == 1
    assert [note.text for note in new.glance().dossier(5).notes] == ["first note"]


def thanks(database: Database, application_id: int) -> dict[str, date]:
    return {
        due.label: due.due_on
        for due in database.glance().follow_ups_of(application_id)
        if due.action == "thank"
    }


def test_thanks_are_owed_as_before_until_planned_anew_and_then_to_each(new: Database) -> None:
    assert thanks(new, 1) == {"thank ana, Cy Young for the interview": date(2026, 11, 17)}
    assert thanks(new, 2) == {"thank Di for the interview": date(2026, 11, 24)}
    touched = Pipeline(new).catch_up("these rules")
    assert set(touched) >= {1, 2, 6}
    assert thanks(new, 1) == {
        "thank Ana for the interview": date(2026, 11, 17),
        "thank Cy Young for the interview": date(2026, 11, 17),
    }, "Ana and Bo were thanked for the interview of the 10th"
    assert thanks(new, 2) == {"thank Di for the interview": date(2026, 11, 24)}, "still put off"
    assert [due.snoozed for due in new.glance().follow_ups_of(2) if due.action == "thank"] == [True]


def test_planning_anew_happens_once(new: Database) -> None:
    pipeline = Pipeline(new)
    change = new.glance().change_id()
    assert pipeline.catch_up("these rules")
    newer = new.glance().change_id()
    assert newer > change, "other windows must see it"
    assert pipeline.catch_up("these rules") == ()
    assert new.glance().change_id() == newer
    assert pipeline.catch_up("other rules") == (), "nothing differs, so nothing is touched"
    assert [e.verb for e in new.glance().dossier(1).timeline].count("replan") == 0


def test_killed_while_migrating(old: Path, clock: FixedClock, start: Callable[..., Any]) -> None:
    before = old.read_bytes()
    process = start(DIE, old)
    process.communicate()
    assert process.returncode == -9
    assert old.read_bytes() != before, "the kill came too early to prove anything"
    assert ask(old, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert old.read_bytes() == before
    with closing(open_database(old, clock)) as database:
        assert len(database.glance().cards(closed=None)) == 8
    assert ask(old, "SELECT count(*) FROM contact") == [(7,)]


def test_a_step_on_the_new_board_is_undone(new: Database) -> None:
    pipeline = Pipeline(new)
    before = dump(new.path)
    starts = datetime(2026, 11, 30, 9, tzinfo=UTC)
    pipeline.interview(1, starts, people="Bo and Ivy", formats=["panel"])
    pipeline.undo()
    after = dump(new.path)
    strip = [line for line in before if not _journal(line)]
    assert [line for line in after if not _journal(line)] == strip


def _journal(line: str) -> bool:
    """Whether a line of a dump is of the journal, of ids given, or has an application's stamp."""
    kinds = ("change", "row_image", "sqlite_sequence", "application")
    return any(f'INSERT INTO "{kind}"' in line for kind in kinds)
