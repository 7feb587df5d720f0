"""The key bar: the commands that matter for this card, at most seven, and the help as the last."""

from datetime import timedelta

import pytest

from store.rules.stages import Outcome, Stage
from tests.tables import each_row
from tui.commands import BARS, bar_of

MOMENTS = ("empty", "applied", "invited", "before", "after", "offer", "quiet")


def one_each(p, clock):
    """A card at each moment: applied, before and after an interview, invited, quiet, an offer."""
    now = clock.moment
    p.add("Applied", "Engineer")
    clock.moment = now - timedelta(days=60)
    p.add("Quiet", "Engineer")
    clock.moment = now - timedelta(days=10)
    before, after, invited, offer = (
        p.add(name, "Engineer").application_id for name in ("Before", "After", "Invited", "Offer")
    )
    p.interview(before, now + timedelta(days=2))
    p.interview(after, now - timedelta(days=1))
    p.interview(invited, None)
    p.move(offer, Stage.OFFER)


def bar(it) -> str:
    return it.painted().splitlines()[-1].strip()


@each_row("name", BARS)
def test_a_bar_has_seven_commands_at_most_and_the_help_last(name):
    where, _, moment = name.partition(".")
    commands = bar_of(where, moment)
    assert len({command.id for command in commands}) == len(commands) <= 8
    assert commands[-1].id == ("help" if where != "typing" else "typing.next")


@each_row("moment", MOMENTS)
def test_the_board_has_a_bar_for_every_moment(moment):
    assert bar_of("board", moment) != bar_of("board")
    assert bar_of("behind", moment) == bar_of("behind"), "others show what they always have"


@pytest.mark.parametrize(
    ("company", "begins"),
    [
        ("Applied", "a Add  i Interview  r They replied"),
        ("Quiet", "x Close  r They replied"),
        ("Before", "v Prepare  i Interview"),
        ("After", "w Write  d Done  b Debrief"),
        ("Invited", "i Interview  w Write"),
        ("Offer", "O Offer  C Compare"),
    ],
)
async def test_it_shows_what_matters_for_the_card_and_its_stage(play, company, begins):
    async with play(one_each, size=(120, 30)) as it:
        card = next(c for c in it.app.board_screen.live.board.cards() if c.company == company)
        it.app.board_screen.jump_to(card.id)
        await it.settle()
        assert bar(it).startswith(begins)
        assert bar(it).endswith("? Help")
        await it.press("enter")
        assert bar(it).endswith("esc Back  ? Help")
        if company != "Applied":
            assert bar(it).startswith(begins), "its page shows the same"


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_the_help_stays_where_there_is_no_room_for_all(play, size):
    async with play(one_each, size=size, keys=("2",)) as it:
        assert bar(it).endswith("? Help")
        await it.press("enter")
        assert bar(it).endswith("esc Back  ? Help")


async def test_an_empty_board_shows_how_to_begin(play):
    async with play() as it:
        assert bar(it) == "a Add  c Closed  ctrl+p Commands  q Quit  ? Help"


async def test_what_is_closed_can_be_reopened(play):
    def over(p, _):
        p.close(p.add("Acme", "Engineer").application_id, Outcome.REJECTED)

    async with play(over, keys=("c", "enter")) as it:
        assert bar(it).startswith("R Reopen  B Lesson")
