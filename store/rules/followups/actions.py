"""What each follow-up is, as `actions.toml` says: its words, its message, what doing it records,
and its place among what is to be done: one order for cards, board, today's list and `due`.

Light on purpose: every quick command asks for it, so the file is read without a TOML library. A
test compares the two readings.
"""

import os.path
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import cache
from typing import NamedTuple

Value = str | bool | tuple[str, ...]


class Rank(IntEnum):
    """The smaller, the earlier (product: what cannot wait and what others wait for come first)."""

    INTERVIEW = 0
    """Interviews of today, and getting ready for them."""
    DEADLINE = 1
    """What must be handed in or answered today: others close the door on it."""
    TOMORROW = 2
    """Interviews of tomorrow, and getting ready for them."""
    OFFER = 3
    """Offers and everything with a deadline."""
    WORD = 4
    """Promises, thank-yous, debriefs, news that somebody waits for, the user's own reminders."""
    INVITATION = 5
    """Invitations, times to agree on, and getting ready for interviews further off."""
    DECISION = 6
    """Decision dates of employers that have passed."""
    WARM = 7
    """Inquiries where there was an interview, a task, or a check of references."""
    COLD = 8
    """Inquiries about applications."""
    REST = 9
    """What loses nothing by waiting."""


class Action(NamedTuple):
    """One action; the file itself says what each of these means."""

    words: str = ""
    brief: str = ""
    messages: tuple[str, ...] = ()
    sends: str = ""
    records: str = ""
    rank: str = "rest"
    asks: bool = False
    nudges: bool = False
    merges: bool = False
    interview: str = ""
    named: bool = False
    until_deadline: bool = False
    fold: str = ""
    kept_by: str = ""


def action_of(name: str, rule: str = "") -> Action:
    """The action `name` as `rule` plans it; one that says nothing when there is none of the name.

    Boards from other editions may hold such.
    """
    actions = all_actions()
    return actions.get(f"{name}.{rule}") or actions.get(name) or _UNKNOWN


def actions_that(apply: Callable[[Action], object]) -> frozenset[str]:
    """The names of the actions to which `apply` says yes."""
    return frozenset(
        name for name, action in all_actions().items() if "." not in name and apply(action)
    )


@cache
def all_actions() -> dict[str, Action]:
    """All actions by name in the order of the file; those that a rule changes as "action.rule"."""
    with open(_FILE, encoding="utf-8") as file:  # noqa: PTH123 (pathlib takes 2 ms to load)
        sections = read_sections(file.read())
    return {
        name: Action(**{**sections[name.partition(".")[0]], **section})  # type: ignore[arg-type]
        for name, section in sections.items()
    }


def rank(rule: str, action: str, *, days: int | None = None, fold: str = "") -> int:
    """The place of a follow-up among those of its day, as a value of `Rank`.

    `days` says how many days there are from that day to what it leads up to: the interview that it
    prepares, or the deadline that others have set. `fold` says which fold it is in.
    """
    if days is not None:
        if action in PREPARING:
            if days <= 1:
                return Rank.TOMORROW if days == 1 else Rank.INTERVIEW
        elif days <= 0 and action in DEADLINES:
            return Rank.DEADLINE
    if fold:
        return Rank.REST
    return _PLACES.get((action, rule)) or _PLACES.get((action, ""), Rank.REST)


def fold_of(rule: str, action: str, *, since_import: bool) -> str:
    """The line of the list that stands for a follow-up and others together; "" for none.

    `since_import` says whether it is the first one of an imported application, and still for the
    day on which it came into being.
    """
    if rule == FIRST_INQUIRY:
        return IMPORTED if since_import else ""
    return action_of(action).fold


def last_day(until: datetime) -> date:
    """The day on which the time until `until` (local) ends: a midnight ends the day before it."""
    return until.date() - _DAY if until.time() == _MIDNIGHT else until.date()


def read_sections(toml: str) -> dict[str, dict[str, Value]]:
    """The sections of a file like `actions.toml`; ValueError for a line that is not of its kind."""
    sections: dict[str, dict[str, Value]] = {}
    section: dict[str, Value] = {}
    for line in toml.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = sections.setdefault(line[1:-1], {})
            continue
        key, equals, value = line.partition(" = ")
        if not equals or key in section:
            raise ValueError(f"actions.toml: {line}")
        section[key] = _read_value(value)
    return sections


def _read_value(text: str) -> Value:
    if text == "true":
        return True
    if text.startswith("["):
        return tuple(part.strip()[1:-1] for part in text[1:-1].split(","))
    return text[1:-1]


_FILE = os.path.join(os.path.dirname(__file__), "actions.toml")  # noqa: PTH118, PTH120
_UNKNOWN = Action()
_DAY = timedelta(days=1)
_MIDNIGHT = time()

FIRST_INQUIRY = "R1"
"""The rule of inquiries about applications that nobody has answered."""
DEADLINES = frozenset({"hand_in", "decide"})
"""The actions for which others have set a time."""
IMPORTED = "imported"
"""The fold of first inquiries that were past due when their applications were imported."""
SILENT = "silent"
"""The fold of silent applications that are to be closed after a yes elsewhere."""
FOLDS = (IMPORTED, SILENT)

INQUIRIES = actions_that(lambda action: action.asks)
"""The actions that ask the employer how it stands; at most one of them is planned at a time."""
NUDGES = INQUIRIES | actions_that(lambda action: action.nudges)
"""The actions that write to the employer unasked: never with no contact wanted (knowledge A.2).
Thank-yous and answers are none, and neither is telling one's own recruiter how it went."""
AROUND = actions_that(lambda action: action.interview in ("agree", "prepare"))
"""The actions about an interview that is ahead; what others ask for comes after it."""
PREPARING = actions_that(lambda action: action.interview == "prepare")
"""The actions by which one gets ready for an interview."""
THANKS = "thank"
"""The thank-you after an interview."""
DEBRIEF = "debrief"
"""Asks to write down how an interview went."""
ACKNOWLEDGEMENT = "acknowledge"
"""The thanks for an offer."""
TELLING = "tell_date"
"""Tells an employer of another one's offer, and of its deadline where there is one."""
UNANSWERED = "record_answer"
"""Asks what was answered to an offer once its deadline has passed."""
LEAVING = actions_that(lambda action: action.records in ("declined", "withdrawn"))
"""The actions that end the application when they are done, after a yes elsewhere."""

_PLACES: dict[tuple[str, str], int] = {
    (name, rule): Rank[action.rank.upper()]
    for key, action in all_actions().items()
    for name, _, rule in [key.partition(".")]
}
