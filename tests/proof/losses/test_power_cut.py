"""The power goes at any moment, and what was acknowledged is there at the next start.

Each use case is done once, in a process whose file operations are written down
(`proof_trace.py`). Then, for every number of those operations, the disk is made as a journaling
file system may leave it (`proof_disk.py`): with what was synced and no more, with everything, and
with things in between. The program opens what is left: the board is sound, and is what it was
after the last step that was acknowledged, or after the one that was being done.
"""

import io
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from proof_disk import MODELS, Cut, Files, build, found_in
from proof_trace import WHY_NOT, CannotTrace, Trace, traced

from store.clock import FixedClock
from store.file import engine, opening
from store.file.backup import copies
from store.file.restore import restore as restore_file
from store.file.unsaved import Unsaved
from store.pipeline.safety import thinning
from tests.conftest import LONG
from tui.cli.run import run
from tui.running import open_board

pytestmark = [
    pytest.mark.usefixtures("waits_for_the_disk"),
    pytest.mark.skipif(bool(WHY_NOT) and not os.environ.get("ROUNDS_CI"), reason=WHY_NOT),
]
BETWEEN = 4 if LONG else 1
"""Disks in between nothing and everything, for each cut."""
CUTS = 100_000 if LONG else 5
"""After how many operations of one use case it is cut: after each where there are fewer."""
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))
OLD_BOARDS = sorted(
    (Path(__file__).parents[2] / "store" / "migrations" / "samples").glob("board-*.sql")
)
BOARD = "data/rounds/board.db"
"""Two folders deep, so that a new board has folders to be made."""
CSV = "Company Name,Job Title,Application Date\n" + "".join(
    f"Company {number},Engineer,11/{number + 1}/26\n" for number in range(12)
)

Step = tuple[str, ...] | Callable[[Path], object]


def nothing_else(path: Path, told: int) -> None:
    """All that must hold of the board's folder is what holds of every board."""


class Case(NamedTuple):
    """A use case: what is in the folder before, and the steps, each of them acknowledged."""

    before: Callable[["Before"], None]
    steps: tuple[Step, ...]
    also: Callable[[Path, int], None] = nothing_else
    """What else must hold of the board's folder after that many acknowledged steps."""
    in_between: int = 0
    """How many states a board has on its way that are whole, and nobody was told of: a new board is
    empty, then its rules are noted, before the first change."""


class Before(NamedTuple):
    """What a use case may begin with."""

    path: Path
    sample: bytes


def rounds(path: Path, *words: str) -> str:
    """What a command answers; it must do what was asked."""
    out, err = io.StringIO(), io.StringIO()
    code = run(["--db", str(path), *words], clock=CLOCK, stdout=out, stderr=err, environ={})
    assert code == 0, err.getvalue()
    return out.getvalue()


def nothing(_: Before) -> None:
    """No folder, no board."""


def the_sample(before: Before) -> None:
    before.path.parent.mkdir(parents=True)
    before.path.write_bytes(before.sample)
    before.path.chmod(0o600)
    before.path.with_name("Job Applications.csv").write_text(CSV, encoding="utf-8")
    rounds(before.path, "note", "1", "The rules are noted with the first change.")


def with_a_backup(before: Before) -> None:
    the_sample(before)
    rounds(before.path, "backup")
    rounds(before.path, "add", "Hooli", "Engineer")


def with_a_journal(before: Before) -> None:
    """A program was killed in the middle of a change, and a backup is there."""
    with_a_backup(before)
    path = before.path
    with closing(sqlite3.connect(path, isolation_level=None)) as half:
        half.execute("PRAGMA cache_size = 1")
        half.execute("BEGIN IMMEDIATE")
        half.execute("UPDATE application SET salary = 'half'")
        half.executemany(
            "INSERT INTO setting (name, value) VALUES (?, ?)",
            [(f"x{number}", "y" * 190) for number in range(400)],
        )
        left = found_in(path.parent)
    assert left["board.db-journal"]
    for name in ("board.db", "board.db-journal"):
        path.with_name(name).write_bytes(left[name] or b"")


def an_old_board(number: int) -> Callable[[Before], None]:
    def make(before: Before) -> None:
        before.path.parent.mkdir(parents=True)
        with closing(sqlite3.connect(before.path)) as old:
            old.executescript(OLD_BOARDS[number].read_text(encoding="utf-8"))

    return make


def bring_in(path: Path) -> str:
    return rounds(path, "import", str(path.with_name("Job Applications.csv")))


def restore(path: Path) -> str:
    return rounds(path, "restore", str(copies(path)[0]), "--yes")


def replace(path: Path) -> object:
    """The file of the board is replaced: what is done to one that is damaged or another one."""
    return restore_file(copies(path)[0], path, CLOCK)


def thinly(*words: str) -> Callable[[Path], str]:
    """A command beside which images of older changes go: the rule with small numbers."""

    def step(path: Path) -> str:
        with pytest.MonkeyPatch.context() as small:
            small.setattr(thinning, "UNDOABLE", 3)
            small.setattr(thinning, "EVERY", 1)
            return rounds(path, *words)

    return step


def kept_when_restored(path: Path, told: int) -> None:
    if told:
        (kept,) = path.parent.glob("board-replaced-*.db")
        assert "Hooli" in rounds(kept, "list", "--all"), "what was replaced is kept"


def copied_when_restored(path: Path, told: int) -> None:
    if told:
        made = copies(path)[-1]
        assert "Hooli" in rounds(made, "list", "--all"), "what was there was copied before"


def backed_up(path: Path, told: int) -> None:
    if told:
        assert content(copies(path)[-1]) == content(path)


def saved_before_it_is_migrated(path: Path, told: int) -> None:
    with closing(sqlite3.connect(path)) as board:
        (revision,) = board.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision == opening.HEAD:
        (saved,) = copies(path)
        with closing(sqlite3.connect(saved)) as old:
            assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert old.execute("SELECT version_num FROM alembic_version").fetchone() < (revision,)
    else:
        assert not told, "the migration was acknowledged"


UNSAVED = "first half", "all of it"


def unsaved(number: int) -> Callable[[Path], object]:
    return lambda path: Unsaved(path, "debrief-1", "an interview").keep(
        fields={"remarks": UNSAVED[number]}
    )


def still_unsaved(path: Path, told: int) -> None:
    found = Unsaved(path, "debrief-1", "an interview").read("fields")
    allowed = [None, *({"remarks": text} for text in UNSAVED)][told : told + 2]
    assert found in allowed


CASES = {
    "the first start of the screen": Case(
        nothing,
        (lambda path: open_board(path, CLOCK), ("add", "Globex", "Engineer")),
        in_between=2,
    ),
    "the first command": Case(
        nothing, (("add", "Globex", "Engineer", "--note", "n" * 3_000),), in_between=2
    ),
    "add, move, done, undo": Case(
        the_sample,
        (
            ("add", "Globex", "Engineer"),
            ("move", "5", "second"),
            ("done", "f100"),
            ("undo",),
            ("undo",),
            ("note", "1", "x" * 15_000),
            ("delete", "9"),
        ),
    ),
    "interview, reply, close": Case(
        the_sample,
        (
            ("interview", "14", "tue", "10:00"),
            ("replied", "12"),
            ("close", "8", "rejected"),
            ("point", "14", "concern", "little cloud"),
        ),
    ),
    "import": Case(the_sample, (bring_in, ("undo",))),
    "backup": Case(the_sample, (("backup",),), backed_up),
    "restore": Case(with_a_backup, (restore, ("undo",)), copied_when_restored),
    "restore beside a journal": Case(with_a_journal, (restore,), copied_when_restored),
    "restore as a file": Case(with_a_backup, (replace,), kept_when_restored),
    "restore as a file beside a journal": Case(with_a_journal, (replace,), kept_when_restored),
    "changes beside which older images go": Case(
        the_sample,
        (
            thinly("note", "1", "One."),
            thinly("move", "5", "second"),
            ("undo",),
            thinly("delete", "9"),
        ),
    ),
    "a typed text that is not saved yet": Case(the_sample, (unsaved(0), unsaved(1)), still_unsaved),
    **{
        f"migration of {OLD_BOARDS[number].stem}": Case(
            an_old_board(number),
            (lambda path: open_board(path, CLOCK),),
            saved_before_it_is_migrated,
        )
        for number in range(len(OLD_BOARDS))
    },
}


def content(path: Path) -> str:
    """A digest of all that is in a board: the rows of every table, wherever they lie in the file.
    Raises AssertionError for one that is not sound."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        digest = sha256(repr(sorted(tables, key=repr)).encode())
        for name in sorted(name for kind, name, _ in tables if kind == "table"):
            digest.update(
                repr((name, connection.execute(f'SELECT * FROM "{name}"').fetchall())).encode()
            )
        return digest.hexdigest()


class Opened(NamedTuple):
    """What the program finds on a disk."""

    listed: str
    content: str


class Disks:
    """Opens disks of one use case; the same one only once, whichever model left it."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case = case
        self.folder = folder
        self.known: dict[int, Opened | None] = {}
        self.number = 0

    def open(self, files: Files, told: int) -> Opened | None:
        """What the program finds in `files`, of which all must hold; None: no board at all."""
        asked = told if self.case.also is not nothing_else else None
        key = hash((asked, tuple(sorted(files.items(), key=lambda item: item[0]))))
        if key not in self.known:
            self.known[key] = self._open(files, told)
        return self.known[key]

    def _open(self, files: Files, told: int) -> Opened | None:
        self.number += 1
        folder = self.folder / str(self.number)
        build(files, folder)
        try:
            return self._look(folder / BOARD, files, told)
        finally:
            shutil.rmtree(folder)

    def _look(self, path: Path, files: Files, told: int) -> Opened | None:
        if not files.get(BOARD) and not files.get(f"{BOARD}-journal"):
            return None
        self.case.also(path, told)
        try:
            listed = json.dumps(json.loads(rounds(path, "list", "--all", "--json")))
        except AssertionError as told_instead:
            if "There is no board at" in str(told_instead):
                return None
            raise
        return Opened(listed, content(path))


def record(case: Case, folder: Path, sample: bytes) -> Trace:
    """Do the steps of `case` in `folder` and write down what they do to its files."""
    folder.mkdir()
    path = folder / BOARD
    case.before(Before(path, sample))

    def work(tell: Callable[[str], None]) -> None:
        for step in case.steps:
            if callable(step):
                step(path)
            else:
                rounds(path, *step)
            tell("done")

    try:
        trace = traced(work, folder)
    except CannotTrace as error:
        if os.environ.get("ROUNDS_CI"):
            raise
        pytest.skip(str(error))
    left = Cut(trace, len(trace.operations), "in order").all()
    assert left == found_in(folder), "the record is not what was done"
    assert len([each for each in trace.operations if each.kind == "told"]) == len(case.steps)
    return trace


def disks_left(trace: Trace, model: str, seed: int) -> Iterator[tuple[int, int, Files]]:
    """After how many operations and acknowledgements which disk may be left."""
    chance = random.Random(seed)
    numbers = list(range(len(trace.operations) + 1))
    if len(numbers) > CUTS:
        # The moment after an acknowledgement is the one that counts most.
        sharp = [n for n in numbers[1:] if trace.operations[n - 1].kind == "told"]
        numbers = sorted({*chance.sample(numbers, CUTS - len(sharp[:CUTS])), *sharp})
    for number in numbers:
        cut = Cut(trace, number, model)
        told = len(cut.told())
        yield number, told, cut.least()
        yield number, told, cut.all()
        for _ in range(BETWEEN):
            yield number, told, cut.some(chance)


def states(case: Case, disks: Disks, trace: Trace, model: str) -> list[list[Opened | None]]:
    """What the board may be, by how many steps were acknowledged."""
    allowed: list[list[Opened | None]] = [[disks.open(Cut(trace, 0, model).all(), 0)]]
    on_the_way: list[Opened | None] = []
    for number, operation in enumerate(trace.operations, 1):
        told = len(allowed) - 1
        if operation.kind == "told":
            found = disks.open(Cut(trace, number, model).all(), told + 1)
            on_the_way = [each for each in on_the_way if each not in (found, allowed[-1][0])]
            assert len(set(on_the_way)) <= case.in_between, "a step is more than one change"
            allowed[-1] += [*on_the_way, found]
            allowed.append([found])
            on_the_way = []
        elif operation.kind == "unlink" and operation.path == f"{BOARD}-journal":
            # A change is done, whether or not it is the one that was asked for.
            on_the_way.append(disks.open(Cut(trace, number, model).all(), told))
    return allowed


def look_at(case: Case, trace: Trace, disks: Disks, model: str) -> tuple[int, list[str]]:
    """How many disks were looked at, and what is wrong with which."""
    allowed = states(case, disks, trace, model)
    looked_at, wrong = 0, []
    for number, told, files in disks_left(trace, model, seed=len(trace.operations)):
        looked_at += 1
        try:
            found = disks.open(files, told)
            assert found in allowed[told], f"{told} acknowledged, and not all is there"
        except (AssertionError, ValueError, sqlite3.Error) as error:
            last = trace.operations[number - 1] if number else None
            wrong.append(
                f"after {number} operations, the last {last and (last.kind, last.path)}: "
                f"{str(error).splitlines()[0]}"
            )
    return looked_at, wrong


SHORTLY = ("the first command", "add, move, done, undo", "a typed text that is not saved yet")
"""What the short form looks at: the others take seconds each."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in SHORTLY else pytest.mark.long) for name in CASES],
)
def test_a_power_cut_takes_nothing_back(
    name: str,
    tmp_path: Path,
    in_memory: Path,
    sample_board: bytes,
    figure: Callable[..., None],
) -> None:
    trace = record(CASES[name], tmp_path / "traced", sample_board)
    figure("power cut: file operations", len(trace.operations), "cut after each in the long form")
    # What is left is only looked at: thousands of boards come and go without waiting for a disk.
    disks = Disks(CASES[name], in_memory)
    for model in MODELS:
        looked_at, wrong = look_at(CASES[name], trace, disks, model)
        assert not wrong, f"{model}: {len(wrong)} of {looked_at}\n" + "\n".join(wrong[:20])
        figure("power cut: disks left", looked_at, "0 acknowledged lost, 0 half there, 0 damaged")


def test_the_proof_bites(
    tmp_path: Path, sample_board: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `synchronous = FULL` the journal comes back with the power: the change is gone."""

    def lightly(path: Path, **options: bool) -> sqlite3.Connection:
        connection = opening.connect(path, **options)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    monkeypatch.setattr(engine, "connect", lightly)
    case = Case(the_sample, (("move", "5", "second"),))
    trace = record(case, tmp_path / "traced", sample_board)
    disks = Disks(case, tmp_path)
    for model in MODELS:
        _, wrong = look_at(case, trace, disks, model)
        assert any("1 acknowledged, and not all is there" in each for each in wrong)
