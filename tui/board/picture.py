"""What the board paints: its columns or its list, and the signs on cards that were just changed."""

from collections.abc import Mapping
from typing import Protocol

from store.model.orders import order_words
from store.rules.stages import Stage
from tui.board.columns.face import MOVED, STORED, CardForm
from tui.board.columns.fourth_line import USUAL_FIELDS
from tui.board.columns.lane import Lane, View
from tui.board.columns.one_list import OneList
from tui.board.columns.table import CardTable, TableView
from tui.board.cursor import Cursor
from tui.board.dragging import Dragging
from tui.board.empty import Empty
from tui.board.live import Live
from tui.board.marks import Marks
from tui.board.panel.beside import Beside


class PaintedScreen(Protocol):
    """The screen that the picture is of."""

    live: Live
    cursor: Cursor
    marks: Marks
    listed: OneList
    dragging: Dragging
    empty: Empty
    beside: Beside
    table: CardTable

    @property
    def lane_widgets(self) -> Mapping[Stage, Lane]: ...


class Picture:
    """Knows how cards are to look, and shows the state of `screen` in its columns or its list."""

    def __init__(self, screen: PaintedScreen) -> None:
        self._screen = screen
        self._short: bool | None = None
        """Whether cards are short, as the user chose; None where each lane decides."""
        self.fourth_line = USUAL_FIELDS
        """The fields of a card's fourth line."""
        self._signs: dict[int, str] = {}
        """The signs on the cards that were moved or changed since the last key."""
        self.is_outdated = False
        """Whether signs are painted that are over."""

    def draw(self, *, follow: bool) -> None:
        """Show the cards; each column repaints what differs."""
        self.is_outdated = False
        screen = self._screen
        if screen.cursor.arranged is not None:
            screen.table.show(self.table_view(), follow=follow)
        else:
            for stage, lane in screen.lane_widgets.items():
                lane.show(self.view(stage), follow=follow)

    def toggle_short(self) -> None:
        """Two lines a card, or as many as there is room for."""
        lanes = self._screen.lane_widgets.values()
        self._short = not any(lane.form is CardForm.SHORT for lane in lanes)

    # Signs

    def forget_signs(self) -> None:
        """A key is pressed: the signs are over, and go with what it draws. The last key of all
        must not begin a picture."""
        if self._signs:
            self._signs.clear()
            self.is_outdated = True

    def sign_moved(self, card_id: int) -> None:
        """The card is being moved."""
        self._signs[card_id] = MOVED

    def sign_stored(self, card_id: int) -> None:
        """The card was changed; one that was moved keeps that sign."""
        self._signs.setdefault(card_id, STORED)

    def remove_sign(self, card_id: int) -> None:
        """Take the sign of the card away."""
        self._signs.pop(card_id, None)

    def remove_signs(self) -> None:
        """Take all signs away."""
        self._signs.clear()

    # What the columns and the list show

    def view(self, stage: Stage) -> View:
        """What a column shows."""
        screen = self._screen
        cursor = screen.cursor
        here = stage is cursor.stage
        return View(
            cursor.lanes[stage],
            screen.live.at,
            cursor=cursor.place if here and cursor.lanes[stage] else None,
            active=here,
            total=len(screen.live.board.lanes[stage]),
            order=order_words(screen.live.board, stage),
            quiet=cursor.quiet[stage],
            folded=cursor.is_folded(stage),
            lifted=screen.dragging.card_id,
            target=stage is screen.dragging.over,
            hint=screen.empty.hint(stage),
            example=screen.empty.example(stage),
            short=self._short,
            signs=tuple(self._signs.items()),
            hits=cursor.wanted.hits,
            more=self.fourth_line,
            marked=screen.marks.ids_in(stage),
        )

    def table_view(self) -> TableView:
        """What the list of all cards shows."""
        screen = self._screen
        cursor, arranged = screen.cursor, screen.listed.arranged
        return TableView(
            cursor.rows,
            screen.live.at,
            cursor=cursor.row if cursor.rows else None,
            total=sum(map(len, screen.live.board.lanes.values())),
            order=arranged.order,
            turned=arranged.turned,
            signs=tuple(self._signs.items()),
            hits=cursor.wanted.hits,
            marked=screen.marks.ids(),
            stamps=arranged.stamps,
            covered=screen.beside.covered,
        )
