"""The scripts of `rounds completions` in the shells themselves, as far as these are installed.

`.ci/run` sees to it that all are: there nothing is left out.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pexpect
import pyte
import pytest

from tests.stillness import PATIENCE
from tests.tui.cli.shells.conftest import need

Play = Callable[..., str]


@pytest.fixture(autouse=True)
def board(shell: Any) -> None:
    """Three applications, one of them closed."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-10"),
        ("add", "Acme: Tools", "Clerk & co", "--source", "a friend"),
        ("add", "Hooli", "Analyst"),
        ("close", "3", "rejected"),
    )


def bash(play: Play, *lines: tuple[str, ...]) -> list[list[str]]:
    """What bash would put there for the last word of each of `lines`."""
    code = ['eval "$(rounds completions bash)"']
    for words in lines:
        typed = " ".join(f"'{word}'" for word in words)
        code.append(
            f"COMPREPLY=() COMP_WORDS=({typed}) COMP_CWORD={len(words) - 1}\n"
            '_rounds "${COMP_WORDS[0]}"\nprintf "%s\\n" "${COMPREPLY[@]}" --'
        )
    said = play("bash", "--norc", "-c", "\n".join(code))
    return [each.splitlines() for each in said.split("--\n")[:-1]]


COMPLETED: dict[tuple[str, ...], list[str]] = {
    ("rounds", "sho"): ["show"],
    ("rounds", "show", ""): ["3", "2", "1"],
    ("rounds", "reopen", ""): ["3"],
    ("rounds", "list", "--stage", "se"): ["second"],
    ("rounds", "list", "--stage", "=", "se"): ["second"],
    ("rounds", "list", "--cl"): ["--closed"],
    ("rounds", "close", "1", "rej"): ["rejected"],
    ("rounds", "done", "f1"): ["f1"],
    ("rounds", "add", "Ac"): ["'Acme: Tools'"],
    ("rounds", "zzz", ""): [],
    ("rounds", "import", "Job"): ["Job Applications.csv"],
    ("~/bin/rounds", "sho"): ["show"],
}
"""What is typed, and what bash puts there for the last word; the last ones are a path, and a
program in the home folder."""


def test_bash_completes(play: Play, tmp_path: Any) -> None:
    (tmp_path / "Job Applications.csv").touch()
    found = bash(play, *COMPLETED)
    assert dict(zip(COMPLETED, found, strict=True)) == COMPLETED


def test_fish_completes_with_what_each_is(play: Play) -> None:
    def fish(line: str) -> list[str]:
        code = f"rounds completions fish | source; complete -C '{line}'"
        return play("fish", "--no-config", "-c", code).splitlines()

    assert fish("rounds show ") == [
        "3\tHooli, Analyst",
        "2\tAcme: Tools, Clerk & co",
        "1\tGlobex, SRE",
    ]
    assert fish("rounds reo") == ["reopen\tput a closed application back on the board"]
    assert fish("rounds list --stage=se") == ["--stage=second"]
    assert fish("rounds --db /nowhere/x.db show ") == []
    assert "rejected" in fish("rounds close 1 2 ")
    assert [each.split("\t")[0] for each in fish("rounds restore bi")] == ["bin/"]
    assert [each.split("\t")[0] for each in fish("rounds restore --db=bi")] == ["--db=bin/"]


class Terminal:
    """A shell at a terminal: what is typed, and what then stands on the screen."""

    def __init__(self, program: str, *words: str, environment: dict[str, str], cwd: str) -> None:
        need(program)
        self._child = pexpect.spawn(
            program, list(words), cwd=cwd, env=environment, timeout=PATIENCE, dimensions=(50, 100)
        )
        self._screen = pyte.Screen(100, 50)
        self._stream = pyte.ByteStream(self._screen)

    def type(self, text: str) -> None:
        self._child.send(text)

    def see(self, text: str) -> None:
        """Wait until `text` stands on the screen; an end of the shell raises EOF."""
        while not any(text in line for line in self._screen.display):
            self._stream.feed(self._child.read_nonblocking(4096, PATIENCE))

    def close(self) -> None:
        self._child.close(force=True)


@pytest.fixture
def zsh(environment: dict[str, str], tmp_path: Any) -> Iterator[Terminal]:
    """A zsh that completes."""
    terminal = Terminal("zsh", "-f", "-i", environment=environment, cwd=str(tmp_path))
    terminal.type("PS1='READY> '; autoload -Uz compinit; compinit -u -D\n")
    terminal.type('eval "$(rounds completions zsh)"; clear; echo SE""T\n')
    terminal.see("SET ")
    yield terminal
    terminal.close()


@pytest.mark.terminal
def test_zsh_shows_what_each_number_is(zsh: Terminal) -> None:
    zsh.type("rounds show \t")
    for line in ("3  -- Hooli, Analyst", "2  -- Acme: Tools, Clerk & co", "1  -- Globex, SRE"):
        zsh.see(line)


@pytest.mark.terminal
def test_zsh_completes(zsh: Terminal) -> None:
    """One line after the other, each on a screen of its own."""
    for number, (typed, completed) in enumerate(
        [
            ("rounds reope", "rounds reopen"),
            ("rounds list --stage=se", "rounds list --stage=second"),
            ("rounds reopen ", "rounds reopen 3"),
            ("rounds add Acm", "rounds add Acme:\\ Tools"),
            ("rounds restore bi", "rounds restore bin/"),
            ("rounds add A B --db=bi", "rounds add A B --db=bin/"),
            ("rounds list --sta", "rounds list --stage"),
        ]
    ):
        zsh.type(f"{typed}\t")
        zsh.see(f"READY> {completed}")
        zsh.type(f'\x15clear; echo LE""FT {number}\n')
        zsh.see(f"LEFT {number}")


@pytest.mark.terminal
def test_bash_completes_at_a_terminal(environment: dict[str, str], tmp_path: Any) -> None:
    bash = Terminal("bash", "--norc", "-i", environment=environment, cwd=str(tmp_path))
    bash.type('PS1=\'READY> \'; eval "$(rounds completions bash)"; clear; echo SE""T\n')
    bash.see("SET ")
    bash.type("rounds reo\t")
    bash.see("READY> rounds reopen ")
    bash.type("\t")
    bash.see("READY> rounds reopen 3 ")
    bash.type("\x15rounds show \t\t")
    for line in ("3  -- Hooli, Analyst", "2  -- Acme: Tools, Clerk & co", "1  -- Globex, SRE"):
        bash.see(line)
    bash.see("READY> rounds show ")
    bash.close()


def test_numbers_and_lists_go_through_pipes(shell: Any, play: Play) -> None:
    ids = "rounds list --format '{id}'"
    play("bash", "-c", f"{ids} | rounds close - withdrawn", loud=True)
    assert shell.ok("list", "--json").json == []
    shell.ok("undo")
    assert len(shell.ok("list", "--json").json) == 2
    added = play("bash", "-c", "printf 'A; B\\nC; D\\n' | rounds add --from -", loud=True)
    assert added == "4\n5\n"


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_is_sound(shell: Any, play: Play, name: str) -> None:
    script = shell.ok("completions", name).out
    play(name, "-n", *(["/dev/stdin"] if name == "fish" else []), text=script)
    assert f"rounds completions {name}" in script, "it says itself how it is set up"


def test_another_shell_is_told_which_there_are(shell: Any) -> None:
    result = shell("completions", "fisch")
    assert result.code == 2
    assert "Did you mean “fish”?" in result.err
