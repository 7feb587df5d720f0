"""A few words in the middle of an empty place."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from tui.themes import Inks
from tui.widgets.cells import cell_len, clip
from tui.widgets.drawn import Drawn

Part = tuple[str, str]
"""A text, and how it is written: "strong", "muted", "key" or ""."""


class Notice(Drawn):
    """Lines of words, drawn in the middle of the widget whatever its size.

    Args:
        lines: each a row of parts.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Notice { width: 1fr; height: 1fr; }
    """

    def __init__(self, lines: tuple[tuple[Part, ...], ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = lines

    @property
    def block(self) -> tuple[int, int]:
        """Width and height of the words, in cells."""
        widths = [sum(cell_len(text) for text, _ in line) for line in self._lines]
        return max(widths, default=0), len(self._lines)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The words with two blank cells at each side, as far as there is room."""
        return min(container.width, self.block[0] + 4)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The words with a blank line above and below."""
        return min(container.height, self.block[1] + 2)

    def say(self, lines: tuple[tuple[Part, ...], ...]) -> None:
        """Show other lines; the place they take may be another."""
        before, self._lines = self.block, lines
        if self.block != before:
            self.refresh(layout=True)
        self.repaint()

    def drawn_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The words in the middle, blank lines around them."""
        above = max(0, (height - len(self._lines)) // 2)
        left = max(0, (width - self.block[0]) // 2)
        blank = Strip.blank(width, inks.ground)
        lines = [blank] * above
        for parts in self._lines:
            segments = [Segment(" " * left, inks.ground)] if left else []
            room = width - left
            for text, kind in parts:
                text = clip(text, room)
                room -= cell_len(text)
                segments.append(Segment(text, _style(inks, kind)))
            lines.append(Strip(segments).adjust_cell_length(width, inks.ground))
        return (lines + [blank] * height)[:height]


def _style(inks: Inks, kind: str) -> Style:
    styles = {"strong": inks.strong, "muted": inks.muted, "key": inks.key}
    return styles.get(kind, inks.text)
