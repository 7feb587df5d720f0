"""How an offer measures up to what its reader wants: a weighted mean, never a verdict."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Wish(NamedTuple):
    """A criterion: its id, its name, its weight from 1 to 5."""

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


def weigh(wishes: Sequence[Wish], scores: Mapping[int, int]) -> Weighed:
    """The scores of one offer, by the id of the criterion; those of other criteria do not count."""
    scored = [wish for wish in wishes if wish.id in scores]
    weight = sum(wish.weight for wish in scored)
    mean = sum(wish.weight * scores[wish.id] for wish in scored) / weight if weight else None
    missing = tuple(wish.name for wish in wishes if wish.id not in scores)
    return Weighed(mean, len(scored), len(wishes), missing)
