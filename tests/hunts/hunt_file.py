"""A hunt as it is written down: days, mornings with the list they should show, and what was done.

    == Thu 16 Apr 2026
    08:30
      Today
        1. Globex · reply to the invitation · in 2 h · invited Wed 15 Apr
    09:00
      They confirmed on the phone.
      $ rounds interview 1 thu 14:00 with Ana Ruiz

A line of a morning is whose it is, what to do, how late it is or in how many hours it is due, and
why; the role stands in brackets where there are several applications at that employer. `$` is a
command, `|` what it reads from its standard input, `keys:` what is done on the screen; every other
line says what happened. One heading may stand for a span of days, on which nothing happens.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_DAY = r"\w{3} (\d{1,2}) (\w{3})(?: (\d{4}))?"
_HEADING = re.compile(rf"== {_DAY}(?: – {_DAY})?(?:  \((.*)\))?")
_TIME = re.compile(r"(\d{2}):(\d{2})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NUMBER = re.compile(r"^(\s+)\d+\. ")
NOTHING = "  Nothing."


@dataclass
class Deed:
    """Something typed at a moment: a command, or what is done on the screen."""

    at: datetime
    text: str
    stdin: list[str] = field(default_factory=list)

    @property
    def on_screen(self) -> bool:
        """Whether it is done with keys."""
        return self.text.startswith("keys: ")


@dataclass
class Day:
    """One day: the moment of its morning, the list that it should show, and what was done then."""

    morning: datetime
    expected: list[str] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)


@dataclass
class Hunt:
    """A whole hunt, in the order of its days."""

    zone: ZoneInfo
    choices: dict[str, str]
    days: list[Day] = field(default_factory=list)


def read_hunt(path: Path) -> Hunt:
    """The hunt in the file `path`; ValueError, naming the line, for what cannot be read."""
    head: dict[str, str] = {}
    days: list[list[Day]] = []
    moment: datetime | None = None
    hunt: Hunt | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or line.startswith("#"):
            continue
        if line.startswith("== "):
            hunt = hunt or Hunt(ZoneInfo(head.pop("zone")), head)
            days.append([Day(_at(day, time(), hunt.zone)) for day in _days(line, number)])
            moment = None
        elif hunt is None:
            name, _, value = text.partition(": ")
            head[name] = value
        elif clock := _TIME.fullmatch(line):
            at = time(int(clock[1]), int(clock[2]))
            moment = _at(days[-1][0].morning.date(), at, hunt.zone)
            if days[-1][0].morning.time() == time():
                for day in days[-1]:
                    day.morning = _at(day.morning.date(), at, hunt.zone)
        elif moment is None:
            raise ValueError(f"{path.name}:{number}: no time of day stands above {text!r}")
        elif moment == days[-1][0].morning:
            for day in days[-1]:
                day.expected.append(_NUMBER.sub(r"\1", line))
        elif text.startswith("| "):
            days[-1][0].deeds[-1].stdin.append(text[2:])
        elif text.startswith(("$ rounds ", "keys: ")):
            days[-1][0].deeds.append(Deed(moment, text))
    assert hunt is not None, f"{path.name} has no day"
    hunt.days = [day for together in days for day in together]
    return hunt


def _days(line: str, number: int) -> list[date]:
    found = _HEADING.fullmatch(line)
    if found is None:
        raise ValueError(f"line {number} is no heading of a day: {line!r}")
    day, month, year, to_day, to_month, to_year, _ = found.groups()
    last = _day(to_day, to_month, to_year) if to_day else _day(day, month, year)
    first = _day(day, month, year or to_year)
    if not line.startswith(f"== {first:%a} "):
        raise ValueError(f"line {number}: {first} is a {first:%A}")
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [each for each in span if first == last or each.weekday() < 5]


def _day(day: str, month: str, year: str) -> date:
    return date(int(year), _MONTHS.index(month) + 1, int(day))


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)
