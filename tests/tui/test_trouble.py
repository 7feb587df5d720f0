"""When something goes wrong: what cannot be written, a board that goes away, a crash."""

import asyncio
from datetime import datetime

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.pipeline import Pipeline
from store.read.glance import open_glance
from store.rules.stages import Stage
from tui.app import RoundsApp
from tui.board.columns.lane import Lane
from tui.board.headline import Headline
from tui.running import run_board

NOW = datetime.fromisoformat("2026-11-23T10:00+01:00")


def one(p, _):
    p.add("Acme", "Engineer")


def named(words):
    """A failure that says so."""

    def fails(*_, **__):
        raise StoreError(words)

    return fails


async def test_a_move_that_cannot_be_written_slides_back(play, monkeypatch):
    async with play(one) as it:
        monkeypatch.setattr(Pipeline, "move", named("The disk is full. Nothing was changed."))
        await it.press("L")
        assert "The disk is full. Nothing was changed." in it.told
        assert it.lanes() == it.stored() == [["Acme"], [], [], []]
        assert it.here == "Acme"
        monkeypatch.undo()
        await it.press("L")
        assert it.lanes() == it.stored() == [[], ["Acme"], [], []]


async def test_an_entry_that_cannot_be_written_comes_back_with_what_was_typed(play, monkeypatch):
    async with play(one) as it:
        monkeypatch.setattr(Pipeline, "remind", named("The board is locked. Try again."))
        await it.press("f")
        await it.type("fri call Ana")
        await it.press("enter")
        assert "The board is locked. Try again." in it.painted()
        assert "fri call Ana" in it.painted()
        monkeypatch.undo()
        await it.press("enter")
        assert (await it.read(lambda g: g.card(1))).follow_up.label == "call Ana"


async def test_a_board_that_goes_away_is_told_once(play):
    async with play(one) as it:
        it.app.path.unlink()
        it.app.desk._drop_glance()
        for _ in range(3):
            it.app._watch()
            with pytest.raises(StoreError):
                await it.read(lambda _: None)
            await it.settle()
        assert it.told.count(str(it.app.path)) == 1
        assert it.app.is_running
        assert it.lanes()[0] == ["Acme"]


@pytest.mark.parametrize("broken", [(Lane, "draw_lines"), (Headline, "draw_lines")])
async def test_a_crash_ends_the_program_and_tells_nothing_of_the_board(
    play, monkeypatch, capsys, broken
):
    def breaks(*_, **__):
        secret = "Acme pays 100k"
        raise ZeroDivisionError(secret)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with play(one) as it:
            app = it.app
            monkeypatch.setattr(*broken, breaks)
            await it.pilot.resize_terminal(100, 30)
            await it.pilot.pause()
    assert isinstance(app.crash, ZeroDivisionError)
    assert app.return_code == 1
    assert app._exit_renderables == []
    out, err = capsys.readouterr()
    assert "Acme" not in out + err
    assert "secret" not in out + err


def test_the_crash_becomes_one_sentence_and_exit_code_1(tmp_path, monkeypatch, capsys):
    def breaks(*_, **__):
        secret = "Acme pays 100k"
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(Lane, "draw_lines", breaks)
    run = RoundsApp.run_async
    monkeypatch.setattr(
        RoundsApp, "run", lambda app, **_: asyncio.run(run(app, headless=True, size=(80, 24)))
    )
    told = []
    path = tmp_path / "board.db"
    assert run_board(path, FixedClock(NOW), report=told.append) == 1
    (sentence,) = told
    assert "(ZeroDivisionError at " in sentence
    assert str(path) in sentence
    assert "Acme" not in sentence + "".join(capsys.readouterr())
    assert run_board(tmp_path / "demo.db", FixedClock(NOW), report=told.append, passing=True) == 1
    assert "safe" not in told[1], "the sample goes when it is left"
    assert str(tmp_path) not in told[1]
    assert told[1].endswith(
        "The sample is gone; your own board was not touched. Please report this line."
    )


async def test_a_crash_on_the_desk_ends_it_too(play, monkeypatch):
    def breaks(*_, **__):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with play(one) as it:
            app = it.app
            monkeypatch.setattr(Pipeline, "move", breaks)
            await it.pilot.press("L")
            await it.settle()
    assert isinstance(app.crash, ZeroDivisionError)
    assert open_glance(app.path, app.clock).card(1).stage is Stage.APPLIED


async def test_a_page_that_is_left_while_it_is_read_draws_nothing_more(play):
    async with play(one) as it:
        for key in ("c", "t", "enter", "s", "P", "I", "v", "w"):
            await it.press(key)
            page = it.screen
            assert page is not it.app.board_screen, key
            it.hold()
            fetching = asyncio.ensure_future(page.fetch())
            await it.pilot.pause()
            await it.pilot.press("escape")
            await it.pilot.pause()
            it.app.desk.release()
            await fetching
            await it.settle()
            assert it.app.crash is None, key
            await it.leave()


async def test_a_move_is_written_though_another_screen_covers_the_board_at_once(play):
    """The board waits until the move is painted; behind another screen it never is."""
    async with play(one) as it:
        it.app.board_screen.action_move(1)
        it.app.board_screen.action_chances()
        await it.read(lambda _: None)
        assert it.stored() == [[], ["Acme"], [], []]
        assert not it.app.desk.writes_waiting


async def test_a_screen_that_is_left_twice_takes_no_other_one_with_it(play):
    async with play(one) as it:
        for key in ("a", "n", "m", "?", "ctrl+p", "t", "c", "enter", "s"):
            await it.press("t", key)
            screen = it.screen
            screen.dismiss(None)
            screen.dismiss(None)
            await it.settle()
            assert it.app.crash is None, key
            assert it.screen is not screen, key
            assert it.app.board_screen in it.app.screen_stack, key
            await it.leave()


def test_a_signal_while_the_screen_is_set_up_is_told_by_the_exit_code(tmp_path, monkeypatch):
    """What fails on the way out, since it was only half set up, is nobody's trouble."""

    def breaks(app):
        app.leave(143)
        raise ZeroDivisionError

    run = RoundsApp.run_async
    monkeypatch.setattr(RoundsApp, "_after_first_paint", breaks)
    monkeypatch.setattr(
        RoundsApp, "run", lambda app, **_: asyncio.run(run(app, headless=True, size=(80, 24)))
    )
    told = []
    assert run_board(tmp_path / "board.db", FixedClock(NOW), report=told.append) == 143
    assert told == []
