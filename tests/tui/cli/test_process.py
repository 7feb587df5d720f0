"""The real program in a process of its own: pipes, terminals, strange bytes, the way out."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.stillness import PATIENCE

PROJECT = Path(__file__).parents[3]


def test_it_starts_and_answers(shell: Any) -> None:
    assert re.fullmatch(rb"rounds \d+\.\d+\.\d+\n", shell.process("--version").stdout)
    added = shell.process("add", "Globex", "Engineer")
    assert (added.returncode, added.stdout) == (0, b"1\n")
    assert b"Globex" in shell.process("list").stdout


def test_a_closed_pipe_is_silent(shell: Any) -> None:
    for name in ("Globex", "Initech", "Hooli"):
        shell.add(name, "x" * 200)
    for command in ("list", "list --json", "due --days 30", "--help", "add A B"):
        line = (
            f"{sys.executable} -m tui --db '{shell.path}' {command} | true; exit ${{PIPESTATUS[0]}}"
        )
        done = subprocess.run(
            ["bash", "-c", line], cwd=PROJECT, capture_output=True, timeout=PATIENCE, check=False
        )
        assert (done.returncode, done.stdout) == (0, b""), command
        assert b"Traceback" not in done.stderr, command
        assert b"Broken" not in done.stderr, command


def test_a_full_disk_behind_stdout_is_told(shell: Any) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    shell.add()
    with Path("/dev/full").open("wb") as full:
        done = shell.process("list", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert re.fullmatch(rb"rounds: Writing failed: [^\n]+\n", done.stderr), done.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "x"),
         "Reading or writing failed: the disk is full. Your saved changes are safe."),
        (PermissionError(13, "x", "/some/file"),
         "The file “/some/file” could not be used: permission denied. "
         "Your saved changes are safe."),
    ],
)  # fmt: skip
def test_a_file_that_may_not_be_read_is_not_said_to_be_written(
    shell: Any, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    from tui.cli.showing import lists

    def fails(_: object) -> int:
        raise error

    monkeypatch.setattr(lists, "applications", fails)
    result = shell("list")
    assert (result.code, result.err) == (1, f"rounds: {said}\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_do_no_harm(shell: Any, closed: str) -> None:
    shell.add()
    line = f"{sys.executable} -m tui --db '{shell.path}' list {closed}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=PROJECT, capture_output=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", [(), ("demo",)])
def test_without_a_terminal_the_board_says_so(shell: Any, words: tuple[str, ...]) -> None:
    done = shell.process(*words, named=words != ("demo",), env={"TMPDIR": str(shell.path.parent)})
    assert done.returncode == 2
    assert done.stdout == b""
    assert re.fullmatch(r"rounds: The board needs a terminal[^\n]+\n", done.stderr.decode())
    assert list(shell.path.parent.iterdir()) == []


def test_bytes_that_are_no_text_are_refused(shell: Any) -> None:
    done = shell.process("add", b"Caf\xe9", "Engineer", env={"PYTHONUTF8": "1"})
    assert done.returncode == 2
    assert re.fullmatch(r"rounds: [^\n]+UTF-8\.\n", done.stderr.decode())
    assert not shell.path.exists()


def test_a_board_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/b\xff [/b] ?#%"
    argv = [sys.executable, "-m", "tui", "--db", folder + b"/x.db"]
    for words in (["add", "Globex", "Engineer"], ["list"], ["where"]):
        done = subprocess.run(
            [*argv, *words], cwd=PROJECT, capture_output=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(folder)) == [b"x-backups", b"x.db"]  # noqa: PTH208


@pytest.mark.parametrize(
    "interrupted",
    [
        "raise KeyboardInterrupt",
        # In Python 3.11, when it comes while a class is being made.
        "raise RuntimeError('Error calling __set_name__') from KeyboardInterrupt()",
    ],
)
def test_an_interrupt_is_silent(shell: Any, tmp_path: Path, interrupted: str) -> None:
    code = (
        "import sys, tui.cli.run, tui.cli.showing.lists as lists\n"
        f"def interrupted(call): {interrupted}\n"
        "lists.applications = interrupted\n"
        "sys.exit(tui.cli.run.run(['list']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize(
    "theirs", ["", "raise SystemError('secret')", "VERSION = 3", "import nowhere", "x = ("]
)
def test_another_programs_store_is_told_in_one_sentence(tmp_path: Path, theirs: str) -> None:
    """As one that overwrote ours in a shared environment, or stands first in PYTHONPATH."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "__init__.py").write_text(theirs, encoding="utf-8")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]\nfrom tui.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, "list"],
        cwd=PROJECT,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert said.startswith("rounds: The package “store” that Python finds")
    assert said.count("\n") == 1
    assert "pipx install" in said


@pytest.mark.parametrize(
    "interrupted",
    ["raise KeyboardInterrupt", "raise RuntimeError('a class') from KeyboardInterrupt()"],
)
def test_an_interrupt_while_the_program_is_loaded_is_silent(interrupted: str) -> None:
    code = (
        "import sys, types\n"
        "class Slow(types.ModuleType):\n"
        f"    def __getattr__(self, name): {interrupted}\n"
        "sys.modules['tui.cli.run'] = Slow('tui.cli.run')\n"
        "from tui.__main__ import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_mistake_of_ours_shows_neither_traceback_nor_values(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.cli.showing import lists

    shell.add("Secret Company")

    def broken(*_: object) -> None:
        salary = "123,456"
        raise ZeroDivisionError(f"Secret {salary}")

    monkeypatch.setattr(lists, "_print_cards", broken)
    result = shell("list")
    assert result.code == 1
    told = r"rounds: Something went wrong .*\(ZeroDivisionError at test_process\.py:\d+\)\. .+\n"
    assert re.fullmatch(told, result.err)
    assert "Secret" not in result.err


@pytest.mark.parametrize(
    "ending",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGHUP, marks=pytest.mark.long),
        pytest.param(None, marks=pytest.mark.long),
    ],
)
def test_the_demo_leaves_nothing_behind(tmp_path: Path, ending: signal.Signals | None) -> None:
    """Told to end, or left: the folder goes. The screen is stood in for by a wait, and the sample,
    which takes a second to make, by an empty file."""
    code = (
        "import sys, time, types, pathlib\n"
        "import store.demo\n"
        "import tui.cli.boards as opening\n"
        "from tui.cli.run import run\n"
        "def run_board(path, clock, *, passing, tour):\n"
        "    print(path.parent, oct(path.parent.stat().st_mode & 0o777), flush=True)\n"
        f"    time.sleep({60 if ending else 0})\n"
        "    return 0\n"
        "store.demo.make_demo = lambda path, clock: path.touch()\n"
        "sys.modules['tui.running'] = types.SimpleNamespace(run_board=run_board)\n"
        "opening._need_terminal = lambda environ: None\n"
        "sys.exit(run(['demo']))"
    )
    demo = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    folder, mode = demo.stdout.readline().split()
    assert mode == "0o700"
    assert Path(folder).parent == tmp_path
    if ending is not None:
        demo.send_signal(ending)
    _, err = demo.communicate(timeout=PATIENCE)
    assert (demo.returncode, err) == (128 + ending if ending else 0, "")
    assert list(tmp_path.iterdir()) == []
