"""`rounds order`: a column by hand, and by urgency again."""

from typing import Any

import pytest


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-02"),
        ("add", "Initech", "SRE"),
        ("add", "Hooli", "SRE"),
        ("add", "Umbrella", "SRE"),
        ("close", "4", "rejected"),
    )
    return shell


def column(board: Any) -> list[str]:
    return [line.split()[0] for line in board.ok("order", "applied").out.splitlines()[1:]]


def test_a_card_is_put_elsewhere_and_the_column_sorted_again(board: Any) -> None:
    by_urgency = column(board)
    assert sorted(by_urgency) == ["1", "2", "3"]
    assert "Applied is sorted by urgency." in board.ok("order", "applied").err
    first, second, third = by_urgency
    said = board.ok("order", first, "down").err
    assert said == f"Sorted applied by hand. {said.partition('. ')[2]}"
    assert said.endswith(": 2 of 3.\n")
    assert column(board) == [second, first, third]
    assert "Applied is sorted by hand." in board.ok("order", "applied").err
    board.ok("order", third, "first")
    assert column(board) == [third, second, first]
    board.ok("order", third, "last")
    board.ok("order", first, "up")
    assert column(board) == [first, second, third]
    board.ok("undo")
    assert column(board) == [second, first, third]
    board.ok("order", "applied", "urgency")
    assert column(board) == by_urgency
    before = board.path.read_bytes()
    assert "already" in board.ok("order", "applied", "urgency").err
    assert board.ok("order", by_urgency[0], "up").err.endswith("it is there already.\n")
    assert board.path.read_bytes() == before


def test_a_column_has_other_orders_too(board: Any) -> None:
    def first() -> str:
        return str(board.ok("order", "applied").out.splitlines()[1].split()[1])

    assert "Sorted applied by company." in board.ok("order", "applied", "company").err
    assert first() == "Globex"
    assert board.ok("order", "applied", "--json").json["sorted_by"] == "company"
    assert "by company already" in board.ok("order", "applied", "company").err
    board.ok("order", "applied", "applied")
    assert first() == "Hooli"
    assert "Applied is sorted by day applied." in board.ok("order", "applied").err
    board.ok("undo")
    assert first() == "Globex"
    assert board("order", "applied", "colour").code == 2


def test_what_has_no_place_in_a_column(board: Any) -> None:
    assert board("order", "umbrella", "up").code == 1, "it is closed"
    assert board("order", "99", "up").code == 3
    assert board("order", "zzz", "up").code == 3
    assert board.ok("order", "offer").err == "No application is in offer.\n"
    assert board.ok("order", "globex", "last").code == 0
