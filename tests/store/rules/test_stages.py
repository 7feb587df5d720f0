"""What may follow what."""

from datetime import date, timedelta

import pytest

from store.rules.stages import (
    INTERVIEW_STAGES,
    OFFER_OUTCOMES,
    ORDER,
    Outcome,
    Stage,
    check_close,
    check_day,
    check_move,
    neighbour,
    outcomes_from,
    read_outcome,
    read_stage,
)
from store.rules.text import Refused

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


@pytest.mark.parametrize(
    ("text", "stage"),
    [("applied", Stage.APPLIED), (" FIRST ", Stage.FIRST), ("Offer\n", Stage.OFFER)],
)
def test_a_stage_is_read_in_any_case(text, stage):
    assert read_stage(text) is stage


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("read", [read_stage, read_outcome])
@pytest.mark.parametrize(
    "text", ["", "third", "applied offer", "\x1b]52;c;eA==\x07", "\ud800", "x" * 100_000, "\x00"]
)
def test_an_unknown_name_is_refused_with_those_there_are(read, text):
    with pytest.raises(Refused) as refused:
        read(text)
    sentence = str(refused.value)
    assert sentence.isprintable()
    assert len(sentence) < 160
    assert ("applied, first, second, offer" in sentence) or ("no-response" in sentence)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("stage", ORDER)
def test_only_an_offer_can_be_answered(stage):
    assert (set(OFFER_OUTCOMES) <= set(outcomes_from(stage))) is (stage is Stage.OFFER)
    assert set(Outcome) - set(OFFER_OUTCOMES) <= set(outcomes_from(stage))


def test_a_move_may_go_anywhere_and_be_backdated():
    for stage in ORDER:
        for to in set(ORDER) - {stage}:
            for on in (SINCE, TODAY):
                check_move(stage, to, on, since=SINCE, today=TODAY, outcome=None)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("on", "closed", "reason"),
    [
        (TODAY, True, r"^This application is closed already\.$"),
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
