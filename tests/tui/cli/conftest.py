"""The command line as the tests use it: in this process, with a clock that stands still."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from store.clock import FixedClock
from tests.stillness import PATIENCE
from tui.cli.run import run

PROJECT = Path(__file__).parents[3]
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


_begun: dict[object, bytes] = {}
"""The boards that commands made, by the commands and the moment."""

SCHEMAS = PROJECT / "tui" / "schemas"


@cache
def validator(kind: str) -> Draft202012Validator:
    """What checks a document of this kind."""
    files = SCHEMAS.glob("*.json")
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in files}
    known = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    return Draft202012Validator(schemas[f"{kind}.json"], registry=known)


@dataclass
class Result:
    """What one command gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The whole JSON document, which fits the schema of its kind."""
        document = json.loads(self.out)
        validator(document["kind"]).validate(document)
        return document

    @property
    def json(self) -> Any:
        """What the document holds."""
        return self.document["data"]


@dataclass
class Shell:
    """Runs commands on one board. `environ` is all the environment that they see."""

    path: Path
    empty: bytes
    """A board with nothing on it, where `add` finds none: to make one anew takes far longer."""
    clock: FixedClock = field(default_factory=lambda: FixedClock(MONDAY))
    environ: dict[str, str] = field(default_factory=dict)

    def open(self, board: bytes) -> "Shell":
        """Begin with this board in place of what there is."""
        self.path.write_bytes(board)
        self.path.chmod(0o600)
        return self

    def __call__(self, *words: str, named: bool = True) -> Result:
        """Run `rounds --db PATH` with `words`; without `--db` unless `named`."""
        out, err = io.StringIO(), io.StringIO()
        argv = ["--db", str(self.path), *words] if named else list(words)
        code = run(argv, clock=self.clock, stdout=out, stderr=err, environ=self.environ)
        return Result(code, out.getvalue(), err.getvalue())

    def ok(self, *words: str) -> Result:
        """Run a command that has to succeed."""
        result = self(*words)
        assert result.code == 0, result
        return result

    def begin(self, *commands: tuple[str, ...]) -> None:
        """Begin with what these commands, which have to succeed, make of an empty board.

        With the same clock they make the same board, unless the user has chosen something: they
        run once in each process.
        """
        key = commands, self.clock.moment, str(self.clock.zone)
        home = os.environ.get("XDG_CONFIG_HOME")
        chosen = self.environ or home is None or Path(home, "rounds", "config.toml").exists()
        if chosen or key not in _begun:
            self.open(self.empty)
            for words in commands:
                self.ok(*words)
            if chosen:
                return
            _begun[key] = self.path.read_bytes()
        self.open(_begun[key])

    def add(self, company: str = "Globex", role: str = "Engineer", *more: str) -> str:
        """Add an application and give its number; makes the board when there is none."""
        words = "add", company, role, *more
        if self.path.exists():
            return self.ok(*words).out.strip()
        self.begin(words)
        return "1"

    def process(
        self,
        *words: str | bytes,
        env: dict[str, str] | None = None,
        named: bool = True,
        **popen: Any,
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run the real program in a process of its own, without a terminal."""
        return subprocess.run(
            [sys.executable, "-m", "tui", *(("--db", str(self.path)) if named else ()), *words],
            cwd=PROJECT,
            env={**os.environ, "TZ": "Europe/Berlin", **(env or {})},
            stdin=subprocess.DEVNULL,
            **({"capture_output": True} | popen),
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture
def shell(tmp_path: Path, empty_board: bytes) -> Shell:
    """A command line on a board that is not there yet."""
    return Shell(tmp_path / "board.db", empty_board)


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration file, which is not there yet; nobody else's is ever read."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    return tmp_path / "configuration" / "rounds" / "config.toml"


@pytest.fixture
def edits(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the editor a program: Python code that changes `text`, however quick it is."""
    monkeypatch.setattr("tui.outside.AT_ONCE", 0)

    def played(code: str) -> None:
        program = tmp_path / "editor.py"
        program.write_text(
            "import pathlib, re, sys\n"
            "path = pathlib.Path(sys.argv[-1])\n"
            "text = path.read_text(encoding='utf-8')\n"
            f"{code}\n"
            "path.write_text(text, encoding='utf-8')\n",
            encoding="utf-8",
        )
        shell.environ["EDITOR"] = f"{sys.executable} {program}"

    return played
