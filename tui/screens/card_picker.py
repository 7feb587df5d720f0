"""Choosing one of the other cards: by typing a part of its name, or with the arrows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from store.model.dossier import Card
from tui.screens.dialog import Dialog
from tui.widgets.line_input import LineInput
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

if TYPE_CHECKING:
    from tui.app import RoundsApp

_COLUMNS = (Column(12, share=3), Column(10, share=3), Column(8))
_NONE = ("No other card matches.",)


class CardPicker(Dialog[int | None]):
    """Asks for a card; Enter takes the one under the cursor. Gives its id.

    Args:
        title: what the card is wanted for.
        about: what is done with it, shown above the list.
        cards: those to choose from, in the order shown.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, title: str, about: str, cards: Sequence[Card], *, error: str = "") -> None:
        keys = (("↑ ↓", "choose"), ("enter", "take"), ("esc", "cancel"))
        super().__init__(title, keys, error)
        self._about = about
        self._cards = tuple(cards)

    def fields(self) -> ComposeResult:
        yield Static(Content(self._about), id="about")
        yield LineInput(placeholder="company or role", id="line")
        yield Rows(_COLUMNS, id="cards")

    def ready(self) -> None:
        super().ready()
        self.query_one(Rows).show_inks(cast("RoundsApp", self.app).inks)
        self.query_one("#line").focus()
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        words = self.query_one("#line", LineInput).value.casefold().split()
        rows = [
            Row(card.id, (Cell(card.company, Tone.STRONG), Cell(card.role), _stage(card)))
            for card in self._cards
            if all(word in f"{card.company} {card.role}".casefold() for word in words)
        ]
        self.query_one(Rows).show(rows, hint=_NONE)

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def _take(self) -> None:
        row = self.query_one(Rows).current
        if row is not None:
            self.dismiss(row.key)

    def action_step(self, step: int) -> None:
        """The card below or above."""
        self.query_one(Rows).move(step)

    def action_page(self, pages: int) -> None:
        """A screenful down or up."""
        self.query_one(Rows).page(pages)


def _stage(card: Card) -> Cell:
    return Cell(card.stage.value, Tone.MUTED)
