"""The figures in sentences: as honest with two cases as with two thousand."""

import re

from hypothesis import given
from hypothesis import strategies as st

from store.rules.chances.chances import Funnel, FunnelStep, TimeInStage, funnel
from store.rules.chances.figures import published_figures, typical
from store.rules.chances.words import (
    DECIDES,
    card_line,
    counts,
    details,
    figure_line,
    missing_line,
    percent,
    rate_words,
    step_line,
    time_line,
)
from store.rules.stages import ORDER, Stage
from tests.tables import each_row


def step(
    stage: Stage, passed: int, ended: int, undecided: int = 0, withdrawn: int = 0
) -> FunnelStep:
    return FunnelStep(stage, (1,) * passed, (2,) * ended, (3,) * undecided, (4,) * withdrawn)


def time(stage: Stage, answered: int, waiting: int, **quartiles: int) -> TimeInStage:
    return TimeInStage(stage, (1,) * answered, (2,) * waiting, **quartiles)


@each_row(
    ("share", "words"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (4 / 11, "36 %"),
        (0.01, "1 %"),
        (0.99, "99 %"),
        (1 / 300, "0.3 %"),
        (299 / 300, "99.7 %"),
        (1 / 5_000, "<0.1 %"),
        (4_999 / 5_000, ">99.9 %"),
    ],
)
def test_percent(share: float, words: str) -> None:
    assert percent(share) == words


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_none_and_all_are_said_only_of_none_and_all(share: float) -> None:
    assert percent(share) not in ("0 %", "100 %", "0.0 %", "100.0 %")


@each_row(
    ("found", "line"),
    [
        (
            step(Stage.APPLIED, 5, 3, 24),
            "to a first interview: 5 of your 32, 24 open · typical 3–8 % (cold)",
        ),
        (step(Stage.SECOND, 4, 7), "to an offer: 4 of your 11 · typical 25–50 %"),
        (step(Stage.SECOND, 4, 7, 3, 9), "to an offer: 4 of your 14, 3 open · typical 25–50 %"),
        (step(Stage.SECOND, 1, 1), "to an offer: 1 of your 2 · typical 25–50 %"),
        (step(Stage.SECOND, 0, 0, 4), "to an offer: none decided yet, 4 open · typical 25–50 %"),
        (step(Stage.SECOND, 0, 0, 0, 2), "to an offer: none decided yet · typical 25–50 %"),
        (step(Stage.SECOND, 0, 20), "to an offer: 0 of your 20 · typical 25–50 %"),
        (
            step(Stage.APPLIED, 60, 1_140),
            "to a first interview: 60 of your 1,200 · typical 3–8 % (cold)",
        ),
        (step(Stage.FIRST, 5, 0), "to a second interview: 5 of your 5 · typical 25–35 %"),
        (step(Stage.OFFER, 2, 2), "to an accepted offer: 2 of your 4 · typical 65–90 %"),
    ],
)
def test_the_line_of_a_card(found: FunnelStep, line: str) -> None:
    assert card_line(found) == line


@given(st.sampled_from(ORDER), st.integers(0, 4), st.integers(0, 4), st.integers(0, 9))
def test_few_cases_show_counts_and_no_rate(stage: Stage, k: int, rest: int, open_: int) -> None:
    found = step(stage, k, rest, open_)
    for line in (card_line(found), step_line(found)):
        own = line.partition(" · typical")[0]
        assert ("%" in own) == (k + rest >= 5 and line == step_line(found))
        whose = "your " if line == card_line(found) else ""
        assert (f"{k} of {whose}{k + rest + open_}" in own) == (k + rest > 0)


@given(
    st.sampled_from(ORDER), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40),
    st.integers(0, 40),
)  # fmt: skip
def test_what_is_open_is_said_wherever_a_rate_is(
    stage: Stage, k: int, rest: int, open_: int, withdrawn: int
) -> None:
    found = step(stage, k, rest, open_, withdrawn)
    for line in (card_line(found), step_line(found), details(found)[0], counts(found)):
        assert (f"{open_} open" in line) == (open_ > 0)
        assert (" so far" in line or line == card_line(found)) >= (open_ > 0 and k + rest > 0)
        if found.rate and open_ and line not in (counts(found), card_line(found)):
            assert f"({percent(k / (k + rest + open_))}, " in line


@each_row("stage", ORDER)
def test_the_caption_says_what_decides_and_promises_nothing(stage: Stage) -> None:
    words = f"{typical(stage).caption} {DECIDES}"
    for part in ("your performance", "the fit", "what they need", "when", "No figure", "promise"):
        assert part in words
    assert "%" not in words
    assert not re.search(r"guarantee|likely|your chance is", words)


def test_the_caption_of_the_second_interview_is_the_good_news() -> None:
    assert typical(Stage.SECOND).caption.startswith(
        "A second interview clearly improves your chances"
    )


@each_row(
    ("found", "words"),
    [
        (step(Stage.APPLIED, 5, 3, 24), "16 %, 7–32 %"),
        (step(Stage.APPLIED, 4, 7), "36 %, 15–65 %"),
        (step(Stage.APPLIED, 1, 3, 99), ""),
    ],
)
def test_a_rate_has_the_bounds_of_the_same_cases(found: FunnelStep, words: str) -> None:
    assert rate_words(found) == words


@each_row(
    ("found", "line"),
    [
        (
            step(Stage.SECOND, 4, 7, 3),
            "to an offer: 4 of 14 so far, 3 open (29 %, 12–55 %)",
        ),
        (
            step(Stage.APPLIED, 5, 3, 24, 2),
            "to a first interview: 5 of 32 so far, 24 open (16 %, 7–32 %), 2 withdrawn",
        ),
        (step(Stage.OFFER, 0, 0, 2), "to an accepted offer: none decided, 2 open"),
        (step(Stage.FIRST, 0, 0, 0, 1), "to a second interview: none decided, 1 withdrawn"),
        (
            step(Stage.FIRST, 1, 2, 1),
            "to a second interview: 1 of 4 so far, 1 open, not enough data yet",
        ),
        (step(Stage.FIRST, 1, 2), "to a second interview: 1 of 3, not enough data yet"),
        (step(Stage.APPLIED, 3, 997), "to a first interview: 3 of 1,000 (0.3 %, 0.1–0.9 %)"),
    ],
)
def test_the_line_of_a_step(found: FunnelStep, line: str) -> None:
    assert step_line(found) == line


@each_row(
    ("found", "line"),
    [
        (
            time(Stage.FIRST, 9, 3, quarter=4, half=9, three_quarters=21),
            "first interview: half were answered within 9 days, a quarter within 4 days, "
            "three quarters within 21 days",
        ),
        (
            time(Stage.OFFER, 9, 3, quarter=0, half=1),
            "offer: half were decided within 1 day, a quarter the same day",
        ),
        (
            time(Stage.APPLIED, 3, 9, quarter=12, longest=1_400),
            "application: a quarter within 12 days, fewer than half were answered so far; "
            "the longest wait is 1,400 days",
        ),
        (
            time(Stage.APPLIED, 0, 9, longest=40),
            "application: fewer than half were answered so far; the longest wait is 40 days",
        ),
        (time(Stage.SECOND, 5, 0, half=3), "second interview: half were answered within 3 days"),
        (
            time(Stage.SECOND, 1, 2),
            "second interview: 1 of 3 answered, not enough data for a typical time",
        ),
        (time(Stage.SECOND, 0, 0), "second interview: none here whose days are known"),
    ],
)
def test_the_line_of_a_time(found: TimeInStage, line: str) -> None:
    assert time_line(found) == line


def test_what_is_missing() -> None:
    def of(*steps: FunnelStep) -> Funnel:
        return Funnel(None, (1,), steps, ())

    assert missing_line(funnel([])) == "No applications to count yet."
    assert missing_line(of(step(Stage.APPLIED, 1, 2, 9), step(Stage.FIRST, 0, 1))) == (
        "No rates yet: a stage needs 5 applications that advanced or ended there, "
        "and at most 3 have so far."
    )
    assert missing_line(of(step(Stage.APPLIED, 1, 4), step(Stage.FIRST, 0, 1))) == ""


@each_row("stage", ORDER)
def test_the_details_name_interval_range_year_quality_and_source(stage: Stage) -> None:
    own, typical_line, *figures = details(step(stage, 4, 7, 3))
    assert "4 of 14 so far, 3 open (29 %, 12–55 %)." in own
    assert "The bounds are a 95 % Wilson interval. Open applications count as not" in own
    assert "not advanced yet" not in details(step(stage, 4, 7))[0]
    assert re.match(r"Typical: about .*\d{4}.*\)\. Quality [A-D]: ", typical_line)
    assert figures
    for line in figures:
        assert re.search(r", quality [A-D]\..* Source: .+\.$", line)
    assert "Wilson" not in details(step(stage, 1, 1))[0]


def test_a_figure_in_full() -> None:
    lines = {figure.id: figure_line(figure) for figure in published_figures().figures}
    assert lines["offer-2017"] == (
        "On-site interviews that lead to an offer: 1.5 offers per 4.7 on-site interviews, 32 %. "
        "From Lever, 2017, quality B. The percentage is our own calculation. "
        "Source: globenewswire.com, March 2017."
    )
    assert "year not shown" in lines["second-estimate"]
    assert "It counts people, not applications." in lines["silence-2021"]
    assert not any(".." in line for line in lines.values())


@given(st.integers(5, 3_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bounds_shown_do_not_contradict_the_rate(counted: tuple[int, int]) -> None:
    passed, tried = counted
    words = rate_words(step(Stage.FIRST, passed, tried - passed))
    share, low, high = (
        float(number.strip("<>")) for number in re.findall(r"[<>]?\d+(?:\.\d)?", words)
    )
    assert low <= share <= high
