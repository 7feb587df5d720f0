"""A terminal multiplexer as witness: nothing that is stored can drive the terminal.

The board is filled twice over: through the use cases, and behind their back by writing hostile
texts straight into the file, as another program could. Then every screen is opened in a real
multiplexer that would set its clipboard, its title and its window's name if told to.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.demo import make_demo
from store.file.database import open_database
from store.pipeline import Pipeline
from tests.stillness import PATIENCE
from tests.terminal import at_a_moment
from tests.terminal.at_a_moment import MOMENT

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="the witness is tmux"),
]
ROOT = Path(__file__).parents[2]
LONG = os.environ.get("ROUNDS_PROOF") == "long"
CLOCK = FixedClock(MOMENT)
HOSTILE = (
    "\x1b]52;c;SEFDS0VE\x07clipboard",
    "\x1b]2;HACKED\x07title",
    "\x1bkHACKED\x1b\\name",
    "\x1bPtmux;\x1b\x1b]52;c;SEFDS0VE\x07\x1b\\through",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[31mcleared",
    "\x9b2J\x9d2;HACKED\x9cC1",
    "[/] [/b] [red]markup[/red]",
    "[@click=app.quit]click[/]",
    "\u202egnp.exe\u2066",
    "👨‍👩‍👧‍👦 семья עברית 株式会社 e\u0301\u0301\u0301",
    "a\x00b\x08\x08c\x7f",
    "x" * 5_000,
)
AFTER = "Massive Dynamic"
"""In the sample: after the second interview, the first card of its column."""
TEXTS = {
    "application": (
        "company",
        "role",
        "location",
        "url",
        "source",
        "salary",
        "next_step",
        "why_role",
        "posting_text",
        "expected_text",
        "reason",
        "cv_version",
        "lesson_keep",
        "lesson_change",
    ),
    "note": ("text",),
    "contact": ("name", "title", "email", "phone", "link", "common_ground", "background"),
    "interviewer": ("point",),
    "debrief": ("next_step", "promised_text", "remarks"),
    "point": ("text", "detail", "link"),
    "draft": ("text",),
    "interview": ("place", "people"),
    "message": ("text",),
    "follow_up": ("label", "reason"),
    "change": ("summary",),
}
GONE = "no "
DIALOG = "esc Cancel"
BOARD = "t Due"
STEPS = (
    ("2", "kHACKED"), ("Enter", "esc Back"), ("w", "Mark as sent"),
    ("Escape", "no Mark as sent"), ("Escape", BOARD), ("t", "─ Due "),
    ("Escape", BOARD), ("c", "─ Closed "), ("Enter", "no ─ Closed "), ("Escape", "─ Closed "),
    ("Escape", BOARD), ("e", DIALOG), ("Escape", "no " + DIALOG), ("m", "─ Move "),
    ("Escape", "no " + DIALOG), ("x", "─ Close "), ("Escape", "no " + DIALOG), ("n", "─ Note on"),
    ("Escape", "no " + DIALOG), ("z", "─ Snooze"), ("Escape", "no " + DIALOG),
    ("D", "─ Delete "), ("Escape", "no " + DIALOG), ("/", "words in a note"), ("[/]", " /[/] "),
    ("Escape", "no  /[/] "), ("3", "cleared"), ("Enter", "no " + BOARD), ("P", "─ People "),
    ("Escape", "no ─ People "), ("I", "Debrief  With"), ("Escape", "─ Next "),
    ("v", "─ Prepare "), ("Escape", "no ─ Prepare "),
    ("b", "─ Debrief "), ("Escape", "no ─ Debrief "), ("+", "─ New point"),
    ("Escape", "no " + DIALOG), ("Escape", BOARD), ("4", "O Offer  C Compare"), ("O", "─ Offer "),
    ("C", "─ Compare offers "), ("Escape", "─ Offer "), ("Escape", BOARD),
    ("C-p", "Search for commands"), ("go to", "Go to "),
    ("Escape", "no Go to "), ("Tab", "space Tick"), ("Space", "☑"),
    ("j", "Tips"), ("Tab", BOARD), ("L", "Offer is the last stage"), ("u", BOARD),
)  # fmt: skip
"""Keys, and what stands on the screen once they are done, or does no more."""


class Witness:
    """A session of the multiplexer with one program in it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.name = f"rounds-{uuid.uuid4().hex[:8]}"
        exports = [f"{name}={value}" for name, value in environment.items()]
        self.run("new-session", "-d", "-x", "160", "-y", "45", "sh")
        self.run("set", "-g", "set-clipboard", "on")
        self.run("set", "-g", "allow-rename", "on")
        self.run("set", "-g", "remain-on-exit", "on")
        self.run("respawn-pane", "-k", "env", *exports, *command)

    def run(self, *words: str) -> str:
        """One command to the multiplexer; what it answers."""
        done = subprocess.run(
            ["tmux", "-L", self.name, "-f", "/dev/null", *words],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout

    def press(self, keys: str, sign: str) -> str:
        """Press keys; what the screen shows once `sign` is on it, or gone when it begins so."""
        self.run("send-keys", keys)
        gone, sign = sign.startswith(GONE), sign.removeprefix(GONE)
        return self.wait_for(
            lambda shown: (sign in shown) is not gone, f"after {keys!r}, as to {sign!r}"
        )

    def screen(self) -> str:
        """What the screen shows."""
        return self.run("capture-pane", "-p")

    def wait_for(
        self,
        true: Callable[[str], bool],
        or_else: str,
        seen: Callable[[], object] = str,
    ) -> str:
        """The screen, once `true` holds of it; else it is told, with what was `seen` then."""
        for _ in range(20 * PATIENCE):
            shown = self.screen()
            if true(shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{or_else}: {seen()}\n{shown}")

    def end(self) -> None:
        """Close the session."""
        self.run("kill-server")


@pytest.fixture
def hostile_board(tmp_path: Path, made_once: Callable[..., bytes]) -> Path:
    """The demo board with every text in it replaced by a hostile one, behind the program's back."""
    path = tmp_path / "board.db"
    path.write_bytes(made_once("hostile.db", make_hostile))
    path.chmod(0o600)
    return path


def make_hostile(path: Path) -> None:
    make_demo(path, CLOCK)
    with closing(open_database(path, CLOCK)) as database:
        pipeline = Pipeline(database)
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT id FROM application WHERE company = ?", (AFTER,))
            (after,) = found.fetchone()
        pipeline.draft(after, "thank_you", "Subject: Thanks\n\nDear Ana")
        for number in range(len(HOSTILE)):
            pipeline.criterion(f"Criterion {number}", 3)
            pipeline.contact(after, f"Person {number}")
    connection = sqlite3.connect(path)
    for number, name in enumerate(HOSTILE):
        told = f"{number} {name}"
        connection.execute("UPDATE criterion SET name = ? WHERE id = ?", (told, number + 1))
    for table, columns in TEXTS.items():
        ids = [row[0] for row in connection.execute(f"SELECT id FROM {table}")]
        for place, row_id in enumerate(ids):
            for number, column in enumerate(columns):
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE id = ?",
                    (HOSTILE[(place + number) % len(HOSTILE)], row_id),
                )
    connection.execute("UPDATE application SET tags = ?", ('["\\u001b]2;HACKED\\u0007", "[/]"]',))
    connection.commit()
    connection.close()


@pytest.fixture
def witness(hostile_board: Path, tmp_path: Path) -> Iterator[Witness]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "COLORTERM": "truecolor",
        # Of another window, as they come along where a shell exports them.
        "COLUMNS": "200",
        "LINES": "50",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    session = Witness([sys.executable, at_a_moment.__file__, str(hostile_board)], environment)
    yield session
    session.end()


def newest(board: Path) -> list[tuple[str, str]]:
    """The newest changes, the last first: what was done, and what became of it."""
    query = "SELECT verb, state FROM change ORDER BY id DESC LIMIT 4"
    with closing(sqlite3.connect(board)) as connection:
        return list(connection.execute(query))


def test_no_screen_lets_a_text_drive_the_terminal(witness: Witness, hostile_board: Path) -> None:
    shown = witness.wait_for(lambda shown: "Applied" in shown, "the board was never shown")
    title = witness.run("display", "-p", "#{pane_title}")
    for keys, sign in STEPS:
        shown += witness.press(keys, sign)
        if LONG:
            assert witness.run("list-buffers") == "", f"after {keys} the clipboard was set"
    # By what is stored: the notice may stand where a wide sign has shifted the line.
    undone = ("undo", "step"), ("tick", "undone")
    witness.wait_for(
        lambda _: (*newest(hostile_board)[:2],) == undone,
        "u undid no tick",
        lambda: newest(hostile_board),
    )
    assert witness.run("list-buffers") == "", "the clipboard was set by a text"
    witness.run("send-keys", "y")
    witness.wait_for(lambda _: witness.run("list-buffers") != "", "y copied nothing")
    copied = witness.run("show-buffer")
    hostile = ("HACKED", "evil.example", "cleared")
    assert any(word in copied for word in hostile), "a text that could drive was copied"
    assert copied.replace("\n", "").isprintable(), "y copies a cleaned text"
    assert witness.run("display", "-p", "#{pane_title}") == title
    assert "HACKED" not in witness.run("display", "-p", "#{window_name} #{pane_title}")
    assert "[/] [/b] [red]markup" in shown, "markup is shown as it is"
    witness.run("send-keys", "q")
    witness.run("kill-session")


COMMANDS = (
    ["list", "--all"],
    ["list", "--all", "--json"],
    ["list", "--search", "\x1b]2;HACKED\x07"],
    ["due", "--days", "30"],
    ["due", "--json"],
    ["due", "--line"],
    *(["show", str(number)] for number in range(1, 17, 1 if LONG else 5)),
    *([name, "6"] for name in ("contact", "debrief", "point", "offer", "done")),
    ["draft", "f6"],
    ["show", "6", "--json"],
    ["show", "1", "--json"],
    ["show", "\x1b]2;HACKED\x07"],
    ["move", "1", "\x1b]2;HACKED\x07"],
    ["note", "1", "\x1b]2;HACKED\x07"],
    ["undo"],
)
IN_A_ROW = """
import io, json, sys
from tui.cli.run import run
printed = []
for words in json.loads(sys.argv[1]):
    out = io.StringIO()
    run(words, stdout=out, stderr=out)
    printed.append(out.getvalue())
print(json.dumps(printed))
"""
"""One program that carries out many commands: starting one for each takes far longer."""


def test_no_command_prints_a_control_character(hostile_board: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "ROUNDS_DB": str(hostile_board),
        "TZ": "UTC",
    }

    def python(*words: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, *words],
            capture_output=True,
            env=environment,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def check(words: list[str], printed: str) -> None:
        bad = {c for c in printed if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160}
        assert not bad, (words, bad)
        assert "\u202e" not in printed
        assert "Traceback" not in printed

    for words in COMMANDS if LONG else COMMANDS[:1]:
        done = python("-m", "tui", *words)
        check(words, (done.stdout + done.stderr).decode("utf-8"))
    done = python("-c", IN_A_ROW, json.dumps(COMMANDS))
    printed = json.loads(done.stdout)
    assert len(printed) == len(COMMANDS)
    for words, text in zip(COMMANDS, printed, strict=True):
        check(words, text)


def test_the_board_is_not_changed_by_being_looked_at(hostile_board: Path) -> None:
    before = hostile_board.read_bytes()
    database = open_database(hostile_board, CLOCK)
    glance = database.glance()
    glance.board()
    for card in glance.cards(closed=None):
        glance.dossier(card.id)
    glance.close()
    database.close()
    assert hostile_board.read_bytes() == before
