"""Paragraphs: where the keys behind a text stand."""

from tests.tables import each_row
from tui.widgets.paragraphs import Paragraph, _lines

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
