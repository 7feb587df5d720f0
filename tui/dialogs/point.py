"""The form of a point, and the line that adds one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.widgets import Input, Label, Static
from textual.widgets.input import Selection

from store.model.dossier import PointEntry
from store.rules.dates import echo_day
from store.rules.fields import POINT
from store.rules.points import KINDS
from store.rules.text import Refused, clean
from store.rules.typed.point import (
    PROMISES,
    PointText,
    detail_word,
    hint,
    read_day,
    read_point,
    split_kind,
)
from tui.dialogs.dialog import Dialog, put
from tui.dialogs.form import Form, Meaning
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
        today: the day at the user's place.
        kinds: the kinds that it may have; F2 leads through them.
        texts: what was typed before, when the form is opened again.
        error: why the last try was not saved.
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
        yield from self._line("text", "Text")
        yield Static(id="detail-name", classes="name")
        yield self.area("detail")
        yield from self._line("due_on", "Date")
        yield self.echo("due_on", id="echo", steady=True)
        yield from self._line("link", "Link")
        yield Static(id="felt")

    def _line(self, name: str, label: str) -> ComposeResult:
        with HorizontalGroup(classes="line"):
            yield Label(label, classes="name", id=f"{name}-name")
            yield self.line(name)

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
            mark = "x" if self._felt else " "
            put(felt, f"[{mark}] {_FELT[kind]}  (f3)")
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


@dataclass(frozen=True, slots=True)
class PointTyped:
    """A point, and the line and the kind that it was read from."""

    point: PointText
    line: str
    kind: str


class PointLine(Dialog[PointTyped | None]):
    """Asks for a line and its kind; Tab leads to the next kind, Enter takes both.

    A kind in front of the line ("news: …") is taken too.

    Args:
        title: whose point it is.
        today: the day at the user's place.
        kinds: the kinds that may be, in the order of Tab; the first is chosen.
        line: what the line begins with.
        typed: what was typed before, when the dialog is opened again.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "kind(1)", "Next kind", id="point.kind.next", priority=True),
        Binding("shift+tab", "kind(-1)", "Previous kind", id="point.kind.back", priority=True),
    ]

    def __init__(
        self,
        title: str,
        today: date,
        kinds: Sequence[str],
        *,
        line: str = "",
        typed: PointTyped | None = None,
        error: str = "",
    ) -> None:
        keys = (("tab shift+tab", "kind"), ("enter", "save"), ("esc", "cancel"))
        super().__init__(title, keys, error)
        self._today = today
        self._kinds = tuple(kinds)
        self._kind = typed.kind if typed is not None else self._kinds[0]
        self._initial = typed.line if typed is not None else line

    def fields(self) -> ComposeResult:
        yield KindStrip({name: KINDS[name].title for name in self._kinds}, self._kind, id="kinds")
        yield LineInput(self._initial, select_on_focus=False, id="line")
        yield Static(id="echo")

    def ready(self) -> None:
        super().ready()
        line = self.query_one("#line", LineInput)
        line.selection = Selection.cursor(len(self._initial))
        line.focus()
        self._show_meaning()

    @property
    def kind(self) -> str:
        """The kind that counts: the one in front of the line, else the one chosen."""
        named = split_kind(self.query_one("#line", LineInput).value)
        return named[0] if named and named[0] in self._kinds else self._kind

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
        self._show_meaning()

    @on(Input.Changed)
    def _follow(self) -> None:
        self._show_meaning()

    @on(Input.Submitted)
    def _take(self) -> None:
        if (typed := self._show_meaning(refuse_empty=True)) is not None:
            self.dismiss(typed)

    def _show_meaning(self, *, refuse_empty: bool = False) -> PointTyped | None:
        """Read the line and show below it how; None when it cannot be read."""
        text = self.query_one("#line", LineInput).value
        echo, kind = self.query_one("#echo", Static), self.kind
        self.query_one("#kinds", KindStrip).chosen = kind
        named = split_kind(text)
        waiting = not (named[2] if named else text).strip() and not refuse_empty
        try:
            if waiting:
                raise Refused(hint(kind))
            point, words = read_point(text, kind, self._today, kinds=self._kinds)
        except Refused as refused:
            put(echo, str(refused))
            echo.set_class(waiting, "-hint")
            echo.set_class(not waiting, "-refused")
            return None
        put(echo, words)
        echo.remove_class("-hint", "-refused")
        return PointTyped(point, text, kind)
