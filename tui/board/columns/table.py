"""The list of all cards, a row for each, drawn line by line as the columns of the board are.

Only the rows in sight are drawn, so that ten thousand cost what ten do. Which columns are shown,
and how wide, is one allocation: each claims cells in order of importance. What matters least is
left out first, but never what the list is sorted by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model.board import line_of
from store.model.dossier import Card
from store.model.orders import URGENCY, goes_down
from store.rules.dates import MONTHS
from store.rules.stages import Stage
from store.rules.urgency import Level, in_room
from tui.board.columns.face import MARKED, POINTER, STRIPE, whole_words, with_hits
from tui.board.marks import MARK
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, Part, Wheeled, strip_of
from tui.widgets.cells import cell_len, clip, fit
from tui.widgets.columns import GAP, Column, measure, share_out

if TYPE_CHECKING:
    from store.read.glance import Stamps

UP, DOWN = "↑", "↓"
"""Behind the head of the column that the list is sorted by: A, the first, the lowest on top; or Z,
the last, the highest."""
_EDGE, _TAIL = 1, 4
"""Cells before the first column, and behind the last one for the signs."""
_FRAME = 2
"""Lines of the heads and the foot."""
_BETWEEN = " · "


class ListColumn(NamedTuple):
    """A column of the list: the order that it is sorted by, its head, its part of the cells that no
    column needs, and whether its words stand at its right edge."""

    order: str
    head: str
    share: int = 0
    right: bool = False


FIELDS = (
    ListColumn("company", "Company", 2),
    ListColumn("role", "Role", 3),
    ListColumn("stage", "Stage"),
    ListColumn(URGENCY, "Next", 3),
    ListColumn("when", "Due", right=True),
    ListColumn("applied", "Applied"),
    ListColumn("salary", "Salary", 1),
    ListColumn("tags", "Tags", 1),
    ListColumn("changed", "Changed"),
)
"""Every column, in the order shown."""
_WHEN = FIELDS[4]
"""The column whose empty cells what is next may have, where it is longer than its own."""
_BLANK_AT_MOST = 4
"""Cells that a role leaves blank so as to end with a word (product)."""
_ARROW = 2
"""Cells behind the head of the column that the list is sorted by."""


class Claim(NamedTuple):
    """Up to so many cells for a column, if its words need them (product)."""

    order: str
    cells: int


CLAIMS = (
    # What a row is about.
    Claim("company", 14),
    Claim(URGENCY, 13),
    Claim("when", 10),
    Claim("role", 12),
    Claim("stage", 7),
    # Usual names, roles and actions; then long roles, and an action with the moment of its
    # interview.
    Claim("company", 20),
    Claim("role", 16),
    Claim(URGENCY, 19),
    Claim("role", 25),
    Claim(URGENCY, 25),
    # What is nice to know.
    Claim("applied", 9),
    Claim("salary", 12),
    Claim("tags", 12),
    Claim("changed", 9),
    # What is longer than usual.
    Claim("role", 30),
    Claim("salary", 18),
    Claim("company", 30),
    Claim("tags", 24),
    Claim("role", 40),
)
"""Who gets the cells of a row, in order of importance. With its first claim a column is shown, as
soon as there are that many cells for it, and never before one that is claimed earlier."""
NEEDS: Mapping[str, int] = {}
"""The cells that the words of each column need, by its order; a claim in full where that is not
known. The list measures some columns: see `measure_columns`."""


class ColumnPlace(NamedTuple):
    """A column as it is shown, with its width in cells."""

    field: ListColumn
    width: int


def places_for(room: int, order: str, needs: Mapping[str, int] = NEEDS) -> tuple[ColumnPlace, ...]:
    """The columns that fit into `room` cells, with the one that the list is sorted by."""
    return _places_for(room, order, tuple(needs.items()))


@lru_cache(maxsize=64)
def _places_for(
    room: int, order: str, needed: tuple[tuple[str, int], ...]
) -> tuple[ColumnPlace, ...]:
    by_order, needs = {field.order: field for field in FIELDS}, dict(needed)
    company = FIELDS[0].order
    sizes: dict[str, int] = {}
    if order != company:
        first = next(claim.cells for claim in CLAIMS if claim.order == order)
        least = len(by_order[order].head) + _ARROW
        sizes[order] = max(1, min(max(least, min(first, needs.get(order, first))), room - GAP - 1))
    sizes[company] = max(1, min(CLAIMS[0].cells, room - sum(sizes.values()) - GAP * len(sizes)))
    left, full = room - sum(sizes.values()) - GAP * (len(sizes) - 1), False
    for claim in CLAIMS:
        want = min(claim.cells, needs.get(claim.order, claim.cells))
        if claim.order in sizes:
            more = max(0, min(want - sizes[claim.order], left))
            sizes[claim.order] += more
            left -= more
        elif want and not full:
            full = want + GAP > left
            sizes |= {} if full else {claim.order: want}
            left -= 0 if full else want + GAP
    shown = [field for field in FIELDS if field.order in sizes]
    columns = [Column(sizes[field.order], field.share) for field in shown]
    return tuple(ColumnPlace(*each) for each in zip(shown, share_out(columns, room), strict=True))


_MEASURED = ("company", "role", "salary", "tags")
"""The columns whose words are measured: they are known without asking what is next."""


def measure_columns(cards: Sequence[Card]) -> dict[str, int]:
    """What the words of some columns need, for the first thousand of `cards`; 0 where a column has
    none. A column has room for its head, too."""
    if not cards:
        return {}  # what there would be is not known
    columns = [
        Column(0, most=max(claim.cells for claim in CLAIMS if claim.order == order))
        for order in _MEASURED
    ]
    words = ((card.company, card.role, card.salary, tag_words(card)) for card in cards)
    heads = [len(field.head) for order in _MEASURED for field in FIELDS if field.order == order]
    found = zip(_MEASURED, measure(columns, words), heads, strict=True)
    return {order: max(cells, head) if cells else 0 for order, cells, head in found}


def tag_words(card: Card) -> str:
    """ "#python #remote"."""
    return " ".join(f"#{tag}" for tag in card.tags)


class RowLook(NamedTuple):
    """All that a row's pixels depend on, besides pose, widths and theme."""

    company: str
    role: str
    stage: Stage
    level: Level
    what: str
    aside: str
    when: str
    applied: str
    salary: str
    tags: str
    changed: str

    def words(self, order: str, width: int) -> str:
        """What stands in a column of `width` cells."""
        if order == URGENCY:
            return self._next(width)
        if order == "role":
            words = whole_words(self.role, width)
            whole = cell_len(words) > width - _BLANK_AT_MOST or words == self.role
            return words if whole else clip(self.role, width)
        return str(getattr(self, order))

    def _next(self, width: int) -> str:
        """What is next, with the moment of the interview where there is room for both."""
        both = _BETWEEN.join(filter(None, (self.what, self.aside)))
        words = both if cell_len(both) <= width else in_room(self.what, width)
        return whole_words(words, width) or words


def row_look(card: Card, now: datetime, changed: date | None = None) -> RowLook:
    """How `card` looks in the list at `now` (aware, in the user's zone)."""
    line = line_of(card, now)
    today = now.date()
    return RowLook(
        card.company,
        card.role,
        card.stage,
        line.level,
        line.what,
        line.aside,
        line.when,
        _day(card.applied_on, today),
        card.salary,
        tag_words(card),
        _day(changed, today),
    )


def _day(day: date | None, today: date) -> str:
    """ "23 Nov"; in another year "Nov 2025"."""
    if day is None:
        return ""
    month = MONTHS[day.month - 1][:3]
    return f"{day.day} {month}" if day.year == today.year else f"{month} {day.year}"


@lru_cache(maxsize=4096)
def draw_row(
    look: RowLook,
    places: tuple[ColumnPlace, ...],
    inks: Inks,
    here: bool,
    sign: str,
    hits: tuple[str, ...],
    marked: bool,
) -> Strip:
    """The row of a card: its edge, its columns, its sign; `here` when the cursor is on it, and
    with `MARK` before the company of a `marked` one."""
    shade = inks.cursor if here else inks
    line = shade.levels[look.level]
    quiet = look.level is Level.QUIET
    segments = [Segment(STRIPE if look.level <= Level.SOON else " ", line)]
    if marked:
        segments.append(Segment(f"{MARK} ", shade.accent + MARKED))
    lent = 0
    for place in places:
        field, width = place
        if marked and place is places[0]:
            width -= len(MARK) + 1
        if field.order == URGENCY and cell_len(look.what) > width:
            lent = max(0, _width_of(_WHEN, places) - cell_len(look.when))
            width += lent
        elif field is _WHEN:
            place = place._replace(width=width - lent)
            width -= lent
        words = fit(_align(look.words(field.order, width), place), width)
        ink = shade.muted
        if field.order in (URGENCY, "when"):
            ink = line
        elif not quiet and field.order == "company":
            ink = shade.strong
        elif not quiet and field.order == "role":
            ink = shade.text
        elif not quiet and field.order == "stage":
            ink = shade.text if here else inks.stages[look.stage]
        segments += [*with_hits(words, ink, hits), Segment(" " * GAP, shade.ground)]
    pointer = f"{sign} {POINTER if here else ''}".strip()
    # The gap behind the last column is part of the tail.
    segments[-1] = Segment(" " + fit(pointer, _TAIL - 1)[: _TAIL - 1], shade.strong)
    return Strip(segments)


def _width_of(field: ListColumn, places: tuple[ColumnPlace, ...]) -> int:
    """The cells of one column; 0 where it is not shown."""
    return next((width for shown, width in places if shown is field), 0)


def _align(words: str, place: ColumnPlace) -> str:
    if not place.field.right:
        return words
    words = clip(words, place.width)
    return " " * (place.width - cell_len(words)) + words


@dataclass(frozen=True, slots=True)
class TableView:
    """What the list shows; `cursor` is the row of the cursor, None without any."""

    rows: tuple[Card, ...]
    now: datetime
    cursor: int | None = None
    total: int = 0
    """Cards on the board without the filter."""
    order: str = URGENCY
    turned: bool = False
    signs: tuple[tuple[int, str], ...] = ()
    """The cards that have just been moved or changed, by their ids, and the sign of each."""
    hits: tuple[str, ...] = ()
    """The words looked for, without case."""
    marked: frozenset[int] = frozenset()
    """The ids of the cards that are marked."""
    stamps: "Mapping[int, Stamps]" = field(default_factory=dict)
    """When each application was changed last."""
    covered: int = 0
    """Cells at the right that the panel lies over."""


class CardTable(Wheeled, Drawn):
    """All cards as rows, under the heads of their columns."""

    DEFAULT_CSS = "CardTable { width: 1fr; height: 1fr; }"
    wheel = 3

    @dataclass
    class Pressed(Message):
        """A row was clicked, twice when it `opens`."""

        row: int
        opens: bool = False

    @dataclass
    class HeadPressed(Message):
        """The head of the column that is sorted by `order` was clicked."""

        order: str

    def __init__(self, view: TableView) -> None:
        super().__init__(id="list")
        self.view = view
        self.offset_rows = 0
        """How many rows are scrolled out at the top."""
        self._looks: dict[int, tuple[Card, datetime, date | None, RowLook]] = {}
        self._signs: Mapping[int, str] = {}
        self._measured: tuple[tuple[Card, ...], dict[str, int]] | None = None
        """The cards that were measured last, and what they need."""

    @property
    def full_slots(self) -> int:
        """How many rows fit; at least one."""
        return max(1, self.size.height - _FRAME)

    @property
    def places(self) -> tuple[ColumnPlace, ...]:
        """The columns as they are shown now."""
        if self._measured is None or self._measured[0] != self.view.rows:
            self._measured = self.view.rows, measure_columns(self.view.rows)
        return places_for(self._width - _EDGE - _TAIL, self.view.order, self._measured[1])

    @property
    def _width(self) -> int:
        return max(1, self.size.width - self.view.covered)

    def show(self, view: TableView, *, follow: bool = True) -> None:
        """Show `view`, repainting what differs; with `follow` the cursor stays in sight."""
        if view != self.view:
            self.view = view
            self._signs = dict(view.signs)
            self._settle(follow=follow)
            self.repaint()

    def scroll_by(self, steps: int) -> None:
        """Scroll by so many rows as far as there are any; the cursor stays where it is."""
        before = self.offset_rows
        self.offset_rows += steps
        self._settle(follow=False)
        if self.offset_rows != before:
            self.repaint()

    def on_resize(self) -> None:
        self._settle(follow=True)
        super().on_resize()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.y == 0:
            start = _EDGE
            for field, width in self.places:
                if start <= event.x < start + width + GAP:
                    self.post_message(self.HeadPressed(field.order))
                    return
                start += width + GAP
            return
        row = self.offset_rows + event.y - 1
        if event.y <= self.full_slots and row < len(self.view.rows):
            self.post_message(self.Pressed(row, opens=event.chain == 2))

    def _settle(self, *, follow: bool) -> None:
        """Keep the offset within the list and the cursor in sight."""
        cursor, full = self.view.cursor, self.full_slots
        if follow and cursor is not None:
            self.offset_rows = max(cursor - full + 1, min(self.offset_rows, cursor))
        self.offset_rows = max(0, min(self.offset_rows, len(self.view.rows) - full))

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The heads, the rows from the first in sight on, and the foot."""
        if height < _FRAME + 1 or width < _EDGE + _TAIL + 1 or not self.view.total:
            return [Strip.blank(width, inks.ground)] * height
        view, places, full = self.view, self.places, height - _FRAME
        lines = [self._heads(inks, places, width)]
        for row in range(self.offset_rows, min(self.offset_rows + full, len(view.rows))):
            card = view.rows[row]
            sign = self._signs.get(card.id, "")
            here = row == view.cursor
            look, marked = self._look(card), card.id in view.marked
            drawn = draw_row(look, places, inks, here, sign, view.hits, marked)
            lines.append(drawn if drawn.cell_length == width else _to_width(drawn, width, inks))
        lines += [Strip.blank(width, inks.ground)] * (full + 1 - len(lines))
        return [*lines, self._foot(inks, width)]

    def _look(self, card: Card) -> RowLook:
        view = self.view
        stamps = view.stamps.get(card.id)
        changed = stamps.updated_at.date() if stamps is not None else None
        known = self._looks.get(card.id)
        if known is not None and known[0] is card and known[1:3] == (view.now, changed):
            return known[3]
        if len(self._looks) > 512:
            self._looks.clear()
        look = row_look(card, view.now, changed)
        self._looks[card.id] = (card, view.now, changed, look)
        return look

    def _heads(self, inks: Inks, places: tuple[ColumnPlace, ...], width: int) -> Strip:
        parts: list[Part] = [(" " * _EDGE, inks.ground)]
        for place in places:
            field, cells = place
            head, ink = field.head, inks.muted
            if field.order == self.view.order:
                down = goes_down(field.order, turned=self.view.turned)
                head, ink = f"{head} {DOWN if down else UP}", inks.title
            parts += [(fit(_align(head, place), cells), ink), (" " * GAP, inks.ground)]
        return strip_of(parts, width, inks.ground)

    def _foot(self, inks: Inks, width: int) -> Strip:
        """ " 12 of 30   ← → sort by another column  S turns it round      ↑ 3  ↓ 340 "."""
        view = self.view
        shown = f"{len(view.rows):,}"
        all_ = len(view.rows) == view.total
        count = f" {shown} open" if all_ else f" {shown} of {view.total:,}"
        below = len(view.rows) - self.offset_rows - self.full_slots
        marks = [f"{UP} {self.offset_rows:,}"] if self.offset_rows else []
        marks += [f"{DOWN} {below:,}"] if below > 0 else []
        right = "  ".join(marks) + " "
        room = self._width - cell_len(count) - cell_len(right)
        hint = next((words for words in _HINTS if cell_len(words) + 2 <= room), "")
        middle = fit(hint, max(0, room))
        parts = [(count, inks.text), (middle, inks.muted), (right, inks.muted)]
        return strip_of(parts, width, inks.ground)


_HINTS = (
    "   ← → sort by another column   S turns it round   | columns",
    "   ← → sort   S turn   | columns",
)
"""What the foot tells of the keys, the longest that fits."""


def _to_width(strip: Strip, width: int, inks: Inks) -> Strip:
    return strip.adjust_cell_length(width, inks.ground)


def next_field(order: str, step: int) -> str:
    """The order of the column beside the one that is sorted by `order`; round at the ends."""
    orders = [field.order for field in FIELDS]
    return orders[(orders.index(order) + step) % len(orders)]
