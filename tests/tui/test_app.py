"""The program as a whole: its first start, clock, themes, trouble with the file, and its end."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import tui.app
from store.clock import FixedClock
from store.errors import StoreError
from store.pipeline import Pipeline
from store.rules.stages import Stage
from tests.conftest import LONG
from tests.stillness import PATIENCE, until
from tui.app import RoundsApp
from tui.dialogs.pickers import Confirm
from tui.pages.help import HelpScreen
from tui.styles.themes import OURS

NOW = datetime.fromisoformat("2026-11-23T10:00+01:00")
WELCOME = (
    "a adds your first application",
    "rounds import FILE imports your LinkedIn export",
    "rounds demo shows a board with sample data",
)


def one(p, _):
    p.add("Acme", "Engineer")


# The first start


@pytest.mark.parametrize("size", [(160, 45), (120, 30), (80, 24), (60, 16)])
async def test_an_empty_board_says_in_three_lines_how_to_begin(play, size):
    async with play(size=size) as it:
        for line in WELCOME:
            assert line in it.painted()
        await it.press("p")
        for line in WELCOME:
            assert line in it.painted(), "the panel leaves it readable"
        await it.press("p", "a")
        await it.type("Acme")
        await it.press("enter")
        await it.type("Engineer")
        await it.press("enter")
        assert WELCOME[0] not in it.painted()
        assert it.here == "Acme"


async def test_a_board_that_does_not_exist_is_made(tmp_path):
    path = tmp_path / "new" / "board.db"
    app = RoundsApp(path, FixedClock(NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.desk.read(lambda _: None)
        await pilot.pause()
        assert app.board_screen.has_class("-empty")
    assert path.stat().st_mode & 0o777 == 0o600


# The clock


async def test_midnight_turns_the_day(play):
    def due_tomorrow(p, clock):
        p.remind(
            p.add("Acme", "Engineer").application_id, (clock.moment + timedelta(1)).date(), "x"
        )

    async with play(due_tomorrow, size=(120, 30)) as it:
        assert all(
            words in it.painted() for words in ("Mon 23 Nov", "0 late · 0 today · 1 in 7 days")
        )
        it.app.clock.moment = it.app.clock.moment.replace(hour=23, minute=59)
        await it.look()
        assert all(each in it.painted() for each in ("Mon 23 Nov", "0 late · 0 today"))
        it.app.clock.moment += timedelta(minutes=1)
        await it.look()
        assert all(
            words in it.painted() for words in ("Tue 24 Nov", "0 late · 1 today · 0 in 7 days")
        )
        it.app.clock.moment += timedelta(days=1)
        await it.look()
        assert all(
            words in it.painted() for words in ("Wed 25 Nov", "1 late · 0 today · 0 in 7 days")
        )


async def test_a_laptop_that_wakes_up_after_a_fortnight_shows_the_new_day_at_once(play):
    async with play(one) as it:
        before = it.lanes()
        it.app.clock.moment += timedelta(days=14)
        it.app.on_app_focus()
        await it.settle()
        assert "Mon 7 Dec" in it.painted()
        assert "late" in "".join(it.painted().splitlines()[5:7]), "what has become due meanwhile"
        assert it.lanes() == it.stored() == before
        it.app.clock.moment -= timedelta(days=14)
        it.app.on_app_focus()
        await it.settle()
        assert "Mon 23 Nov" in it.painted(), "a clock set back is believed, too"


async def test_an_interview_that_comes_nearer_is_counted_by_the_minute(play):
    def soon(p, clock):
        card = p.add("Acme", "Engineer", stage=Stage.FIRST).application_id
        p.interview(card, clock.moment + timedelta(minutes=90))

    async with play(soon, size=(160, 45)) as it:

        def card():
            lines = [line[27:51] for line in it.painted().splitlines()]
            return " ".join(" ".join(lines).split())

        assert "interview 11:30 in 1 h" in card()
        it.app.clock.moment += timedelta(minutes=60)
        await it.look()
        assert "interview 11:30 in 30 min" in card()
        it.app.clock.moment += timedelta(seconds=59)
        board = it.app.board_screen.live.at
        it.app.board_screen.live.turn(it.app.now())
        assert it.app.board_screen.live.at == board, "nothing is drawn within a minute"


# Help, themes, the way out


async def test_help_opens_for_where_the_user_is(play):
    async with play(one, keys=("?",)) as it:
        assert isinstance(it.screen, HelpScreen)
        await it.press("escape", "tab", "f1")
        assert isinstance(it.screen, HelpScreen)


async def test_the_theme_is_remembered(play):
    async with play(one) as it:
        before, known = it.painted(), it.app.board_screen.live.board.change_id
        await it.press("T")
        assert it.app.theme == OURS[1].name
        assert it.painted() == before, "other colours, the same words"
        assert await it.read(lambda g: g.setting("theme")) == OURS[1].name
        assert it.app.board_screen.live.board.change_id == known, "no step of undo"
        await it.press("T")
        assert await it.read(lambda g: g.setting("theme")) == OURS[0].name


async def test_q_waits_until_everything_is_written(play, monkeypatch):
    go = threading.Event()
    move = Pipeline.move

    def slow(*args, **kinds):
        go.wait(PATIENCE)
        return move(*args, **kinds)

    async with play(one) as it:
        monkeypatch.setattr(Pipeline, "move", slow)
        it.send("L", "L", "q")
        await until(lambda: it.told)
        assert it.app.is_running
        assert it.app.desk.writes_waiting == 2
        assert "Saving …" in it.told
        go.set()
        await it.app.workers.wait_for_complete()
    assert it.app.return_code == 0
    assert it.stored() == [[], [], ["Acme"], []]


async def test_what_was_told_some_keys_ago_makes_room_but_a_warning_stays(play):
    async with play(one) as it:
        it.app.warn("Mind this.")
        it.app.say("One.")
        it.app.say("Two.")
        await it.settle()
        assert it.told == "Mind this.\nOne.\nTwo.", "said by one key"
        for note in it.app._notifications:
            note.raised_at -= 1
        it.app.say("Three.")
        await it.settle()
        assert it.told == "Mind this.\nThree."


async def test_q_stays_when_what_was_asked_for_could_not_be_written(play, monkeypatch):
    go = threading.Event()

    def fails(*_, **__):
        go.wait(PATIENCE)
        raise StoreError("The disk is full. Nothing was changed.")

    async with play(one) as it:
        monkeypatch.setattr(Pipeline, "move", fails)
        it.send("L", "q")
        await until(lambda: it.told)
        go.set()
        await it.app.workers.wait_for_complete()
        await it.settle()
        assert it.app.is_running
        assert "The disk is full. Nothing was changed." in it.told
        assert it.lanes() == it.stored() == [["Acme"], [], [], []]
        await it.pilot.press("q")
        await it.app.workers.wait_for_complete()
    assert it.app.return_code == 0


@contextmanager
def locked(path: Path, how: str) -> Iterator[None]:
    """Another program that is in the midst of writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("warm", [True, False], ids=["written before", "first write"])
async def test_q_asks_when_another_program_keeps_the_board_too_long(play, monkeypatch, how, warm):
    monkeypatch.setattr("tui.app.SAVING_AT_MOST", 0.1)
    async with play(one) as it:
        if warm:
            await it.press("L")
        with locked(it.app.path, how):
            it.send("L", "H", "L", "H", "q")
            await until(lambda: isinstance(it.screen, Confirm))
            await until(lambda: "4 changes are not saved yet" in " ".join(it.painted().split()))
            it.send("n")
            await until(lambda: not isinstance(it.screen, Confirm))
            assert it.app.is_running
            it.send("q")
            await until(lambda: isinstance(it.screen, Confirm))
            it.send("y")
            await until(lambda: not it.app.is_running)
            assert it.app.count_unsaved() == 4
    assert it.app.return_code == 1
    assert it.stored() == ([[], ["Acme"], [], []] if warm else [["Acme"], [], [], []])


async def test_the_question_goes_when_the_board_is_free_again(play, monkeypatch):
    monkeypatch.setattr("tui.app.SAVING_AT_MOST", 0.1)
    async with play(one) as it:
        await it.press("L")
        with locked(it.app.path, "IMMEDIATE"):
            it.send("L", "q")
            await until(lambda: isinstance(it.screen, Confirm))
        await until(lambda: not it.app.is_running)
        assert it.app.count_unsaved() == 0
    assert it.app.return_code == 0
    assert it.stored() == [[], [], ["Acme"], []]


async def test_a_board_that_cannot_be_read_just_now_holds_no_end_up(play):
    async with play(one) as it:
        it.app.desk._drop_glance()
        with locked(it.app.path, "EXCLUSIVE"):
            it.app._watch()
            it.send("q")
            await until(lambda: not it.app.is_running)
            assert it.app.count_unsaved() == 0
    assert it.app.return_code == 0


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_every_way_out_ends_with_zero(play, key):
    async with play(one) as it:
        await it.pilot.press(key)
        await it.pilot.pause()
    assert it.app.return_code == 0


@pytest.mark.parametrize(
    "opens", ["enter", "t", "C", *(pytest.param(key, marks=pytest.mark.long) for key in "csvIP")]
)
async def test_q_quits_from_every_page(play, opens):
    async with play(one) as it:
        await it.press(opens)
        assert it.screen is not it.app.board_screen
        await it.pilot.press("q")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
    assert it.app.return_code == 0


async def test_ctrl_c_leaves_what_stands_above_the_board(play):
    async with play(one) as it:
        for opens in ("question_mark", "ctrl+p", "x", "n", "plus", "i", "e", "a"):
            await it.press(opens)
            assert len(it.app.screen_stack) == 2, opens
            await it.press("ctrl+c")
            assert len(it.app.screen_stack) == 1, opens
            assert it.app.is_running


async def test_ctrl_c_throws_no_typed_text_away_and_copies_what_is_selected(play):
    async with play(one) as it:
        await it.pilot.press("n", *"call")
        await it.pilot.press("ctrl+c")
        await it.settle()
        assert "Not saved" in it.painted()
        await it.pilot.press("shift+home", "ctrl+c")
        await it.settle()
        assert it.app.clipboard == "call"
        assert len(it.app.screen_stack) == 2


# Sizes


async def test_no_size_breaks_it(play):
    widths = (1, 2, 5, 20, 59, 60, 80, 119, 120, 300) if LONG else (1, 20, 59, 60, 119, 120, 300)
    sizes = [(w, h) for w in widths for h in ((1, 3, 15, 16, 100) if LONG else (1, 15, 16, 100))]

    def some(p, clock):
        for number, stage in enumerate(list(Stage) * 3):
            p.add(f"Company {number}", "漢字 Engineer", stage=stage, tags=("a", "b"))

    async with play(some) as it:
        for width, height in sizes:
            await it.pilot.resize_terminal(width, height)
            await it.pilot.press("j", "l", "p")
            lines = it.painted().splitlines()
            assert it.app.crash is None, (width, height)
            assert len(lines) <= height, (width, height)
            if width >= 60 and height >= 16:
                for titles in (("Applied",), ("First", "1st"), ("Second", "2nd"), ("Offer",)):
                    named = any(title[:3] in lines[2] for title in titles)
                    assert named or it.app.board_screen.panel.display
            elif width >= 36:
                assert "rounds needs 60×16" in it.painted()


async def test_a_small_terminal_is_told_in_full_and_opens_nothing(play):
    first, *others = (59, 24), (80, 15), (30, 10), (17, 6)
    async with play(one, size=first) as it:
        for size in (first, *others):
            await it.pilot.resize_terminal(*size)
            said = " ".join(it.painted().split())
            assert said == f"rounds needs 60×16; this is {size[0]}×{size[1]}"
            await it.press("t", "a", "enter", "question_mark", "ctrl+p", "d", "T")
            assert it.screen is it.app.board_screen
            assert " ".join(it.painted().split()) == said
            await it.pilot.resize_terminal(80, 24)
            await it.press("t")
            assert it.screen is not it.app.board_screen
            await it.leave()


def test_the_watch_looks_more_than_once_a_second():
    assert tui.app.WATCH_SECONDS < 1


async def test_garbage_is_looked_for_while_nobody_is_at_the_keys(play, monkeypatch):
    async with play() as it:
        looked = []
        monkeypatch.setattr("gc.get_count", lambda: (0, 0, 9))
        monkeypatch.setattr("gc.collect", lambda: looked.append(1))
        await it.look()
        looked.clear()
        it.app.door.reads += 1
        await it.look()
        assert not looked, "in the midst of typing a letter would wait for it"
        await it.look()
        assert looked
        looked.clear()
        monkeypatch.setattr("gc.get_count", lambda: (0, 0, 1))
        await it.look()
        assert not looked, "there is hardly anything to look through"
