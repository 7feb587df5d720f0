"""The line at the foot of the board in which the filter is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.line_input import LineInput


class FilterLine(LineInput):
    """One line without a frame. Arrows up and down are left to the board.

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

    def __init__(self) -> None:
        super().__init__(
            placeholder="company, role, place, #tag, words of a note",
            max_length=200,
            select_on_focus=False,
            id="filter",
        )
        self.cursor_blink = False

    def action_leave(self) -> None:
        """End the filter."""
        self.post_message(self.Ended())
