"""From 0002 to the newest form: the contact of an application's own row becomes one of its people.

`samples/board-0002.sql` was written by the program of that time, through its use cases: contacts
with and without a name, one who takes part in interviews too, one who was exchanged for another,
one who had been removed from the people, an import, a deleted application, two rounds of
interviews, a cancelled one, an offer, a step undone.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.file.database import Database, open_database
from store.pipeline import Pipeline
from store.rules.text import Refused

SAMPLE = Path(__file__).with_name("samples") / "board-0002.sql"


@pytest.fixture
def old(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SAMPLE.read_text(encoding="utf-8"))
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


def people(path: Path) -> list[Any]:
    return ask(
        path,
        "SELECT application_id, name, email, relation, main FROM contact "
        "ORDER BY application_id, id",
    )


PEOPLE = [
    (1, "ana ruiz", "ana@globex.example", "interviewer", 1),
    (1, "Bo", "", "interviewer", 0),
    (1, "Cy", "", "interviewer", 0),
    (2, "", "jobs@hooli.example", "other", 1),
    (3, "Bill", "", "manager", 0),
    (3, "Milton", "m@initech.example", "other", 1),
    (4, "Dee", "", "reference", 0),
    (4, "Eve", "eve@stark.example", "other", 1),
    (6, "Perry", "p@planet.example", "other", 1),
]
"""What the sample comes to: whoever stood in the form is the one to write to."""


def test_who_stood_in_the_form_is_one_of_the_people(new: Database) -> None:
    assert people(new.path) == PEOPLE
    fields = new.glance().dossier(3).fields
    assert (fields["contact_name"], fields["contact_email"]) == ("Milton", "m@initech.example")


def test_nothing_else_is_lost(old: Path, clock: FixedClock) -> None:
    names = [
        row[1]
        for row in ask(old, "PRAGMA table_info(application)")
        if not row[1].startswith("contact_")
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    wanted = [
        f"SELECT {columns} FROM application ORDER BY id",
        "SELECT * FROM interviewer ORDER BY id",
        "SELECT * FROM note ORDER BY id",
        "SELECT * FROM message ORDER BY id",
        "SELECT id, at, happened_on, verb, summary, state, target_id FROM change ORDER BY id",
    ]
    before = [ask(old, sql) for sql in wanted]
    given = dict(ask(old, "SELECT name, seq FROM sqlite_sequence"))
    open_database(old, clock).close()
    assert [ask(old, sql) for sql in wanted] == before
    still = dict(ask(old, "SELECT name, seq FROM sqlite_sequence"))
    assert all(still[name] >= seq for name, seq in given.items())
    assert ask(old, "PRAGMA foreign_key_check") == []


def test_no_id_is_given_twice(new: Database) -> None:
    pipeline = Pipeline(new)
    images = "SELECT DISTINCT row_id FROM row_image WHERE table_name = 'contact'"
    known = {row_id for (row_id,) in ask(new.path, images)}
    made = pipeline.contact(4, "Somebody new").made
    assert made is not None
    assert made not in known
    assert made > max(known)
    assert pipeline.add("New", "Role").application_id == 8


def test_who_was_told_of_an_offer_knows_its_deadline(old: Path, clock: FixedClock) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE application SET offer_deadline_on = '2026-11-30' WHERE id = 2")
        connection.execute("UPDATE follow_up SET state = 'done' WHERE rule = 'R16'")
    open_database(old, clock).close()
    found = ask(old, "SELECT rule, names_day FROM follow_up WHERE names_day IS NOT NULL")
    assert found == [("R16", "2026-11-30")]


def test_rounds_instead_of_a_running_number(new: Database) -> None:
    talks = new.glance().dossier(1).interviews
    assert [(talk.id, talk.called) for talk in talks] == [
        (1, "first"), (2, "first"), (3, "second"), (4, "second"),
    ]  # fmt: skip


def test_every_step_from_before_can_be_undone_and_done_again(new: Database) -> None:
    pipeline = Pipeline(new)
    seen = [people(new.path)]
    while True:
        try:
            pipeline.undo()
        except Refused:
            break
        seen.append(people(new.path))
    assert ask(new.path, "SELECT count(*) FROM application") == [(0,)]
    assert seen[-1] == []
    back = {row[1:3] for step in seen for row in step}
    assert ("Lucius", "l@wayne.example") in back, "deleted with the application, back with it"
    assert ("Bill", "") in back, "the one who was exchanged"
    for _ in range(len(seen) - 1):
        seen.pop()
        pipeline.redo()
        assert people(new.path) == seen[-1]
    assert people(new.path) == PEOPLE
