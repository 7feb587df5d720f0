"""The sweep: all quiet cards in one list, closed in one step; and the line that tells of it."""

from datetime import timedelta

import pytest

from store.rules.stages import Outcome, Stage
from tui.board.sweep import SweepScreen


def begin(p, clock, days, *names):
    now = clock.moment
    clock.moment = now - timedelta(days=days)
    for name in names:
        p.add(name, "Engineer")
    clock.moment = now


def quiet(p, clock):
    begin(p, clock, 90, "Ada", "Bit")
    begin(p, clock, 120, "Cog")
    begin(p, clock, 35, "Dot")
    begin(p, clock, 3, "Elm")


def forty(p, clock):
    begin(p, clock, 90, *(f"Company {number}" for number in range(40)))
    begin(p, clock, 3, "Elm")


async def ends(it):
    cards = await it.read(lambda g: g.cards(closed=True))
    return {card.company: card.outcome for card in cards}


async def test_all_quiet_cards_with_the_days_of_silence_and_the_end_that_is_suggested(play):
    async with play(quiet, size=(80, 24), keys=("Q",)) as it:
        assert isinstance(it.screen, SweepScreen)
        lines = [line.strip("│ ▌") for line in it.painted().split("\n")]
        assert "Sweep  4 quiet" in lines[0]
        assert [" ".join(line.split()[:6]) for line in lines[2:9]] == [
            "May be over 3",
            "☑ no response 120 d Cog",
            "☑ no response 90 d Ada",
            "☑ no response 90 d Bit",
            "",
            "A reply may still come 1",
            "☐ stays 35 d Dot Engineer",
        ]
        assert "enter Close 3 applications" in it.painted()
        await it.press("G")
        assert "A reply brings it back; from" in it.painted()
        await it.press("escape")
        assert await ends(it) == {}, "nothing is closed by itself"


async def test_forty_silent_ones_are_closed_with_three_keys_and_one_undo(play):
    async with play(forty) as it:
        change = await it.read(lambda g: g.change_id())
        it.send("Q", "enter", "y")
        await it.settle()
        assert it.screen is it.app.board_screen
        assert it.lanes()[0] == it.stored()[0] == ["Elm"]
        assert set((await ends(it)).values()) == {Outcome.NO_RESPONSE}
        assert "40 applications closed as no response. u undoes it." in it.told
        assert await it.read(lambda g: g.change_id()) == change + 1
        await it.press("u")
        assert len(it.stored()[0]) == 41


async def test_the_question_tells_how_many_and_how_and_no_closes_nothing(play):
    async with play(quiet, keys=("Q", "space", "x", "x", "enter")) as it:
        words = " ".join(it.painted().replace("│", " ").split())
        assert "Close 2 applications?" in words
        for one in ("Ada withdrawn", "Bit no response"):
            assert one in words, "each has its own line: nobody has to count which is which"
        await it.press("enter")
        assert await ends(it) == {}, "no is the answer that has the cursor"
        assert isinstance(it.screen, SweepScreen)


async def test_space_takes_out_and_in_and_x_changes_the_end(play):
    async with play(quiet, keys=("Q", "space")) as it:
        assert "☐ stays" in it.painted()
        assert it.screen.subject().company == "Ada", "on to the next one"
        seen = []
        for _ in range(4):
            await it.press("x")
            seen.append(it.screen.ends[1].value)
        assert seen == ["rejected", "withdrawn", "cancelled", "no-response"]
        await it.press("G", "x")
        assert it.screen.ends[4] is Outcome.NO_RESPONSE, "one that was out comes in"
        await it.press("space", "g", "space", "space", "x", "enter", "y")
        assert await ends(it) == {
            "Cog": Outcome.NO_RESPONSE,
            "Bit": Outcome.REJECTED,
        }


async def test_none_to_close_is_told(play):
    async with play(quiet, keys=("Q", "space", "space", "space", "enter")) as it:
        assert "None is ticked. Press space to tick one." in it.told
        assert isinstance(it.screen, SweepScreen)
    async with play(lambda p, c: begin(p, c, 3, "Elm"), keys=("Q",)) as it:
        assert "No quiet applications." in it.painted()
        await it.press("enter", "space", "x")
        assert "No quiet applications. Nothing is to be closed." in it.told


async def test_what_another_window_changes_is_seen_and_what_was_decided_stays(play):
    async with play(quiet, keys=("Q", "space", "x")) as it:
        with it.another_window() as p:
            p.log_reply(2, text="Still interested?")
            p.move(4, Stage.FIRST)
        await it.look()
        assert it.screen.ends == {1: Outcome.REJECTED}
        with it.another_window() as p:
            p.close(1, Outcome.CANCELLED)
        it.send("enter")
        await it.settle()
        await it.press("y")
        assert (await ends(it)) == {"Ada": Outcome.CANCELLED}


async def test_undo_on_the_list_brings_back_what_was_swept(play):
    async with play(quiet, keys=("Q", "enter", "y", "Q", "u")) as it:
        assert isinstance(it.screen, SweepScreen)
        assert "Sweep  4 quiet" in it.painted()


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_first_line_tells_on_one_day_a_week_that_some_wait(play, size):
    async with play(quiet, size=size) as it:
        head = it.painted().split("\n")[0]
        assert "3 quiet applications wait: press Q" in head
        assert "Mon 23 Nov" in head
        await it.press("Q", "escape")
        assert "wait: press Q" not in it.painted(), "seen"
        for days, told in ((1, False), (6, False), (7, True)):
            it.app.clock.moment = it.app.clock.moment.replace(day=23) + timedelta(days=days)
            await it.look()
            assert ("wait: press Q" in it.painted()) is told, days


async def test_a_filter_and_marks_go_before_it_and_nothing_quiet_tells_nothing(play):
    async with play(quiet, keys=("space",)) as it:
        assert "1 marked" in it.painted().split("\n")[0]
        assert "wait: press Q" not in it.painted()
    async with play(lambda p, c: begin(p, c, 35, "Dot", "Elm")) as it:
        assert "press Q" not in it.painted()
        assert await it.read(lambda g: g.setting("sweep.told")) is None
