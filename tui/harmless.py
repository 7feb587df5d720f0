"""The second wall: nothing in a text that a terminal would obey ever reaches it."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, bidirectional overrides, halves of surrogate pairs."""


class Harmless(LineFilter):
    """Puts a space in the place of every character that a terminal would obey."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        if not any(_OBEYED.search(text) for text, _, _ in segments):
            return segments
        return [Segment(_OBEYED.sub(" ", text), style) for text, style, _ in segments]


HARMLESS = Harmless()
