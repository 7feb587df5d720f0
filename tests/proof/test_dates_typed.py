"""Whatever is typed where a day is asked for: a day within reach, or our own refusal."""

import os
import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest

from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.days import parse_day, parse_window
from store.rules.typed.debrief import read_form
from store.rules.typed.interview_line import Slot, parse_invitation, parse_slot
from store.rules.typed.point import read_point
from tests.tables import each_row
from tui.typed.applications import read_later_day, read_reminder, read_reply
from tui.typed.interviews import read_interview
from tui.typed.offers import read_deadline

LONG = os.environ.get("ROUNDS_PROOF") == "long"
PARTS = 8 if LONG else 1
INPUTS = 125_000 if LONG else 8_000
ZONE = ZoneInfo("Europe/Berlin")
DAYS = [date(2026, 11, 23), date(2028, 2, 29), date(2026, 3, 29), date(2026, 12, 31)]
SPOKEN = """
today tomorrow yesterday mon tue wed thu fri sat sun monday friday next last this in ago day days
week weeks month months year d w m end of mid start at with and on by from to jan feb mar apr may
jun jul aug sep oct nov dec january december the noon midnight am pm h min 45m 1h30 60m utc est z t
Europe/London America/New_York invited auto panel quarter second first third half business 1er 三月
nächsten 1st 2nd 31st 0th call Ana
"""
WRITTEN = """
0 1 2 3 9 10 12 13 24 28 29 30 31 32 99 60 100 365 1990 2026 2027 2100 2101 9999 10000 0000
99999999999999 ٣ １２ ² 1e9 -1 1.5 0x10 Ⅻ
"""
WORDS, NUMBERS = tuple(SPOKEN.split()), tuple(WRITTEN.split())
MARKS = ("", " ", "  ", "-", "/", ".", ":", ",", "+", "'", "\t", "\n", "–", "\u00a0", "\u200b", "T")
MONTHS = ("jan", "february", "Mar", "sept", "dec", "DECEMBER")
WEEK = ("mon", "tue", "Sunday", "next thu", "last wed", "fri")
VALID = (
    "2026-12-03", "3 dec", "dec 3", "3.12.", "3.12.2026", "+3d", "-2w", "1m", "in 3 days",
    "fri 10:00", "tue 10:00 45m with Ana and Bo at Room 4", "3 dec 14:30 1h30 on https://x.example",
    "next week", "end of month", "mid december", "by fri", "invited fri", "tomorrow 16.00",
)  # fmt: skip


def typed(chance: random.Random) -> str:
    """Something that somebody, or a cat, types."""
    kind = chance.random()
    if kind < 0.35:
        figures = re.sub(r"\d+", lambda _: str(chance.randint(0, 35)), chance.choice(VALID))
        return figures.replace("dec", chance.choice(MONTHS)).replace("fri", chance.choice(WEEK))
    if kind < 0.65:
        parts = []
        for _ in range(chance.randint(1, 7)):
            parts.append(chance.choice(NUMBERS if chance.random() < 0.5 else WORDS))
            parts.append(chance.choice(MARKS))
        return "".join(parts)
    if kind < 0.85:
        text = list(chance.choice(VALID))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text) + 1)
            text[place : place + chance.randint(0, 2)] = chance.choice((*MARKS, *NUMBERS, *WORDS))
        return "".join(text)
    if kind < 0.98:
        return "".join(chr(chance.randrange(0x10FFFF)) for _ in range(chance.randint(0, 40)))
    return chance.choice((*NUMBERS, *WORDS, *MARKS)) * chance.choice((50, 1_000, 100_000))


READERS: tuple[Callable[[str, date], object], ...] = (
    parse_day,
    lambda text, today: parse_day(text, today, past=True),
    lambda text, today: parse_day(text, today, future=True),
    parse_window,
    parse_slot,
    lambda text, today: read_interview(text, today, ZONE, Stage.APPLIED)[0],
    lambda text, today: read_deadline(text, today, ZONE)[0],
    lambda text, today: read_reply(text, today)[0],
    lambda text, today: read_later_day(text, today, today)[0],
    lambda text, today: read_reminder(text, today)[0],
    parse_invitation,
    lambda text, today: read_point(text, "my_promise", today),
    lambda text, today: read_form(f": {text}", today),
)


def days_in(value: object) -> list[date]:
    """The days in what was read."""
    if isinstance(value, datetime):
        return [value.astimezone(ZONE).date()]
    if isinstance(value, date):
        return [value]
    if isinstance(value, Slot):
        return [value.day]
    found = []
    for part in value if isinstance(value, tuple) else ():
        if isinstance(part, date):
            found += days_in(part)
    return found


def outcome(
    reader: Callable[[str, date], object], text: str, today: date
) -> tuple[object, str | None]:
    """What was read, or the sentence of the refusal; anything else fails."""
    try:
        return reader(text, today), None
    except Refused as refused:
        return None, str(refused)
    except Exception as error:
        raise AssertionError(f"{ascii(text)[:200]} on {today}: {error!r}") from error


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_only_our_own_error(part: int, figure: Callable[..., None]) -> None:
    chance = random.Random(part)
    read = 0
    for number in range(INPUTS):
        text, today = typed(chance), chance.choice(DAYS)
        reader = READERS[number % len(READERS)]
        value, sentence = outcome(reader, text, today)
        if sentence is not None:
            assert sentence, ascii(text)
            assert not any(category(c) in ("Cc", "Cs") for c in sentence), ascii(text)
            continue
        read += 1
        for day in days_in(value):
            assert date(1990, 1, 1) <= day <= date(2100, 12, 31), (ascii(text), day)
        if reader is READERS[8]:
            assert all(day > today for day in days_in(value)), (ascii(text), value)
    figure("dates: texts typed at random", INPUTS, "only our own error, none hangs")
    figure("dates: of them read as a day", read, "0 out of reach")


@each_row("start", [date(2027, 1, 31), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_31st_and_the_leap_day_clamp_from_where_they_start(start: date) -> None:
    """Months are counted from the day itself: two of them are not one and one."""
    for months in range(1, 30):
        year, month = divmod(start.month - 1 + months, 12)
        first = date(start.year + year, month + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        wanted = min(start.day, last.day)
        assert parse_day(f"{months}m", start) == first.replace(day=wanted)
