"""Nothing is ever sent over the network: no command and no page looks up a name or connects."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.stillness import PATIENCE

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ("list", "--all"), ("due", "--days", "30"), ("show", "6"), ("stats",), ("where",), ("backup",),
    ("add", "Acme", "Engineer", "--url", "https://acme.example/jobs/1"), ("move", "5", "second"),
    ("draft",), ("take", "https://acme.example/jobs/2", "--company", "Acme", "--role", "Cook"),
    ("shelf",), ("review",), ("goal", "5", "applications"), ("reminder", "call Ana"),
    ("note", "1", "https://acme.example"), ("undo",),
)  # fmt: skip
FOLLOW_UP = "SELECT id FROM follow_up WHERE action = 'inquire' AND state = 'open' ORDER BY id"
"""One that a message is written for: its number goes to `draft`."""
KEYS = "t c P I s ? w e 4 O C v A W underscore"
"""Each opens a page or a dialog; escape leaves it."""
WATCHED = """
import asyncio, io, json, sys
asked, tried = [], 0
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
                 "socket.sendmsg", "socket.bind", "urllib.Request", "webbrowser.open"):
        asked.append(event)
sys.addaudithook(watch)
from pathlib import Path
from tui.cli.run import run
path, commands, keys = json.loads(sys.argv[1])
for words in commands:
    out = io.StringIO()
    assert run(["--db", path, *words], stdout=out, stderr=out) == 0, out.getvalue()
    tried += 1
from store.clock import SystemClock
from tui.app import RoundsApp
async def look():
    global tried
    async with RoundsApp(Path(path), SystemClock()).run_test(size=(140, 40)) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            await pilot.press("escape", "escape")
            tried += 1
asyncio.run(look())
import socket
assert not asked, asked
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError:
    pass
assert asked, "the watch sees nothing"
print(tried)
"""


def test_no_command_and_no_page_opens_a_connection(
    tmp_path: Path, sample_board: bytes, figure: Callable[..., None]
) -> None:
    path = tmp_path / "board.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(FOLLOW_UP).fetchone()
    commands = [(*one, f"f{number}") if one == ("draft",) else one for one in COMMANDS]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps([str(path), commands, KEYS.split()])],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1_000:]
    figure("network: commands and pages", int(done.stdout), "no connection, no name looked up")
