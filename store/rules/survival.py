"""How long something takes when some cases are still open: the Kaplan–Meier curve.

A case that is still open after 20 days says "longer than 20 days". Leaving it out, or counting it
as 20, would make every wait look shorter than it is.
"""

from collections.abc import Iterable
from typing import NamedTuple

_ROUNDING = 1e-9
"""A share this close to the one sought is that share: the curve is a product of fractions."""


class Point(NamedTuple):
    """From this day on (until the next point) the share of cases that are still waiting."""

    day: int
    waiting: float


def curve(waits: Iterable[tuple[int, bool]]) -> tuple[Point, ...]:
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
            points.append(Point(day, waiting))
        there -= leaving[day]
    return tuple(points)


def answered_within(points: Iterable[Point], share: float) -> int | None:
    """The first day by which at least `share` (0 to 1) had an answer; 0.5 gives the median.

    None when the curve ends before: too many are still waiting to say.
    """
    return next((day for day, waiting in points if waiting <= 1 - share + _ROUNDING), None)
