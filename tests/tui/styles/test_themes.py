"""Text can be read under every theme, ours and Textual's: every word of a picture on its ground."""

import re
from itertools import chain
from operator import attrgetter
from pathlib import Path

import pytest
from textual.color import Color
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES
from textual.widgets import TextArea

import tui
from store.read.glance import open_glance
from store.rules.urgency import Level
from tests.conftest import LONG
from tests.tables import each_row
from tests.tui.test_pictures import (
    AFTER,
    BEFORE,
    CLOCK,
    OFFERED,
    on_card,
    pressing,
    settled,
    two_offers,
)
from tui.app import RoundsApp
from tui.styles.themes import FRAME_CONTRAST, OURS, TEXT_CONTRAST, contrast, inks_of, readable
from tui.widgets.choice_fields import PickLine, TickList
from tui.widgets.line_fields import FoldLine, LineInput, SwitchLine

THEMES = [*OURS, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]
WRITTEN = (
    "text", "strong", "muted", "accent", "title", "key_label", "lifted",
    *(f"{shade}.{name}" for shade in ("card", "cursor") for name in ("text", "strong", "muted")),
)  # fmt: skip


@each_row("theme", THEMES, ids=lambda theme: theme.name)
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


@each_row("theme", THEMES, ids=lambda theme: theme.name)
def test_border_lines_are_seen(theme):
    frame = inks_of(theme.to_color_system().generate()).frame
    line, ground = Color.from_rich_color(frame.color), Color.from_rich_color(frame.bgcolor)
    assert contrast(line, ground) >= FRAME_CONTRAST - 0.01


@each_row("theme", OURS, ids=lambda theme: theme.name)
def test_border_lines_of_the_style_sheets_are_seen(theme):
    known = theme.to_color_system().generate()
    ground, text = Color.parse(known["background"]), Color.parse(known["foreground"])
    shares = set()
    for path in Path(tui.__file__).parent.rglob("*.tcss"):
        lines = r"border(?:-top)?: (?:round|solid) \$foreground (\d+)%"
        shares.update(map(int, re.findall(lines, path.read_text(encoding="utf-8"))))
    assert shares
    for share in shares:
        line = ground.blend(text.blend(ground, 0, alpha=1), share / 100, alpha=1)
        assert contrast(line, ground) >= FRAME_CONTRAST, share


@each_row("theme", THEMES, ids=lambda theme: theme.name)
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


FRAMES = re.compile(r"[▌▐▊▎╭╮╰╯│─━┃▁▂▃▄▅▆▇█▔\s]*")
"""Lines around what is written, edges of fields and the scroll marks: 2:1 is enough for them, or
they are blank."""
PAGES = {
    "due": pressing("t"),
    "due by employer": pressing("t", "S", "j"),
    "dossier": on_card(BEFORE, "enter"),
    "interviews": on_card(BEFORE, "I"),
    "people": on_card(BEFORE, "P"),
    "employer": on_card(BEFORE, "E"),
    "closed": pressing("c"),
    "prepare": on_card(BEFORE, "v", "j"),
    "chances": pressing("s"),
    "behind a bar": pressing("s", "enter"),
    "published figures": pressing("s", "percent_sign"),
    "offer": on_card(OFFERED, "O"),
    "checklist of an offer": on_card(OFFERED, "O", "G"),
    "offers side by side": two_offers,
    "draft": on_card(AFTER, "w"),
    "typing a draft": on_card(AFTER, "w", "e"),
    "help": pressing("question_mark"),
    "debrief": on_card(AFTER, "I", "G", "b"),
    "form": pressing("a"),
    "form that completes a name": pressing("a", text="Glo"),
    "one line": on_card(BEFORE, "i"),
}
"""Every page, and the forms that are as large as one."""
BOX = "#help, #figures, .dialog"
"""What lies over a page that is dimmed while it is open."""


def words_with_contrast(screen, within: Region | None = None) -> list[tuple[float, str]]:
    """Each piece of text on the screen, or `within` it, with its contrast; frames left out."""
    found = []
    boxes = screen.query(BOX)
    box = within or (boxes.first().region if boxes else screen.region)
    for line in screen._compositor.render_strips()[box.y : box.bottom]:
        for text, style, _ in line.crop(box.x, box.right):
            if style is None or FRAMES.fullmatch(text):
                continue
            assert style.color is not None, text
            assert style.bgcolor is not None, text
            ink, ground = (Color.from_rich_color(c) for c in (style.color, style.bgcolor))
            found.append((contrast(ink, ground), text))
    return found


def share(of, part):
    """All of `of` in the long form; in the short one each second, from the first or the second."""
    return dict(of if LONG else list(of)[part::2])


@pytest.mark.parametrize(
    ("part", "theme", "size"),
    [
        (0, "rounds-dark", (160, 45)),
        (1, "rounds-light", (80, 24)),
        pytest.param(0, "rounds-dark", (80, 24), marks=pytest.mark.long),
        pytest.param(1, "rounds-light", (160, 45), marks=pytest.mark.long),
    ],
)
async def test_every_word_of_a_page_can_be_read(tmp_path, sample_board, part, theme, size):
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance, theme=theme)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for page, go in share(PAGES.items(), part).items():
            await go(pilot)
            await settled(pilot)
            assert app.screen is not app.board_screen, page
            words = words_with_contrast(app.screen)
            assert len(words) > 5, page
            assert [found for found in words if found[0] < TEXT_CONTRAST] == [], page
            fields_seen(app.screen, page)
            while app.screen is not app.board_screen:
                await pilot.press("escape")
                await settled(pilot)


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_every_word_of_the_palette_can_be_read(tmp_path, sample_board, theme):
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance, theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pressing("ctrl+p")(pilot)
        await settled(pilot)
        for part in ("#--input", "CommandList"):
            words = words_with_contrast(app.screen, app.screen.query_one(part).region)
            assert len(words) > 1, part
            assert [found for found in words if found[0] < TEXT_CONTRAST] == [], part


FORMS = {
    "application": ("a", "ctrl+o"),
    "note": ("n",),
    "reply": ("r",),
    "outcome": ("x", "tab", "tab"),
    "stage": ("m",),
    "point": ("plus",),
    "debrief": ("3", "b"),
    "lesson": ("c", "B"),
}
FIELDS = (LineInput, TextArea, PickLine, TickList, SwitchLine, FoldLine)
FIELD_CONTRAST, EDGE_CONTRAST = 1.25, 3
"""Of a field to what it lies on, and of its edge to both (WCAG 2.2, 1.4.11)."""


def fields_seen(screen, where: str) -> int:
    """How many fields the screen shows, each with an edge that stands out on both its sides."""
    fields = [field for kind in FIELDS for field in screen.query(kind) if field.region]
    for field in fields:
        ground, own = field.parent.background_colors[1], field.background_colors[1]
        edge = ground + field.styles.border_left[1]
        assert contrast(edge, ground) >= EDGE_CONTRAST, (where, field)
        assert contrast(edge, own) >= EDGE_CONTRAST, (where, field)
        if not isinstance(field, FoldLine):
            assert contrast(own, ground) >= FIELD_CONTRAST - 0.005, (where, field)
    return len(fields)


@pytest.mark.parametrize(("part", "theme"), [*enumerate(theme.name for theme in OURS)])
async def test_every_word_and_field_of_a_form_can_be_seen(tmp_path, sample_board, part, theme):
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    assert glance is not None
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance, theme=theme)
    async with app.run_test(size=(120, 45)) as pilot:
        await settled(pilot)
        for form, keys in share(FORMS.items(), part).items():
            await pressing(*keys)(pilot)
            await settled(pilot)
            box = app.screen.query_one("#dialog")
            words = words_with_contrast(app.screen, box.region)
            assert [found for found in words if found[0] < TEXT_CONTRAST] == [], form
            assert fields_seen(app.screen, form) > 0
            while app.screen is not app.board_screen:
                await pilot.press("escape")
                await settled(pilot)
