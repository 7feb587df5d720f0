"""The side panel: what comes next for the card under the cursor, its tips, its history.

Drawn line by line: of another card, only the lines that differ are painted.
"""

from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from store.card import Card, Dossier, TipLine
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip
from tui.widgets.panel_lines import PanelLine, panel_lines

NARROWEST = 38
WIDEST = 44
_FRAME = 2


class Panel(Widget, can_focus=False):
    """Everything about one card in a column; it may take the keys, to tick tips."""

    ALLOW_SELECT = False

    DEFAULT_CSS: ClassVar[str] = """
    Panel { dock: right; width: 44; height: 1fr; }
    """

    class TipPressed(Message):
        """A tip with a box was clicked."""

        def __init__(self, tip: TipLine) -> None:
            super().__init__()
            self.tip = tip

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.dossier: Dossier | None = None
        self.active = False
        """Whether the panel has the keys."""
        self._now: datetime | None = None
        self._tip = 0
        self._top = 0
        self._lines: tuple[PanelLine, ...] = ()
        self._painted: list[Strip] = []
        self._inks: Inks | None = None

    @property
    def tips(self) -> tuple[TipLine, ...]:
        """The tips shown."""
        return self.dossier.tips if self.dossier is not None else ()

    @property
    def tip(self) -> TipLine | None:
        """The tip under the cursor, while the panel has the keys."""
        return self.tips[self._tip] if self.active and self.tips else None

    def show(self, card: Card | None, dossier: Dossier | None, now: datetime) -> None:
        """Show `card` with what is known of it; None for no card."""
        if card is None or self.card is None or card.id != self.card.id:
            self._top = self._tip = 0
        self.card, self.dossier, self._now = card, dossier, now
        self._tip = max(0, min(self._tip, len(self.tips) - 1))
        self._compose_lines()

    def activate(self, active: bool) -> None:
        """Take the keys, or give them back."""
        if active != self.active:
            self.active = active
            self._compose_lines()

    def move_tip(self, step: int) -> None:
        """Move the cursor among the tips; without tips, scroll."""
        if not self.tips:
            self.scroll_lines(step)
            return
        self._tip = max(0, min(self._tip + step, len(self.tips) - 1))
        self._compose_lines()
        self._reveal()

    def scroll_lines(self, step: int) -> None:
        """Scroll by `step` lines as far as there are any."""
        self._top += step
        self._repaint()

    def show_inks(self, inks: Inks) -> None:
        """Draw with other inks from now on."""
        self._inks = inks
        self._compose_lines()
        self._painted = []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y < len(self._painted):
            return self._painted[y]
        lines = self._drawn()
        return lines[y] if y < len(lines) else Strip.blank(self.size.width)

    def on_resize(self) -> None:
        self._compose_lines()
        self._painted = []
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-2)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        number = self._top + event.y - 1
        if not (1 <= event.y < self.size.height - 1 and number < len(self._lines)):
            return
        pressed = next((tip for tip in self.tips if tip.id == self._lines[number].tip), None)
        if pressed is not None and pressed.tickable and not pressed.automatic:
            self.post_message(self.TipPressed(pressed))

    def _compose_lines(self) -> None:
        width = self.size.width - _FRAME
        self._lines = ()
        if self.card is not None and self._now is not None and self._inks and width >= 12:
            chosen = self.tip.id if self.tip is not None else None
            self._lines = panel_lines(self.card, self.dossier, self._now, width, self._inks, chosen)
        self._repaint()

    def _reveal(self) -> None:
        """Scroll so that the lines of the tip under the cursor are seen."""
        tip, height = self.tip, self.size.height - _FRAME
        if tip is None or height < 1:
            return
        places = [place for place, line in enumerate(self._lines) if line.tip == tip.id]
        if places:
            first = max(0, places[0] - 2) if self._tip == 0 else places[0]
            self._top = max(places[-1] - height + 1, min(self._top, first))
            self._repaint()

    def _repaint(self) -> None:
        """Paint the lines that differ from what stands on the screen."""
        if not self.is_mounted or not self.size or self._inks is None:
            return
        self._top = max(0, min(self._top, len(self._lines) - (self.size.height - _FRAME)))
        drawn = self._drawn()
        old, self._painted = self._painted, drawn
        if len(old) != len(drawn):
            self.refresh()
            return
        width = self.size.width
        regions = [Region(0, y, width, 1) for y, strip in enumerate(drawn) if strip != old[y]]
        if regions:
            self.refresh(*regions)

    def _drawn(self) -> list[Strip]:
        """All lines of the widget, its frame included."""
        width, height = self.size
        inks = self._inks
        if inks is None or width < _FRAME + 1 or height < _FRAME:
            return [Strip.blank(width)] * height
        frame = inks.frame_active if self.active else inks.frame
        inner, room = width - _FRAME, height - _FRAME
        side = Segment("│", frame)
        blank = Strip([side, Segment(" " * inner, inks.ground), side], width)
        shown = self._lines[self._top : self._top + room]
        body = [Strip([side, *line.strip, side], width) for line in shown]
        body += [blank] * (room - len(body))
        title = clip(f" {self.card.company} ", inner - 1) if self.card is not None else ""
        style = inks.title_active if self.active else inks.strong
        head = [
            Segment("╭", frame),
            Segment(title, style),
            Segment("─" * (inner - cell_len(title)) + "╮", frame),
        ]
        below = len(self._lines) - self._top - room
        more = f" ↓ {below} " if below > 0 else ""
        foot = [
            Segment("╰" + "─" * (inner - len(more) - 1), frame),
            Segment(more, inks.muted),
            Segment("─╯", frame),
        ]
        return [Strip(head, width), *body, Strip(foot, width)]
