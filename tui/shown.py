"""Pure changes of a frozen `Board`: a card put at its place, taken away, moved within its lane."""

from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from operator import indexOf, itemgetter
from types import MappingProxyType

from store.model.board import urgency_key
from store.model.dossier import Board, Card, in_turn
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
    if stage is card.stage and card.outcome is None and stage in board.by_hand:
        lane = board.lanes[stage]
        return _with_lane(board, stage, (*lane[:place], card, *lane[place + 1 :]))
    if stage is not None:
        lane = board.lanes[stage]
        board = _with_lane(board, stage, lane[:place] + lane[place + 1 :])
    if card.outcome is not None:
        return board
    lane = board.lanes[card.stage]
    at = 0
    if card.stage not in board.by_hand:
        at = bisect_left(lane, urgency_key(card, now), key=lambda other: urgency_key(other, now))
    return _with_lane(board, card.stage, (*lane[:at], card, *lane[at:]))


def reordered(board: Board, stage: Stage, place: int, step: int) -> Board:
    """The board with the card at `place` put `step` places lower, its lane by hand from now on.

    The same board at either end of the lane.
    """
    lane = list(board.lanes[stage])
    if not 0 <= place + step < len(lane):
        return board
    lane.insert(place + step, lane.pop(place))
    return _with_lane(board, stage, tuple(lane))._replace(by_hand=board.by_hand | {stage})


def by_urgency(board: Board, stage: Stage, now: datetime) -> Board:
    """The board with the lane of `stage` sorted by urgency again."""
    lane = sorted(board.lanes[stage], key=lambda card: urgency_key(card, now))
    return _with_lane(board, stage, tuple(lane))._replace(by_hand=board.by_hand - {stage})


def find(lanes: Mapping[Stage, tuple[Card, ...]], card_id: int) -> tuple[Stage | None, int]:
    """The lane and the place in it of a card; (None, 0) when it is in none of them.

    The shortest lanes first: old applications lie in one, and what is moved is seldom among them.
    """
    for stage in sorted(lanes, key=lambda stage: len(lanes[stage])):
        with suppress(ValueError):
            return stage, indexOf(map(_ID, lanes[stage]), card_id)
    return None, 0


def knowing(board: Board, change_id: int) -> Board:
    """The board, up to date with the change `change_id`."""
    return board._replace(change_id=max(board.change_id, change_id))


def _with_lane(board: Board, stage: Stage, lane: tuple[Card, ...]) -> Board:
    return board._replace(lanes=MappingProxyType({**board.lanes, stage: lane}))
