"""What the tests of the screens share."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

import tui
from tui.themes import OURS

HOSTILE = (
    "[/]",
    "[/b] Acme",
    "[Remote] Acme",
    "[@click=app.exit]x[/]",
    "[red]not red[/red]",
    "\x1b]52;c;aGFja2Vk\x07\x1b[31mred",
    "a\u202eb\x00c\x9b2J",
    "$name {0} %s \\[b]",
)
"""Texts that a careless widget would obey."""


class Host(App[None]):
    """Shows one screen as the program does, without a board behind it."""

    CSS_PATH = Path(tui.__file__).parent / "modals.tcss"

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self.shown = screen
        self.answers: list[object] = []
        """What the screen was left with."""

    def on_mount(self) -> None:
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name
        self.push_screen(self.shown, self.answers.append)


class Stage:
    """A screen that is shown, and hands to use it with."""

    def __init__(self, app: Host, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.screen = app.shown

    @property
    def answers(self) -> list[object]:
        """What the screen was left with; empty while it is open."""
        return self.app.answers

    async def press(self, *keys: str) -> None:
        """Press keys, by their Textual names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        for character in text:
            self.app.post_message(events.Key(character, character))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste a text into what has the focus, as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    def painted(self) -> str:
        """What stands on the screen, line by line."""
        width, height = self.app.size
        lines = self.screen._compositor.render_strips(self.app.size)
        return "\n".join("".join(s.text for s in line).rstrip() for line in lines[:height])


Show = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def show() -> Show:
    """Opens a screen in a host: `async with show(dialog, size=(80, 24)) as stage`."""

    @asynccontextmanager
    async def showing(
        screen: Screen[object], size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Stage]:
        app = Host(screen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Stage(app, pilot)

    return showing


@pytest.fixture(params=HOSTILE, ids=[ascii(text)[:24] for text in HOSTILE])
def hostile(request: pytest.FixtureRequest) -> str:
    """A text that a careless widget would obey."""
    text: str = request.param
    return text
