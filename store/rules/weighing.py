"""How an offer measures up to what its reader wants: a weighted mean, never a verdict."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class CriterionEntry(NamedTuple):
    """A thing that matters to the user in every offer, with its weight from 1 to 5."""

    id: int
    name: str
    weight: int


class Weighed(NamedTuple):
    """One offer against the criteria: the mean of its scores, 0 to 10, each by its weight.

    `mean` is None while nothing is scored; `missing` names what is not, in the order of the
    criteria. A mean over part of them is not one over all: both are told together.
    """

    mean: float | None
    scored: int
    of: int
    missing: tuple[str, ...]


def weigh(criteria: Sequence[CriterionEntry], scores: Mapping[int, int]) -> Weighed:
    """The scores of one offer, by the id of the criterion; those of other criteria do not count."""
    scored = [one for one in criteria if one.id in scores]
    weight = sum(one.weight for one in scored)
    mean = sum(one.weight * scores[one.id] for one in scored) / weight if weight else None
    missing = tuple(one.name for one in criteria if one.id not in scores)
    return Weighed(mean, len(scored), len(criteria), missing)


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
