"""Six programs write to one board at the same time: nothing is lost, and nobody sees "locked"."""

import os
import random
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from store.clock import FixedClock
from store.database import open_database
from store.errors import Conflict
from store.pipeline import Pipeline
from store.rules.refusal import Refused
from store.rules.stages import Stage
from store.tables import Application, Change, Note

LONG = os.environ.get("ROUNDS_PROOF") == "long"
WRITERS = 6
WRITES = 200 if LONG else 12
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))


def write(path: Path, writer: int) -> int:
    """Mixed writes; returns how many were refused by a rule, raises on anything else."""
    chance = random.Random(writer)
    pipeline = Pipeline(open_database(path, CLOCK))
    refused = 0
    for number in range(WRITES):
        try:
            match number % 4:
                case 0:
                    pipeline.add(f"Company {writer}.{number}", "Engineer")
                case 1:
                    pipeline.note(1, f"{writer}.{number}")
                case 2:
                    pipeline.move(chance.randint(2, 3), chance.choice(list(Stage)))
                case _:
                    pipeline.interview(1, CLOCK.now() + timedelta(days=chance.randint(1, 9)))
        except Refused:
            refused += 1
    return refused


def counted(path: Path, writer: int) -> int:
    """Read a number in a note, write it back one higher: the classic way to lose an update."""
    database = open_database(path, CLOCK)
    for _ in range(WRITES):
        with database.writing() as session:
            note = session.get(Note, 1)
            assert note is not None
            note.text = str(int(note.text) + 1)
            session.add(note)
    return 0


def in_processes(work: object, path: Path) -> list[int]:
    """The exit codes of six processes that all start at once; 200 is a crash."""
    children = []
    for writer in range(WRITERS):
        pid = os.fork()
        if pid == 0:
            code = 200
            try:
                code = min(work(path, writer), 199)  # type: ignore[operator]
            finally:
                os._exit(code)
        children.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]


def test_mixed_writes_of_six_programs(tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    database = open_database(path, CLOCK)
    pipeline = Pipeline(database)
    for name in ("Globex", "Hooli", "Initech"):
        pipeline.add(name, "Engineer")
    database.close()
    refused = in_processes(write, path)
    assert 200 not in refused
    database = open_database(path, CLOCK)
    with database.writing() as session:
        added = session.exec(select(Application).where(Application.id > 3)).all()  # type: ignore[operator]
        assert len(added) == WRITERS * len(range(0, WRITES, 4))
        notes = session.exec(select(Note)).all()
        assert {note.text for note in notes} == {
            f"{writer}.{number}" for writer in range(WRITERS) for number in range(1, WRITES, 4)
        }
        changes = session.exec(select(Change)).all()
        assert len(changes) == 3 + WRITERS * WRITES - sum(refused)
    pipeline = Pipeline(database)
    for _ in range(len(changes)):
        pipeline.undo()
    assert database.glance().cards(closed=None) == ()
    database.close()
    print(f"\n{WRITERS} programs x {WRITES} writes: 0 lost, 0 locked; all undone again")


def test_read_modify_write_of_six_programs(tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    database = open_database(path, CLOCK)
    Pipeline(database).add("Globex", "Engineer", note="0")
    database.close()
    assert in_processes(counted, path) == [0] * WRITERS
    database = open_database(path, CLOCK)
    with database.writing() as session:
        note = session.get(Note, 1)
        assert note is not None
        assert note.text == str(WRITERS * WRITES)
    database.close()


def test_two_edits_of_one_card(tmp_path: Path) -> None:
    """The second is told, and what the first saved stays."""
    path = tmp_path / "board.db"
    first, second = (Pipeline(open_database(path, CLOCK)) for _ in range(2))
    card = first.add("Globex", "Engineer").card
    assert card is not None
    first.edit(card.id, {"role": "Architect"}, version=card.version)
    with pytest.raises(Conflict, match="another window"):
        second.edit(card.id, {"role": "Manager"}, version=card.version)
    assert second.database.glance().card(card.id).role == "Architect"
