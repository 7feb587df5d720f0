"""Reading the days that people type, and saying back how they were read.

The forms that are known for certain come first (`store.rules.day_grammar`); `dateutil` is asked
last, for pasted timestamps only, since it fills gaps from the current day without a word. All
functions raise Refused, with a sentence that says what to type, and nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from store.rules.clock_grammar import MINUTES_A_DAY, has_clock_time, readings, starts_with_time
from store.rules.dates import add_months, clock_time, distance_words, roll_back, short_day
from store.rules.day_grammar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    check_weekday,
    hint,
    offset_unit,
    read_day,
    trouble,
)
from store.rules.day_windows import read_window
from store.rules.fields import PEOPLE, PLACE
from store.rules.refusal import Refused
from store.rules.text import clean, printable, quoted

LONGEST_DAY = 60
"""Characters; the longest day in words has about forty."""

LONGEST_SLOT = 3_000
"""Characters: a line with a long list of people and a link of the longest kind."""

_SLOT_FORM = "Type it as in tue 10:00 45m with Ana at Room 4."
_NEAR_DAYS = 300
"""A date without a year that lies further ahead has just gone by: where people also write down
what has been, the one just gone by may be meant."""

_DASHES = str.maketrans("‐‑‒–—−", "------")
_COMMA = re.compile(r",(?=\s|$|\d{4}\b)")
_LEAD = re.compile(r"^(?:on|by|until|till) ")
_AT_MOST_OF = re.compile(rf"\b{NUMBER} ?(?:-|to|or) ?(?={NUMBER} ?{UNIT}\b)")
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.I)
_ISO_T = re.compile(r"(\d{4}-\d{2}-\d{2})t(?=\d)")
_ISO_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:.*")
_TIME = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m\b)?(?: ?(?:[+-]\d{2}:?\d{2}|z|utc|gmt)\b)?"
)
_FILL_INS = (datetime(2001, 1, 1), datetime(2004, 12, 28))  # noqa: DTZ001
"""What dateutil fills gaps from: where the two answers differ, the text left a gap."""


def parse_day(text: str, today: date, *, past: bool = False, future: bool = False) -> date:
    """The day that `text` names, seen from `today`.

    Args:
        text: in English, upper or lower case: "today", "fri", "next fri", "last fri", "+3d",
            "2w", "3bd" (business days), "in 3 days", "3 days ago", "1m", "2026-12-03", "3 dec",
            "dec 3 2026", "thu 3 dec", "3.12.", "3.12.2026", "next week", "end of month".
        past: a day that has been; one without a year is the last such day, today included, and
            one still to come is refused.
        future: a day to come; one that is over is refused.

    Without a year and without `past`, a text means the next such day: for a date today is
    included, for a weekday not. Spans mean their last business day.
    """
    words = _words(text, hint(today))
    day = read_day(words, today, past=past) or read_window(words, today) or _pasted(words)
    if day is None:
        timed = f"{quoted(words)} has a time of day; only a day is asked for. {hint(today)}"
        unknown = timed if has_clock_time(words) else _unread(words, hint(today))
        raise Refused(trouble(words, today) or unknown)
    if past and day > today:
        raise Refused(f"{short_day(day, today)} has not come yet. Give today or an earlier day.")
    if future and day < today:
        raise Refused(f"{short_day(day, today)} is over. Give today or a later day.")
    return day


def parse_window(text: str, today: date) -> date:
    """The day by which an employer wants to be heard from, as `text` tells it.

    `today` is the day on which they said it; days before it are refused. Everything that
    `parse_day` reads, with "by" or "until" before it, and loosely: a number of weeks or months
    ends on a business day, and of "two to three weeks" the longer counts. A date without a year
    that has just gone by is refused, not taken for next year's.
    """
    words = _AT_MOST_OF.sub("", _words(text, hint(today)))
    day = parse_day(words, today, future=True)
    _check_near(day, words, today)
    return roll_back(day) if offset_unit(words) in ("w", "m", "y") else day


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment as typed, in the user's own time of day.

    `at` is None when the line has no time, `minutes` when it has neither length nor end.
    """

    day: date
    at: time | None
    minutes: int | None
    people: str
    place: str


def parse_slot(text: str, today: date) -> Slot:
    """The appointment in one line: "tue 10:00 45m with Ana and Bo at Room 4".

    The day comes as in `parse_day`, the time as "10:00", "10.30", "10h30", "9am", "9:30 pm",
    "noon", as an hour alone after the day, or as a span "10:00-10:45"; a length as "45m", "1h30",
    "1.5 hours". Then in any order "with" and names, "at", "in" or "on" and a place; a link needs
    no such word, and an "at" before a time belongs to the time. A day that has been must say so
    ("yesterday", "last fri", or its year).
    """
    text = text.strip()
    if len(text) > LONGEST_SLOT:
        raise Refused(f"The line has {len(text):,} characters; {LONGEST_SLOT:,} fit. Shorten it.")
    when, people, place = _parts(printable(text).split(), today)
    if not when:
        raise Refused(f"Begin with the day and the time. {_SLOT_FORM}")
    day, at, minutes = _when(when, today)
    return Slot(day, at, minutes, clean(people, PEOPLE), clean(place, PLACE))


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
    if slot.people:
        words += f", with {slot.people}"
    if slot.place:
        words += f", {'on' if _LINK.match(slot.place) else 'at'} {slot.place}"
    return words


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
        elif _opens_place(low, part, parts):
            part = "at"
            continue
        parts[part].append(word)
    return parts["when"], " ".join(parts["with"]), " ".join(parts["at"])


def _opens_place(word: str, part: str, parts: dict[str, list[str]]) -> bool:
    if parts["at"] or part == "at" or not parts["when"]:
        return False
    return word in ("at", "on") or (word in ("in", "via") and part == "when")


def _has_time(when: Sequence[str], today: date) -> bool:
    try:
        return bool(when) and _when(when, today)[1] is not None
    except Refused:
        return False


def _when(when: Sequence[str], today: date) -> tuple[date, time | None, int | None]:
    words = _ISO_T.sub(r"\1 ", _words(" ".join(when), _SLOT_FORM))
    refusal = None
    for day_words, at, minutes in readings(words):
        try:
            day = read_day(day_words, today)
        except Refused as refused:
            refusal = refused
            continue
        if day is not None:
            _check_near(day, day_words, today)
            return day, at, minutes
        if not day_words:
            refusal = Refused(f"There is no day yet. {_SLOT_FORM}")
        elif reason := trouble(day_words, today):
            refusal = Refused(reason)
    raise refusal or Refused(_unread(words, _SLOT_FORM))


def _check_near(day: date, words: str, today: date) -> None:
    """Refused for next year's date where the one just gone by may be meant."""
    far = (day - today).days > _NEAR_DAYS
    if far and not offset_unit(words) and not re.search(r"\d{4}", words):
        raise Refused(
            f"{quoted(words)} would be {short_day(day)}, which is far ahead. "
            f"Write the year too, as in {add_months(day, -12).isoformat()}."
        )


def _unread(words: str, form: str) -> str:
    return f"{quoted(words)} cannot be read. {form}"


def _words(text: str, form: str) -> str:
    """`text` in lower case with single spaces; Refused, naming `form`, if its looks say no."""
    text = text.strip()
    if len(text) > LONGEST_DAY:
        raise Refused(f"{quoted(text, 20)} is too long for a day. {form}")
    words = _COMMA.sub(" ", printable(text).translate(_DASHES).lower())
    words = _LEAD.sub("", " ".join(words.split()))
    if not words:
        raise Refused(f"There is no day yet. {form}")
    if not words.isascii():
        raise Refused(_unread(words, form))
    return words


def _pasted(words: str) -> date | None:
    """The day of a timestamp copied from a mail or a web page, as it stands there.

    Only with a year of four digits and the month as a word, or in ISO: elsewhere dateutil takes
    "1/2/26" for 2 January and "13/2/26" for 13 February.
    """
    if stamp := _ISO_STAMP.fullmatch(words):
        return read_day(stamp[1], date.min) if _is_iso(words) else None
    rest = _TIME.sub(" ", words, count=1)
    months = re.findall(rf"\b{MONTH}\b", rest)
    numbers = sorted(re.findall(r"\d+", rest), key=len)
    if len(months) != 1 or [len(number) for number in numbers] not in ([1, 4], [2, 4]):
        return None
    from dateutil import parser

    try:
        days = {parser.parse(words, default=gaps, ignoretz=True).date() for gaps in _FILL_INS}
    except Exception:  # beside its own, the parser lets OverflowError and others through
        return None
    day = days.pop()
    if days or str(day.year) != numbers[1] or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    for name in re.findall(rf"\b{WEEKDAY}", rest):
        check_weekday(day, name)
    return day


def _is_iso(words: str) -> bool:
    try:
        datetime.fromisoformat(words.upper())
    except ValueError:
        return False
    return True
