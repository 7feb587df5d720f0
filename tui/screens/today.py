"""What is late, and what is due: the list that tells what to do now, and why."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.card import Card, Due
from store.glance import Glance
from store.rules.dates import short_day
from tui.commands import bindings_for
from tui.screens.due_rows import COLUMNS, due_detail, due_rows, nothing_due
from tui.screens.page import ListPage
from tui.tally import DAYS_AHEAD, Agenda
from tui.widgets.headline import Headline, Tally
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Rows

_ONE_BY_ONE = 100
"""Up to how many cards are read each by itself rather than all there are."""


class _Found(NamedTuple):
    """What the screen shows: the follow-ups, the first one after them, their cards by id."""

    dues: tuple[Due, ...] = ()
    following: Due | None = None
    cards: Mapping[int, Card] = {}


class TodayScreen(ListPage[int | None]):
    """The follow-ups that are late, for today, tomorrow, and the seven days after today.

    Left with the id of the application to jump to, or with None.
    """

    where: ClassVar[str] = "today"
    bar: ClassVar[tuple[str, ...]] = (
        "jump",
        "done",
        "snooze",
        "skip",
        "back",
        "undo",
        "note",
        "replied",
        "interview",
        "help",
        "palette",
    )
    inked: ClassVar[tuple[type[Widget], ...]] = (Headline, Rows, Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("today")]

    def __init__(self) -> None:
        super().__init__()
        self._found = _Found()
        self._due: dict[int, Due] = {}
        self._gone: set[int] = set()
        """Follow-ups just done or skipped, whose writing has not been answered yet."""

    def compose(self) -> ComposeResult:
        yield Headline("", Tally())
        yield Rows(COLUMNS, id="due")
        yield Paragraphs(id="why")
        yield KeyBar(self.where, self.bar)

    def ready(self) -> None:
        super().ready()
        self.query_one("#due").border_title = Content("Due")

    def subject(self) -> Card | None:
        due = self.subject_follow_up()
        return self._found.cards.get(due.application_id) if due else None

    def subject_follow_up(self) -> Due | None:
        row = self.query_one(Rows).current
        return self._due.get(row.key) if row else None

    async def reload(self) -> None:
        self._found = await self.rounds.desk.read(_find)
        if not self.rounds.desk.writes_waiting:
            self._gone.clear()
        self._due = {due.id: due for due in self._found.dues}
        self.draw()

    def draw(self) -> None:
        now = self.rounds.now()
        dues = [due for due in self._found.dues if due.id not in self._gone]
        hint = nothing_due(self._found.following, now)
        self.query_one(Rows).show(due_rows(dues, now), hint=hint)
        self.query_one(Headline).show(short_day(now.date(), now.date()), Agenda(dues, now).tally)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        due = self.subject_follow_up()
        detail = self.query_one(Paragraphs)
        detail.display = due is not None
        if due is not None:
            detail.show(*due_detail(due, self.rounds.now()))

    @on(Rows.Chosen)
    def action_jump(self) -> None:
        """To the card on the board; to the dossier of one that is not on it any more."""
        card = self.subject()
        if card is None:
            return
        if card.outcome is None:
            self.dismiss(card.id)
        else:
            from tui.screens.dossier import DossierScreen

            self.app.push_screen(DossierScreen(card.id))

    def action_done(self) -> None:
        self._let_go(super().action_done)

    def action_skip(self) -> None:
        self._let_go(super().action_skip)

    def _let_go(self, action: Any) -> None:
        """Take the line away at once, so that a key pressed twice means two lines."""
        due = self.subject_follow_up()
        action()
        if due is not None:
            self._gone.add(due.id)
            self.draw()


def _find(glance: Glance) -> _Found:
    dues = glance.due(days=DAYS_AHEAD)
    ids = {due.application_id for due in dues}
    if len(ids) <= _ONE_BY_ONE:
        cards = {card_id: glance.card(card_id) for card_id in ids}
    else:
        cards = {card.id: card for card in glance.cards(closed=None) if card.id in ids}
    return _Found(dues, glance.next_due() if not dues else None, cards)
