"""Modules are loaded when first needed, on three threads: screen, desk and warm-up.

Modules that import each other, begun by two threads at once, are found half loaded by one of
them: a key in the first moment would end the program. Here they meet in a fresh interpreter
that stops for a moment in the middle of every import.
"""

import ast
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from store.clock import SystemClock
from store.file.database import open_database
from store.pipeline import Pipeline
from tests.proof.conftest import Figure
from tests.stillness import PATIENCE
from tui.commands import COMMANDS
from tui.rounds import ROUTES

STARTS = 200 if os.environ.get("ROUNDS_PROOF") == "long" else 1
ROOT = Path(__file__).parents[2]
SCREEN = [
    file
    for file in sorted((ROOT / "tui").rglob("*.py"))
    if "cli" not in file.relative_to(ROOT).parts
]
SCRIPT = Path(__file__).with_name("first_moment.py")


@cache
def loaded_late() -> tuple[str, ...]:
    """The modules that the screen loads inside functions, or by a name in a table."""
    places = [*ROUTES.values(), *(f"tui.actions.{c.does}" for c in COMMANDS if ":" in c.does)]
    found: dict[str, None] = {place.partition(":")[0]: None for place in places}
    for file in SCREEN:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.ImportFrom) and node.module:
                        found[node.module] = None
                    elif isinstance(node, ast.Import):
                        found |= {alias.name: None for alias in node.names}
    return tuple(sorted(found))


@pytest.mark.parametrize("start", range(STARTS))
def test_every_first_key_finds_its_modules(
    start: int, empty_board: bytes, tmp_path: Path, figure: Figure
) -> None:
    board = tmp_path / "board.db"
    board.write_bytes(empty_board)
    board.chmod(0o600)
    database = open_database(board, SystemClock())
    Pipeline(database).add("Globex", "Engineer")
    database.close()
    modules = list(loaded_late())
    assert "tui.board.changes" in modules
    random.Random(start).shuffle(modules)
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(board), str(start), *modules],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    figure("starts in which three threads loaded modules at once", 1, "0 half loaded")
