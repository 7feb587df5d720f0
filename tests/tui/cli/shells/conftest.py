"""A program `rounds` as shells find it, on a board of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stillness import PATIENCE

PROJECT = Path(__file__).parents[4]


def need(program: str) -> None:
    """Leave the test out where `program` is not installed; in `.ci/run` it fails for that."""
    if shutil.which(program) is None and not os.environ.get("ROUNDS_CI"):
        pytest.skip(f"{program} is not installed here")


@pytest.fixture
def environment(shell: Any, tmp_path: Path) -> dict[str, str]:
    """An environment in which `rounds` is on the path, and opens the board of `shell`."""
    program = tmp_path / "bin" / "rounds"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={PROJECT} exec {sys.executable} -m tui "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    return {
        **os.environ,
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "ROUNDS_DB": str(shell.path),
        "TERM": "xterm",
        "TZ": "Europe/Berlin",
    }


@pytest.fixture
def play(environment: dict[str, str], tmp_path: Path) -> Callable[..., str]:
    """Runs a program with a text on standard input, and gives what it prints.

    It has to succeed and, unless it may be `loud`, to say nothing on standard error.
    """

    def played(*words: str, text: str = "", loud: bool = False) -> str:
        need(words[0])
        done = subprocess.run(
            words,
            input=text,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done
        assert loud or done.stderr == "", done
        return done.stdout

    return played
