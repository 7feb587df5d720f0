"""Other programs that people use for this, each with the same applications in its own home."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import NamedTuple

from boards import Filled, stored
from programs import CTRL_Q, HERE, Program

from store.model.dossier import Card

_FILLING = 600
"""Seconds that a peer may take to be filled."""


class Peer(NamedTuple):
    """A program from PyPI with a screen."""

    name: str
    command: str
    fill: Callable[[Path, Filled, Path], Program]
    """Makes it ready with a board's applications: its Python, the board, an empty home."""
    keys: "Keys"

    def installed(self, python: Path) -> bool:
        """Whether it is beside `python`."""
        return os.access(python.with_name(self.command), os.X_OK)


class Keys(NamedTuple):
    """What to press in a peer for the comparable thing; empty where there is none."""

    before: tuple[bytes, ...]
    down: bytes
    up: bytes
    move: tuple[bytes, ...]
    how: str
    """What `move` does, in words."""


def taskwarrior() -> str | None:
    """The `task` of Taskwarrior; None when it is not installed (another program has that name)."""
    command = shutil.which("task")
    if command is None:
        return None
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return command if said.stdout.strip().startswith(("2.", "3.")) else None


def kanban_tui(python: Path, filled: Filled, home: Path) -> Program:
    """kanban-tui with the applications of a board as cards in four columns."""
    environ = _environ(home)
    tasks = _write_tasks(filled, home)
    _fill([str(python), str(HERE / "fill_kanban_tui.py"), str(tasks)], environ)
    argv = (str(python.with_name("ktui")),)
    shows = (_tasks(filled)[0]["title"][:12],)
    return Program("kanban-tui", argv, shows, (CTRL_Q,), environ, filled.size)


def dooit(python: Path, filled: Filled, home: Path) -> Program:
    """dooit with the applications of a board as todos in four workspaces, which it shows first."""
    environ = _environ(home)
    tasks = _write_tasks(filled, home)
    path = str(home / "dooit.db")
    _fill([str(python), str(HERE / "fill_dooit.py"), str(tasks), path], environ)
    argv = (str(python.with_name("dooit")), "--db", path)
    stages = tuple(dict.fromkeys(task["stage"] for task in _tasks(filled)))
    return Program("dooit", argv, stages, (CTRL_Q,), environ, filled.size)


def task_environ(command: str, filled: Filled, home: Path) -> Mapping[str, str]:
    """Fill Taskwarrior with the applications of a board; the variables to call it with."""
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "taskrc"
    settings.write_text(f"data.location={home / 'task'}\nconfirmation=off\n", encoding="utf-8")
    environ = {**_environ(home), "TASKRC": str(settings)}
    rows = [
        {
            "uuid": str(uuid.uuid4()),
            "status": "pending",
            "entry": _stamp(datetime.now(UTC)),
            "description": task["title"],
            "project": task["stage"],
            **({"due": _stamp(datetime.fromisoformat(task["due"]))} if task["due"] else {}),
        }
        for task in _tasks(filled)
    ]
    _fill([command, "rc.verbose=nothing", "import", "-"], environ, json.dumps(rows))
    return environ


def _environ(home: Path) -> dict[str, str]:
    home.mkdir(parents=True, exist_ok=True)
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": "",
    }


def _fill(argv: Sequence[str], environ: Mapping[str, str], text: str = "") -> None:
    subprocess.run(
        argv,
        env={**os.environ, **environ},
        input=text,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
        timeout=_FILLING,
    )


def _write_tasks(filled: Filled, home: Path) -> Path:
    path = home / "tasks.json"
    path.write_text(json.dumps(_tasks(filled)), encoding="utf-8")
    return path


def _tasks(filled: Filled) -> list[dict[str, str]]:
    """The cards of a board as tasks: the follow-up that comes first is the text and the day."""
    return [_task(card) for lane in stored(filled.path).lanes.values() for card in lane]


def _task(card: Card) -> dict[str, str]:
    due = card.follow_up
    return {
        "title": f"{card.company}, {card.role}",
        "stage": card.stage.title,
        "text": due.label if due else "",
        "due": datetime.combine(due.due_on, time()).isoformat() if due else "",
    }


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


PEERS = (
    Peer(
        "kanban-tui",
        "ktui",
        kanban_tui,
        Keys((), b"j", b"k", (b"L", b"H"), "to the next column"),
    ),
    Peer("dooit", "dooit", dooit, Keys((b"\t", b"j"), b"j", b"k", (b"J", b"K"), "one place down")),
)
