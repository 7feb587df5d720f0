"""The schema of the whole export is that of the tables; ROUNDS_DRAW=1 writes it anew."""

import json
import os
import re
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args

from store.export.board import ALONE, LISTS, OWNER, PARTS
from store.export.json import FORMAT, VERSION
from store.pipeline.changes.journal import TABLES
from store.tables import Change, RowImage
from store.tables.columns import Numbered
from tests.tui.cli.conftest import SCHEMAS

FILE = SCHEMAS / "board.json"
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"}
KINDS: dict[type, dict[str, Any]] = {
    bool: {"type": "boolean"}, int: {"type": "integer"}, float: {"type": "number"},
    datetime: INSTANT, date: DAY, str: {"type": "string"},
}  # fmt: skip


def choices(table: type[Numbered]) -> dict[str, list[str]]:
    """The words that a column may hold, by the checks of its table."""
    found = {}
    for check in table.__table__.constraints:  # type: ignore[attr-defined]
        said = str(getattr(check, "sqltext", ""))
        if known := re.fullmatch(r"(?:\w+ IS NULL OR )?(\w+) IN \((.*)\)", said):
            found[known[1]] = re.findall(r"'([^']*)'", known[2])
    return found


def schema_of_row(table: type[Numbered], without: str = "") -> dict[str, Any]:
    known = choices(table)
    properties: dict[str, Any] = {}
    for name, column in table.model_fields.items():
        kinds = get_args(column.annotation) or (column.annotation,)
        null = NoneType in kinds
        if name == without:
            continue
        if (str(table.__tablename__), name) in LISTS:
            properties[name] = {"type": "array", "items": {"type": "string"}}
        elif name in known:
            properties[name] = {"enum": [*known[name], *([None] if null else [])]}
        else:
            said = dict(next(said for kind, said in KINDS.items() if kind in kinds))
            properties[name] = said | ({"type": [said["type"], "null"]} if null else {})
    return closed(properties)


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip


def rows(called: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{called}"}}


def schema() -> dict[str, Any]:
    parts = {called: schema_of_row(TABLES[name], OWNER) for name, called in PARTS.items()}
    application = schema_of_row(TABLES["application"])
    application["properties"] |= {called: rows(called) for called in parts}
    application["required"] += parts
    alone = {called: schema_of_row(TABLES[name]) for name, called in ALONE.items()}
    image = schema_of_row(RowImage, "change_id")
    image["properties"] |= {side: {"type": ["object", "null"]} for side in ("before", "after")}
    change = schema_of_row(Change)
    change["properties"]["images"] = rows("image")
    change["properties"]["told_of"] = {"type": "array", "items": {"type": "integer"}}
    change["required"] += ["images", "told_of"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FILE.name,
        "title": "rounds export --format json",
        "description": "A whole board, or a part of it: each application with the rows that belong "
        "to it. Days are local, instants UTC. “numbers” has, by table, the highest number that a "
        "row ever had.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "revision": {"type": "string", "pattern": r"^\d{4}$"},
            "part": {"const": True},
            "anonymous": {"const": True},
            "history": {"const": True},
            "applications": rows("application"),
            **{called: rows(called) for called in alone},
            "numbers": {"type": "object", "additionalProperties": {"type": "integer"}},
            "journal": rows("change"),
        },
        "required": ["format", "version", "revision", "applications", "numbers"],
        "additionalProperties": False,
        "$defs": {**parts, "application": application, **alone, "image": image, "change": change},
    }


def test_the_schema_is_that_of_the_tables() -> None:
    wanted = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("ROUNDS_DRAW"):
        FILE.write_text(wanted, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == wanted


def test_every_table_has_its_place_in_the_export() -> None:
    assert {*TABLES} == {"application", *PARTS, *ALONE}
