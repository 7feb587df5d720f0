"""What the program makes is for its owner alone, and no password is ever said.

Under a umask of 000, with every file and folder watched, also those that come and go: the board,
its journal, backups, previews, the sample, drafts and texts in the editor.
"""

import io
import os
import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from store.clock import FixedClock
from store.errors import StoreError
from store.exchange.incoming import Incoming
from store.file import engine, opening
from store.file.database import open_database
from store.pipeline import Pipeline
from store.tables import Note
from tests.conftest import LONG
from tui.app import RoundsApp
from tui.cli.run import run
from tui.cli.table import COMMANDS
from tui.outside import edit_text

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))
CSV = """Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,\
Resume Name,Question And Answers
"11/10/26, 7:25 PM",,,Hooli,Engineer,https://www.linkedin.com/jobs/view/1,,
"""
REMOVING = (
    *((os, name) for name in ("remove", "unlink", "rmdir", "rename", "replace")),
    (shutil, "rmtree"),
)
Modes = dict[str, int]


def noting(removes: Callable[..., Any], folder: Path, modes: Modes) -> Callable[..., Any]:
    """`removes`, which first notes the mode of what it removes or renames, and of all in that.

    No audit hook: that cannot be taken away, and would be asked all the time by the tests after
    this one.
    """

    @wraps(removes)
    def noted(place: Any, *more: Any, **named: Any) -> Any:
        name = os.fspath(place)
        if isinstance(name, str) and name.startswith(str(folder)):
            with suppress(OSError):
                for each in (Path(name), *Path(name).rglob("*")):
                    modes[str(each)] = each.lstat().st_mode
        return removes(place, *more, **named)

    return noted


@contextmanager
def watched(folder: Path) -> Iterator[Modes]:
    """The modes of all that is made below `folder` in the block, with a umask of 000."""
    before = {str(place) for place in folder.rglob("*")}
    modes: Modes = {}
    mask = os.umask(0)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for module, name in REMOVING:
                patch.setattr(module, name, noting(getattr(module, name), folder, modes))
            yield modes
    finally:
        os.umask(mask)
        for place in folder.rglob("*"):
            modes[str(place)] = place.lstat().st_mode
        for place in before:
            modes.pop(place, None)


def for_the_owner_alone(modes: Modes) -> int:
    """How many there were; each is 0600, a folder 0700."""
    for place, mode in modes.items():
        wanted = 0o700 if stat.S_ISDIR(mode) else 0o600
        assert stat.S_IMODE(mode) == wanted, (place, oct(mode))
    return len(modes)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home with nothing of ours in it; temporary files go there, too."""
    home = tmp_path / "home"
    for name in ("", "tmp", ".local", ".config"):
        (home / name).mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / ".local" / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(home / "tmp"))
    return home


def rounds(*words: str, environ: dict[str, str] | None = None) -> tuple[int, str]:
    out = io.StringIO()
    code = run(words, clock=CLOCK, stdout=out, stderr=out, environ=environ or {})
    return code, out.getvalue()


def test_the_command_line(home: Path, figure: Callable[..., None]) -> None:
    file = home / "jobs.csv"
    file.write_text(CSV)
    with watched(home) as modes:
        for words in (
            ("import", str(file), "--dry-run"),
            ("add", "Globex", "Engineer"),
            ("import", str(file)),
            ("interview", "1", "tue", "10:00", "with Ana"),
            ("note", "1", "x" * 15_000),
            ("backup",),
            ("backup", str(home / "copies" / "mine.db")),
            ("list",),
            ("due",),
            ("show", "1"),
            ("undo",),
        ):
            code, said = rounds(*words)
            assert code == 0, (words, said)
    assert any(place.endswith("preview.db") for place in modes), "the watch sees what goes again"
    assert sum(place.endswith(".db") for place in modes) >= 4
    figure("privacy: files and folders made, umask 000", for_the_owner_alone(modes), "0600, 0700")


def test_an_older_board_and_its_copy(home: Path, figure: Callable[..., None]) -> None:
    path = home / "old" / "board.db"
    path.parent.mkdir()
    sample = Path(__file__).parents[1] / "store" / "migrations" / "samples" / "board-0001.sql"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sample.read_text(encoding="utf-8"))
    path.chmod(0o600)
    with watched(home) as modes:
        open_database(path, CLOCK).close()
    assert any("backups" in place for place in modes)
    figure("privacy: files and folders made, umask 000", for_the_owner_alone(modes), "0600, 0700")


def test_the_journal_of_a_change(
    home: Path, monkeypatch: pytest.MonkeyPatch, figure: Callable[..., None]
) -> None:
    def spilling(path: Path, **options: bool) -> sqlite3.Connection:
        connection = opening.connect(path, **options)
        connection.execute("PRAGMA cache_size = 1")
        return connection

    monkeypatch.setattr(engine, "connect", spilling)
    path = home / "board.db"
    with watched(home) as modes:
        database = open_database(path, CLOCK)
        pipeline = Pipeline(database)
        pipeline.add("Globex", "Engineer")
        rows = [Incoming(n, f"Company {n}", "Engineer", None, note="n" * 9_000) for n in range(40)]
        pipeline.bring_in(rows, source="a file")
        with database.writing() as session:
            for note in session.exec(select(Note)):
                note.text = note.text[::-1] + "!"
            session.flush()
            journal = path.with_name("board.db-journal")
            assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        database.close()
    figure(
        "privacy: files and folders made, umask 000", for_the_owner_alone(modes) + 1, "0600, 0700"
    )


async def test_the_screen(home: Path, figure: Callable[..., None]) -> None:
    path = home / "screen" / "board.db"
    with watched(home) as modes:
        async with RoundsApp(path, CLOCK).run_test(size=(120, 40)) as pilot:
            for keys in (
                "a",
                "Globex",
                "\t",
                "Engineer",
                "\r",
                "n",
                "hello",
                "\x13",
                "T",
                "L",
                "u",
            ):
                for key in {"\t": ["tab"], "\r": ["enter"], "\x13": ["ctrl+s"]}.get(keys, keys):
                    await pilot.press(key)
            await pilot.app.desk.read(lambda _: None)  # type: ignore[attr-defined]
    assert str(path) in modes
    figure("privacy: files and folders made, umask 000", for_the_owner_alone(modes), "0600, 0700")


def test_the_text_in_the_editor(home: Path, figure: Callable[..., None]) -> None:
    editor = home / "editor.py"
    editor.write_text("import sys, pathlib\npathlib.Path(sys.argv[-1]).write_text('new')\n")
    with watched(home) as modes:
        environ = {"EDITOR": f"{sys.executable} {editor}"}
        assert edit_text("secret", environ=environ) == "new"
    assert modes, "the watch sees what goes again"
    figure("privacy: files and folders made, umask 000", for_the_owner_alone(modes), "0600, 0700")


# Passwords and what is stored

ADDRESSES = (
    "postgresql://me:s3cret-4711@host/rounds",
    "postgres://me:s3cret-4711@host:5432/rounds?sslmode=require",
    "POSTGRESQL+psycopg://me:s3cret-4711@host/rounds",
    "mysql://me:s3cret-4711@host/rounds",
    "sqlite://me:s3cret-4711@host/board.db",
    "sqlite+pysqlcipher://:s3cret-4711@/board.db?cipher=aes",
    "https://me:s3cret-4711@host/board.db",
    "libsql://host?authToken=s3cret-4711",
    "postgresql:/me:s3cret-4711@host/rounds",
    "postgresql://me:s3cret-4711\n@host/rounds",
    "  postgresql://me:s3cret-4711@host/rounds",
)
SHORT = (0, 5, 7, 9)
"""Of these, in the short form: another program's, a query, a token, and one that is two lines."""
LONG_WORDS = ((), ("1",), ("1", "x"), ("1", "fri"), ("1", "first"), ("Globex", "Engineer"))
WORDS = LONG_WORDS if LONG else ((), ("1", "fri"))


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(address, id=str(n), marks=() if n in SHORT else pytest.mark.long)
        for n, address in enumerate(ADDRESSES)
    ],
)
def test_no_password_is_ever_said(
    address: str, home: Path, figure: Callable[..., None], capfd: pytest.CaptureFixture[str]
) -> None:
    said = 0
    for name in ("", *COMMANDS):
        for more in WORDS:
            words = (name, *more) if name else more
            for code, told in (
                rounds(*words, environ={"ROUNDS_DB": address}),
                rounds("--db", address, *words),
            ):
                assert "s3cret" not in told, (words, told)
                assert code in (0, 1, 2, 3)
                assert "went wrong inside" not in told, (words, told)
                said += 1
    captured = capfd.readouterr()
    assert "s3cret" not in captured.out + captured.err
    assert not [place for place in home.rglob("*") if "s3cret" in place.name]
    figure("privacy: commands with a password in ROUNDS_DB", said, "0 passwords said")


def test_a_failure_repeats_nothing_of_what_was_to_be_stored(
    home: Path, figure: Callable[..., None]
) -> None:
    """A trigger plays a table that does not fit: errors of databases repeat the values."""
    path = home / "board.db"
    assert rounds("--db", str(path), "add", "Globex", "Engineer")[0] == 0
    with closing(sqlite3.connect(path)) as connection:
        for table in ("application", "note", "message", "contact"):
            for when in ("INSERT", "UPDATE"):
                connection.execute(
                    f"CREATE TRIGGER no_{table}_{when} BEFORE {when} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'constraint failed'); END"
                )
        connection.commit()
    count = 0
    for words in (
        ("add", "s3cret", "s3cret", "--salary", "s3cret", "--note", "s3cret", "--url", "s3cret"),
        ("note", "1", "s3cret"),
        ("replied", "1", "--text", "s3cret"),
        ("close", "1", "rejected", "--reason", "s3cret"),
        ("interview", "1", "tue", "10:00", "with s3cret"),
    ):
        code, told = rounds("--db", str(path), *words)
        assert code == 1
        assert "s3cret" not in told
        count += 1
    database = open_database(path, CLOCK)
    pipeline = Pipeline(database)
    for act in (
        lambda: pipeline.contact(1, "s3cret", email="s3cret@x.example"),
        lambda: pipeline.interview(1, CLOCK.now() + timedelta(days=1), people="s3cret"),
        lambda: pipeline.edit(1, {"salary": "s3cret"}),
    ):
        with pytest.raises(StoreError) as told_error:
            act()
        error: BaseException | None = told_error.value
        while error is not None:
            assert not re.search("s3cret", str(error))
            error = error.__cause__
        count += 1
    database.close()
    figure("privacy: failures while storing", count, "0 values repeated")
