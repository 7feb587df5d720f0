"""Before an interview: what the last one left, and what to have ready; ticked as one goes."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from store.model.dossier import Card, Dossier, PointEntry
from store.rules.fields import CONTACT
from store.rules.points import KINDS
from store.rules.text import clean
from store.rules.typed.point import kinds_answering
from tui.actions import interviews
from tui.conversation import Act
from tui.dialogs.line import line_dialog
from tui.pages.interviews.prepare_text import PrepareLine, prepare_parts
from tui.pages.page import KeyedLines, ListPage
from tui.widgets.cells import BOX, TICKED, clip
from tui.widgets.paragraphs import Paragraphs
from tui.widgets.rows import Cell, Column, Row, Rows, Tone

if TYPE_CHECKING:
    from tui.dialogs.point import PointFilled


def usual_point(question: str, today: date) -> PointEntry:
    """A usual question as the point that it is about to become."""
    return PointEntry(
        id=0,
        kind="question",
        text=question,
        detail="",
        felt=False,
        state="open",
        noted_on=today,
        due_on=None,
        link="",
        interview_id=None,
        answers_id=None,
    )


def save_point(application_id: int, point: PointEntry, filled: "PointFilled") -> Act:
    """Write what the form gave: a change, or a point that was not noted before."""
    if point.id:
        return lambda p: p.edit_point(point.id, filled.changes)
    values = {"kind": point.kind, "text": point.text, **filled.changes}
    return lambda p: p.point(application_id, **values)


_TITLE_CELLS = 60
"""How much of a question stands in the title of the dialog that answers it."""
COLUMNS = (
    Column(1, most=1),
    Column(20, most=110, lends=True, yields=True),
    Column(8, most=16),
    Column(20, most=20, turn=1),
)
"""The box, the line, a remark, and of a question its group."""


class PrepareScreen(ListPage[None], where="prepare"):
    """What to take along into the next interview of the application `application_id`."""

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self._lines = KeyedLines[PrepareLine]()

    def parts(self) -> ComposeResult:
        yield Rows(COLUMNS, id="prepare")
        yield Paragraphs(id="why")

    @property
    def line(self) -> PrepareLine | None:
        return self.under_cursor(self._lines.lines)

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        rows = self.query_one(Rows)
        card = dossier.card
        rows.border_title = Content(f"Prepare  {card.company} — {card.role}"[:200])
        rows.show(self._lines.rows(prepare_parts(dossier, now), _row))
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        line, box = self.line, self.query_one(Paragraphs)
        box.border_title = Content(self.under_cursor(self._lines.titles) or "")
        words = line.detail if line is not None else ()
        if line is not None and len(words) > 1 and words[0].text == line.text:
            words = words[1:]  # the list shows it already
        box.show(*words)

    def action_tick(self) -> None:
        """Rehearsed, addressed, raised, kept; or not yet."""
        line = self.line
        if line is not None and line.question:
            self.conversation.write(lambda p: p.rehearse(self.application_id, line.question))
        elif line is not None and line.point is not None and line.tickable:
            point = line.point
            done = "addressed" if point.kind == "concern" else "done"
            state = done if point.state == "open" else "open"
            self.conversation.write(lambda p: p.edit_point(point.id, {"state": state}))
        else:
            self.rounds.say("Nothing to tick on this line.")

    def action_point(self) -> None:
        """Note a point of the kind that stands here."""
        line = self.line
        if line is None or not line.kind:
            interviews.point(self.conversation)
        elif card := self.conversation.subject():
            kinds = tuple(dict.fromkeys((line.kind, *KINDS)))
            interviews.note_point(self.conversation, card, kinds, line.lead)

    def action_answer(self) -> None:
        """Add a step against the concern, a story for the requirement or the question."""
        line, dossier = self.line, self._dossier
        if line is None or dossier is None:
            return
        about = self._find_answered(line, dossier)
        kinds = kinds_answering(about.kind if about else line.kind)
        if not kinds or not (about or line.question):
            self.rounds.say(
                "Nothing can be added to this line. Press a on a concern, requirement or question."
            )
            return
        text = about.text if about else line.question
        from tui.dialogs.point import PointLine

        title, today = f"To “{clip(text, _TITLE_CELLS)}”", self.rounds.now().date()
        self.conversation.converse(
            lambda typed, error: PointLine(title, today, kinds, typed=typed, error=error),
            lambda typed: (
                lambda p: p.point(
                    dossier.card.id,
                    **typed.value._asdict(),
                    answers_id=about.id if about else None,
                    question="" if about else line.question,
                )
            ),
        )

    def _find_answered(self, line: PrepareLine, dossier: Dossier) -> PointEntry | None:
        """The point that an answer typed here answers: that of the line, or the one above it."""
        point = line.point
        if point is not None and point.answers_id is not None:
            return next((p for p in dossier.points if p.id == point.answers_id), None)
        return point

    def action_edit(self) -> None:
        """Everything about the line: its text, plan or answer, day, link; of a person, the common
        ground."""
        line, dossier = self.line, self._dossier
        if line is None or dossier is None:
            return
        if line.contact is not None:
            self._edit_common_ground(line)
        elif line.point is not None or line.question:
            from tui.dialogs.form import form_dialog
            from tui.dialogs.point import PointForm

            today = self.rounds.now().date()
            point = line.point or usual_point(line.question, today)
            kinds = tuple(KINDS) if point.id else (point.kind,)
            title = KINDS[point.kind].title
            self.conversation.converse(
                form_dialog(partial(PointForm, title, point, today, kinds)),
                lambda filled: save_point(dossier.card.id, point, filled),
            )
        elif line.kind:
            self.action_point()
        elif line.ident == "none:people":
            interviews.people(self.conversation)
        elif line.ident == "none:agenda":
            interviews.interview(self.conversation)
        else:
            interviews.interviews(self.conversation)

    def _edit_common_ground(self, line: PrepareLine) -> None:
        contact = line.contact
        assert contact is not None

        def read(text: str) -> tuple[str, str]:
            line = clean(text, CONTACT["common_ground"])
            return line, line or "Common ground cleared."

        self.conversation.converse(
            line_dialog(
                f"Common ground with {contact.name}",
                "What you have in common.",
                read,
                contact.common_ground,
                placeholder="both sail · same university · Rust",
            ),
            lambda typed: lambda p: p.edit_contact(contact.id, {"common_ground": typed.value}),
        )

    def action_remove(self) -> None:
        line = self.line
        if line is None or line.point is None:
            self.rounds.say("Only points can be removed here. Press P to remove people.")
            return
        point = line.point
        told = "Removed. u undoes it."
        if line.is_plan:
            self.conversation.write(lambda p: p.edit_point(point.id, {"detail": ""}), told=told)
        else:
            self.conversation.write(lambda p: p.remove_point(point.id), told=told)

    def action_carry(self) -> None:
        """Copy an open concern to another card: the same question will come there."""
        line = self.line
        point = line.point if line is not None else None
        if point is None or point.kind != "concern" or point.state != "open":
            self.rounds.say("Only open concerns can be carried over.")
            return
        self.conversation.run(self._carry(point))

    async def _carry(self, point: PointEntry) -> None:
        from tui.dialogs.pickers import CardPicker

        cards = await self.conversation.read(lambda g: g.others(self.application_id))
        if cards is None:
            return
        if not cards:
            self.rounds.say("No other open application to carry it to.")
            return
        cards, about = tuple(sorted(cards, key=_soonest)), f"“{point.text[:200]}”"
        await self.conversation.ask(
            lambda _, error: CardPicker("Carry over to", about, cards, error=error),
            lambda card_id: lambda p: p.carry(point.id, card_id),
            told="Carried over: it is now among the concerns of that card too.",
        )


def _row(key: int, line: PrepareLine) -> Row:
    box = (TICKED if line.ticked else BOX) if line.box else ""
    return Row(
        key,
        (
            Cell(box, Tone.MUTED if line.ticked else Tone.ACCENT),
            Cell(line.text, line.tone),
            Cell(line.note, line.note_tone),
            Cell(line.group, Tone.MUTED),
        ),
        wide=not (line.note or line.group),
    )


def _soonest(card: Card) -> tuple[bool, float, str]:
    """The cards with an interview first, the next one on top."""
    starts = card.interview.starts_at if card.interview is not None else None
    return starts is None, starts.timestamp() if starts else 0.0, card.company.casefold()
