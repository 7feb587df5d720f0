"""A table of scores with a cursor in it: what matters down the side, offers across the top."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.style import Style
from textual.geometry import Offset, Size
from textual.strip import Strip

from tui.styles.themes import Inks
from tui.widgets.canvas import Part, strip_of
from tui.widgets.cells import bar, cell_len, fit
from tui.widgets.listing import Listing

_GAP = 2
_NAME_LEAST, _NAME_MOST = 15, 32
_WEIGHT = 6
_OFFER_LEAST, _OFFER_MOST = 16, 34
_NOTHING = "·"
_BAR = 10
_FOOT = 3
"""Lines below the scores: an empty one, the means, how many are scored."""


class OfferColumn(NamedTuple):
    """One offer: a column. Its facts and scores are in the order of the sheet's."""

    name: str
    role: str
    facts: tuple[str, ...]
    scores: tuple[str, ...]
    """Empty where there is no score."""
    mean: str
    scored: str


class ScoreSheet(NamedTuple):
    """The whole table: names of facts, criteria with their weights, offers."""

    facts: tuple[str, ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()
    offers: tuple[OfferColumn, ...] = ()


class ScoreTable(Listing):
    """Scores of offers: the cursor stands on a criterion and on an offer.

    Offers that do not fit scroll with it too.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet = ScoreSheet()
        self._hint: tuple[str, ...] = ()
        self._column = 0
        self._left = 0
        self._lines: list[Strip] = []

    @property
    def count(self) -> int:
        return len(self._sheet.wishes)

    @property
    def line_count(self) -> int:
        return self.count

    @property
    def room(self) -> int:
        return max(1, self.size.height - self._head - _FOOT)

    def lines_of(self, place: int) -> range:
        return range(place, place + 1)

    def entry_at(self, line: int) -> int | None:
        return line if line < self.count else None

    @property
    def row(self) -> int | None:
        """The place of the criterion under the cursor; None when there is none."""
        return self._cursor if self.count else None

    @property
    def column(self) -> int | None:
        """The place of the offer under the cursor; None when there is none."""
        return self._column if self._sheet.offers else None

    def show(self, sheet: ScoreSheet, hint: Sequence[str] = ()) -> None:
        """Show another table; `hint` is what one without offers or criteria says."""
        if (sheet, tuple(hint)) == (self._sheet, self._hint):
            return
        before = self._height
        self._sheet, self._hint = sheet, tuple(hint)
        if self._height != before:
            self.refresh(layout=True)
        self.go(self._cursor, self._column)
        self.reveal()
        self.repaint()

    def move(self, step: int, across: int = 0) -> None:
        self.go(self._cursor + step, self._column + across)

    def go(self, place: int, column: int | None = None) -> None:
        """Put the cursor on a cell; places beyond an edge mean that edge."""
        column = self._column if column is None else column
        cell = self.nearest(place), max(0, min(column, len(self._sheet.offers) - 1))
        if cell != (self._cursor, self._column):
            self._cursor, self._column = cell
            self.reveal()
            self.repaint()
            self.post_message(self.Moved())

    def point_at(self, at: Offset) -> bool:
        place = self.entry_at(at.y - self._head + self._top)
        left = self._name_width + _GAP
        if at.y < self._head or place is None or at.x < left:
            return False
        self.go(place, (at.x - left) // (self._offer_width + _GAP) + self._left)
        return True

    @property
    def _height(self) -> int:
        """How many lines there are to show."""
        if self._sheet.offers and self._sheet.wishes:
            return self._head + self.count + _FOOT
        return self._head + len(self._hint) + 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return self._height

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y < len(self._lines):
            return self._lines[y]
        return Strip.blank(width, self.inks.ground if self.inks else None)

    @property
    def _head(self) -> int:
        """How many lines stand above the scores."""
        return len(self._sheet.facts) + 4

    @property
    def _name_width(self) -> int:
        widest = max((cell_len(name) for name, _ in self._sheet.wishes), default=0)
        room = max(_NAME_LEAST, self.size.width // 3 - _WEIGHT)
        return max(_NAME_LEAST, min(widest, _NAME_MOST, room)) + _WEIGHT

    @property
    def _offer_width(self) -> int:
        room = self.size.width - self._name_width - 2 * _GAP
        count = max(1, len(self._sheet.offers))
        share = room // count - _GAP
        return max(1, min(max(_OFFER_LEAST, min(share, _OFFER_MOST)), room - _GAP))

    def repaint(self, place: int | None = None) -> None:  # noqa: ARG002
        """Draw the whole table: a cursor that moves changes a line and a title."""
        if self.inks is not None and self.size:
            self._lines = self._draw(self.inks)
        self.refresh()

    def _draw(self, inks: Inks) -> list[Strip]:
        width, height = self.size
        sheet = self._sheet
        if not sheet.offers and not sheet.wishes:
            return _hint_lines(self._hint, width, height, inks)
        fitting = max(1, (width - self._name_width - _GAP) // (self._offer_width + _GAP))
        self._left = max(min(self._left, self._column), self._column - fitting + 1, 0)
        shown = sheet.offers[self._left : self._left + fitting]
        placed = enumerate(shown, start=self._left)
        names = [(o.name, inks.title if n == self._column else inks.strong) for n, o in placed]
        lines = [
            self._line("", names, inks),
            self._line("", [(o.role, inks.muted) for o in shown], inks),
        ]
        for place, fact in enumerate(sheet.facts):
            cells = [(o.facts[place], inks.text) for o in shown]
            lines.append(self._line(fact, cells, inks))
        lines.append(Strip.blank(width, inks.ground))
        more = len(sheet.offers) - len(shown)
        aside = f"{more} more: → ←" if more else ""
        title = f"{fit('Criterion', self._name_width - _WEIGHT)}Weight"
        scales = [(self._scale, inks.muted)] * len(shown) if sheet.wishes else []
        if aside:
            scales[-1:] = [(aside, inks.muted)]
        lines.append(self._line(title, scales, inks, inks.accent))
        for place in range(self._top, min(self._top + self.room, self.count)):
            lines.append(self._wish(place, shown, inks))
        if not sheet.wishes:
            lines.append(self._line("", [(self._hint[0] if self._hint else "", inks.muted)], inks))
        lines.append(Strip.blank(width, inks.ground))
        means = [(f"{o.mean} of 10" if o.scored[0] != "0" else o.mean, inks.text) for o in shown]
        lines.append(self._line("Weighted mean", means, inks))
        lines.append(self._line("Scored", [(o.scored, inks.muted) for o in shown], inks))
        return lines

    @property
    def _scale(self) -> str:
        """What the signs of a bar count, above them."""
        return "    0   5   10" if self._offer_width >= _BAR + len(" 10 ") else ""

    def _wish(self, place: int, shown: Sequence[OfferColumn], inks: Inks) -> Strip:
        """The line of one criterion: its name and weight, then a score and its bar for each."""
        name, weight = self._sheet.wishes[place]
        here = place == self._cursor
        size = self._name_width
        label = fit(name, size - _WEIGHT) + weight.rjust(_WEIGHT // 2).ljust(_WEIGHT)
        parts = [(" ", inks.ground), (label, inks.strong if here else inks.text)]
        for column, offer in enumerate(shown, start=self._left):
            score = offer.scores[place]
            cursor = here and column == self._column
            text = f"{score or _NOTHING:>3} "
            style = inks.cursor.text if cursor else inks.text if score else inks.muted
            edge = ("▌", inks.cursor.accent) if cursor else (" ", inks.ground)
            parts += [(" " * (_GAP - 1), inks.ground), edge]
            room = self._offer_width - len(text)
            if room < _BAR or not score:
                parts.append((fit(text, self._offer_width), style))
                continue
            full, empty = bar(int(score) / _BAR, _BAR)
            shade = inks.cursor if cursor else inks
            rest = fit(empty, room - len(full))
            parts += [(text, style), (full, shade.accent), (rest, shade.muted)]
        return strip_of(parts, self.size.width, inks.ground)

    def _line(
        self, label: str, cells: Sequence[Part], inks: Inks, style: Style | None = None
    ) -> Strip:
        parts = [(" ", inks.ground), (fit(label, self._name_width), style or inks.muted)]
        for text, look in cells:
            parts += [(" " * _GAP, inks.ground), (fit(text, self._offer_width), look)]
        return strip_of(parts, self.size.width, inks.ground)


def _hint_lines(hint: Sequence[str], width: int, height: int, inks: Inks) -> list[Strip]:
    """What an empty table says, in its middle."""
    blank = Strip.blank(width, inks.ground)
    lines = [blank] * max(0, (height - len(hint)) // 2)
    for words in hint:
        left = " " * max(0, (width - cell_len(words)) // 2)
        lines.append(strip_of([(left, inks.ground), (words, inks.muted)], width, inks.ground))
    return lines
