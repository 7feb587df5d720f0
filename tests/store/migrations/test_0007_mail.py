"""From 0005 to the newest form: nothing came by mail before, and now it can.

`samples/board-0005-moved.sql` was written by the program of that time, through its use cases: an
interview that was moved, an automatic answer, an invitation without a time, two names of one
employer, a step undone.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.exchange.mail import read_piped
from store.file.database import open_database
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.read.arriving.mail import read_waiting
from store.rules.mail.message import MailKind
from store.rules.text import Refused

SAMPLE = Path(__file__).with_name("samples") / "board-0005-moved.sql"
ENTRY = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example
METHOD:REQUEST
BEGIN:VEVENT
UID:one@example
SEQUENCE:1
DTSTART;TZID=Europe/Berlin:20261120T110000
DTEND;TZID=Europe/Berlin:20261120T120000
SUMMARY:Interview Data Engineer
ORGANIZER;CN=Ana Ruiz:mailto:ana.ruiz@acme-robotics.com
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def old(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
    path.chmod(0o600)
    return path


def interviews(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT id, minutes, calendar_uid, calendar_sequence FROM interview ORDER BY id"
        return connection.execute(query).fetchall()


def test_no_interview_has_an_entry_and_no_message_waits(old: Path, clock: FixedClock) -> None:
    open_database(old, clock).close()
    assert interviews(old) == [(1, 45, "", 0), (2, 60, "", 0)]
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT * FROM mail").fetchall() == []


def test_an_entry_finds_the_interview_from_before_and_every_step_can_be_undone(
    old: Path, clock: FixedClock
) -> None:
    clock.moment -= timedelta(days=10)
    with closing(open_database(old, clock)) as database:
        pipeline = Pipeline(database)
        box = read_piped(ENTRY, clock.zone, clock.now())
        assert pipeline.receive_mail(box.messages) == 1
        with closing(database.glance()) as glance:
            (one,) = read_waiting(glance, clock.zone)
        event = one.proposal.event
        assert event is not None
        assert event.starts_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
        pipeline.confirm_mail([Confirmed(one.id, MailKind.INTERVIEW, one.proposal.card_id)])
        assert interviews(old) == [(1, 60, "one@example", 1), (2, 60, "", 0)]
        steps = 0
        while True:
            try:
                pipeline.undo()
            except Refused:
                break
            steps += 1
        assert interviews(old) == []
        for _ in range(steps):
            pipeline.redo()
        assert interviews(old) == [(1, 60, "one@example", 1), (2, 60, "", 0)]
