"""The lines of the side panel, and how words become them."""

from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.themes import Inks
from tui.widgets.cells import cell_len, clip, fit, wrap

WHEN = 9
"""Cells of the countdown column; `short_countdown` never takes more."""

FRAME = 2
"""Cells that the frame takes from width and height."""

Part = tuple[str, Style]


class PanelLine(NamedTuple):
    """One line, and the tip that it belongs to, if any."""

    strip: Strip
    tip: str | None = None


@lru_cache(maxsize=2048)
def _strip(parts: tuple[Part, ...], width: int, inks: Inks, frame: Style) -> Strip:
    """A line with a blank cell at each side, in its frame. The same words are drawn once."""
    room = width - 2
    segments = [Segment("│", frame), Segment(" ", inks.ground)]
    for text, style in parts:
        text = clip(text, room)
        room -= cell_len(text)
        if text:
            segments.append(Segment(text, style))
    segments += [Segment(" " * (room + 1), inks.ground), Segment("│", frame)]
    return Strip(segments, width + FRAME)


class PanelText:
    """Collects the lines of the panel, each with room for `width` cells in its frame.

    A `dense` one has no empty lines between its sections; a `brief` one shortens them.
    """

    def __init__(
        self, width: int, inks: Inks, frame: Style, *, dense: bool = False, brief: bool = False
    ) -> None:
        self.width = width
        self.inks = inks
        self.frame = frame
        self.dense = dense
        self.brief = brief
        self.lines: list[PanelLine] = []

    def add(self, *parts: Part, tip: str | None = None) -> None:
        """One line of parts, with a blank cell at each side."""
        self.lines.append(PanelLine(_strip(parts, self.width, self.inks, self.frame), tip))

    def heading(self, text: str, more: str = "") -> None:
        """The name of a section, after an empty line unless dense."""
        if not self.dense:
            self.add()
        self.add((text, self.inks.title_active), (f"  {more}" if more else "", self.inks.muted))

    def wrapped(self, text: str, style: Style, indent: int = 0, at_most: int = 1_000) -> None:
        """A text over as many lines as it takes."""
        for line in wrap(text, self.width - 2 - indent, at_most):
            self.add((" " * indent, self.inks.ground), (line, style))

    def dated(
        self, when: str, when_style: Style, what: str, style: Style, at_most: int = 3
    ) -> None:
        """A countdown or a word, and beside it what it is about, over `at_most` lines."""
        first, *rest = wrap(what, self.width - 2 - WHEN - 1, at_most) or ("",)
        self.add((fit(when, WHEN + 1), when_style), (first, style))
        for line in rest:
            self.add((" " * (WHEN + 1), self.inks.ground), (line, style))
