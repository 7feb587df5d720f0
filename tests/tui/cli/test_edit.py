"""`rounds edit`: every field of the form, by option and in the editor; nothing typed is lost."""

import io
import re
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.rules.fields import APPLICATION, LABELS
from store.rules.typed.fields import ALL, NO_CONTACT, FieldKind
from tests.tables import each_row
from tui.cli.parser import _BACK, build_parser
from tui.dialogs.application import ApplicationForm

Edits = Callable[[str], None]
FIELDS = (*ALL, NO_CONTACT)
LATER = {"reason", "lesson_keep", "lesson_change", "expected_text"}
"""What is asked for elsewhere: with an end, with a reply."""


@pytest.fixture
def card(shell: Any) -> str:
    shell.begin(
        (
            *("add", "Globex", "Engineer", "--applied", "2026-11-02", "--salary", "80k"),
            *("--tag", "python", "--tag", "machine learning"),
        ),
    )
    return "1"


def shown(shell: Any, card: str) -> dict[str, Any]:
    found: dict[str, Any] = shell.ok("show", card, "--json").json
    return found


def options(name: str) -> dict[str, Any]:
    """The options of a command by the names of their values."""
    main: ArgumentParser = build_parser([name])
    (subparsers,) = main._subparsers._group_actions  # type: ignore[union-attr]
    parser = subparsers.choices[name]  # type: ignore[index, call-overload]
    return {action.dest: action for action in parser._actions if action.option_strings}


def test_every_field_of_the_form_has_an_option_in_both_commands() -> None:
    names = {line.name for line in FIELDS}
    assert names <= set(options("edit"))
    assert names - {"company", "role"} <= set(options("add"))
    assert set(LABELS) - LATER == names, "a field that people fill in is in the table"
    assert set(APPLICATION) - LATER <= names


def test_the_form_on_the_screen_has_the_same_fields() -> None:
    form = ApplicationForm("x", __import__("datetime").date(2026, 11, 23))
    assert set(form._stored) - {"note"} == {line.name for line in FIELDS}


def test_days_that_lie_back_are_no_options() -> None:
    back = {f"--{line.called}" for line in ALL if line.kind in (FieldKind.APPLIED, FieldKind.PAST)}
    assert back <= _BACK


NEW = {
    "company": ("Globex Inc", "Globex Inc"),
    "role": ("SRE", "SRE"),
    "applied_on": ("-20d", "2026-11-03"),
    "url": ("https://globex.example/1", "https://globex.example/1"),
    "location": ("Berlin", "Berlin"),
    "source": ("a friend", "a friend"),
    "salary": ("95k", "95k"),
    "contact_name": ("Ana", "Ana"),
    "contact_email": ("ana@globex.example", "ana@globex.example"),
    "closing_on": ("3 dec", "2026-12-03"),
    "expected_by": ("end of month", "2026-11-30"),
    "posted_on": ("-30d", "2026-10-24"),
    "channel": ("their site", "their site"),
    "cv_version": ("v3", "v3"),
    "letter_version": ("short", "short"),
    "via_recruiter": ("Hays", "Hays"),
    "next_step": ("a call", "a call"),
    "why_role": ("Rust", "Rust"),
    "why_company": ("fun", "fun"),
    "posting_text": ("We seek.", "We seek."),
    "contact_relation": ("hiring manager", "manager"),
    "preset": ("slow", "slow"),
    "tags": ("+remote", ["python", "machine learning", "remote"]),
    "no_contact": (None, True),
}


def test_all_fields_are_changed_by_option_in_one_step(shell: Any, card: str) -> None:
    words: list[str] = []
    for line in FIELDS:
        typed, _ = NEW[line.name]
        words += [f"--{line.called}", *([typed] if typed is not None else [])]
    before = shell.ok("edit", card, "--form").out
    result = shell.ok("edit", card, *words)
    assert result.err.startswith("Globex Inc, SRE: edited application date, company, role, ")
    for echo in (
        "Application date Tue 3 Nov",
        "Closing date Thu 3 Dec",
        "Decision date Mon 30 Nov",
    ):
        assert echo.lower() in result.err.lower()
    text = shell.ok("edit", card, "--form").out
    for name, (_, stored) in NEW.items():
        value = {True: "yes"}.get(stored, stored) if isinstance(stored, bool) else stored
        value = ", ".join(value) if isinstance(value, list) else value
        assert re.search(rf"(?m)^{re.escape(LABELS[name])}: {re.escape(value)}$", text) or (
            f"=== {LABELS[name]} ===\n{value}\n" in text
        ), name
    shell.ok("undo")
    assert shell.ok("edit", card, "--form").out == before, "one step of undo"


def test_add_takes_the_same_options(shell: Any, card: str) -> None:
    words: list[str] = []
    for line in FIELDS:
        typed, _ = NEW[line.name]
        if line.name not in ("company", "role"):
            words += [f"--{line.called}", *([typed] if typed is not None else [])]
    number = shell.ok("add", "Globex Inc", "SRE", *words).out.strip()
    by_option = shell.ok("edit", number, "--form").out
    shell.ok("edit", number, "--tag", "", "--tag", "+python")
    shell.ok("edit", number, "--tag", "machine learning", "--tag", "+remote")
    words = [word for line in FIELDS for word in [f"--{line.called}", NEW[line.name][0]] if word]
    shell.ok("edit", card, *words)
    by_edit = shell.ok("edit", card, "--form").out
    assert (
        by_option.replace("Tags: remote", "Tags: python, machine learning, remote").replace(
            "application 2", "application 1"
        )
        == by_edit
    )


def test_tags_come_and_go(shell: Any, card: str) -> None:
    assert (
        "Engineer: edited tags."
        in shell.ok("edit", card, "--tag", "+remote", "--tag", "-Python").err
    )
    assert shown(shell, card)["tags"] == ["machine learning", "remote"]
    shell.ok("edit", card, "--tag", "-machine learning", "--tag", "go")
    assert shown(shell, card)["tags"] == ["remote", "go"]
    shell.ok("edit", card, "--tag", "")
    assert shown(shell, card)["tags"] == []
    result = shell("edit", card, "--tag", "-remote")
    assert result.code == 2
    assert "There is no tag “remote” to remove." in result.err


def test_an_empty_value_clears_and_an_equal_one_changes_nothing(shell: Any, card: str) -> None:
    shell.ok("edit", card, "--closes", "3 dec", "--no-contact")
    shell.ok("edit", card, "--closes", "", "--salary", "", "--contact-ok")
    text = shell.ok("edit", card, "--form").out
    assert "\nSalary:\n" in text
    assert "\nClosing date:\n" in text
    assert "\nNo contact: no\n" in text
    before = shell.path.read_bytes()
    result = shell.ok("edit", card, "--role", " Engineer ", "--tag", "python")
    assert result.err == "Globex, Engineer: it says that already.\n"
    assert shell.path.read_bytes() == before


@each_row(
    ("words", "code", "said"),
    [
        (("--closes", "someday"), 2, "someday"),
        (("--preset", "nonsense"), 2, "nonsense"),
        (("--relation", "friend"), 2, "friend"),
        (("--relation", "manager"), 1, "There is no main contact yet."),
        (("--company", " "), 1, "Company is empty."),
        (("--email", "ana"), 1, "is not a valid email address"),
        (("--applied", "tomorrow"), 2, "future"),
        (("--salary", "x" * 201), 1, "Salary has 201 characters; 200 fit."),
        (("--posting-text", "@no/such/file"), 1, "There is no file “no/such/file”."),
        (("--salary", "1", "--form"), 2, "Give either options or a text."),
        (("--nonsense", "1"), 2, "There is no option “--nonsense”."),
        (("--salry", "1"), 2, "Did you mean “--salary”?"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    shell: Any, card: str, words: tuple[str, ...], code: int, said: str
) -> None:
    before = shell.path.read_bytes()
    result = shell("edit", card, *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert shell.path.read_bytes() == before


def test_long_texts_come_from_a_file_or_from_standard_input(
    shell: Any, card: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "posting.txt"
    file.write_text("We seek\r\n\r\n=== you ===\n", encoding="utf-8")
    shell.ok("edit", card, "--posting-text", f"@{file}")
    assert (
        "=== Job posting (full text) ===\nWe seek\n\n=== you ===\n"
        in shell.ok("edit", card, "--form").out
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("from a pipe"))
    shell.ok("edit", card, "--why-role", "-")
    assert "=== Why this role ===\nfrom a pipe\n" in shell.ok("edit", card, "--form").out


def test_the_editor_writes_only_what_changed_in_one_step(
    shell: Any, card: str, edits: Edits
) -> None:
    edits(
        "text = text.replace('Salary: 80k', 'Salary: 90k')\n"
        "text = re.sub('Closing date:.*', 'Closing date: 3 dec', text)\n"
        "text = text.replace('Source:\\n', '')\n"
        "text = re.sub('(=== Why this role ===\\n)', '\\\\1Rust\\n\\n# x\\n', text)"
    )
    result = shell.ok("edit", card)
    assert result.err.startswith(
        "Globex, Engineer: edited salary, closing date, why this role. Closing date Thu 3 Dec"
    )
    text = shell.ok("edit", card, "--form").out
    assert "=== Why this role ===\nRust\n\n# x\n" in text
    edits("pass")
    assert shell.ok("edit", "globex").err == "Nothing changed.\n"
    shell.ok("undo")
    assert "Salary: 80k" in shell.ok("edit", card, "--form").out


def test_what_is_wrong_is_told_by_line_and_kept(shell: Any, card: str, edits: Edits) -> None:
    edits(
        "text = text.replace('Salary: 80k', 'Salary: 90k')\n"
        "text = re.sub('Closing date:.*', 'Closing date: someday', text)\n"
        "text = text.replace('Source:', 'Sorce: Ana')"
    )
    result = shell("edit", card)
    assert result.code == 1
    *problems, sentence = result.err.splitlines()
    assert [re.sub(r"\d+", "N", problem)[:35] for problem in problems] == [
        "Line N: There is no field “Sorce”. D"[:35],
    ]
    (file,) = shell.path.with_name("board-unsaved").glob("*")
    assert file.name == "edit-1.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "Salary: 90k" in file.read_text(encoding="utf-8")
    assert f"“rounds edit 1 --from {file}”" in sentence
    assert "Salary: 80k" in shell.ok("edit", card, "--form").out
    fixed = file.read_text(encoding="utf-8").replace("Sorce", "Source")
    file.write_text(fixed, encoding="utf-8")
    result = shell("edit", card, "--from", str(file))
    assert re.match(r"Line \d+: .*someday", result.err)
    file.write_text(fixed.replace("someday", "3 dec"), encoding="utf-8")
    shell.ok("edit", card, "--from", str(file))
    assert "Salary: 90k" in shell.ok("edit", card, "--form").out


def test_a_field_changed_elsewhere_meanwhile_is_not_overwritten(
    shell: Any, card: str, edits: Edits
) -> None:
    other = "import subprocess\n"
    elsewhere = (
        f"subprocess.run([sys.executable, '-m', 'tui', '--db', {str(shell.path)!r}, "
        "'edit', '1', '--salary', '100k', '--source', 'Bo'], check=True, capture_output=True)\n"
    )
    edits(f"{other}{elsewhere}text = text.replace('Salary: 80k', 'Salary: 90k')")
    result = shell("edit", card)
    assert result.code == 1
    assert "Salary was changed elsewhere meanwhile. Nothing was saved." in result.err
    assert "board-unsaved/edit-1.txt" in result.err
    edits("text = text.replace('Location:', 'Location: Berlin')")
    shell.ok("edit", card)
    text = shell.ok("edit", card, "--form").out
    for line in ("Salary: 100k", "Source: Bo", "Location: Berlin"):
        assert line in text


def test_a_relation_of_nobody_is_refused_instead_of_lost(
    shell: Any, card: str, edits: Edits
) -> None:
    edits("text = text.replace('Relation:', 'Relation: recruiter')")
    result = shell("edit", card)
    assert (result.code, "There is no main contact yet." in result.err) == (1, True)
    assert shell("add", "Initech", "SRE", "--relation", "recruiter").code == 1
    edits(
        "text = text.replace('Relation:', 'Relation: recruiter').replace('Contact:', 'Contact: A')"
    )
    shell.ok("edit", card)
    (person,) = shown(shell, card)["contacts"]
    assert (person["name"], person["relation"], person["main"]) == ("A", "recruiter", True)


def test_an_editor_that_fails_changes_nothing(shell: Any, card: str) -> None:
    shell.environ["EDITOR"] = "false"
    before = shell.path.read_bytes()
    assert shell("edit", card).code == 1
    assert shell.path.read_bytes() == before
    assert shell("edit", "99").code == 3
