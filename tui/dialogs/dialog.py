"""The base of all small screens above the board: a box, a title, an error, keys at its foot."""

from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Label, Static

from tui.rounds import MODALS, LeftOnce, ctrl_c
from tui.widgets.cells import cell_len
from tui.widgets.choice_fields import OneOf
from tui.widgets.keybar import key_hints

Answer = TypeVar("Answer")

WIDTHS = [(0, "-narrow"), (110, "-wide")]
"""From 110 columns on there is room for two columns of fields or words."""
LIST_WIDTHS = [*WIDTHS, (150, "-broad")]
"""From 150 columns on a list and all about its line stand beside each other."""
HEIGHTS = [(0, "-low"), (34, "-tall")]
"""From 34 lines on there is room for empty lines between fields."""
_TITLE_AT_MOST = 200
_BESIDE_TITLE = 6
"""Cells of the border on both sides of its title."""


def fit(screen: Screen[Any]) -> None:
    """Give `screen` the classes of its size; to be called while it is composed.

    Textual sets them only after the first picture, and the second one would jump.
    """
    size = screen.app.size
    for places, cells in (
        (screen.HORIZONTAL_BREAKPOINTS, size.width),
        (screen.VERTICAL_BREAKPOINTS, size.height),
    ):
        fitting = [name for least, name in sorted(places or ()) if least <= cells]
        screen.add_class(*fitting[-1:])


def put(place: Static, words: str) -> None:
    """Show `words`, literally, in `place`; where they stand already nothing is done, for each new
    text lays out the whole screen anew: with every letter, that is felt."""
    if place.content != Content(words):
        place.update(Content(words))


def beside(label: str, field: Widget, *, id: str | None = None) -> ComposeResult:
    """A label, and `field` on the same line."""
    with HorizontalGroup(classes="line"):
        yield Label(label, classes="name", id=id)
        yield field


class Box(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What holds the fields. It scrolls a page at a time; the arrows are for the fields, which
    scroll into view by themselves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
    ]

    def on_resize(self) -> None:
        """The border has more room for the title now, or less."""
        if isinstance(self.screen, Dialog):
            self.screen.show_title(self.outer_size.width - _BESIDE_TITLE)


class Dialog(LeftOnce, ModalScreen[Answer]):
    """A box in the middle of the screen; Esc leaves it with None.

    While there is unsaved text, the first Esc only warns that a second one discards it.

    Args:
        title: shown in the border, literally.
        keys: the keys that work here, shown at the foot: (key, what it does).
        error: a sentence at the top, when the dialog is opened again after a failure.
    """

    CSS_PATH = MODALS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Leave without saving"),
        *ctrl_c("leave"),
        # First of all, so that letters typed right after it land in the next field.
        Binding("tab", "app.focus_next", "Next field", id="dialog.next", priority=True),
        Binding(
            "shift+tab", "app.focus_previous", "Previous field", id="dialog.back", priority=True
        ),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    short_title = ""
    """The title where the whole one has no room in the border, if there is a shorter one."""

    def __init__(self, title: str, keys: tuple[tuple[str, str], ...], error: str = "") -> None:
        super().__init__()
        self._title = title
        self._keys = keys
        self._error = error
        self.shown_keys: tuple[tuple[str, str], ...] = ()
        """The keys at the foot now; none while it says something else."""
        self._warned = False

    def compose(self) -> ComposeResult:
        fit(self)
        yield Static(id="no-keys")
        with Box(classes="dialog", id="dialog"):
            yield Static(Content(self._error), id="error")
            yield from self.fields()

    def fields(self) -> ComposeResult:
        """The inside of the box."""
        yield from ()

    def on_mount(self) -> None:
        if self.query("#error"):  # there is nothing inside when the program ends while this opens
            self.ready()

    def ready(self) -> None:
        """Fill the fields, and focus one of them: they are mounted now."""
        self.show_title(_TITLE_AT_MOST)
        self.show_keys(self._keys)
        self.query_one("#error").display = bool(self._error)

    def show_title(self, cells: int) -> None:
        """Show the title in the border, or the short one where that has only `cells` for it."""
        title = self._title[:_TITLE_AT_MOST].replace("\n", " ")
        if self.short_title and cell_len(title) > cells:
            title = self.short_title
        box = self.query_one("#dialog")
        if box.border_title != Content(title):
            box.border_title = Content(title)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show at the foot what these keys do."""
        self.shown_keys = keys
        self.query_one("#dialog").border_subtitle = key_hints(*keys)

    @on(OneOf.Typed)
    def _show_typed(self, message: OneOf.Typed) -> None:
        """Show at the foot the letters that choose, in the place of the first key there."""
        if message.refused:
            self.show_foot(f"Nothing here begins with “{message.letters}{message.refused}”")
        elif message.letters:
            self.show_keys(((f"“{message.letters}”", "typed"), *self._keys[1:]))
        elif self.shown_keys != self._keys:
            self.show_keys(self._keys)

    def show_foot(self, words: str) -> None:
        """Show `words` at the foot, in the place of the keys: it is seen wherever one scrolled."""
        self.shown_keys = ()
        foot = Content.styled(words, "bold $text-warning")
        self.query_one("#dialog").border_subtitle = foot

    def say(self, sentence: str) -> None:
        """Show `sentence` at the top of the box; an empty one removes it."""
        error = self.query_one("#error", Static)
        put(error, sentence)
        error.display = bool(sentence)

    def is_unsaved(self) -> bool:
        """Whether leaving now would discard what was typed."""
        return False

    def note_typing(self) -> None:
        """Take note that something was typed: the next Esc warns again."""
        if self._warned:
            self._warned = False
            self.say("")

    def action_leave(self) -> None:
        """Leave without an answer."""
        if self.is_unsaved() and not self._warned:
            self._warned = True
            self.say(f"Not saved. Press {self._saving} to save, or Esc again to discard.")
            return
        self.dismiss(None)

    @property
    def _saving(self) -> str:
        """The key that saves, as the foot names it here."""
        keys = self.shown_keys or self._keys
        shown = next((key for key, does in keys if does == "save"), "ctrl+s")
        return "+".join(part.capitalize() for part in shown.split("+"))

    def focus_field(self, field: Widget) -> None:
        field.focus()
        field.scroll_visible(animate=False)
