"""Several cards at one employer make one message a day (knowledge A.2)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from store.rules.nudges import NUDGES


class Dated(Protocol):
    """A follow-up as it is listed: whose it is, what to do, and the day to do it."""

    @property
    def company(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def due_on(self) -> date: ...


Listed = TypeVar("Listed", bound=Dated)


def together(dues: Iterable[Listed], today: date) -> tuple[tuple[Listed, ...], ...]:
    """The follow-ups in groups, in the order of the first of each: what goes into one message.

    Nudges to the same employer on the same day belong together; what is late is for today, as
    nothing can be sent yesterday. Everything else is a group of its own. Employers are the same
    whatever the capitals and spaces in their names.
    """
    groups: dict[object, list[Listed]] = {}
    for place, due in enumerate(dues):
        group: object = place
        if due.action in NUDGES:
            group = (" ".join(due.company.casefold().split()), max(due.due_on, today))
        groups.setdefault(group, []).append(due)
    return tuple(tuple(group) for group in groups.values())
