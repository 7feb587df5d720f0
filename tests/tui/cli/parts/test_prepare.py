"""`rounds prepare`: the questions are listed, ticked and answered from the shell."""

from typing import Any

import pytest


@pytest.fixture
def card(shell: Any) -> str:
    shell.begin(
        ("add", "Globex", "Engineer", "--applied", "2026-11-02"),
        ("interview", "1", "2026-11-18 10:00 with Ana"),
        ("interview", "1", "thu 10:00 case with Cy"),
        ("point", "1", "concern", "no Go"),
    )
    return "1"


def questions(shell: Any, card: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.ok("prepare", card, "--json").json["questions"]
    return found


def test_the_list_is_that_of_the_page(shell: Any, card: str) -> None:
    out = shell.ok("prepare", card).out
    assert "To carry over\n" in out
    assert "  open concern: no Go\n" in out
    assert "\nLikely questions\n  [ ] q1  " in out
    assert "\nQuestions to ask\n  [ ] q" in out
    listed = shell.ok("prepare", card, "--json").json
    assert listed == shell.ok("show", card, "--json").json["carried_over"]


def test_a_question_is_rehearsed_by_number_and_by_words(shell: Any, card: str) -> None:
    third = questions(shell, card)[2]
    said = shell.ok("prepare", card, "q3", "--rehearsed").err
    assert f"rehearsed: {third['text']}" in said, "what is ticked is said"
    assert questions(shell, card)[2]["rehearsed"]
    shell.ok("prepare", card, "Q3", "--not-rehearsed")
    assert not questions(shell, card)[2]["rehearsed"]
    shell.ok("prepare", card, "proudest", "--rehearsed")
    (ticked,) = [one for one in questions(shell, card) if one["rehearsed"]]
    assert "proudest" in ticked["text"]
    assert (
        f"  [x] q6  {ticked['text']}  (point {ticked['point_id']})\n"
        in shell.ok("prepare", card).out
    )


def test_a_question_is_answered_and_gets_a_story(shell: Any, card: str) -> None:
    shell.ok("prepare", card, "proudest", "--answer", "The rota.")
    shell.ok("prepare", card, "proudest", "--answer", "The rota, in 2024.")
    (point,) = [p for p in shell.ok("point", card, "--json").json if p["kind"] == "question"]
    assert point["detail"] == "The rota, in 2024."
    shell.ok("point", card, "story", "the migration", "--answers", "proudest")
    shell.ok("point", card, "story", "the outage", "--answers", "q8")
    out = shell.ok("prepare", card).out
    assert "    The rota, in 2024.\n    story: the migration  (point " in out
    told = [one for one in questions(shell, card) if one["stories"]]
    assert len(told) == 2
    shell.ok("prepare", card, "proudest", "--answer", "")
    assert "The rota" not in shell.ok("prepare", card).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("q99",), "There is no question q99"),
        (("zzz",), "No question fits “zzz”. “rounds prepare 1” lists them."),
        (("you",), "Name one by its number."),
    ],
)
def test_what_names_no_single_question_changes_nothing(
    shell: Any, card: str, words: tuple[str, ...], said: str
) -> None:
    before = shell.path.read_bytes()
    result = shell("prepare", card, *words, "--rehearsed")
    assert (result.code, result.out) == (3, "")
    assert said in result.err
    assert shell.path.read_bytes() == before
