"""What happened to every application: for the figures of one's own chances, and to look back."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, get_args

from store.read.glance import Glance
from store.read.rows import OUTCOMES, STAGES, Reader, as_stored, plus_minutes
from store.rules.chances.chances import (
    ENOUGH,
    ActivityWeek,
    Completion,
    Course,
    End,
    Funnel,
    FunnelStep,
    HeldInterview,
    History,
    Move,
    TimeInStage,
    course,
    ends,
    funnel,
    steps,
    weeks,
)
from store.rules.chances.figures import typical
from store.rules.chances.statistics import INTERVAL_NAME
from store.rules.chances.words import card_line
from store.rules.stages import OFFER_OUTCOMES, Stage

if TYPE_CHECKING:
    from store.read.glance import Glance


_APPLICATIONS = """
SELECT id, company, role, applied_on, outcome, closed_on, source, tags, channel, created_at
FROM application ORDER BY id"""
_STANDINGS = "SELECT id, stage, outcome FROM application ORDER BY id"
_INTERVIEWS_AHEAD = """
SELECT application_id, interview.stage, starts_at, minutes
FROM interview JOIN application ON application.id = application_id
WHERE status = 'confirmed' AND starts_at <= :now AND interview.stage <> application.stage"""
_MOVES = "SELECT application_id, moved_on, from_stage, to_stage FROM stage_move"
_INTERVIEWS = """
SELECT application_id, stage, starts_at, minutes FROM interview
WHERE status = 'confirmed' AND kept IS NOT FALSE AND starts_at <= :now"""
_DONE = """
SELECT application_id, done_on, due_on, due_at, snoozed_to FROM follow_up
WHERE state = 'done' AND done_on IS NOT NULL"""

_PLACES = {stage.value: stage.place for stage in Stage}
_OFFERED = {outcome.value: Stage.OFFER.place for outcome in OFFER_OUTCOMES}
_REFERRAL = re.compile(r"(?<!no )(?<!not )(?<!non-)(?<!without )\b(?:referr|recommend)", re.I)


def read_histories(glance: "Glance", now: datetime | None = None) -> tuple[History, ...]:
    """The history of each application, open or closed, by id, with the interviews held by `now`.

    Days are those at the reader's place. Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        return tuple(_histories(reader, as_stored(reader.now(now))))


def read_steps(glance: "Glance", now: datetime | None = None) -> tuple[FunnelStep, ...]:
    """The four steps of all applications: those of a funnel of all histories, in a tenth of the
    time, since the stage in which a card stands is where its moves have led.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        until = as_stored(reader.now(now))
        met: dict[int, int] = {}
        for owner, stage, starts, minutes in reader.rows(_INTERVIEWS_AHEAD, {"now": until}):
            if plus_minutes(starts, minutes) <= until:
                met[owner] = max(met.get(owner, 0), _PLACES[stage])
        return steps(
            (id_, max(_PLACES[stage], met.get(id_, 0), _OFFERED.get(outcome, 0)), OUTCOMES[outcome])
            for id_, stage, outcome in reader.rows(_STANDINGS)
        )


def is_referral(source: str, channel: str, tags: Iterable[str]) -> bool:
    """Whether one of the texts says that somebody referred or recommended the user."""
    return any(map(_refers, (source, channel, *tags)))


@lru_cache(maxsize=1_000)
def _refers(text: str) -> bool:
    """Remembered, since thousands of applications share a few sources and tags."""
    return _REFERRAL.search(text) is not None


def _histories(reader: Reader, now: str) -> Iterable[History]:
    days, instants = reader.days, reader.instants
    moves = _moves(reader)
    interviews = _interviews_held(reader, now)
    done = _completions(reader)
    tags_of: dict[str, tuple[str, ...]] = {"[]": ()}
    none: tuple[()] = ()
    for row in reader.rows(_APPLICATIONS):
        id_, company, role, applied_on, outcome, closed_on, source, tag_list, channel, made = row
        if tag_list not in tags_of:
            tags_of[tag_list] = tuple(map(str, json.loads(tag_list)))
        tags = tags_of[tag_list]
        yield History(
            id_,
            company,
            role,
            days[applied_on],
            tuple(moves.get(id_, none)),
            OUTCOMES[outcome],
            days[closed_on],
            source,
            tags,
            is_referral(source, channel, tags),
            instants[made].date(),
            tuple(interviews.get(id_, none)),
            tuple(done.get(id_, none)),
        )


def _moves(reader: Reader) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = {}
    for owner, on, came_from, to in reader.rows(_MOVES):
        origin = STAGES[came_from] if came_from is not None else None
        found.setdefault(owner, []).append(Move(reader.days[on], origin, STAGES[to]))
    return found


def _interviews_held(reader: Reader, now: str) -> dict[int, list[HeldInterview]]:
    """The interviews that are over."""
    found: dict[int, list[HeldInterview]] = {}
    for owner, stage, starts, minutes in reader.rows(_INTERVIEWS, {"now": now}):
        if plus_minutes(starts, minutes) <= now:
            interview = HeldInterview(STAGES[stage], reader.instants[starts].date())
            found.setdefault(owner, []).append(interview)
    return found


def _completions(reader: Reader) -> dict[int, list[Completion]]:
    """The follow-ups that were done, each with the day that was asked for last."""
    found: dict[int, list[Completion]] = {}
    for owner, on, due_on, due_at, snoozed_to in reader.rows(_DONE):
        due: date = reader.days[snoozed_to or due_on]
        if due_at is not None and snoozed_to is None:
            due = reader.instants[due_at].date()
        found.setdefault(owner, []).append(Completion(reader.days[on], due))
    return found


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
    weeks: tuple[ActivityWeek, ...]
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


def _step_data(step: FunnelStep, with_typical: bool) -> dict[str, Any]:
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


def read_card_chances(glance: "Glance") -> Mapping[Stage, str]:
    """By stage, how the user's own applications fared from there.

    Raises StoreError when the file cannot be read.
    """
    return {step.stage: card_line(step) for step in read_steps(glance)}
