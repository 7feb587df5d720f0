"""The orders in which applications are listed: in a column of the board, in its list, in the shell.

Each has a natural direction: names from A to Z, the next day and the most urgent first, the newest
day and the highest pay first. What is not known comes last, whichever way round.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from store.model.board import BY_HAND, Board, Card, due_key, urgency_key
from store.rules.stages import Stage
from store.rules.text import searchable

if TYPE_CHECKING:
    from typing import Protocol

    class HasStamps(Protocol):
        """When an application was changed last."""

        @property
        def updated_at(self) -> datetime: ...


URGENCY = "urgency"
LANE_ORDERS = (URGENCY, "applied", "company", "salary", BY_HAND)
"""The orders that a column of the board can have; by hand the user puts each card in its place."""
ORDER_WORDS: Mapping[str, str] = {
    URGENCY: "urgency", BY_HAND: "hand", "applied": "day applied", "company": "company",
    "salary": "salary",
}  # fmt: skip
"""How the order of a column is told: “by hand”."""


def order_words(board: Board, stage: Stage) -> str:
    """What a lane is sorted by, where that is told: “by hand”."""
    order = board.orders.get(stage, URGENCY)
    # The day you applied, in the words that a narrow column has room for.
    return "" if order == URGENCY else "by date" if order == "applied" else f"by {order}"


Key = Callable[[Card], Any]


Rank = tuple[bool, Any]
_Value = Callable[[Card, datetime, "Mapping[int, HasStamps]"], Any]


class Order(NamedTuple):
    """What is compared of a card (None where it is not known), at a moment, with the stamps of all
    applications; `down` says that the highest or newest comes first. Cards of which it is not known
    are sorted by `unknown`."""

    value: "_Value"
    down: bool = False
    unknown: "Callable[[Card], int]" = lambda _: 0


_folded = lru_cache(maxsize=65_536)(searchable)
_PLACES = {stage: stage.place for stage in Stage}
_NO_STAMPS: "Mapping[int, HasStamps]" = MappingProxyType({})


def _day(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


@lru_cache(maxsize=65_536)
def _pay(salary: str) -> float | None:
    from store.rules.query.fields import amounts  # with the language of queries: 3 ms

    return max(amounts(salary), default=None)


def _change_time(card: Card, stamps: "Mapping[int, HasStamps]") -> float | None:
    known = stamps.get(card.id)
    return known.updated_at.timestamp() if known is not None else None


ORDERS: Mapping[str, Order] = {
    URGENCY: Order(lambda card, now, _: urgency_key(card, now)),
    "company": Order(lambda card, *_: _folded(card.company)),
    "role": Order(lambda card, *_: _folded(card.role)),
    "stage": Order(lambda card, *_: _PLACES[card.stage]),
    "when": Order(
        lambda card, now, _: due_key(card, now),
        unknown=lambda card: card.stage_since.toordinal(),
    ),
    "due": Order(lambda card, *_: _day(card.follow_up.due_on if card.follow_up else None)),
    "applied": Order(lambda card, *_: _day(card.applied_on), down=True),
    "salary": Order(lambda card, *_: _pay(card.salary) if card.salary else None, down=True),
    "tags": Order(lambda card, *_: _folded(" ".join(card.tags)) if card.tags else None),
    "changed": Order(lambda card, _, stamps: _change_time(card, stamps), down=True),
}

BY_THE_CLOCK = frozenset((URGENCY, "when"))
"""Those that may change while no card does."""


def rank(
    name: str, card: Card, now: datetime, stamps: "Mapping[int, HasStamps]" = _NO_STAMPS
) -> Rank:
    """The place of `card` in the order called `name`, to be compared: whether what is compared is
    not known, and that."""
    value, down, _ = ORDERS[name]
    found = value(card, now, stamps)
    return found is None, _turn(found) if down and found is not None else found


Memo = dict[int, tuple[Card, Any]]
"""What is compared of cards, by their ids: for one order, one moment and the same stamps."""


def order_key(
    name: str,
    now: datetime,
    stamps: "Mapping[int, HasStamps]" = _NO_STAMPS,
    *,
    turned: bool = False,
    memo: Memo | None = None,
) -> Key:
    """What cards are sorted by for the order called `name`, ascending: a total order.

    Those that are alike in it are sorted by company, those of which it is not known as the order
    says. By hand, cards without a place stand first.
    What is compared is kept in `memo`, where there is one.
    """
    if name == BY_HAND:
        return lambda card: float("-inf") if card.position is None else card.position
    value, down, unknown = ORDERS[name]
    if memo is not None:
        value = _remember(value, memo)
    if name == URGENCY and not turned:
        return lambda card: value(card, now, stamps)
    if down is turned:
        return lambda card: (
            (found := value(card, now, stamps)) is None,
            unknown(card) if found is None else found,
            _folded(card.company),
            card.id,
        )
    return lambda card: (
        (found := value(card, now, stamps)) is None,
        unknown(card) if found is None else _turn(found),
        _folded(card.company),
        card.id,
    )


def _remember(value: _Value, memo: Memo) -> _Value:
    def look_up(card: Card, now: datetime, stamps: "Mapping[int, HasStamps]") -> Any:
        found = memo.get(card.id)
        if found is None or found[0] is not card:
            found = memo[card.id] = card, value(card, now, stamps)
        return found[1]

    return look_up


def goes_down(name: str, *, turned: bool = False) -> bool:
    """Whether the highest, the newest or Z comes first."""
    return ORDERS[name].down is not turned


def _turn(value: Any) -> Any:
    """A value that is compared the other way round."""
    if isinstance(value, tuple):
        return tuple(-part if isinstance(part, int | float) else part for part in value)
    return _turned_text(value) if isinstance(value, str) else -value


@lru_cache(maxsize=65_536)
def _turned_text(text: str) -> tuple[int, ...]:
    """Larger letters first; a text comes behind those that begin with it."""
    return (*(-ord(letter) for letter in text), 1)
