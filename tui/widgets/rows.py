"""A list of lines under headings: drawn line by line, so that 10,000 rows cost what 20 do."""

from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.rules.urgency import Level
from tui.themes import Inks
from tui.widgets.cells import fit
from tui.widgets.listing import Listing

_GAP = 2
_CACHED_AT_MOST = 2_000
_BOLD = Style(bold=True)


class Tone(Enum):
    """The look of a word when no urgency decides it."""

    TEXT = auto()
    STRONG = auto()
    MUTED = auto()
    ACCENT = auto()


class Cell(NamedTuple):
    """The words of one column of a row, and their urgency or look."""

    text: str
    tone: Tone | Level = Tone.TEXT


class Column(NamedTuple):
    """One column: `least` cells wide, and `share` parts of what is left.

    It is left out on a list narrower than `from_width`.
    """

    least: int
    share: int = 0
    from_width: int = 0


class Section(NamedTuple):
    """A heading with the number of rows below it."""

    title: str
    number: int
    tone: Tone | Level = Tone.STRONG


class Row(NamedTuple):
    """One line; `key` names what it stands for.

    In a `wide` row the second cell takes the room of the empty cells after it.
    """

    key: int
    cells: tuple[Cell, ...]
    wide: bool = False


class Rows(Listing, can_focus=False):
    """Rows under headings, with a bar for the cursor. The screen around it holds the focus.

    Showing what is shown already paints nothing; a cursor that moves paints two lines.

    Args:
        columns: one for each cell of a row.
        hint: what an empty list says.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Rows { height: 1fr; }
    """

    class Moved(Listing.Moved):
        """Posted when another row, or none, is under the cursor, and when its words changed."""

    class Chosen(Listing.Chosen):
        """Posted on a double click on a row."""

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._lines: list[Section | Row | None] = []
        self._places: list[int] = []
        self._hint: tuple[str, ...] = ()
        self._strips: dict[tuple[int, bool], Strip] = {}

    @property
    def current(self) -> Row | None:
        """The row under the cursor; None in an empty list."""
        return self._row(self._cursor)

    @property
    def count(self) -> int:
        """How many rows there are, headings not counted."""
        return len(self._places)

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def lines_of(self, place: int) -> range:
        line = self._places[place]
        return range(line, line + 1)

    def lines_with(self, place: int) -> range:
        """The row, with the heading right above it where there is room for both."""
        first = line = self._places[place]
        while first > 0 and not isinstance(self._lines[first - 1], Row) and line - first < 2:
            first -= 1
        return range(first if line - first < self.room else line, line + 1)

    def entry_at(self, line: int) -> int | None:
        row = isinstance(self._lines[line], Row) if line < len(self._lines) else False
        return bisect_left(self._places, line) if row else None

    def forget(self) -> None:
        self._strips.clear()

    def show(
        self, entries: Sequence[Section | Row], *, at: int | None = None, hint: Sequence[str] = ()
    ) -> None:
        """Show `entries`; the cursor goes to the row with the key `at`, else stays on its row.

        When that row is gone, the cursor keeps its place in the list.

        Args:
            entries: headings and rows in the order shown.
            at: the key of the row for the cursor.
            hint: the lines that an empty list says.
        """
        before = self.current
        lines: list[Section | Row | None] = []
        for entry in entries:
            if isinstance(entry, Section) and lines:
                lines.append(None)
            lines.append(entry)
        keys = {
            line.key: place
            for place, line in enumerate(line for line in lines if isinstance(line, Row))
        }
        wanted = at if at is not None else before.key if before else None
        place = self._cursor if wanted is None else keys.get(wanted, self._cursor)
        changed = lines != self._lines or tuple(hint) != self._hint
        self._hint = tuple(hint)
        if changed:
            self._lines = lines
            self._places = [y for y, line in enumerate(lines) if isinstance(line, Row)]
            self.forget()
        if changed or place != self._cursor:
            self._cursor = self.nearest(place)
            self.reveal()
            self.repaint()
        if self.current != before:
            self.post_message(self.Moved())

    def _row(self, place: int) -> Row | None:
        line = self._lines[self._places[place]] if place < len(self._places) else None
        return line if isinstance(line, Row) else None

    def render_line(self, y: int) -> Strip:
        """One line of the list, from the cache unless it changed."""
        width, inks = self.size.width, self._inks
        if inks is None or width < 3:
            return Strip.blank(width)
        if not self._lines:
            words = self._hint[y - 1] if 0 < y <= len(self._hint) else ""
            return Strip([Segment(fit(f"  {words}", width), inks.muted)], width)
        number = self._top + y
        chosen = number == self._places[self._cursor] if self._places else False
        strip = self._strips.get((number, chosen))
        if strip is None:
            if len(self._strips) >= _CACHED_AT_MOST:
                self._strips.clear()
            line = self._lines[number] if number < len(self._lines) else None
            strip = self._strips[number, chosen] = self._draw(line, width - 1, chosen, inks)
        mark = Segment("┃" if self.is_marked(y) else " ", inks.frame)
        return Strip([*strip, mark], width)

    def _draw(self, line: Section | Row | None, width: int, chosen: bool, inks: Inks) -> Strip:
        if line is None:
            return Strip.blank(width, inks.ground)
        if isinstance(line, Section):
            title = fit(f" {line.title}", width)
            count = f"  {line.number:,}"
            segments = [
                Segment(title.rstrip(), ink(line.tone, inks) + _BOLD),
                Segment(count, inks.muted),
            ]
            return Strip(segments).adjust_cell_length(width, inks.ground)
        ground = inks.cursor_ground if chosen else inks.ground
        segments = [Segment("▌", inks.cursor_bar) if chosen else Segment(" ", inks.ground)]
        gap = ""
        sizes = self.widths(width - 1)
        if line.wide:
            sizes = _widen(sizes, line.cells)
        for cell, size in zip(line.cells, sizes, strict=True):
            if size > 0:
                segments.append(Segment(gap + fit(cell.text, size), ink(cell.tone, inks, chosen)))
                gap = " " * _GAP
        return Strip(segments).adjust_cell_length(width, ground)

    def widths(self, width: int) -> tuple[int, ...]:
        """The width of each column in `width` cells; 0 for one that is left out."""
        shown = [column for column in self._columns if width >= column.from_width]
        left = width - sum(column.least for column in shown) - _GAP * (len(shown) - 1)
        parts = sum(column.share for column in shown)
        edges, taken = [0], 0
        for column in shown:
            taken += column.share
            edges.append(max(0, left) * taken // parts if parts else 0)
        sizes = iter(
            column.least + end - start
            for column, (start, end) in zip(shown, pairwise(edges), strict=True)
        )
        return tuple(next(sizes) if width >= column.from_width else 0 for column in self._columns)


def _widen(sizes: Sequence[int], cells: Sequence[Cell]) -> tuple[int, ...]:
    """Give the second column the room of the empty ones after it."""
    widths, place = list(sizes), 2
    while place < len(widths) and not cells[place].text:
        widths[1] += widths[place] + (_GAP if widths[place] else 0)
        widths[place] = 0
        place += 1
    return tuple(widths)


def ink(tone: Tone | Level, inks: Inks, chosen: bool = False) -> Style:
    """Find the style of a word, on the chosen row or elsewhere."""
    if isinstance(tone, Level):
        return (inks.cursor_levels if chosen else inks.levels)[tone]
    match tone:
        case Tone.STRONG:
            return inks.cursor_strong if chosen else inks.strong
        case Tone.MUTED:
            return inks.cursor_muted if chosen else inks.muted
        case Tone.ACCENT:
            return inks.cursor_bar if chosen else inks.accent
        case _:
            return inks.cursor_text if chosen else inks.text
