"""The days in files, and the order of day and month that a whole column tells."""

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.exchange.days import Order, is_no_day, local_day, order_of, read_day, unclear
from tests.tables import each_row

TODAY = date(2026, 11, 28)


@each_row(
    ("text", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("2026-11-03T23:10:00Z", date(2026, 11, 3)),
        ("2026-11-03 10:00:00", date(2026, 11, 3)),
        ("2026/11/3", date(2026, 11, 3)),
        ("20261103", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("3. 11. 2026", date(2026, 11, 3)),
        ("11/11/2026", date(2026, 11, 11)),
        ("3 Nov 2026", date(2026, 11, 3)),
        ("3rd November 2026", date(2026, 11, 3)),
        ("Tue, 3 Nov 2026 10:00", date(2026, 11, 3)),
        ("Tuesday, November 3, 2026", date(2026, 11, 3)),
        ("Nov 3, 2026", date(2026, 11, 3)),
        ("03-Nov-26", date(2026, 11, 3)),
        ("3. November 2026", date(2026, 11, 3)),
        ("3. März 2026", date(2026, 3, 3)),
        ("Dienstag, 3. März 2026", date(2026, 3, 3)),
        ("3 août 2026", date(2026, 8, 3)),
        ("1er février 2026", date(2026, 2, 1)),
        ("3 de noviembre de 2026", date(2026, 11, 3)),
        ("3 déc. 2026", date(2026, 12, 3)),
        ("3/11/2026", None),
        ("31/11/2026", None),
        ("46329", None),
        ("November 2026", None),
        ("3 Nov", None),
        ("soon", None),
        ("32.1.2026", None),
        ("2026-13-01", None),
        ("1" * 500, None),
    ],
)
def test_days_that_say_themselves_how_they_are_read(text: str, day: date | None) -> None:
    assert read_day(text) == day


@each_row(
    ("text", "order", "day"),
    [
        ("3/11/2026", "dmy", date(2026, 11, 3)),
        ("3/11/2026", "mdy", date(2026, 3, 11)),
        ("3-11-26", "dmy", date(2026, 11, 3)),
        ("13/2/2026", "mdy", None),
        ("3.11.2026", "mdy", date(2026, 11, 3)),
    ],
)
def test_the_order_says_it_where_slashes_stand(text: str, order: Order, day: date | None) -> None:
    assert read_day(text, order) == day


def test_the_number_of_a_day_counts_only_where_a_spreadsheet_wrote_it() -> None:
    assert read_day("46329", serial=True) == date(2026, 11, 3)
    assert read_day("46329.5", serial=True) == date(2026, 11, 3)
    assert read_day("99999", serial=True) is None


@each_row(
    ("column", "order"),
    [
        (["3/4/2026", "13/4/2026"], "dmy"),
        (["3/4/2026", "4/13/2026"], "mdy"),
        (["3/4/2026", "5/5/2026"], None),
        (["1/12/2026", "2/3/2026"], "mdy"),
        (["12/1/2026"], "dmy"),
        (["13/4/2026", "14/4/2026", "4/15/2026"], "dmy"),
        (["13/4/2026", "4/15/2026"], None),
        (["3.4.2026", "", "N/A"], None),
        ([], None),
    ],
)
def test_the_whole_column_tells_the_order(column: list[str], order: Order | None) -> None:
    """One day that fits only one way decides, and so does one that would lie in the future."""
    assert order_of(column, TODAY) == order


@each_row(
    ("text", "zone", "utc", "day"),
    [
        ("2026-11-01T02:00:00Z", "America/New_York", False, date(2026, 10, 31)),
        ("2026-11-01T23:30:00.000Z", "Europe/Berlin", False, date(2026, 11, 2)),
        ("2026-11-01T23:30:00+01:00", "Europe/Berlin", False, date(2026, 11, 1)),
        ("2026-11-01 23:30 UTC", "Europe/Berlin", False, date(2026, 11, 2)),
        ("2026-11-01 23:30:00", "Europe/Berlin", False, None),
        ("2026-11-01 23:30:00", "Europe/Berlin", True, date(2026, 11, 2)),
        ("2026-11-01", "Europe/Berlin", True, None),
        ("2026-11-31T00:00:00Z", "Europe/Berlin", False, None),
        ("0001-01-01T00:00:00+05:00", "America/New_York", False, None),
    ],
)
def test_the_day_of_an_instant_is_that_of_the_user(
    text: str, zone: str, utc: bool, day: date | None
) -> None:
    assert local_day(text, ZoneInfo(zone), utc=utc) == day


def test_only_a_day_that_can_be_two_days_is_unclear() -> None:
    assert unclear(["", "3.4.2026", "4/4/2026", "2026-03-04", "3/4/2026"]) == "3/4/2026"
    assert unclear(["3.4.2026", "4/4/2026", "13/4/2026 "]) == "13/4/2026"
    assert unclear(["3.4.2026", "4/4/2026", "n/a"]) is None


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)))
def test_each_day_is_read_in_each_way_in_which_it_is_written(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}.{day.month}.{day.year}") == day
    assert read_day(f"{day.day}/{day.month}/{day.year}", "dmy") == day
    assert read_day(f"{day.month}/{day.day}/{day.year}", "mdy") == day
    assert read_day(day.strftime("%d %B %Y")) == day
    assert read_day(day.strftime("%b %d, %Y")) == day


@given(st.text(max_size=120))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert read_day(text, serial=True) is None or isinstance(read_day(text, serial=True), date)


@each_row(("text", "none"), [("", True), ("N/A", True), ("-", True), ("3.4.26", False)])
def test_some_cells_say_that_there_is_no_day(text: str, none: bool) -> None:
    assert is_no_day(text) == none
