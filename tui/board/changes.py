"""Changes of a frozen `Board`, pure: a card that is new, moved or gone, and lanes in order."""

from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from operator import indexOf, itemgetter
from types import MappingProxyType

from store.model.board import BY_HAND
from store.model.dossier import (
    Board,
    Card,
    in_turn,
)
from store.model.orders import URGENCY, order_key
from store.rules.stages import Stage

_ID = itemgetter(0)


def without(board: Board, card_id: int) -> Board:
    """The board without the card `card_id`; the same board when it is not there."""
    if any(card.id == card_id for card in board.taken):
        board = board._replace(taken=tuple(card for card in board.taken if card.id != card_id))
    stage, place = find(board.lanes, card_id)
    if stage is None:
        return board
    lane = board.lanes[stage]
    return _with_lane(board, stage, lane[:place] + lane[place + 1 :])


def with_card(board: Board, card: Card, now: datetime) -> Board:
    """The board with `card` as it is now, at its place: new, changed, moved, or closed and gone.

    In a lane ordered by hand a card keeps its place, and a new one stands first.
    """
    taken = [other for other in board.taken if other.id != card.id]
    if card.in_reach(now.date()):
        taken.append(card)
    if tuple(taken) != board.taken:
        board = board._replace(taken=in_turn(taken))
    stage, place = find(board.lanes, card.id)
    by_hand = board.by_hand
    if stage is card.stage and card.outcome is None and stage in by_hand:
        lane = board.lanes[stage]
        return _with_lane(board, stage, (*lane[:place], card, *lane[place + 1 :]))
    if stage is not None:
        lane = board.lanes[stage]
        board = _with_lane(board, stage, lane[:place] + lane[place + 1 :])
    if card.outcome is not None:
        return board
    lane = board.lanes[card.stage]
    at = 0
    if card.stage not in by_hand:
        key = order_key(board.orders.get(card.stage, URGENCY), now)
        at = bisect_left(lane, key(card), key=key)
    return _with_lane(board, card.stage, (*lane[:at], card, *lane[at:]))


def reorder(board: Board, stage: Stage, place: int, step: int) -> Board:
    """The board with the card at `place` put `step` places lower, its lane by hand from now on.

    The same board at either end of the lane.
    """
    lane = list(board.lanes[stage])
    if not 0 <= place + step < len(lane):
        return board
    lane.insert(place + step, lane.pop(place))
    return _with_lane(board, stage, tuple(lane))._replace(orders=_with_order(board, stage, BY_HAND))


def in_order(board: Board, stage: Stage, order: str, now: datetime) -> Board:
    """The board with the lane of `stage` sorted by one of `LANE_ORDERS`."""
    lane = sorted(board.lanes[stage], key=order_key(URGENCY, now))
    if order != URGENCY:
        lane.sort(key=order_key(order, now))
    orders = _with_order(board, stage, order)
    return _with_lane(board, stage, tuple(lane))._replace(orders=orders)


def _with_order(board: Board, stage: Stage, order: str) -> Mapping[Stage, str]:
    others = {other: kept for other, kept in board.orders.items() if other is not stage}
    return MappingProxyType(others if order == URGENCY else {**others, stage: order})


def differences(
    before: Mapping[Stage, tuple[Card, ...]], after: Mapping[Stage, tuple[Card, ...]]
) -> tuple[list[Card], list[Card]]:
    """The cards that are gone, and those that have come; a changed card is one of each.

    Cards are told apart by identity: 1 ms for a lane of 10,000 (product).
    """
    gone: list[Card] = []
    come: list[Card] = []
    for stage, lane in after.items():
        old = before.get(stage, ())
        if old is lane:
            continue
        known, now_there = set(map(id, old)), set(map(id, lane))
        gone += [card for card in old if id(card) not in now_there]
        come += [card for card in lane if id(card) not in known]
    return gone, come


def find(lanes: Mapping[Stage, tuple[Card, ...]], card_id: int) -> tuple[Stage | None, int]:
    """The lane and the place in it of a card; (None, 0) when it is in none of them.

    The shortest lanes first: old applications lie in one, and what is moved is seldom among them.
    """
    for stage in sorted(lanes, key=lambda stage: len(lanes[stage])):
        with suppress(ValueError):
            return stage, indexOf(map(_ID, lanes[stage]), card_id)
    return None, 0


def with_change(board: Board, change_id: int) -> Board:
    """The board, up to date with the change `change_id`."""
    return board._replace(change_id=max(board.change_id, change_id))


def _with_lane(board: Board, stage: Stage, lane: tuple[Card, ...]) -> Board:
    return board._replace(lanes=MappingProxyType({**board.lanes, stage: lane}))
