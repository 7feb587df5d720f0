"""How days and instants are worded, and arithmetic with business days.

Light on purpose: it is loaded by every command. Reading what people type is `rules.typed.days`.
Names are English whatever the locale; every `now` is aware and in the user's zone.
"""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
HOURS_SHOWN = timedelta(hours=48)
"""Within this span of an instant hours and minutes are counted, beyond it days (knowledge A.4)."""

_SHORT_AT_MOST = 10
"""Columns of a short countdown."""
_DAY = timedelta(days=1)
_SATURDAY = 5
_MONTHS_A_YEAR = 12
_NO_HOLIDAYS: frozenset[date] = frozenset()


def short_day(d: date, today: date | None = None) -> str:
    """`d` as "Thu 4 Dec"; with the year ("Thu 4 Dec 2025") unless it is the year of `today`."""
    words = f"{WEEKDAYS[d.weekday()][:3]} {d.day} {MONTHS[d.month - 1][:3]}"
    return words if today is not None and today.year == d.year else f"{words} {d.year}"


def clock_time(t: time | datetime) -> str:
    """The time of day as "09:30", as it stands: an instant must be in the reader's zone."""
    return f"{t.hour:02}:{t.minute:02}"


def distance_words(days: int) -> str:
    """A day as seen from today: "today", "tomorrow", "yesterday", "in 4 days", "4 days ago"."""
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def elapsed_words(start: date, today: date) -> str:
    """The days since `start`: "today", "1 day", "6 days"; "today" too if `start` is yet to come."""
    days = (today - start).days
    return "today" if days <= 0 else _count_words(days, "day")


def echo_day(d: date, today: date) -> str:
    """How a day that was read is shown while it is being typed: "Fri 27 Nov, in 4 days"."""
    return f"{short_day(d, today)}, {distance_words((d - today).days)}"


def is_late(due_on: date, due_at: datetime | None, now: datetime) -> bool:
    """Whether the instant `due_at` has passed; without one, whether the day `due_on` is over."""
    if due_at is None:
        return now.date() > due_on
    return _ahead(due_at, now) < timedelta(0)


def days_until(due_on: date, due_at: datetime | None, today_or_now: date) -> int:
    """Calendar days to the day of `due_at`, else to `due_on`; negative when that day is over.

    Given an instant, the day of `due_at` is the one in the zone of that instant; given a plain
    day, it is the one in the zone of `due_at` itself.
    """
    today = today_or_now
    if isinstance(today_or_now, datetime):
        today = today_or_now.date()
        if due_at is not None:
            due_at = due_at.astimezone(today_or_now.tzinfo)
    return ((due_on if due_at is None else due_at.date()) - today).days


def countdown(
    due_on: date, due_at: datetime | None, now: datetime, late_until: datetime | None = None
) -> str:
    """How long there is, or how late it is, in words (knowledge A.4).

    Within 48 hours of `due_at`: "due in 5 h", "due now", "3 h late"; else by calendar days:
    "today", "tomorrow", "Thu 4 Dec", "2 days late". Late up to `late_until`: "3 h late, still
    worth sending". Hours and minutes are whole ones, rounded towards the instant.
    """
    late = is_late(due_on, due_at, now)
    still = late_until is not None and _ahead(late_until, now) >= timedelta(0)
    sending = ", still worth sending" if still else ""
    if due_at is not None and abs(_ahead(due_at, now)) < HOURS_SHOWN:
        span = _span(_ahead(due_at, now), " ", "h", "min")
        if not late:
            return f"due in {span}" if span else "due now"
        return f"{span} late{sending}"
    days = days_until(due_on, due_at, now)
    if days < 0:
        return f"{_count_words(-days, 'day')} late{sending}"
    if days <= 1:
        return distance_words(days)
    return short_day(now.date() + timedelta(days=days), now.date())


def short_countdown(
    due_on: date,
    due_at: datetime | None,
    now: datetime,
    late_until: datetime | None = None,  # noqa: ARG001 - the arguments are those of `countdown`
) -> str:
    """`countdown` in at most ten columns: "in 5 h", "now", "3 h late", "today", "in 4 d".

    A thousand days and more are told in years, and "12min late" goes without its gap.
    """
    if due_at is not None and abs(_ahead(due_at, now)) < HOURS_SHOWN:
        span = _span(_ahead(due_at, now), " ", "h", "min")
        if is_late(due_on, due_at, now):
            late = f"{span} late"
            return late if len(late) <= _SHORT_AT_MOST else late.replace(" ", "", 1)
        return f"in {span}" if span else "now"
    days = days_until(due_on, due_at, now)
    if 0 <= days <= 1:
        return distance_words(days)
    count = f"{abs(days)} d" if abs(days) < 1_000 else f"{abs(days) // 365} y"
    return f"in {count}" if days > 0 else f"{count} late"


def is_business_day(d: date, holidays: Container[date] = _NO_HOLIDAYS) -> bool:
    """Whether `d` is a day from Monday to Friday and none of the `holidays`."""
    return d.weekday() < _SATURDAY and d not in holidays


def roll_forward(d: date, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """`d` itself if it is a business day, else the next one."""
    while not is_business_day(d, holidays):
        d += _DAY
    return d


def roll_back(d: date, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """`d` itself if it is a business day, else the one before."""
    while not is_business_day(d, holidays):
        d -= _DAY
    return d


def add_business_days(d: date, n: int, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """The `n`-th business day after `d`, which itself may be any day; ValueError if `n` < 1."""
    if n < 1:
        raise ValueError("business days are counted from 1, the first one after the day")
    for _ in range(n):
        d = roll_forward(d + _DAY, holidays)
    return d


def last_business_day_of_week(d: date, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """The last business day of the week of `d`, a week being Monday to Sunday."""
    return roll_back(d + timedelta(days=6 - d.weekday()), holidays)


def last_business_day_of_month(d: date, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """The last business day of the month of `d`."""
    return roll_back(d.replace(day=days_in_month(d.year, d.month)), holidays)


def add_months(d: date, n: int) -> date:
    """The same day of the month `n` months on (back if negative), or that month's last day.

    Count several months from the first day in one go: 31 Jan + 2 months is 31 Mar, though
    31 Jan + 1 month + 1 month is 28 Mar. ValueError outside the years 1 to 9999.
    """
    years, month = divmod(d.month - 1 + n, _MONTHS_A_YEAR)
    year, month = d.year + years, month + 1
    return date(year, month, min(d.day, days_in_month(year, month)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _ahead(instant: datetime, now: datetime) -> timedelta:
    """From `now` to `instant`, negative if it has passed.

    In UTC, since two moments of one zone are subtracted by their clock faces, which are an hour
    off when the clock was changed between them.
    """
    return instant.astimezone(UTC) - now.astimezone(UTC)


def _span(ahead: timedelta, gap: str, hour: str, minute: str) -> str:
    """A time under 48 hours in whole hours, under one hour in minutes.

    Less than a minute is "" while it lies ahead, and a minute once it has passed.
    """
    minutes = abs(ahead) // timedelta(minutes=1)
    if ahead < timedelta(0):
        minutes = max(minutes, 1)
    if minutes >= 60:
        return f"{minutes // 60}{gap}{hour}"
    return f"{minutes}{gap}{minute}" if minutes else ""


def _count_words(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
