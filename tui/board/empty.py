"""What a board says that has no cards, or none that is looked for: in its columns, and in a box in
its middle.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from store.read.glance import read_all_closed
from store.rules.stages import AllClosed, Stage, all_closed_line
from store.rules.text import quoted
from tui.board.columns.face import EXAMPLE, Look
from tui.board.cursor import Cursor
from tui.board.live import Live
from tui.board.panel.panel import Panel
from tui.rounds import Rounds
from tui.widgets.cells import cell_len, clip
from tui.widgets.notice import Notice, Piece

IN_A_COLUMN: Mapping[Stage, str] = {
    Stage.APPLIED: "Applications you have sent stand here.",
    Stage.FIRST: "An invitation brings a card here: press i on the card.",
    Stage.SECOND: "A second interview brings a card: press i on it.",
    Stage.OFFER: "An offer brings a card here: press L on the card.",
}
"""What a column without cards says: what brings one there."""
WELCOME = (
    (("a", "key"), (" adds your first application", "")),
    (("", ""),),
    (("In your shell:", "muted"),),
    (("rounds import FILE", "strong"), (" imports your LinkedIn export", "")),
    (("rounds demo", "strong"), (" shows a board with sample data", "")),
)
ALL_CLOSED = (
    (("c", "key"), (" shows them and how each one ended", "")),
    (("a", "key"), (" adds another application", "")),
)
"""What the empty board says to a newcomer, and to somebody whose applications are all over."""


_LOOKED_FOR = 16
"""Cells of what is looked for, where nothing is found."""


def nothing_matches(query: str) -> tuple[tuple[Piece, ...], ...]:
    """What the board says when no card has what is looked for."""
    found = f"Nothing matches {quoted(clip(query, _LOOKED_FOR))}"
    return (((found, "strong"), (" · ", "muted"), ("Esc", "key"), (" clears the filter", "")),)


NOTHING_CELLS = sum(cell_len(text) for text, _ in nothing_matches("m" * _LOOKED_FOR)[0])
"""Cells of that with as much of a query as it tells: its place stays while a query is typed."""


class EmptyScreen(Protocol):
    """The screen on which there may be no card."""

    live: Live
    cursor: Cursor
    welcome: Notice
    panel: Panel

    @property
    def rounds(self) -> Rounds: ...
    def set_class(self, add: bool, *class_names: str) -> Any: ...


class Empty:
    """Tells why there is no card: nothing was ever there, all are closed, or none is found."""

    def __init__(self, screen: EmptyScreen) -> None:
        self._screen = screen
        self._asked = False
        self._finds_nothing = False
        """Whether something is looked for that no card has."""

    @property
    def _is_new(self) -> bool:
        """Whether nothing was ever written to the board."""
        live = self._screen.live
        return live.complete and not live.board.change_id

    def hint(self, stage: Stage) -> str:
        """What the column says where it is empty."""
        if self._screen.cursor.query:
            return ""
        return IN_A_COLUMN[stage] if self._screen.live.complete else ""

    def example(self, stage: Stage) -> Look | None:
        """What a card looks like, on the board of somebody who has none yet."""
        shown = self._is_new and stage is Stage.APPLIED and not self._screen.cursor.query
        return EXAMPLE if shown else None

    def show(self) -> None:
        """Show the box where there is no card, and no panel where none is found."""
        screen = self._screen
        empty = screen.live.complete and not any(screen.live.board.lanes.values())
        screen.set_class(empty, "-empty")
        self._finds_nothing = bool(screen.cursor.query) and not screen.cursor.shown
        # Not by a class of the screen: every widget would be styled anew, in the midst of typing.
        screen.welcome.display = empty or self._finds_nothing
        screen.panel.visible = not self._finds_nothing
        if self._finds_nothing:
            screen.welcome.say(nothing_matches(screen.cursor.query), least=NOTHING_CELLS)
        elif empty:
            self.say_why()

    def say_why(self) -> None:
        """Find out whether nothing is open any more, or nothing was ever there: a newcomer is
        greeted, nobody else is."""
        screen = self._screen
        if screen.live.feed is None or self._asked:
            return
        self._asked = True
        future = screen.rounds.desk.read(read_all_closed)
        future.add_done_callback(self._may_ask_again)
        screen.rounds.heed(future, self._show_why)

    def _may_ask_again(self, _: object) -> None:
        self._asked = False

    def _show_why(self, found: AllClosed | None) -> None:
        if self._finds_nothing:
            return
        self._screen.welcome.say(
            WELCOME if found is None else (((all_closed_line(found), "strong"),), *ALL_CLOSED)
        )
