"""The side panel: what comes next for the card under the cursor, its tips, its history.

Drawn line by line: of another card, only the lines that differ are painted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.advice.carry_over import Carried, carry_over, preparation
from store.model.dossier import Card, Dossier
from store.rules.stages import Stage
from tui.board.panel.lines import FRAME, PanelLine
from tui.board.panel.panel_text import in_room, panel_lines
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, Wheeled
from tui.widgets.cells import cell_len, clip

if TYPE_CHECKING:
    from store.rules.tips.tips import TipLine

NARROWEST = 38
WIDEST = 72
_SHARE, _USUAL = 3 / 8, 44
"""Its part of a wide screen, where a card needs less than a sentence (product), and the cells that
it has on a smaller one, where the lanes can spare them."""
_WAYS = ((False, False, 5), (True, False, 5), (False, False, 3), (True, False, 3), (True, True, 3))
"""How the panel may be written, the roomiest first: dense, brief, and how many tips it shows."""
_MORE = 4
"""Tips beyond those that are shown where there are lines that nothing else needs."""
_WITH_KEYS = ((False, False, None),)
"""With the keys all tips are there, and scrolled to."""


def share_of(width: int) -> int:
    """The cells of the panel on a screen of `width`, as far as the lanes can spare them."""
    return min(WIDEST, max(_USUAL, int(width * _SHARE)))


class Panel(Wheeled, Drawn):
    """Everything about one card in a column; it may take the keys, to tick tips."""

    wheel = 2
    DEFAULT_CSS = "Panel { dock: right; width: 44; height: 1fr; }"

    @dataclass
    class TipPressed(Message):
        """A tip with a box was clicked."""

        tip: "TipLine"

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.dossier: Dossier | None = None
        self.active = False
        """Whether the panel has the keys."""
        self._chances: Mapping[Stage, str] = {}
        self._newest_chances: Mapping[Stage, str] = {}
        self._now: datetime | None = None
        self._carried: tuple[Dossier, datetime, Carried] | None = None
        self._tip = 0
        self._begun = False
        """Whether the cursor was put among the tips of this card."""
        self._top = 0
        self._lines: tuple[PanelLine, ...] = ()

    @property
    def tips(self) -> "tuple[TipLine, ...]":
        return self.dossier.tips if self.dossier is not None else ()

    @property
    def tip(self) -> "TipLine | None":
        """The tip under the cursor, while the panel has the keys."""
        return self.tips[self._tip] if self.active and self.tips else None

    def show(self, card: Card | None, dossier: Dossier | None, now: datetime) -> None:
        """Show `card` with what is known of it; None for no card."""
        if card is self.card and dossier is self.dossier and now == self._now:
            return
        if card is None or self.card is None or card.id != self.card.id:
            self._top = self._tip = 0
            self._begun = False
            self._chances = self._newest_chances
        self.card, self.dossier, self._now = card, dossier, now
        self._tip = max(0, min(self._tip, len(self.tips) - 1))
        self._compose_lines()
        self._begin()

    def show_chances(self, chances: Mapping[Stage, str], *, at_once: bool = True) -> None:
        """Show what is said about the chances of cards, by their stage; else from the next card
        on."""
        self._newest_chances = chances
        if chances != self._chances and (at_once or not self._chances):
            self._chances = chances
            self._compose_lines()

    def activate(self, active: bool) -> None:
        """Take the keys, or give them back; the cursor begins at the first tip to do."""
        if active != self.active:
            self.active = active
            self._compose_lines()
            self._begin()

    def _begin(self) -> None:
        """Put the cursor on the first tip to do, once the tips of this card are known."""
        if self.active and self.tips and not self._begun:
            self._begun = True
            self._tip = min(range(len(self.tips)), key=lambda n: _put_off(self.tips[n]))
            self._compose_lines()
            self._reveal()

    def move_tip(self, step: int) -> None:
        """Move the cursor among the tips; without tips, scroll."""
        if not self.tips:
            self.scroll_by(step)
            return
        self._tip = max(0, min(self._tip + step, len(self.tips) - 1))
        self._compose_lines()
        self._reveal()

    def scroll_by(self, steps: int) -> None:
        """Scroll by so many lines as far as there are any."""
        self._top += steps
        self.repaint()

    def show_inks(self, inks: Inks) -> None:
        super().show_inks(inks)
        self._compose_lines()

    def on_resize(self) -> None:
        """Wrap the texts anew in another width."""
        self._compose_lines()
        super().on_resize()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        number = self._top + event.y - 1
        if not (1 <= event.y < self.size.height - 1 and number < len(self._lines)):
            return
        pressed = next((tip for tip in self.tips if tip.id == self._lines[number].tip), None)
        if pressed is not None and pressed.tickable and not pressed.automatic:
            self.post_message(self.TipPressed(pressed))

    def _compose_lines(self) -> None:
        """The most that shows the tips to do first without scrolling; all of them with the keys."""
        width = self.size.width - FRAME
        self._lines = ()
        if self.card is not None and self._now is not None and self.inks and width >= 12:
            lines_of = partial(
                panel_lines,
                self.card,
                self.dossier,
                self._now,
                width,
                self.inks,
                active=self.active,
                tip=self.tip.id if self.tip is not None else None,
                chances=self._chances.get(self.card.stage, ""),
                carried=self._bring(self._now),
            )
            ways = _WITH_KEYS if self.active else _WAYS
            for dense, brief, tips in ways:
                shown = tips + _MORE if tips is not None else None
                self._lines = lines_of(dense=dense, brief=brief, tips=shown)
                if tips is not None:
                    room, total = self.size.height - FRAME, len(self.tips)
                    self._lines = in_room(self._lines, room, tips, total)
                if self._fits():
                    break
        self.repaint()

    def _fits(self) -> bool:
        """Whether what is to be seen first is seen without scrolling."""
        room = self.size.height - FRAME
        return not any(line.first for line in self._lines[max(0, room) :])

    def _bring(self, now: datetime) -> Carried | None:
        """What the interviews of the card brought; worked out once for a page and a moment."""
        dossier = self.dossier
        if dossier is None:
            return None
        known = self._carried
        if known is None or known[0] is not dossier or known[1] != now:
            bring = preparation if dossier.interviews or dossier.points else carry_over
            known = self._carried = (dossier, now, bring(dossier, now))
        return known[2]

    def _reveal(self) -> None:
        """Scroll so that the lines of the tip under the cursor are seen."""
        tip, height = self.tip, self.size.height - FRAME
        if tip is None or height < 1:
            return
        places = [place for place, line in enumerate(self._lines) if line.tip == tip.id]
        if places:
            first = max(0, places[0] - 2) if self._tip == 0 else places[0]
            self._top = max(places[-1] - height + 1, min(self._top, first))
            self.repaint()

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The frame, and in it the lines from the first in sight on."""
        if width < FRAME + 1 or height < FRAME:
            return [Strip.blank(width, inks.ground)] * height
        self._top = max(0, min(self._top, len(self._lines) - (height - FRAME)))
        accent = inks.stages[self.card.stage] if self.card is not None else inks.frame_active
        frame = accent if self.active else inks.frame
        inner, room = width - FRAME, height - FRAME
        side = Segment("│", frame)
        blank = Strip([side, Segment(" " * inner, inks.ground), side], width)
        shown = self._lines[self._top : self._top + room]
        while shown and shown[-1].heading and self._top + len(shown) < len(self._lines):
            shown = shown[:-1]
        body = [line.strip for line in shown]
        body += [blank] * (room - len(body))
        above = f" ↑ {self._top} " if self._top else ""
        left = inner - 1 - len(above)
        title = clip(f" {self.card.company} ", left) if self.card is not None else ""
        style = accent + Style(bold=True)
        head = [Segment("╭", frame), Segment(title, style)]
        if above:
            line = "─" * (left - cell_len(title))
            head += [Segment(line, frame), Segment(above, inks.muted), Segment("─╮", frame)]
        else:
            head.append(Segment("─" * (inner - cell_len(title)) + "╮", frame))
        below = len(self._lines) - self._top - len(shown)
        more = f" ↓ {below} " if below > 0 else ""
        foot = [
            Segment("╰" + "─" * (inner - len(more) - 1), frame),
            Segment(more, inks.muted),
            Segment("─╯", frame),
        ]
        return [Strip(head, width), *body, Strip(foot, width)]


def _put_off(tip: "TipLine") -> int:
    """How far it is from being the first to tick: 0 for one that is for the user to tick now."""
    if tip.ticked or not tip.tickable:
        return 3
    return 2 if tip.automatic else int(not tip.now)
