"""The words for days: what `store.rules.typed.days` hands over, already trimmed and in lower case.

Every function answers with a date, with None for words that are not its own, or raises Refused
for words that are its own and name no day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from store.rules.dates import (
    MONTHS,
    WEEKDAYS,
    add_business_days,
    add_months,
    days_in_month,
    short_day,
)
from store.rules.text import Refused, quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years in which a day of a job search can lie; others are slips of the finger."""

JUST_DAYS = 65
"""A date without a year means the one so few days on the wrong side of today, and not the one most
of a year away: that one is taken only with its year (product)."""

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

NAMED = {
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
_SLASHED = re.compile(r"(\d{1,2})(?:([/-])(\d{1,2})\2(\d{4})|/(\d{1,2}))")
_WEEKDAY_FIRST = re.compile(rf"{WEEKDAY} (.+)")
_HOURS = re.compile(
    rf"(?:in |within |\+)?(?:the next )?({NUMBER}) ?(?:h|hrs?|hours?)(?: from now)?"
)
_WEEKS_FROM = re.compile(
    rf"(?:({NUMBER}) )?weeks? (?:from|on|after) ((?:next )?{WEEKDAY}|tomorrow)"
)
_WEEKDAY_WEEK = re.compile(rf"{WEEKDAY} week")
_HOURS_AT_MOST = 24 * 60

_NUMBERS_ONLY = re.compile(r"\d+(?: ?[/ -] ?\d+){1,2}")
_BARE_NUMBER = re.compile(r"(?:the )?\d+(?:st|nd|rd|th)?\.?")
_SHORT_YEAR = re.compile(
    rf"\d{{1,2}}\.\d{{1,2}}\.\d{{2}}|{_ORDINAL}[ -]{MONTH}\.?[ -]\d\d|{MONTH}\.? {_ORDINAL} \d\d"
)


def read_day(words: str, today: date, *, past: bool = False, future: bool = False) -> date | None:
    """The day that `words` name, seen from `today`; None if they are none of the known forms.

    A weekday is the next one, with `past` the last one, today included. A date without a year is
    the next such day, today included, or the last one where that has only just gone by. With
    `past` it is the last such day and with `future` the next one; Refused, naming both, where the
    other one is only just on the wrong side of today.
    """
    if words in NAMED:
        return shift(today, "d", NAMED[words])
    return (
        _on_weekday(words, today, past=past)
        or _offset(words, today)
        or _in_hours(words, today)
        or _weeks_from(words, today)
        or calendar_day(words, today, past=past, future=future)
    )


def trouble(words: str, today: date, *, past: bool = False, later: bool = False) -> str | None:
    """What is wrong with `words`, which `read_day` does not know, where that can be told.

    What is proposed instead would be taken: `past` and `later` are those of `parse_day`.
    """
    said, day = quoted(words), _possible(today, later=later)
    if _SHORT_YEAR.fullmatch(words):
        return f"The year in {said} has two digits. Write all four, as in {day.isoformat()}."
    if _NUMBERS_ONLY.fullmatch(words):
        return (
            f"{said} can mean different days. Write year-month-day (ISO), "
            f"as in {day.isoformat()}, or the month as a word: {_example(day)}."
        )
    if re.fullmatch(MONTH, words):
        return f"{said} is a whole month. Add the day: {_in_month(words, day, today, past=past)}."
    if _BARE_NUMBER.fullmatch(words):
        return f"{said} alone is not a date. Add the month, as in {_example(day)}."
    return None


def hint(today: date, *, past: bool = False, later: bool = False) -> str:
    """The forms to offer, as a sentence; each of them would be taken."""
    day = _possible(today, later=later)
    first, offset = "tomorrow" if later else "today", "-3d" if past else "+3d"
    return f"Type {first}, fri, {offset}, {_example(day)} or {day.isoformat()}."


def _possible(today: date, *, later: bool) -> date:
    """A day to offer: today, or tomorrow where only a later one is taken."""
    return today + timedelta(days=1) if later and today < date.max else today


def _in_month(name: str, possible: date, today: date, *, past: bool) -> str:
    """A day of that month that would be taken, with its year where it needs one."""
    month = month_number(name)
    day = possible.day if month == possible.month else 3
    last, upcoming = _candidates(month, day, today)
    wanted, other = (last, upcoming) if past else (upcoming, last)
    if wanted and other and wanted != other and abs((other - today).days) <= JUST_DAYS:
        return f"{day} {name} {wanted.year}"
    return f"{day} {name}"


def offset_unit(words: str) -> str:
    """The unit, "h", "d", "bd", "w", "m" or "y", if `words` are an offset: "in two weeks"."""
    found = _OFFSET.fullmatch(words)
    return _unit(found[3]) if found else "h" if hours_in(words) else ""


def hours_in(words: str) -> int:
    """How many hours ahead `words` name, as "in 48 hours" or "24h" do; 0 if they do not."""
    found = _HOURS.fullmatch(words)
    count = _count(found[1]) if found else 0
    return count if count <= _HOURS_AT_MOST else 0


def _weeks_from(words: str, today: date) -> date | None:
    """ "a week from friday", "two weeks on tue", "fri week": that many weeks after that day."""
    if found := _WEEKS_FROM.fullmatch(words):
        base = read_day(found[2], today)
        return shift(base, "w", _count(found[1] or "a")) if base else None
    if found := _WEEKDAY_WEEK.fullmatch(words):
        base = _on_weekday(found[1], today, past=False)
        return shift(base, "w", 1) if base else None
    return None


def _in_hours(words: str, today: date) -> date | None:
    """The day of so many hours ahead, where it is one whatever the time is: of a day and more."""
    hours = hours_in(words)
    return shift(today, "d", -(-hours // 24)) if hours >= 24 else None


def _example(today: date) -> str:
    return f"{today.day} {MONTHS[today.month - 1][:3].lower()}"


def _on_weekday(words: str, today: date, *, past: bool) -> date | None:
    found = _ON_WEEKDAY.fullmatch(words)
    if not found or (found[1] and found[3]):
        return None
    which, weekday = found[1], _weekday(found[2])
    if which == "next" or found[3]:
        return shift(today, "d", 7 - today.weekday() + weekday)
    if which == "last":
        return shift(today, "d", -((today.weekday() - weekday - 1) % 7) - 1)
    if past:
        return shift(today, "d", -((today.weekday() - weekday) % 7))
    if which == "this":
        return shift(today, "d", (weekday - today.weekday()) % 7)
    return shift(today, "d", (weekday - today.weekday() - 1) % 7 + 1)


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
    return shift(today, _unit(unit), count)


def calendar_day(
    words: str, today: date, *, past: bool = False, future: bool = False
) -> date | None:
    """A day given by its date: "2026-12-03", "3.12.", "3 dec", "dec 3 2026", "thu 3 dec".

    Of "3/12/2026", which two days are written as, the weekday before it can tell which; of
    "13/12/2026" there is only one.
    """
    named = ""
    if found := _WEEKDAY_FIRST.fullmatch(words):
        named, words = found[1], found[2]
    dates = list(_dates(words))
    if len(dates) > 1:
        dates = _keep_weekday(dates, named, today, past=past, future=future)
    if len(dates) != 1:
        return None
    day, month, year = dates[0]
    if year is not None:
        read = date_of(year, month, day)
    else:
        read = _nearest(month, day, today, named, past=past, future=future)
    if named:
        check_weekday(read, named)
    return read


_Date = tuple[int, int, int | None]
"""Day, month, and the year if there is one."""


def _dates(words: str) -> Iterator[_Date]:
    """The dates that `words` can be, without a weekday: one, or two of numbers alone."""
    if found := _ISO.fullmatch(words):
        yield int(found[4]), int(found[3]), int(found[1])
    elif found := _DOTTED.fullmatch(re.sub(r" ?\. ?", ".", words)):
        yield int(found[1]), int(found[2]), _year(found[3])
    elif found := _DAY_MONTH.fullmatch(words):
        yield int(found[1]), month_number(found[2]), _year(found[3])
    elif found := _MONTH_DAY.fullmatch(words):
        yield int(found[2]), month_number(found[1]), _year(found[3])
    elif found := _SLASHED.fullmatch(words):
        one, other, year = int(found[1]), int(found[3] or found[5]), _year(found[4])
        both = dict.fromkeys([(one, other), (other, one)])
        yield from ((day, month, year) for day, month in both if 1 <= month <= 12)


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _keep_weekday(
    dates: list[_Date], named: str, today: date, *, past: bool, future: bool
) -> list[_Date]:
    """Those of two dates that are on that weekday, and of them the one that lies ahead."""
    if not named:
        return []
    fitting: list[tuple[date, _Date]] = []
    for day, month, year in dates:
        try:
            if year is not None:
                read = date_of(year, month, day)
            else:
                read = _nearest(month, day, today, named, past=past, future=future)
            check_weekday(read, named)
        except Refused:
            continue
        fitting.append((read, (day, month, year)))
    if len(fitting) > 1:
        fitting = [
            (read, one) for read, one in fitting if (read <= today if past else read >= today)
        ]
    return [one for _, one in fitting]


def _candidates(month: int, day: int, today: date) -> tuple[date | None, date | None]:
    """The last and the next such day of the year, today included; None where there is none."""
    asked, now = (month, day), (today.month, today.day)
    years = today.year - (asked > now), today.year + (asked < now)
    last, upcoming = (
        date(year, month, day)
        if 1 <= month <= 12
        and FIRST_YEAR <= year <= LAST_YEAR
        and 1 <= day <= days_in_month(year, month)
        else None
        for year in years
    )
    return last, upcoming


def _nearest(month: int, day: int, today: date, named: str, *, past: bool, future: bool) -> date:
    """The day of that date without a year; see `read_day`. `named` is the weekday beside it."""
    last, upcoming = _candidates(month, day, today)
    if named and not _is_on(last if past else upcoming, named):
        # The weekday tells the year, where it fits only one of the two.
        last, upcoming = (one if _is_on(one, named) else None for one in (last, upcoming))
        if last is None and upcoming is None:
            last, upcoming = _candidates(month, day, today)
    sure = bool(named) and _is_on(last if past else upcoming, named)
    if past:
        if upcoming and upcoming != today and (upcoming - today).days <= JUST_DAYS and not sure:
            raise Refused(
                f"{short_day(upcoming, today)} is in the future. Give today or an earlier day"
                + (f", or write the year: {last.isoformat()}." if last else ".")
            )
        return last or _date_in_year(today, month, day, past=True)
    just_gone = last is not None and last != today and (today - last).days <= JUST_DAYS
    if just_gone and last and not sure:
        if future:
            raise Refused(
                f"{short_day(last, today)} is in the past. Enter today or later"
                + (f", or write the year: {upcoming.isoformat()}." if upcoming else ".")
            )
        return last
    return upcoming or _date_in_year(today, month, day, past=False)


def _date_in_year(today: date, month: int, day: int, *, past: bool) -> date:
    """That date in the year in which it would be, if the calendar has it; else Refused."""
    asked, now = (month, day), (today.month, today.day)
    return date_of(today.year - (asked > now) if past else today.year + (asked < now), month, day)


def _is_on(day: date | None, name: str) -> bool:
    return day is not None and day.weekday() == _weekday(name)


def check_weekday(day: date, name: str) -> None:
    """Refused if `day` is not a `name`: one of the two was mistyped."""
    if day.weekday() != _weekday(name):
        raise Refused(
            f"{day.day} {MONTHS[day.month - 1]} {day.year} is a {WEEKDAYS[day.weekday()]}, "
            f"not a {WEEKDAYS[_weekday(name)]}. Correct one of the two."
        )


def shift(day: date, unit: str, count: int) -> date:
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


def date_of(year: int, month: int, day: int) -> date:
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
