"""A key that opens something, and a text right after it: the text is for what opens, all of it.

Every opener of the table of commands is tried on every screen that offers it, in a real
pseudo-terminal, in one write, half of the time while the desk is busy. Each program begins with
another case, so that it is also the first opening, with its modules still to be loaded.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.commands import COMMANDS

pytestmark = [pytest.mark.terminal, pytest.mark.proof]
LONG = os.environ.get("ROUNDS_PROOF") == "long"
SEEDS = 14 if LONG else 1
PARTS = 2
"""Programs for each seed: they share the cases."""
ROOT = Path(__file__).parents[2]
OPENERS = [(where, c.id) for c in COMMANDS if c.opens for where in c.where]
SCRIPT = Path(__file__).with_name("fast_hand.py")
CARDS = (7, 3)
"""Of the demo: one whose thanks are due after a second interview, one with an offer."""
EACH = len(OPENERS) if LONG else 4
"""Cases of each program in the short form: others with each change of the table."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_text_right_after_an_opener_is_for_what_opens(
    seed: int, part: int, sample_board: bytes, tmp_path: Path, figure: Callable[..., None]
) -> None:
    board, result = tmp_path / "board.db", tmp_path / "found.json"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    cases = [(where, name, card) for where, name in OPENERS for card in CARDS]
    random.Random(seed).shuffle(cases)
    cases = cases[part::PARTS][:EACH]
    found = run(board, seed, cases, result)
    wrong = [one for one in found if one["wrong"]]
    assert not wrong, f"{len(wrong)} of {len(found)}: {json.dumps(wrong, indent=1)[:6000]}"
    assert len(found) == len(cases)
    tried = [one for one in found if one["reached"]]
    figure("openers with a text in one write", len(tried), "0 keys lost, doubled or astray")


def run(board: Path, seed: int, cases: list[Any], result: Path) -> list[dict[str, Any]]:
    """What the fast hand found; the program has ended well."""
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(board), str(seed), json.dumps(cases), str(result)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "EDITOR": "true",
            "XDG_CONFIG_HOME": str(board.parent),
        },
        check=False,
        timeout=900,
    )
    found: list[dict[str, Any]] = json.loads(result.read_text())
    assert ended.returncode == 0, (ended.returncode, found[-1:])
    return found
