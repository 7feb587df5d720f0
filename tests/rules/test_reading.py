"""Days, windows and appointments as people type them."""

import unicodedata
from datetime import date, time, timedelta
from time import perf_counter

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.rules.dates import MONTHS, WEEKDAYS, echo_day, is_business_day, short_day
from store.rules.reading import parse_day, parse_window, worth_quoting
from store.rules.refusal import Refused
from store.rules.slots import Slot, echo_slot, parse_slot

MONDAY = date(2026, 11, 23)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
todays = st.dates(date(2000, 1, 1), date(2090, 12, 31))
weekdays = st.integers(0, 6)

DAYS = [
    ("today", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("yesterday", "2026-11-22"),
    ("day after tomorrow", "2026-11-25"),
    ("the day before yesterday", "2026-11-21"),
    ("fri", "2026-11-27"),
    ("friday", "2026-11-27"),
    ("tues", "2026-11-24"),
    ("weds", "2026-11-25"),
    ("thurs", "2026-11-26"),
    ("sun", "2026-11-29"),
    ("mon", "2026-11-30"),
    ("on fri", "2026-11-27"),
    ("coming fri", "2026-11-27"),
    ("this fri", "2026-11-27"),
    ("this mon", "2026-11-23"),
    ("next fri", "2026-12-04"),
    ("next friday", "2026-12-04"),
    ("next mon", "2026-11-30"),
    ("next sun", "2026-12-06"),
    ("fri next week", "2026-12-04"),
    ("last fri", "2026-11-20"),
    ("last mon", "2026-11-16"),
    ("last sun", "2026-11-22"),
    ("+3d", "2026-11-26"),
    ("3d", "2026-11-26"),
    ("-3d", "2026-11-20"),
    ("−3d", "2026-11-20"),
    ("+ 3 d", "2026-11-26"),
    ("0d", "2026-11-23"),
    ("2w", "2026-12-07"),
    ("+2w", "2026-12-07"),
    ("-1w", "2026-11-16"),
    ("1m", "2026-12-23"),
    ("-9m", "2026-02-23"),
    ("1y", "2027-11-23"),
    ("3bd", "2026-11-26"),
    ("5 business days", "2026-11-30"),
    ("within 10 working days", "2026-12-07"),
    ("in 3 days", "2026-11-26"),
    ("in 3d", "2026-11-26"),
    ("3 days ago", "2026-11-20"),
    ("3d ago", "2026-11-20"),
    ("3 days from now", "2026-11-26"),
    ("in a week", "2026-11-30"),
    ("in two weeks", "2026-12-07"),
    ("a couple of weeks ago", "2026-11-09"),
    ("a month ago", "2026-10-23"),
    ("in the next twelve months", None),
    ("within the next two weeks", "2026-12-07"),
    ("2026-12-03", "2026-12-03"),
    ("2026-1-3", "2026-01-03"),
    ("2026/12/03", "2026-12-03"),
    ("2025-06-30", "2025-06-30"),
    ("1990-01-01", "1990-01-01"),
    ("2100-12-31", "2100-12-31"),
    ("3 dec", "2026-12-03"),
    ("3dec", "2026-12-03"),
    ("03 dec", "2026-12-03"),
    ("dec 3", "2026-12-03"),
    ("3 dec.", "2026-12-03"),
    ("3. december", "2026-12-03"),
    ("3rd of december", "2026-12-03"),
    ("the 1st of dec", "2026-12-01"),
    ("december 2nd", "2026-12-02"),
    ("23 nov", "2026-11-23"),
    ("22 nov", "2027-11-22"),
    ("31 dec", "2026-12-31"),
    ("1 jan", "2027-01-01"),
    ("3 sept", "2027-09-03"),
    ("1 may", "2027-05-01"),
    ("3 december 2026", "2026-12-03"),
    ("3-dec-2026", "2026-12-03"),
    ("dec 3 2025", "2025-12-03"),
    ("december 3, 2026", "2026-12-03"),
    ("december 3,2026", "2026-12-03"),
    ("29 feb 2028", "2028-02-29"),
    ("3.12.", "2026-12-03"),
    ("3.12", "2026-12-03"),
    ("03.12.2026", "2026-12-03"),
    ("3. 12. 2026", "2026-12-03"),
    ("23.11.", "2026-11-23"),
    ("22.11.", "2027-11-22"),
    ("thu 3 dec", "2026-12-03"),
    ("thursday, 3 december 2026", "2026-12-03"),
    ("thu 3.12.", "2026-12-03"),
    ("thu 2026-12-03", "2026-12-03"),
    ("this week", "2026-11-27"),
    ("next week", "2026-12-04"),
    ("end of week", "2026-11-27"),
    ("end of the week", "2026-11-27"),
    ("end of next week", "2026-12-04"),
    ("early next week", "2026-12-01"),
    ("mid week", "2026-11-25"),
    ("this month", "2026-11-30"),
    ("next month", "2026-12-31"),
    ("end of month", "2026-11-30"),
    ("the end of the month", "2026-11-30"),
    ("month end", "2026-11-30"),
    ("eom", "2026-11-30"),
    ("eow", "2026-11-27"),
    ("eoy", "2026-12-31"),
    ("end of the year", "2026-12-31"),
    ("end of next month", "2026-12-31"),
    ("end of january", "2027-01-29"),
    ("mid december", "2026-12-15"),
    ("mid-december", "2026-12-15"),
    ("middle of next month", "2026-12-15"),
    ("mid november 2027", "2027-11-15"),
    ("early december", "2026-12-10"),
    ("beginning of january", "2027-01-08"),
    ("in late february", "2027-02-26"),
    ("week of 7 dec", "2026-12-11"),
    ("the week of dec 7", "2026-12-11"),
    ("Thu, 03 Dec 2026 10:00:00 +0100", "2026-12-03"),
    ("2026-12-03T10:00:00Z", "2026-12-03"),
    ("2026-12-03 23:59:59+14:00", "2026-12-03"),
    ("December 3, 2026, 10:00 AM", "2026-12-03"),
    ("2026 dec 3", "2026-12-03"),
    ("2026-dec-03", "2026-12-03"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read(text, day):
    expected = date.fromisoformat(day) if day else date(2027, 11, 23)
    assert parse_day(text, MONDAY) == expected
    assert parse_day(f"  {text.upper()}\t", MONDAY) == expected
    assert parse_day(text.replace(" ", " \u00a0 "), MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mon", "2026-11-23"),
        ("tue", "2026-11-17"),
        ("sun", "2026-11-22"),
        ("last mon", "2026-11-16"),
        ("23 nov", "2026-11-23"),
        ("24 nov", "2025-11-24"),
        ("22.11.", "2026-11-22"),
        ("dec 31", "2025-12-31"),
        ("mon 16 nov", "2026-11-16"),
        ("today", "2026-11-23"),
        ("-2w", "2026-11-09"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_day_that_has_been_is_read_backwards(text, day):
    assert parse_day(text, MONDAY, past=True) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1m", date(2026, 1, 31), date(2026, 2, 28)),
        ("2m", date(2026, 1, 31), date(2026, 3, 31)),
        ("1m", date(2028, 1, 31), date(2028, 2, 29)),
        ("1y", date(2028, 2, 29), date(2029, 2, 28)),
        ("tomorrow", date(2026, 12, 31), date(2027, 1, 1)),
        ("tomorrow", date(2028, 2, 28), date(2028, 2, 29)),
        ("next month", date(2026, 12, 31), date(2027, 1, 29)),
        ("end of month", date(2026, 1, 29), date(2026, 1, 30)),
        ("29 feb", date(2028, 1, 1), date(2028, 2, 29)),
        ("29 feb", date(2028, 2, 29), date(2028, 2, 29)),
        ("29 feb", date(2027, 3, 1), date(2028, 2, 29)),
        ("31 dec", date(2026, 12, 31), date(2026, 12, 31)),
        ("fri", date(2026, 11, 27), date(2026, 12, 4)),
        ("next fri", date(2026, 11, 29), date(2026, 12, 4)),
        ("last fri", date(2026, 11, 28), date(2026, 11, 27)),
    ],
)
def test_ends_of_months_years_and_weeks(text, today, day):
    assert parse_day(text, today) == day


@pytest.mark.parametrize(
    ("today", "past"),
    [
        (date(2026, 11, 23), False),
        (date(2027, 1, 15), False),
        (date(2027, 2, 28), False),
        (date(2028, 3, 1), False),
        (date(2026, 11, 23), True),
        (date(2028, 2, 28), True),
    ],
)
def test_a_leap_day_that_the_coming_year_has_not_is_refused(today, past):
    with pytest.raises(Refused, match=r"There is no 29 February \d{4}\. Write the year too"):
        parse_day("29 feb", today, past=past)


REFUSED = [
    ("", "There is no day yet"),
    (" \t ", "There is no day yet"),
    ("\x1b", "There is no day yet"),
    ("0", "alone is no day"),
    ("10", "alone is no day"),
    ("the 3rd", "alone is no day"),
    ("9999999999999", "alone is no day"),
    ("1/2/26", "ISO"),
    ("13/2/26", "ISO"),
    ("3/12", "ISO"),
    ("3/12/2026", "ISO"),
    ("12-03-2026", "ISO"),
    ("1 2 2026", "ISO"),
    ("2026-12", "ISO"),
    ("3.12.26", "two digits"),
    ("3 dec 26", "two digits"),
    ("dec 3 26", "two digits"),
    ("10 may 12", "two digits"),
    ("may", "whole month"),
    ("december", "whole month"),
    ("dec 2026", "cannot be read"),
    ("dec 2026 10h", "time of day"),
    ("dec 2026 5 h", "cannot be read"),
    ("31 feb", "There is no 31 February 2027"),
    ("31.4.", "There is no 31 April 2027"),
    ("0 dec", "There is no 0 December"),
    ("2026-02-29", "There is no 29 February 2026"),
    ("3.13.2026", "no month 13"),
    ("2026-13-01", "no month 13"),
    ("3.0.", "no month 0"),
    ("00:00", "time of day"),
    ("25:00", "time of day"),
    ("3 dec 10:00", "time of day"),
    ("tue noon", "time of day"),
    ("0000-01-01", "too far"),
    ("1989-12-31", "too far"),
    ("2101-01-01", "too far"),
    ("9999-12-31", "too far"),
    ("9999y", "too far"),
    ("9999m", "too far"),
    ("-9999w", "too far"),
    ("99999d", "cannot be read"),
    ("9999999999999d", "cannot be read"),
    ("wed 3 dec", "is a Thursday, not a Wednesday"),
    ("Wed, 03 Dec 2026 10:00:00 +0100", "is a Thursday, not a Wednesday"),
    ("mid november", "ended on Fri 13 Nov"),
    ("thanksgiving", "cannot be read"),
    ("next", "cannot be read"),
    ("last week", "cannot be read"),
    ("next last fri", "cannot be read"),
    ("last fri next week", "cannot be read"),
    ("in -3 days", "cannot be read"),
    ("+3d ago", "cannot be read"),
    ("in 3 days ago", "cannot be read"),
    ("-3bd", "cannot be read"),
    ("0bd", "cannot be read"),
    ("a d", "cannot be read"),
    ("+3", "cannot be read"),
    ("early this year", "cannot be read"),
    ("week of fri", "cannot be read"),
    ("next december", "cannot be read"),
    ("fri 3d", "cannot be read"),
    ("3 dec 2026 4", "cannot be read"),
    ("3 dec dec 2026", "cannot be read"),
    ("3 dec 2026 nope", "cannot be read"),
    ("3 dec 2026 27:99", "time of day"),
    ("2026-12-03T25:00", "cannot be read"),
    ("2026-02-30T10:00", "cannot be read"),
    ("١٢/٣", "cannot be read"),
    ("٣ dec", "cannot be read"),
    ("３ dec", "cannot be read"),
    ("3 dez", "cannot be read"),
    ("🎉", "cannot be read"),
    ("heute", "cannot be read"),
    ("\ud800", "There is no day yet"),
    ("[/b]", "cannot be read"),
    ("a" * 61, "too long"),
    ("1" * 100_000, "too long"),
    ("\u0301" * 100_000, "too long"),
    ("tomorrow " * 20_000, "too long"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_day_is_refused_in_a_sentence(text, reason):
    begun = perf_counter()
    with pytest.raises(Refused) as refused:
        parse_day(text, MONDAY)
    assert perf_counter() - begun < 1
    assert reason in str(refused.value)
    check_sentence(str(refused.value))


def check_sentence(sentence: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in sentence)
    assert sentence.endswith(".")
    assert len(sentence) < 220


def test_the_kelvin_sign_is_the_letter_k():
    assert parse_day("2 wee\u212as", MONDAY) == date(2026, 12, 7)


def test_many_business_days_take_no_time():
    assert parse_day("9999bd", MONDAY) == date(2065, 3, 20)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("tomorrow", date.max),
        ("yesterday", date.min),
        ("9999w", date(9990, 1, 1)),
        ("9999y", MONDAY),
        ("-9999m", MONDAY),
        ("3bd", date.max),
        ("next month", date.max),
        ("last fri", date.min),
        ("3 dec", date.max),
        ("1 jan", date(2100, 6, 1)),
    ],
)
def test_days_beyond_the_calendar_are_too_far_away(text, today):
    with pytest.raises(Refused, match=r"too far away\. Give one in the years 1990 to 2100\."):
        parse_day(text, today)


@pytest.mark.parametrize("error", [OverflowError, RecursionError, TypeError, UnicodeError])
def test_no_error_of_the_library_comes_through(monkeypatch, error):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("dateutil.parser.parse", fail)
    with pytest.raises(Refused, match="cannot be read"):
        parse_day("2026 dec 3", MONDAY)


@pytest.mark.parametrize("text", ["tomorrow", "3d", "2027-01-01", "next fri", "end of month"])
def test_a_day_to_come_is_no_day_that_has_been(text):
    with pytest.raises(Refused, match=r"has not come yet\. Give today or an earlier day\."):
        parse_day(text, MONDAY, past=True)


@pytest.mark.parametrize("text", ["yesterday", "-3d", "2026-11-22", "last fri", "3 nov 2026"])
def test_a_day_that_has_been_is_no_day_to_come(text):
    with pytest.raises(Refused, match=r"is over\. Give today or a later day\."):
        parse_day(text, MONDAY, future=True)


@pytest.mark.parametrize("text", ["this week", "end of week", "mid week"])
def test_a_week_that_is_over_is_not_guessed_on(text):
    with pytest.raises(Refused, match=r"ended on (Fri 27|Wed 25) Nov\. Type today"):
        parse_day(text, date(2026, 11, 28))


def test_a_month_that_has_only_a_weekend_left_is_not_guessed_on():
    with pytest.raises(Refused, match="ended on Fri 30 Oct"):
        parse_day("end of month", date(2026, 10, 31))


@given(day=days, today=todays)
def test_a_day_is_read_back_from_every_way_to_write_it(day, today):
    month = MONTHS[day.month - 1]
    for text in (
        day.isoformat(),
        short_day(day),
        f"{day.day} {month} {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%Y}",
        f"{WEEKDAYS[day.weekday()]} {day.isoformat()}",
        f"{day.isoformat()}T12:30:00",
        f"{day.year} {month} {day.day}",
    ):
        assert parse_day(text, today) == day, text


@given(day=days, today=todays)
def test_a_date_without_a_year_is_the_nearest_such_day(day, today):
    for text in (f"{day.day} {MONTHS[day.month - 1]}", f"{day.day}.{day.month}."):
        for past in (False, True):
            try:
                read = parse_day(text, today, past=past)
            except Refused:
                assert (day.month, day.day) == (2, 29)
                continue
            assert (read.month, read.day) == (day.month, day.day)
            assert 0 <= (today - read if past else read - today).days <= 365


@given(weekday=weekdays, today=todays)
def test_a_weekday_is_the_nearest_such_day(weekday, today):
    name = WEEKDAYS[weekday]
    ranges = {
        (name, False): range(1, 8),
        (f"this {name}", False): range(7),
        (f"last {name}", False): range(-7, 0),
        (name, True): range(-6, 1),
    }
    for (text, past), distances in ranges.items():
        read = parse_day(text, today, past=past)
        assert read.weekday() == weekday
        assert (read - today).days in distances
    following = parse_day(f"next {name[:3]}", today)
    assert following.weekday() == weekday
    assert following.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@given(count=st.integers(0, 100), today=st.dates(date(2005, 1, 1), date(2080, 1, 1)))
def test_counts_agree_with_the_calendar(count, today):
    for unit, span in (("d", "days"), ("w", "weeks"), ("m", "months")):
        ahead = today + relativedelta(**{span: count})
        assert parse_day(f"+{count}{unit}", today) == ahead
        assert parse_day(f"in {count} {span}", today, future=True) == ahead
        back = today - relativedelta(**{span: count})
        assert parse_day(f"{count} {span} ago", today, past=True) == back


WINDOWS = [
    ("by fri", "2026-11-27"),
    ("until 3 dec", "2026-12-03"),
    ("today", "2026-11-23"),
    ("sat", "2026-11-28"),
    ("this week", "2026-11-27"),
    ("by the end of next week", "2026-12-04"),
    ("end of next month", "2026-12-31"),
    ("mid december", "2026-12-15"),
    ("in two weeks", "2026-12-07"),
    ("in 2-3 weeks", "2026-12-14"),
    ("2 – 3 weeks", "2026-12-14"),
    ("two to three weeks", "2026-12-14"),
    ("within one or two months", "2027-01-22"),
    ("1m", "2026-12-23"),
    ("5 days", "2026-11-28"),
    ("within 5 business days", "2026-11-30"),
    ("3-apr-2027", "2027-04-03"),
    ("20 nov 2027", "2027-11-20"),
    ("1y", "2027-11-23"),
]


@pytest.mark.parametrize(("text", "day"), WINDOWS)
def test_an_employers_window_ends_on_its_last_day(text, day):
    assert parse_window(text, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("in a week", date(2026, 11, 28), date(2026, 12, 4)),
        ("in two weeks", date(2026, 11, 29), date(2026, 12, 11)),
        ("in a month", date(2026, 11, 12), date(2026, 12, 11)),
        ("in 7 days", date(2026, 11, 28), date(2026, 12, 5)),
    ],
)
def test_weeks_and_months_of_an_employer_end_on_a_business_day(text, today, day):
    assert parse_window(text, today) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yesterday", "Sun 22 Nov is over"),
        ("2026-11-20", "Fri 20 Nov is over"),
        ("20 nov", "would be Sat 20 Nov 2027, which is far ahead.*as in 2026-11-20"),
        ("end of october", "far ahead"),
        ("soon", "cannot be read"),
    ],
)
def test_an_employers_date_that_has_gone_by_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        parse_window(text, MONDAY)


@pytest.mark.parametrize(
    "text", ["this week", "next week", "end of month", "in 3 weeks", "early next month"]
)
@given(today=todays)
@settings(max_examples=40)
def test_a_window_ends_on_a_business_day(text, today):
    try:
        end = parse_window(text, today)
    except Refused:
        assert text in ("this week", "end of month")
        assert not is_business_day(today)
        return
    assert is_business_day(end)
    assert end >= today


TUESDAY = date(2026, 11, 24)
THURSDAY = date(2026, 12, 3)
FRIDAY = date(2026, 11, 27)
SLOTS = [
    ("tue 10:00 45m", TUESDAY, "10:00", 45),
    ("tue 10:00", TUESDAY, "10:00", None),
    ("tue, 10:00, 45m", TUESDAY, "10:00", 45),
    ("tue at 10:00", TUESDAY, "10:00", None),
    ("tue at 10", TUESDAY, "10:00", None),
    ("at 10 tomorrow", TUESDAY, "10:00", None),
    ("10:00 tomorrow 45m", TUESDAY, "10:00", 45),
    ("tue 10", TUESDAY, "10:00", None),
    ("tue 0", TUESDAY, "00:00", None),
    ("tomorrow 9", TUESDAY, "09:00", None),
    ("tomorrow 9 45m", TUESDAY, "09:00", 45),
    ("tue 9:05", TUESDAY, "09:05", None),
    ("tue 10.30", TUESDAY, "10:30", None),
    ("tomorrow 16.00", TUESDAY, "16:00", None),
    ("tue 10h30", TUESDAY, "10:30", None),
    ("tue 10h", TUESDAY, "10:00", None),
    ("fri 9am", FRIDAY, "09:00", None),
    ("fri 9 a.m.", FRIDAY, "09:00", None),
    ("fri 9:30 pm", FRIDAY, "21:30", None),
    ("fri 9.30pm", FRIDAY, "21:30", None),
    ("fri 12am", FRIDAY, "00:00", None),
    ("fri 12:30am", FRIDAY, "00:30", None),
    ("fri 12pm", FRIDAY, "12:00", None),
    ("fri noon 1h", FRIDAY, "12:00", 60),
    ("fri at noon", FRIDAY, "12:00", None),
    ("fri 23:59", FRIDAY, "23:59", None),
    ("3 dec 14:30 1h30", THURSDAY, "14:30", 90),
    ("3 dec 10", THURSDAY, "10:00", None),
    ("dec 3 10", THURSDAY, "10:00", None),
    ("dec 3", THURSDAY, None, None),
    ("3 dec 2026 10", THURSDAY, "10:00", None),
    ("dec 3 2026", THURSDAY, None, None),
    ("2026-12-03 10", THURSDAY, "10:00", None),
    ("2026-12-03 10:00:00", THURSDAY, "10:00", None),
    ("2026-12-03T10:00", THURSDAY, "10:00", None),
    ("3.12. 10", THURSDAY, "10:00", None),
    ("3.12 16.00", THURSDAY, "16:00", None),
    ("3.12.2026 10:00", THURSDAY, "10:00", None),
    ("thu 3 dec 10:00", THURSDAY, "10:00", None),
    ("thu 3.12", THURSDAY, None, None),
    ("in 3 days 10", date(2026, 11, 26), "10:00", None),
    ("1m 10:00", date(2026, 12, 23), "10:00", None),
    ("in 1m 10:00", date(2026, 12, 23), "10:00", None),
    ("tue next week 10", date(2026, 12, 1), "10:00", None),
    ("tue", TUESDAY, None, None),
    ("tue at", TUESDAY, None, None),
    ("tue 45m", TUESDAY, None, 45),
    ("tue 1h30", TUESDAY, None, 90),
    ("tue 45m 10:00", TUESDAY, "10:00", 45),
    ("tue 10:00 for 45 minutes", TUESDAY, "10:00", 45),
    ("tue 10:00 1 hour", TUESDAY, "10:00", 60),
    ("tue 10:00 1 h 15 min", TUESDAY, "10:00", 75),
    ("tue 10:00 1.5h", TUESDAY, "10:00", 90),
    ("tue 10:00 1,5 hours", TUESDAY, "10:00", 90),
    ("tue 10:00 half an hour", TUESDAY, "10:00", 30),
    ("tue 10:00 an hour", TUESDAY, "10:00", 60),
    ("tue 10:00 8h", TUESDAY, "10:00", 480),
    ("tue 10:00 1440m", TUESDAY, "10:00", 1_440),
    ("tue 10:00-10:45", TUESDAY, "10:00", 45),
    ("tue 10:00 – 11", TUESDAY, "10:00", 60),
    ("tue from 10:00 to 11:30", TUESDAY, "10:00", 90),
    ("tue 2-3pm", TUESDAY, "14:00", 60),
    ("tue 11:30-1pm", TUESDAY, "11:30", 90),
    ("tue 1-2pm", TUESDAY, "13:00", 60),
    ("tue 12-1pm", TUESDAY, "12:00", 60),
    ("tue 11-12pm", TUESDAY, "11:00", 60),
    ("tue 0:30-1pm", TUESDAY, "00:30", 750),
    ("tue 9-11am", TUESDAY, "09:00", 120),
    ("tue 10-10pm", TUESDAY, "10:00", 720),
    ("tue 10am-1", TUESDAY, "10:00", 180),
    ("tue 10am-12", TUESDAY, "10:00", 120),
    ("tue 9am-9", TUESDAY, "09:00", 720),
    ("tue 9am-9:01am", TUESDAY, "09:00", 1),
    ("tue 11am-1", TUESDAY, "11:00", 120),
    ("tue 9am-5pm", TUESDAY, "09:00", 480),
    ("yesterday 10:00", date(2026, 11, 22), "10:00", None),
    ("last fri 10:00", date(2026, 11, 20), "10:00", None),
    ("2026-11-20 10:00", date(2026, 11, 20), "10:00", None),
    ("3 days ago 10", date(2026, 11, 20), "10:00", None),
]


@pytest.mark.parametrize(("text", "day", "at", "minutes"), SLOTS)
def test_an_appointment_is_read(text, day, at, minutes):
    slot = Slot(day, time.fromisoformat(at) if at else None, minutes, "", "")
    assert parse_slot(text, MONDAY) == slot
    assert parse_slot(f" {text.upper()}\n", MONDAY) == slot


@pytest.mark.parametrize(
    ("rest", "people", "place"),
    [
        ("with Ana and Bo at Room 4", "Ana and Bo", "Room 4"),
        ("at Room 4 with Ana and Bo", "Ana and Bo", "Room 4"),
        ("WITH Ana AT HQ", "Ana", "HQ"),
        ("with Ana, Bo", "Ana, Bo", ""),
        ("on https://meet.example/x", "", "https://meet.example/x"),
        ("https://meet.example/x", "", "https://meet.example/x"),
        ("https://meet.example/x with Ana", "Ana", "https://meet.example/x"),
        ("with Ana https://meet.example/x", "Ana", "https://meet.example/x"),
        ("with Ana on https://meet.example/x", "Ana", "https://meet.example/x"),
        ("at Room 4 with Ana on www.example.org", "Ana", "Room 4 www.example.org"),
        ("zoom.example/j/1", "", "zoom.example/j/1"),
        ("with Ana on Zoom", "Ana", "Zoom"),
        ("via Teams", "", "Teams"),
        ("in Room 4", "", "Room 4"),
        ("with Ana in accounting", "Ana in accounting", ""),
        ("at 4 Main Street", "", "4 Main Street"),
        ("at Café on Main Street", "", "Café on Main Street"),
        ("at HQ at the front desk", "", "HQ at the front desk"),
        ("at HQ with Ana at reception", "Ana at reception", "HQ"),
        ("with Ana at HQ with parking", "Ana", "HQ with parking"),
        ("with", "", ""),
        ("at", "", ""),
        ("with \x1b]52;c;eA==\x07Ana\u202e at [/b]", "]52;c;eA==Ana", "[/b]"),
        ("with 👩\u200d👧 at 東京", "👩\u200d👧", "東京"),
    ],
)
@pytest.mark.parametrize("when", ["tue 10:00", "tue 10", "tue at 10:00", "tue 10:00 45m"])
def test_people_and_place_are_read(when, rest, people, place):
    slot = parse_slot(f"{when} {rest}", MONDAY)
    assert (slot.day, slot.at) == (TUESDAY, time(10))
    assert slot.people == people
    assert slot.place == place


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Begin with the day"),
        ("with Ana tue 10:00", "Begin with the day"),
        ("at Room 4 tue 10:00", "cannot be read"),
        ("https://x.example tue 10:00", "Begin with the day"),
        ("10:00", "There is no day yet"),
        ("10", "There is no day yet"),
        ("at 10:00 45m", "There is no day yet"),
        ("10:00 on tue", "There is no day yet"),
        ("tue 25:00", "There is no time “25:00”"),
        ("tue 24:00", "There is no time “24:00”"),
        ("tue 10:60", "There is no time “10:60”"),
        ("tue 13pm", "There is no time “13pm”"),
        ("tue 11pm-12", "“11pm-12” ends before it begins"),
        ("tue 9am-9am", "“9am-9am” ends before it begins"),
        ("tue 0am", "There is no time “0am”"),
        ("tue midnight", "Midnight belongs to two days"),
        ("tue 11:00-10:00", "ends before it begins"),
        ("tue 10:00-10:00", "ends before it begins"),
        ("tue 10:00 0m", "no length"),
        ("tue 10:00 1441m", "no length"),
        ("tue 10:00 25h", "no length"),
        ("tue 10 45", "cannot be read"),
        ("tue 24", "cannot be read"),
        ("tue 10:00 11:00", "cannot be read"),
        ("tue 10:00 45m 30m", "cannot be read"),
        ("tue 10:00+01:00", "cannot be read"),
        ("tue 10:00 CET", "cannot be read"),
        ("tue 10:5", "cannot be read"),
        ("tue ١٠:٠٠", "cannot be read"),
        ("31 feb 10", "There is no 31 February"),
        ("wed 3 dec 10:00", "is a Thursday"),
        ("1/2/26 10:00", "ISO"),
        ("may 10:00", "whole month"),
        ("20 nov 10:00", "far ahead.*2026-11-20"),
        ("next week 10:00", "cannot be read"),
        ("tue 10:00 " + "x " * 40, "too long"),
        ("tue 10:00 with " + "x" * 501, "With has 501 characters"),
        ("tue 10:00 at " + "x" * 2_001, "Place or link has 2,001 characters"),
        ("x" * 100_000, "100,000 characters"),
        ("tue at 1 " * 300, "too long"),
    ],
)
def test_what_is_no_appointment_is_refused_in_a_sentence(text, reason):
    begun = perf_counter()
    with pytest.raises(Refused, match=reason) as refused:
        parse_slot(text, MONDAY)
    assert perf_counter() - begun < 1
    check_sentence(str(refused.value))


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("tue 10:00 45m with Ana", "Tue 24 Nov 10:00–10:45, tomorrow, with Ana"),
        ("3 dec 14:30 1h30", "Thu 3 Dec 14:30–16:00, in 10 days"),
        ("tue 23:30 1h at HQ", "Tue 24 Nov 23:30–00:30, tomorrow, at HQ"),
        ("today 9", "Mon 23 Nov 09:00, today"),
        ("last fri", "Fri 20 Nov, 3 days ago, no time yet"),
        ("1 feb 45m", "Mon 1 Feb 2027, in 70 days, no time yet, 45 min"),
        ("tue 9 https://x.example/y", "Tue 24 Nov 09:00, tomorrow, on https://x.example/y"),
    ],
)
def test_an_appointment_is_said_back(text, echo):
    assert echo_slot(parse_slot(text, MONDAY), MONDAY) == echo


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.none() | st.integers(1, 1_440),
)
def test_an_appointment_is_read_back_from_its_plain_form(day, at, minutes):
    line = f"{day.isoformat()} {at:%H:%M}" + (f" {minutes}m" if minutes else "")
    slot = Slot(day, at, minutes, "Ana and Bo", "Room 4")
    assert parse_slot(f"{line} with Ana and Bo at Room 4", MONDAY) == slot


PIECES = """
    today tomorrow fri next last this mon mid early end of the week month december dec 3rd 29 feb
    31 12 0 10 2026 1/2/26 3.12. 3.12 2026-12-03 +3d -3d 2w 1m 9999y in ago a two days weeks bd
    10:00 25:00 10.30 10h30 9am noon midnight 45m 1h30 half an hour - – to at on with by , . / :
    https://x.y/z www.x Ana é ١٢ 🎉 99999999999999999999 nan inf 1e9 t z utc
"""
pieces = st.sampled_from([*PIECES.split(), "\x1b", "\ud800"])
lines = (
    st.text(max_size=80)
    | st.text("0123456789 .:-/+,apmdwhtz", max_size=30)
    | st.lists(pieces, max_size=9).map(" ".join)
    | st.lists(pieces, max_size=6).map("".join)
)


@settings(max_examples=400)
@given(text=lines, today=todays)
@example(text="9999999999999", today=MONDAY)
@example(text="10e9 dec 2026", today=MONDAY)
@example(text="2026-12-03t", today=MONDAY)
@example(text="3 dec 2026 1.7976931348623157e308", today=MONDAY)
def test_whatever_is_typed_is_read_or_refused(text, today):
    for read in (
        parse_day,
        lambda text, today: parse_day(text, today, past=True),
        lambda text, today: parse_day(text, today, future=True),
        parse_window,
        parse_slot,
    ):
        try:
            result = read(text, today)
        except Refused as refused:
            check_sentence(str(refused))
            continue
        day = result.day if isinstance(result, Slot) else result
        assert 1990 <= day.year <= 2100
        echo = echo_slot(result, today) if isinstance(result, Slot) else echo_day(day, today)
        assert echo.startswith(short_day(day, today))


@given(text=lines, today=st.dates())
def test_days_at_the_ends_of_time_break_nothing(text, today):
    for read in (parse_day, parse_window, parse_slot):
        try:
            read(text, today)
        except Refused as refused:
            check_sentence(str(refused))


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        ("fri", False),
        ("3 dec", False),
        ("2026-12-03", False),
        ("", False),
        ("next week", True),
        ("end of month", True),
        ("in two weeks", True),
        ("soon, we hope", True),
    ],
)
def test_which_words_for_a_day_say_more_than_the_day(words: str, worth: bool) -> None:
    assert worth_quoting(words, date(2026, 11, 23)) is worth
