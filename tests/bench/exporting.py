"""The largest board in each format, and taken back: time and the most memory that it takes."""

import shutil

from goals import EXPORT_MB, EXPORT_SECONDS, IMPORT_MB, IMPORT_SECONDS
from importing import Taken, run_measured
from measures import Row
from programs import rounds_command, rounds_environ
from room import LARGEST, Room

_WAYS = (
    ("json", ("-o", "board.json")),
    ("json with its history", ("--journal", "-o", "journal.json")),
    ("csv", ("--format", "csv", "-o", "tables")),
    ("markdown", ("--format", "markdown", "-o", "markdown")),
    ("markdown again", ("--format", "markdown", "-o", "markdown")),
    ("org", ("--format", "org", "-o", "org")),
    ("html", ("-o", "board.html")),
    ("html, anonymous", ("--anonymous", "-o", "anonymous.html")),
    ("worklog", ("--format", "worklog", "--office", "ch", "-o", "worklog.html")),
    ("flow", ("--flow", "flow.svg")),
)


def exports(room: Room) -> list[Row]:
    """Each format as a command of its own; then the whole export onto a new board."""
    folder = room.new_home("export")
    environ = rounds_environ(folder)
    board = room.board(LARGEST).path
    rows: list[Row] = []
    for name, words in _WAYS:
        argv = (*rounds_command(), "--db", str(board), "export", *words[:-1])
        argv = (*argv, str(folder / words[-1]))
        taken = run_measured(argv, environ, folder)
        rows += _rows(f"export, {name}", taken, EXPORT_SECONDS, EXPORT_MB)
    for name in ("board.json", "journal.json"):
        new = folder / "new.db"
        new.unlink(missing_ok=True)
        argv = (*rounds_command(), "--db", str(new), "import", str(folder / name))
        taken = run_measured(argv, environ, folder)
        rows += _rows(f"import of {name}", taken, IMPORT_SECONDS, IMPORT_MB)
    for name in _FOLDERS:
        shutil.rmtree(folder / name)
    return rows


_FOLDERS = ("tables", "markdown", "org")


def _rows(name: str, taken: Taken, seconds: float, memory: float) -> list[Row]:
    return [
        Row("export", f"rounds {name}", f"{taken.wall:.2f} s", goal=f"<= {seconds:g} s",
            reached=taken.wall <= seconds, note=f"{taken.processor:.2f} s of processor time"),
        Row("export", f"rounds {name}, memory", f"{taken.memory:.0f} MB",
            goal=f"<= {memory:g} MB", reached=taken.memory <= memory),
    ]  # fmt: skip
