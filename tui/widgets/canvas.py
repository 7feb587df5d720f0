"""The base of widgets that draw themselves line by line and repaint the lines that differ."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.styles.themes import Inks
from tui.widgets.cells import cell_len

Part = tuple[str, Style]
"""Words of a line, and how they are written."""


def strip_of(parts: Iterable[Part], width: int, ground: Style) -> Strip:
    """A line of `parts` one after the other, cut or padded to `width` cells."""
    strip = Strip([Segment(text, style) for text, style in parts if text])
    return strip.adjust_cell_length(width, ground)


def cells_of(parts: Iterable[Part]) -> int:
    """How many cells `parts` take."""
    return sum(cell_len(text) for text, _ in parts)


class Inked(Widget, can_focus=False):
    """A widget that draws itself with inks; it cannot be selected from."""

    ALLOW_SELECT = False
    inks: Inks | None = None
    """The styles to draw with; nothing is drawn before they are shown."""

    def show_inks(self, inks: Inks) -> None:
        """Draw with other inks from now on."""
        self.inks = inks
        self.refresh()


class Wheeled:
    """A widget that the wheel of the mouse scrolls by `wheel` steps."""

    wheel = 1

    def scroll_by(self, steps: int) -> None:
        """Scroll as far as there is anything."""
        raise NotImplementedError

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(self.wheel)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-self.wheel)


class Drawn(Inked):
    """A widget whose picture is a list of lines, made by `draw_lines`.

    The picture is kept as it stands on the screen, filters applied; `repaint` compares and
    refreshes what is different. Its lines go to the compositor as they are, past Textual's
    cache of borders and styles, which such a widget has no use for: that takes a third off the
    time of every key.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawing: list[Strip] = []
        self._picture: list[Strip] = []

    def show_inks(self, inks: Inks) -> None:
        self._drawing, self._picture = [], []
        super().show_inks(inks)

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The lines of the widget, `height` of them, each `width` cells wide."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Draw again, and refresh the lines that changed."""
        if self.inks is None or not self.is_mounted or not self.size:
            return
        old, self._picture = self._picture, self._draw_picture()
        if len(old) != len(self._picture):
            self.refresh()
            return
        width = self.size.width
        new = enumerate(self._picture)
        changed = [y for y, line in new if line is not old[y] and line != old[y]]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines inside `crop`, drawn already."""
        width, height = self.size
        if len(self._picture) != height or (height and self._picture[0].cell_length != width):
            self._picture = self._draw_picture()
        lines = self._picture[crop.y : crop.bottom]
        if crop.column_span != (0, width):
            lines = [line.crop(*crop.column_span) for line in lines]
        return lines

    def render_line(self, y: int) -> Strip:
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def on_resize(self) -> None:
        self._drawing, self._picture = [], []
        self.refresh()

    def _draw_picture(self) -> list[Strip]:
        """Draw the lines and apply all filters; lines drawn before are used again."""
        width, height = self.size
        if self.inks is None:
            return [Strip.blank(width)] * height
        before, picture = self._drawing, self._picture
        self._drawing = drawing = self.draw_lines(self.inks, width, height)
        if not len(before) == len(drawing) == len(picture):
            return self._apply_filters(drawing)
        other = [line for y, line in enumerate(drawing) if line is not before[y]]
        new = iter(self._apply_filters(other))
        return [picture[y] if line is before[y] else next(new) for y, line in enumerate(drawing)]

    def _apply_filters(self, lines: list[Strip]) -> list[Strip]:
        """Apply all filters but the one that replaces the sixteen colours of a terminal.

        Inks contain none of those colours, or are meant to keep them.
        """
        filters = [
            line_filter
            for line_filter in self.app.get_line_filters()
            if not isinstance(line_filter, ANSIToTruecolor)
        ]
        background = self.background_colors[1]
        for line_filter in filters:
            lines = [line.apply_filter(line_filter, background) for line in lines]
        return lines
