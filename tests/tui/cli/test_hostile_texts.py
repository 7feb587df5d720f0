"""Texts that would drive a terminal or a markup engine: stored as text, printed as text."""

import csv
import io
import json
import sqlite3
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import examples

SHARED = HealthCheck.function_scoped_fixture
HOSTILE = (
    "\x1b]52;c;aGFja2Vk\x07",
    "\x1b]2;title\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mC1\x9d0;t\x9c",
    "bell\x07 back\x08 nul\x00 del\x7f",
    "line\r\x1b[1Kforged",
    "two\nlines\u2028three\x85four",
    "right\u202eto left\u2066\u2069\u200f",
    "[/]",
    "Acme [/b]",
    "[@click=app.quit]press[/]",
    "[bold red]x",
    "{company} %s %(x)s ${HOME} `id` $(id)",
    "' OR 1=1; DROP TABLE application; --",
    '=HYPERLINK("http://evil")',
    "e\u0301\u0301\u0301 👨‍👩‍👧 ﷽",
    "--looks-like-an-option",
    "x\x1b]2;y\x1b\\\x9b3m\x9d0;t\x9c\x07\x00\x7f\u202el\u2066[@click=app.quit]z[/]",
)

SHORT = (17, 18)
"""Of these, in the short form: all ways in one to be obeyed, and what looks like an option."""
WORDS = (
    *("add", "list", "show", "move", "due", "undo", "interview", "snooze", "stats"),
    *("contact", "point", "debrief", "draft", "offer", "concern", "panel", "--form", "--move"),
    *("edit", "note", "tick", "prepare", "lesson", "criteria", "score", "order", "--edit", "q1"),
    *("--salary", "--tag", "--remove", "--rehearsed", "--answers", "--to", "--carry", "OC-04"),
    *("1", "first", "fri", "10:00", "-3d", "--", "--json", "--on", "--days", "--help"),
)
"""What is typed at random: real commands, options and values, in any order."""


def harmless(text: str, allowed: str = "\n") -> bool:
    """Whether `text` has nothing that a terminal obeys."""
    return not any(
        unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2069"
        for c in text
        if c not in allowed
    )


def form(shell: Any, text: str, *, wrong: bool = False) -> Path:
    """A debrief that somebody filled in with `text`, wherever it can stand."""
    file: Path = shell.path.with_name("form.txt")
    lines = ["They asked:", f"- {text}", f"Next step: {text}", f"In their words: {text}"]
    if wrong:
        lines += [f"Finished: {text}", f"Gut feeling: {text}", "Signals:", text]
    file.write_text("\n".join([*lines, "Remarks:", text]), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=ascii(text), marks=() if n in SHORT else pytest.mark.long)
        for n, text in enumerate(HOSTILE)
    ],
)
def test_every_command_prints_text_as_text(shell: Any, text: str) -> None:
    made = shell(
        "add", f"--url={text}", f"--location={text}", f"--source={text}", f"--salary={text}",
        f"--tag={text[:30]}", f"--note={text}", "--applied=2026-11-10", "--",
        f"A{text}", f"B{text}",
    )  # fmt: skip
    assert made.code == 0, made
    results = [
        made,
        shell("interview", "1", f"--place={text}", "tue 10:00 with Ana"),
        shell("note", "1", "--", text),
        shell(
            "contact",
            "1",
            f"--title={text}",
            f"--phone={text}",
            f"--link={text}",
            f"--common-ground={text}",
            f"--background={text}",
            "--",
            f"C{text}",
        ),
        shell("contact", "1", f"--email={text}", "Ana"),
        shell("contact", "1", f"--email={text}@globex.example", "Ana"),
        shell("contact", "1", f"--rename=D{text}", "Ana"),
        shell("contact", "1", f"--relation={text}", "Ana"),
        shell("contact", "1"),
        shell("contact", "1", "--json"),
        shell("interview", "1", "2026-11-20 10:00", f"--with=E{text}", f"--format={text}"),
        shell("interview", "1", "2026-11-20 10:00", f"--with=E{text}"),
        shell("interview", "1", "thu 10:00", f"--zone={text}"),
        shell("interview", "1", f"--move={text}", "thu 10:00"),
        shell("point", "1", f"--detail={text}", f"--link={text}", "--", "concern", f"F{text}"),
        shell("point", "1", "--", text, text),
        shell("point", "1", f"--on={text}", "news", "x"),
        shell("point", "1"),
        shell("point", "1", "--json"),
        shell("debrief", "1", "--form"),
        shell("debrief", "1", f"--from={form(shell, text)}"),
        shell("debrief", "1", "--interview", "2", f"--from={form(shell, text, wrong=True)}"),
        shell("debrief", "1", f"--from={text.replace(chr(0), '')}"),
        shell("draft", "f1"),
        shell("draft", "f1", "--mailto"),
        shell("draft", "f1", "--json"),
        shell("draft", "f1", f"--kind={text}"),
        shell("draft", "f1", f"--from={form(shell, text)}"),
        shell("draft", "f1"),
        shell("draft", "f1", "--json"),
        shell("draft", "f1", "--sent", f"--on={text}"),
        shell("offer", "1", f"--letter={text}"),
        shell("offer", "1", "--json"),
        shell("replied", "1", f"--text={text}"),
        shell("edit", "1", f"--why-role={text}", f"--next-step={text}", f"--role=G{text}"),
        shell("edit", "1", f"--tag={text[:30]}", f"--closes={text}", f"--preset={text}"),
        shell("edit", "1", "--form"),
        shell("edit", "1", f"--from={form(shell, text)}"),
        shell("edit", "--", f"A{text}"),
        shell("contact", "1", "--form", "--", f"C{text}"),
        shell("contact", "1", f"--mention={text}", f"--interview={text}", "Ana"),
        shell("note", "1", "--edit", "1", "--", f"H{text}"),
        shell("note", "1"),
        shell("note", "1", "--json"),
        shell("point", "1", "--edit", "1", f"--detail={text}", "--", f"I{text}"),
        shell("point", "1", "--edit", "1", "--form"),
        shell("point", "1", f"--answers={text}", "story", "x"),
        shell("point", "1", "--carry", "1", f"--to={text}"),
        shell("prepare", "1", "q1", f"--answer={text}"),
        shell("prepare", "1", "--rehearsed", "--", text),
        shell("prepare", "1"),
        shell("tick", "1", "--", text),
        shell("tick", "1"),
        shell("criteria", "--", f"J{text}", "5"),
        shell("criteria"),
        shell("score", "1", "--", f"J{text}", text),
        shell("lesson", "1", f"--keep={text}"),
        shell("remind", "1", "today", "--", text),
        shell("employer", f"--same-as={text}", "1"),
        shell("employer", f"--not={text}", "--", f"A{text}"),
        shell("employer", f"--same-as=Z{text}", "--", f"A{text}"),
        shell("employer", "1"),
        shell("employer", "1", "--json"),
        shell("close", "1", "rejected", f"--reason={text}", f"--keep={text}", f"--change={text}"),
        shell("undo"),
        shell("list"),
        shell("list", "--json"),
        shell("list", f"--search={text}"),
        shell("show", "1"),
        shell("show", "1", "--json"),
        shell("due", "--days", "30"),
        shell("due", "--days", "30", "--json"),
        shell("due", "--line"),
        shell("stats", "--by", "source"),
        shell("stats", "--by", "tag"),
        shell("stats", "--by", "tag", "--json"),
        shell("stats", f"--by={text}"),
        shell("stats", f"--since={text}"),
        shell("add", "--", "x" * 201 + text, text),
        shell("move", "--", "1", text),
        shell("close", "--", "1", text),
        shell("show", "--", text),
        shell("snooze", "f1", "--", text),
        shell("done", "--", "1", text),
        shell("skip", "2"),
        shell("close", "--", "1", text, "rejected"),
        shell("help", text),
        shell("add", "A", "B", f"--applied={text}"),
        shell("add", "A", "B", f"--stage={text}"),
        shell("interview", "1", "--", text),
        shell("due", f"--on={text}"),
        shell("due", f"--days={text}"),
        shell(text),
        shell("list", text),
        shell("import", "--", text.replace("\0", "")),
        shell("--db", text.replace("\0", "") + "/nowhere", "list", named=False),
    ]
    for result in results:
        assert harmless(result.out), result
        assert harmless(result.err), result
        assert "went wrong inside" not in result.err, result
        assert result.code in (0, 1, 2, 3), result


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=ascii(text), marks=() if n in SHORT else pytest.mark.long)
        for n, text in enumerate(HOSTILE)
    ],
)
def test_a_printed_form_that_is_taken_back_changes_nothing(shell: Any, text: str) -> None:
    shell.ok(
        "add", f"--location={text}", f"--salary={text}", f"--tag={text[:30]}", f"--contact=C{text}",
        f"--why-role=x{text}\n=== Why this role ===", "--", f"A{text}", f"B{text}",
    )  # fmt: skip
    shell.ok("point", "1", f"--detail={text}", "--", "concern", f"F{text}")
    name = shell.ok("contact", "1", "--json").json[0]["name"]
    before = shell.path.read_bytes()
    file = shell.path.with_name("form.txt")
    for words in (("edit", "1"), ("contact", "1", name), ("point", "1", "--edit", "1")):
        printed = shell.ok(*words, "--form")
        file.write_text(printed.out, encoding="utf-8")
        assert shell.ok(*words, f"--from={file}").err == "Nothing changed.\n"
    assert shell.path.read_bytes() == before


def test_markup_stays_as_it_was_typed(shell: Any) -> None:
    name = "[@click=app.simulate_key('d')]x[/] [Remote] Acme [/b]"
    shell.add(name, "[/]")
    assert shell.ok("list", "--json").json[0]["company"] == name
    assert name in shell.ok("list").out
    assert name in shell.ok("show", "1").out


def test_a_database_edited_by_hand_injects_nothing(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-11-10", "--note", "note")
    shell.ok("interview", "1", "2026-11-20 10:00 with Ana")
    shell.ok("interview", "1", "thu 10:00 with Ana", "--stage", "first")
    shell.ok("point", "1", "concern", "x")
    shell.ok("debrief", "1", f"--from={form(shell, 'x')}")
    thanks = next(d for d in shell.ok("due", "--json").json if d["action"] == "thank")
    shell.ok("draft", f"f{thanks['id']}", f"--from={form(shell, 'x')}")
    shell.ok("replied", "1", "--text", "hello")
    shell.ok("remind", "1", "today", "call")
    evil = "\x1b]52;c;aGFja2Vk\x07\x9b2J\u202eX\r\n"
    with sqlite3.connect(shell.path) as connection:
        for table, columns in {
            "application": ("company", "role", "location", "url", "source", "salary", "why_role"),
            "interview": ("place", "people"),
            "follow_up": ("label", "reason"),
            "note": ("text",),
            "contact": ("name", "title", "email", "common_ground"),
            "point": ("text", "detail"),
            "debrief": ("next_step", "promised_text", "remarks"),
            "draft": ("text",),
            "interviewer": ("point",),
            "message": ("text",),
            "change": ("summary", "verb"),
        }.items():
            for column in columns:
                connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (evil,))
        connection.execute("UPDATE application SET tags = ?", (json.dumps([evil]),))
    connection.close()
    for words in (
        ("list",),
        ("list", "--json"),
        ("show", "1"),
        ("show", "1", "--json"),
        ("due", "--days", "9"),
        ("due", "--days", "9", "--json"),
        ("contact", "1"),
        ("contact", "1", "--json"),
        ("point", "1"),
        ("debrief", "1", "--interview", "1", "--form"),
        ("draft", f"f{thanks['id']}"),
        ("draft", f"f{thanks['id']}", "--json"),
        ("stats", "--by", "source"),
        ("stats", "--by", "tag", "--json"),
        ("move", "1", "second"),
        ("undo",),
    ):
        result = shell.ok(*words)
        assert harmless(result.out), words
        assert harmless(result.err), words
        assert "\\u001b" not in result.out, words


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[SHARED])
@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(WORDS)), max_size=5))
def test_any_words_end_in_an_exit_code(shell: Any, words: list[str]) -> None:
    shell.environ["EDITOR"] = "false"
    result = shell(*words)
    assert result.code in (0, 1, 2, 3), (words, result)
    assert harmless(result.out)
    assert harmless(result.err)
    assert "went wrong inside" not in result.err, (words, result)


def test_a_file_full_of_sequences_is_imported_as_text(shell: Any, tmp_path: Any) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["Application Date", "Company Name", "Job Title", "Job Url", "Resume Name"])
    for text in HOSTILE:
        writer.writerow(["11/10/26, 7:25 PM", f"A{text}", f"B{text}", "", text])
    file = tmp_path / "jobs\x1b]2;x\x07.csv"
    file.write_text(table.getvalue(), encoding="utf-8")
    for words in (("import", str(file), "--dry-run"), ("import", str(file)), ("list",), ("undo",)):
        result = shell(*words)
        assert result.code == 0, result
        assert harmless(result.out), result.out
        assert harmless(result.err), result.err
    again = shell.ok("import", str(file), "--dry-run").out
    assert f"\n  {len(HOSTILE)} would be added\n" in again
