"""What lies in files beside this: examples of each command, the command that a wrong word may have
meant, and the scripts with which shells complete."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.cli.call import Call

_EXAMPLE = re.compile(r"\brounds (?:--db \S+ )?([a-z]+)")
_NUMBER = re.compile(r"#?[0-9]+")
_FOLLOW_UP = re.compile(r"#?[fF][0-9]+")


def completions(call: "Call") -> int:
    """`rounds completions`: print the script for one shell."""
    call.out.lines(_text(f"rounds.{call.words.shell}").rstrip("\n"))
    return 0


def examples() -> Mapping[str, tuple[str, ...]]:
    """The examples of each command, as they are typed, some with a word after “#”."""
    found: dict[str, list[str]] = {}
    for line in _lines("examples.txt"):
        name = _EXAMPLE.search(line)
        assert name is not None, line
        found.setdefault(name[1], []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def synonyms() -> Mapping[str, str]:
    """What other programs call it, with what is written here."""
    found = {}
    for line in _lines("synonyms.txt"):
        written, _, words = line.partition("   ")
        found.update(dict.fromkeys(words.split(), written))
    return found


def hint_for(word: str) -> str:
    """What is written here for `word`, which is no command; "" where nobody can tell."""
    if _NUMBER.fullmatch(word):
        return f"rounds show {word}"
    if _FOLLOW_UP.fullmatch(word):
        return f"rounds done {word}"
    return synonyms().get(word.lower().replace("_", "-"), "")


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if line]


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
