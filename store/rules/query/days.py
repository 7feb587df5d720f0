"""The days that a value of a query names: “fri”, “7d”, “2026-10”, “this-month”."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from store.rules.dates import MONTHS
from store.rules.text import Refused

_AGE = re.compile(r"\d{1,4}[ _]?(?:d|days?|bd|w|wks?|weeks?|m|mos?|months?|y|years?)")
_YEAR = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH = re.compile(rf"({'|'.join(m[:3].lower() for m in MONTHS)})[a-z]*\.?(?: (\d{{4}}))?")
_SPAN = re.compile(r"(this|last|next) (week|month|year)")


class Span(NamedTuple):
    """Days, the first and the last included."""

    first: date
    last: date


def read_span(value: str, today: date, sign: str = ":", *, past: bool) -> tuple[Span, str]:
    """The days that `value` names, and the sign by which a day is compared with them.

    A month or a year is all of its days. With `past` “7d” is an age: less of it is a later day. A
    number of days behind “:” is the time from today to then. Raises Refused for no day.
    """
    words = " ".join(value.lower().replace("_", " ").split())
    if span := _period(words, today, past=past) or _period(
        words.replace("-", " "), today, past=past
    ):
        return span, sign
    aged = _AGE.fullmatch(words)
    if aged and past:
        day = _day(f"-{words}", today, past=True)
        turned = sign.translate(str.maketrans("<>", "><"))
        return Span(day, today if sign == ":" else day), turned
    day = _day(words, today, past=past)
    if aged and sign == ":":
        return Span(today, day), sign
    return Span(day, day), sign


def _day(words: str, today: date, *, past: bool) -> date:
    from store.rules.typed.days import NotADay, parse_day  # most queries do without

    try:
        return parse_day(words, today, past=past)
    except NotADay:
        if "-" in words[1:]:
            return parse_day(words[0] + words[1:].replace("-", " "), today, past=past)
        raise


def _period(words: str, today: date, *, past: bool) -> Span | None:
    """The days of a whole week, month or year; None for other words."""
    if _YEAR.fullmatch(words):
        return _check_span(int(words), 1, int(words), 12)
    if found := _YEAR_MONTH.fullmatch(words):
        return _check_span(int(found[1]), int(found[2]), int(found[1]), int(found[2]))
    if found := _MONTH.fullmatch(words):
        if not any(month.lower().startswith(words.split()[0].strip(".")) for month in MONTHS):
            return None
        month = [name[:3].lower() for name in MONTHS].index(found[1]) + 1
        passed = month > today.month if past else month < today.month
        year = int(found[2]) if found[2] else today.year - passed if past else today.year + passed
        return _check_span(year, month, year, month)
    if found := _SPAN.fullmatch(words):
        step = {"this": 0, "last": -1, "next": 1}[found[1]]
        if found[2] == "week":
            monday = today.toordinal() - today.weekday() + 7 * step
            return Span(date.fromordinal(max(1, monday)), date.fromordinal(max(1, monday) + 6))
        if found[2] == "year":
            return _check_span(today.year + step, 1, today.year + step, 12)
        month = today.year * 12 + today.month - 1 + step
        return _check_span(month // 12, month % 12 + 1, month // 12, month % 12 + 1)
    return None


def _check_span(year: int, month: int, last_year: int, last_month: int) -> Span:
    """From the first day of one month to the last one of another; Refused for no month."""
    if not (1 <= month <= 12 and date.min.year < year <= last_year < date.max.year):
        raise Refused(f"There is no month {year:04}-{month:02}. Write 2026-10 or oct.")
    return Span(
        date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    )
