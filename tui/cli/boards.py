"""The board as a file, from the shell: to open, import, back up and restore it; and the demo."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from store.exchange import read_document, read_file
from store.exchange.document import SIZE_LIMIT, Document
from store.exchange.incoming import Parsed, Problem, Report
from store.file.backup import copy_in
from store.file.location import backup_dir, config_path, path_of
from tui.cli.call import INTERRUPTED, Call, is_missing, tell
from tui.cli.source import standard_input
from tui.cli.words import STDIN, Usage, read_query_option

_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


_NO_TERMINAL = "The board needs a terminal"
_IN_SCRIPTS = "In scripts, use “rounds list” and “rounds due”."


def board(call: Call) -> int:
    """Open the board, made where there is none, and give the exit code of the screen."""
    _need_terminal(call.environ)
    from tui.running import run_board

    return run_board(call.path, call.clock)


def demo(call: Call) -> int:
    """Open a board with a made-up sample in a temporary folder, which goes when it is left."""
    if call.words.db is not None:
        raise Usage("“rounds demo” opens its own sample board: leave out --db.")
    _need_terminal(call.environ)
    with _open_temporary_folder() as folder:
        from store.demo import make_demo
        from tui.running import run_board

        path = folder / "demo.db"
        make_demo(path, call.clock)
        return run_board(path, call.clock, passing=True, tour=True)


def _need_terminal(environ: Mapping[str, str]) -> None:
    """Usage unless there is a keyboard and something to draw on: Textual hangs without.

    A terminal that calls itself dumb moves no cursor: it is written full for ever.
    """
    if environ.get("TERM") == "dumb":
        raise Usage(f"{_NO_TERMINAL}, and TERM=dumb says this is none. {_IN_SCRIPTS}")
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    for stream in streams:
        with suppress(ValueError):
            if stream is not None and stream.isatty():
                continue
        raise Usage(f"{_NO_TERMINAL}. {_IN_SCRIPTS}")


@contextmanager
def _open_temporary_folder() -> Iterator[Path]:
    """A folder of mode 0700 that is removed at the end, also when the program is told to end."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
        raise SystemExit(128 + number)

    before = {ending: signal.signal(ending, leave) for ending in _ENDINGS}
    folder = None
    try:
        folder = tempfile.mkdtemp(prefix="rounds-demo-")
        yield Path(folder)
    finally:
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        for ending, handler in before.items():
            signal.signal(ending, handler)


def where(call: Call) -> int:
    """Print where the board, the configuration and the backups are, or would be."""
    places = (
        ("database", call.path),
        ("config", config_path()),
        ("backups", backup_dir(call.path)),
    )
    if call.wants_json:
        found = {
            name: {"path": str(place), "there": not is_missing(place)} for name, place in places
        }
        call.out.json("places", found)
        return 0
    for name, place in places:
        absent = "  (not there yet)" if is_missing(place) else ""
        call.out.line(f"{name:<8}  {place}{absent}")
    return 0


def search(call: Call) -> int:
    """List the searches that are kept with the board; or keep, rename or remove one."""
    words = call.words
    query = " ".join(words.query)
    if words.name is None:
        return _list_searches(call)
    if words.rename is not None:
        if query or words.remove:
            raise Usage("Give either a query to keep, --rename or --remove.")
        with call.pipeline() as pipeline:
            return tell(call, pipeline.rename_search(words.name, words.rename))
    if words.remove:
        if query:
            raise Usage("Give either a query to keep or --remove.")
        with call.pipeline() as pipeline:
            return tell(call, pipeline.remove_search(words.name))
    if not query:
        raise Usage(
            f"“rounds list --search {words.name}” finds. To keep a search under that name, add "
            f"what it finds: “rounds search {words.name} stage:second”."
        )
    read_query_option(query, call.now)
    with call.pipeline(create=True) as pipeline:
        return tell(call, pipeline.save_search(words.name, query))


def _list_searches(call: Call) -> int:
    from store.read.searches import read_searches
    from tui.filtering import count_found

    with call.glance() as glance:
        kept = read_searches(glance) if glance else {}
        counts = count_found(glance, kept.values(), call.now) if glance else {}
    if call.wants_json:
        shapes = [
            {"name": name, "query": query, "found": counts[query]} for name, query in kept.items()
        ]
        call.out.json("searches", shapes)
    elif kept:
        rows = [(name, _found(counts[query]), query) for name, query in kept.items()]
        call.out.table(("NAME", "FOUND", "QUERY"), rows)
    else:
        call.out.say("No saved searches. Keep one: “rounds search Remote 'tag:remote -quiet'”.")
    return 0


def _found(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def backup(call: Call) -> int:
    """Make a checked copy of the board and print where it is."""
    target = call.words.target
    place = path_of(target) if target is not None else None
    if place is not None and (place.is_dir() or target.endswith(os.sep)):
        place = copy_in(place, call.path, call.clock)
    with call.database() as database:
        made = database.backup(place)
    _print_file(call, made)
    return 0


def restore(call: Call) -> int:
    """Put a backup in the place of the board and print where what was there is kept."""
    from store.file.restore import restore as put

    kept = put(path_of(call.words.file), call.path, call.clock)
    call.out.say("Restored." if kept is None else "Restored. The board that was there is kept as:")
    if kept is not None or call.wants_json:
        _print_file(call, kept)
    return 0


def _print_file(call: Call, path: Path | None) -> None:
    """Print where the file is that was made or kept."""
    if call.wants_json:
        call.out.json("file", {"path": str(path) if path is not None else None})
    else:
        call.out.line(str(path))


PROBLEMS_AT_MOST = 50
DUPLICATES_AT_MOST = 10
EARLIER_AT_MOST = 20
"""How many are told one by one: a problem is something to act on, a duplicate is not."""


def bring_in(call: Call) -> int:
    """Import a file, or with `--dry-run` only tell what importing it would do."""
    parsed = _read(call)
    if call.words.dry_run:
        _print(call, parsed, _preview(call, parsed), "would be added")
        call.out.say("Dry run: nothing was changed. Run again without --dry-run to import.")
        return 0
    with call.pipeline(create=True) as pipeline:
        report = pipeline.bring_in(parsed.rows, source=parsed.format, problems=parsed.problems)
        _print(call, parsed, report, "added")
        call.out.say("“rounds undo” reverts this." if report.added else "Nothing was changed.")
    return 0


def _read(call: Call) -> Parsed:
    """The file that was named, or what standard input holds for “-”."""
    try:
        if call.words.file != STDIN:
            return read_file(Path(call.words.file), call.today)
        data = standard_input(SIZE_LIMIT)
        return read_document(Document.of("standard input", data), call.today)
    except KeyboardInterrupt:
        call.out.say(INTERRUPTED)
        raise


def _preview(call: Call, parsed: Parsed) -> Report:
    """What importing would do; where there is no board yet, to one that is thrown away."""
    if not call.is_missing:
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
    if call.wants_json:
        _print_report(call, parsed, report)
        return
    call.out.line(f"{parsed.format}: {rows} application{'' if rows == 1 else 's'} read")
    call.out.line(f"  {report.added} {added}")
    call.out.line(f"  {len(report.duplicates)} skipped (already on the board)")
    call.out.line(f"  {len(report.problems)} problem{'' if len(report.problems) == 1 else 's'}")
    _list(call, "Skipped", report.duplicates, DUPLICATES_AT_MOST)
    _list(call, "Problems", report.problems, PROBLEMS_AT_MOST)
    _list(call, "You were there before", report.earlier, EARLIER_AT_MOST)


def _print_report(call: Call, parsed: Parsed, report: Report) -> None:
    from store.read.changes import Touched, read_touched

    touched = Touched()
    if report.change_id is not None:
        with call.glance() as glance:
            if glance is not None:
                touched = read_touched(glance, report.change_id)
    call.out.json(
        "import",
        {
            "change_id": report.change_id,
            "format": parsed.format,
            "read": len(parsed.rows),
            "added": report.added,
            "made": [made._asdict() for made in touched.made if made.kind == "application"],
            "skipped": [{"line": one.line, "why": one.sentence} for one in report.duplicates],
            "problems": [{"line": one.line, "why": one.sentence} for one in report.problems],
        },
    )


def _list(call: Call, title: str, entries: Sequence[Problem], at_most: int) -> None:
    lines = [f"line {entry.line}: {entry.sentence}" for entry in entries[:at_most]]
    if len(entries) > at_most:
        lines.append(f"and {len(entries) - at_most:,} more")
    call.out.section(title, lines)
