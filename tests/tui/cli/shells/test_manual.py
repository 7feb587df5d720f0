"""The manual: made from the table of commands, sound roff, and the file that the wheel brings."""

import os
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.shells.conftest import need
from tui.cli.run import DONE, FAILED, INTERRUPTED, WRONG_USAGE
from tui.cli.shells.hints import examples
from tui.cli.shells.manual import roff
from tui.cli.showing.due import SOMETHING_DUE
from tui.cli.table import COMMANDS

PROJECT = Path(__file__).parents[4]
FILE = PROJECT / "docs" / "rounds.1"
DRAW = bool(os.environ.get("ROUNDS_DRAW"))


def test_the_file_is_what_the_program_prints(shell: Any) -> None:
    if DRAW:
        FILE.write_text(roff() + "\n", encoding="ascii")
    assert FILE.read_text(encoding="ascii") == roff() + "\n"
    assert shell.ok("man").out == roff() + "\n"


@pytest.fixture(scope="module")
def shown() -> str:
    """The manual as a terminal shows it."""
    need("groff")
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-P-cbou", "-ww", "-rLL=100n"],
        input=roff(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


def test_every_command_and_each_of_its_examples_is_in_it(shown: str) -> None:
    for name, verb in COMMANDS.items():
        assert re.search(rf"^   {re.escape(name)}$", shown, re.MULTILINE), name
        assert verb.line.split("“")[0].split("’")[0].strip()[1:] in " ".join(shown.split())
    for lines in examples().values():
        for line in lines:
            said = line.replace("’", "'").translate({ord("“"): '"', ord("”"): '"'})
            assert " ".join(said.split()) in " ".join(shown.split())


def test_exit_codes_are_those_of_the_program() -> None:
    text = roff().partition(".SH EXIT STATUS\n")[2].partition(".SH")[0]
    told = {int(number) for number in re.findall(r"^\\fB(\d+)\\fR$", text, re.MULTILINE)}
    assert told == {DONE, FAILED, WRONG_USAGE, 3, SOMETHING_DUE, INTERRUPTED}


@pytest.mark.parametrize(
    "words",
    [
        ("mandoc", "-T", "lint", "-W", "warning", "/dev/stdin"),
        ("man", "--warnings", "-E", "UTF-8", "-l", "-"),
        ("groff", "-man", "-Tutf8", "-ww", "-z"),
    ],
    ids=lambda words: words[0],
)
def test_no_program_for_manuals_finds_anything(play: Callable[..., str], words: Any) -> None:
    printed = play(*words, text=roff() + "\n")
    if words[0] == "man":
        assert "rounds" in printed
    else:
        assert printed == ""


def test_manual_and_scripts_are_in_the_wheel() -> None:
    build = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    shared = build["build"]["targets"]["wheel"]["shared-data"]
    assert set(shared.values()) == {
        "share/man/man1/rounds.1",
        "share/bash-completion/completions/rounds",
        "share/zsh/site-functions/_rounds",
        "share/fish/vendor_completions.d/rounds.fish",
    }
    assert all((PROJECT / file).is_file() for file in shared)
