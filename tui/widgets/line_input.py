"""One line of text: Textual's Input, except that a paste of several lines loses nothing."""

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from store.rules.text import printable


class LineInput(Input):
    """An Input that keeps every line of a paste, joined by spaces, and nothing a terminal obeys.

    Textual's own keeps the first line and drops the rest without a word.
    """

    DEFAULT_CSS = """
    LineInput {
        height: 1;
        border: none;
        border-left: outer $foreground 15%;
        padding: 0 1;
        background: $foreground 5%;
        &:focus {
            border: none;
            border-left: outer $accent;
            background: $accent 12%;
            background-tint: transparent;
        }
    }
    """

    virtual_size = Reactive(Size(0, 0))
    """The room that the text takes. The line stays as wide and high as it is, so that nothing is
    laid out anew with each letter, as Textual would."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._put(event.text)

    def action_paste(self) -> None:
        """Paste what the program itself copied last (ctrl+v)."""
        self._put(self.app.clipboard)

    def _put(self, text: str) -> None:
        line = one_line(text)
        if line:
            self.replace(line, *sorted(self.selection))


def one_line(text: str) -> str:
    """`text` on one line, harmless; a single line keeps its spaces at both ends."""
    lines = printable(text).split("\n")
    if len(lines) == 1:
        return lines[0]
    return " ".join(line.strip() for line in lines if line.strip())
