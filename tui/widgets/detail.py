"""What is said in full about the chosen row: a few wrapped lines under a list."""

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import Inks
from tui.widgets.cells import fit, wrap
from tui.widgets.rows import Cell, ink

_LEAST_LINES = 2
_LINES_AT_MOST = 8


class Detail(Widget, can_focus=False):
    """Wrapped paragraphs; as high as they need, but never less than two lines, so that a cursor
    that runs down a list does not make it jump.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS: ClassVar[str] = """
    Detail { height: 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs: tuple[Cell, ...] = ()
        self._lines: list[Cell] = []
        self._inks: Inks | None = None

    def show_inks(self, inks: Inks) -> None:
        """Draw with other inks from now on."""
        self._inks = inks
        self.refresh()

    def show(self, *paragraphs: Cell) -> None:
        """Show these paragraphs, each from a line of its own; empty ones are left out."""
        if paragraphs != self._paragraphs:
            self._paragraphs = paragraphs
            self._settle()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width, inks = self.size.width, self._inks
        if inks is None or width < 1 or y >= len(self._lines):
            return Strip.blank(width, None if inks is None else inks.ground)
        cell = self._lines[y]
        return Strip([Segment(fit(cell.text, width), ink(cell.tone, inks))], width)

    def _settle(self) -> None:
        width = self.size.width
        self._lines = [
            Cell(line, paragraph.tone)
            for paragraph in self._paragraphs
            if paragraph.text
            for line in wrap(paragraph.text, width)
        ][:_LINES_AT_MOST]
        height = max(_LEAST_LINES, len(self._lines)) + self.gutter.height
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def on_resize(self) -> None:
        self._settle()
