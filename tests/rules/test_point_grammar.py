"""The line that becomes a point: its kind, its detail, its day, its link; and which kinds first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.point_line import (
    PROMISES,
    PointText,
    echo,
    hint,
    kind_named,
    kinds_answering,
    kinds_for,
    moment,
    read_point,
)
from store.rules.points import ANSWERS, KINDS
from store.rules.refusal import Refused
from store.rules.stages import Stage

TODAY = date(2026, 11, 23)
"""A Monday."""


def point(kind: str, text: str, **more: object) -> PointText:
    return PointText(kind, text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("little cloud experience", point("concern", "little cloud experience")),
        ("no team led -- the rota", point("concern", "no team led", detail="the rota")),
        ("no team led — the rota", point("concern", "no team led", detail="the rota")),
        ("on-call, 24-7", point("concern", "on-call, 24-7")),
        ("News: they grow", point("news", "they grow")),
        ("their promise: a call", point("their_promise", "a call")),
        ("COUNTER-PROPOSAL: 5k -- market", point("counter", "5k", detail="market")),
        ("weak: estimate the cost", point("asked", "estimate the cost", felt=True)),
        ("ask: how do you decide?", point("question", "how do you decide?", felt=True)),
        ("felt: too senior", point("concern", "too senior", felt=True)),
        ("note: this is no kind", point("concern", "note: this is no kind")),
        (
            "news: buys Hammer on 12 nov https://n.example/1.",
            point("news", "buys Hammer", due_on=date(2026, 11, 12), link="https://n.example/1"),
        ),
        ("news: grew by 10 %, report on tour", point("news", "grew by 10 %, report on tour")),
        (
            "you promised: send the talk by fri",
            point("my_promise", "send the talk", due_on=date(2026, 11, 27)),
        ),
        (
            "you promised: stand by them by next week -- all three",
            point("my_promise", "stand by them", detail="all three", due_on=date(2026, 12, 4)),
        ),
        (
            "they promised: an answer -- in writing by 3 dec",
            point("their_promise", "an answer", detail="in writing", due_on=date(2026, 12, 3)),
        ),
        ("they promised: a letter by hand", point("their_promise", "a letter by hand")),
        ("seen by fri", point("concern", "seen by fri")),
        (
            "https://n.example/1",
            point("concern", "https://n.example/1", link="https://n.example/1"),
        ),
        ("javascript:alert(1)", point("concern", "javascript:alert(1)")),
    ],
)
def test_a_line_is_read(line: str, read: PointText) -> None:
    assert read_point(line, "concern", TODAY)[0] == read


@pytest.mark.parametrize("line", ["", "   ", "news:", "news:   ", "\u200b", "x" * 501])
def test_a_line_that_says_nothing_or_too_much_is_refused_in_a_sentence(line: str) -> None:
    with pytest.raises(Refused) as refused:
        read_point(line, "concern", TODAY)
    assert str(refused.value).endswith(".")


def test_a_kind_that_may_not_be_is_refused_with_those_that_may() -> None:
    with pytest.raises(Refused, match=r"News does not fit here. What does: research, skill\."):
        read_point("news: x", "research", TODAY, kinds=("research", "skill"))


@given(st.text(max_size=400), st.sampled_from(list(KINDS)))
def test_whatever_is_typed_is_read_or_refused(line: str, kind: str) -> None:
    try:
        read, words = read_point(line, kind, TODAY)
    except Refused:
        return
    assert read.text
    assert read.kind in KINDS
    assert words.startswith(KINDS[read.kind].title)


@pytest.mark.parametrize("word", ["by ", "on ", " -- ", "https://", "news: "])
def test_a_very_long_line_takes_no_time(word: str) -> None:
    with pytest.raises(Refused):
        read_point("my promise: " + word * 20_000, "news", TODAY)


def test_the_kind_in_front_is_told_from_the_text() -> None:
    assert kind_named("They promised : a call") == ("their_promise", False, "a call")
    assert kind_named("salary: 100k") is None
    assert kind_named("") is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_hint_and_is_said_back(kind: str) -> None:
    assert hint(kind).endswith(".")
    assert echo(PointText(kind, "x"), TODAY).startswith(f"{KINDS[kind].title}: x")


def test_a_promise_without_a_day_is_told_so() -> None:
    assert "no day yet" in read_point("x", PROMISES[0], TODAY)[1]
    assert "by Fri 27 Nov, in 4 days" in read_point("x by fri", PROMISES[0], TODAY)[1]


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"stage": Stage.APPLIED}, "requirement"),
        ({"stage": Stage.FIRST}, "requirement"),
        ({"stage": Stage.FIRST, "ahead": True, "met": True}, "requirement"),
        ({"stage": Stage.FIRST, "ahead": True, "again": True}, "concern"),
        ({"stage": Stage.SECOND, "ahead": True}, "concern"),
        ({"stage": Stage.SECOND, "met": True}, "concern"),
        ({"stage": Stage.OFFER, "ahead": True}, "component"),
        ({"stage": Stage.OFFER, "over": True}, "concern"),
    ],
)
def test_the_most_sensible_kind_comes_first(facts: dict[str, object], first: str) -> None:
    when = moment(**facts)  # type: ignore[arg-type]
    kinds = kinds_for(when)
    assert kinds[0] == first
    assert sorted(kinds) == sorted(KINDS)


def test_before_and_after_a_second_interview_the_order_is_another() -> None:
    before = kinds_for(moment(Stage.SECOND, ahead=True, met=True))
    after = kinds_for(moment(Stage.SECOND, met=True))
    assert before[:3] == ("concern", "news", "question")
    assert after[:4] == ("concern", "topic", "achievement", "asked")


def test_the_kind_used_last_comes_first_where_it_is_likely() -> None:
    assert kinds_for("second", "story")[0] == "story"
    assert kinds_for("second", "component")[0] == "concern"
    assert sorted(kinds_for("second", "story")) == sorted(KINDS)


def test_what_may_answer_is_what_the_store_takes() -> None:
    for kind in KINDS:
        assert set(kinds_answering(kind)) == {k for k, to in ANSWERS.items() if kind in to}
    assert kinds_answering("concern")[0] == "research"
    assert kinds_answering("requirement")[0] == "story"
