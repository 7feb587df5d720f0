"""The line at the foot of the board in which the filter is typed."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.line_input import LineInput


class FilterLine(LineInput):
    """One line without a frame. Arrows up and down are left to the board.

    `typed`, if given, is called with the text at every key, so that letter and board are painted
    together: a message would come after the letter, and wait for the next frame.

    | key | does |
    | :- | :- |
    | enter | keeps the filter |
    | escape | ends it |
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
        super().__init__(
            placeholder="company, role, place, #tag, words of a note",
            max_length=200,
            select_on_focus=False,
            id="filter",
        )
        self.cursor_blink = False

    def watch_value(self, value: str) -> None:
        """Tell what is typed."""
        if self._typed is not None and self.is_mounted:
            self._typed(value)

    def action_leave(self) -> None:
        """End the filter."""
        self.post_message(self.Ended())
