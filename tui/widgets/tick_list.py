"""Lines with a box each."""

from collections.abc import Collection, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from tui.widgets.cells import wrap

_BOX = 4
"""Cells: the box, and the space after it."""


class TickList(Widget, can_focus=True):
    """Lines under each other that can be ticked; the focus enters at the line it left.

    | key | does |
    | :- | :- |
    | up, down | go to the line above, below; beyond an end, to the next field |
    | space, x | tick, or take the tick away |

    Args:
        lines: what each line stands for, and its text, which is drawn literally.
        ticked: those that are ticked at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("space,x", "tick", "Tick", show=False),
    ]
    DEFAULT_CSS = """
    TickList {
        height: auto;
        border-left: outer $foreground 15%;
        padding: 0 1;
        background: $foreground 5%;
        color: $text-muted;
        &:focus { border-left: outer $accent; }
        & > .tick-list--ticked { color: $foreground; }
        & > .tick-list--cursor { color: $foreground; background: $accent 20%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tick-list--ticked", "tick-list--cursor"}

    class Changed(Message):
        """Posted when a line was ticked, or its tick was taken away."""

    def __init__(
        self, lines: Mapping[str, str], ticked: Collection[str] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._keys = tuple(lines)
        self._texts = tuple(lines.values())
        self._ticked = {key for key in ticked if key in lines}
        self._cursor = 0

    @property
    def ticked(self) -> tuple[str, ...]:
        """What the ticked lines stand for, in their order."""
        return tuple(key for key in self._keys if key in self._ticked)

    def render(self) -> Content:
        plain, ticked, cursor = (
            self.visual_style,
            self.get_visual_style("tick-list--ticked"),
            self.get_visual_style("tick-list--cursor"),
        )
        lines: list[Content] = []
        width = self.content_size.width
        for place, key in enumerate(self._keys):
            here = self.has_focus and place == self._cursor
            look = cursor if here else ticked if key in self._ticked else plain
            box = "[x] " if key in self._ticked else "[ ] "
            for text in self._wrapped(place, width):
                lines.append(Content.styled(f"{box}{text}".ljust(width), look))
                box = " " * _BOX
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return sum(len(self._wrapped(place, width)) for place in range(len(self._keys)))

    def action_step(self, step: int) -> None:
        """To the line above or below, or out of the list."""
        place = self._cursor + step
        if not 0 <= place < len(self._keys):
            (self.screen.focus_next if step > 0 else self.screen.focus_previous)()
            return
        self._go(place)

    def action_tick(self) -> None:
        """Tick the line, or take its tick away."""
        self._ticked ^= {self._keys[self._cursor]}
        self.refresh()
        self.post_message(self.Changed())

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        bottom = 0
        for place in range(len(self._keys)):
            bottom += len(self._wrapped(place, self.content_size.width))
            if offset.y < bottom:
                self._go(place)
                self.action_tick()
                return

    def on_focus(self) -> None:
        self._go(self._cursor)

    def on_blur(self) -> None:
        self.refresh()

    def _go(self, place: int) -> None:
        self._cursor = place
        self.refresh()
        width = self.content_size.width
        above = sum(len(self._wrapped(n, width)) for n in range(place))
        line = Region(0, above, width, len(self._wrapped(place, width)))
        self.call_after_refresh(self._show, line)

    def _show(self, line: Region) -> None:
        """Bring a line into view, wherever a box around it scrolls."""
        for box in self.ancestors:
            if isinstance(box, Widget) and box.allow_vertical_scroll:
                place = self.content_region.offset - box.content_region.offset + box.scroll_offset
                box.scroll_to_region(line.translate(place), animate=False)
                return

    def _wrapped(self, place: int, width: int) -> tuple[str, ...]:
        return wrap(self._texts[place], max(1, width - _BOX)) or ("",)
