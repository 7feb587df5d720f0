"""Two screens edit one card: the second is told, shown the newer state, and keeps what it typed."""

import os
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.pilot import Pilot

from store.clock import FixedClock
from store.file.database import open_database
from store.pipeline import Pipeline
from store.read.glance import open_glance
from tui.app import RoundsApp

LONG = os.environ.get("ROUNDS_PROOF") == "long"
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin")))


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys; everything they asked for is stored and shown."""
    for key in keys:
        await pilot.press(key)
        for _ in range(3):
            await pilot.app.desk.read(lambda _: None)  # type: ignore[attr-defined]
            await pilot.pause()


async def type_in(pilot: Pilot[int], text: str) -> None:
    for character in text:
        pilot.app.post_message(events.Key(character, character))
    await pilot.pause()


def painted(pilot: Pilot[int]) -> str:
    lines = pilot.app.screen._compositor.render_strips(pilot.app.size)
    text = " ".join("".join(segment.text for segment in line) for line in lines)
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize("turns", [3] if LONG else [1])
async def test_two_screens_edit_one_card(
    turns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Callable[..., None]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "board.db"
    database = open_database(path, CLOCK)
    Pipeline(database).add("Globex", "Engineer")
    database.close()
    async with AsyncExitStack() as stack:
        first, second = [
            await stack.enter_async_context(RoundsApp(path, CLOCK).run_test(size=(100, 30)))
            for _ in range(2)
        ]
        for pilot in (first, second):
            await press(pilot, "1")
        company = "Globex"
        for turn in range(turns):
            await press(first, "e")
            await press(second, "e")
            await type_in(first, f" A{turn}")
            await press(first, "ctrl+s")
            await type_in(second, f" B{turn}")
            await press(second, "ctrl+s")
            assert "has been changed in another window since you opened it" in painted(second)
            assert f"It now says: Company “{company} A{turn}”" in painted(second)
            typed = second.app.screen.query_one("#company").value  # type: ignore[attr-defined]
            assert typed == f"{company} B{turn}", "what was typed is kept"
            glance = open_glance(path, CLOCK)
            assert glance is not None
            assert glance.card(1).company == f"{company} A{turn}", "the first is not overwritten"
            glance.close()
            await press(second, "ctrl+s")
            company = f"{company} B{turn}"
            for pilot in (first, second):
                pilot.app._watch()  # type: ignore[attr-defined]
                await press(pilot, "1")
                (card,) = pilot.app.board_screen.live.board.cards()  # type: ignore[attr-defined]
                assert card.company == company, "both screens show what is stored"
    figure("concurrency: cards edited in two screens", turns, "told, newer state shown, text kept")
