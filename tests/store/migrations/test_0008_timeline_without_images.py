"""From 0005 to the newest form: the journal may be thinned, and nothing of it has been.

`samples/board-0005-long.sql` was written by the program of that time, through its use cases: three
applications, changes of one and of several at once, an end that was taken back, two steps undone,
a deletion.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.pipeline.safety import thinning
from store.rules.text import Refused

SAMPLE = Path(__file__).with_name("samples") / "board-0005-long.sql"
STEPS = 21
"""What can be undone on it."""


@pytest.fixture
def old(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def timelines(pipeline: Pipeline) -> list[object]:
    with closing(pipeline.database.glance()) as glance:
        return [glance.dossier(card).timeline for card in (1, 2)]


def test_every_step_from_before_can_still_be_undone(old: Path, clock: FixedClock) -> None:
    with closing(open_database(old, clock)) as database:
        pipeline = Pipeline(database)
        told = timelines(pipeline)
        steps = 0
        while True:
            try:
                pipeline.undo()
            except Refused:
                break
            steps += 1
        assert steps == STEPS
        for _ in range(steps):
            pipeline.redo()
        assert timelines(pipeline) == told


def test_what_is_too_old_goes_little_by_little_and_is_told_as_before(
    old: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "UNDOABLE", 5)
    monkeypatch.setattr(thinning, "EVERY", 1)
    with closing(open_database(old, clock)) as database:
        pipeline = Pipeline(database)
        before = timelines(pipeline)
        for _ in range(6):
            pipeline.tick(1, "A-1", True)
            pipeline.tick(1, "A-1", False)
        after = timelines(pipeline)
        assert after[1] == before[1]
        assert after[0][-len(before[0]) :] == before[0]  # type: ignore[index, arg-type]
        with closing(sqlite3.connect(old)) as board:
            first = board.execute("SELECT min(change_id) FROM row_image").fetchone()[0]
            newest = board.execute("SELECT max(id) FROM change").fetchone()[0]
        assert newest - first <= 6
