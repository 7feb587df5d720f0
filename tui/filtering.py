"""Which cards match what is typed into the filter: fast enough to ask at every key."""

from collections.abc import Iterable, Mapping

from store.card import Card


class Filter:
    """Looks for words in company, role, tags, location and notes, whatever their case.

    A card matches when it holds every word of the query. The text to look in is made once for
    each card.

    Args:
        notes: the notes of each application, as one text.
    """

    def __init__(self, notes: Mapping[int, str] | None = None) -> None:
        self._notes = notes or {}
        self._texts: dict[int, tuple[Card, str]] = {}

    def learn_notes(self, notes: Mapping[int, str]) -> None:
        """Look in these notes, too, from now on."""
        self._notes = notes
        self._texts.clear()

    def matching(self, cards: Iterable[Card], query: str) -> tuple[Card, ...]:
        """Those of `cards` that match `query`, in their order; all of them for an empty one."""
        words = query.casefold().split()
        cards = tuple(cards)
        if not words:
            return cards
        return tuple(card for card in cards if self._matches(card, words))

    def matches(self, card: Card, query: str) -> bool:
        """Whether `card` matches `query`."""
        return self._matches(card, query.casefold().split())

    def _matches(self, card: Card, words: list[str]) -> bool:
        known = self._texts.get(card.id)
        if known is None or known[0] is not card:
            known = self._texts[card.id] = (card, self._text(card))
        text = known[1]
        return all(word in text for word in words)

    def _text(self, card: Card) -> str:
        notes = self._notes.get(card.id, "")
        parts = (card.company, card.role, card.location, " ".join(card.tags), notes)
        return "\n".join(parts).casefold()
