"""`rounds import`: what a file from elsewhere holds, told before and after it comes in."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from store.exchange.document import ARCHIVE_LIMIT, Document
from store.exchange.files import read_document
from store.exchange.incoming import Incoming, Parsed, Problem, Report
from store.exchange.mapping import Choices, read_column, read_status
from store.rules.dates import short_day
from store.rules.stages import Stage
from store.rules.text import Refused, capital, quoted
from tui.cli.call import INTERRUPTED, Call
from tui.cli.source import standard_input
from tui.cli.words import STDIN

if TYPE_CHECKING:
    from store.export.reimport import TakenBack
    from store.pipeline import Pipeline

PROBLEMS_AT_MOST = 50
DUPLICATES_AT_MOST = 10
EARLIER_AT_MOST = 5
PEOPLE_AT_MOST = 20
"""How many are told one by one: a problem is something to act on, a duplicate is not."""
FIRST_ROWS = 3
_BAR = 24
_MANY = 2_000
"""Rows from which on it is shown how far it is (product: half a second)."""


def bring_in(call: Call) -> int:
    """Import a file, or with `--dry-run` only tell what importing it would do."""
    said = _choices(call)
    with _whole_export(call) as whole:
        if whole is not None and _is_vacant(call):
            return _take_back(call, whole)
        parsed = _read(call, said, whole)
    if whole is not None:
        call.out.say(_MERGED)
    if call.words.dry_run:
        _print(call, parsed, _preview(call, parsed), would=True)
        call.out.say("Dry run: nothing was changed. Run again without --dry-run to import.")
        return 0
    with call.pipeline(create=True) as pipeline:
        report = pipeline.bring_in(
            parsed.rows,
            source=parsed.source,
            problems=parsed.problems,
            told=lambda what, done, of: tell_progress(call, what, done, of),
        )
        call.out.progress("")
        if said:
            pipeline.remember_mapping(parsed.headers, _recall(call, parsed.headers, said))
        _print(call, parsed, report)
        for warning in report.warnings:
            call.out.say(f"Note: {warning}")
        changed = report.change_id is not None
        call.out.say("“rounds undo” reverts this." if changed else "Nothing was changed.")
        if said:
            call.out.say("What you said about the columns is kept for the next file like this.")
    return 0


_MERGED = (
    "This board is not empty: the applications of the export are merged as those of any table; "
    "interviews, follow-ups and history come in whole only on a board where nothing is: "
    "“rounds --db new.db import FILE”."
)


@contextmanager
def _whole_export(call: Call) -> Iterator[TextIO | None]:
    """The file, where it is a whole export of a board; None for any other one."""
    from store.exchange.exported import is_export, open_export

    file = None
    if call.words.file != STDIN:
        file = open_export(Path(call.words.file))
    else:
        call.words.data = standard_input(ARCHIVE_LIMIT)
        if is_export(call.words.data):
            if len(call.words.data) > ARCHIVE_LIMIT:
                raise Refused("Standard input holds more than fits. Give the file by its name.")
            file = TextIOWrapper(BytesIO(call.words.data), "utf-8-sig")
    try:
        yield file
    finally:
        if file is not None:
            file.close()


def _is_vacant(call: Call) -> bool:
    """Whether a whole export can come in whole: nothing is on the board, or there is none yet."""
    if call.is_missing:
        return True
    from store.export.reimport import is_vacant

    with call.pipeline(planned=False) as pipeline, pipeline.database.writing() as session:
        return is_vacant(session)


def _take_back(call: Call, file: TextIO) -> int:
    """Take a whole export in with all that is in it; with `--dry-run` only say that it would."""
    from store.export.reimport import take_back

    if call.words.map or call.words.status or call.words.dates:
        raise Refused(
            "A whole export says itself what is in it. Leave out --map, --status and --dates."
        )
    called = Path(call.words.file).name if call.words.file != STDIN else "standard input"
    if call.words.dry_run:
        with _throwaway_board(call) as pipeline:
            taken = take_back(pipeline.database, file, called)
    else:
        with call.pipeline(create=True) as pipeline:
            taken = take_back(
                pipeline.database,
                file,
                called,
                lambda done: tell_progress(call, "storing", done, 0),
            )
            call.out.progress("")
    _print_taken(call, taken)
    return 0


def _print_taken(call: Call, taken: "TakenBack") -> None:
    many, would = taken.applications, call.words.dry_run
    if call.wants_json:
        change_id = None if would else taken.change_id
        none: list[object] = []
        call.out.json(
            "import",
            {
                "change_id": change_id,
                "format": "rounds",
                "read": many,
                "added": many,
                "made": _read_made(call, change_id),
                **dict.fromkeys(("merged", "skipped", "saved", "problems"), none),
                **dict.fromkeys(("columns", "statuses"), none),
            },
        )
    else:
        whole = f"{many:,} application{'' if many == 1 else 's'}"
        call.out.line(
            f"rounds: {whole} {'would be ' if would else ''}restored, each with all its parts"
        )
    for warning in taken.warnings:
        call.out.say(f"Note: {warning}")
    if would:
        call.out.say("Dry run: nothing was changed. Run again without --dry-run to import.")
    elif taken.journal:
        call.out.say("The history came along: “rounds undo” reverts the last change in it.")
    else:
        left = "The history in the file was left out: the board has its own. "
        call.out.say(f"{left if taken.left_out else ''}“rounds undo” reverts this.")


def _choices(call: Call) -> Choices:
    """What the options say about the file; Refused for one that says nothing."""
    columns = dict(read_column(one) for one in call.words.map or ())
    statuses = dict(read_status(one) for one in call.words.status or ())
    return Choices(columns, statuses, call.words.dates)


def _read(call: Call, said: Choices, whole: TextIO | None) -> Parsed:
    """The file that was named, or what standard input holds for “-”."""
    from store.exchange.exported import candidate

    try:
        if whole is not None:
            document = Document(Path(call.words.file).name, b"")
            document.table = candidate(document, whole)
        elif call.words.file == STDIN:
            document = Document.of("standard input", call.words.data)
        else:
            document = Document.open(Path(call.words.file))
        parsed = read_document(
            document,
            call.today,
            said,
            lambda headers: _recall(call, headers, Choices()),
            lambda done: tell_progress(call, "reading", done, 0),
            zone=call.clock.zone,
        )
        call.out.progress("")
        return parsed
    except KeyboardInterrupt:
        call.out.say(INTERRUPTED)
        raise


def _recall(call: Call, headers: str, said: Choices) -> Choices:
    """What is said now about files with these columns, over what was said before."""
    from store.read.arriving.mappings import read_mapping

    if call.is_missing:
        return said
    with call.glance() as glance:
        return said.over(read_mapping(glance, headers)) if glance is not None else said


def tell_progress(call: Call, what: str, done: int, of: int) -> None:
    """Show how far it is, where that takes a while."""
    if max(done, of) < _MANY:
        return
    if not of:
        call.out.progress(f"{capital(what)}: {done:,} rows")
        return
    full = _BAR * done // of
    call.out.progress(f"{capital(what)} [{'#' * full}{'.' * (_BAR - full)}] {done:,} of {of:,}")


def _preview(call: Call, parsed: Parsed) -> Report:
    """What importing would do; where there is no board yet, to one that is thrown away."""
    if not call.is_missing:
        with call.pipeline(planned=False) as pipeline:
            return pipeline.preview(parsed.rows, parsed.problems)
    with _throwaway_board(call) as pipeline:
        return pipeline.preview(parsed.rows, parsed.problems)


@contextmanager
def _throwaway_board(call: Call) -> "Iterator[Pipeline]":
    """A board with nothing on it that is gone afterwards."""
    from store.file.database import open_database
    from store.pipeline import Pipeline

    with tempfile.TemporaryDirectory(prefix="rounds-") as folder:
        database = open_database(Path(folder, "preview.db"), call.clock)
        try:
            yield Pipeline(database)
        finally:
            database.close()


def _print(call: Call, parsed: Parsed, report: Report, *, would: bool = False) -> None:
    if call.wants_json:
        _print_report(call, parsed, report)
        return
    rows = len(parsed.rows)
    out = call.out
    out.line(f"{parsed.format}: {rows:,} application{'' if rows == 1 else 's'} read")
    out.line(f"  {report.added:,} {'would be ' if would else ''}added")
    if report.merged:
        out.line(f"  {len(report.merged):,} {'would be ' if would else ''}brought up to date")
    there = len(report.duplicates) - report.twice
    if there or not report.twice:
        out.line(f"  {there:,} skipped (already on the board)")
    if report.twice:
        out.line(f"  {report.twice:,} skipped (on another line of the file, too)")
    if report.undated:
        on, many = ("on a day", "") if report.undated == 1 else ("on days", "s")
        out.line(
            f"  {report.undated:,} with{'' if many else ' a'} stage{many} or end{many} {on} that "
            f"the file does not tell: {'they stay' if many else 'it stays'} unknown"
        )
    if parsed.saved:
        out.line(f"  {len(parsed.saved):,} left out (saved, not applied for)")
    if answers := len(parsed.answers):
        said = "1 saved answer" if answers == 1 else f"{answers:,} saved answers"
        out.line(f"  {said} left out (for no application in particular)")
    problems = len(report.problems)
    out.line(f"  {problems:,} problem{'' if problems == 1 else 's'}")
    if would or parsed.guessed:
        _print_columns(call, parsed)
    if would:
        out.section("First rows", [_row_line(row, call) for row in parsed.rows[:FIRST_ROWS]])
    _list(call, "Brought up to date", report.merged, DUPLICATES_AT_MOST)
    _list(call, "Skipped", report.duplicates, DUPLICATES_AT_MOST)
    _list(call, "Problems", report.problems, PROBLEMS_AT_MOST)
    _list(call, "You were there before", report.earlier, EARLIER_AT_MOST)
    if would:
        people = [
            f"{one.company}: {one.name}{f', {one.position}' if one.position else ''}"
            for one in parsed.people[:PEOPLE_AT_MOST]
        ]
        more = len(parsed.people) - len(people)
        out.section(
            "People you know there", [*people, *([f"and {more:,} more"] if more > 0 else [])]
        )
        given = [f"{one.question} {one.text}" for one in parsed.answers[:PEOPLE_AT_MOST]]
        more = len(parsed.answers) - len(given)
        out.section("Your saved answers", [*given, *([f"and {more:,} more"] if more > 0 else [])])


def _print_columns(call: Call, parsed: Parsed) -> None:
    """What the columns and the statuses were taken for, and how to change that."""
    if parsed.guessed:
        shown = [
            f"{quoted(one.name)} = {one.target or 'skip'}"
            + (f", such as {quoted(one.example)}" if one.example else "")
            for one in parsed.columns
        ]
        call.out.section('Columns (change one: --map "NAME=company")', shown)
    if parsed.statuses:
        known = [
            f"{quoted(one.name)} = {one.meaning or 'applied'} ({one.rows:,})"
            for one in parsed.statuses
        ]
        call.out.section('Statuses (change one: --status "NAME=rejected")', known)


def _row_line(row: Incoming, call: Call) -> str:
    """A row as it would come in."""
    state = row.outcome.title if row.outcome else row.stage.value
    applied = f"applied {short_day(row.applied_on, call.today)}" if row.applied_on else ""
    parts = [applied] if applied and state == Stage.APPLIED else filter(None, (state, applied))
    return f"{row.company}, {row.role}: {', '.join(parts)}"


def _print_report(call: Call, parsed: Parsed, report: Report) -> None:
    call.out.json(
        "import",
        {
            "change_id": report.change_id,
            "format": parsed.format,
            "read": len(parsed.rows),
            "added": report.added,
            "made": _read_made(call, report.change_id),
            "merged": _shapes(report.merged),
            "skipped": _shapes(report.duplicates),
            "saved": _shapes(parsed.saved),
            "problems": _shapes(report.problems),
            "columns": [{"name": one.name, "target": one.target or None} for one in parsed.columns],
            "statuses": [
                {"name": one.name, "rows": one.rows, "meaning": one.meaning or None}
                for one in parsed.statuses
            ],
        },
    )


def _read_made(call: Call, change_id: int | None) -> Sequence[Mapping[str, object]]:
    """The applications that a change made."""
    from store.read.changes import read_touched

    if change_id is None:
        return []
    with call.glance() as glance:
        touched = read_touched(glance, change_id).made if glance is not None else ()
    return [made._asdict() for made in touched if made.kind == "application"]


def _shapes(problems: Sequence[Problem]) -> Sequence[Mapping[str, object]]:
    return [{"line": one.line, "why": one.sentence, "file": one.file or None} for one in problems]


def _list(call: Call, title: str, entries: Sequence[Problem], at_most: int) -> None:
    lines = [f"{entry.where}: {entry.sentence}" for entry in entries[:at_most]]
    if len(entries) > at_most:
        lines.append(f"and {len(entries) - at_most:,} more")
    call.out.section(title, lines)
