"""The form of a point, and the line that adds one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Label, Static
from textual.widgets.input import Selection

from store.model.dossier import PointEntry
from store.rules.dates import echo_day
from store.rules.fields import POINT
from store.rules.points import KINDS
from store.rules.text import clean
from store.rules.typed.fields import Meaning
from store.rules.typed.point import (
    PROMISES,
    PointText,
    detail_word,
    hint,
    read_day,
    read_point,
    split_kind,
)
from tui.dialogs.dialog import beside, put
from tui.dialogs.form import Form
from tui.dialogs.line import LineEntry, Typed
from tui.widgets.cells import BOX, TICKED
from tui.widgets.choice_fields import KindStrip
from tui.widgets.line_fields import LineInput, NoteArea

_FELT = {
    "concern": "not said, but you sensed it",
    "asked": "your answer was weak",
    "question": "a question for you to ask",
}


@dataclass(frozen=True, slots=True)
class PointFilled:
    """The changed fields of a point, and all texts as typed."""

    changes: Mapping[str, Any]
    texts: Mapping[str, str]


class PointForm(Form[PointFilled | None]):
    """Asks for the fields of a point; ctrl+s saves from anywhere, Enter from any line.

    Args:
        title: whose point it is.
        point: as it is stored.
        kinds: the kinds that it may have; F2 leads through them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "kind(1)", "Next kind", id="point.kind.next", priority=True),
        Binding("f3", "felt", "Sensed", id="point.felt", priority=True),
    ]

    def __init__(
        self,
        title: str,
        point: PointEntry,
        today: date,
        kinds: Sequence[str],
        *,
        texts: Mapping[str, str] | None = None,
        error: str = "",
    ) -> None:
        super().__init__(
            title,
            (("ctrl+s", "save"), ("tab", "next field"), ("f2", "kind"), ("esc", "cancel")),
            stored={
                "kind": point.kind,
                "text": point.text,
                "detail": point.detail,
                "due_on": point.due_on.isoformat() if point.due_on else "",
                "link": point.link,
                "felt": "yes" if point.felt else "",
            },
            texts=texts,
            error=error,
        )
        self._point = point
        self._today = today
        self._kinds = tuple(kinds)
        self._kind = self._texts["kind"]
        self._felt = bool(self._texts["felt"])

    def fields(self) -> ComposeResult:
        yield KindStrip({name: KINDS[name].title for name in self._kinds}, self._kind, id="kinds")
        yield from beside("Text", self.line("text"))
        yield Static(id="detail-name", classes="name")
        yield self.area("detail")
        yield from beside("Date", self.line("due_on"), id="due_on-name")
        yield self.echo("due_on", id="echo", steady=True)
        yield from beside("Link", self.line("link"))
        yield Static(id="felt")

    def ready(self) -> None:
        super().ready()
        self.query_one("#detail", NoteArea).go_to_end()
        self._show_kind()
        self.go_to("detail" if self._point.text else "text")

    def text(self, name: str) -> str:
        match name:
            case "kind":
                return self._kind
            case "felt":
                return "yes" if self._felt and self._kind in _FELT else ""
            case _:
                return super().text(name)

    @on(KindStrip.Pressed)
    def _take_kind(self, pressed: KindStrip.Pressed) -> None:
        self._kind = pressed.name
        self._show_kind()

    def action_kind(self, step: int) -> None:
        """Choose the kind `step` places further."""
        self._kind = self.query_one("#kinds", KindStrip).neighbour(step)
        self._show_kind()

    def action_felt(self) -> None:
        """Turn the mark of its kind on or off: sensed, answered weakly, or the user's to ask."""
        if self._kind in _FELT:
            self._felt = not self._felt
            self._show_kind()

    def _show_kind(self) -> None:
        kind = self._kind
        self.query_one("#kinds", KindStrip).chosen = kind
        word = detail_word(kind)
        put(self.query_one("#detail-name", Static), word[:1].upper() + word[1:])
        day = "By" if kind in PROMISES else "Date"
        put(self.query_one("#due_on-name", Label), day)
        felt = self.query_one("#felt", Static)
        felt.display = kind in _FELT
        if kind in _FELT:
            words = f"{TICKED if self._felt else BOX} {_FELT[kind]}  "
            felt.update(Content.assemble(words, ("f3", "bold $text-accent")))
        self.show_meaning("due_on")

    def read(self, name: str, text: str) -> Meaning:
        if name in POINT:
            return Meaning(clean(text, POINT[name]))
        match name:
            case "due_on":
                return self._read_day(text)
            case "felt":
                return Meaning(bool(text))
            case _:
                return Meaning(text)

    def _read_day(self, text: str) -> Meaning:
        """Read the day; an empty line means none, and the stored day is always valid."""
        day = self._point.due_on
        if text.strip() != self._stored["due_on"]:
            day = None
            if text.strip():
                day = read_day(text, self._kind, self._today)
        return Meaning(day, "" if day is None else echo_day(day, self._today))

    def turn_back(self, name: str, sentence: str) -> None:
        self.say(sentence)
        super().turn_back(name, sentence)

    def action_save(self) -> None:
        """Answer with the changes; a field that cannot be read gets the cursor instead."""
        values = self.read_all(self._stored)
        if values is None:
            return
        changes = {
            name: value for name, value in values.items() if value != getattr(self._point, name)
        }
        self.dismiss(PointFilled(changes, self.texts) if changes else None)


class PointLine(LineEntry[PointText]):
    """Asks for a line and its kind; Tab leads to the next kind, Enter takes both.

    A kind in front of the line ("news: …") is taken too.

    Args:
        title: whose point it is.
        kinds: the kinds that may be, in the order of Tab; the first is chosen.
        line: what the line begins with.
        typed: what was typed before, when the dialog is opened again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "kind(1)", "Next kind", id="point.kind.next", priority=True),
        Binding("shift+tab", "kind(-1)", "Previous kind", id="point.kind.back", priority=True),
    ]
    keys = (("tab shift+tab", "kind"), ("enter", "save"), ("esc", "cancel"))

    def __init__(
        self,
        title: str,
        today: date,
        kinds: Sequence[str],
        *,
        line: str = "",
        typed: Typed[PointText] | None = None,
        error: str = "",
    ) -> None:
        super().__init__(
            title,
            "",
            lambda text: read_point(text, self.kind, today, kinds=self._kinds),
            initial=typed.text if typed is not None else line,
            error=error,
        )
        self._kinds = tuple(kinds)
        self._kind = typed.value.kind if typed is not None else self._kinds[0]

    def fields(self) -> ComposeResult:
        yield KindStrip({name: KINDS[name].title for name in self._kinds}, self._kind, id="kinds")
        yield from super().fields()

    def ready(self) -> None:
        super().ready()
        self.query_one("#line", LineInput).selection = Selection.cursor(len(self._initial))

    @property
    def kind(self) -> str:
        """The kind that counts: the one in front of the line, else the one chosen."""
        named = split_kind(self.query_one("#line", LineInput).value)
        return named[0] if named and named[0] in self._kinds else self._kind

    @property
    def hint(self) -> str:
        return hint(self.kind)

    def is_blank(self, text: str) -> bool:
        """Whether nothing is typed but for a kind in front."""
        named = split_kind(text)
        return super().is_blank(named[2] if named else text)

    def action_kind(self, step: int) -> None:
        """Choose the kind `step` places further."""
        self._choose(self.query_one("#kinds", KindStrip).neighbour(step))

    @on(KindStrip.Pressed)
    def _take_kind(self, pressed: KindStrip.Pressed) -> None:
        self._choose(pressed.name)

    def _choose(self, kind: str) -> None:
        """Choose `kind`; a kind typed in front of the line is removed."""
        line = self.query_one("#line", LineInput)
        if named := split_kind(line.value):
            line.value = named[2]
            line.selection = Selection.cursor(len(named[2]))
        self._kind = kind
        self.show_meaning()

    def show_meaning(self, *, refuse_empty: bool = False) -> Typed[PointText] | None:
        self.query_one("#kinds", KindStrip).chosen = self.kind
        return super().show_meaning(refuse_empty=refuse_empty)
