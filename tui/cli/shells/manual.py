"""`rounds man`: the manual as roff, made from the table of commands and from `manual.txt`.

`docs/rounds.1` is what it prints; a test holds the two together, and the wheel brings it along.
"""

import re
from argparse import Action
from collections.abc import Iterator
from pathlib import Path

from store.rules.text import capital
from tui import VERSION
from tui.cli.call import Call
from tui.cli.parser import build_parser, read_parser
from tui.cli.shells.hints import examples
from tui.cli.table import COMMANDS

DATED = "2026-11-28"
"""The day on which `manual.txt` was last changed."""
_SIGNS = {
    "“": "\\(lq", "”": "\\(rq", "‘": "\\(oq", "’": "\\(cq", "–": "\\(en", "—": "\\(em",
    "…": "...", "→": "\\(->", "×": "\\(mu", "·": "\\(pc", "\u00a0": "\\ ",
}  # fmt: skip
_CODE = {"-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
_OPTION = re.compile(r"(?<![\w-])--?(?=[\w“])")
_COMMAND_QUOTED = re.compile(r"“(rounds[^”]*|--[a-z-]+)”")
_COMMANDS_HERE = "@commands"
"""The line of `manual.txt` in the place of which the commands stand."""


def manual(call: Call) -> int:
    """Print the manual."""
    call.out.lines(roff())
    return 0


def roff() -> str:
    """The manual, in the macros of man(7) and in ASCII."""
    text = Path(__file__).with_name("manual.txt").read_text(encoding="utf-8")
    lines = [f'.TH ROUNDS 1 {DATED} "rounds {VERSION}" "User Commands"']
    for line in text.splitlines():
        lines += _commands() if line == _COMMANDS_HERE else _lay_out(line)
    return "\n".join(line for line in lines if line)


def _lay_out(line: str) -> Iterator[str]:
    """A line of `manual.txt`: “# title”, “  code”, “- name: what it is”, or prose."""
    if line.startswith("# "):
        yield f".SH {_prose(line[2:])}"
    elif line.startswith("    "):
        yield from _code_block([line.strip()])
    elif line.startswith("- "):
        name, _, said = line[2:].partition(": ")
        yield ".TP"
        yield f"\\fB{_code(name)}\\fR"
        yield _prose(said)
    else:
        yield _prose(line) or ".PP"


def _commands() -> Iterator[str]:
    shown = examples()
    for name, verb in COMMANDS.items():
        parser = read_parser(build_parser([name]), name)
        yield f".SS {_code(name)}"
        yield f"\\fB{_code(parser.form())}\\fR"
        yield ".br"
        yield _prose(f"{capital(verb.line)}.")
        if parser.epilog:
            yield _prose(parser.epilog)
        for action in parser._actions:
            yield from _describe(action)
        yield ".PP"
        yield from _code_block(shown.get(name, ()))


def _describe(action: Action) -> Iterator[str]:
    """What one word or option of a command is; those that every command has stand elsewhere."""
    if action.dest in ("help", "db"):
        return
    takes = "" if action.nargs == 0 else _takes(action)
    names = ", ".join(f"\\fB{_code(name)}\\fR" for name in action.option_strings)
    yield ".TP"
    yield f"{names} {takes}".strip() if names else takes
    said = action.help or ""
    if action.choices is not None and not said:
        said = ", ".join(map(str, action.choices))
    yield _prose(said.replace("%%", "%")) or "\\&"


def _takes(action: Action) -> str:
    name = str(action.metavar or "|".join(map(str, action.choices or (action.dest,))))
    shown = f"\\fI{_code(name)}\\fR"
    return f"[{shown}]" if action.nargs == "?" and action.option_strings else shown


def _code_block(lines: "list[str] | tuple[str, ...]") -> Iterator[str]:
    if lines:
        yield ".RS 4"
        yield ".nf"
        yield from map(_code, lines)
        yield ".fi"
        yield ".RE"


def _prose(text: str) -> str:
    """`text` in roff: what is typed in bold, signs by their names."""
    text = text.replace("\\", "\\e")
    text = _COMMAND_QUOTED.sub(lambda m: f"\\fB{m[1]}\\fR", text)
    text = text.replace(" - ", " \\- ")
    text = _OPTION.sub(lambda m: m[0].replace("-", "\\-"), text)
    return _safe(text)


def _code(text: str) -> str:
    """`text` in roff as it is typed, to the letter."""
    text = text.replace("\\", "\\e")
    return _safe("".join(_CODE.get(sign, sign) for sign in text))


def _safe(text: str) -> str:
    signs = (_SIGNS.get(sign, sign) for sign in text)
    text = "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in signs)
    return f"\\&{text}" if text[:1] in (".", "'") else text
