"""A signal at any moment: from the start of the interpreter to the second picture, on terminals
that are read and on such that nobody reads. The program is gone soon, its exit code says why, the
terminal is as it was, and no traceback is printed.

How soon is measured and told, not asserted: that would depend on what else the machine does.
"""

import os
import random
import re
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from proof_terminal import ENTERED, FIRST_PICTURE, LEFT, Terminal

from tests.conftest import LONG

pytestmark = pytest.mark.terminal
SERIES, STARTS = (10, 50) if LONG else (1, 4)
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
OURS = re.compile(rb'File "[^"]*/(tui|store)/')
"""A line of a traceback through code of ours."""
NOT_BEGUN = re.compile(rb"Could not import runpy module|Fatal Python error: init")
"""What the interpreter itself says when ctrl+c comes before it has read a line of ours; it ends
with 1 then."""


@pytest.fixture
def board(tmp_path: Path, sample_board: bytes) -> Path:
    path = tmp_path / "board.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    return path


def whole_start(board: Path) -> float:
    """Seconds from the start to the second picture."""
    with closing(Terminal(board)) as terminal:
        terminal.wait_for(lambda: FIRST_PICTURE in terminal.printed, "the first picture")
        terminal.write(b"t")
        terminal.wait_for(lambda: b"Due" in terminal.printed, "the second picture")
        return time.monotonic() - terminal.began


def ended_by(number: signal.Signals, terminal: Terminal, moment: float) -> float:
    """Send the signal `moment` seconds after the start; how long the end took."""
    asked = False
    while (left := terminal.began + moment - time.monotonic()) > 0:
        terminal.take(min(left, 0.01))
        if not asked and FIRST_PICTURE in terminal.printed:
            asked = True
            terminal.write(b"t")
    assert not terminal.has_ended(), bytes(terminal.printed[-500:])
    signal_was_sent = f"{number.name} after {moment:.3f} s"
    again = number is signal.SIGINT and not heeds_signals(terminal.pid)
    os.kill(terminal.pid, number)
    end = terminal.end(number if again else None)
    printed = bytes(terminal.printed)
    if end.code != 128 + number and not NOT_BEGUN.search(printed):
        raise AssertionError(f"{signal_was_sent}: {end}\n{printed[-600:]!r}")
    assert terminal.is_as_before(), signal_was_sent
    if not terminal.stalled:
        assert printed.rfind(LEFT) >= printed.rfind(ENTERED), (signal_was_sent, printed[-1_500:])
    assert not OURS.search(printed), (signal_was_sent, printed[-1_500:])
    return end.seconds


def heeds_signals(pid: int) -> bool:
    """Whether the program has set up what it does at a signal.

    Before, ctrl+c is the interpreter's: while that loads itself, it may swallow the exception that
    it makes of it (in the callback of a lock of an import), and nobody hears of it.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    caught = re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize("series", range(SERIES))
def test_a_signal_at_any_moment(series: int, board: Path, figure: Callable[..., None]) -> None:
    chance = random.Random(series)
    whole = whole_start(board)
    slowest = {False: 0.0, True: 0.0}
    for number in range(STARTS):
        stalled = number % 4 == 3
        with closing(Terminal(board, stalled=stalled)) as terminal:
            moment = chance.uniform(0, whole)
            seconds = ended_by(SIGNALS[(number + number // 4) % 4], terminal, moment)
            slowest[stalled] = max(slowest[stalled], seconds)
    told = f"128 + n, as before, no traceback; slowest {slowest[False]:.1f} s, stalled "
    figure("signals: TERM, HUP, INT, QUIT at any moment", STARTS, f"{told}{slowest[True]:.1f} s")
