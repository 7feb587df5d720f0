"""Which copies of a board are kept, by the moments at which they were made.

A file of its own: a rule over moments, which knows no files.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""Of how many days, weeks and months the newest copy is kept (product). Only those count in which
there is a copy: whoever was away for a month loses none by that."""
OF_THE_NEWEST_DAY = 10
"""How many copies of the newest day are kept (product): those before an import or a restore are
made beside the copy of the day, and are wanted on that day."""


def copies_to_keep(made: Sequence[datetime]) -> frozenset[int]:
    """The places in `made` of the copies that stay.

    Args:
        made: when each was made, oldest first, by the clocks of one place.
    """
    newest_first = range(len(made) - 1, -1, -1)
    stay: set[int] = set()
    for period_of, many in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        periods: set[Any] = set()
        for place in newest_first:
            period = period_of(made[place])
            if period not in periods and len(periods) < many:
                periods.add(period)
                stay.add(place)
    of_the_day = [place for place in newest_first if _day(made[place]) == _day(made[-1])]
    return frozenset(stay.union(of_the_day[:OF_THE_NEWEST_DAY]))


def newest_by(made: Sequence[datetime], day: date) -> int | None:
    """The place in `made` of the newest copy of `day`, or else of a day before it; None without."""
    places = [place for place, moment in enumerate(made) if moment.date() <= day]
    return places[-1] if places else None


def _day(moment: datetime) -> date:
    return moment.date()


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _ = moment.isocalendar()
    return year, week


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month
