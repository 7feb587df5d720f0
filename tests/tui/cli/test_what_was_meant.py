"""A word that nobody knows gets a guess; help is there under every name that people try."""

from typing import Any

import pytest

from tui import VERSION
from tui.cli.parser import MEANT, build_parser
from tui.cli.table import COMMANDS, OVERVIEW


@pytest.mark.parametrize(
    ("words", "guess"),
    [
        (("list", "--stge", "first"), "Did you mean “--stage”?"),
        (("list", "--serach=x"), "Did you mean “--search”?"),
        (("due", "--lines"), "Did you mean “--line”?"),
        (("add", "A", "B", "--locatoin", "x"), "Did you mean “--location”?"),
        (("offer", "1", "--verbl"), "Did you mean “--verbal”?"),
        (("--bd", "x", "list"), "Did you mean “--db”?"),
        (("list", "--stage", "frist"), "Did you mean “first”?"),
        (("move", "1", "secnd"), "Did you mean “second”?"),
        (("move", "1", "offered"), "Did you mean “offer”?"),
        (("close", "1", "reject"), "Did you mean “rejected”?"),
        (("close", "1", "no_respons"), "Did you mean “no-response”?"),
        (("close", "1", "ghosted"), "Did you mean “no-response”?"),
        (("close", "1", "canceled"), "Did you mean “cancelled”?"),
        (("interview", "1", "tue", "10:00", "--stage", "secnd"), "Did you mean “second”?"),
        (("interview", "1", "tue", "10:00", "--format", "pannel"), "Did you mean “panel”?"),
        (("interview", "1", "--cancel", "1", "--by", "then"), "Did you mean “them”?"),
        (("task", "1", "Case", "--kind", "takehome"), "Did you mean “take-home”?"),
        (("contact", "1", "Ana", "--relation", "recruter"), "Did you mean “recruiter”?"),
        (("point", "1", "concren", "x"), "Did you mean “concern”?"),
        (("draft", "f1", "--kind", "thankyou"), "Did you mean “thank_you”?"),
        (("stats", "--by", "sorce"), "Did you mean “source”?"),
        (("deu",), "Did you mean “due”?"),
        (("help", "ad"), "Did you mean “add”?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_slip_gets_a_guess(shell: Any, words: tuple[str, ...], guess: str) -> None:
    result = shell(*words)
    assert result.code == 2
    assert guess in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("words", [("list", "--zzz"), ("close", "1", "zzz"), ("zzz",)])
def test_what_is_like_nothing_gets_no_guess(shell: Any, words: tuple[str, ...]) -> None:
    assert "Did you mean" not in shell(*words).err


@pytest.mark.parametrize(
    ("verb", "meant"),
    [
        ("del", "delete ID"), ("rm", "delete ID"), ("remove", "delete ID"),
        ("people", "contact ID"), ("export", "list --all --json"), ("status", "due"),
        ("find", "list --search TEXT"), ("search", "list --search TEXT"), ("today", "due"),
        ("todo", "due"), ("reject", "close ID rejected"), ("new", "add COMPANY ROLE"),
        ("ls", "list"), ("config", "where"), ("restore", "where"), ("edit", "the board"),
    ],
)  # fmt: skip
def test_verbs_of_other_programs_lead_to_ours(shell: Any, verb: str, meant: str) -> None:
    result = shell(verb, "1")
    assert result.code == 2
    assert f"Unknown command “{verb}”." in result.err
    assert meant in result.err


def test_no_synonym_is_a_command() -> None:
    assert not set(MEANT) & set(COMMANDS)


def test_help_is_a_command_too(shell: Any) -> None:
    assert shell.ok("help").out == OVERVIEW
    for name in COMMANDS:
        assert shell.ok("help", name).out == shell.ok(name, "--help").out
    assert shell.ok("add", "help", "x").out == "1\n", "a word, not a question"
    assert shell("help", "add", "more").code == 2


@pytest.mark.parametrize("word", ["-V", "--version"])
def test_the_version_has_two_names(shell: Any, word: str) -> None:
    assert shell.ok(word).out == f"rounds {VERSION}\n"


def test_a_usage_line_shows_what_may_be_left_out(shell: Any) -> None:
    for name in COMMANDS:
        (subparsers,) = build_parser([name])._subparsers._group_actions  # type: ignore[union-attr]
        parser = subparsers.choices[name]  # type: ignore[index, call-overload]
        usage = " ".join(parser.format_usage().split())
        for action in parser._actions:
            if not action.option_strings:
                shown = f"[{action.metavar}" if not action.required else f" {action.metavar}"
                assert shown in usage, (name, usage)
    assert "ID [TITLE]" in " ".join(shell.ok("task", "--help").out.split())
    assert "ID [WHEN ...]" in " ".join(shell.ok("interview", "--help").out.split())


def test_a_word_too_many_is_named(shell: Any) -> None:
    shell.add()
    result = shell("where", "more")
    assert (result.code, result.err) == (
        2, "rounds: “more” is one word too many. See “rounds where --help”.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (("close", "rejected"), "rounds close ID [ID ...] OUTCOME"),
        (("move", "1"), "rounds move ID [ID ...] STAGE"),
        (("add", "Globex"), "rounds add COMPANY ROLE"),
        (("snooze", "f1"), "rounds snooze FOLLOW-UP-ID [FOLLOW-UP-ID ...] DATE"),
        (("task",), "rounds task ID [TITLE]"),
        (("remind", "1", "fri"), "rounds remind ID WHEN TEXT [TEXT ...]"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_word_that_is_missing_is_not_guessed(
    shell: Any, words: tuple[str, ...], form: str
) -> None:
    assert shell(*words).err == (
        f"rounds: A word is missing: “{form}”. See “rounds {words[0]} --help”.\n"
    )


def test_the_demo_takes_no_board(shell: Any) -> None:
    for words in (("demo", "--db", "x.db"), ("--db", "x.db", "demo")):
        result = shell(*words, named=False)
        assert result.code == 2
        assert "--db" in result.err
        assert "demo" in result.err
