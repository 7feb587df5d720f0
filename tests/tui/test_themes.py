"""Text can be read under every theme, ours and Textual's."""

from itertools import chain
from operator import attrgetter

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from store.rules.urgency import Level
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
