"""`rounds import`: what a file holds, what of it is new, and bringing that in as one change."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from store.exchange import read_file
from store.exchange.incoming import Parsed, Problem, Report
from tui.commandline.call import Call

PROBLEMS_AT_MOST = 50
DUPLICATES_AT_MOST = 10
"""How many are told one by one: a problem is something to act on, a duplicate is not."""


def bring_in(call: Call) -> int:
    """Import a file, or with `--dry-run` only tell what importing it would do."""
    parsed = read_file(Path(call.words.file), call.today)
    if call.words.dry_run:
        _print(call, parsed, _previewed(call, parsed), "would be added")
        call.out.say("Nothing was changed. Without --dry-run it will be.")
        return 0
    with call.pipeline(create=True) as pipeline:
        report = pipeline.bring_in(parsed.rows, source=parsed.format, problems=parsed.problems)
    _print(call, parsed, report, "added")
    call.out.say("“rounds undo” takes it back." if report.added else "Nothing was changed.")
    return 0


def _previewed(call: Call, parsed: Parsed) -> Report:
    """What importing would do; where there is no board yet, to one that is thrown away."""
    if not call.missing:
        with call.pipeline(planned=False) as pipeline:
            return pipeline.preview(parsed.rows, parsed.problems)
    from store.file.database import open_database
    from store.pipeline import Pipeline

    with tempfile.TemporaryDirectory(prefix="rounds-") as folder:
        database = open_database(Path(folder, "preview.db"), call.clock)
        try:
            return Pipeline(database).preview(parsed.rows, parsed.problems)
        finally:
            database.close()


def _print(call: Call, parsed: Parsed, report: Report, added: str) -> None:
    rows = len(parsed.rows)
    call.out.line(f"{parsed.format}: {rows} application{'' if rows == 1 else 's'} read")
    call.out.line(f"  {report.added} {added}")
    call.out.line(f"  {len(report.duplicates)} skipped, there already")
    call.out.line(f"  {len(report.problems)} problem{'' if len(report.problems) == 1 else 's'}")
    _list(call, "Skipped", report.duplicates, DUPLICATES_AT_MOST)
    _list(call, "Problems", report.problems, PROBLEMS_AT_MOST)


def _list(call: Call, title: str, entries: Sequence[Problem], at_most: int) -> None:
    if entries:
        call.out.line()
        call.out.line(title)
    for entry in entries[:at_most]:
        call.out.line(f"  line {entry.line}: {entry.sentence}")
    if len(entries) > at_most:
        call.out.line(f"  and {len(entries) - at_most:,} more")
