"""The day that a sentence names: “by 3 Dec”, “Ende nächster Woche”, “sous trois semaines”."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from store.rules.dates import add_business_days, roll_back
from store.rules.mail.phrases import Language, language
from store.rules.text import Refused
from store.rules.typed.days import parse_window

FAR_AHEAD = 120
"""Days; a decision that lies further ahead is told of something else (product)."""
_LAST_NEARBY = 14
"""Days; a date that lies so little before the message is of this year, and names no decision."""
_HOURS_A_DAY = 24


class Named(NamedTuple):
    """A day, and where in the sentence it is named. `only` says that no other day is named.

    `exact` is false for a span such as “next week” and for “within two weeks”.
    """

    day: date
    start: int
    only: bool
    end: int = 0
    exact: bool = False
    is_weekday: bool = False


class _Patterns(NamedTuple):
    day_month: "re.Pattern[str]"
    month_day: "re.Pattern[str]"
    span: "re.Pattern[str]"
    amount: "re.Pattern[str]"
    weekday: "re.Pattern[str]"
    dated: "re.Pattern[str]"
    bare: "re.Pattern[str]"


_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2}(?!\d))?(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])")

_DATE_FOLLOWS = re.compile(r"[ ,.]*(?:(?:the|den|dem|le|el|dia) )?")
_BARE = {
    "en": r"(?<!\w)(?:on |by |until |before )?the (\d{1,2})(?:st|nd|rd|th)(?!\w)",
    "de": r"(?<!\w)(?:am|zum|bis|der|den|dem|vom|ab) (\d{1,2})\.(?= [^\d]|$|[,;)])",
    "fr": r"(?<!\w)(?:le|au) (\d{1,2})(?:er)?(?=[,.;!?)]|$| (?:au|ou|et|a|pour|dans|prochain)\b)",
    "es": r"(?<!\w)(?:el|al)(?: dia)? (\d{1,2})(?=[,.;!?)]|$| (?:a|o|y|como|por|para)\b)",
}
"""A day of a month that is not named: “the 14th”, “am 14.”, “le 14”."""


def find_days(sentence: str, spoken: Language, sent_on: date) -> Sequence[Named]:
    """The days from `sent_on` on that a folded `sentence` names, in their order.

    Of a span it is the last business day. Dates of figures are read with the day first, in
    English only where they cannot be anything else.
    """
    patterns = _patterns(spoken.name)
    found: list[tuple[int, int, date | None, bool, bool]] = []

    def take(
        match: "re.Match[str]", day: date | None, *, exact: bool = True, weekday: bool = False
    ) -> None:
        if not any(start < match.end() and match.start() < end for start, end, *_ in found):
            found.append((*match.span(), day, exact, weekday))

    for match in _ISO.finditer(sentence):
        take(match, _date(int(match[1]), int(match[2]), int(match[3])))
    for match in patterns.day_month.finditer(sentence):
        take(match, _next_date(match[1], spoken.months[match[2]], match[3], sent_on))
    for match in patterns.month_day.finditer(sentence):
        take(match, _next_date(match[2], spoken.months[match[1]], match[3], sent_on))
    for match in _DOTTED.finditer(sentence):
        take(match, _next_date(match[1], int(match[2]), match[3], sent_on))
    for match in _SLASHED.finditer(sentence):
        if spoken.name != "en" or int(match[1]) > 12:
            take(match, _next_date(match[1], int(match[2]), match[3], sent_on))
    for match in patterns.span.finditer(sentence):
        span = spoken.spans[match[1]]
        take(match, _span(span, sent_on), exact=span in ("today", "tomorrow"))
    for match in patterns.amount.finditer(sentence):
        take(match, _count_from(match, spoken, sent_on), exact=False)
    for match in patterns.dated.finditer(sentence):
        day = _of_month(int(match[2]), sent_on)
        # “Friday 11” is the 11th where that is a Friday, else it may be an hour.
        if day is not None and (match[3] or day.isoweekday() == spoken.weekdays[match[1]]):
            take(match, day)
    for match in patterns.weekday.finditer(sentence):
        if any(_DATE_FOLLOWS.fullmatch(sentence, match.end(), start) for start, *_ in found):
            continue  # “Tuesday, 1 December”: the date says all
        take(match, _weekday(spoken.weekdays[match[1]], sent_on), weekday=True)
    for match in patterns.bare.finditer(sentence):
        take(match, _of_month(int(match[1]), sent_on))
    days = [
        (start, end, day, exact, weekday)
        for start, end, day, exact, weekday in sorted(found, key=lambda one: one[0])
        if day is not None and sent_on <= day <= sent_on + timedelta(days=FAR_AHEAD)
    ]
    only = len({day for _, _, day, _, _ in days}) == 1
    return [
        Named(day, start, only, end, exact, weekday) for start, end, day, exact, weekday in days
    ]


@cache
def _patterns(name: str) -> _Patterns:
    spoken = language(name)
    months = _one_of(spoken.months)
    numbers = _one_of(spoken.numbers)
    units = _one_of(spoken.units)
    number = rf"(?:\d{{1,3}}|{numbers})"
    of = r"(?:\s(?:of|de|du|del))?"
    return _Patterns(
        re.compile(
            rf"(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th|er|[.oº])?{of}\s({months})(?!\w)\.?"
            rf"(?:,?{of}\s(\d{{4}}))?"
        ),
        re.compile(
            rf"(?<!\w)({months})\.?\s(?:the\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s(\d{{4}}))?"
        ),
        re.compile(rf"(?<!\w)({_one_of(spoken.spans)})(?!\w)"),
        re.compile(
            rf"(?<!\w)(?:(?:the\s)?next\s|nachsten\s|kommenden\s|prochains\s|proximos\s)?"
            rf"({number})(?:\s?(?:-|to|bis|or|oder|ou|a|o|y)\s?({number}))?\s"
            rf"(?:next\s|nachsten\s|kommenden\s)?({units})(?!\w)"
        ),
        re.compile(rf"(?<!\w)({_one_of(spoken.weekdays)})(?!\w)"),
        re.compile(
            rf"(?<!\w)({_one_of(spoken.weekdays)}),? (?:the |den |dem |le |el |dia )?(\d{{1,2}})"
            r"(?!\d|[:h]\d|\s?(?:am|pm|uhr|h)\b|\.\s?\d)(st|nd|rd|th|er|\.(?= [^\d]))?(?!\w)"
        ),
        re.compile(_BARE[name]),
    )


def _one_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_date(day: str, month: int, year: str | None, sent_on: date) -> date | None:
    """The date as it is meant by somebody who wrote on `sent_on`."""
    if year:
        return _date(int(year) if len(year) > 2 else 2000 + int(year), month, int(day))
    found = _date(sent_on.year, month, int(day))
    if found is None or found >= sent_on - timedelta(days=_LAST_NEARBY):
        return found
    return _date(sent_on.year + 1, month, int(day))


def _span(words: str, sent_on: date) -> date | None:
    try:
        return parse_window(words, sent_on)
    except Refused:
        return None


def _count_from(match: "re.Match[str]", spoken: Language, sent_on: date) -> date | None:
    """So many days, weeks or months after the message; of “two to three” the longer time."""
    said = match[2] or match[1]
    number = int(said) if said.isdecimal() else spoken.numbers[said]
    unit = spoken.units[match[3]]
    if not number:
        return None
    if unit == "bd":
        return add_business_days(sent_on, min(number, FAR_AHEAD))
    if unit == "h":
        return sent_on + timedelta(days=-(-number // _HOURS_A_DAY))
    if unit == "m":
        return _span(f"in {number} months", sent_on) if number <= 12 else None
    if unit == "w":
        return roll_back(sent_on + timedelta(weeks=number))
    return sent_on + timedelta(days=number)


def _of_month(number: int, sent_on: date) -> date | None:
    """The next day that is the so-manieth of its month."""
    months = ((sent_on.year, sent_on.month), _month_after(sent_on))
    days = (_date(year, month, number) for year, month in months)
    return next((day for day in days if day is not None and day >= sent_on), None)


def _month_after(day: date) -> tuple[int, int]:
    return (day.year + day.month // 12, day.month % 12 + 1)


def _weekday(number: int, sent_on: date) -> date:
    """The next such day after the message."""
    return sent_on + timedelta(days=(number - 1 - sent_on.weekday() - 1) % 7 + 1)
