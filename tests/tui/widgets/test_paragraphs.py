"""Paragraphs: where the keys behind a text stand."""

from pathlib import Path

from textual.app import App

import tui
from tests.tables import each_row
from tui.widgets.paragraphs import Detail, Paragraph, Paragraphs, Spread, _lines
from tui.widgets.rows import Column, Rows

KEYS = (("enter", "Edit"), ("D", "Remove"))
"""Together 20 cells."""


@each_row(
    ("paragraph", "width", "texts"),
    [
        (Paragraph("The deadline", keys=KEYS), 40, ["The deadline"]),
        (Paragraph("The deadline", keys=KEYS), 34, ["The deadline"]),
        (Paragraph("The deadline", keys=KEYS), 33, ["The deadline", ""]),
        (Paragraph(keys=KEYS), 33, [""]),
        (Paragraph("not set", lead="Name", keys=KEYS), 40, ["not set"]),
        (Paragraph("one two three four", keys=KEYS), 12, ["one two", "three four", ""]),
    ],
)
def test_keys_stand_behind_the_text_or_below_it(paragraph, width, texts):
    lines = _lines((paragraph,), width)
    assert [line.text for line in lines] == texts
    assert [bool(line.keys) for line in lines] == [False] * (len(texts) - 1) + [True]


def test_a_text_without_keys_has_none():
    assert [line.keys for line in _lines((Paragraph("A text"), Paragraph()), 40)] == [(), ()]


class Page(App[None]):
    """A list, and all about its line."""

    CSS_PATH = Path(tui.__file__).parent / "styles" / "modals.tcss"

    def compose(self):
        with Spread():
            yield Rows((Column(4),))
            yield Detail()


async def test_a_title_that_the_border_has_no_room_for_is_the_first_line():
    app = Page()
    title = "Vandelay Industries — Senior Software Engineer, Developer Experience"
    async with app.run_test(size=(80, 24)) as pilot:
        detail = app.query_one(Detail)
        detail.tell((Paragraph(title), Paragraph("applied")))
        await pilot.pause()
        why, sides = app.query_one("#why", Paragraphs), app.query_one("#sides")
        assert str(sides.border_title) == title
        assert [p.text for p in why.paragraphs] == ["applied"]
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        await pilot.pause()
        assert not sides.border_title
        assert [p.text for p in why.paragraphs] == [title, "applied"]
        assert why.size.height == 3, "over two lines"


async def test_where_nothing_stands_before_the_second_column_it_takes_its_place():
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Detail).tell([Paragraph("Ana Ruiz")], [Paragraph("Tue 24 Nov")])
        await pilot.pause()
        assert str(app.query_one("#sides").border_title) == "Ana Ruiz"
        assert [p.text for p in app.query_one("#why", Paragraphs).paragraphs] == ["Tue 24 Nov"]
        assert not app.query_one("#more").display
