"""The cells of a table row by row: found by what their columns are taken for, cleaned, and told
of where they cannot be read.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html import unescape

from store.exchange.days import Order, is_no_day, local_day, order_of, read_day, unclear
from store.exchange.incoming import Problem
from store.exchange.mapping import SEVERAL, SKIP, Layout
from store.exchange.tables.table import TableRow, header_key
from store.rules.dates import short_day
from store.rules.fields import Field
from store.rules.text import Refused, clean, quoted

EARLIEST = date(2000, 1, 1)
"""Before it nobody applied whose file comes in here (product)."""
REMEMBERED = 2_000
"""Texts that are kept cleaned: places, sources and tags come again and again."""
_SHORT = 100
"""Characters that such a text has at most."""
_DAYS = ("applied", "first", "second", "offer", "rejected", "ended", "changed", "added")
_NOTHING = frozenset(("n/a", "na", "-", "–", "—", "none", "null", "nan", "tbd", "?"))
_GUARDED = re.compile(r"'+[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
"""How cells begin that an export guarded, so that no spreadsheet takes them for a formula: one
apostrophe is the guard, any other one was typed (see `store.export.csv`)."""
_ADVICE = (
    " Shorten it.", " Type at least one character.", " An address looks like ana@example.org.",
)  # fmt: skip
"""What those are told who type a text that does not fit, and of no use for a file."""
_BARE_LINK = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")


class DatesUnclear(Refused):
    """Day and month could stand either way round, and the file does not tell."""


class CellReader:
    """The cells of one row after the other, below `headers`."""

    def __init__(
        self, headers: Sequence[str], rows: Sequence[TableRow], how: Layout, today: date
    ) -> None:
        self.headers = headers
        self.how = how
        self.today = today
        self.problems: list[Problem] = []
        self.places: dict[str, list[int]] = {}
        """The columns that are taken for a target."""
        seen: set[str] = set()
        for place, header in enumerate(headers):
            key = header_key(header)
            target = how.columns.get(key, "")
            if key in seen or target in ("", SKIP):
                continue
            seen.add(key)
            if target in SEVERAL or target not in self.places:
                self.places.setdefault(target, []).append(place)
        self._orders = {
            target: self._order(target, rows) for target in _DAYS if target in self.places
        }
        self._cleaned: dict[tuple[str, str], str] = {}
        self.line = 0
        """The line of the row that is read."""
        self._row: Sequence[str] = ()

    def turn_to(self, row: TableRow) -> None:
        """From now on the cells are those of `row`."""
        self.line, self._row = row

    def _order(self, target: str, rows: Sequence[TableRow]) -> Order | None:
        """The order of day and month in a column; Refused where it has to be known and is not."""
        if self.how.order is not None:
            return self.how.order
        (place,) = self.places[target][:1]
        days = [row.cells[place] for row in rows if place < len(row.cells)]
        order = order_of(days, self.today)
        if order is None and (example := unclear(days)) is not None:
            as_dmy, as_mdy = read_day(example, "dmy"), read_day(example, "mdy")
            ways = " or ".join(short_day(day, self.today) for day in (as_dmy, as_mdy) if day)
            raise DatesUnclear(
                f"In the column {quoted(self.headers[place])}, {quoted(example)} can be {ways}, "
                "and no other day tells which. Say --dates dmy for day first, --dates mdy for "
                "month first. Nothing was changed."
            )
        return order

    def problem(self, line: int, sentence: str) -> None:
        """Tell the user `sentence` about this line."""
        self.problems.append(Problem(line, sentence, self.how.file))

    def report(self, sentence: str) -> None:
        """Tell the user `sentence` about the row that is read."""
        self.problem(self.line, sentence)

    def cell(self, target: str) -> str:
        """The cell of what is taken for `target`, without a guard; "" for none."""
        places = self.places.get(target)
        return self._at(places[0]) if places else ""

    def cells_of(self, target: str) -> list[tuple[str, str]]:
        """All cells that are taken for `target` and hold something, with their headers."""
        found = ((self.headers[p], self._at(p)) for p in self.places.get(target, ()))
        return [(header, cell) for header, cell in found if cell]

    def _at(self, place: int) -> str:
        if place >= len(self._row):
            return ""
        cell = self._row[place]
        if cell.startswith("'") and _GUARDED.match(cell):
            cell = cell[1:]
        if self.how.entities and "&" in cell:
            cell = unescape(cell)
        return "" if len(cell) < 5 and cell.casefold() in _NOTHING else cell

    def day(self, target: str, *, quietly: bool = False, ahead: bool = False) -> date | None:
        """The day in the column of `target`; None, and reported, when it cannot be right.

        The files name no zone, so that a day may be ahead of the user's by one.
        """
        text = self.cell(target)
        if is_no_day(text):
            return None
        on = self.local_day(text)
        if on is None:
            order = self._orders.get(target) or self.how.order
            if ahead:  # such days tell no order of their own: they are written as the others
                order = self._orders.get("applied") or order
            on = read_day(text, order, serial=True)
        name = {"applied": "date"}.get(target, f"date under {quoted(self.header(target))}")
        if on is None:
            if not quietly and target != "closing":
                self.report(f"The {name} {quoted(text)} cannot be read; the day was left empty.")
            return None
        if ahead:
            return on
        if quietly:
            return self.plausible(on)
        if on > self.today + timedelta(days=1):
            self.report(f"{short_day(on)} is in the future; the day was left empty.")
        elif on < EARLIEST:
            self.report(f"{short_day(on)} is too long ago; the day was left empty.")
        return self.plausible(on)

    def local_day(self, text: str) -> date | None:
        """The day at the place of the user of a text that names an instant; None for others."""
        zone = self.how.zone
        return local_day(text, zone, utc=self.how.utc) if zone and ":" in text else None

    def header(self, target: str) -> str:
        """The name of the column that is taken for `target`."""
        return self.headers[self.places[target][0]]

    def plausible(self, on: date | None) -> date | None:
        """The day, today at the latest; None for one that cannot be right."""
        if on is None or on > self.today + timedelta(days=1) or on < EARLIEST:
            return None
        return min(on, self.today)

    def text(self, target: str, field: Field, name: str) -> str:
        """The cell of `target`, cleaned for `field`; empty and reported when it does not fit."""
        text = self.fit(self.cell(target), field)
        if name == "url" and text and not text.lower().startswith(("https://", "http://")):
            link = text.split("; ")[0]
            if _BARE_LINK.fullmatch(link) and "@" not in link:
                return f"https://{link}"
            if link.lower().startswith(("https://", "http://")):
                return link
            self.report(f"{quoted(text)} is not a web address; it was left empty.")
            return ""
        if name == "url" and "; " in text:
            return text.split("; ")[0]
        return text

    def fit(self, text: str, field: Field) -> str:
        """`text` cleaned for `field`; empty and reported when it does not fit."""
        if not text:
            return ""
        known = self._cleaned.get((field.name, text))
        if known is not None:
            return known
        try:
            cleaned = clean(text, field)
            if len(text) < _SHORT and len(self._cleaned) < REMEMBERED:
                self._cleaned[field.name, text] = cleaned
            return cleaned
        except Refused as refusal:
            self.report(f"{what_is_wrong(refusal)} It was left empty.")
            return ""


def what_is_wrong(refusal: Refused) -> str:
    """What is wrong with a text of a file, without what somebody who types it could do."""
    sentence = str(refusal)
    for advice in _ADVICE:
        sentence = sentence.removesuffix(advice)
    return sentence
