"""The saved searches of the board: how many cards each finds, and the line that walks them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model.dossier import Card
from store.rules.query.query import Query, read_while_typed
from store.rules.stages import Stage
from tui.board.changes import differences
from tui.filtering import Filter
from tui.styles.themes import Inks
from tui.widgets.canvas import Drawn, Part, strip_of
from tui.widgets.cells import cell_len, clip

ALL = 0
"""The place in the line of the board without any search; the searches have the places behind it."""
_ALL = "All"
CURRENT = "▸"
"""Before the name of the search that is shown: it is seen without colour."""
_BETWEEN = " · "
_NAME_CELLS = 24
"""Cells that the name of a search gets in the line (product)."""
_HINT = "[ ] walk"
_MORE = "… "


class SearchEntry(NamedTuple):
    """A name in the line with what it finds; None for a query that cannot be read any more."""

    name: str
    found: int | None


class Searches:
    """The searches that are kept with the board, and which cards each of them finds.

    The cards that a search found are remembered, so that after a change only the cards that
    changed are looked at.
    """

    def __init__(self) -> None:
        self.kept: Mapping[str, str] = {}
        """The queries by their names, in the order shown."""
        self.chosen = ALL
        """The place that was gone to last, to tell searches with the same query apart."""
        self._queries: dict[str, Query] = {}
        self._found: dict[str, set[int]] = {}
        self._lanes: Mapping[Stage, tuple[Card, ...]] = {}
        self._at: datetime | None = None
        self._again: set[int] = set()
        """The cards that may be found in other texts than before."""

    def take(self, kept: Mapping[str, str]) -> None:
        """Know these searches from now on."""
        self.kept = dict(kept)
        self._queries.clear()
        self._found.clear()
        self.forget()

    def forget(self) -> None:
        """Look at all cards again: they can be found in other texts than before."""
        self._at = None

    def look_again(self, card_id: int) -> None:
        """Look at this card again."""
        self._again.add(card_id)

    def place_of(self, query: str) -> int | None:
        """The place in the line of the search that `query` is; None for one that has no name."""
        typed = query.split()
        if not typed:
            return ALL
        alike = [n for n, kept in enumerate(self.kept.values(), start=1) if kept.split() == typed]
        return self.chosen if self.chosen in alike else next(iter(alike), None)

    def name_of(self, query: str) -> str:
        """The name of the search that `query` is; "" if it is none of them."""
        place = self.place_of(query)
        return [*self.kept][place - 1] if place else ""

    def count(
        self, lanes: Mapping[Stage, tuple[Card, ...]], now: datetime, looks_in: Filter
    ) -> tuple[SearchEntry, ...]:
        """All cards, and each search with how many cards of `lanes` it finds at `now`."""
        known = self._at is not None
        gone, come = differences(self._lanes, lanes) if known else ([], [])
        if self._again:
            again = [card for lane in lanes.values() for card in lane if card.id in self._again]
            gone, come = [*gone, *again], [*come, *again]
            self._again.clear()
        for name, text in self.kept.items():
            if known and (self._at == now or not self._queries[name].tests):
                found, query = self._found[name], self._queries[name]
                found -= {card.id for card in gone}
                found |= {card.id for card in come if looks_in.matches(card, query)}
            else:
                query = self._queries[name] = read_while_typed(text, now)
                every = (looks_in.match(lane, query) for lane in lanes.values())
                self._found[name] = {card.id for card in chain.from_iterable(every)}
        self._lanes, self._at = dict(lanes), now
        return (
            SearchEntry(_ALL, sum(map(len, lanes.values()))),
            *(
                SearchEntry(name, None if self._queries[name].trouble else len(self._found[name]))
                for name in self.kept
            ),
        )

    def beside(self, query: str, step: int) -> int:
        """The place beside that of `query`, round at the ends.

        From a query that has no name, forward leads to the first search and back to all.
        """
        here = self.place_of(query)
        if here is None:
            return 1 if step > 0 else ALL
        return (here + step) % (len(self.kept) + 1)


class SearchLine(Drawn):
    """One line of names with their counts: “▸All 30 · Remote 12 · This week 5”."""

    DEFAULT_CSS = "SearchLine { height: 1; width: 1fr; }"

    @dataclass
    class Pressed(Message):
        """The name at this place was clicked."""

        place: int

    def __init__(self) -> None:
        super().__init__(id="searches")
        self._entries: Sequence[SearchEntry] = ()
        self._current: int | None = None
        self._spans: list[tuple[int, int, int]] = []

    def show(self, entries: Sequence[SearchEntry], current: int | None) -> None:
        """Show these names; `current` is the place of the search shown, None for one that has no
        name."""
        if (entries, current) != (self._entries, self._current):
            self._entries, self._current = entries, current
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for start, end, place in self._spans:
            if start <= event.x < end:
                self.post_message(self.Pressed(place))
                return

    def draw_lines(self, inks: Inks, width: int, height: int) -> list[Strip]:
        """The one line; remembers where each name stands, for the mouse."""
        parts: list[Part] = [(" ", inks.ground)]
        used, self._spans = 1, []
        first = self._first_in_sight(width - 2)
        if first:
            parts, used = [(f" {_MORE}", inks.muted)], 1 + len(_MORE)
        for place, entry in enumerate(self._entries[first:], start=first):
            gap, here = _BETWEEN if place > first else "", place == self._current
            name, count = _words(entry, here=here)
            size = cell_len(gap + name + count)
            if used + size + 1 > width:
                parts.append((clip(f"{gap}{name}{count}", max(0, width - used - 1)), inks.muted))
                used = width
                break
            name_ink = inks.cursor.strong if here else inks.text
            count_ink = inks.cursor.text if here else inks.muted
            parts += [(gap, inks.muted), (name, name_ink), (count, count_ink)]
            self._spans.append((used + len(gap), used + size, place))
            used += size
        if used + len(_HINT) + 4 <= width:
            parts += [(" " * (width - used - len(_HINT) - 1), inks.ground), (_HINT, inks.muted)]
        return [strip_of(parts, width, inks.ground)] * height

    def _first_in_sight(self, room: int) -> int:
        """From which name on the line shows them, so that the current one is whole."""
        current = min(self._current or 0, len(self._entries) - 1)
        sizes = [
            cell_len("".join(_words(entry, here=place == current))) + len(_BETWEEN)
            for place, entry in enumerate(self._entries)
        ]
        first, left = 0, room
        while first < current and sum(sizes[first : current + 1]) > left:
            first, left = first + 1, room - len(_MORE)
        return first


def _words(entry: SearchEntry, *, here: bool) -> tuple[str, str]:
    name = clip(entry.name, _NAME_CELLS)
    count = " –" if entry.found is None else f" {entry.found:,}"
    return f"{CURRENT if here else ''}{name}", count
