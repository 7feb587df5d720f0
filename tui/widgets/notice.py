"""Lines of words in the middle of a place, perhaps in a frame."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn
from tui.widgets.cells import cell_len, clip

_CORNERS = ("╭╮", "╰╯")
_LEAST_FRAME = 3
"""Lines and cells below which there is nothing but the frame."""
Piece = tuple[str, str]
"""A text, and how it is written: "strong", "muted", "key" or ""."""


class Notice(Drawn):
    """Lines of words, drawn in the middle of the widget whatever its size; `boxed` in a frame."""

    DEFAULT_CSS = "Notice { width: 1fr; height: 1fr; }"

    def __init__(
        self, lines: tuple[tuple[Piece, ...], ...], *, boxed: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._boxed = boxed
        self._lines = lines
        self._least = 0

    @property
    def block(self) -> tuple[int, int]:
        """Width and height of the place for the words, in cells."""
        return max(self._words_width, self._least), len(self._lines)

    @property
    def _words_width(self) -> int:
        widths = [sum(cell_len(text) for text, _ in line) for line in self._lines]
        return max(widths, default=0)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return min(container.width, self.block[0] + 4)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return min(container.height, self.block[1] + 2)

    def say(self, lines: tuple[tuple[Piece, ...], ...], *, least: int = 0) -> None:
        """Show other lines, in a place of at least so many cells; all is laid out anew only where
        they take another one."""
        before, self._lines, self._least = self.block, lines, least
        if self.block != before:
            self.refresh(layout=True)
        self.repaint()

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        above = max(0, (height - len(self._lines)) // 2)
        left = max(0, (width - self._words_width) // 2)
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
        lines = (lines + [blank] * height)[:height]
        return _in_a_frame(lines, width, inks.frame_active) if self._boxed else lines


def _in_a_frame(lines: list[Strip], width: int, frame: Style) -> list[Strip]:
    """The lines with a frame in the place of the first and the last one, and of the sides."""
    if width < _LEAST_FRAME or len(lines) < _LEAST_FRAME:
        return lines
    side, across = Segment("│", frame), "─" * (width - 2)
    inner = [Strip([side, *line.crop(1, width - 1), side], width) for line in lines[1:-1]]
    top, foot = (Strip([Segment(ends[0] + across + ends[1], frame)], width) for ends in _CORNERS)
    return [top, *inner, foot]


def _style(inks: Inks, kind: str) -> Style:
    styles = {"strong": inks.strong, "muted": inks.muted, "key": inks.title}
    return styles.get(kind, inks.text)
