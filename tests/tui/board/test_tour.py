"""The line of `rounds demo` that leads through six keys, and the example on an empty board."""

from contextlib import asynccontextmanager

import pytest

from store.clock import FixedClock
from store.read.glance import open_glance
from tests.stillness import still
from tests.tui.conftest import NOW, Play
from tui.app import RoundsApp
from tui.board.tour import END, STEPS
from tui.commands import commands_for

KEYS = ("right", "tab", "space", "d", "u", "t")


@asynccontextmanager
async def touring(tmp_path, sample_board, size=(80, 24), *, toasts=False):
    path = tmp_path / "demo.db"
    path.write_bytes(sample_board)
    path.chmod(0o600)
    clock = FixedClock(NOW)
    glance = open_glance(path, clock)
    app = RoundsApp(path, clock, board=glance.board(), glance=glance, tour=True)
    async with app.run_test(size=size, notifications=toasts) as pilot:
        it = Play(app, pilot)
        await it.settle()
        yield it


def shown(it) -> str:
    return it.painted().splitlines()[-2]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_six_keys_one_after_the_other(tmp_path, sample_board, size):
    async with touring(tmp_path, sample_board, size) as it:
        for number, (key, step) in enumerate(zip(KEYS, STEPS, strict=True), start=1):
            assert f"{number} of 6" in shown(it)
            assert step.words in shown(it), "nothing of it is cut"
            await it.press(key)
        await it.press("escape")
        assert END in shown(it)
        await it.press("down")
        assert END not in it.painted()
        assert not it.app.board_screen.tour.display


async def test_another_key_does_what_it_does_and_the_line_waits(tmp_path, sample_board):
    async with touring(tmp_path, sample_board) as it:
        await it.press("down", "x", "escape", "/", "l", "escape")
        assert STEPS[0].words in shown(it)
        await it.press("l")
        assert STEPS[1].words in shown(it), "every key of the command counts"


async def test_the_tip_to_tick_is_under_the_cursor(tmp_path, sample_board):
    async with touring(tmp_path, sample_board) as it:
        await it.press("right", "tab")
        tip = it.app.board_screen.panel.tip
        assert tip.tickable
        assert not tip.ticked
        assert tip.text.split()[0] in it.painted()
        await it.press("space")
        assert it.app.board_screen.panel.tip.ticked


async def test_only_a_real_tick_goes_on(tmp_path, sample_board):
    async with touring(tmp_path, sample_board) as it:
        await it.press("right", "tab", "escape", "space")
        assert STEPS[2].words in shown(it), "that key marks among the cards, and ticks nothing"
        await it.press("escape", "up", "tab")
        tips = it.app.board_screen.panel.tips
        done = next(n for n, tip in enumerate(tips) if tip.ticked and not tip.automatic)
        now = tips.index(it.app.board_screen.panel.tip)
        step = "down" if done > now else "up"
        await it.press(*[step] * abs(done - now), "space")
        assert not it.app.board_screen.panel.tip.ticked
        assert STEPS[2].words in shown(it), "a tick that is taken away is none"
        await it.press("space")
        assert STEPS[3].words in shown(it)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_what_is_told_never_covers_the_line_or_the_keys(tmp_path, sample_board, size):
    async with touring(tmp_path, sample_board, size, toasts=True) as it:
        for number, key in enumerate(KEYS[:-1], start=1):
            await it.press(key)
            if it.told:
                await it.settle()
                assert it.screen.query("Toast")
                assert STEPS[number].words in shown(it)
                assert "Help" in it.painted().splitlines()[-1]
        assert it.told, "done and undo tell what they did"
        assert it.told.split()[0] in it.painted()
        [rack] = it.screen.query("ToastRack")
        assert rack.region.bottom <= it.screen.tour.region.y


async def test_a_key_that_the_user_chose_is_the_one_that_is_named(tmp_path, sample_board):
    async with touring(tmp_path, sample_board) as it:
        it.app.board_screen.show_keymap({"cursor.right": "ctrl+r"})
        await still()
        assert "ctrl+r" in shown(it)
        await it.press("l")
        assert STEPS[0].words in shown(it)
        await it.press("ctrl+r")
        assert STEPS[1].words in shown(it)


def test_its_keys_are_those_of_the_board():
    known = {c.id for where in ("board", "panel") for c in commands_for(where)}
    assert {step.command for step in STEPS} <= known


async def test_the_users_own_board_has_no_such_line(play):
    async with play(lambda p, _: p.add("Acme", "Engineer")) as it:
        assert it.app.board_screen.tour is None
        assert "1 of 6" not in it.painted()


async def test_an_empty_board_shows_an_example_that_goes_with_the_first_card(play):
    async with play() as it:
        assert "┊Globex" in it.painted()
        assert "┊example" in it.painted()
        assert it.here is None, "it is not there"
        await it.press("d", "enter")
        assert "┊Globex" in it.painted()
    async with play(lambda p, _: p.add("Acme", "Engineer")) as it:
        assert "example" not in it.painted()
