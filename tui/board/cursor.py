"""Where the cursor of the board is: its lane, its place there, and which cards are shown."""

from collections.abc import Sequence
from datetime import date, datetime

from store.model.dossier import Board, Card
from store.rules.query import Query, read_while_typed
from store.rules.stages import ORDER, Stage
from tui.board.changes import find
from tui.filtering import Filter

FOLDED_FROM = 3
"""So many quiet cards at the end of a lane are one line (product)."""


class Cursor:
    """A lane and a place in it, among the cards that match the filter and are not folded."""

    def __init__(self, board: Board, today: date) -> None:
        self.stage = next((stage for stage in ORDER if board.lanes[stage]), Stage.APPLIED)
        """The lane of the cursor."""
        self.place = 0
        """The place of the cursor in its lane, as shown."""
        self.lanes = dict(board.lanes)
        """The cards shown: those of the board that match the filter, without the folded ones."""
        self.quiet = dict.fromkeys(ORDER, 0)
        """How many quiet cards at the end of each lane are folded, or could be."""
        self._unfolded: set[Stage] = set()
        self._counted: dict[Stage, tuple[tuple[Card, ...], date, int]] = {}
        self.query = ""
        """What is filtered for, as it was typed."""
        self.wanted = Query()
        """What is filtered for, as it was read at the moment shown."""
        self.filter = Filter()
        self._fold(board, today)

    @property
    def card(self) -> Card | None:
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

    def is_folded(self, stage: Stage) -> bool:
        return bool(self.quiet[stage]) and stage not in self._unfolded

    def toggle_quiet(self, stage: Stage) -> None:
        """Fold the quiet cards of a lane from now on, or show them."""
        self._unfolded ^= {stage}

    def show(self, board: Board, now: datetime, card_id: int | None = None) -> None:
        """Show the cards of `board` at `now`; the cursor follows its card, or that with the id.

        When that card is gone, the cursor keeps its place in the lane; a card that was asked for
        is never folded.
        """
        card, today = self.card, now.date()
        self.wanted = read_while_typed(self.query, now)
        followed = card_id if card_id is not None else card.id if card is not None else None
        if self.query:
            matching = self.filter.matching
            self.lanes = {stage: matching(board.lanes[stage], self.wanted) for stage in ORDER}
            self.quiet = dict.fromkeys(ORDER, 0)
        else:
            self.lanes = dict(board.lanes)
            if card_id is not None:
                stage, _ = find(self.lanes, card_id)
                if stage is not None and (quiet := self._quiet_of(board, stage, today)):
                    folded = (card.id for card in self.lanes[stage][-quiet:])
                    self._unfolded |= {stage} if card_id in folded else set()
            self._fold(board, today)
        self.follow(followed)

    def _fold(self, board: Board, today: date) -> None:
        """Leave out the quiet cards of the lanes that have many, below others."""
        for stage in ORDER:
            self.quiet[stage] = quiet = self._quiet_of(board, stage, today)
            if self.is_folded(stage):
                self.lanes[stage] = board.lanes[stage][:-quiet]

    def _quiet_of(self, board: Board, stage: Stage, today: date) -> int:
        """How many cards of a lane can be folded: never all of them, nor in an order of the
        user's own."""
        lane = board.lanes[stage]
        if stage in board.by_hand:
            return 0
        known = self._counted.get(stage)
        if known is None or known[0] is not lane or known[1] != today:
            known = self._counted[stage] = (lane, today, _quiet_at_the_end(lane, today))
        quiet = known[2]
        return quiet if FOLDED_FROM <= quiet < len(lane) else 0

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


def _quiet_at_the_end(lane: Sequence[Card], today: date) -> int:
    """How many cards at the end of a lane are silent and wait for nothing."""
    count = 0
    for card in reversed(lane):
        waits = card.follow_up or card.interview or card.deadline_on or card.expected_by
        if waits is not None or not card.is_quiet(today):
            break
        count += 1
    return count
