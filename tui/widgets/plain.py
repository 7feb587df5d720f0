"""Plain stand-ins for the signs of the screens, where the terminal may not know them."""

from collections.abc import Mapping

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

STAND_INS: Mapping[str, str] = {
    "▌": "|",
    "┊": ":",
    "▲": "!",
    "●": "*",
    "■": "#",
    "◆": "$",
    "◀": "<",
    "▸": ">",
    "▾": "v",
    "▰": "=",
    "▱": "-",
    "↳": ">",
    "○": "o",
    "□": "%",
    "•": "*",
    "⋅": ".",
    "☐": "_",
    "☑": "x",
    "✓": "+",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "…": "~",
    "·": "-",
    "–": "-",
    "—": "-",
    "×": "x",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "−": "-",
    "«": "<",
    "»": ">",
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("─━▔▁", "-"),
    **dict.fromkeys("│┃", "|"),
    **dict.fromkeys("█▉▊▋▂▃▄▅▆▇", "#"),
}
"""Each sign and what stands for it: one cell for one cell, so that every line keeps its width."""
_TABLE = str.maketrans(dict(STAND_INS))
_CHARSETS = ("LC_ALL", "LC_CTYPE", "LANG")
"""The variables that name the locale of characters; the first that is set counts (POSIX)."""


def wants_plain(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is the console of Linux, whose font lacks the signs, or its locale has
    another encoding than UTF-8. One that names no locale at all is taken for UTF-8."""
    if environ.get("TERM") == "linux":
        return True
    locale = next((environ[name] for name in _CHARSETS if environ.get(name)), "")
    return bool(locale) and "utf8" not in locale.casefold().replace("-", "")


class Plain(LineFilter):
    """Puts its stand-in in the place of every sign, whoever drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [
            Segment(text if text.isascii() else text.translate(_TABLE), style, control)
            for text, style, control in segments
        ]


PLAIN = Plain()
