"""Reminders that belong to no card: “update the CV”. Their numbers, their days, what comes next.

Light on purpose: `rounds due` loads it.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from store.rules.dates import add_months
from store.rules.text import Refused, quoted, suggestion

_NUMBER = r"#?[rR]([0-9]{1,18})"
"""Compiled when it is wanted, which is seldom."""


class Every(NamedTuple):
    """How often a reminder comes again: after so many days, or months."""

    name: str
    said: str
    days: int = 0
    months: int = 0
    words: tuple[str, ...] = ()
    """Other words for it."""


EVERY: Mapping[str, Every] = {
    one.name: one
    for one in (
        Every("day", "every day", days=1, words=("daily", "1d", "every day")),
        Every("week", "every week", days=7, words=("weekly", "1w", "7d", "every week")),
        Every("two_weeks", "every two weeks", days=14, words=("fortnight", "2w", "14d", "2 weeks")),
        Every("month", "every month", months=1, words=("monthly", "1m", "every month")),
    )
}


def reminder_number(reminder_id: int) -> str:
    """How the number of a reminder is shown and typed: "r4"."""
    return f"r{reminder_id}"


def read_reminder_number(text: str) -> int | None:
    """The id that "r4" stands for; None for what is no number of a reminder."""
    found = re.fullmatch(_NUMBER, text.strip())
    return int(found[1]) if found else None


def read_every(text: str) -> str:
    """How often: “week”, “monthly”, “2w”; "" for “never” and “none”. Refused for anything else."""
    word = " ".join(text.casefold().replace("_", " ").split())
    if word in ("never", "none", "once", ""):
        return ""
    word = word.removeprefix("every ")
    for one in EVERY.values():
        spelled = one.name.replace("_", " ")
        if word in (spelled, f"{spelled}s", *one.words):
            return one.name
    like = suggestion(word, [one.name.replace("_", " ") for one in EVERY.values()])
    raise Refused(f"{quoted(text)} is no span.{like} Write day, week, 2w, month or never.")


def every_words(every: str) -> str:
    """ "every week"; "" for once."""
    return EVERY[every].said if every else ""


def next_day(begins_on: date, every: str, after: date) -> date:
    """The first day later than `after` on which a reminder comes that began on `begins_on`.

    Counted from its beginning, so that one for the 31st comes back to the 31st.
    """
    how = EVERY[every]
    if begins_on > after:
        return begins_on
    if how.days:
        passed = (after - begins_on).days // how.days + 1
        return begins_on + timedelta(days=passed * how.days)
    months = (after.year - begins_on.year) * 12 + after.month - begins_on.month
    day = add_months(begins_on, months)
    return day if day > after else add_months(begins_on, months + 1)
