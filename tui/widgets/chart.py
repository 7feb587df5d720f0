"""Bars under headings, with a cursor that goes from bar to bar."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import ceil
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from store.rules.chances.chances import ENOUGH, FunnelStep, TimeInStage
from tui.widgets.canvas import strip_of
from tui.widgets.cells import cell_len, clip, fit, wrap
from tui.widgets.listing import Listing
from tui.widgets.rows import Tone, ink

_GAP = 2
_EDGES = 3
"""Cells for the cursor's bar, the scroll mark, and a blank before that."""
_LEAST_BAR = 10
_LABEL_AT_MOST = 26


class Heading(NamedTuple):
    """The title of a group of bars, and a remark beside it."""

    title: str
    more: str = ""


class Sentence(NamedTuple):
    """A sentence between the bars; it wraps."""

    text: str


class Bar(NamedTuple):
    """One bar: its name, its picture, and the numbers behind it, each on one or two lines.

    `picture` gives the lines of the picture for a width in cells. `key` stays the same when the
    figures are counted again.
    """

    key: str
    label: str
    picture: Callable[[int], tuple[str, ...]]
    numbers: tuple[str, ...]


ChartEntry = Heading | Sentence | Bar


class _ChartLine(NamedTuple):
    parts: tuple[tuple[str, Tone], ...] = ()
    bar: int | None = None


class Chart(Listing):
    """Bars under headings. The screen around it holds the focus; it scrolls with the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: tuple[ChartEntry, ...] = ()
        self._bars: tuple[Bar, ...] = ()
        self._lines: list[_ChartLine] = []
        self._width = -1
        """The width that `_lines` are for; -1 when they have to be made again."""

    @property
    def current(self) -> str | None:
        """The key of the bar under the cursor."""
        return self._bars[self._cursor].key if self._bars else None

    @property
    def count(self) -> int:
        return len(self._bars)

    @property
    def line_count(self) -> int:
        return len(self._lay_out())

    def lines_of(self, place: int) -> range:
        lines = [y for y, line in enumerate(self._lay_out()) if line.bar == place]
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    def lines_with(self, place: int) -> range:
        """The bar with the heading and sentences above it; for the last one also those below."""
        lines, own = self._lay_out(), self.lines_of(place)
        first, end = own.start, own.stop
        while first > 0 and lines[first - 1].bar is None and end - first < self.room:
            first -= 1
        if place == self.count - 1:
            end = min(len(lines), first + self.room)
        return range(first, end)

    def entry_at(self, line: int) -> int | None:
        lines = self._lay_out()
        return lines[line].bar if line < len(lines) else None

    def forget(self) -> None:
        self._width = -1

    def show(self, entries: Sequence[ChartEntry], *, at: str | None = None) -> None:
        """Show `entries`; the cursor goes to the bar with the key `at`, else stays on its bar."""
        before = self.current
        self._entries = tuple(entries)
        self._bars = tuple(entry for entry in entries if isinstance(entry, Bar))
        keys = [bar.key for bar in self._bars]
        wanted = at if at is not None else before
        place = keys.index(wanted) if wanted in keys else self._cursor
        self._cursor = self.nearest(place)
        self.forget()
        self.reveal()
        self.repaint()
        self.post_message(self.Moved())

    def go_below(self, title: str) -> None:
        """Put the cursor on the first bar below the heading with this title, if there is one."""
        place = 0
        below = False
        for entry in self._entries:
            if isinstance(entry, Bar):
                if below:
                    self.go(place)
                    return
                place += 1
            elif isinstance(entry, Heading):
                below = entry.title == title

    def page(self, pages: int) -> None:
        """Move the cursor to the bar about a screenful away."""
        lines = self._lay_out()
        here = next((y for y, line in enumerate(lines) if line.bar == self._cursor), 0)
        target = here + pages * max(1, self.size.height - 1)
        bars = [(abs(y - target), line.bar) for y, line in enumerate(lines) if line.bar is not None]
        if bars:
            place = min(bars)[1]
            self.go(place if place != self._cursor else place + pages)

    def render_line(self, y: int) -> Strip:
        width, inks = self.size.width, self.inks
        if inks is None or width < 3:
            return Strip.blank(width)
        lines = self._lay_out()
        number = self._top + y
        line = lines[number] if number < len(lines) else _ChartLine()
        below = lines[number + 1].bar if number + 1 < len(lines) else None
        if y == self.size.height - 1 and line.bar is None and below is not None:
            line = _ChartLine()  # a heading does not stand alone at the foot
        chosen = line.bar is not None and line.bar == self._cursor
        ground = inks.cursor.ground if chosen else inks.ground
        parts = [("▌", inks.cursor.accent) if chosen else (" ", inks.ground)]
        parts += [(text, ink(tone, inks, chosen)) for text, tone in line.parts]
        strip = strip_of(parts, width - 1, ground)
        scroll = Segment("┃" if self.is_marked(y) else " ", inks.frame)
        return Strip([*strip, scroll], width)

    def _lay_out(self) -> list[_ChartLine]:
        width = self.size.width
        if width != self._width:
            self._width = width
            self._lines = _lines(self._entries, width - _EDGES)
        return self._lines


def _lines(entries: Sequence[ChartEntry], width: int) -> list[_ChartLine]:
    """Lay out `entries` in `width` cells; the bars of one group share their columns."""
    lines: list[_ChartLine] = []
    number = 0
    for kind, group in groupby(entries, key=type):
        if kind is Bar:
            bars = [entry for entry in group if isinstance(entry, Bar)]
            lines += _bars(bars, number, width)
            number += len(bars)
            continue
        for entry in group:
            if isinstance(entry, Heading):
                lines += [_ChartLine()] if lines else []
                title = clip(entry.title, width) + " " * _GAP
                more = clip(entry.more, width - cell_len(title))
                lines.append(_ChartLine(((title, Tone.ACCENT), (more, Tone.MUTED))))
            elif isinstance(entry, Sentence):
                folded = wrap(entry.text, width)
                lines += (_ChartLine(((text, Tone.MUTED),)) for text in folded)
    return lines


def _bars(bars: Sequence[Bar], first: int, width: int) -> list[_ChartLine]:
    label = min(max(cell_len(bar.label) for bar in bars), _LABEL_AT_MOST, width // 3)
    numbers = max(cell_len(text) for bar in bars for text in bar.numbers)
    numbers = max(0, min(numbers, width - label - 2 * _GAP - _LEAST_BAR))
    room = max(0, width - label - numbers - 2 * _GAP)
    lines = []
    for place, bar in enumerate(bars, start=first):
        picture = bar.picture(room)
        for row in range(max(len(picture), len(bar.numbers))):
            drawn = picture[row] if row < len(picture) else ""
            said = bar.numbers[row] if row < len(bar.numbers) else ""
            name = bar.label if row == 0 else ""
            tone = Tone.MUTED if row else Tone.TEXT
            indent = len(drawn) - len(drawn.lstrip())
            wide = room if said else room + _GAP + numbers
            parts = (
                (fit(name, label) + " " * (_GAP + indent), Tone.TEXT),
                (fit(drawn[indent:], wide - indent), Tone.MUTED if row else Tone.ACCENT),
                (" " * _GAP if said else "", Tone.TEXT),
                (fit(said, numbers) if said else "", tone),
            )
            lines.append(_ChartLine(parts, place))
    return lines


SURE, HERE = "█", "┃"
FROM, MAYBE, TO = "├", "─", "┤"
"""A range of shares, and the middle half of times: a thin line with ends."""
WENT_ON, ENDED, OPEN = "■", "□", "○"
APPLIED, INTERVIEW, ON_TIME, LATE = "■", "◆", "✓", "!"
WEEK_MARKS = (APPLIED, INTERVIEW, ON_TIME, LATE)

_TOO_FEW = "not enough data yet"
_ONE_EACH = 12
"""Up to so many, plain numbers are counted out rather than drawn to fill the room (product)."""
_HALF = " half "
"""The word beside the day by which half were answered."""


def rate_bar(step: FunnelStep, width: int) -> str:
    """The share of a step so far, solid, from 0 to 100 %.

    A step with too few decided is drawn as so many marks, one for each application.
    """
    rate = step.rate_so_far
    if rate is None:
        marks = WENT_ON * step.passed + ENDED * len(step.ended)
        if step.decided:
            marks += OPEN * len(step.undecided)
        return _say_beside(marks, _TOO_FEW if step.decided else "none decided yet", width)
    return SURE * round(rate.share * width)


def range_bar(low: float, high: float, words: str, width: int) -> str:
    """A range of shares below a `rate_bar` of the same width, with `words` beside it: behind it,
    or before it where there is no room; without room on either side they go beyond `width`."""
    first, last = _cell(low, width), _cell(high, width)
    span = FROM + MAYBE * (last - first - 1) + TO if last > first else "┴"
    if last + 2 + len(words) > width and len(words) < first:
        return f"{words:>{first - 1}} {span}"
    return f"{' ' * first}{span} {words}"


def days_bar(time: TimeInStage, most: int, width: int) -> str:
    """Days until an answer on a line from 0 to `most`: the middle half of the cases as a thin line,
    and the day by which half were answered, with a word beside it. An arrow says that it goes on:
    too many are still waiting to tell."""
    if time.cases < ENOUGH:
        marks = WENT_ON * len(time.answered) + OPEN * len(time.waiting)
        return _say_beside(marks, _TOO_FEW if time.cases else "none yet", width)

    def cell(days: int) -> int:
        return _cell(days / most if most else 0, width)

    end = cell(time.longest if time.three_quarters is None else time.three_quarters)
    begin = end + 1 if time.quarter is None else cell(time.quarter)
    cells = [" " if at < begin else MAYBE for at in range(end + 1)]
    if begin <= end:
        cells[begin] = FROM
    cells[end] = TO if time.three_quarters is not None else "→"
    if time.half is None:
        return "".join(cells)
    half = cell(time.half)
    cells[half] = HERE
    drawn = "".join(cells)
    if half + len(_HALF) < end:
        return drawn[: half + 1] + _HALF + drawn[half + 1 + len(_HALF) :]
    return _say_beside(drawn, _HALF.strip(), width, " ")


def count_bar(number: int, most: int, width: int) -> str:
    """A plain number as a bar with the number behind it, the largest of all as long as there is
    room; a sign each for few."""
    room = max(1, width - len(f" {most:,}"))
    if most <= min(_ONE_EACH, room):
        return f"{WENT_ON * number} {number:,}"
    drawn = SURE * max(1, round(number / most * room)) if number and most else ""
    return f"{drawn} {number:,}"


def marks_bar(numbers: Sequence[int], per_mark: int) -> str:
    """One mark for each thing done in a week, or for every `per_mark` of them."""
    return "".join(
        mark * ceil(number / per_mark) for mark, number in zip(WEEK_MARKS, numbers, strict=True)
    )


def things_per_mark(weeks: Iterable[Sequence[int]], width: int) -> int:
    """How many things a mark has to stand for, so that each of `weeks` fits into `width`."""
    rows = [tuple(numbers) for numbers in weeks]
    per_mark = 1
    while per_mark < 1_000_000 and any(
        sum(ceil(number / per_mark) for number in row) > max(width, len(WEEK_MARKS)) for row in rows
    ):
        per_mark += max(1, per_mark // 4)
    return per_mark


def _cell(share: float, width: int) -> int:
    return max(0, min(int(share * width), width - 1))


def _say_beside(marks: str, words: str, width: int, gap: str = "  ") -> str:
    """Put words behind the marks if there is room for them."""
    said = f"{marks}{gap}{words}" if marks else words
    return said if len(said) <= width else marks[:width]
