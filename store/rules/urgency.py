"""The one line that matters most on a card, and the order of the cards that follows from it.

Pure: everything comes in as plain values, `now` included (aware, in the user's zone).
"""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import IntEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from store.rules.dates import (
    MONTHS,
    clock_time,
    days_until,
    elapsed_words,
    is_late,
    short_countdown,
    short_day,
)
from store.rules.followups.actions import PREPARING, UNANSWERED, Rank, action_of, all_actions
from store.rules.stages import INTERVIEW_STAGES, Outcome, Stage

MORNING = time(9)
"""When a follow-up without a time of day is due (knowledge A.4)."""
IMMINENT_WITHIN = 2 * 3600
"""Seconds before an interview from which on its card speaks of nothing else (2 hours: R5)."""
SOON_WITHIN = 48 * 3_600
"""Seconds to an interview within which its card says so: where hours are counted (A.4)."""
_A_WEEK = 7
_DEADLINE_NEAR = 2
"""Days to the deadline of an offer from which its card is as urgent as what is for today."""
_DAY = timedelta(days=1)
_MIDNIGHT = time()
_NEVER = float("inf")
_LATEST = float(2**53)
"""Later than any instant."""
ANY_TIME = "any time"
"""When to do what has no day."""
DECIDE = "decide"
"""The action that answers an offer by its deadline."""


class Level(IntEnum):
    """How much a card wants attention; the smaller, the higher it stands in its lane."""

    LATE = 0
    TODAY = 1
    SOON = 2
    ASK = 3
    COMING = 4
    IDLE = 5
    QUIET = 6


class CardLine(NamedTuple):
    """What a card says in its one line: `what` at the left, the short countdown `when` right.

    `aside` is the day and time that the card shows besides: that of the next interview, or by
    when an offer must be answered, where the line speaks of something else.
    """

    level: Level
    what: str
    when: str
    aside: str = ""


class NextStep(NamedTuple):
    """The follow-up that comes first: a day, an instant if it is due at a time of day.

    `late_from`: see `due_level`. `rank` is its `Rank`; one for `any_time` is never late.
    """

    action: str
    label: str
    due_on: date
    due_at: datetime | None = None
    late_until: datetime | None = None
    late_from: datetime | None = None
    rank: int = Rank.REST
    any_time: bool = False


class CardFacts(NamedTuple):
    """What the line follows from.

    `starts_at` is the start of the next agreed interview that is not over; `met` says whether an
    interview of the present stage is agreed or held; `expected_by` is the employer's date,
    `deadline_on` and `deadline_at` the offer's.
    """

    stage: Stage
    stage_since: date
    outcome: Outcome | None = None
    quiet: bool = False
    step: NextStep | None = None
    starts_at: datetime | None = None
    met: bool = False
    expected_by: date | None = None
    deadline_on: date | None = None
    deadline_at: datetime | None = None
    undated: bool = False
    """Whether the day on which it came into its stage is not known."""


_Subject = Literal[
    "step", "interview", "deadline", "expected", "question", "stage", "silence", "outcome"
]
"""What the line speaks of."""


def due_level(
    due_on: date, due_at: datetime | None, now: datetime, late_from: datetime | None = None
) -> Level:
    """LATE, TODAY or COMING: where a follow-up due then stands now, for cards and lists alike.

    With `late_from` it stands among today's from its day on, and is late from that instant only.
    """
    days = days_until(due_on, due_at, now)
    if days > 0:
        return Level.COMING
    if late_from is not None:
        return Level.LATE if late_from.timestamp() <= now.timestamp() else Level.TODAY
    if due_at is not None and is_late(due_on, due_at, now):
        return Level.LATE
    return Level.TODAY if days == 0 else Level.LATE


def deadline_level(on: date, at: datetime | None, now: datetime) -> Level:
    """How much the deadline of an offer, which is still ahead, wants attention (product).

    By calendar days, so that it changes at midnight, when the lanes are sorted again.
    """
    days = days_until(on, at, now)
    if days <= _DEADLINE_NEAR:
        return Level.TODAY
    return Level.SOON if days <= _A_WEEK else Level.COMING


def countdown_target(
    due_on: date,
    due_at: datetime | None,
    now: datetime,
    late_from: datetime | None = None,
    action: str = "",
) -> tuple[date, datetime | None]:
    """The day, and the instant if there is one, to which its countdown runs: on cards, in the
    panel and in every list.

    From its day on one with `late_from` counts down to that; a midnight means that the day before
    is the last one. Of the actions, what prepares an interview is for its own day: the hour is the
    interview's. To decide on an offer counts down to its deadline from the first.
    """
    if late_from is None:
        return due_on, due_at
    level = due_level(due_on, due_at, now, late_from)
    if due_at is None and action in PREPARING and level is Level.TODAY:
        return now.date(), None
    if level is Level.COMING and action != DECIDE:
        return due_on, due_at
    local = late_from.astimezone(now.tzinfo)
    if local.time() == _MIDNIGHT:
        return local.date() - _DAY, None
    return local.date(), late_from


def step_level(step: NextStep, now: datetime) -> Level:
    """`due_level` of a follow-up; one for any time is never late."""
    level = due_level(step.due_on, step.due_at, now, step.late_from)
    return Level.TODAY if step.any_time and level is Level.LATE else level


def short_words(step: NextStep) -> str:
    """The follow-up in two or three words: “follow up”, “thank Ana”; else its own label."""
    action = action_of(step.action)
    if action.named:
        name = step.label.partition(" for ")[0]
        if name.lower().startswith("thank ") and len(name) <= len("thank ") + 20:
            return "t" + name[1:]
    return action.words or step.label


_BRIEF = {
    "interview": "meet",
    **{action.words: action.brief for action in all_actions().values() if action.brief},
}
THEY = "they: "
"""Before the day by which they decide, in few words."""
_BRIEF_STARTS = (
    ("interview ", "at "),
    ("answer by ", "answer "),
    ("they decide by ", THEY),
    ("they decided by ", THEY),
)


def briefly(what: str) -> str:
    """`what` of a line in one word where there is a good one: for a lane too narrow for two."""
    for start, brief in _BRIEF_STARTS:
        if what.startswith(start):
            rest = what.removeprefix(start)
            # "30 Nov 10:00" says that it is a moment by itself.
            return rest if brief == "at " and " " in rest else brief + rest
    return _BRIEF.get(what, what)


def shorter(what: str) -> str:
    """`what` of a line in fewer words that say the same; itself where there are none."""
    return briefly(what) if what.startswith("answer by ") else what


def in_room(what: str, room: int) -> str:
    """The longest wording of `what` that takes at most `room` characters, else the shortest."""
    if len(what) <= room:
        return what
    brief = briefly(what)
    if len(brief) > room and what.startswith("answer by "):
        return what.removeprefix("answer by ")
    return brief


def line(facts: CardFacts, now: datetime) -> CardLine:
    """The line that matters most: an interview within two hours, a follow-up that is late or for
    today, an interview within 48 hours, a question that is open, the deadline of an offer, the
    nearest date to come, else the days in the stage or of silence.
    """
    level, subject, _ = _standing(facts, now)
    return CardLine(level, *_words(subject, facts, now), _aside(subject, facts, now))


def due_key(facts: CardFacts, now: datetime) -> tuple[bool, float] | None:
    """Sorts cards by their countdowns: whether it is not late, and the instant, in seconds, to
    which that runs; None where there is none.

    So what became late a minute ago stands above what is for all of today. What has any time comes
    after all that has a day.
    """
    level, subject, moment = _standing(facts, now)
    counted = _countdown_end(facts, subject, moment, now)
    return (level is not Level.LATE, counted) if counted is not None else None


def _countdown_end(
    facts: CardFacts, subject: _Subject, moment: float, now: datetime
) -> float | None:
    """The instant to which the countdown of the line runs; None where it has none."""
    step = facts.step
    if subject == "question":
        return None
    if subject == "step" and step is not None:
        if step.action == DECIDE and facts.deadline_on is not None:
            return _moment(facts.deadline_on, facts.deadline_at, now)
        if step.any_time:
            return _LATEST
        target = countdown_target(step.due_on, step.due_at, now, step.late_from, step.action)
        return _moment(*target, now)
    return moment if moment < _NEVER else None


SortKey = tuple[int, int, int, float, int, str, int]
"""What sorts the cards of a lane: see `sort_key`."""


def sort_key(facts: CardFacts, company: str, card_id: int, now: datetime) -> SortKey:
    """The place of a card in its lane, a total order.

    First those with something for today or late and those with an interview today or tomorrow, by
    rank; then by level; then the moment that it is about, the longest in its stage, company
    and id.
    """
    level, subject, moment = _standing(facts, now)
    group, rank = int(level), 0
    if level <= Level.TODAY:
        group = 0
        rank = facts.step.rank if subject == "step" and facts.step is not None else 0
        if subject == "question":
            rank = Rank.OFFER
    first = _by_interview(facts, now)
    if first is not None and (group == 0 or level is Level.SOON):
        rank = min(rank, first) if group == 0 else first
        group = 0
    return group, rank, level, moment, facts.stage_since.toordinal(), company.casefold(), card_id


_STILL = (int(Level.QUIET), 0, Level.QUIET, _NEVER)
"""How the key of every card begins that lies still."""


def still_key(stage_since: date, company: str, card_id: int) -> SortKey:
    """`sort_key` of a card that has gone quiet, with nothing ahead of it: most of a large board."""
    return (*_STILL, stage_since.toordinal(), company.casefold(), card_id)


def _by_interview(facts: CardFacts, now: datetime) -> int | None:
    """The rank of the next interview where that is today or tomorrow."""
    if facts.starts_at is None or facts.outcome is not None:
        return None
    days = days_until(now.date(), facts.starts_at, now)
    if days > 1:
        return None
    return Rank.TOMORROW if days == 1 else Rank.INTERVIEW


def _standing(facts: CardFacts, now: datetime) -> tuple[Level, _Subject, float]:
    """The level, what the line speaks of, and the moment of it; never where there is none."""
    subject: _Subject = "step"
    moment = _NEVER
    starts = _NEVER
    if facts.starts_at is not None and facts.outcome is None:
        starts = facts.starts_at.timestamp()
        if starts - now.timestamp() <= IMMINENT_WITHIN:
            return Level.TODAY, "interview", starts
    offered = facts.stage is Stage.OFFER and facts.outcome is None and facts.deadline_on is not None
    passed = offered and _passed(facts, now)
    step = facts.step
    if passed and (step is None or step.action != UNANSWERED):
        return Level.TODAY, "question", _moment(step.due_on, step.due_at, now) if step else _NEVER
    if step is not None:
        moment = _moment(step.due_on, step.due_at, now)
        level = step_level(step, now)
        if offered and action_of(step.action).until_deadline and level is Level.LATE:
            level = Level.TODAY  # the deadline itself is still ahead
        if level is not Level.COMING and step.late_from is not None:
            moment = step.late_from.timestamp()
        if level is not Level.COMING or facts.outcome is not None:
            return level, subject, moment
    if facts.outcome is not None:
        return Level.IDLE, "outcome", _NEVER
    if starts < _NEVER:
        if starts - now.timestamp() <= SOON_WITHIN:
            return Level.SOON, "interview", starts
        if starts < moment:
            moment, subject = starts, "interview"
    if not facts.quiet and _asks(facts):
        return Level.ASK, "question", _NEVER
    if offered and facts.deadline_on is not None:
        level = deadline_level(facts.deadline_on, facts.deadline_at, now)
        return level, "deadline", _moment(facts.deadline_on, facts.deadline_at, now)
    if facts.deadline_on is not None and not _passed(facts, now):
        deadline = _moment(facts.deadline_on, facts.deadline_at, now)
        if deadline < moment:
            moment, subject = deadline, "deadline"
    if _expects(facts, now) and facts.expected_by is not None:
        expected = _moment(facts.expected_by, None, now)
        if expected < moment:
            moment, subject = expected, "expected"
    if moment < _NEVER:
        return Level.COMING, subject, moment
    if facts.quiet:
        return Level.QUIET, "silence", _NEVER
    if facts.expected_by is not None and facts.stage is not Stage.OFFER:
        return Level.IDLE, "expected", _NEVER
    return Level.IDLE, "stage", _NEVER


def _expects(facts: CardFacts, now: datetime) -> bool:
    """Whether the employer's decision is still to come: an offer is the decision itself."""
    return (
        facts.expected_by is not None
        and facts.stage is not Stage.OFFER
        and not is_late(facts.expected_by, None, now)
    )


def _passed(facts: CardFacts, now: datetime) -> bool:
    """Whether the deadline of the offer is over."""
    return facts.deadline_on is not None and is_late(facts.deadline_on, facts.deadline_at, now)


def _moment(day: date, at: datetime | None, now: datetime) -> float:
    return _morning(day, now.tzinfo) if at is None else at.timestamp()


@lru_cache(maxsize=4_096)
def _morning(day: date, zone: tzinfo | None) -> float:
    return datetime.combine(day, MORNING, zone).timestamp()


def _asks(facts: CardFacts) -> bool:
    if facts.stage is Stage.OFFER:
        return facts.deadline_on is None
    return facts.stage in INTERVIEW_STAGES and not facts.met


def _words(subject: _Subject, facts: CardFacts, now: datetime) -> tuple[str, str]:
    today = now.date()
    if subject == "step" and facts.step is not None:
        return _step_words(facts.step, facts, now)
    if subject == "interview" and facts.starts_at is not None:
        return _interview_words(facts.starts_at, now)
    if subject == "deadline" and facts.deadline_on is not None:
        return _deadline_words(facts.deadline_on, facts.deadline_at, now)
    if subject == "expected" and facts.expected_by is not None:
        said = short_day(facts.expected_by, today)
        if is_late(facts.expected_by, None, now):
            return f"they decided by {said}", ""
        return f"they decide by {said}", short_countdown(facts.expected_by, None, now)
    if subject == "question":
        if facts.stage is Stage.OFFER:
            return ("deadline? i" if facts.deadline_on is None else action_of(UNANSWERED).words), ""
        return "date? i", ""
    if subject == "outcome" and facts.outcome is not None:
        return facts.outcome.title, ""
    if subject == "silence":
        return f"quiet {elapsed_words(facts.stage_since, today)}", ""
    if facts.undated:
        return f"in {facts.stage}", ""
    if facts.stage_since >= today:
        return f"new in {facts.stage}", ""
    return f"{elapsed_words(facts.stage_since, today)} in {facts.stage}", ""


def _step_words(step: NextStep, facts: CardFacts, now: datetime) -> tuple[str, str]:
    """To decide on an offer counts down to its deadline."""
    if step.action == DECIDE and facts.deadline_on is not None:
        return _deadline_words(facts.deadline_on, facts.deadline_at, now)
    if step.any_time:
        return short_words(step), ANY_TIME
    target = countdown_target(step.due_on, step.due_at, now, step.late_from, step.action)
    return short_words(step), short_countdown(*target, now, step.late_until)


def _interview_words(starts_at: datetime, now: datetime) -> tuple[str, str]:
    """ "interview 10:00", "in 3 h" on the day; then "interview", "Tue 10:00"; then days."""
    starts = starts_at.astimezone(now.tzinfo)
    at = clock_time(starts)
    if starts_at.timestamp() <= now.timestamp():
        return f"interview {at}", "now"
    days = days_until(starts.date(), None, now)
    if days <= 0:
        return f"interview {at}", short_countdown(starts.date(), starts, now)
    if days < _A_WEEK:
        return "interview", _day_and_time(starts.date(), starts, now)
    return f"interview {_day_and_time(starts.date(), starts, now)}", short_countdown(
        starts.date(), None, now
    )


def _deadline_words(on: date, at: datetime | None, now: datetime) -> tuple[str, str]:
    """ "answer by Thu 17:00", "in 3 d"; the date itself where the weekday would not tell it."""
    return f"answer by {_day_and_time(on, at, now)}", short_countdown(on, at, now)


def _aside(subject: _Subject, facts: CardFacts, now: datetime) -> str:
    """The day and time of the next interview, or of the deadline of an offer, unless the line
    speaks of it."""
    if facts.outcome is not None:
        return ""
    spoken = subject == "deadline" or (
        subject == "step" and facts.step is not None and facts.step.action == DECIDE
    )
    due = facts.deadline_on
    if facts.stage is Stage.OFFER and due is not None and not (spoken or _passed(facts, now)):
        return f"by {_day_and_time(due, facts.deadline_at, now)}"
    if facts.starts_at is not None and subject != "interview":
        starts = facts.starts_at.astimezone(now.tzinfo)
        if days_until(starts.date(), None, now) == 0:
            return f"today {clock_time(starts)}"
        return _day_and_time(starts.date(), starts, now)
    return ""


def _day_and_time(on: date, at: datetime | None, now: datetime) -> str:
    """ "Thu 17:00" within a week, "3 Dec 17:00" beyond it; without a time "Thu", "Thu 3 Dec"."""
    if at is not None:
        at = at.astimezone(now.tzinfo)
        on = at.date()
    near = 0 <= days_until(on, None, now) < _A_WEEK
    if at is None:
        return short_day(on)[:3] if near else short_day(on, now.date())
    day = short_day(on)[:3] if near else f"{on.day} {MONTHS[on.month - 1][:3]}"
    return f"{day} {clock_time(at)}"
