"""`rounds criteria` and `rounds score`: what matters in every offer, and how offers compare."""

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model.dossier import Card
from store.rules.offer_weights import CriterionEntry, Weighed, weigh
from store.rules.people import same_name
from store.rules.stages import Stage
from store.rules.text import quoted, searchable, suggestion
from tui.cli.call import Call, tell
from tui.cli.table import json, one
from tui.cli.words import Usage, number_between

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Mapping

    from store.read.glance import Glance


def criteria_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "name", metavar="NAME", help="a criterion; omit to compare offers"
    ).required = False
    parser.add_argument(
        "weight",
        metavar="WEIGHT",
        type=number_between(1, 5),
        help="from 1 (nice to have) to 5 (decisive); adds it, or changes its weight",
    ).required = False
    parser.add_argument("--rename", metavar="NAME", dest="new_name", help="new name")
    parser.add_argument("--remove", action="store_true", help="remove it, with its scores")
    json(parser)


def score_words(parser: "ArgumentParser") -> None:
    one(parser)
    parser.add_argument("name", metavar="CRITERION", help="as “rounds criteria” names it")
    parser.add_argument("score", metavar="SCORE", help="0 to 10; “none” clears it")


def criteria(call: Call) -> int:
    """Show the offers by the criteria; or add a criterion, change it, remove it."""
    words = call.words
    if words.name is None:
        if words.new_name is not None or words.remove:
            raise Usage("Name the criterion: “rounds criteria pay --remove”.")
        return _show(call)
    changes = words.weight is not None or words.new_name is not None
    if words.remove is changes:
        raise Usage(f"Give its weight, --rename or --remove: “rounds criteria {words.name} 5”.")
    with call.pipeline() as pipeline:
        with closing(pipeline.database.glance()) as glance:
            known = glance.criteria()
        if not words.remove and words.new_name is None and not _same(known, words.name):
            return tell(call, pipeline.criterion(words.name, words.weight))
        found = _find(known, words.name)
        if words.remove:
            return tell(call, pipeline.remove_criterion(found.id))
        name, weight = words.new_name or found.name, words.weight or found.weight
        return tell(call, pipeline.edit_criterion(found.id, name, weight))


def score(call: Call) -> int:
    """Score an offer by one criterion, or take the score away."""
    words = call.words
    value = None
    if words.score.strip().lower() != "none":
        value = _read_score(words.score)
    with call.pipeline() as pipeline:
        with closing(pipeline.database.glance()) as glance:
            found = _find(glance.criteria(), words.name)
        return tell(call, pipeline.score(words.id, found.id, value))


def _read_score(text: str) -> int:
    from argparse import ArgumentTypeError

    try:
        return number_between(0, 10)(text)
    except ArgumentTypeError as wrong:
        raise Usage(f"{wrong}; “none” clears the score.") from None


def _same(known: Sequence[CriterionEntry], name: str) -> CriterionEntry | None:
    return next((each for each in known if same_name(each.name, name)), None)


def _find(known: Sequence[CriterionEntry], name: str) -> CriterionEntry:
    """The criterion of that name, or the only one that begins so; else NotFound."""
    begun = [each for each in known if searchable(each.name).startswith(searchable(name.strip()))]
    found = _same(known, name) or (begun[0] if len(begun) == 1 else None)
    if found is None:
        like = suggestion(name, [each.name for each in known])
        like = like or " “rounds criteria” lists them."
        raise NotFound(f"There is no criterion {quoted(name)}.{like}")
    return found


def _show(call: Call) -> int:
    with call.glance() as glance:
        known = glance.criteria() if glance else ()
        offers = _offers(glance) if glance else []
    weighed = [weigh(known, scores) for _, scores in offers]
    if call.words.json:
        call.out.json("criteria", _shape(known, offers, weighed))
        return 0
    if not known:
        call.out.say("No criteria yet. Add one with a weight: “rounds criteria pay 5”.")
        return 0
    heads = ("WEIGHT", "CRITERION", *(f"{card.company} ({card.id})" for card, _ in offers))
    rows = [
        (str(each.weight), each.name, *(str(scores.get(each.id, "–")) for _, scores in offers))
        for each in known
    ]
    if offers:
        means = ("–" if one.mean is None else f"{one.mean:.1f}" for one in weighed)
        rows.append(("", "mean", *means))
        rows.append(("", "scored", *(f"{one.scored} of {one.of}" for one in weighed)))
    call.out.table(heads, rows)
    return 0


def _offers(glance: "Glance") -> "list[tuple[Card, Mapping[int, int]]]":
    """The open applications with an offer, and their scores by criterion."""
    cards = [card for card in glance.cards() if card.stage is Stage.OFFER]
    found = []
    for card in cards:
        offer = glance.dossier(card.id).offer
        found.append((card, offer.scores if offer is not None else {}))
    return found


def _shape(
    known: Sequence[CriterionEntry],
    offers: "Sequence[tuple[Card, Mapping[int, int]]]",
    weighed: Sequence[Weighed],
) -> dict[str, object]:
    return {
        "criteria": [each._asdict() for each in known],
        "offers": [
            {
                "id": card.id,
                "company": card.company,
                "role": card.role,
                "scores": {each.name: scores.get(each.id) for each in known},
                "mean": one.mean,
                "scored": one.scored,
            }
            for (card, scores), one in zip(offers, weighed, strict=True)
        ],
    }
