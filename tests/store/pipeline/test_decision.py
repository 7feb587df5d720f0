"""The day by which they decide: named in messages and in interviews, told in any order."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Stage

Named = tuple[str, int, date]
"""How it was named, "wrote" or "said", on which day of November 2026, and the day itself."""


def nov(day: int) -> date:
    return date(2026, 11, day)


def dec(day: int) -> date:
    return date(2026, 12, day)


@pytest.fixture
def tell(db: Database, clock: FixedClock) -> Callable[..., tuple[str, ...]]:
    """Tells of a day that was named; the first telling of an interview makes it."""
    pipeline = Pipeline(db)
    pipeline.add("Globex", "Engineer", applied_on=nov(2), stage=Stage.FIRST)
    talks: dict[int, int] = {}

    def told(how: str, on: int, by: date | None) -> tuple[str, ...]:
        if how == "wrote":
            return pipeline.log_reply(1, on=nov(on), decides_by=by).warnings
        if on not in talks:
            starts = datetime(2026, 11, on, 23, 30, tzinfo=clock.zone)
            made = pipeline.interview(1, starts, minutes=15, stage=Stage.FIRST).made
            assert made is not None
            talks[on] = made
        return pipeline.debrief(talks[on], promised_by=by, promised_text="next week").warnings

    return told


def known(db: Database) -> tuple[date | None, date | None]:
    """The day, and the one on which it was named."""
    page = db.glance().dossier(1)
    return page.card.expected_by, page.expected_set_on


IN_ANY_ORDER: list[tuple[str, list[Named], Named]] = [
    (
        "a message after an interview",
        [("said", 10, dec(9)), ("wrote", 12, dec(1))],
        ("wrote", 12, dec(1)),
    ),
    (
        "an interview after a message",
        [("wrote", 10, dec(9)), ("said", 12, dec(1))],
        ("said", 12, dec(1)),
    ),
    (
        "two interviews",
        [("said", 10, dec(9)), ("said", 12, dec(1))],
        ("said", 12, dec(1)),
    ),
    (
        "on one day, the message names the later one",
        [("said", 10, dec(1)), ("wrote", 10, dec(9))],
        ("wrote", 10, dec(9)),
    ),
    (
        "on one day, the interview names the later one",
        [("wrote", 10, dec(1)), ("said", 10, dec(9))],
        ("said", 10, dec(9)),
    ),
    (
        "in between",
        [("said", 9, dec(3)), ("wrote", 11, dec(9)), ("said", 12, dec(1)), ("wrote", 10, dec(2))],
        ("said", 12, dec(1)),
    ),
]


@pytest.mark.parametrize(
    ("order", "last"),
    [
        pytest.param(order, last, id=f"{title}: {' '.join(f'{how}{on}' for how, on, _ in order)}")
        for title, named, last in IN_ANY_ORDER
        for order in list(permutations(named))[:6]
    ],
)
def test_what_they_named_last_counts_in_whatever_order_it_is_told(
    db: Database, tell: Callable[..., object], order: list[Named], last: Named
) -> None:
    for named in order:
        tell(*named)
    assert known(db) == (last[2], nov(last[1]))


def test_who_tells_of_an_older_day_hears_that_a_newer_one_stays(
    db: Database, tell: Callable[..., tuple[str, ...]]
) -> None:
    assert tell("said", 12, dec(1)) == ()
    stays = "They have named another day: Tue 1 Dec. It stays."
    assert tell("wrote", 10, dec(9)) == (stays,)
    assert tell("said", 9, dec(9)) == (stays,)
    assert tell("wrote", 11, dec(1)) == (), "the same day needs no word"
    assert known(db) == (dec(1), nov(12))


def test_a_debrief_is_put_right(db: Database, tell: Callable[..., object]) -> None:
    tell("said", 12, dec(9))
    tell("said", 12, dec(1))
    assert known(db) == (dec(1), nov(12)), "an earlier day, and it was said so"
    tell("wrote", 12, dec(4))
    tell("said", 12, dec(2))
    assert known(db) == (dec(4), nov(12))


def test_a_reply_is_put_right(db: Database, tell: Callable[..., object]) -> None:
    tell("wrote", 12, dec(9))
    tell("wrote", 12, dec(1))
    assert known(db) == (dec(1), nov(12))
    tell("said", 12, dec(3))
    tell("wrote", 12, dec(2))
    assert known(db) == (dec(3), nov(12))


def test_the_words_are_those_of_the_day_that_counts(
    db: Database, tell: Callable[..., object]
) -> None:
    def words() -> str:
        return db.glance().dossier(1).fields["expected_text"]

    tell("said", 12, dec(1))
    assert words() == "next week"
    tell("wrote", 10, dec(9))
    assert words() == "next week"
    tell("wrote", 13, dec(9))
    assert words() == ""


def test_a_day_that_was_typed_stands_until_they_name_one(
    db: Database, tell: Callable[..., object]
) -> None:
    pipeline = Pipeline(db)
    pipeline.edit(1, {"expected_by": dec(3)})
    tell("wrote", 12, dec(9))
    assert known(db) == (dec(9), nov(12))
    pipeline.edit(1, {"expected_by": None})
    tell("said", 11, dec(8))
    assert known(db) == (None, None), "they wrote after that, and the user knows better"
    tell("wrote", 13, dec(9))
    assert known(db) == (dec(9), nov(13))


def test_nobody_is_asked_before_the_day_of_an_interview_told_late(
    db: Database, clock: FixedClock, tell: Callable[..., object]
) -> None:
    """Said on the 12th, told on the 23rd, after a message of the 16th: that one counts."""
    tell("wrote", 16, dec(9))
    tell("said", 12, nov(20))
    due = [
        (due.rule, due.due_on) for due in db.glance().follow_ups_of(1) if due.action == "inquire"
    ]
    assert due == [("R9", dec(9) + timedelta(days=1))]
