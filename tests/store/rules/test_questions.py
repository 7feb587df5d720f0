"""The questions of a second interview."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import fields
from store.rules.lists import LONGEST, PrepQuestion, questions, read_questions

GROUPS = [
    ("Fit and motivation", 4),
    ("Performance", 5),
    ("Working with others", 3),
    ("Depth", 4),
    ("Closing", 4),
    ("Questions to ask", 6),
]


def test_all_groups_in_order() -> None:
    found = [
        (group, len(list(them))) for group, them in groupby(questions("x", "y"), lambda q: q[0])
    ]
    assert found == GROUPS


def test_those_to_ask_are_mine() -> None:
    assert all(question.mine == (question.group == "Questions to ask") for question in questions())
    assert all(question.text.endswith("?") for question in questions() if question.mine)


@pytest.mark.parametrize(
    ("topic", "concern", "present", "absent"),
    [
        ("", "", (), ("Last time we", "We had a concern")),
        (
            "Kafka",
            "",
            ("Last time we talked about Kafka: can you go into detail?",),
            ("We had a concern",),
        ),
        (
            "",
            "no Kubernetes.",
            ("We had a concern last time (no Kubernetes): what can you show us?",),
            ("Last time we",),
        ),
        (
            "a {concern}",
            "b",
            ("Last time we talked about a {concern}: can you go into detail?",),
            (),
        ),
        (" \n ", "", (), ("Last time we",)),
    ],
)
def test_slots(topic: str, concern: str, present: tuple[str, ...], absent: tuple[str, ...]) -> None:
    texts = [question.text for question in questions(topic, concern)]
    assert set(present) <= set(texts)
    assert not [text for text in texts for start in absent if text.startswith(start)]


@given(st.text(), st.text())
def test_each_can_be_kept_as_a_line(topic: str, concern: str) -> None:
    for question in questions(topic, concern):
        assert len(question.text) <= fields.POINT["text"].limit
        assert "\n" not in question.text


def test_the_earlier_wording_is_filled_in_the_same_way() -> None:
    was = {question.was for question in questions("Kafka", "no Go")}
    assert {
        "Back to Kafka: go into detail.",
        "We were not sure about no Go: what can you show us?",
    } <= was
    texts = {question.text for question in questions("Kafka", "no Go")}
    assert not texts & was


def test_an_earlier_wording_with_other_slots_is_told() -> None:
    with pytest.raises(ValueError, match="its earlier wording has other slots"):
        read_questions('[[question]]\ngroup = "x"\ntext = "Why?"\nwas = "Why {topic}?"\n')


def test_an_unknown_slot_is_told() -> None:
    with pytest.raises(ValueError, match="there is no slot “name”"):
        read_questions('[[question]]\ngroup = "x"\ntext = "Who is {name}?"\n')


def test_all_that_an_entry_can_have_is_read() -> None:
    toml = (
        '[[question]]\ngroup = "Fit"\ntext = "Why {topic}?"\n'
        '[[question]]\ngroup = "Yours"\ntext = "When?"\nmine = true\n'
    )
    assert read_questions(toml) == (
        PrepQuestion("Fit", "Why {topic}?", False),
        PrepQuestion("Yours", "When?", True),
    )


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("question = 3", "questions.toml: it has no [[question]]"),
        (
            '[[question]]\ngroup = "x"\ntext = "Who is {name}?"\n',
            "questions.toml, question Who is {name}?: "
            "there is no slot “name”; known are topic, concern",
        ),
        ('[[question]]\ntext = "Who?"\n', "questions.toml, question Who?: it has no group"),
        ('[[question]]\ngroup = "x"\n', "questions.toml, question number 1: it has no text"),
    ],
)
def test_a_broken_list_names_the_entry(toml: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        read_questions(toml)
    assert str(error.value) == sentence


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST, LONGEST + 1, 5_000])
def test_a_long_topic_is_cut(length: int) -> None:
    (text,) = {q.text for q in questions("x" * length)} - {q.text for q in questions()}
    shown = "x" * length if length <= LONGEST else f"{'x' * (LONGEST - 1)}…"
    assert text == f"Last time we talked about {shown}: can you go into detail?"


def test_nothing_is_cut_into_a_space() -> None:
    topic = f"{'x' * (LONGEST - 2)} yyyy"
    texts = [q.text for q in questions(topic)]
    assert f"Last time we talked about {'x' * (LONGEST - 2)}…: can you go into detail?" in texts
