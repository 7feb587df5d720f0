"""Boards on a server from the shell: the same commands, copies, and the view over all of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from store.server.address import Address
from tests.conftest import SAMPLE_MADE
from tests.server import Server

Shell = Any


@pytest.fixture
def there(shell: Any, new_address: Callable[[], Address]) -> Callable[..., Any]:
    """Runs a command on a board on a server."""
    address = str(new_address())

    def run(*words: str, code: int = 0) -> Any:
        result = shell("--db", address, *words, named=False)
        assert result.code == code, result
        return result

    run.address = address  # type: ignore[attr-defined]
    return run


def test_the_everyday_commands(there: Callable[..., Any]) -> None:
    assert there("add", "Globex", "Engineer", "--applied", "-20d", "--tag", "remote").out == "1\n"
    assert "Globex" in there("due").out
    assert there("due", "--check", code=10)
    assert there("due", "--line").out
    assert "Globex" in there("list", "--where", "tag:remote").out
    there("move", "1", "first")
    there("interview", "1", "tomorrow 10:00 with Ana")
    assert "Ana" in there("show", "globex").out
    there("undo")
    assert "Ana" not in there("show", "1").out
    assert there("stats").out
    assert there("employer", "globex").out
    there("search", "Mine", "tag:remote")
    assert "Mine" in there("search").out
    assert '"format":"rounds board"' in there("export").out


def test_what_is_not_there_is_said_and_what_is_for_files_refused(there: Callable[..., Any]) -> None:
    assert "There is no board" in there("list", code=1).err
    there("add", "Globex", "Engineer")
    for words in (("backup",), ("backup", "--list"), ("restore", "yesterday")):
        assert "is on a server" in there(*words, code=1).err
    where = there("where").out
    assert "postgresql://" in where
    assert "backups" not in where
    assert there("where", "--json").json["database"]["there"]


def test_the_doctor_reads_the_whole_board_and_compares_the_plan(
    shell: Any, there: Callable[..., Any], server: Server, database_name: str
) -> None:
    assert "There is no board" in there("doctor", code=1).err
    there("add", "Globex", "Engineer")
    assert there("doctor").out == ""
    facts = there("doctor", "--json").json["facts"]["board"]
    assert facts["state"] == "current"
    assert facts["rows"]["application"] == 1
    board = there.address.rpartition("board=")[2]  # type: ignore[attr-defined]
    with server.connect(database_name) as line:
        line.execute(
            "UPDATE rounds.follow_up SET due_on = due_on + 1 WHERE board ="
            " (SELECT id FROM rounds.board WHERE name = %s)",
            (board,),
        )
    assert "not those that the rules plan" in there("doctor", code=1).out
    there("doctor", "--fix")
    assert there("doctor").out == ""
    there("undo")
    assert there("doctor", code=1)


def test_a_board_is_copied_there_and_back(
    shell: Any, there: Callable[..., Any], tmp_path: Any
) -> None:
    shell.add("Globex", "Engineer")
    shell.ok("note", "1", "They use Rust.")
    told = shell.ok("copy", "--to", there.address)  # type: ignore[attr-defined]
    assert "compared byte by byte" in told.err
    assert told.out.strip() == there.address  # type: ignore[attr-defined]
    back = tmp_path / "back.db"
    assert there("copy", "--to", str(back), "--json").json == {"path": str(back)}
    assert shell("--db", str(back), "show", "1", named=False).out == shell.ok("show", "1").out
    assert "something on it" in there("copy", "--to", str(back), code=1).err
    assert "another place" in there("copy", "--to", there.address, code=2).err  # type: ignore[attr-defined]


def test_the_boards_of_a_database(
    shell: Any, there: Callable[..., Any], server: Server, database_name: str
) -> None:
    there("add", "Globex", "Engineer")
    shell.clock.moment += timedelta(days=15)
    board = there.address.rpartition("board=")[2]  # type: ignore[attr-defined]
    found = {one["name"]: one for one in there("boards", "--json").json["boards"]}
    assert found[board]["open"] == 1
    assert found[board]["late"] == 1
    assert board in there("boards").out
    with server.connect(database_name) as line:
        if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = 'cy'").fetchone():
            line.execute("CREATE ROLE cy LOGIN")
    assert f"cy now has the board {board}" in there("boards", "--give", "cy").err
    assert f"cy no longer has the board {board}" in there("boards", "--take", "cy").err
    assert "no role" in there("boards", "--give", "nobody_such", code=1).err
    assert "goes with" in there("boards", "--read-only", code=2).err


def test_a_file_is_one_board_and_has_no_roles(shell: Any) -> None:
    assert shell("boards", named=False).code == 0
    shell.add("Globex", "Engineer")
    (one,) = shell.ok("boards", "--json").json["boards"]
    assert (one["name"], one["open"]) == ("board", 1)
    assert "roles are for boards on a server" in shell("boards", "--give", "ana").err


QUESTIONS = (
    "list",
    "list --all --json",
    "due --days 30",
    "due --line",
    "show 1",
    "show 2 --json",
    "stats",
    "review",
    "goal",
    "shelf",
    "sweep",
    "search",
    "criteria",
    "employer globex",
    "notify --dry-run",
    "export --journal",
    "ics",
)


def test_every_question_is_answered_as_for_a_file(
    shell: Any, there: Callable[..., Any], sample_board: bytes
) -> None:
    shell.open(sample_board)
    shell.clock.moment = SAMPLE_MADE
    shell.ok("copy", "--to", there.address)  # type: ignore[attr-defined]
    for question in QUESTIONS:
        of_file = shell.ok(*question.split())
        assert there(*question.split()).out == of_file.out, question
