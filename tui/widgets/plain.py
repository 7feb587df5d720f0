"""Plain stand-ins for the signs of the screens, where the terminal may not know them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
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

_TYPEWRITERS = re.compile(r"linux$|vt\d")
_DARK = 64
"""The lightest red, green and blue (of 255) that a dark background may have to become black."""


def wants_plain(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is the console of Linux, whose font lacks the signs, or one of the old
    ones by Digital (vt100), or its locale has another encoding than UTF-8. One that names no locale
    at all is taken for UTF-8."""
    if _TYPEWRITERS.match(environ.get("TERM", "")):
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


class FewColours(LineFilter):
    """For 16 colours: what would lie on the dark grey of the sixteen, lies on black.

    That grey is taken for each dark background by itself: red and grey letters could hardly be read
    on it, and the card with the cursor would look like any other.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [
            Segment(text, style and _on_black(style), control) for text, style, control in segments
        ]


@lru_cache(1024)
def _on_black(style: Style) -> Style:
    colour = style.bgcolor
    if colour is None or colour.triplet is None or max(colour.triplet) > _DARK:
        return style
    return style + _BLACK


_BLACK = Style(bgcolor="#000000")
FEW_COLOURS = FewColours()
PLAIN = Plain()
