"""The rounds of a process: their names, and which one the next interview is."""

from datetime import UTC, datetime, timedelta

import pytest

from store.rules.stages import (
    Had,
    Round,
    Stage,
    comes_after_first,
    next_number,
    read_round,
    round_words,
)
from store.rules.text import Refused

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST, SECOND = Stage.FIRST, Stage.SECOND
HELD, AHEAD = NOW - timedelta(days=2), NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("stage", "number", "final", "words"),
    [
        (FIRST, 1, False, "first"),
        (FIRST, 3, True, "first"),
        (SECOND, 1, False, "second"),
        (SECOND, 2, False, "second"),
        (SECOND, 3, False, "third"),
        (SECOND, 4, False, "fourth"),
        (SECOND, 10, False, "tenth"),
        (SECOND, 11, False, "11th"),
        (SECOND, 12, False, "12th"),
        (SECOND, 13, False, "13th"),
        (SECOND, 14, False, "14th"),
        (SECOND, 21, False, "21st"),
        (SECOND, 22, False, "22nd"),
        (SECOND, 23, False, "23rd"),
        (SECOND, 111, False, "111th"),
        (SECOND, 5, True, "final"),
    ],
)
def test_what_an_interview_is_called(stage: Stage, number: int, final: bool, words: str) -> None:
    assert round_words(stage, number, final) == words
    if not final:
        assert round_words(stage, number) == words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("first", Round(FIRST, 1)),
        (" Second ", Round(SECOND, 2)),
        ("fourth", Round(SECOND, 4)),
        ("final", Round(SECOND, None, final=True)),
    ],
)
def test_a_round_is_read(text: str, read: Round) -> None:
    assert read_round(text) == read


@pytest.mark.parametrize("text", ["", "offer", "applied", "1st", "zeroth"])
def test_what_is_no_round(text: str) -> None:
    with pytest.raises(Refused, match="first, second, third, fourth or final"):
        read_round(text)


@pytest.mark.parametrize(
    ("stage", "had", "begins", "after"),
    [
        (FIRST, [], AHEAD, False),
        (FIRST, [Had(FIRST, 1, HELD)], AHEAD, True),
        (FIRST, [Had(FIRST, 1, HELD)], None, True),
        (FIRST, [Had(FIRST, 1, HELD)], HELD, True),
        (FIRST, [Had(FIRST, 1, HELD)], HELD - timedelta(hours=1), False),
        (FIRST, [Had(FIRST, 1, NOW)], AHEAD, True),
        (FIRST, [Had(FIRST, 1, AHEAD)], AHEAD, False),
        (FIRST, [Had(FIRST, 1, HELD), Had(FIRST, 1, None)], AHEAD, False),
        (FIRST, [Had(SECOND, 2, HELD)], AHEAD, False),
        (Stage.APPLIED, [Had(FIRST, 1, HELD)], AHEAD, False),
        (SECOND, [Had(FIRST, 1, HELD)], AHEAD, False),
    ],
)
def test_what_is_the_second_round(
    stage: Stage, had: list[Had], begins: datetime | None, after: bool
) -> None:
    assert comes_after_first(stage, had, NOW, begins) is after


@pytest.mark.parametrize(
    ("stage", "had", "number"),
    [
        (FIRST, [Had(FIRST, 1, HELD)], 1),
        (SECOND, [], 2),
        (SECOND, [Had(FIRST, 1, HELD), Had(FIRST, 1, HELD)], 2),
        (SECOND, [Had(SECOND, 2, HELD)], 3),
        (SECOND, [Had(SECOND, 1, HELD)], 3),
        (SECOND, [Had(SECOND, 2, NOW)], 3),
        (SECOND, [Had(SECOND, 2, AHEAD)], 2),
        (SECOND, [Had(SECOND, 2, None)], 2),
        (SECOND, [Had(SECOND, 2, HELD), Had(SECOND, 2, AHEAD)], 2),
        (SECOND, [Had(SECOND, 2, HELD), Had(SECOND, 3, HELD)], 4),
        (SECOND, [Had(SECOND, 2, HELD), Had(SECOND, 3, AHEAD)], 3),
    ],
)
def test_the_number_of_the_next_one(stage: Stage, had: list[Had], number: int) -> None:
    assert next_number(stage, had, NOW) == number
