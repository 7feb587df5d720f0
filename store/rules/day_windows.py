"""Spans as an employer names them, such as "next week" or "mid december".

A span stands for its last business day: until then there is nothing to ask (knowledge R9).
"""

import re
from datetime import date, timedelta

from store.rules.dates import (
    last_business_day_of_month,
    last_business_day_of_week,
    roll_back,
    short_day,
)
from store.rules.day_grammar import MONTH, calendar_day, hint, made, month_number, moved
from store.rules.refusal import Refused
from store.rules.text import quoted

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
