"""The server without a browser: who is shown what, and what the page may load."""

import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError, web

from store.server.address import address_of
from tui.browser import child
from tui.browser import server as module
from tui.browser.entrance import Entrance
from tui.browser.server import BoardServer

OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9.-]+", re.IGNORECASE)
PAGE = Path(module.__file__).with_name("page")


class Served:
    """A server that runs in this process, and somebody who asks it."""

    def __init__(self, entrance: Entrance, session: ClientSession) -> None:
        self.entrance = entrance
        self.session = session

    def url(self, path: str = "/") -> str:
        return f"http://{self.entrance.place}{path}"

    async def ask(self, path: str = "/", method: str = "GET", **how):
        async with self.session.request(method, self.url(path), **how) as answer:
            return answer, await answer.text()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    listening = socket.create_server(("127.0.0.1", 0))
    entrance = Entrance.at("127.0.0.1", listening.getsockname()[1])
    told: list[str] = []
    board = BoardServer(
        entrance,
        tmp_path / "board.db",
        listening,
        colours={"paper": "#15181d", "ink": "#fff"},
        say=told.append,
    )
    runner = web.AppRunner(await board._make_app(), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield Served(entrance, session)
    await runner.cleanup()
    assert entrance.link in told[0]


COLOURS = {"paper": "#15181d", "ink": "#fff"}
PATHS = ("/", "/ws", "/static/js/textual.js", "/ours/board.css", "/download/1", "/nothing")


async def test_without_the_key_nothing_is_shown_but_the_question(served):
    for path in PATHS:
        answer, text = await served.ask(path)
        assert answer.status == 401, path
        assert ("<form" in text) is (path == "/")
        assert served.entrance.key not in text
    answer, _ = await served.ask("/?key=wrong")
    assert answer.status == 401
    answer, text = await served.ask("/", "POST", data={"key": "wrong"})
    assert (answer.status, "That is not the key." in text) == (403, True)


async def test_the_link_opens_and_the_key_leaves_the_address(served):
    answer, text = await served.ask(f"/?key={served.entrance.key}&fontsize=20")
    assert answer.status == 200
    assert str(answer.url) == served.url("/?fontsize=20")
    assert 'data-font-size="20"' in text
    cookie = answer.history[0].headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    answer, _ = await served.ask("/static/js/textual.js")
    assert answer.status == 200


async def test_the_typed_key_opens_too(served):
    answer, text = await served.ask("/", "POST", data={"key": f" {served.entrance.key} "})
    assert (answer.status, "data-session-websocket-url" in text) == (200, True)


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
    ids=str,
)
async def test_another_page_or_name_is_refused_even_with_the_key(served, headers):
    await served.ask(f"/?key={served.entrance.key}")
    for path in PATHS:
        answer, _ = await served.ask(path, headers=headers)
        assert answer.status == 403, path
    with pytest.raises(WSServerHandshakeError):
        await served.session.ws_connect(served.url("/ws"), headers=headers)


async def test_the_page_names_no_other_place_and_may_load_nothing_from_one(served):
    answer, text = await served.ask(f"/?key={served.entrance.key}")
    assert f"ws://{served.entrance.place}/ws" in text
    assert not OUTSIDE.findall(text.replace(f"//{served.entrance.place}", ""))
    for file in PAGE.iterdir():
        if file.suffix in (".html", ".css", ".js"):
            assert not OUTSIDE.findall(file.read_text(encoding="utf-8")), file.name
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert not re.search(r"https?:|\*|unsafe-eval|'unsafe-inline'[^;]*script", policy)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("said", "used"),
    [("", 16), ("1", 8), ("9999", 48), ("-3", 16), ("²", 16), ("24", 24), ("9" * 5000, 16)],
)
async def test_the_size_of_letters_stays_in_bounds(served, said, used):
    await served.ask(f"/?key={served.entrance.key}")
    _, text = await served.ask("/", params={"fontsize": said})
    assert f'data-font-size="{used}"' in text


def test_a_page_gets_the_whole_address_and_no_list_of_programs_shows_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROUNDS_DB", "")
    place = address_of("postgresql://ana:hunter2@host/jobs?sslmode=require&board=ana", "--db")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        entrance = Entrance.at("127.0.0.1", listening.getsockname()[1])
        board = BoardServer(entrance, place, listening, colours=COLOURS, say=print)
    assert "hunter2" not in board.command
    assert child._place(str(place)) == place
    assert child._place("/boards/board.db") == Path("/boards/board.db")
