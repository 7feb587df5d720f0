"""`rounds criteria` and `rounds score`: what matters, and offers side by side."""

from typing import Any

import pytest


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex", "Engineer", "--stage", "offer"),
        ("add", "Initech", "SRE", "--stage", "offer"),
        ("add", "Hooli", "SRE"),
        ("criteria", "pay", "5"),
        ("criteria", "commute", "2"),
    )
    return shell


def test_offers_stand_side_by_side(board: Any) -> None:
    board.ok("score", "globex", "pay", "8")
    board.ok("score", "1", "comm", "3")
    assert "Initech, SRE: pay: 10." in board.ok("score", "initech", "PAY", "10").err
    rows = [line.split() for line in board.ok("criteria").out.splitlines()]
    assert rows == [
        ["WEIGHT", "CRITERION", "Globex", "(1)", "Initech", "(2)"],
        ["5", "pay", "8", "10"],
        ["2", "commute", "3", "–"],
        ["mean", "6.6", "10.0"],
        ["scored", "2", "of", "2", "1", "of", "2"],
    ]
    shown = board.ok("criteria", "--json").json
    assert shown["criteria"] == [
        {"id": 1, "name": "pay", "weight": 5},
        {"id": 2, "name": "commute", "weight": 2},
    ]
    assert [offer["scores"] for offer in shown["offers"]] == [
        {"pay": 8, "commute": 3},
        {"pay": 10, "commute": None},
    ]
    board.ok("score", "initech", "pay", "none")
    assert board.ok("criteria", "--json").json["offers"][1]["mean"] is None


def test_a_criterion_is_weighed_renamed_and_removed(board: Any) -> None:
    board.ok("score", "1", "pay", "8")
    board.ok("criteria", "Pay", "4")
    board.ok("criteria", "pay", "--rename", "salary")
    assert board.ok("criteria", "--json").json["criteria"][0] == {
        "id": 1, "name": "salary", "weight": 4,
    }  # fmt: skip
    board.ok("criteria", "salary", "3", "--rename", "money")
    assert board.ok("criteria", "--json").json["criteria"][0]["weight"] == 3
    board.ok("undo")
    assert board.ok("criteria", "--json").json["criteria"][0]["name"] == "salary", "one step"
    assert "criterion removed: salary" in board.ok("criteria", "salary", "--remove").err.lower()
    assert [each["name"] for each in board.ok("criteria", "--json").json["criteria"]] == ["commute"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "1", "pey", "3"), "There is no criterion “pey”. Did you mean “pay”?"),
        (("criteria", "zzz", "--remove"), "“rounds criteria” lists them."),
        (("score", "9", "pay", "3"), "There is no application 9."),
    ],
)
def test_what_is_not_there_is_told(board: Any, words: tuple[str, ...], said: str) -> None:
    result = board(*words)
    assert result.code == 3
    assert said in result.err


def test_without_criteria_the_first_one_is_asked_for(shell: Any) -> None:
    assert "rounds criteria pay 5" in shell("criteria", named=False).err
    shell.add()
    assert "rounds criteria pay 5" in shell.ok("criteria").err
