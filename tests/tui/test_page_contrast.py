"""What is written on the pages can be read: every word of a picture, against its ground."""

import re

import pytest
from textual.color import Color

from store.read.glance import open_glance
from tests.tui.test_pictures import CLOCK, pressing, settled
from tui.app import RoundsApp
from tui.themes import OURS, TEXT_CONTRAST, contrast

FRAMES = re.compile(r"[╭╮╰╯│─━┃▁▂▃▄▅▆▇█▔\s]*")
"""Lines around what is written, and the scroll marks: 2:1 is enough for them, or they are blank."""
PAGES = {
    "due": ("t",),
    "due by employer": ("t", "S", "j"),
    "dossier": ("3", "enter"),
    "interviews": ("3", "I"),
    "people": ("3", "P"),
    "closed": ("c",),
    "prepare": ("3", "v", "j"),
}


def words_with_contrast(screen) -> list[tuple[float, str]]:
    """Each piece of text on the screen with its contrast, the frames left out."""
    found = []
    for line in screen._compositor.render_strips():
        for text, style, _ in line:
            if style is None or FRAMES.fullmatch(text):
                continue
            assert style.color is not None, text
            assert style.bgcolor is not None, text
            ink, ground = (Color.from_rich_color(c) for c in (style.color, style.bgcolor))
            found.append((contrast(ink, ground), text))
    return found


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_every_word_of_a_page_can_be_read(tmp_path, sample_board, theme, size):
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance, theme=theme)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for page, keys in PAGES.items():
            await pressing(*keys)(pilot)
            await settled(pilot)
            assert app.screen is not app.board_screen, page
            words = words_with_contrast(app.screen)
            assert len(words) > 10, page
            assert [found for found in words if found[0] < TEXT_CONTRAST] == [], page
            while app.screen is not app.board_screen:
                await pilot.press("escape")
                await settled(pilot)
