"""The words for days: what `store.rules.typed.days` hands over, already trimmed and in lower case.

Every function answers with a date, with None for words that are not its own, or raises Refused
for words that are its own and name no day.
"""

import re
from datetime import date, timedelta

from store.rules.dates import (
    MONTHS,
    WEEKDAYS,
    add_business_days,
    add_months,
    days_in_month,
)
from store.rules.text import Refused, quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years in which a day of a job search can lie; others are slips of the finger."""

WEEKDAY = (
    r"(mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
)
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
NUMBER = rf"(?:\d{{1,4}}|an?|(?:a )?couple of|{'|'.join(NUMBER_WORDS)})"
UNIT = r"(d|days?|bd|(?:business|working) days?|w|wks?|weeks?|m|mos?|months?|y|years?)"

_NAMED = {
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
}
_ON_WEEKDAY = re.compile(rf"(?:(next|last|this|coming) )?{WEEKDAY}( next week)?")
_OFFSET = re.compile(
    rf"(in |within |\+|-)? ?(?:the next )?({NUMBER}) ?{UNIT}( ago| from now| from today)?"
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:[. ](\d{4}))?\.?")
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?\.?"
_DAY_MONTH = re.compile(rf"(?:the )?{_ORDINAL}[ -]?(?:of )?{MONTH}\.?(?:[ -]?(\d{{4}}))?\.?")
_MONTH_DAY = re.compile(rf"{MONTH}\.?[ -]?(?:the )?{_ORDINAL}(?:[ -](\d{{4}}))?\.?")
_WEEKDAY_FIRST = re.compile(rf"{WEEKDAY} (.+)")

_NUMBERS_ONLY = re.compile(r"\d+(?: ?[/ -] ?\d+){1,2}")
_BARE_NUMBER = re.compile(r"(?:the )?\d+(?:st|nd|rd|th)?\.?")
_SHORT_YEAR = re.compile(
    rf"\d{{1,2}}\.\d{{1,2}}\.\d{{2}}|{_ORDINAL}[ -]{MONTH}\.?[ -]\d\d|{MONTH}\.? {_ORDINAL} \d\d"
)


def read_day(words: str, today: date, *, past: bool = False) -> date | None:
    """The day that `words` name, seen from `today`; None if they are none of the known forms.

    Words without a year mean the next such day, today excluded for a weekday and included for a
    date; with `past` the last such day, today included.
    """
    if words in _NAMED:
        return moved(today, "d", _NAMED[words])
    return (
        _on_weekday(words, today, past=past)
        or _offset(words, today)
        or calendar_day(words, today, past=past)
        or _weekday_and_date(words, today, past=past)
    )


def trouble(words: str, today: date) -> str | None:
    """What is wrong with `words`, which `read_day` does not know, where that can be told."""
    said = quoted(words)
    if _SHORT_YEAR.fullmatch(words):
        return f"The year in {said} has two digits. Write all four, as in {today.isoformat()}."
    if _NUMBERS_ONLY.fullmatch(words):
        return (
            f"{said} can mean different days. Write year-month-day (ISO), "
            f"as in {today.isoformat()}, or the month as a word: {_example(today)}."
        )
    if re.fullmatch(MONTH, words):
        return f"{said} is a whole month. Add the day: 3 {words}."
    if _BARE_NUMBER.fullmatch(words):
        return f"{said} alone is not a date. Add the month, as in {_example(today)}."
    return None


def hint(today: date) -> str:
    """The forms to offer, as a sentence."""
    return f"Type today, fri, +3d, {_example(today)} or {today.isoformat()}."


def offset_unit(words: str) -> str:
    """The unit, "d", "bd", "w", "m" or "y", if `words` are an offset such as "in two weeks"."""
    found = _OFFSET.fullmatch(words)
    return _unit(found[3]) if found else ""


def _example(today: date) -> str:
    return f"{today.day} {MONTHS[today.month - 1][:3].lower()}"


def _on_weekday(words: str, today: date, *, past: bool) -> date | None:
    found = _ON_WEEKDAY.fullmatch(words)
    if not found or (found[1] and found[3]):
        return None
    which, weekday = found[1], _weekday(found[2])
    if which == "next" or found[3]:
        return moved(today, "d", 7 - today.weekday() + weekday)
    if which == "last":
        return moved(today, "d", -((today.weekday() - weekday - 1) % 7) - 1)
    if past:
        return moved(today, "d", -((today.weekday() - weekday) % 7))
    if which == "this":
        return moved(today, "d", (weekday - today.weekday()) % 7)
    return moved(today, "d", (weekday - today.weekday() - 1) % 7 + 1)


def _offset(words: str, today: date) -> date | None:
    found = _OFFSET.fullmatch(words)
    if not found:
        return None
    sign, number, unit, after = found.groups()
    if (sign and after) or (len(unit) <= 2 and not number.isdecimal()):
        return None
    count = _count(number)
    if sign == "-" or after == " ago":
        count = -count
    if _unit(unit) == "bd" and count < 1:
        return None
    return moved(today, _unit(unit), count)


def calendar_day(words: str, today: date, *, past: bool) -> date | None:
    """A day given by its date, without a weekday: "2026-12-03", "3.12.", "3 dec", "dec 3 2026"."""
    if found := _ISO.fullmatch(words):
        return made(int(found[1]), int(found[3]), int(found[4]))
    if found := _DOTTED.fullmatch(re.sub(r" ?\. ?", ".", words)):
        day, month, year = found[1], int(found[2]), found[3]
    elif found := _DAY_MONTH.fullmatch(words):
        day, month, year = found[1], month_number(found[2]), found[3]
    elif found := _MONTH_DAY.fullmatch(words):
        month, day, year = month_number(found[1]), found[2], found[3]
    else:
        return None
    if year:
        return made(int(year), month, int(day))
    return _nearest(month, int(day), today, past=past)


def _nearest(month: int, day: int, today: date, *, past: bool) -> date:
    """The next such day of the year, or the last one, today included; Refused if it has none."""
    asked, now = (month, day), (today.month, today.day)
    year = today.year - (asked > now) if past else today.year + (asked < now)
    return made(year, month, day)


def _weekday_and_date(words: str, today: date, *, past: bool) -> date | None:
    found = _WEEKDAY_FIRST.fullmatch(words)
    day = calendar_day(found[2], today, past=past) if found else None
    if found and day:
        check_weekday(day, found[1])
    return day


def check_weekday(day: date, name: str) -> None:
    """Refused if `day` is not a `name`: one of the two was mistyped."""
    if day.weekday() != _weekday(name):
        raise Refused(
            f"{day.day} {MONTHS[day.month - 1]} {day.year} is a {WEEKDAYS[day.weekday()]}, "
            f"not a {WEEKDAYS[_weekday(name)]}. Correct one of the two."
        )


def moved(day: date, unit: str, count: int) -> date:
    """`day` and `count` days, business days, weeks, months or years; Refused if out of reach."""
    try:
        if unit == "bd":
            day = add_business_days(day, count)
        elif unit in ("m", "y"):
            day = add_months(day, count * (12 if unit == "y" else 1))
        else:
            day += timedelta(days=count * (7 if unit == "w" else 1))
    except (OverflowError, ValueError):
        raise _out_of_reach() from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _out_of_reach()
    return day


def made(year: int, month: int, day: int) -> date:
    """That day; Refused if the calendar has none or it is out of reach."""
    if not 1 <= month <= 12:
        raise Refused(f"There is no month {month}; they run from 1 to 12.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_reach()
    if not 1 <= day <= days_in_month(year, month):
        leap = (month, day) == (2, 29)
        advice = "Write the year too if you mean another one" if leap else "Check the day"
        raise Refused(f"There is no {day} {MONTHS[month - 1]} {year}. {advice}.")
    return date(year, month, day)


def _out_of_reach() -> Refused:
    return Refused(f"That day is too far away. Give one in the years {FIRST_YEAR} to {LAST_YEAR}.")


def _count(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number.endswith("couple of"):
        return 2
    return NUMBER_WORDS.index(number) + 1 if number in NUMBER_WORDS else 1


def _unit(name: str) -> str:
    return "bd" if name[0] == "b" or name.startswith("working") else name[0]


def _weekday(name: str) -> int:
    return next(i for i, day in enumerate(WEEKDAYS) if day.lower().startswith(name[:3]))


def month_number(name: str) -> int:
    """1 to 12, for a name that `MONTH` matches."""
    return next(i for i, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3]))
