"""What was typed, as the words of a command.

The everyday calls `rounds due` and `rounds list`, with one switch at most, are read here: loading
argparse and building its parser takes 3 of their 35 ms. Everything else goes to it.
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace


class Shown(Exception):
    """The answer is this text: help, or the version."""


class Words(SimpleNamespace):
    """The words of a command by their names; `command` is None for the board itself."""

    def __contains__(self, name: str) -> bool:
        return name in vars(self)


EVERYDAY: Mapping[str, Mapping[str, object]] = {
    "due": {"on": None, "days": 0, "json": False, "line": False, "check": False, "all": False},
    "list": {"stage": None, "closed": False, "all": False, "search": None, "json": False},
}
"""The words of the everyday commands when none is typed; those that are False are switches."""


def read_words(argv: Sequence[str]) -> Words:
    """The command in `argv` with its words.

    Raises Usage, and Shown for `--help` and `--version`.
    """
    words = everyday(argv)
    if words is None:
        from tui.commandline.parser import parsed

        words = parsed(argv)
    return words


def everyday(argv: Sequence[str]) -> Words | None:
    """The words of `[--db PATH] due [--SWITCH]` and the like; None for all other calls."""
    db, rest = None, list(argv)
    if rest[:1] == ["--db"] and len(rest) > 1 and not rest[1].startswith("-"):
        db, rest = rest[1], rest[2:]
    if not rest or rest[0] not in EVERYDAY or len(rest) > 2:
        return None
    words = Words(db=db, version=False, command=rest[0], **EVERYDAY[rest[0]])
    for switch in rest[1:]:
        name = switch.removeprefix("--")
        if switch == name or vars(words).get(name) is not False or name == "version":
            return None
        setattr(words, name, True)
    return words
