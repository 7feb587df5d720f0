"""The line that becomes a point: its kind, its detail, its day, its link; and which kinds first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.points import ANSWERS, KINDS
from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.point import (
    PROMISES,
    PointText,
    echo,
    hint,
    kinds_answering,
    kinds_for,
    moment,
    read_point,
    split_kind,
)
from tests.tables import each_row

TODAY = date(2026, 11, 23)
"""A Monday."""


def point(kind: str, text: str, **more: object) -> PointText:
    return PointText(kind, text, **more)  # type: ignore[arg-type]


@each_row(
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
        ("sensed: too senior", point("concern", "too senior", felt=True)),
        ("raised: too senior", point("concern", "too senior")),
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


@each_row("line", ["", "   ", "news:", "news:   ", "\u200b", "x" * 501])
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


@each_row("word", ["by ", "on ", " -- ", "https://", "news: "])
def test_a_very_long_line_takes_no_time(word: str) -> None:
    with pytest.raises(Refused):
        read_point("my promise: " + word * 20_000, "news", TODAY)


def test_the_kind_in_front_is_told_from_the_text() -> None:
    assert split_kind("They promised : a call") == ("their_promise", False, "a call")
    assert split_kind("salary: 100k") is None
    assert split_kind("") is None


BY_DAY = " “by fri” at its end is the day."
ON_DAY = " “on 12 nov” at its end is the day; a link is kept."


@each_row(
    ("kind", "told"),
    [
        ("news", f"What happened at the company lately. After “ -- ” comes more.{ON_DAY}"),
        ("culture", "What they value, and where you saw it. After “ -- ” comes more."),
        ("concern", "A gap they see in you. After “ -- ” comes the plan."),
        ("asked", "A question they asked. After “ -- ” comes the answer."),
        ("question", "A question to be ready for, or to ask. After “ -- ” comes the answer."),
        ("story", "Situation, task, action, result. After “ -- ” comes the full story."),
        ("my_promise", f"What you said you would do. After “ -- ” comes more.{BY_DAY}"),
        ("their_promise", f"What they said they would do. After “ -- ” comes more.{BY_DAY}"),
        ("component", "Pay, bonus, leave and so on. After “ -- ” comes the amount."),
        ("counter", "What you ask to change, and why. After “ -- ” comes the reason."),
    ],
)
def test_the_hint_tells_what_the_line_takes(kind: str, told: str) -> None:
    assert hint(kind) == told


@each_row("kind", KINDS)
def test_every_kind_has_a_hint_and_is_said_back(kind: str) -> None:
    words = hint(kind)
    assert words[0].isupper()
    assert words.endswith(".")
    day = "\nno date yet" if kind in PROMISES else ""
    assert echo(PointText(kind, "x"), TODAY) == f"{KINDS[kind].title}: x{day}"


@each_row(
    ("read", "said"),
    [
        (point("concern", "x", felt=True), "Concern (sensed): x"),
        (point("asked", "x", felt=True), "Asked (a weak answer): x"),
        (point("question", "x", felt=True), "Question (yours to ask): x"),
        (point("story", "x", felt=True), "Story: x"),
        (point("concern", "x", detail="d"), "Concern: x\nplan: d"),
        (point("topic", "x", detail="d"), "Topic: x\nmore: d"),
        (
            point("news", "x", link="https://a.io", due_on=date(2026, 11, 12)),
            "News: x\nof Thu 12 Nov, 11 days ago · https://a.io",
        ),
        (
            point("my_promise", "x", detail="d", due_on=date(2026, 11, 25)),
            "You promised: x\nmore: d · by Wed 25 Nov, in 2 days",
        ),
    ],
)
def test_a_point_is_said_back_in_full(read: PointText, said: str) -> None:
    assert echo(read, TODAY) == said


@each_row(
    ("line", "text", "detail"),
    [
        ("Read https://a.io/x, then call", "Read, then call", ""),
        ("They grow (see https://a.io/x).", "They grow (see).", ""),
        ("https://a.io/x, a report", "a report", ""),
        ("A  https://a.io/x  B https://a.io/x C", "A B https://a.io/x C", ""),
        ("A https://a.io/x -- b -- c", "A", "b -- c"),
        ("https://a.io/x", "https://a.io/x", ""),
        ("https://a.io/x.", "https://a.io/x", ""),
    ],
)
def test_what_stands_around_a_link(line: str, text: str, detail: str) -> None:
    read, _ = read_point(line, "news", TODAY)
    assert (read.text, read.detail, read.link) == (text, detail, "https://a.io/x")


def test_what_answers_what() -> None:
    assert kinds_answering("concern") == (
        *("research", "networking", "skill", "story", "achievement"),
    )
    assert kinds_answering("question") == ("story", "project", "news")
    assert kinds_answering("requirement") == (
        *("story", "research", "networking", "skill", "achievement"),
    )
    assert kinds_answering("topic") == ()


def test_a_promise_without_a_day_is_told_so() -> None:
    assert "no date yet" in read_point("x", PROMISES[0], TODAY)[1]
    assert "by Fri 27 Nov, in 4 days" in read_point("x by fri", PROMISES[0], TODAY)[1]


@each_row(
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
