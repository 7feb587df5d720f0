"""The debrief as a text: what is written out, what is read back, what is wrong on which line."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import fields
from store.rules.lists import signals
from store.rules.points import DEBRIEFED
from store.rules.text import Refused, clean
from store.rules.typed.debrief import DebriefAnswers, WrongForm, read_form, write_form
from tests.tables import each_row

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
FULL = DebriefAnswers(
    finished=False,
    mood=4,
    wish=5,
    signals=(next(iter(signals())), "gone_since"),
    next_step="talk to the CTO",
    promised_by=date(2026, 12, 4),
    promised_text="next week",
    remarks="They were late.\n\n  # 1 thing\nNext step: not a field here",
    points=(
        ("asked", "why us?", True),
        ("asked", "- your last project", False),
        ("achievement", "the migration: twice as fast", False),
        ("topic", "sailing", False),
        ("concern", "little cloud", False),
        ("concern", "too quiet", True),
        ("my_promise", "send the sample by fri", False),
        ("their_promise", "Ana sends the agenda", False),
    ),
)


def filled(**lines: str) -> str:
    """An empty form with text after the titles that are named (`_` for a space)."""
    form = write_form("Globex")
    for title, text in lines.items():
        name = title.replace("_", " ").strip()
        form = re.sub(rf"(?im)^({name}.*?:).*(?:\n- ?$)?", lambda m, t=text: f"{m[1]} {t}", form)
    return form


def test_what_is_known_is_written_out_and_read_back() -> None:
    form = write_form("Globex — Engineer\nfirst interview", FULL)
    assert form.startswith("# Globex — Engineer first interview\n")
    assert read_form(form, MONDAY) == FULL


def test_an_empty_form_says_nothing() -> None:
    answers = read_form(write_form("Globex"), MONDAY)
    assert answers == DebriefAnswers()
    assert answers.empty
    assert not FULL.empty
    assert read_form("", MONDAY).empty


def test_all_signals_are_offered_and_ticked_with_any_sign() -> None:
    form = write_form("Globex")
    for signal in signals().values():
        assert f"\n[ ] {signal.text}\n" in form
    ticked = form.replace("[ ]", "[X]")
    assert read_form(ticked, MONDAY).signals == tuple(signals())


def line(text: str) -> str:
    """`text` as a field keeps it."""
    try:
        return clean(text, fields.POINT["text"])
    except Refused:
        return ""


words = st.text(max_size=60).map(line)
asked = words.filter(lambda text: text and not text.startswith("!"))


@given(
    points=st.lists(st.tuples(st.sampled_from(DEBRIEFED), asked, st.booleans()), max_size=6),
    step=words,
    remarks=st.text(max_size=200),
    mood=st.none() | st.integers(1, 5),
    finished=st.booleans(),
)
def test_whatever_was_said_comes_back(
    points: list[tuple[str, str, bool]],
    step: str,
    remarks: str,
    mood: int | None,
    finished: bool,
) -> None:
    felt = tuple(
        (kind, text, marked and kind in ("asked", "concern")) for kind, text, marked in points
    )
    answers = DebriefAnswers(
        finished=finished,
        mood=mood,
        next_step=step,
        remarks=clean(remarks, fields.DEBRIEF["remarks"]),
        points=felt,
    )
    read = read_form(write_form("Globex", answers), MONDAY)
    assert sorted(read.points) == sorted(felt)
    tidy = "\n".join(text.rstrip() for text in answers.remarks.split("\n"))
    assert read == answers._replace(points=read.points, remarks=tidy)


@each_row(
    ("typed", "day", "said"),
    [
        ("next week", date(2026, 12, 4), "next week"),
        ("by fri", date(2026, 11, 27), "by fri"),
        ("2026-12-03", date(2026, 12, 3), ""),
        ("2026-11-21", date(2026, 11, 21), ""),
        ("yesterday", date(2026, 11, 22), "yesterday"),
        ("2026-11-20", FRIDAY, ""),
        ("last fri", FRIDAY, "last fri"),
    ],
)
def test_by_when_they_decide(typed: str, day: date, said: str) -> None:
    answers = read_form(filled(They_decide_by=typed), MONDAY, FRIDAY)
    assert (answers.promised_by, answers.promised_text) == (day, said)
    both = filled(They_decide_by=typed, In_their_words="“soon”")
    assert read_form(both, MONDAY, FRIDAY).promised_text == "“soon”"


def test_a_form_that_says_nothing_of_it_is_finished() -> None:
    assert read_form("Next step: a call: with Ana\n", MONDAY) == DebriefAnswers(
        finished=True, next_step="a call: with Ana"
    )


@each_row(
    ("form", "points"),
    [
        ("They asked:\nwhy us?\n* what else?\n", [("why us?", False), ("what else?", False)]),
        ("They asked:\n!weak\n- !! weaker\n", [("weak", True), ("weaker", True)]),
        ("They asked:\n- a long one\n  that goes on\n", [("a long one that goes on", False)]),
        ("they  ASKED :\n- x\n\n# not this\n-\n", [("x", False)]),
    ],
)
def test_how_lines_may_be_written(form: str, points: list[tuple[str, bool]]) -> None:
    assert read_form(form, MONDAY).points == tuple(("asked", *point) for point in points)


@each_row(
    ("form", "problem"),
    [
        ("\nhello\n", "Line 2: “hello” is not below a title"),
        ("They decide by: someday\n", "Line 1: “someday” could not be read"),
        ("They decide by: 2026-11-01\n", "Line 1: That is before the interview"),
        ("Gut feeling: 7\n", "Line 1: “7” is not a whole number from 1 to 5"),
        ("Wish to go on (1 to 5): high\n", "Line 1: “high” is not a whole number"),
        ("Finished: maybe\n", "Line 1: “maybe” is not a valid answer"),
        ("Next step: a\nNext step: b\n", "Line 2: “Next step” is there twice"),
        ("Signals:\n[x] They flew away\n", "Line 2: There is no signal “They flew away”"),
        ("Signals:\nall of them\n", "Line 2: “all of them” is not a signal"),
        (f"Topics:\nWarmed to:\n- {'x' * 501}\n", "Line 3: The line has 501 characters"),
        (f"Next step: {'x' * 501}\n", "Line 1: Next step has 501 characters"),
        (f"Remarks:\n{'x' * 20_001}\n", "Line 1: Notes has 20,001 characters"),
        ("x" * 200_001, "200,001 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_line(form: str, problem: str) -> None:
    with pytest.raises(WrongForm) as wrong:
        read_form(form, MONDAY, FRIDAY)
    assert any(told.startswith(problem) or problem in told for told in wrong.value.problems)


def test_all_problems_are_told_at_once_in_their_order() -> None:
    form = "Gut feeling: 9\nThey asked:\n- x\nFinished: perhaps\nNext step: a\n- b\n"
    with pytest.raises(WrongForm) as wrong:
        read_form(form, MONDAY)
    assert [told.split(":")[0] for told in wrong.value.problems] == ["Line 1", "Line 4", "Line 6"]


@given(st.text() | st.lists(st.sampled_from(write_form("x", FULL).split("\n"))).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_form(text, MONDAY)
    except WrongForm as wrong:
        told = wrong.problems
    else:
        told = ("Line",)
    assert all("Line" in sentence or "characters" in sentence for sentence in told)


@each_row(
    ("title", "felt"),
    [
        ("Concerns they raised", False),
        ("Concerns you sensed", True),
        ("Doubts voiced", False),
        ("Doubts they voiced", False),
        ("Doubts felt", True),
        ("Doubts you felt", True),
    ],
)
def test_the_titles_of_other_editions_are_read(title: str, felt: bool) -> None:
    assert read_form(f"{title}:\nno Go\n", MONDAY).points == (("concern", "no Go", felt),)


def test_a_form_in_the_words_of_an_earlier_version_is_read() -> None:
    form = (
        "They asked:\n- why us?\n\nWent down well:\n- the migration\n\nWarmed to:\n- Kafka\n\n"
        "Doubts voiced:\n- no Go\n\nDoubts felt:\n- my age\n\nSignals:\n"
        "[x] They named the next steps, with people or dates\n\n"
        "Wish to go on (1 to 5): 4\nFinished: yes\n\nRemarks:\nall well\n"
    )
    read = read_form(form, MONDAY)
    assert [(kind, text, felt) for kind, text, felt in read.points] == [
        ("asked", "why us?", False),
        ("achievement", "the migration", False),
        ("topic", "Kafka", False),
        ("concern", "no Go", False),
        ("concern", "my age", True),
    ]
    assert read.signals == ("next_steps",)
    assert (read.wish, read.remarks, read.finished) == (4, "all well", True)
