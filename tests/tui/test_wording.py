"""Words that depend on a number or on their neighbours: none, one and several."""

from datetime import UTC, date, datetime

from tests.tables import each_row
from tui.wording import count_of, made_words

TODAY = date(2026, 11, 23)


@each_row(("number", "words"), [(0, "0 applications"), (1, "1 application"), (2, "2 applications")])
def test_applications_are_counted(number: int, words: str) -> None:
    assert count_of(number) == words


def test_copies_of_one_minute_are_told_apart_by_the_second() -> None:
    moments = [
        datetime(2026, 11, 23, 9, minute, second, tzinfo=UTC)
        for minute, second in ((12, 5), (12, 40), (30, 0))
    ]
    assert made_words(moments, TODAY) == [
        "Mon 23 Nov, 09:12:05",
        "Mon 23 Nov, 09:12:40",
        "Mon 23 Nov, 09:30",
    ]
