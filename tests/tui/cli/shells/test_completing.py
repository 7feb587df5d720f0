"""What completes at the cursor: by the command, by the words before, by the board."""

import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tables import each_row
from tui.cli.parser import build_parser, read_parser
from tui.cli.shells.values import find
from tui.cli.table import COMMANDS

_TEXTS = (
    *("url", "salary", "contact_name", "contact_email", "channel", "cv_version", "letter_version"),
    *("via_recruiter", "next_step", "why_role", "why_company", "posting_text"),
)
_OF_A_POSTING = ("url", "salary", "posting_text")
FREE = {
    *("import.map", "import.status"),
    *("mail.company", "mail.role"),
    *(f"{command}.{name}" for command in ("add", "edit") for name in ("role", *_TEXTS)),
    *(f"{command}.{name}" for command in ("take", "shelf") for name in ("role", *_OF_A_POSTING)),
    "take.points", "web.port", "web.address",
    "add.note", "list.search", "close.reason", "close.keep", "close.change",
    "lesson.reason", "lesson.lesson_keep", "lesson.lesson_change",
    "interview.minutes", "interview.place", "task.hours", "task.remarks", "task.new_title",
    "contact.new_name", "contact.title", "contact.email", "contact.phone", "contact.link",
    "contact.common_ground", "contact.background", "contact.mention", "point.text",
    "point.detail", "point.link", "replied.text", "note.text", "remind.text", "draft.to",
    "reminder.new_text", "prepare.answer", "criteria.new_name", "due.days",
    "search.query", "search.rename",
    *(f"{command}.where" for command in ("move", "close", "reopen", "delete")),
    *("export.where", "export.goal"),
    *("boards.give", "boards.take"),
    *(f"{command}.where" for command in ("done", "snooze", "skip", "edit")),
    *(f"{command}.{name}" for command in ("list", "due") for name in ("limit", "format")),
}  # fmt: skip
"""The places that take any words."""


@pytest.fixture
def board(shell: Any) -> Any:
    """Four applications, the last of them closed, with what hangs on one."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-10", "--tag", "remote", "--source", "a b"),
        ("add", "Initech", "Writer", "--applied", "2026-11-10", "--tag", "remote", "--tag", "uk"),
        ("add", "Hooli", "Analyst: data"),
        ("add", "Acme Corp", "Clerk"),
        ("close", "4", "rejected"),
        ("interview", "1", "tue", "10:00", "with", "Ana"),
        ("contact", "1", "Bo Diaz", "--relation", "manager"),
        ("point", "1", "concern", "no cloud"),
        ("task", "1", "Case study"),
        ("search", "From afar", "tag:remote"),
    )
    return shell


def found(shell: Any, *words: str, asked: str = "fish") -> dict[str, str]:
    """What completes the last of `words`, with what each is."""
    result = shell("__complete", asked, "--db", str(shell.path), *words, named=False)
    assert (result.code, result.err) == (0, "")
    lines = (line.partition("\t") for line in result.out.splitlines())
    return {value: said for value, _, said in lines}


def test_commands_complete_with_what_they_do(board: Any) -> None:
    assert list(found(board, "")) == ["help", *COMMANDS]
    assert found(board, "")["move"] == "move an application to another stage"
    assert list(found(board, "help", "")) == list(COMMANDS)
    assert list(found(board, "--")) == ["--help", "--version", "--db"]
    assert found(board, "nonsense", "") == {}


def test_numbers_complete_with_company_and_role(board: Any) -> None:
    assert found(board, "move", "") == {
        "1": "Globex, SRE", "2": "Initech, Writer", "3": "Hooli, Analyst: data",
    }  # fmt: skip
    assert found(board, "reopen", "") == {"4": "Acme Corp, Clerk"}
    assert set(found(board, "show", "")) == {"1", "2", "3", "4"}


def test_the_last_changed_comes_first(board: Any) -> None:
    board.clock.moment += timedelta(hours=1)
    board.ok("move", "2", "first")
    assert list(found(board, "move", "")) == ["2", "3", "1"]


def test_of_several_numbers_those_left_complete_and_what_comes_after(board: Any) -> None:
    assert list(found(board, "move", "1", "")) == ["3", "2", "applied", "first", "second", "offer"]
    assert list(found(board, "delete", "1", "4", "")) == ["3", "2"]
    assert {"rejected", "no-response"} <= set(found(board, "close", "1", "2", ""))
    assert list(found(board, "reopen", "4", "")) == []


def test_follow_ups_complete_with_what_is_to_be_done(board: Any) -> None:
    offered = found(board, "done", "")
    assert offered["f2"].startswith("Initech: follow up on your application, ")
    assert "f2" not in found(board, "done", "f2", "")
    assert "fri" in found(board, "snooze", "f2", "")


@each_row(
    ("words", "among"),
    [
        (("list", "--stage", ""), {"applied", "first", "second", "offer"}),
        (("list", "--stage=fi"), {"--stage=first"}),
        (("interview", "1", "fri", "--stage", ""), {"first", "second", "third", "final"}),
        (("close", "1", ""), {"accepted", "rejected", "no-response", "cancelled"}),
        (("point", "1", ""), {"concern", "news", "story", "my-promise"}),
        (("draft", "f1", "--kind", ""), {"thank-you", "accept"}),
        (("contact", "1", ""), {"Ana", "Bo Diaz"}),
        (("contact", "1", "Ana", "--relation", ""), {"recruiter", "manager", "referrer"}),
        (("interview", "1", "--cancel", ""), {"1"}),
        (("interview", "1", "--by", ""), {"them", "you"}),
        (("interview", "1", "fri", "--format", ""), {"panel", "video-live"}),
        (("interview", "1", "fri", "--zone", ""), {"Europe/Berlin", "America/New_York"}),
        (("point", "1", "--addressed", ""), {"1"}),
        (("debrief", "1", "--interview", ""), {"1"}),
        (("task", "1", ""), {"Case study"}),
        (("export", "--format", ""), {"json", "worklog"}),
        (("export", "--office", ""), {"us-ne", "ch"}),
        (("stats", "--by", ""), {"source", "tag", "month", "referral"}),
        (("add", "A", "B", "--tag", ""), {"remote", "uk"}),
        (("add", "A", "B", "--source", ""), {"a b"}),
        (("add", ""), {"Globex", "Acme Corp"}),
        (("employer", ""), {"Globex", "Acme Corp"}),
        (("employer", "Globex", "--same-as", ""), {"Globex", "Acme Corp"}),
        (("completions", ""), {"bash", "zsh", "fish"}),
        (("list", "--"), {"--stage", "--closed", "--all", "--where", "--json", "--db"}),
        (("list", ""), {"--stage", "--all"}),
        (("list", "--sort", ""), {"urgency", "salary"}),
        (("list", "--columns", ""), {"company", "follow-up"}),
        (("due", "--columns", ""), {"company", "why"}),
        (("list", "--saved", ""), {"From afar"}),
        (("search", ""), {"From afar"}),
        (("close", "--where", "quiet", ""), {"accepted", "rejected"}),
        (("undo", ""), {"--help", "--db"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_completes(board: Any, words: tuple[str, ...], among: set[str]) -> None:
    assert among <= set(found(board, *words))


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("list", "--closed", "--"), {"--closed", "--all"}),
        (("list", "--stage", "first", "--"), {"--stage"}),
        (("list", "--stage", "first", ""), {"first", "--stage"}),
        (("note", "1", ""), {"1", "2"}),
        (("note", "1", "--", "-"), {"--help"}),
        (("contact", "99", ""), {"Ana"}),
        (("contact", "x", ""), {"Ana"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_may_not_stand_there_is_not_offered(
    board: Any, words: tuple[str, ...], missing: set[str]
) -> None:
    assert not missing & set(found(board, *words))


def test_an_option_that_may_be_repeated_is_offered_again(board: Any) -> None:
    assert "--tag" in found(board, "add", "A", "B", "--tag", "x", "--")


@pytest.mark.parametrize(
    "words",
    [("import", ""), ("export", "-o", ""), ("export", "--flow", ""),
     ("restore", "/tm"), ("backup", ""), ("due", "--db", ""), ("debrief", "1",
     "--from", ""), ("debrief", "1", "--from=x")],
    ids=" ".join,
)  # fmt: skip
def test_paths_are_left_to_the_shell(board: Any, words: tuple[str, ...]) -> None:
    assert list(found(board, *words)) == [":files"]


def test_bash_gets_what_it_takes_for_the_words_of_a_command(board: Any) -> None:
    def bash(*words: str) -> list[str]:
        return list(found(board, *words, asked="bash"))

    assert bash("mo") == ["move"]
    assert bash("list", "--stage", "=", "se") == ["second"]
    assert bash("list", "--stage", "=") == ["applied", "first", "second", "offer"]
    assert bash("add", "Ac") == ["'Acme Corp'"]
    assert bash("add", '"Ac') == ["Acme Corp"]
    assert bash("show", "9") == []


@pytest.mark.parametrize("company", ["$(touch x)", "`touch x`", "a;touch x", "a\\b", "it's", "!!"])
def test_nothing_from_the_board_is_carried_out_by_bash(shell: Any, company: str) -> None:
    shell.add(company)
    (offered,) = found(shell, "add", "", asked="bash")
    assert shlex.split(offered) == [company], "one word, to the letter"
    assert offered.startswith("'")
    for word in ('"', "'"):
        for offered in found(shell, "add", word, asked="bash"):
            assert shlex.split(f"{word}{offered}{word}") == [company]
            assert not (word == '"' and set(offered) & set("$`!"))


@pytest.mark.parametrize("company", [":", ":files"])
def test_no_name_is_taken_for_paths(shell: Any, company: str) -> None:
    shell.add(company)
    asked = shell("__complete", "zsh", "--db", str(shell.path), "add", "", named=False)
    assert asked.out == f"{company}\t\n"


def test_the_board_that_was_named_is_read(board: Any, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    assert board("--db", other, "add", "Elsewhere", "X", named=False).code == 0
    asked = board("__complete", "fish", "show", f"--db={other}", "", named=False)
    assert asked.out == "1\tElsewhere, X\n"
    board.environ["ROUNDS_DB"] = other
    assert board("__complete", "fish", "show", "", named=False).out == "1\tElsewhere, X\n"


@pytest.mark.parametrize("what", ["nothing", "no board", "an older board", "a folder"])
def test_a_board_that_cannot_be_read_completes_nothing_and_is_left_alone(
    shell: Any, tmp_path: Path, what: str
) -> None:
    if what == "no board":
        shell.path.write_bytes(b"something else")
    elif what == "an older board":
        sample = Path(__file__).parents[3] / "store/migrations/samples/board-0001.sql"
        with closing(sqlite3.connect(shell.path)) as older:
            older.executescript(sample.read_text(encoding="utf-8"))
    elif what == "a folder":
        shell.path.mkdir()
    before = shell.path.read_bytes() if shell.path.is_file() else None
    assert found(shell, "show", "") == {}
    assert (shell.path.read_bytes() if shell.path.is_file() else None) == before
    assert shell.path.exists() == (what != "nothing")


def test_texts_from_the_board_drive_no_terminal(shell: Any) -> None:
    shell.add("Glo\tbex", "S\x1b[31mRE", "--tag", "a")
    assert found(shell, "show", "") == {"1": "Glo bex, S[31mRE"}


def test_each_place_of_each_command_is_known_or_takes_any_words() -> None:
    unknown = set()
    for name in COMMANDS:
        for action in read_parser(build_parser([name]), name)._actions:
            known = action.nargs == 0 or action.choices is not None or find(name, action)
            if not known:
                unknown.add(f"{name}.{action.dest}")
    assert unknown == FREE


def test_to_complete_loads_nothing_heavy(board: Any) -> None:
    for words in (["show", ""], ["done", ""], ["mo"], ["list", "--"], ["close", "1", ""]):
        code = (
            "import sys\nfrom tui.cli.run import run\n"
            f"run(['__complete', 'zsh', '--db', {str(board.path)!r}, *{words!r}])\n"
            "print('LOADED', *{'textual', 'rich', 'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic',"
            " 'dateutil', 'tomllib', 'pathlib'} & set(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-S", "-c", code],
            cwd=Path(__file__).parents[4], capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.rpartition("LOADED")[2].split() == []
