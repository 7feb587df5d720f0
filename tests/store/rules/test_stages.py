"""What may follow what, the rounds of a process, and what is said when all is over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store.rules.stages import (
    INTERVIEW_STAGES,
    OFFER_OUTCOMES,
    ORDER,
    AllClosed,
    Had,
    Outcome,
    Round,
    Stage,
    all_closed_line,
    check_close,
    check_day,
    check_move,
    comes_after_first,
    neighbour,
    next_number,
    outcomes_from,
    read_outcome,
    read_round,
    read_stage,
    round_words,
    step_day,
)
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 23)
SINCE = date(2026, 11, 9)


def test_the_four_stages_stand_in_their_order():
    assert [stage.value for stage in ORDER] == ["applied", "first", "second", "offer"]
    assert [stage.place for stage in ORDER] == [0, 1, 2, 3]
    assert [stage.title for stage in ORDER] == ["Applied", "First", "Second", "Offer"]
    assert INTERVIEW_STAGES == (Stage.FIRST, Stage.SECOND)


def test_silence_is_an_outcome_of_its_own():
    assert {outcome.value for outcome in Outcome} == {
        "accepted",
        "declined",
        "rejected",
        "withdrawn",
        "no-response",
        "cancelled",
    }
    assert Outcome.NO_RESPONSE.title == "no response"


@each_row(
    ("text", "stage"),
    [("applied", Stage.APPLIED), (" FIRST ", Stage.FIRST), ("Offer\n", Stage.OFFER)],
)
def test_a_stage_is_read_in_any_case(text, stage):
    assert read_stage(text) is stage


@each_row(
    "text",
    [
        "no-response",
        "no response",
        "no_response",
        " No  Response ",
        "NO - RESPONSE",
        "no_ response",
    ],
)
def test_an_outcome_is_read_with_spaces_too(text):
    assert read_outcome(text) is Outcome.NO_RESPONSE


@each_row("read", [read_stage, read_outcome])
@each_row(
    "text", ["", "third", "applied offer", "\x1b]52;c;eA==\x07", "\ud800", "x" * 100_000, "\x00"]
)
def test_an_unknown_name_is_refused_with_those_there_are(read, text):
    with pytest.raises(Refused) as refused:
        read(text)
    sentence = str(refused.value)
    assert sentence.isprintable()
    assert len(sentence) < 160
    assert ("applied, first, second, offer" in sentence) or ("no-response" in sentence)


@each_row(
    ("stage", "step", "to"),
    [
        (Stage.APPLIED, 1, Stage.FIRST),
        (Stage.OFFER, -1, Stage.SECOND),
        (Stage.APPLIED, 3, Stage.OFFER),
        (Stage.SECOND, 0, Stage.SECOND),
        (Stage.FIRST, -1, Stage.APPLIED),
        (Stage.APPLIED, 0, Stage.APPLIED),
    ],
)
def test_the_neighbours(stage, step, to):
    assert neighbour(stage, step) is to


@each_row(
    ("stage", "step", "reason"),
    [
        (
            Stage.OFFER,
            1,
            r"^Offer is the last stage\. Press x to close the card once it is decided\.$",
        ),
        (Stage.APPLIED, -1, r"^Applied is the first stage\.$"),
        (Stage.FIRST, 9, "Offer is the last stage"),
    ],
)
def test_there_is_nothing_beyond_the_ends(stage, step, reason):
    with pytest.raises(Refused, match=reason):
        neighbour(stage, step)


@each_row("stage", ORDER)
def test_only_an_offer_can_be_answered(stage):
    assert (set(OFFER_OUTCOMES) <= set(outcomes_from(stage))) is (stage is Stage.OFFER)
    assert set(Outcome) - set(OFFER_OUTCOMES) <= set(outcomes_from(stage))


def test_a_move_may_go_anywhere_and_be_backdated():
    for stage in ORDER:
        for to in set(ORDER) - {stage}:
            for on in (SINCE, TODAY):
                check_move(stage, to, on, since=SINCE, today=TODAY, outcome=None)


@each_row(
    ("to", "on", "outcome", "reason"),
    [
        (Stage.APPLIED, TODAY, None, "in applied already"),
        (Stage.FIRST, TODAY, Outcome.REJECTED, r"^This application is closed\. Reopen it first\.$"),
        (Stage.FIRST, TODAY + timedelta(days=1), None, "Tue 24 Nov 2026 is in the future"),
        (Stage.FIRST, SINCE - timedelta(days=1), None, "before the last step"),
    ],
)
def test_moves_that_are_refused(to, on, outcome, reason):
    with pytest.raises(Refused, match=reason):
        check_move(Stage.APPLIED, to, on, since=SINCE, today=TODAY, outcome=outcome)


def test_every_outcome_that_is_offered_is_accepted_and_no_other():
    for stage in ORDER:
        for outcome in Outcome:
            if outcome in outcomes_from(stage):
                check_close(stage, outcome, TODAY, since=SINCE, today=TODAY, closed=False)
            else:
                verb = {"accepted": "accept", "declined": "decline"}[outcome]
                with pytest.raises(Refused, match=f"no offer to {verb} yet"):
                    check_close(stage, outcome, TODAY, since=SINCE, today=TODAY, closed=False)


@each_row(
    ("on", "closed", "reason"),
    [
        (TODAY, True, r"^This application is already closed\.$"),
        (TODAY + timedelta(days=1), False, "is in the future"),
        (SINCE - timedelta(days=1), False, r"before the last step .*\(Mon 9 Nov 2026\)"),
    ],
)
def test_closings_that_are_refused(on, closed, reason):
    with pytest.raises(Refused, match=reason):
        check_close(Stage.FIRST, Outcome.REJECTED, on, since=SINCE, today=TODAY, closed=closed)


def test_the_day_of_the_last_step_and_today_both_count():
    check_day(TODAY, since=TODAY, today=TODAY)
    check_day(SINCE, since=SINCE, today=TODAY)


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST, SECOND = Stage.FIRST, Stage.SECOND
HELD, AHEAD = NOW - timedelta(days=2), NOW + timedelta(days=2)


@each_row(
    ("stage", "number", "final", "words"),
    [
        (FIRST, 1, False, "first"),
        (FIRST, 3, True, "first"),
        (SECOND, 1, False, "second"),
        (SECOND, 2, False, "second"),
        (SECOND, 3, False, "third"),
        (SECOND, 4, False, "fourth"),
        (SECOND, 10, False, "tenth"),
        (SECOND, 11, False, "11th"),
        (SECOND, 12, False, "12th"),
        (SECOND, 13, False, "13th"),
        (SECOND, 14, False, "14th"),
        (SECOND, 21, False, "21st"),
        (SECOND, 22, False, "22nd"),
        (SECOND, 23, False, "23rd"),
        (SECOND, 111, False, "111th"),
        (SECOND, 5, True, "final"),
    ],
)
def test_what_an_interview_is_called(stage: Stage, number: int, final: bool, words: str) -> None:
    assert round_words(stage, number, final) == words
    if not final:
        assert round_words(stage, number) == words


@each_row(
    ("text", "read"),
    [
        ("first", Round(FIRST, 1)),
        (" Second ", Round(SECOND, 2)),
        ("fourth", Round(SECOND, 4)),
        ("final", Round(SECOND, None, final=True)),
    ],
)
def test_a_round_is_read(text: str, read: Round) -> None:
    assert read_round(text) == read


@each_row("text", ["", "offer", "applied", "1st", "zeroth"])
def test_what_is_no_round(text: str) -> None:
    with pytest.raises(Refused, match="first, second, third, fourth or final"):
        read_round(text)


@each_row(
    ("stage", "had", "begins", "after"),
    [
        (FIRST, [], AHEAD, False),
        (FIRST, [Had(FIRST, 1, HELD)], AHEAD, True),
        (FIRST, [Had(FIRST, 1, HELD)], None, True),
        (FIRST, [Had(FIRST, 1, HELD)], HELD, True),
        (FIRST, [Had(FIRST, 1, HELD)], HELD - timedelta(hours=1), False),
        (FIRST, [Had(FIRST, 1, NOW)], AHEAD, True),
        (FIRST, [Had(FIRST, 1, AHEAD)], AHEAD, False),
        (FIRST, [Had(FIRST, 1, HELD), Had(FIRST, 1, None)], AHEAD, False),
        (FIRST, [Had(SECOND, 2, HELD)], AHEAD, False),
        (Stage.APPLIED, [Had(FIRST, 1, HELD)], AHEAD, False),
        (SECOND, [Had(FIRST, 1, HELD)], AHEAD, False),
    ],
)
def test_what_is_the_second_round(
    stage: Stage, had: list[Had], begins: datetime | None, after: bool
) -> None:
    assert comes_after_first(stage, had, NOW, begins) is after


@each_row(
    ("stage", "had", "number"),
    [
        (FIRST, [Had(FIRST, 1, HELD)], 1),
        (SECOND, [], 2),
        (SECOND, [Had(FIRST, 1, HELD), Had(FIRST, 1, HELD)], 2),
        (SECOND, [Had(SECOND, 2, HELD)], 3),
        (SECOND, [Had(SECOND, 1, HELD)], 3),
        (SECOND, [Had(SECOND, 2, NOW)], 3),
        (SECOND, [Had(SECOND, 2, AHEAD)], 2),
        (SECOND, [Had(SECOND, 2, None)], 2),
        (SECOND, [Had(SECOND, 2, HELD), Had(SECOND, 2, AHEAD)], 2),
        (SECOND, [Had(SECOND, 2, HELD), Had(SECOND, 3, HELD)], 4),
        (SECOND, [Had(SECOND, 2, HELD), Had(SECOND, 3, AHEAD)], 3),
    ],
)
def test_the_number_of_the_next_one(stage: Stage, had: list[Had], number: int) -> None:
    assert next_number(stage, had, NOW) == number


@each_row(
    ("found", "line"),
    [
        (AllClosed(32, "Globex"), "All 32 are closed. You accepted Globex."),
        (AllClosed(1_032), "All 1,032 are closed."),
        (AllClosed(1), "Your only application is closed."),
        (AllClosed(1, "Globex"), "Your only application is closed. You accepted Globex."),
        (AllClosed(0), ""),
    ],
)
def test_the_end_in_a_sentence(found: AllClosed, line: str) -> None:
    assert all_closed_line(found) == line


@each_row(
    ("on", "since", "day"),
    [
        (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        (TODAY, TODAY, TODAY),
        (TODAY, TODAY + timedelta(days=2), TODAY),
        (TODAY - timedelta(days=1), TODAY + timedelta(days=1), TODAY - timedelta(days=1)),
    ],
)
def test_a_step_follows_one_that_was_made_where_tomorrow_had_begun(
    on: date, since: date, day: date
) -> None:
    assert step_day(on, since=since, today=TODAY) == day
    if day == since:
        check_day(on, since=since, today=TODAY)
    else:
        with pytest.raises(Refused):
            check_day(on, since=since, today=TODAY)
