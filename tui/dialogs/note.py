"""A note of as many lines as it takes, and choosing one of several."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from store.model.dossier import NoteEntry
from store.rules.dates import short_day
from store.rules.fields import NOTE
from store.rules.text import Refused, clean
from tui.dialogs.dialog import Dialog, put
from tui.dialogs.pickers import ChoicePicker
from tui.widgets.cells import clip
from tui.widgets.choice_fields import Choice
from tui.widgets.line_fields import NoteArea

_NEAR_LIMIT = 0.9
_FIRST_CELLS = 46


class NoteForm(Dialog[str | None]):
    """Asks for a note; ctrl+s saves it. Answers with the text; "" removes a stored note.

    Args:
        title: whose note it is.
        stored: the note to change, as stored.
        typed: what was typed in the last try.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save the note", priority=True),
    ]

    def __init__(
        self, title: str, *, stored: str = "", typed: str | None = None, error: str = ""
    ) -> None:
        super().__init__(title, (("ctrl+s", "save"), ("esc", "cancel")), error)
        self._stored = stored
        self._text = stored if typed is None else typed

    def fields(self) -> ComposeResult:
        yield NoteArea(self._text, soft_wrap=True, show_line_numbers=False, id="note")
        yield Static(id="room")

    def ready(self) -> None:
        super().ready()
        area = self.query_one("#note", NoteArea)
        area.go_to_end()
        area.focus()

    def is_unsaved(self) -> bool:
        return self.query_one("#note", TextArea).text.strip() != self._stored.strip()

    @on(TextArea.Changed)
    def _show_room(self) -> None:
        self.note_typing()
        text = self.query_one("#note", TextArea).text.strip()
        near = len(text) > NOTE.limit * _NEAR_LIMIT
        told = f"{len(text):,} of {NOTE.limit:,}" if near else ""
        if self._stored and not text:
            told = "Save it empty to remove the note."
        put(self.query_one("#room", Static), told)

    def action_save(self) -> None:
        """Answer with the note, if there is one and it fits."""
        text = self.query_one("#note", TextArea).text
        if self._stored and not text.strip():
            self.dismiss("")
            return
        try:
            clean(text, NOTE)
        except Refused as refused:
            self.say(str(refused))
            return
        self.dismiss(text)


class NotePicker(ChoicePicker[NoteEntry]):
    """Asks which note is meant.

    Args:
        title: whose notes they are.
        notes: those to choose from, in the order shown.
    """

    def __init__(self, title: str, notes: Sequence[NoteEntry], today: date) -> None:
        super().__init__(
            title,
            (("↑ ↓", "choose"), ("enter", "open"), ("esc", "cancel")),
            ((Choice(_beginning(note), short_day(note.noted_on, today)), note) for note in notes),
        )


def _beginning(note: NoteEntry) -> str:
    return clip(note.text.partition("\n")[0], _FIRST_CELLS)
