"""The tables of many boards in one database, drawn from those of one board in a file.

The columns stand in the order of the file, so that an export is the same to the letter. Every key
begins with the board; texts are compared byte by byte, as SQLite does.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Table, UniqueConstraint

from store.tables import Application

_KINDS = {
    "INTEGER": "bigint",
    "DATE": "date",
    "DATETIME": "timestamptz",
    "BOOLEAN": "boolean",
    "FLOAT": "double precision",
}
_MINE = "current_setting('rounds.board')::bigint"


def draw(board: Path) -> tuple[str, str]:
    """The SQL of the tables, and of the views through which one board is seen."""
    with closing(sqlite3.connect(board)) as file:
        order = {
            table.name: [row[1] for row in file.execute(f"PRAGMA table_info({table.name})")]
            for table in Application.metadata.sorted_tables
        }
        kinds = {
            (table, row[1]): row[2]
            for table in order
            for row in file.execute(f"PRAGMA table_info({table})")
        }
        views = [
            (name, sql)
            for name, sql in file.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"
            )
        ]
    head = "-- Drawn by tests/store/server/test_schema.py: not to be changed by hand.\n"
    made = [_table(table, order[table.name], kinds) for table in Application.metadata.sorted_tables]
    seen = [_view(table.name, order[table.name]) for table in Application.metadata.sorted_tables]
    shown = [_made_view(name, sql) for name, sql in views]
    return f"{head}\n" + "\n".join(made), f"{head}\n" + "\n".join([*seen, *shown])


def _table(table: Table, order: list[str], kinds: dict[tuple[str, str], str]) -> str:
    names = {column.name: column for column in table.columns}
    lines = [f"board bigint NOT NULL DEFAULT {_MINE}"]
    lines += [_column(table.name, names[name], kinds[table.name, name]) for name in order]
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    lines.append(f"PRIMARY KEY (board, {key})")
    lines += sorted(_constraints(table))
    if not table.foreign_key_constraints:
        lines.append("FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE")
    body = ",\n    ".join(lines)
    return f'CREATE TABLE rounds."{table.name}" (\n    {body}\n);\n' + "".join(_indexes(table))


def _column(table: str, column: Column[object], kind: str) -> str:
    made = _KINDS.get(kind, 'text COLLATE "C"')
    line = f'"{column.name}" {made}'
    if not column.nullable:
        line += " NOT NULL"
    if column.primary_key and column.name == "id":
        line += f" DEFAULT rounds.next_number('{table}')"
    return line


def _constraints(table: Table) -> Iterator[str]:
    for one in table.constraints:
        if isinstance(one, CheckConstraint):
            yield f'CONSTRAINT "{one.name}" CHECK ({one.sqltext})'
        elif isinstance(one, UniqueConstraint):
            listed = ", ".join(f'"{column.name}"' for column in one.columns)
            yield f"UNIQUE (board, {listed})"
        elif isinstance(one, ForeignKeyConstraint):
            yield _reference(one)


def _reference(one: ForeignKeyConstraint) -> str:
    (column,) = one.columns
    goes = one.ondelete
    if goes == "SET NULL":
        goes = f'SET NULL ("{column.name}")'
    when = "DEFERRED" if one.initially == "DEFERRED" else "IMMEDIATE"
    return (
        f'FOREIGN KEY (board, "{column.name}") REFERENCES rounds."{one.referred_table.name}" '
        f"(board, id) ON DELETE {goes} DEFERRABLE INITIALLY {when}"
    )


def _indexes(table: Table) -> Iterator[str]:
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        listed = ", ".join(f'"{column.name}"' for column in index.columns)
        unique = "UNIQUE " if index.unique else ""
        yield f'CREATE {unique}INDEX "{index.name}" ON rounds."{table.name}" (board, {listed});\n'


def _view(table: str, order: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in order)
    return (
        f'CREATE VIEW rounds_board."{table}" WITH (security_invoker = true) AS\n'
        f'SELECT {listed} FROM rounds."{table}" WHERE board = {_MINE};\n'
    )


def _made_view(name: str, sql: str) -> str:
    _, _, query = sql.partition(" AS\n")
    query = re.sub(r"\b(FROM|JOIN) ([a-z_]+)", r"\1 rounds_board.\2", query.strip())
    return f"CREATE VIEW rounds_board.{name} WITH (security_invoker = true) AS\n{query};\n"
