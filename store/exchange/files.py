"""Files that people bring along: any table, in the formats that are known and in the user's own.

`tables` reads what lies in files as rows of text, `sources` finds those with applications,
`mapping` says what their columns and statuses stand for, `reading` makes applications of them. A
further known format is a file in `formats` (see `known`) and a sample of it in the tests.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, tzinfo
from pathlib import Path

from store.exchange.document import Document
from store.exchange.huntr import with_activities
from store.exchange.incoming import (
    Acquaintance,
    Answer,
    FileColumn,
    Incoming,
    Parsed,
    Problem,
    Status,
)
from store.exchange.linkedin import answers_in, people_in
from store.exchange.mapping import (
    SEVERAL,
    SKIP,
    Choices,
    Layout,
    headers_name,
    known_statuses,
    status_key,
    without_number,
)
from store.exchange.reading import TableRead, read_table
from store.exchange.sources import FoundTable, columns_of, find_tables
from store.exchange.tables.table import Body, Candidate, TooMuch, header_key
from store.rules.employers import folded_employer
from store.rules.text import Refused, quoted, suggestion

Recall = Callable[[str], Choices]
"""What was said before about files with the columns of this name."""


def read_file(path: Path, today: date, choices: Choices | None = None) -> Parsed:
    """The applications in the file at `path`, as `read_document`.

    Refused as well for a file that cannot be opened.
    """
    return read_document(Document.open(path), today, choices)


def read_document(
    document: Document,
    today: date,
    choices: Choices | None = None,
    recall: Recall | None = None,
    told: Callable[[int], None] = lambda _: None,
    *,
    wanted: Sequence[str] = (),
    zone: tzinfo | None = None,
) -> Parsed:
    """The applications in `document`: of a known format, else a table with guessed columns.

    `choices` are what the user says of it, `recall` what was said before about the same columns;
    `told` hears from time to time how many rows are read. A table counts as one of applications
    although no column looks like what is `wanted`: the user is about to say which it is. The day
    of an instant is the one in `zone`. Writes
    nothing. Raises Refused for what cannot be decoded, is too big or no table of applications, and
    for choices that fit nothing in it; single rows that make no sense come back in
    `Parsed.problems`.
    """
    try:
        return _read_document(document, today, choices or Choices(), recall, told, wanted, zone)
    except TooMuch as much:
        raise much.of(document.name) from None


def _read_document(
    document: Document,
    today: date,
    said: Choices,
    recall: Recall | None,
    told: Callable[[int], None],
    wanted: Sequence[str],
    zone: tzinfo | None,
) -> Parsed:
    choices = said
    tables = find_tables(document, (*choices.columns.values(), *wanted))
    headers = headers_name(header for table in tables for header in table.candidate.headers)
    tables, beside = _join(tables)
    _check_columns(said, tables)
    if recall is not None:
        choices = said.over(recall(headers))
    several = len(tables) > 1
    read = [_read(table, choices, today, told, zone, several=several) for table in tables]
    _check_statuses(said, read)
    guessed = any(table.known is None for table in tables)
    problems = [*document.remarks, *(problem for one in read for problem in one.problems)]
    return Parsed(
        format=_name_of(tables),
        rows=tuple(row for one in read for row in one.rows),
        problems=tuple(sorted(problems, key=lambda problem: (problem.file, problem.line))),
        saved=tuple(problem for one in read for problem in one.saved),
        columns=_columns(read),
        statuses=_statuses(read),
        headers=headers,
        people=_people([row for one in read for row in one.rows], beside.get("people", ())),
        answers=_answers(beside.get("answers", ())),
        source=quoted(document.name) if guessed else _name_of(tables),
        guessed=guessed,
    )


def _join(
    found: Sequence[FoundTable],
) -> tuple[list[FoundTable], Mapping[str, Sequence[Candidate]]]:
    """The tables with applications, together with what belongs into their rows, and by what they
    are kept for those that are beside them."""
    beside: dict[str, list[Candidate]] = {}
    for table in found:
        if table.known is not None and table.known.keeps:
            beside.setdefault(table.known.keeps, []).append(table.candidate)
    tables = [
        FoundTable(with_activities(candidate, beside[known.joins]), known)
        if known is not None and known.joins in beside
        else FoundTable(candidate, known)
        for candidate, known in found
        if known is None or not known.keeps
    ]
    return tables, beside


def _answers(tables: Sequence[Candidate]) -> tuple[Answer, ...]:
    """The answers in the tables, the last one to each question."""
    given = {
        answer.question.casefold(): answer
        for table in tables
        for answer in answers_in(table.headers, table.read())
    }
    return tuple(given.values())


def _people(rows: Sequence[Incoming], tables: Sequence[Candidate]) -> tuple[Acquaintance, ...]:
    """Those of the connections who are at an employer of the rows."""
    there = {folded_employer(row.company) for row in rows} - {""}
    return tuple(
        person
        for table in tables
        for person in people_in(table.headers, table.read())
        if folded_employer(person.company) in there
    )


def _name_of(tables: Sequence[FoundTable]) -> str:
    names = [table.known.name for table in tables if table.known and not table.known.saved]
    return " and ".join(dict.fromkeys(names)) or "Your own table"


def _read(
    table: FoundTable,
    choices: Choices,
    today: date,
    told: Callable[[int], None],
    zone: tzinfo | None,
    *,
    several: bool,
) -> TableRead:
    known, headers = table.known, table.candidate.headers
    body: Body = table.candidate.read()
    if known is not None and known.prepare is not None:
        made, body = known.prepare(headers, body)
        headers = tuple(made)
    columns = dict(known.mapping(headers)) if known is not None else columns_of(table)
    for key, target in choices.columns.items():
        if target != SKIP:
            _free(columns, target)
        columns[key] = target
    statuses = known.statuses if known is not None else known_statuses()
    loose = known is None or known.loose
    if known is not None and known.loose:
        statuses = {**known_statuses(), **statuses}
    how = Layout(
        name=known.name if known is not None else "",
        columns=columns,
        statuses={**statuses, **choices.statuses},
        loose=loose,
        order=choices.order or (known.order if known is not None else None),
        dated=known.dated if known is not None else "",
        source=known.source if known is not None else "",
        entities=known is not None and known.entities,
        saved=known is not None and known.saved,
        zone=zone,
        utc=known is not None and known.utc,
        roleless=known is not None and known.roleless,
        file=table.candidate.file if several else "",
    )
    return read_table(headers, body, how, today, told)


def _free(columns: dict[str, str], target: str) -> None:
    """A column that the user names for `target` takes the place of the one that was guessed."""
    if target not in SEVERAL:
        for key in [key for key, taken in columns.items() if taken == target]:
            del columns[key]


def _check_columns(choices: Choices, tables: Sequence[FoundTable]) -> None:
    headers = [header for table in tables for header in _all_headers(table) if header]
    keys = {header_key(header): header for header in headers}
    for key in choices.columns:
        if key not in keys:
            like = suggestion(key, keys)
            named = ", ".join(quoted(header, 24) for header in keys.values())
            raise Refused(f"There is no column {quoted(key)}.{like} There are {named}.")


def _all_headers(table: FoundTable) -> Sequence[str]:
    """The columns of a table, and those that are made of them."""
    headers, known = table.candidate.headers, table.known
    made = known.prepare(headers, Body())[0] if known and known.prepare else ()
    return (*headers, *made)


def _check_statuses(choices: Choices, read: Sequence[TableRead]) -> None:
    met = {status_key(status.name): status.name for one in read for status in one.statuses}
    for key in choices.statuses:
        if met and key not in met and key not in map(without_number, met):
            like = suggestion(key, met)
            named = ", ".join(quoted(name, 24) for name in list(met.values())[:12])
            raise Refused(f"There is no status {quoted(key)} in the file.{like} It has {named}.")


def _columns(read: Sequence[TableRead]) -> tuple[FileColumn, ...]:
    found: dict[str, FileColumn] = {}
    for one in read:
        for column in one.columns:
            found.setdefault(header_key(column.name), column)
    return tuple(found.values())


def _statuses(read: Sequence[TableRead]) -> tuple[Status, ...]:
    found: dict[str, Status] = {}
    for one in read:
        for status in one.statuses:
            if status.name:
                there = found.get(status.name)
                rows = status.rows + (there.rows if there else 0)
                found[status.name] = status._replace(rows=rows)
    return tuple(sorted(found.values(), key=lambda status: -status.rows))


__all__ = ["Incoming", "Parsed", "Problem", "read_document", "read_file"]
