"""Commands of the user's own: a program with words of an application filled in.

    "ctrl+o" = "firefox --new-window {url}"
    f9 = { run = "~/bin/note {id} {company}", title = "Note in my diary", output = "message" }

The words are split before anything is filled in, so that a value is always one argument, or part of
one, whatever stands in it. With `shell = true` the shell gets the values as variables: nothing in
them is ever read as a part of the command.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from store.rules.text import Refused, printable, quoted, suggestion

FIELDS: Mapping[str, str] = {
    "id": "its number",
    "company": "the employer",
    "role": "the role",
    "stage": "applied, first, second or offer",
    "outcome": "how it ended",
    "url": "the link to the posting",
    "location": "where it is",
    "source": "where you found the posting",
    "salary": "the salary",
    "tags": "its tags, separated by commas",
    "applied": "the day of the application: 2026-12-03",
    "contact": "the name of the main contact",
    "email": "the email address of the main contact",
    "follow_up": "the next follow-up: f12",
    "board": "the path of the board",
}
"""What can be filled in, and what it is."""
OF_NO_CARD = ("board",)
"""Those that need no application."""
OF_DOSSIER = ("contact", "email")
"""Those that are not known of a card on the board."""
NONE, MESSAGE, SCREEN = "none", "message", "screen"
OUTPUTS: Mapping[str, str] = {
    NONE: "its output goes nowhere",
    MESSAGE: "its output is told in a message",
    SCREEN: "it gets the whole screen until it ends",
}
"""Where what the command prints can go."""
OPTIONS: Mapping[str, str] = {
    "run": "the program and its words",
    "title": "how it is called in help and palette",
    "output": "none, message or screen",
    "shell": "whether a shell runs it",
    "where": "on which pages: “board dossier”",
}
"""What can be said of a command."""
USUAL_PLACES = ("board", "panel", "dossier", "today", "closed")
"""The pages on which a command works unless it says otherwise (product)."""
VARIABLE = "ROUNDS_"
"""What the names of the variables begin with in which a shell finds the values."""

_PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_TITLE_AT_MOST = 60
_LINKS = ("http://", "https://", "mailto:")


class OwnCommand(NamedTuple):
    """A command of the user's own.

    `words` are the program and its arguments, not filled in yet; with `shell` it is one text.
    """

    key: str
    words: tuple[str, ...]
    title: str
    output: str = NONE
    shell: bool = False
    where: tuple[str, ...] = USUAL_PLACES

    @property
    def fields(self) -> tuple[str, ...]:
        """What it wants filled in; those that may be missing end in “?”."""
        return tuple(dict.fromkeys(name for word in self.words for name in _names(word)))

    @property
    def needs_card(self) -> bool:
        """Whether it is about an application."""
        return any(name.removesuffix("?") not in OF_NO_CARD for name in self.fields)

    @property
    def needs_dossier(self) -> bool:
        """Whether it wants more than a card has."""
        return any(name.removesuffix("?") in OF_DOSSIER for name in self.fields)


class FilledCommand(NamedTuple):
    """What is to be run: the arguments, and further variables for its environment."""

    arguments: tuple[str, ...]
    variables: Mapping[str, str]


def read_own(key: str, said: object, places: Sequence[str]) -> OwnCommand:
    """The command that the config file puts on `key`: a text, or a table of `OPTIONS`.

    `places` are the pages that there are. Raises Refused, with a sentence, for what is none.
    """
    options: dict[str, Any] = {"run": said} if isinstance(said, str) else {}
    if isinstance(said, Mapping):
        options = dict(said)
    elif not isinstance(said, str):
        raise Refused(
            f"The command for {quoted(key)} must be a text such as “firefox {{url}}”, or a table "
            f"with {', '.join(OPTIONS)}."
        )
    for name in options:
        if name not in OPTIONS:
            like = suggestion(name, OPTIONS) or f" There are {', '.join(OPTIONS)}."
            raise Refused(f"A command has no {quoted(name)}.{like}")
    run = _text(options, "run", key)
    if not run:
        raise Refused(f"The command for {quoted(key)} is empty. Give the program: “run”.")
    shell = options.get("shell", False)
    if not isinstance(shell, bool):
        raise Refused(f"“shell” must be true or false for the command on {quoted(key)}.")
    output = _text(options, "output", key) or NONE
    if output not in OUTPUTS:
        like = suggestion(output, OUTPUTS)
        raise Refused(f"“output” cannot be {quoted(output)}.{like} It is none, message or screen.")
    words = (run,) if shell else _split(run, key)
    for word in words:
        for name in _names(word):
            _check_name(name)
    if shell:
        _check_shell(run)
    elif _PLACE.search(words[0]):
        raise Refused(
            f"The program itself cannot be filled in: {quoted(words[0])}. Name a program first."
        )
    title = _text(options, "title", key) or run
    return OwnCommand(
        key,
        words,
        " ".join(title.split())[:_TITLE_AT_MOST],
        output,
        shell,
        _where(options, key, places),
    )


def fill(own: OwnCommand, values: Mapping[str, str]) -> FilledCommand:
    """What is run for one application whose `values` these are, by the names of `FIELDS`.

    Raises Refused where a value that it wants is missing, and where one would be read as an option
    or is no link.
    """
    wanted = {name.removesuffix("?"): name.endswith("?") for name in own.fields}
    for name, may_miss in wanted.items():
        if not (values.get(name) or may_miss):
            raise Refused(f"There is no {name} to fill in. Nothing was run.")
    if (url := values.get("url", "")) and "url" in wanted and not url.lower().startswith(_LINKS):
        raise Refused(f"{quoted(url)} is no web link. Nothing was run.")
    known = {**dict.fromkeys(wanted, ""), **values}
    variables = {
        f"{VARIABLE}{name.upper()}": known[name]
        for name in FIELDS
        if name in known and name not in OF_NO_CARD
    }
    if own.shell:
        return FilledCommand(("sh", "-c", _for_shell(own.words[0])), variables)
    filled: list[str] = []
    for word in own.words:
        argument = _PLACE.sub(lambda found: _value(found, values), word)
        begins = _PLACE.match(word)
        if begins and begins[1] and argument.startswith("-") and "--" not in filled:
            raise Refused(
                f"{quoted(argument)} begins like an option. Nothing was run. Put -- before it in "
                "the command, if the program knows that."
            )
        filled.append(argument)
    return FilledCommand(tuple(filled), variables)


def _text(options: Mapping[str, Any], name: str, key: str) -> str:
    value = options.get(name, "")
    if not isinstance(value, str) or "\0" in value:
        raise Refused(f"{quoted(name)} must be a text for the command on {quoted(key)}.")
    return value.strip() if name == "run" else printable(value).strip()


def _split(run: str, key: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(run))
    except ValueError:
        raise Refused(
            f"A quotation mark has no end in the command for {quoted(key)}: {quoted(run)}."
        ) from None


def _where(options: Mapping[str, Any], key: str, places: Sequence[str]) -> tuple[str, ...]:
    named = _text(options, "where", key).replace(",", " ").split()
    for place in named:
        if place not in places:
            like = suggestion(place, places) or f" There are {', '.join(places)}."
            raise Refused(f"There is no page {quoted(place)}.{like}")
    return tuple(named) or USUAL_PLACES


def _names(word: str) -> Iterator[str]:
    """What `word` wants filled in; a brace that stands alone counts as a name that is none."""
    for found in _PLACE.finditer(word):
        if found[0] in ("{{", "}}"):
            continue
        yield found[0] if found[1] is None else found[1].strip()


def _check_name(name: str) -> None:
    if name in ("{", "}"):
        raise Refused("A brace stands alone. Write {{ and }} for braces of your own.")
    if name.removesuffix("?") not in FIELDS:
        like = suggestion(name, FIELDS) or f" There are {', '.join(FIELDS)}."
        raise Refused(f"There is nothing called {quoted(name)} to fill in.{like}")


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    if found[0] in ("{{", "}}"):
        return found[0][0]
    return values.get(found[1].strip().removesuffix("?"), "")


def _for_shell(script: str) -> str:
    """The script with a quoted variable in each place."""

    def variable(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return found[0][0]
        name = found[1].strip().removesuffix("?")
        return '"$ROUNDS_DB"' if name == "board" else f'"${VARIABLE}{name.upper()}"'

    return _PLACE.sub(variable, script)


def _check_shell(script: str) -> None:
    """Refused for a place within quotation marks: they are put around each value anyway."""
    mark, at = "", 0
    while at < len(script):
        sign = script[at]
        if sign == "\\" and mark != "'":
            at += 2
            continue
        if sign in "'\"":
            mark = "" if sign == mark else mark or sign
        found = _PLACE.match(script, at)
        if found:
            if mark and found[1] is not None:
                raise Refused(
                    f"{quoted(found[0])} stands within quotation marks. Leave them out: values "
                    "are quoted for the shell anyway."
                )
            at = found.end()
            continue
        at += 1
