"""What the user did, week by week: applications, interviews, follow-ups in time or late."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from store.rules.chances import History

WEEKS_AT_MOST = 104
"""Two years: a slip in one date must not make a thousand empty weeks (product)."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """One week from Monday to Sunday; the ids of applications, one for each thing done."""

    monday: date
    applications: tuple[int, ...] = ()
    interviews: tuple[int, ...] = ()
    on_time: tuple[int, ...] = ()
    """Follow-ups done by the day on which they were due."""
    late: tuple[int, ...] = ()


def weeks(histories: Iterable[History], today: date, since: date | None = None) -> tuple[Week, ...]:
    """Every week up to that of `today`, from the first in which something happened.

    Counts what happened from `since` on, also in applications that are older; nothing that lies
    in the future. At most the newest `WEEKS_AT_MOST`.
    """
    this = _monday(today)
    earliest = max(since or date.min, this - (WEEKS_AT_MOST - 1) * _WEEK)
    found: dict[date, dict[str, list[int]]] = {}
    for kind, days in _events(histories).items():
        for day in sorted(days):
            if earliest <= day <= today:
                found.setdefault(_monday(day), {}).setdefault(kind, []).extend(days[day])
    if not found:
        return ()
    count = (this - min(found)).days // 7 + 1
    mondays = [this - step * _WEEK for step in range(count)]
    return tuple(_week(monday, found.get(monday, {})) for monday in reversed(mondays))


def _events(histories: Iterable[History]) -> dict[str, dict[date, list[int]]]:
    """The applications by the kind of what was done, and its day; by day, of which there are few,
    since weeks are slow to work out."""
    applications: dict[date, list[int]] = defaultdict(list)
    interviews: dict[date, list[int]] = defaultdict(list)
    on_time: dict[date, list[int]] = defaultdict(list)
    late: dict[date, list[int]] = defaultdict(list)
    for history in histories:
        if history.applied_on is not None:
            applications[history.applied_on].append(history.id)
        for talk in history.talks:
            interviews[talk.on].append(history.id)
        for on, due_on in history.done:
            (on_time if on <= due_on else late)[on].append(history.id)
    return {
        "applications": applications,
        "interviews": interviews,
        "on_time": on_time,
        "late": late,
    }


def _week(monday: date, found: dict[str, list[int]]) -> Week:
    return Week(monday, **{kind: tuple(ids) for kind, ids in found.items()})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
