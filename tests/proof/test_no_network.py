"""Nothing is ever sent over the network: no command and no page looks up a name or connects, and
only `rounds web` listens, on this machine alone.
"""

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
from mcp import Client
from tui.assistants.server import make_server
from tui.cli.call import Call
from tui.cli.output import Output
from tui.cli.words import Words
async def assist():
    global tried
    out = Output(io.StringIO(), io.StringIO(), {})
    async with Client(make_server(Call(Words(db=path), SystemClock(), out, {}))) as client:
        for tool, words in (("list_due", {}), ("add_note", {"application": 1, "text": "x"})):
            assert not (await client.call_tool(tool, words)).is_error
            tried += 1
        await client.read_resource("rounds://board")
asyncio.run(assist())
import socket
assert not asked, asked
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError:
    pass
assert asked, "the watch sees nothing"
print(tried)
"""

LISTENING = """
import asyncio, io, json, sys
asked = []
def watch(event, arguments):
    if event == "socket.bind":
        asked.append(list(arguments[1])[:1])
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        asked.append(event)
sys.addaudithook(watch)
from tui.browser.server import BoardServer
from tui.cli.run import run
begin = BoardServer.on_startup
async def end_at_once(server, app):
    await begin(server, app)
    asyncio.get_running_loop().call_soon(server.request_exit)
BoardServer.on_startup = end_at_once
out = io.StringIO()
assert run(["--db", sys.argv[1], "web", "--port", "0"], stdout=out, stderr=out) == 0, out.getvalue()
assert "The board is at http://127.0.0.1:" in out.getvalue(), out.getvalue()
print(json.dumps(asked))
"""


def test_no_command_and_no_page_opens_a_connection(
    tmp_path: Path, sample_board: bytes, figure: Callable[..., None]
) -> None:
    path = put(sample_board, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(FOLLOW_UP).fetchone()
    commands = [(*one, f"f{number}") if one == ("draft",) else one for one in COMMANDS]
    done = watched(WATCHED, json.dumps([str(path), commands, KEYS.split()]), tmp_path)
    figure("network: commands and pages", int(done), "no connection, no name looked up")


def test_only_the_browser_is_listened_for_and_only_on_this_machine(
    tmp_path: Path, sample_board: bytes, figure: Callable[..., None]
) -> None:
    asked = json.loads(watched(LISTENING, str(put(sample_board, tmp_path)), tmp_path))
    assert asked == [["127.0.0.1"]]
    figure("network: rounds web listens", 1, "on 127.0.0.1, at one port")


def put(board: bytes, folder: Path) -> Path:
    path = folder / "board.db"
    path.write_bytes(board)
    path.chmod(0o600)
    return path


def watched(code: str, words: str, home: Path) -> str:
    """What a process of its own prints in the end that runs `code`."""
    done = subprocess.run(
        [sys.executable, "-c", code, words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1_000:]
    return done.stdout
