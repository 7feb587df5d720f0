"""On a console that does not know the signs each has a plain stand-in, of the same width."""

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from store.read.glance import open_glance
from tests.tables import each_row
from tests.tui.test_pictures import CLOCK, settled
from tui.app import RoundsApp
from tui.styles.themes import ROUNDS_DARK
from tui.widgets.plain import FEW_COLOURS, STAND_INS, wants_plain


@each_row(
    ("environ", "plain"),
    [
        ({}, False),
        ({"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}, False),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
        ({"LC_ALL": "en_US.utf8"}, False),
        ({"LANG": "POSIX"}, True),
        ({"TERM": "vt100", "LANG": "en_GB.UTF-8"}, True),
        ({"TERM": "vt220"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
    ],
)
def test_the_console_and_locales_without_utf_8_want_it(environ, plain):
    assert wants_plain(environ) is plain


def test_a_stand_in_is_one_cell_of_ascii_for_one_cell():
    for sign, plain in STAND_INS.items():
        assert cell_len(sign) == len(plain) == 1
        assert plain.isascii()
    assert set("▌▲●■◆◀▱▰☐☑▸✓→│╭╮╰╯─…·") <= set(STAND_INS)


PAGES = ("", "3 tab", "t", "3 enter", "3 v", "4 O", "s", "question_mark")


async def test_nothing_that_we_draw_is_beyond_ascii(tmp_path, sample_board):
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    glance = open_glance(board, CLOCK)
    app = RoundsApp(board, CLOCK, board=glance.board(), glance=glance, plain=True)
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        for keys in PAGES:
            for key in keys.split():
                await pilot.press(key)
                await settled(pilot)
            lines = app.screen._compositor.render_strips()
            painted = "".join(segment.text for line in lines for segment in line)
            beyond = {sign for sign in painted if not sign.isascii() and not sign.isalpha()}
            assert beyond == set(), keys
            await pilot.press("escape")
            while app.screen is not app.board_screen:
                await pilot.press("escape")
            await settled(pilot)


CARD, CURSOR = ROUNDS_DARK.panel, ROUNDS_DARK.variables["block-cursor-background"]


def test_with_16_colours_a_card_lies_on_black_and_the_one_with_the_cursor_on_grey():
    card, cursor = Style(bgcolor=CARD), Style(bgcolor=CURSOR)
    line = [Segment("Globex", card), Segment("Hooli", cursor), Segment("none", None)]
    drawn = FEW_COLOURS.apply(line, Color(0, 0, 0))
    few = ColorSystem.STANDARD
    shown = [s and s.bgcolor and s.bgcolor.downgrade(few).number for _, s, _ in drawn]
    assert shown == [0, 8, None]
    assert card.bgcolor.downgrade(few).number == 8, "as it would be by itself"
