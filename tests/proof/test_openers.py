"""A key that opens something, and a text right after it: the text is for what opens, all of it.

Every opener of the table of commands is tried on every screen that offers it, in a real
pseudo-terminal, in one write, half of the time while the desk is busy. Each program begins with
another case, so that it is also the first opening, with its modules still to be loaded. All of
them are tried, in the long form only, on a machine that does little else and on one that does much.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from tests.conftest import SAMPLE_MADE
from tui.commands import COMMANDS

pytestmark = [pytest.mark.terminal, pytest.mark.proof]
LONG = os.environ.get("ROUNDS_PROOF") == "long"
PROGRAMS = 8
"""Programs that share the cases of a seed in the long form."""
LOOPS = 8
LOOP = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"
"""A loop that keeps a processor busy, and that not even a killed parent leaves behind."""
SEEDS = (
    (1, 0),
    (2, 0),
    pytest.param(3, LOOPS, marks=pytest.mark.crowded),
)
"""In which order all of them are tried, and beside how many loops."""
ROOT = Path(__file__).parents[2]
OPENERS = [(where, c.id) for c in COMMANDS if c.opens for where in c.where]
OF_THE_LAST_CLOSED = {("board", "lesson"), ("today", "lesson")}
"""What opens only for what was closed just before, and so never here."""
SCRIPT = Path(__file__).with_name("fast_hand.py")
CARDS = (10, 5)
"""Of the demo: one whose thanks are due after a second interview, one with an offer."""


def test_a_thousand_are_tried() -> None:
    assert len(SEEDS) * len(cases(0)) >= 1_000


@pytest.mark.long
@pytest.mark.parametrize(("seed", "loops"), SEEDS)
def test_every_opener_opens_and_gets_its_text(
    seed: int, loops: int, sample_board: bytes, tmp_path: Path, figure: Callable[..., None]
) -> None:
    """Beside loops several programs run at once: so they wait for each other as well, and the
    loops need not run for so long."""
    board = with_something_to_open(sample_board, tmp_path / "prepared.db")
    shares = [(seed, cases(seed)[part::PROGRAMS]) for part in range(PROGRAMS)]
    with busy(loops), ThreadPoolExecutor(PROGRAMS if loops else 1) as programs:
        told = list(programs.map(lambda share: run(tmp_path, board, *share), shares))
    found = [one for some in told for one in some]
    assert nothing_is_wrong(found) == len(cases(0))
    opened = {(one["where"], one["id"]) for one in found if one.get("opened")}
    assert set(OPENERS) - OF_THE_LAST_CLOSED <= opened, "these never open: nothing is proved"
    tried = [one for one in found if one["reached"]]
    where = f"openers with a text in one write{f', beside {loops} busy loops' if loops else ''}"
    figure(where, len(tried), "0 keys lost, doubled or astray")


def cases(seed: int) -> list[tuple[str, str, int]]:
    """Every opener on every screen, for each card, in an order of its own for each seed."""
    found = [(where, name, card) for where, name in OPENERS for card in CARDS]
    random.Random(seed).shuffle(found)
    return found


def with_something_to_open(board: bytes, path: Path) -> bytes:
    """The sample, with something for those openers that find nothing in it."""
    path.write_bytes(board)
    path.chmod(0o600)
    with closing(open_database(path, FixedClock(SAMPLE_MADE))) as database:
        pipeline, today = Pipeline(database), SAMPLE_MADE.date()
        for card in CARDS:
            pipeline.note(card, "They were friendly.")
            pipeline.point(card, "concern", "Has never run Kubernetes.")
        for card in pipeline.database.glance().cards()[:2]:
            pipeline.shelve(card.company, "A role of its own")
        pipeline.add_reminder("Update the CV", today)
        pipeline.assignment(CARDS[0], "A case", due_on=today + timedelta(days=6))
    return path.read_bytes()


def nothing_is_wrong(found: list[dict[str, Any]]) -> int:
    """How many cases there are; no key of any went astray."""
    wrong = [one for one in found if one["wrong"]]
    assert not wrong, f"{len(wrong)} of {len(found)}: {json.dumps(wrong, indent=1)[:6000]}"
    return len(found)


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep the processors busy meanwhile."""
    running = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(loops)]
    try:
        yield
    finally:
        for loop in running:
            loop.kill()
        for loop in running:
            loop.wait()


def run(folder: Path, board: bytes, seed: int, share: list[Any]) -> list[dict[str, Any]]:
    """What the fast hand found on a board of its own; the program has ended well."""
    place = folder / f"{seed}-{'-'.join(map(str, share[0]))}"
    place.mkdir()
    path, result = place / "board.db", place / "found.json"
    path.write_bytes(board)
    path.chmod(0o600)
    with closing(open_database(path, FixedClock(SAMPLE_MADE))) as database:
        database.backup()
        Pipeline(database).note(CARDS[0], "They called.")  # so that there is something to restore
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(path), str(seed), json.dumps(share), str(result)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "EDITOR": "true",
            "XDG_CONFIG_HOME": str(place),
        },
        check=False,
        timeout=3_000,
    )
    found: list[dict[str, Any]] = json.loads(result.read_text())
    assert ended.returncode == 0, (ended.returncode, found[-1:])
    return found
