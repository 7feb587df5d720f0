"""The panel beside the columns: whether it has a place there, which card it shows, and its tips."""

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol

from textual.widget import Widget

from store.model.dossier import Card, Dossier
from store.rules.stages import ORDER, Stage
from tui.board.cursor import Cursor
from tui.board.live import Live
from tui.board.panel.panel import NARROWEST, Panel, share_of
from tui.board.search import PAINTED_SECONDS
from tui.board.tour import Tour
from tui.conversation import NO_CARD
from tui.desk import Chances
from tui.rounds import Rounds

WIDE = 120
"""Columns from which the panel has a place of its own beside the lanes."""
_LANES_AT_LEAST = 80
"""Columns that the four lanes keep beside the panel."""


class PanelScreen(Protocol):
    """The screen beside whose columns the panel stands."""

    live: Live
    cursor: Cursor
    panel: Panel
    tour: Tour | None

    @property
    def rounds(self) -> Rounds: ...
    @property
    def lane_widgets(self) -> Mapping[Stage, Widget]: ...
    def subject(self) -> Card | None: ...
    def show_keys(self) -> None: ...
    def draw(self) -> None: ...
    def has_class(self, *class_names: str) -> bool: ...
    def set_class(self, add: bool, *class_names: str) -> Any: ...
    def call_after_refresh(self, callback: Any) -> Any: ...


class Beside:
    """The panel as the board has it.

    Args:
        screen: told when keys are for the panel, and when its place has changed.
    """

    def __init__(self, screen: PanelScreen) -> None:
        self._screen = screen
        self._is_called = False
        """Whether the panel was called on a screen that has no place for it."""
        self._is_away = False
        """Whether the panel was put away on a screen that has."""
        self._opened_by_tab = False
        """Whether it was called by going into it, so that going back puts it away."""
        self._slid = 0
        """Cells by which the lanes stand further left, beside an open panel."""
        self._will_want = False

    # Its place

    @property
    def _width(self) -> int:
        return self._screen.rounds.size.width

    @property
    def covered(self) -> int:
        """Columns of the screen that it covers."""
        return self._width // 2 if self._is_called and self._width < WIDE else 0

    def lay_out(self, width: int) -> None:
        """Find a place for it on a screen of another width, in cells."""
        if width >= WIDE:
            spare = width - _LANES_AT_LEAST
            self._screen.panel.styles.width = max(NARROWEST, min(share_of(width), spare))

    def show_or_hide(self, width: int) -> None:
        """Show it on a screen of `width` cells, unless it was put away or has no place."""
        shown = not self._is_away if width >= WIDE else self._is_called
        self._screen.set_class(not shown, "-no-panel")
        if not shown:
            self.leave()

    def toggle(self) -> None:
        """Call it, or put it away."""
        if self._screen.has_class("-empty"):
            self._screen.rounds.say(NO_CARD)
            return
        if self._width >= WIDE:
            self._is_away = not self._is_away
        else:
            self._is_called = not self._is_called
        self._opened_by_tab = False
        self.leave()
        self.show_or_hide(self._width)
        self._screen.call_after_refresh(self._screen.draw)

    def switch(self) -> None:
        """Into the panel, and back to the cards."""
        panel = self._screen.panel
        if panel.active:
            self.leave()
            return
        if self._screen.has_class("-empty"):
            self._screen.rounds.say(NO_CARD)
            return
        if not panel.display:
            self.toggle()
            self._opened_by_tab = True
        panel.activate(True)
        self._screen.show_keys()

    def leave(self) -> None:
        """The keys are for the cards again."""
        self._screen.panel.activate(False)
        self._screen.show_keys()

    def go_back(self) -> None:
        """Leave it, and put it away if it was called by going into it."""
        if self._opened_by_tab:
            self.toggle()
        else:
            self.leave()

    def slide(self) -> None:
        """Where the panel covers the last two lanes, put them beside it when the cursor is there.

        All lanes keep their size, so that nothing is drawn anew.
        """
        later = self._screen.cursor.stage.place >= len(ORDER) // 2
        slid = self.covered if later else 0
        if slid != self._slid:
            self._slid = slid
            for lane in self._screen.lane_widgets.values():
                lane.styles.offset = (-slid, 0)

    # Its card

    def show_card(self) -> None:
        """Show the card under the cursor, with what is known of it.

        What was shown of the same card stays until it has been read anew.
        """
        screen, panel = self._screen, self._screen.panel
        card = screen.subject()
        known = None
        if card is not None and screen.live.feed is not None:
            known = screen.live.dossier_of(card.id)
            shown = panel.card
            if known is None and shown and (shown.id, shown.stage) == (card.id, card.stage):
                known = panel.dossier
        panel.show(card, known, screen.live.at)
        if known is None:
            self.want_dossier()
        elif not self._will_want:
            # Those beside it are read when this one stands on the screen: Python runs one thread
            # at a time, and the desk would take turns with the painting.
            self._will_want = True
            asyncio.get_running_loop().call_later(PAINTED_SECONDS, self.want_dossier)

    def want_dossier(self) -> None:
        """Have the dossiers of this card, the one below and the one above ready."""
        self._will_want = False
        screen = self._screen
        if screen.live.feed is not None and screen.panel.display:
            screen.live.feed.want(screen.cursor.around())

    def show_dossier(self, dossier: Dossier) -> None:
        """Show a dossier that was read, unless the cursor has gone on."""
        card = self._screen.subject()
        if card is not None and card.id == dossier.card.id:
            self._screen.panel.show(card, dossier, self._screen.live.at)

    def show_chances(self, chances: Chances) -> None:
        """Under the card that has just been changed, the line stays as it was read."""
        panel = self._screen.panel
        card = panel.card
        changed = self._screen.live.changed
        panel.show_chances(chances, at_once=card is None or card.id != changed)

    def tick(self, tip_id: str) -> None:
        """Tick the tip, or take the tick away."""
        screen, panel = self._screen, self._screen.panel
        card, dossier = panel.card, panel.dossier
        if card is None or dossier is None:
            return
        tip = next(tip for tip in dossier.tips if tip.id == tip_id)
        if not tip.tickable:
            screen.rounds.say("This tip is a reminder only; it cannot be ticked.")
            return
        if tip.automatic:
            screen.rounds.say("This is ticked automatically when done.")
            return
        ticked = not tip.ticked
        tips = tuple(t._replace(ticked=ticked) if t.id == tip_id else t for t in dossier.tips)
        foreseen = dossier._replace(tips=tips)
        if ticked and screen.tour is not None:
            screen.tour.note_tick()
        screen.live.put(foreseen)
        panel.show(card, foreseen, screen.live.at)
        screen.live.submit(card.id, lambda p: p.tick(card.id, tip_id, ticked))
