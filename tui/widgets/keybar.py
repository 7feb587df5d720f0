"""The last line of a screen: the keys that apply here. Drawn as one line, each key clickable; and
the keys that are named in the border of a box, in the same look."""

from collections.abc import Mapping
from types import MappingProxyType

from textual import events
from textual.content import Content
from textual.strip import Strip

from store.rules.text import capital
from tui.commands import Command, bar_of, key_name
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, strip_of
from tui.widgets.cells import cell_len, clip

_LAST = ("back", "help")
"""The commands that are shown as long as there is room for any."""


def key_hints(*keys: tuple[str, str], before: str = "") -> Content:
    """Keys and what they do, for a border: each key in the accent, then its words as on a bar.

    `before` are words that stand before them.
    """
    parts: list[tuple[str, str] | str] = [before] if before else []
    for key, does in keys:
        parts += [
            "  " if parts else "",
            (key, "bold $text-accent"),
            " ",
            (capital(does), "$foreground 72%"),
        ]
    return Content.assemble(*parts)


class KeyLine(Drawn):
    """A line that names keys: those that the user chose, else those of the table."""

    _keymap: Mapping[str, str] = MappingProxyType({})

    def show_keymap(self, keymap: Mapping[str, str]) -> None:
        """Show the keys that the user chose, by the id of the command; "" for one without any."""
        self._keymap = keymap
        self.repaint()

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys that carry out `command`, the first one to be shown."""
        chosen = self._keymap.get(command.id)
        if chosen is None:
            return command.keys
        return tuple(filter(None, chosen.split(",")))


class KeyBar(KeyLine):
    """The commands on the key bar of `where`, as far as there is room.

    It changes when another part of the screen takes the keys, and with the moment at which the
    application under the cursor is.
    """

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; }"

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where
        self._moment = ""
        self._told = ""
        self._spans: list[tuple[int, int, str]] = []

    def show(self, where: str, moment: str = "") -> None:
        """Show the keys of another part of the screen, or of an application at this moment."""
        if (where, moment) != (self._where, self._moment):
            self._where, self._moment = where, moment
            self.repaint()

    def tell(self, words: str) -> None:
        """Show `words`, literally, instead of the keys; with "" the keys again."""
        if words != self._told:
            self._told = words
            self.repaint()

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        parts = [(" ", inks.ground)]
        used = 1
        self._spans = []
        if self._told:
            parts.append((clip(self._told, width - 2), inks.key_label))
            return [strip_of(parts, width, inks.ground)] * height
        for command in self._choose(width - 1):
            key = self._key(command)
            size = cell_len(key) + 1 + len(command.label)
            parts += [(key, inks.title), (f" {command.label}", inks.key_label), ("  ", inks.ground)]
            self._spans.append((used, used + size, command.action))
            used += size + 2
        return [strip_of(parts, width, inks.ground)] * height

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        for start, end, action in self._spans:
            if start <= event.x < end:
                await self.screen.run_action(action)
                return

    def _key(self, command: Command) -> str:
        return key_name(self.keys_of(command)[0])

    def _choose(self, width: int) -> list[Command]:
        """Those that fit: the way back and the help stay to the last."""
        shown = [command for command in bar_of(self._where, self._moment) if self.keys_of(command)]
        while shown and sum(self._cells(command) for command in shown) - 2 > width:
            places = [n for n, c in enumerate(shown) if c.id not in _LAST] or [0]
            del shown[places[-1]]
        return shown

    def _cells(self, command: Command) -> int:
        return cell_len(self._key(command)) + 1 + len(command.label) + 2
