"""What a page or a dialog says is whole at every size, or an ellipsis says that it is not."""

import re
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, TextArea

from store.read.glance import open_glance
from tests.tui.styles.test_themes import BOX
from tests.tui.test_pictures import (
    AFTER,
    AHEAD,
    BEFORE,
    CLOCK,
    ENDED,
    INVITED,
    MEDIUM,
    OFFERED,
    SMALL,
    Use,
    a_week_of_mail,
    backed_up,
    changed_posting,
    due_posting,
    found_posting,
    on_card,
    on_the_shelf,
    own_sheet,
    pressing,
    settled,
    two_names,
    two_offers,
)
from tui.app import RoundsApp
from tui.commands import COMMANDS, SCREENS
from tui.pages.help import TITLES
from tui.widgets.cells import cell_len
from tui.widgets.paragraphs import Detail, Paragraphs

ROOMY = (200, 60)
"""A screen on which nothing has to be cut."""

PAGES: dict[str, Use] = {
    "today": pressing("t"),
    "today by employer": pressing("t", "S"),
    "today by kind": pressing("t", "S", "S"),
    "dossier": on_card(BEFORE, "enter"),
    "dossier of an offer": on_card(OFFERED, "enter"),
    "dossier of a closed one": pressing("c", "enter"),
    "closed": pressing("c"),
    "sweep": pressing("Q"),
    "review": pressing("W"),
    "backups": backed_up,
    "settings": pressing("comma"),
    "interviews": on_card(BEFORE, "I"),
    "people": on_card(BEFORE, "P"),
    "employer": two_names,
    "import": own_sheet,
    "mail": a_week_of_mail,
    "shelf": on_the_shelf,
    "today with a posting": due_posting,
    "prepare": on_card(BEFORE, "v"),
    "prepare a first one": on_card(AHEAD, "v"),
    "draft": on_card(AFTER, "w"),
    "draft that is typed": on_card(AFTER, "w", "e"),
    "offer": on_card(OFFERED, "O"),
    "offer, its end": on_card(OFFERED, "O", "G"),
    "compare": two_offers,
    "chances": pressing("s"),
    "chances by tag": pressing("s", "S"),
    "behind": pressing("s", "enter"),
    "figures": pressing("s", "percent_sign"),
}
DIALOGS: dict[str, Use] = {
    "add": pressing("a"),
    "posting": pressing("A"),
    "posting, found": found_posting,
    "posting, changed": changed_posting,
    "add, refused": pressing("a", "ctrl+s"),
    "add, to be discarded": pressing("a", "x", "escape"),
    "edit": on_card(BEFORE, "e"),
    "field": on_card(BEFORE, "colon"),
    "field, refused": on_card(BEFORE, "colon", "s", "enter"),
    "move": on_card(BEFORE, "m"),
    "interview": on_card(INVITED, "i"),
    "interview, refused": on_card(INVITED, "i", "w", "enter"),
    "deadline": on_card(OFFERED, "i"),
    "snooze": on_card(AFTER, "z"),
    "remind": on_card(BEFORE, "f"),
    "reminder": pressing("ctrl+f"),
    "goal": pressing("W", "plus"),
    "replied": on_card(AFTER, "r"),
    "note": on_card(BEFORE, "n"),
    "note, stored": on_card(BEFORE, "enter", "N"),
    "close": on_card(OFFERED, "x"),
    "delete": on_card(AFTER, "D"),
    "references": on_card(OFFERED, "F"),
    "point": on_card(BEFORE, "plus"),
    "debrief, empty": on_card(AFTER, "b"),
    "debrief": on_card(AFTER, "I", "G", "b"),
    "lesson": pressing("c", "B"),
    "interview, changed": on_card(BEFORE, "I", "e"),
    "interviewers": on_card(BEFORE, "I", "W"),
    "interview, cancelled": on_card(BEFORE, "I", "X"),
    "round": on_card(BEFORE, "I", "ctrl+n"),
    "contact": on_card(BEFORE, "P", "e"),
    "contact, new": on_card(BEFORE, "P", "a"),
    "contact, removed": on_card(BEFORE, "P", "D"),
    "same employer": on_card(BEFORE, "E", "ampersand"),
    "answer to a concern": on_card(BEFORE, "v", *"jjj", "a"),
    "answer to a question": on_card(BEFORE, "v", *"jjjjjjjjjjjj", "a"),
    "point, stored": on_card(BEFORE, "v", *"jjj", "e"),
    "carry": on_card(BEFORE, "v", *"jjj", "B"),
    "message type": on_card(AFTER, "w", "ctrl+k"),
    "recipient": on_card(AFTER, "w", "ctrl+r"),
    "package item": on_card(OFFERED, "O", "a"),
    "decline": on_card(OFFERED, "O", "x"),
    "criterion": on_card(OFFERED, "C", "a"),
    "setting to choose": pressing("comma", *"jj", "enter"),
    "setting to type": pressing("comma", *"jjj", "enter"),
    "setting of lines": pressing("comma", *"jjjjjj", "enter"),
    "command of one's own": pressing("comma", "a"),
    **{f"offer line {n}": on_card(OFFERED, "O", *"j" * n, "e") for n in (1, 2, 3, 5, 6, 7, 8, 9)},
}
_HELP_OF: dict[str, Use] = {
    "board": pressing("question_mark"),
    "panel": on_card(BEFORE, "p", "tab", "question_mark"),
    "dossier": on_card(BEFORE, "enter", "question_mark"),
    "prepare": on_card(BEFORE, "v", "question_mark"),
    "offer": on_card(OFFERED, "O", "question_mark"),
}
HELPS = {f"help of {place}": use for place, use in _HELP_OF.items()}

_APART = re.compile(r"[\s╭╮╰╯│─┃▌▐▊▎█▁▂▃▄▅▆▇▔┤├┴·]+")
_OF_THE_WIDTH = re.compile(r"[┃┤├─■□○◆✓!▰▱↓\d,%–]+")
"""Bars and numbers are drawn for the width; how much is below, for the height."""


def words_on(screen: Screen[Any]) -> set[str]:
    """The words in the box of the screen, or on all of it, that are not marked as cut.

    What is typed in a line scrolls there, and does not count.
    """
    box = next((found.region for found in screen.query(BOX)), screen.region)
    words: set[str] = set()
    for line in screen._compositor.render_strips()[box.y : box.bottom]:
        said = "".join(segment.text for segment in line.crop(box.x, box.right))
        words |= set(_APART.split(said))
    typed = " ".join(field.value for field in screen.query(Input))
    return {
        word
        for word in words
        if "…" not in word and word not in typed and not _OF_THE_WIDTH.fullmatch(word)
    }


def titles_cut(screen: Screen[Any]) -> list[str]:
    """The titles in borders that have no room there."""
    return [
        words
        for widget in screen.query("*")
        if widget.is_on_screen
        and widget.border_title
        and (words := Content.from_markup(str(widget.border_title)).plain)
        and cell_len(words) > widget.outer_size.width - 6
    ]


def examples_cut(screen: Screen[Any]) -> list[str]:
    """The examples in empty fields that have no room there."""
    cut = []
    for field in screen.query(Input):
        if (
            field.is_on_screen
            and not field.value
            and cell_len(str(field.placeholder)) > field.content_size.width
        ):
            cut.append(str(field.placeholder))
    for area in screen.query(TextArea):
        if not area.is_on_screen:
            continue
        room = area.content_size.width * max(1, area.content_size.height)
        if not area.text and cell_len(str(area.placeholder)) > room:
            cut.append(str(area.placeholder))
    return cut


def test_every_page_and_dialog_is_looked_at() -> None:
    places = {name.split(",")[0].split(" ")[0] for name in PAGES}
    assert set(SCREENS.split()) - {"board"} <= places
    assert {place for place in TITLES if place not in ("board", "panel")} <= places
    opening = {c.does for c in COMMANDS if c.opens and "board" in c.where}
    assert len(DIALOGS) > len(opening)
    assert ENDED != BEFORE


WRITING = (
    *("employer", "backups", "mail", "shelf", "today with a posting", "posting, changed"),
    "compare",
)
"""Those that write to the board: each is opened on one of its own."""
TOGETHER = [name for name in (*PAGES, *DIALOGS) if name not in WRITING]
PARTS = 5
"""Programs in which the others are opened, one after the other, those that lie side by side in
different ones: a page may remember how it was grouped."""


@pytest.mark.parametrize(
    "names",
    [
        *(pytest.param([name], id=name) for name in WRITING),
        *(pytest.param(TOGETHER[n::PARTS], id=f"part {n + 1}") for n in range(PARTS)),
        # All helps are drawn alike; the longest one stands for them.
        *(
            pytest.param([help], id=help, marks=() if help == "help of board" else pytest.mark.long)
            for help in HELPS
        ),
    ],
)
async def test_no_word_title_or_example_is_cut(
    names: list[str], sample_board: bytes, tmp_path: Path
) -> None:
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance)
    wrong: dict[str, object] = {}
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for name in names:
            await (PAGES | DIALOGS | HELPS)[name](pilot)
            await settled(pilot)
            assert app.screen is not app.board_screen, f"{name}: nothing has been opened"
            cut = [*titles_cut(app.screen), *examples_cut(app.screen)]
            small = words_on(app.screen)
            await pilot.resize_terminal(*ROOMY)
            await settled(pilot)
            if cut or small - words_on(app.screen):
                wrong[name] = cut, small - words_on(app.screen)
            await pilot.resize_terminal(*SMALL)
            while app.screen is not app.board_screen:
                await pilot.press("escape")
                await settled(pilot)
    assert wrong == {}


async def test_blocks_under_each_other_begin_in_one_column(
    sample_board: bytes, tmp_path: Path
) -> None:
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance)

    def leads() -> set[int]:
        blocks = app.screen.query_one(Detail).query(Paragraphs)
        lines = [line for block in blocks for line in block._wrap(block.size.width)]
        return {cell_len(line.lead) for line in lines if line.lead}

    async with app.run_test(size=SMALL) as pilot:
        await on_card(BEFORE, "P")(pilot)
        await settled(pilot)
        assert len(leads()) == 1
        await pilot.resize_terminal(*MEDIUM)
        await settled(pilot)
        assert len(leads()) == 2, "beside each other, each is as wide as it needs"
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        assert len(leads()) == 1
