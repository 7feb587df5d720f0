"""Fields to type in: one line, a text of many lines, a box to tick, a fold."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Checkbox, Input, TextArea

from store.rules.text import printable
from tui.widgets.cells import BOX, TICKED, clip

_FIELD = """
    height: 1;
    border: none;
    border-left: outer $foreground 62%;
    padding: 0 1;
    background: $foreground 12%;
    &:focus {
        border: none;
        border-left: outer $accent;
        background: $accent 16%;
        background-tint: transparent;
    }
"""
"""The look of a field of one line."""


def step_focus(screen: Screen[Any], step: int) -> None:
    """Focus the field below (1) or above (-1); beyond the first and the last the focus stays."""
    chain = screen.focus_chain
    if screen.focused in chain:
        place = chain.index(screen.focused) + step
        if 0 <= place < len(chain):
            chain[place].focus()


class LineInput(Input):
    """An Input that keeps all lines of a paste, joined by spaces, without control characters.

    Textual's own keeps the first line and drops the rest without a word.
    """

    DEFAULT_CSS = f"""
    LineInput {{
        {_FIELD}
        & > .input--placeholder {{ color: $foreground 72%; }}
    }}
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
        line = join_lines(text)
        if line:
            self.replace(line, *sorted(self.selection))


def join_lines(text: str) -> str:
    """Join the lines of `text` into one, without control characters.

    A single line keeps the spaces at its ends.
    """
    lines = printable(text).split("\n")
    if len(lines) == 1:
        return lines[0]
    return " ".join(line.strip() for line in lines if line.strip())


class NoteArea(TextArea):
    """A TextArea that drops control characters from what is pasted."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = printable(event.text)

    def render_line(self, y: int) -> Strip:
        """Nothing where no column is left: Textual cannot wrap an example to a width of 0."""
        if not self.content_size.width:
            return Strip.blank(0)
        return super().render_line(y)

    def go_to_end(self) -> None:
        self.move_cursor(self.document.end)


_HINT = "company, role, person, words in a note, #tag, stage:second due<7d quiet"


class FilterLine(LineInput):
    """The line of the filter. ↑ in an empty line brings back the last query; the other arrows
    go to the board.

    `typed`, if given, is called with the text at every key, so that letter and board are painted
    together: a message would come after the letter, and wait for the next frame. `offers`, if
    given, tells what a text can be completed to.

    | key | does |
    | :- | :- |
    | enter | keeps the filter |
    | escape | ends it |
    | up | in an empty line: the one before |
    | tab, shift+tab | complete the last word: in the next way, in the one before |
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Clear the filter", id="filter.end", show=False),
        Binding("tab", "complete(1)", "Complete the word", id="filter.complete", show=False),
        Binding("shift+tab", "complete(-1)", "Complete", id="filter.complete.2", show=False),
    ]

    DEFAULT_CSS: ClassVar[str] = """
    FilterLine {
        width: 1fr;
        background: $panel;
    }
    """

    class Ended(Message):
        """Escape was pressed: no filter any more."""

    def __init__(
        self,
        typed: Callable[[str], None] | None = None,
        offers: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        self._typed = typed
        self._offers = offers
        self._ways: Sequence[str] = ()
        """What the text can be completed to, and last as it was typed."""
        self._way = 0
        self._last = ""
        """The last query."""
        super().__init__(placeholder=_HINT, max_length=200, select_on_focus=False, id="filter")
        self.cursor_blink = False

    def begin(self) -> None:
        """Take the keys, with an empty line; the query is kept for ↑."""
        self._keep()
        self.value = ""
        self.placeholder = f"↑ {self._last} · {_HINT}" if self._last else _HINT
        self.focus()

    def clear_all(self) -> None:
        self._keep()
        self.value = ""

    def _keep(self) -> None:
        self._last = " ".join(self.value.split()) or self._last

    def on_key(self, event: events.Key) -> None:
        """Take ↑ in an empty line before the board does."""
        if event.key == "up" and not self.value and self._last:
            event.stop()
            event.prevent_default()
            self.value = self._last
            self.cursor_position = len(self.value)

    def watch_value(self, value: str) -> None:
        if self._typed is not None and self.is_mounted:
            self._typed(value)

    def action_leave(self) -> None:
        self.post_message(self.Ended())

    def action_complete(self, step: int) -> None:
        """Complete the last word; again, in another way, and round to what was typed."""
        if not self._ways or self.value != self._ways[self._way]:
            ways = self._offers(self.value) if self._offers is not None else ()
            self._ways, self._way = (*ways, self.value), len(ways)
        self._way = (self._way + step) % len(self._ways)
        self.value = self._ways[self._way]
        self.cursor_position = len(self.value)


class SwitchLine(Checkbox, inherit_bindings=False):
    """A checkbox that differs by its sign, not by colour alone; Space switches, Enter does not.

    Its label is shown literally.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_button", "Switch", show=False)
    ]
    DEFAULT_CSS = f"""
    SwitchLine {{
        width: 1fr;
        {_FIELD}
        &:focus > .toggle--label {{
            color: $foreground; background: transparent; text-style: none;
        }}
    }}
    """

    def __init__(self, label: str, *, value: bool, id: str) -> None:
        super().__init__(Content(label), value, id=id)

    @property
    def _button(self) -> Content:
        return Content(TICKED if self.value else BOX)


class FoldLine(Widget, can_focus=True):
    """A line that opens and closes what is below it.

    | key | does |
    | :- | :- |
    | enter, space | open or close |
    | right, left | open, close |

    Its `words`, which say what lies below, are drawn literally.
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
        border-left: outer $foreground 62%;
        &:focus { color: $foreground; border-left: outer $accent; background: $accent 16%; }
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
        """Open or close; None means the other of the two."""
        self.opened = not self.opened if opened is None else opened

    def on_click(self) -> None:
        self.action_turn()
