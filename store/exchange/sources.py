"""Where the tables are in a file, and which of them hold applications."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from store.exchange.archive import Members, Unpackable, open_archive
from store.exchange.document import Document
from store.exchange.exported import candidate as export_candidate
from store.exchange.exported import is_export
from store.exchange.incoming import Problem
from store.exchange.known import KnownFormat, which
from store.exchange.mapping import guess_columns
from store.exchange.tables.delimited import text_candidates
from store.exchange.tables.objects import object_candidates, read_json
from store.exchange.tables.table import Candidate
from store.exchange.tables.workbook import is_workbook, workbook_candidates
from store.exchange.trello import board_candidate, is_board
from store.exchange.which_command import refuse_page_or_mail
from store.rules.text import Refused, quoted

_SAYING = ("role", "status", "applied", "url")
"""Beside the company one of these must be there, or a table is none of applications."""


class FoundTable(NamedTuple):
    """A table with applications, and the format that it has; None for one of the user's own."""

    candidate: Candidate
    known: KnownFormat | None


def find_tables(document: Document, said: Sequence[str] = ()) -> list[FoundTable]:
    """The tables in `document` that hold applications, or lists of known formats beside them.

    `said` are the targets of columns that the user named, so that those need not be guessed.
    Raises Refused where there is none.
    """
    if document.is_packed:
        archive = open_archive(document.name, document.data)
        if not is_workbook(archive):
            return _in_archive(document, Members(document.name, archive), said)
        found = list(workbook_candidates(archive, document.name))
    else:
        if document.table is None:
            refuse_page_or_mail(document.name, document.data)
        found = list(_candidates(document, ""))
    known = _best_known(found)
    if known is not None:
        if known.known is not None and known.known.skip | known.known.saved:
            raise Refused(known.known.alone)
        return [known]
    if (own := _best_own(found, said)) is not None:
        return [own]
    raise _nothing_in(document.name, found)


def _candidates(document: Document, file: str) -> Iterator[Candidate]:
    if document.table is not None or is_export(document.data):
        yield document.table or export_candidate(document)
        return
    text = document.text
    found = read_json(text, document.name)
    if found is None:
        yield from text_candidates(text, file)
    elif is_board(found):
        yield board_candidate(found, file)
    else:
        yield from object_candidates(found, text, file)


def _best_known(found: Sequence[Candidate]) -> FoundTable | None:
    tables = [FoundTable(one, known) for one in found if (known := which(one.headers))]
    return max(tables, key=_needs, default=None)


def _needs(table: FoundTable) -> int:
    return len(table.known.needs) if table.known is not None else 0


def _best_own(found: Sequence[Candidate], said: Sequence[str]) -> FoundTable | None:
    """The table of which most columns could be guessed; the first of several."""
    best, most = None, 0
    for one in found:
        targets = set(guess_columns(one.headers).values()) | set(said)
        if "company" in targets and targets.intersection(_SAYING) and len(targets) > most:
            best, most = FoundTable(one, None), len(targets)
    return best


def _in_archive(document: Document, members: Members, said: Sequence[str]) -> list[FoundTable]:
    """The tables of an archive that are of known formats; else the one of the user's own."""
    known: list[FoundTable] = []
    own: list[FoundTable] = []
    remarks: dict[str, list[Problem]] = {}
    for member in members:
        whole = member.name.lower().endswith((".json", ".xlsx", ".ods"))
        data = member.read() if whole else member.head()
        if not data.strip():
            continue
        table = None
        try:
            inner = Document.of(member.name, data)
            found = _of_member(inner, member.name, cut=not whole)
            table = _best_known(found) or _best_own(found, said)
            if table is not None and not whole and _wanted(table):
                inner = Document.of(member.name, member.read())
                found = _of_member(inner, member.name)
                table = _best_known(found) or _best_own(found, said)
        except Unpackable:
            raise
        except Refused:
            if table is not None and table.known is not None:
                raise
            continue  # an archive holds much that is no table
        if table is not None:
            (known if table.known is not None else own).append(table)
            remarks[table.candidate.file] = inner.remarks
    wanted = [table for table in known if _wanted(table)]
    if any(table.known and not table.known.saved | table.known.skip for table in wanted):
        _remark(document, wanted, remarks)
        return wanted
    if own:
        _remark(document, own[:1], remarks)
        return own[:1]
    if known and known[0].known is not None:
        raise Refused(known[0].known.alone)
    raise _nothing_in(document.name, [])


def _remark(
    document: Document, tables: Sequence[FoundTable], remarks: Mapping[str, Sequence[Problem]]
) -> None:
    """Keep what had to be guessed to read the files of an archive that count."""
    document.remarks = [
        remark._replace(file=table.candidate.file)
        for table in tables
        for remark in remarks[table.candidate.file]
    ]


def _wanted(table: FoundTable) -> bool:
    """Whether anything is taken from a table of an archive."""
    return table.known is None or not table.known.skip or bool(table.known.keeps)


def _of_member(document: Document, file: str, *, cut: bool = False) -> list[Candidate]:
    if document.is_packed:
        archive = open_archive(document.name, document.data)
        if not is_workbook(archive):
            return []
        return list(workbook_candidates(archive, document.name))
    if cut:
        document = Document(document.name, _whole_lines(document.data))
    return list(_candidates(document, file))


def _whole_lines(data: bytes) -> bytes:
    """The beginning of a file without the last line, which may be cut in the middle of a letter."""
    end = max(data.rfind(b"\n"), data.rfind(b"\r"))
    return data[: end + 1 + (data[end + 1 : end + 2] == b"\0")] if end > 0 else data


def _nothing_in(name: str, found: Sequence[Candidate]) -> Refused:
    """What to say of a file in which there is no table of applications."""
    first = next((one for one in found if sum(map(bool, one.headers)) > 1), None)
    if first is None:
        return Refused(
            f"{quoted(name)} cannot be imported: there is no table of applications in it. A table "
            "has a line with the names of its columns. Nothing was changed."
        )
    columns = ", ".join(quoted(header, 24) for header in first.headers[:8] if header)
    missing = "company" if _lacks_company(first.headers) else "role"
    example = next((header for header in first.headers if header), "")
    return Refused(
        f"{quoted(name)} cannot be imported: none of its columns ({columns}) looks like a "
        f'{missing}. Say which is: --map "{quoted(example)[1:-1]}={missing}". Nothing was changed.'
    )


def _lacks_company(headers: Sequence[str]) -> bool:
    return "company" not in guess_columns(headers).values()


def columns_of(table: FoundTable) -> dict[str, str]:
    """What each column of the table is taken for, by key, with nothing said about it."""
    headers = table.candidate.headers
    if table.known is None:
        return dict(guess_columns(headers))
    return dict(table.known.mapping(headers))
