"""What counts as an answer, and when an application is silent."""

from datetime import date, timedelta

from store.rules.weekly.review import ANSWERS, NONE, Part, fell_silent_in, main_answer, silent_since
from store.rules.weekly.weeks import Week
from tests.tables import each_row

DAY = timedelta(days=1)
UNTIL = date(2026, 11, 29)


@each_row(
    ("kinds", "says"),
    [
        (("reply",), "reply"),
        (("reply", "moved", "invitation"), "invitation"),
        (("reply", "offer"), "offer"),
        (("moved", "rejection"), "rejection"),
    ],
)
def test_of_several_answers_the_one_that_says_most(kinds: tuple[str, ...], says: str) -> None:
    assert main_answer(kinds) == says
    assert says in ANSWERS


@each_row(
    ("heard", "sent_on", "since"),
    [
        ((), UNTIL - 13 * DAY, None),
        ((), UNTIL - 14 * DAY, UNTIL - 14 * DAY),
        ((UNTIL - 20 * DAY,), UNTIL - 60 * DAY, UNTIL - 20 * DAY),
        ((UNTIL - 20 * DAY, UNTIL - 2 * DAY), UNTIL - 60 * DAY, None),
        ((UNTIL + DAY,), UNTIL - 60 * DAY, UNTIL - 60 * DAY),
        ((), None, None),
        ((UNTIL - 15 * DAY,), None, UNTIL - 15 * DAY),
    ],
)
def test_a_silence_takes_two_weeks(
    heard: tuple[date, ...], sent_on: date | None, since: date | None
) -> None:
    assert silent_since(heard, sent_on, UNTIL) == since


def test_in_which_week_it_became_one() -> None:
    week = Week(date(2026, 11, 23))
    assert fell_silent_in(week, date(2026, 11, 9))
    assert fell_silent_in(week, date(2026, 11, 15))
    assert not fell_silent_in(week, date(2026, 11, 8))
    assert not fell_silent_in(week, date(2026, 11, 16))


def test_every_part_says_what_stands_there_without_lines() -> None:
    assert set(NONE) == set(Part)
