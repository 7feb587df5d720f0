"""Everything about one application, and everything that can be done to it."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content

from store.model.dossier import Dossier
from tui.conversation import moment_of
from tui.dialogs.dialog import WIDTHS
from tui.pages.dossier_text import FIRST, LOUDNESS, SECOND, heading
from tui.pages.page import Page, Scrolled
from tui.widgets.keybar import KeyBar
from tui.widgets.paragraphs import Paragraphs


class DossierScreen(Scrolled[None], Page[None], where="dossier"):
    """The page of the application `application_id`; it closes when that is deleted."""

    scrolled: ClassVar[str] = "#parts"
    HORIZONTAL_BREAKPOINTS = WIDTHS

    def parts(self) -> ComposeResult:
        yield Paragraphs(id="heading")
        with VerticalScroll(id="parts", can_focus=False), HorizontalGroup(id="columns"):
            for column, place in ((FIRST, "-first"), (SECOND, "-second")):
                with VerticalGroup(classes=f"column {place}"):
                    for name in column:
                        yield Paragraphs(id=name, classes=f"part {LOUDNESS.get(name, '')}")

    def draw_dossier(self, dossier: Dossier, now: datetime) -> None:
        self.query_one(KeyBar).show(self.where, moment_of(dossier.card, now.date()))
        self.query_one("#heading", Paragraphs).show(*heading(dossier, now))
        for name, tell in (FIRST | SECOND).items():
            title, words = tell(dossier, now)
            part = self.query_one(f"#{name}", Paragraphs)
            part.display = bool(words)
            part.border_title = Content(title if name in LOUDNESS else f" {title} ")
            part.show(*words)
