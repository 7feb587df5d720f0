"""In which order the cards of a column stand: sorted by one of some orders, or put by hand."""

from typing import Protocol

from store.model.board import BY_HAND
from store.model.dossier import Card
from store.model.orders import LANE_ORDERS, ORDER_WORDS, URGENCY
from tui.board.changes import in_order, reorder
from tui.board.cursor import Cursor
from tui.board.live import Live
from tui.rounds import Rounds


class OrderedScreen(Protocol):
    """The screen whose columns are sorted."""

    live: Live
    cursor: Cursor

    @property
    def rounds(self) -> Rounds: ...
    def subject(self) -> Card | None: ...


class Ordering:
    """Sorts the column of the cursor, and moves its cards up and down."""

    def __init__(self, screen: OrderedScreen) -> None:
        self._screen = screen

    def move(self, card: Card, step: int) -> None:
        """Put the card lower or higher; its lane is by hand from now on."""
        live, cursor, rounds = self._screen.live, self._screen.cursor, self._screen.rounds
        if cursor.arranged is not None:
            rounds.say("The list has its own order. Press | for columns, then reorder.")
            return
        if cursor.query:
            rounds.say("The filter hides some cards. Press Esc to show all, then reorder.")
            return
        stage = cursor.stage
        board = reorder(live.board, stage, cursor.place, step)
        if board is live.board:
            return
        order = [card.id for card in board.lanes[stage]]
        live.set_board(board, cursor=card.id)
        live.submit(card.id, lambda p: p.reorder(stage, order))

    def sort(self) -> None:
        """Sort the column in the next way."""
        stage, board = self._screen.cursor.stage, self._screen.live.board
        placed = any(card.position is not None for card in board.lanes[stage])
        orders = [order for order in LANE_ORDERS if order != BY_HAND or placed]
        now = board.orders.get(stage, URGENCY)
        place = orders.index(now) + 1 if now in orders else 0
        self.sort_by(orders[place % len(orders)])

    def sort_by(self, order: str) -> None:
        """Sort the column by one of `LANE_ORDERS` from now on."""
        live, cursor, rounds = self._screen.live, self._screen.cursor, self._screen.rounds
        stage, card = cursor.stage, self._screen.subject()
        if cursor.arranged is not None:
            rounds.say("The list has its own order. Press | for columns, then sort one.")
            return
        live.set_board(in_order(live.board, stage, order, live.at))
        live.submit(card.id if card else 0, lambda p: p.sort_lane(stage, order))
        rounds.say(f"{stage.title} is sorted by {ORDER_WORDS[order]}. S sorts it otherwise.")
