"""What a change of one card means for the others on the screen, and for the line of chances."""

import asyncio

import pytest

from store.rules.stages import Stage


def interviews(first: int, second: int, offers: int = 1):
    """So many applications in interviews, and others on the way to an offer."""

    def fill(p, clock):
        for number in range(first):
            p.add(f"First {number}", "Engineer", stage=Stage.FIRST)
        for number in range(second):
            p.add(f"Second {number}", "Engineer", stage=Stage.SECOND)
        for number in range(offers):
            p.add(f"Best {number}", "Engineer", stage=Stage.SECOND)

    return fill


async def as_stored(it) -> bool:
    stored = await it.read(lambda g: {card.id: card for card in g.board().cards()})
    return {card.id: card for card in it.app.board_screen.live.board.cards()} == stored


async def at_the_end(it) -> None:
    while it.app.desk.writes_waiting:
        await it.settle()
    await it.settle()


def go_to(it, company: str) -> None:
    screen = it.app.board_screen
    card = next(card for card in screen.live.board.cards() if card.company == company)
    assert screen.jump_to(card.id)


def to_tell(it) -> int:
    """How many cards on the screen say that their employer is to hear of an offer."""
    cards = it.app.board_screen.live.board.cards()
    return sum(card.follow_up is not None and card.follow_up.rule == "R16" for card in cards)


@pytest.mark.parametrize("others", [2, 30], ids=["a few", "many"])
async def test_an_offer_shows_on_the_cards_of_those_to_be_told(play, others):
    async with play(interviews(others, others), size=(160, 45)) as it:
        assert to_tell(it) == 0
        go_to(it, "Best 0")
        await it.press("L")
        await at_the_end(it)
        assert to_tell(it) == 2 * others
        assert await as_stored(it)
        assert it.here == "Best 0"
        await it.press("H")
        await at_the_end(it)
        assert to_tell(it) == 0
        assert await as_stored(it)


async def test_moves_typed_at_once_leave_every_other_card_as_it_is_stored(play):
    async with play(interviews(3, 2, 2), size=(160, 45)) as it:
        for company in ("Best 0", "Best 1", "Best 0"):
            go_to(it, company)
            for key in "LHL":
                await it.pilot.press(key)
        await at_the_end(it)
        assert await as_stored(it)


async def test_the_follow_ups_of_the_others_are_counted(play):
    async with play(interviews(3, 0), size=(160, 45)) as it:
        counted = it.painted().splitlines()[0]
        go_to(it, "Best 0")
        await it.press("L")
        await at_the_end(it)
        assert it.painted().splitlines()[0] != counted
        dues = await it.read(lambda g: g.due(days=7))
        tally = it.app.board_screen.live.agenda.tally
        assert sum(tally) == len(dues)


async def test_another_card_that_was_deleted_meanwhile_is_no_matter(play):
    async with play(interviews(3, 0), size=(160, 45)) as it:
        go_to(it, "Best 0")
        it.hold()
        it.app.board_screen.action_move(1)
        with it.another_window() as p:
            p.delete(1)
        it.app.desk.release()
        await at_the_end(it)
        await it.look()
        await at_the_end(it)
        assert await as_stored(it)


def chances(it) -> str:
    words = " ".join(line[101:159] for line in it.painted().splitlines())
    words = " ".join(words.replace("│", " ").split())
    return words.partition("Chances")[2].partition("typical")[0]


async def test_the_line_of_chances_stays_while_the_card_above_it_is_moved(play):
    def fill(p, clock):
        for number in range(8):
            card = p.add(f"Company {number}", "Engineer").application_id
            if number < 6:
                p.move(card, Stage.FIRST)

    async with play(fill, size=(160, 45), keys=("1",)) as it:
        assert "6 of your 8" in chances(it)
        await it.press("L", "H")
        await at_the_end(it)
        assert "6 of your 8" in chances(it), "what is read does not change under the eyes"
        await it.press("L")
        await at_the_end(it)
        await it.press("1")
        assert "7 of your 8" in chances(it), "the next card has the new count"


async def test_a_held_key_asks_for_the_chances_once_at_the_end(play, monkeypatch):
    import store.read.history

    read, ask = [], store.read.history.read_card_chances
    monkeypatch.setattr(
        store.read.history, "read_card_chances", lambda glance: read.append(1) or ask(glance)
    )
    async with play(interviews(2, 1), size=(160, 45)) as it:
        await asyncio.sleep(0)
        before = len(read)
        it.hold()
        for step in (-1, 1, -1, 1):
            it.app.board_screen.action_move(step)
        it.app.desk.release()
        await at_the_end(it)
        assert 1 <= len(read) - before <= 2
