"""A line that opens and closes what lies below it: “▸ More: …”."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.cells import clip


class FoldLine(Widget, can_focus=True):
    """One line with a sign that tells whether what lies below it is shown.

    | key | does |
    | :- | :- |
    | enter, space | open or close |
    | right, left | open, close |

    Args:
        words: what lies below, drawn literally.
        opened: whether it is open at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn", "Open or close", show=False),
        Binding("right", "turn(True)", "Open", show=False),
        Binding("left", "turn(False)", "Close", show=False),
    ]
    DEFAULT_CSS = """
    FoldLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        border-left: outer $foreground 15%;
        &:focus { color: $foreground; border-left: outer $accent; background: $accent 12%; }
    }
    """

    opened: reactive[bool] = reactive(False)
    """Whether what lies below is shown."""

    class Turned(Message):
        """Posted when it was opened or closed."""

    def __init__(self, words: str, *, opened: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = words
        self.set_reactive(FoldLine.opened, opened)

    def render(self) -> Content:
        return Content(clip(f"{'▾' if self.opened else '▸'} {self._words}", self.size.width))

    def watch_opened(self) -> None:
        self.post_message(self.Turned())

    def action_turn(self, opened: bool | None = None) -> None:
        """Open or close; without a wish the one that it is not."""
        self.opened = not self.opened if opened is None else opened

    def on_click(self) -> None:
        self.action_turn()
