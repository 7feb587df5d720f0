"""Whatever becomes of the disk and the file: one sentence, nothing lost, the screen stays usable.

Each trouble is made under a board with a sample on it, met by the command line and by an open
screen, and taken away again; then everything goes on.
"""

import asyncio
import io
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from store.clock import FixedClock
from store.errors import StoreError
from store.read.glance import open_glance
from tui.app import RoundsApp
from tui.cli.run import run
from tui.running import run_board

pytestmark = pytest.mark.usefixtures("waits_for_the_disk")
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))
NOBODY = 65_534
SAMPLE = Path(__file__).parents[2] / "store" / "migrations" / "samples" / "board-0001.sql"
READING = (("list", "--all"), ("due", "--days", "30"), ("show", "1"), ("list", "--json"))
CHANGING = (
    ("add", "Acme", "Engineer"),
    ("move", "5", "second"),
    ("note", "1", "x" * 15_000),
    ("delete", "9"),
    ("undo",),
)


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def rounds(path: Path, *words: str) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    code = run(["--db", str(path), *words], clock=CLOCK, stdout=out, stderr=err, environ={})
    return Answer(code, out.getvalue(), err.getvalue())


def one_sentence(answer: Answer) -> None:
    """It failed, and says so in one line of plain words."""
    assert answer.code == 1, answer
    assert answer.out == ""
    assert re.fullmatch(r"rounds: [^\n]+\n", answer.err), answer.err
    assert "went wrong inside" not in answer.err
    assert "Error" not in answer.err


@pytest.fixture
def board(sample_board: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The sample, in a folder that belongs to whoever `commoner` turns us into; so would the
    configuration, if there were one."""
    folder = Path(tempfile.mkdtemp(prefix="rounds-proof-"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    path = folder / "board.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    if os.geteuid() == 0:
        for place in (folder, path):
            os.chown(place, NOBODY, NOBODY)
    yield path
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, sample_board: bytes) -> None:
    """Every module that the program loads when it needs it: nobody may read Python's own files
    where it is installed for root."""
    path = tmp_path_factory.mktemp("loaded") / "board.db"
    path.write_bytes(sample_board)
    content(path)
    for words in READING + CHANGING:
        rounds(path, *words)

    async def every_dialog() -> None:
        async with RoundsApp(path, CLOCK).run_test(size=(120, 40)) as pilot:
            for key in "LneDmixrfztc?Lu":
                await press(pilot, key, "escape")

    asyncio.run(every_dialog())


@contextmanager
def commoner() -> Iterator[None]:
    """A block in which file modes count, also where the proofs run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


# A full disk


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[bool], None]]:
    """A disk of this size at `folder`; what it gives fills it up, or makes room again.

    A small tmpfs where we may mount one; else a limit on how large a file may become.
    """
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        ballast = folder / "ballast"

        def fill(full: bool) -> None:
            ballast.unlink(missing_ok=True)
            if full:
                with suppress(OSError), ballast.open("wb", buffering=0) as file:
                    while file.write(b"x" * 1_024):
                        pass

        try:
            yield fill
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(full: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096 if full else soft, hard))

    try:
        yield limit
    finally:
        limit(False)
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_and_the_command_line(
    tmp_path: Path, sample_board: bytes, figure: Callable[..., None]
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, 4_096) as fill:
        path = folder / "board.db"
        path.write_bytes(sample_board)
        before = content(path)
        shown = [rounds(path, *words) for words in READING]
        fill(True)
        for words in (*CHANGING, ("backup",)):
            answer = rounds(path, *words)
            one_sentence(answer)
            assert re.search(r"full|no space|No space|disk reported", answer.err), answer.err
        assert [rounds(path, *words) for words in READING] == shown, "it can be read"
        fill(False)
        assert content(path) == before
        assert not list(folder.rglob("*.part")), "no half of a copy is left"
        for words in CHANGING:
            assert rounds(path, *words).code == 0
        figure("disk: full, commands", len(CHANGING) + 1, "one sentence each, 0 lost")


def test_a_full_disk_and_an_older_board(tmp_path: Path, figure: Callable[..., None]) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, 1_024) as fill:
        path = folder / "board.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SAMPLE.read_text(encoding="utf-8"))
        before = path.read_bytes()
        fill(True)
        for words in (("list",), ("due",), ("add", "Acme", "Engineer")):
            one_sentence(rounds(path, *words))
            assert path.read_bytes() == before
        fill(False)
        assert rounds(path, "list").code == 0
        figure("disk: full while migrating", 3, "one sentence each, 0 lost")


# Files and folders that may not be written


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("closed", ["file", "folder", "both"])
def test_read_only_and_the_command_line(
    closed: str, board: Path, figure: Callable[..., None]
) -> None:
    before = board.read_bytes()
    shown = [rounds(board, *words) for words in READING]
    with commoner():
        if closed != "folder":
            board.chmod(0o400)
        if closed != "file":
            board.parent.chmod(0o500)
        for words in CHANGING:
            answer = rounds(board, *words)
            one_sentence(answer)
            assert re.search("read-only|permission", answer.err), answer.err
        assert [rounds(board, *words) for words in READING] == shown
        assert board.read_bytes() == before
        board.parent.chmod(0o700)
        board.chmod(0o600)
        for words in CHANGING:
            assert rounds(board, *words).code == 0
    figure("disk: read-only, commands", len(CHANGING), "one sentence each, 0 lost")


# Files that are something else


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)")
        connection.commit()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def text(path: Path) -> None:
    path.write_text("Company;Role\nGlobex;Engineer\n" * 200)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def head(path: Path) -> None:
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [foreign, newer, text, cut, head, folder])
def test_another_kind_of_file(
    spoil: Callable[[Path], None], board: Path, figure: Callable[..., None]
) -> None:
    whole = board.read_bytes()
    spoil(board)
    before = board.read_bytes() if board.is_file() else b""
    for words in READING + CHANGING:
        one_sentence(rounds(board, *words))
    with pytest.raises(StoreError) as told:
        run_board(board, CLOCK)
    assert "\n" not in str(told.value)
    assert (board.read_bytes() if board.is_file() else b"") == before, "it was not changed"
    if board.is_dir():
        board.rmdir()
    board.write_bytes(whole)
    assert rounds(board, "list").code == 0
    figure("disk: not a board of ours", 1, "one sentence for each command, file not changed")


# The screen, while it happens


async def press(pilot: Pilot[int], *keys: str) -> str:
    """Press keys; what was told in passing by then."""
    app = pilot.app
    assert isinstance(app, RoundsApp)
    for key in keys:
        await pilot.press(key)
        for _ in range(3):
            with suppress(StoreError):
                await app.desk.read(lambda _: None)
            await pilot.pause()
    assert app.crash is None
    assert app.is_running
    return "\n".join(note.message for note in app._notifications)


def deleted(path: Path) -> Callable[[], None]:
    kept = path.with_name("kept")
    path.rename(kept)
    return lambda: kept.replace(path) and None


def read_only(path: Path) -> Callable[[], None]:
    path.chmod(0o400)
    path.parent.chmod(0o500)

    def heal() -> None:
        path.parent.chmod(0o700)
        path.chmod(0o600)

    return heal


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("trouble", [deleted, read_only])
async def test_trouble_under_an_open_screen(
    trouble: Callable[[Path], Callable[[], None]],
    board: Path,
    figure: Callable[..., None],
) -> None:
    with commoner():
        async with RoundsApp(board, CLOCK).run_test(size=(120, 40)) as pilot:
            await press(pilot, "1")
            before = content(board)
            heal = trouble(board)
            told = await press(pilot, "L")
            assert told, "the user hears that the move was not saved"
            await press(pilot, "n")
            await pilot.press(*"kept")
            told = await press(pilot, "ctrl+s")
            words = painted(pilot)
            assert "kept" in words, "what was typed is still there"
            await press(pilot, "escape", "j", "k", "enter", "escape", "t", "escape", "2", "1")
            heal()
            app = pilot.app
            assert isinstance(app, RoundsApp)
            app._watch()
            await press(pilot, "escape", "1")
        assert content(board) == before, "nothing is half there"
        async with RoundsApp(board, CLOCK).run_test(size=(120, 40)) as pilot:
            await press(pilot, "1", "L")
            assert content(board) != before, "opened again, it goes on"
    figure("disk: trouble under an open screen", 1, "told, text kept, usable, 0 lost")


async def test_a_disk_that_fills_up_under_an_open_screen(
    tmp_path: Path,
    sample_board: bytes,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[..., None],
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, 4_096) as fill:
        path = folder / "board.db"
        path.write_bytes(sample_board)
        async with RoundsApp(path, CLOCK).run_test(size=(120, 40)) as pilot:
            await press(pilot, "1", "L", "u")
            before = content(path)
            fill(True)
            assert re.search("full|disk reported", await press(pilot, "L"))
            glance = open_glance(path, CLOCK)
            assert glance is not None
            with closing(glance):
                lanes = pilot.app.board_screen.live.board.lanes  # type: ignore[attr-defined]
                assert {s: [c.id for c in lane] for s, lane in lanes.items()} == {
                    s: [c.id for c in lane] for s, lane in glance.board().lanes.items()
                }, "the card slid back"
            fill(False)
            assert content(path) == before
            await press(pilot, "L")
            assert content(path) != before, "with room again it goes on"
    figure("disk: full under an open screen", 1, "told, usable, 0 lost")


def painted(pilot: Pilot[int]) -> str:
    lines = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return "\n".join("".join(segment.text for segment in line) for line in lines)


@pytest.mark.usefixtures("loaded")
async def test_a_configuration_that_may_not_be_read(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board opens with the usual keys, and says so."""
    config = board.parent / "config" / "rounds"
    config.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    with closed_to_us(config), commoner():
        async with RoundsApp(board, CLOCK).run_test(size=(120, 40)) as pilot:
            assert "could not be read" in await press(pilot, "1")
            before = content(board)
            await press(pilot, "L")
            assert content(board) != before


@contextmanager
def closed_to_us(folder: Path) -> Iterator[None]:
    folder.chmod(0)
    try:
        yield
    finally:
        folder.chmod(0o700)
