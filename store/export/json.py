"""Everything as JSON, in a form that `rounds import` takes back whole: see `store.export.reimport`.

One application stands on each line, so that versions of the file can be compared. There is no time
of the export in it: the same board makes the same bytes. `tui/schemas/board.json` describes it.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from store.export.anonymous import Veil
from store.export.board import (
    BEFORE,
    Row,
    Table,
    alone,
    read_applications,
    read_numbers,
    read_tables,
)
from store.file.location import HEAD
from store.read.rows import Reader
from store.read.timeline import THINNED

FORMAT = "rounds board"
"""How such a file says what it is."""
VERSION = 1
"""A higher one when a name goes or means something else."""
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def board_parts(
    reader: Reader,
    *,
    chosen: Collection[int] | None = None,
    journal: bool = False,
    veil: Veil | None = None,
) -> Iterator[str]:
    """The parts of the document: of the whole board, or of the `chosen` applications.

    With `journal` also all that was done, by which `undo` works; with a `veil` nothing that names
    anybody. Only to be called inside a snapshot.
    """
    tables = read_tables(reader)
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "revision": HEAD}
    if chosen is not None:
        head["part"] = True
    if veil is not None:
        head["anonymous"] = True
    if journal:
        head["history"] = True
    yield f'{_ENCODE(head)[:-1]},"applications":['
    rows: Iterable[Row] = read_applications(reader, tables, chosen)
    if veil is not None:
        rows = map(veil.over, rows)
    yield from _lines(rows)
    for called, table in alone(tables):
        if veil is not None and table.name != "criterion":
            continue
        if chosen is not None and table.name in BEFORE:
            continue
        yield f'\n],\n"{called}":['
        kept = _rows_of(table, reader, journal=journal)
        yield from _lines(kept if veil is None else map(veil.over_criterion, kept))
    yield f'\n],\n"numbers":{_ENCODE(read_numbers(reader, journal=journal))}'
    if journal:
        yield ',\n"journal":['
        yield from _lines(_changes(reader))
        yield "\n]"
    yield "}\n"


def _rows_of(table: Table, reader: Reader, *, journal: bool) -> Iterator[Row]:
    """The rows of a table of the board as a whole; how far the journal is thinned goes with it."""
    for row in table.rows(reader, "ORDER BY id"):
        if journal or table.name != "setting" or row["name"] != THINNED:
            yield row


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Each row on a line of its own, a comma between two."""
    begin = "\n"
    for row in rows:
        yield f"{begin}{_ENCODE(row)}"
        begin = ",\n"


def _changes(reader: Reader) -> Iterator[Row]:
    """All that was done, each with the images of the rows that it touched, and without those with
    the applications that it tells of."""
    tables = read_tables(reader)
    images = tables["row_image"].rows(reader, "ORDER BY change_id, id")
    image = next(images, None)
    told: dict[int, list[int]] = {}
    for entry in tables["timeline_entry"].rows(reader, "ORDER BY change_id, application_id"):
        told.setdefault(entry["change_id"], []).append(entry["application_id"])
    for change in tables["change"].rows(reader, "ORDER BY id"):
        of: list[Row] = []
        while image is not None and image["change_id"] <= change["id"]:
            if image.pop("change_id") == change["id"]:
                for side in ("before", "after"):
                    if image[side] is not None:
                        image[side] = json.loads(image[side])
                of.append(image)
            image = next(images, None)
        change["images"] = of
        change["told_of"] = told.get(change["id"], [])
        yield change
