"""What may stand at the cursor of a command line, for the scripts that complete in a shell.

They ask with each press of the key, so that nothing is loaded that the one command does not need,
and only read: an older board is left as it is, and one that cannot be read completes nothing.
"""

from argparse import Action, ArgumentParser, _AppendAction
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shlex import quote
from typing import NamedTuple

from store.clock import Clock, SystemClock
from tui.cli.output import Output
from tui.cli.parser import build_parser, read_parser
from tui.cli.shells.values import FILES, Asked, Value, values_for
from tui.cli.table import COMMANDS

FILES_WANTED = ":files"
"""The line that leaves it to the shell to complete a path."""
_OPTIONS = (
    Value("--help", "the help"),
    Value("--version", "the version"),
    Value("--db", "board file"),
)
_HELP = Value("help", "explain a command")


def complete(
    argv: Sequence[str], clock: Clock | None, out: Output, environ: Mapping[str, str]
) -> int:
    """Print what may stand at the cursor: one a line, with a tab before what it is.

    `argv` is the name of the shell, then the words behind the program's name up to the cursor, the
    last of which is the one to complete.
    """
    shell, *words = argv or ("",)
    line = _read_line(words or [""], shell)
    found = list(_find(line, clock or SystemClock(), environ))
    if any(value is FILES for value in found):
        out.line(FILES_WANTED)
        return 0
    for value in found:
        text = f"{line.before}{value.text}"
        word = _for_bash(text, line.word) if shell == "bash" else text
        if word is not None:
            out.fields(word, value.said)
    return 0


def _for_bash(text: str, word: str) -> str | None:
    """`text` as bash shall put it in the place of `word`; None where it does not complete that.

    What stands on the board may come from elsewhere: nothing of it may ever be carried out. Behind
    a quotation mark that the user has typed, bash takes it as it is.
    """
    mark = word[:1]
    if mark not in _LIVE:
        return quote(text) if text.startswith(word) else None
    return text if text.startswith(word[1:]) and not _LIVE[mark] & set(text) else None


_LIVE = {'"': frozenset('"$`\\!'), "'": frozenset("'")}
"""The signs that are more than themselves behind each quotation mark."""


class _CommandLine(NamedTuple):
    """A command line up to the cursor."""

    done: tuple[str, ...]
    """The words before the one to complete."""
    word: str
    """That one, or of “--stage=fi” the value."""
    option: str = ""
    """The option that the value is of, where they are one word."""
    before: str = ""
    """What the shell wants back before the value: “--stage=”, where it takes that for one word."""


def _read_line(words: Sequence[str], shell: str) -> _CommandLine:
    """The line that `words` are; bash hands “--stage=fi” over in three."""
    joined: list[str] = []
    for word in words:
        after_sign = bool(joined) and joined[-1].startswith("--") and joined[-1].endswith("=")
        sign = word == "=" and bool(joined) and joined[-1].startswith("--")
        if shell == "bash" and (sign or after_sign):
            joined[-1] += word
        else:
            joined.append(word)
    *done, last = joined
    option, sign_, value = last.partition("=")
    if not (sign_ and option.startswith("--")):
        return _CommandLine(tuple(done), last)
    return _CommandLine(tuple(done), value, option, "" if shell == "bash" else f"{option}=")


def _find(line: _CommandLine, clock: Clock, environ: Mapping[str, str]) -> Iterable[Value]:
    db, rest = _split_db(line.done)
    if line.option == "--db" or rest[-1:] == ["--db"]:
        return [FILES]
    if not rest:
        if line.word.startswith("-"):
            return _OPTIONS
        return [_HELP, *(Value(name, verb.line) for name, verb in COMMANDS.items())]
    name, *words = rest
    if name == "help" and not words:
        return [Value(each, verb.line) for each, verb in COMMANDS.items()]
    if name not in COMMANDS:
        return []
    parser = read_parser(build_parser([name]), name)
    typed = _TypedWords(parser, words)
    wanted = typed.options.get(line.option, None) if line.option else typed.waiting
    asked = Asked(name, typed.positionals, db, clock, environ)
    if wanted is not None:
        return values_for(wanted, asked)
    if line.word.startswith("-") and not typed.ended:
        return _options(parser, typed)
    actions = typed.open_positionals()
    if not actions and not typed.ended:
        return _options(parser, typed)
    found = [value for action in actions for value in values_for(action, asked)]
    return found


def _split_db(words: Iterable[str]) -> tuple[str | None, list[str]]:
    """The board that `--db` names, and the words without it; a last `--db` stays, it waits."""
    db, rest = None, list[str]()
    for word in words:
        if rest[-1:] == ["--db"]:
            db = word
            rest.pop()
        elif word.startswith("--db="):
            db = word.removeprefix("--db=")
        else:
            rest.append(word)
    return db, rest


class _TypedWords:
    """What was typed after the name of a command, as its parser will read it."""

    def __init__(self, parser: ArgumentParser, words: Iterable[str]) -> None:
        self.options: dict[str, Action] = dict(parser._option_string_actions)
        self._places = [action for action in parser._actions if not action.option_strings]
        self.positionals: list[str] = []
        self.used: list[Action] = []
        """The options that were given."""
        self.waiting: Action | None = None
        """The option whose value comes next."""
        self.ended = False
        """Whether “--” has ended the options."""
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self.waiting is not None:
            self.waiting = None
        elif word == "--" and not self.ended:
            self.ended = True
        elif word.startswith("-") and word != "-" and not self.ended:
            name, sign, _ = word.partition("=")
            option = self.options.get(name)
            if option is not None:
                self.used.append(option)
                self.waiting = option if option.nargs != 0 and not sign else None
        else:
            self.positionals.append(word)

    def open_positionals(self) -> list[Action]:
        """The words that may come next: of “move 3 …” another number, or the stage."""
        count = len(self.positionals)
        if any(action.dest == "where" for action in self.used):  # it stands for the IDs
            return self._places[1 + count :][:1]
        for place, action in enumerate(self._places):
            if action.nargs == "+":
                return self._places[place : place + 2] if count else [action]
            if not count:
                return [action]
            count -= 1
        return []


def _options(parser: ArgumentParser, typed: _TypedWords) -> Iterator[Value]:
    """The options that may still be given, each by its long name."""
    closed = {action for action in typed.used if not isinstance(action, _AppendAction)}
    for group in parser._mutually_exclusive_groups:
        if any(action in typed.used for action in group._group_actions):
            closed.update(group._group_actions)
    for action in parser._actions:
        if action.option_strings and action not in closed:
            yield Value(action.option_strings[-1], action.help or _action_name(action))


def _action_name(action: Action) -> str:
    return str(action.metavar or "").lower()
