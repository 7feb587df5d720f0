"""How sure a rate from few cases is (Wilson), and how long answers take (Kaplan and Meier)."""

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

INTERVAL_NAME = "95 % Wilson interval"
"""What the bounds are, wherever they are shown."""

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: 2.5 % are left out on either side."""


class Rate(NamedTuple):
    """A share with the bounds of its 95 % Wilson interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson(passed: int, tried: int) -> Rate:
    """The share `passed` of `tried` and its interval, which never leaves 0 to 1.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212; without continuity correction.
    Raises ValueError unless 0 <= passed <= tried and 1 <= tried.
    """
    if not 0 <= passed <= tried or tried < 1:
        raise ValueError(f"{passed} of {tried} is no share")
    share = passed / tried
    weight = tried + _Z * _Z
    middle = (passed + _Z * _Z / 2) / weight
    reach = _Z * sqrt(passed * (tried - passed) / tried + _Z * _Z / 4) / weight
    # At 0 and at all the bound is exact; elsewhere rounding must not cut the share off.
    low = 0.0 if passed == 0 else min(middle - reach, share)
    high = 1.0 if passed == tried else max(middle + reach, share)
    return Rate(share, low, high)


_ROUNDING = 1e-9
"""A share this close to the one sought is that share: the curve is a product of fractions."""


class CurvePoint(NamedTuple):
    """From this day on (until the next point) the share of cases that are still waiting."""

    day: int
    waiting: float


def curve(waits: Iterable[tuple[int, bool]]) -> tuple[CurvePoint, ...]:
    """The Kaplan–Meier estimate: a point for each day on which a case was answered.

    Each of `waits` is a number of days and whether the answer came then; if not, the case was
    last seen waiting on that day. Those last seen on the day of an answer were there for it.
    """
    answers: dict[int, int] = {}
    leaving: dict[int, int] = {}
    for days, answered in waits:
        leaving[days] = leaving.get(days, 0) + 1
        if answered:
            answers[days] = answers.get(days, 0) + 1
    there, waiting = sum(leaving.values()), 1.0
    points = []
    for day in sorted(leaving):
        if day in answers:
            waiting *= 1 - answers[day] / there
            points.append(CurvePoint(day, waiting))
        there -= leaving[day]
    return tuple(points)


def days_to_share(points: Iterable[CurvePoint], share: float) -> int | None:
    """The first day by which at least `share` (0 to 1) had an answer; 0.5 gives the median.

    None when the curve ends before: too many are still waiting to say.
    """
    return next((day for day, waiting in points if waiting <= 1 - share + _ROUNDING), None)
