"""Everything about one application, and everything that can be done to it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.commands import bindings_for
from tui.dialogs.dialog import WIDTHS, fit
from tui.pages.dossier_text import FIRST, SECOND, heading
from tui.pages.page import OneApplication
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs

_LINES_A_STEP = 2


class DossierScreen(OneApplication):
    """The page of the application `application_id`; it closes when that is deleted."""

    where: ClassVar[str] = "dossier"
    bar: ClassVar[tuple[str, ...]] = (
        "note",
        "interview",
        "prepare",
        "write",
        "back",
        "debrief",
        "replied",
        "edit",
        "point",
        "people",
        "interviews",
        "done",
        "close",
        "offer",
        "lesson",
        "undo",
        "snooze",
        "move.to",
        "posting",
        "help",
        "palette",
    )
    inked: ClassVar[tuple[type[Widget], ...]] = (Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dossier")]
    HORIZONTAL_BREAKPOINTS = WIDTHS

    def compose(self) -> ComposeResult:
        fit(self)
        yield Paragraphs(id="heading")
        with VerticalScroll(id="parts", can_focus=False), HorizontalGroup(id="columns"):
            for column in (FIRST, SECOND):
                with VerticalGroup(classes="column"):
                    for name in column:
                        yield Paragraphs(id=name, classes="part")
        yield KeyBar(self.where, self.bar)

    def draw(self) -> None:
        dossier, now = self._dossier, self.rounds.now()
        if dossier is None:
            return
        self.query_one("#heading", Paragraphs).show(*heading(dossier, now))
        for name, tell in (FIRST | SECOND).items():
            title, words = tell(dossier, now)
            part = self.query_one(f"#{name}", Paragraphs)
            part.display = bool(words)
            part.border_title = Content(title)
            part.show(*words)

    def action_cursor(self, step: int) -> None:
        """Scroll by a little."""
        self.query_one("#parts").scroll_relative(y=step * _LINES_A_STEP, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        parts = self.query_one("#parts")
        parts.scroll_relative(y=pages * max(1, parts.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the top or the end."""
        parts = self.query_one("#parts")
        parts.scroll_to(y=0 if end < 0 else parts.max_scroll_y, animate=False)
