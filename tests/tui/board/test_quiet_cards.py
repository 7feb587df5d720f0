"""Quiet cards at the end of a lane are one line; - shows them, and Q leads to the sweep."""

from datetime import timedelta

import pytest

from store.rules.stages import Outcome, Stage
from tests.makers import NOW, TODAY, board, card, due
from tui.board.changes import with_card
from tui.board.cursor import FOLDED_FROM, Cursor


def board_with(quiet: int, other: int = 1):
    def fill(p, clock):
        now = clock.moment
        clock.moment = now - timedelta(days=90)
        for number in range(quiet):
            p.add(f"Quiet {number}", "Engineer")
        clock.moment = now
        for number in range(other):
            p.add(f"Other {number}", "Engineer")

    return fill


async def test_three_quiet_cards_are_one_line_that_a_key_opens_and_closes(play):
    async with play(board_with(3)) as it:
        assert it.lanes()[0] == ["Other 0"]
        assert "Applied  4" in it.painted(), "they are counted"
        assert "3 quiet: Q" in it.painted()
        await it.press("G")
        assert it.here == "Other 0"
        await it.press("minus")
        assert it.lanes()[0] == it.stored()[0]
        assert "- folds quiet" in it.painted()
        await it.press("G", "minus")
        assert it.lanes()[0] == ["Other 0"]
        assert it.here == "Other 0", "the cursor stays in sight"


@pytest.mark.parametrize(("quiet", "other"), [(FOLDED_FROM - 1, 1), (4, 0), (0, 4)])
async def test_few_or_nothing_else_is_not_folded(play, quiet, other):
    async with play(board_with(quiet, other)) as it:
        assert it.lanes() == it.stored()
        assert ": Q" not in it.painted()
        await it.press("minus")
        assert "not enough quiet cards" in it.told
        assert it.lanes() == it.stored()


async def test_one_that_is_looked_for_is_shown(play):
    async with play(board_with(3)) as it:
        await it.press("/", *"quiet", "enter")
        assert len(it.lanes()[0]) == 3
        await it.press("escape")
        assert it.lanes()[0] == ["Other 0"]
        assert it.app.board_screen.jump_to(2)
        await it.settle()
        assert it.here == "Quiet 1"
        assert it.lanes() == it.stored()


async def test_an_order_of_ones_own_folds_nothing(play):
    async with play(board_with(3), keys=("J",)) as it:
        assert it.lanes() == it.stored()
        assert it.lanes()[0] == ["Quiet 0", "Other 0", "Quiet 1", "Quiet 2"]
        await it.press("S")
        assert it.lanes()[0] == ["Other 0"]


async def test_a_reply_brings_it_back_above_the_line(play):
    async with play(board_with(4), keys=("minus", "j", "L")) as it:
        assert it.here == "Quiet 0"
        assert it.app.board_screen.cursor.stage is Stage.FIRST
        await it.press("minus", "u")
        assert it.here == "Quiet 0", "undone, and in sight"


def test_of_a_lane_that_changes_as_many_are_quiet_as_of_one_that_is_new():
    quiet = [card(number, quiet_on=TODAY) for number in range(4, 10)]
    shown = board(card(1), card(2), card(3), *quiet)
    cursor = Cursor(shown, TODAY)
    assert cursor.quiet[Stage.APPLIED] == 6
    changes = {
        "one comes": (card(10), 6),
        "one more goes quiet": (card(3, quiet_on=TODAY), 7),
        "one is called something else": (card(9, quiet_on=TODAY, company="Other"), 7),
        "one wakes": (card(5, follow_up=due(0, 5)), 6),
        "one that was quiet goes on": (card(6, Stage.FIRST), 5),
        "one that was not is closed": (card(1, outcome=Outcome.REJECTED, closed_on=TODAY), 5),
    }
    for what, (changed, count) in changes.items():
        shown = with_card(shown, changed, NOW)
        cursor.show(shown, NOW)
        assert cursor.quiet[Stage.APPLIED] == count, what
        assert cursor.quiet == Cursor(shown, TODAY).quiet, what
    later = NOW + timedelta(days=1)
    tomorrow = with_card(shown, card(2, quiet_on=later.date()), NOW)
    cursor.show(tomorrow, NOW)
    assert cursor.quiet[Stage.APPLIED] == 5
    cursor.show(tomorrow, later)
    assert cursor.quiet == Cursor(tomorrow, later.date()).quiet, "another day, other quiet ones"
