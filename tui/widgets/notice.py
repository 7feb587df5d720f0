"""A few words in the middle of an empty place."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import Inks
from tui.widgets.cells import cell_len, clip

Part = tuple[str, str]
"""A text, and how it is written: "strong", "muted", "key" or ""."""


class Notice(Widget, can_focus=False):
    """Lines of words, drawn in the middle of the widget whatever its size.

    Args:
        lines: each a row of parts.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS: ClassVar[str] = """
    Notice { width: 1fr; height: 1fr; }
    """

    def __init__(self, lines: tuple[tuple[Part, ...], ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = lines
        self._inks: Inks | None = None

    @property
    def block(self) -> tuple[int, int]:
        """Width and height of the words, in cells."""
        widths = [sum(cell_len(text) for text, _ in line) for line in self._lines]
        return max(widths, default=0), len(self._lines)

    def say(self, lines: tuple[tuple[Part, ...], ...]) -> None:
        """Show other lines."""
        self._lines = lines
        self.refresh()

    def show_inks(self, inks: Inks) -> None:
        """Draw with other inks from now on."""
        self._inks = inks
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        inks = self._inks
        if inks is None:
            return Strip.blank(width)
        number = y - max(0, (height - len(self._lines)) // 2)
        if not 0 <= number < len(self._lines):
            return Strip.blank(width, inks.ground)
        line = self._lines[number]
        left = max(0, (width - self.block[0]) // 2)
        segments = [Segment(" " * left, inks.ground)] if left else []
        room = width - left
        for text, kind in line:
            text = clip(text, room)
            room -= cell_len(text)
            segments.append(Segment(text, _style(inks, kind)))
        return Strip(segments).adjust_cell_length(width, inks.ground)


def _style(inks: Inks, kind: str) -> Style:
    styles = {"strong": inks.strong, "muted": inks.muted, "key": inks.key}
    return styles.get(kind, inks.text)
