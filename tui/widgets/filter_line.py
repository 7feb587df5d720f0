"""The line at the foot of the board in which the filter is typed."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.line_input import LineInput

_HINT = "company, role, place, source, person, #tag, words of a note or debrief"


class FilterLine(LineInput):
    """One line without a frame. Arrows up and down are left to the board, except that ↑ in an
    empty line brings back what was looked for before.

    `typed`, if given, is called with the text at every key, so that letter and board are painted
    together: a message would come after the letter, and wait for the next frame.

    | key | does |
    | :- | :- |
    | enter | keeps the filter |
    | escape | ends it |
    | up | in an empty line: the one before |
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "End the filter", id="filter.end", show=False),
    ]

    DEFAULT_CSS: ClassVar[str] = """
    FilterLine {
        width: 1fr;
        background: $panel;
    }
    """

    class Ended(Message):
        """Escape was pressed: no filter any more."""

    def __init__(self, typed: Callable[[str], None] | None = None) -> None:
        self._typed = typed
        self._last = ""
        """What was looked for last: kept when the line is left or begun again."""
        super().__init__(
            placeholder=_HINT,
            max_length=200,
            select_on_focus=False,
            id="filter",
        )
        self.cursor_blink = False

    def begin(self) -> None:
        """Take the keys, with nothing typed; what was typed is kept for ↑."""
        self._keep()
        self.value = ""
        self.placeholder = f"↑ {self._last} · {_HINT}" if self._last else _HINT
        self.focus()

    def clear_all(self) -> None:
        """Nothing is looked for any more; what was is kept for ↑."""
        self._keep()
        self.value = ""

    def _keep(self) -> None:
        self._last = " ".join(self.value.split()) or self._last

    def on_key(self, event: events.Key) -> None:
        """↑ in an empty line, before the board takes it for its cursor."""
        if event.key == "up" and not self.value and self._last:
            event.stop()
            event.prevent_default()
            self.value = self._last
            self.cursor_position = len(self.value)

    def watch_value(self, value: str) -> None:
        """Tell what is typed."""
        if self._typed is not None and self.is_mounted:
            self._typed(value)

    def action_leave(self) -> None:
        """End the filter."""
        self.post_message(self.Ended())
