"""A few choices, one key each."""

from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(NamedTuple):
    """One choice: its name, and a remark beside it."""

    name: str
    remark: str = ""


class ChoiceList(Widget, can_focus=True):
    """Choices under each other. A digit or a first letter chooses, so do the arrows.

    | key | does |
    | :- | :- |
    | 1–9 | choose the first, the second … |
    | first letter | choose the (next) one that begins with it |
    | up, down | choose the one above, below |
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceList {
        height: auto;
        & > .choice-list--key { color: $text-accent; text-style: bold; }
        & > .choice-list--remark { color: $text-muted; }
        & > .choice-list--chosen { text-style: bold; }
        & > .choice-list--bar { color: $accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice-list--key",
        "choice-list--remark",
        "choice-list--chosen",
        "choice-list--bar",
    }

    chosen: reactive[int] = reactive(0)
    """The place of the choice made, from 0."""

    class Changed(Message):
        """Posted when another choice was made."""

    def __init__(
        self, choices: tuple[Choice, ...], chosen: int = 0, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._choices = choices
        self.set_reactive(ChoiceList.chosen, chosen)

    def render(self) -> Content:
        wide = max(len(choice.name) for choice in self._choices)
        key, remark, strong, bar = (
            self.get_visual_style(f"choice-list--{part}")
            for part in ("key", "remark", "chosen", "bar")
        )
        lines = []
        for place, choice in enumerate(self._choices):
            chosen = place == self.chosen
            lines.append(
                Content.assemble(
                    ("▌ " if chosen else "  ", bar),
                    (str(place + 1), key),
                    "  ",
                    (choice.name.ljust(wide), strong) if chosen else choice.name.ljust(wide),
                    "  ",
                    (choice.remark, remark),
                )
            )
        return Content("\n").join(lines)

    def validate_chosen(self, chosen: int) -> int:
        return max(0, min(chosen, len(self._choices) - 1))

    def watch_chosen(self) -> None:
        self.post_message(self.Changed())

    def action_step(self, step: int) -> None:
        """Choose the neighbour."""
        self.chosen += step

    def on_key(self, event: events.Key) -> None:
        typed = (event.character or "").lower()
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(self._choices):
            self.chosen = int(typed) - 1
            event.stop()
            return
        count = len(self._choices)
        for step in range(1, count + 1):
            place = (self.chosen + step) % count
            if typed and self._choices[place].name.startswith(typed):
                self.chosen = place
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._choices):
            self.chosen = offset.y
