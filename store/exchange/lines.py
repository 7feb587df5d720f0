"""Applications that somebody lists by hand, one a line: “Globex; SRE; yesterday; #remote”.

What comes after company and role says itself what it is, by its form or by a name before a colon.
A first line with the names of columns makes a table of it, in commas, semicolons or tabs.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from store.exchange.incoming import Problem
from store.exchange.tables.delimited import text_candidates
from store.exchange.tables.table import TableRow
from store.rules import fields
from store.rules.people import read_relation
from store.rules.stages import Stage, read_stage
from store.rules.text import Refused, clean, clean_tags, quoted, suggestion
from store.rules.typed.days import NotADay, parse_day

_NAMES: Mapping[str, str] = {
    "company": "company", "employer": "company",
    "role": "role", "position": "role", "job": "role", "job title": "role",
    "applied": "applied_on", "applied on": "applied_on", "date": "applied_on",
    "stage": "stage",
    "url": "url", "link": "url", "posting": "url",
    "location": "location", "place": "location", "city": "location",
    "source": "source",
    "salary": "salary", "pay": "salary",
    "tag": "tags", "tags": "tags",
    "contact": "contact_name",
    "email": "contact_email", "e mail": "contact_email",
    "relation": "contact_relation",
    "note": "note", "notes": "note",
}  # fmt: skip
"""What a column, or a word before a colon, may be called."""
SHOWN = (
    "company", "role", "applied", "stage", "url", "location", "source", "salary", "tags",
    "contact", "email", "relation", "note",
)  # fmt: skip
"""The names that are told."""
_NAMED = re.compile(r"([^\W\d][\w -]{0,30}):(?!//)\s*(.*)", re.DOTALL)
_LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_BETWEEN_TAGS = re.compile(r"\s*,\s*|\s+(?=#)")


class Listed(NamedTuple):
    """One application of the list: its line, counted from 1, and the words of `Pipeline.add`."""

    line: int
    words: Mapping[str, Any]


def read_lines(text: str, today: date) -> tuple[Sequence[Listed], Sequence[Problem]]:
    """The applications in `text`, and what is wrong with a line; blank lines are left out.

    Raises Refused for a table that is too big, or has a column that nobody knows.
    """
    lines = [(at, line) for at, line in enumerate(text.split("\n"), start=1) if line.strip()]
    problems: list[Problem] = []
    above = lines[0][0] - 1 if lines else 0
    below = "\n".join(text.split("\n")[above:])
    table = next((c for c in text_candidates(below) if _is_header(c.headers)), None)
    if lines and table is not None and table.line == 1:
        for column in filter(None, table.headers):
            _meaning_of(_key(column), "column")
        body = table.read()
        names = [_key(header) for header in table.headers]
        rows = [(row.line + above, _cells(row, names)) for row in body.rows]
        said = "A quotation mark is out of place."
        problems += [Problem(each.line + above, said) for each in body.broken]
    else:
        rows = [(at, _split(line)) for at, line in lines]
    listed: list[Listed] = []
    for at, cells in rows:
        try:
            listed.append(Listed(at, _read(cells, today)))
        except Refused as refused:
            problems.append(Problem(at, str(refused)))
    return listed, sorted(problems, key=lambda problem: problem.line)


_Cells = Sequence[tuple[str, str]]
"""What stands on a line: each cell behind its name, which is "" where it says itself what it is."""
_NO_COLUMN = "?"


def _is_header(headers: Sequence[str]) -> bool:
    return {"company", "role"} <= {_NAMES.get(_key(header)) for header in headers}


def _cells(row: TableRow, names: Sequence[str]) -> _Cells:
    named: dict[str, str] = {}
    for name, cell in zip(names, row.cells, strict=False):
        named.setdefault(name, cell)
    surplus = ((_NO_COLUMN, cell) for cell in row.cells[len(names) :] if cell)
    return [*((name, cell) for name, cell in named.items() if cell), *surplus]


def _split(line: str) -> _Cells:
    """A line without names of columns: company, role, and what says itself what it is."""
    line = " ".join(line.strip().split("\r"))
    separator = "\t" if "\t" in line else ";"
    cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    names = ["company", "role", *([""] * len(cells))]
    return [(name, cell.strip()) for name, cell in zip(names, cells, strict=False)]


def _read(cells: _Cells, today: date) -> Mapping[str, Any]:
    """The words of `Pipeline.add` that the cells of one line stand for; Refused for a wrong one."""
    found: dict[str, Any] = {}
    for named, cell in cells:
        if named == _NO_COLUMN:
            raise Refused(f"{quoted(cell)} stands below no column.")
        name, text = (_NAMES[named], cell) if named else _recognise(cell, today)
        if not text:
            continue
        if name == "tags":
            found[name] = clean_tags((*found.get(name, ()), *_BETWEEN_TAGS.split(text)))
        elif name in found:
            raise Refused(f"{quoted(text)} is a second {_display_name(name)}.")
        else:
            found[name] = _clean(name, text, today)
    if missing := [name for name in ("company", "role") if name not in found]:
        raise Refused(f"There is no {missing[0]}. Write “Company; Role”.")
    return found


def _recognise(cell: str, today: date) -> tuple[str, str]:
    """What a cell without a name is, and its text; Refused where it does not say that."""
    if not cell:
        return "note", ""
    if cell.startswith("#"):
        return "tags", cell
    if _LINK.fullmatch(cell):
        return "url", cell
    if _ADDRESS.fullmatch(cell):
        return "contact_email", cell
    if named := _NAMED.fullmatch(cell):
        return _meaning_of(named[1], "field"), named[2].strip()
    with suppress(Refused):
        return "stage", read_stage(cell)
    with suppress(NotADay):
        parse_day(cell, today, past=True)
        return "applied_on", cell
    raise Refused(f"{quoted(cell)} needs a name: write “location: …”, “salary: …” or “note: …”.")


def _meaning_of(name: str, what: str) -> str:
    """What the name stands for; Refused, with a guess and those there are, for another."""
    key = _key(name)
    if key not in _NAMES:
        like = suggestion(key, _NAMES)
        raise Refused(f"There is no {what} {quoted(name)}.{like} There are {', '.join(SHOWN)}.")
    return _NAMES[key]


def _key(name: str) -> str:
    return _BETWEEN_WORDS.sub(" ", name).strip().casefold()


def _clean(name: str, text: str, today: date) -> object:
    if name == "applied_on":
        return parse_day(text, today, past=True)
    if name == "stage":
        return Stage(read_stage(text))
    if name == "contact_relation":
        return read_relation(text)
    return clean(text, fields.NOTE if name == "note" else fields.APPLICATION[name])


def _display_name(name: str) -> str:
    return next(shown for shown in SHOWN if _NAMES[shown] == name)
