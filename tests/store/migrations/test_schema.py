"""The migrated schema is the one that the tables describe, down to checks and views."""

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, create_engine, inspect
from sqlmodel import SQLModel

from store import tables
from store.clock import FixedClock
from store.file import location as schema
from store.file.database import open_database
from store.file.engine import engine_for
from store.file.upgrade import MIGRATIONS
from store.model.dossier import Card
from tests.tables import each_row

TABLES = sorted(SQLModel.metadata.tables)

CARD_COLUMNS = [
    "id",
    "version",
    "company",
    "role",
    "stage",
    "outcome",
    "applied_on",
    "stage_since",
    "closed_on",
    "location",
    "url",
    "source",
    "salary",
    "tags",
    "expected_by",
    "offer_deadline_on",
    "offer_deadline_at",
    "dormant_on",
    "close_suggested_on",
    "position",
    "employer",
    "waiting",
    "imported_on",
    "starts_work_on",
    "undated",
]
FOLLOW_UP_COLUMNS = [
    "id",
    "application_id",
    "company",
    "role",
    "stage",
    "outcome",
    "dormant_on",
    "interview_id",
    "rule",
    "action",
    "label",
    "day",
    "due_on",
    "due_at",
    "not_before",
    "late_until",
    "lapses_at",
    "reason",
    "nth",
    "of",
    "snoozed_to",
    "person",
    "late_from",
    "planned_on",
    "imported_on",
    "employer",
]


@pytest.fixture
def migrated(path: Path, empty_board: bytes) -> Iterator[Engine]:
    """A board that the migrations made."""
    path.write_bytes(empty_board)
    engine = engine_for(path, keep=False)
    yield engine
    engine.dispose()


@pytest.fixture
def described() -> Iterator[Engine]:
    """A database made straight from the tables."""
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_autogenerate_finds_nothing_to_do(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_there_are_no_other_tables(migrated: Engine) -> None:
    assert sorted(inspect(migrated).get_table_names()) == sorted([*TABLES, "alembic_version"])


@each_row("table", TABLES)
def test_every_table_is_as_described(table: str, migrated: Engine, described: Engine) -> None:
    """Autogenerate looks at no CHECK, no ON DELETE on SQLite, and no column's place as key."""
    assert form(inspect(migrated), table) == form(inspect(described), table)


def form(inspector: Inspector, table: str) -> dict[str, object]:
    """All that the database knows about `table`, without the order in which it came to be."""

    def named(found: list[dict[str, object]]) -> dict[str, dict[str, object]]:
        return {str(sorted(map(str, one.items()))): one for one in found}

    columns = {
        str(column["name"]): {key: str(value) for key, value in column.items()}
        for column in inspector.get_columns(table)
    }
    return {
        "columns": columns,
        "key": inspector.get_pk_constraint(table),
        "checks": named([dict(found) for found in inspector.get_check_constraints(table)]),
        "foreign keys": named([dict(found) for found in inspector.get_foreign_keys(table)]),
        "unique": named([dict(found) for found in inspector.get_unique_constraints(table)]),
        "indexes": named([dict(found) for found in inspector.get_indexes(table)]),
    }


@each_row("table", sorted(set(TABLES) - {"setting", "timeline_entry"}))
def test_ids_are_never_given_twice(table: str, migrated: Engine) -> None:
    """Undo of a deletion brings the old id back; no other row may have taken it meanwhile."""
    with migrated.connect() as connection:
        (sql,) = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).one()
    assert "AUTOINCREMENT" in sql


@pytest.mark.parametrize(
    ("view", "columns"), [("board_card", CARD_COLUMNS), ("open_follow_up", FOLLOW_UP_COLUMNS)]
)
def test_the_views_have_what_reading_asks_for(
    view: str, columns: list[str], migrated: Engine
) -> None:
    assert [column["name"] for column in inspect(migrated).get_columns(view)] == columns


def test_board_card_holds_every_stored_field_of_a_card() -> None:
    computed = {"follow_up", "interview", "met", "deadline_on", "deadline_at"}
    stored_as = {"quiet_on": "dormant_on"}
    stored = {stored_as.get(name, name) for name in set(Card.__annotations__) - computed}
    assert stored <= set(CARD_COLUMNS)


def test_head_is_alembics_head_and_the_revisions_are_its_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    line = [revision.revision for revision in script.walk_revisions()]
    assert line[::-1] == list(schema.REVISIONS)
    assert script.get_heads() == [schema.HEAD]


def test_no_migration_leans_on_the_live_tables() -> None:
    for file in (MIGRATIONS / "versions").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert tables.__name__ not in text.replace(f"`{tables.__name__}`", ""), file.name
        assert "import store" not in text, file.name


def test_migrating_says_nothing(
    path: Path, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said), caplog.at_level(logging.WARNING):
        open_database(path, clock).close()
    assert said.getvalue() == ""
    assert caplog.records == []
