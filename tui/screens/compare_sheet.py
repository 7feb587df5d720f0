"""Offers side by side, in words: pure functions."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from store.model.dossier import CriterionEntry, Dossier
from store.rules.weighing import Weighed, Wish, weigh
from tui.screens.offer_lines import deadline_briefly, pay_of
from tui.widgets.cells import clip
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone
from tui.widgets.score_table import Offered, Sheet

_OPEN = "condition"
_NAMED_AT_MOST = 8


class Compared(NamedTuple):
    """What stands side by side: the offers, and each against the criteria."""

    offers: tuple[Dossier, ...]
    wishes: tuple[Wish, ...]
    weighed: tuple[Weighed, ...]


def compared(offers: Sequence[Dossier], criteria: Sequence[CriterionEntry]) -> Compared:
    """The offers against the criteria."""
    wishes = tuple(Wish(*criterion) for criterion in criteria)
    scores = [dossier.offer.scores if dossier.offer is not None else {} for dossier in offers]
    return Compared(tuple(offers), wishes, tuple(weigh(wishes, score) for score in scores))


def sheet(found: Compared, now: datetime) -> Sheet:
    """The table: facts above, scores in the middle, means below."""
    return Sheet(
        facts=("Pays", "Answer by", "Open conditions"),
        wishes=tuple((wish.name, str(wish.weight)) for wish in found.wishes),
        offers=tuple(
            Offered(
                name=dossier.card.company,
                role=dossier.card.role,
                facts=_facts(dossier, now),
                scores=tuple(_score(dossier, wish) for wish in found.wishes),
                mean="–" if weighed.mean is None else f"{weighed.mean:.1f}",
                scored=f"{weighed.scored} of {weighed.of}",
            )
            for dossier, weighed in zip(found.offers, found.weighed, strict=True)
        ),
    )


def explained(found: Compared, place: int = 0) -> tuple[Paragraph, ...]:
    """What the table cannot say: what is not scored yet, and what a mean is worth.

    The offer at `place` is told of first.
    """
    if not found.offers:
        return (
            Paragraph("There is no offer yet.", Tone.STRONG),
            Paragraph(
                "What matters to you can be written down now: a list made earlier is a better "
                "judge than the mood of the day.",
                Tone.MUTED,
            ),
        )
    if not found.wishes:
        return (Paragraph("a adds what matters to you, with a weight: “pay 5”, “short way 2”."),)
    pairs = list(zip(found.offers, found.weighed, strict=True))
    missing = [
        Paragraph(_named(weighed.missing), lead=f"Not scored: {clip(dossier.card.company, 24)}")
        for dossier, weighed in (*pairs[place:], *pairs[:place])
        if weighed.missing
    ]
    uneven = len({weighed.missing for weighed in found.weighed}) > 1
    worth = "A mean sums up your scores; it does not decide for you."
    if uneven:
        worth = "These means stand for different criteria: score the same ones to compare them."
    elif len(found.offers) == 1:
        worth = "One offer only: its mean says how near it comes to what you want, 10 being all."
    return (Paragraph(worth, Tone.MUTED), *missing)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _facts(dossier: Dossier, now: datetime) -> tuple[str, ...]:
    offer = dossier.offer
    by = deadline_briefly(offer, now) if offer is not None else ""
    conditions = sum(p.kind == _OPEN and p.state == "open" for p in dossier.points)
    return (pay_of(dossier) or "–", by or "no day named", str(conditions) if conditions else "–")


def _score(dossier: Dossier, wish: Wish) -> str:
    scores = dossier.offer.scores if dossier.offer is not None else {}
    return str(scores[wish.id]) if wish.id in scores else ""
