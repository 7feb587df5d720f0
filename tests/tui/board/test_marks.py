"""Marks on the board: one by one, as a range, and what is done to all that is marked."""

import pytest

from store.rules.stages import Outcome, Stage
from tui.board.columns.lane import Lane
from tui.dialogs.pickers import Confirm, OutcomePicker


def five(p, _):
    for name in ("Ada", "Bit", "Cog", "Dot", "Elm"):
        p.add(name, "Engineer", tags=["remote"] if name in ("Ada", "Dot") else [])


def two_lanes(p, _):
    five(p, _)
    p.move(4, Stage.FIRST)
    p.move(5, Stage.FIRST)


def marked(it):
    cards = it.app.board_screen.marked_cards()
    return None if cards is None else "".join(card.company[0] for card in cards)


def head(it):
    return it.painted().split("\n")[0]


async def test_space_marks_and_goes_on_and_again_takes_the_mark_away(play):
    async with play(five) as it:
        assert marked(it) is None
        await it.press("space", "space")
        assert (marked(it), it.here) == ("AB", "Cog")
        await it.press("k", "space")
        assert (marked(it), it.here) == ("A", "Cog")
        await it.press("G", "space", "space")
        assert (marked(it), it.here) == ("A", "Elm"), "at the end it stays"


async def test_keys_in_one_write_are_heard_one_after_the_other(play):
    async with play(five) as it:
        it.send("space", "space", "j", "space", "x", "2", "enter")
        await it.settle()
        assert it.lanes()[0] == ["Cog", "Elm"] == it.stored()[0]
        assert "3 applications closed as withdrawn. u undoes it." in it.told


async def test_a_mark_is_seen_without_colour_and_counted_in_the_first_line(play):
    async with play(five, size=(80, 24), keys=("space", "j", "space")) as it:
        lines = it.painted().split("\n")
        assert "2 marked" in head(it)
        assert [line[2:8].strip() for line in lines if "* " in line] == ["* Ada", "* Cog"]
        assert all(len(line) <= 80 for line in lines)
        assert " space Mark" in lines[-1], "the keys for what is marked"


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (160, 45)]
)
async def test_columns_keep_their_width_with_marks_in_every_form_of_card(play, size):
    def many(p, _):
        for number in range(12):
            p.add(f"A company with a long name {number}", "Engineer", tags=["remote"])
        p.move(12, Stage.FIRST)

    async with play(many, size=size) as it:
        before = it.painted().split("\n")
        await it.press("V", "G", "l", "space", "escape")
        lanes = it.app.board_screen.query(Lane)
        assert len({lane.form for lane in lanes}) > 1 or size[1] > 24
        for lane in lanes:
            assert {strip.cell_length for strip in lane._picture} == {lane.size.width}
        await it.press("escape", "1", "g")
        assert it.painted().split("\n") == before


async def test_a_range_goes_where_the_cursor_goes_in_its_column(play):
    async with play(two_lanes) as it:
        await it.press("j", "V", "j")
        assert marked(it) == "BC"
        assert "2 marked, V ends it" in head(it)
        await it.press("k", "k")
        assert marked(it) == "AB", "it shrinks, and turns round"
        await it.press("V", "j", "j")
        assert (marked(it), it.here) == ("AB", "Cog"), "ended"
        assert head(it).split("   ")[2].strip() == "2 marked"
        await it.press("V", "l", "j")
        assert (marked(it), it.here) == ("ABC", "Elm"), "another column ends it"


async def test_escape_ends_the_range_then_the_marks_then_the_filter(play):
    async with play(five, keys=("/", *"remote", "enter", "V", "j")) as it:
        assert "/remote  2 of 5 · 2 marked, V ends it" in head(it)
        await it.press("escape")
        assert marked(it) == "AD"
        await it.press("k")
        assert marked(it) == "AD"
        await it.press("escape")
        assert marked(it) is None
        assert it.lanes()[0] == ["Ada", "Dot"]
        await it.press("escape")
        assert len(it.lanes()[0]) == 5


async def test_what_the_filter_hides_stays_marked_and_untouched(play):
    async with play(five, keys=("space", "space")) as it:
        await it.press("/", *"remote", "enter")
        assert "2 marked, 1 hidden" in head(it)
        await it.press("D", "y")
        assert "1 application deleted" in it.told
        assert it.stored()[0] == ["Bit", "Cog", "Dot", "Elm"]
        await it.press("/", *"nobody", "enter")
        assert it.stored()[0] == ["Bit", "Cog", "Dot", "Elm"]


async def test_a_range_goes_on_under_a_filter_and_counts_each_card_once(play):
    async with play(five, keys=("space", "space", "V", "/", *"remote", "enter", "g")) as it:
        assert "3 marked, 2 hidden" in head(it)
        await it.press("V", "j")
        assert marked(it) == "AD"
        assert "4 marked, 2 hidden, V ends it" in head(it)
        await it.press("escape", "/", "escape")
        assert marked(it) == "ABCD"
        assert head(it).split("   ")[2].strip() == "4 marked"


async def test_where_all_that_is_marked_is_hidden_nothing_is_done(play):
    async with play(five, keys=("j", "space", "/", *"remote", "enter")) as it:
        assert "1 marked, hidden" in head(it)
        for key in ("D", "x", "L", "m", "d", "z", "e"):
            await it.press(key)
            assert it.screen is it.app.board_screen
        assert "All that is marked is hidden. Press Esc to clear the marks." in it.told
        await it.settle()
        assert it.stored()[0] == ["Ada", "Bit", "Cog", "Dot", "Elm"]


async def test_marks_survive_another_window_and_go_with_their_cards(play):
    async with play(five, keys=("space", "space")) as it:
        with it.another_window() as p:
            p.add("New", "Engineer")
            p.move(1, Stage.SECOND)
            p.delete(2)
        await it.look()
        assert marked(it) == "A", "in its new column"
        assert "1 marked" in head(it)


async def test_one_question_one_change_and_one_undo(play):
    def begun(p, clock):
        five(p, clock)
        p.move(4, Stage.FIRST)

    async with play(begun) as it:
        for key, question, told, lanes in (
            ("L", "Move 2 applications to first?", "moved to first", ["Cog Elm", "Ada Bit Dot"]),
            ("D", "Delete 2 applications with all", "deleted", ["Cog Elm", "Dot"]),
            ("d", "Mark the next follow-ups of 2 app", "next follow-up done", None),
        ):
            await it.press("1", "g", "space", "space")
            before, change = it.stored(), await it.read(lambda g: g.change_id())
            await it.press(key)
            assert isinstance(it.screen, Confirm), key
            assert question in it.painted(), key
            assert "Ada and Bit" in it.painted(), key
            await it.press("n")
            assert (it.stored(), marked(it)) == (before, "AB"), key
            await it.press(key, "y")
            assert f"2 applications {told}. u undoes it." in it.told, key
            assert await it.read(lambda g: g.change_id()) == change + 1, key
            assert marked(it) is None, f"{key}: what was dealt with is marked no more"
            if lanes is not None:
                assert [" ".join(sorted(lane)) for lane in it.lanes()[:2]] == lanes, key
            await it.press("u")
            assert it.lanes() == it.stored() == before, key


async def test_closing_offers_what_is_possible_for_all_and_asks_once(play):
    def begun(p, clock):
        five(p, clock)
        p.move(2, Stage.OFFER)

    async with play(begun, keys=("space", "4", "space", "x")) as it:
        assert isinstance(it.screen, OutcomePicker)
        assert "Close 2 applications" in it.painted()
        assert "Ada and Bit" in it.painted()
        assert "accepted" not in it.painted(), "only one of them is an offer"
        await it.press("2", "tab", *"-1y", "enter")
        assert "2 of 2 cannot be changed. Ada" in " ".join(it.painted().replace("│", " ").split())
        assert len(it.stored()[0]) == 4
        await it.press("escape")
        assert marked(it) == "AB", "nothing was done"


async def test_some_that_cannot_be_moved_are_named_and_none_is(play):
    def begun(p, clock):
        five(p, clock)
        p.move(4, Stage.OFFER)
        p.move(5, Stage.OFFER)

    async with play(begun, keys=("space", "4", "g", "space", "space", "L")) as it:
        before = it.stored()
        assert it.told == (
            "2 of 3 cannot be changed. Dot and Elm: Offer is the last stage. Press x to close the "
            "card once it is decided. Nothing was changed."
        )
        await it.press("m")
        assert "2 of them are here now" in it.painted()
        await it.press("4")
        assert "Dot and Elm: It is in offer already." in " ".join(
            it.painted().replace("│", " ").split()
        )
        await it.press("enter", "escape")
        assert it.stored() == before
        await it.press("H", "y")
        assert it.stored() == before, "one of them is in applied"


async def test_marked_in_several_columns_each_goes_on_a_step(play):
    async with play(two_lanes, keys=("space", "2", "g", "space", "L")) as it:
        assert "Move 2 applications to the next stage?" in it.painted()
        await it.press("y")
        assert it.stored()[1:3] == [["Ada", "Elm"], ["Dot"]]
        await it.press("u")
        assert it.stored()[1:3] == [["Dot", "Elm"], []]


async def test_snooze_puts_off_all_or_names_those_without_a_follow_up(play):
    async with play(two_lanes, keys=("space", "space", "z", *"fri", "enter")) as it:
        assert marked(it) is None
        days = await it.read(lambda g: [str(g.card(one).follow_up.due_on) for one in (1, 2, 3)])
        assert days == ["2026-12-04", "2026-12-04", "2026-12-03"]
        await it.press("u")
        with it.another_window() as p:
            p.skip(2)
        await it.look()
        before = await it.read(lambda g: g.change_id())
        await it.press("g", "V", "G", "z")
        assert "1 of 3 has no follow-up: Bit. Nothing was changed." in it.told
        await it.press("d")
        assert await it.read(lambda g: g.change_id()) == before


async def test_e_edits_tags_of_all_in_one_change(play):
    async with play(five, keys=("space", "space", "e", *"+senior, -remote, no contact")) as it:
        assert "+senior on 2 of 2; -remote on 1 of 2; no contact" in it.painted()
        await it.press("enter")
        tags = await it.read(lambda g: [g.card(one).tags for one in (1, 2, 3, 4)])
        assert tags == [("senior",), ("senior",), (), ("remote",)]
        assert "2 applications edited. u undoes it." in it.told
        await it.press("u")
        assert await it.read(lambda g: g.card(1).tags) == ("remote",)


async def test_in_the_panel_space_ticks_and_on_the_cards_it_marks(play):
    async with play(five, size=(130, 36), keys=("tab", "space")) as it:
        assert marked(it) is None
        ticked = await it.read(lambda g: sum(tip.ticked for tip in g.dossier(1).tips))
        assert ticked == 1
        await it.press("tab", "space")
        assert marked(it) == "A"


async def test_nothing_to_mark_is_told(play):
    async with play(keys=("space", "V")) as it:
        assert "No card here. Press a to add one." in it.told
        assert marked(it) is None


async def test_closed_applications_are_marked_and_reopened_together(play):
    def over(p, clock):
        five(p, clock)
        for one in (1, 2, 3):
            p.close(one, Outcome.REJECTED)

    async with play(over, keys=("c", "space", "space")) as it:
        assert "Closed  3 · 2 marked" in it.painted()
        assert it.painted().count("* Mon 23 Nov") == 2
        await it.press("R")
        assert "Put 2 applications back on the board?" in it.painted()
        await it.press("y")
        assert sorted(it.stored()[0]) == ["Bit", "Cog", "Dot", "Elm"]
        await it.press("u", "space", "escape")
        assert "Closed  3" in it.painted(), "the marks first"
        await it.press("escape")
        assert it.screen is it.app.board_screen
        assert sorted(it.stored()[0]) == ["Dot", "Elm"]
