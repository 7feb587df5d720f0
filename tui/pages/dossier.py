"""Everything about one application, and everything that can be done to it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.commands import bindings_for, moment_of
from tui.dialogs.dialog import WIDTHS, fit
from tui.pages.dossier_text import FIRST, LOUDNESS, SECOND, heading
from tui.pages.page import ScrollPage
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs


class DossierScreen(ScrollPage[None]):
    """The page of the application `application_id`; it closes when that is deleted."""

    where: ClassVar[str] = "dossier"
    scrolled: ClassVar[str] = "#parts"
    inked: ClassVar[tuple[type[Widget], ...]] = (Paragraphs, KeyBar)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dossier")]
    HORIZONTAL_BREAKPOINTS = WIDTHS

    def compose(self) -> ComposeResult:
        fit(self)
        yield Paragraphs(id="heading")
        with VerticalScroll(id="parts", can_focus=False), HorizontalGroup(id="columns"):
            for column, place in ((FIRST, "-first"), (SECOND, "-second")):
                with VerticalGroup(classes=f"column {place}"):
                    for name in column:
                        yield Paragraphs(id=name, classes=f"part {LOUDNESS.get(name, '')}")
        yield KeyBar(self.where)

    def draw(self) -> None:
        dossier, now = self._dossier, self.rounds.now()
        if dossier is None:
            return
        self.query_one(KeyBar).show(self.where, moment_of(dossier.card, now.date()))
        self.query_one("#heading", Paragraphs).show(*heading(dossier, now))
        for name, tell in (FIRST | SECOND).items():
            title, words = tell(dossier, now)
            part = self.query_one(f"#{name}", Paragraphs)
            part.display = bool(words)
            part.border_title = Content(title if name in LOUDNESS else f" {title} ")
            part.show(*words)
