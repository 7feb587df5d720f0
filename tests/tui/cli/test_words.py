"""How the words of the command line are understood, before any board is opened.

The everyday ones are read without argparse, as with it; a word that nobody knows gets a guess.
"""

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import each_row
from tui import VERSION
from tui.cli.parser import build_parser, parse
from tui.cli.table import BOARD, COMMANDS, OVERVIEW
from tui.cli.words import EVERYDAY, HelpShown, Usage, read_everyday

PROJECT = Path(__file__).parents[3]

WRONG = (
    ("nonsense",),
    ("--nonsense",),
    ("list", "--nonsense"),
    ("list", "--closed", "--all"),
    ("list", "--stage", "third"),
    ("add",),
    ("add", "Globex"),
    ("add", "Globex", "--from", "-"),
    ("add", "--from", "-", "--note", "-"),
    ("add", "Globex", "Engineer", "more"),
    ("add", "Globex", "Engineer", "--stage", "third"),
    ("add", "Globex", "Engineer", "--applied", "someday"),
    ("add", "Globex", "Engineer", "--applied", "2026-13-45"),
    ("add", "Globex", "Engineer", "--applied", "2026-11-24"),
    ("move", "1"),
    ("move", "1", "third"),
    ("move", "#", "first"),
    ("move", "-1", "first"),
    ("move", "1.0", "first"),
    ("move", "²", "first"),
    ("move", "1", "first", "--on", "someday"),
    ("move", "1", "first", "--on", "tomorrow"),
    ("close", "1", "ghosted"),
    ("interview", "1"),
    ("interview", "1", "someday"),
    ("interview", "1", "tue"),
    ("interview", "1", "invited", "someday"),
    ("interview", "1", "tue", "10:00", "--stage", "offer"),
    ("interview", "1", "tue", "10:00", "--minutes", "0"),
    ("interview", "1", "tue", "10:00", "--minutes", "1441"),
    ("interview", "1", "tue", "10:00", "--format", "nonsense"),
    ("interview", "1", "tue", "10:00", "--format", " "),
    ("interview", "1", "tue", "10:00", "--zone", "Mars/Base"),
    ("interview", "1", "tue", "10:00", "Mars/Base"),
    ("interview", "1", "tue", "10:00", "--with", " "),
    ("interview", "1", "14 mar 2027 02:30", "--zone", "America/New_York"),
    ("interview", "1", "--move", "1"),
    ("interview", "1", "--move", "1", "someday"),
    ("interview", "1", "--move", "1", "--cancel", "1"),
    ("interview", "1", "--cancel", "1", "tue", "10:00"),
    ("interview", "1", "--cancel", "x"),
    ("contact", "1", "--email", "ana@globex.example"),
    ("contact", "1", "Ana", "--relation", "friend"),
    ("debrief", "1", "--from", "x", "--form"),
    ("debrief", "1", "--interview", "x"),
    ("point", "1", "nonsense", "text"),
    ("point", "1", "concern"),
    ("point", "1", "news", "x", "--on", "someday"),
    ("point", "1", "concern", "x", "--done", "1"),
    ("draft", "1", "--kind", "nonsense"),
    ("draft", "1", "--on", "today"),
    ("draft", "1", "--sent", "--on", "someday"),
    ("offer", "1", "--verbal", "--written"),
    ("offer", "1", "--letter", "tomorrow"),
    ("offer", "1", "--extended-to", "yesterday"),
    ("deadline", "1", "someday"),
    ("replied", "1", "--decides-by", "someday"),
    ("replied", "1", "--decides-by", "2026-11-01"),
    ("note", "1", "--edit", "x"),
    ("note", "1", "text", "--remove", "1"),
    ("edit", "1", "--salary", "1", "--form"),
    ("edit", "1", "--no-contact", "--contact-ok"),
    ("contact", "1", "Ana", "--interview", "1"),
    ("contact", "1", "Ana", "--title", "CTO", "--edit"),
    ("contact", "1", "--edit"),
    ("point", "1", "--carry", "1"),
    ("point", "1", "--to", "2"),
    ("point", "1", "--form"),
    ("prepare", "1", "--rehearsed"),
    ("prepare", "1", "why"),
    ("prepare", "1", "why", "--rehearsed", "--not-rehearsed"),
    ("order", "1"),
    ("order", "1", "sideways"),
    ("order", "second", "up"),
    ("order", "1.0", "up"),
    ("tick", "1", "--off"),
    ("criteria", "--remove"),
    ("criteria", "pay"),
    ("criteria", "pay", "6"),
    ("criteria", "pay", "5", "--remove"),
    ("score", "1", "pay", "11"),
    ("score", "1", "pay"),
    ("lesson", "1", "--keep", "x", "--form"),
    ("lesson", "1", "--thanked", "tomorrow"),
    ("offer", "1", "--extended-to", "none"),
    ("offer", "1", "--announced", "none"),
    ("offer", "1", "--received", "mon", "--letter", "mon"),
    ("offer", "1", "--thanked", "mon", "--received", "mon"),
    ("draft", "f1", "--discard", "--sent"),
    ("remind", "1", "fri"),
    ("remind", "1", "someday", "call"),
    ("due", "--days", "x"),
    ("due", "--days", "-1"),
    ("due", "--json", "--line"),
    ("due", "--on", "9999999999999"),
    ("snooze", "1", "someday"),
    ("snooze", "1", "yesterday"),
    ("done", "1", "--on", "someday"),
    ("import",),
    ("where", "more"),
    ("add", "Globex\udce9", "Engineer"),
    ("add", "Globex", "Engineer", "--tag", "fine", "--tag", "\udce9"),
)


@each_row("words", WRONG, ids=" ".join)
def test_wrong_usage_is_one_sentence_and_makes_no_board(shell: Any, words: tuple[str, ...]) -> None:
    result = shell(*words)
    assert result.code == 2, result
    assert result.out == ""
    assert re.fullmatch(r"rounds: [^\n]+[.?]\n", result.err), result.err
    assert not shell.path.exists()


def test_a_wrong_word_gets_a_guess(shell: Any) -> None:
    assert "Did you mean “due”?" in shell("deu").err
    assert "“rounds move --help”" in shell("move", "1").err


def test_an_unreadable_day_never_reaches_the_board(shell: Any) -> None:
    card = shell.add()
    before = shell.path.read_bytes()
    assert shell("interview", card, "tuesdayish", "10:00").code == 2
    assert shell("move", card, "first", "--on", "someday").code == 2
    assert shell.path.read_bytes() == before


def test_days_back_need_no_equals_sign(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "-10d")
    shell.ok("move", card, "first", "--on", "-3d")
    shown = shell.ok("list", "--json").json[0]
    assert (shown["applied_on"], shown["stage_since"]) == ("2026-11-13", "2026-11-20")


def test_the_board_may_be_named_before_or_after_the_command(shell: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert shell("add", "Globex", "Engineer", "--db", str(other), named=False).code == 0
    assert other.exists()
    assert not shell.path.exists()
    shell.environ["ROUNDS_DB"] = str(other)
    assert len(shell("list", "--json", named=False).json) == 1
    shell.path.parent.mkdir(exist_ok=True)
    shell.add("Initech")
    assert shell.ok("list", "--json").json[0]["company"] == "Initech", "--db wins"


def test_an_address_with_a_password_is_refused_without_repeating_it(shell: Any) -> None:
    result = shell("--db", "postgresql://me:secret@host/db", "list", named=False)
    assert result.code == 1
    assert "secret" not in result.err


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("due", "--help"), ("add", "-h")])
def test_help_goes_to_stdout(shell: Any, words: tuple[str, ...]) -> None:
    result = shell(*words)
    assert result.code == 0
    assert "rounds" in result.out
    assert result.err == ""
    assert not shell.path.exists()


def test_the_overview_names_every_command_and_fits_a_terminal() -> None:
    for name in COMMANDS:
        assert re.search(rf"\brounds {name}\b", OVERVIEW), name
    assert all(len(line) < 80 for line in OVERVIEW.splitlines())


def test_every_command_leads_to_a_function() -> None:
    for does in (BOARD, *(entry.does for entry in COMMANDS.values())):
        module, function = does.split(":")
        assert callable(getattr(import_module(f"tui.cli.{module}"), function))


def test_the_whole_parser_can_be_built_at_once() -> None:
    assert build_parser(COMMANDS).parse_args(["due", "--line"]).line


def test_the_version_is_that_of_the_project(shell: Any) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert shell("--version").out == f"rounds {VERSION}\n"


SWITCHES = sorted({f"--{name}" for words in EVERYDAY.values() for name in words})
WORDS = (*EVERYDAY, *SWITCHES, "--db", "a.db", "--version", "--help", "add", "--", "-x", "")


@each_row("command", EVERYDAY)
@each_row("db", [(), ("--db", "a.db"), ("--db", "due")])
def test_the_plain_command_is_read(command: str, db: tuple[str, ...]) -> None:
    words = read_everyday([*db, command])
    assert words is not None
    assert vars(words) == vars(parse([*db, command]))
    assert "db" in words
    assert "id" not in words


@given(argv=st.lists(st.sampled_from(WORDS), max_size=5))
def test_what_is_read_here_is_what_argparse_reads(argv: list[str]) -> None:
    words = read_everyday(argv)
    if words is not None:
        try:
            assert vars(words) == vars(parse(argv))
        except (Usage, HelpShown) as refused:
            raise AssertionError(argv) from refused


@each_row("switch", ["--line", "--check", "--json"])
def test_one_switch_is_read(switch: str) -> None:
    words = read_everyday(["due", switch])
    assert words is not None
    assert getattr(words, switch[2:]) is True


def test_neither_argparse_nor_pathlib_is_loaded_for_what_is_due(tmp_path: Path) -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom tui.cli.run import run\n"
        f"run(['--db', {str(tmp_path / 'none.db')!r}, 'due'])\n"
        "print(*{'argparse', 'pathlib', 'dataclasses', 'json'} & (set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


@each_row(
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
