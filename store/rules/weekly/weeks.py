"""Weeks: on which day they begin, which days they have, what they are called.

Light on purpose: `rounds due` loads it.
"""

from datetime import date, timedelta
from typing import NamedTuple

from store.rules.dates import WEEKDAYS, short_day
from store.rules.text import Refused, quoted, suggestion

MONDAY = 0
WEEK_BEGINS = "week.begins"
"""The setting of the board that holds the first day of the week, 0 for Monday, for those who only
read; without it that is Monday."""

_DAYS = 7
_FILE = "weekly/weeks.toml"


class Week(NamedTuple):
    """Seven days from `first` on."""

    first: date

    @property
    def last(self) -> date:
        """The seventh day."""
        return date.fromordinal(min(self.first.toordinal() + _DAYS - 1, date.max.toordinal()))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def shift(self, by: int) -> "Week":
        """The week that is `by` weeks later, earlier if negative; the last one that there is."""
        first = self.first.toordinal() + _DAYS * by
        return Week(date.fromordinal(max(1, min(first, date.max.toordinal() - _DAYS + 1))))


def week_of(day: date, begins: int = MONDAY) -> Week:
    """The week that `day` is in, where weeks begin on the weekday `begins`, 0 for Monday."""
    back = (day.weekday() - begins) % _DAYS
    return Week(max(date.min, day - timedelta(days=min(back, day.toordinal() - 1))))


def week_name(week: Week, today: date) -> str:
    """ "This week", "Last week", "3 weeks ago", "In 2 weeks", as seen on the local day `today`."""
    away = (week.first - week_of(today, week.first.weekday()).first).days // _DAYS
    if -1 <= away <= 1:
        return ("Last week", "This week", "Next week")[away + 1]
    return f"In {away:,} weeks" if away > 0 else f"{-away:,} weeks ago"


def week_days(week: Week, today: date) -> str:
    """ "Mon 23 Nov – Sun 29 Nov", with the years unless both are in this one."""
    return f"{short_day(week.first, today)} – {short_day(week.last, today)}"


def begins_in(country: str) -> int:
    """The weekday on which weeks begin in a country such as "US" or "GB-SCT"; Monday without."""
    if not country:
        return MONDAY
    code = country.strip().upper().partition("-")[0]
    return next((day for day, codes in _read_shipped().items() if code in codes), MONDAY)


def read_weekday(text: str) -> int:
    """The weekday that is named, "sunday" or "sun"; Refused for any other word."""
    word = text.strip().casefold()
    for number, name in enumerate(WEEKDAYS):
        if word in (name.casefold(), name[:3].casefold()):
            return number
    like = suggestion(text, [name.lower() for name in WEEKDAYS])
    raise Refused(f"{quoted(text)} is no day of the week.{like} Write “monday” or “sunday”.")


def _read_shipped() -> dict[int, frozenset[str]]:
    """The countries by the weekday; read when a country is set. ValueError for a wrong file."""
    import tomllib

    from store.rules.shipped_lists import read_shipped, require

    found: dict[int, frozenset[str]] = {}
    for name, codes in tomllib.loads(read_shipped(_FILE)).items():
        require(isinstance(codes, list), f"{_FILE}: {name} is no list")
        found[read_weekday(name)] = frozenset(codes)
    return found
