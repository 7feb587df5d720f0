"""`rounds order`: the order of the cards in a column of the board."""

from argparse import ArgumentTypeError
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from store.model.board import Board
from store.model.orders import LANE_ORDERS, ORDER_WORDS, URGENCY
from store.rules.stages import ORDER, Stage, read_stage
from store.rules.text import Refused, quoted
from tui.cli.call import Call, tell, tell_nothing
from tui.cli.naming import find_applications
from tui.cli.table import WHICH
from tui.cli.words import Usage, application_id

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.pipeline import Pipeline

PLACES = ("first", "last", "up", "down")
"""Where a card can be put in its column."""


def order_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "what", metavar="ID|STAGE", help=f"{WHICH}; or a column: {', '.join(ORDER)}"
    )
    parser.add_argument(
        "place",
        metavar="WHERE",
        help=f"{', '.join(PLACES)} for a card; {', '.join(LANE_ORDERS)} for a column; "
        "omit to list the column",
    ).required = False


def order(call: Call) -> int:
    """List a column in its order; or put a card elsewhere in it, or sort it."""
    words = call.words
    place = words.place.strip().lower() if words.place is not None else None
    stage = _stage(words.what)
    if stage is None:
        if place not in PLACES:
            raise Usage(f"Say where to put it: {', '.join(PLACES)}.")
        number = _number(call, words.what)
        with call.pipeline() as pipeline:
            return _put(call, pipeline, number, place)
    if place is None:
        return _list(call, stage)
    if place not in LANE_ORDERS:
        names = ", ".join(LANE_ORDERS)
        raise Usage(f"Name a card to put {quoted(place)}, or sort the column: {names}.")
    with call.pipeline() as pipeline:
        if place == _board(pipeline).orders.get(stage, URGENCY):
            said = f"{stage.title} is sorted by {ORDER_WORDS[place]} already."
            return tell_nothing(call, said)
        return tell(call, pipeline.sort_lane(stage, place))


def _stage(text: str) -> Stage | None:
    with suppress(Refused):
        return read_stage(text)
    return None


def _number(call: Call, text: str) -> int:
    try:
        (number,) = find_applications(call, [application_id(text)])
    except ArgumentTypeError as wrong:
        raise Usage(f"{wrong}.") from None
    return int(number)


def _board(pipeline: "Pipeline") -> Board:
    with closing(pipeline.database.glance()) as glance:
        return glance.board()


def _put(call: Call, pipeline: "Pipeline", number: int, place: str) -> int:
    with closing(pipeline.database.glance()) as glance:
        card, lanes = glance.card(number), glance.board().lanes
    if card.outcome is not None:
        raise Refused("This application is closed. Reopen it first.")
    ids = [one.id for one in lanes[card.stage]]
    at, last = ids.index(number), len(ids) - 1
    to = {"first": 0, "last": last, "up": max(at - 1, 0), "down": min(at + 1, last)}[place]
    if to == at:
        said = f"{card.company}, {card.role}: it is there already."
        return tell_nothing(call, said, number)
    ids.insert(to, ids.pop(at))
    written = pipeline.reorder(card.stage, ids)
    return tell(call, written, f"{card.company}, {card.role}: {to + 1} of {len(ids)}.")


def _list(call: Call, stage: Stage) -> int:
    with call.glance() as glance:
        board = glance.board() if glance else None
    cards = board.lanes[stage] if board else ()
    order = board.orders.get(stage, URGENCY) if board else URGENCY
    if call.wants_json:
        shown = [{"id": card.id, "company": card.company, "role": card.role} for card in cards]
        call.out.json("order", {"stage": stage, "sorted_by": order, "applications": shown})
    elif cards:
        rows = [(str(card.id), card.company, card.role) for card in cards]
        call.out.table(("ID", "COMPANY", "ROLE"), rows)
        call.out.say(f"{stage.title} is sorted by {ORDER_WORDS[order]}.")
    else:
        call.out.say(f"No application is in {stage}.")
    return 0
