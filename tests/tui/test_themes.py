"""Text can be read under every theme, ours and Textual's: every word of a picture on its ground."""

import re
from itertools import chain
from operator import attrgetter

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from store.read.glance import open_glance
from store.rules.urgency import Level
from tests.tui.test_pictures import CLOCK, pressing, settled
from tui.app import RoundsApp
from tui.themes import OURS, TEXT_CONTRAST, contrast, inks_of, readable

THEMES = [*OURS, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]
WRITTEN = (
    "text", "strong", "muted", "accent", "title", "key_label", "lifted",
    *(f"{shade}.{name}" for shade in ("card", "cursor") for name in ("text", "strong", "muted")),
)  # fmt: skip


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_text_keeps_the_contrast(theme):
    inks = inks_of(theme.to_color_system().generate())
    styles = [attrgetter(name)(inks) for name in WRITTEN]
    for group in (inks.levels, inks.card.levels, inks.cursor.levels):
        styles += group.values()
    for style in styles:
        assert style.color
        assert style.bgcolor
        ratio = contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        assert ratio >= TEXT_CONTRAST - 0.01, (theme.name, str(style))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_late_and_today_and_soon_look_different(theme):
    inks = inks_of(theme.to_color_system().generate())
    for levels in (inks.levels, inks.card.levels):
        colors = {str(levels[level].color) for level in (Level.LATE, Level.TODAY, Level.COMING)}
        assert len(colors) == 3


def test_the_terminals_own_colours_are_left_to_the_terminal():
    ansi = next(theme for theme in BUILTIN_THEMES.values() if theme.ansi)
    inks = inks_of(ansi.to_color_system().generate(), ansi=True)
    for style in chain([inks.text, inks.muted], inks.levels.values()):
        assert style.bgcolor is None
    assert inks.levels[Level.LATE] != inks.levels[Level.TODAY]


def test_contrast_is_that_of_the_standard():
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), white) == pytest.approx(4.54, abs=0.01)


def test_a_colour_that_can_be_read_stays_as_it_is():
    ground = Color.parse("#15181d")
    assert readable(Color.parse("#f0837a"), ground).hex.lower() == "#f0837a"
    assert contrast(readable(Color.parse("#333333"), ground), ground) >= TEXT_CONTRAST


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
