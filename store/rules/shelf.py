"""The shelf: the numbers of its postings, their order, and their closing days in words.

Light on purpose: `rounds due` loads it.
"""

import re
from datetime import date

from store.rules.dates import days_until
from store.rules.urgency import Level

SOON = 3
"""Days before the closing day from which on a posting is among today's (product: a CV and a letter
take an evening or two)."""
_NUMBER = r"#?[pP]([0-9]{1,18})"


def is_closed(closing_on: date | None, today: date) -> bool:
    """Whether the day is over; never without one."""
    return closing_on is not None and closing_on < today


def closing_level(closing_on: date, today: date) -> Level:
    """TODAY for one that closes within `SOON` days, COMING for one that closes later.

    It is never late: once the day is over there is nothing to be answered.
    """
    return Level.TODAY if days_until(closing_on, None, today) <= SOON else Level.COMING


def list_until(today: date, days: int) -> date:
    """Up to which closing day a list of what is due in the next `days` days has postings."""
    last = today.toordinal() + max(SOON, days)
    return date.fromordinal(min(last, date.max.toordinal()))


def closing_words(closing_on: date | None, today: date) -> str:
    """ "closes today", "closes tomorrow", "closes in 2 d", "closed 3 d ago"; "" without a day."""
    if closing_on is None:
        return ""
    days = days_until(closing_on, None, today)
    if days >= 0:
        return f"closes {('today', 'tomorrow')[days] if days <= 1 else f'in {days:,} d'}"
    return "closed yesterday" if days == -1 else f"closed {-days:,} d ago"


def posting_number(posting_id: int) -> str:
    """How the number of a posting is shown and typed: "p3", which no application has."""
    return f"p{posting_id}"


def read_posting_number(text: str) -> int | None:
    """The id that "p3" stands for; None for what is no number of a posting."""
    found = re.fullmatch(_NUMBER, text.strip())
    return int(found[1]) if found else None


def shelf_key(closing_on: date | None, posting_id: int, today: date) -> tuple[int, int, int]:
    """Sorts the shelf: the next to close first, then those without a day, the newest first, last
    those that have closed."""
    if closing_on is None:
        return 1, 0, -posting_id
    if closing_on < today:
        return 2, -closing_on.toordinal(), posting_id
    return 0, closing_on.toordinal(), posting_id
