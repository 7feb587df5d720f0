"""Appointments in one line: the day, the time, how long, what kind, with whom, where.

All functions raise Refused, with a sentence that says what to type, and nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from store.rules.clock_grammar import MINUTES_A_DAY, readings, starts_with_time
from store.rules.dates import clock_time, distance_words, short_day
from store.rules.day_grammar import read_day, trouble
from store.rules.fields import PEOPLE, PLACE
from store.rules.line_words import (
    BEFORE_A_ZONE,
    is_sure_zone,
    is_zone,
    told_as_format,
    without_formats,
    without_zone,
)
from store.rules.reading import check_near, parse_day, unread, words_of
from store.rules.refusal import Refused
from store.rules.text import clean, printable

LONGEST_SLOT = 3_000
"""Characters: a line with a long list of people and a link of the longest kind."""

_SLOT_FORM = "Type it as in tue 10:00 45m with Ana at Room 4."
_INVITED = "invited"
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.I)
_ISO_T = re.compile(r"(\d{4}-\d{2}-\d{2})t(?=\d)")


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment as typed, in the user's own time of day.

    `at` is None when the line has no time, `minutes` when it has neither length nor end. `formats`
    are keys of `store.rules.formats`; `zone` is the zone that the line names, as it stands there.
    """

    day: date
    at: time | None
    minutes: int | None
    people: str
    place: str
    formats: tuple[str, ...] = ()
    zone: str = ""


def parse_slot(text: str, today: date) -> Slot:
    """The appointment in one line: "tue 10:00 45m with Ana and Bo at Room 4".

    The day comes as in `parse_day`, the time as "10:00", "10.30", "10h30", "9am", "9:30 pm",
    "noon", as an hour alone after the day, or as a span "10:00-10:45"; a length as "45m", "1h30",
    "1.5 hours"; beside them the formats ("panel+case", "video") and the time zone that the time is
    of ("America/New_York", "UTC"). Then in any order "with" and names, "at", "in" or "on" and a
    place; a link needs no such word, and an "at" before a time belongs to the time. A day that has
    been must say so ("yesterday", "last fri", or its year).
    """
    line = _line(text, today)
    if not line.when:
        raise Refused(f"Begin with the day and the time. {_SLOT_FORM}")
    day, at, minutes = _when(line.when, today)
    return Slot(day, at, minutes, line.people, line.place, line.formats, line.zone)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as typed, before there is a time: the day it came, and what it says."""

    on: date
    people: str
    place: str
    formats: tuple[str, ...]


def parse_invitation(text: str, today: date) -> Invitation:
    """What follows "invited": the day it came (today if none is named), then as in `parse_slot`."""
    line = _line(f"{_INVITED} {text}", today)
    if line.zone:
        raise Refused("A zone belongs to a time. Add it once there is one.")
    when = " ".join(line.when[1:])
    on = parse_day(when, today, past=True) if when else today
    return Invitation(on, line.people, line.place, line.formats)


def echo_slot(slot: Slot, today: date) -> str:
    """How a slot that was read is shown while it is being typed.

    "Tue 24 Nov 10:00–10:45, tomorrow, with Ana"; without a time: "Tue 24 Nov, tomorrow, no time
    yet".
    """
    words = short_day(slot.day, today)
    if slot.at is not None:
        words += f" {clock_time(slot.at)}"
        if slot.minutes is not None:
            end = (slot.at.hour * 60 + slot.at.minute + slot.minutes) % MINUTES_A_DAY
            words += f"–{clock_time(time(*divmod(end, 60)))}"
    words += f", {distance_words((slot.day - today).days)}"
    if slot.at is None:
        words += ", no time yet" + (f", {slot.minutes} min" if slot.minutes is not None else "")
    return words + echo_parts(slot.formats, slot.people, slot.place)


def echo_parts(formats: Sequence[str], people: str, place: str) -> str:
    """How formats, people and place are said back behind a time: ", panel, with Ana, at HQ"."""
    words = ""
    if formats:
        from store.rules.formats import format_words

        words += f", {format_words(formats)}"
    if people:
        words += f", with {people}"
    if place:
        words += f", {'on' if _LINK.match(place) else 'at'} {place}"
    return words


class _Line(NamedTuple):
    """A line taken apart; what is left of its beginning tells day, time and length."""

    when: list[str]
    formats: tuple[str, ...]
    zone: str
    people: str
    place: str


def _line(text: str, today: date) -> _Line:
    text = text.strip()
    if len(text) > LONGEST_SLOT:
        raise Refused(f"The line has {len(text):,} characters; {LONGEST_SLOT:,} fit. Shorten it.")
    words, people, place = _parts(printable(text).split(), today)
    words, formats = without_formats(words)
    words, zone = without_zone(words)
    if not zone and is_zone(place):
        zone, place = place, ""
    return _Line(words, formats, zone, clean(people, PEOPLE), clean(place, PLACE))


def _parts(words: Sequence[str], today: date) -> tuple[list[str], str, str]:
    """The words for day and time, the people, the place."""
    parts: dict[str, list[str]] = {"when": [], "with": [], "at": []}
    part = "when"
    for i, word in enumerate(words):
        low, following = word.lower(), words[i + 1 : i + 3]
        if _LINK.match(word):
            part = "at"
        elif low == "with" and not parts["with"]:
            part = "with"
            continue
        elif low in ("at", "on") and part != "at" and following and _LINK.match(following[0]):
            continue
        elif low == "at" and part == "when" and starts_with_time(" ".join(following).lower()):
            if _has_time(parts["when"], today):
                part = "at"
                continue
        elif _opens_place(low, part, parts) and not told_as_format(low, following):
            part = "at"
            continue
        if part == "with" and is_sure_zone(word):
            while parts["with"] and parts["with"][-1].lower() in BEFORE_A_ZONE:
                parts["with"].pop()
            parts["when"].append(word)
            continue
        parts[part].append(word)
    return parts["when"], " ".join(parts["with"]), " ".join(parts["at"])


def _opens_place(word: str, part: str, parts: dict[str, list[str]]) -> bool:
    if parts["at"] or part == "at" or not parts["when"]:
        return False
    return word in ("at", "on") or (word in ("in", "via") and part == "when")


def _has_time(when: Sequence[str], today: date) -> bool:
    try:
        words, _ = without_zone(without_formats(when)[0])
        return bool(words) and _when(words, today)[1] is not None
    except Refused:
        return False


def _when(when: Sequence[str], today: date) -> tuple[date, time | None, int | None]:
    words = _ISO_T.sub(r"\1 ", words_of(" ".join(when), _SLOT_FORM))
    refusal = None
    for day_words, at, minutes in readings(words):
        try:
            day = read_day(day_words, today)
        except Refused as refused:
            refusal = refused
            continue
        if day is not None:
            check_near(day, day_words, today)
            return day, at, minutes
        if not day_words:
            refusal = Refused(f"There is no day yet. {_SLOT_FORM}")
        elif reason := trouble(day_words, today):
            refusal = Refused(reason)
    raise refusal or Refused(unread(words, _SLOT_FORM))
