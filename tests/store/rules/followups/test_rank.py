"""What comes first of all that is to be done."""

import pytest

from store.rules.followups.actions import IMPORTED, SILENT, Rank, rank
from tests.tables import each_row

ORDER = [
    ("R12", "acknowledge", Rank.OFFER),
    ("R13", "ask_letter", Rank.OFFER),
    ("R14", "decide", Rank.OFFER),
    ("R14", "more_time", Rank.OFFER),
    ("R15", "ask_deadline", Rank.OFFER),
    ("R15", "decide_soft", Rank.OFFER),
    ("R17", "ask_counter", Rank.OFFER),
    ("R18", "decline", Rank.OFFER),
    ("R25", "record_answer", Rank.OFFER),
    ("R26", "hand_in", Rank.OFFER),
    ("R28", "sign", Rank.OFFER),
    ("R6", "debrief", Rank.WORD),
    ("R7", "thank", Rank.WORD),
    ("R11", "warn_references", Rank.WORD),
    ("R16", "tell_date", Rank.WORD),
    ("R18", "withdraw", Rank.WORD),
    ("R18", "kind_word", Rank.WORD),
    ("R21", "deliver", Rank.WORD),
    ("R27", "tell_recruiter", Rank.WORD),
    ("own", "own", Rank.WORD),
    ("R3", "answer", Rank.INVITATION),
    ("R4", "ask_slot", Rank.INVITATION),
    ("R5", "prepare", Rank.INVITATION),
    ("R22", "ask_time", Rank.INVITATION),
    ("R23", "propose_time", Rank.INVITATION),
    ("R23", "ask_time", Rank.INVITATION),
    ("R9", "inquire", Rank.DECISION),
    ("R8", "inquire", Rank.WARM),
    ("R11", "inquire", Rank.WARM),
    ("R26", "inquire", Rank.WARM),
    ("R1", "inquire", Rank.COLD),
    ("R18", "close_silent", Rank.REST),
    ("R19", "thank_reply", Rank.WORD),
    ("R20", "look_again", Rank.REST),
    ("R99", "unheard of", Rank.REST),
]


@each_row(("rule", "action", "expected"), ORDER)
def test_every_rule_has_its_place(rule: str, action: str, expected: Rank) -> None:
    assert rank(rule, action) == expected


@each_row(
    ("rule", "action", "days", "expected"),
    [
        ("R5", "prepare", -1, Rank.INTERVIEW),
        ("R5", "prepare", 0, Rank.INTERVIEW),
        ("R5", "prepare", 1, Rank.TOMORROW),
        ("R5", "prepare", 2, Rank.INVITATION),
        ("R26", "hand_in", -1, Rank.DEADLINE),
        ("R26", "hand_in", 0, Rank.DEADLINE),
        ("R26", "hand_in", 1, Rank.OFFER),
        ("R14", "decide", 0, Rank.DEADLINE),
        ("R14", "decide", 1, Rank.OFFER),
        ("R14", "more_time", 0, Rank.OFFER),
        ("R26", "inquire", 0, Rank.WARM),
        ("R7", "thank", 0, Rank.WORD),
    ],
)
def test_what_the_day_itself_decides(rule: str, action: str, days: int, expected: Rank) -> None:
    """Interviews of today, deadlines of today, interviews of tomorrow, then all the rest."""
    assert rank(rule, action, days=days) == expected


def test_the_places_in_their_order() -> None:
    assert [place.name for place in sorted(Rank)] == [
        "INTERVIEW", "DEADLINE", "TOMORROW", "OFFER", "WORD", "INVITATION", "DECISION", "WARM",
        "COLD", "REST",
    ]  # fmt: skip


@pytest.mark.parametrize("fold", [IMPORTED, SILENT])
def test_a_fold_comes_last(fold: str) -> None:
    assert rank("R1", "inquire", fold=fold) == Rank.REST


def test_no_rule_is_forgotten() -> None:
    """R2 and R10 are silence, and R24 is told as R1 or R8."""
    assert {rule for rule, *_ in ORDER} >= {f"R{n}" for n in range(1, 29)} - {"R2", "R10", "R24"}
