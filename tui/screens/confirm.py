"""Questions with two answers: a yes or a no, and who it was."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Static

from tui.screens.dialog import Dialog


class Confirm(Dialog[bool | None]):
    """Asks `question`; the answer that changes nothing is chosen first, and Esc means it.

    Args:
        question: the whole question, shown literally.
        yes_label: the verb that says what a yes does: “Delete”.
        no_label: the other answer.
        usual: where a yes is what is nearly always meant: it is chosen first, and Esc, which leads
            back to where the question came from, is None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes", tooltip="Yes, do it"),
        Binding("n", "answer(False)", "No", id="confirm.no", tooltip="No, change nothing"),
        Binding("left,h", "app.focus_previous", show=False),
        Binding("right,l", "app.focus_next", show=False),
    ]

    def __init__(
        self, question: str, yes_label: str, no_label: str = "Keep", *, usual: bool = False
    ) -> None:
        super().__init__(
            yes_label, (("y", yes_label.lower()), ("n", no_label.lower()), ("esc", "cancel"))
        )
        self._question = question
        self._labels = no_label, yes_label
        self._usual = usual

    def fields(self) -> ComposeResult:
        no, yes = self._labels
        yield Static(Content(self._question), id="question")
        with HorizontalGroup(id="answers"):
            yield Button(Content(no), id="no", compact=True)
            yield Button(Content(yes), id="yes", compact=True)

    def ready(self) -> None:
        super().ready()
        self.query_one("#yes" if self._usual else "#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer with a key."""
        self.dismiss(yes)

    def action_leave(self) -> None:
        self.dismiss(None if self._usual else False)


class WhoDialog(Dialog[str | None]):
    """Asks who did something: "them" or "you"; Esc changes nothing.

    Args:
        question: the whole question, shown literally.
        title: what it is about.
        first: the answer that Enter gives.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "answer('them')", "They", id="who.them", tooltip="They did"),
        Binding("y", "answer('you')", "You", id="who.you", tooltip="You did"),
        Binding("left,h", "app.focus_previous", show=False),
        Binding("right,l", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, question: str, first: str = "them") -> None:
        super().__init__(title, (("t", "they did"), ("y", "you did"), ("esc", "cancel")))
        self._question = question
        self._first = first

    def fields(self) -> ComposeResult:
        yield Static(Content(self._question), id="question")
        with HorizontalGroup(id="answers"):
            yield Button(Content("They"), id="them", compact=True)
            yield Button(Content("You"), id="you", compact=True)

    def ready(self) -> None:
        super().ready()
        self.query_one(f"#{self._first}").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)

    def action_answer(self, who: str) -> None:
        """Answer with a key."""
        self.dismiss(who)
