"""A list of lines under headings: drawn line by line, so that 10,000 rows cost what 20 do."""

from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum
from itertools import chain
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from store.rules.stages import Stage
from store.rules.urgency import Level
from tui.styles.themes import Inks
from tui.widgets.canvas import strip_of
from tui.widgets.cells import cell_len, clip, fit, in_parts
from tui.widgets.columns import GAP, Column, fit_columns, lend, measure, share_out
from tui.widgets.listing import Listing

__all__ = ["Cell", "Column", "Row", "Rows", "Section", "Tone", "ink"]

_CACHED_AT_MOST = 2_000
_BOLD = Style(bold=True)


class Tone(Enum):
    """The look of a word when no urgency decides it."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    ACCENT = "accent"


class Cell(NamedTuple):
    """The words of one column of a row, and their urgency or look.

    Of `whole` words, those behind the last comma or dot that fits are left out; `short` ones stand
    in the place of those that do not fit.
    """

    text: str
    tone: Tone | Level = Tone.TEXT
    whole: bool = False
    short: str = ""

    def words_in(self, size: int) -> str:
        """The words as they are said in `size` cells; they may have to be cut all the same."""
        if self.short and cell_len(self.text) > size:
            return self.short
        return in_parts(self.text, size) if self.whole else self.text


class Section(NamedTuple):
    """A heading with the number of rows below it, or how many of them are done: "3 of 34"; beside
    it the `heads` of the columns, where what stands in them differs from one section to the other.
    """

    title: str
    number: int | str
    tone: Tone | Level = Tone.STRONG
    heads: tuple[str, ...] = ()


class Row(NamedTuple):
    """One line; `key` names what it stands for.

    In a `wide` row the second cell takes the room of the empty cells after it. A `mark` of one
    cell says what kind of line it is; without a `mark_tone` it has the look of the first cell.
    """

    key: int
    cells: tuple[Cell, ...]
    wide: bool = False
    mark: str = ""
    mark_tone: Tone | Level | None = None


class Rows(Listing):
    """Rows under headings, with a bar for the cursor. The screen around it holds the focus.

    Showing what is shown already paints nothing; a cursor that moves paints two lines.
    """

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._lines: list[Section | Row | None] = []
        self._places: list[int] = []
        self._hint: tuple[str, ...] = ()
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._needs: tuple[int, ...] | None = None
        """The cells that each column needs, where that decides; None in shares of the width."""
        self._marked = False

    @property
    def head(self) -> int:
        return int(bool(self._lines) and any(column.head for column in self._columns))

    @property
    def current(self) -> Row | None:
        """The row under the cursor; None in an empty list."""
        return self._row(self._cursor)

    @property
    def count(self) -> int:
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

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return max(len(self._hint) + 1 if not self._lines else len(self._lines) + self.head, 1)

    def show(
        self, entries: Sequence[Section | Row], *, at: int | None = None, hint: Sequence[str] = ()
    ) -> None:
        """Show `entries`; the cursor goes to the row with the key `at`, else stays on its row.

        When that row is gone, the cursor keeps its place in the list. `hint` is what an empty one
        says.
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
        grown = len(lines) != len(self._lines)
        if changed:
            self._lines = lines
            self._measure()
            self._places = [y for y, line in enumerate(lines) if isinstance(line, Row)]
            self.forget()
        if changed or place != self._cursor:
            self._cursor = self.nearest(place)
            self.reveal()
            self.repaint()
        if grown and self.styles.is_auto_height:
            self.refresh(layout=True)
        if self.current != before:
            self.post_message(self.Moved())

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order shown."""
        return [line for line in self._lines if isinstance(line, Row)]

    def go_to(self, key: int | None) -> None:
        """Put the cursor on the row with this key; without one it stays."""
        place = next((place for place, row in enumerate(self.rows) if row.key == key), None)
        if place is not None:
            self.go(place)

    def _row(self, place: int) -> Row | None:
        line = self._lines[self._places[place]] if place < len(self._places) else None
        return line if isinstance(line, Row) else None

    def _measure(self) -> None:
        """Find out how much room the words need, and whether any row has a mark."""
        rows = self.rows
        self._marked = any(row.mark for row in rows)
        self._needs = None
        if all(column.most for column in self._columns):
            words = ([cell.text for cell in row.cells] for row in rows if not row.wide)
            heads = [line.heads for line in self._lines if isinstance(line, Section) and line.heads]
            self._needs = measure(self._columns, chain(heads, words))

    def render_line(self, y: int) -> Strip:
        width, inks = self.size.width, self.inks
        if inks is None or width < 3:
            return Strip.blank(width)
        if not self._lines:
            words = self._hint[y - 1] if 0 < y <= len(self._hint) else ""
            return Strip([Segment(fit(f"  {words}", width), inks.muted)], width)
        if y < self.head:
            return self._draw_head(width, inks)
        number = self._top + y - self.head
        if y == self.size.height - 1 and self._begins_at(number):
            number = len(self._lines)  # a heading does not stand alone at the foot
        chosen = number == self._places[self._cursor] if self._places else False
        strip = self._strips.get((number, chosen))
        if strip is None:
            if len(self._strips) >= _CACHED_AT_MOST:
                self._strips.clear()
            line = self._lines[number] if number < len(self._lines) else None
            strip = self._strips[number, chosen] = self._draw(line, width - 1, chosen, inks)
        mark = Segment("┃" if self.is_marked(y - self.head) else " ", inks.frame)
        return Strip([*strip, mark], width)

    def _begins_at(self, number: int) -> bool:
        """Whether the line is a heading with rows below it."""
        after = self._lines[number : number + 2]
        return len(after) == 2 and isinstance(after[0], Section) and isinstance(after[1], Row)

    def _draw_head(self, width: int, inks: Inks) -> Strip:
        gap, parts = " " * (3 if self._marked else 1), []
        sizes = self.widths(self._room_for(width - 1))
        for column, size in zip(self._columns, sizes, strict=True):
            if size > 0:
                parts.append((gap + _align(column, column.head, size), inks.muted))
                gap = " " * GAP
        return strip_of(parts, width, inks.ground)

    def _room_for(self, width: int) -> int:
        """The cells for the columns in a line of `width`."""
        scrolls = self._needs is not None and self.line_count > self.room
        edges = 2 if scrolls else 1  # words do not touch the scroll mark
        return max(0, width - edges - (2 if self._marked else 0))

    def _draw(self, line: Section | Row | None, width: int, chosen: bool, inks: Inks) -> Strip:
        if line is None:
            return Strip.blank(width, inks.ground)
        if isinstance(line, Section):
            return self._draw_section(line, width, inks)
        ground = inks.cursor.ground if chosen else inks.ground
        parts = [("▌", inks.cursor.accent) if chosen else (" ", inks.ground)]
        if self._marked:
            tone = line.cells[0].tone if line.cells else Tone.TEXT
            tone = tone if line.mark_tone is None else line.mark_tone
            parts.append((fit(line.mark, 2), ink(tone, inks, chosen)))
        gap = ""
        room = self._room_for(width)
        sizes = self.widths(room)
        if line.wide:
            sizes = _widen(sizes, line.cells, room)
        elif self._needs is not None:
            spare = room - sum(sizes) - GAP * max(0, sum(map(bool, sizes)) - 1)
            sizes = lend(self._columns, sizes, [cell.text for cell in line.cells], spare)
        for column, cell, size in zip(self._columns, line.cells, sizes, strict=True):
            if size > 0:
                words = _align(column, cell.words_in(size), size)
                parts.append((gap + words, ink(cell.tone, inks, chosen)))
                gap = " " * GAP
        return strip_of(parts, width, ground)

    def _draw_section(self, line: Section, width: int, inks: Inks) -> Strip:
        count = f"  {line.number}" if isinstance(line.number, str) else f"  {line.number:,}"
        title = clip(f" {line.title}", width)
        parts = [(title, ink(line.tone, inks) + _BOLD), (count, inks.muted)]
        used, at = cell_len(title + count), 3 if self._marked else 1
        for size, head in zip(self.widths(self._room_for(width)), line.heads, strict=False):
            if size and head and used + GAP <= at:
                words = clip(head, size)
                parts += [(" " * (at - used), inks.ground), (words, inks.muted)]
                used = at + cell_len(words)
            at += size + GAP if size else 0
        return strip_of(parts, width, inks.ground)

    def widths(self, width: int) -> tuple[int, ...]:
        """The width of each column in `width` cells; 0 for one that is left out."""
        if self._needs is not None:
            return fit_columns(self._columns, self._needs, width)
        return share_out(self._columns, width)


def _align(column: Column, words: str, size: int) -> str:
    """`words` in exactly `size` cells, at the edge of the column where they belong."""
    if not column.right:
        return fit(words, size)
    words = clip(words, size)
    return " " * (size - cell_len(words)) + words


def _widen(sizes: Sequence[int], cells: Sequence[Cell], room: int) -> tuple[int, ...]:
    """Give the second column the room of the empty ones after it."""
    widths, place = list(sizes), 2
    while place < len(widths) and not cells[place].text:
        widths[1] += widths[place] + (GAP if widths[place] else 0)
        widths[place] = 0
        place += 1
    if place == len(widths):
        widths[1] += max(0, room - sum(widths) - GAP * (sum(map(bool, widths)) - 1))
    return tuple(widths)


def ink(tone: Tone | Level | Stage, inks: Inks, chosen: bool = False) -> Style:
    """Find the style of a word, on the chosen row or elsewhere; a stage has its accent."""
    if isinstance(tone, Stage):
        return inks.stages[tone]
    shade = inks.cursor if chosen else inks
    if isinstance(tone, Level):
        return shade.levels[tone]
    style: Style = getattr(shade, tone.value)
    return style
