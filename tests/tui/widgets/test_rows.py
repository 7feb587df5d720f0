"""The list that is drawn line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.geometry import Region

from store.rules.urgency import Level
from tests.tables import each_row
from tui.styles.themes import ROUNDS_DARK, inks_of
from tui.widgets.cells import in_parts
from tui.widgets.paragraphs import Paragraph, Paragraphs
from tui.widgets.rows import Cell, Column, Row, Rows, Section, Tone

COLUMNS = (Column(6), Column(8, share=2), Column(4, share=1, from_width=40))


class Listing(App[None]):
    """Shows one list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(COLUMNS)

    def compose(self):
        yield self.rows

    def on_mount(self) -> None:
        self.register_theme(ROUNDS_DARK)
        self.theme = ROUNDS_DARK.name
        self.rows.show_inks(inks_of(self.theme_variables))


def rows(*keys: int) -> list[Row]:
    return [
        Row(key, (Cell(f"{key}d", Level.LATE), Cell(f"Company {key}"), Cell("role", Tone.MUTED)))
        for key in keys
    ]


def painted(widget: Rows) -> list[str]:
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


@given(st.integers(0, 400))
def test_columns_fill_the_width_and_the_optional_one_waits_for_room(width):
    widths = Rows(COLUMNS).widths(width)
    shown = [size for size in widths if size]
    assert widths[0] == 6
    assert (widths[2] > 0) == (width >= 40)
    if width >= 30:
        assert sum(shown) + 2 * (len(shown) - 1) == width


async def test_headings_rows_and_the_cursor_bar_are_drawn():
    app = Listing()
    async with app.run_test(size=(40, 8)) as pilot:
        app.rows.show([Section("Late", 2), *rows(1, 2), Section("Today", 1), *rows(3)])
        await pilot.pause()
        assert painted(app.rows)[:6] == [
            " Late  2",
            "▌1d      Company 1",
            " 2d      Company 2",
            "",
            " Today  1",
            " 3d      Company 3",
        ]


async def test_a_heading_may_name_what_stands_in_the_columns_of_its_rows():
    app = Listing()
    heads = ("", "read as", "example")
    async with app.run_test(size=(40, 8)) as pilot:
        app.rows._columns = (Column(6, most=10), Column(4, most=20), Column(4, most=20))
        app.rows.show(
            [
                *(Section("In", 1, heads=heads), Row(1, (Cell("Firma"), Cell("role"), Cell("A")))),
                *(Section("Dates such as 3/4/2026", 1, heads=heads), *rows(2)),
            ]
        )
        await pilot.pause()
        assert painted(app.rows)[:5] == [
            " In  1  read as    example",
            "▌Firma  role       A",
            "",
            " Dates such as 3/4/2026  1",
            " 2d     Company 2  role",
        ]


@pytest.mark.parametrize(
    ("shown", "at", "cursor"),
    [
        ((1, 2, 3), None, 2),
        ((0, 2, 5), None, 2),
        ((1, 3), None, 3),
        ((1,), None, 1),
        ((), None, None),
        ((1, 2, 3), 3, 3),
        ((1, 2, 3), 99, 2),
    ],
)
async def test_the_cursor_stays_on_its_row_else_in_its_place(shown, at, cursor):
    app = Listing()
    async with app.run_test(size=(40, 8)):
        app.rows.show(rows(1, 2, 3))
        app.rows.move(1)
        app.rows.show(rows(*shown), at=at)
        assert (app.rows.current.key if app.rows.current else None) == cursor


async def test_a_moving_cursor_paints_two_lines_and_nothing_when_it_stays(monkeypatch):
    app = Listing()
    async with app.run_test(size=(40, 8)) as pilot:
        app.rows.show(rows(1, 2, 3))
        await pilot.pause()
        refreshed: list[tuple[Region, ...]] = []
        monkeypatch.setattr(app.rows, "refresh", lambda *regions, **_: refreshed.append(regions))
        app.rows.move(1)
        assert refreshed == [(Region(0, 0, 40, 1),), (Region(0, 1, 40, 1),)]
        refreshed.clear()
        app.rows.move(9)
        app.rows.move(1)
        app.rows.show(rows(1, 2, 3))
        assert len(refreshed) == 2


async def test_the_first_row_brings_its_heading_into_view():
    app = Listing()
    async with app.run_test(size=(40, 6)):
        app.rows.show([Section("Late", 20), *rows(*range(20))])
        app.rows.go(19)
        assert painted(app.rows)[-1].startswith("▌19d")
        app.rows.go(0)
        assert painted(app.rows)[0].startswith(" Late")


async def test_a_heading_does_not_stand_alone_at_the_foot():
    app = Listing()
    async with app.run_test(size=(40, 6)) as pilot:
        app.rows.show([Section("Late", 4), *rows(*range(4)), Section("Today", 3), *rows(5, 6, 7)])
        await pilot.resize_terminal(40, 7)
        await pilot.pause()
        assert "Today" not in painted(app.rows)[-1]
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert "Today" in painted(app.rows)[-2]
        assert "Company 5" in painted(app.rows)[-1]


async def test_ten_thousand_rows_scroll_to_both_ends_and_show_where_they_are():
    app = Listing()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show(rows(*range(10_000)))
        await pilot.pause()
        assert painted(app.rows)[0].endswith("┃")
        app.rows.go(9_999)
        assert painted(app.rows)[-1].startswith("▌9999d")
        assert painted(app.rows)[-1].endswith("┃")
        app.rows.page(-1)
        assert app.rows.current.key == 9_999 - 9


async def test_the_wheel_scrolls_and_leaves_the_cursor():
    app = Listing()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show(rows(*range(100)))
        await pilot._post_mouse_events([events.MouseScrollDown], Rows)
        await pilot.pause()
        assert "Company 3" in painted(app.rows)[0]
        assert app.rows.current.key == 0


async def test_wide_characters_and_long_texts_stay_in_their_column():
    app = Listing()
    async with app.run_test(size=(40, 8)):
        app.rows.show([Row(1, (Cell("株式会社アクメ"), Cell("x" * 100_000), Cell("end")))])
        assert app.rows.render_line(0).cell_length == 40
        assert painted(app.rows)[0].endswith("…")


async def test_an_empty_list_says_what_it_is_told():
    app = Listing()
    async with app.run_test(size=(40, 8)):
        app.rows.show([], hint=("No closed applications.",))
        assert "No closed applications." in "\n".join(painted(app.rows))
        app.rows.move(1)
        app.rows.page(1)
        app.rows.go(5)
        assert app.rows.current is None


class Page(App[None]):
    """Shows paragraphs."""

    def __init__(self, *paragraphs: Paragraph) -> None:
        super().__init__()
        self.words = Paragraphs(*paragraphs)

    def compose(self):
        yield self.words

    def on_mount(self) -> None:
        self.words.show_inks(inks_of(self.theme_variables))


async def test_texts_hang_from_their_words_in_one_column():
    app = Page(
        Paragraph("one two three four five six seven", lead="in 5 h"),
        Paragraph("why it is so", Tone.MUTED, lead=" "),
        Paragraph(),
        Paragraph("next to\n    it\nas it stands", lead="tomorrow"),
    )
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        lines = [app.words.render_line(y).text.rstrip() for y in range(app.words.size.height)]
        assert lines == [
            "in 5 h    one two three four",
            "          five six seven",
            "          why it is so",
            "",
            "tomorrow  next to",
            "              it",
            "          as it stands",
        ]


async def test_a_page_of_text_is_as_high_as_it_needs_and_follows_the_width():
    app = Page(Paragraph("word " * 100))
    async with app.run_test(size=(50, 30)) as pilot:
        assert app.words.size.height == 10
        await pilot.resize_terminal(25, 30)
        await pilot.pause()
        assert app.words.size.height == 20
        app.words.show(Paragraph("short"))
        await pilot.pause()
        assert app.words.size.height == 1


HEADED = (
    Column(4, most=9, head="When"),
    Column(6, most=30, head="What", lends=True, yields=True),
    Column(4, most=12, head="Who"),
    Column(4, most=6, head="Days", right=True, turn=1),
)


class Headed(Listing):
    """Shows one list whose columns have heads."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(HEADED)


def line(key: int, *texts: str, mark: str = "") -> Row:
    return Row(key, tuple(Cell(text) for text in texts), mark=mark)


async def test_heads_stand_above_and_do_not_scroll_numbers_stand_at_the_right():
    app = Headed()
    async with app.run_test(size=(50, 4)) as pilot:
        app.rows.show([line(n, "today", "call", "Ana", f"{10**n}") for n in range(5)])
        await pilot.pause()
        assert painted(app.rows) == [
            " When   What  Who   Days",
            f"{'▌today  call  Ana      1':49}┃",
            " today  call  Ana     10",
            " today  call  Ana    100",
        ]
        app.rows.edge(1)
        assert painted(app.rows)[0] == " When   What  Who   Days"
        assert painted(app.rows)[3].startswith("▌today  call  Ana  10000")
        app.rows.show([], hint=("Nothing here.",))
        assert painted(app.rows)[:2] == ["", "  Nothing here."], "an empty list has no head"


async def test_a_click_means_the_line_that_is_seen_and_the_head_means_none():
    app = Headed()
    async with app.run_test(size=(50, 4)) as pilot:
        app.rows.show([line(n, "today", "call", "Ana", "") for n in range(9)])
        app.rows.edge(1)
        await pilot.pause()
        await pilot.click(Rows, offset=(5, 1))
        assert app.rows.current.key == 6
        await pilot.click(Rows, offset=(5, 0))
        assert app.rows.current.key == 6


async def test_marks_have_a_place_of_their_own_and_a_long_line_takes_what_is_left_empty():
    app = Headed()
    async with app.run_test(size=(35, 6)) as pilot:
        long, short = (
            line(1, "now", "x" * 20, "Ana", "", mark="▲"),
            line(2, "now", "y", "Bo Li", ""),
        )
        app.rows.show([long, short])
        await pilot.pause()
        first, second = painted(app.rows)[1:3]
        assert first.startswith("▌▲ now   ")
        assert second.startswith("   now   y ")
        assert first.endswith(f"{'x' * 20}  Ana"), "neither is cut"
        assert second.endswith("  Bo Li")


@each_row(
    ("text", "width", "told"),
    [
        ("https://x.example/sre · 2 after it", 40, "https://x.example/sre · 2 after it"),
        ("https://x.example/sre · 2 after it", 22, "https://x.example/sre"),
        ("https://x.example/sre · 2 after it", 21, "https://x.example/sre"),
        ("https://x.example/sre · 2 after it", 20, "https://x.example/s…"),
        ("Main Street 12, 3rd floor · 2 after it", 30, "Main Street 12, 3rd floor"),
        ("Main Street 12, 3rd floor · 2 after it", 24, "Main Street 12"),
        ("日本, 東京 · 1 after it", 10, "日本, 東京"),
        ("", 5, ""),
    ],
)
def test_parts_that_do_not_fit_are_left_out_without_a_mark(text, width, told):
    assert in_parts(text, width) == told
