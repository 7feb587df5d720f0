"""The board in a real browser: opened, typed into, moved about, and safe on the disk."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from store.clock import SystemClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.rules.stages import Stage
from tests.stillness import until
from tests.tui.browser.chromium import chromium, find_chromium

PROJECT = Path(__file__).parents[3]
PICTURES = os.environ.get("ROUNDS_PICTURES")
"""A folder for pictures of the page, to be looked at."""
LINK = "https://globex.example/jobs/7"
CLIPBOARD = (
    "Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard').get"
    ".call(navigator).readText()"
)
"""The clipboard itself, past what the page puts before it."""

pytestmark = pytest.mark.terminal


@asynccontextmanager
async def serving(path: Path) -> AsyncIterator[str]:
    """`rounds web` on the board at `path`, in a process of its own; gives the link it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tui", "--db", str(path), "web", "--port", "0"),
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "XDG_CONFIG_HOME": str(path.parent)},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        said = (await process.stderr.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?key=\S+", said)
        assert found, said
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        rest = (await process.stderr.read()).decode()
        assert await process.wait() == 0, rest
        assert "Traceback" not in rest, rest


def stored(path: Path) -> dict[str, list[str]]:
    """The companies on the board, as another program reads them from the file."""
    glance = open_glance(path, SystemClock())
    assert glance is not None
    with closing(glance):
        lanes = glance.board().lanes
    return {stage.value: [card.company for card in lane] for stage, lane in lanes.items() if lane}


async def test_a_card_is_typed_and_moved_in_the_browser_and_is_on_the_disk(
    tmp_path: Path, new_board: bytes
) -> None:
    find_chromium()
    path = tmp_path / "board.db"
    path.write_bytes(new_board)
    path.chmod(0o600)
    async with serving(path) as link, chromium() as browser:
        origin = f"http://{urlsplit(link).netloc}"
        page = await browser.open(link)
        await page.shows("Applied", "a adds your first application")
        await page.hears()
        await page.press("a")
        await page.shows("Company")
        await page.type("Globex")
        await page.press("Tab")
        await page.type("Cook")
        await page.press("Enter")
        await until(lambda: stored(path) == {"applied": ["Globex"]})
        await page.shows("Globex")
        await page.press("L")
        await until(lambda: stored(path) == {"first": ["Globex"]})
        await page.press("u")
        await until(lambda: stored(path) == {"applied": ["Globex"]})

        # Another window writes: the page shows it by itself.
        with closing(open_database(path, SystemClock())) as database:
            pipeline = Pipeline(database)
            pipeline.edit(1, {"url": LINK})
            pipeline.add("Initech", "Writer", stage=Stage.SECOND)
        await page.shows("Initech")

        # Nothing came from elsewhere, and all that was asked for came.
        assert page.asked
        assert {f"http://{urlsplit(url).netloc}" for url in page.asked} == {origin}
        assert page.failed == []

        # What is copied is in the clipboard of the browser, and links open in it.
        permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
        await browser.say("Browser.grantPermissions", origin=origin, permissions=permissions)
        await page.press("y")
        await page.shows("copied")
        assert await page.value(CLIPBOARD) == f"Globex — Cook\n{LINK}"
        assert await page.value("navigator.clipboard.readText()") == "", "not for the program"
        await page.press("o")
        await until(lambda: LINK in browser.opened)
        if PICTURES:
            await page.picture(Path(PICTURES, "board.png"))
