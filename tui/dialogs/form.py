"""The base of all forms: fields by name, and under each of them how it is read."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Protocol, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, Static, TextArea

from store.rules.text import Refused
from store.rules.typed.fields import Meaning
from tui.dialogs.dialog import Dialog, put
from tui.widgets.choice_fields import PickLine, TickList
from tui.widgets.line_fields import LineInput, NoteArea, SwitchLine, step_focus

Answer = TypeVar("Answer")

ARROWS: tuple[BindingType, ...] = (
    Binding("down", "field(1)", "Field below", show=False),
    Binding("up", "field(-1)", "Field above", show=False),
)
"""The arrows lead from field to field, and stop at the first and the last: only Tab wraps."""
BY_LINE: tuple[BindingType, ...] = (Binding("enter", "save", "Save", show=False), *ARROWS)
"""Keys of a form of single lines: Enter saves from any line."""
_TICKING = ("space", "tick")
_BOX = "This is a checkbox: space ticks it, ↓ or tab goes on"


class Form(Dialog[Answer]):
    """A dialog of named fields; ctrl+s saves it from anywhere.

    A form makes its fields with `line`, `area`, `switch` and `add`, and their echoes with `echo`.
    It says in `read` what the text of a field means, and in `action_save` what it answers with.
    A field with an echo is read again whenever it is typed in; one without is read when the form
    is saved. The first Esc warns when what is typed differs from `stored`.

    Args:
        title: shown in the border, literally.
        keys: the keys that work here, shown at the foot: (key, what it does).
        stored: the texts that count as unchanged, by field name.
        texts: what was typed, when the form is opened again; goes before `stored`.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save", priority=True),
    ]
    addresses: ClassVar[frozenset[str]] = frozenset()
    """The fields that hold an address: while it is typed it cannot be one yet."""

    def __init__(
        self,
        title: str,
        keys: tuple[tuple[str, str], ...],
        *,
        stored: Mapping[str, str],
        texts: Mapping[str, str] | None = None,
        error: str = "",
    ) -> None:
        super().__init__(title, keys, error)
        self._stored = dict(stored)
        self._texts = self._stored | dict(texts or {})
        """What the fields begin with."""
        self._tried = bool(texts)
        """Whether saving was tried: from then on empty fields are refused too."""
        self._fields: dict[str, Widget] = {}
        self._echoes: dict[str, Static] = {}
        self._why: dict[str, str] = {}
        """Why a field could not be read when it was read last."""
        self._labelled = 0
        """How many fields have a label beside them."""
        self._steady: set[str] = set()
        """The fields whose echo keeps its room when it says nothing."""

    def add(self, name: str, field: Widget) -> Widget:
        """Make `field` the one that holds the text of `name`."""
        self._fields[name] = field
        return field

    def line(
        self,
        name: str,
        example: str = "",
        *,
        suggester: Suggester | None = None,
        select: bool = False,
    ) -> Widget:
        """The field `name` as one line, with an example in it while it is empty."""
        return self.add(
            name,
            LineInput(
                self._texts[name],
                placeholder=example,
                suggester=suggester,
                select_on_focus=select,
                id=name,
            ),
        )

    def area(
        self,
        name: str,
        example: str = "",
        *,
        kind: type[NoteArea] = NoteArea,
        compact: bool = False,
    ) -> Widget:
        """The field `name` as a text of many lines, with an example in it while it is empty."""
        return self.add(
            name,
            kind(
                self._texts[name],
                soft_wrap=True,
                placeholder=Content(example),
                compact=compact,
                id=name,
            ),
        )

    def switch(self, name: str, label: str) -> Widget:
        """The field `name` as a box to tick; its text is “yes” or nothing."""
        return self.add(name, SwitchLine(label, value=bool(self._texts[name]), id=name))

    def echo(self, name: str, *, id: str = "", steady: bool = False) -> Static:
        """The place that says how the field `name` is read; a `steady` one always has its room."""
        echo = self._echoes[name] = Static(classes="echo", id=id or f"{name}-echo")
        if steady:
            self._steady.add(name)
        return echo

    def with_label(self, label: str, name: str, field: Widget) -> ComposeResult:
        """A label, and beside it `field` above its echo; every second one has a look of its own."""
        yield Label(label, classes="name", id=f"{name}-name")
        self._labelled += 1
        with VerticalGroup(classes="" if self._labelled % 2 else "-second"):
            yield field
            yield self.echo(name)

    def begin(self, names: Iterable[str]) -> None:
        """Say how each of these fields is read; the cursor of a line goes to its end."""
        for name in names:
            field = self._fields[name]
            if isinstance(field, LineInput):
                field.cursor_position = len(field.value)
            self._read_again(name)

    def text(self, name: str) -> str:
        """The text of the field now, or the one it begins with when it is not made yet."""
        match self._fields.get(name):
            case TextArea() as area:
                return area.text
            case LineInput() | PickLine() as line:
                return line.value
            case Checkbox() as box:
                return "yes" if box.value else ""
            case _:
                return self._texts[name]

    @property
    def texts(self) -> dict[str, str]:
        """The texts of all fields now."""
        return {name: self.text(name) for name in self._stored}

    def is_unsaved(self) -> bool:
        return self.texts != self._stored

    def read(self, name: str, text: str) -> Meaning:  # noqa: ARG002
        """What `text` means in the field `name`; raises Refused when it has no meaning there."""
        return Meaning(text)

    def show_meaning(self, name: str) -> Meaning | None:
        """Say under the field how it is read; None when it cannot be read.

        Nothing is said about an empty field or half an address before saving is tried.
        """
        text = self.text(name)
        try:
            meaning = self.read(name, text)
        except Refused as refused:
            self._why[name] = str(refused)
            waiting = not self._tried and (not text.strip() or self._is_half_address(name))
            self.say_under(name, "" if waiting else str(refused), "-refused")
            return None
        self.say_under(name, meaning.echo)
        return meaning

    def _is_half_address(self, name: str) -> bool:
        return name in self.addresses and self._fields[name].has_focus

    def say_under(self, name: str, words: str, look: str = "") -> None:
        """Show `words` under the field `name`, as a refusal or a warning if `look` says so.

        A field without an echo shows nothing.
        """
        echo = self._echoes.get(name)
        if echo is not None:
            put(echo, words)
            echo.display = bool(words) or name in self._steady
            echo.set_class(look == "-refused", "-refused")
            echo.set_class(look == "-warned", "-warned")

    def read_all(self, names: Iterable[str]) -> dict[str, object] | None:
        """What the fields mean, by name; None when one of them cannot be read.

        All that cannot be read say why, and the first of them gets the cursor.
        """
        self._tried = True
        meanings = {name: self.show_meaning(name) for name in names}
        wrong = [name for name, meaning in meanings.items() if meaning is None]
        if wrong:
            self.turn_back(wrong[0], self._why[wrong[0]])
            return None
        return {name: meaning.value for name, meaning in meanings.items() if meaning is not None}

    def turn_back(self, name: str, sentence: str) -> None:
        """Put the cursor into a field that cannot be taken, and say why: under it, or at the top
        when it has no echo."""
        if name in self._echoes:
            self.say_under(name, sentence, "-refused")
            self.go_to(name)
            return
        self.say(sentence)
        self.go_to(name)
        # On a small screen a long text is scrolled to its cursor, and the top is out of sight.
        self.call_after_refresh(self.query_one("#error").scroll_visible, animate=False)

    def go_to(self, name: str) -> None:
        self.focus_field(self._fields[name])

    def pick_changed(self, values: Mapping[str, object]) -> dict[str, object]:
        """Give those of `values` whose fields were changed here.

        The other fields keep what another window wrote meanwhile.
        """
        texts = self.texts
        return {name: value for name, value in values.items() if texts[name] != self._stored[name]}

    def follow(self, name: str) -> None:
        """Take note that the field `name` was typed in, and say how it is read now."""
        self.note_typing()
        self._read_again(name)

    @on(Input.Changed)
    def _follow_line(self, event: Input.Changed) -> None:
        self.follow(event.input.id or "")

    @on(TextArea.Changed)
    def _follow_area(self, event: TextArea.Changed) -> None:
        self.follow(event.text_area.id or "")

    @on(Checkbox.Changed)
    @on(PickLine.Changed)
    @on(TickList.Changed)
    def _follow_choice(self) -> None:
        self.note_typing()

    @on(Input.Blurred)
    def _read_left_line(self, event: Input.Blurred) -> None:
        """Judge an address once its line is left."""
        if event.input.id in self.addresses:
            self._read_again(event.input.id)

    def _read_again(self, name: str) -> None:
        if name in self._echoes:
            self.show_meaning(name)

    def keys_in(self, field: Widget) -> tuple[tuple[str, str], ...]:
        """The keys to show at the foot while `field` has the focus."""
        if not isinstance(field, TickList | SwitchLine):
            return self._keys
        return (_TICKING, *(pair for pair in self._keys if pair != _TICKING))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show at the foot what the keys do in this field."""
        keys = self.keys_in(event.widget)
        if keys != self.shown_keys:
            self.show_keys(keys)

    def on_key(self, event: events.Key) -> None:
        """Say where the cursor is when somebody types where nothing can be typed."""
        field = self.focused
        if not event.is_printable or event.key in self.active_bindings:
            return
        if isinstance(field, TickList | SwitchLine):
            self.show_foot(_BOX)

    def action_field(self, step: int) -> None:
        """To the field below or above, if there is one."""
        step_focus(self, step)

    @on(Input.Submitted)
    def _take_line(self) -> None:
        self.enter()

    def enter(self) -> None:
        """Do what Enter in a line does: save."""
        self.action_save()

    def action_save(self) -> None:
        """Answer with what the fields mean; one that cannot be read gets the cursor instead."""
        raise NotImplementedError


class FormAnswer(Protocol):
    """What a form answers with: the texts as typed too, to open it again."""

    @property
    def texts(self) -> Mapping[str, str]:
        """What was typed, by field name."""


Given = TypeVar("Given", bound=FormAnswer)


def form_dialog(
    form: Callable[..., Form[Given | None]],
) -> Callable[[Given | None, str], Form[Given | None]]:
    """Makes the form that a conversation asks with: with what was typed before, if anything, and
    why that was not saved."""
    return lambda filled, error: form(texts=filled.texts if filled else None, error=error)
