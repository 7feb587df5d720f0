"""Applications that are over: how they ended, and the way back."""

from collections.abc import Sequence
from datetime import date, datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from store.model.dossier import Card, Dossier
from store.read.glance import read_search_texts, read_stamps
from store.rules.dates import short_day
from store.rules.fields import LESSON
from store.rules.query.help import completions, help_line
from store.rules.query.query import read_while_typed
from store.rules.stages import Outcome
from store.rules.urgency import Level
from tui.board.marks import MARK, marked_words
from tui.desk import Feed
from tui.dialogs.dialog import LIST_WIDTHS
from tui.filtering import Filter, Values
from tui.pages.dossier import timeline
from tui.pages.page import ListPage
from tui.widgets.keybar import KeyBar
from tui.widgets.line_fields import FilterLine
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone
from tui.wording import standing

COLUMNS = (
    Column(10, most=15, head="Closed"),
    Column(8, most=14, head="Outcome"),
    Column(5, most=7, head="Reached"),
    Column(20, most=32, head="Company", yields=True),
    Column(10, most=40, head="Role"),
    Column(4, most=6, turn=4, head="Days", right=True),
    Column(15, most=15, turn=3, head="Applied"),
    Column(24, most=24, turn=2, head="Source"),
    Column(24, most=24, turn=1, head="Location"),
)
"""Day, outcome, the stage that was reached, company, role; the days from the application to the
end, when it was made, where the posting was found and where the work is."""
_GOOD = (Outcome.ACCEPTED,)


class ClosedScreen(ListPage[None], where="closed"):
    """The closed applications, the last one closed first; above them what was accepted, until
    its first day."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[int, Card] = {}
        self._filter = Filter()
        self._values = Values(())
        """What can be completed in its line."""
        self._feed: Feed | None = None
        self._marked: frozenset[int] = frozenset()

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="closed")
            yield Detail()
        yield FilterLine(offers=lambda text: completions(text, self._values))

    def ready(self) -> None:
        super().ready()
        self.query_one(FilterLine).display = False
        self._feed = Feed(self.rounds.desk, self._take_dossier, self.rounds.fail)

    @property
    def wanted(self) -> str:
        """What is filtered for."""
        return self.query_one(FilterLine).value

    def subject(self) -> Card | None:
        return self.under_cursor(self._cards)

    def marked_cards(self) -> tuple[Card, ...] | None:
        if not self._marked:
            return None
        shown = (self._cards[row.key] for row in self.query_one(Rows).rows)
        return tuple(card for card in shown if card.id in self._marked)

    def unmark(self) -> None:
        self._marked = frozenset()
        self.draw()

    def action_mark(self) -> None:
        """Mark the line, or take its mark away, and go to the next one."""
        card = self.conversation.subject()
        if card is not None:
            self._marked ^= {card.id}
            self.draw()
            self.query_one(Rows).move(1)

    async def reload(self) -> None:
        cards, texts, stamps = await self.rounds.desk.read(
            lambda g: (g.cards(closed=True), read_search_texts(g), read_stamps(g))
        )
        today = self.rounds.now().date()
        order = sorted(cards, key=lambda card: (not card.in_reach(today), *_newest_first(card)))
        self._cards = {card.id: card for card in order}
        self._marked &= self._cards.keys()
        self._filter.learn(texts, stamps)
        self._values = Values(order)
        if self._feed is not None:
            self._feed.forget()
        self.draw()

    def draw(self) -> None:
        now = self.rounds.now()
        today = now.date()
        found = self._filter.match(self._cards.values(), read_while_typed(self.wanted, now))
        rows = self.query_one(Rows)
        shown = len(self._marked.intersection(card.id for card in found))
        told = marked_words(shown, len(self._marked) - shown)
        title = _title(len(found), len(self._cards))
        rows.border_title = Content(f"{title} · {told}" if told else title)
        rows.show(
            [_row(card, today, marked=card.id in self._marked) for card in found],
            hint=_hint(self.wanted),
        )
        self.query_one(KeyBar).show(self.where, "marked" if told else "")
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        """Say more of the chosen one: its reason stands in its dossier, read when it is wanted."""
        card = self.subject()
        if card is None or self._feed is None:
            self.query_one(Detail).tell()
            return
        known, now = self._feed.dossier_of(card.id), self.rounds.now()
        self.query_one(Detail).tell(
            closed_detail(card, known, now), timeline(known, now).words if known else ()
        )
        if known is None:
            self._feed.want([card.id])

    def _take_dossier(self, dossier: Dossier) -> None:
        if self not in self.app.screen_stack:
            return  # left while it was read: there is nothing to draw on any more
        card = self.subject()
        if card is not None and card.id == dossier.card.id:
            self._explain()

    @on(Input.Changed)
    def _show_matching(self) -> None:
        if self.query_one(FilterLine).has_focus:
            self._tell(help_line(self.wanted, self.rounds.now(), self._values))
        self.draw()

    def _tell(self, words: str) -> None:
        self.query_one(KeyBar).tell(words)

    @on(Input.Submitted)
    def _leave_line(self) -> None:
        if not read_while_typed(self.wanted, self.rounds.now()).trouble:
            self._tell("")
            self.set_focus(None)

    def action_filter(self) -> None:
        """Type what to look for, from the beginning; ↑ brings the one before."""
        line = self.query_one(FilterLine)
        line.display = True
        line.begin()

    def action_back(self) -> None:
        """Clear the marks, end the filter, then leave."""
        if self._marked:
            self.unmark()
        elif self.query_one(FilterLine).display or self.wanted:
            self._end_filter()
        else:
            super().action_back()

    @on(FilterLine.Ended)
    def _end_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.clear_all()
        line.display = False
        self._tell("")
        self.set_focus(None)
        self.draw()

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Everything about the chosen application."""
        if card := self.subject():
            self.rounds.open("dossier", card.id)


def closed_detail(card: Card, dossier: Dossier | None, now: datetime) -> tuple[Paragraph, ...]:
    """One closed application in full; what only its dossier tells comes when that is read."""
    texts = dossier.fields if dossier is not None else {}
    return (
        Paragraph(f"{card.company} — {card.role}", Tone.STRONG),
        Paragraph(standing(card, now).replace(" · ", "\n"), Tone.MUTED),
        *(Paragraph(texts[name], lead=lead) for name, lead in LESSON.items() if texts.get(name)),
    )


def _newest_first(card: Card) -> tuple[int, int]:
    return -(card.closed_on or date.min).toordinal(), -card.id


def _row(card: Card, today: date, *, marked: bool = False) -> Row:
    outcome = card.outcome.title if card.outcome else ""
    good = card.outcome in _GOOD
    return Row(
        card.id,
        (
            Cell(short_day(card.closed_on, today) if card.closed_on else "", Tone.MUTED),
            Cell(outcome, Level.SOON if good else Tone.TEXT),
            Cell(card.stage, Tone.MUTED),
            Cell(card.company, Tone.STRONG),
            Cell(card.role, Tone.MUTED),
            Cell(_days(card), Tone.MUTED),
            Cell(short_day(card.applied_on, today) if card.applied_on else "", Tone.MUTED),
            Cell(card.source, Tone.MUTED),
            Cell(card.location, Tone.MUTED),
        ),
        mark=MARK if marked else "",
    )


def _days(card: Card) -> str:
    """How many days it took from the application to its end, where both are known."""
    if card.applied_on is None or card.closed_on is None:
        return ""
    return f"{(card.closed_on - card.applied_on).days:,}"


def _title(found: int, total: int) -> str:
    return f"Closed  {found:,}" if found == total else f"Closed  {found:,}/{total:,}"


def _hint(wanted: str) -> Sequence[str]:
    if wanted:
        return ("No closed application matches.", "", "Press Esc to clear the filter.")
    return ("No closed applications.", "", "Press x on the board to close an application.")
