"""The form of a person: a name is enough."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalGroup
from textual.widgets import Input, Label, Static

from store.rules.fields import CONTACT, MENTION, Field
from store.rules.people import RELATIONS
from store.rules.refusal import Refused
from store.rules.text import clean
from tui.screens.dialog import Dialog, put
from tui.widgets.cells import clip
from tui.widgets.line_input import LineInput
from tui.widgets.pick_line import PickLine

_EXAMPLES = {
    "name": "needed",
    "title": "Head of Platform",
    "email": "ana@example.org",
    "phone": "+49 …",
    "link": "https://…",
    "common_ground": "what you share",
    "background": "what you know of their way",
}
_MENTION = "mention-"
_WHICH_CELLS = 40


class Mention(NamedTuple):
    """What to mention in the thanks for one interview, which `which` names to the user."""

    interviewer_id: int
    which: str
    text: str = ""


class ContactFilled(NamedTuple):
    """What was typed: the values that were changed, and the texts, to open the form again."""

    values: dict[str, str]
    mentions: dict[int, str]
    texts: dict[str, str]


class ContactForm(Dialog[ContactFilled | None]):
    """Asks for the fields of a person; Enter or ctrl+s saves, and only the name is needed.

    Saving what was not changed leaves as Esc does.

    Args:
        title: whose form it is.
        values: what is stored, by the names of `store.rules.fields.CONTACT`, and `relation`.
        mentions: one line for each interview that the person takes part in.
        texts: what was typed, when the form is opened again; goes before `values`.
        error: why the last try was not saved.
        adding: everything is handed over then, also what was not touched.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save", priority=True),
        Binding("enter", "save", "Save", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(
        self,
        title: str,
        *,
        values: Mapping[str, str] | None = None,
        mentions: Sequence[Mention] = (),
        texts: Mapping[str, str] | None = None,
        error: str = "",
        adding: bool = False,
    ) -> None:
        keys = (("enter", "save"), ("tab", "next field"), ("esc", "cancel"))
        super().__init__(title, keys, error)
        self._mentions = mentions
        self._adding = adding
        self._fields = CONTACT | {
            f"{_MENTION}{m.interviewer_id}": MENTION._replace(label="To mention") for m in mentions
        }
        stored = {f"{_MENTION}{m.interviewer_id}": m.text for m in mentions} | dict(values or {})
        self._stored = {name: stored.get(name, "") for name in (*self._fields, "relation")}
        self._texts = self._stored | dict(texts or {})
        self._tried = bool(texts)

    def fields(self) -> ComposeResult:
        with Grid(classes="column"):
            for name, field in CONTACT.items():
                yield from self._line(name, field.label, _EXAMPLES[name])
                if name == "title":
                    yield Label("Relation", classes="name")
                    yield PickLine(RELATIONS, self._texts["relation"], id="relation")
            for mention in self._mentions:
                example = f"in the thanks for {clip(mention.which, _WHICH_CELLS)}"
                yield from self._line(f"{_MENTION}{mention.interviewer_id}", "To mention", example)

    def _line(self, name: str, label: str, example: str) -> ComposeResult:
        yield Label(label, classes="name")
        with VerticalGroup():
            yield LineInput(self._texts[name], placeholder=example, select_on_focus=False, id=name)
            yield Static(classes="echo", id=f"{name}-echo")

    def ready(self) -> None:
        super().ready()
        for name, field in self._fields.items():
            line = self.query_one(f"#{name}", LineInput)
            line.cursor_position = len(line.value)
            self._read(name, field)
        self.query_one("#name").focus()

    @property
    def texts(self) -> dict[str, str]:
        """Everything as it is typed now."""
        texts = {name: self.query_one(f"#{name}", LineInput).value for name in self._fields}
        return texts | {"relation": self.query_one("#relation", PickLine).value}

    def unsaved(self) -> bool:
        return self.texts != self._stored

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.touched()
        name = event.input.id or ""
        self._read(name, self._fields[name])

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        name = event.input.id or ""
        if self._fields[name].address:
            self._read(name, self._fields[name])

    @on(PickLine.Changed)
    def _picked(self) -> None:
        self.touched()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand over what was changed; a line that cannot be taken gets the cursor instead."""
        self._tried = True
        values = {name: self._read(name, field) for name, field in self._fields.items()}
        wrong = [name for name, value in values.items() if value is None]
        if wrong:
            self.focus_field(self.query_one(f"#{wrong[0]}"))
            return
        texts = self.texts
        values["relation"] = texts["relation"]
        changed = {
            name: value
            for name, value in values.items()
            if value is not None and (self._adding or texts[name] != self._stored[name])
        }
        if not changed:
            self.dismiss(None)
            return
        self.dismiss(
            ContactFilled(
                {n: v for n, v in changed.items() if not n.startswith(_MENTION)},
                {
                    int(n.removeprefix(_MENTION)): v
                    for n, v in changed.items()
                    if n.startswith(_MENTION)
                },
                texts,
            )
        )

    def _read(self, name: str, field: Field) -> str | None:
        """The value of a line; None, and a sentence under it, when it does not fit.

        What is stored stays as it is, also an address that could not be typed any more; one that
        is being typed is not judged before its end.
        """
        line = self.query_one(f"#{name}", LineInput)
        text = line.value
        if not self._adding and text == self._stored[name]:
            field = field._replace(address=False)
        half_typed = field.address and line.has_focus and not self._tried
        words, value = "", None
        if name == "name" and self.query_one("#email", LineInput).value.strip():
            field = field._replace(required=False)
        try:
            value = clean(text, field)
        except Refused as refused:
            if (text.strip() and not half_typed) or self._tried:
                words = str(refused) if text.strip() else "A name is needed; all else can wait."
        echo = self.query_one(f"#{name}-echo", Static)
        put(echo, words)
        echo.display = bool(words)
        echo.set_class(bool(words), "-refused")
        return value
