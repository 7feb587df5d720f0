"""Keys that come before what they are for is there."""

import pytest
from textual import events

from tests.stillness import until
from tests.tui.conftest import Play
from tui import key_door
from tui.board.screen import BoardScreen
from tui.dialogs.application import ApplicationForm
from tui.dialogs.line import LineEntry
from tui.dialogs.note import NoteForm
from tui.pages.help import HelpScreen


def three(p, clock):
    for company in ("Globex", "Initech", "Hooli"):
        p.add(company, "Engineer")


def field(it: Play) -> str:
    focused = it.app.focused
    assert focused is not None, it.screen
    return str(getattr(focused, "value", None) or focused.text)


async def test_the_text_after_an_opener_is_in_its_field(play):
    async with play(three) as it:
        it.send("a", *"Lyft")
        await it.settle()
        assert isinstance(it.screen, ApplicationForm)
        assert field(it) == "Lyft"
        assert it.lanes()[0] == it.stored()[0], "no card has moved"


@pytest.mark.parametrize("busy", [False, True])
async def test_keys_wait_while_a_dialog_reads_what_it_shows(play, busy):
    async with play(three) as it:
        if busy:
            it.hold()
        it.send("e", "L", "u", "q")
        if busy:
            await until(lambda: len(it.app.door._waiting) == 3)
            it.app.desk.release()
        await it.settle()
        assert isinstance(it.screen, ApplicationForm)
        assert it.app.is_running
        assert "Luq" in field(it)
        assert [len(lane) for lane in it.stored()] == [3, 0, 0, 0]


async def test_what_follows_an_answer_is_for_the_board(play, monkeypatch):
    # However long the answer takes to be stored, on a machine with much else to do.
    monkeypatch.setattr(key_door, "ANSWER_HOLDS", 600.0)
    async with play(three) as it:
        first = it.here
        it.send("z", *"3d", "enter", "k")
        await it.settle()
        assert isinstance(it.screen, BoardScreen)
        assert it.here != first, "put off, it stands last"
        due = await it.read(lambda g: [d for d in g.due(days=30) if d.company == first])
        assert [d.due_on.day for d in due] == [6], "three days after 3 December, when it was due"


async def test_keys_after_an_opening_that_failed_are_dropped(play):
    async with play(three) as it:
        await it.press("2")
        it.send("z", "1", "L", "j")
        await it.settle()
        assert isinstance(it.screen, BoardScreen)
        assert "No card" in it.told
        assert it.here is None, "no key has reached the board"


async def test_a_key_that_opens_nothing_holds_nothing(play):
    async with play(three) as it:
        it.send("j", "L", "1", "n", *"ok")
        await it.settle()
        assert isinstance(it.screen, NoteForm)
        assert field(it) == "ok"
        assert [len(lane) for lane in it.stored()] == [2, 1, 0, 0]


async def test_a_dialog_inside_of_a_page_inside_of_another(play):
    async with play(three) as it:
        it.send(
            "enter",
            "n",
            *"seen",
            "escape",
            "escape",
            "escape",
            "question_mark",
            "escape",
            "z",
            *"3d",
        )
        await it.settle()
        assert isinstance(it.screen, LineEntry)
        assert field(it) == "3d"


async def test_a_paste_waits_its_turn(play):
    async with play(three) as it:
        it.send("n")
        it.app.post_message(events.Paste("all of it "))
        it.send(*"ok")
        await it.settle()
        assert field(it) == "all of it ok"


@pytest.mark.parametrize(
    "after", ["c", "L", *(pytest.param(key, marks=pytest.mark.long) for key in "stPICv")]
)
async def test_no_key_means_anything_after_leaving(play, after):
    async with play(three) as it:
        it.send("q", after)
        await until(lambda: it.app._exit)
        assert it.app.return_code == 0
        assert it.app.crash is None
    assert [len(lane) for lane in it.stored()] == [3, 0, 0, 0]


@pytest.mark.parametrize(
    "opener",
    [
        *("t", "enter", "question_mark"),
        *(pytest.param(key, marks=pytest.mark.long) for key in "csPICv"),
    ],
)
async def test_leaving_while_a_page_opens_ends_well(play, opener):
    async with play(three) as it:
        it.send(opener, "q")
        it.send("ctrl+q")
        await until(lambda: it.app._exit)
        assert it.app.crash is None
        assert it.app.return_code == 0


async def test_help_hears_its_own_keys(play):
    async with play(three) as it:
        first = it.here
        it.send("question_mark", "j", "j")
        await it.settle()
        assert isinstance(it.screen, HelpScreen)
        assert it.here == first


async def test_a_key_that_comes_after_the_last_screen_means_nothing(play, monkeypatch):
    async with play(three) as it:
        late = events.Key("j", "j")
        late._set_forwarded()
        with monkeypatch.context() as gone:
            gone.setitem(it.app._screen_stacks, it.app.current_mode, [])
            await it.app.on_event(late)
