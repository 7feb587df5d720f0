"""The words for times of day and lengths of time in the one line that makes an appointment."""

import re
from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from store.rules.text import Refused, quoted

MINUTES_A_DAY = 1_440

_HALF = r" ?[ap]\.?m\.?"
_PIECE = (
    rf"(?:\d{{1,2}}[:.]\d{{2}}(?::00)?{_HALF}|\d{{1,2}}{_HALF}|\d{{1,2}}:\d{{2}}(?::00)?"
    r"|\d{1,2}\.(?:00|1[3-9]|[2-9]\d)|(?:[6-9]|[12]\d) ?h(?:\d{2})?|noon|midday|midnight)"
)
"""A time of day that can be nothing else. "10.30" is one because no month is the 30th, while
"3.12" is a day; "8h" and "14h30" are times, while "1h30" is a length."""
_AFTER_AT = r"at (?:\d{1,2}h\d{2}|\d{1,2})"
_TO = r" ?(?:-|to|until) ?"
_BEFORE_HALF = rf"\d{{1,2}}(?={_TO}\d{{1,2}}(?:[:.]\d{{2}})?{_HALF})"
_CLOCK = re.compile(
    rf"(?<!\S)(?:(?:at|from) )?({_PIECE}|{_AFTER_AT}|{_BEFORE_HALF})"
    rf"(?:{_TO}({_PIECE}|\d{{1,2}}))?(?!\S)"
)
_STARTS_WITH_TIME = re.compile(rf"(?:{_PIECE}|\d{{1,2}}(?:h\d{{2}})?)(?:-\S+)?(?!\S)")
_FACE = re.compile(r"(\d{1,2})(?: ?h|[:.])?(\d{2})?(?::00)?(?: ?([ap])\.?m\.?)?")
_BARE_HOUR = re.compile(r"(.*?) ?(?<!\S)(\d{1,2})")
_MINUTE = r"(?:m|mins?|minutes?)"
_LENGTH = re.compile(
    r"(?<!\S)(?:for )?(?:"
    rf"(\d{{1,2}}) ?(?:h|hrs?|hours?)(?: ?(\d{{1,2}}) ?{_MINUTE}?)?"
    r"|(\d{1,2}[.,]\d{1,2}) ?(?:h|hrs?|hours?)"
    rf"|(\d{{1,4}}) ?{_MINUTE}"
    r"|(half an hour)|(an hour))$"
)


class Reading(NamedTuple):
    """One way to take a line apart: the words left for the day, the time, the length."""

    day_words: str
    at: time | None
    minutes: int | None


def readings(when: str) -> Iterator[Reading]:
    """The ways to read `when`, the likeliest first; the right one is the first that has a day.

    `when` is in lower case with single spaces and of modest length. "45m" behind a time is a
    length; before it or without one it may be a day, 45 months on. Raises Refused for a time of
    day that no clock shows, and for a length beyond a day.
    """
    found = _CLOCK.search(when)
    if found:
        at, minutes = _span(found[1].removeprefix("at "), found[2])
        before, after = when[: found.start()].strip(), when[found.end() :].strip()
        rest = f"{before} {after}".strip()
        shorter = None if minutes else _without_length(rest)
        if not (shorter and after):
            yield Reading(rest, at, minutes)
        if shorter and (after or shorter[0]):
            yield Reading(shorter[0], at, shorter[1])
        return
    when = when.removesuffix(" at")
    yield from _hour_last(when, None)
    if (shorter := _without_length(when)) and shorter[0]:
        yield from _hour_last(*shorter)


def has_clock_time(words: str) -> bool:
    """Whether a time of day stands in `words` that can be nothing else."""
    return _CLOCK.search(words) is not None


def starts_with_time(words: str) -> bool:
    """Whether `words`, which follow an "at", begin with a time of day rather than a place."""
    return _STARTS_WITH_TIME.match(words) is not None


def _hour_last(when: str, minutes: int | None) -> Iterator[Reading]:
    yield Reading(when, None, minutes)
    found = _BARE_HOUR.fullmatch(when)
    if found and int(found[2]) < 24:
        yield Reading(found[1], time(int(found[2])), minutes)


def _without_length(words: str) -> tuple[str, int] | None:
    found = _LENGTH.search(words)
    if not found:
        return None
    hours, odd, decimal, minutes, half, _whole = found.groups()
    if hours:
        length = int(hours) * 60 + int(odd or 0)
    elif decimal:
        length = round(float(decimal.replace(",", ".")) * 60)
    elif minutes:
        length = int(minutes)
    else:
        length = 30 if half else 60
    if not 1 <= length <= MINUTES_A_DAY:
        raise Refused(
            f"{quoted(found[0])} is not a valid length. Give 1 minute to 24 hours, as in 45m."
        )
    return words[: found.start()].strip(), length


def _span(start: str, end: str | None) -> tuple[time, int | None]:
    """The time and, if the line gives an end too, the minutes between the two."""
    at = _clock(start)
    if end is None:
        return at, None
    until = _clock(end)
    halves = re.search(_HALF, start), re.search(_HALF, end)
    if halves[1] and not halves[0] and 1 <= at.hour < 12 <= until.hour:
        moved = at.replace(hour=at.hour + 12)
        at = moved if moved < until else at
    if halves[0] and not halves[1] and until <= at and until.hour < 12:
        until = until.replace(hour=until.hour + 12)
    minutes = (until.hour - at.hour) * 60 + until.minute - at.minute
    if minutes < 1:
        raise Refused(f"{quoted(f'{start}-{end}')} ends before it begins. Correct one of the two.")
    return at, minutes


def _clock(face: str) -> time:
    if face in ("noon", "midday"):
        return time(12)
    if face == "midnight":
        raise Refused("Midnight belongs to two days. Write 00:00 or 23:59 with the day you mean.")
    found = _FACE.fullmatch(face)
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half:
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Refused(f"Unknown time {quoted(face)}. Give one from 00:00 to 23:59, or as in 9am.")
