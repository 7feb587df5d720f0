"""`rounds import` in a real terminal: interrupted, from a pipe, as a dry run."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from tests.stillness import PATIENCE

pytestmark = pytest.mark.terminal
ROOT = Path(__file__).parents[2]
ROWS = 10_000


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A table that takes seconds to store."""
    path = tmp_path / "sheet.csv"
    lines = [f"Company {number},Engineer,2026-10-{number % 28 + 1:02},x" for number in range(ROWS)]
    path.write_text("\n".join(["Company,Role,Applied,Notes", *lines]), encoding="utf-8")
    return path


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A home without a board."""
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


def rounds(*words: str) -> list[str]:
    return [sys.executable, "-m", "tui", *words]


def companies(environ: dict[str, str]) -> int:
    """How many applications the board has."""
    board = Path(environ["XDG_DATA_HOME"], "rounds", "board.db")
    if not board.exists():
        return 0
    with closing(sqlite3.connect(board)) as opened:
        count: int = opened.execute("SELECT count(*) FROM application").fetchone()[0]
        return count


def heeding_ctrl_c() -> None:
    """As in a terminal: whoever runs the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("moment", [pytest.param("Reading", marks=pytest.mark.long), "Storing"])
def test_ctrl_c_says_what_became_of_the_import(
    moment: str, sheet: Path, environ: dict[str, str]
) -> None:
    subprocess.run(rounds("add", "Globex", "SRE"), env=environ, check=True, capture_output=True)
    program, *words = rounds("import", str(sheet))
    child = pexpect.spawn(
        program, words, env=environ, timeout=PATIENCE, encoding="utf-8", preexec_fn=heeding_ctrl_c
    )
    child.expect(moment)
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in child.before
    # Who was very slow to press the keys is told the other half of the truth.
    stored = "the change was stored by then" in child.before
    assert stored or "Interrupted. Nothing was changed." in child.before
    assert companies(environ) == 1 + ROWS * stored
    assert not list(Path(environ["XDG_DATA_HOME"]).rglob("*-journal"))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{rounds} import - <{sheet}", marks=pytest.mark.long),
        pytest.param("cat {sheet} | {rounds} import -", marks=pytest.mark.long),
        pytest.param("cat {sheet} | {rounds} import /dev/stdin", marks=pytest.mark.long),
        "{rounds} import <(cat {sheet})",
    ],
)
def test_pipes_are_read(line: str, tmp_path: Path, environ: dict[str, str]) -> None:
    small = tmp_path / "small.csv"
    small.write_text("Firma;Stelle\nGlobex;SRE\nMüller;Köchin\n", encoding="cp1252")
    said = line.format(rounds=" ".join(rounds()), sheet=small)
    for more, count in ((" --dry-run", 0), ("", 2)):
        words = ["-c", said.replace(" import", f" import{more}")]
        child = pexpect.spawn("bash", words, env=environ, timeout=PATIENCE, encoding="utf-8")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0, child.before
        assert "2 would be added" in child.before if more else "2 added" in child.before
        assert "Windows-1252" in child.before
        assert companies(environ) == count
