"""Where the cursor of the board is: its lane, its place there, and which cards are shown; where all
cards are one list, its row, too.
"""

from collections.abc import Sequence
from datetime import date, datetime
from operator import indexOf, itemgetter

from store.model.dossier import Board, Card
from store.rules.query.query import Query, read_while_typed
from store.rules.stages import ORDER, Stage
from tui.board.changes import find
from tui.board.columns.arrangement import Arranged
from tui.filtering import Filter

FOLDED_FROM = 3
"""So many quiet cards at the end of a lane are one line (product)."""
_ID = itemgetter(0)


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
        self.arranged: Arranged | None = None
        """The order of the list, while all cards are one; None while they lie in lanes."""
        self.rows: tuple[Card, ...] = ()
        """The cards shown, in the order of the list."""
        self.row = 0
        """The row of the cursor in the list."""
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
        folded = bool(self.quiet[stage]) and stage not in self._unfolded
        return folded and self.arranged is None

    def toggle_quiet(self, stage: Stage) -> None:
        """Fold the quiet cards of a lane from now on, or show them."""
        self._unfolded ^= {stage}

    def show(
        self, board: Board, now: datetime, card_id: int | None = None, *, or_first: bool = False
    ) -> None:
        """Show the cards of `board` at `now`; the cursor follows its card, or that with the id.

        When that card is gone, the cursor keeps its place in the lane, or with `or_first` goes to
        the first card of all where there is none; a card that was asked for is never folded.
        """
        card, today = self.card, now.date()
        self.wanted = read_while_typed(self.query, now) if self.query else Query()
        followed = card_id if card_id is not None else card.id if card is not None else None
        if self.query:
            match = self.filter.match
            self.lanes = {stage: match(board.lanes[stage], self.wanted) for stage in ORDER}
            self.quiet = dict.fromkeys(ORDER, 0)
        else:
            self.lanes = dict(board.lanes)
            if card_id is not None:
                stage, _ = find(self.lanes, card_id)
                if stage is not None and (quiet := self._quiet_of(board, stage, today)):
                    folded = (card.id for card in self.lanes[stage][-quiet:])
                    self._unfolded |= {stage} if card_id in folded else set()
            self._fold(board, today)
        if self.arranged is not None:
            self._show_rows(self.arranged, board, now)
        self.follow(followed)
        if or_first and self.card is None and self.first is not None:
            self.follow(self.first.id)

    def _show_rows(self, arranged: Arranged, board: Board, now: datetime) -> None:
        rows = arranged.of(board.lanes, now)
        if self.query:
            shown = {card.id for lane in self.lanes.values() for card in lane}
            rows = tuple([card for card in rows if card.id in shown])
        self.rows = rows

    def _fold(self, board: Board, today: date) -> None:
        """Leave out the quiet cards of the lanes that have many, below others."""
        for stage in ORDER:
            self.quiet[stage] = quiet = self._quiet_of(board, stage, today)
            if self.is_folded(stage):
                self.lanes[stage] = board.lanes[stage][:-quiet]

    def _quiet_of(self, board: Board, stage: Stage, today: date) -> int:
        """How many cards of a lane can be folded: never all of them, nor in another order than by
        urgency, where they do not lie at its end."""
        lane = board.lanes[stage]
        if stage in board.orders:
            return 0
        before, day, quiet = self._counted.get(stage, ((), today, 0))
        if before is not lane or day != today:
            # One card comes or goes at a time: most that lie still have lain there before.
            still = quiet if day == today and lane[-quiet:] == before[-quiet:] else 0
            quiet = _quiet_at_the_end(lane, today, still)
            self._counted[stage] = lane, today, quiet
        return quiet if FOLDED_FROM <= quiet < len(lane) else 0

    def follow(self, card_id: int | None) -> None:
        """Put the cursor on a card, else keep it in its lane at its place."""
        if card_id is not None:
            lane = self.lanes[self.stage]
            here = self.place < len(lane) and lane[self.place].id == card_id
            stage, place = (self.stage, self.place) if here else find(self.lanes, card_id)
            if stage is not None:
                self.stage, self.place = stage, place
                self._find_row(card_id)
                return
        if self.arranged is not None:
            self.go_row(self.row)
        self.place = max(0, min(self.place, len(self.lanes[self.stage]) - 1))

    def _find_row(self, card_id: int) -> None:
        rows = self.rows
        if self.arranged is None or (self.row < len(rows) and rows[self.row].id == card_id):
            return
        self.row = indexOf(map(_ID, rows), card_id)

    def go_row(self, row: int) -> bool:
        """Put the cursor on this row of the list, or on the nearest; gives whether it moved."""
        row = max(0, min(row, len(self.rows) - 1))
        moved = row != self.row
        self.row = row
        if self.rows:
            card = self.rows[row]
            self.stage = card.stage
            self.place = indexOf(map(_ID, self.lanes[card.stage]), card.id)
        return moved

    def walk(self, step: int) -> bool:
        """Go `step` cards down, in the lane or in the list; gives whether it moved."""
        if self.arranged is not None:
            return self.go_row(self.row + step)
        return self.go(self.stage, self.place + step)

    def go_edge(self, *, last: bool) -> bool:
        """To the first or the last card of the lane or the list; gives whether it moved."""
        if self.arranged is not None:
            return self.go_row(len(self.rows) - 1 if last else 0)
        return self.go(self.stage, len(self.lanes[self.stage]) - 1 if last else 0)

    def go_stage(self, stage: Stage) -> bool:
        """In the list, to the next card in this stage, from the top after the last one."""
        rows = [row for row, card in enumerate(self.rows) if card.stage is stage]
        below = next((row for row in rows if row > self.row), None)
        return bool(rows) and self.go_row(rows[0] if below is None else below)

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
        if self.arranged is not None:
            lane, place = self.rows, self.row
        else:
            lane, place = self.lanes[self.stage], self.place
        places = (place, place + 1, place - 1)
        return [lane[place].id for place in places if 0 <= place < len(lane)]


def _quiet_at_the_end(lane: Sequence[Card], today: date, known: int) -> int:
    """How many cards at the end of a lane lie still; of the last `known` it is known."""
    count = known
    while count < len(lane) and lane[-1 - count].lies_still(today):
        count += 1
    return count
