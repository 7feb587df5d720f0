"""The figures of a search in one value: what `rounds stats` prints and the chances screen draws."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Literal, get_args

from store.rules.chances.chances import (
    ENOUGH,
    Course,
    End,
    Funnel,
    History,
    Step,
    TimeInStage,
    Week,
    course,
    ends,
    funnel,
    weeks,
)
from store.rules.chances.figures import typical
from store.rules.chances.statistics import INTERVAL_NAME

By = Literal["source", "tag", "month", "referral"]
"""What applications can be compared by."""
GROUPINGS: tuple[By, ...] = get_args(By)

REFERRAL, NO_REFERRAL = "referral", "no referral"


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of the applications made since a day (or ever), as of `today`."""

    today: date
    since: date | None
    by: By | None
    whole: Funnel
    groups: tuple[Funnel, ...]
    """By the name of the group: months in their order, the rest with the largest first; the
    applications without such a name last, under None. One with several tags is in each."""
    ends: tuple[End, ...]
    weeks: tuple[Week, ...]
    undated: tuple[int, ...]
    """Left out by `since`, as it is not known when they were made."""


def summary(
    histories: Collection[History], today: date, since: date | None = None, by: By | None = None
) -> Summary:
    """The figures of `histories`.

    Args:
        today: the local day; open applications have waited until then.
        since: only applications made on that day or later. The weeks count what was done since.
        by: also compare by this.
    """
    chosen: Collection[History] = histories
    undated: tuple[int, ...] = ()
    if since is not None:
        chosen = [h for h in histories if h.applied_on is not None and h.applied_on >= since]
        undated = tuple(h.id for h in histories if h.applied_on is None)
    courses = [course(history, today) for history in chosen]
    return Summary(
        today,
        since,
        by,
        funnel(courses),
        _groups(courses, by) if by else (),
        ends(courses),
        weeks(histories, today, since),
        undated,
    )


def as_data(report: Summary) -> dict[str, Any]:
    """`report` as JSON takes it: numbers for scripts, with the typical range beside the steps.

    Of each step, `numerator` of the `counted` ones went on so far, and `open` of these may still;
    `so_far` is that share. `rate` is that of the `denominator` decided ones alone, and `low` and
    `high` are its bounds. The `withdrawn` ones are in none of these. Shares and bounds are null
    while fewer than `rate_needs` are decided.
    """
    return {
        "today": report.today.isoformat(),
        "since": report.since.isoformat() if report.since else None,
        "by": report.by,
        "interval": INTERVAL_NAME,
        "rate_needs": ENOUGH,
        "undated": len(report.undated),
        **_funnel_data(report.whole, with_typical=True),
        "groups": [{"name": g.name, **_funnel_data(g)} for g in report.groups],
        "ends": [
            {"stage": e.stage.value, "outcome": e.outcome.value, "count": len(e.applications)}
            for e in report.ends
        ],
        "weeks": [
            {
                "monday": week.monday.isoformat(),
                "applications": len(week.applications),
                "interviews": len(week.interviews),
                "follow_ups_on_time": len(week.on_time),
                "follow_ups_late": len(week.late),
            }
            for week in report.weeks
        ],
    }


def _funnel_data(found: Funnel, *, with_typical: bool = False) -> dict[str, Any]:
    return {
        "applications": len(found.applications),
        "open": sum(len(step.undecided) for step in found.steps),
        "steps": [_step_data(step, with_typical) for step in found.steps],
        "time_in_stage": [_time_data(time) for time in found.times],
    }


def _step_data(step: Step, with_typical: bool) -> dict[str, Any]:
    rate = step.rate
    data: dict[str, Any] = {
        "stage": step.stage.value,
        "numerator": step.passed,
        "denominator": step.decided,
        "undecided": len(step.undecided),
        "open": len(step.undecided),
        "withdrawn": len(step.withdrawn),
        "counted": step.counted,
        "so_far": step.so_far,
        "rate": rate.share if rate else None,
        "low": rate.low if rate else None,
        "high": rate.high if rate else None,
    }
    if with_typical:
        published = typical(step.stage)
        data["typical"] = {
            "low": published.low,
            "high": published.high,
            "years": published.years,
            "quality": published.quality,
        }
    return data


def _time_data(time: TimeInStage) -> dict[str, Any]:
    return {
        "stage": time.stage.value,
        "answered": len(time.answered),
        "unanswered": len(time.waiting),
        "days_quarter": time.quarter,
        "days_half": time.half,
        "days_three_quarters": time.three_quarters,
        "days_longest": time.longest if time.cases else None,
    }


def _groups(courses: Sequence[Course], by: By) -> tuple[Funnel, ...]:
    names_of = _NAMES[by]
    spelled: dict[str, list[Course]] = {}
    for one in courses:
        for name in names_of(one.history) or ("",):
            spelled.setdefault(name, []).append(one)
    named: dict[str, list[str]] = {}
    for name in spelled:
        named.setdefault(name.casefold(), []).append(name)
    groups = [_group(names, spelled) for names in named.values()]
    return tuple(sorted(groups, key=_by_month if by == "month" else _by_size))


def _group(names: Sequence[str], spelled: Mapping[str, Sequence[Course]]) -> Funnel:
    """One group under its usual spelling, so that “linkedin” and “LinkedIn” are one source."""
    usual = min(names, key=lambda name: (-len(spelled[name]), name))
    return funnel(chain.from_iterable(spelled[name] for name in names), usual or None)


def _by_month(group: Funnel) -> tuple[bool, str]:
    return (group.name is None, group.name or "")


def _by_size(group: Funnel) -> tuple[bool, int, str, str]:
    name = group.name or ""
    return (group.name is None, -len(group.applications), name.casefold(), name)


def _months(history: History) -> Iterable[str]:
    return (history.applied_on.isoformat()[:7],) if history.applied_on else ()


_NAMES: dict[By, Callable[[History], Iterable[str]]] = {
    "source": lambda history: (history.source,),
    "tag": lambda history: history.tags,
    "month": _months,
    "referral": lambda history: (REFERRAL if history.referred else NO_REFERRAL,),
}
