"""The shelf: numbers, order, and closing days in words."""

from datetime import date, timedelta

from store.rules.shelf import (
    SOON,
    closing_level,
    closing_words,
    is_closed,
    list_until,
    posting_number,
    read_posting_number,
    shelf_key,
)
from store.rules.urgency import Level
from tests.tables import each_row

TODAY = date(2026, 11, 23)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


@each_row(
    ("days", "words", "level", "closed"),
    [
        (0, "closes today", Level.TODAY, False),
        (1, "closes tomorrow", Level.TODAY, False),
        (2, "closes in 2 d", Level.TODAY, False),
        (3, "closes in 3 d", Level.TODAY, False),
        (4, "closes in 4 d", Level.COMING, False),
        (40, "closes in 40 d", Level.COMING, False),
        (1_200, "closes in 1,200 d", Level.COMING, False),
        (-1, "closed yesterday", None, True),
        (-2, "closed 2 d ago", None, True),
        (-400, "closed 400 d ago", None, True),
    ],
)
def test_the_closing_day(days: int, words: str, level: Level | None, closed: bool) -> None:
    assert closing_words(on(days), TODAY) == words
    assert is_closed(on(days), TODAY) is closed
    if level is not None:
        assert closing_level(on(days), TODAY) is level


def test_without_a_day_nothing_closes() -> None:
    assert closing_words(None, TODAY) == ""
    assert not is_closed(None, TODAY)


@each_row(("days", "last"), [(0, SOON), (2, SOON), (3, 3), (4, 4), (30, 30)])
def test_how_far_a_list_reaches(days: int, last: int) -> None:
    assert list_until(TODAY, days) == on(last)


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    assert list_until(date.max, 30) == date.max


def test_the_next_to_close_first_and_what_has_closed_last() -> None:
    days = {1: on(-3), 2: on(5), 3: None, 4: on(0), 5: None, 6: on(-1), 7: on(5)}
    order = sorted(days, key=lambda number: shelf_key(days[number], number, TODAY))
    assert order == [4, 2, 7, 5, 3, 6, 1]


@each_row(
    ("text", "number"),
    [
        ("p3", 3),
        ("P12", 12),
        ("#p3", 3),
        (" p3 ", 3),
        ("3", None),
        ("f3", None),
        ("p", None),
        ("p3x", None),
        ("p" + "9" * 30, None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert read_posting_number(text) == number
    if number is not None:
        assert posting_number(number) == f"p{number}"
