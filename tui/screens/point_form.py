"""A point in full: its kind, its text, the detail over many lines, its day and its link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.widgets import Input, Label, Static, TextArea

from store.card import PointEntry
from store.rules.dates import echo_day
from store.rules.fields import POINT
from store.rules.point_line import PROMISES, detail_word
from store.rules.points import KINDS
from store.rules.reading import parse_day
from store.rules.refusal import Refused
from store.rules.text import clean
from tui.screens.dialog import Dialog, put
from tui.screens.note_form import NoteArea
from tui.widgets.kind_strip import KindStrip
from tui.widgets.line_input import LineInput

_FELT = {
    "concern": "nobody said it, you felt it",
    "asked": "your answer was weak",
    "question": "it is yours to ask",
}


@dataclass(frozen=True, slots=True)
class PointFilled:
    """The fields of a point that differ from what they were, and the texts as typed."""

    changes: Mapping[str, Any]
    texts: Mapping[str, str]


class PointForm(Dialog[PointFilled | None]):
    """Asks for the fields of a point; ctrl+s saves from anywhere, Enter from any line.

    Args:
        title: whose point it is.
        point: as it is stored.
        today: the day at the user's place.
        kinds: the kinds that it may become, its own among them; F2 leads through them.
        texts: what was typed before, when the form is opened again.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save it", priority=True),
        Binding("f2", "kind(1)", "Next kind", id="point.kind.next", priority=True),
        Binding("f3", "felt", "Felt", id="point.felt", priority=True),
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
        keys = (("ctrl+s", "save"), ("tab", "next field"), ("f2", "kind"), ("esc", "cancel"))
        super().__init__(title, keys, error)
        self._point = point
        self._today = today
        self._kinds = tuple(kinds)
        self._before = {
            "kind": point.kind,
            "text": point.text,
            "detail": point.detail,
            "due_on": point.due_on.isoformat() if point.due_on else "",
            "link": point.link,
            "felt": "yes" if point.felt else "",
        }
        self._first = {**self._before, **(texts or {})}
        self._kind = self._first["kind"]
        self._felt = bool(self._first["felt"])

    def fields(self) -> ComposeResult:
        yield KindStrip({name: KINDS[name].title for name in self._kinds}, self._kind, id="kinds")
        yield from self._line("text", "Text")
        yield Static(id="detail-name", classes="name")
        yield NoteArea(self._first["detail"], soft_wrap=True, show_line_numbers=False, id="detail")
        yield from self._line("due_on", "Day")
        yield from self._line("link", "Link")
        yield Static(id="felt")

    def _line(self, name: str, label: str) -> ComposeResult:
        with HorizontalGroup(classes="line"):
            yield Label(label, classes="name", id=f"{name}-name")
            yield LineInput(self._first[name], select_on_focus=False, id=name)
        if name == "due_on":
            yield Static(id="echo", classes="echo")

    def ready(self) -> None:
        super().ready()
        area = self.query_one("#detail", TextArea)
        area.move_cursor(area.document.end)
        self._show_kind()
        self._reading()
        self.focus_field(self.query_one("#text" if not self._point.text else "#detail"))

    def _texts(self) -> dict[str, str]:
        """Everything as typed."""
        lines = {name: self.query_one(f"#{name}", LineInput).value for name in _LINES}
        detail = self.query_one("#detail", TextArea).text
        felt = "yes" if self._felt and self._kind in _FELT else ""
        return {"kind": self._kind, "detail": detail, "felt": felt, **lines}

    def unsaved(self) -> bool:
        return self._texts() != self._first

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.touched()
        self._reading()

    @on(KindStrip.Pressed)
    def _pressed(self, pressed: KindStrip.Pressed) -> None:
        self._kind = pressed.name
        self._show_kind()

    def action_kind(self, step: int) -> None:
        """Make it one of another kind."""
        self._kind = self.query_one("#kinds", KindStrip).neighbour(step)
        self._show_kind()

    def action_felt(self) -> None:
        """Nobody said it; the answer was weak; it is the user's to ask."""
        if self._kind in _FELT:
            self._felt = not self._felt
            self._show_kind()

    def _show_kind(self) -> None:
        kind = self._kind
        self.query_one("#kinds", KindStrip).chosen = kind
        word = detail_word(kind)
        put(self.query_one("#detail-name", Static), word[:1].upper() + word[1:])
        day = "By" if kind in PROMISES else "Of the day"
        put(self.query_one("#due_on-name", Label), day)
        felt = self.query_one("#felt", Static)
        felt.display = kind in _FELT
        if kind in _FELT:
            mark = "x" if self._felt else " "
            put(felt, f"[{mark}] {_FELT[kind]}  (f3)")
        self._reading()

    def _reading(self) -> None:
        """Say below the line for the day how it is understood."""
        echo = self.query_one("#echo", Static)
        try:
            day = self._day(self.query_one("#due_on", LineInput).value)
        except Refused as refused:
            put(echo, str(refused))
            echo.add_class("-refused")
            return
        put(echo, echo_day(day, self._today) if day is not None else "")
        echo.remove_class("-refused")

    def _day(self, words: str) -> date | None:
        if not words.strip():
            return None
        return parse_day(words, self._today, past=self._kind not in PROMISES)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand over what was changed, if it can be."""
        texts = self._texts()
        try:
            values: dict[str, Any] = {name: clean(texts[name], POINT[name]) for name in POINT}
            values["due_on"] = self._point.due_on
            if texts["due_on"].strip() != self._before["due_on"]:
                values["due_on"] = self._day(texts["due_on"])
        except Refused as refused:
            self.say(str(refused))
            return
        values |= {"kind": self._kind, "felt": bool(texts["felt"])}
        changes = {
            name: value for name, value in values.items() if value != getattr(self._point, name)
        }
        self.dismiss(PointFilled(changes, texts) if changes else None)


_LINES = ("text", "due_on", "link")
