"""LinkedIn's data export: the answers to its forms, made readable, and the connections."""

import re
from collections.abc import Iterator, Sequence

from store.exchange.incoming import Acquaintance, Answer
from store.exchange.tables.table import Body, TableRow, header_key
from store.rules.text import printable

_ANSWERS = "questionandanswers"
_BARS = re.compile(r"(?:^|\s)\|(?=\s|$)")
_ANSWERED = re.compile(r"(?P<question>.*?\?(?=:)|[^:]*:(?!//)):?\s*(?P<answer>.*)")


def with_readable_answers(headers: Sequence[str], body: Body) -> tuple[Sequence[str], Body]:
    """The table with one answer a line in the column of the answers."""
    keys = [header_key(header) for header in headers]
    if _ANSWERS in keys:
        place = keys.index(_ANSWERS)
        body.rows = [_readable_row(row, place) for row in body.rows]
    return headers, body


def people_in(headers: Sequence[str], body: Body) -> Iterator[Acquaintance]:
    """The connections in the table, as far as their employer is told."""
    names = ("company", "firstname", "lastname", "position")
    for company, first, last, position in _cells_of(headers, body, names):
        name = f"{first} {last}".strip()
        if company and name:
            yield Acquaintance(company, name, position)


def answers_in(headers: Sequence[str], body: Body) -> Iterator[Answer]:
    """The questions in the table that have an answer."""
    for question, text in _cells_of(headers, body, ("question", "answer")):
        if question and text:
            yield Answer(question, text)


def _cells_of(headers: Sequence[str], body: Body, names: Sequence[str]) -> Iterator[Sequence[str]]:
    """The cells of the columns with these names, each on one line."""
    keys = [header_key(header) for header in headers]
    places = [keys.index(name) if name in keys else len(keys) for name in names]
    for _, cells in body.rows:
        yield [
            " ".join(printable(cells[place]).split()) if place < len(cells) else ""
            for place in places
        ]


def _readable_row(row: TableRow, place: int) -> TableRow:
    if place >= len(row.cells) or not row.cells[place]:
        return row
    cells = list(row.cells)
    cells[place] = readable_answers(cells[place])
    return row._replace(cells=cells)


def readable_answers(text: str) -> str:
    """The answers in "question:answer | question:answer", one to a line, for people to read."""
    lines = (line.strip() for part in _BARS.split(text) for line in part.splitlines())
    return "\n".join(_readable(line) for line in lines if line)


def _readable(line: str) -> str:
    match = _ANSWERED.fullmatch(line)
    return f"{match['question']} {match['answer']}".strip() if match else line
