"""The line that leads through the sample board of `rounds demo`, one key after the other."""

from typing import NamedTuple

from textual.strip import Strip

from tui.commands import COMMANDS, key_name
from tui.styles.themes import Inks
from tui.widgets.canvas import strip_of
from tui.widgets.cells import cell_len, clip
from tui.widgets.keybar import KeyLine


class Stop(NamedTuple):
    """One key to try: the command that it carries out, and what there is to see."""

    command: str
    words: str


_TICK = "panel.tick"
"""The step that waits until a tip is ticked: its key may do other things as well."""
STEPS = (
    Stop("cursor.right", "Go to the next column. Each column is a stage."),
    Stop("panel.enter", "Go to the tips for this card and stage."),
    Stop(_TICK, "Tick a tip that you have followed."),
    Stop("done", "Mark the next follow-up as done."),
    Stop("undo", "Undo that. Every change can be undone."),
    Stop("today", "See everything that is due. Esc comes back."),
)
"""The keys of the tour, in order (product: the six that show what the board is for)."""
END = "Now try anything: nothing here is kept. ? opens the help, q quits."
_STEPS = {command.id: command for command in COMMANDS}


class Tour(KeyLine):
    """The step to try now. It goes on when the key of that step is pressed, or a tip is ticked, and
    ends with a word that stays until the next key."""

    DEFAULT_CSS = "Tour { height: 1; }"

    def __init__(self) -> None:
        super().__init__(id="tour")
        self._at = 0

    @property
    def over(self) -> bool:
        """Whether the word at its end was read as well."""
        return self._at > len(STEPS)

    @property
    def line(self) -> tuple[str, str, str]:
        """What it says: how far it is, the key to press, and what for."""
        if self._at >= len(STEPS):
            return "", "", END if not self.over else ""
        step = STEPS[self._at]
        return f"{self._at + 1} of {len(STEPS)}", key_name(self._keys(step)[0]), step.words

    def hear(self, key: str) -> None:
        """A key was pressed on the board: go on when it is the one that is asked for."""
        if self._at < len(STEPS):
            step = STEPS[self._at]
            if step.command == _TICK or key not in self._keys(step):
                return
        self._go_on()

    def note_tick(self) -> None:
        """A tip was ticked: go on when that is what is asked for."""
        if self._at < len(STEPS) and STEPS[self._at].command == _TICK:
            self._go_on()

    def _go_on(self) -> None:
        if not self.over:
            self._at += 1
            self.repaint()

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        count, key, words = self.line
        parts = [(f" {count}  ", inks.muted), (f" {key} ", inks.cursor.strong), ("  ", inks.ground)]
        if not key:
            parts = [(" ", inks.ground)]
        room = width - sum(cell_len(text) for text, _ in parts)
        parts.append((clip(words, max(0, room)), inks.text))
        return [strip_of(parts, width, inks.ground)] * height

    def _keys(self, step: Stop) -> tuple[str, ...]:
        return self.keys_of(_STEPS[step.command])
