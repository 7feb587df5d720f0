"""What an offer or an acceptance on one card means for the others: R16 and R18."""

from dataclasses import replace
from datetime import date

import pytest

from store.rules.followups import (
    NUDGES,
    Acceptance,
    Facts,
    OtherOffer,
    Promise,
    Talk,
    plan,
)
from store.rules.stages import Outcome, Stage
from tests.rules.one_autumn import RULES, ZONE, at, by_rule

MET = Facts(
    zone=ZONE,
    stage=Stage.SECOND,
    stage_since=date(2025, 11, 20),
    applied_on=date(2025, 11, 1),
    talks=(
        Talk(
            id=7,
            stage=Stage.SECOND,
            logged_on=date(2025, 11, 20),
            starts_at=at(2025, 11, 27, 14),
            ends_at=at(2025, 11, 27, 15),
        ),
    ),
)
GLOBEX = OtherOffer(4, "Globex", date(2025, 12, 5), date(2025, 12, 12))
TOLD = replace(MET, other_offer=GLOBEX)
TAKEN = replace(MET, accepted_elsewhere=Acceptance(4, "Globex", date(2025, 12, 8)))


def test_other_employers_hear_of_an_offer() -> None:
    (row,) = by_rule(TOLD, "R16")
    assert row.due_on == date(2025, 12, 8), "one business day after Friday"
    assert row.action == "tell_date"
    assert row.label == "tell them by when you must answer another offer"
    assert row.reason == "offer from Globex Fri 5 Dec, answer wanted by Fri 12 Dec"
    assert row.lapses_at == at(2025, 12, 13, 0)


def test_an_offer_without_a_deadline_is_told_of_too() -> None:
    (row,) = by_rule(replace(MET, other_offer=replace(GLOBEX, deadline_on=None)), "R16")
    assert row.label == "tell them that you have another offer"
    assert row.reason == "offer from Globex Fri 5 Dec"
    assert row.lapses_at == at(2025, 12, 19, 0)


def test_they_are_told_before_a_short_deadline() -> None:
    short = replace(GLOBEX, deadline_on=date(2025, 12, 6))
    (row,) = by_rule(replace(MET, other_offer=short), "R16")
    assert (row.due_on, row.lapses_at) == (date(2025, 12, 6), at(2025, 12, 7, 0))


def test_a_moved_deadline_is_the_same_message() -> None:
    moved = replace(GLOBEX, deadline_on=date(2025, 12, 19))
    (row,) = by_rule(replace(MET, other_offer=moved), "R16")
    assert row.key == by_rule(TOLD, "R16")[0].key
    assert row.reason.endswith("Fri 19 Dec")


@pytest.mark.parametrize(
    ("facts", "times"),
    [
        (TOLD, 1),
        (replace(TOLD, stage=Stage.FIRST), 1),
        (replace(TOLD, stage=Stage.APPLIED), 0),
        (replace(TOLD, stage=Stage.OFFER), 0),
        (replace(TOLD, no_contact=True), 0),
        (replace(TOLD, outcome=Outcome.REJECTED, closed_on=date(2025, 12, 5)), 0),
    ],
    ids=["second", "first", "applied", "offer", "no contact", "closed"],
)
def test_only_those_who_are_interviewing_are_told(facts: Facts, times: int) -> None:
    assert len(by_rule(facts, "R16")) == times


def test_a_recruiter_is_told() -> None:
    (row,) = by_rule(replace(TOLD, via_recruiter="Rita"), "R16")
    assert row.label == "tell Rita by when you must answer another offer"
    assert row.reason.endswith(", through Rita")


def test_an_acceptance_withdraws_the_others_the_same_day() -> None:
    (row,) = by_rule(TAKEN, "R18")
    assert row.due_on == date(2025, 12, 8)
    assert row.late_until == at(2025, 12, 10, 0), "one business day is still in time"
    assert row.lapses_at is None
    assert row.label == "withdraw this application"
    assert row.reason == "you accepted Globex Mon 8 Dec"
    (row,) = by_rule(replace(TAKEN, via_recruiter="Rita"), "R18")
    assert row.label == "withdraw this application through Rita"


def test_who_accepts_on_a_weekend_withdraws_on_monday() -> None:
    weekend = replace(TAKEN, accepted_elsewhere=Acceptance(4, "Globex", date(2025, 12, 6)))
    (row,) = by_rule(weekend, "R18")
    assert row.due_on == date(2025, 12, 8)


@pytest.mark.parametrize("stage", Stage)
def test_every_open_card_is_withdrawn(stage: Stage) -> None:
    assert len(by_rule(replace(TAKEN, stage=stage), "R18")) == 1
    closed = replace(TAKEN, outcome=Outcome.WITHDRAWN, closed_on=date(2025, 12, 8))
    assert by_rule(closed, "R18") == []


@pytest.mark.parametrize(
    "facts",
    [
        TAKEN,
        replace(TAKEN, other_offer=GLOBEX),
        replace(TAKEN, stage=Stage.APPLIED),
        replace(TAKEN, stage=Stage.OFFER, verbal=True),
    ],
    ids=["met", "another offer", "applied", "offer"],
)
def test_nobody_is_asked_about_what_is_to_be_withdrawn(facts: Facts) -> None:
    assert not [one for one in plan(facts, RULES).follow_ups if one.action in NUDGES]
    goes_on = replace(facts, keeps_going=True)
    assert by_rule(goes_on, "R18") == []
    assert plan(goes_on, RULES) == plan(replace(facts, accepted_elsewhere=None), RULES)


def test_what_is_owed_stays_owed_after_an_acceptance() -> None:
    promised = replace(TAKEN, promises=(Promise(3, "slides", date(2025, 11, 27)),))
    assert {"R6", "R7", "R18", "R21"} <= {one.rule for one in plan(promised, RULES).follow_ups}


def test_an_acceptance_of_years_ago_means_nothing_for_a_new_search() -> None:
    new = replace(TAKEN, accepted_elsewhere=Acceptance(4, "Globex", date(2025, 10, 31)))
    assert plan(new, RULES) == plan(MET, RULES)
