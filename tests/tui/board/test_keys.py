"""The board's keys: the cursor, moving cards, their order, and the way back."""

import os
import random
from datetime import timedelta

import pytest
from textual import events

from store.exchange.incoming import Incoming
from store.rules.stages import ORDER, Stage

LONG = os.environ.get("ROUNDS_PROOF") == "long"
NAMES = (
    *("Acme", "Bluth", "Cyberdyne", "Dunder", "Enron"),
    *("Fring", "Globex", "Hooli", "Initech", "Jotun"),
)


def spread(counts):
    """Puts so many applications into the four lanes, with their names in the order of the board."""

    def fill(p, clock):
        names = iter(NAMES)
        for stage, count in zip(ORDER, counts, strict=True):
            for _ in range(count):
                p.add(next(names), "Engineer", stage=stage)

    return fill


STEPS_OF_THE_CURSOR = (
    ([], "Acme"),
    (["j"], "Bluth"),
    (["down", "down"], "Cyberdyne"),
    (["j", "j", "k"], "Bluth"),
    (["j", "up", "up"], "Acme"),
    (["G"], "Dunder"),
    (["end", "j"], "Dunder"),
    (["G", "g"], "Acme"),
    (["G", "home"], "Acme"),
    (["l"], "Enron"),
    (["right", "right"], "Globex"),
    (["l", "l", "h"], "Enron"),
    (["left"], "Acme"),
    (["G", "l"], "Fring"),
    (["4"], "Hooli"),
    (["4", "l"], "Hooli"),
    (["2"], "Enron"),
    (["3"], "Globex"),
    (["4", "1"], "Acme"),
    (["pagedown"], "Dunder"),
    (["pagedown", "pageup"], "Acme"),
)


async def test_the_cursor(play):
    async with play(spread((4, 2, 1, 1))) as it:
        for keys, at in STEPS_OF_THE_CURSOR:
            await it.press("1", "g", *keys)
            assert it.here == at, keys
            assert it.painted().count("◀") == 1, "one card, and no other"


async def test_the_cursor_stands_in_an_empty_lane_too(play):
    async with play(spread((1, 0, 1, 0)), keys=("l",)) as it:
        assert it.here is None
        for key in ("d", "e", "enter", "L", "J", "x", "o"):
            await it.press(key)
            assert it.screen is it.app.board_screen
        assert "No card here. Press a to add one." in it.told
        await it.press("j", "G", "g", "pagedown", "pageup", "l")
        assert it.here == "Bluth"


async def test_the_board_opens_on_the_first_lane_with_cards(play):
    async with play(spread((0, 0, 2, 0))) as it:
        assert it.here == "Acme"


@pytest.mark.parametrize(
    ("keys", "lanes"),
    [
        (["L"], [[], ["Acme"], [], []]),
        (["shift+right", "L"], [[], [], ["Acme"], []]),
        (["L", "L", "L"], [[], [], [], ["Acme"]]),
        (["L", "H"], [["Acme"], [], [], []]),
        (["L", "L", "shift+left"], [[], ["Acme"], [], []]),
    ],
)
async def test_a_card_moves_at_once_and_the_cursor_goes_with_it(play, keys, lanes):
    async with play(spread((1, 0, 0, 0)), keys=tuple(keys)) as it:
        assert it.lanes() == it.stored() == lanes
        assert it.here == "Acme"
        assert it.told == "", "no question, no message"


@pytest.mark.parametrize(
    ("stage", "key", "sentence"),
    [(Stage.OFFER, "L", "offer"), (Stage.APPLIED, "H", "applied")],
)
async def test_at_the_ends_a_sentence_says_that_it_goes_no_further(play, stage, key, sentence):
    async with play(lambda p, _: p.add("Acme", "Engineer", stage=stage)) as it:
        change = await it.read(lambda g: g.change_id())
        await it.press(key)
        assert sentence in it.told.lower()
        assert await it.read(lambda g: g.change_id()) == change
        assert it.here == "Acme"


async def test_a_moved_card_is_painted_before_the_store_has_answered(play):
    async with play(spread((1, 0, 0, 0))) as it:
        it.hold()
        it.app.board_screen.action_move(1)
        assert it.lanes()[1] == ["Acme"]
        assert it.stored()[0] == ["Acme"]
        it.app.desk.release()
        await it.settle()
        assert it.stored()[1] == ["Acme"]


@pytest.mark.proof
async def test_moves_as_fast_as_they_can_be_typed(play):
    """No key is lost: the changes counted in the file are those that can be foreseen."""
    chance = random.Random(4)
    keys = [chance.choice("LLLHHj") for _ in range(500 if LONG else 120)]
    async with play(spread((4, 3, 2, 1))) as it:
        before = await it.read(lambda g: g.change_id())
        screen = it.app.board_screen
        moves = []
        submit = screen.live.submit
        screen.live.submit = lambda card, act: (moves.append(card), submit(card, act))
        refused = []
        it.app.say = lambda sentence: refused.append(sentence)
        for key in keys:
            it.app.post_message(events.Key(key, key))
        await it.settle()
        while it.app.desk.writes_waiting:
            await it.settle()
        assert len(moves) + len(refused) == sum(key in "LH" for key in keys)
        assert await it.read(lambda g: g.change_id()) == before + len(moves)
        assert it.lanes() == it.stored()
        glance_board = await it.read(lambda g: g.board())
        shown = {card.id: card for card in screen.live.board.cards()}
        assert shown == {card.id: card for card in glance_board.cards()}


@pytest.mark.proof
async def test_one_card_back_and_forth_ends_where_the_keys_end(play):
    async with play(spread((1, 0, 0, 0))) as it:
        before = await it.read(lambda g: g.change_id())
        rounds = 67 if LONG else 15
        for key in "LHL" * rounds:
            it.app.post_message(events.Key(key, key))
        await it.settle()
        while it.app.desk.writes_waiting:
            await it.settle()
        refusals = sum(1 for _ in it.app._notifications)
        changes = await it.read(lambda g: g.change_id()) - before
        assert changes >= 2 * rounds + 1 - refusals
        assert it.lanes() == it.stored() == [[], [], [], ["Acme"]]


async def test_the_lane_is_by_hand_after_j_and_stays_so_after_reopening(play):
    async with play(spread((3, 0, 0, 0))) as it:
        await it.press("J")
        assert it.lanes()[0] == it.stored()[0] == ["Bluth", "Acme", "Cyberdyne"]
        assert it.here == "Acme"
        assert "by hand" in it.painted()
        await it.press("G", "K", "shift+up", "K")
        assert it.lanes()[0] == ["Cyberdyne", "Bluth", "Acme"]
        await it.press("shift+down")
        order = ["Bluth", "Cyberdyne", "Acme"]
        assert it.lanes()[0] == it.stored()[0] == order
        again = await it.read(lambda g: g.board())
        assert again.by_hand == {Stage.APPLIED}
        await it.press("S")
        assert it.lanes()[0] == it.stored()[0] == ["Acme", "Bluth", "Cyberdyne"]
        assert "by hand" not in it.painted()
        assert "Applied is sorted by urgency. S sorts it otherwise." in it.told
        await it.press("u")
        assert it.lanes()[0] == it.stored()[0] == order, "u takes the sorting back, too"


def paid(p, clock):
    for name, salary, age in (("Acme", "70k", 3), ("Bluth", "", 9), ("Cyberdyne", "95k", 1)):
        p.add(name, "Engineer", salary=salary, applied_on=clock.moment.date() - timedelta(days=age))
    p.add("Dunder", "Engineer", stage=Stage.SECOND)


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (160, 45)]
)
async def test_s_sorts_the_column_of_the_cursor_in_the_next_way(play, size):
    async with play(paid, size=size) as it:
        urgency = it.lanes()[0]
        for words, order in (
            ("day applied", ["Cyberdyne", "Acme", "Bluth"]),
            ("company", ["Acme", "Bluth", "Cyberdyne"]),
            ("salary", ["Cyberdyne", "Acme", "Bluth"]),
        ):
            in_lane = "by date" if words == "day applied" else f"by {words}"
            here = it.here
            await it.press("S")
            assert it.lanes()[0] == it.stored()[0] == order
            assert it.here == here
            assert f"Applied is sorted by {words}. S sorts it otherwise." in it.told
            assert in_lane in it.painted()
        assert it.lanes()[2] == ["Dunder"]
        await it.press("S")
        assert it.lanes()[0] == it.stored()[0] == urgency
        await it.press("u")
        assert it.lanes()[0] == ["Cyberdyne", "Acme", "Bluth"]
        await it.press("g", "L", "H")
        assert it.lanes()[0] == it.stored()[0] == ["Cyberdyne", "Acme", "Bluth"]


async def test_by_hand_comes_back_where_cards_have_their_places(play):
    async with play(paid, keys=("G", "K", "K")) as it:
        by_hand = it.lanes()[0]
        await it.press("S", "S")
        assert it.lanes()[0] != by_hand
        await it.press("S", "S", "S")
        assert it.lanes()[0] == it.stored()[0] == by_hand
        assert (await it.read(lambda g: g.board())).by_hand == {Stage.APPLIED}


async def test_the_order_stands_in_the_head_where_there_is_room(play):
    for size, place in (((160, 45), 2), ((80, 24), -2)):
        async with play(paid, size=size, keys=("S", "S")) as it:
            lines = it.painted().splitlines()
            assert "by company" in lines[place][:40]


async def test_reordering_at_the_ends_does_nothing(play):
    async with play(spread((2, 0, 0, 0))) as it:
        change = await it.read(lambda g: g.change_id())
        await it.press("K", "G", "J")
        assert await it.read(lambda g: g.change_id()) == change
        assert "by hand" not in it.painted()
        await it.press("S")
        assert "by day applied" in it.told, "by hand is left out where no card has a place"


async def test_undo_and_redo_to_the_beginning_and_back(play):
    async with play(spread((1, 0, 0, 0)), keys=("L", "L")) as it:
        await it.press("u")
        assert it.lanes() == it.stored() == [[], ["Acme"], [], []]
        await it.press("u")
        assert it.lanes()[0] == ["Acme"]
        await it.press("u")
        assert it.lanes() == it.stored() == [[], [], [], []]
        assert "adds your first application" in it.painted()
        await it.press("u")
        assert "nothing to undo" in it.told.lower()
        await it.press("U", "U", "U")
        assert it.lanes() == it.stored() == [[], [], ["Acme"], []]
        await it.press("U")
        assert "nothing to redo" in it.told.lower()


@pytest.mark.parametrize(
    ("keys", "at"), [("Lu", 0), ("LLu", 1), ("LLLuuu", 0), ("LLuU", 2), ("LLuuUU", 2)]
)
async def test_undo_typed_in_the_same_breath_as_the_moves(play, keys, at):
    """Our own change that the screen has not heard of yet is no other window's."""
    async with play(spread((1, 0, 0, 0))) as it:
        release, it.app.desk.release = it.app.desk.release, lambda: None
        for key in keys:
            it.app.post_message(events.Key(key, key))
        await it.pilot.pause()
        await it.pilot.pause()
        it.app.desk.release = release
        release()
        while it.app.desk.writes_waiting:
            await it.settle()
        assert it.lanes()[at] == it.stored()[at] == ["Acme"]
        assert "window" not in it.told


async def test_after_undo_and_redo_the_cursor_is_on_the_card_they_were_about(play):
    async with play(spread((3, 2, 0, 0))) as it:
        await it.press("x", "enter", "j")
        assert it.here == "Cyberdyne"
        await it.press("u")
        assert it.here == "Acme"
        await it.press("L", "1", "u")
        assert it.here == "Acme"
        await it.press("2", "U")
        assert it.here == "Acme"
        assert it.lanes() == it.stored()


async def test_a_key_right_after_undo_is_for_the_card_that_it_brings_back(play):
    async with play(spread((3, 0, 0, 0))) as it:
        await it.press("j", "x", "enter", "escape")
        it.send("u", "x", "enter")
        await it.settle()
        assert it.stored()[0] == ["Acme", "Cyberdyne"]


async def test_what_a_move_shows_is_not_drawn_again_once_it_is_stored(play):
    """Strip of days, tally, columns and panel: a later line would be a second picture."""

    def fill(p, clock):
        now, today = clock.moment, clock.moment.date()
        p.bring_in([Incoming(0, "Acme", "Engineer", today - timedelta(days=12))], source="a file")
        clock.moment = now - timedelta(days=21)
        p.add("Globex", "Engineer")
        p.add("Hooli", "Engineer", stage=Stage.OFFER)
        clock.moment = now - timedelta(days=2)
        p.log_reply(2, decides_by=today + timedelta(days=2), said="next week")

    async with play(fill, size=(160, 45)) as it:
        for company in ("Acme", "Globex"):
            for key in "LHLLH":
                it.app.put_cursor(next(c.id for c in it.app.cards() if c.company == company))
                await it.settle()
                release, it.app.desk.release = it.app.desk.release, lambda: None
                await it.press(key)
                shown = it.painted()
                assert it.app.desk.writes_waiting == 1
                it.app.desk.release = release
                release()
                await it.settle()
                assert it.painted() == shown, (company, key)
