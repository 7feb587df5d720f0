"""The program's morning, written as the hunts write theirs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

from store.read.glance import open_glance
from store.rules.dates import clock_time
from store.rules.followups.actions import FOLDS, IMPORTED
from tests.hunts.hunt_file import NOTHING
from tests.hunts.hunt_hands import Hands

Shape = Mapping[str, Any]
Roles = Mapping[str, Sequence[str]]

_TWO_DAYS = timedelta(days=2)
_TODAY, _LATE = "  Today", " · late "
"""A heading of a written morning, and what its lines say of what is late."""


def program_morning(hands: Hands) -> list[str]:
    """What `rounds due` says now, with the interviews of today and tomorrow."""
    if not hands.path.exists():
        return [NOTHING]
    hands.listed = found = hands.json("due")
    roles = hands.roles = roles_of(hands)
    now = hands.clock.now()
    return page(
        {
            "Interviews": list(_interviews(found, roles, now)),
            "Today": list(_dues(found, roles, now)),
        }
    )


def page(sections: Mapping[str, Sequence[str]]) -> list[str]:
    """The sections that have lines, each under its title."""
    lines: list[str] = []
    for title, some in sections.items():
        lines += [f"  {title}", *some] if some else []
    return lines or [NOTHING]


def late_first(written: Sequence[str]) -> list[str]:
    """A written morning as lists have it: what is late stands above the rest of the day, each in
    the order of what costs most to miss, in which it was written."""
    lines = list(written)
    begin = lines.index(_TODAY) + 1 if _TODAY in lines else len(lines)
    return [*lines[:begin], *sorted(lines[begin:], key=lambda line: _LATE not in line)]


def roles_of(hands: Hands) -> dict[str, list[str]]:
    """The roles at each employer: of several, a line says which it is about."""
    roles: dict[str, list[str]] = {}
    glance = open_glance(hands.path, hands.clock)
    assert glance is not None
    with closing(glance):
        for card in sorted(glance.cards(closed=None), key=lambda card: card.id):
            roles.setdefault(card.company, []).append(card.role)
    return roles


def whose(company: str, roles: Sequence[str], known: Roles) -> str:
    """The employer; with the roles that are meant where there are several applications."""
    return f"{company} ({' + '.join(roles)})" if len(known.get(company, ())) > 1 else company


def _interviews(found: Sequence[Shape], known: Roles, now: datetime) -> Iterator[str]:
    """Each interview, and under one of today what is to be done once it is over."""
    for one in found:
        if one["kind"] != "interview":
            continue
        starts = datetime.fromisoformat(one["due_at"])
        day = "" if starts.date() == now.date() else "tomorrow "
        who = whose(one["company"], [one["role"]], known)
        yield f"    {day}{clock_time(starts)} {who} · {one['label']}"
        for due in found:
            if due["after_interview"] == one["interview_id"]:
                yield f"        then: {due['label']}"


def _dues(found: Sequence[Shape], known: Roles, now: datetime) -> Iterator[str]:
    """What is to be done today: one line for each message, and one for each fold."""
    told: set[int] = set()
    for due in found:
        if due["kind"] == "interview" or due["after_interview"] or due["id"] in told:
            continue
        group = [due, *(other for other in found if other["id"] in due["together"])]
        if due["fold"] in FOLDS:
            group = [other for other in found if other["fold"] == due["fold"]]
        told |= {each["id"] for each in group}
        if due["fold"] in FOLDS:
            yield _fold(due, len(group), now)
            continue
        group_roles = [each["role"] for each in sorted(group, key=lambda d: d["application_id"])]
        label = due["label"]
        if len(group) > 1 and due["action"] == "withdraw":
            label = f"withdraw {'both' if len(group) == 2 else f'all {len(group)}'} applications"
        yield _line(whose(due["company"], group_roles, known), label, due, now)


def _fold(due: Shape, count: int, now: datetime) -> str:
    if due["fold"] == IMPORTED:
        return f"    {count} imported applications could still be followed up"
    parts = (
        f"{count} silent applications: close them as withdrawn?",
        mark(due, now),
    )
    return "    " + " · ".join(part for part in (*parts, due["reason"]) if part)


def _line(who: str, label: str, due: Shape, now: datetime) -> str:
    parts = (who, label, mark(due, now), due["reason"])
    return "    " + " · ".join(part for part in parts if part)


COUNTED = ("decide", "go", "hand_in", "sign")
"""What counts down to a deadline, or to the interview."""


def mark(due: Shape, now: datetime) -> str:
    """How late it is, or in how many hours of today it is due; of a deadline how long there is."""
    instant = due["late_from"] or due["due_at"]
    if instant is not None and "T00:00" in instant:
        instant = None  # a midnight ends a day: what is late since is so by days
    if due["late"]:
        if instant is None:
            return f"late {(now.date() - date.fromisoformat(due['due_on'])).days} d"
        return f"late {_span(now - datetime.fromisoformat(instant))}"
    if due["action"] in COUNTED and due["late_from"]:
        return _left(due, now)
    if due["due_at"] is None or due["late_from"]:
        return ""
    return f"in {_span(datetime.fromisoformat(due['due_at']) - now)}"


def _left(due: Shape, now: datetime) -> str:
    """How long there is: "in 27 h", within two days of a time; else "today", "in 2 d"."""
    until = datetime.fromisoformat(due["late_from"])
    if "T00:00" not in due["late_from"] and until - now < _TWO_DAYS:
        return f"in {_span(until - now)}"
    days: int = due["days"]
    return ("today", "tomorrow")[days] if days <= 1 else f"in {days} d"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if span >= _TWO_DAYS:
        return f"{span.days} d"
    return f"{minutes // 60} h" if minutes >= 60 else f"{max(minutes, 1)} min"
