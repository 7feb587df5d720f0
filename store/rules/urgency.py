"""The one line that matters most on a card, and the order of the cards that follows from it.

Pure: everything comes in as plain values, `now` included (aware, in the user's zone).
"""

from datetime import date, datetime, time, tzinfo
from enum import IntEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from store.rules.dates import (
    clock_time,
    days_until,
    elapsed_words,
    is_late,
    short_countdown,
    short_day,
)
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage

MORNING = time(9)
"""When a follow-up without a time of day is due (knowledge A.4)."""
IMMINENT_WITHIN = 2 * 3600
"""Seconds before an interview from which on its card speaks of nothing else (2 hours: R5)."""
SOON_WITHIN = 48 * 3_600
"""Seconds to an interview within which its card says so: where hours are counted (A.4)."""
_A_WEEK = 7
_NEVER = float("inf")


class Level(IntEnum):
    """How much a card wants attention; the smaller, the higher it stands in its lane."""

    LATE = 0
    TODAY = 1
    SOON = 2
    ASK = 3
    COMING = 4
    QUIET = 5
    DORMANT = 6


class Line(NamedTuple):
    """What a card says in its one line: `what` at the left, the short countdown `when` right."""

    level: Level
    what: str
    when: str


class Step(NamedTuple):
    """The follow-up that comes first: a day, an instant if it is due at a time of day."""

    action: str
    label: str
    due_on: date
    due_at: datetime | None = None
    late_until: datetime | None = None


class Facts(NamedTuple):
    """What the line follows from.

    `starts_at` is the start of the next agreed interview that is not over; `met` says whether an
    interview of the present stage is agreed or held; `expected_by` is the employer's date,
    `deadline_on` and `deadline_at` the offer's.
    """

    stage: Stage
    stage_since: date
    outcome: Outcome | None = None
    dormant: bool = False
    step: Step | None = None
    starts_at: datetime | None = None
    met: bool = False
    expected_by: date | None = None
    deadline_on: date | None = None
    deadline_at: datetime | None = None


_Subject = Literal[
    "step", "interview", "deadline", "expected", "question", "stage", "silence", "outcome"
]
"""What the line speaks of."""

_WORDING = {
    "answer": "answer invite",
    "prepare": "prepare",
    "logistics": "check details",
    "go": "go",
    "thank": "thank them",
    "inquire": "ask politely",
    "acknowledge": "thank for offer",
    "decide": "decide",
    "decide_soft": "decide",
    "more_time": "ask for time",
    "ask_deadline": "ask deadline",
    "ask_slot": "ask for a time",
    "debrief": "debrief",
    "warn_references": "warn references",
    "ask_letter": "ask for letter",
    "ask_counter": "ask for answer",
    "tell_date": "tell your date",
    "withdraw": "withdraw",
    "thank_reply": "thank them",
    "keep_in_touch": "stay in touch",
    "look_again": "look again",
    "deliver": "deliver",
}


def due_level(due_on: date, due_at: datetime | None, now: datetime) -> Level:
    """LATE, TODAY or COMING: where a follow-up due then stands now, for cards and lists alike."""
    if due_at is not None and is_late(due_on, due_at, now):
        return Level.LATE
    days = days_until(due_on, due_at, now)
    if days > 0:
        return Level.COMING
    return Level.TODAY if days == 0 else Level.LATE


def wording(step: Step) -> str:
    """The follow-up in two or three words: “ask politely”, “thank Ana”; else its own label."""
    if step.action == "thank":
        name = step.label.partition(" for ")[0]
        if name.lower().startswith("thank ") and len(name) <= len("thank ") + 20:
            return "t" + name[1:]
    return _WORDING.get(step.action, step.label)


_BRIEF = {
    "answer invite": "answer",
    "check details": "check",
    "thank them": "thank",
    "ask politely": "ask",
    "thank for offer": "thank",
    "ask for time": "ask time",
    "ask deadline": "deadline",
    "interview": "meet",
}
_BRIEF_STARTS = (("interview ", "at "), ("answer by ", "by "), ("they say by ", "they: "))


def briefly(what: str) -> str:
    """`what` of a line in one word where there is a good one: for a lane too narrow for two."""
    for start, brief in _BRIEF_STARTS:
        if what.startswith(start):
            return brief + what.removeprefix(start)
    return _BRIEF.get(what, what)


def line(facts: Facts, now: datetime) -> Line:
    """The line that matters most: a late follow-up, one for today, an interview within 48 hours,
    a question that is open, the nearest date to come, else the days in the stage or of silence.
    """
    level, subject, _ = _standing(facts, now)
    return Line(level, *_words(subject, facts, now))


def sort_key(
    facts: Facts, company: str, card_id: int, now: datetime
) -> tuple[int, float, int, str, int]:
    """The place of a card in its lane, a total order: level, then the moment that it is about,
    then the longest in its stage, then company and id."""
    level, _, moment = _standing(facts, now)
    return level, moment, facts.stage_since.toordinal(), company.casefold(), card_id


def _standing(facts: Facts, now: datetime) -> tuple[Level, _Subject, float]:
    """The level, what the line speaks of, and the moment of it; never where there is none."""
    subject: _Subject = "step"
    moment = _NEVER
    if facts.starts_at is not None and facts.outcome is None:
        starts = facts.starts_at.timestamp()
        if starts - now.timestamp() <= IMMINENT_WITHIN:
            return Level.TODAY, "interview", starts
    if facts.step is not None:
        due_on, due_at = facts.step.due_on, facts.step.due_at
        moment = _moment(due_on, due_at, now)
        level = due_level(due_on, due_at, now)
        if level is not Level.COMING or facts.outcome is not None:
            return level, subject, moment
    if facts.outcome is not None:
        return Level.QUIET, "outcome", _NEVER
    if facts.starts_at is not None:
        starts = facts.starts_at.timestamp()
        if starts - now.timestamp() <= SOON_WITHIN:
            return Level.SOON, "interview", starts
        if starts < moment:
            moment, subject = starts, "interview"
    if not facts.dormant and _asks(facts):
        return Level.ASK, "question", _NEVER
    if facts.deadline_on is not None and not is_late(facts.deadline_on, facts.deadline_at, now):
        deadline = _moment(facts.deadline_on, facts.deadline_at, now)
        if deadline < moment:
            moment, subject = deadline, "deadline"
    if facts.expected_by is not None and not is_late(facts.expected_by, None, now):
        expected = _moment(facts.expected_by, None, now)
        if expected < moment:
            moment, subject = expected, "expected"
    if moment < _NEVER:
        return Level.COMING, subject, moment
    if facts.dormant:
        return Level.DORMANT, "silence", _NEVER
    return Level.QUIET, "stage", _NEVER


def _moment(day: date, at: datetime | None, now: datetime) -> float:
    return _morning(day, now.tzinfo) if at is None else at.timestamp()


@lru_cache(maxsize=4_096)
def _morning(day: date, zone: tzinfo | None) -> float:
    return datetime.combine(day, MORNING, zone).timestamp()


def _asks(facts: Facts) -> bool:
    if facts.stage is Stage.OFFER:
        return facts.deadline_on is None
    return facts.stage in INTERVIEW_STAGES and not facts.met


def _words(subject: _Subject, facts: Facts, now: datetime) -> tuple[str, str]:
    today = now.date()
    if subject == "step" and facts.step is not None:
        return _step_words(facts.step, facts, now)
    if subject == "interview" and facts.starts_at is not None:
        return _interview_words(facts.starts_at, now)
    if subject == "deadline" and facts.deadline_on is not None:
        return _deadline_words(facts.deadline_on, facts.deadline_at, now)
    if subject == "expected" and facts.expected_by is not None:
        said = short_day(facts.expected_by, today)
        return f"they say by {said}", short_countdown(facts.expected_by, None, now)
    if subject == "question":
        return ("by when? i" if facts.stage is Stage.OFFER else "when? i"), ""
    if subject == "outcome" and facts.outcome is not None:
        return facts.outcome.title, ""
    if subject == "silence":
        return f"quiet {elapsed_words(facts.stage_since, today)}", ""
    if facts.stage_since >= today:
        return f"new in {facts.stage}", ""
    return f"{elapsed_words(facts.stage_since, today)} in {facts.stage}", ""


def _step_words(step: Step, facts: Facts, now: datetime) -> tuple[str, str]:
    """A reminder to decide that is yet to come counts down to the offer's deadline instead."""
    coming = due_level(step.due_on, step.due_at, now) is Level.COMING
    if coming and step.action == "decide" and facts.deadline_on is not None:
        return _deadline_words(facts.deadline_on, facts.deadline_at, now)
    return wording(step), short_countdown(step.due_on, step.due_at, now, step.late_until)


def _interview_words(starts_at: datetime, now: datetime) -> tuple[str, str]:
    """ "interview 10:00", "in 3h" on the day; then "interview", "Tue 10:00"; then days."""
    starts = starts_at.astimezone(now.tzinfo)
    at = clock_time(starts)
    if starts_at.timestamp() <= now.timestamp():
        return "interview", "now"
    days = days_until(starts.date(), None, now)
    if days <= 0:
        return f"interview {at}", short_countdown(starts.date(), starts, now)
    if days < _A_WEEK:
        return "interview", f"{short_day(starts.date())[:3]} {at}"
    return f"interview {short_day(starts.date(), now.date())}", short_countdown(
        starts.date(), None, now
    )


def _deadline_words(on: date, at: datetime | None, now: datetime) -> tuple[str, str]:
    """ "answer by Thu", "in 3d"; the whole day where the weekday alone would not tell it."""
    day = on if at is None else at.astimezone(now.tzinfo).date()
    near = days_until(day, None, now) < _A_WEEK
    said = short_day(day)[:3] if near else short_day(day, now.date())
    return f"answer by {said}", short_countdown(on, at, now)
