"""A writer that is killed at any moment loses nothing that it has acknowledged.

Each round forks a writer (its modules are loaded already, so a round takes milliseconds), which
reports every change on a pipe once the use case has returned. It is killed with SIGKILL at a
random moment; then the board is read the quick way, checked, and the next writer goes on with it.
"""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select as query

from store.clock import FixedClock
from store.exchange.incoming import Incoming
from store.file.backup import copies
from store.file.database import open_database
from store.pipeline import Pipeline, shipped_rules
from store.pipeline.facts import facts_of
from store.pipeline.safety import thinning
from store.read import glance as reading
from store.rules.followups.plan import plan
from store.rules.stages import Stage
from store.rules.text import Refused
from store.tables import Application, FollowUp, StageMove

pytestmark = pytest.mark.usefixtures("waits_for_the_disk")
LONG = os.environ.get("ROUNDS_PROOF") == "long"
SERIES = 8 if LONG else 1
WRITERS = 250 if LONG else 6
ENOUGH = 100
"""So many times as many writers are killed at most until one is in the middle of a write."""
NEW_FILES = 100 if LONG else 4
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))
TODAY = date(2026, 11, 23)
ORPHANS = {
    "follow_up": "application_id NOT IN (SELECT id FROM application)",
    "point": "application_id NOT IN (SELECT id FROM application)",
    "contact": "application_id NOT IN (SELECT id FROM application)",
    "debrief": "(interview_id, application_id) NOT IN (SELECT id, application_id FROM interview)",
    "interviewer": "(interview_id, application_id) NOT IN (SELECT id, application_id"
    " FROM interview) OR (contact_id, application_id) NOT IN (SELECT id, application_id"
    " FROM contact)",
    "change": "verb IN ('add', 'move', 'delete', 'reply', 'import') AND state <> 'step'"
    " AND state <> 'dropped' AND id NOT IN (SELECT change_id FROM row_image)"
    " AND id > coalesce((SELECT CAST(value AS INTEGER) FROM setting"
    "                    WHERE name = 'journal.thinned'), 0)",
    "change AS c": "id <= (SELECT CAST(value AS INTEGER) FROM setting"
    " WHERE name = 'journal.thinned') AND state = 'done' AND verb <> 'delete'"
    " AND id NOT IN (SELECT change_id FROM timeline_entry)",
}
"""Rows that must not be: what belongs to nothing, or to two, or a change without what it did."""


@pytest.fixture(autouse=True)
def _images_go_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too old to be undone goes beside every second change, after thirty already."""
    monkeypatch.setattr(thinning, "UNDOABLE", 30)
    monkeypatch.setattr(thinning, "EVERY", 2)


def write_once(pipeline: Pipeline, chance: random.Random, mark: str) -> tuple[int, str]:
    """Any use case; gives the change and how it is told."""
    card, part = chance.randint(1, 30), chance.randint(1, 40)
    match chance.randint(0, 15):
        case 0 | 1:
            done = pipeline.add(f"Company {mark}", "Engineer", note="n" * 500)
        case 2 | 3:
            done = pipeline.move(card, chance.choice(list(Stage)))
        case 4:
            done = pipeline.undo()
        case 5:
            done = pipeline.redo()
        case 6 | 7:
            when = CLOCK.now() + timedelta(days=chance.choice((-2, 2)))
            done = pipeline.interview(card, when, people="Ana and Bo")
        case 8:
            done = pipeline.delete(card)
        case 9:
            done = pipeline.log_reply(card, decides_by=TODAY + timedelta(days=9))
        case 10:
            done = pipeline.contact(card, f"Cy {mark}", email="cy@x.example")
        case 11:
            lines = [("asked", "Why us?", True), ("my_promise", "a sample", False)]
            done = pipeline.debrief(part, finished=True, remarks="r" * 500, points=lines)
        case 12:
            done = pipeline.complete(part)
        case 13:
            done = pipeline.point(card, "concern", f"Doubt {mark}", due_on=None)
        case 14:
            found = copies(pipeline.database.path)
            if not found:
                raise Refused("There is no copy yet.")
            done = pipeline.restore_copy(chance.choice(found))
        case _:
            rows = [Incoming(n, f"I {mark}.{n}", "x", None) for n in range(40)]
            report = pipeline.bring_in(rows, source="a file")
            return report.change_id or 0, ""
    return done.change_id, done.summary


def write_forever(pipeline: Pipeline, report: int, seed: int) -> None:
    """The writer: the id of each change goes into the pipe, with a check sum of its words."""
    chance = random.Random(seed)
    os.write(report, b"0 0\n")
    number = 0
    while True:
        number += 1
        try:
            change, summary = write_once(pipeline, chance, f"{seed}.{number}")
        except Refused:
            continue
        os.write(report, b"%d %d\n" % (change, crc32(summary.encode()) if summary else 0))


def warmed(path: Path) -> Pipeline:
    """A pipeline whose statements are compiled, without a connection: fit to be forked."""
    database = open_database(path, CLOCK)
    pipeline = Pipeline(database)
    chance = random.Random(1)
    for number in range(60):
        try:
            write_once(pipeline, chance, f"warm {number}")
        except Refused:
            continue
    database.close()
    return pipeline


def kill_one(writer: Callable[[int], None], moment: float, *, after: int = 0) -> dict[int, int]:
    """Let a writer write and kill it `moment` seconds after it has told of `after` things; gives
    the changes that it acknowledged."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            writer(writing)
        finally:
            os._exit(1)
    os.close(writing)
    told = b""
    while told.count(b"\n") < after and (part := os.read(reading, 65_536)):
        told += part
    time.sleep(moment)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while part := os.read(reading, 65_536):
        told += part
    os.close(reading)
    lines = told[: told.rfind(b"\n") + 1].splitlines()
    return {int(change): int(words) for change, words in map(bytes.split, lines)}


def check(path: Path, acknowledged: dict[int, int]) -> None:
    """The quick way reads it, everything in it fits together, what was told to be there is."""
    glance = reading.open_glance(path, CLOCK)
    assert glance is not None
    assert glance.change_id() >= max(acknowledged, default=0), "an acknowledged change is lost"
    glance.board()
    glance.due(days=30)
    glance.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, orphan in ORPHANS.items():
            found = connection.execute(f"SELECT id FROM {table} WHERE {orphan}").fetchall()
            assert found == [], f"orphans in {table}"
        for change, words in acknowledged.items():
            stored = connection.execute("SELECT summary FROM change WHERE id = ?", (change,))
            for (summary,) in stored.fetchall() if words else ():
                assert crc32(summary.encode()) == words, "another change has this number"


def check_whole(path: Path) -> None:
    """No change is half there: stages agree with their history, follow-ups with the plan."""
    database = open_database(path, CLOCK)
    with database.writing() as session:
        last = {
            move.application_id: move.to_stage
            for move in session.exec(query(StageMove).order_by(StageMove.id))  # type: ignore[arg-type]
        }
        stored: dict[int, set[tuple[object, ...]]] = {}
        kept: dict[int, set[tuple[object, ...]]] = {}
        for row in session.exec(query(FollowUp)):
            found = stored if row.state == "open" else kept
            key = (row.rule, row.anchor, row.person, row.nth)
            found.setdefault(row.application_id, set()).add(key)
        for application in session.exec(query(Application)):
            assert application.id is not None
            assert last[application.id] == application.stage
            planned = plan(facts_of(session, application, CLOCK.zone), shipped_rules(""))
            wanted = {one.key for one in planned.follow_ups}
            settled = kept.get(application.id, set())
            assert stored.get(application.id, set()) == wanted - settled
    database.close()


@pytest.mark.parametrize("series", range(SERIES))
def test_killed_while_writing(tmp_path: Path, series: int, figure: Callable[..., None]) -> None:
    killed_in_a_write = changes = 0
    pipeline = None
    # In the short form luck may have it that none is in the middle of a write: then there are more.
    for number in range(WRITERS * ENOUGH):
        if number >= WRITERS and killed_in_a_write and changes:
            break
        seed = series * WRITERS + number
        if pipeline is None or pipeline.database.path.stat().st_size > 3_000_000:
            path = tmp_path / str(number) / "board.db"
            pipeline, acknowledged = warmed(path), {}
        writer = partial(write_forever, pipeline, seed=seed)
        told = kill_one(writer, random.Random(seed).uniform(0, 0.03), after=1 + number % 3)
        changes += len(told.keys() - {0})
        acknowledged |= told
        killed_in_a_write += path.with_name("board.db-journal").exists()
        check(path, acknowledged)
        if number % 25 == 0:
            check_whole(path)
    check_whole(path)
    assert changes
    assert killed_in_a_write
    figure("kill: writers killed with -9", WRITERS, "0 boards damaged, 0 rows orphaned")
    figure("kill: of them in the middle of a write", killed_in_a_write, "0 changes half there")
    figure("kill: changes acknowledged", changes, "0 lost")


def test_killed_while_a_new_board_is_made(tmp_path: Path, figure: Callable[..., None]) -> None:
    def make(report: int, path: Path) -> None:
        open_database(path, CLOCK)
        os.write(report, b"0 0\n")

    for seed in range(NEW_FILES):
        path = tmp_path / f"{seed}" / "board.db"
        kill_one(partial(make, path=path), random.Random(seed).uniform(0, 0.4))
        database = open_database(path, CLOCK)
        Pipeline(database).add("Globex", "Engineer")
        database.close()
        check(path, {1: 0})
    figure("kill: while a new board is made", NEW_FILES, "0 boards damaged")
