"""Which tips are shown when: the moment, its order, the occasions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from store.rules.stages import Outcome, Stage
from store.rules.tips.facts import TipFacts, TipInterview
from store.rules.tips.tips import lines, moment
from tests.store.rules.tips.scenes import TODAY, facts, ids, named, shown, talk, tip
from tests.tables import each_row


@each_row(
    ("known", "expected"),
    [
        (facts("applied"), "waiting"),
        (facts("first"), "before"),
        (facts("second"), "before"),
        (facts("first", interviews=(talk(30),)), "before"),
        (facts("first", interviews=(talk(0.5),)), "before"),
        (facts("first", interviews=(talk(0),)), "after"),
        (facts("first", interviews=(talk(-48),)), "after"),
        (facts("first", interviews=(talk(-48.01),)), "waiting"),
        (facts("second", interviews=(talk(-100), talk(-2))), "after"),
        (facts("second", interviews=(talk(-2), talk(-100))), "after"),
        (facts("second", interviews=(talk(-2), talk(50))), "before"),
        (facts("second", interviews=(talk(-100),), invited=True), "before"),
        (facts("offer", interviews=(talk(-2),)), "any"),
        (facts("second", interviews=(talk(-2),), outcome=Outcome.REJECTED), "any"),
    ],
)
def test_the_moment_follows_the_interviews_of_the_stage(known: TipFacts, expected: str) -> None:
    assert moment(known) == expected


def test_the_48_hours_are_counted_on_the_clock_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # 25 October 2026: 03:00 becomes 02:00
    end = datetime(2026, 10, 24, 10, 0, tzinfo=berlin)
    known = TipFacts(
        today=date(2026, 10, 26),
        now=datetime(2026, 10, 26, 9, 0, tzinfo=berlin),
        stage=Stage.FIRST,
        interviews=(TipInterview(end - timedelta(hours=1), end),),
    )
    assert moment(known) == "after"
    assert moment(replace(known, now=known.now + timedelta(minutes=1))) == "waiting"


def test_before_the_second_interview_the_tips_to_prepare_come_first() -> None:
    all_lines = lines(facts("second", interviews=(talk(24),)), ())
    assert [line.id for line in all_lines if line.now] == named("S", 1, 2, 3, 4, 5, 6, 7, 11)
    assert [line.id for line in all_lines if not line.now] == named("S", 8, 9, 10, 12)
    assert [line.now for line in all_lines] == [True] * 8 + [False] * 4


@each_row(
    ("known", "first"),
    [
        (facts("first", interviews=(talk(24),)), named("F", 1, 2, 3, 4, 5, 6, 7, 8)),
        (facts("first", interviews=(talk(-1),)), named("F", 9, 10, 11)),
        (facts("first", interviews=(talk(-60),)), named("F", 12)),
        (facts("first", interviews=(talk(-1), talk(24))), named("F", *range(1, 12))),
        (facts("second", interviews=(talk(-1),)), named("S", 8, 10)),
        (facts("second", interviews=(talk(-60),)), named("S", 9, 12)),
    ],
)
def test_each_moment_brings_its_tips_forward(known: TipFacts, first: list[str]) -> None:
    all_lines = lines(known, ())
    assert [line.id for line in all_lines][: len(first)] == first
    assert [line.id for line in all_lines if line.now] == first
    assert len(all_lines) == 12


def test_all_tips_of_an_offer_are_for_now() -> None:
    all_lines = lines(facts("offer"), ())
    assert [line.id for line in all_lines] == named("O", *range(1, 13))
    assert all(line.now for line in all_lines)


@each_row(
    ("stage", "outcome", "expected"),
    [
        ("applied", Outcome.REJECTED, named("C", 1, 3, 4, 7, 11)),
        ("first", Outcome.REJECTED, named("C", 1, 2, 3, 4, 5, 6, 7, 11)),
        ("second", Outcome.REJECTED, named("C", 1, 2, 3, 4, 5, 6, 7, 8, 11)),
        ("applied", Outcome.NO_RESPONSE, named("C", 3, 4, 7, 9, 11)),
        ("first", Outcome.NO_RESPONSE, named("C", 3, 4, 5, 7, 9, 11)),
        ("first", Outcome.WITHDRAWN, named("C", 3, 6, 10, 11)),
        ("offer", Outcome.DECLINED, named("C", 3, 6, 10, 11)),
        ("second", Outcome.CANCELLED, named("C", 3, 6, 7, 8, 11)),
        ("offer", Outcome.ACCEPTED, ["O-10", "O-12", "C-11"]),
    ],
)
def test_a_closed_application_shows_the_tips_of_its_outcome(
    stage: str, outcome: Outcome, expected: list[str]
) -> None:
    all_lines = lines(facts(stage, outcome=outcome, quiet=True), ())
    assert [line.id for line in all_lines] == expected
    assert all(line.now for line in all_lines)


def test_a_dormant_application_is_offered_to_be_closed_first_of_all() -> None:
    assert "C-9" not in ids(facts("first"))
    assert ids(facts("first", quiet=True)) == ["C-9", *named("F", *range(1, 13))]
    assert not shown(facts("first", quiet=True), "C-9")["C-9"].ticked


APPLIED = date(2026, 11, 10)


@each_row(
    ("tip_id", "on", "off"),
    [
        ("A-4", {"closing_on": TODAY}, {"closing_on": date(2026, 11, 22)}),
        ("A-4", {"source": "LinkedIn"}, {"source": "Referral by Ana"}),
        (
            "A-5",
            {"applied_on": APPLIED, "posted_on": date(2026, 11, 2)},
            {"applied_on": APPLIED, "posted_on": date(2026, 11, 3)},
        ),
        (
            "A-5",
            {"applied_on": APPLIED, "posted_on": date(2026, 10, 1)},
            {"applied_on": APPLIED},
        ),
        ("A-6", {}, {"no_contact": True, "inquiry_on": TODAY}),
        ("A-6", {"heard": True, "inquiry_on": TODAY}, {"heard": True}),
        ("A-6", {"heard": True, "nudges_sent": 1}, {"heard": True}),
        ("A-7", {}, {"expected_by": date(2026, 11, 22)}),
        ("A-7", {"closing_on": TODAY}, {"closing_on": date(2026, 11, 22)}),
        (
            "A-7",
            {"closing_on": APPLIED, "expected_by": TODAY},
            {"closing_on": APPLIED, "expected_by": APPLIED},
        ),
        ("A-7", {"closing_on": APPLIED, "no_contact": True}, {"closing_on": APPLIED}),
        ("A-8", {}, {"no_contact": True}),
        ("A-10", {"applied_on": date(2026, 11, 17)}, {"applied_on": date(2026, 11, 18)}),
        ("A-10", {"applied_on": APPLIED}, {"applied_on": APPLIED, "inbound": True}),
        ("A-10", {"applied_on": APPLIED}, {"applied_on": APPLIED, "heard": True}),
        ("A-12", {}, {"no_contact": True}),
        ("F-12", {}, {"no_contact": True}),
    ],
)
def test_a_tip_is_shown_on_its_occasion(
    tip_id: str, on: dict[str, Any], off: dict[str, Any]
) -> None:
    stage = tip(tip_id).stage
    assert tip_id in ids(facts(stage, **on))
    assert tip_id not in ids(facts(stage, **off))


def test_what_the_user_ticked_stays_when_its_occasion_has_passed() -> None:
    heard = facts("applied", applied_on=APPLIED, heard=True)
    assert "A-10" not in ids(heard)
    assert shown(heard, "A-10")["A-10"].ticked
