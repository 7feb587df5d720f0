"""How the program ends by a signal, whatever it was doing."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.stillness import PATIENCE

ROOT = Path(__file__).parents[2]
HELD_UP = """
import os, signal, sys, threading, time
from tui.ending import orderly
with orderly(lambda code: None):
    with threading._active_limbo_lock:  # as in the midst of starting a thread
        os.kill(os.getpid(), int(sys.argv[1]))
        time.sleep(600)
"""


def test_a_signal_while_a_thread_is_started_ends_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELD_UP, str(signal.SIGTERM.value)],
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 128 + signal.SIGTERM
