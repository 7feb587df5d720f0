"""How an offer measures up to what its reader wants: a weighted mean, never a verdict.

A file of its own: no other rule knows criteria.
"""

from collections.abc import Mapping, Sequence
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
