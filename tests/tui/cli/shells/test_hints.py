"""Help with a word: every example works, and a wrong verb leads to the right one."""

import io
import os
import re
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tables import each_row
from tui.cli.parser import build_parser, read_parser
from tui.cli.shells.hints import examples, hint_for, synonyms
from tui.cli.table import COMMANDS

EXAMPLES = [(name, line) for name, lines in examples().items() for line in lines]
NO_WORDS = {"redo", "demo"}
"""Commands of which there is only one way to write them."""
ROOM = 77
"""Columns that a line of help has beside its indent."""
IN_A_SHELL = re.compile(r"[|$]|&&")

JSON_LD = """<script type="application/ld+json">{"@type": "JobPosting", "title": "SRE",
"hiringOrganization": "Stark", "description": "<h3>Requirements</h3><ul><li>Go<li>SQL<li>Tea</ul>"}
</script>"""
FILES = {
    "applications.txt": "Umbrella; Nurse; yesterday; #remote\nWayne; Butler\n",
    "numbers.txt": "4\n7\n",
    "posting.html": "<h1>SRE at Globex</h1>" + JSON_LD,
    "pasted.txt": "We run things.\n",
    "call.txt": "They called.\nAna was friendly.\n",
    "sheet.csv": "Company,Role,Date\nStark,Fitter,3/11/2026\n",
    "inbox.mbox": (
        "From a Fri Nov 20 09:00:00 2026\nFrom: Acme Careers <acme@myworkday.com>\n"
        "Subject: Engineer at Acme\n\nWe have received your application.\n"
    ),
    "firmen.csv": "Firma;Stelle;Datum;Stand\nStark;Schlosser;3.11.2026;Absage\n",
}
LINKEDIN = (
    "Application Date,Company Name,Job Title,Resume Name\n11/20/26 9:00 AM,Stark,Fitter,cv.pdf\n"
)


_made: dict[str, bytes] = {}
"""The backup of the board below and the form of its debrief: the same for each example."""


@pytest.fixture
def board(shell: Any, edits: Callable[[str], None], tmp_path: Path, monkeypatch: Any) -> Any:
    """Applications 1 to 10: 3 has had an interview, 5 an offer, 6 and 10 are closed."""
    companies = "Acme", "Bluth", "Globex", "Dunder", "Enron", "Frobozz", "Hooli", "Initech", "Zorg"
    shell.begin(
        *(("add", name, "Engineer", "--applied", "2026-11-03") for name in (*companies, "Yoyo")),
        ("move", "3", "first", "--on", "2026-11-16"),
        ("interview", "3", "20 nov", "10:00", "with", "Ana"),
        ("interview", "3", "thu", "10:00"),
        ("point", "3", "concern", "no cloud"),
        ("task", "3", "Quiz"),
        ("move", "5", "offer", "--on", "2026-11-20"),
        ("criteria", "pay", "3"),
        ("deadline", "5", "27 nov"),
        ("close", "6", "10", "rejected"),
        ("search", "Remote", "tag:remote"),
        ("take", "https://wayne.example/1", "--company", "Wayne", "--role", "Butler"),
        ("reminder", "call the bank"),
        ("note", "3", "They called."),
        ("note", "3", "They wrote."),
        ("undo",),
    )
    if not _made:
        shell.ok("backup", str(tmp_path / "first-backup.db"))
        _made["backup"] = (tmp_path / "first-backup.db").read_bytes()
        _made["form"] = shell.ok("debrief", "3", "--form").out.encode()
    (tmp_path / "board-backup.db").write_bytes(_made["backup"])
    (tmp_path / "copies").mkdir()
    (tmp_path / "board-backups").mkdir(0o700, exist_ok=True)
    yesterday = tmp_path / "board-backups" / "board-20261122-090000.db"
    yesterday.write_bytes(_made["backup"])
    yesterday.chmod(0o600)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "LinkedIn.zip", "w") as archive:
        archive.writestr("Jobs/Job Applications.csv", LINKEDIN)
    form = _made["form"].decode()
    form = form.replace("Topics they liked:\n-", "Topics they liked:\n- sailing")
    (tmp_path / "debrief.txt").write_text(form, encoding="utf-8")
    edits("text = text.rstrip() + '\\nIt went well.\\n'")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tui.cli.boards._need_terminal", lambda _: None)
    monkeypatch.setattr("tui.running.run_board", lambda *_, **__: 0)
    monkeypatch.setattr("tui.browser.server.BoardServer.serve", lambda _: None)
    monkeypatch.setattr("mcp.server.mcpserver.MCPServer.run", lambda *_, **__: None)
    return shell


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_every_example_works(
    board: Any, name: str, line: str, monkeypatch: Any, request: pytest.FixtureRequest
) -> None:
    if IN_A_SHELL.search(line):
        request.getfixturevalue("play")("bash", "-c", line, loud=True)
        return
    words = shlex.split(line, comments=True)
    if ">" in words:
        words = words[: words.index(">")]
    if "<" in words:
        text = Path(words[-1]).read_bytes()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        words = words[: words.index("<")]
    named = "--db" not in words and name != "demo"
    result = board(*words[1:], named=named)
    assert result.code == 0, result
    assert result.out or result.err or name in ("demo", "doctor", "mcp", "web")


def test_every_command_has_two_or_three_examples_that_fit() -> None:
    found = examples()
    assert set(found) == set(COMMANDS)
    for name, lines in found.items():
        assert (1 if name in NO_WORDS else 2) <= len(lines) <= 3, name
        assert all(len(line) <= ROOM for line in lines), name
        assert len(set(lines)) == len(lines)


def test_the_help_of_each_command_ends_with_its_examples(shell: Any) -> None:
    for name, lines in examples().items():
        ending = "".join(f"  {line}\n" for line in lines)
        assert shell.ok(name, "--help").out.endswith(f"\n\nexamples:\n{ending}")
        assert shell.ok("help", name).out == shell.ok(name, "-h").out


SYNONYMS = synonyms()


@each_row(
    ("word", "written"),
    [
        ("rm", "rounds delete ID [ID ...]"), ("del", "rounds delete ID [ID ...]"),
        ("remove", "rounds delete ID [ID ...]"), ("today", "rounds due"), ("todo", "rounds due"),
        ("status", "rounds due"), ("grep", "rounds list --search TEXT"),
        ("find", "rounds list --search TEXT"), ("people", "rounds contact ID [NAME]"),
        ("reject", "rounds close ID... rejected"), ("rejected", "rounds close ID... rejected"),
        ("change", "rounds edit ID [ID ...]"), ("ls", "rounds list"),
        ("new", "rounds add [COMPANY] [ROLE]"),
        ("accept", "rounds close ID... accepted"), ("decline", "rounds close ID... declined"),
        ("withdraw", "rounds close ID... withdrawn"), ("log", "rounds note ID [TEXT ...]"),
        ("cancel", "rounds interview ID --cancel N"), ("email", "rounds draft FOLLOW-UP-ID"),
        ("mbox", "rounds mail [FILE]"),
        ("json", "rounds list --all --json"), ("csv", "rounds export"),
        ("settings", "rounds config [SETTING] [VALUE ...]"), ("open", "rounds"),
        ("RM", "rounds delete ID [ID ...]"), ("take_home", "rounds task ID [TITLE]"),
        ("version", "rounds --version"), ("12", "rounds show 12"), ("#12", "rounds show #12"),
        ("tag", "rounds edit ID --tag +TAG"), ("calendar", "rounds ics [FILE]"),
        ("f12", "rounds done f12"), ("completion", "rounds completions SHELL"),
    ],
)  # fmt: skip
def test_a_wrong_verb_leads_to_the_right_one(shell: Any, word: str, written: str) -> None:
    result = shell(word, "1")
    assert (result.code, result.out) == (2, "")
    assert f"rounds: Unknown command “{word}”. Write “{written}”: " in result.err
    assert re.fullmatch(r"[^\n]+ See “rounds [a-z -]+”\.\n", result.err)
    assert not shell.path.exists()


def test_help_for_a_wrong_verb_says_the_same(shell: Any) -> None:
    assert shell("help", "rm").err == shell("rm").err


@pytest.mark.parametrize("word", ["deu", "moev", "shwo"])
def test_a_slip_is_still_guessed(shell: Any, word: str) -> None:
    assert "Did you mean “" in shell(word).err


def test_synonyms_are_no_commands_and_lead_to_commands() -> None:
    text = (Path(__file__).parents[4] / "tui/cli/shells/synonyms.txt").read_text(encoding="utf-8")
    words = [word for line in text.splitlines() for word in line.partition("   ")[2].split()]
    assert len(set(words)) == len(words), "each leads to one place"
    assert not set(words) & {*COMMANDS, "help"}
    for written in set(SYNONYMS.values()):
        name = [*written.split(), ""][1]
        assert name in {*COMMANDS, "", "--version", "help"}
        if name in COMMANDS:
            parser = read_parser(build_parser([name]), name)
            used = set(re.findall(r"--[a-z-]+", written))
            assert used <= set(parser._option_string_actions)


def test_what_nobody_says_leads_nowhere() -> None:
    assert hint_for("zzz") == ""
    assert hint_for("12x") == ""


def test_no_path_is_needed_for_a_hint(shell: Any) -> None:
    result = shell.process("rm")
    assert result.returncode == 2
    assert os.fsdecode(result.stderr).count("\n") == 1
