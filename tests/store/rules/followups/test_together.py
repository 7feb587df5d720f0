"""Several cards at one employer make one message a day."""

from datetime import date
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from store.rules.followups.together import together
from tests.tables import each_row

TODAY = date(2025, 12, 4)


class Listed(NamedTuple):
    id: int
    company: str
    action: str = "inquire"
    due_on: date = TODAY
    rule: str = "R1"
    employer: str = ""
    recruiter: str = ""


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


def test_only_questions_of_one_kind_are_one_message() -> None:
    dues = [
        Listed(1, "Globex"),
        Listed(2, "Globex", rule="R8"),
        Listed(3, "Globex", "ask_slot", rule="R4"),
        Listed(4, "Globex", rule="R8"),
        Listed(5, "Globex", "ask_slot", rule="R4"),
        Listed(6, "Globex", "ask_time", rule="R22"),
        Listed(7, "Globex", "ask_time", rule="R22"),
    ]
    assert ids(*dues) == [[1], [2, 4], [3], [5], [6], [7]]


@each_row(
    ("rule", "action"),
    [
        ("R12", "acknowledge"),
        ("R13", "ask_letter"),
        ("R16", "tell_date"),
        ("R17", "ask_counter"),
        ("R18", "decline"),
        ("R18", "kind_word"),
        ("R18", "close_silent"),
        ("R21", "deliver"),
        ("own", "own"),
    ],
)
def test_what_is_about_one_offer_or_promise_merges_with_nothing(rule: str, action: str) -> None:
    assert ids(
        Listed(1, "Globex", action, rule=rule),
        Listed(2, "Globex", action, rule=rule),
        Listed(3, "Globex"),
    ) == [[1], [2], [3]]


def test_withdrawals_at_one_employer_are_one_message() -> None:
    assert ids(
        Listed(1, "Globex", "withdraw", rule="R18"),
        Listed(2, "Initech", "withdraw", rule="R18"),
        Listed(3, "Globex", "withdraw", rule="R18"),
    ) == [[1, 3], [2]]


def test_an_agency_hears_of_its_own_applications_only() -> None:
    assert ids(
        Listed(1, "Globex", recruiter="Ms Kim"),
        Listed(2, "Globex"),
        Listed(3, "Globex", recruiter=" ms  kim"),
        Listed(4, "Globex", recruiter="Mr Lee"),
        Listed(5, "Initech", recruiter="Ms Kim"),
    ) == [[1, 3], [2], [4], [5]]


def test_the_folded_name_of_the_employer_counts() -> None:
    assert ids(
        Listed(1, "Globex GmbH", employer="globex"),
        Listed(2, "GLOBEX", employer="globex"),
        Listed(3, "Globex GmbH", employer="globexresearch"),
    ) == [[1, 2], [3]]


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
        assert len(group) == 1 or all(due.action == "inquire" for due in group)
