"""People: the words for them, and how names are told apart and put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.people import RELATIONS, check_relation, in_a_line, match, names_in, read_relation
from store.rules.text import Refused
from tests.tables import each_row


@each_row(
    ("names", "expected"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Bo"], "Ana and Bo"),
        (["Ana", "Bo", "Cy"], "Ana, Bo and Cy"),
    ],
)
def test_names_in_a_line(names: list[str], expected: str) -> None:
    assert in_a_line(names) == expected
    assert list(names_in(expected)) == names, "the line can be read back"


@each_row(
    ("limit", "expected"),
    [
        (16, "Ana and 3 more"),
        (18, "Ana, Bo, Cy and Di"),
        (17, "Ana and 3 more"),
        (3, "Ana and 3 more"),
    ],
)
def test_a_line_that_is_too_long_says_how_many_more(limit: int, expected: str) -> None:
    assert in_a_line(["Ana", "Bo", "Cy", "Di"], limit) == expected


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=60), max_size=40))
def test_a_line_fits(names: list[str]) -> None:
    assert len(in_a_line(names)) <= 500


@each_row(
    ("name", "known", "place"),
    [
        ("Ana", ["Bo", "Ana"], 1),
        ("ANA  silva", ["Ana Silva"], 0),
        ("Ana", ["Ana Silva", "Bo"], 0),
        ("Ana", ["Ana Silva", "Ana Costa"], None),
        ("Ana", ["Ana Silva", "Ana"], 1),
        ("Ana Silva", ["Ana"], None),
        ("Silva", ["Ana Silva"], None),
        ("An", ["Ana Silva"], None),
        ("Ana", [], None),
    ],
)
def test_who_is_meant(name: str, known: list[str], place: int | None) -> None:
    assert match(name, known) == place


def test_a_relation_is_one_of_those_there_are() -> None:
    assert [check_relation(relation) for relation in RELATIONS] == list(RELATIONS)
    with pytest.raises(Refused, match=r"Unknown relation “boss”.*recruiter"):
        check_relation("boss")


@each_row(
    ("typed", "relation"),
    [
        ("hiring manager", "manager"),
        ("Hiring-Manager", "manager"),
        ("works_there", "employee"),
        ("RECRUITER", "recruiter"),
    ],
)
def test_a_relation_is_read_by_its_key_or_its_words(typed: str, relation: str) -> None:
    assert read_relation(typed) == relation
    with pytest.raises(Refused):
        read_relation("boss")
