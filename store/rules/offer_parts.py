"""The parts that an offer usually has, to show which of them nobody has spoken of yet."""

import re
from collections.abc import Iterable, Mapping

PARTS: Mapping[str, tuple[str, ...]] = {
    "base pay": ("base", "pay", "salary", "wage", "wages", "gross"),
    "bonus": ("bonus", "commission", "variable"),
    "equity": ("equity", "stock", "stocks", "shares", "options", "rsu", "rsus", "vesting"),
    "pension": ("pension", "retirement", "401k", "401"),
    "leave": ("leave", "holiday", "holidays", "vacation", "pto"),
    "hours": ("hours", "week", "weekly", "part-time", "full-time", "overtime"),
    "place": ("place", "remote", "office", "hybrid", "home", "onsite", "on-site"),
    "training": ("training", "courses", "course", "education", "conference", "conferences"),
}
"""Each part (knowledge O-4) with the words by which it is known."""

_WORD = re.compile(r"[\w-]+")


def empty_parts(components: Iterable[str]) -> tuple[str, ...]:
    """The parts of which none of the `components`, in the user's own words, speaks."""
    said = {word for text in components for word in _WORD.findall(text.casefold())}
    return tuple(part for part, words in PARTS.items() if said.isdisjoint(words))
