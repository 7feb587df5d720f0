"""Which cards of the board are marked, one by one or as a range, for an action on all of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from store.model.board import Board, Card
from store.rules.stages import ORDER, Stage

MARK = "*"
"""Before the company of a marked card: a sign that every terminal has."""


def marked_words(shown: int, hidden: int) -> str:
    """ "3 marked", "3 marked, 2 hidden"; "" without any."""
    number = shown + hidden
    if not number:
        return ""
    also = f", {hidden:,} hidden" if shown else ", hidden"
    return f"{number:,} marked{also if hidden else ''}"


class _Range(NamedTuple):
    """Where a range begins, and what was marked in each column before."""

    stage: Stage
    card_id: int
    before: Mapping[Stage, frozenset[int]]


class Marks:
    """The marked cards. One that a filter or a fold hides stays marked, and nothing is done to it
    while it is hidden; one that leaves the board is marked no more.
    """

    def __init__(self) -> None:
        self._shown: dict[Stage, frozenset[int]] = dict.fromkeys(ORDER, frozenset())
        self._hidden: frozenset[int] = frozenset()
        self._range: _Range | None = None

    def __bool__(self) -> bool:
        return bool(self._hidden) or any(self._shown.values())

    @property
    def is_ranging(self) -> bool:
        """Whether the cursor takes the marks along."""
        return self._range is not None

    def ids_in(self, stage: Stage) -> frozenset[int]:
        """The ids of the marked cards that are shown in a column."""
        return self._shown[stage]

    def ids(self) -> frozenset[int]:
        """The ids of all marked cards that are shown."""
        return frozenset[int]().union(*self._shown.values())

    def cards(self, lanes: Mapping[Stage, Sequence[Card]]) -> tuple[Card, ...]:
        """The marked cards that are shown, in their order: those that an action is about."""
        return tuple(
            card for stage in ORDER if (ids := self._shown[stage])
            for card in lanes[stage] if card.id in ids
        )  # fmt: skip

    def words(self) -> str:
        """How many are marked, and hidden, and whether the cursor marks more, in words."""
        told = marked_words(sum(map(len, self._shown.values())), len(self._hidden))
        return f"{told}, V ends it" if self.is_ranging else told

    def toggle(self, stage: Stage, card_id: int) -> None:
        """Mark a card, or take its mark away; a range ends with what it has."""
        self._range = None
        self._shown[stage] ^= {card_id}

    def begin(self, stage: Stage, card_id: int) -> None:
        """Begin a range at a card."""
        self._range = _Range(stage, card_id, dict(self._shown))
        self._shown[stage] |= {card_id}

    def end(self) -> None:
        """End the range: what it marked stays marked."""
        self._range = None

    def reach(self, stage: Stage, lane: Sequence[Card], place: int) -> None:
        """The cursor has come to a place: a range reaches up to there, and ends in its column."""
        if self._range is None:
            return
        first = next((n for n, card in enumerate(lane) if card.id == self._range.card_id), None)
        if stage is not self._range.stage or first is None:
            self._range = None
            return
        low, high = sorted((first, place))
        ids = {card.id for card in lane[low : high + 1]}
        # What was marked before may be hidden by now, and is counted there.
        before = self._range.before[stage]
        self._shown[stage] = before.intersection(card.id for card in lane) | ids
        self._hidden -= ids

    def reach_rows(self, rows: Sequence[Card], row: int) -> None:
        """The same in a list of all cards: a range reaches over the cards of every column."""
        if self._range is None:
            return
        begun, before = self._range.card_id, self._range.before
        first = next((n for n, card in enumerate(rows) if card.id == begun), None)
        if first is None:
            self._range = None
            return
        low, high = sorted((first, row))
        taken, shown = rows[low : high + 1], {card.id for card in rows}
        for stage in ORDER:
            ids = {card.id for card in taken if card.stage is stage}
            self._shown[stage] = before[stage] & shown | ids
        self._hidden -= {card.id for card in taken}

    def settle(self, board: Board, lanes: Mapping[Stage, Sequence[Card]]) -> None:
        """The board, or what is shown of it, is another: find the marked cards in `lanes`."""
        if not self:
            return
        marked = self._hidden.union(*self._shown.values())
        for stage in ORDER:
            self._shown[stage] = frozenset(c.id for c in lanes[stage] if c.id in marked)
        there = frozenset(card.id for card in board.cards() if card.id in marked)
        self._hidden = there.difference(*self._shown.values())

    def clear(self) -> None:
        """Mark nothing any more."""
        self._shown, self._hidden = dict.fromkeys(ORDER, frozenset()), frozenset()
        self._range = None
