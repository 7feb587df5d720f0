"""What each follow-up is, as `actions.toml` says: its words, its message, what doing it records.

Light on purpose: every quick command asks for it, so the file is read without a TOML library. A
test compares the two readings.
"""

import os.path
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

Value = str | bool | tuple[str, ...]


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
