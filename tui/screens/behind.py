"""The applications behind one bar."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.errors import NotFound
from store.model.dossier import Card
from store.read.glance import Glance
from store.rules.dates import short_day
from store.rules.stages import Outcome
from store.rules.urgency import Level
from tui.commands import bindings_for
from tui.screens.page import ListPage
from tui.widgets.cells import clip
from tui.widgets.keybar import KeyBar
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone

COLUMNS = (Column(13), Column(12, share=3), Column(8, share=3), Column(15))
"""How it stands, company, role, the day it was made."""
_ONE_BY_ONE = 100
"""Up to how many cards are read each by itself rather than all there are."""
_TITLE_CELLS = 60


class BehindScreen(ListPage[None]):
    """The applications behind a bar, under what became of them.

    Args:
        title: the name of the bar.
        behind: the groups of applications by their ids; one may be in several.
    """

    where: ClassVar[str] = "behind"
    bar: ClassVar[tuple[str, ...]] = ("open", "posting", "copy", "back", "help", "palette")
    inked: ClassVar[tuple[type[Widget], ...]] = (Rows, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("behind")]

    def __init__(self, title: str, behind: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        super().__init__()
        self._title = title
        self._behind = behind
        self._cards: Mapping[int, Card] = {}
        self._shown: list[int] = []
        """The application of each row; a row's key is its place here."""

    def compose(self) -> ComposeResult:
        yield Rows(COLUMNS, id="behind")
        yield KeyBar(self.where, self.bar)

    def ready(self) -> None:
        super().ready()
        self.query_one(Rows).border_title = Content(clip(self._title, _TITLE_CELLS))

    def subject(self) -> Card | None:
        row = self.query_one(Rows).current
        return self._cards.get(self._shown[row.key]) if row else None

    async def reload(self) -> None:
        ids = {id_ for _, group in self._behind for id_ in group}
        self._cards = await self.rounds.desk.read(lambda glance: _cards(glance, ids))
        self.draw()

    def draw(self) -> None:
        today = self.rounds.now().date()
        entries: list[Section | Row] = []
        self._shown = []
        for title, ids in self._behind:
            there = [id_ for id_ in ids if id_ in self._cards]
            if there:
                entries.append(Section(title, len(there)))
            for id_ in there:
                entries.append(_row(len(self._shown), self._cards[id_], today))
                self._shown.append(id_)
        self.query_one(Rows).show(entries, hint=("No application is behind this bar yet.",))

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Everything about the chosen application."""
        if card := self.subject():
            from tui.screens.dossier import DossierScreen

            self.app.push_screen(DossierScreen(card.id))


def _cards(glance: Glance, ids: set[int]) -> dict[int, Card]:
    """The cards that are still there, by id."""
    if len(ids) > _ONE_BY_ONE:
        return {card.id: card for card in glance.cards(closed=None) if card.id in ids}
    found = {}
    for id_ in ids:
        with suppress(NotFound):
            found[id_] = glance.card(id_)
    return found


def _row(key: int, card: Card, today: date) -> Row:
    state = card.outcome.title if card.outcome is not None else card.stage.value
    tone = Level.SOON if card.outcome is Outcome.ACCEPTED else Tone.MUTED
    applied = short_day(card.applied_on, today) if card.applied_on else "–"
    return Row(
        key,
        (
            Cell(state, tone),
            Cell(card.company, Tone.STRONG),
            Cell(card.role),
            Cell(applied, Tone.MUTED),
        ),
    )
