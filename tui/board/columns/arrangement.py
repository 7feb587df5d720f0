"""All cards of the board in one order, kept in it while single cards change."""

from bisect import bisect_left, insort
from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.model.dossier import Card
from store.model.orders import BY_THE_CLOCK, ORDERS, URGENCY, Key, Memo, order_key
from store.rules.stages import Stage
from tui.board.changes import differences

if TYPE_CHECKING:
    from store.read.glance import Stamps

_ONE_BY_ONE = 50
"""Up to how many changed cards are put in their places one by one."""
_TURNED = "-"


class Arranged:
    """The cards of all columns in one of `ORDERS`, perhaps turned round.

    Sorted whole when the order is another one, or the moment that it depends on; else a changed
    card alone goes to its place. Args: `order` as `str(arranged)` gives it: “due”, “-due” for the
    other way round; one that there is not is by urgency.
    """

    def __init__(self, order: str = URGENCY) -> None:
        name = order.removeprefix(_TURNED)
        self.order = name if name in ORDERS else URGENCY
        self.turned = self.order == name and order.startswith(_TURNED)
        self.stamps: Mapping[int, Stamps] = MappingProxyType({})
        """When each application was changed last, once that has been read."""
        self._lanes: Mapping[Stage, tuple[Card, ...]] = {}
        self._cards: list[Card] = []
        self._rows: tuple[Card, ...] = ()
        self._sorted_for: tuple[object, ...] = ()
        self._memo: Memo = {}
        self._memo_for: tuple[object, ...] = ()

    def __str__(self) -> str:
        return f"{_TURNED if self.turned else ''}{self.order}"

    def sort_by(self, order: str) -> None:
        """Sort by another order from now on, in its natural direction; by the same, turned."""
        self.turned = order == self.order and not self.turned
        self.order = order

    def of(self, lanes: Mapping[Stage, tuple[Card, ...]], now: datetime) -> tuple[Card, ...]:
        """The cards of `lanes` in this order at `now`."""
        moment = now if self.order in BY_THE_CLOCK else None
        stamps = self.stamps if self.order == "changed" else None
        sorted_for = (self.order, self.turned, moment, id(stamps))
        if (self.order, moment, id(stamps)) != self._memo_for:
            self._memo, self._memo_for = {}, (self.order, moment, id(stamps))
        key = order_key(self.order, now, self.stamps, turned=self.turned, memo=self._memo)
        if sorted_for != self._sorted_for or not self._put_changed(lanes, key):
            self._cards = sorted(chain.from_iterable(lanes.values()), key=key)
            self._rows = tuple(self._cards)
        self._lanes, self._sorted_for = dict(lanes), sorted_for
        return self._rows

    def _put_changed(self, lanes: Mapping[Stage, tuple[Card, ...]], key: Key) -> bool:
        """Put the cards that changed in their places; False when there are too many."""
        gone, come = differences(self._lanes, lanes)
        if len(gone) + len(come) > _ONE_BY_ONE:
            return False
        for card in gone:
            at = bisect_left(self._cards, key(card), key=key)
            if at >= len(self._cards) or self._cards[at] is not card:
                return False
            del self._cards[at]
        for card in come:
            insort(self._cards, card, key=key)
        if gone or come:
            self._rows = tuple(self._cards)
        return True
