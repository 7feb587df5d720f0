"""One line, read while it is typed: interviews, deadlines, replies, days to come back on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from store.rules.text import Refused
from tui.dialogs.dialog import Dialog, put
from tui.widgets.cells import cell_len
from tui.widgets.line_fields import LineInput

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Typed(Generic[Read]):
    """A line as typed, and what it means."""

    value: Read
    text: str


class LineEntry(Dialog[Typed[Read] | None], Generic[Read]):
    """Asks for one line and shows below it how it is read; Enter takes it when it can be read.

    Args:
        title: what is asked.
        hint: what can be typed; shown while the line is empty.
        read: gives the line's meaning and the words that say it back; raises Refused.
        initial: the text to begin with, selected so that typing replaces it.
        placeholder: an example, shown in the empty line.
        editing: `initial` is what is stored: Enter on it only leaves, and no more than its first
            `selected` characters are selected.
    """

    keys: ClassVar[tuple[tuple[str, str], ...]] = (("enter", "save"), ("esc", "cancel"))
    """The keys at the foot of the box."""

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
        super().__init__(title, self.keys, error)
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
        self.show_meaning()

    def _show_end(self, line: LineInput) -> None:
        """Scroll to the cursor, which was set before the line had a width."""
        place = Region(cell_len(self._initial), 0, 1, 1)
        line.scroll_to_region(place, force=True, animate=False)

    @on(Input.Changed)
    def _follow(self) -> None:
        self.show_meaning()

    @on(Input.Submitted)
    def _take(self) -> None:
        typed = self.show_meaning(refuse_empty=True)
        if typed is None:
            return
        same = self._editing and not self._error and typed.text == self._initial
        self.dismiss(None if same else typed)

    @property
    def hint(self) -> str:
        """What can be typed; shown while the line is empty."""
        return self._hint

    def is_blank(self, text: str) -> bool:
        """Whether nothing is typed."""
        return not text.strip()

    def show_meaning(self, *, refuse_empty: bool = False) -> Typed[Read] | None:
        """Read the line and show below it how; None when it cannot be read."""
        text = self.query_one("#line", LineInput).value
        echo = self.query_one("#echo", Static)
        try:
            value, words = self._read(text)
        except Refused as refused:
            waiting = self.is_blank(text) and not refuse_empty
            put(echo, self.hint if waiting else str(refused))
            echo.set_class(waiting, "-hint")
            echo.set_class(not waiting, "-refused")
            return None
        put(echo, words)
        echo.remove_class("-hint", "-refused")
        return Typed(value, text)


def line_dialog(
    title: str, hint: str, read: Callable[[str], tuple[Read, str]], initial: str = "", **looks: Any
) -> Callable[[Typed[Read] | None, str], LineEntry[Read]]:
    """Makes the dialog that a conversation asks with: with what was typed before, if anything, and
    why that was not saved. `looks` are further arguments of `LineEntry`."""
    return lambda typed, error: LineEntry(
        title, hint, read, initial=typed.text if typed else initial, error=error, **looks
    )
