"""Goals of one's own for a week: what can be counted, and how far one is.

Light on purpose: `rounds due` loads it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from store.rules.text import Refused, quoted, shell_word, suggestion
from store.rules.weekly.weeks import Week

MOST = 999
"""The largest number that a goal can have."""
BAR = 10
"""Signs of a bar, at most."""
_FULL, _EMPTY = "▰", "▱"


class GoalKind(NamedTuple):
    """Something that is counted in a week: its name in the table, one of it, and many."""

    name: str
    one: str
    many: str
    hint: str

    def words_for(self, number: int) -> str:
        """ "1 application", "5 applications"."""
        return f"{number:,} {self.one if number == 1 else self.many}"


KINDS: Mapping[str, GoalKind] = {
    kind.name: kind
    for kind in (
        GoalKind("applications", "application", "applications", "sent in the week"),
        GoalKind("follow_ups", "follow-up", "follow-ups", "done in the week"),
        GoalKind("interviews", "interview", "interviews", "held in the week"),
        GoalKind("contacts", "contact", "contacts", "people you spoke to: networking points"),
    )
}


class StoredGoal(NamedTuple):
    """A goal as it was set: it holds from the week that begins on `from_on`; 0 means none."""

    kind: str
    number: int
    from_on: date


class Goal(NamedTuple):
    """A goal for one week, and how much of it is done."""

    kind: str
    number: int
    done: int

    @property
    def reached(self) -> bool:
        """Whether as much is done as was wanted."""
        return self.done >= self.number

    def words(self, when: str = "this week") -> str:
        """ "3 of 5 applications this week"."""
        return f"{self.done:,} of {KINDS[self.kind].words_for(self.number)} {when}".rstrip()

    @property
    def set_by(self) -> str:
        """The line that sets it: "5 applications"."""
        return KINDS[self.kind].words_for(self.number)

    def bar(self, signs: int = BAR) -> str:
        """How far it is as `signs` signs: full ones only once all is done, and none before any."""
        full = min(signs, self.done * signs // self.number)
        if self.done and not full:
            full = 1
        return _FULL * full + _EMPTY * (signs - full)


def goals_for(week: Week, stored: Iterable[StoredGoal]) -> dict[str, int]:
    """The numbers that hold in `week` by their kinds, in the order of `KINDS`: of each kind that
    which was set last, for this week or an earlier one."""
    newest: dict[str, StoredGoal] = {}
    for one in sorted(stored, key=lambda one: one.from_on):
        if one.from_on <= week.last and one.kind in KINDS:
            newest[one.kind] = one
    return {
        kind: newest[kind].number for kind in KINDS if kind in newest and newest[kind].number > 0
    }


_GOAL = r"(?P<number>[0-9]{1,9})\s+(?P<after>\S.*)|(?P<before>\S.*?)\s+(?P<last>\S+)"
_NONE = ("0", "none", "no")


def read_goal(text: str) -> tuple[str, int]:
    """The kind and the number of “5 applications”, “applications 5”; 0 for “no applications”,
    “applications none”. Refused, saying how it is written, for anything else."""
    found = re.fullmatch(_GOAL, " ".join(text.split()))
    if found is None:
        raise Refused(f"Write a number and what to count: “5 applications”. {_kind_words()}")
    if found["number"] is not None:
        return read_goal_kind(found["after"]), read_goal_number(found["number"])
    before, last = found["before"], found["last"]
    if before.casefold() in _NONE:
        return read_goal_kind(last), 0
    return read_goal_kind(before), read_goal_number(last)


def read_goal_kind(text: str) -> str:
    """The kind that is named: “applications”, “follow-up”; Refused for none."""
    word = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    for kind in KINDS.values():
        if word in (kind.name, re.sub("-", "_", kind.one)):
            return kind.name
    like = suggestion(text, map(shell_word, KINDS))
    raise Refused(f"{quoted(text)} cannot be counted in a week.{like} {_kind_words()}")


def read_goal_number(text: str) -> int:
    """How many; 0 for “none”. Refused for what is no whole number up to `MOST`."""
    word = text.strip().casefold()
    if word in _NONE:
        return 0
    if not (word.isascii() and word.isdigit() and len(word) < 10 and int(word) <= MOST):
        raise Refused(f"{quoted(text)} is not a whole number from 0 to {MOST}.")
    return int(word)


def _kind_words() -> str:
    names = [shell_word(name) for name in KINDS]
    return f"There are {', '.join(names[:-1])} and {names[-1]}."
