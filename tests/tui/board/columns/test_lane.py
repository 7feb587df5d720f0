"""A lane shows a window of its cards, and repaints only the lines that changed."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.app import App

from store.model.dossier import Card
from store.rules.stages import Stage
from tests.makers import card
from tui.board.columns.face import CardForm
from tui.board.columns.lane import Lane, View
from tui.styles.themes import OURS, inks_of

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
INKS = inks_of(OURS[0].to_color_system().generate())


def cards(count: int) -> tuple[Card, ...]:
    return tuple(card(n, role=f"Role {n}") for n in range(1, count + 1))


def view(count: int, **values: object) -> View:
    known: dict[str, object] = {"cursor": 0, "active": True, "total": count}
    return View(cards(count), NOW, **known | values)


class LaneApp(App[None]):
    """One lane that fills the screen."""

    def __init__(self, shown: View) -> None:
        super().__init__()
        self.lane = Lane(Stage.APPLIED, shown)
        self.heard: list[object] = []

    def compose(self):
        yield self.lane

    def on_mount(self):
        self.lane.show_inks(INKS)

    def on_lane_pressed(self, message):
        self.heard.append((message.card_id, message.opens))

    @property
    def lines(self) -> list[str]:
        return [strip.text for strip in self.lane.render_lines(self.lane.size.region)]

    def painted(self, show) -> list[int]:
        """The lines that are refreshed while `show` is called."""
        lines: list[int] = []
        assert self.lines
        self.lane.refresh = lambda *regions, **_: lines.extend(region.y for region in regions)
        show()
        del self.lane.refresh
        return lines


async def test_cards_stand_below_each_other():
    app = LaneApp(view(2))
    async with app.run_test(size=(24, 12)):
        assert app.lines[0] == "  Applied  2 ────────── "
        assert app.lines[1] == "  Company 1          ◀  "
        assert app.lines[2] == "  Role 1                "
        assert app.lines[4] == "                        "
        assert app.lines[5] == "  Company 2             "
        assert app.lines[-1].isspace()


@pytest.mark.parametrize(
    ("width", "count", "head"),
    [
        (30, 2, "  Second interview  2 "),
        (20, 2, "  2nd interview 2 "),
        (20, 9, "  Second  9 "),
        (16, 2, "  Second  2 "),
    ],
)
async def test_a_head_says_of_what_it_is_the_second_where_there_is_room(width, count, head):
    app = LaneApp(view(count))
    app.lane.stage = Stage.SECOND
    async with app.run_test(size=(width, 12)):
        assert app.lines[0].startswith(head)


@pytest.mark.parametrize(("width", "foot"), [(24, "  70 quiet: Q "), (20, "  70 quiet  ")])
async def test_quiet_cards_are_counted_beside_those_that_are_scrolled_out(width, foot):
    app = LaneApp(view(30, quiet=70, folded=True, total=100))
    async with app.run_test(size=(width, 12)):
        assert app.lines[-1].startswith(foot)
        assert "↓ 2" in app.lines[-1]


async def test_a_lane_that_a_card_would_land_in_has_a_line_around_it():
    app = LaneApp(replace(view(2), target=True))
    async with app.run_test(size=(24, 12)):
        assert app.lines[0] == "╭ Applied  2 ──────────╮"
        assert app.lines[1] == "│ Company 1          ◀ │"
        assert app.lines[-1] == "╰──────────────────────╯"


async def test_the_frame_tells_how_many_are_above_and_below():
    app = LaneApp(view(1_234, cursor=5, short=False))
    async with app.run_test(size=(24, 14)):
        assert app.lines[0] == "  Applied  1,234  ↑ 3 ─ "
        assert "↓ 1,228" in app.lines[-1]


@pytest.mark.parametrize(
    ("count", "width", "above", "head"),
    [
        (24, 22, 9, " Applied  24 ─ ↑ 9 ─"),
        (24, 21, 9, " Applied  24  ↑ 9 ─"),
        (24, 20, 9, " Applied  24 ↑ 9 ─"),
        (24, 20, 19, " Applied  24 ↑19 ─"),
        (124, 20, 103, " Applied  124  ↑ ─"),
        (24, 17, 9, " Applied  24 ↑─"),
        (24, 15, 9, " Applied  24 "),
    ],
)
async def test_a_scrolled_lane_keeps_its_name_and_count(count, width, above, head):
    app = LaneApp(view(count, short=False))
    async with app.run_test(size=(width, 14)):
        app.lane.scroll_by(above)
        assert app.lines[0].strip() == head.strip()


async def test_a_filtered_lane_tells_both_counts():
    app = LaneApp(view(3, total=40))
    async with app.run_test(size=(24, 14)):
        assert " Applied  3/40 " in app.lines[0]


async def test_a_lane_says_what_it_is_sorted_by_in_its_head_or_foot():
    for order, total, place in (("by hand", 1, 0), ("by company", 1, 0), ("by company", 900, -1)):
        app = LaneApp(view(1, order=order, total=total))
        async with app.run_test(size=(25, 14)):
            assert order in app.lines[place]
            assert order not in app.lines[-1 - place]
    app = LaneApp(view(40, order="by salary"))
    async with app.run_test(size=(25, 14)):
        assert "by salary" in app.lines[-1]
        assert "↓ " in app.lines[-1]


async def test_the_cursor_is_kept_in_sight():
    for short in (True, False):
        app = LaneApp(view(100, short=short))
        async with app.run_test(size=(30, 14)):
            for cursor in (99, 50, 0, 7):
                app.lane.show(view(100, cursor=cursor, short=short))
                [line] = [line for line in app.lines if "◀" in line]
                assert f" Company {cursor + 1} " in line


async def test_a_card_has_as_many_lines_as_there_is_room_for():
    tagged = replace(view(2), cards=tuple(card(n, tags=("a",)) for n in (1, 2)), more=("tags",))
    app = LaneApp(tagged)
    async with app.run_test(size=(24, 12)) as pilot:
        assert (app.lane.form, app.lines[4]) == (CardForm.FULL, "  #a                    ")
        assert app.lines[6] == "  Company 2             "
        await pilot.resize_terminal(24, 10)
        assert (app.lane.form, app.lines[4]) == (CardForm.USUAL, "                        ")
        app.lane.show(replace(tagged, short=True))
        assert (app.lane.form, app.lines[3]) == (CardForm.SHORT, "  Company 2 · Engineer  ")


async def test_a_long_lane_has_short_cards_by_itself():
    app = LaneApp(view(6))
    async with app.run_test(size=(40, 13)):
        assert app.lane.form is CardForm.USUAL
        app.lane.show(view(7))
        assert app.lane.form is CardForm.SHORT
        assert app.lines[3].startswith("  Company 2 · Role 2 ")
        app.lane.show(view(7, short=False))
        assert app.lane.form is CardForm.USUAL


async def test_a_cursor_key_repaints_two_cards_and_nothing_else():
    app = LaneApp(view(5))
    async with app.run_test(size=(24, 30)):
        assert app.painted(lambda: app.lane.show(view(5, cursor=1))) == [1, 2, 3, 5, 6, 7]


async def test_showing_the_same_paints_nothing():
    app = LaneApp(view(5))
    async with app.run_test(size=(24, 30)):
        assert app.painted(lambda: app.lane.show(view(5))) == []


async def test_a_card_taken_away_repaints_from_its_place_down():
    app = LaneApp(view(5))
    async with app.run_test(size=(24, 30)):
        shown = view(5)
        less = replace(shown, cards=(*shown.cards[:2], *shown.cards[3:]), total=4)
        painted = app.painted(lambda: app.lane.show(less))
        assert painted[0] == 0, "the count in the frame"
        assert min(painted[1:]) == 9


async def test_the_wheel_scrolls_and_leaves_the_cursor_alone():
    app = LaneApp(view(20, short=False))
    async with app.run_test(size=(24, 14)) as pilot:
        wheel = dict.fromkeys(("delta_x", "delta_y", "button", "shift", "meta", "ctrl"), 0)
        app.lane.post_message(events.MouseScrollDown(app.lane, 5, 5, **wheel))
        await pilot.pause()
        assert app.lane.offset_cards == 1
        assert app.lane.view.cursor == 0
        app.lane.scroll_by(-5)
        assert app.lane.offset_cards == 0
        app.lane.scroll_by(500)
        assert app.lane.offset_cards == 17


async def test_click_names_the_card_and_double_click_opens_it():
    app = LaneApp(view(3))
    async with app.run_test(size=(24, 20)) as pilot:
        await pilot.click(app.lane, offset=(3, 6))
        assert app.heard == [(2, False)]
        await pilot.click(app.lane, offset=(3, 6), times=2)
        assert app.heard[-1] == (2, True)
        await pilot.click(app.lane, offset=(3, 17))
        assert app.heard[-1] == (None, False)


async def test_an_empty_lane_may_say_something():
    app = LaneApp(view(0, cursor=None, hint="nothing matches"))
    async with app.run_test(size=(24, 8)):
        assert app.lines[2] == "  nothing matches       "


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 3), (4, 2), (2, 9), (13, 4), (300, 100)])
async def test_any_size_can_be_drawn(size):
    app = LaneApp(view(200, cursor=150, order="by hand"))
    async with app.run_test(size=size):
        lines = app.lines
        assert len(lines) == app.lane.size.height
        for strip in app.lane.render_lines(app.lane.size.region):
            assert strip.cell_length == app.lane.size.width


async def test_another_theme_redraws_everything():
    app = LaneApp(view(3))
    async with app.run_test(size=(24, 20)):
        before = app.lane.render_lines(app.lane.size.region)
        app.lane.show_inks(inks_of(OURS[1].to_color_system().generate()))
        after = app.lane.render_lines(app.lane.size.region)
        assert [strip.text for strip in after] == [strip.text for strip in before]
        assert after != before
