"""Screens that are left while something that was asked for there is still on its way."""

import asyncio

from tests.tui.conftest import Play
from tui.board.screen import BoardScreen
from tui.dialogs.pickers import Confirm
from tui.pages.today import TodayScreen
from tui.palette import Palette

QUESTION = "Are you sure?"


async def settled(it: Play) -> None:
    for _ in range(20):
        await asyncio.sleep(0)
    await it.settle()


async def test_what_a_screen_asks_late_does_not_end_the_program(play) -> None:
    answers: list[object] = []

    async def late(it: Play, steps: int) -> None:
        for _ in range(steps):
            await asyncio.sleep(0)
        answers.append(await it.app.push_screen_wait(Confirm(QUESTION, "Yes", "No")))

    async with play() as it:
        for steps in range(4):
            await it.press("t")
            screen = it.screen
            assert isinstance(screen, TodayScreen)
            screen.run_worker(late(it, steps), group="card")
            screen.dismiss(None)
            await settled(it)
            assert it.app.is_running
            assert isinstance(it.screen, BoardScreen), "nobody would be there to hear the answer"
            await it.press("n")
            assert it.app.is_running
            assert answers == []
            await it.leave()


async def test_the_palette_opens_again_while_it_is_still_going(play) -> None:
    async with play(keys=("ctrl+p",)) as it:
        assert isinstance(it.screen, Palette)
        it.screen.dismiss(None)
        it.app.action_command_palette()
        await settled(it)
        assert it.app.is_running
        assert isinstance(it.screen, Palette)


async def test_a_screen_that_is_there_is_answered(play) -> None:
    async with play(keys=("t",)) as it:
        answers: list[object] = []

        async def ask() -> None:
            answers.append(await it.app.push_screen_wait(Confirm(QUESTION, "Yes", "No")))

        it.screen.run_worker(ask(), group="card")
        await settled(it)
        assert isinstance(it.screen, Confirm)
        await it.press("y")
        assert answers == [True]
