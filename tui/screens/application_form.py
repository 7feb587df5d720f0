"""The form of an application: company and role are enough."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, HorizontalGroup, VerticalGroup
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, Static, TextArea

from store.rules.employers import Before, before_line, folded_employer
from store.rules.fields import APPLICATION, NOTE
from store.rules.refusal import Refused
from store.rules.text import clean
from tui.screens.dialog import Dialog, put
from tui.screens.form_lines import (
    ALL,
    AREAS,
    LEFT,
    LINES,
    MORE,
    MORE_LEFT,
    MORE_RIGHT,
    RIGHT,
    FormLine,
    Reader,
    shown,
)
from tui.screens.note_form import NoteArea
from tui.widgets.fold_line import FoldLine
from tui.widgets.line_input import LineInput
from tui.widgets.switch_line import SwitchLine

_NEEDED = ("company", "role")
_KEYS = (("enter", "save"), ("tab", "next field"), ("ctrl+o", "more"), ("esc", "cancel"))
_KEYS_IN_TEXT = (
    ("ctrl+s", "save"),
    ("enter", "new line"),
    ("tab", "next field"),
    ("esc", "cancel"),
)
"""Those where Enter makes a new line: under the note, the reasons and the posting."""
_ADDRESSES = frozenset(name for name, field in APPLICATION.items() if field.address)
_MORE = "posted, CV and letter, recruiter, follow-ups, why, posting"
_TAKEN = "You have an open card for this role there already."


@dataclass(frozen=True, slots=True)
class Filled:
    """The form's values, ready for the store, and its texts, ready to be opened again.

    When adding, all values are given; when editing, those that the user changed.
    """

    values: dict[str, object]
    texts: dict[str, str]


class ApplicationForm(Dialog[Filled | None]):
    """Asks for the fields of an application; ctrl+s saves from anywhere, Enter from any line.

    What is seldom needed lies below a line that opens it. Saving an edit that changes nothing
    leaves as Esc does.

    Args:
        title: “New application”, or whose fields these are.
        today: the day at the user's place.
        values: what is stored, by field name; empty when adding, and then a note is asked too.
        texts: what was typed, when the form is opened again; goes before `values`.
        companies: names to suggest while the company is typed.
        before: what will be all applications by their folded employers. When adding, those to the
            one that is typed are told; when editing too, an open card for the same role.
        own: the id of the application that is changed.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save", priority=True),
        Binding("ctrl+o", "more", "More", id="application.more", tooltip="More fields"),
        Binding("enter", "save", "Save", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(
        self,
        title: str,
        today: date,
        *,
        values: Mapping[str, object] | None = None,
        texts: Mapping[str, str] | None = None,
        companies: Sequence[str] = (),
        before: "asyncio.Future[Mapping[str, Sequence[Before]]] | None" = None,
        own: int | None = None,
        error: str = "",
    ) -> None:
        super().__init__(title, _KEYS, error)
        values = values or {}
        self._adding = not values
        self._reader = Reader(today, dict(values))
        self._stored = shown(values) | {"no_contact": "yes" if values.get("no_contact") else ""}
        if self._adding:
            self._stored |= {"applied_on": "today", "note": ""}
        self._texts = self._stored | dict(texts or {})
        self._companies = companies
        self._own = own
        self._today = today
        self._before_read = before
        self._before: Mapping[str, Sequence[Before]] = {}
        self._tried = bool(texts)
        self._in_text = False
        """Whether the cursor is where Enter makes a new line."""
        self._unfolded = any(self._texts[line.name] != self._stored[line.name] for line in MORE)
        """Whether the fields further down are there: they are made when they are wanted."""
        self._fields: dict[str, Widget] = {}

    def fields(self) -> ComposeResult:
        with HorizontalGroup(classes="columns"):
            for lines in (LEFT, RIGHT):
                with Grid(classes="column -first" if lines is LEFT else "column"):
                    for line in lines:
                        yield from self._line(line)
                    if lines is RIGHT:
                        yield Label("", classes="name")
                        yield SwitchLine(
                            "no contact, please (they asked)",
                            value=bool(self._texts["no_contact"]),
                            id="no_contact",
                        )
        if self._adding:
            yield Label("Note", classes="name", id="note-name")
            yield NoteArea(self._texts["note"], soft_wrap=True, id="note")
            yield Static(classes="echo", id="note-echo")
        filled = sum(bool(self._texts[line.name]) for line in MORE)
        count = f" ({filled} filled in)" if filled else ""
        yield FoldLine(f"More{count}: {_MORE}", opened=self._unfolded, id="fold")
        with VerticalGroup(id="more"):
            if self._unfolded:
                yield from self._more()

    def _more(self) -> ComposeResult:
        """The fields further down."""
        with HorizontalGroup(classes="columns"):
            for lines in (MORE_LEFT, MORE_RIGHT):
                with Grid(classes="column -first" if lines is MORE_LEFT else "column"):
                    for line in lines:
                        yield from self._line(line)
        for line in AREAS:
            yield Label(line.label, classes="name over")
            area = NoteArea(self._texts[line.name], soft_wrap=True, id=line.name)
            self._fields[line.name] = area
            yield area
            yield Static(classes="echo", id=f"{line.name}-echo")

    def _line(self, line: FormLine) -> ComposeResult:
        suggester = None
        if line.name == "company":
            suggester = SuggestFromList(self._companies, case_sensitive=False)
        offered = self._adding and line.name == "applied_on" and not self._tried
        yield Label(line.label, classes="name")
        with VerticalGroup():
            field = self._fields[line.name] = LineInput(
                self._texts[line.name],
                placeholder=line.example,
                suggester=suggester,
                select_on_focus=offered,
                id=line.name,
            )
            yield field
            yield Static(classes="echo", id=f"{line.name}-echo")

    def ready(self) -> None:
        super().ready()
        self._begin(LINES)
        if self._unfolded:
            self._begin(MORE)
        self._warn_taken()
        self.query_one("#company").focus()
        if self._before_read is not None:
            self._before_read.add_done_callback(self._learn_before)

    def _begin(self, lines: Sequence[FormLine]) -> None:
        """The fields are there: put each cursor at its end, and say how each is read."""
        for line in lines:
            if line not in AREAS:
                field = self.query_one(f"#{line.name}", LineInput)
                field.cursor_position = len(field.value)
            self._echo(line)

    @property
    def texts(self) -> dict[str, str]:
        """Everything as it is typed now."""
        texts = {line.name: self._text(line.name) for line in ALL}
        texts["no_contact"] = "yes" if self.query_one("#no_contact", Checkbox).value else ""
        if self._adding:
            texts["note"] = self.query_one("#note", TextArea).text
        return texts

    def unsaved(self) -> bool:
        return self.texts != self._stored

    @on(FoldLine.Turned)
    async def _folded(self) -> None:
        """Show the fields further down, or hide them: what they hold stays."""
        more = self.query_one("#more")
        opened = more.display = self.query_one(FoldLine).opened
        if not opened:
            return
        if not self._unfolded:
            self._unfolded = True
            await more.mount_compose(self._more())
            self._begin(MORE)
        if self.query_one(FoldLine).has_focus:
            self.focus_field(self.query_one(f"#{MORE[0].name}"))

    def action_more(self) -> None:
        """Open the fields further down, or close them."""
        fold = self.query_one(FoldLine)
        fold.focus()
        fold.action_turn()

    @on(Input.Changed)
    def _line_typed(self, event: Input.Changed) -> None:
        self.touched()
        line = next(line for line in ALL if line.name == event.input.id)
        self._echo(line)
        if line.name in _NEEDED:
            self._warn_taken()

    @on(TextArea.Changed)
    def _area_typed(self, event: TextArea.Changed) -> None:
        self.touched()
        line = next((line for line in AREAS if line.name == event.text_area.id), None)
        if line is not None:
            self._echo(line)
        else:
            self._note_value()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say at the foot how to save from where the cursor is."""
        in_text = isinstance(event.widget, TextArea)
        if in_text is not self._in_text:
            self._in_text = in_text
            self._show_keys(_KEYS_IN_TEXT if in_text else _KEYS)

    @on(Checkbox.Changed)
    def _switched(self) -> None:
        self.touched()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the values over; a line that cannot be read gets the cursor instead.

        Enter in a needed line goes to the other one while that is empty.
        """
        empty = [name for name in _NEEDED if not self._text(name).strip()]
        focused = self.focused.id if self.focused else None
        if empty and focused in _NEEDED and focused not in empty:
            self.focus_field(self.query_one(f"#{empty[0]}"))
            return
        self._tried = True
        readings = {line.name: self._echo(line) for line in ALL}
        note = self._note_value()
        wrong = [name for name, reading in readings.items() if reading is None]
        if note is None:
            wrong.append("note")
        if wrong:
            if any(line.name == wrong[0] for line in MORE):
                self.query_one(FoldLine).opened = self.query_one("#more").display = True
            self.focus_field(self.query_one(f"#{wrong[0]}"))
            return
        values = {name: reading[0] for name, reading in readings.items() if reading}
        values["no_contact"] = self.query_one("#no_contact", Checkbox).value
        texts = self.texts
        if self._adding:
            self.dismiss(Filled({**values, "note": note}, texts))
            return
        # Only what was touched: what another window changed meanwhile in other fields stays.
        changed = {
            name: value for name, value in values.items() if texts[name] != self._stored[name]
        }
        self.dismiss(Filled(changed, texts) if changed else None)

    def _text(self, name: str) -> str:
        if not self._is_there(name):
            return self._texts[name]
        field = self._fields[name]
        return field.text if isinstance(field, TextArea) else cast("Input", field).value

    def _is_there(self, name: str) -> bool:
        """Whether the field can be typed in: those further down are made when they are wanted."""
        return name in self._fields and self._fields[name].is_attached

    def _echo(self, line: FormLine) -> tuple[object] | None:
        """Show how the line is read; its value in a tuple, or None when it cannot be read."""
        text = self._text(line.name)
        try:
            reading = self._reader.read(line, text)
        except Refused as refused:
            waiting = not self._tried and (not text.strip() or self._half_typed(line.name))
            self._under(line.name, "" if waiting else str(refused), "-refused")
            return None
        self._under(line.name, reading.echo)
        return (reading.value,)

    def _half_typed(self, name: str) -> bool:
        """Whether `name` is an address that is being typed: before its end it can be none."""
        return name in _ADDRESSES and self.query_one(f"#{name}").has_focus

    @on(Input.Blurred)
    def _line_left(self, event: Input.Blurred) -> None:
        line = next(line for line in ALL if line.name == event.input.id)
        if line.name in _ADDRESSES:
            self._echo(line)

    def _learn_before(self, read: "asyncio.Future[Mapping[str, Sequence[Before]]]") -> None:
        """The earlier applications have been read; without them the form is as good as ever."""
        if self.is_attached and not read.cancelled() and read.exception() is None:
            self._before = read.result()
            self._warn_taken()

    def _warn_taken(self) -> None:
        """Tell, without refusing, of earlier applications to this employer, and of an open card
        for the same role there."""
        there = self._before.get(folded_employer(self._text("company")), ())
        if self._adding and there:
            self._under("company", before_line(there, self._today), "-warned")
        role = _folded(self._text("role"))
        others = [one for one in there if one.outcome is None and one.id != self._own]
        if any(_folded(one.role) == role for one in others):
            self._under("role", _TAKEN, "-warned")

    def _note_value(self) -> str | None:
        """The note, empty or not; None when it does not fit."""
        if not self._adding:
            return ""
        text = self.query_one("#note", TextArea).text
        try:
            clean(text, NOTE._replace(required=False))
        except Refused as refused:
            self._under("note", str(refused), "-refused")
            return None
        self._under("note", "")
        return text.strip()

    def _under(self, name: str, words: str, look: str = "") -> None:
        if name in self._texts and name != "note" and not self._is_there(name):
            return
        echo = self.query_one(f"#{name}-echo", Static)
        put(echo, words)
        echo.display = bool(words)
        echo.set_class(look == "-refused", "-refused")
        echo.set_class(look == "-warned", "-warned")


def _folded(role: str) -> str:
    return " ".join(role.split()).casefold()
