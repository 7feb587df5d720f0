"""The whole story of one application, with fixed dates; the due list after each step is a table."""

from pathlib import Path

import pytest

from store.clock import FixedClock
from store.place import Place
from tests.story.hands import Words, due_list
from tests.story.keys import Keys
from tests.story.steps import STEPS
from tests.tui.conftest import Play
from tui.app import RoundsApp
from tui.board.screen import BoardScreen


def expected(due: str) -> list[str]:
    """The lines of a list."""
    return [line.strip() for line in due.strip().splitlines()]


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where the story is lived: on either engine, in a house of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if request.param == "file":
        return tmp_path / "board.db"
    address: Place = request.getfixturevalue("new_address")()
    return address


@pytest.mark.parametrize(
    # What a server is asked is asked use case by use case in tests/store, in the short form too.
    "place",
    ["file", pytest.param("server", marks=pytest.mark.long)],
    indirect=True,
)
def test_the_story_through_the_command_line(place: Place, tmp_path: Path) -> None:
    clock = FixedClock(STEPS[0].moment)
    hands = Words(place, clock, tmp_path)
    for step in STEPS:
        clock.moment = step.moment
        verb, *words = step.does
        getattr(hands, verb)(*words)
        assert due_list(place, clock) == expected(step.due), f"{step.at} {step.does}: {step.why}"


@pytest.mark.parametrize(
    # To the screen all engines are one: what a server does otherwise is in test_on_a_server.
    "place",
    ["file", pytest.param("server", marks=pytest.mark.long)],
    indirect=True,
)
async def test_the_story_on_the_screen(place: Place) -> None:
    clock = FixedClock(STEPS[0].moment)
    app = RoundsApp(place, clock)
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
            assert due_list(place, clock) == expected(step.due), (step.does, play.told)
