"""What the screen can do the shell can do: each command has its line, or a reason for none."""

import shlex
from pathlib import Path

from tests.tables import each_row
from tui.cli.run import read_words
from tui.cli.table import COMMANDS as WORDS
from tui.cli.verbs import NO_VERB, VERBS
from tui.commands import BY_NAME, COMMANDS

PROJECT = Path(__file__).parents[3]
IDS = {command.id for command in (*COMMANDS, *BY_NAME)}
OPENS_OR_CHANGES = {
    command.id
    for command in COMMANDS
    if command.group not in ("Go", "Look", "Program") and not command.id.startswith("typing.")
}
"""What is about an application, an interview, a message, an offer: not about looking around."""


def test_every_command_has_a_line_or_a_reason_and_none_has_both() -> None:
    assert {*VERBS, *NO_VERB} == IDS
    assert not {*VERBS} & {*NO_VERB}
    assert all(len(reason) > 20 for reason in NO_VERB.values())


def test_whatever_changes_something_has_a_line() -> None:
    assert not OPENS_OR_CHANGES & {*NO_VERB}


@each_row("line", sorted(set(VERBS.values())))
def test_the_line_is_understood(line: str) -> None:
    if line != "help":
        assert read_words(shlex.split(line)).command == line.split()[0]


def test_the_document_has_all_of_them() -> None:
    text = (PROJECT / "docs" / "shell.md").read_text(encoding="utf-8")
    told = [
        f"| {command.tooltip} | `rounds {VERBS[command.id]}` |"
        for command in (*COMMANDS, *BY_NAME)
        if command.id in VERBS
    ]
    assert text.partition("|---|---|\n")[2].splitlines() == told


def test_every_command_of_the_shell_is_told_but_those_about_the_file() -> None:
    told = {line.split()[0] for line in VERBS.values()}
    own = {
        "demo",
        "where",
        "doctor",
        "import",
        "export",
        "deadline",
        "task",
        "completions",
        "man",
        "search",
        "copy",
        "boards",
    }
    own |= {"ics", "notify"}  # for other programs: the screen keeps the calendar by itself
    own |= {"mcp", "web"}  # what shows the board elsewhere
    assert set(WORDS) - told <= own
