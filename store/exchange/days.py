"""The days in files: how they are written there, and what a whole column says of their order."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from store.rules.text import searchable

Order = Literal["dmy", "mdy"]
"""Whether the day or the month stands first where both are numbers between slashes or dashes."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?", re.ASCII | re.DOTALL)
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?", re.ASCII
)
_COMPACT = re.compile(r"(20\d\d)([01]\d)([0-3]\d)", re.ASCII)
_NUMBERS = re.compile(
    r"(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:,?\s.*)?", re.ASCII | re.DOTALL
)
_DAY_FIRST = re.compile(
    r"(?:[a-z]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?([a-z]+)\.?,?[\s-]+(?:de\s+)?"
    r"(\d{4}|\d{2})(?:[,\s].*)?",
    re.ASCII | re.DOTALL,
)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]+\.?,\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})(?:[,\s].*)?",
    re.ASCII | re.DOTALL,
)
_TIME = re.compile(
    r"(?<![\d.:/-])(?:(?P<hour>\d{1,2})(?::|h|\.(?=\d\d\s*(?:uhr|h\b|[ap]\.?m)))(?P<minute>\d\d)(?!\d)"
    r"|(?P<whole>\d{1,2})(?=\s*(?:uhr\b|h\b|[ap]\.?m\b)))(?::\d\d)?\s*(?:(?P<half>[ap])\.?m\b)?",
    re.ASCII,
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_FIRST_OF_SPREADSHEETS = date(1899, 12, 30)
"""The day 0 of Excel's and of the OpenDocument format's numbers for days."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janner jaenner janvier janv ene enero",
            "feb february februar fevrier fev fevr febrero",
            "mar march marz maerz mrz mars marzo",
            "apr april avril avr abr abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august aout ago agosto",
            "sep sept september septembre septiembre",
            "oct okt october oktober octobre octubre",
            "nov november novembre noviembre",
            "dec dez december dezember decembre dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_NO_DAY = frozenset(
    "- -- ? n/a na none null nan nil tbd tba never unknown undefined unbekannt".split()  # noqa: SIM905
)


def is_no_day(text: str) -> bool:
    """Whether `text` says that there is no day: "N/A", "-"."""
    return not text or text.casefold() in _NO_DAY


def read_time(text: str) -> time | None:
    """The time of day behind a day: “18:00”, “9.30 Uhr”, “5:15 pm”, “14h30”; None for none."""
    found = _TIME.search(searchable(text))
    if found is None:
        return None
    hour, minute = int(found["hour"] or found["whole"]), int(found["minute"] or 0)
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def local_day(text: str, zone: tzinfo, *, utc: bool = False) -> date | None:
    """The day in `zone` of an instant with its offset, such as “2026-11-01T23:30:00Z”; None for
    what is none. With `utc` one without an offset is in UTC."""
    found = _INSTANT.fullmatch(_trim(text))
    if found is None or not (found[2] or utc):
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1].replace(' ', 'T')}{_offset(found[2])}")
        return moment.astimezone(zone).date()
    except (ValueError, OverflowError):
        return None


def _offset(said: str | None) -> str:
    return "Z" if said in (None, "UTC") else said or ""


def read_day(text: str, order: Order | None = None, *, serial: bool = False) -> date | None:
    """The day that `text` names, with a time behind it or without; None where it names none.

    Between dots the day stands first, as in the countries that write dots. Between slashes and
    dashes `order` tells; without it such a day is read only where both orders give the same. With
    `serial` the number of a day in a spreadsheet counts.
    """
    text = _trim(text)
    if len(text) > _LONGEST:
        return None
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(text):
        if found[2] == ".":
            return _day(found[4], found[3], found[1])
        return _day_in_order(found, order)
    if serial and (found := _SERIAL.fullmatch(text)):
        day = _FIRST_OF_SPREADSHEETS + timedelta(days=int(found[1]))
        return day if 1990 <= day.year < 2100 else None
    words = searchable(text)
    if (found := _DAY_FIRST.fullmatch(words)) and found[2] in _MONTHS:
        return _day(found[3], _MONTHS[found[2]], found[1])
    if (found := _MONTH_FIRST.fullmatch(words)) and found[1] in _MONTHS:
        return _day(found[3], _MONTHS[found[1]], found[2])
    return None


_LONGEST = 100
"""Characters that a day may take, with weekday, time and zone."""


def order_of(texts: Iterable[str], today: date) -> Order | None:
    """The order in which the days of a column are written; None where it could be either.

    One day decides that can be read in one order only, or that would lie in the future in the
    other: what is imported has happened. Where some say one and some the other, the more frequent
    one counts.
    """
    day_first = month_first = 0
    for text in texts:
        found = _NUMBERS.fullmatch(_trim(text))
        if found is None or found[2] == ".":
            continue
        as_dmy, as_mdy = _day_in_order(found, "dmy"), _day_in_order(found, "mdy")
        if as_dmy == as_mdy:
            continue
        latest = today + timedelta(days=1)
        can_dmy = as_dmy is not None and as_dmy <= latest
        can_mdy = as_mdy is not None and as_mdy <= latest
        day_first += can_dmy and not can_mdy
        month_first += can_mdy and not can_dmy
    if day_first == month_first:
        return None
    return "dmy" if day_first > month_first else "mdy"


def unclear(texts: Iterable[str]) -> str | None:
    """The first of `texts` that needs to know the order; None where none does."""
    for text in texts:
        found = _NUMBERS.fullmatch(_trim(text))
        if found and found[2] != "." and _day_in_order(found, "dmy") != _day_in_order(found, "mdy"):
            return text.strip()
    return None


def _trim(text: str) -> str:
    """The text with plain spaces only: some write a narrow one before “PM”."""
    return " ".join(text[: _LONGEST + 1].split())


def _day_in_order(found: "re.Match[str]", order: Order | None) -> date | None:
    as_dmy = _day(found[4], found[3], found[1])
    if order == "dmy":
        return as_dmy
    as_mdy = _day(found[4], found[1], found[3])
    if order == "mdy" or as_dmy == as_mdy:
        return as_mdy
    return None


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year) if len(year) > 2 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None
