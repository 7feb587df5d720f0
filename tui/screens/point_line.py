"""One line with a kind: a concern, a piece of news, a question, a story …"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from store.rules.point_line import PointText, hint, kind_named, read_point
from store.rules.points import KINDS
from store.rules.refusal import Refused
from tui.screens.dialog import Dialog, put
from tui.widgets.kind_strip import KindStrip
from tui.widgets.line_input import LineInput


@dataclass(frozen=True, slots=True)
class PointTyped:
    """A point as read, and the line and the kind as they were left."""

    point: PointText
    line: str
    kind: str


class PointLine(Dialog[PointTyped | None]):
    """Asks for a line and its kind; Tab leads to the next kind, Enter takes both.

    A kind in front of the line ("news: …") is taken too.

    Args:
        title: whose point it is.
        today: the day at the user's place.
        kinds: the kinds that may be, in the order of Tab; the first is chosen.
        line: what the line begins with.
        typed: what was typed before, when the dialog is opened again.
        error: why the last try was not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "kind(1)", "Next kind", id="point.kind.next", priority=True),
        Binding("shift+tab", "kind(-1)", "Kind before", id="point.kind.back", priority=True),
    ]

    def __init__(
        self,
        title: str,
        today: date,
        kinds: Sequence[str],
        *,
        line: str = "",
        typed: PointTyped | None = None,
        error: str = "",
    ) -> None:
        keys = (("tab shift+tab", "kind"), ("enter", "save"), ("esc", "cancel"))
        super().__init__(title, keys, error)
        self._today = today
        self._kinds = tuple(kinds)
        self._kind = typed.kind if typed is not None else self._kinds[0]
        self._initial = typed.line if typed is not None else line

    def fields(self) -> ComposeResult:
        yield KindStrip({name: KINDS[name].title for name in self._kinds}, self._kind, id="kinds")
        yield LineInput(self._initial, select_on_focus=False, id="line")
        yield Static(id="echo")

    def ready(self) -> None:
        super().ready()
        line = self.query_one("#line", LineInput)
        line.selection = Selection.cursor(len(self._initial))
        line.focus()
        self._reading()

    @property
    def kind(self) -> str:
        """The kind that counts: the one in front of the line, else the one chosen."""
        named = kind_named(self.query_one("#line", LineInput).value)
        return named[0] if named and named[0] in self._kinds else self._kind

    def action_kind(self, step: int) -> None:
        """The next kind, or the one before."""
        self._choose(self.query_one("#kinds", KindStrip).neighbour(step))

    @on(KindStrip.Pressed)
    def _pressed(self, pressed: KindStrip.Pressed) -> None:
        self._choose(pressed.name)

    def _choose(self, kind: str) -> None:
        """Take `kind`; one that stands in front of the line gives way."""
        line = self.query_one("#line", LineInput)
        if named := kind_named(line.value):
            line.value = named[2]
            line.selection = Selection.cursor(len(named[2]))
        self._kind = kind
        self._reading()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._reading()

    @on(Input.Submitted)
    def _entered(self) -> None:
        if (typed := self._reading(refuse_empty=True)) is not None:
            self.dismiss(typed)

    def _reading(self, *, refuse_empty: bool = False) -> PointTyped | None:
        """What the line means now, shown below it; None when it cannot be read."""
        text = self.query_one("#line", LineInput).value
        echo, kind = self.query_one("#echo", Static), self.kind
        self.query_one("#kinds", KindStrip).chosen = kind
        named = kind_named(text)
        waiting = not (named[2] if named else text).strip() and not refuse_empty
        try:
            if waiting:
                raise Refused(hint(kind))
            point, words = read_point(text, kind, self._today, kinds=self._kinds)
        except Refused as refused:
            put(echo, str(refused))
            echo.set_class(waiting, "-hint")
            echo.set_class(not waiting, "-refused")
            return None
        put(echo, words)
        echo.remove_class("-hint", "-refused")
        return PointTyped(point, text, kind)
