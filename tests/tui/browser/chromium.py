"""Debian's Chromium without a window, driven through its remote debugging protocol."""

import asyncio
import base64
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyte
import pytest
from aiohttp import ClientSession, WSMsgType

from tests.stillness import PATIENCE, until

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_WORDS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--remote-debugging-port=0", "--hide-scrollbars"),
    # Whatever asks for a name finds none: a page that needs the network is not shown.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
KEYS = {
    "Enter": ("\r", 13), "Tab": ("\t", 9), "Escape": ("", 27),
}  # fmt: skip


def find_chromium() -> str:
    """The program; the test is left out where there is none, but fails for that in `.ci/run`."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    if os.environ.get("ROUNDS_CI"):
        pytest.fail("Chromium is not installed: apt-get install chromium")
    pytest.skip("Chromium is not installed here")


class Page:
    """One page of the browser, and what came to its terminal."""

    def __init__(self, browser: "Chromium", session: str, size: tuple[int, int]) -> None:
        self._browser = browser
        self._session = session
        self.asked: list[str] = []
        """The addresses of all that was loaded."""
        self.failed: list[str] = []
        """What could not be loaded, what was refused, what the scripts complained of."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    async def say(self, method: str, **parameters: Any) -> Any:
        """Say something to the page."""
        return await self._browser.say(method, self._session, **parameters)

    async def value(self, script: str) -> Any:
        """What a script on the page gives."""
        words = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = await self.say("Runtime.evaluate", userGesture=True, **words)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def hears(self) -> None:
        """Wait until keys are for the terminal: what is pressed before is nobody's."""
        listens = "document.activeElement.classList.contains('xterm-helper-textarea')"
        async with asyncio.timeout(PATIENCE):
            while not await self.value(listens):
                await asyncio.sleep(0.05)

    async def press(self, *keys: str) -> None:
        """Press keys, each a character or one of `KEYS`."""
        for key in keys:
            text, code = KEYS[key] if key in KEYS else (key, ord(key.upper()))
            name = key if len(key) > 1 else f"Key{key.upper()}" if key.isalpha() else ""
            words = {"key": key, "code": name, "windowsVirtualKeyCode": code}
            await self.say("Input.dispatchKeyEvent", type="keyDown", text=text, **words)
            await self.say("Input.dispatchKeyEvent", type="keyUp", **words)

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*text)

    def shown(self) -> str:
        """What the page's terminal shows, as another terminal reads what came to it."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    async def shows(self, *texts: str) -> None:
        """Wait until all of these stand on the screen."""
        await until(lambda: all(text in self.shown() for text in texts))

    async def picture(self, file: Path) -> None:
        """Take a picture of the page."""
        answer = await self.say("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(answer["data"]))

    def hear(self, method: str, told: dict[str, Any]) -> None:
        """Something happened on the page."""
        if method == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.asked.append(told["url"])
        elif method == "Network.loadingFailed":
            self.failed.append(told["errorText"])
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.failed.append(told["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.failed.append(str(told["exceptionDetails"]))
        elif method == "Network.webSocketFrameReceived" and told["response"]["opcode"] == 2:
            self._stream.feed(base64.b64decode(told["response"]["payloadData"]))


class Chromium:
    """The browser: pages are opened in it."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._pages: dict[str, Page] = {}
        self.opened: list[str] = []
        """The addresses of the pages that were opened by others."""
        self._hearing = asyncio.create_task(self._hear())

    async def say(self, method: str, session: str = "", **parameters: Any) -> Any:
        """Say something to the browser, or to a page in it; gives the answer."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json(message | ({"sessionId": session} if session else {}))
        return await asyncio.wait_for(answer, 60)

    async def open(self, url: str, cells: tuple[int, int] = (100, 30)) -> Page:
        """Open a page."""
        target = (await self.say("Target.createTarget", url="about:blank"))["targetId"]
        words = {"targetId": target, "flatten": True}
        session = (await self.say("Target.attachToTarget", **words))["sessionId"]
        page = self._pages[session] = Page(self, session, cells)
        for domain in ("Network", "Page", "Log", "Runtime"):
            await page.say(f"{domain}.enable")
        await self.say("Target.setDiscoverTargets", discover=True)
        await page.say("Page.navigate", url=url)
        return page

    async def _hear(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                return
            told = message.json()
            if answer := self._answers.pop(told.get("id"), None):
                if "error" in told:
                    answer.set_exception(RuntimeError(told["error"]["message"]))
                else:
                    answer.set_result(told["result"])
            elif told.get("method") in ("Target.targetCreated", "Target.targetInfoChanged"):
                self.opened.append(told["params"]["targetInfo"]["url"])
            elif page := self._pages.get(told.get("sessionId", "")):
                page.hear(told["method"], told["params"])

    async def close(self) -> None:
        """End the browser."""
        await self.say("Browser.close")
        self._hearing.cancel()


@asynccontextmanager
async def chromium(width: int = 1000, height: int = 640) -> AsyncIterator[Chromium]:
    """Chromium with a window of this size in pixels, and a profile that goes with it."""
    program = find_chromium()
    profile = tempfile.mkdtemp(prefix="chromium-")
    port = Path(profile, "DevToolsActivePort")
    process = await asyncio.create_subprocess_exec(
        program,
        *_WORDS,
        f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await until(lambda: port.exists() and len(port.read_text().splitlines()) > 1)
        number, path = port.read_text().splitlines()
        async with (
            ClientSession() as session,
            session.ws_connect(f"ws://127.0.0.1:{number}{path}", max_msg_size=0) as socket,
        ):
            browser = Chromium(socket)
            yield browser
            await browser.close()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        # The browser's own children outlive it for a moment, and still write into the profile.
        await until(lambda: _is_gone(profile))


def _is_gone(folder: str) -> bool:
    """Whether there is no such folder any more; takes away what is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    return not Path(folder).exists()
