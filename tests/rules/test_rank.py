"""What comes first of all that is to be done."""

import pytest

from store.rules.followups.rank import IMPORTED, SILENT, Rank, rank

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
    ("R19", "thank_reply", Rank.REST),
    ("R20", "look_again", Rank.REST),
    ("R99", "unheard of", Rank.REST),
]


@pytest.mark.parametrize(("rule", "action", "expected"), ORDER)
def test_every_rule_has_its_place(rule: str, action: str, expected: Rank) -> None:
    assert rank(rule, action) == expected


def test_getting_ready_for_an_interview_of_today_or_tomorrow_comes_first() -> None:
    assert rank("R5", "prepare", near=True) == Rank.INTERVIEW
    assert rank("R7", "thank", near=True) == Rank.WORD


@pytest.mark.parametrize("fold", [IMPORTED, SILENT])
def test_a_fold_comes_last(fold: str) -> None:
    assert rank("R1", "inquire", fold=fold) == Rank.REST


def test_no_rule_is_forgotten() -> None:
    """R2 and R10 are silence, and R24 is told as R1 or R8."""
    assert {rule for rule, *_ in ORDER} >= {f"R{n}" for n in range(1, 29)} - {"R2", "R10", "R24"}
