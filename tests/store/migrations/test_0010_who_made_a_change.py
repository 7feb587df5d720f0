"""From 0005 and 0009 to the newest form: all that was done before was done by the user.

`samples/board-0009.sql` was written by the program of that time, through its use cases: two
applications, goals, reminders that were done and snoozed, a step undone.
`samples/board-0005-long.sql`
is told of in `test_0008_timeline_without_images.py`.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline

SAMPLES = Path(__file__).with_name("samples")


@pytest.fixture(params=["board-0005-long.sql", "board-0009.sql"])
def old(path: Path, request: pytest.FixtureRequest) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SAMPLES / request.param).read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def makers(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {one for (one,) in connection.execute("SELECT made_by FROM change")}


def test_what_was_done_before_was_done_by_the_user(old: Path, clock: FixedClock) -> None:
    with closing(open_database(old, clock)) as database:
        with closing(database.glance()) as glance:
            before = glance.dossier(1).timeline
        assert makers(old) == {""}
        assert [one.told for one in before] == [one.summary for one in before]
        database.made_by = "assistant deskmate"
        pipeline = Pipeline(database)
        pipeline.note(1, "They use Rust.")
        assert makers(old) == {"", "assistant deskmate"}
        with closing(database.glance()) as glance:
            assert glance.dossier(1).timeline[0].told == "noted (assistant deskmate)"
        pipeline.undo()
        with closing(database.glance()) as glance:
            assert glance.dossier(1).timeline == before
