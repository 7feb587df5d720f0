"""Reading the days that people type, and saying back how they were read.

The forms that are known for certain come first (`rules.typed.day_grammar`); `dateutil` is asked
last, for pasted timestamps only, since it fills gaps from the current day without a word. All
functions raise Refused, with a sentence that says what to type, and nothing else.
"""

import re
from datetime import date, datetime, time, timedelta

from store.rules.dates import (
    last_business_day_of_month,
    last_business_day_of_week,
    roll_back,
    short_day,
)
from store.rules.text import Refused, printable, quoted
from store.rules.typed.clipboard import SHORT_ZONE
from store.rules.typed.day_grammar import (
    FIRST_YEAR,
    JUST_DAYS,
    LAST_YEAR,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    calendar_day,
    check_weekday,
    date_of,
    hint,
    month_number,
    offset_unit,
    read_day,
    shift,
    trouble,
)
from store.rules.typed.spoken import in_figures
from store.rules.typed.times import has_clock_time

_WHOLE = re.compile(r"(this|next|last) (week|month|year)|(month|year) end|(eow|eom|eoy)")
_PART = re.compile(
    r"(?:in )?(early|beginning of|start of|mid|middle of|late|end of)[ -]?(?:in )?"
    rf"(?:(?:(this|next|last) )?(week|month|year)|{MONTH}\.?(?: (\d{{4}}))?)"
)
_WEEK_OF = re.compile(r"week of (.+)")
_ABBREVIATED = {"eow": "week", "eom": "month", "eoy": "year"}

_EARLY_ENDS, _MID_ENDS = 10, 15
"""The days of a month by which "early" and "mid" are over: the product's own choice."""
_EARLY = ("early", "beginning of", "start of")
_MID = ("mid", "middle of")


def read_window(
    words: str, today: date, *, past: bool = False, future: bool = False, later: bool = False
) -> date | None:
    """The last business day of the span that `words` name; None if they name none.

    Raises Refused when that day is over, as for "this week" on a Saturday: which one is meant
    instead would be a guess. Not with `past`, or where the span is said to be the last one.
    """
    plain = re.sub(r"\bthe ", "", words)
    if found := _WEEK_OF.fullmatch(plain):
        start = calendar_day(found[1], today, past=past, future=future)
        end = last_business_day_of_week(start) if start else None
    elif found := _WHOLE.fullmatch(plain):
        which, unit = found[1], found[2] or found[3] or _ABBREVIATED[found[4]]
        if unit == "year" and which and not past:
            return None
        end = _end_of(unit, _start(unit, which, today))
    elif found := _PART.fullmatch(plain):
        end = _part(today, *found.groups(), past=past)
        if end is not None and future and found[4] and not found[5]:
            _check_near(end, words, today)
    else:
        return None
    over = end is not None and end < today
    if end is not None and over and not past and not re.search(r"\blast\b|\d{4}", plain):
        raise Refused(
            f"{quoted(words)} ended on {short_day(end, today)}. {hint(today, later=later)}"
        )
    return end


def _part(
    today: date,
    part: str,
    which: str | None,
    unit: str | None,
    month: str | None,
    year: str | None,
    *,
    past: bool,
) -> date | None:
    if month:
        number = month_number(month)
        nearest = (
            today.year - (number > today.month) if past else today.year + (number < today.month)
        )
        start = date_of(int(year) if year else nearest, number, 1)
    elif unit:
        start = _start(unit, which, today)
    if part not in _EARLY + _MID:
        return _end_of(unit or "month", start)
    if unit == "year":
        return None
    if unit == "week":
        return last_business_day_of_week(start) - timedelta(days=3 if part in _EARLY else 2)
    return roll_back(start.replace(day=_EARLY_ENDS if part in _EARLY else _MID_ENDS))


def _check_near(end: date, words: str, today: date) -> None:
    """Refused for a month that has just gone by, since it may be the one that is meant."""
    if (end - today).days > _YEAR - JUST_DAYS:
        raise Refused(
            f"{quoted(words)} would be {short_day(end)}, which is far ahead. "
            f"Write the day with its year, as in {end.isoformat()}."
        )


def _start(unit: str, which: str | None, today: date) -> date:
    """A day within this week, month or year, or within the next or the last one."""
    return shift(today, unit[0], {"next": 1, "last": -1}.get(which or "", 0))


def _end_of(unit: str, day: date) -> date:
    if unit == "week":
        return last_business_day_of_week(day)
    return last_business_day_of_month(day.replace(month=12, day=1) if unit == "year" else day)


LONGEST_DAY = 60
"""Characters; the longest day in words has about forty."""

_YEAR = 365

_DASHES = str.maketrans("‐‑‒–—−’", "------'")
_COMMA = re.compile(r",(?=\s|$|\d{4}\b)")
_LEAD = re.compile(r"^(?:on|by|until|till) ")
_CLOSING = re.compile(
    r"(?:(?:by|at|on) )?\b(?:(eod|end of (?:the )?day)"
    r"|cob|eob|close of business|end of (?:the )?business(?: day)?)\b(?: (?:on|of|by))?"
)
_OFFICES_CLOSE = time(17)
"""When the day of an office ends: the product's own choice, and on the safe side."""
_AT_MOST_OF = re.compile(rf"\b{NUMBER} ?(?:-|to|or) ?(?={NUMBER} ?{UNIT}\b)")
_ISO_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:.*")
_TIME = re.compile(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?: ?[ap]m\b)?"
    rf"(?: ?(?:[+-]\d{{2}}:?\d{{2}}|z|utc|gmt|{SHORT_ZONE.pattern})\b)?"
)
_FILL_INS = (datetime(2001, 1, 1), datetime(2004, 12, 28))  # noqa: DTZ001
"""What dateutil fills gaps from: where the two answers differ, the text left a gap."""


def parse_day(
    text: str, today: date, *, past: bool = False, future: bool = False, later: bool = False
) -> date:
    """The day that `text` names, seen from `today`.

    Args:
        text: in English, upper or lower case: "today", "fri", "next fri", "last fri", "+3d",
            "2w", "3bd" (business days), "in 3 days", "in 48 hours", "3 days ago", "1m",
            "2026-12-03", "3 dec", "dec 3 2026", "thu 3 dec", "3.12.", "3.12.2026", "31/12/2026",
            "next week", "end of month", "eod fri".
        past: a day that has been; one still to come is refused.
        future: a day to come; one that is over is refused.
        later: a day after today.

    Without a year a text means the next such day, for a date today included, for a weekday not;
    with `past` the last one, today included. A date that has only just gone by, or with `past`
    only just lies ahead, is not taken for the one a year away: see `read_day`. Spans mean their
    last business day.
    """
    future = future or later
    form = hint(today, past=past, later=later)
    words = in_figures(_AT_MOST_OF.sub("", words_of(text, form)))
    if closing := split_closing(words):
        words = closing[0]
    day = (
        read_day(words, today, past=past, future=future)
        or read_window(words, today, past=past, future=future, later=later)
        or _pasted_day(words)
    )
    if day is None:
        timed = f"{quoted(words)} has a time of day; only a day is asked for. {form}"
        unknown = timed if has_clock_time(words) else unread(words, form)
        raise Refused(trouble(words, today, past=past, later=later) or unknown)
    if past and day > today:
        raise Refused(f"{short_day(day, today)} is in the future. Enter today or earlier.")
    if future and day < today:
        raise Refused(f"{short_day(day, today)} is in the past. Enter today or later.")
    if later and day == today:
        raise Refused(f"{short_day(day, today)} is today. Give a day after today. {form}")
    return day


def split_closing(words: str) -> tuple[str, time | None] | None:
    """The day of "eod fri" or "fri cob" and the time that it ends at; None for other words.

    The end of a day is no time of its own; that of business is.
    """
    found = _CLOSING.search(words)
    before, after = (words[: found.start()], words[found.end() :]) if found else ("", "")
    if found is None or (before.strip() and after.strip()):
        return None
    day = f"{before}{after}".strip().removesuffix(",").strip()
    return day or "today", None if found[1] else _OFFICES_CLOSE


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
    `parse_day` reads, but loosely: a number of weeks or months ends on a business day.
    """
    day = parse_day(text, today, future=True)
    plain = _AT_MOST_OF.sub("", words_of(text, hint(today)))
    return max(roll_back(day), today) if offset_unit(plain) in ("w", "m", "y") else day


def unread(words: str, form: str) -> str:
    """That `words` cannot be read, and what to type instead."""
    return f"{quoted(words)} could not be read. {form}"


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


def _pasted_day(words: str) -> date | None:
    """The day of a timestamp copied from a mail or a web page, as it stands there.

    Only with a year of four digits and the month as a word, or in ISO: elsewhere dateutil takes
    "1/2/26" for 2 January and "13/2/26" for 13 February.
    """
    if stamp := _ISO_STAMP.fullmatch(words):
        return read_day(stamp[1], date.min) if _is_iso(words) else None
    rest = " ".join(_TIME.sub(" ", words, count=1).split())
    if rest != words and re.search(r"\d{4}", rest) and (day := calendar_day(rest, date.min)):
        return day
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
