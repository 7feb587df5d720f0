"""The user's own chances: which share went on from each stage, and how long that took.

What counts, and why:

- An application has **reached** the stage in which it stands or stood when it was closed, each
  stage before it, also one that was skipped, and each stage of which an interview was held. An
  outcome never takes a stage back. Moving a card back does: on this board it corrects a slip,
  since applications end by an outcome and not by a move. An interview that was held can be no
  slip, so it counts whatever happened to the card later.
- A step counts those that **went on**, those that **ended there**, whatever the outcome (no
  response ends an application too), and those that are **open** there: of 32 that were sent, 5 led
  on so far and 24 are open. Leaving these out would flatter, since a yes comes before a silence
  ends. The rate that is shown and its interval are of all of these, the open ones counted as not
  gone on yet; the rate of the decided ones alone is for scripts.
- What the user **withdrew** is neither success nor failure of the step at which that was, and
  counts in no number of it. The steps that it took before, it took.
- A wait ends with an **answer**. One that is open, got no response, or was withdrawn says only
  that the answer took longer.
- Below `ENOUGH` cases there are counts and no rate.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from store.rules.chances.statistics import Rate, curve, days_to_share, wilson
from store.rules.stages import OFFER_OUTCOMES, ORDER, Outcome, Stage

ENOUGH = 5
"""Cases that a rate or a median needs (product)."""

_PLACE = {stage: stage.place for stage in ORDER}
_LAST = len(ORDER) - 1
_SILENT = frozenset((Outcome.NO_RESPONSE, Outcome.WITHDRAWN))
_OFFER_SILENT = frozenset((Outcome.NO_RESPONSE,))
"""The outcomes that are no answer; to an offer it is the user who answers."""


class Move(NamedTuple):
    """A step from one stage into another, on its day; the first one has no origin."""

    on: date
    came_from: Stage | None
    to: Stage


class HeldInterview(NamedTuple):
    """An interview that was held."""

    stage: Stage
    on: date


class Completion(NamedTuple):
    """A follow-up that was done, and the day by which it should have been."""

    on: date
    due_on: date


class History(NamedTuple):
    """What the figures want to know about one application.

    Moves, interviews and done follow-ups may come in any order.
    """

    id: int
    company: str
    role: str
    applied_on: date | None
    """None when it is not known; it then has no month and no first wait."""
    moves: tuple[Move, ...]
    outcome: Outcome | None = None
    closed_on: date | None = None
    source: str = ""
    tags: tuple[str, ...] = ()
    referred: bool = False
    logged_on: date | None = None
    """The day on which it was entered here. A step of that day, in an application that began
    earlier, was only made up for then: how long the stages beside it took is not known."""
    interviews: tuple[HeldInterview, ...] = ()
    done: tuple[Completion, ...] = ()


class StageWait(NamedTuple):
    """How many days an application was or has been in a stage, and whether an answer ended that."""

    id: int
    stage: Stage
    days: int
    answered: bool


class Course(NamedTuple):
    """An application as the figures count it."""

    history: History
    reached: Stage
    waits: tuple[StageWait, ...]


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """The step out of `stage`, as ids of applications; from an offer it leads to acceptance.

    Those `withdrawn` there are in none of the numbers.
    """

    stage: Stage
    went_on: tuple[int, ...] = ()
    ended: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()

    @property
    def passed(self) -> int:
        """The numerator: how many went on."""
        return len(self.went_on)

    @property
    def decided(self) -> int:
        """How many went on or ended there."""
        return len(self.went_on) + len(self.ended)

    @property
    def counted(self) -> int:
        """How many came so far and were not withdrawn: those decided, and those still open."""
        return self.decided + len(self.undecided)

    @property
    def so_far(self) -> float | None:
        """The share of those counted that went on so far, which open ones can only raise; None
        while too few are decided."""
        return self.passed / self.counted if self.decided >= ENOUGH else None

    @property
    def rate_so_far(self) -> Rate | None:
        """`so_far` with the bounds of the same cases; None while too few are decided."""
        return wilson(self.passed, self.counted) if self.decided >= ENOUGH else None

    @property
    def rate(self) -> Rate | None:
        """The share of the decided ones that went on; None while these are too few.

        With many open, it tells how those fared that were quick to be decided, not how all will.
        """
        return wilson(self.passed, self.decided) if self.decided >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class TimeInStage:
    """The days until an answer, as ids of applications and Kaplan–Meier quartiles.

    `quarter`, `half` and `three_quarters` are the days within which 25, 50 and 75 % were
    answered; None with too few cases, and while too many are still without an answer.
    """

    stage: Stage
    answered: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    quarter: int | None = None
    half: int | None = None
    three_quarters: int | None = None
    longest: int = 0
    """The longest wait so far, answered or not."""

    @property
    def cases(self) -> int:
        """All those whose days are known."""
        return len(self.answered) + len(self.waiting)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps and times of a group of applications; `name` is None for those without one."""

    name: str | None
    applications: tuple[int, ...]
    steps: tuple[FunnelStep, ...]
    times: tuple[TimeInStage, ...]

    def step(self, stage: Stage) -> FunnelStep:
        """The step out of `stage`."""
        return self.steps[stage.place]

    def time(self, stage: Stage) -> TimeInStage:
        """The time in `stage`."""
        return self.times[stage.place]


@dataclass(frozen=True, slots=True)
class End:
    """Where applications ended, and how: the ids of those that did."""

    stage: Stage
    outcome: Outcome
    applications: tuple[int, ...]


def course(history: History, today: date) -> Course:
    """How far `history` has come, and its waits up to `today`."""
    path = _path(history)
    place = path[-1][0]
    for interview in history.interviews:
        place = max(place, _PLACE[interview.stage])
    if history.outcome in OFFER_OUTCOMES:
        place = _LAST
    return Course(history, ORDER[place], _waits(history, path, today))


def steps(found: Iterable[tuple[int, int, Outcome | None]]) -> tuple[FunnelStep, ...]:
    """The four steps of applications, each given by its id, the place of the stage that it
    reached, and its outcome."""
    kinds: list[list[list[int]]] = [[[] for _ in ORDER] for _ in range(4)]
    went_on, ended, undecided, withdrawn = kinds
    left = {None: undecided, Outcome.ACCEPTED: went_on, Outcome.WITHDRAWN: withdrawn}
    for id_, place, outcome in found:
        for passed in range(place):
            went_on[passed].append(id_)
        left.get(outcome, ended)[place].append(id_)
    return tuple(
        FunnelStep(stage, *map(tuple, ids)) for stage, *ids in zip(ORDER, *kinds, strict=True)
    )


def funnel(courses: Iterable[Course], name: str | None = None) -> Funnel:
    """The figures of `courses` taken together."""
    found = []
    waits: list[list[StageWait]] = [[] for _ in ORDER]
    for history, reached, stays in courses:
        found.append((history.id, _PLACE[reached], history.outcome))
        for wait in stays:
            waits[_PLACE[wait.stage]].append(wait)
    return Funnel(
        name,
        tuple(id_ for id_, _, _ in found),
        steps(found),
        tuple(_time(stage, stays) for stage, stays in zip(ORDER, waits, strict=True)),
    )


def ends(courses: Iterable[Course]) -> tuple[End, ...]:
    """Where applications ended and how, the stages in order and the outcomes in theirs."""
    found: dict[tuple[Stage, Outcome], list[int]] = {}
    for history, reached, _ in courses:
        if history.outcome is not None:
            found.setdefault((reached, history.outcome), []).append(history.id)
    return tuple(
        End(stage, outcome, tuple(found[stage, outcome]))
        for stage in ORDER
        for outcome in Outcome
        if (stage, outcome) in found
    )


def _path(history: History) -> list[tuple[int, date]]:
    """The stages that stand, by place, with the day on which each began.

    Moves of one day are added up, so their order does not matter: each says how many places it
    led on. A stage that is come back to began when it, or the first slip beyond it, did.
    """
    steps: dict[date, int] = {}
    for on, came_from, to in history.moves:
        gained = _PLACE[to] if came_from is None else _PLACE[to] - _PLACE[came_from]
        steps[on] = steps.get(on, 0) + gained
    path: list[tuple[int, date]] = []
    place = 0
    for day in sorted(steps):
        place = min(max(place + steps[day], 0), _LAST)
        since = day
        while path and path[-1][0] >= place:
            since = path.pop()[1]
        path.append((place, since))
    return path or [(0, history.applied_on or date.min)]


def _waits(
    history: History, path: Sequence[tuple[int, date]], today: date
) -> tuple[StageWait, ...]:
    """The stays of `path` whose first and last day are known, the last one first."""
    began, logged, outcome = history.applied_on, history.logged_on, history.outcome
    made_up = logged if began is not None and logged is not None and began < logged else None
    silent = _OFFER_SILENT if path[-1][0] == _LAST else _SILENT
    until, answered = history.closed_on, outcome is not None and outcome not in silent
    waits = []
    for place, since in reversed(path):
        if made_up is None or (made_up != since and made_up != until):
            days = ((until or today) - since).days
            waits.append(StageWait(history.id, ORDER[place], max(days, 0), answered))
        until, answered = since, True
    if began is None:
        waits.pop()
    return tuple(waits)


def _time(stage: Stage, waits: Sequence[StageWait]) -> TimeInStage:
    points = curve((days, answered) for _, _, days, answered in waits)
    if len(waits) < ENOUGH:
        points = ()
    return TimeInStage(
        stage,
        tuple(wait.id for wait in waits if wait.answered),
        tuple(wait.id for wait in waits if not wait.answered),
        days_to_share(points, 0.25),
        days_to_share(points, 0.5),
        days_to_share(points, 0.75),
        max((wait.days for wait in waits), default=0),
    )


WEEKS_AT_MOST = 104
"""Two years: a slip in one date must not make a thousand empty weeks (product)."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ActivityWeek:
    """One week from Monday to Sunday; the ids of applications, one for each thing done."""

    monday: date
    applications: tuple[int, ...] = ()
    interviews: tuple[int, ...] = ()
    on_time: tuple[int, ...] = ()
    """Follow-ups done by the day on which they were due."""
    late: tuple[int, ...] = ()


def weeks(
    histories: Iterable[History], today: date, since: date | None = None
) -> tuple[ActivityWeek, ...]:
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
    found: dict[str, dict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    for history in histories:
        if history.applied_on is not None:
            found["applications"][history.applied_on].append(history.id)
        for interview in history.interviews:
            found["interviews"][interview.on].append(history.id)
        for on, due_on in history.done:
            found["on_time" if on <= due_on else "late"][on].append(history.id)
    return found


def _week(monday: date, found: dict[str, list[int]]) -> ActivityWeek:
    return ActivityWeek(monday, **{kind: tuple(ids) for kind, ids in found.items()})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
