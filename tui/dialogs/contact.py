"""The form of a person: a name is enough."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid
from textual.widgets import Label

from store.rules.fields import CONTACT, MENTION
from store.rules.people import RELATIONS
from store.rules.text import Refused, clean
from store.rules.typed.fields import Meaning
from tui.dialogs.form import BY_LINE, Form
from tui.widgets.cells import clip
from tui.widgets.choice_fields import PickLine

_EXAMPLES = {
    "name": "required",
    "title": "e.g. Head of Platform",
    "email": "e.g. ana@example.org",
    "phone": "+49 …",
    "link": "https://…",
    "common_ground": "what you have in common",
    "background": "career so far",
}
_MENTION = "mention-"
_WHICH_CELLS = 40


class Mention(NamedTuple):
    """What to mention in the thank-you note for one interview; `which` is its name on screen."""

    interviewer_id: int
    which: str
    text: str = ""


class ContactFilled(NamedTuple):
    """The changed values, and all texts as typed, to open the form again."""

    values: dict[str, str]
    mentions: dict[int, str]
    texts: dict[str, str]


class ContactForm(Form[ContactFilled | None]):
    """Asks for the fields of a person; Enter or ctrl+s saves, and only the name is needed.

    Saving without a change does what Esc does.

    Args:
        title: whose form it is.
        values: what is stored, by the names of `store.rules.fields.CONTACT`, and `relation`.
        mentions: one line for each interview that the person takes part in.
        adding: answers with all fields, not only with the changed ones.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*BY_LINE]
    addresses = frozenset(name for name, field in CONTACT.items() if field.address)

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
        noted = {f"{_MENTION}{m.interviewer_id}": m.text for m in mentions}
        super().__init__(
            title,
            (("ctrl+s", "save"), ("tab", "next field"), ("esc", "cancel")),
            stored={name: (values or {}).get(name, "") for name in (*CONTACT, "relation")} | noted,
            texts=texts,
            error=error,
        )
        self._mentions = mentions
        self._adding = adding
        self._limits = CONTACT | dict.fromkeys(
            noted, MENTION._replace(label="Mention in thank-you")
        )

    def fields(self) -> ComposeResult:
        with Grid(classes="column"):
            for name, field in CONTACT.items():
                yield from self.with_label(field.label, name, self.line(name, _EXAMPLES[name]))
                if name == "title":
                    yield Label("Relation", classes="name")
                    self._labelled += 1
                    relation = PickLine(RELATIONS, self._texts["relation"], id="relation")
                    yield self.add("relation", relation)
            for mention in self._mentions:
                name = f"{_MENTION}{mention.interviewer_id}"
                example = clip(mention.which, _WHICH_CELLS)
                yield from self.with_label("Mention in thank-you", name, self.line(name, example))

    def ready(self) -> None:
        super().ready()
        self.begin(self._limits)
        self.query_one("#name").focus()

    def action_save(self) -> None:
        """Answer with the changes; a field that cannot be read gets the cursor instead."""
        values = self.read_all(self._stored)
        if values is None:
            return
        if not self._adding:
            values = self.pick_changed(values)
        if not values:
            self.dismiss(None)
            return
        fields, mentions = {}, {}
        for name, value in values.items():
            if name.startswith(_MENTION):
                mentions[int(name.removeprefix(_MENTION))] = str(value)
            else:
                fields[name] = str(value)
        self.dismiss(ContactFilled(fields, mentions, self.texts))

    def read(self, name: str, text: str) -> Meaning:
        """Read `text`; a stored address stays valid even if it could not be typed now."""
        if name == "relation":
            return Meaning(text)
        field = self._limits[name]
        if not self._adding and text == self._stored[name]:
            field = field._replace(address=False)
        if name == "name" and self.text("email").strip():
            field = field._replace(required=False)
        try:
            return Meaning(clean(text, field))
        except Refused:
            if not text.strip():
                raise Refused("Enter a name; the rest is optional.") from None
            raise
