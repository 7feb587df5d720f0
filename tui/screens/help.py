"""The keys for where the user is, and what the words on the cards mean."""

from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import Command, commands_for, key_name

TITLES = {
    "board": "The board",
    "panel": "The side panel",
    "today": "What is due",
    "dossier": "One application",
    "closed": "Closed applications",
}
LEGEND = (
    ("late", "bold $text-error", "its day or hour is over; still worth doing"),
    ("today", "bold $text-warning", "to be done before the day ends"),
    ("in 3d", "$text-accent", "an interview, a date or a follow-up that is coming"),
    ("when? i", "$text-accent", "a date is missing; i asks for it"),
    ("quiet", "$foreground 66%", "silent for so long that only they can wake it"),
    ("▌", "$accent", "the card that the keys act on"),
)
"""The words on cards, and what they mean."""
_LABEL = "bold"
_MUTED = "$foreground 66%"


class HelpScreen(ModalScreen[None]):
    """What can be done at `where`, one of the screens named in the table of commands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss", "Back", tooltip="Leave the help"),
        Binding("down,j", "scroll(2)", show=False),
        Binding("up,k", "scroll(-2)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (110, "-wide"),
    ]

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        groups = grouped(self._where)
        half = _half([len(commands) for _, commands in groups])
        with VerticalScroll(id="help", can_focus=False):
            with HorizontalGroup(id="columns"):
                for part in (groups[:half], groups[half:]):
                    with VerticalGroup(classes="column"):
                        for title, commands in part:
                            yield Static(_keys(title, commands), classes="keys")
            yield Static(_legend(), classes="keys", id="legend")

    def on_mount(self) -> None:
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


def _half(sizes: list[int]) -> int:
    """How many groups make the left column, so that both are about as long."""
    total = sum(sizes) + 2 * len(sizes)
    filled = 0
    for place, size in enumerate(sizes):
        filled += size + 2
        if filled * 2 >= total:
            return place + 1
    return len(sizes)


def _keys(title: str, commands: list[Command]) -> Content:
    lines = [Content.assemble((title, "bold $text-accent"))]
    for command in commands:
        keys = " ".join(key_name(key) for key in command.keys)
        lines.append(
            Content.assemble(
                (f"{keys:<12} ", _LABEL), f"{command.label:<13} ", (command.tooltip, _MUTED)
            )
        )
    return Content("\n").join(lines)


def _legend() -> Content:
    lines = [Content.assemble(("What cards say", "bold $text-accent"))]
    for word, style, meaning in LEGEND:
        lines.append(Content.assemble((f"{word:<12} ", style), (meaning, _MUTED)))
    return Content("\n").join(lines)
