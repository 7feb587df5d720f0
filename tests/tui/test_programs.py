"""Programs of the user's own: run apart from the terminal, read, or with all of it."""

import sys
import threading
from pathlib import Path

import pytest

from store.rules.own_commands import FilledCommand
from tests.stillness import PATIENCE
from tests.tables import each_row
from tui import programs

ENV = {"PATH": "/usr/bin:/bin"}


def python(code: str, **variables: str) -> FilledCommand:
    return FilledCommand((sys.executable, "-c", code), variables)


def test_what_it_prints_is_kept_in_a_few_lines() -> None:
    ended = programs.run_and_read(python("for n in range(9): print('line', n, '\\x1b[31m')"), ENV)
    assert ended.code == 0
    assert ended.printed.splitlines()[0] == "line 0 [31m"
    assert ended.printed.splitlines()[-1] == "… and 4 more lines"
    assert ended.sentence("x") == "“x” is done."


def test_output_without_end_is_read_and_forgotten() -> None:
    ended = programs.run_and_read(python("print('x' * 500_000)"), ENV)
    assert ended.code == 0
    assert len(ended.printed) == 20_000


@each_row(
    ("filled", "told"),
    [
        (python("raise SystemExit(3)"), "“x” ended with the code 3."),
        (python("import os; os.kill(os.getpid(), 15)"), "“x” was ended by signal 15."),
        (
            FilledCommand(("no-such-program-here",), {}),
            "there is no program “no-such-program-here”.",
        ),
        (FilledCommand(("/",), {}), "“/” cannot be started (permission denied)."),
    ],
)
@each_row("run", ["read", "quietly", "screen"])
def test_what_fails_is_told(filled: FilledCommand, told: str, run: str) -> None:
    ended = {
        "read": lambda: programs.run_and_read(filled, ENV),
        "quietly": lambda: programs.run_quietly(filled, ENV, print),
        "screen": lambda: programs.run_on_screen(filled, ENV, lambda: None),
    }[run]()
    assert ended.failed
    assert told in ended.sentence("x")


def test_what_goes_on_is_told_of_only_if_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "QUIETLY_AT_MOST", 0.01)
    gate = tmp_path / "gate"
    code = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(.01)\nos._exit(7)"
    heard: list[programs.Ended] = []
    there = threading.Event()

    def failed(ended: programs.Ended) -> None:
        heard.append(ended)
        there.set()

    ended = programs.run_quietly(python(code), ENV, failed)
    assert ended == programs.Ended(None)
    assert ended.sentence("x") == "“x” is running."
    gate.touch()
    assert there.wait(PATIENCE)
    assert [one.code for one in heard] == [7]


def test_it_finds_the_values_and_the_board_in_its_environment() -> None:
    filled = python(
        "import os; print(os.environ['ROUNDS_COMPANY'], os.environ['ROUNDS_DB'])",
        ROUNDS_COMPANY="Globex",
    )
    env = programs.environment(filled, Path("/x/board.db"), {"PATH": "/bin", "ROUNDS_DB": "/y"})
    assert programs.run_and_read(filled, env).printed == "Globex /x/board.db"


def test_with_the_screen_enter_is_waited_for_unless_it_could_not_start() -> None:
    waited: list[int] = []
    programs.run_on_screen(python("pass"), ENV, lambda: waited.append(1))
    programs.run_on_screen(FilledCommand(("no-such-program",), {}), ENV, lambda: waited.append(2))
    assert waited == [1]
