"""An application by number or by words: every command reads the same argument."""

from typing import Any

import pytest


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex", "SRE"),
        ("add", "Globex", "Data Engineer"),
        ("add", "Müller GmbH", "Backend"),
        ("add", "Initech", "SRE"),
        ("close", "4", "rejected"),
        ("add", "Initech", "Rust Engineer"),
    )
    return shell


def test_words_that_fit_one_do_for_its_number(board: Any) -> None:
    assert board.ok("show", "muller").out == board.ok("show", "3").out
    assert "(1)" in board.ok("show", "globex sre").out
    assert board.ok("show", "initech").out.startswith("Initech — Rust Engineer"), "open ones first"
    assert board.ok("move", "globex sre", "first").err.startswith("Globex, SRE: moved from")
    assert board.ok("note", "MÜLLER", "called them").err.startswith("Müller GmbH, Backend: noted")
    assert board.ok("interview", "muller", "fri", "10:00").code == 0
    assert board.ok("point", "muller", "concern", "no Go").code == 0
    assert board.ok("reopen", "initech").err.startswith("Initech, SRE: reopened")


def test_what_fits_several_is_listed_and_changes_nothing(board: Any) -> None:
    before = board.path.read_bytes()
    result = board("move", "globex", "first")
    assert (result.code, result.out) == (3, "")
    assert result.err.splitlines() == [
        "1  Globex — SRE",
        "2  Globex — Data Engineer",
        "rounds: “globex” fits 2 applications. Add a word of the role, or give the number.",
    ]
    assert board.path.read_bytes() == before


def test_what_fits_none_gets_a_guess(board: Any) -> None:
    result = board("show", "globx")
    assert (result.code, result.out) == (3, "")
    assert result.err == "rounds: No application fits “globx”. Did you mean “Globex”?\n"
    result = board("close", "zzzzzz", "rejected")
    assert (result.code, result.err) == (
        3,
        "rounds: No application fits “zzzzzz”. “rounds list --all” shows them.\n",
    )


def test_several_are_named_by_numbers_and_words(board: Any) -> None:
    said = board.ok("close", "3", "globex", "sre", "#5", "withdrawn").err
    assert "Globex — SRE" in said, "words that follow each other are one name if that fits"
    closed = board.ok("list", "--closed", "--json").json
    assert sorted(card["id"] for card in closed) == [1, 3, 4, 5]
    board.ok("undo")
    board.ok("delete", "muller", "globex data")
    assert [card["id"] for card in board.ok("list", "--all", "--json").json] == [1, 5, 4]


@pytest.mark.parametrize("word", ["1.0", "²", "#", "-", "1-2"])
def test_what_has_no_letter_is_no_name(board: Any, word: str) -> None:
    result = board("show", word)
    assert result.code == 2
    assert "is not a valid ID" in result.err


def test_the_number_of_a_follow_up_is_never_taken_for_a_name(board: Any) -> None:
    result = board("show", "f1")
    assert result.code == 2
    assert "is a follow-up" in result.err


def test_without_a_board_a_name_is_told_so(shell: Any) -> None:
    result = shell("show", "globex", named=False)
    assert result.code == 3
    assert "No board yet" in result.err


def test_a_word_too_many_is_seen_although_it_could_be_a_name(board: Any) -> None:
    result = board("close", "1", "rejected", "globex")
    assert result.code == 2
    assert "“globex” is one word too many after the outcome “rejected”." in result.err


def test_words_without_quotes_are_told_so(board: Any) -> None:
    result = board("show", "globex", "sre")
    assert result.code == 2
    assert result.err == (
        "rounds: Quote the words that name one application: “rounds show 'globex sre'”.\n"
    )
    assert "“x” is one word too many" in board("show", "1", "x").err


def test_list_and_due_show_both_numbers(shell: Any) -> None:
    shell.begin(("add", "Globex", "SRE"), ("add", "Initech", "SRE", "--applied", "2026-11-02"))
    number = f"f{shell.ok('due', '--json').json[0]['id']}"
    listed = shell.ok("list").out.splitlines()[2].split()
    assert (listed[0], number in listed) == ("2", True)
    _, due = shell.ok("due").out.splitlines()
    assert due.startswith(f"{number} ")
    assert " 2 " in due
