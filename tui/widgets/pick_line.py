"""One of a few words, chosen where they stand: a relation, a number from 1 to 5."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.cells import cell_len

_GAP = 1


class PickLine(Widget, can_focus=True):
    """Words beside each other, the chosen one in brackets; they wrap where they have to.

    | key | does |
    | :- | :- |
    | left, right, space | choose the neighbour |
    | first letter or digit | choose the (next) one that begins with it |
    | backspace, delete | choose the first one |

    Args:
        choices: what each choice stands for, and its word.
        chosen: the choice to begin with; the first one when there is no such.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right,space", "step(1)", "Next", show=False),
        Binding("backspace,delete", "first", "First", show=False),
    ]
    DEFAULT_CSS = """
    PickLine {
        height: auto;
        border-left: outer $foreground 15%;
        padding: 0 1;
        background: $foreground 5%;
        color: $text-muted;
        &:focus { border-left: outer $accent; background: $accent 12%; }
        & > .pick-line--chosen { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick-line--chosen"}

    place: reactive[int] = reactive(0)
    """The place of the choice made, from 0."""

    class Changed(Message):
        """Posted when another choice was made."""

    def __init__(
        self, choices: Mapping[str, str], chosen: str = "", *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._keys = tuple(choices)
        self._words = tuple(choices.values())
        place = self._keys.index(chosen) if chosen in choices else 0
        self.set_reactive(PickLine.place, place)

    @property
    def value(self) -> str:
        """What the chosen word stands for."""
        return self._keys[self.place]

    def render(self) -> Content:
        look = self.get_visual_style("pick-line--chosen")
        lines = []
        for places in self._lines(self.content_size.width):
            words = [
                Content.styled(f"[{self._words[place]}]", look)
                if place == self.place
                else Content(f" {self._words[place]} ")
                for place in places
            ]
            lines.append(Content(" " * _GAP).join(words))
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def validate_place(self, place: int) -> int:
        return max(0, min(place, len(self._words) - 1))

    def watch_place(self) -> None:
        self.post_message(self.Changed())

    def action_step(self, step: int) -> None:
        """Choose the neighbour."""
        self.place += step

    def action_first(self) -> None:
        """Choose the first one."""
        self.place = 0

    def on_key(self, event: events.Key) -> None:
        typed = (event.character or "").lower()
        if not typed.isalnum():
            return
        count = len(self._words)
        for step in range(1, count + 1):
            place = (self.place + step) % count
            if self._words[place].lower().startswith(typed):
                self.place = place
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        lines = self._lines(self.content_size.width)
        left = 0
        for place in lines[offset.y] if offset.y < len(lines) else ():
            left += cell_len(self._words[place]) + 2 + _GAP
            if offset.x < left:
                self.place = place
                return

    def _lines(self, width: int) -> list[list[int]]:
        """The places of the words of each line."""
        lines: list[list[int]] = [[]]
        used = 0
        for place, word in enumerate(self._words):
            size = cell_len(word) + 2
            if lines[-1] and used + size > width:
                lines.append([])
                used = 0
            lines[-1].append(place)
            used += size + _GAP
        return lines
