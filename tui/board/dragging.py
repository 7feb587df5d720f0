"""A card that is dragged with the mouse to another column."""

from collections.abc import Mapping
from typing import Protocol

from store.model.dossier import Card
from store.rules.stages import Stage
from tui.board.columns.lane import Lane
from tui.board.live import Live
from tui.board.panel.panel import Panel


class DraggedOver(Protocol):
    """The screen over which a card is dragged."""

    live: Live
    panel: Panel

    @property
    def lane_widgets(self) -> Mapping[Stage, Lane]: ...
    def draw(self, *, follow: bool = True) -> None: ...
    def drop_card(self, card: Card, stage: Stage) -> None: ...


class Dragging:
    """The card that the mouse holds, and where it would land."""

    def __init__(self, screen: DraggedOver) -> None:
        self._screen = screen
        self.card_id: int | None = None
        """The card being dragged."""
        self.over: Stage | None = None
        """The lane that it is held over."""

    def hold(self, card_id: int, x: int) -> None:
        """The card is held over the column `x` of the screen: the lane there lights up."""
        held = (card_id, self._stage_at(x))
        if held != (self.card_id, self.over):
            self.card_id, self.over = held
            self._screen.draw(follow=False)

    def drop(self, card_id: int, x: int) -> None:
        """The card goes to the lane at the column `x` of the screen; elsewhere it stays."""
        self.card_id = self.over = None
        card, stage = self._screen.live.board.card(card_id), self._stage_at(x)
        if card is not None and stage is not None and stage is not card.stage:
            self._screen.drop_card(card, stage)
        else:
            self._screen.draw(follow=False)

    def note(self) -> str:
        """What letting go would do; "" where nothing is dragged."""
        card = self._screen.live.board.card(self.card_id) if self.card_id is not None else None
        if card is None:
            return ""
        if self.over is None or self.over is card.stage:
            return "drop it on another column"
        return f"drop it in {self.over}"

    def _stage_at(self, x: int) -> Stage | None:
        """The lane at a column of the screen; None over the panel."""
        panel = self._screen.panel
        if panel.display and x >= panel.region.x:
            return None
        for stage, lane in self._screen.lane_widgets.items():
            if lane.region.x <= x < lane.region.right:
                return stage
        return None
