"""Dialogs that ask for the value of a setting."""

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.widgets import Static

from store.rules.text import Refused, capital
from store.rules.typed.fields import Meaning
from tui.dialogs.dialog import put
from tui.dialogs.form import Form
from tui.dialogs.pickers import ChoicePicker
from tui.widgets.choice_fields import Choice
from tui.widgets.line_fields import NoteArea


class SettingPicker(ChoicePicker[str]):
    """Asks for one of the values that there are.

    Args:
        title: the setting.
        about: what it does.
        choices: the values, each with what it is.
        chosen: the one that counts now.
    """

    def __init__(self, title: str, about: str, choices: Mapping[str, str], chosen: str) -> None:
        names = [*choices]
        super().__init__(
            title,
            (("↑ ↓", "choose"), ("enter", "save"), ("esc", "cancel")),
            ((Choice(name, said), name) for name, said in choices.items()),
            chosen=names.index(chosen) if chosen in names else 0,
            about=capital(about),
        )


class LinesForm(Form[str | None]):
    """Asks for a value of several lines; ctrl+s saves it, empty for none.

    Args:
        title: the setting.
        what: what it does.
        read: raises Refused for a text that cannot be it.
        stored: the text that counts now.
        typed: what was typed in the last try.
    """

    def __init__(
        self,
        title: str,
        what: str,
        read: Callable[[str], object],
        *,
        stored: str,
        typed: str | None = None,
        error: str = "",
    ) -> None:
        super().__init__(
            title,
            (("ctrl+s", "save"), ("esc", "cancel")),
            stored={"lines": stored},
            texts=None if typed is None else {"lines": typed},
            error=error,
        )
        self._what = what
        self._read = read

    def fields(self) -> ComposeResult:
        yield self.area("lines", self._what)
        yield Static(id="room")

    def ready(self) -> None:
        super().ready()
        self.query_one("#lines", NoteArea).go_to_end()
        self.go_to("lines")

    def is_unsaved(self) -> bool:
        return self.text("lines").strip() != self._stored["lines"].strip()

    def follow(self, name: str) -> None:
        super().follow(name)
        put(self.query_one("#room", Static), self._why_not())

    def _why_not(self) -> str:
        try:
            self._read(self.text("lines"))
        except Refused as refused:
            return str(refused)
        return ""

    def read(self, name: str, text: str) -> Meaning:  # noqa: ARG002
        self._read(text)
        return Meaning(text.strip())

    def action_save(self) -> None:
        """Answer with the text, if it can be the value."""
        if self.read_all(("lines",)) is not None:
            self.dismiss(self.text("lines").strip())
