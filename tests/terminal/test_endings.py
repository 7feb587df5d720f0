"""However the program ends, the terminal is as before, the data is saved, and nothing is told."""

import fcntl
import os
import re
import signal
import sqlite3
import struct
import sys
import termios
import time
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from store.clock import SystemClock
from store.file.database import open_database
from store.pipeline import Pipeline
from tests.stillness import PATIENCE

pytestmark = pytest.mark.terminal
ROOT = Path(__file__).parents[2]
RESTORED = {
    "the screen before": b"\x1b[?1049l",
    "the cursor": b"\x1b[?25h",
    "no mouse": b"\x1b[?1000l",
    "no pasting": b"\x1b[?2004l",
}
CRASH = """
import sys
from tui.board.columns.lane import Lane
def render_lines(self, crop):
    salary = "secret-4711"
    raise RuntimeError("secret-4711")
Lane.render_lines = render_lines
from tui.__main__ import main
sys.argv = ["rounds"]
sys.exit(main())
"""

CANCELLED = """
import asyncio, sys
from tui.app import RoundsApp
async def cancelled():
    raise asyncio.CancelledError
RoundsApp._watch = lambda self: self.call_later(cancelled)
from tui.__main__ import main
sys.argv = ["rounds"]
sys.exit(main())
"""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A board with one application."""
    path = tmp_path / "board.db"
    database = open_database(path, SystemClock())
    Pipeline(database).add("Globex", "Engineer", salary="secret-4711")
    database.close()
    return path


def start(board: Path, *arguments: str) -> "pexpect.spawn[bytes]":
    """The program in a pseudo-terminal, with `board`."""
    return pexpect.spawn(
        sys.executable,
        list(arguments) or ["-m", "tui"],
        cwd=str(ROOT),
        env={
            **os.environ,
            "ROUNDS_DB": str(board),
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
        },
        dimensions=(40, 140),
        timeout=PATIENCE,
    )


def ended(program: "pexpect.spawn[bytes]") -> bytes:
    """Wait for the end; gives what was printed on the way."""
    program.expect(pexpect.EOF, timeout=PATIENCE)
    program.close()
    return bytes(program.before or b"")


def applications(board: Path) -> list[str]:
    glance = open_database(board, SystemClock()).glance()
    return [f"{card.company} {card.stage}" for card in glance.cards(closed=None)]


def wait_until_stored(board: Path, expected: list[str]) -> None:
    """The screen shows a move before it is stored: what is asserted after an end has to be."""
    for _ in range(10 * PATIENCE):
        if applications(board) == expected:
            return
        time.sleep(0.1)
    raise AssertionError(f"not stored: {expected}")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGHUP, marks=pytest.mark.long),
        pytest.param(signal.SIGINT, marks=pytest.mark.long),
        pytest.param(signal.SIGQUIT, marks=pytest.mark.long),
    ],
)
def test_a_signal_leaves_the_terminal_as_it_was(board: Path, number: signal.Signals) -> None:
    program = start(board)
    program.expect("Globex")
    program.send("L")
    program.expect(r"date\?")
    wait_until_stored(board, ["Globex first"])
    program.kill(number)
    printed = ended(program)
    for what, sequence in RESTORED.items():
        assert sequence in printed, f"{what} was not restored"
    assert program.exitstatus == 128 + number, printed[-600:]
    assert b"Traceback" not in printed
    assert applications(board) == ["Globex first"]


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGHUP, marks=pytest.mark.long),
        pytest.param(signal.SIGINT, marks=pytest.mark.long),
    ],
)
def test_a_terminal_that_has_stopped_reading_holds_nothing_up(
    board: Path, number: signal.Signals
) -> None:
    program = start(board)
    program.expect("Globex")
    # Nobody reads any more: after some pictures the terminal takes nothing either.
    while not _is_full(program.child_fd):
        os.write(program.child_fd, b"TTTT")
        time.sleep(0.01)
    program.kill(number)
    for _ in range(10 * PATIENCE):
        done, status = os.waitpid(program.pid, os.WNOHANG)
        if done:
            break
        time.sleep(0.1)
    else:
        program.kill(signal.SIGKILL)
        raise AssertionError("the program waits for a terminal that nobody reads")
    program.terminated = True
    assert os.waitstatus_to_exitcode(status) == 128 + number


def _is_full(descriptor: int) -> bool:
    """Whether what waits in the terminal to be read has stopped growing."""
    waits = []
    for _ in range(5):
        waits.append(struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)))[0])
        time.sleep(0.05)
    return waits[0] > 0 and len(set(waits)) == 1 and waits[0] >= 3_000


def test_a_byte_that_is_no_letter_ends_nothing(board: Path) -> None:
    program = start(board)
    program.expect("Globex")
    program.send(b"ncaf\xe9 at ten\x13")
    program.expect("Noted")
    program.send(b"q")
    ended(program)
    assert program.exitstatus == 0
    dossier = open_database(board, SystemClock()).glance().dossier(1)
    assert [note.text for note in dossier.notes] == ["caf\ufffd at ten"]


def test_what_a_locked_board_did_not_take_is_said_at_the_end(board: Path) -> None:
    program = start(board)
    program.expect("Globex")
    with closing(sqlite3.connect(board, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        program.send("L")
        program.expect(r"date\?")
        program.kill(signal.SIGTERM)
        printed = ended(program)
    told = printed[printed.rfind(b"\x1b[?1049l") :].decode()
    assert "rounds: 1 change was not saved" in " ".join(told.split())
    assert str(board) in told.replace("\r\n", "")
    assert program.exitstatus == 128 + signal.SIGTERM
    assert applications(board) == ["Globex applied"]


def test_a_closed_terminal_ends_the_program(board: Path) -> None:
    program = start(board)
    program.expect("Globex")
    program.send("L")
    program.expect(r"date\?")
    wait_until_stored(board, ["Globex first"])
    pid = program.pid
    terminal = program.ptyproc
    # Not by its number, which may be another file's by the time this is collected.
    terminal.fileobj.close()
    for _ in range(10 * PATIENCE):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        time.sleep(0.1)
    else:
        os.kill(pid, signal.SIGKILL)
        raise AssertionError("the program lives on without a terminal")
    for it in (program, terminal):
        it.closed = it.terminated = True
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert applications(board) == ["Globex first"]


def test_a_crash_tells_one_sentence_and_no_secret(board: Path) -> None:
    program = start(board, "-c", CRASH)
    printed = ended(program)
    after = printed[printed.rfind(b"\x1b[?1049l") :]
    for what, sequence in RESTORED.items():
        assert sequence in printed, f"{what} was not restored"
    told = re.sub(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]", b"", after).decode()
    assert "Something went wrong inside rounds (RuntimeError at" in told
    assert "secret" not in printed.decode(errors="replace").replace("\r\n", "")
    assert b"Traceback" not in printed
    assert program.exitstatus == 1
    assert applications(board) == ["Globex applied"]


def test_an_end_that_nobody_asked_for_is_told(board: Path) -> None:
    program = start(board, "-c", CANCELLED)
    printed = ended(program)
    assert b"Something went wrong inside rounds" in printed[printed.rfind(b"\x1b[?1049l") :]
    assert program.exitstatus == 1


def test_quitting_is_clean(board: Path) -> None:
    program = start(board)
    program.expect("Globex")
    program.send("L")
    program.send("q")
    printed = ended(program)
    for what, sequence in RESTORED.items():
        assert sequence in printed, f"{what} was not restored"
    assert program.exitstatus == 0
    assert applications(board) == ["Globex first"], "q waits for what was asked for"
