"""Days and windows as people type them, and whatever else they type."""

import re
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.rules.dates import MONTHS, WEEKDAYS, echo_day, is_business_day, short_day
from store.rules.text import Refused
from store.rules.typed.day_grammar import JUST_DAYS
from store.rules.typed.days import parse_day, parse_window, worth_quoting
from store.rules.typed.interview_line import Slot, echo_slot, parse_slot
from tests.conftest import examples
from tests.store.rules.typed.sentences import check_sentence
from tests.tables import each_row

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
    ("22 nov", "2026-11-22"),
    ("18 sept", "2027-09-18"),
    ("19 sept", "2026-09-19"),
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
    ("22.11.", "2026-11-22"),
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


@each_row(("text", "day"), DAYS)
def test_a_day_is_read(text, day):
    expected = date.fromisoformat(day) if day else date(2027, 11, 23)
    assert parse_day(text, MONDAY) == expected
    assert parse_day(f"  {text.upper()}\t", MONDAY) == expected
    assert parse_day(text.replace(" ", " \u00a0 "), MONDAY) == expected


@each_row(
    ("text", "day"),
    [
        ("mon", "2026-11-23"),
        ("tue", "2026-11-17"),
        ("sun", "2026-11-22"),
        ("last mon", "2026-11-16"),
        ("23 nov", "2026-11-23"),
        ("22.11.", "2026-11-22"),
        ("dec 31 2025", "2025-12-31"),
        ("feb 1", "2026-02-01"),
        ("last week", "2026-11-20"),
        ("last month", "2026-10-30"),
        ("mid november", "2026-11-13"),
        ("mon 16 nov", "2026-11-16"),
        ("today", "2026-11-23"),
        ("-2w", "2026-11-09"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_day_that_has_been_is_read_backwards(text, day):
    assert parse_day(text, MONDAY, past=True) == date.fromisoformat(day)


@each_row(
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


@each_row(
    ("today", "past"),
    [
        (date(2026, 11, 23), False),
        (date(2027, 1, 15), False),
        (date(2027, 2, 28), False),
        (date(2026, 11, 23), True),
    ],
)
def test_a_leap_day_that_the_coming_year_has_not_is_refused(today, past):
    with pytest.raises(Refused, match=r"There is no 29 February \d{4}\. Write the year too"):
        parse_day("29 feb", today, past=past)


REFUSED = [
    ("", "Start with a date"),
    (" \t ", "Start with a date"),
    ("\x1b", "Start with a date"),
    ("0", "alone is not a date"),
    ("10", "alone is not a date"),
    ("the 3rd", "alone is not a date"),
    ("9999999999999", "alone is not a date"),
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
    ("dec 2026", "could not be read"),
    ("dec 2026 10h", "time of day"),
    ("dec 2026 5 h", "could not be read"),
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
    ("99999d", "could not be read"),
    ("9999999999999d", "could not be read"),
    ("wed 3 dec", "is a Thursday, not a Wednesday"),
    ("Wed, 03 Dec 2026 10:00:00 +0100", "is a Thursday, not a Wednesday"),
    ("mid november", "ended on Fri 13 Nov"),
    ("thanksgiving", "could not be read"),
    ("next", "could not be read"),
    ("next last fri", "could not be read"),
    ("last fri next week", "could not be read"),
    ("in -3 days", "could not be read"),
    ("+3d ago", "could not be read"),
    ("in 3 days ago", "could not be read"),
    ("-3bd", "could not be read"),
    ("0bd", "could not be read"),
    ("a d", "could not be read"),
    ("+3", "could not be read"),
    ("early this year", "could not be read"),
    ("week of fri", "could not be read"),
    ("next december", "could not be read"),
    ("fri 3d", "could not be read"),
    ("3 dec 2026 4", "could not be read"),
    ("3 dec dec 2026", "could not be read"),
    ("3 dec 2026 nope", "could not be read"),
    ("3 dec 2026 27:99", "time of day"),
    ("2026-12-03T25:00", "could not be read"),
    ("2026-02-30T10:00", "could not be read"),
    ("١٢/٣", "could not be read"),
    ("٣ dec", "could not be read"),
    ("３ dec", "could not be read"),
    ("3 dez", "could not be read"),
    ("🎉", "could not be read"),
    ("heute", "could not be read"),
    ("\ud800", "Start with a date"),
    ("[/b]", "could not be read"),
    ("a" * 61, "too long"),
    ("1" * 100_000, "too long"),
    ("\u0301" * 100_000, "too long"),
    ("tomorrow " * 20_000, "too long"),
]


@each_row(("text", "reason"), REFUSED)
def test_what_is_no_day_is_refused_in_a_sentence(text, reason):
    with pytest.raises(Refused) as refused:
        parse_day(text, MONDAY)
    assert reason in str(refused.value)
    check_sentence(str(refused.value))


def test_the_kelvin_sign_is_the_letter_k():
    assert parse_day("2 wee\u212as", MONDAY) == date(2026, 12, 7)


def test_many_business_days_take_no_time():
    assert parse_day("9999bd", MONDAY) == date(2065, 3, 20)


@each_row(
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
    with pytest.raises(Refused, match="could not be read"):
        parse_day("2026 dec 3", MONDAY)


@each_row("text", ["tomorrow", "3d", "2027-01-01", "next fri", "end of month"])
def test_a_day_to_come_is_no_day_that_has_been(text):
    with pytest.raises(Refused, match=r"is in the future\. Enter today or earlier\."):
        parse_day(text, MONDAY, past=True)


@each_row("text", ["yesterday", "-3d", "2026-11-22", "last fri", "3 nov 2026"])
def test_a_day_that_has_been_is_no_day_to_come(text):
    with pytest.raises(Refused, match=r"is in the past\. Enter today or later\."):
        parse_day(text, MONDAY, future=True)


@each_row("text", ["this week", "end of week", "mid week"])
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
        for way in ("any", "past", "future"):
            try:
                read = parse_day(text, today, **({way: True} if way != "any" else {}))
            except Refused as refused:
                if (day.month, day.day) != (2, 29):
                    found = re.search(r"write the year: ([0-9-]+)\.", str(refused))
                    proposed = date.fromisoformat(found[1])
                    assert 300 <= abs((proposed - today).days) <= 366
                    assert (proposed < today) is (way == "past")
                continue
            assert (read.month, read.day) == (day.month, day.day)
            ahead = (read - today).days
            if way == "past":
                assert -365 <= ahead <= 0
            else:
                assert (-JUST_DAYS if way == "any" else 0) <= ahead <= 365
            assert ahead == 0 or abs(ahead) < 366 - JUST_DAYS


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


@each_row(("text", "day"), WINDOWS)
def test_an_employers_window_ends_on_its_last_day(text, day):
    assert parse_window(text, MONDAY) == date.fromisoformat(day)


@each_row(
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


@each_row(
    ("text", "reason"),
    [
        ("yesterday", "Sun 22 Nov is in the past"),
        ("2026-11-20", "Fri 20 Nov is in the past"),
        ("20 nov", "Fri 20 Nov is in the past.*write the year: 2027-11-20"),
        ("end of october", "far ahead"),
        ("soon", "could not be read"),
    ],
)
def test_an_employers_date_that_has_gone_by_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        parse_window(text, MONDAY)


@pytest.mark.parametrize(
    "text", ["this week", "next week", "end of month", "in 3 weeks", "early next month"]
)
@given(today=todays)
@settings(max_examples=examples(40))
def test_a_window_ends_on_a_business_day(text, today):
    try:
        end = parse_window(text, today)
    except Refused:
        assert text in ("this week", "end of month")
        assert not is_business_day(today)
        return
    assert is_business_day(end)
    assert end >= today


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


@settings(max_examples=examples(150))
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


@each_row(
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
