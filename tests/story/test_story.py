"""The whole story of one application, with fixed dates; the due list after each step is a table."""

from pathlib import Path

import pytest

from store.clock import FixedClock
from tests.story.hands import Words, due_list
from tests.story.keys import Keys
from tests.story.steps import STEPS
from tests.tui.conftest import Play
from tui.app import RoundsApp
from tui.board.screen import BoardScreen


def expected(due: str) -> list[str]:
    """The lines of a list."""
    return [line.strip() for line in due.strip().splitlines()]


def test_the_story_through_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path, clock = tmp_path / "board.db", FixedClock(STEPS[0].moment)
    hands = Words(path, clock)
    for step in STEPS:
        clock.moment = step.moment
        verb, *words = step.does
        getattr(hands, verb)(*words)
        assert due_list(path, clock) == expected(step.due), f"{step.at} {step.does}: {step.why}"


async def test_the_story_on_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path, clock = tmp_path / "board.db", FixedClock(STEPS[0].moment)
    app = RoundsApp(path, clock)
    async with app.run_test(size=(140, 45)) as pilot:
        play = Play(app, pilot)
        await play.settle()
        hands = Keys(play)
        for step in STEPS:
            clock.moment = step.moment
            await play.look()
            verb, *words = step.does
            await getattr(hands, verb)(*words)
            assert isinstance(play.screen, BoardScreen), (step.does, play.painted())
            assert due_list(path, clock) == expected(step.due), (step.does, play.told)
