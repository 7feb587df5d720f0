"""An interview or a task in one line: from what was typed to what the store takes, and back.

Each reader gives the value and the words that say it back while it is typed, and raises Refused
with a sentence for what cannot be read.
"""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from store.clock import local_instant
from store.rules.dates import clock_time, echo_day
from store.rules.fields import ASSIGNMENT, TASK_KINDS
from store.rules.stages import Stage
from store.rules.text import Refused, clean, quoted
from store.rules.typed.interview_line import (
    Slot,
    echo_parts,
    echo_slot,
    is_assignment,
    parse_change,
    parse_due,
    parse_invitation,
    parse_slot,
    split_assignment,
)
from store.zones import beside, their_time, zone_name, zone_named
from tui.typed.zones import zone_meant

USUAL_MINUTES = 60
"""How long an interview is taken to last when its line does not say."""

_INVITED = "invited"


class TypedInterview(NamedTuple):
    """An interview as typed; without a start it is an invitation that has no time yet.

    `formats` are keys of `store.rules.lists`; `zone` is the IANA name of the zone in which the
    time was given, empty for the user's own.
    """

    starts_at: datetime | None
    minutes: int = USUAL_MINUTES
    people: str = ""
    place: str = ""
    invited_on: date | None = None
    formats: tuple[str, ...] = ()
    zone: str = ""


class TypedTask(NamedTuple):
    """A take-home task or a test as typed, due on a day, at a time if they named one."""

    kind: str
    title: str
    due_on: date | None = None
    due_at: datetime | None = None
    zone: str = ""


def read_interview(
    text: str,
    today: date,
    zone: tzinfo,
    stage: Stage,
    named: str = "",
    *,
    usual: int = USUAL_MINUTES,
) -> tuple[TypedInterview, str]:
    """“tue 10:00 45m panel with Ana at Room 4”, “fri 9am America/New_York video”.

    Or “invited”, “invited fri panel with Ana” while there is no time. Days are the user's, times
    are those of the zone that the line names, or else `named`, or else of the user's own `zone`;
    where the clocks differ both times are said back. One that names no length lasts `usual`
    minutes.
    """
    moves = ". The card moves to first" if stage is Stage.APPLIED else ""
    first, _, rest = text.strip().partition(" ")
    if first.lower() == _INVITED:
        came = parse_invitation(rest, today)
        more = echo_parts(came.formats, came.people, came.place)
        invitation = TypedInterview(
            None, people=came.people, place=came.place, invited_on=came.on, formats=came.formats
        )
        return invitation, f"Invited {echo_day(came.on, today)}, no time yet{more}{moves}"
    slot = parse_slot(text, today)
    there = _zone_there(slot.zone or named, slot.day, slot.at, zone)
    if slot.at is None:
        echo = echo_slot(slot, today)
        raise Refused(f"{echo}: add a time, such as 10:00, or type “invited” if there is none yet.")
    starts_at = _moment(slot.day, slot.at, there, zone)
    named = zone_name(there) if there is not zone else ""
    interview = _interview_of(slot, starts_at, slot.minutes or usual, named)
    return interview, _echo(slot, starts_at, zone, today) + moves


class Agreed(NamedTuple):
    """An interview as it is agreed, before it is moved."""

    starts_at: datetime
    minutes: int
    zone: str = ""


def read_move(
    text: str, agreed: Agreed, today: date, zone: tzinfo, named: str = ""
) -> tuple[TypedInterview, str]:
    """What `text` makes of an interview that is `agreed`: “thu 11:00”, “thu”, “14:00”.

    What is not said stays: the day, the time, the length, and the zone in which it was agreed,
    unless the line names one, or else `named`. The zone of the answer is always told.
    """
    change = parse_change(text, today)
    said = change.zone or named
    there = _zone_of(agreed, zone)
    if said:
        if change.at is None:
            raise Refused(f"The zone {quoted(said)} belongs to a time. Name the time too: 11:00.")
        day = change.day or agreed.starts_at.astimezone(there).date()
        there = _zone_there(said, day, change.at, zone)
    before = agreed.starts_at.astimezone(there)
    day, at = change.day or before.date(), change.at or before.time()
    slot = Slot(day, at, change.minutes, change.people, change.place, change.formats, change.zone)
    if (day, at) == (before.date(), before.time().replace(fold=0)):
        starts_at = before
    else:
        starts_at = _moment(day, at.replace(fold=0), there, zone)
    interview = _interview_of(slot, starts_at, slot.minutes or agreed.minutes, zone_name(there))
    return interview, _echo(slot, starts_at, zone, today)


def _interview_of(slot: Slot, starts_at: datetime, minutes: int, zone: str) -> TypedInterview:
    return TypedInterview(
        starts_at, minutes, slot.people, slot.place, formats=slot.formats, zone=zone
    )


def _zone_of(agreed: Agreed, here: tzinfo) -> tzinfo:
    if agreed.zone:
        with suppress(Refused):
            return zone_named(agreed.zone)
    return here


def read_entry(
    text: str, today: date, zone: tzinfo, stage: Stage, *, now: datetime | None = None
) -> tuple[TypedInterview | TypedTask, str]:
    """An interview as in `read_interview`, or a task as in `read_task`."""
    if is_assignment(text):
        return read_task(text, today, zone, stage, now=now)
    return read_interview(text, today, zone, stage)


def read_task(
    text: str, today: date, zone: tzinfo, stage: Stage, *, now: datetime | None = None
) -> tuple[TypedTask, str]:
    """“take-home by fri 17:00”, “assessment due 3 dec”, “take-home Case study”."""
    kind, title, when = split_assignment(text)
    title = clean(title, ASSIGNMENT)
    named = TASK_KINDS[kind] if title == TASK_KINDS[kind] else f"{TASK_KINDS[kind]} “{title}”"
    moves = ". The card moves to first" if stage is Stage.APPLIED else ""
    if not when:
        return TypedTask(kind, title), f"{named}, no due date{moves}"
    due = read_due(when, today, zone, now=now)
    task = TypedTask(kind, title, due.on, due.at, due.zone)
    return task, f"{named}, due {echo_due(due, today)}{moves}"


class DueMoment(NamedTuple):
    """The day by which something is due, the instant where a time is named, and its zone."""

    on: date
    at: datetime | None
    zone: str = ""


def read_due(text: str, today: date, zone: tzinfo, *, now: datetime | None = None) -> DueMoment:
    """By when something is due: “fri”, “fri 17:00 Europe/Berlin”, “in 48 hours”, “eod fri”.

    The day and the instant are told in the user's `zone`. Hours are counted from `now`, back to
    the full hour; without it they end with the day.
    """
    due = parse_due(re.sub(r"^(?:by|until|till) ", "", text.strip(), flags=re.I), today)
    if due.hours and now is not None:
        ahead = now.astimezone(UTC) + timedelta(hours=due.hours)
        at = ahead.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        return DueMoment(at.date(), at)
    if due.at is None:
        return DueMoment(due.day, None)
    there = _zone_there(due.zone, due.day, due.at, zone)
    at = _moment(due.day, due.at, there, zone).astimezone(zone)
    return DueMoment(at.date(), at, zone_name(there) if there is not zone else "")


def echo_due(due: DueMoment, today: date) -> str:
    """ "Fri 27 Nov at 17:00, in 4 days"."""
    at = f" at {clock_time(due.at)}{beside(due.at, due.zone)}" if due.at is not None else ""
    day, _, distance = echo_day(due.on, today).rpartition(", ")
    return f"{day}{at}, {distance}"


def _zone_there(named: str, day: date, at: time | None, here: tzinfo) -> tzinfo:
    """The zone that is `named`, or `here` when none is.

    A short name such as “CET” means several zones, but is the user's own where their clocks have
    it on that day.
    """
    if not named:
        return here
    own = datetime.combine(day, at or time(12), here).tzname() or ""
    return here if named.casefold() == own.casefold() else zone_meant(named)


def _moment(day: date, at: time, there: tzinfo, here: tzinfo) -> datetime:
    """When the clocks `there` show `at`; of a time that they skip, Refused names the place."""
    try:
        return local_instant(day, at, there)
    except Refused as refused:
        if zone_name(there) == zone_name(here):
            raise
        raise Refused(f"In {zone_name(there)}: {refused}") from None


def _echo(slot: Slot, starts_at: datetime, here: tzinfo, today: date) -> str:
    """The slot by the clocks `here`, and where those differ from the clocks there, by both."""
    local = starts_at.astimezone(here)
    ends_at = None
    if slot.minutes is not None:
        ends_at = starts_at.astimezone(UTC) + timedelta(minutes=slot.minutes)
    abroad = their_time(local, ends_at, zone_name(starts_at.tzinfo or here))
    echo = echo_slot(replace(slot, day=local.date(), at=local.time()), today)
    return f"{echo} ({abroad})" if abroad else echo
