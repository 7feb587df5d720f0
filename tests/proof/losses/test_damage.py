"""Flipped bytes on every page of a copy: a sentence or an answer, never a crash, nothing changed.

A flip in a structure of SQLite is found when the board is opened; one in the midst of a text
cannot be told from another text, so the commands may answer. What no flip may do is to bring out
a traceback, to hang, to change the file by being looked at, or to end the screen.
"""

import io
import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from tui.app import RoundsApp
from tui.cli.run import run
from tui.running import open_board

LONG = os.environ.get("ROUNDS_PROOF") == "long"
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))
FLIPS = 4
"""On each page, besides one of its whole head and one of all of it."""
SAMPLE = 4
"""Pages in the short form."""
READING = (
    ("list", "--all"),
    ("list", "--all", "--json"),
    ("due", "--days", "60"),
    ("show", "6"),
    ("stats",),
)
CHANGING = (("move", "6", "first"), ("backup",))


def rounds(path: Path, *words: str) -> int:
    out, err = io.StringIO(), io.StringIO()
    code = run(["--db", str(path), *words], clock=CLOCK, stdout=out, stderr=err, environ={})
    said = err.getvalue()
    assert code in (0, 1, 3), (words, said)
    assert "went wrong inside" not in said, (words, said)
    if code == 1:
        assert said.startswith("rounds: "), (words, said)
        assert said.count("\n") == 1, (words, said)
    return code


def flipped(whole: bytes, start: int, size: int, chance: random.Random) -> list[bytes]:
    """The file with damage on the page at `start`, in several ways."""
    head = start + (100 if start == 0 else 0)
    ways = [range(head, head + 8), range(start, start + size)]
    ways += [range(at, at + 1) for at in chance.sample(range(start, start + size), FLIPS)]
    files = []
    for places in ways:
        hurt = bytearray(whole)
        for at in places:
            hurt[at] ^= chance.choice((0xFF, 1 << chance.randrange(8)))
        files.append(bytes(hurt))
    return files


def pages(whole: bytes) -> tuple[int, list[int]]:
    """The size of a page, and where each page begins that is to be damaged."""
    size = int.from_bytes(whole[16:18])
    starts = list(range(0, len(whole), size))
    return size, starts if LONG else random.Random(7).sample(starts, SAMPLE)


@pytest.mark.parametrize("part", range(2 if LONG else 1))
def test_every_page_and_the_command_line(
    part: int, sample_board: bytes, tmp_path: Path, figure: Callable[..., None]
) -> None:
    path = tmp_path / "board.db"
    size, starts = pages(sample_board)
    chance = random.Random(part)
    told = answered = count = 0
    for start in starts[part :: 2 if LONG else 1]:
        count += 1
        for hurt in flipped(sample_board, start, size, chance):
            path.write_bytes(hurt)
            for words in READING:
                code = rounds(path, *words)
                told += code == 1
                answered += code != 1
            assert path.read_bytes() == hurt, "looking at it changed it"
            for words in CHANGING:
                if rounds(path, *words) == 1 and path.read_bytes() == hurt:
                    told += 1
    assert told
    figure("damage: pages flipped, each in six ways", count, "0 crashes")
    figure("damage: commands that told it in a sentence", told, "0 crashes, file not changed")
    figure("damage: commands that could still answer", answered, "0 crashes")


@pytest.mark.parametrize("part", range(2 if LONG else 1))
async def test_every_page_and_the_screen(
    part: int,
    sample_board: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[..., None],
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "board.db"
    size, starts = pages(sample_board)
    chance = random.Random(part)
    refused = opened = 0
    for start in starts[part :: 2 if LONG else 1]:
        for hurt in chance.sample(flipped(sample_board, start, size, chance)[2:], 1):
            path.write_bytes(hurt)
            try:
                glance = open_board(path, CLOCK)
                assert glance is not None
                board = glance.board()
            except StoreError:
                refused += 1
                continue
            opened += 1
            app = RoundsApp(path, CLOCK, board=board, glance=glance)
            async with app.run_test(size=(120, 40)) as pilot:
                for key in ("2", "enter", "escape", "L", "t", "escape", "c", "escape", "s"):
                    await pilot.press(key)
                    with suppress(StoreError):
                        await app.desk.read(lambda _: None)
                await pilot.pause()
                assert app.crash is None
                assert app.is_running
    figure("damage: screens opened on a flipped file", opened, "0 crashes")
    figure("damage: screens that said why they do not open", refused, "0 crashes")
