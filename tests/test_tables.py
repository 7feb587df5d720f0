"""All rows of a table are looked at, and all that fail are told."""

import pytest

from tests.tables import each_row


def test_every_row_is_looked_at_whatever_came_before() -> None:
    seen = []

    @each_row("number, word", [(1, "one"), pytest.param(2, "two", id="second"), (3, "three")])
    def check(number: int, word: str) -> None:
        seen.append(word)
        assert number == 2

    with pytest.raises(BaseExceptionGroup, match="2 of 3 rows fail") as told:
        check()
    assert seen == ["one", "two", "three"]
    notes = [error.__notes__ for error in told.value.exceptions]
    assert notes == [["in the row 1-'one'"], ["in the row 3-'three'"]]


def test_one_row_that_fails_is_told_as_it_is() -> None:
    @each_row("text", ["a", "b"], ids=["first", "second"])
    def check(text: str) -> None:
        if text == "b":
            pytest.fail("not this one")

    with pytest.raises(pytest.fail.Exception, match="not this one") as told:
        check()
    assert told.value.__notes__ == ["in the row second"]


def test_tables_multiply_and_fixtures_stay(tmp_path: object) -> None:
    seen = []

    @each_row("x", (1, 2))
    @each_row("y", "ab")
    def check(x: int, y: str, where: object) -> None:
        seen.append((x, y, where))

    check(where=tmp_path)
    assert seen == [(x, y, tmp_path) for x in (1, 2) for y in "ab"]


def test_a_table_without_rows_or_with_marks_is_none() -> None:
    with pytest.raises(AssertionError, match="no rows"):
        each_row("x", [])
    with pytest.raises(AssertionError, match="no marks"):
        each_row("x", [pytest.param(1, marks=pytest.mark.long)])


def test_rows_are_asked_of_a_test_that_takes_them() -> None:
    with pytest.raises(AssertionError, match="takes other names"):

        @each_row("y", [1])
        def check(x: int) -> None: ...
