"""Reading the days that people type, and saying back how they were read.

The forms that are known for certain come first (`rules.typed.day_grammar`); `dateutil` is asked
last, for pasted timestamps only, since it fills gaps from the current day without a word. All
functions raise Refused, with a sentence that says what to type, and nothing else.
"""

import re
from datetime import date, datetime, timedelta

from store.rules.dates import (
    add_months,
    last_business_day_of_month,
    last_business_day_of_week,
    roll_back,
    short_day,
)
from store.rules.text import Refused, printable, quoted
from store.rules.typed.day_grammar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    calendar_day,
    check_weekday,
    hint,
    made,
    month_number,
    moved,
    offset_unit,
    read_day,
    trouble,
)
from store.rules.typed.times import has_clock_time

_WHOLE = re.compile(r"(this|next) (week|month)|(month|year) end|(eow|eom|eoy)")
_PART = re.compile(
    r"(?:in )?(early|beginning of|start of|mid|middle of|late|end of)[ -]?(?:in )?"
    rf"(?:(?:(this|next) )?(week|month|year)|{MONTH}\.?(?: (\d{{4}}))?)"
)
_WEEK_OF = re.compile(r"week of (.+)")
_ABBREVIATED = {"eow": "week", "eom": "month", "eoy": "year"}

_EARLY_ENDS, _MID_ENDS = 10, 15
"""The days of a month by which "early" and "mid" are over: the product's own choice."""
_EARLY = ("early", "beginning of", "start of")
_MID = ("mid", "middle of")


def read_window(words: str, today: date) -> date | None:
    """The last business day of the span that `words` name; None if they name none.

    Raises Refused when that day is over, as for "this week" on a Saturday: which one is meant
    instead would be a guess.
    """
    plain = re.sub(r"\bthe ", "", words)
    if found := _WEEK_OF.fullmatch(plain):
        start = calendar_day(found[1], today, past=False)
        end = last_business_day_of_week(start) if start else None
    elif found := _WHOLE.fullmatch(plain):
        which, unit = found[1], found[2] or found[3] or _ABBREVIATED[found[4]]
        end = _end_of(unit, _start(unit, which, today))
    elif found := _PART.fullmatch(plain):
        end = _part(today, *found.groups())
    else:
        return None
    if end is not None and end < today:
        raise Refused(f"{quoted(words)} ended on {short_day(end, today)}. {hint(today)}")
    return end


def _part(
    today: date, part: str, which: str | None, unit: str | None, month: str | None, year: str | None
) -> date | None:
    if month:
        number = month_number(month)
        start = made(int(year) if year else today.year + (number < today.month), number, 1)
    elif unit:
        start = _start(unit, which, today)
    if part not in _EARLY + _MID:
        return _end_of(unit or "month", start)
    if unit == "year":
        return None
    if unit == "week":
        return last_business_day_of_week(start) - timedelta(days=3 if part in _EARLY else 2)
    return roll_back(start.replace(day=_EARLY_ENDS if part in _EARLY else _MID_ENDS))


def _start(unit: str, which: str | None, today: date) -> date:
    """A day within this week, month or year, or within the next one."""
    return moved(today, unit[0], 1 if which == "next" else 0)


def _end_of(unit: str, day: date) -> date:
    if unit == "week":
        return last_business_day_of_week(day)
    return last_business_day_of_month(day.replace(month=12, day=1) if unit == "year" else day)


LONGEST_DAY = 60
"""Characters; the longest day in words has about forty."""

_NEAR_DAYS = 300
"""A date without a year that lies further ahead has just gone by: where people also write down
what has been, the one just gone by may be meant."""

_DASHES = str.maketrans("‐‑‒–—−", "------")
_COMMA = re.compile(r",(?=\s|$|\d{4}\b)")
_LEAD = re.compile(r"^(?:on|by|until|till) ")
_AT_MOST_OF = re.compile(rf"\b{NUMBER} ?(?:-|to|or) ?(?={NUMBER} ?{UNIT}\b)")
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
    words = words_of(text, hint(today))
    day = read_day(words, today, past=past) or read_window(words, today) or _pasted(words)
    if day is None:
        timed = f"{quoted(words)} has a time of day; only a day is asked for. {hint(today)}"
        unknown = timed if has_clock_time(words) else unread(words, hint(today))
        raise Refused(trouble(words, today) or unknown)
    if past and day > today:
        raise Refused(f"{short_day(day, today)} is in the future. Enter today or earlier.")
    if future and day < today:
        raise Refused(f"{short_day(day, today)} is in the past. Enter today or later.")
    return day


def worth_quoting(words: str, today: date) -> bool:
    """Whether an employer's words for a day say more than the day that they are read as.

    "next week" does, and so do words that cannot be read; "fri" and "3 dec" do not.
    """
    try:
        parse_day(words, today)
    except Refused:
        return bool(words.strip())
    plain = words_of(words, hint(today))
    return read_window(plain, today) is not None or offset_unit(plain) != ""


def parse_window(text: str, today: date) -> date:
    """The day by which an employer wants to be heard from, as `text` tells it.

    `today` is the day on which they said it; days before it are refused. Everything that
    `parse_day` reads, with "by" or "until" before it, and loosely: a number of weeks or months
    ends on a business day, and of "two to three weeks" the longer counts. A date without a year
    that has just gone by is refused, not taken for next year's.
    """
    words = _AT_MOST_OF.sub("", words_of(text, hint(today)))
    day = parse_day(words, today, future=True)
    check_near(day, words, today)
    return roll_back(day) if offset_unit(words) in ("w", "m", "y") else day


def check_near(day: date, words: str, today: date) -> None:
    """Refused for next year's date where the one just gone by may be meant."""
    far = (day - today).days > _NEAR_DAYS
    if far and not offset_unit(words) and not re.search(r"\d{4}", words):
        raise Refused(
            f"{quoted(words)} would be {short_day(day)}, which is far ahead. "
            f"Write the year too, as in {add_months(day, -12).isoformat()}."
        )


def unread(words: str, form: str) -> str:
    """That `words` cannot be read, and what to type instead."""
    return f"{quoted(words)} cannot be read. {form}"


def words_of(text: str, form: str) -> str:
    """`text` in lower case with single spaces; Refused, naming `form`, if its looks say no."""
    text = text.strip()
    if len(text) > LONGEST_DAY:
        raise Refused(f"{quoted(text, 20)} is too long for a day. {form}")
    words = _COMMA.sub(" ", printable(text).translate(_DASHES).lower())
    words = _LEAD.sub("", " ".join(words.split()))
    if not words:
        raise Refused(f"Start with a date. {form}")
    if not words.isascii():
        raise Refused(unread(words, form))
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
