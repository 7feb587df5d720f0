"""The first line of the board: the name, the day, and how much there is to do."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from store.model.dossier import Card
from store.rules.dates import short_day
from store.rules.urgency import Level
from tui.themes import Inks
from tui.widgets.cells import cell_len, clip
from tui.widgets.drawn import Drawn, Part, line_of

_GAP = "   "
_BETWEEN = " · "
DAYS_AHEAD = 7
"""How many days after today are counted as ahead, as in the list of what is due."""


class Tally(NamedTuple):
    """How many follow-ups are late, due today, and due in the seven days after today."""

    late: int = 0
    today: int = 0
    week: int = 0


class Headline(Drawn):
    """One line: the name and the day at the left, at the right the tally.

    What does not fit goes in this order: what was taken, the days ahead, the name.
    """

    DEFAULT_CSS = "Headline { dock: top; height: 1; }"

    def __init__(self, day: str, tally: Tally) -> None:
        super().__init__()
        self._shown = (day, tally, "", "")

    def show(self, day: str, tally: Tally, note: str = "", taken: str = "") -> None:
        """Show another day, tally, or word about what is going on (a filter, a drag).

        `taken` tells of an offer that was accepted: “Globex from 1 Feb”.
        """
        shown = (day, tally, note, taken)
        if shown != self._shown:
            self._shown = shown
            self.repaint()

    def drawn_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        day, tally, note, taken = self._shown
        left = [(" rounds", inks.title), (_GAP + day, inks.text)]
        if note:
            left.append((_GAP + note, inks.accent))
        right = _tally_parts(tally, inks)
        if taken and not note:
            more = (_GAP + taken, inks.text)
            if _length([*left, more]) + _length(right) + len(_GAP) <= width:
                left.append(more)
        if _length(left) + _length(right) + len(_GAP) > width:
            right = _tally_parts(tally, inks, week=False)
        if _length(left) + _length(right) + 1 > width:
            left = [(" " + left[-1][0].strip(), left[-1][1])]
            left = [(clip(text, max(0, width - _length(right) - 1)), s) for text, s in left]
        gap = max(0, width - _length(left) - _length(right))
        return [line_of([*left, (" " * gap, inks.ground), *right], width, inks.ground)] * height


def _tally_parts(tally: Tally, inks: Inks, *, week: bool = True) -> list[Part]:
    """How much there is to do, with the week ahead if there is room for it."""
    counted = [
        (tally.late, "late", inks.levels[Level.LATE]),
        (tally.today, "today", inks.levels[Level.TODAY]),
    ]
    if week:
        counted.append((tally.week, f"in {DAYS_AHEAD} days", inks.text))
    parts: list[Part] = []
    for number, words, style in counted:
        if parts:
            parts.append((_BETWEEN, inks.muted))
        parts.append((f"{number:,} {words}", style if number else inks.muted))
    return [*parts, (" ", inks.ground)]


def _length(parts: list[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)


_CORNERS = ("╭╮", "╰╯")
_LEAST_FRAME = 3
"""Lines and cells below which there is nothing but the frame."""
Piece = tuple[str, str]
"""A text, and how it is written: "strong", "muted", "key" or ""."""


def taken_words(taken: Sequence[Card], today: date) -> str:
    """The offers that were accepted and have not begun: “Globex from 1 Feb”."""
    return " · ".join(
        f"{card.company} from {short_day(card.starts_work_on, today).split(' ', 1)[1]}"
        if card.starts_work_on is not None
        else f"{card.company}: accepted"
        for card in taken
    )


WELCOME = (
    (("a", "key"), (" adds your first application", "")),
    (("rounds import FILE", "key"), (" imports your LinkedIn export", "")),
    (("rounds demo", "key"), (" shows a board with sample data", "")),
)
ALL_CLOSED = (
    (("c", "key"), (" shows them and how each one ended", "")),
    (("a", "key"), (" adds another application", "")),
)
"""What the empty board says to a newcomer, and to somebody whose applications are all over."""


class Notice(Drawn):
    """Lines of words, drawn in the middle of the widget whatever its size.

    Args:
        lines: each a row of parts.
        boxed: whether a frame stands around them.
    """

    DEFAULT_CSS = "Notice { width: 1fr; height: 1fr; }"

    def __init__(
        self,
        lines: tuple[tuple[Piece, ...], ...],
        *,
        boxed: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._boxed = boxed
        self._lines = lines

    @property
    def block(self) -> tuple[int, int]:
        """Width and height of the words, in cells."""
        widths = [sum(cell_len(text) for text, _ in line) for line in self._lines]
        return max(widths, default=0), len(self._lines)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The words with two blank cells at each side, as far as there is room."""
        return min(container.width, self.block[0] + 4)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The words with a blank line above and below."""
        return min(container.height, self.block[1] + 2)

    def say(self, lines: tuple[tuple[Piece, ...], ...]) -> None:
        """Show other lines; the place they take may be another."""
        before, self._lines = self.block, lines
        if self.block != before:
            self.refresh(layout=True)
        self.repaint()

    def drawn_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The words in the middle, blank lines around them."""
        above = max(0, (height - len(self._lines)) // 2)
        left = max(0, (width - self.block[0]) // 2)
        blank = Strip.blank(width, inks.ground)
        lines = [blank] * above
        for parts in self._lines:
            segments = [Segment(" " * left, inks.ground)] if left else []
            room = width - left
            for text, kind in parts:
                text = clip(text, room)
                room -= cell_len(text)
                segments.append(Segment(text, _style(inks, kind)))
            lines.append(Strip(segments).adjust_cell_length(width, inks.ground))
        lines = (lines + [blank] * height)[:height]
        return _in_a_frame(lines, width, inks.frame_active) if self._boxed else lines


def _in_a_frame(lines: list[Strip], width: int, frame: Style) -> list[Strip]:
    """The lines with a frame in the place of the first and the last one, and of the sides."""
    if width < _LEAST_FRAME or len(lines) < _LEAST_FRAME:
        return lines
    side, across = Segment("│", frame), "─" * (width - 2)
    inner = [Strip([side, *line.crop(1, width - 1), side], width) for line in lines[1:-1]]
    top, foot = (Strip([Segment(ends[0] + across + ends[1], frame)], width) for ends in _CORNERS)
    return [top, *inner, foot]


def _style(inks: Inks, kind: str) -> Style:
    styles = {"strong": inks.strong, "muted": inks.muted, "key": inks.title}
    return styles.get(kind, inks.text)
