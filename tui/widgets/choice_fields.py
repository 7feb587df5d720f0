"""Fields to choose in: one of a list, one of a line of words, several of a list."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from store.rules.text import searchable
from tui.widgets.cells import BOX, TICKED, cell_len, wrap
from tui.widgets.line_fields import step_focus


class Choice(NamedTuple):
    """One choice: its name, and a remark beside it."""

    name: str
    remark: str = ""


def find_named(names: Sequence[str], typed: str) -> int | None:
    """The place of the first name that begins with `typed`, else of the first with a word in it
    that does; case and accents do not count."""
    wanted, folded = searchable(typed), [searchable(name) for name in names]
    for begins in (
        lambda name: name.startswith(wanted),
        lambda name: re.search(rf"\b{re.escape(wanted)}", name),
    ):
        found = next((place for place, name in enumerate(folded) if begins(name)), None)
        if found is not None:
            return found
    return None


class OneOf(Widget):
    """One of several names: the letters typed so far choose the one that begins with them.

    Backspace takes a letter back; a digit, an arrow or a click chooses at once. Letters that no
    name begins with are not taken. A class on this one says which names those are.
    """

    chosen: reactive[int] = reactive(0)
    """The place of the choice made, from 0."""

    typed: reactive[str] = reactive("")
    """The letters typed so far."""

    class Changed(Message):
        """Posted when another choice was made."""

    @dataclass
    class Typed(Message):
        """Posted when letters were typed, or taken back: those that count now."""

        letters: str
        refused: str = ""
        """The letter that was not taken: no name begins so."""

    def words(self) -> Sequence[str]:
        """The names to choose from."""
        raise NotImplementedError

    def place_of(self, digit: str) -> int | None:  # noqa: ARG002
        """The place that a digit chooses; None where digits are letters like others."""
        return None

    def validate_chosen(self, chosen: int) -> int:
        return max(0, min(chosen, len(self.words()) - 1))

    def watch_chosen(self) -> None:
        self.post_message(self.Changed())

    def watch_typed(self) -> None:
        self.post_message(self.Typed(self.typed))

    def action_step(self, step: int) -> None:
        self.choose(self.chosen + step)

    def choose(self, place: int) -> None:
        """Choose the name at `place`; what was typed is over."""
        self.typed = ""
        self.chosen = place

    def on_blur(self) -> None:
        self.typed = ""

    def on_key(self, event: events.Key) -> None:
        """A letter, a digit, or backspace."""
        letter = event.character or ""
        if event.key == "backspace" and self.typed:
            event.stop()
            event.prevent_default()
            self._take(self.typed[:-1])
        elif letter.isascii() and letter.isdigit() and (at := self.place_of(letter)) is not None:
            event.stop()
            self.choose(at)
        elif event.is_printable and (letter.isalnum() or (self.typed and letter in " -")):
            if self._take(self.typed + letter):
                event.stop()
                event.prevent_default()
            elif letter.isalnum():
                self.post_message(self.Typed(self.typed, refused=letter))

    def _take(self, typed: str) -> bool:
        """Choose what `typed` names; False, and nothing changes, where it names nothing."""
        place = find_named(self.words(), typed) if typed else self.chosen
        if place is not None:
            self.chosen, self.typed = place, typed
        return place is not None


class ChoiceList(OneOf, can_focus=True):
    """Choices under each other. Digits, letters and arrows choose.

    | key | does |
    | :- | :- |
    | 1–9 | choose the first, the second … |
    | letters | choose the one whose name begins with them, or a word in it |
    | backspace | take a letter back |
    | up, down | choose the one above, below |
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
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

    def words(self) -> Sequence[str]:
        return [choice.name for choice in self._choices]

    def place_of(self, digit: str) -> int | None:
        return int(digit) - 1 if 0 < int(digit) <= len(self._choices) else None

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._choices):
            self.choose(offset.y)


_GAP = 1
_AROUND = 2
"""Cells: the brackets or spaces around a word."""


class WordLines(Widget):
    """Words beside each other, each in brackets or spaces; they wrap where they have to.

    `words` has them by what they stand for.
    """

    def __init__(self, words: Mapping[str, str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys = tuple(words)
        self._words = tuple(words.values())

    def word(self, place: int) -> Content:
        """The word at `place` as it is drawn."""
        raise NotImplementedError

    def press(self, place: int) -> None:
        """Do what a click on the word at `place` does."""
        raise NotImplementedError

    def cells(self, place: int) -> int:
        """How many cells the word at `place` takes as it is drawn."""
        return cell_len(self._words[place]) + _AROUND

    def render(self) -> Content:
        lines = self._lines(self.content_size.width)
        gap = Content(" " * _GAP)
        return Content("\n").join(gap.join(map(self.word, places)) for places in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        lines = self._lines(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        right = 0
        for place in lines[offset.y]:
            right += self.cells(place) + _GAP
            if offset.x < right:
                self.press(place)
                return

    def _lines(self, width: int) -> list[list[int]]:
        """The places of the words of each line."""
        lines: list[list[int]] = [[]]
        used = 0
        for place in range(len(self._words)):
            size = self.cells(place)
            if lines[-1] and used + size > width:
                lines.append([])
                used = 0
            lines[-1].append(place)
            used += size + _GAP
        return lines


class PickLine(OneOf, WordLines, can_focus=True):
    """Words beside each other, the chosen one in brackets; they wrap where they have to.

    | key | does |
    | :- | :- |
    | left, right, space | choose the neighbour |
    | letters, digits | choose the one that begins with them |
    | backspace, delete | take a letter back; with none, choose the first one |

    `choices` has the words by what they stand for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right,space", "step(1)", "Next", show=False),
        Binding("backspace,delete", "first", "First", show=False),
    ]
    DEFAULT_CSS = """
    PickLine {
        height: auto;
        border-left: outer $foreground 62%;
        padding: 0 1;
        background: $foreground 12%;
        color: $text-muted;
        &:focus { border-left: outer $accent; background: $accent 16%; }
        & > .pick-line--chosen { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick-line--chosen"}

    def __init__(
        self, choices: Mapping[str, str], chosen: str = "", *, id: str | None = None
    ) -> None:
        super().__init__(choices, id=id)
        place = self._keys.index(chosen) if chosen in choices else 0
        self.set_reactive(PickLine.chosen, place)

    @property
    def value(self) -> str:
        """What the chosen word stands for."""
        return self._keys[self.chosen]

    def word(self, place: int) -> Content:
        if place == self.chosen:
            look = self.get_visual_style("pick-line--chosen")
            return Content.styled(f"[{self._words[place]}]", look)
        return Content(f" {self._words[place]} ")

    def press(self, place: int) -> None:
        self.choose(place)

    def words(self) -> Sequence[str]:
        return self._words

    def place_of(self, digit: str) -> int | None:
        return find_named(self._words, digit)

    def action_first(self) -> None:
        self.choose(0)


class KindStrip(WordLines, can_focus=False):
    """All words in columns, in as many lines as they take; the chosen one stands out."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KindStrip {
        height: auto;
        & > .kind-strip--word { color: $text-muted; }
        & > .kind-strip--chosen { color: $foreground; background: $accent 30%; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"kind-strip--word", "kind-strip--chosen"}

    chosen: reactive[str] = reactive("")
    """The name of the word that is chosen."""

    @dataclass
    class Pressed(Message):
        """Posted when a word was clicked."""

        name: str

    def __init__(self, words: Mapping[str, str], chosen: str, *, id: str | None = None) -> None:
        super().__init__(words, id=id)
        self.set_reactive(KindStrip.chosen, chosen)

    def neighbour(self, step: int) -> str:
        """The name `step` places further; after the last comes the first."""
        return self._keys[(self._keys.index(self.chosen) + step) % len(self._keys)]

    def cells(self, place: int) -> int:  # noqa: ARG002
        return max(map(cell_len, self._words)) + _AROUND

    def word(self, place: int) -> Content:
        part = "chosen" if self._keys[place] == self.chosen else "word"
        word = f" {self._words[place]} "
        rest = " " * (self.cells(place) - cell_len(word))
        return Content.assemble((word, self.get_visual_style(f"kind-strip--{part}")), rest)

    def press(self, place: int) -> None:
        self.post_message(self.Pressed(self._keys[place]))


_BOX = 2
"""Cells: the box, and the space after it."""


class TickList(Widget, can_focus=True):
    """Lines under each other that can be ticked; the focus enters at the line it left.

    | key | does |
    | :- | :- |
    | up, down | go to the line above, below; beyond an end, to the next field |
    | space | tick or untick |

    `lines` has the texts, which are drawn literally, by what they stand for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("space", "tick", "Tick", show=False),
    ]
    DEFAULT_CSS = """
    TickList {
        height: auto;
        border-left: outer $foreground 62%;
        padding: 0 1;
        background: $foreground 12%;
        color: $text-muted;
        &:focus { border-left: outer $accent; }
        & > .tick-list--ticked { color: $foreground; }
        & > .tick-list--cursor { color: $foreground; background: $accent 20%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tick-list--ticked", "tick-list--cursor"}

    class Changed(Message):
        """Posted when a line was ticked or unticked."""

    def __init__(
        self, lines: Mapping[str, str], ticked: Collection[str] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._keys = tuple(lines)
        self._texts = tuple(lines.values())
        self._ticked = {key for key in ticked if key in lines}
        self._cursor = 0

    @property
    def ticked(self) -> tuple[str, ...]:
        """What the ticked lines stand for, in their order."""
        return tuple(key for key in self._keys if key in self._ticked)

    def render(self) -> Content:
        plain, ticked, cursor = (
            self.visual_style,
            self.get_visual_style("tick-list--ticked"),
            self.get_visual_style("tick-list--cursor"),
        )
        lines: list[Content] = []
        width = self.content_size.width
        for place, key in enumerate(self._keys):
            here = self.has_focus and place == self._cursor
            look = cursor if here else ticked if key in self._ticked else plain
            box = f"{TICKED if key in self._ticked else BOX} "
            for text in self._wrap(place, width):
                lines.append(Content.styled(f"{box}{text}".ljust(width), look))
                box = " " * _BOX
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return sum(len(self._wrap(place, width)) for place in range(len(self._keys)))

    def action_step(self, step: int) -> None:
        """Go to the line above or below, or out of the list at its ends."""
        place = self._cursor + step
        if not 0 <= place < len(self._keys):
            step_focus(self.screen, step)
            return
        self._go(place)

    def action_tick(self) -> None:
        self._ticked ^= {self._keys[self._cursor]}
        self.refresh()
        self.post_message(self.Changed())

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        bottom = 0
        for place in range(len(self._keys)):
            bottom += len(self._wrap(place, self.content_size.width))
            if offset.y < bottom:
                self._go(place)
                self.action_tick()
                return

    def on_focus(self) -> None:
        self._go(self._cursor)

    def on_blur(self) -> None:
        self.refresh()

    def _go(self, place: int) -> None:
        self._cursor = place
        self.refresh()
        width = self.content_size.width
        above = sum(len(self._wrap(n, width)) for n in range(place))
        line = Region(0, above, width, len(self._wrap(place, width)))
        self.call_after_refresh(self._show, line)

    def _show(self, line: Region) -> None:
        """Scroll the box around the list so that `line` is in view."""
        for box in self.ancestors:
            if isinstance(box, Widget) and box.allow_vertical_scroll:
                place = self.content_region.offset - box.content_region.offset + box.scroll_offset
                box.scroll_to_region(line.translate(place), animate=False)
                return

    def _wrap(self, place: int, width: int) -> tuple[str, ...]:
        return wrap(self._texts[place], max(1, width - _BOX)) or ("",)
