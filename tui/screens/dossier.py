"""Everything about one application, and everything that can be done to it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.card import Card, Dossier
from store.errors import NotFound
from tui.commands import bindings_for
from tui.screens.dossier_parts import FIRST, SECOND, heading
from tui.screens.page import Page
from tui.widgets.keybar import KeyBar

_LINES_A_STEP = 2


class DossierScreen(Page[None]):
    """The page of the application `application_id`; it closes when that is deleted."""

    where: ClassVar[str] = "dossier"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dossier")]
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (110, "-wide"),
    ]

    def __init__(self, application_id: int) -> None:
        super().__init__()
        self.application_id = application_id
        self._dossier: Dossier | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        with VerticalScroll(id="parts", can_focus=False), HorizontalGroup(id="columns"):
            for column in (FIRST, SECOND):
                with VerticalGroup(classes="column"):
                    for name in column:
                        yield Static(id=name, classes="part")
        yield KeyBar(self.where)

    def subject(self) -> Card | None:
        return self._dossier.card if self._dossier is not None else None

    async def reload(self) -> None:
        try:
            self._dossier = await self.rounds.desk.read(lambda g: g.dossier(self.application_id))
        except NotFound:
            if self.is_current:
                self.dismiss(None)
            return
        self.tick()

    def tick(self) -> None:
        dossier, now = self._dossier, self.rounds.now()
        if dossier is None:
            return
        self._show("heading", heading(dossier, now))
        for name, tell in (FIRST | SECOND).items():
            part = tell(dossier, now)
            widget = self._show(name, part.words)
            widget.display = bool(part.words)
            widget.border_title = Content(part.title)

    def _show(self, name: str, words: Content) -> Static:
        widget = self.query_one(f"#{name}", Static)
        if not words.is_same(widget.content):
            widget.update(words)
        return widget

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
