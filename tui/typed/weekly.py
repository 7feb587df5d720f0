"""One line, read while it is typed: a reminder that belongs to no card, a goal for a week."""

import re
from datetime import date
from typing import NamedTuple

from store.rules import fields
from store.rules.dates import echo_day
from store.rules.text import Refused, clean
from store.rules.typed.days import parse_day
from store.rules.weekly.goals import KINDS, read_goal
from store.rules.weekly.reminders import EVERY, every_words, read_every

_DAY_WORDS_AT_MOST = 6
_EVERY = re.compile(r"(?P<text>.*?)[,;]?\s+every\s+(?P<span>[\w ]{1,12})", re.IGNORECASE)


class FreeReminder(NamedTuple):
    """A reminder that belongs to no card."""

    text: str
    on: date | None
    every: str = ""


def read_free_reminder(
    text: str, today: date, stored: date | None = None
) -> tuple[FreeReminder, str]:
    """“fri update the CV, every week”: a day where there is one, what to do, and how often.

    `stored` is the day that it has already, which may be over. Raises Refused for any other day
    that is, and where nothing is to be done.
    """
    words, every = _split_every(" ".join(text.split()))
    on, what = _split_day(words, today, stored)
    label = clean(what, fields.REMINDER)
    if every and on is None:
        on = today
    day = echo_day(on, today) if on is not None else "no date"
    again = f", {every_words(every)}" if every else ""
    return FreeReminder(label, on, every), f"{day}{again}: {label}"


def _split_every(words: str) -> tuple[str, str]:
    """What stands before “every week”, and how often that is."""
    found = _EVERY.fullmatch(words)
    if found is not None:
        try:
            return found["text"], read_every(found["span"])
        except Refused:
            pass  # “water every plant”: that is what is to be done
    return words, ""


def _split_day(words: str, today: date, stored: date | None) -> tuple[date | None, str]:
    """The day with which a line begins, the longest that can be read, and what follows it.

    Refused for one that is over, unless it is the one that is `stored`.
    """
    parts = words.split()
    for count in range(min(len(parts) - 1, _DAY_WORDS_AT_MOST), 0, -1):
        day, rest = " ".join(parts[:count]), " ".join(parts[count:])
        try:
            on = parse_day(day, today, future=True)
        except Refused:
            over = _day_that_is_over(day, today)
            if over is None:
                continue
            on = over
        if on < today and on != stored:
            raise Refused(f"{echo_day(on, today)}: that date is in the past. Choose a later date.")
        return on, rest
    return None, words


def _day_that_is_over(words: str, today: date) -> date | None:
    try:
        on = parse_day(words, today)
    except Refused:
        return None
    return on if on < today else None


def reminder_text(text: str, on: date | None, every: str) -> str:
    """The line that `read_free_reminder` reads as this reminder."""
    again = f", {_words_of(every)}" if every else ""
    return f"{on.isoformat()} {text}{again}" if on is not None else text


def _words_of(every: str) -> str:
    return "every 2w" if EVERY[every].days == 14 else EVERY[every].said


def read_goal_line(text: str) -> tuple[tuple[str, int], str]:
    """“5 applications”: the kind and the number, and what becomes of them."""
    kind, number = read_goal(text)
    if not number:
        return (kind, 0), f"No goal for {KINDS[kind].many} from this week on"
    return (kind, number), f"{KINDS[kind].words_for(number)} a week, from this week on"
