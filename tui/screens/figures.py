"""What is published about each step: range, who was asked, year, quality, source."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from store.rules.chances.figures import QUALITIES, Typical, published
from store.rules.chances.words import DECIDES, figure_line, step_name
from store.rules.stages import ORDER, Stage
from tui.screens.leaving import LeftOnce, ctrl_c
from tui.sheets import MODALS
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Tone

if TYPE_CHECKING:
    from tui.app import RoundsApp

_MUTED = "$foreground 66%"


class FiguresScreen(LeftOnce, ModalScreen[None]):
    """The published figures, those of the step out of `stage` first."""

    CSS_PATH = MODALS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q", "dismiss", "Back", tooltip="Leave the figures"),
        *ctrl_c("dismiss"),
        Binding("down,j", "scroll(2)", show=False),
        Binding("up,k", "scroll(-2)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="figures", can_focus=False):
            yield Paragraphs(*figure_words(self._stage))

    def on_mount(self) -> None:
        if not self.children:  # the program ends while this opens
            return
        self.query_one(Paragraphs).show_inks(cast("RoundsApp", self.app).inks)
        box = self.query_one("#figures")
        box.border_title = Content("Published figures")
        box.border_subtitle = Content.assemble(("esc", "bold $text-accent"), (" back", _MUTED))

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one("#figures").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        box = self.query_one("#figures")
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the top or the end."""
        box = self.query_one("#figures")
        box.scroll_to(y=box.max_scroll_y if end else 0, animate=False)


def figure_words(stage: Stage) -> tuple[Paragraph, ...]:
    """All figures of the four steps and of the whole way, those of `stage` first."""
    found = published()
    steps = sorted(ORDER, key=lambda other: other is not stage)
    parts = [(step_name(other), found.steps[other]) for other in steps]
    words = [Paragraph(DECIDES, Tone.MUTED)]
    for title, typical in [*parts, ("the whole way", found.whole)]:
        words += _part(f"{title[:1].upper()}{title[1:]}", typical)
    words += [Paragraph(), Paragraph("Quality", Tone.ACCENT)]
    words += [Paragraph(meaning, lead=mark) for mark, meaning in QUALITIES.items()]
    return tuple(words)


def _part(title: str, typical: Typical) -> Iterator[Paragraph]:
    yield Paragraph()
    yield Paragraph(title, Tone.ACCENT)
    yield Paragraph(f"Typical: {typical.range} ({typical.years}, quality {typical.quality}).")
    yield Paragraph(typical.caption, Tone.MUTED)
    for figure in typical.figures:
        yield Paragraph(figure_line(figure), lead="·")
