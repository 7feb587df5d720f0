"""Wording of days and instants, countdowns, business days."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, MO, MONTHLY, TH, TU, WE, WEEKLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.dates import (
    add_business_days,
    add_months,
    clock_time,
    countdown,
    days_in_month,
    days_until,
    distance_words,
    echo_day,
    elapsed_words,
    is_business_day,
    is_late,
    last_business_day_of_month,
    last_business_day_of_week,
    roll_back,
    roll_forward,
    short_countdown,
    short_day,
)
from tests.conftest import examples
from tests.tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=BERLIN)
WORKDAYS = (MO, TU, WE, TH, FR)

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
zones = st.sampled_from(
    [BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), UTC]
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=zones)  # noqa: DTZ001
spans = st.timedeltas(timedelta(days=-5), timedelta(days=5))


@each_row(
    ("day", "today", "words"),
    [
        (date(2025, 12, 4), None, "Thu 4 Dec 2025"),
        (date(2025, 12, 4), date(2025, 1, 1), "Thu 4 Dec"),
        (date(2025, 12, 4), date(2026, 1, 1), "Thu 4 Dec 2025"),
        (date(2028, 2, 29), date(2028, 12, 31), "Tue 29 Feb"),
        (date(2027, 1, 1), date(2026, 12, 31), "Fri 1 Jan 2027"),
    ],
)
def test_a_day_is_worded_with_its_year_unless_it_is_this_one(day, today, words):
    assert short_day(day, today) == words


def test_the_names_of_days_and_months_follow_each_other():
    week = [short_day(MONDAY + timedelta(days=n))[:3] for n in range(7)]
    year = [short_day(date(2026, month, 1))[-8:-5] for month in range(1, 13)]
    assert " ".join(week) == "Mon Tue Wed Thu Fri Sat Sun"
    assert " ".join(year) == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


@each_row(
    ("moment", "words"),
    [(time(9), "09:00"), (time(0, 5), "00:05"), (NOON.replace(hour=23, minute=59), "23:59")],
)
def test_a_time_of_day_has_two_digits_each(moment, words):
    assert clock_time(moment) == words


@each_row(
    ("distance", "words", "echo"),
    [
        (0, "today", "Mon 23 Nov, today"),
        (1, "tomorrow", "Tue 24 Nov, tomorrow"),
        (-1, "yesterday", "Sun 22 Nov, yesterday"),
        (4, "in 4 days", "Fri 27 Nov, in 4 days"),
        (-3, "3 days ago", "Fri 20 Nov, 3 days ago"),
        (39, "in 39 days", "Fri 1 Jan 2027, in 39 days"),
        (10_000, "in 10,000 days", "Fri 10 Apr 2054, in 10,000 days"),
    ],
)
def test_a_day_as_seen_from_today(distance, words, echo):
    assert distance_words(distance) == words
    assert echo_day(MONDAY + timedelta(days=distance), MONDAY) == echo


@each_row(
    ("start", "words"),
    [
        (MONDAY, "today"),
        (date(2026, 11, 22), "1 day"),
        (date(2026, 11, 17), "6 days"),
        (date(2026, 11, 2), "21 days"),
        (date(2026, 11, 24), "today"),
    ],
)
def test_elapsed_days(start, words):
    assert elapsed_words(start, MONDAY) == words


def ahead(**span: float) -> datetime:
    """An instant so far from Monday noon."""
    return NOON + timedelta(**span)


PRECISE = [
    (ahead(hours=47, minutes=59), None, "due in 47 h", "in 47 h", 2),
    (ahead(hours=5, minutes=59), None, "due in 5 h", "in 5 h", 0),
    (ahead(hours=1), None, "due in 1 h", "in 1 h", 0),
    (ahead(minutes=59, seconds=59), None, "due in 59 min", "in 59 min", 0),
    (ahead(minutes=20), None, "due in 20 min", "in 20 min", 0),
    (ahead(minutes=1), None, "due in 1 min", "in 1 min", 0),
    (ahead(seconds=59), None, "due now", "now", 0),
    (ahead(), None, "due now", "now", 0),
    (ahead(seconds=-1), None, "1 min late", "1 min late", 0),
    (ahead(minutes=-59), None, "59 min late", "59min late", 0),
    (ahead(hours=-3, minutes=-30), None, "3 h late", "3 h late", 0),
    (ahead(hours=-47), None, "47 h late", "47 h late", -2),
    (ahead(hours=-48), None, "2 days late", "2 d late", -2),
    (ahead(days=-3), None, "3 days late", "3 d late", -3),
    (ahead(hours=48), None, "Wed 25 Nov", "in 2 d", 2),
    (ahead(days=4), None, "Fri 27 Nov", "in 4 d", 4),
    (ahead(days=50), None, "Tue 12 Jan 2027", "in 50 d", 50),
    (ahead(days=999), None, "Sat 18 Aug 2029", "in 999 d", 999),
    (ahead(days=1_000), None, "Sun 19 Aug 2029", "in 2 y", 1_000),
    (ahead(hours=-3), ahead(hours=21), "3 h late, still worth sending", "3 h late", 0),
    (ahead(hours=-24), ahead(), "24 h late, still worth sending", "24 h late", -1),
    (ahead(hours=-24), ahead(seconds=-1), "24 h late", "24 h late", -1),
    (ahead(days=-3), ahead(days=1), "3 days late, still worth sending", "3 d late", -3),
    (ahead(hours=3), ahead(hours=9), "due in 3 h", "in 3 h", 0),
]


@each_row(("due_at", "late_until", "words", "short", "distance"), PRECISE)
def test_an_instant_is_counted_in_hours_within_two_days(due_at, late_until, words, short, distance):
    due_on = due_at.date()
    assert countdown(due_on, due_at, NOON, late_until) == words
    assert short_countdown(due_on, due_at, NOON, late_until) == short
    assert days_until(due_on, due_at, NOON) == distance


DATE_ONLY = [
    (date(2026, 11, 23), None, "today", "today"),
    (date(2026, 11, 24), None, "tomorrow", "tomorrow"),
    (date(2026, 11, 25), None, "Wed 25 Nov", "in 2 d"),
    (date(2026, 12, 3), None, "Thu 3 Dec", "in 10 d"),
    (date(2027, 1, 4), None, "Mon 4 Jan 2027", "in 42 d"),
    (date(2026, 11, 22), None, "1 day late", "1 d late"),
    (date(2026, 11, 21), None, "2 days late", "2 d late"),
    (date(2026, 11, 22), ahead(hours=1), "1 day late, still worth sending", "1 d late"),
    (date(2026, 11, 22), ahead(hours=-1), "1 day late", "1 d late"),
    (date(2026, 11, 23), ahead(hours=9), "today", "today"),
    (date(2024, 1, 1), None, "1,057 days late", "2 y late"),
    (date(2099, 1, 1), None, "Thu 1 Jan 2099", "in 72 y"),
]


@each_row(("due_on", "late_until", "words", "short"), DATE_ONLY)
def test_a_day_is_counted_by_the_calendar(due_on, late_until, words, short):
    assert countdown(due_on, None, NOON, late_until) == words
    assert short_countdown(due_on, None, NOON, late_until) == short


@each_row(
    ("now", "due_on", "late"),
    [
        (datetime(2026, 11, 23, 23, 59, 59, tzinfo=BERLIN), MONDAY, False),
        (datetime(2026, 11, 24, 0, 0, tzinfo=BERLIN), MONDAY, True),
        (datetime(2026, 11, 23, 0, 0, tzinfo=BERLIN), MONDAY, False),
    ],
)
def test_a_day_is_late_once_it_is_over(now, due_on, late):
    assert is_late(due_on, None, now) is late


@each_row(
    ("now", "due_at", "words", "late"),
    [
        pytest.param(
            datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN),
            datetime(2026, 10, 25, 5, 0, tzinfo=BERLIN),
            "due in 7 h",
            False,
            id="the night that is an hour longer",
        ),
        pytest.param(
            datetime(2026, 3, 28, 23, 0, tzinfo=BERLIN),
            datetime(2026, 3, 29, 5, 0, tzinfo=BERLIN),
            "due in 5 h",
            False,
            id="the night that is an hour shorter",
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
            datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1),
            "due in 40 min",
            False,
            id="ahead although the clock shows less",
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1),
            datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
            "40 min late",
            True,
            id="late although the clock shows less",
        ),
        pytest.param(
            datetime(2026, 10, 24, 0, 0, tzinfo=BERLIN),
            datetime(2026, 10, 25, 23, 30, tzinfo=BERLIN),
            "tomorrow",
            False,
            id="more than 48 hours to the end of tomorrow",
        ),
        pytest.param(
            datetime(2026, 3, 27, 13, 0, tzinfo=BERLIN),
            datetime(2026, 3, 29, 13, 30, tzinfo=BERLIN),
            "due in 47 h",
            False,
            id="less than 48 hours over two days and a half hour",
        ),
        pytest.param(
            datetime(2026, 10, 26, 13, 0, tzinfo=BERLIN),
            datetime(2026, 10, 24, 13, 30, tzinfo=BERLIN),
            "2 days late",
            True,
            id="late by days",
        ),
    ],
)
def test_hours_are_real_ones_when_the_clock_changes(now, due_at, words, late):
    assert countdown(due_at.date(), due_at, now) == words
    assert is_late(due_at.date(), due_at, now) is late


def test_the_day_of_an_instant_is_the_one_at_the_users_place():
    half_past_midnight = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    stored_on = half_past_midnight.date()
    assert days_until(stored_on, half_past_midnight, NOON) == 4
    assert countdown(stored_on, half_past_midnight, NOON) == "Fri 27 Nov"
    assert short_countdown(stored_on, half_past_midnight, NOON) == "in 4 d"


def test_days_from_a_plain_day_take_the_instant_as_it_stands():
    evening = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert days_until(date(2026, 1, 1), evening, MONDAY) == 3
    assert days_until(date(2026, 11, 20), None, MONDAY) == -3


@given(now=moments, span=spans, zone=zones)
def test_wording_and_lateness_never_disagree(now, span, zone):
    due_at = (now.astimezone(UTC) + span).astimezone(zone)
    words = countdown(due_at.date(), due_at, now)
    late = is_late(due_at.date(), due_at, now)
    assert late is (span < timedelta(0))
    if abs(span) < timedelta(hours=48):
        assert ("late" in words) is late
        assert ("late" in short_countdown(due_at.date(), due_at, now)) is late


@given(now=moments, due_on=days, due_at=st.none() | moments)
def test_the_short_form_fits_ten_columns(now, due_on, due_at):
    assert 3 <= len(short_countdown(due_on, due_at, now)) <= 10


@each_row(
    ("day", "n", "result"),
    [
        (date(2025, 12, 3), 1, date(2025, 12, 4)),
        (date(2025, 12, 5), 1, date(2025, 12, 8)),
        (date(2025, 12, 6), 1, date(2025, 12, 8)),
        (date(2025, 12, 7), 1, date(2025, 12, 8)),
        (date(2025, 12, 5), 5, date(2025, 12, 12)),
        (date(2025, 12, 31), 1, date(2026, 1, 1)),
    ],
)
def test_business_days_after_a_day(day, n, result):
    assert add_business_days(day, n) == result


@pytest.mark.parametrize("n", [0, -1])
def test_business_days_are_counted_forward_only(n):
    with pytest.raises(ValueError, match="counted from 1"):
        add_business_days(MONDAY, n)


def test_holidays_are_no_business_days():
    closed = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)})
    assert not is_business_day(date(2026, 12, 24), closed)
    assert is_business_day(date(2026, 12, 24))
    assert roll_forward(date(2026, 12, 24), closed) == date(2026, 12, 29)
    assert roll_back(date(2026, 12, 28), closed) == date(2026, 12, 23)
    assert add_business_days(date(2026, 12, 23), 1, closed) == date(2026, 12, 29)
    assert last_business_day_of_week(date(2026, 12, 21), closed) == date(2026, 12, 23)


@settings(max_examples=examples(60))
@given(day=days, n=st.integers(1, 30))
def test_business_days_agree_with_rrule(day, n):
    start = datetime.combine(day, time())
    following = rrule(DAILY, byweekday=WORKDAYS, dtstart=start + timedelta(days=1), count=n)
    assert add_business_days(day, n) == following[n - 1].date()
    upward = rrule(DAILY, byweekday=WORKDAYS, dtstart=start, count=1)
    assert roll_forward(day) == upward[0].date()
    downward = rrule(DAILY, byweekday=WORKDAYS, dtstart=start - timedelta(days=6))
    assert roll_back(day) == downward.before(start, inc=True).date()


@settings(max_examples=examples(60))
@given(day=days)
def test_ends_of_week_and_month_agree_with_rrule(day):
    monday = datetime.combine(day - timedelta(days=day.weekday()), time())
    friday = rrule(WEEKLY, byweekday=FR, dtstart=monday, count=1)
    assert last_business_day_of_week(day) == friday[0].date()
    first = datetime.combine(day.replace(day=1), time())
    last = rrule(MONTHLY, byweekday=WORKDAYS, bysetpos=-1, dtstart=first, count=1)
    assert last_business_day_of_month(day) == last[0].date()


@given(day=days, n=st.integers(-600, 600))
def test_months_agree_with_relativedelta(day, n):
    assert add_months(day, n) == day + relativedelta(months=n)


def test_months_are_counted_from_the_first_day():
    january = date(2026, 1, 31)
    assert add_months(january, 1) == date(2026, 2, 28)
    assert add_months(january, 2) == date(2026, 3, 31)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


@each_row(
    ("year", "month", "count"),
    [(2026, 2, 28), (2028, 2, 29), (2000, 2, 29), (2100, 2, 28), (2026, 4, 30), (2026, 12, 31)],
)
def test_lengths_of_months(year, month, count):
    assert days_in_month(year, month) == count


def test_the_wording_loads_nothing_heavy():
    script = "import sys; import store.rules.dates; print(*sys.modules)"
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True, cwd=root
    )
    loaded = set(done.stdout.split())
    assert "store.rules.dates" in loaded
    assert not loaded & {"re", "dateutil", "calendar", "locale", "json", "dataclasses", "typing"}
