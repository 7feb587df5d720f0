"""Where the cursor of the board is: its lane, its place there, and which cards are shown."""

from store.model.dossier import Board, Card
from store.rules.stages import ORDER, Stage
from tui.board.changes import find
from tui.filtering import Filter


class Cursor:
    """A lane and a place in it, among the cards that match the filter.

    Args:
        board: the cards to begin with; the cursor begins at the first one.
    """

    def __init__(self, board: Board) -> None:
        self.stage = next((stage for stage in ORDER if board.lanes[stage]), Stage.APPLIED)
        """The lane of the cursor."""
        self.place = 0
        """The place of the cursor in its lane, as shown."""
        self.lanes = dict(board.lanes)
        """The cards shown: those of the board that match the filter."""
        self.query = ""
        """What is filtered for."""
        self.filter = Filter()

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        lane = self.lanes[self.stage]
        return lane[self.place] if self.place < len(lane) else None

    @property
    def first(self) -> Card | None:
        """The first card of all that are shown."""
        return next((lane[0] for lane in self.lanes.values() if lane), None)

    @property
    def shown(self) -> int:
        """How many cards are shown."""
        return sum(len(lane) for lane in self.lanes.values())

    def show(self, board: Board, card_id: int | None = None) -> None:
        """Show the cards of `board`; the cursor follows its card, or the card with the id.

        When that card is gone, the cursor keeps its place in the lane.
        """
        card = self.card
        wanted = card_id if card_id is not None else card.id if card is not None else None
        if self.query:
            matching = self.filter.matching
            self.lanes = {stage: matching(board.lanes[stage], self.query) for stage in ORDER}
        else:
            self.lanes = dict(board.lanes)
        self.follow(wanted)

    def follow(self, card_id: int | None) -> None:
        """Put the cursor on a card, else keep it in its lane at its place."""
        if card_id is not None:
            lane = self.lanes[self.stage]
            if self.place < len(lane) and lane[self.place].id == card_id:
                return
            stage, place = find(self.lanes, card_id)
            if stage is not None:
                self.stage, self.place = stage, place
                return
        self.place = max(0, min(self.place, len(self.lanes[self.stage]) - 1))

    def go(self, stage: Stage, place: int) -> bool:
        """Put the cursor at this place, or at the nearest one; gives whether that is another."""
        place = max(0, min(place, len(self.lanes[stage]) - 1))
        moved = (stage, place) != (self.stage, self.place)
        self.stage, self.place = stage, place
        return moved

    def holds(self, card_id: int) -> bool:
        """Whether this card is shown."""
        return find(self.lanes, card_id)[0] is not None

    def around(self) -> list[int]:
        """The ids of this card, the one below and the one above, as far as there are any."""
        lane = self.lanes[self.stage]
        places = (self.place, self.place + 1, self.place - 1)
        return [lane[place].id for place in places if 0 <= place < len(lane)]
