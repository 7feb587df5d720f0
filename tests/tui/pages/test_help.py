"""The keys for where the user is."""

import pytest
from textual.containers import VerticalScroll

from tests.conftest import LONG
from tests.tables import each_row
from tui.commands import bar_of, commands_for, key_name
from tui.pages.help import (
    LEGEND,
    SIGNS,
    TITLES,
    WHAT,
    HelpScreen,
    first_commands,
    group_commands,
)
from tui.widgets.paragraphs import Paragraphs

PLACES = ("board", "panel", "today", "dossier", "closed")


def told(it) -> str:
    lines = [p for words in it.screen.query(Paragraphs) for p in words.paragraphs]
    return "\n".join(" ".join(f"{p.lead} {p.second} {p.text}".split()) for p in lines)


@each_row("where", PLACES)
def test_every_command_of_a_place_stands_under_its_group_once(where):
    groups = group_commands(where)
    commands = [command for _, part in groups for command in part]
    assert sorted(commands) == sorted(commands_for(where))
    assert len({title for title, _ in groups}) == len(groups)


async def test_question_mark_tells_the_keys_that_work_here(play):
    async with play(lambda p, _: p.add("Globex", "Engineer")) as it:
        for keys, where, title in (
            ((), "board", "The board"),
            (("t",), "today", "Due"),
            (("c",), "closed", "Closed applications"),
            (("enter",), "dossier", "Application"),
        ):
            await it.press(*keys, "question_mark")
            assert isinstance(it.screen, HelpScreen), where
            assert f"Help · {title}" in it.painted()
            assert WHAT[where].split(". ")[0] in told(it), f"{where}: sentences come first"
            assert told(it).startswith(WHAT[where]), where
            for command in first_commands(where):
                assert f"{key_name(command.keys[0])} {command.label} {command.tooltip}" in told(it)
            await it.press("tab")
            words = told(it)
            for command in commands_for(where):
                if command.id.startswith("lane."):
                    assert "1 2 3 4 Column Go to the column of that number" in words, where
                    continue
                keys_shown = " ".join(map(key_name, command.keys))
                assert f"{keys_shown} {command.label} {command.tooltip}" in words, where
            await it.press("escape")
            assert not isinstance(it.screen, HelpScreen), where
            await it.leave()


@each_row("where", TITLES)
def test_every_page_is_explained_and_has_twenty_keys_at_most(where):
    assert WHAT[where].endswith(".")
    assert 0 < len(first_commands(where)) <= 20
    assert set(first_commands(where)) <= set(commands_for(where))


async def test_tab_shows_all_keys_and_those_that_matter_again(play):
    async with play(keys=("question_mark",)) as it:
        few = told(it)
        assert "tab All keys" in it.painted()
        assert "Page down" not in few
        await it.press("tab")
        assert "tab Fewer keys" in it.painted()
        assert "Page down" in told(it)
        await it.press("tab")
        assert told(it) == few
        await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_the_words_on_cards_are_explained(play):
    async with play(keys=("question_mark",)) as it:
        painted = it.painted()
        for word, _, meaning in LEGEND:
            assert f"{word} {meaning}" in told(it)
        assert LEGEND[0][2][:30] in painted, "before the keys"
        signs = "".join(word for word, _, _ in LEGEND)
        assert all(sign in signs for sign in "▲●■◆✓→▌▰▱◀")
        await it.press("tab")
        assert LEGEND[0][2][:30] in it.painted()


def test_the_keys_of_a_page_begin_with_those_on_its_bar():
    for where in set(TITLES) - {"board", "dossier"}:
        bar = [c for c in bar_of(where) if c.id not in ("back", "help") and c.group != "Go"]
        assert first_commands(where)[: len(bar)] == bar, where


async def test_a_page_explains_the_signs_that_it_has_and_no_others(play):
    async with play(lambda p, _: p.add("Globex", "Engineer"), size=(80, 24)) as it:
        for keys, sign in ((("c",), ""), (("enter", "P"), ""), (("enter", "v"), "☐ ☑")):
            await it.press(*keys, "question_mark")
            assert "edge of a card" not in told(it), keys
            assert ("Signs" in told(it)) is bool(sign), keys
            assert sign in told(it), keys
            last = bar_of(it.screen._where)[-3]
            assert last.tooltip in it.painted(), "the keys of the bar are seen without scrolling"
            await it.leave()


def test_no_sign_is_explained_in_two_ways():
    words = [(sign, meaning) for signs in SIGNS.values() for sign, _, meaning in signs]
    words += [(sign, meaning) for sign, _, meaning in LEGEND]
    own = {pair for pair in words if pair[0] not in ("☐ ☑", "▰▱")}
    assert len({sign for sign, _ in own}) == len(own)


async def test_a_help_made_wider_looks_as_if_it_had_been_opened_there(play):
    async with play(size=(160, 45), keys=("question_mark",)) as it:
        opened = it.painted()
    async with play(size=(80, 24), keys=("question_mark",)) as it:
        await it.pilot.resize_terminal(160, 45)
        await it.settle()
        assert it.painted() == opened


async def test_it_scrolls_at_80_by_24_and_has_two_columns_when_wide(play):
    async with play(keys=("question_mark",)) as it:
        box = it.screen.query_one("#help", VerticalScroll)
        assert box.max_scroll_y > 0
        await it.press("j", "pagedown")
        assert box.scroll_offset.y > 2
        await it.press("g")
        assert box.scroll_offset.y == 0
        await it.press("G")
        assert box.scroll_offset.y == box.max_scroll_y
    async with play(size=(160, 46), keys=("question_mark",)) as it:
        assert it.screen.query_one("#help").max_scroll_y == 0
        assert len({column.region.x for column in it.screen.query(".column")}) == 2


async def test_each_way_out_works(play):
    async with play() as it:
        for key in ("escape", "question_mark", "q"):
            await it.press("question_mark")
            assert isinstance(it.screen, HelpScreen), key
            await it.press(key)
            assert it.screen is it.app.board_screen, key


SIZES = ((1, 1), (300, 100))
MORE_SIZES = ((10, 4), (40, 10))
"""In the long form."""


@pytest.mark.proof
async def test_no_size_breaks_it(play):
    async with play() as it:
        for size in (*SIZES, *(MORE_SIZES if LONG else ())):
            await it.pilot.resize_terminal(80, 24)
            await it.press("question_mark")
            await it.pilot.resize_terminal(*size)
            assert it.screen is not it.app.board_screen, size
            await it.press("G", "escape")
            assert it.screen is it.app.board_screen, size


async def test_another_theme_is_drawn_at_once(play):
    async with play(lambda p, _: p.add("Globex", "Engineer"), keys=("question_mark",)) as it:
        words = it.screen.query_one(Paragraphs)
        before = words.inks
        it.app.theme = "rounds-light"
        await it.settle()
        assert words.inks is not before
        assert words.inks is it.app.inks
