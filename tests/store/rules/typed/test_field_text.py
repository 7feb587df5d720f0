"""Fields as a text: what is written is read back to the letter, and nothing is lost silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.fields import APPLICATION
from store.rules.text import clean
from store.rules.typed.debrief import WrongForm
from store.rules.typed.field_text import (
    LONGEST_TEXT,
    FieldTyped,
    TextField,
    read_fields,
    write_fields,
)
from tests.tables import each_row

FIELDS = (
    TextField("salary", "Salary", "80k"),
    TextField("source", "Source", ""),
    TextField("why_role", "Why this role", "Rust\n\n# not a comment\nSalary: none", True),
    TextField("why_company", "Why this company", "", True),
)
TEXT = """\
# Globex — SRE
# Change what you like, save and close. A field that you empty is cleared; a line that you
# delete leaves its field as it is. Lines that start with # are ignored.
# A hint.

Salary: 80k
Source:

# Everything below a line with === is kept as it is.

=== Why this role ===
Rust

# not a comment
Salary: none

=== Why this company ===
"""


def test_the_text_to_the_letter() -> None:
    assert write_fields("Globex  —\nSRE", ["A hint."], FIELDS) == TEXT
    assert read_fields(TEXT, FIELDS) == {
        "salary": FieldTyped(6, "80k"),
        "source": FieldTyped(7, ""),
        "why_role": FieldTyped(11, FIELDS[2].text),
        "why_company": FieldTyped(17, ""),
    }


def test_a_line_that_is_gone_leaves_its_field_out_and_order_does_not_matter() -> None:
    read = read_fields("=== why this company ===\nfun\n===Why this role===\nx", FIELDS)
    assert {name: one.text for name, one in read.items()} == {"why_company": "fun", "why_role": "x"}
    read = read_fields("source:  a  friend: Bo \nSALARY:90k", FIELDS)
    assert {name: one.text for name, one in read.items()} == {
        "source": "a  friend: Bo",
        "salary": "90k",
    }


@each_row(
    ("text", "problems"),
    [
        ("Salery: 1", ["Line 1: There is no field “Salery”. Did you mean “Salary”?"]),
        (
            "Salary: 1\nand a bonus",
            [
                "Line 2: “and a bonus” is not the value of a field. "
                "Begin each line with the name of a field and a colon: “Salary: …”."
            ],
        ),
        ("Salary: 1\nSalary: 2", ["Line 2: “Salary” is there twice. Keep one."]),
        ("x" * (LONGEST_TEXT + 1), ["The text has 300,001 characters; 300,000 fit."]),
    ],
)
def test_what_cannot_be_read_is_told_by_line(text: str, problems: list[str]) -> None:
    with pytest.raises(WrongForm) as wrong:
        read_fields(text, FIELDS)
    assert list(wrong.value.problems) == problems


def test_an_area_that_is_there_twice_is_told_once() -> None:
    with pytest.raises(WrongForm, match="“Why this role” is there twice"):
        read_fields("=== Why this role ===\na\n=== Why this role ===\nb", FIELDS)


LINE = st.text(max_size=60)
AREA = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["=== Why this role ===", "\\=== Why this role ===", "Salary: 1", "# x"]),
    ),
    max_size=6,
).map("\n".join)


@given(st.tuples(LINE, LINE, AREA, AREA))
def test_whatever_is_stored_comes_back_unchanged(texts: tuple[str, str, str, str]) -> None:
    fields = tuple(
        one._replace(text=clean(text, APPLICATION[one.name]))
        for one, text in zip(FIELDS, texts, strict=True)
    )
    read = read_fields(write_fields("x", (), fields), fields)
    assert {name: one.text for name, one in read.items()} == {one.name: one.text for one in fields}
