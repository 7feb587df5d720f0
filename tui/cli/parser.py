"""From words to a command: argparse, with errors as sentences instead of dumps of usage."""

import re
from argparse import SUPPRESS, Action, ArgumentError, ArgumentParser, HelpFormatter
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from store.rules.text import printable, quoted, suggestion
from tui.cli.table import COMMANDS, OVERVIEW, WITHOUT_JSON, json
from tui.cli.words import HelpShown, NameWords, Usage, Words

_BACK = frozenset(
    {"--on", "--applied", "--posted", "--since", "--until", "--letter", "--signed", "--asked-time"}
    | {"--counter", "--asked-deadline", "--announced", "--received", "--thanked", "--given"}
)
"""The options that take a day which may be like “-3d”."""
_WHERE = "--where"
_QUERIES = frozenset({"--search", _WHERE})
"""The options that take a query, which may begin with a minus."""
_TURNED = re.compile(r"-[^-]")
_TAG, _MINUS = "--tag", re.compile(r"-[^-\s].*")
_DAYS_BACK = re.compile(r"-\d+\s?[a-z]+")
_PATHS = frozenset({"db", "file", "target", "text_file", "flow", "vdir"})
_HELP = "help"
_MISSING = "the following arguments are required"
_BEFORE = frozenset({"--db", "--version", "-V", "--help", "-h", "--"})
"""The options that may stand before the command."""


class Parser(ArgumentParser):
    """An argparse parser that raises Usage and Shown instead of printing and leaving."""

    def parse_known_args(  # type: ignore[override]  # typeshed overloads it for namespaces
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """The words, and nothing besides: Usage names the first that is not known."""
        words, rest = super().parse_known_args(args, namespace)
        for word in rest:
            if word.startswith("-") and word != "-":
                raise Usage(self._unknown(word))
        if rest and isinstance(getattr(words, "id", None), NameWords):
            together = f"“{self.prog} '{words.id} {rest[0]}'”"
            raise Usage(f"Quote the words that name one application: {printable(together)}.")
        if rest:
            raise Usage(f"{quoted(rest[0])} is one word too many. {self._more()}")
        return words, rest

    def error(self, message: str) -> NoReturn:
        """Raise Usage with `message` and where to read more."""
        if message.startswith(_MISSING):
            # argparse names those that are left once it has given out the words, not the one
            # that was forgotten: of “close rejected” it misses the outcome.
            raise Usage(f"A word is missing: “{self.form()}”. {self._more()}")
        message = " ".join(printable(message).split())[:400]
        raise Usage(f"{message[:1].upper()}{message[1:].rstrip('.')}. {self._more()}")

    def format_help(self) -> str:
        """The help of argparse, and below it the examples of the command."""
        from tui.cli.shells.hints import examples

        lines = "".join(f"  {line}\n" for line in examples().get(self._name, ()))
        return super().format_help() + (f"\nexamples:\n{lines}" if lines else "")

    @property
    def _name(self) -> str:
        return self.prog.rpartition(" ")[2]

    def _unknown(self, option: str) -> str:
        name = option.partition("=")[0]
        known = [each for each in self._option_string_actions if each.startswith("--")]
        return f"There is no option {quoted(name)}.{suggestion(name, known)} {self._more()}"

    def form(self) -> str:
        """How the command is written: “rounds snooze FOLLOW-UP-ID [FOLLOW-UP-ID ...] DATE”."""
        formatter = self._get_formatter()
        positional = (each for each in self._actions if not each.option_strings)
        words = (formatter._format_args(each, str(each.metavar)) for each in positional)
        return " ".join((self.prog, *words))

    def _more(self) -> str:
        return f"See “{self.prog} --help”."

    def _check_value(self, action: Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            known = list(map(str, action.choices))
            like = suggestion(str(value), known)
            said = f"there is no {quoted(str(value))}.{like} There are {', '.join(known)}"
            raise ArgumentError(action, said)

    def print_help(self, file: object = None) -> NoReturn:  # noqa: ARG002
        raise HelpShown(self.format_help())


class _Main(Parser):
    def format_help(self) -> str:
        return OVERVIEW


def parse(argv: Sequence[str]) -> Words:
    """The command in `argv` with its words; `command` is None for the board itself.

    Only the parser of the command that is named gets built, which keeps `rounds due` quick.
    Raises Usage, and Shown for `--help` and `--version`.
    """
    name = _command(argv)
    if name == _HELP:
        raise HelpShown(_help(argv[argv.index(_HELP) + 1 :]))
    if name is not None and name not in COMMANDS:
        raise Usage(_no_command(name))
    words = _read(build_parser([name] if name else ()), name, _join_days(argv))
    if words.version:
        from tui import VERSION

        raise HelpShown(f"rounds {VERSION}\n")
    _refuse_broken(words)
    return words


def _read(main: ArgumentParser, name: str | None, argv: Sequence[str]) -> Words:
    """The words of the command; where `--where` chooses the applications, no ID is among them."""
    if name is None or not any(word.partition("=")[0] == _WHERE for word in argv):
        return main.parse_args(argv, Words())
    parser = read_parser(main, name)
    places = [action for action in parser._actions if not action.option_strings]
    for place in places:
        place.required = False
    words = main.parse_args(argv, Words())
    for place in places:
        place.required = True
    if not places:
        return words
    # argparse gives the one word there is to the first place, which takes any number of them.
    named, (_, *last) = list(words.id or ()), places
    for place in last:
        if getattr(words, place.dest) is None and named:
            setattr(words, place.dest, named.pop())
        if getattr(words, place.dest) is None:
            parser.error(_MISSING)
    if named:
        raise Usage(f"Give either IDs or {_WHERE}. {parser._more()}")
    words.id = []
    return words


def build_parser(names: Iterable[str]) -> ArgumentParser:
    """The parser of the whole command line, with the commands `names`."""
    main = _Main(prog="rounds", allow_abbrev=False, formatter_class=_formatter)
    main.add_argument("--db", metavar="PATH")
    main.add_argument("-V", "--version", action="store_true")
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
        entry.add_words(parser)
        if name not in WITHOUT_JSON and "--json" not in parser._option_string_actions:
            json(parser)
    return main


def read_parser(main: ArgumentParser, name: str) -> Parser:
    """The parser of the command `name` in what `build_parser` gave."""
    (commands,) = (each.choices for each in main._actions if isinstance(each.choices, dict))
    parser: Parser = commands[name]
    return parser


class _Formatter(HelpFormatter):
    """Shows in the usage line which words may be left out."""

    def _format_args(self, action: Action, default_metavar: str) -> str:
        shown = super()._format_args(action, default_metavar)
        left_out = not (action.option_strings or action.required or shown.startswith("["))
        return f"[{action.metavar}{' ...' if action.nargs == '+' else ''}]" if left_out else shown


def _formatter(prog: str) -> HelpFormatter:
    """With a width of its own, since asking for the terminal's loads shutil: 2 ms each time."""
    return _Formatter(prog, width=79)


def _command(argv: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of `--db`.

    Raises Usage for an option before it that there is not.
    """
    value = False
    for word in argv:
        if value:
            value = False
        elif not word.startswith("-"):
            return word
        else:
            value = word == "--db"
            option = word.partition("=")[0]
            if option not in _BEFORE:
                known = [each for each in _BEFORE if each.startswith("--")]
                like = suggestion(option, known)
                raise Usage(f"Unknown option {quoted(option)}.{like} See “rounds --help”.")
    return None


def _help(words: Sequence[str]) -> str:
    """What `rounds help` shows: the overview, or the help of the command that is named."""
    if len(words) > 1:
        raise Usage(f"{quoted(words[1])} is one word too many. Write “rounds help COMMAND”.")
    for name in words:
        if name in COMMANDS:
            build_parser([name]).parse_args([name, "--help"])
        elif name != _HELP and not name.startswith("-"):
            raise Usage(_no_command(name))
    return OVERVIEW


def _no_command(name: str) -> str:
    """That there is no command `name`, and how what was meant is written."""
    from tui.cli.shells.hints import hint_for

    meant = hint_for(name)
    if not meant:
        return f"Unknown command {quoted(name)}.{suggestion(name, COMMANDS)} See “rounds --help”."
    command = meant.removeprefix("rounds").split(" ")[1:2]
    does, more = _ALONE, "rounds --help"
    if command and command[0] in COMMANDS:
        does, more = COMMANDS[command[0]].line, f"rounds {command[0]} --help"
        if meant == f"rounds {command[0]}":
            meant = read_parser(build_parser(command), command[0]).form()
    elif command:
        does = _NOT_A_COMMAND[command[0]]
    return f"Unknown command {quoted(name)}. Write “{meant}”: {does}. See “{more}”."


_ALONE = "open the board, where e edits a card"
_NOT_A_COMMAND = {"--version": "print the version", "help": "explain a command"}
"""What is written where another word stands for no command, and what it does."""


def _join_days(argv: Sequence[str]) -> list[str]:
    """`argv` with `--on -3d` as `--on=-3d`, and so with `--tag -python` and `--where -closed`:
    argparse takes the value for an option otherwise."""
    joined: list[str] = []
    for word in argv:
        before = joined[-1] if joined else ""
        if (
            (before in _BACK and _DAYS_BACK.fullmatch(word))
            or (before == _TAG and _MINUS.fullmatch(word))
            or (before in _QUERIES and _TURNED.match(word))
        ):
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
