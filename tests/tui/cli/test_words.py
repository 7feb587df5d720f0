"""How the words of the command line are understood, before any board is opened."""

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tui import VERSION
from tui.cli.parser import build_parser
from tui.cli.table import BOARD, COMMANDS, OVERVIEW

PROJECT = Path(__file__).parents[3]

WRONG = (
    ("nonsense",),
    ("--nonsense",),
    ("list", "--nonsense"),
    ("list", "--closed", "--all"),
    ("list", "--stage", "third"),
    ("add", "Globex"),
    ("add", "Globex", "Engineer", "more"),
    ("add", "Globex", "Engineer", "--stage", "third"),
    ("add", "Globex", "Engineer", "--applied", "someday"),
    ("add", "Globex", "Engineer", "--applied", "2026-13-45"),
    ("add", "Globex", "Engineer", "--applied", "2026-11-24"),
    ("move", "1"),
    ("move", "1", "third"),
    ("move", "one", "first"),
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
    ("note", "1"),
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


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
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
