"""`rounds tick`: the tips of an application and the items of its checklist, ticked by their ids."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.advice.tips import known_items
from store.errors import NotFound
from store.model.dossier import Dossier
from store.rules.lists import items_to_tick, offer_items
from store.rules.text import Refused, quoted
from tui.cli.call import Call, read_dossier, tell
from tui.cli.table import json, one
from tui.cli.words import Usage

if TYPE_CHECKING:
    from argparse import ArgumentParser


class TickLine(NamedTuple):
    """A line with a box: its id, its text, and what ticks it."""

    id: str
    text: str
    ticked: bool
    automatic: bool = False
    """Whether it ticks itself once it is done."""
    group: str = ""


def tick_items_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument(
        "item", metavar="ITEM", nargs="+", help="B-3, OC-01: one of the list; omit to list all"
    ).required = False
    parser.add_argument("--off", action="store_true", help="remove the ticks")
    json(parser)


def tick_items(call: Call) -> int:
    """List what can be ticked; or tick some of it, or take the ticks away."""
    words = call.words
    if not words.item:
        if words.off:
            raise Usage(f"Name what to untick: “rounds tick {words.id} OC-01 --off”.")
        return _list(call)
    with call.pipeline() as pipeline:
        known = {line.id: line for line in tick_lines(read_dossier(pipeline, words.id))}
        ids = list(dict.fromkeys(item.upper() for item in words.item))
        for item in ids:
            if item in known and known[item].automatic:
                raise Refused(f"{item} is ticked automatically when done.")
            if item not in known:
                lists = f"“rounds tick {words.id}” lists them."
                raise NotFound(f"There is no item {quoted(item)} to tick here. {lists}")
        if len(ids) == 1:
            return tell(call, pipeline.tick(words.id, ids[0], not words.off))
        return tell(call, pipeline.tick_all(words.id, ids, not words.off))


def tick_lines(dossier: Dossier) -> tuple[TickLine, ...]:
    """What has a box on the pages of an application: tips, and the checklist of an offer or end."""
    tips = [
        TickLine(tip.id, tip.text, tip.ticked, tip.automatic, "Tips")
        for tip in dossier.tips
        if tip.tickable
    ]
    met = any(interview.status == "confirmed" for interview in dossier.interviews)
    known = known_items(dossier)
    items = []
    if dossier.offer is not None:
        items += [("Offer", item) for item in offer_items()]
    if dossier.card.outcome is not None:
        items += [("After the end", item) for item in items_to_tick(reminded=met)]
    return (
        *tips,
        *(
            TickLine(
                item.id,
                f"{item.group}: {item.text}",
                item.id in dossier.ticked or item.id in known,
                item.id in known,
                group,
            )
            for group, item in items
        ),
    )


def _list(call: Call) -> int:
    wanted, now = call.words.id, call.now
    lines = tick_lines(call.read(lambda glance: glance.dossier(wanted, now)))
    if call.words.json:
        call.out.json("ticks", [line._asdict() for line in lines])
        return 0
    for group in dict.fromkeys(line.group for line in lines):
        own = [line for line in lines if line.group == group]
        call.out.section(f"{group} {sum(line.ticked for line in own)}/{len(own)}", _words(own))
    return 0


def _words(lines: Sequence[TickLine]) -> list[str]:
    return [
        f"[{'x' if line.ticked else ' '}] {line.id}  {line.text}"
        f"{'  (automatic)' if line.automatic else ''}"
        for line in lines
    ]
