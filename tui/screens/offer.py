"""An offer: its papers and dates, its parts, what it hangs on, and whom it concerns."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.errors import NotFound
from store.model.dossier import Card, Dossier, Due
from store.read.glance import Glance
from store.rules.points import KINDS
from store.rules.stages import Outcome
from tui.commands import bindings_for
from tui.screens.offer_facts import OfferFacts
from tui.screens.offer_lines import LEAVING, TELLING, Line, offer_parts
from tui.screens.page import ListPage
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone

COLUMNS = (Column(3), Column(16), Column(30, share=1))
"""The box, a name, and what there is to say."""
_YEAR = 366
"""Days: what other cards are asked to do for an offer lies nearer than that."""
_TITLE_AT_MOST = 200


class OfferScreen(OfferFacts, ListPage[None]):
    """The offer of the application `application_id`; the page closes when there is none."""

    where: ClassVar[str] = "offer"
    bar: ClassVar[tuple[str, ...]] = (
        "offer.change",
        "offer.tick",
        "offer.add",
        "offers",
        "offer.accept",
        "offer.decline",
        "back",
        "write",
        "undo",
        "help",
        "palette",
    )
    inked: ClassVar[tuple[type[Widget], ...]] = (Rows, Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("offer")]

    def __init__(self, application_id: int) -> None:
        super().__init__()
        self.application_id = application_id
        self._dossier: Dossier | None = None
        self._others: tuple[Due, ...] = ()
        self._cards: dict[int, Card] = {}
        self._keys: dict[str, int] = {}
        self._lines: dict[int, Line] = {}
        self._accepted: bool | None = None
        """Whether the offer was accepted when the page was drawn last."""

    def compose(self) -> ComposeResult:
        yield Rows(COLUMNS, id="offer")
        yield Paragraphs(id="why")
        yield KeyBar(self.where, self.bar)

    @property
    def dossier(self) -> Dossier | None:
        """What is known of the application; None before it is read."""
        return self._dossier

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        row = self.query_one(Rows).current
        return self._lines.get(row.key) if row else None

    def subject(self) -> Card | None:
        """The card that the line is about: another one where the offer concerns that."""
        line = self.line
        if line is not None and line.other and line.due is not None:
            return self._cards.get(line.due.application_id)
        return self._dossier.card if self._dossier is not None else None

    def subject_follow_up(self) -> Due | None:
        line = self.line
        if line is not None and line.due is not None:
            return line.due
        return super().subject_follow_up()

    async def reload(self) -> None:
        try:
            self._dossier, self._others, self._cards = await self.rounds.desk.read(self._read)
        except NotFound:
            self._dossier = None
        if self._dossier is None or self._dossier.offer is None:
            self.dismiss(None)
            return
        self.draw()

    def _read(self, glance: Glance) -> tuple[Dossier, tuple[Due, ...], dict[int, Card]]:
        dossier = glance.dossier(self.application_id)
        concerned = tuple(
            due
            for due in glance.due(days=_YEAR)
            if due.action in (*TELLING, *LEAVING) and due.application_id != self.application_id
        )
        ids = {due.application_id for due in concerned}
        others = glance.others(self.application_id) if ids else ()
        return dossier, concerned, {card.id: card for card in others if card.id in ids}

    def draw(self) -> None:
        dossier = self._dossier
        if dossier is None or dossier.offer is None:
            return
        entries: list[Section | Row] = []
        self._lines = {}
        for part in offer_parts(dossier, self._others, self.rounds.now()):
            entries.append(Section(part.title, part.number, part.tone))
            for line in part.lines:
                key = self._keys.setdefault(line.ident, len(self._keys) + 1)
                self._lines[key] = line
                entries.append(_row(key, line))
        rows = self.query_one(Rows)
        card = dossier.card
        rows.border_title = Content(f"Offer  {card.company} — {card.role}"[:_TITLE_AT_MOST])
        rows.show(entries, at=self._wanted())
        self._explain()

    def _wanted(self) -> int | None:
        """The line for the cursor where it has to move: after a yes, the first of the others."""
        dossier = self._dossier
        accepted = dossier is not None and dossier.card.outcome is Outcome.ACCEPTED
        first = next((key for key, line in self._lines.items() if line.other), None)
        said_yes, self._accepted = accepted and self._accepted is False, accepted
        return first if said_yes else None

    @on(Rows.Moved)
    def _explain(self) -> None:
        line = self.line
        words = line.detail if line is not None else ()
        if line is not None and line.kind and line.point is None:
            words = (Paragraph(f"{KINDS[line.kind].hint[:1].upper()}{KINDS[line.kind].hint[1:]}."),)
        self.query_one(Paragraphs).show(*words)

    @on(Rows.Chosen)
    def action_change(self) -> None:
        """Change the line; a line that only says what can be added adds it."""
        line = self.line
        if line is None:
            return
        if line.fact:
            self.change_fact(line)
        elif line.point is not None:
            self.change_point(line.point)
        elif line.kind:
            self.add_point(line.kind)
        elif line.other:
            self.action_write()
        else:
            self.action_tick()

    def action_tick(self) -> None:
        """Done today, cleared, agreed, ticked, told, withdrawn; or not any more."""
        line = self.line
        if line is None:
            return
        if line.other:
            self.action_done()
        elif line.item:
            item, ticked = line.item, not line.box
            self._write(lambda p: p.tick(self.application_id, item, ticked))
        elif line.fact:
            self.toggle_fact(line)
        elif line.point is not None and line.box is not None:
            point, state = line.point, "open" if line.box else "done"
            self._write(lambda p: p.edit_point(point.id, {"state": state}))
        elif line.kind and line.point is None:
            self.add_point(line.kind)
        elif line.box:
            self.rounds.say("The lines above say so; it ticks itself.")
        else:
            self.rounds.say("There is nothing to tick on this line. Enter changes it.")

    def action_add_part(self) -> None:
        """Add to the list that the cursor is in; elsewhere to the package."""
        line = self.line
        self.add_point(line.kind if line is not None and line.kind else "component")

    def action_remove(self) -> None:
        """Remove a part, a condition, a proposal; of a date, forget it."""
        line = self.line
        if line is not None and line.point is not None:
            point = line.point
            self._write(lambda p: p.remove_point(point.id), told="Removed. u brings it back.")
        elif line is not None and line.fact:
            self.forget_fact(line)
        else:
            self.rounds.say("Only dates and what was added can be removed.")

    def action_accept(self) -> None:
        """Take the offer."""
        self._decide(Outcome.ACCEPTED)

    def action_decline(self) -> None:
        """Turn the offer down, or say how else it ended."""
        self._decide(Outcome.DECLINED)

    def _decide(self, outcome: Outcome) -> None:
        dossier = self._dossier
        if dossier is None or self._refuse_closed(dossier.card):
            return
        self.run_worker(self._end(dossier.card, outcome), group="card")

    def action_compare_offers(self) -> None:
        """The offers side by side."""
        self._compare(self.application_id)


def _row(key: int, line: Line) -> Row:
    box = "" if line.box is None else "[x]" if line.box else "[ ]"
    return Row(
        key,
        (
            Cell(box, Tone.MUTED if line.box else Tone.ACCENT),
            Cell(line.label, Tone.STRONG if line.point or line.other else Tone.MUTED),
            Cell(line.text, line.tone),
        ),
    )
