"""Offers side by side: facts, and scores by what matters to the user. Nobody wins."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from store.errors import NotFound
from store.model.board import Written
from store.model.dossier import Card, Dossier
from store.read.glance import Glance
from store.rules.dates import short_day
from store.rules.offer_weights import CriterionEntry, Weighed, weigh
from store.rules.stages import Stage
from tui.conversation import Act
from tui.dialogs.line import line_dialog
from tui.pages.offers.offer_text import pay_of
from tui.pages.page import Page
from tui.typed.offers import TypedCriterion, read_criterion
from tui.widgets.cells import clip
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Tone
from tui.widgets.score_table import OfferColumn, ScoreSheet, ScoreTable
from tui.wording import deadline_words

_OPEN = "condition"
_NAMED_AT_MOST = 8


class Comparison(NamedTuple):
    """What stands side by side: the offers, and each against the criteria."""

    offers: tuple[Dossier, ...]
    wishes: tuple[CriterionEntry, ...]
    weighed: tuple[Weighed, ...]


def compare(offers: Sequence[Dossier], criteria: Sequence[CriterionEntry]) -> Comparison:
    wishes = tuple(CriterionEntry(*criterion) for criterion in criteria)
    scores = [dossier.offer.scores if dossier.offer is not None else {} for dossier in offers]
    return Comparison(tuple(offers), wishes, tuple(weigh(wishes, score) for score in scores))


def sheet(found: Comparison, now: datetime) -> ScoreSheet:
    """The table: facts above, scores in the middle, means below."""
    return ScoreSheet(
        facts=("Received", "Pays", "Deadline", "Open conditions"),
        wishes=tuple((wish.name, str(wish.weight)) for wish in found.wishes),
        offers=tuple(
            OfferColumn(
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


def explain(found: Comparison, place: int = 0) -> tuple[Paragraph, ...]:
    """What the table cannot say: what is not scored yet, and what a mean is worth.

    The offer at `place` is told of first.
    """
    if not found.offers:
        return (
            Paragraph("No offer yet.", Tone.STRONG),
            Paragraph(
                "Write down what matters to you now: a list made earlier is a better "
                "judge than the mood of the day.",
                Tone.MUTED,
            ),
        )
    if not found.wishes:
        return (Paragraph("Press a to add a criterion with a weight: “pay 5”, “commute 2”."),)
    pairs = list(zip(found.offers, found.weighed, strict=True))
    missing = [
        Paragraph(_name_some(weighed.missing), lead=f"Not scored: {clip(dossier.card.company, 24)}")
        for dossier, weighed in (*pairs[place:], *pairs[:place])
        if weighed.missing
    ]
    uneven = len({weighed.missing for weighed in found.weighed}) > 1
    worth = "A mean sums up your scores; it does not decide for you."
    if uneven:
        worth = "These means stand for different criteria: score the same ones to compare them."
    elif len(found.offers) == 1:
        worth = (
            "One offer only: its mean says how close it comes to what you want; 10 is all of it."
        )
    return (Paragraph(worth, Tone.MUTED), *missing)


def _name_some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _facts(dossier: Dossier, now: datetime) -> tuple[str, ...]:
    offer = dossier.offer
    by = deadline_words(offer, now, brief=True) if offer is not None else ""
    conditions = sum(p.kind == _OPEN and p.state == "open" for p in dossier.points)
    received = "no offer yet"
    if offer is not None and offer.offered_on is not None:
        received = ", ".join(filter(None, (short_day(offer.offered_on, now.date()), offer.kind)))
    return (
        received,
        pay_of(dossier) or "–",
        by or "no deadline",
        str(conditions) if conditions else "–",
    )


def _score(dossier: Dossier, wish: CriterionEntry) -> str:
    scores = dossier.offer.scores if dossier.offer is not None else {}
    return str(scores[wish.id]) if wish.id in scores else ""


_HINT = ("Press a to add a criterion", "", "with a weight from 1 to 5: “pay 5”, “commute 2”.")
_AT_MOST = 50
"""Offers shown; more than that nobody has."""


class CompareScreen(Page[None], where="compare"):
    """The open offers side by side, and the one of the application `application_id`."""

    def __init__(self, application_id: int | None = None) -> None:
        super().__init__()
        self._asked_for = application_id
        self._found = Comparison((), (), ())
        self._one: tuple[int, int] | None = None
        """The cell in which a 1 was just typed: a 0 after it makes that a 10."""

    def parts(self) -> ComposeResult:
        yield ScoreTable(id="scores")
        yield Paragraphs(id="why")

    def ready(self) -> None:
        super().ready()
        self.query_one(ScoreTable).border_title = Content("Compare offers")
        self._placed = False

    def subject(self) -> Card | None:
        offer = self._offer
        return offer.card if offer is not None else None

    @property
    def _offer(self) -> Dossier | None:
        place = self.query_one(ScoreTable).column
        offers = self._found.offers
        return offers[place] if place is not None and place < len(offers) else None

    @property
    def _wish(self) -> CriterionEntry | None:
        place = self.query_one(ScoreTable).row
        wishes = self._found.wishes
        return wishes[place] if place is not None and place < len(wishes) else None

    async def reload(self) -> None:
        offers, criteria = await self.rounds.desk.read(
            lambda g: (_offers(g, self._asked_for), g.criteria())
        )
        self._found = compare(offers, criteria)
        self.draw()
        if not self._placed:
            self._placed = True
            ids = [offer.card.id for offer in offers]
            if self._asked_for in ids:
                self.query_one(ScoreTable).go(0, ids.index(self._asked_for))

    async def after(self, written: Written) -> None:
        """The cursor stays with its criterion, and goes to one that was just added."""
        here = written.made or (self._wish.id if self._wish is not None else None)
        await super().after(written)
        table, ids = self.query_one(ScoreTable), [wish.id for wish in self._found.wishes]
        if here in ids:
            table.go(ids.index(here), table.column or 0)

    def draw(self) -> None:
        self.query_one(ScoreTable).show(sheet(self._found, self.rounds.now()), _HINT)
        self._explain()

    @on(ScoreTable.Moved)
    def _explain(self) -> None:
        place = self.query_one(ScoreTable).column or 0
        self.query_one(Paragraphs).show(*explain(self._found, place))

    def on_key(self, event: events.Key) -> None:
        """0 to 9 score the cell under the cursor; 1 and then 0 make a 10."""
        here = self._cell
        ten = event.key == "0" and self._one is not None and self._one == here
        self._one = here if event.key == "1" else None
        if event.key.isdecimal() and len(event.key) == 1 and event.key.isascii():
            event.stop()
            self.action_score(10 if ten else int(event.key))

    @property
    def _cell(self) -> tuple[int, int] | None:
        wish, offer = self._wish, self._offer
        return (wish.id, offer.card.id) if wish is not None and offer is not None else None

    def action_score(self, value: int | None) -> None:
        """Score the cell under the cursor; None takes the score away."""
        cell = self._cell
        if cell is None:
            wanted = self._wish is not None
            self.rounds.say("No offer to score yet." if wanted else "Press a to add a criterion.")
            return
        self.conversation.write(lambda p: p.score(cell[1], cell[0], value))

    def action_unscore(self) -> None:
        self.action_score(None)

    def action_add_criterion(self) -> None:
        """Add something that matters, with its weight."""
        taken = [wish.name for wish in self._found.wishes]
        self._ask_criterion(
            "Add a criterion",
            "",
            taken,
            lambda wanted: lambda p: p.criterion(wanted.name, wanted.weight),
        )

    def action_change_criterion(self) -> None:
        """Call the criterion something else, or weigh it anew."""
        wish = self._wish
        if wish is None:
            self.action_add_criterion()
            return
        taken = [other.name for other in self._found.wishes if other.id != wish.id]
        self._ask_criterion(
            f"Criterion: {wish.name}",
            f"{wish.name} {wish.weight}",
            taken,
            lambda wanted: lambda p: p.edit_criterion(wish.id, wanted.name, wanted.weight),
        )

    def action_remove_criterion(self) -> None:
        """Take the criterion away, with its scores."""
        if wish := self._wish:
            self.conversation.write(
                lambda p: p.remove_criterion(wish.id), told="Removed. u undoes it."
            )

    def action_open_offer(self) -> None:
        if offer := self._offer:
            if offer.card.id == self._asked_for:
                self.dismiss(None)
                return
            self.rounds.open("offer", offer.card.id)

    def action_cursor(self, step: int) -> None:
        self.query_one(ScoreTable).move(step)

    def action_offer_beside(self, step: int) -> None:
        self.query_one(ScoreTable).move(0, step)

    def action_page(self, pages: int) -> None:
        self.query_one(ScoreTable).move(pages * max(1, self.query_one(ScoreTable).size.height // 2))

    def action_edge(self, end: int) -> None:
        self.query_one(ScoreTable).move(end * len(self._found.wishes))

    def _ask_criterion(
        self,
        title: str,
        initial: str,
        taken: Sequence[str],
        act: Callable[[TypedCriterion], Act],
    ) -> None:
        self.conversation.converse(
            line_dialog(
                title,
                "A short name, then a weight from 1 (nice to have) to 5 (decisive).",
                lambda text: read_criterion(text, taken),
                initial,
                placeholder="pay 5 · commute 2",
                editing=bool(initial),
            ),
            lambda typed: act(typed.value),
        )


def _offers(glance: Glance, application_id: int | None) -> list[Dossier]:
    """What is known of the open offers, the earliest deadline first, and of the one asked for."""
    cards = [card for card in glance.cards() if card.stage is Stage.OFFER]
    cards.sort(key=lambda card: (card.deadline_on or date.max, card.company.casefold(), card.id))
    ids = [card.id for card in cards[:_AT_MOST]]
    if application_id is not None and application_id not in ids:
        ids.insert(0, application_id)
    found = []
    for id_ in ids:
        with suppress(NotFound):
            found.append(glance.dossier(id_))
    return [dossier for dossier in found if dossier.offer is not None]
