"""Which cards match what is typed into the filter: fast enough to ask at every key."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from store.model.board import Card
from store.rules.query.fields import Record, Test, field_name
from store.rules.query.query import Query, read_while_typed
from store.rules.text import searchable

if TYPE_CHECKING:
    from store.read.glance import Glance, SearchTexts, Stamps

_LISTS_KNOWN = 8
"""How many lists of cards are remembered with their texts: four lanes, and what is closed."""
_STAMPED = frozenset(("added", "changed"))
"""The fields that ask for what no card has: see `store.read.glance.read_stamps`."""


class _SearchedCards:
    """A list of cards with the texts to look in and, once a field was asked for, the records.

    `steps` are the terms that were asked last, one after the other, each with the places of the
    cards that were left after it; `found` are the cards that were left in the end.
    """

    def __init__(self, cards: Sequence[Card], texts: list[str]) -> None:
        self.cards = cards
        self.texts = texts
        self.records: list[Record] | None = None
        self.steps: list[tuple[_FilterStep, Sequence[int]]] = []
        self.found: tuple[Card, ...] = ()


class _FilterStep(NamedTuple):
    """One thing that is asked of every card: a word, one that must not be there, or a field."""

    word: str = ""
    without: str = ""
    test: Test | None = None

    def narrows(self, other: "_FilterStep") -> bool:
        """Whether it finds nothing that `other` does not find: a word that was typed on."""
        return bool(other.word) and other.word in self.word


class Filter:
    """Looks in what stands on a card (company, role, location, source, tags), and in more texts of
    its application, as `searchable` makes them all: case and accents do not count.

    `#remote` is found in a tag alone, unless somebody wrote it into a text like that. What to look
    in is made once for each card.

    Args:
        more: the other texts of each application.
        stamps: when each was added and changed.
    """

    def __init__(
        self,
        more: "Mapping[int, SearchTexts] | None" = None,
        stamps: "Mapping[int, Stamps] | None" = None,
    ) -> None:
        self._more: dict[int, SearchTexts] = dict(more or {})
        self._stamps: dict[int, Stamps] = dict(stamps or {})
        self._folded: dict[int, tuple[Card, str]] = {}
        """What stands on each card, as `searchable` makes it: it stays when more is known."""
        self._texts: dict[int, tuple[Card, str]] = {}
        self._lists: list[_SearchedCards] = []

    def learn(
        self, more: "Mapping[int, SearchTexts]", stamps: "Mapping[int, Stamps] | None" = None
    ) -> None:
        """Look in these texts, too, from now on."""
        self._more = dict(more)
        self._stamps = dict(stamps or {})
        self._texts.clear()
        self._lists.clear()

    def learn_one(self, card_id: int, more: "SearchTexts | None", stamps: "Stamps | None") -> None:
        """Look in these texts of one application, which was changed, from now on."""
        self._more.pop(card_id, None)
        self._stamps.pop(card_id, None)
        if more is not None:
            self._more[card_id] = more
        if stamps is not None:
            self._stamps[card_id] = stamps
        self._texts.pop(card_id, None)
        self._lists.clear()

    def matches(self, card: Card, query: Query) -> bool:
        """Whether this one card matches."""
        return query.matches(self._record(card, self._text_of(card)))

    def prepare(self, cards: Sequence[Card]) -> None:
        """Make the texts of `cards` before anything is looked for: 30 ms for 10,000 of them."""
        self._learn(cards)

    def match(self, cards: Iterable[Card], query: Query) -> tuple[Card, ...]:
        """Those of `cards` that match `query`, in their order; all of them for an empty one."""
        cards = tuple(cards)
        if not (query.words or query.without or query.tests):
            return cards
        known = self._learn(cards)
        self._go_through(known, query)
        return known.found

    def _go_through(self, known: _SearchedCards, query: Query) -> None:
        """Ask what was not asked before. While a query is typed, only its last term changes: what
        the terms before it left is known, and a longer word is looked for where it was found."""
        asked = [
            *(_FilterStep(word=word) for word in query.words),
            *(_FilterStep(without=word) for word in query.without),
            *(_FilterStep(test=test) for test in query.tests),
        ]
        before = known.steps
        if asked == [step for step, _ in before]:
            return
        same = 0
        while same < min(len(asked), len(before)) and asked[same] == before[same][0]:
            same += 1
        found: Sequence[int] = before[same - 1][1] if same else range(len(known.cards))
        if same < min(len(asked), len(before)) and asked[same].narrows(before[same][0]):
            found = before[same][1]
        known.steps = before[:same]
        for step in asked[same:]:
            found = self._ask(known, step, found)
            known.steps.append((step, found))
        known.found = tuple([known.cards[at] for at in found])

    def _ask(
        self, known: _SearchedCards, step: _FilterStep, places: Sequence[int]
    ) -> Sequence[int]:
        """Those of `places` that this finds."""
        texts = known.texts
        if word := step.word:
            return [at for at in places if word in texts[at]]
        if word := step.without:
            return [at for at in places if word not in texts[at]]
        records, test = self._records_of(known), step.test
        return [at for at in places if test is None or test(records[at])]

    def _learn(self, cards: Sequence[Card]) -> _SearchedCards:
        """What is known of `cards`; at once for a list that was asked for before."""
        for known in self._lists:
            if known.cards is cards:
                return known
        known = _SearchedCards(cards, [self._text_of(card) for card in cards])
        self._lists = [known, *self._lists[: _LISTS_KNOWN - 1]]
        return known

    def _records_of(self, known: _SearchedCards) -> list[Record]:
        if known.records is None:
            known.records = [
                self._record(card, text)
                for card, text in zip(known.cards, known.texts, strict=True)
            ]
        return known.records

    def _text_of(self, card: Card) -> str:
        known = self._texts.get(card.id)
        if known is None or known[0] is not card:
            known = self._texts[card.id] = (card, self._text(card))
        return known[1]

    def _text(self, card: Card) -> str:
        more = self._more.get(card.id)
        return f"{self._fold(card)}\n{more.text if more else ''}"

    def _fold(self, card: Card) -> str:
        known = self._folded.get(card.id)
        if known is None or known[0] is not card:
            tags = " ".join(card.tags)
            # Each word of a tag can be found with its sign, wherever it stands in the tag.
            signed = f"#{tags.replace(' ', ' #')}" if tags else ""
            parts = (card.company, card.role, card.location, card.source, signed, tags)
            known = self._folded[card.id] = (card, searchable("\n".join(parts)))
        return known[1]

    def _record(self, card: Card, text: str) -> Record:
        more, stamps = self._more.get(card.id), self._stamps.get(card.id)
        due, interview = card.follow_up, card.interview
        starts = interview.starts_at if interview is not None else None
        # Not by Record(...), a function of Python's in between: a board makes thousands.
        values = (
            card.id, text, card.company, card.role, card.stage, card.outcome,
            card.location, card.source, card.salary, card.url, card.tags,
            more.contacts if more else "", more.notes if more else "",
            card.applied_on, card.stage_since, card.closed_on,
            stamps.created_at.date() if stamps else None,
            stamps.updated_at.date() if stamps else None,
            card.expected_by, card.deadline_on,
            interview is not None, starts.date() if starts is not None else None,
            card.quiet_on,
            due.due_on if due else None, due.due_at if due else None,
            due.late_from if due else None, bool(due and due.fold), card.employer,
        )  # fmt: skip
        return tuple.__new__(Record, values)


class Values:
    """The values that cards have in the fields of texts, to be offered while a query is typed.

    Called with the first name of a field; the most used come first, and none for other fields.
    """

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = cards
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, field: str) -> Sequence[str]:
        if field not in _VALUES:
            return ()
        if field not in self._known:
            found = Counter(chain.from_iterable(map(_VALUES[field], self._cards)))
            self._known[field] = tuple(value for value, _ in found.most_common() if value)
        return self._known[field]


_VALUES: "Mapping[str, Callable[[Card], tuple[str, ...]]]" = {
    "employer": lambda card: (card.company,),
    "role": lambda card: (card.role,),
    "location": lambda card: (card.location,),
    "source": lambda card: (card.source,),
    "tag": lambda card: card.tags,
}


def find_cards(
    glance: "Glance", query: Query, now: datetime, *, closed: bool | None = False
) -> tuple[Card, ...]:
    """The applications that match `query`, by id: for `--search` and `--where`.

    Args:
        closed: look among the open ones, the closed ones, or with None all. Where the query asks
            for closed ones by name (`closed`, `outcome:rejected`), open ones alone are not enough.

    Raises StoreError when the file cannot be read.
    """
    scope = None if closed is False and query.wants_closed else closed
    return _filter_for(glance, [query]).match(glance.cards(closed=scope, now=now), query)


def count_found(glance: "Glance", texts: Iterable[str], now: datetime) -> dict[str, int | None]:
    """How many applications each query finds; None for one that cannot be read any more.

    Raises StoreError when the file cannot be read.
    """
    queries = {text: read_while_typed(text, now) for text in texts}
    search = _filter_for(glance, queries.values())
    open_, all_ = glance.cards(now=now), glance.cards(closed=None, now=now)
    return {
        text: None
        if query.trouble
        else len(search.match(all_ if query.wants_closed else open_, query))
        for text, query in queries.items()
    }


def _filter_for(glance: "Glance", queries: Iterable[Query]) -> Filter:
    """A filter that knows what these queries ask for."""
    from store.read.glance import read_search_texts, read_stamps

    stamped = any(field_name(term) in _STAMPED for query in queries for term in query.terms)
    return Filter(read_search_texts(glance), read_stamps(glance) if stamped else None)
