"""Bytes of any kind from the terminal: the program lives on, and stores nothing but what was typed.

Not events but bytes, as they come over a bad line: halves of UTF-8, pieces of escape sequences,
a paste that never ends, reports of the mouse, all of 0x00 to 0x1f. Leaving (`q`, ctrl+q, ctrl+c)
is a regular end, after which the program is started again.
"""

import random
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from proof_terminal import FIRST_PICTURE, LEFT, Terminal

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.rules.text import Refused

pytestmark = pytest.mark.terminal
SEEDS, BYTES = 20, 50_000
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))
LETTERS = "αβγδεζηθ жизнь 語彙 🎈🎉 ẞ ﬁ e\u0301"
"""What is typed as text: letters that nothing on the sample board has, so that what is stored of
them tells where it came from."""
PIECES = (
    b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[<0;12", b"\x1bO", b"\x1b]52;c;", b"\x1bP", b"\x9b",
    b"\x1b[200~", b"\x1b[201~", b"\x1b[1;5", b"\x1b[?2026;2$y", b"\x1b[99999999999999;1u",
    b"\x1b[I", b"\x1b[O", b"\x1b[M   ", b"\x1b[27;5;9~", b"\x1b[<35;-1;-1M", b"\x1b[<0;9999;9999M",
    b"\x1b[48;40;140;0;0t", b"\x1b[?62c", b"\xff\xfe", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x8e",
    b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\x00", b"\x7f", b"\x1b\x1b\x1b",
)  # fmt: skip
KEYS = (
    b"\r", b"\t", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[Z", b"\x7f", b"\x13", b"\x10",
    b"a", b"n", b"e", b"i", b"r", b"b", b"L", b"H", b"u", b"t", b"/", b"j", b"k", b"+", b"m", b"z",
)  # fmt: skip
LEAVE = frozenset(b"qQ\x11\x03")
"""Keys that lead out; most of them are left away, or there would be little but starts."""


def noise(chance: random.Random, size: int) -> bytes:
    """About this many bytes."""
    made = bytearray()
    while len(made) < size:
        match chance.randrange(8):
            case 0:
                drawn = bytes(chance.randrange(32) for _ in range(chance.randint(1, 6)))
            case 1 | 2:
                drawn = chance.randbytes(chance.randint(1, 12))
            case 3:
                drawn = chance.choice(PIECES)
            case 4:
                x, y, button = chance.randint(0, 150), chance.randint(0, 45), chance.randint(0, 70)
                drawn = f"\x1b[<{button};{x};{y}{chance.choice('Mm')}".encode()
            case 5:
                drawn = chance.choice(KEYS)
            case 6:
                text = "".join(chance.choices(LETTERS, k=chance.randint(1, 30))).encode()
                drawn = text[chance.randint(0, 2) :]
            case _:
                text = "".join(chance.choices(LETTERS, k=chance.randint(1, 400))).encode()
                drawn = b"\x1b[200~" + text + (b"\x1b[201~" if chance.random() < 0.8 else b"")
        made += bytes(b for b in drawn if b not in LEAVE or chance.random() < 0.02)
    return bytes(made)


@pytest.fixture
def board(tmp_path: Path, sample_board: bytes) -> Path:
    path = tmp_path / "board.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    return path


TYPED = {
    "application": ("company", "role", "location", "url", "source", "salary", "why_role", "reason",
                    "posting_text", "next_step", "lesson_keep", "lesson_change"),
    "note": ("text",),
    "contact": ("name", "title", "email", "phone", "link", "common_ground", "background"),
    "point": ("text", "detail", "link"),
    "debrief": ("next_step", "promised_text", "remarks"),
    "interview": ("place", "people"),
    "message": ("text",),
    "criterion": ("name",),
}  # fmt: skip
"""Where texts stand that people type."""


def texts(path: Path) -> set[str]:
    """All that was typed, as it is stored."""
    with closing(sqlite3.connect(path)) as board:
        assert board.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert board.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            str(row[0])
            for table, columns in TYPED.items()
            for column in columns
            for row in board.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")
        }


def undone(path: Path) -> None:
    """Take everything back, as far as it goes: each step of the journal still fits the board."""
    with closing(open_database(path, CLOCK)) as database:
        pipeline = Pipeline(database)
        for _ in range(2_000):
            try:
                pipeline.undo()
            except Refused:
                break
    texts(path)


def leave(terminal: Terminal) -> int:
    """Go back to the board and quit, as a user would; the exit code.

    The end of a paste that began comes more than once: the first may have fallen into the half of
    a sequence, and then all that follows belongs to the paste.
    """
    for number in range(40):
        for keys in (b"\x1b[201~", b"\x1b", b"\x1b", b"\x1b", b"q"):
            if not terminal.write(keys):
                return terminal.end().code
            # An escape counts as the key when nothing follows it for a while, which is longer the
            # more the machine has to do.
            for _ in range(4 + 2 * number):
                terminal.take(0.05)
    return terminal.end().code


def ended_well(terminal: Terminal, code: int) -> bool:
    """Whether it was left by a key; what came after that met a terminal in its usual modes, in
    which ctrl+c and ctrl+\\ are signals."""
    return code == 0 or (code in (130, 131) and LEFT in terminal.printed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_bytes(seed: int, board: Path, figure: Callable[..., None]) -> None:
    chance = random.Random(seed)
    before = texts(board)
    sent, starts = bytearray(), 0
    while len(sent) < BYTES:
        starts += 1
        with closing(Terminal(board)) as terminal:
            terminal.wait_for(lambda t=terminal: FIRST_PICTURE in t.printed, "the first picture")
            while len(sent) < BYTES:
                piece = noise(chance, chance.choice((1, 10, 100, 1_000)))
                sent += piece
                if not terminal.write(piece):
                    break
            code = leave(terminal)
            told = bytes(terminal.printed[terminal.printed.rfind(LEFT) :])
            if not ended_well(terminal, code):
                raise AssertionError(f"seed {seed}, after {len(sent)} bytes: {code}\n{told!r}")
            assert b"Traceback" not in terminal.printed
            assert b"went wrong" not in terminal.printed
            assert terminal.is_as_before()
    typed = unicodedata.normalize("NFC", sent.decode(errors="replace"))
    allowed = {*typed, *sent.decode("latin-1"), *sent.decode(errors="ignore"), "\ufffd", "\n", " "}
    allowed.update(*before)  # texts on the sample are typed on
    for text in texts(board) - before:
        assert all(c in allowed for c in text), (seed, text, set(text) - allowed)
        assert text.replace("\n", "").isprintable() or not any(
            unicodedata.category(c) in ("Cc", "Cs") for c in text.replace("\n", "")
        ), (seed, text)
    undone(board)
    figure(
        "bytes at random from the terminal", len(sent), "alive, sound, nothing but what was typed"
    )
    figure("bytes at random: starts", starts, "left by a key each time")
