"""A note of as many lines as it takes."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from store.rules.fields import NOTE
from store.rules.refusal import Refused
from store.rules.text import clean, printable
from tui.screens.dialog import Dialog

_NEAR_LIMIT = 0.9


class NoteArea(TextArea):
    """A TextArea that takes nothing from a paste that a terminal would obey."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = printable(event.text)


class NoteForm(Dialog[str | None]):
    """Asks for a note; ctrl+s saves it.

    Args:
        title: whose note it is.
        text: the text to begin with.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="dialog.save", tooltip="Save the note", priority=True),
    ]

    def __init__(self, title: str, *, text: str = "", error: str = "") -> None:
        super().__init__(title, (("ctrl+s", "save"), ("esc", "cancel")), error)
        self._text = text

    def fields(self) -> ComposeResult:
        yield NoteArea(self._text, soft_wrap=True, show_line_numbers=False, id="note")
        yield Static(id="room")

    def ready(self) -> None:
        super().ready()
        area = self.query_one("#note", TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def unsaved(self) -> bool:
        return self.query_one("#note", TextArea).text.strip() != self._text.strip()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.touched()
        length = len(self.query_one("#note", TextArea).text.strip())
        near = length > NOTE.limit * _NEAR_LIMIT
        self.query_one("#room", Static).update(f"{length:,} of {NOTE.limit:,}" if near else "")

    def action_save(self) -> None:
        """Hand the note over, if there is one and it fits."""
        text = self.query_one("#note", TextArea).text
        try:
            clean(text, NOTE)
        except Refused as refused:
            self.say(str(refused))
            return
        self.dismiss(text)
