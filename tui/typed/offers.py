"""An offer in one line: when it came, by when it is answered, its parts, what it is weighed by.

The readers answer as those in `tui.typed.interviews`.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from store.model.dossier import PointEntry
from store.rules.dates import echo_day
from store.rules.fields import CRITERION
from store.rules.text import Refused, capital, clean
from store.rules.typed.days import parse_day
from store.rules.typed.point import PointText, read_point
from tui.typed.interviews import echo_due, read_due

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


class Deadline(NamedTuple):
    """By when an offer wants an answer, at a local time if they named one.

    `zone` is the name of the zone in which they named it, empty for the user's own. The fold of
    `at` tells the two apart where the clocks here show that time twice.
    """

    day: date
    at: time | None
    zone: str = ""


class Arrival(NamedTuple):
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
    return Deadline(due.on, local, due.zone), f"Answer by {echo_due(due, today)}"


def read_received(text: str, today: date) -> tuple[Arrival, str]:
    """“mon by phone”, “yesterday written”, “verbal”."""
    words = [word for word in text.split() if word.lower() not in ("by", "in", "on", "came")]
    kinds = [OFFER_KINDS[word.lower()] for word in words if word.lower() in OFFER_KINDS]
    day = " ".join(word for word in words if word.lower() not in OFFER_KINDS)
    if not words:
        raise Refused("Enter when and how the offer came: “mon verbal”, “yesterday written”.")
    on = parse_day(day, today, past=True) if day else None
    kind = kinds[-1] if kinds else None
    came = f"Offer received {echo_day(on, today)}" if on else "Offer received"
    return Arrival(on, kind), f"{came}, {kind}" if kind else came


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
    return MoreTime(asked, until), capital(words)


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
    name = clean(" ".join(words), CRITERION)
    if name.casefold() in {other.casefold() for other in taken}:
        raise Refused("That is on the list already. Press e on its line to change it.")
    return TypedCriterion(name, weight), f"{name}, weight {weight} of 5"
