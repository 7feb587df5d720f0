"""Several cards at one employer make one message a day."""

from datetime import date
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from store.rules.together import together

TODAY = date(2025, 12, 4)


class Listed(NamedTuple):
    id: int
    company: str
    action: str = "inquire"
    due_on: date = TODAY


def ids(*dues: Listed) -> list[list[int]]:
    return [[due.id for due in group] for group in together(dues, TODAY)]


def test_nudges_to_one_employer_are_one_message() -> None:
    assert ids(Listed(1, "Globex"), Listed(2, "Initech"), Listed(3, "Globex")) == [[1, 3], [2]]


def test_employers_are_the_same_whatever_the_capitals_and_spaces() -> None:
    assert ids(Listed(1, "Globex  AG"), Listed(2, " globex ag")) == [[1, 2]]


def test_thank_yous_and_preparations_are_single() -> None:
    assert ids(
        Listed(1, "Globex", "thank"), Listed(2, "Globex", "thank"), Listed(3, "Globex", "prepare")
    ) == [[1], [2], [3]]


def test_every_kind_of_nudge_counts() -> None:
    kinds = ("inquire", "ask_slot", "ask_letter", "ask_counter", "tell_date")
    dues = [Listed(place, "Globex", kind) for place, kind in enumerate(kinds)]
    assert ids(*dues) == [[0, 1, 2, 3, 4]]


def test_what_is_late_goes_with_what_is_due_today() -> None:
    dues = [
        Listed(1, "Globex", due_on=date(2025, 11, 28)),
        Listed(2, "Globex"),
        Listed(3, "Globex", due_on=date(2025, 12, 5)),
        Listed(4, "Globex", due_on=date(2025, 12, 5)),
    ]
    assert ids(*dues) == [[1, 2], [3, 4]]


LISTED = st.builds(
    Listed,
    st.integers(0, 99),
    st.sampled_from(["Globex", "globex", "Initech"]),
    st.sampled_from(["inquire", "ask_slot", "thank"]),
    st.dates(date(2025, 12, 1), date(2025, 12, 7)),
)


@given(st.lists(LISTED, max_size=8, unique_by=lambda due: due.id))
def test_everything_is_in_one_group(dues: list[Listed]) -> None:
    groups = together(dues, TODAY)
    assert sorted(due for group in groups for due in group) == sorted(dues)
    assert [group[0] for group in groups] == sorted((g[0] for g in groups), key=dues.index)
    for group in groups:
        assert len({due.company.casefold() for due in group}) == 1
        assert len(group) == 1 or all(due.action != "thank" for due in group)
