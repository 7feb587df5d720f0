"""The keys for where the user is, and what the words on the cards mean."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from store.rules.chances.figures import QUALITIES, Typical, published
from store.rules.chances.words import DECIDES, figure_line, step_name
from store.rules.stages import ORDER, Stage
from store.rules.urgency import Level
from tui.commands import Command, commands_for, key_name
from tui.dialogs.dialog import WIDTHS, fit
from tui.rounds import MODALS, LeftOnce, ctrl_c
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Tone

TITLES = {
    "board": "The board",
    "panel": "The side panel",
    "today": "Due",
    "dossier": "Application",
    "closed": "Closed applications",
    "chances": "Chances",
    "behind": "Applications in this bar",
    "prepare": "Interview preparation",
    "draft": "Message",
    "interviews": "Interviews",
    "people": "People",
    "offer": "Offer",
    "compare": "Compare offers",
}
LEGEND: tuple[tuple[str, Tone | Level, str], ...] = (
    ("2 d late", Level.LATE, "overdue, still worth doing"),
    ("today", Level.TODAY, "due today"),
    ("in 3 d", Level.SOON, "upcoming interview, date or follow-up"),
    ("date? i", Level.ASK, "no date yet; press i to add it"),
    ("quiet", Level.DORMANT, "no reply for weeks; a reply brings it back"),
    ("▌", Tone.ACCENT, "selected card"),
)
"""The words on cards, as they are written there, and what they mean."""
_KEYS_WIDE = 13
_LANES = "lane."
_LABELS_WIDE = 12
_MUTED = "$foreground 66%"


class HelpScreen(LeftOnce, ModalScreen[None]):
    """What can be done at `where`, one of the screens named in the table of commands."""

    CSS_PATH = MODALS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss", "Back", tooltip="Close the help"),
        *ctrl_c("dismiss"),
        Binding("down,j", "scroll(2)", show=False),
        Binding("up,k", "scroll(-2)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        fit(self)
        groups = [
            _keys(title, [*_lanes_in_one(commands)]) for title, commands in grouped(self._where)
        ]
        half = _half([len(words) for words in groups])
        columns = groups[:half], [*groups[half:], _legend()]
        with VerticalScroll(id="help", can_focus=False), HorizontalGroup(id="columns"):
            for column in columns:
                with VerticalGroup(classes="column -first" if column is columns[0] else "column"):
                    for words in column:
                        yield Paragraphs(*words, classes="keys")

    def on_mount(self) -> None:
        if not self.children:  # the program ends while this opens
            return
        for words in self.query(Paragraphs):
            words.show_inks(self.rounds.inks)
        box = self.query_one("#help")
        box.border_title = Content(f"Keys · {TITLES.get(self._where, self._where)}")
        box.border_subtitle = Content.assemble(("esc", "bold $text-accent"), (" back", _MUTED))

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        box = self.query_one("#help")
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the top or the end."""
        box = self.query_one("#help")
        box.scroll_to(y=box.max_scroll_y if end else 0, animate=False)


def grouped(where: str) -> list[tuple[str, list[Command]]]:
    """The commands of a screen under the titles of their groups, in the order of the table."""
    commands = commands_for(where)
    order = list(dict.fromkeys(command.group for command in commands))
    by_group = sorted(commands, key=lambda command: order.index(command.group))
    return [(title, list(part)) for title, part in groupby(by_group, attrgetter("group"))]


def _lanes_in_one(commands: Iterable[Command]) -> Iterator[Command]:
    """The commands, with those that only differ in the number of a lane as one."""
    keys: tuple[str, ...] = ()
    for command in commands:
        if not command.id.startswith(_LANES):
            yield command
            continue
        keys += command.keys
        if len(keys) == len(ORDER):
            yield command._replace(
                keys=keys, label="Column", tooltip="Go to the column of that number"
            )


def _half(sizes: list[int]) -> int:
    """How many groups make the left column, so that the longer column is as short as can be."""
    sizes = [size + 1 for size in [*sizes, len(LEGEND) + 1]]
    return min(range(len(sizes)), key=lambda place: max(sum(sizes[:place]), sum(sizes[place:])))


def _keys(title: str, commands: list[Command]) -> tuple[Paragraph, ...]:
    lines = (
        Paragraph(
            command.tooltip,
            Tone.MUTED,
            lead=f"{' '.join(map(key_name, command.keys)):<{_KEYS_WIDE}}",
            lead_tone=Tone.STRONG,
            second=f"{command.label:<{_LABELS_WIDE}}",
        )
        for command in commands
    )
    return Paragraph(title, Tone.ACCENT), *lines


def _legend() -> tuple[Paragraph, ...]:
    lines = (
        Paragraph(meaning, Tone.MUTED, lead=f"{word:<{_KEYS_WIDE}}", lead_tone=tone)
        for word, tone, meaning in LEGEND
    )
    return Paragraph("Card labels", Tone.ACCENT), *lines


_MUTED = "$foreground 66%"


class FiguresScreen(LeftOnce, ModalScreen[None]):
    """The published figures, those of the step out of `stage` first."""

    CSS_PATH = MODALS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q", "dismiss", "Back", tooltip="Close the figures"),
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
        self.query_one(Paragraphs).show_inks(self.rounds.inks)
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
