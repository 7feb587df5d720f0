"""The everyday commands, read without argparse: the same words as with it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.parser import parse
from tui.cli.words import EVERYDAY, HelpShown, Usage, read_everyday

PROJECT = Path(__file__).parents[2]
SWITCHES = sorted({f"--{name}" for words in EVERYDAY.values() for name in words})
WORDS = (*EVERYDAY, *SWITCHES, "--db", "a.db", "--version", "--help", "add", "--", "-x", "")


@pytest.mark.parametrize("command", EVERYDAY)
@pytest.mark.parametrize("db", [(), ("--db", "a.db"), ("--db", "due")])
def test_the_plain_command_is_read(command: str, db: tuple[str, ...]) -> None:
    words = read_everyday([*db, command])
    assert words is not None
    assert vars(words) == vars(parse([*db, command]))
    assert "db" in words
    assert "id" not in words


@given(argv=st.lists(st.sampled_from(WORDS), max_size=5))
def test_what_is_read_here_is_what_argparse_reads(argv: list[str]) -> None:
    words = read_everyday(argv)
    if words is not None:
        try:
            assert vars(words) == vars(parse(argv))
        except (Usage, HelpShown) as refused:
            raise AssertionError(argv) from refused


@pytest.mark.parametrize("switch", ["--line", "--check", "--json"])
def test_one_switch_is_read(switch: str) -> None:
    words = read_everyday(["due", switch])
    assert words is not None
    assert getattr(words, switch[2:]) is True


def test_neither_argparse_nor_pathlib_is_loaded_for_what_is_due(tmp_path: Path) -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom tui.cli.run import run\n"
        f"run(['--db', {str(tmp_path / 'none.db')!r}, 'due'])\n"
        "print(*{'argparse', 'pathlib', 'dataclasses', 'json'} & (set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
