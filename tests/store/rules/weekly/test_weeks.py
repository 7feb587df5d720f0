"""On which day weeks begin, which days they have, what they are called."""

from datetime import date

import pytest

from store.rules.text import Refused
from store.rules.weekly.weeks import Week, begins_in, read_weekday, week_days, week_name, week_of
from tests.tables import each_row

MONDAY, SUNDAY, SATURDAY = 0, 6, 5
TODAY = date(2026, 11, 25)
"""A Wednesday."""


@each_row(
    ("day", "begins", "first", "last"),
    [
        (date(2026, 11, 23), MONDAY, date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 29), MONDAY, date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 29), SUNDAY, date(2026, 11, 29), date(2026, 12, 5)),
        (date(2026, 11, 28), SUNDAY, date(2026, 11, 22), date(2026, 11, 28)),
        (date(2026, 11, 28), SATURDAY, date(2026, 11, 28), date(2026, 12, 4)),
        (date(2027, 1, 1), MONDAY, date(2026, 12, 28), date(2027, 1, 3)),
        (date.min, SUNDAY, date.min, date(1, 1, 7)),
        (date.max, MONDAY, date(9999, 12, 27), date.max),
    ],
)
def test_the_week_of_a_day(day: date, begins: int, first: date, last: date) -> None:
    week = week_of(day, begins)
    assert (week.first, week.last) == (first, last)
    assert day in week
    assert "day" not in week


def test_weeks_before_and_after_stop_at_the_ends_of_time() -> None:
    week = week_of(TODAY)
    assert week.shift(1).first == date(2026, 11, 30)
    assert week.shift(-2).first == date(2026, 11, 9)
    assert week.shift(10**7).last == date.max
    assert week.shift(-(10**7)).first == date.min


@each_row(
    ("by", "name"),
    [(0, "This week"), (-1, "Last week"), (1, "Next week"), (-3, "3 weeks ago"), (2, "In 2 weeks")],
)
@each_row("begins", [MONDAY, SUNDAY])
def test_what_a_week_is_called(by: int, name: str, begins: int) -> None:
    assert week_name(week_of(TODAY, begins).shift(by), TODAY) == name


def test_the_days_of_a_week() -> None:
    assert week_days(Week(date(2026, 11, 23)), TODAY) == "Mon 23 Nov – Sun 29 Nov"
    assert week_days(Week(date(2026, 12, 28)), TODAY) == "Mon 28 Dec – Sun 3 Jan 2027"


@each_row(
    ("country", "begins"),
    [
        *((country, MONDAY) for country in ("", "DE", "GB-SCT", "FR", "XX")),
        *((country, SUNDAY) for country in ("US", "us-ca", "BR", "JP")),
        *((country, SATURDAY) for country in ("EG", "DZ")),
        ("MV", 4),
    ],
)
def test_where_weeks_begin(country: str, begins: int) -> None:
    assert begins_in(country) == begins


@each_row(("text", "day"), [("sunday", 6), (" Sun ", 6), ("MONDAY", 0), ("sat", 5)])
def test_a_weekday_is_read(text: str, day: int) -> None:
    assert read_weekday(text) == day


def test_no_weekday() -> None:
    with pytest.raises(Refused, match=r"“sonday” is no day of the week. Did you mean “sunday”\?"):
        read_weekday("sonday")
