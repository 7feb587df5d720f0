"""Words in a row, one of them chosen: the kinds that Tab leads through."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.cells import cell_len

_GAP = 2


class KindStrip(Widget, can_focus=False):
    """All words in as many lines as they take; the chosen one stands out.

    Args:
        words: what is shown, by name, in order.
        chosen: the name chosen at first.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KindStrip {
        height: auto;
        & > .kind-strip--word { color: $text-muted; }
        & > .kind-strip--chosen { color: $foreground; background: $accent 30%; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"kind-strip--word", "kind-strip--chosen"}

    chosen: reactive[str] = reactive("")
    """The name of the word that is chosen."""

    class Pressed(Message):
        """Posted when a word was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, words: Mapping[str, str], chosen: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = dict(words)
        self.set_reactive(KindStrip.chosen, chosen)

    def neighbour(self, step: int) -> str:
        """The name `step` places further; after the last comes the first."""
        names = list(self._words)
        return names[(names.index(self.chosen) + step) % len(names)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def render(self) -> Content:
        word, strong = (self.get_visual_style(f"kind-strip--{part}") for part in ("word", "chosen"))
        lines = [
            Content(" " * (_GAP - 1)).join(
                Content.assemble(
                    (f" {self._words[name]} ", strong if name == self.chosen else word)
                )
                for name in line
            )
            for line in self._lines(self.size.width)
        ]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        lines = self._lines(self.size.width)
        if place is None or place.y >= len(lines):
            return
        right = 0
        for name in lines[place.y]:
            right += cell_len(self._words[name]) + _GAP + 1
            if place.x < right:
                self.post_message(self.Pressed(name))
                return

    def _lines(self, width: int) -> list[list[str]]:
        """The names, line by line."""
        lines: list[list[str]] = [[]]
        used = 0
        for name, word in self._words.items():
            size = cell_len(word) + _GAP + 1
            if lines[-1] and used + size - 1 > width:
                lines.append([])
                used = 0
            lines[-1].append(name)
            used += size
        return lines
