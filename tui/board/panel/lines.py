"""The lines of the panel as they are drawn: headings, paragraphs, bars, countdowns, in a frame."""

import re
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.styles.themes import Inks
from tui.widgets.canvas import Part
from tui.widgets.cells import bar, cell_len, clip, fit, wrap

WHEN = 10
"""Cells of the countdown column; `short_countdown` never takes more."""

FRAME = 2
"""Cells that the frame takes from width and height."""

LINES = 2
"""Lines of a text: it is wrapped once at most."""

BAR = 16
"""Cells of the bar that empties towards a moment."""
BAR_AT_LEAST = 6

BETWEEN = " · "
"""Between two items of a line."""
_PAUSES = ("; ", ", ", " and ")
"""Where a sentence can end sooner; the last one within a list only."""
_QUOTE = re.compile("“[^”]*”")
"""What somebody wrote: it has no pauses of ours."""


class PanelLine(NamedTuple):
    """One line, and the tip that it belongs to, if any."""

    strip: Strip
    tip: str | None = None
    first: bool = False
    """Whether it is to be seen without scrolling, wherever there is room for it."""
    heading: bool = False
    """Whether it is the name of a section, which does not stand there alone."""
    rest: bool = False
    """Whether it tells how to come to the tips that are not shown."""


MARK = "▌"
"""Before the lines of the tip under the cursor, as before a row of a list."""


@lru_cache(maxsize=2048)
def _strip(
    parts: tuple[Part, ...], width: int, inks: Inks, frame: Style, *, marked: bool = False
) -> Strip:
    """A line with a blank cell at each side, the first one marked, in its frame. The same words
    are drawn once."""
    room = width - 2
    mark = Segment(MARK, inks.accent) if marked else Segment(" ", inks.ground)
    segments = [Segment("│", frame), mark]
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
        self.first = False
        """Whether the lines added now are to be seen without scrolling."""

    def add(
        self,
        *parts: Part,
        tip: str | None = None,
        marked: bool = False,
        heading: bool = False,
        rest: bool = False,
    ) -> None:
        """One line of parts, with a blank cell at each side."""
        strip = _strip(parts, self.width, self.inks, self.frame, marked=marked)
        self.lines.append(PanelLine(strip, tip, self.first, heading, rest))

    def gap(self) -> None:
        """An empty line before a section, unless dense."""
        if not self.dense:
            self.add()

    def heading(self, text: str, more: str = "") -> None:
        """The name of a section, with a gap before it."""
        self.gap()
        more = f"  {more}" if more else ""
        self.add((text, self.inks.title), (more, self.inks.muted), heading=True)

    def apart(self, left: Part, right: Part) -> None:
        """Words at both ends of a line; those at the left give way."""
        room = max(0, self.width - 2 - cell_len(right[0]) - 1)
        self.add((fit(left[0], room), left[1]), (" ", self.inks.ground), right)

    def bar(self, share: float, style: Style, words: str, words_style: Style) -> None:
        """A bar of which `share` (0 to 1) is still full, and words beside it: it gives way."""
        beside = "  " + words if words else ""
        room = self.width - 2 - cell_len(beside)
        full, empty = bar(share, max(BAR_AT_LEAST, min(BAR, room)))
        self.add((full, style), (empty, self.inks.muted), (beside, words_style))

    def paragraph(self, text: str, style: Style, indent: int = 0, at_most: int = 1_000) -> None:
        """A text over as many lines as it takes."""
        for line in wrap(text, self.width - 2 - indent, at_most):
            self.add((" " * indent, self.inks.ground), (line, style))

    def items(self, text: str, style: Style, at_most: int = 1_000) -> None:
        """Items with dots between them; a line ends between two rather than within one."""
        for line in item_lines(text, self.width - 2)[:at_most]:
            self.add((line, style))

    def has_room(self, text: str) -> bool:
        """Whether a text has to be wrapped once at most."""
        return len(wrap(text, self.width - 2)) <= LINES

    def entry(
        self, when: str, when_style: Style, what: str, style: Style, at_most: int = LINES
    ) -> None:
        """A countdown or a word, and beside it what it is about, over `at_most` lines."""
        first, *rest = wrap(what, self.width - 2 - WHEN - 1, at_most) or ("",)
        self.add((fit(when, WHEN + 1), when_style), (first, style))
        for line in rest:
            self.add((" " * (WHEN + 1), self.inks.ground), (line, style))


def item_lines(text: str, room: int) -> list[str]:
    """`text` in lines of `room` cells, broken at its dots where that can be."""
    lines: list[str] = []
    for item in text.split(BETWEEN):
        longer = f"{lines[-1]}{BETWEEN}{item}" if lines else ""
        if lines and cell_len(longer) <= room:
            lines[-1] = longer
        else:
            lines += wrap(item, room)
    return lines


def in_lines(words: str, width: int, at_most: int) -> tuple[str, ...]:
    """The words over `at_most` lines; what does not fit goes at a pause, where there is one."""
    kept = words
    while len(wrap(kept, width)) > at_most:
        kept = _without_tail(kept)
        if not kept:
            return wrap(words, width, at_most)
    return wrap(kept, width)


def _without_tail(words: str) -> str:
    """The words up to their last pause, "" without one. Behind a colon the first part stays as long
    as there is another."""
    plain = _QUOTE.sub(lambda found: "x" * len(found[0]), words)
    head, colon, tail = plain.rpartition(": ")
    at = max(map(tail.rfind, _PAUSES if colon else _PAUSES[:2]))
    kept = len(head + colon) + at if at > 0 else len(head)
    return words[:kept].rstrip(" ,;")
