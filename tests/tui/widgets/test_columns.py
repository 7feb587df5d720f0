"""Columns that are as wide as their words, and which of them give way."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import each_row
from tui.pages.today_text import COLUMNS
from tui.widgets.columns import GAP, Column, fit_columns, lend, measure

DUE = (10, 48, 19, 25, 70)
"""What the due list of the sample needs: countdown, what to do, company, role, reason."""


@each_row(
    ("width", "sizes"),
    [
        (190, (10, 48, 19, 25, 70)),
        (170, (10, 48, 19, 25, 60)),
        (154, (10, 48, 19, 25, 44)),
        (113, (10, 46, 19, 0, 32)),
        (90, (10, 48, 19, 0, 0)),
        (73, (10, 40, 19, 0, 0)),
        (66, (10, 40, 12, 0, 0)),
    ],
)
def test_the_role_gives_way_then_the_reason_then_the_company(width, sizes):
    assert fit_columns(COLUMNS, DUE, width) == sizes


LENDING = tuple(column._replace(lends=column.yields) for column in COLUMNS)
"""The same where a long line may take room from the columns after it."""


def test_a_long_line_stays_whole_at_the_cost_of_what_follows_in_its_row_alone():
    sizes = (10, 44, 15, 0, 0)
    texts = ("today", "x" * 47, "Massive Dynamic", "Engineer", "why")
    assert lend(LENDING, sizes, texts) == (10, 47, 12, 0, 0)
    assert lend(LENDING, sizes, ("today", "x" * 40, *texts[2:])) == sizes
    assert lend(LENDING, sizes, ("today", "x" * 90, *texts[2:])) == (10, 51, 8, 0, 0)


def test_cells_that_no_column_has_are_taken_first():
    texts = ("today", "x" * 47, "Massive Dynamic", "Engineer", "why")
    assert lend(LENDING, (10, 44, 15, 0, 0), texts, 2) == (10, 47, 14, 0, 0)


def test_what_is_due_stays_in_its_column():
    """Companies and reasons begin at one place, however long a line is."""
    for width in (66, 73, 90, 113, 154):
        sizes = fit_columns(COLUMNS, DUE, width)
        assert lend(COLUMNS, sizes, ("today", "x" * 90, "Massive Dynamic", "", "")) == sizes


def test_a_line_without_anything_behind_it_has_the_gap_too():
    columns = (Column(1, most=1), Column(20, most=110, lends=True), Column(8, most=16))
    texts = ("", "x" * 72, "")
    assert lend(columns, (1, 60, 10), texts) == (1, 72, 0)
    assert lend(columns, (1, 60, 10), ("", "x" * 71, "")) == (1, 71, 0)
    assert lend(columns, (1, 60, 10), ("", "x" * 70, "")) == (1, 70, 0)


def test_one_long_line_takes_what_its_neighbour_leaves_empty_and_the_rest_stays_in_line():
    sizes = (10, 48, 19, 0, 30)
    texts = ("Wed 25 Nov", "x" * 52, "Umbrella", "Platform Lead", "why")
    assert lend(LENDING, sizes, texts) == (10, 52, 15, 0, 30)


def test_a_column_without_words_is_left_out_with_its_head():
    columns = (Column(4, most=9, head="When"), Column(4, most=9, head="Who"))
    assert measure(columns, [("today", ""), ("in 3 d", "")]) == (6, 0)
    assert measure(columns, [("x", "y")]) == (4, 3)
    assert measure(columns, []) == (0, 0)


def test_words_are_measured_in_cells_up_to_the_most():
    assert measure((Column(1, most=30),), [("株式会社アクメ",)]) == (14,)
    assert measure((Column(1, most=5),), [("x" * 1_000_000,)]) == (5,)


@given(
    st.integers(0, 300),
    st.tuples(*(st.integers(0, column.most + column.more) for column in COLUMNS)),
)
def test_no_column_is_wider_than_its_words_nor_all_of_them_than_the_list(width, needs):
    sizes = fit_columns(COLUMNS, needs, width)
    assert all(0 <= size <= need for size, need in zip(sizes, needs, strict=True))
    least = sum(min(c.least, n) + GAP for c, n in zip(COLUMNS, needs, strict=True) if not c.turn)
    if width >= least:
        assert sum(sizes) + GAP * max(0, sum(map(bool, sizes)) - 1) <= width


def test_behind_a_bar_a_long_company_does_not_take_the_room_of_all_roles():
    from tui.pages.chances import COLUMNS as BEHIND

    sizes = fit_columns(BEHIND, (11, 32, 45, 10), 75)
    assert sizes == (11, 20, 28, 10)
    assert fit_columns(BEHIND, (11, 18, 25, 10), 75) == (11, 18, 25, 10)
