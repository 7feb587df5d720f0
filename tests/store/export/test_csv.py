"""Tables that every reader of CSV reads, and no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.exchange.document import Document
from store.exchange.files import read_document
from store.export.board import Row
from store.export.csv import APPLICATION, TABLES, CsvLine, all_tables, guard, table_parts
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from tests.makers import NOW, TODAY
from tests.store.export.conftest import rows_of
from tests.tables import each_row


def read(text: str) -> list[dict[str, str]]:
    """A table as the standard library reads it."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_four_tables_have_their_columns_and_as_many_rows(sample: Database) -> None:
    tables = dict(all_tables(rows_of(sample)))
    assert list(tables) == list(TABLES)
    rows = rows_of(sample)
    parts = {"interviews.csv": "interviews", "contacts.csv": "contacts",
             "follow-ups.csv": "follow_ups"}  # fmt: skip
    for name, lines in tables.items():
        found = read("".join(lines))
        many = sum(len(row[parts[name]]) for row in rows) if name in parts else len(rows)
        assert len(found) == many
        assert tuple(found[0]) == tuple(TABLES[name][0])
        assert all(line.endswith("\r\n") for line in lines)


def test_what_is_known_stands_in_its_column(sample: Database) -> None:
    (globex,) = [
        one for one in read("".join(table_parts(rows_of(sample)))) if one["Company"] == "Globex"
    ]
    assert (globex["Role"], globex["Stage"], globex["Outcome"]) == ("Staff Engineer", "second", "")
    assert globex["Tags"] == "python; platform"
    assert (globex["Contact"], globex["Email"]) == ("Ana Ruiz", "ana.ruiz@globex.example")
    assert globex["Applied"] < globex["Reached first"] < globex["Reached second"]
    assert globex["Notes"].startswith("For the question about leading people")
    tables = dict(all_tables(rows_of(sample)))
    (first, second) = [
        one for one in read("".join(tables["interviews.csv"])) if one["Company"] == "Globex"
    ]
    assert (first["Stage"], second["Stage"]) == ("first", "second")
    assert second["With"] == "Ana Ruiz, Bo Lindqvist"
    starts = datetime.fromisoformat(second["Starts"])
    assert (starts.hour, starts.minute, second["Time zone"]) == (14, 0, "Europe/Berlin")


FORMULAS = ["=1+1", "+49 30 1234", "-5", "@SUM(A1)", "'=x", "''=x", "＝1", "=cmd|' /C calc'!A0"]
PLAIN = ["Globex", "'s Hertogenbosch", "a=b", "", "5", "'", "1-2"]


@each_row("cell", FORMULAS)
def test_a_formula_is_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@each_row("cell", PLAIN)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guard(cell) == cell


@given(st.lists(st.text(), min_size=1))
def test_no_cell_of_any_line_begins_as_a_formula(cells: list[str]) -> None:
    (found,) = csv.reader(io.StringIO(CsvLine()(cells), newline=""))
    assert len(found) == len(cells)
    assert not [cell for cell in found if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def taken(text: str) -> Any:
    """The applications that an import finds in a table."""
    document = Document("applications.csv", text.encode("utf-8-sig"))
    return read_document(document, TODAY)


def test_import_takes_the_guard_off(row: Callable[..., Row]) -> None:
    said = {"location": "=HYPERLINK(1)", "source": "'=x", "salary": "+80k", "channel": "@home"}
    written = row("-Globex", "=Engineer", **said, tags=("+remote", "@x"))
    parsed = taken("".join(table_parts([written])))
    (found,) = parsed.rows
    assert parsed.format == "rounds"
    assert (found.company, found.role) == ("-Globex", "=Engineer")
    assert {name: getattr(found, name) for name in said} == said
    assert found.tags == ("+remote", "@x")


def test_the_table_comes_back_with_stages_days_and_ends(pipeline: Pipeline, db: Database) -> None:
    for company in ("Globex", "Initech", "Hooli"):
        pipeline.add(company, "Engineer", applied_on=date(2026, 11, 2), url=f"https://{company}.de")
    pipeline.move(1, Stage.FIRST, on=date(2026, 11, 10))
    pipeline.move(1, Stage.SECOND, on=date(2026, 11, 20))
    pipeline.close(2, Outcome.NO_RESPONSE)
    pipeline.note(3, "a\nb; c")
    parsed = taken("".join(table_parts(rows_of(db))))
    assert (parsed.problems, len(parsed.rows)) == ((), 3)
    one, two, three = parsed.rows
    assert (one.stage, [step.on for step in one.steps]) == (
        Stage.SECOND, [date(2026, 11, 10), date(2026, 11, 20)],
    )  # fmt: skip
    assert (two.outcome, two.closed_on) == (Outcome.NO_RESPONSE, NOW.date())
    assert (three.applied_on, three.note, three.url) == (
        date(2026, 11, 2), "a\nb; c", "https://Hooli.de",
    )  # fmt: skip


def test_every_column_is_read_or_stands_for_more(sample: Database) -> None:
    parsed = taken("".join(table_parts(rows_of(sample))))
    assert len(parsed.rows) == 25
    assert not parsed.problems
    unread = {column.name for column in parsed.columns if not column.target}
    assert unread == {
        "ID", "Posted", "They decide by", "Offer deadline", "Reason", "Keep", "Change",
        "Why this role", "Why this company", "Added", "Changed",
    }  # fmt: skip
    assert {column.name for column in parsed.columns} == set(APPLICATION)


def test_a_card_that_went_back_is_where_it_stands(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer")
    pipeline.move(1, Stage.SECOND)
    pipeline.move(1, Stage.FIRST)
    (found,) = taken("".join(table_parts(rows_of(db)))).rows
    assert found.stage is Stage.FIRST
