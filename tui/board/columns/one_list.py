"""All cards as one list in place of the columns: its order, and what is remembered of it."""

from collections.abc import Mapping
from typing import Any, Protocol

from store.model.dossier import Card
from store.read.glance import Stamps, read_stamps
from tui.board.columns.arrangement import Arranged
from tui.board.columns.table import next_field
from tui.board.cursor import Cursor
from tui.board.live import Live
from tui.board.marks import Marks
from tui.rounds import Rounds

VIEW = "view"
"""The setting that keeps how the cards are shown: nothing for columns, else the list's order."""


class ListScreen(Protocol):
    """The screen that shows the cards in columns, or as one list."""

    live: Live
    cursor: Cursor
    marks: Marks

    @property
    def rounds(self) -> Rounds: ...
    def subject(self) -> Card | None: ...
    def show_board(self) -> None: ...
    def draw(self) -> None: ...
    def set_class(self, add: bool, *class_names: str) -> Any: ...
    def call_after_refresh(self, callback: Any) -> Any: ...


class OneList:
    """The list of all cards, kept in its order while the columns are shown.

    Args:
        view: what `VIEW` keeps; not empty where the list is shown from the beginning.
    """

    def __init__(self, screen: ListScreen, view: str) -> None:
        self._screen = screen
        self.arranged = Arranged(view)
        """The order of the list."""
        if view:
            screen.cursor.arranged = self.arranged
            screen.cursor.show(screen.live.board, screen.live.at)

    @property
    def _is_shown(self) -> bool:
        return self._screen.cursor.arranged is not None

    def toggle(self) -> None:
        """Show all cards as one list, or in their columns again; it is remembered."""
        screen, cursor = self._screen, self._screen.cursor
        listed = not self._is_shown
        cursor.arranged = self.arranged if listed else None
        screen.set_class(listed, "-list")
        self._remember()
        self.want_stamps()
        card = screen.subject()
        screen.marks.end()
        cursor.show(screen.live.board, screen.live.at, card.id if card else None)
        screen.marks.settle(screen.live.board, cursor.lanes)
        screen.call_after_refresh(screen.draw)

    def sort_by(self, order: str) -> None:
        """Sort by another order, or by the same one the other way round."""
        self.arranged.sort_by(order)
        self._screen.marks.end()
        self._remember()
        self._screen.show_board()

    def turn(self) -> None:
        """Sort the other way round."""
        self.sort_by(self.arranged.order)

    def walk(self, step: int) -> None:
        """Sort by the column beside."""
        self.sort_by(next_field(self.arranged.order, step))

    def _remember(self) -> None:
        view, rounds = str(self.arranged) if self._is_shown else "", self._screen.rounds
        rounds.heed(rounds.desk.write(lambda p: p.remember(VIEW, view)), lambda _: None)

    def want_stamps(self) -> None:
        """Have the days of the last changes ready for the list."""
        rounds = self._screen.rounds
        if self._is_shown and self._screen.live.feed is not None:
            rounds.heed(rounds.desk.read(read_stamps), self._take_stamps)

    def _take_stamps(self, stamps: Mapping[int, Stamps]) -> None:
        self.arranged.stamps = stamps
        if self._is_shown:
            self._screen.show_board()
