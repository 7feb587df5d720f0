"""`rounds note`: added, listed, rewritten and removed by number; nothing typed is lost."""

import io
from collections.abc import Callable
from typing import Any

import pytest

Edits = Callable[[str], None]


@pytest.fixture
def card(shell: Any) -> str:
    shell.begin(
        ("add", "Globex", "Engineer"),
        ("note", "1", "They", "use", "Rust."),
        ("note", "1", "Ana likes tea.\nBo does not."),
        ("add", "Initech", "SRE"),
        ("note", "2", "another"),
    )
    return "1"


def texts(shell: Any, card: str = "1") -> list[str]:
    return [note["text"] for note in shell.ok("note", card, "--json").json]


def test_notes_are_listed_with_their_numbers(shell: Any, card: str) -> None:
    head, *rows = shell.ok("note", card).out.splitlines()
    assert head.split() == ["ID", "DATE", "NOTE"]
    assert sorted(row.split()[0] for row in rows) == ["1", "2"]
    listed = shell.ok("note", card, "--json").json
    assert listed == shell.ok("show", card, "--json").json["notes"]
    assert "(note 1)" in shell.ok("show", card).out
    none = shell.ok("note", shell.add("Hooli", "SRE"))
    assert (none.out, "No notes yet" in none.err) == ("", True)


def test_a_note_is_rewritten_and_removed(
    shell: Any, card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = shell.ok("note", card, "--edit", "1", "They use Go.").err
    assert said.startswith("Globex, Engineer: note changed.")
    assert "They use Go." in texts(shell)
    monkeypatch.setattr("sys.stdin", io.StringIO("from\na pipe"))
    shell.ok("note", card, "--edit", "1", "-")
    assert "from\na pipe" in texts(shell)
    shell.ok("undo")
    assert "They use Go." in texts(shell)
    assert "note removed" in shell.ok("note", card, "--remove", "1").err
    assert texts(shell) == ["Ana likes tea.\nBo does not."]


@pytest.mark.parametrize("option", ["--edit", "--remove"])
def test_only_notes_of_the_application_that_is_named(shell: Any, card: str, option: str) -> None:
    result = shell("note", card, option, "3", *(["x"] if option == "--edit" else []))
    assert (result.code, result.err) == (3, "rounds: There is no note 3 of application 1.\n")
    assert texts(shell, "2") == ["another"]


def test_a_note_is_rewritten_in_the_editor(shell: Any, card: str, edits: Edits) -> None:
    edits("assert text == 'Ana likes tea.\\nBo does not.\\n'\ntext = text.replace('tea', 'mate')")
    shell.ok("note", card, "--edit", "2")
    assert "Ana likes mate.\nBo does not." in texts(shell)
    edits("pass")
    assert shell.ok("note", card, "--edit", "2").err == "Nothing changed.\n"
    edits("text = ' '")
    result = shell("note", card, "--edit", "2")
    assert result.code == 1
    assert "“rounds note 1 --remove 2” removes the note." in result.err
    assert not shell.path.with_name("board-unsaved").exists()


def test_what_is_too_long_is_kept(shell: Any, card: str, edits: Edits) -> None:
    edits("text = 'x' * 20_001")
    result = shell("note", card, "--edit", "2")
    assert result.code == 1
    (file,) = shell.path.with_name("board-unsaved").glob("*")
    assert file.read_text() == "x" * 20_001
    assert f"“rounds note 1 --edit 2 - < {file}”" in result.err
    assert "Ana likes tea.\nBo does not." in texts(shell)
