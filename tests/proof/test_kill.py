"""A writer that is killed at any moment loses nothing that it has acknowledged.

Each round forks a writer (its modules are loaded already, so a round takes milliseconds), which
reports every change on a pipe once the use case has returned. It is killed with SIGKILL at a
random moment; then the board is read the quick way, checked, and the next writer goes on with it.
"""

import os
import random
import select
import signal
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import select as query

from store.clock import FixedClock
from store.database import open_database
from store.exchange.incoming import Incoming
from store.glance import open_glance
from store.pipeline import Pipeline
from store.pipeline.facts import facts_of
from store.rules.followup_rules import standard_rules
from store.rules.followups import plan
from store.rules.refusal import Refused
from store.rules.stages import Stage
from store.tables import Application, FollowUp, StageMove

LONG = os.environ.get("ROUNDS_PROOF") == "long"
ROUNDS = 2_000 if LONG else 40
NEW_FILES = 300 if LONG else 10
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))


def write_forever(pipeline: Pipeline, report: int, seed: int) -> None:
    """The writer: any use case, again and again; the id of each change goes into the pipe."""
    chance = random.Random(seed)
    os.write(report, b"0\n")
    number = 0
    while True:
        number += 1
        card = chance.randint(1, 30)
        try:
            match chance.randint(0, 9):
                case 0 | 1:
                    done = pipeline.add(f"Company {seed}.{number}", "Engineer", note="n" * 500)
                case 2 | 3:
                    done = pipeline.move(card, chance.choice(list(Stage)))
                case 4:
                    done = pipeline.undo()
                case 5:
                    done = pipeline.redo()
                case 6:
                    done = pipeline.interview(card, CLOCK.now() + timedelta(days=2))
                case 7:
                    done = pipeline.delete(card)
                case 8:
                    done = pipeline.replied(card)
                case _:
                    rows = [Incoming(n, f"I {seed}.{number}.{n}", "x", None) for n in range(40)]
                    done = pipeline.bring_in(rows, source="a file")
        except Refused:
            continue
        os.write(report, b"%d\n" % (done.change_id or 0))


def warmed(path: Path) -> Pipeline:
    """A pipeline whose statements are compiled, without a connection: fit to be forked."""
    database = open_database(path, CLOCK)
    pipeline = Pipeline(database)
    pipeline.add("Globex", "Engineer", note="warm")
    pipeline.move(1, Stage.FIRST)
    pipeline.interview(1, CLOCK.now() + timedelta(days=2))
    pipeline.delete(1)
    for _ in range(4):
        pipeline.undo()
    database.close()
    return pipeline


def kill_one(writer: Callable[[int], None], seed: int, longest: float) -> int:
    """Let a writer write, kill it; returns the newest change that it acknowledged."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            writer(writing)
        finally:
            os._exit(1)
    os.close(writing)
    chance = random.Random(seed)
    if longest:
        select.select([reading], [], [], 10)
        select.select([], [], [], chance.uniform(0, longest))
    else:
        select.select([reading], [], [], chance.uniform(0, 0.4))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    told = b""
    while part := os.read(reading, 65_536):
        told += part
    os.close(reading)
    whole = told[: told.rfind(b"\n") + 1].split()
    return max((int(number) for number in whole), default=0)


def check(path: Path, acknowledged: int) -> None:
    """The quick way reads it, and everything in it fits together."""
    glance = open_glance(path, CLOCK)
    assert glance is not None
    assert glance.change_id() >= acknowledged, "an acknowledged change is lost"
    glance.board()
    glance.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    orphans = (
        "SELECT count(*) FROM follow_up WHERE application_id NOT IN (SELECT id FROM application)"
    )
    assert connection.execute(orphans).fetchone() == (0,)
    connection.close()


def check_whole(path: Path) -> None:
    """No change is half there: stages agree with their history, follow-ups with the plan."""
    database = open_database(path, CLOCK)
    with database.writing() as session:
        last = {
            move.application_id: move.to_stage
            for move in session.exec(query(StageMove).order_by(StageMove.id))  # type: ignore[arg-type]
        }
        stored: dict[int, set[tuple[object, ...]]] = {}
        for row in session.exec(query(FollowUp).where(FollowUp.state == "open")):
            stored.setdefault(row.application_id, set()).add(
                (row.rule, row.anchor, row.person, row.nth)
            )
        for application in session.exec(query(Application)):
            assert application.id is not None
            assert last[application.id] == application.stage
            planned = plan(facts_of(session, application, CLOCK.zone), standard_rules())
            assert stored.get(application.id, set()) == {one.key for one in planned.follow_ups}
    database.close()


def test_killed_while_writing(tmp_path: Path) -> None:
    killed_in_a_write = acknowledged = 0
    pipeline = None
    for seed in range(ROUNDS):
        if pipeline is None or pipeline.database.path.stat().st_size > 5_000_000:
            path = tmp_path / str(seed) / "board.db"
            pipeline, newest = warmed(path), 0
        told = kill_one(partial(write_forever, pipeline, seed=seed), seed, longest=0.06)
        acknowledged += max(0, told - newest)
        newest = max(newest, told)
        killed_in_a_write += path.with_name("board.db-journal").exists()
        check(path, newest)
        if seed % 25 == 0:
            check_whole(path)
    check_whole(path)
    assert acknowledged
    print(
        f"\n{ROUNDS} writers killed, {killed_in_a_write} of them in the middle of a write; "
        f"{acknowledged} changes acknowledged, 0 lost"
    )


def test_killed_while_a_new_board_is_made(tmp_path: Path) -> None:
    def make(report: int, path: Path) -> None:
        open_database(path, CLOCK)
        os.write(report, b"0\n")

    for seed in range(NEW_FILES):
        path = tmp_path / f"{seed}" / "board.db"
        kill_one(partial(make, path=path), seed, longest=0.0)
        database = open_database(path, CLOCK)
        Pipeline(database).add("Globex", "Engineer")
        database.close()
        check(path, 1)
