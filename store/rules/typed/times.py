"""The words for times of day and lengths of time in the one line that makes an interview."""

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
_BARE_SPAN = re.compile(rf"(.*?) ?(?<!\S)(\d{{1,2}}){_TO}(\d{{1,2}})")
_BARE_SPAN_FIRST = re.compile(rf"(\d{{1,2}}){_TO}(\d{{1,2}}) (.+)")
_LAST_OF_THE_AFTERNOON = 6
"""Hours up to this one are those of the afternoon unless am, or a 0 before them, says the night:
nobody meets at three in the morning (product)."""
_MIDNIGHTS = ("24:00", "24.00", "24", "00:00", "12am", "12:00am", "midnight")
"""An end that is the end of the day."""
_BETWEEN = re.compile(r"^(?:(?:on|-|@) )+")
_MINUTE = r"(?:m|mins?|minutes?)"
_LENGTH = re.compile(
    r"(?<!\S)(?:for )?(?:"
    rf"(\d{{1,2}}) ?(?:h|hrs?|hours?)(?: ?(\d{{1,2}}) ?{_MINUTE}?)?"
    r"|(\d{1,2}[.,]\d{1,2}) ?(?:h|hrs?|hours?)"
    rf"|(\d{{1,4}}) ?{_MINUTE}"
    r"|(half an hour)|(an hour))$"
)


class TimeReading(NamedTuple):
    """One way to take a line apart: the words left for the day, the time, the length."""

    day_words: str
    at: time | None
    minutes: int | None


def readings(when: str) -> Iterator[TimeReading]:
    """The ways to read `when`, the likeliest first; the right one is the first that has a day.

    `when` is in lower case with single spaces and of modest length. "45m" behind a time is a
    length; before it or without one it may be a day, 45 months on. Raises Refused for a time of
    day that no clock shows, and for a length beyond a day.
    """
    found = _CLOCK.search(when)
    if found:
        at, minutes = _span(found[1].removeprefix("at "), found[2])
        before, after = when[: found.start()].strip(), when[found.end() :].strip()
        rest = _BETWEEN.sub("", f"{before} {after}".strip())
        shorter = None if minutes else _without_length(rest)
        if not (shorter and after):
            yield TimeReading(rest, at, minutes)
        if shorter and (after or shorter[0]):
            yield TimeReading(shorter[0], at, shorter[1])
        return
    when = when.removesuffix(" at")
    yield from _hour_last(when, None)
    if (shorter := _without_length(when)) and shorter[0]:
        yield from _hour_last(*shorter)


def has_clock_time(words: str) -> bool:
    """Whether a time of day stands in `words` that can be nothing else."""
    return _CLOCK.search(words) is not None


def is_length(words: str, *, alone: bool = False) -> bool:
    """Whether `words` are a length of time; `alone` for one that needs no "for": "45m", "1h30"."""
    if alone and not re.match(r"\d+(?:h|m|min)", words):
        return False
    found = _LENGTH.match(words)
    return found is not None and bool(words)


def starts_with_time(words: str) -> bool:
    """Whether `words`, which follow an "at", begin with a time of day rather than a place."""
    return _STARTS_WITH_TIME.match(words) is not None


def _hour_last(when: str, minutes: int | None) -> Iterator[TimeReading]:
    yield TimeReading(when, None, minutes)
    found = _BARE_HOUR.fullmatch(when)
    if found and int(found[2]) < 24:
        yield TimeReading(found[1], _clock(found[2]), minutes)
    day, start, end = "", "", ""
    if found := _BARE_SPAN.fullmatch(when):
        day, start, end = found[1], found[2], found[3]
    elif found := _BARE_SPAN_FIRST.fullmatch(when):
        start, end, day = found[1], found[2], _BETWEEN.sub("", found[3])
    if day and minutes is None and int(start) < 24 and int(end) < 24:
        yield TimeReading(day, *_span(start, end))


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
    if end is None:
        return _clock(start), None
    halves = re.search(_HALF, start), re.search(_HALF, end)
    at = _clock(start, night=bool(halves[1]))
    if end in _MIDNIGHTS:
        return at, MINUTES_A_DAY - at.hour * 60 - at.minute
    until = _clock(end, night=True)
    if halves[1] and not halves[0] and 1 <= at.hour < 12 <= until.hour:
        moved = at.replace(hour=at.hour + 12)
        at = moved if moved < until else at
    # "9am-9", "5-7", "11-1": an end that says neither half of the day follows its start.
    follows = not halves[1] and (halves[0] or _is_open(start) or _is_open(end))
    if follows and until <= at and until.hour < 12:
        until = until.replace(hour=until.hour + 12)
    minutes = (until.hour - at.hour) * 60 + until.minute - at.minute
    # "11pm to 1am", "22:30-00:15": what is said for sure may go over midnight.
    sure = bool(halves[0] and halves[1]) or (not halves[1] and end.startswith("0"))
    if minutes < 0 and sure and at.hour >= 12 > until.hour:
        minutes += MINUTES_A_DAY
    if minutes < 1:
        raise Refused(f"{quoted(f'{start}-{end}')} ends before it begins. Correct one of the two.")
    return at, minutes


def _is_open(face: str) -> bool:
    """Whether `face` may be of the night or of the afternoon: "3", "2:30", but not "03:00"."""
    found = _FACE.fullmatch(face)
    return (
        found is not None
        and not found[3]
        and not found[1].startswith("0")
        and 1 <= int(found[1]) <= _LAST_OF_THE_AFTERNOON
    )


def _clock(face: str, *, night: bool = False) -> time:
    """The time that `face` shows; `night` keeps "3" where another time decides about the half."""
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
        elif not night and _is_open(face):
            hour += 12
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Refused(f"Unknown time {quoted(face)}. Give one from 00:00 to 23:59, or as in 9am.")
