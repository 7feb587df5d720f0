"""From words to a command: argparse, with errors as sentences instead of dumps of usage."""

import re
from argparse import SUPPRESS, ArgumentParser, HelpFormatter
from collections.abc import Iterable, Sequence
from typing import NoReturn

from store.rules.text import printable, quoted
from tui.cli.table import COMMANDS
from tui.cli.words import Shown, Usage, Words

_BACK = frozenset(
    {"--on", "--applied", "--since", "--letter", "--signed", "--asked-time", "--counter"}
)
_DAYS_BACK = re.compile(r"-\d+\s?[a-z]+")
_PATHS = frozenset({"db", "file", "target", "text_file"})


class Parser(ArgumentParser):
    """An argparse parser that raises Usage and Shown instead of printing and leaving."""

    def error(self, message: str) -> NoReturn:
        """Raise Usage with `message` and where to read more."""
        message = " ".join(printable(message).split())[:400]
        raise Usage(f"{message[:1].upper()}{message[1:].rstrip('.')}. See “{self.prog} --help”.")

    def print_help(self, file: object = None) -> NoReturn:  # noqa: ARG002
        """Raise Shown with the help text."""
        raise Shown(self.format_help())


class _Main(Parser):
    def format_help(self) -> str:
        from tui.cli.table import OVERVIEW

        return OVERVIEW


def parsed(argv: Sequence[str]) -> Words:
    """The command in `argv` with its words; `command` is None for the board itself.

    Only the parser of the command that is named gets built, which keeps `rounds due` quick.
    Raises Usage, and Shown for `--help` and `--version`.
    """
    name = _command(argv)
    if name is not None and name not in COMMANDS:
        raise Usage(f"Unknown command {quoted(name)}.{_guess(name)} See “rounds --help”.")
    words = build_parser([name] if name else ()).parse_args(_joined(argv), Words())
    if words.version:
        from tui import VERSION

        raise Shown(f"rounds {VERSION}\n")
    _refuse_broken(words)
    return words


def build_parser(names: Iterable[str]) -> ArgumentParser:
    """The parser of the whole command line, with the commands `names`."""
    main = _Main(prog="rounds", allow_abbrev=False, formatter_class=_formatter)
    main.add_argument("--db", metavar="PATH")
    main.add_argument("--version", action="store_true")
    commands = main.add_subparsers(
        dest="command", metavar="COMMAND", prog="rounds", parser_class=Parser
    )
    for name in names:
        entry = COMMANDS[name]
        parser = commands.add_parser(
            name,
            help=entry.line,
            description=f"{entry.line[:1].upper()}{entry.line[1:]}.",
            allow_abbrev=False,
            formatter_class=_formatter,
        )
        parser.add_argument("--db", metavar="PATH", default=SUPPRESS, help="board file")
        entry.words(parser)
    return main


def _formatter(prog: str) -> HelpFormatter:
    """With a width of its own, since asking for the terminal's loads shutil: 2 ms each time."""
    return HelpFormatter(prog, width=79)


def _command(argv: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of `--db`."""
    value = False
    for word in argv:
        if value:
            value = False
        elif not word.startswith("-"):
            return word
        else:
            value = word == "--db"
    return None


def _guess(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name[:40], COMMANDS, n=1)
    return f" Did you mean “{near[0]}”?" if near else ""


def _joined(argv: Sequence[str]) -> list[str]:
    """`argv` with `--on -3d` as `--on=-3d`: argparse takes the day for an option otherwise."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] in _BACK and _DAYS_BACK.fullmatch(word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _refuse_broken(words: Words) -> None:
    """Usage for words with bytes that are not text; paths may hold any byte."""
    for name, value in vars(words).items():
        if name in _PATHS:
            continue
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any("\ud800" <= c <= "\udfff" for c in text):
                raise Usage(
                    f"{quoted(text)} holds bytes that are not text. Type it again as UTF-8."
                )
