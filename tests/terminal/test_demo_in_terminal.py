"""`rounds demo` in a real pseudo-terminal: it shows the sample and leaves nothing behind."""

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from tests.stillness import PATIENCE

PROJECT = Path(__file__).parents[2]


@pytest.mark.terminal
@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(None, marks=pytest.mark.long),
        pytest.param(signal.SIGTERM, marks=pytest.mark.long),
        signal.SIGHUP,
    ],
)
def test_the_sample_goes_when_the_board_is_left(
    tmp_path: Path, ending: signal.Signals | None
) -> None:
    demo = pexpect.spawn(
        sys.executable,
        ["-m", "tui", "demo"],
        cwd=str(PROJECT),
        env={**os.environ, "TMPDIR": str(tmp_path), "TERM": "xterm-256color"},
        dimensions=(40, 140),
        timeout=PATIENCE,
    )
    try:
        demo.expect("Umbrella")
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        if ending is None:
            demo.send("q")
        else:
            demo.kill(ending)
        demo.expect(pexpect.EOF)
    finally:
        demo.close(force=True)
    assert demo.exitstatus == (128 + ending if ending else 0)
    assert list(tmp_path.iterdir()) == []
