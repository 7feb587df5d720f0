"""A note of as many lines as it takes, and choosing one of several."""

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.widgets import Static

from store.model.dossier import NoteEntry
from store.rules.dates import short_day
from store.rules.fields import NOTE
from store.rules.text import clean
from store.rules.typed.fields import Meaning
from tui.dialogs.dialog import put
from tui.dialogs.form import Form
from tui.dialogs.pickers import ChoicePicker
from tui.widgets.cells import clip
from tui.widgets.choice_fields import Choice
from tui.widgets.line_fields import NoteArea

_NEAR_LIMIT = 0.9
_FIRST_CELLS = 46


class NoteForm(Form[str | None]):
    """Asks for a note; ctrl+s saves it. Answers with the text; "" removes a stored note.

    Args:
        title: whose note it is.
        stored: the note to change, as stored.
        typed: what was typed in the last try.
    """

    def __init__(
        self, title: str, *, stored: str = "", typed: str | None = None, error: str = ""
    ) -> None:
        super().__init__(
            title,
            (("ctrl+s", "save"), ("esc", "cancel")),
            stored={"note": stored},
            texts=None if typed is None else {"note": typed},
            error=error,
        )

    def fields(self) -> ComposeResult:
        yield self.area("note")
        yield Static(id="room")

    def ready(self) -> None:
        super().ready()
        self.query_one("#note", NoteArea).go_to_end()
        self.go_to("note")

    @property
    def note(self) -> str:
        """The note as typed, without the room around it."""
        return self.text("note").strip()

    def is_unsaved(self) -> bool:
        return self.note != self._stored["note"].strip()

    def follow(self, name: str) -> None:
        super().follow(name)
        length = len(self.note)
        room = f"{length:,} of {NOTE.limit:,}" if length > NOTE.limit * _NEAR_LIMIT else ""
        if self._stored["note"] and not length:
            room = "Save it empty to remove the note."
        put(self.query_one("#room", Static), room)

    def read(self, name: str, text: str) -> Meaning:  # noqa: ARG002
        removes = self._stored["note"] and not text.strip()
        return Meaning("" if removes else clean(text, NOTE))

    def action_save(self) -> None:
        """Answer with the note, if there is one and it fits."""
        if self.read_all(("note",)) is not None:
            self.dismiss(self.text("note") if self.note else "")


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
