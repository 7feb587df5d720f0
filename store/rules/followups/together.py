"""What goes into one message: questions of one kind to one addressee on one day (knowledge A.2)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from store.rules.followups.actions import actions_that

_MERGING = actions_that(lambda action: action.merges)
"""How it stands can be asked of several applications at once, and several can be withdrawn; who
asks for a time, a letter, an answer, means one."""


class Dated(Protocol):
    """A follow-up as it is listed: whose it is, what to do, and the day to do it.

    `employer` is the folded name of `store.rules.employers`; `recruiter` the name of the one who
    is written to instead, or empty.
    """

    @property
    def company(self) -> str: ...
    @property
    def employer(self) -> str: ...
    @property
    def recruiter(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def due_on(self) -> date: ...


Listed = TypeVar("Listed", bound=Dated)


def may_merge(due: Dated) -> bool:
    """Whether there may be others that one message is about: an inquiry, or a withdrawal."""
    return due.action in _MERGING


def together(dues: Iterable[Listed], today: date) -> tuple[tuple[Listed, ...], ...]:
    """The follow-ups in groups, in the order of the first of each: what goes into one message.

    Inquiries by the same rule and with the same action, to the same employer or through the same
    recruiter there, on the same day belong together; so do withdrawals. What is late is for
    today, as nothing can be sent yesterday. Everything else is a group of its own.
    """
    groups: dict[object, list[Listed]] = {}
    for place, due in enumerate(dues):
        group: object = place
        if may_merge(due):
            whom = due.employer or _plain(due.company), _plain(due.recruiter)
            group = (due.rule, due.action, *whom, max(due.due_on, today))
        groups.setdefault(group, []).append(due)
    return tuple(tuple(group) for group in groups.values())


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
