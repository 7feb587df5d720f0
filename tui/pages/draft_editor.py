"""A message in place of which it is edited: the subject, and below it the text."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup, Vertical
from textual.message import Message as Posted
from textual.widgets import Input, Label, Static, TextArea

from store.rules.drafts.templates import DraftMessage, as_text
from store.rules.fields import DRAFT
from tui.commands import bindings_for
from tui.dialogs.dialog import put
from tui.widgets.line_fields import LineInput, NoteArea

_NEAR_LIMIT = 0.9


class DraftEditor(Vertical):
    """Two fields for a message; Esc ends editing, and Tab goes from one to the other."""

    where: ClassVar[str] = "typing"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("typing")]

    class Ended(Posted):
        """Posted when the user is done with it."""

    class Changed(Posted):
        """Posted whenever something was typed."""

    def compose(self) -> ComposeResult:
        with HorizontalGroup(classes="line"):
            yield Label("Subject", classes="name")
            yield LineInput(select_on_focus=False, id="subject")
        yield NoteArea("", soft_wrap=True, show_line_numbers=False, id="body")
        yield Static(id="room")

    @property
    def message(self) -> DraftMessage:
        """The message as it stands in the fields."""
        subject = self.query_one("#subject", LineInput).value
        return DraftMessage(subject.strip(), self.query_one("#body", TextArea).text.strip())

    def take(self, message: DraftMessage) -> None:
        """Begin with this message: the cursor stands at the start of the text."""
        self.query_one("#subject", LineInput).value = message.subject
        body = self.query_one("#body", NoteArea)
        body.load_text(message.body)
        body.focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        length = len(as_text(self.message))
        near = length > DRAFT.limit * _NEAR_LIMIT
        told = f"{length:,} of {DRAFT.limit:,}" if near else ""
        put(self.query_one("#room", Static), told)
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _on(self) -> None:
        self.query_one("#body").focus()

    def action_keep(self) -> None:
        """End editing."""
        self.post_message(self.Ended())

    def action_next_field(self) -> None:
        """From the subject to the text, and back."""
        field = "#subject" if self.query_one("#body").has_focus else "#body"
        self.query_one(field).focus()
