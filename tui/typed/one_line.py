"""How the one-line entries are read: from what was typed to what the store takes, and back.

Each reader gives the value and the words that say it back while it is typed, and raises Refused
with a sentence for what cannot be read.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from store.clock import local_instant
from store.model.dossier import PointEntry
from store.rules import fields
from store.rules.dates import clock_time, echo_day, short_day
from store.rules.fields import ASSIGNMENT, MESSAGE, REMINDER, TASK_KINDS
from store.rules.stages import Stage
from store.rules.text import Refused, clean, clean_tags, ended, printable, quoted, shorten
from store.rules.typed.appointment import (
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
from store.rules.typed.days import Later, NotADay, parse_day, parse_later, parse_window
from store.rules.typed.point import PointText, read_point
from store.zones import beside, their_time, zone_name, zone_named
from tui.typed.zones import zone_meant

USUAL_MINUTES = 60
"""How long an interview is taken to last when its line does not say."""

_INVITED = "invited"
_AUTOMATIC = ("auto", "automatic", "automatic reply")
_DAY_WORDS_AT_MOST = 6
_ECHO_AT_MOST = 60
"""Characters of the user's words that are said back."""


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


class Task(NamedTuple):
    """A take-home task or a test as typed, due on a day, at a time if they named one."""

    kind: str
    title: str
    due_on: date | None = None
    due_at: datetime | None = None
    zone: str = ""


class Deadline(NamedTuple):
    """By when an offer wants an answer, at a local time if they named one.

    `zone` is the name of the zone in which they named it, empty for the user's own. The fold of
    `at` tells the two apart where the clocks here show that time twice.
    """

    day: date
    at: time | None
    zone: str = ""


class Reply(NamedTuple):
    """What they wrote: when, by when they decide, whether a machine wrote it, and its words."""

    on: date
    decides_by: date | None = None
    said: str = ""
    automatic: bool = False
    text: str = ""


class Reminder(NamedTuple):
    """A follow-up of the user's own."""

    on: date
    label: str


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
) -> tuple[TypedInterview | Task, str]:
    """An interview as in `read_interview`, or a task as in `read_task`."""
    if is_assignment(text):
        return read_task(text, today, zone, stage, now=now)
    return read_interview(text, today, zone, stage)


def read_task(
    text: str, today: date, zone: tzinfo, stage: Stage, *, now: datetime | None = None
) -> tuple[Task, str]:
    """“take-home by fri 17:00”, “assessment due 3 dec”, “take-home Case study”."""
    kind, title, when = split_assignment(text)
    title = clean(title, ASSIGNMENT)
    named = TASK_KINDS[kind] if title == TASK_KINDS[kind] else f"{TASK_KINDS[kind]} “{title}”"
    moves = ". The card moves to first" if stage is Stage.APPLIED else ""
    if not when:
        return Task(kind, title), f"{named}, no due date{moves}"
    due = read_due(when, today, zone, now=now)
    task = Task(kind, title, due.on, due.at, due.zone)
    return task, f"{named}, due {_echo_due(due, today)}{moves}"


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


def _echo_due(due: DueMoment, today: date) -> str:
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


def read_deadline(
    text: str, today: date, zone: tzinfo, *, now: datetime | None = None
) -> tuple[Deadline, str]:
    """“thu 17:00”, “fri”, “fri 17:00 Europe/Berlin”: the day, and the time if there is one.

    See `read_due` for what else is read; where the clocks differ both times are said back.
    """
    due = read_due(text, today, zone, now=now)
    if due.on < today:
        raise Refused(f"{echo_day(due.on, today)}: that date is in the past. Choose a later date.")
    local = due.at.time() if due.at is not None else None
    return Deadline(due.on, local, due.zone), f"Answer by {_echo_due(due, today)}"


def read_reply(text: str, today: date) -> tuple[Reply, str]:
    """Nothing for a reply today; “by fri”, “next week”: when they decide; “yesterday”, “auto”.

    Their words may follow after “ -- ”.
    """
    when, dashes, said = f" {text} ".partition(" -- ")
    reply, echo = _read_reply(" ".join(when.split()), today)
    if not dashes or not said.strip():
        return reply, echo
    words = clean(said, MESSAGE)
    return reply._replace(text=words), f"{echo}: {shorten(words, _ECHO_AT_MOST)}"


def _read_reply(words: str, today: date) -> tuple[Reply, str]:
    if not words:
        return Reply(today), "They replied today"
    if words.lower() in _AUTOMATIC:
        return Reply(today, automatic=True), "An auto-reply came today"
    before, by, after = f" {words} ".partition(" by ")
    if not by:
        on = _past_day(words, today)
        if on is not None:
            return Reply(on), f"They replied {echo_day(on, today)}"
        before, after = "", words
    try:
        on = parse_day(before, today, past=True) if before.strip() else today
        decides_by = parse_window(after.strip(), on)
    except NotADay:
        raise Refused(
            f"{quoted(words)} is not a date. "
            "Put their words after a date: “today -- they want to talk again”."
        ) from None
    replied = "today" if on == today else echo_day(on, today)
    echo = f"They replied {replied}, and decide by {echo_day(decides_by, today)}"
    return Reply(on, decides_by, after.strip()), echo


def read_later_day(text: str, today: date, due_on: date) -> tuple[date, str]:
    """A day after today: “+1d”, “fri”, “next week”; counted from `due_on` where that is ahead."""
    later = parse_later(text, today, due_on)
    more = explain_later(later, today, due_on)
    return later.day, f"{echo_day(later.day, today)}{f'; {more}' if more else ''}"


def explain_later(later: Later, today: date, due_on: date) -> str:
    """How a day to which something is put off lies to the day on which it is due, if ahead."""
    due = short_day(due_on, today)
    if later.earlier:
        return f"earlier than now, {due}"
    return f"counted from {due}, when it is due" if later.counted else ""


def read_reminder(text: str, today: date) -> tuple[Reminder, str]:
    """“fri call Ana”: a day, then what to do."""
    words = text.split()
    first: Refused | None = None
    for count in range(min(len(words), _DAY_WORDS_AT_MOST), 0, -1):
        day = " ".join(words[:count])
        try:
            on = parse_day(day, today, future=True)
        except Refused as refused:
            if _names_a_day(day, today):
                raise
            first = refused
            continue
        if on < today:
            raise Refused(f"{echo_day(on, today)}: that date is in the past. Choose a later date.")
        if count == len(words):
            raise Refused(f"{echo_day(on, today)}: what should I remind you of?")
        label = clean(" ".join(words[count:]), REMINDER)
        return Reminder(on, label), f"{echo_day(on, today)}: {label}"
    if first is not None and not isinstance(first, NotADay):
        raise first
    what = shorten(printable(" ".join(words)), _ECHO_AT_MOST) or "call Ana"
    raise Refused(ended(f"Start with a date: fri {what}"))


def _names_a_day(words: str, today: date) -> bool:
    """Whether `words` are a day at all, one that is over too."""
    try:
        return parse_day(words, today) is not None
    except Refused:
        return False


def _past_day(words: str, today: date) -> date | None:
    """The day on which they replied, if `words` name one: “yesterday”, “last week”, “20 nov”.

    Words that can mean a day to come are those of a decision.
    """
    try:
        parse_window(words, today)
    except Refused:
        try:
            return parse_day(words, today, past=True)
        except Refused:
            return None
    return today if words.lower() == "today" else None


OFFER_KINDS = {
    "verbal": "verbal",
    "spoken": "verbal",
    "phone": "verbal",
    "call": "verbal",
    "written": "written",
    "writing": "written",
    "letter": "written",
    "mail": "written",
    "e-mail": "written",
    "email": "written",
}
"""What says how an offer came, and the kind of offer that makes it."""
_UNTIL = re.compile(r"^(.*?)\b(?:until|till|to|by)\s+(\S.*)$", re.IGNORECASE)
_NAME_AT_MOST = 40
_AMOUNT = re.compile(r"(\D*?[^\W\d])[ ]+((?:[$€£¥]|[A-Z]{3} ?)?\d.*)")
"""A name, and an amount that begins with a figure or with a currency."""
_WEIGHTS = "a weight from 1 (nice to have) to 5 (decisive)"


class Received(NamedTuple):
    """When an offer came and how; None is left as it was."""

    on: date | None
    kind: str | None


class MoreTime(NamedTuple):
    """When more time was asked for, and until when it was granted."""

    asked_on: date | None
    until: date | None


class Check(NamedTuple):
    """When references are called, and when that was said; both None takes it back."""

    on: date | None
    announced_on: date | None = None


class TypedCriterion(NamedTuple):
    """A criterion as typed."""

    name: str
    weight: int


def read_received(text: str, today: date) -> tuple[Received, str]:
    """“mon by phone”, “yesterday written”, “verbal”."""
    words = [word for word in text.split() if word.lower() not in ("by", "in", "on", "came")]
    kinds = [OFFER_KINDS[word.lower()] for word in words if word.lower() in OFFER_KINDS]
    day = " ".join(word for word in words if word.lower() not in OFFER_KINDS)
    if not words:
        raise Refused("Enter when and how the offer came: “mon verbal”, “yesterday written”.")
    on = parse_day(day, today, past=True) if day else None
    kind = kinds[-1] if kinds else None
    came = f"Offer received {echo_day(on, today)}" if on else "Offer received"
    return Received(on, kind), f"{came}, {kind}" if kind else came


def read_past_day(text: str, today: date, *, what: str, nothing: str) -> tuple[date | None, str]:
    """A day up to today on which `what` was so; an empty line means `nothing` of that."""
    if not text.strip():
        return None, nothing
    day = parse_day(text, today, past=True)
    if day > today:
        raise Refused(f"{echo_day(day, today)}: that date is in the future.")
    return day, f"{what} {echo_day(day, today)}"


def read_check(text: str, today: date) -> tuple[Check, str]:
    """“fri”, “next tue, announced yesterday”: when they call references, and when they said so.

    “announced” alone where no day was named for the calls.
    """
    if not text.strip():
        return Check(None), "No reference check"
    before, announced, after = text.strip().partition("announced")
    before = before.strip(" ,;")
    on = parse_day(before, today) if before else None
    said_on = None
    if announced:
        said_on = parse_day(after.strip(" ,;") or "today", today, past=True)
    parts = [f"References are called {echo_day(on, today)}"] if on is not None else []
    if said_on is not None:
        parts.append(f"{'announced' if parts else 'Announced'} {echo_day(said_on, today)}")
    return Check(on, said_on), "; ".join(parts)


def check_line(on: date | None, announced_on: date | None) -> str:
    """A check of references as a line that reads as the same again."""
    parts = [on.isoformat()] if on is not None else []
    if announced_on is not None:
        parts.append(f"announced {announced_on.isoformat()}")
    return " ".join(parts)


def read_first_day(text: str, today: date) -> tuple[date | None, str]:
    """The first day at work: one to come, or one that is over."""
    if not text.strip():
        return None, "No first day yet"
    day = parse_day(text, today)
    return day, f"You start {echo_day(day, today)}"


def read_more_time(text: str, today: date) -> tuple[MoreTime, str]:
    """“asked today”, “until fri”, “asked mon until 5 dec”."""
    words = text.strip()
    if not words:
        return MoreTime(None, None), "Not asked for more time"
    before, until = words, None
    if found := _UNTIL.match(f"{words}"):
        before, until = found[1], parse_day(found[2], today, future=True)
    before = re.sub(r"^\s*(?:i\s+)?asked\b\s*(?:on\b)?", "", before, flags=re.IGNORECASE).strip()
    asked = None
    if before or until is None:
        asked = parse_day(before or "today", today, past=True)
    said = []
    if asked is not None:
        said.append(f"You asked for more time {echo_day(asked, today)}")
    if until is not None:
        said.append(f"new deadline {echo_day(until, today)}")
    words = "; ".join(said)
    return MoreTime(asked, until), f"{words[:1].upper()}{words[1:]}"


def read_part(text: str, kind: str, today: date) -> tuple[PointText, str]:
    """A point of this kind; a component may be written “pay: 112k a year” or “pay 112k”."""
    name, colon, rest = text.partition(": ")
    if not colon and " -- " not in text and (found := _AMOUNT.fullmatch(text.strip())):
        name, rest = found.groups()
    if kind == "component" and rest.strip() and len(name) <= _NAME_AT_MOST:
        text = f"{name} -- {rest}"
    return read_point(text, kind, today, kinds=(kind,))


def part_line(point: PointEntry) -> str:
    """A point of an offer as a line that reads as the same again."""
    more = f" -- {point.detail}" if point.detail else ""
    link = f" {point.link}" if point.link and point.link not in point.text else ""
    return f"{point.text}{more}{link}"


def read_criterion(text: str, taken: Sequence[str] = ()) -> tuple[TypedCriterion, str]:
    """“pay 5”: a name, and how much it weighs; 3 where that is not said.

    Args:
        taken: the names that other criteria have.
    """
    words = text.split()
    if not words:
        raise Refused(f"Enter a criterion and {_WEIGHTS}: “pay 5”.")
    weight = 3
    if len(words) > 1 and words[-1].lstrip("-").isdecimal() and words[-1].isascii():
        weight = int(words.pop()[:6])
        if not 1 <= weight <= 5:
            raise Refused(f"{weight} is not a valid weight: give {_WEIGHTS}.")
    name = clean(" ".join(words), fields.CRITERION)
    if name.casefold() in {other.casefold() for other in taken}:
        raise Refused("That is on the list already. Press e on its line to change it.")
    return TypedCriterion(name, weight), f"{name}, weight {weight} of 5"


_BEFORE_SIGN = re.compile(r"\s*,\s*|\s+(?=[+#-])")
_CONTACT = {"no contact": True, "contact ok": False}


def read_edits(
    text: str, tags: Mapping[int, tuple[str, ...]]
) -> tuple[dict[int, dict[str, object]], str]:
    """“+remote -onsite, no contact”: what changes in each of several applications.

    A word without a sign is a tag too.

    Args:
        tags: those that each application has, by its id.
    """
    words = [word for word in _BEFORE_SIGN.split(text.strip()) if word]
    changes: dict[int, dict[str, object]] = {id_: {} for id_ in tags}
    left = {id_: list(each) for id_, each in tags.items()}
    said = []
    for word in words:
        contact = _CONTACT.get(" ".join(word.casefold().split()))
        if contact is not None:
            for change in changes.values():
                change["no_contact"] = contact
            said.append("no contact" if contact else "contact ok")
        else:
            said.append(_edit_tags(word, left))
    for id_, each in left.items():
        if tuple(each) != tags[id_]:
            changes[id_]["tags"] = clean_tags(each)
    changes = {id_: change for id_, change in changes.items() if change}
    if not words:
        raise Refused("Enter a tag to add, “+remote”, or one to remove, “-onsite”.")
    if not changes:
        raise Refused("They have that already.")
    return changes, "; ".join(said)


def _edit_tags(word: str, tags: Mapping[int, list[str]]) -> str:
    """Add a tag to those that do not have it, or remove it from those that do; says which."""
    removing = word.startswith("-")
    cleaned = clean_tags([word.lstrip("+-# ")])
    if not cleaned:
        raise Refused(f"{quoted(word)} names no tag.")
    (tag,) = cleaned
    key = tag.casefold()
    having = [id_ for id_, each in tags.items() if key in map(str.casefold, each)]
    if removing and not having:
        raise Refused(f"None of them has the tag {quoted(tag)}.")
    for id_, each in tags.items():
        if removing:
            each[:] = [one for one in each if one.casefold() != key]
        elif id_ not in having:
            each.append(tag)
    number = len(having) if removing else len(tags) - len(having)
    return f"{'-' if removing else '+'}{tag} on {number:,} of {len(tags):,}"
