"""Any key, in any order, at any size: the screen never crashes, and shows what is stored.

The keys are drawn with weights, so that dialogs are opened, filled, left and saved often. The
terminal changes its size all the time, from 1x1 to 300x100.
"""

import asyncio
import os
import random
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot, WaitForScreenTimeout

from store.clock import FixedClock
from store.read.glance import open_glance
from tests.stillness import PATIENCE, still
from tui.app import RoundsApp
from tui.commands import COMMANDS

LONG = os.environ.get("ROUNDS_PROOF") == "long"
SEEDS = 40 if LONG else 1
KEYS = 500 if LONG else 150
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin")))
BURSTS = (1, 1, 1, 1, 2, 3, 5, 9)
"""How many keys come at once."""
SIZES = [(1, 1), (300, 100), (80, 24), (160, 45), (60, 16), (59, 15), (20, 60), (200, 5), (3, 2)]
KEYS_OF_COMMANDS = sorted({key for command in COMMANDS for key in command.keys})
"""All that the screens offer, leaving among it."""
NAMED = [
    "enter", "enter", "enter", "escape", "escape", "escape", "tab", "shift+tab", "space", "up",
    "down", "left", "right", "pageup", "pagedown", "home", "end", "ctrl+s", "ctrl+p", "backspace",
    "delete", "shift+right", "shift+left", "shift+up", "shift+down", "f1", "ctrl+u", "ctrl+w",
]  # fmt: skip
TEXTS = ["fri 10:00", "tomorrow", "[/]", "+3d call Ana", "Globex", "\x1b[2J", "3 dec", "x" * 300]


async def quiet(pilot: Pilot[int]) -> None:
    """Wait until every key has been heard and everything asked for is stored."""
    app = pilot.app
    assert isinstance(app, RoundsApp)
    await heard(pilot)
    await asyncio.wait_for(app.desk.read(lambda _: None), timeout=PATIENCE)
    await heard(pilot)
    assert app.is_running, "the program has ended by itself"


async def at_rest(pilot: Pilot[int], app: RoundsApp) -> None:
    """Wait until no reading is left that follows from another one; fail where there is no end."""
    live = app.board_screen.live
    for _ in range(50):
        await quiet(pilot)
        if not (live._reading or live._stale or live._concerned or live._waiting.total()):
            await quiet(pilot)
            return
    raise AssertionError("the board is being read over and over, or is waiting for ever")


async def heard(pilot: Pilot[int]) -> None:
    """Every message so far has been dealt with, and what followed from it."""
    assert pilot.app._exception is None
    await still()


async def resized(pilot: Pilot[int], width: int, height: int) -> None:
    """Another size, which screens that are going meanwhile need not hear of."""
    with suppress(WaitForScreenTimeout):
        await pilot.resize_terminal(width, height)


def strike(chance: random.Random, app: RoundsApp) -> str:
    """Press one key, or paste a text, or use the mouse; gives its name."""
    kind = chance.random()
    if kind < 0.45:
        key = chance.choice(KEYS_OF_COMMANDS)
        character = {"plus": "+", "equals_sign": "="}.get(key, key)
        name = _character_to_key(key) if len(key) == 1 else key
        app.post_message(events.Key(name, character if len(character) == 1 else None))
    elif kind < 0.9:
        key = chance.choice(NAMED)
        app.post_message(events.Key(key, None))
    else:
        key = chance.choice(TEXTS)
        app.post_message(events.Paste(key))
    return key


async def stay(app: RoundsApp) -> None:
    """In the place of leaving: as after a change that could not be saved."""
    app.door.open_again()


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_random_keys(
    seed: int,
    sample_board: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[..., None],
) -> None:
    monkeypatch.setattr("tui.outside.open_link", lambda _: False, raising=False)
    monkeypatch.setattr("tui.outside.fill_clipboard", lambda _: "")
    monkeypatch.setattr(RoundsApp, "_quit", stay)
    monkeypatch.setattr(RoundsApp, "suspend", lambda _: nullcontext())
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("webbrowser.open", lambda *_, **__: False)
    path = tmp_path / "board.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    glance = open_glance(path, CLOCK)
    assert glance is not None
    chance = random.Random(seed)
    app = RoundsApp(path, CLOCK, board=glance.board(), glance=glance)
    told: list[str] = []
    async with app.run_test(size=(160, 45)) as pilot:
        await quiet(pilot)
        for number in range(KEYS):
            for _ in range(chance.choice(BURSTS)):
                told.append(strike(chance, app))
            if number % 7 == 0:
                await quiet(pilot)
                assert app.crash is None, f"after {told[-30:]}: {app.crash!r}"
            if number % 23 == 0:
                width, height = chance.choice(SIZES)
                await resized(pilot, width, height)
        await quiet(pilot)
        for _ in range(8):
            app.post_message(events.Key("escape", None))
            await heard(pilot)
        await quiet(pilot)
        await at_rest(pilot, app)
        app.look_again()
        await at_rest(pilot, app)
        assert app.crash is None
        shown = {card.id: card for card in app.board_screen.live.board.cards()}
        with_what_is_stored = open_glance(path, CLOCK)
        assert with_what_is_stored is not None
        assert shown == {card.id: card for card in with_what_is_stored.cards()}
        with_what_is_stored.close()
    figure("screen: random keys, from 1x1 to 300x100", KEYS, "0 crashes, shown = stored")
