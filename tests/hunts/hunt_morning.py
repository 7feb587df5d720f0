"""The program's morning, written as the hunts write theirs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

from store.day import Appointment, interviews_on
from store.glance import open_glance
from store.rules.dates import clock_time
from tests.hunts.hunt_file import NOTHING
from tests.hunts.hunt_hands import Hands
from tui.meeting_words import format_titles

Shape = Mapping[str, Any]
Roles = Mapping[str, Sequence[str]]

_TWO_DAYS = timedelta(days=2)


def program_morning(hands: Hands) -> list[str]:
    """What `rounds due` says now, with the interviews of today and tomorrow."""
    if not hands.path.exists():
        return [NOTHING]
    found: list[Shape] = hands.json("due")
    roles, now = roles_of(hands), hands.clock.now()
    return page(
        {
            "Interviews": list(_interviews(hands, found, roles, now)),
            "Today": list(_dues(found, roles, now)),
        }
    )


def page(sections: Mapping[str, Sequence[str]]) -> list[str]:
    """The sections that have lines, each under its title."""
    lines: list[str] = []
    for title, some in sections.items():
        lines += [f"  {title}", *some] if some else []
    return lines or [NOTHING]


def roles_of(hands: Hands) -> dict[str, list[str]]:
    """The roles at each employer: of several, a line says which it is about."""
    roles: dict[str, list[str]] = {}
    for card in hands.json("list", "--all"):
        roles.setdefault(card["company"], []).append(card["role"])
    return roles


def whose(company: str, roles: Sequence[str], known: Roles) -> str:
    """The employer; with the roles that are meant where there are several applications."""
    return f"{company} ({' + '.join(roles)})" if len(known.get(company, ())) > 1 else company


def _interviews(hands: Hands, found: Sequence[Shape], known: Roles, now: datetime) -> Iterator[str]:
    glance = open_glance(hands.path, hands.clock)
    assert glance is not None
    with closing(glance):
        for one in interviews_on(glance, now.date()):
            yield f"    {appointment(one, known, now)}"
            for due in glance.shown(one.application_id, now):
                if due.interview_id == one.meeting.id and due.waits(now) and _today(due, now):
                    yield f"        then: {due.label}"
        for one in interviews_on(glance, now.date() + timedelta(days=1)):
            yield f"    tomorrow {appointment(one, known, now)}"


def appointment(one: Appointment, known: Roles, now: datetime) -> str:
    """An interview: "14:00 Globex · first interview, panel, with Ana Ruiz"."""
    meeting = one.meeting
    assert meeting.starts_at is not None
    formats = [title.lower() for title in format_titles(meeting.formats)]
    people = [f"with {meeting.people}"] if meeting.people else []
    words = f"{meeting.round_words} interview"
    if formats:
        words = ", ".join([words, *formats, *people])
    elif people:
        words = f"{words} {people[0]}"
    return f"{clock_time(meeting.starts_at)} {whose(one.company, [one.role], known)} · {words}"


def _today(due: Any, now: datetime) -> bool:
    day = due.due_at.astimezone(now.tzinfo).date() if due.due_at else due.due_on
    return bool(day <= now.date())


def _dues(found: Sequence[Shape], known: Roles, now: datetime) -> Iterator[str]:
    """What is to be done today: one line for each message, and one for each fold."""
    told: set[int] = set()
    folds: dict[str, list[Shape]] = {}
    for due in found:
        if due["id"] in told or due.get("after"):
            continue
        if fold := due.get("fold"):
            folds.setdefault(fold, []).append(due)
            continue
        group = [due, *(other for other in found if other["id"] in due["together"])]
        told |= {each["id"] for each in group}
        group_roles = [each["role"] for each in sorted(group, key=lambda d: d["application_id"])]
        yield _line(whose(due["company"], group_roles, known), due, now)
    for fold, some in folds.items():
        yield f"    {fold_words(fold, some)}"


def _line(who: str, due: Shape, now: datetime) -> str:
    parts = (who, due["label"], mark(due, now), due["reason"])
    return "    " + " · ".join(part for part in parts if part)


def fold_words(fold: str, some: Sequence[Shape]) -> str:
    """The one line for several."""
    raise NotImplementedError(fold)


def mark(due: Shape, now: datetime) -> str:
    """How late it is, or in how many hours of today it is due; else nothing."""
    instant = due["late_from"] or due["due_at"]
    if due["late"]:
        if instant is None:
            return f"late {(now.date() - date.fromisoformat(due['due_on'])).days} d"
        return f"late {_span(now - datetime.fromisoformat(instant))}"
    if due["due_at"] is None or due["late_from"]:
        return ""
    return f"in {_span(datetime.fromisoformat(due['due_at']) - now)}"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if span >= _TWO_DAYS:
        return f"{span.days} d"
    return f"{minutes // 60} h" if minutes >= 60 else f"{max(minutes, 1)} min"
