"""One line, read while it is typed: interviews, deadlines, replies, days to come back on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from store.rules.refusal import Refused
from tui.screens.dialog import Dialog, put
from tui.widgets.cells import cell_len
from tui.widgets.line_input import LineInput

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Typed(Generic[Read]):
    """What a line was read as, and the line itself."""

    value: Read
    text: str


class LineEntry(Dialog[Typed[Read] | None], Generic[Read]):
    """Asks for one line and shows below it how it is understood; Enter takes it once it is.

    Args:
        title: what is asked.
        hint: what can be typed; shown while the line is empty and cannot be read so.
        read: the line's meaning and the words that say it back; raises Refused.
        initial: the text to begin with, selected so that typing replaces it.
        placeholder: an example, shown in the empty line.
        error: why the last try was not saved; the text is then kept and not selected.
        editing: `initial` is what is stored: Enter on it only leaves, and no more than its first
            `selected` characters are selected.
    """

    def __init__(
        self,
        title: str,
        hint: str,
        read: Callable[[str], tuple[Read, str]],
        *,
        initial: str = "",
        placeholder: str = "",
        error: str = "",
        editing: bool = False,
        selected: int = 0,
    ) -> None:
        super().__init__(title, (("enter", "save"), ("esc", "cancel")), error)
        self._hint = hint
        self._read = read
        self._initial = initial
        self._placeholder = placeholder
        self._editing = editing
        self._selected = selected

    def fields(self) -> ComposeResult:
        yield LineInput(
            self._initial, placeholder=self._placeholder, select_on_focus=False, id="line"
        )
        yield Static(id="echo")

    def ready(self) -> None:
        super().ready()
        line = self.query_one("#line", LineInput)
        end = len(self._initial)
        if self._selected and not self._error:
            line.selection = Selection(self._selected, 0)
        else:
            line.selection = Selection(end if self._error or self._editing else 0, end)
            self.call_after_refresh(self._show_end, line)
        line.focus()
        self._reading()

    def _show_end(self, line: LineInput) -> None:
        """A cursor set before the line had a width is not in view by itself."""
        place = Region(cell_len(self._initial), 0, 1, 1)
        line.scroll_to_region(place, force=True, animate=False)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._reading()

    @on(Input.Submitted)
    def _entered(self) -> None:
        typed = self._reading(refuse_empty=True)
        if typed is None:
            return
        same = self._editing and not self._error and typed.text == self._initial
        self.dismiss(None if same else typed)

    def _reading(self, *, refuse_empty: bool = False) -> Typed[Read] | None:
        """What the line means now, shown below it; None when it cannot be read."""
        text = self.query_one("#line", LineInput).value
        echo = self.query_one("#echo", Static)
        try:
            value, words = self._read(text)
        except Refused as refused:
            waiting = not text.strip() and not refuse_empty
            put(echo, self._hint if waiting else str(refused))
            echo.set_class(waiting, "-hint")
            echo.set_class(not waiting, "-refused")
            return None
        put(echo, words)
        echo.remove_class("-hint", "-refused")
        return Typed(value, text)
