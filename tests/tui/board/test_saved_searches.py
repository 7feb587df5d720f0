"""Saved searches: the line of their names, their counts, walking, saving, renaming, removing."""

from datetime import timedelta

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList

from store.rules.stages import Stage
from tests.makers import board, card
from tests.stillness import still, until
from tests.tui.conftest import HOSTILE, NOW
from tui.board.saved_searches import SearchEntry, Searches
from tui.dialogs.line import LineEntry
from tui.filtering import Filter
from tui.widgets.line_fields import FilterLine


def three(p, clock):
    p.add("Acme", "Writer", tags=("remote",))
    p.add("Bluth", "Designer", stage=Stage.SECOND, tags=("remote",))
    p.add("Cyberdyne", "SRE")


def with_searches(p, clock):
    three(p, clock)
    p.save_search("Remote", "tag:remote")
    p.save_search("This week", "due<7d")


def line(it):
    """The line of the searches, "" where there is none."""
    strip = it.app.board_screen.search_line
    return strip.render_line(0).text.rstrip() if strip.display else ""


def shown(it):
    return sorted(
        card.company for lane in it.app.board_screen.cursor.lanes.values() for card in lane
    )


async def test_without_any_there_is_no_line_and_the_keys_say_what_to_do(play):
    async with play(three) as it:
        assert line(it) == ""
        lanes_at = it.app.board_screen.lane_widgets[Stage.APPLIED].region.y
        await it.press("]", "[")
        assert "No saved searches. Press / to search, then ctrl+s to save it." in it.told
    async with play(with_searches) as it:
        assert it.app.board_screen.lane_widgets[Stage.APPLIED].region.y == lanes_at + 1


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (160, 45)]
)
async def test_the_keys_walk_the_line_and_the_current_one_has_a_sign(play, size):
    async with play(with_searches, size=size, keys=("G",)) as it:
        assert line(it).startswith(" ▸All 3 · Remote 2 · This week 1")
        here = it.here
        await it.press("]")
        assert "All 3 · ▸Remote 2 · This week 1" in line(it)
        assert shown(it) == ["Acme", "Bluth"]
        await it.press("]")
        assert "▸This week 1" in line(it)
        assert len(shown(it)) == 1
        await it.press("]")
        assert "▸All 3" in line(it)
        assert it.here == here, "as Esc would"
        await it.press("[", "[")
        assert "▸Remote 2" in line(it)
        await it.press("escape")
        assert "▸All 3" in line(it)
        assert it.here == here


async def test_the_counts_are_live(play):
    async with play(with_searches) as it:
        await it.press("g", "x", "enter")
        assert "All 2 · Remote 1" in line(it)
        await it.press("u")
        assert "All 3 · Remote 2" in line(it)
        with it.another_window() as pipeline:
            pipeline.add("Dunder", "Clerk", tags=("remote",))
            pipeline.save_search("Writers", "writer")
        await it.look()
        assert "All 4 · Remote 3 · This week 1 · Writers 1" in line(it)


async def test_a_note_is_found_at_once(play):
    def fill(p, clock):
        three(p, clock)
        p.save_search("Rust", "rust")

    async with play(fill) as it:
        assert "Rust 0" in line(it)
        await it.press("n")
        await it.type("They use Rust.")
        await it.press("ctrl+s")
        await it.settle()
        assert "Rust 1" in line(it)
        await it.press("]")
        assert len(shown(it)) == 1


async def test_what_is_looked_for_is_saved_under_a_name(play):
    async with play(three, size=(120, 36)) as it:
        await it.press("/", *"tag:remote", "ctrl+s")
        assert isinstance(it.screen, LineEntry)
        await it.type("From home")
        assert "From home finds: tag:remote" in it.painted()
        await it.press("enter")
        assert "▸From home 2" in line(it)
        assert it.app.focused is None
        assert shown(it) == ["Acme", "Bluth"]
        assert await it.read(lambda g: g.setting("search.From home")) == "tag:remote"
        await it.press("u")
        assert line(it) == ""
        assert shown(it) == ["Acme", "Bluth"], "the filter stands"


async def test_the_same_name_says_what_it_takes_the_place_of(play):
    async with play(with_searches, size=(120, 36)) as it:
        await it.press("/", *"writer", "ctrl+s")
        await it.type("REMOTE")
        assert "in place of: tag:remote" in it.painted()
        await it.press("enter")
        assert "▸Remote 1" in line(it)


async def test_saved_in_one_write(play):
    async with play(three) as it:
        it.send("slash", *"writer", "ctrl+s", *"Writers", "enter", "right_square_bracket")
        await still()
        await it.settle()
        assert "▸All 3 · Writers 1" in line(it), "the last key went round to all"
        it.send("right_square_bracket", "L")
        await still()
        await it.settle()
        assert "Acme" in it.stored()[1]


async def test_nothing_or_what_cannot_be_read_is_not_saved(play):
    async with play(three) as it:
        await it.press("ctrl+s")
        assert "Press / to search first, then save it." in it.told
        await it.press("/", *"stag:x", "ctrl+s")
        assert "There is no field “stag”." in it.told
        assert isinstance(it.app.focused, FilterLine)
        await it.press("escape", "/", *"writer", "ctrl+s", "space", "enter")
        assert isinstance(it.screen, LineEntry)
        assert "Type at least one character." in it.painted()
        await it.press("escape")
        assert not await it.read(lambda g: g.setting("search.writer"))


async def by_palette(it, words):
    await it.press("ctrl+p")
    await it.type(words)
    await it.screen.workers.wait_for_complete()
    await until(lambda: it.screen.query_one(OptionList).option_count)
    await it.press("enter")
    if isinstance(it.screen, CommandPalette):
        await it.press("enter")
    await it.settle()


async def test_renamed_and_removed_from_the_palette(play):
    async with play(with_searches, size=(120, 36)) as it:
        await by_palette(it, "Rename search")
        assert "No saved search is shown. Press ] to go to one." in it.told
        await it.press("]")
        await by_palette(it, "Rename search")
        assert isinstance(it.screen, LineEntry)
        await it.press("ctrl+u", "end", *["backspace"] * 12)
        await it.type("this WEEK")
        assert "There is a saved search “this WEEK” already." in it.painted()
        await it.press(*["backspace"] * 9)
        await it.type("At home")
        await it.press("enter")
        assert "▸At home 2 · This week 1" in line(it)
        await by_palette(it, "Remove search")
        assert line(it).startswith(" All 3 · This week 1")
        assert shown(it) == ["Acme", "Bluth"]
        await it.press("u", "u")
        assert "Remote 2 · This week 1" in line(it)


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (160, 45)]
)
async def test_many_and_ugly_names_take_one_line(play, size):
    def fill(p, clock):
        three(p, clock)
        for number, name in enumerate((*HOSTILE, "日本語の検索" * 5, "👩‍👩‍👧", *"abcdefgh")):
            p.save_search(f"{name[:30]} {number}", "writer")

    async with play(fill, size=size) as it:
        for _ in range(20):
            await it.press("]")
            strip = it.app.board_screen.search_line.render_line(0)
            assert strip.cell_length == size[0]
            assert strip.text.count("▸") == 1
        assert it.app.is_running


async def test_a_click_shows_it(play):
    async with play(with_searches) as it:
        await it.pilot.click("#searches", offset=(11, 0))
        await it.settle()
        assert "▸Remote 2" in line(it)
        await it.pilot.click("#searches", offset=(2, 0))
        await it.settle()
        assert "▸All 3" in line(it)


async def test_one_that_cannot_be_read_any_more_has_no_count(play):
    def fill(p, clock):
        with_searches(p, clock)
        with p.database.writing() as session:
            session.connection().exec_driver_sql(
                "UPDATE setting SET value = 'stag:x' WHERE name = 'search.Remote'"
            )

    async with play(fill) as it:
        assert "Remote –" in line(it)
        await it.press("]")
        assert "There is no field “stag”." in it.told


def test_counts_follow_changes_by_looking_at_what_changed():
    first, second, third = card(1, tags=("remote",)), card(2), card(3, salary="90k")
    shown, looks_in, searches = board(first, second, third), Filter(), Searches()
    searches.take({"Remote": "tag:remote", "Paid": "salary>80k", "Word": "company"})
    assert searches.count(shown.lanes, NOW, looks_in) == (
        SearchEntry("All", 3),
        SearchEntry("Remote", 1),
        SearchEntry("Paid", 1),
        SearchEntry("Word", 3),
    )  # fmt: skip
    changed = board(first._replace(tags=()), second._replace(tags=("remote",)), third, card(4))
    assert [e.found for e in searches.count(changed.lanes, NOW, looks_in)] == [4, 1, 1, 4]
    later = NOW + timedelta(days=1)
    assert [e.found for e in searches.count(board(third).lanes, later, looks_in)] == [1, 0, 1, 1]
    assert searches.beside("tag:remote", 1) == 2
    assert searches.beside("other", 1) == 1
    assert searches.beside("other", -1) == 0
    assert searches.beside("", -1) == 3
    assert [searches.name_of(query) for query in (" tag:remote ", "", "x")] == ["Remote", "", ""]


async def test_two_with_the_same_query_are_two(play):
    def fill(p, clock):
        three(p, clock)
        for name in ("One", "Two", "Three"):
            p.save_search(name, "writer")

    async with play(fill) as it:
        for name in ("One", "Two", "Three", "All"):
            await it.press("]")
            assert f"▸{name}" in line(it)


async def test_one_that_is_called_all_is_one_of_them(play):
    def fill(p, clock):
        three(p, clock)
        p.save_search("All", "writer")
        p.save_search("Last", "designer")

    async with play(fill) as it:
        await it.press("]")
        assert "All 3 · ▸All 1 · Last 1" in line(it)
        await it.press("]")
        assert "▸Last 1" in line(it)
        await it.press("]")
        assert "▸All 3" in line(it)
