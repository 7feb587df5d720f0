"""From 0008 to the newest form: there are no goals and no reminders without a card.

`samples/board-0008.sql` was written by the program of that time, through its use cases: three
applications, a posting on the shelf, a message that waits, a reminder of a card that was snoozed,
follow-ups done, a networking point, an end, a step undone.
"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.read.weekly.goals import read_goals
from store.read.weekly.reminders import read_reminders
from store.read.weekly.review import read_review
from store.rules.text import Refused
from store.rules.weekly.goals import Goal
from store.rules.weekly.review import Part
from store.rules.weekly.weeks import Week

SAMPLE = Path(__file__).with_name("samples") / "board-0008.sql"
WEEK = Week(date(2026, 11, 23))
TABLES = (
    *("application", "note", "message", "follow_up", "posting", "mail", "point", "setting"),
    *("change", "row_image", "timeline_entry"),
)


@pytest.fixture
def old(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


def test_there_are_none_and_all_else_is_as_it_was(old: Path, clock: FixedClock) -> None:
    before = {table: rows(old, table) for table in TABLES}
    before["change"] = [(*row, "") for row in before["change"]]  # who made it, since 0010
    open_database(old, clock).close()
    assert rows(old, "goal") == rows(old, "reminder") == []
    assert {table: rows(old, table) for table in TABLES} == before


def test_what_was_done_before_counts_and_every_step_can_still_be_undone(
    old: Path, clock: FixedClock
) -> None:
    with closing(open_database(old, clock)) as database:
        pipeline = Pipeline(database)
        for kind in ("applications", "follow_ups", "contacts"):
            pipeline.set_goal(kind, 2, WEEK)
        pipeline.add_reminder("update the CV", date(2026, 11, 27))
        with closing(database.glance()) as glance:
            assert read_goals(glance, WEEK) == (
                Goal("applications", 2, 2),
                Goal("follow_ups", 2, 1),
                Goal("contacts", 2, 1),
            )
            review = read_review(glance, WEEK)
            assert [line.company for line in review.parts[Part.LESSONS]] == ["Initech"]
        steps = 0
        while True:
            try:
                pipeline.undo()
            except Refused:
                break
            steps += 1
        assert rows(old, "application") == rows(old, "reminder") == rows(old, "goal") == []
        for _ in range(steps):
            pipeline.redo()
        with closing(database.glance()) as glance:
            assert [one.text for one in read_reminders(glance)] == ["update the CV"]
            assert len(glance.cards(closed=None)) == 3
