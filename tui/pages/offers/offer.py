"""An offer: its papers and dates, its parts, what it hangs on, and whom it concerns."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.errors import NotFound
from store.model.dossier import Card, Dossier, Due, OfferEntry, PointEntry
from store.read.dossier import read_told
from store.read.glance import Glance
from store.rules.dates import clock_time
from store.rules.followups.actions import LEAVING
from store.rules.points import KINDS
from store.rules.stages import Outcome
from store.rules.typed.point import PointText
from tui.actions.applications import mark_done, write
from tui.actions.offers import check_act, check_words, end
from tui.conversation import Act, Conversation
from tui.dialogs.dialog import LIST_WIDTHS
from tui.dialogs.line import line_dialog
from tui.pages.offers.offer_text import OfferLine, offer_parts
from tui.pages.page import KeyedLines, ListPage
from tui.typed import offers as readings
from tui.widgets.cells import BOX, TICKED
from tui.widgets.paragraphs import Paragraph, Paragraphs, Spread
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

_COLUMNS = {
    "received": "offered_on",
    "thanked": "acknowledged_on",
    "letter": "letter_on",
    "time": "extension_asked_on",
    "counter": "counter_sent_on",
    "check": "reference_check_on",
    "signed": "signed_on",
    "deadline": "deadline_on",
    "asked": "deadline_asked_on",
    "starts": "starts_on",
}
"""The lines that hold a day, and what the store calls it."""
_LASTING = ("received", "thanked", "end")
"""The lines that cannot be emptied."""


class _Ask(NamedTuple):
    """How a line is asked for: the reader, and what to do with what was read."""

    title: str
    hint: str
    example: str
    read: Callable[[str], tuple[Any, str]]
    act: Callable[[Any], Act]


def change_fact(it: Conversation, dossier: Dossier, line: OfferLine) -> None:
    """Ask for the day of the line, or for whatever else it holds."""
    if dossier.offer is None:
        return
    if line.fact == "end":
        it.rounds.say("Press R on its page or in the closed list to reopen it.")
        return
    ask = _ask_for(it, dossier.card.id, line.fact)
    initial = _initial(line.fact, dossier.offer, dossier)
    it.converse(
        line_dialog(ask.title, ask.hint, ask.read, initial, placeholder=ask.example),
        lambda typed: ask.act(typed.value),
    )


def toggle_fact(it: Conversation, dossier: Dossier, line: OfferLine) -> None:
    """Done today, or not done after all; a line without a box asks for its day."""
    today, whose = it.rounds.now().date(), dossier.card.id
    if line.box is None:
        change_fact(it, dossier, line)
    elif line.box:
        forget_fact(it, whose, line)
    elif line.fact == "thanked":
        it.write(lambda p: p.thank_for_offer(whose))
    else:
        it.write(_store_day(whose, line.fact, today))


def _store_day(whose: int, fact: str, on: date) -> Act:
    values: dict[str, Any] = {_COLUMNS[fact]: on}
    return lambda p: p.offer(whose, **values)


def forget_fact(it: Conversation, whose: int, line: OfferLine) -> None:
    """Empty the line, as far as it can be."""
    if line.fact in _LASTING:
        it.rounds.say("This cannot be unticked here. u undoes the last change.")
    else:
        it.write(_empty(whose, line.fact), told="Cleared. u undoes it.")


def _empty(whose: int, fact: str) -> Act:
    name = "deadline" if fact == "deadline" else _COLUMNS[fact]
    return lambda p: p.unsay(whose, name)


def add_point(it: Conversation, whose: int, kind: str) -> None:
    """Ask for a part, a condition or a proposal, and note it."""
    today, words = it.rounds.now().date(), _POINTS[kind]
    it.converse(
        line_dialog(
            words.title,
            words.hint,
            lambda text: readings.read_part(text, kind, today),
            placeholder=words.example,
        ),
        lambda typed: lambda p: p.point(whose, **typed.value._asdict()),
    )


def change_point(it: Conversation, point: PointEntry) -> None:
    """Change a part, a condition or a proposal; one with many lines in full."""
    today, words = it.rounds.now().date(), _POINTS[point.kind]
    if "\n" in point.detail:
        from tui.dialogs.form import form_dialog
        from tui.dialogs.point import PointForm

        kind = KINDS[point.kind]
        it.converse(
            form_dialog(partial(PointForm, kind.title, point, today, (kind.name,))),
            lambda filled: lambda p: p.edit_point(point.id, filled.changes),
        )
        return

    def act(read: PointText) -> Act:
        changes = {"text": read.text, "detail": read.detail, "link": read.link}
        return lambda p: p.edit_point(point.id, changes)

    it.converse(
        line_dialog(
            KINDS[point.kind].title,
            words.hint,
            lambda text: readings.read_part(text, point.kind, today),
            readings.part_line(point),
            placeholder=words.example,
            editing=True,
        ),
        lambda typed: act(typed.value),
    )


def _ask_for(it: Conversation, whose: int, fact: str) -> _Ask:
    today, zone = it.rounds.now().date(), it.rounds.clock.zone

    def store(on: date | None) -> Act:
        return _empty(whose, fact) if on is None else _store_day(whose, fact, on)

    def read_deadline_or_none(text: str) -> tuple[readings.Deadline | None, str]:
        if not text.strip():
            return None, "No deadline given"
        return readings.read_deadline(text, today, zone, now=it.rounds.now())

    def store_deadline(read: readings.Deadline | None) -> Act:
        if read is None:
            return _empty(whose, fact)
        return lambda p: p.deadline(whose, read.day, read.at, zone=read.zone)

    def store_more_time(read: readings.MoreTime) -> Act:
        if read.asked_on is None and read.until is None:
            return _empty(whose, fact)
        return lambda p: p.offer(whose, extension_asked_on=read.asked_on, extended_to=read.until)

    match fact:
        case "received":
            return _Ask(
                "When and how the offer came",
                "A date, and “verbal” or “written”.",
                "mon verbal · yesterday written",
                lambda text: readings.read_received(text, today),
                lambda read: lambda p: p.receive_offer(whose, read.on, kind=read.kind),
            )
        case "thanked":
            return _Ask(
                "Date you thanked them",
                "Press Enter for today.",
                "today",
                lambda text: readings.read_past_day(
                    text or "today", today, what="You thanked them", nothing=""
                ),
                lambda on: lambda p: p.thank_for_offer(whose, on=on),
            )
        case "deadline":
            return _Ask(
                "Deadline for your answer",
                "The date, and the time if they gave one.",
                "thu 17:00",
                read_deadline_or_none,
                store_deadline,
            )
        case "time":
            return _Ask(
                "More time",
                "When you asked, and the new deadline if they agreed.",
                "asked today · until 4 dec · asked mon until fri",
                lambda text: readings.read_more_time(text, today),
                store_more_time,
            )
        case "check":
            return _Ask(*check_words(today), lambda read: check_act(whose, read))
        case "starts":
            return _Ask(
                "Your first day at work",
                "A date; empty if it is not known yet.",
                "1 feb · mon",
                lambda text: readings.read_first_day(text, today),
                store,
            )
    title, what, nothing = _DAYS[fact]
    return _Ask(
        title,
        "A date; empty if it has not happened.",
        "today · last fri",
        lambda text: readings.read_past_day(text, today, what=what, nothing=nothing),
        store,
    )


_DAYS = {
    "letter": ("Date of the written offer", "Written offer", "No written offer yet"),
    "signed": ("Date signed by both", "Signed", "Not signed yet"),
    "asked": (
        "Date you asked for the deadline",
        "You asked for the deadline",
        "Not asked for the deadline",
    ),
    "counter": (
        "Date of your counter-offer",
        "You sent your counter-offer",
        "No counter-offer yet",
    ),
}
"""The titles and words of the lines with one day that is over."""


class _PointWords(NamedTuple):
    """What the line that adds a point says."""

    title: str
    hint: str
    example: str


_POINTS = {
    "component": _PointWords(
        "Package item", "Name, colon, amount.", "pay: 112k a year · leave: 28 days"
    ),
    "condition": _PointWords(
        "Condition of the offer", "One condition.", "two references, by the end of the month"
    ),
    "counter": _PointWords(
        "What you are asking for",
        "What you are asking for; after “ -- ” your reason.",
        "pay 120k -- market rate",
    ),
}


def _initial(fact: str, offer: OfferEntry, dossier: Dossier) -> str:
    """What the line holds, as it can be typed."""
    if fact == "check":
        return readings.check_line(dossier.reference_check_on, dossier.references_announced_on)
    day: date | None = getattr(offer, _COLUMNS[fact])
    if day is None:
        return "" if fact in ("received", "deadline", "time", "starts") else "today"
    words = day.isoformat()
    if fact == "time":
        return f"asked {words}"
    if fact == "deadline" and offer.deadline_at is not None:
        return f"{words} {clock_time(offer.deadline_at)}"
    return f"{words} {offer.kind}" if fact == "received" and offer.kind else words


COLUMNS = (Column(3), Column(16), Column(30, share=1))
"""The box, a name, and what there is to say."""
_YEAR = 366
"""Days: what other cards are asked to do for an offer lies nearer than that."""
_TITLE_AT_MOST = 200


class OfferScreen(ListPage[None], where="offer"):
    """The offer of the application `application_id`; the page closes when there is none."""

    HORIZONTAL_BREAKPOINTS = LIST_WIDTHS

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self._others: tuple[Due, ...] = ()
        self._cards: dict[int, Card] = {}
        self._lines = KeyedLines[OfferLine]()
        self._accepted: bool | None = None
        """Whether the offer was accepted when the page was drawn last."""

    def parts(self) -> ComposeResult:
        with Spread():
            yield Rows(COLUMNS, id="offer")
            yield Paragraphs(id="why")

    @property
    def line(self) -> OfferLine | None:
        return self.under_cursor(self._lines.lines)

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
        with glance.reader.snapshot():
            told = read_told(glance.reader, self.application_id, glance.clock.now())
        telling = {one.follow_up_id for one in told}
        concerned = tuple(
            due
            for due in glance.due(days=_YEAR)
            if due.application_id != self.application_id
            and (due.id in telling or due.action in LEAVING)
        )
        ids = {due.application_id for due in concerned}
        others = glance.others(self.application_id) if ids else ()
        return dossier, concerned, {card.id: card for card in others if card.id in ids}

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        if dossier.offer is None:
            return
        entries = self._lines.rows(offer_parts(dossier, self._others, now), _row)
        rows = self.query_one(Rows)
        card = dossier.card
        rows.border_title = Content(f"Offer  {card.company} — {card.role}"[:_TITLE_AT_MOST])
        rows.show(entries, at=self._line_after_yes())
        self._explain()

    def _line_after_yes(self) -> int | None:
        """The line for the cursor where it has to move: after a yes, the first of the others."""
        dossier = self._dossier
        accepted = dossier is not None and dossier.card.outcome is Outcome.ACCEPTED
        first = next((key for key, line in self._lines.lines.items() if line.other), None)
        said_yes, self._accepted = accepted and self._accepted is False, accepted
        return first if said_yes else None

    @on(Rows.Moved)
    def _explain(self) -> None:
        line = self.line
        words = line.detail if line is not None else ()
        if line is not None and line.kind and line.point is None:
            words = (Paragraph(f"{KINDS[line.kind].hint[:1].upper()}{KINDS[line.kind].hint[1:]}."),)
        box = self.query_one(Paragraphs)
        box.border_title = Content(self.under_cursor(self._lines.titles) or "")
        box.show(*words)

    @on(Rows.Chosen)
    def action_change(self) -> None:
        """Change the line; a line that only says what can be added adds it."""
        it, line, dossier = self.conversation, self.line, self._dossier
        if line is None or dossier is None:
            return
        if line.fact:
            change_fact(it, dossier, line)
        elif line.point is not None:
            change_point(it, line.point)
        elif line.kind:
            add_point(it, self.application_id, line.kind)
        elif line.other:
            write(it)
        else:
            self.action_tick()

    def action_tick(self) -> None:
        """Done today, cleared, agreed, ticked, told, withdrawn; or not any more."""
        it, line, dossier = self.conversation, self.line, self._dossier
        if line is None or dossier is None:
            return
        if line.other:
            mark_done(it)
        elif line.item:
            item, ticked = line.item, not line.box
            it.write(lambda p: p.tick(self.application_id, item, ticked))
        elif line.fact:
            toggle_fact(it, dossier, line)
        elif line.point is not None and line.box is not None:
            point, state = line.point, "open" if line.box else "done"
            it.write(lambda p: p.edit_point(point.id, {"state": state}))
        elif line.kind and line.point is None:
            add_point(it, self.application_id, line.kind)
        elif line.box:
            self.rounds.say("This is ticked automatically from the lines above.")
        else:
            self.rounds.say("Nothing to tick on this line. Press Enter to change it.")

    def action_add_part(self) -> None:
        """Add to the list that the cursor is in; elsewhere to the package."""
        line = self.line
        kind = line.kind if line is not None and line.kind else "component"
        add_point(self.conversation, self.application_id, kind)

    def action_remove(self) -> None:
        """Remove a part, a condition, a proposal; of a date, forget it."""
        line = self.line
        if line is not None and line.point is not None:
            point = line.point
            self.conversation.write(
                lambda p: p.remove_point(point.id), told="Removed. u undoes it."
            )
        elif line is not None and line.fact:
            forget_fact(self.conversation, self.application_id, line)
        else:
            self.rounds.say("Only dates and added items can be removed.")

    def action_accept(self) -> None:
        """Take the offer."""
        self._decide(Outcome.ACCEPTED)

    def action_decline(self) -> None:
        """Turn the offer down, or say how else it ended."""
        self._decide(Outcome.DECLINED)

    def _decide(self, outcome: Outcome) -> None:
        dossier = self._dossier
        if dossier is None or self.conversation.refuse_closed(dossier.card):
            return
        self.conversation.run(end(self.conversation, dossier.card, outcome))

    def action_compare_offers(self) -> None:
        self.rounds.open("compare", self.application_id)


def _row(key: int, line: OfferLine) -> Row:
    box = "" if line.box is None else TICKED if line.box else BOX
    return Row(
        key,
        (
            Cell(box, Tone.MUTED if line.box else Tone.ACCENT),
            Cell(line.label, Tone.STRONG if _is_loud(line) else Tone.MUTED),
            Cell(line.text, line.tone),
        ),
    )


def _is_loud(line: OfferLine) -> bool:
    """Whether its name is to be met first: a part, another card, the deadline."""
    return line.point is not None or line.other or line.fact == "deadline"
