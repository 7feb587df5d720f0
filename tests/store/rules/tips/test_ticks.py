"""Which tips tick themselves, and which the user ticks."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from store.rules.stages import Outcome
from store.rules.text import Refused
from store.rules.tips.events import EVENTS, EVIDENCE
from store.rules.tips.facts import PARTS
from store.rules.tips.tips import check_tick, tips
from tests.store.rules.tips.scenes import TODAY, facts, shown, talk, tip
from tests.tables import each_row

AUTOMATIC = {
    *("A-2", "A-3", "A-6", "A-12"),
    *("F-1", "F-8", "F-9", "F-10", "F-12"),
    *("S-8", "S-9"),
    *("O-1", "O-2", "O-3", "O-12"),
    *("C-1", "C-3", "C-7", "C-9"),
}
TO_KEEP_IN_MIND = {"A-5", "A-7", "A-11", "S-4", "S-12", "C-8", "C-11"}
ALSO_BY_HAND = {"C-1": "thanked_for_reply", "C-7": "look_again_planned"}


def test_what_ticks_itself_what_the_user_ticks_and_what_has_no_box() -> None:
    assert {tip.id for tip in tips() if tip.automatic} == AUTOMATIC == set(EVENTS)
    assert {tip.id for tip in tips() if not tip.tickable} == TO_KEEP_IN_MIND
    assert all(tip.tickable for tip in tips() if tip.automatic)


@each_row(
    ("tip_id", "off", "on"),
    [
        ("A-2", {}, {"cv_version": "cv-4.pdf"}),
        ("A-3", {}, {"contact_name": "Ana"}),
        ("A-3", {}, {"via_recruiter": "Bo"}),
        ("A-6", {}, {"nudges_sent": 1}),
        ("A-12", {"nudges_sent": 1}, {"nudges_sent": 2}),
        ("A-12", {"nudges_sent": 0, "nudges_at_most": 1}, {"nudges_sent": 1, "nudges_at_most": 1}),
        ("F-1", {"invited": True}, {"invited": True, "answered": True}),
        ("F-1", {}, {"interviews": (talk(24),)}),
        ("F-1", {"interviews": (talk(-90),), "invited": True}, {"interviews": (talk(-90),)}),
        ("F-8", {"interviews": (talk(-1),)}, {"interviews": (talk(-1),), "expected_by": TODAY}),
        (
            "F-8",
            {"interviews": (talk(-1),), "expected_by": date(2026, 11, 22)},
            {"interviews": (talk(24),), "expected_by": date(2026, 11, 24)},
        ),
        ("F-8", {"expected_by": TODAY}, {"interviews": (talk(-1),), "next_step": "a day on site"}),
        (
            "F-8",
            {"interviews": (talk(24),), "next_step": "x"},
            {"interviews": (talk(-1),), "next_step": "x"},
        ),
        ("F-9", {}, {"debriefed": True}),
        ("F-10", {"interviews": (talk(-1),)}, {"interviews": (talk(-1),), "thanked": True}),
        (
            "F-10",
            {"interviews": (talk(24),), "thanked": True},
            {"interviews": (talk(24), talk(-1)), "thanked": True},
        ),
        ("F-12", {}, {"nudges_sent": 1}),
        ("S-8", {"interviews": (talk(-1),)}, {"interviews": (talk(-1),), "thanked": True}),
        ("S-8", {"thanked": True}, {"interviews": (talk(-1),), "thanked": True}),
        ("S-9", {}, {"nudges_sent": 1}),
        ("O-1", {}, {"acknowledged": True}),
        ("O-2", {}, {"in_writing": True}),
        ("O-3", {}, {"deadline_known": True}),
        ("O-12", {}, {"outcome": Outcome.ACCEPTED}),
        (
            "O-12",
            {"outcome": Outcome.ACCEPTED, "others_open": 1},
            {"outcome": Outcome.ACCEPTED, "others_open": 0},
        ),
        (
            "C-3",
            {"outcome": Outcome.REJECTED},
            {"outcome": Outcome.REJECTED, "reason": "They wanted Go"},
        ),
        ("C-3", {"outcome": Outcome.WITHDRAWN}, {"outcome": Outcome.NO_RESPONSE}),
        ("C-9", {"quiet": True}, {"outcome": Outcome.NO_RESPONSE}),
    ],
)
def test_a_tip_ticks_itself_both_ways(tip_id: str, off: dict[str, Any], on: dict[str, Any]) -> None:
    stage = tip(tip_id).stage if tip(tip_id).stage != "closed" else "second"
    for known, expected in ((off, False), (on, True)):
        for ticked in ((), (tip_id,)):
            line = shown(facts(stage, **known), *ticked)[tip_id]
            assert (line.ticked, line.tickable, line.automatic) == (expected, True, True)


def test_every_automatic_tip_is_tried_both_ways() -> None:
    table = test_a_tip_ticks_itself_both_ways.table
    assert {tip_id for tip_id, _, _ in table} == AUTOMATIC - set(ALSO_BY_HAND)


@each_row(("tip_id", "seen"), ALSO_BY_HAND.items())
def test_what_the_board_may_not_see_is_ticked_by_hand_too(tip_id: str, seen: str) -> None:
    known = facts("second", outcome=Outcome.REJECTED)
    assert not shown(known)[tip_id].ticked
    line = shown(known, tip_id)[tip_id]
    assert (line.ticked, line.tickable, line.automatic) == (True, True, False)
    check_tick(tip_id)
    happened: dict[str, Any] = {seen: True}
    line = shown(replace(known, **happened))[tip_id]
    assert (line.ticked, line.tickable, line.automatic) == (True, True, True)


@each_row(
    ("tip_id", "off", "on"),
    [
        ("A-1", {}, {"posting_saved": True}),
        ("F-2", {"missing": ("when",)}, {"ahead_known": True}),
        ("F-3", {"requirements": ("Go",), "uncovered": ("Go",)}, {"requirements": ("Go",)}),
        ("F-3", {}, {"requirements": ("Go",)}),
        ("F-4", {"stories": 4}, {"stories": 5}),
        ("F-6", {"own_questions": 2}, {"own_questions": 3}),
        ("S-2", {"news_count": 1}, {"news_count": 2}),
        ("S-3", {"to_rehearse": 2, "rehearsed": 1}, {"to_rehearse": 2, "rehearsed": 2}),
        ("S-6", {"concerns": ("no Go",)}, {"concerns_settled": True}),
        ("S-11", {}, {"formats": ("panel",)}),
        ("O-4", {"components": ("base",)}, {"components": tuple(PARTS)}),
        ("O-6", {"counters": ("90,000",)}, {"counter_sent": True}),
        ("O-7", {}, {"extension_asked": True}),
        ("O-8", {}, {"all_told": True}),
        ("O-10", {"signed": True, "conditions": ("permit",)}, {"signed": True}),
        ("O-11", {}, {"compared": True}),
        ("C-2", {}, {"feedback_asked": True}),
        ("C-4", {}, {"lessons": True}),
    ],
)
def test_what_the_board_knows_need_not_be_ticked_but_can_be(
    tip_id: str, off: dict[str, Any], on: dict[str, Any]
) -> None:
    closed = {"outcome": Outcome.REJECTED} if tip_id[0] == "C" else {}
    stage = tip(tip_id).stage if not closed else "second"
    check_tick(tip_id)
    by_hand = facts(stage, **closed, **off)
    assert (shown(by_hand)[tip_id].ticked, shown(by_hand, tip_id)[tip_id].ticked) == (False, True)
    assert not shown(by_hand, tip_id)[tip_id].automatic
    line = shown(facts(stage, **closed, **on))[tip_id]
    assert (line.ticked, line.tickable, line.automatic) == (True, True, True)


def test_all_evidence_is_tried() -> None:
    table = test_what_the_board_knows_need_not_be_ticked_but_can_be.table
    assert {tip_id for tip_id, _, _ in table} == set(EVIDENCE)
    assert not set(EVIDENCE) & (AUTOMATIC | TO_KEEP_IN_MIND)


def test_the_user_ticks_the_others() -> None:
    known = facts("second", interviews=(talk(24),))
    check_tick("S-1")
    before, after = shown(known), shown(known, "S-1", "Z-9")
    assert {tip_id for tip_id in before if before[tip_id].ticked} == set()
    assert {tip_id for tip_id in after if after[tip_id].ticked} == {"S-1"}
    assert list(before) == list(after)


def test_the_user_ticks_exactly_what_does_not_tick_itself() -> None:
    for entry in tips():
        if entry.id in (AUTOMATIC - set(ALSO_BY_HAND)) | TO_KEEP_IN_MIND:
            with pytest.raises(Refused):
                check_tick(entry.id)
        else:
            check_tick(entry.id)


def test_a_tip_without_a_box_is_never_ticked() -> None:
    line = shown(facts("second"), "S-12")["S-12"]
    assert (line.ticked, line.tickable, line.automatic) == (False, False, False)


@each_row(
    ("tip_id", "sentence"),
    [
        ("S-12", "reminder only"),
        ("S-8", "ticked automatically"),
        ("s-1", "There is no tip “s-1”."),
        ("", "There is no tip “”."),
        ("\x1b[2J" + "x" * 9_000, "There is no tip “"),
    ],
)
def test_a_tick_that_cannot_be_is_refused(tip_id: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check_tick(tip_id)
    assert sentence in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 120
