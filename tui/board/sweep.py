"""The sweep: all quiet cards in one list, to be closed in one step."""

from collections.abc import Iterator
from datetime import date, datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.board import Written
from store.model.dossier import Card, Dossier
from store.read.quiet import QuietCard, ends_words, read_quiet
from store.rules.dates import short_day
from store.rules.stages import Outcome, outcomes_from
from store.rules.text import as_sentence, capital
from tui.desk import Feed
from tui.dialogs.dialog import LIST_WIDTHS
from tui.pages.dossier import timeline
from tui.pages.page import ListPage
from tui.widgets.cells import BOX, TICKED
from tui.widgets.keybar import key_hints
from tui.widgets.paragraphs import Detail, Paragraph, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone
from tui.wording import count_of, standing

COLUMNS = (
    Column(11, most=12, head="Close as"),
    Column(7, most=7, head="Silence", right=True),
    Column(10, most=32, head="Company"),
    Column(10, most=40, head="Role"),
    Column(7, most=7, head="Reached"),
    Column(15, most=15, turn=1, head="Applied"),
    Column(10, most=24, turn=2, head="Source"),
    Column(10, most=24, turn=3, head="Location"),
)
"""The end, the days of silence, whose it is, how far it came; when and where it was found."""
_OVER, _OPEN = "May be over", "A reply may still come"
_STAYS = "stays"
_HINT = ("No quiet applications.", "", "One without a reply for weeks turns up here.")


class SweepScreen(ListPage[None], where="sweep"):
    """All quiet applications. Those of which an end is suggested are ticked, to be closed with it;
    nothing is closed before Enter is pressed and the question is answered."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[int, QuietCard] = {}
        self._decided: dict[int, Outcome | None] = {}
        """What the user decided otherwise than suggested: another end, or None."""
        self._feed: Feed | None = None

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="sweep")
            yield Detail()

    def ready(self) -> None:
        super().ready()
        self._feed = Feed(self.rounds.desk, self._take_dossier, self.rounds.fail)

    @property
    def ends(self) -> dict[int, Outcome]:
        """The end of each that is to be closed."""
        ends = {id_: self._end_of(id_) for id_ in self._found}
        return {id_: end for id_, end in ends.items() if end is not None}

    def _end_of(self, card_id: int) -> Outcome | None:
        return self._decided.get(card_id, self._found[card_id].suggested)

    def subject(self) -> Card | None:
        found = self.under_cursor(self._found)
        return found.card if found is not None else None

    async def reload(self) -> None:
        found = await self.rounds.desk.read(read_quiet)
        self._found = {one.card.id: one for one in found}
        if self._feed is not None:
            self._feed.forget()
        self.draw()

    def draw(self) -> None:
        today = self.rounds.now().date()
        rows = self.query_one(Rows)
        number, ends = len(self._found), self.ends
        rows.border_title = Content(f"Sweep  {number:,} quiet" if number else "Sweep")
        if ends:
            rows.border_subtitle = key_hints(("enter", f"close {count_of(len(ends))}"))
        else:
            rows.border_subtitle = Content("none is ticked" if number else "")
        rows.show([*self._lines(today)], hint=_HINT)
        self._explain()

    def _lines(self, today: date) -> Iterator[Section | Row]:
        for title, suggested in ((_OVER, True), (_OPEN, False)):
            part = [one for one in self._found.values() if bool(one.suggested) is suggested]
            if part:
                yield Section(title, len(part))
                yield from (_row(one, self._end_of(one.card.id), today) for one in part)

    @on(Rows.Moved)
    def _explain(self) -> None:
        """Say more of the chosen one: what happened there is read when it is wanted."""
        found = self.under_cursor(self._found)
        if found is None or self._feed is None:
            self.query_one(Detail).tell()
            return
        known, now = self._feed.dossier_of(found.card.id), self.rounds.now()
        self.query_one(Detail).tell(
            _detail(found, self._end_of(found.card.id), now),
            timeline(known, now).words if known else (),
        )
        if known is None:
            self._feed.want([found.card.id])

    def _take_dossier(self, dossier: Dossier) -> None:
        if self not in self.app.screen_stack:
            return  # left while it was read: there is nothing to draw on any more
        card = self.subject()
        if card is not None and card.id == dossier.card.id:
            self._explain()

    def action_take(self) -> None:
        """Tick it, or not any more, and go to the next one."""
        card = self.conversation.subject()
        if card is None:
            return
        out = self._end_of(card.id) is not None
        usual = self._found[card.id].suggested or Outcome.NO_RESPONSE
        self._decided[card.id] = None if out else usual
        self.draw()
        self.query_one(Rows).move(1)

    def action_outcome(self) -> None:
        """Close it with the next outcome; one that was not ticked is."""
        card = self.conversation.subject()
        if card is None:
            return
        usual, end = Outcome.NO_RESPONSE, self._end_of(card.id)
        outcomes = [usual, *(one for one in outcomes_from(card.stage) if one is not usual)]
        place = outcomes.index(end) + 1 if end is not None else 0
        self._decided[card.id] = outcomes[place % len(outcomes)]
        self.draw()

    def no_subject(self) -> str:
        return "No quiet applications. Nothing is to be closed."

    def action_settle(self) -> None:
        """Close all that are ticked, after a question; then the sweep is over."""
        ends = self.ends
        if ends:
            self.conversation.run(self._settle(ends))
        elif self._found:
            self.rounds.say("None is ticked. Press space to tick one.")
        else:
            self.rounds.say(self.no_subject())

    async def _settle(self, ends: dict[int, Outcome]) -> None:
        from tui.dialogs.pickers import Confirm, one_a_line

        whose, how = count_of(len(ends)), ends_words(ends.values())
        each = [(self._found[id_].card.company, end.title) for id_, end in ends.items()]
        question = Confirm(f"Close {whose}?\n\n{one_a_line(each)}", "Close", "No")
        if await self.rounds.push_screen_wait(question):
            stored: list[bool] = []
            await self.conversation.store(
                lambda p: p.close_each(ends),
                f"{whose} closed{how}. u undoes it.",
                then=lambda: stored.append(True),
            )
            if stored:
                self.dismiss(None)

    @on(Rows.Chosen)
    def _open(self) -> None:
        """Everything about the one that was clicked twice."""
        if card := self.subject():
            self.rounds.open("dossier", card.id)

    def line_of(self, written: Written) -> int | None:
        return written.about


def _row(found: QuietCard, end: Outcome | None, today: date) -> Row:
    card = found.card
    tone = Tone.MUTED if end is None else Tone.STRONG
    return Row(
        card.id,
        (
            Cell(end.title if end is not None else _STAYS, tone),
            Cell(f"{found.days:,} d", Tone.TEXT),
            Cell(card.company, tone),
            Cell(card.role, Tone.MUTED),
            Cell(card.stage, Tone.MUTED),
            Cell(short_day(card.applied_on, today) if card.applied_on else "", Tone.MUTED),
            Cell(card.source, Tone.MUTED),
            Cell(card.location, Tone.MUTED),
        ),
        mark=BOX if end is None else TICKED,
    )


def _detail(found: QuietCard, end: Outcome | None, now: datetime) -> Iterator[Paragraph]:
    """One quiet application: how it stands, what is ahead, what becomes of it."""
    card = found.card
    yield Paragraph(f"{card.company} — {card.role}", Tone.STRONG)
    yield Paragraph(standing(card, now), Tone.MUTED)
    if ahead := _ahead(found, end, now):
        yield Paragraph(capital(as_sentence(ahead)), Tone.TEXT)
    becomes = "It stays on the board." if end is None else f"Will be closed as {end.title}."
    yield Paragraph(becomes, Tone.TEXT if end is None else Tone.ACCENT)


def _ahead(found: QuietCard, end: Outcome | None, now: datetime) -> str:
    """Why no end is suggested for it: what is still ahead, or that it is early to close it."""
    card, today = found.card, now.date()
    if found.suggested is not None:
        return ""
    if (due := card.follow_up) is not None:
        return f"{due.label}, {due.countdown(now)}"
    closing = card.close_suggested_on
    if end is None or closing is None or closing <= today:
        return card.ending(today)
    return f"early: a reply may still come before {short_day(closing, today)}"
