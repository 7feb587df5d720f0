"""A question with two answers."""

import pytest

from tui.dialogs.pickers import Confirm

QUESTION = "Delete Globex — Staff Engineer with all its notes?"


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["y"], True),
        (["n"], False),
        (["escape"], False),
        (["enter"], False),
        (["tab", "enter"], True),
        (["right", "enter"], True),
        (["right", "left", "enter"], False),
    ],
)
async def test_each_answer_has_a_key_and_enter_alone_changes_nothing(show, keys, answer):
    async with show(Confirm(QUESTION, "Delete")) as stage:
        assert QUESTION in stage.painted()
        await stage.press(*keys)
        assert stage.answers == [answer]


async def test_a_click_answers(show):
    async with show(Confirm(QUESTION, "Delete")) as stage:
        await stage.pilot.click("#yes")
        await stage.pilot.pause()
        assert stage.answers == [True]


async def test_hostile_questions_are_only_shown(show, hostile):
    async with show(Confirm(hostile, hostile)) as stage:
        await stage.pilot.click("#question", offset=(1, 0))
        assert stage.app.is_running
        await stage.press("n")
        assert stage.answers == [False]
