"""The list of what is due under other headings: an employer's together, or those of a kind."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from store.model.board import Due
from store.model.due_list import (
    CardInterview,
    DueClosing,
    DueInterview,
    DueItem,
    DuePart,
    DueReminder,
    Title,
)
from store.rules.employers import folded_employer
from store.rules.followups.actions import DEBRIEF, LEAVING, NUDGES, PREPARING, THANKS, action_of


class Grouping(StrEnum):
    """What the headings of the list are."""

    DAY = "day"
    EMPLOYER = "employer"
    KIND = "kind"

    def next_one(self) -> "Grouping":
        """The one that comes next, the first one after the last."""
        every = list(Grouping)
        return every[(every.index(self) + 1) % len(every)]


class DueGroup(NamedTuple):
    """A heading with its lines, each with the part of the list by day that it stands in."""

    title: str
    entries: tuple[tuple[Title, DueItem], ...]


INTERVIEWS = "Interviews"
POSTINGS = "Postings"
REMINDERS = "Reminders"
NO_EMPLOYER = "No employer"
_SEVERAL = "Several employers"
_OF_NONE = " "
"""A key that no employer has."""
_OTHERS = "Other"
_KINDS = (
    ("Prepare", PREPARING),
    ("Debriefs", frozenset((DEBRIEF,))),
    ("Thank-you notes", frozenset((THANKS, "thank_helper", "thank_reply", "acknowledge"))),
    ("Invitations", frozenset(("answer", "propose_time", "ask_slot", "ask_time"))),
    ("Follow-ups", NUDGES),
    ("Withdrawals", LEAVING),
    (REMINDERS, frozenset(("own", "deliver"))),
)
"""Kinds of actions by their heading; the first one that has an action is its kind."""


def regroup(parts: Iterable[DuePart], by: Grouping) -> tuple[DueGroup, ...]:
    """The lines of `parts` under the headings that `by` asks for, the first line's heading first.

    Within a heading the lines keep their order.
    """
    headings: dict[str, tuple[str, list[tuple[Title, DueItem]]]] = {}
    for part in parts:
        for one in part.entries:
            title = kind_of(one)
            key, title = (title, title) if by is Grouping.KIND else _employer(one)
            headings.setdefault(key, (title, []))[1].append((part.title, one))
    return tuple(DueGroup(title, tuple(lines)) for title, lines in headings.values())


def kind_of(one: DueItem) -> str:
    """The heading under which a line stands when the list is grouped by kind of action."""
    if isinstance(one, DueInterview):
        return INTERVIEWS
    if isinstance(one, DueClosing):
        return POSTINGS
    if isinstance(one, DueReminder):
        return REMINDERS
    due = one.dues[0]
    named = next((title for title, actions in _KINDS if due.action in actions), "")
    if named:
        return named
    return "Offers" if action_of(due.action, due.rule).rank == "offer" else _OTHERS


def _employer(one: DueItem) -> tuple[str, str]:
    """The key and the name of the employer; those of none where there are several."""
    if isinstance(one, DueInterview):
        return _key(one.card_interview), one.card_interview.company
    if isinstance(one, DueClosing):
        return folded_employer(one.posting.company), one.posting.company
    if isinstance(one, DueReminder):
        return _OF_NONE, NO_EMPLOYER
    keys = {_key(due) for due in one.dues}
    return (keys.pop(), one.dues[0].company) if len(keys) == 1 else ("", _SEVERAL)


def _key(one: Due | CardInterview) -> str:
    return one.employer or folded_employer(one.company)
