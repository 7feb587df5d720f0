"""Files and folders that the user names, terminals that cannot draw, sentences that are true."""

import errno
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.file.backup import copies
from store.file.opening import connect_still, is_sound
from tests.stillness import PATIENCE
from tests.tui.cli.test_output import terminal
from tui.cli import run as running
from tui.cli.output import cells
from tui.cli.run import run

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_backup_goes_into_a_folder(shell: Any, tmp_path: Path, slash: str) -> None:
    shell.add()
    folder = tmp_path / "usb"
    if not slash:
        folder.mkdir()
    made = [Path(shell.ok("backup", f"{folder}{slash}").out.strip()) for _ in range(2)]
    assert made == [folder / "board-20261123-080000.db", folder / "board-20261123-080000-2.db"]
    for each in made:
        assert is_sound(connect_still(each))
        assert each.stat().st_mode & 0o777 == 0o600
    assert len(copies(shell.path)) <= 1, "nothing but the copy of the day"


def test_a_backup_to_a_file_stays_as_it_was(shell: Any, tmp_path: Path) -> None:
    shell.add()
    to = tmp_path / "copy.db"
    assert shell.ok("backup", str(to)).out == f"{to}\n"
    assert "There is a file at" in shell("backup", str(to)).err


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "~nosuch/x"),
        ("debrief", "1", "--from", "~nosuch/x"),
        ("draft", "f1", "--from", "~nosuch/x"),
    ],
    ids=" ".join,
)
def test_a_home_folder_that_there_is_not_is_told(shell: Any, words: tuple[str, ...]) -> None:
    shell.add("Globex", "SRE", "--applied", "2026-11-10")
    if words[0] == "debrief":
        shell.ok("interview", "1", "2026-11-20 10:00")
    result = shell(*words)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("rounds: “~nosuch/x” names no file: there is no home folder")


def test_a_board_is_not_made_in_a_folder_called_tilde(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = shell("--db", "~nosuch/x.db", "add", "A", "B", named=False)
    assert result.code == 1
    assert "there is no home folder “~nosuch”" in result.err
    assert list(tmp_path.iterdir()) == []
    assert shell("--db", "./~nosuch", "add", "A", "B", named=False).code == 0


def test_a_backup_is_named_from_where_one_is(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.add("Globex")
    assert shell.ok("backup", "kept.db").out == f"{tmp_path / 'kept.db'}\n"
    shell.add("Initech")
    shell.ok("restore", "kept.db", "--yes")
    assert [card["company"] for card in shell.ok("list", "--json").json] == ["Globex"]


@pytest.mark.parametrize("words", [(), ("demo",)])
def test_a_dumb_terminal_is_refused(shell: Any, words: tuple[str, ...]) -> None:
    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            cwd=PROJECT,
            env={**os.environ, "TERM": "dumb", "ROUNDS_DB": str(shell.path)},
            stdin=follower, stdout=follower, stderr=follower,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        drawn = os.read(leader, 65_536).decode()
    finally:
        os.close(leader)
        os.close(follower)
    assert done.returncode == 2
    assert drawn.startswith("rounds: The board needs a terminal, and TERM=dumb says")
    assert not shell.path.exists()


LONG = "The International Federation of Extraordinarily Long Company Names and Daughters"


@pytest.mark.parametrize("command", ["due", "list"])
def test_a_long_name_is_cut_before_what_is_to_be_done(shell: Any, command: str) -> None:
    shell.add(LONG, "SRE", "--applied", "2026-11-10")
    shell.environ["COLUMNS"] = "100"
    head, line = shell.ok(command).out.splitlines()
    assert "follow up on your application" in line
    assert LONG[:11] in line
    assert LONG not in line
    assert cells(line) <= 100
    assert cells(head) <= 100


@pytest.mark.parametrize("columns", ["", "0", "-3", "many", "1e3", "9" * 20])
def test_columns_that_say_nothing_cut_nothing(shell: Any, columns: str) -> None:
    shell.add(LONG, "x" * 150)
    shell.environ["COLUMNS"] = columns
    assert "x" * 150 in shell.ok("list").out


def test_columns_count_more_than_the_terminal(shell: Any) -> None:
    shell.add(LONG, "SRE")
    for columns, widest in (("60", 60), ("200", 200)):
        with terminal(90) as screen:
            run(
                ["--db", str(shell.path), "list"],
                clock=shell.clock,
                stdout=screen.stream,
                stderr=screen.stream,
                environ={"COLUMNS": columns},
            )
            line = screen.drawn().splitlines()[1]
        assert cells(line) <= widest
        assert (LONG in line) is (columns == "200")


def test_every_sign_of_ours_has_a_form_in_ascii(shell: Any) -> None:
    shell.add("Globex", "SRE", "--applied", "2026-11-10")
    shell.ok("interview", "1", "2026-11-20 10:00 with Ana")
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    commands = (["show", "1"], ["due", "--days", "60"], ["list"], ["stats"], ["help"], ["deu"])
    for words in commands:
        done = shell.process(*words, env=env)
        said = done.stdout + done.stderr
        assert said.isascii()
        assert b"\\u" not in said, said
        assert b"\\x" not in said, said
    assert b"Globex - SRE  (1)" in shell.process("show", "1", env=env).stdout


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the command `where` end in an error of the operating system."""

    def fail(error: OSError) -> None:
        def broken(*_: object) -> None:
            raise error

        monkeypatch.setattr("tui.cli.boards.where", broken)

    yield fail
    assert running.FAILED == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(errno.EACCES, "no", "/x/y.txt"),
         "The file “/x/y.txt” could not be used: permission denied."),
        (OSError(errno.EIO, "no"), "Reading or writing failed: input/output error."),
    ],
)  # fmt: skip
def test_nobody_says_writing_of_what_may_have_been_reading(
    shell: Any, failing: Any, error: OSError, sentence: str
) -> None:
    failing(error)
    result = shell("where")
    assert (result.code, result.err) == (
        1, f"rounds: {sentence} Your saved changes are safe.\n",
    )  # fmt: skip


def test_a_number_that_is_too_large_is_named_as_typed(shell: Any) -> None:
    shell.add()
    for words in (("show",), ("note", "x"), ("move", "first")):
        command, *more = words
        result = shell(command, "18446744073709551616", *more)
        assert (result.code, result.err) == (
            3, "rounds: There is no application 18446744073709551616.\n",
        )  # fmt: skip
    result = shell("done", "f18446744073709551616")
    assert result.err == "rounds: There is no follow-up f18446744073709551616.\n"


def test_a_list_without_a_match_tells_of_closed_ones_that_match(shell: Any) -> None:
    shell.add("Globex", "SRE")
    for company in ("Initech", "Initech Labs"):
        shell.ok("close", shell.add(company, "Writer"), "rejected")
    told = "No open application matches, but 2 closed ones do: add --all.\n"
    assert shell.ok("list", "--search", "initech").err == told
    assert shell.ok("list", "--search", "labs").err == told.replace(
        "2 closed ones do", "1 closed one does"
    )
    assert shell.ok("list", "--search", "nothing").err == "No application matches.\n"
    assert shell.ok("list", "--stage", "offer").err == "No application matches.\n"
    shell.ok("close", "1", "rejected")
    assert shell.ok("list").err.startswith("All 3 are closed.")
    assert re.fullmatch("No open application matches, but 3 closed ones do: add --all.\n",
                        shell.ok("list", "--stage", "applied").err)  # fmt: skip
