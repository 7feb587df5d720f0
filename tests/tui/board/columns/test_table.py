"""The list of all cards: its rows and columns, sorting, the same actions as on the columns."""

from datetime import timedelta
from itertools import pairwise

import pytest
from textual import events

from store.exchange.incoming import Incoming
from store.read.glance import open_glance
from store.rules.stages import ORDER, Stage
from tests.conftest import LONG
from tests.makers import card, due
from tests.stillness import still
from tests.tui.conftest import HOSTILE, NOW
from tui.app import RoundsApp
from tui.board.columns.table import FIELDS, draw_row, measure_columns, places_for, row_look
from tui.styles.themes import OURS, inks_of

SIZES = [(60, 16), (160, 45)]
MORE_SIZES = [(80, 24), (120, 36)]


def five(p, clock):
    p.add("Acme", "Writer", salary="80k", tags=("remote",), applied_on=NOW.date())
    p.add("Bluth", "Designer", stage=Stage.SECOND, salary="95k")
    p.add("Cyberdyne", "SRE", applied_on=NOW.date() - timedelta(days=400))
    p.add("Dunder", "Analyst", stage=Stage.OFFER, tags=("big", "remote"))
    p.add("Enron", "Engineer", stage=Stage.FIRST, salary="70k")


def many(count):
    def fill(p, clock):
        clock.moment = NOW - timedelta(days=3)
        for number in range(count):
            p.add(f"Company {number:03}", "Engineer", stage=ORDER[number % 4])

    return fill


def ugly(p, clock):
    for name in (*HOSTILE, "日本語の会社" * 9, "👩‍👩‍👧 Family", "e\u0301" * 40, "[" * 60):
        p.add(name, name, tags=(name[:30],), salary=name)


def rows(it):
    """The companies of the list, from top to bottom."""
    return [card.company for card in it.app.board_screen.table.view.rows]


def line_with(it, words):
    (line,) = [line for line in it.painted().splitlines() if words in line]
    return line


def heads(it):
    return it.painted().splitlines()[2]


async def test_one_key_shows_the_list_and_the_columns_again(play):
    async with play(five, size=(80, 24)) as it:
        assert "Applied  2" in it.painted()
        await it.press("|")
        assert sorted(rows(it)) == ["Acme", "Bluth", "Cyberdyne", "Dunder", "Enron"]
        assert heads(it).split() == ["Company", "Role", "Stage", "Next", "↑", "Due"]
        assert " 5 open " in it.painted()
        assert "Applied  2" not in it.painted()
        await it.press("|")
        assert "Applied  2" in it.painted()
        assert it.lanes() == it.stored()


@pytest.mark.proof
@pytest.mark.parametrize("fill", [None, five, many(30), ugly], ids=["none", "5", "30", "ugly"])
async def test_it_can_be_drawn_at_any_size_with_any_names(play, fill):
    async with play(fill, size=SIZES[0], keys=("|",)) as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(*size)
            for keys in (("G",), ("right", "S"), ("p",), ("/", "o"), ("escape", "|", "|")):
                await it.press(*keys)
                lines = it.screen._compositor.render_strips(it.app.size)
                assert [line.cell_length for line in lines] == [size[0]] * size[1]
                assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(it.painted()), size
            assert it.app.is_running


async def test_without_any_card_the_newcomer_is_greeted_here_too(play):
    async with play(None, keys=("|",)) as it:
        assert "adds your first application" in it.painted()
        await it.press("j", "G", "1", "d", "x", "L", "enter", "S", "right")
        assert it.screen is it.app.board_screen


async def test_any_column_sorts_with_one_key_and_another_turns_it_round(play):
    async with play(five, size=(160, 45), keys=("|", "p")) as it:
        first_of = {}
        for field in FIELDS:
            while it.app.board_screen.listed.arranged.order != field.order:
                await it.press("right")
            arrow = heads(it).partition(field.head)[2].split()[0]
            natural = rows(it)
            await it.press("S")
            assert {arrow, heads(it).partition(field.head)[2].split()[0]} == {"↑", "↓"}
            first_of[field.order] = (natural[0], rows(it)[0])
            assert heads(it).count("↑") + heads(it).count("↓") == 1
        assert first_of["company"] == ("Acme", "Enron")
        assert first_of["role"] == ("Dunder", "Acme")
        assert first_of["stage"] == ("Acme", "Dunder")
        assert first_of["salary"] == ("Bluth", "Enron")
        assert first_of["applied"] == ("Acme", "Cyberdyne")
        assert first_of["tags"] == ("Dunder", "Acme")
        await it.press("left")
        assert it.app.board_screen.listed.arranged.order == FIELDS[-2].order


async def test_the_column_that_it_is_sorted_by_is_always_shown(play):
    async with play(five, size=(60, 16), keys=("|",)) as it:
        for _ in FIELDS:
            await it.press("right")
            assert heads(it).count("↑") + heads(it).count("↓") == 1
            assert heads(it).split()[0] == "Company"


def test_what_matters_least_is_left_out_first():
    rooms = range(20, 200)
    shown = [{place.field.order for place in places_for(room, "urgency")} for room in rooms]
    assert all(less <= more for less, more in pairwise(shown))
    assert shown[-1] == {field.order for field in FIELDS}
    assert shown[0] == {"company", "urgency"}
    for room in rooms:
        places = places_for(room, "changed")
        assert sum(place.width for place in places) + 2 * (len(places) - 1) == room
        assert places[-1].field.order == "changed"


NAMES = {"company": 19, "role": 40, "salary": 18, "tags": 24}
"""What the words of a usual board need, with one long role."""
ROOM = {80: 75, 100: 95, 120: 115, 160: 155}
"""The cells for columns on a screen that is so many wide."""


@pytest.mark.parametrize(
    ("screen", "widths"),
    [
        (80, {"company": 19, "role": 16, "stage": 7, "urgency": 15, "when": 10}),
        (100, {"company": 19, "role": 26, "stage": 7, "urgency": 25, "when": 10}),
        (120, {"company": 19, "role": 35, "stage": 7, "urgency": 25, "when": 10, "applied": 9}),
        (
            160,
            {"company": 19, "role": 30, "stage": 7, "urgency": 25, "when": 10, "applied": 9}
            | {"salary": 18, "tags": 12, "changed": 9},
        ),
    ],
)
def test_columns_get_their_cells_by_importance(screen, widths):
    places = places_for(ROOM[screen], "urgency", NAMES)
    assert {place.field.order: place.width for place in places} == widths


@pytest.mark.parametrize("screen", ROOM)
@pytest.mark.parametrize("order", [field.order for field in FIELDS])
def test_nothing_lesser_is_shown_while_a_usual_role_or_what_is_next_is_cut(screen, order):
    for needs in ({}, NAMES, NAMES | {"role": 25}, NAMES | {"tags": 0}):
        places = places_for(ROOM[screen], order, needs)
        widths = {place.field.order: place.width for place in places}
        assert sum(widths.values()) + 2 * (len(places) - 1) == ROOM[screen]
        assert order in widths
        lesser = {"applied", "salary", "tags", "changed"} & set(widths) - {order}
        assert not lesser or (widths["role"] >= 25 and widths["urgency"] >= 25)
        assert needs.get("tags", 1) or order == "tags" or "tags" not in widths


def test_what_no_card_has_needs_no_column():
    plain = [card(1, company="Acme", role="Writer")]
    assert measure_columns(plain) == {"company": 7, "role": 6, "salary": 0, "tags": 0}
    wordy = card(2, company="A" * 90, role="Tester", salary="95k", tags=("go", "remote"))
    assert measure_columns([*plain, wordy]) == {"company": 30, "role": 6, "salary": 6, "tags": 11}
    assert measure_columns([]) == {}, "a filter that finds nothing leaves the heads"


async def test_the_cursor_goes_by_rows_and_stays_on_its_card(play):
    async with play(many(40), size=(80, 24), keys=("|", "g")) as it:
        order = rows(it)
        await it.press("j", "j", "k")
        assert it.here == order[1]
        await it.press("G")
        assert it.here == order[-1]
        assert "◀" in line_with(it, order[-1])
        await it.press("pageup")
        assert it.here == order[-1 - it.app.board_screen.table.full_slots]
        here = it.here
        await it.press("right")
        assert it.here == here
        assert "◀" in line_with(it, here)
        await it.press("|")
        assert it.here == here
        await it.press("j", "|", "|", "|")
        await it.press("g")
        assert it.here == rows(it)[0]
        for number, stage in enumerate(ORDER, start=1):
            await it.press(str(number))
            assert it.app.board_screen.subject().stage is stage


async def test_the_actions_are_those_of_the_board(play):
    async with play(five, keys=("|", *["left"] * 3, "g")) as it:
        assert rows(it)[0] == it.here == "Acme"
        await it.press("L")
        assert it.stored()[1] == ["Acme", "Enron"] or "Acme" in it.stored()[1]
        assert "first" in line_with(it, "Acme")
        assert "→" in line_with(it, "Acme") or "✓" in line_with(it, "Acme")
        await it.press("u")
        assert "applied" in line_with(it, "Acme")
        assert it.here == "Acme"
        await it.press("x")
        await it.press("enter")
        assert it.here == "Bluth", "the row after the one that is gone"
        assert "Acme" not in rows(it)
        await it.press("u")
        assert it.here == "Acme"
        await it.press("enter")
        assert it.screen is not it.app.board_screen
        await it.press("escape", "n")
        await it.type("They called.")
        await it.press("ctrl+s")
        await it.press("a")
        assert it.screen is not it.app.board_screen
        await it.press("escape")
        assert rows(it) == ["Acme", "Bluth", "Cyberdyne", "Dunder", "Enron"]


async def test_keys_in_one_write_go_to_what_they_are_meant_for(play):
    async with play(five, keys=("|", *["left"] * 3)) as it:
        it.send("vertical_line", "vertical_line", "g", "j", "j", "L", "k", "x", "enter", "slash")
        it.send(*"cyb", "enter")
        await still()
        await it.settle()
        assert rows(it) == ["Cyberdyne"]
        assert "Cyberdyne" in it.stored()[1]
        assert "Bluth" not in [name for lane in it.stored() for name in lane]
        assert it.app.focused is None


async def test_the_filter_and_its_end(play):
    async with play(five, size=(120, 36), keys=("|", *["left"] * 3, "G")) as it:
        await it.press("/", *"stage:applied")
        assert rows(it) == ["Acme", "Cyberdyne"]
        assert " 2 of 5 " in it.painted()
        await it.press("enter", "j")
        assert it.here == "Cyberdyne"
        await it.press("escape")
        assert len(rows(it)) == 5
        await it.press("/", *"nobody")
        assert "Nothing matches “nobody”" in it.painted()
        assert it.here is None
        await it.press("j", "escape")
        assert it.here == "Cyberdyne"


async def test_what_belongs_to_columns_is_told(play):
    async with play(five, keys=("|",)) as it:
        change = await it.read(lambda g: g.change_id())
        for key, words in (
            ("J", "Press | for columns, then reorder."),
            ("full_stop", "In the list each card has one line."),
        ):
            await it.press(key)
            assert words in it.told
        assert await it.read(lambda g: g.change_id()) == change


async def test_a_quiet_card_is_among_the_others(play):
    def fill(p, clock):
        clock.moment = NOW - timedelta(days=90)
        for number in range(4):
            p.add(f"Old {number}", "Engineer")
        clock.moment = NOW
        p.add("New", "Engineer")

    async with play(fill) as it:
        assert it.lanes()[0] == ["New"]
        await it.press("|")
        assert sorted(rows(it)) == ["New", "Old 0", "Old 1", "Old 2", "Old 3"]
        assert "quiet" in line_with(it, "Old 0")
        await it.press("G", "|")
        assert it.here == "Old 3", "the card under the cursor is not folded"


async def test_a_click_goes_there_a_second_one_opens_and_a_head_sorts(play):
    async with play(five, size=(120, 36), keys=("|", *["left"] * 3)) as it:
        await it.pilot.click("#list", offset=(5, 3))
        assert it.here == "Cyberdyne"
        await it.pilot.click("#list", offset=(3, 0))
        assert rows(it)[0] == "Enron"
        await it.pilot.click("#list", offset=(3, 20))
        assert it.here == "Cyberdyne"
        await it.pilot.click("#list", offset=(5, 2), times=2)
        await it.settle()
        assert it.screen is not it.app.board_screen


async def test_the_wheel_scrolls_and_the_cursor_stays(play):
    async with play(many(60), keys=("|", "g")) as it:
        table, here = it.app.board_screen.table, it.here
        table.post_message(
            events.MouseScrollDown(table, 5, 5, 0, 1, 0, False, False, False, 5, 5, None)
        )
        await it.settle()
        assert table.offset_rows == 3
        assert it.here == here
        assert "↑ 3" in it.painted()
        await it.press("j")
        assert table.offset_rows == 1


async def test_it_is_remembered_with_its_order(play):
    async with play(five, keys=("|", *["left"] * 3, "S")) as it:
        assert rows(it)[0] == "Enron"
        glance = open_glance(it.app.path, it.app.clock)
        again = RoundsApp(it.app.path, it.app.clock, board=glance.board(), glance=glance)
        async with again.run_test(size=(80, 24)):
            await still()
            screen = again.board_screen
            assert screen.table.view.rows[0].company == "Enron"
            assert screen.has_class("-list")
        await it.press("|")
        assert await it.read(lambda g: g.setting("view")) == ""
        await it.press("|")
        assert rows(it)[0] == "Enron"


async def test_the_panel_over_a_narrow_list_leaves_it_its_columns(play):
    async with play(five, size=(80, 24), keys=("|", *["left"] * 3, "p", "j")) as it:
        assert "╭ Bluth" in it.painted()
        assert "◀" in line_with(it, "Bluth  ")[:40]
        assert heads(it)[:40].split()[0] == "Company"


async def test_the_day_of_the_last_change_is_shown_where_there_is_room(play):
    def fill(p, clock):
        clock.moment = NOW - timedelta(days=40)
        p.add("Acme", "Writer")
        clock.moment = NOW - timedelta(days=1)
        p.add("Bluth", "Writer")

    async with play(fill, size=(160, 45), keys=("|", "p")) as it:
        assert line_with(it, "Bluth").rstrip("◀ ").endswith("22 Nov")


def test_days_of_another_year_have_it():
    look = row_look(card(1, applied_on=NOW.date().replace(year=2025)), NOW)
    assert look.applied == "Nov 2025"


async def test_another_window_changes_a_row(play):
    async with play(five, keys=("|", *["left"] * 3)) as it:
        with it.another_window() as pipeline:
            pipeline.add("Aaa", "Clerk")
        await it.look()
        assert rows(it)[0] == "Aaa"
        assert it.here == "Acme"


async def test_marks_are_those_of_the_columns(play):
    async with play(five, size=(120, 36), keys=("|", *["left"] * 3, "g")) as it:
        await it.press("space", "space", "j", "V", "j")
        assert [name for name in rows(it) if f"* {name}" in it.painted()] == [
            "Acme", "Bluth", "Dunder", "Enron",
        ]  # fmt: skip
        await it.press("k", "V")
        assert "* Enron" not in it.painted()
        assert "3 marked" in it.painted()
        await it.press("|")
        assert it.painted().count("* ") == 3
        await it.press("|", "space", "L", "y")
        await it.settle()
        lanes = [set(lane) for lane in it.stored()]
        assert lanes == [{"Cyberdyne"}, {"Acme", "Enron"}, set(), {"Bluth", "Dunder"}]
        await it.press("u")
        lanes = [set(lane) for lane in it.stored()]
        assert lanes == [{"Acme", "Cyberdyne"}, {"Enron"}, {"Bluth"}, {"Dunder"}]


async def test_a_range_ends_where_the_list_is_sorted_anew(play):
    async with play(five, size=(120, 36), keys=("|", *["left"] * 3, "g", "V", "j")) as it:
        assert "2 marked" in it.painted()
        await it.press("S", "G")
        assert "2 marked" in it.painted()
        assert "V ends it" not in it.painted()
        await it.press("escape")
        assert "marked" not in it.painted()


def thousand(p, clock):
    day = clock.moment.date()
    rows = [
        Incoming(n, f"Company {n:04}", "Engineer", day - timedelta(days=n % 90), salary=f"{n} k")
        for n in range(1, 1_001)
    ]
    p.bring_in(rows, source="a file")


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_thousand_cards(play, size):
    no_panel = ("p",) if size[0] > 80 else ()
    async with play(thousand, size=size, keys=("|", *["left"] * 3, *no_panel)) as it:
        assert " 1,000 open " in it.painted()
        await it.press("g", "pagedown")
        table = it.app.board_screen.table
        assert it.here == f"Company {1 + table.full_slots:04}"
        await it.press("S")
        assert rows(it)[0] == "Company 1000"
        assert it.here == f"Company {1 + table.full_slots:04}"
        assert "◀" in line_with(it, it.here)
        await it.press("g", "L")
        assert it.stored()[1] == ["Company 1000"]
        assert line_with(it, "Company 1000")
        await it.press("/", *"0999", "enter", "G")
        assert rows(it) == [it.here] == ["Company 0999"]


async def test_today_and_the_palette_lead_to_the_row(play):
    async with play(many(40), size=(80, 24), keys=("|", "g")) as it:
        last = rows(it)[-1]
        it.app.go_to(next(card.id for card in it.app.cards() if card.company == last))
        await it.settle()
        assert it.here == last
        assert "◀" in line_with(it, last)


def test_what_is_next_has_the_empty_cells_of_the_column_after_it():
    inks, places = inks_of(OURS[0].to_color_system().generate()), places_for(95, "when")
    label = "send Art the link to my talk"
    for days, told in ((0, label), (-400, "send Art the link to my…")):
        one = card(1, follow_up=due(days, action="own", rule="own", label=label))
        drawn = draw_row(row_look(one, NOW), places, inks, False, "", (), False).text
        assert f"{told}  " in drawn
        usual = draw_row(row_look(card(2), NOW), places, inks, False, "", (), False).text
        assert len(drawn) == len(usual)
