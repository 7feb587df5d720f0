"""What the tests of the screens share."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import FunctionType
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

import tui
from store.boards import open_database
from store.clock import FixedClock
from store.pipeline import Pipeline
from store.read.glance import open_glance
from tests.conftest import LONG
from tests.stillness import still
from tui.app import RoundsApp
from tui.styles.themes import OURS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
"""A Monday morning."""

HOSTILE = (
    "[/]",
    "[/b] Acme",
    "[Remote] Acme",
    "[@click=app.exit]x[/]",
    "[red]not red[/red]",
    "\x1b]52;c;aGFja2Vk\x07\x1b[31mred",
    "a\u202eb\x00c\x9b2J",
    "$name {0} %s \\[b]",
    "\x1b]52;c;eA==\x07[@click=app.exit]x[/][/b]",
)
"""Texts that a careless widget would obey."""
SHORT = HOSTILE[-1]
"""Each way to do harm in one: it reaches the terminal, it can be clicked, it ends the program."""


@pytest.fixture(autouse=True)
def _no_clipboard_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test copies does not become what its user pastes."""
    monkeypatch.setattr("tui.outside.fill_clipboard", lambda _: "")


@pytest.fixture
def copies_of_the_day() -> None:
    """The first change of a day makes a copy of the board, as it does for the user."""


@pytest.fixture(autouse=True)
def _no_copy_of_the_day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where that is asked for, in the short form: each test changes a board of its own, and
    the copy takes as long as the change."""
    if not LONG and "copies_of_the_day" not in request.fixturenames:
        monkeypatch.setattr("store.file.backup.copy_of_the_day", lambda *_: None)


class Host(App[None]):
    """Shows one screen as the program does, without a board behind it."""

    CSS_PATH = Path(tui.__file__).parent / "styles" / "modals.tcss"

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self.shown = screen
        self.answers: list[object] = []
        """What the screen was left with."""
        # Here, so that nothing has to be styled twice.
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self.push_screen(self.shown, self.answers.append)


class Hands:
    """Hands and eyes of somebody in front of the program."""

    def __init__(self, app: App[object], pilot: Pilot[object]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> Screen[object]:
        """The screen in front."""
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys, by their Textual names; all that they asked for is stored and shown."""
        await self.app._press_keys(keys)

    async def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        for character in text:
            self.app.post_message(events.Key(character, character))
        await still()

    def send(self, *keys: str) -> None:
        """Press keys without waiting for anything."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))

    async def paste(self, text: str) -> None:
        """Paste a text into what has the focus, as a terminal does."""
        self.app.post_message(events.Paste(text))
        await still()

    def painted(self) -> str:
        """What stands on the screen, line by line."""
        height = self.app.size.height
        lines = self.screen._compositor.render_strips(self.app.size)
        return "\n".join("".join(s.text for s in line).rstrip() for line in lines[:height])


class Stage(Hands):
    """A screen that is shown by itself."""

    app: Host

    @property
    def answers(self) -> list[object]:
        """What the screen was left with; empty while it is open."""
        return self.app.answers


class Play(Hands):
    """The whole program on a board in a file."""

    app: RoundsApp

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        await still()

    def hold(self) -> None:
        """Let no job of the desk begin until `desk.release`, however long that takes."""
        self.app.desk._held = True

    async def read(self, ask: Callable[..., object]) -> object:
        """Ask the store."""
        return await self.app.desk.read(ask)

    @property
    def told(self) -> str:
        """What was told in passing and still stands there."""
        return "\n".join(note.message for note in self.app._notifications)

    @property
    def here(self) -> str | None:
        """The company under the cursor."""
        card = self.app.board_screen.subject()
        return card.company if card is not None else None

    def lanes(self) -> list[list[str]]:
        """The companies that the four lanes show."""
        return [
            [card.company for card in lane.view.cards]
            for lane in self.app.board_screen.lane_widgets.values()
        ]

    def stored(self) -> list[list[str]]:
        """The companies of the four lanes as another program reads them."""
        glance = open_glance(self.app.place, self.app.clock)
        assert glance is not None
        with closing(glance):
            return [[card.company for card in lane] for lane in glance.board().lanes.values()]

    @contextmanager
    def another_window(self) -> Iterator[Pipeline]:
        """Another program that writes to the same board."""
        with closing(open_database(self.app.place, self.app.clock)) as database:
            yield Pipeline(database)

    async def leave(self) -> None:
        """Go back to the board, from a page or a dialog that asks before it goes."""
        for _ in range(9):
            if self.screen is self.app.board_screen:
                return
            await self.press("escape")
        raise AssertionError(f"escape does not lead out of {self.screen}")

    async def look(self) -> None:
        """Let the watch look at clock and file once, as it does every second."""
        self.app._watch()
        await self.settle()


_filled: dict[object, bytes] = {}
"""The bytes of boards that were filled before, by what filled them."""


def _told_by(fill: object) -> object:
    """All that decides what `fill` puts on a board, or None where it may be other things too.

    What a function puts there is the same each time, as long as all that it knows stays so.
    """
    if not isinstance(fill, FunctionType):
        return None
    known = tuple(cell.cell_contents for cell in fill.__closure__ or ())
    stays = all(isinstance(each, str | int | date | tuple | Enum | None) for each in known)
    told_by = fill.__code__, fill.__defaults__, known
    try:
        hash(told_by)
    except TypeError:
        return None
    return told_by if stays else None


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
            await still()
            yield Stage(app, pilot)

    return showing


@pytest.fixture
def play(
    tmp_path: Path, new_board: bytes, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AbstractAsyncContextManager[Play]]:
    """Opens the program: `async with play(lambda p, clock: p.add(...), size=(80, 24)) as it`.

    What is called first puts applications on the board; it may set the clock, which stands at
    `NOW` again when the program starts. Clock and file are looked at by `it.look()` alone: on a
    slow machine the program would else have looked before the test does.
    """
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("tui.app.WATCH_SECONDS", 86_400)

    @asynccontextmanager
    async def playing(
        fill: Callable[[Pipeline, FixedClock], object] | None = None,
        *,
        size: tuple[int, int] = (80, 24),
        keys: tuple[str, ...] = (),
    ) -> AsyncIterator[Play]:
        path = tmp_path / "board.db"
        clock = FixedClock(NOW)
        key = _told_by(fill)
        path.write_bytes(_filled.get(key, new_board))
        path.chmod(0o600)
        if fill is not None and key not in _filled:
            with closing(open_database(path, clock)) as database:
                fill(Pipeline(database), clock)
            if key is not None:
                _filled[key] = path.read_bytes()
        clock.moment = NOW
        glance = open_glance(path, clock)
        assert glance is not None
        app = RoundsApp(path, clock, board=glance.board(), glance=glance)
        async with app.run_test(size=size) as pilot:
            it = Play(app, pilot)
            await it.settle()
            await it.press(*keys)
            yield it

    return playing


@pytest.fixture(
    params=[
        pytest.param(text, id=ascii(text)[:24], marks=() if text == SHORT else pytest.mark.long)
        for text in HOSTILE
    ]
)
def hostile(request: pytest.FixtureRequest) -> str:
    """A text that a careless widget would obey."""
    text: str = request.param
    return text
