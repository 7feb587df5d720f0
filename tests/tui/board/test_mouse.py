"""The mouse on the board: click, double click, wheel, and dragging a card to another lane."""

import pytest
from textual import events
from textual.geometry import Offset

from store.rules.stages import Stage
from tui.pages.dossier import DossierScreen
from tui.pages.today import TodayScreen

FIRST_CARD = Offset(4, 2)
SECOND_CARD = Offset(4, 6)


def three(p, _):
    for name in ("Acme", "Bluth"):
        p.add(name, "Engineer")
    p.add("Globex", "Engineer", stage=Stage.SECOND)


def many(p, _):
    for number in range(10, 40):
        p.add(f"Company {number}", "Engineer")


async def drag(it, source, to, *, let_go=True):
    """Press on a card of the lane Applied, and go to a place of another lane."""
    lanes = it.app.board_screen.lane_widgets
    await it.pilot.mouse_down(lanes[Stage.APPLIED], offset=source)
    stage, place = to
    await it.pilot.hover(lanes[stage], offset=place)
    if let_go:
        await it.pilot.mouse_up(lanes[stage], offset=place)
    await it.settle()


async def test_a_click_selects(play):
    async with play(three) as it:
        lanes = it.app.board_screen.lane_widgets
        await it.pilot.click(lanes[Stage.APPLIED], offset=SECOND_CARD)
        assert it.here == "Bluth"
        await it.pilot.click(lanes[Stage.SECOND], offset=FIRST_CARD)
        assert it.here == "Globex"
        await it.pilot.click(lanes[Stage.OFFER], offset=FIRST_CARD)
        assert it.here is None, "an empty lane takes the cursor"
        await it.pilot.click(lanes[Stage.APPLIED], offset=(4, 15))
        assert it.here in ("Acme", "Bluth")


async def test_a_double_click_opens(play):
    async with play(three) as it:
        lane = it.app.board_screen.lane_widgets[Stage.APPLIED]
        await it.pilot.click(lane, offset=SECOND_CARD, times=2)
        await it.settle()
        assert isinstance(it.screen, DossierScreen)
        await it.press("escape")
        assert it.here == "Bluth"


async def test_the_wheel_scrolls_the_lane_and_not_the_cursor(play):
    async with play(many) as it:
        lane = it.app.board_screen.lane_widgets[Stage.APPLIED]
        first = it.here
        for _ in range(4):
            await it.pilot._post_mouse_events([events.MouseScrollDown], lane, (5, 5))
        assert lane.offset_cards == 4
        assert it.here == first
        assert "↑ 4" in it.painted()
        await it.press("j")
        assert lane.offset_cards == 1, "the cursor comes back into sight with the next key"


async def test_a_click_in_a_scrolled_lane_means_the_card_that_is_seen(play):
    async with play(many) as it:
        lane = it.app.board_screen.lane_widgets[Stage.APPLIED]
        lane.scroll_by(7)
        await it.pilot.click(lane, offset=FIRST_CARD)
        assert it.here == lane.view.cards[7].company
        assert lane.offset_cards == 7, "nothing jumps under the pointer"


@pytest.mark.parametrize("stage", [Stage.FIRST, Stage.SECOND, Stage.OFFER])
async def test_dragging_moves_the_card(play, stage):
    async with play(three) as it:
        await drag(it, SECOND_CARD, (stage, FIRST_CARD))
        shown = it.lanes()
        assert "Bluth" in shown[list(Stage).index(stage)]
        assert shown == it.stored()
        assert it.here == "Bluth"
        await it.press("u")
        assert "Bluth" in it.lanes()[0]


async def test_dragging_goes_back_and_over_several_lanes(play):
    async with play(lambda p, _: p.add("Acme", "Engineer")) as it:
        await drag(it, FIRST_CARD, (Stage.OFFER, Offset(3, 12)))
        assert it.lanes() == it.stored() == [[], [], [], ["Acme"]]


async def test_while_it_is_dragged_the_screen_says_where_it_lands(play):
    async with play(three) as it:
        await drag(it, FIRST_CARD, (Stage.FIRST, FIRST_CARD), let_go=False)
        assert "drop it in first" in it.painted()
        lanes = it.app.board_screen.lane_widgets
        assert lanes[Stage.FIRST].view.target
        await it.pilot.mouse_up(lanes[Stage.FIRST], offset=FIRST_CARD)
        await it.settle()
        assert "drop it" not in it.painted()
        assert not any(lane.view.target for lane in lanes.values())


async def test_a_drag_to_the_same_lane_does_nothing(play):
    async with play(three) as it:
        change = await it.read(lambda g: g.change_id())
        before = it.lanes()
        await drag(it, FIRST_CARD, (Stage.APPLIED, SECOND_CARD))
        await drag(it, FIRST_CARD, (Stage.FIRST, FIRST_CARD), let_go=False)
        lane = it.app.board_screen.lane_widgets[Stage.APPLIED]
        await it.pilot.hover(lane, offset=FIRST_CARD)
        assert "drop it on another column" in it.painted()
        await it.pilot.mouse_up(lane, offset=FIRST_CARD)
        await it.settle()
        assert it.lanes() == before
        assert await it.read(lambda g: g.change_id()) == change
        assert it.app.board_screen.dragging.card_id is None


async def test_a_drop_on_the_panel_moves_nothing(play):
    async with play(three, size=(160, 45)) as it:
        before = it.lanes()
        screen = it.app.board_screen
        await it.pilot.mouse_down(screen.lane_widgets[Stage.APPLIED], offset=FIRST_CARD)
        await it.pilot.hover(screen.panel, offset=(10, 10))
        await it.pilot.mouse_up(screen.panel, offset=(10, 10))
        await it.settle()
        assert it.lanes() == it.stored() == before
        assert screen.dragging.card_id is None


async def test_a_card_deleted_elsewhere_while_it_is_dragged(play):
    async with play(three) as it:
        await drag(it, FIRST_CARD, (Stage.FIRST, FIRST_CARD), let_go=False)
        card = it.app.board_screen.subject()
        with it.another_window() as p:
            p.delete(card.id)
        await it.look()
        await it.pilot.mouse_up(it.app.board_screen.lane_widgets[Stage.FIRST], offset=FIRST_CARD)
        await it.settle()
        assert it.lanes() == it.stored()
        assert card.company not in str(it.lanes())


async def test_the_key_bar_can_be_clicked(play):
    async with play(three) as it:
        bar = it.app.board_screen.keybar
        x = it.painted().splitlines()[-1].index("t Due")
        await it.pilot.click(bar, offset=(x + 2, 0))
        await it.settle()
        assert isinstance(it.screen, TodayScreen)
