"""The server behind `rounds web`: one page, and behind each page that is open a program of its own.

Loads textual-serve, which comes with the extra `web`: only the command imports it.
"""

import asyncio
import logging
import os
import shlex
import socket
import sys
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

from store.file.location import VARIABLE
from store.place import Place
from store.server.address import Address
from tui.browser.entrance import Entrance

_LEAVING_SECONDS = 3.0
"""For which the programs behind the pages may finish what they are saving, at the end (product)."""
_LETTERS = 8, 16, 48
"""Pixels of the letters: the least, the usual, the most."""
_DIGITS = 4
_HERE = Path(__file__).parent
_OURS = "/ours"
"""Where the page's own script and style are; textual-serve has its own at /static."""


class BoardServer(Server):
    """Serves the board at `place` through `listening`, a socket that is bound already.

    Args:
        colours: those of the page around the board's cells: "paper" and "ink".
        say: tells the user a sentence.
    """

    def __init__(
        self,
        entrance: Entrance,
        place: Place,
        listening: socket.socket,
        *,
        colours: Mapping[str, str],
        say: Callable[[str], None],
    ) -> None:
        # -P: a folder “tui” where the user happens to be is not ours.
        program = [sys.executable, "-P", "-m", "tui.browser.child", str(place)]
        if isinstance(place, Address):
            # The password, too: it is in no list of programs there.
            os.environ[VARIABLE] = place.whole
        super().__init__(shlex.join(program), entrance.address, entrance.port, title="rounds")
        self._entrance = entrance
        self._listening = listening
        self._colours = colours
        self._say = say
        self._pages: set[asyncio.Task[object]] = set()

    def serve(self, debug: bool = False) -> None:  # noqa: ARG002
        """Serve until the user ends it. Raises OSError when nothing can be served there."""
        logging.getLogger("textual-serve").setLevel(logging.CRITICAL + 1)
        web.run_app(
            self._make_app(),
            sock=self._listening,
            access_log=None,
            print=None,
            shutdown_timeout=_LEAVING_SECONDS,
        )

    async def _make_app(self) -> web.Application:
        app: web.Application = await super()._make_app()
        app.middlewares.append(self._let_in)
        app.router.add_static(_OURS, _HERE / "page")
        app.router.add_post("/", self._take_key)
        return app

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002
        """Tell where the board is to be seen."""
        for sentence in self._entrance.lines():
            self._say(sentence)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002
        """Close the pages, each with the program behind it, which finishes what it saves."""
        for page in self._pages:
            page.cancel()
        if self._pages:
            await asyncio.wait(self._pages, timeout=_LEAVING_SECONDS)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Show the board on a page until it is closed."""
        page = asyncio.current_task()
        assert page is not None
        self._pages.add(page)
        page.add_done_callback(self._pages.discard)
        response: web.WebSocketResponse = await super().handle_websocket(request)
        return response

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page."""
        least, usual, most = _LETTERS
        size = _size(request)
        letters = min(max(int(size), least), most) if size else usual
        words = {"socket": f"ws://{request.host}/ws", "letters": str(letters)}
        return _page("board.html", {**self._colours, **words})

    async def _take_key(self, request: web.Request) -> web.Response:
        """The key that was typed into the page that asks for it."""
        key = (await request.post()).get("key", "")
        if isinstance(key, str) and self._entrance.opens(key.strip()):
            return self._welcome(request)
        return self._ask("That is not the key.", 403)

    def _ask(self, said: str, status: int) -> web.Response:
        """The page that asks for the key."""
        return _page("ask.html", {**self._colours, "said": said}, status)

    def _welcome(self, request: web.Request) -> web.Response:
        """To the board, by a link without the key, which the browser keeps by itself."""
        size = _size(request)
        place = f"/?fontsize={size}" if size else "/"
        found = web.Response(status=303, headers={"Location": place})
        found.set_cookie(self._entrance.cookie, self._entrance.key, httponly=True,
                         samesite="Strict", path="/")  # fmt: skip
        return found

    @property
    def _let_in(self) -> Middleware:
        @web.middleware
        async def let_in(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await self._answer(request, handler)
            if not response.prepared:
                response.headers.update(_headers(request.host))
            return response

        return let_in

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What `handler` answers, or why the request is not answered."""
        entrance = self._entrance
        if why := entrance.refuses(request.headers):
            return web.Response(status=403, text=why)
        if request.method == "POST" and request.path == "/":
            return await handler(request)
        if entrance.opens(request.cookies.get(entrance.cookie, "")):
            return self._welcome(request) if "key" in request.query else await handler(request)
        if request.method == "GET" and request.path == "/":
            if entrance.opens(request.query.get("key", "")):
                return self._welcome(request)
            return self._ask("", 401)
        return web.Response(status=401, text="This needs the key. Open the link that was printed.")


def _size(request: web.Request) -> str:
    """The size of letters that the link asks for; "" for none that is a small number."""
    size = request.query.get("fontsize", "")
    return size if size.isascii() and size.isdigit() and len(size) <= _DIGITS else ""


def _headers(host: str) -> dict[str, str]:
    """What the browser is told to keep to: nothing comes from elsewhere, nothing is kept."""
    sources = (
        "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'",
        "font-src 'self'", "img-src 'self' data:", f"connect-src 'self' ws://{host}",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    )  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(sources),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _page(name: str, words: Mapping[str, str], status: int = 200) -> web.Response:
    """The page in a file of ours, with these words in their places."""
    text = Template((_HERE / "page" / name).read_text(encoding="utf-8"))
    whole = text.substitute({each: escape(word) for each, word in words.items()})
    return web.Response(status=status, text=whole, content_type="text/html")
