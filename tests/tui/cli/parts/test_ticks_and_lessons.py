"""`rounds tick` and `rounds lesson`: boxes of tips and checklists, and what an end teaches."""

from collections.abc import Callable
from typing import Any

import pytest

Edits = Callable[[str], None]


@pytest.fixture
def card(shell: Any) -> str:
    shell.begin(("add", "Globex", "Engineer", "--stage", "offer"))
    return "1"


def ticked(shell: Any, card: str) -> list[str]:
    return [line["id"] for line in shell.ok("tick", card, "--json").json if line["ticked"]]


def test_tips_and_items_are_ticked_together_in_one_step(shell: Any, card: str) -> None:
    out = shell.ok("tick", card).out
    assert "\nTips 0/12\n" in out
    assert "  [ ] O-4  " in out
    assert "\nOffer 0/34\n" in out
    said = shell.ok("tick", "globex", "o-4", "OC-04", "OC-05").err
    assert said.startswith("Globex, Engineer: ticked: O-4, OC-04, OC-05.")
    assert ticked(shell, card) == ["O-4", "OC-04", "OC-05"]
    assert "  [x] OC-04  " in shell.ok("tick", card).out
    shell.ok("tick", card, "OC-04", "--off")
    assert ticked(shell, card) == ["O-4", "OC-05"]
    shell.ok("undo")
    shell.ok("undo")
    assert ticked(shell, card) == []


def test_what_ticks_itself_is_shown_and_cannot_be_ticked(shell: Any, card: str) -> None:
    shell.ok("offer", card, "--verbal")
    shell.ok("deadline", card, "fri")
    assert {"OC-01", "OC-03"} <= set(ticked(shell, card))
    result = shell("tick", card, "OC-03", "--off")
    assert (result.code, result.err) == (1, "rounds: OC-03 is ticked automatically when done.\n")


@pytest.mark.parametrize("item", ["A-1", "RC-04", "nonsense"])
def test_only_what_is_shown_can_be_ticked(shell: Any, card: str, item: str) -> None:
    result = shell("tick", card, "O-4", item)
    assert result.code == 3
    assert f"There is no item “{item.upper()}” to tick here. “rounds tick 1” lists" in result.err
    assert ticked(shell, card) == []


def test_the_tip_of_the_panel_is_ticked_like_there(shell: Any) -> None:
    number = shell.add("Initech", "SRE")
    tips = shell.ok("show", number, "--json").json["tips"]
    by_hand = next(tip["id"] for tip in tips if tip["tickable"] and not tip["automatic"])
    shell.ok("tick", number, by_hand)
    tips = shell.ok("show", number, "--json").json["tips"]
    assert [tip["id"] for tip in tips if tip["ticked"]] == [by_hand]


def test_a_lesson_is_written_after_the_end(shell: Any, card: str) -> None:
    result = shell("lesson", card)
    assert (result.code, "Close it first" in result.err) == (1, True)
    assert shell("lesson", card, "--keep", "x").code == 1
    shell.ok("close", card, "declined", "--reason", "pay")
    said = shell.ok(
        "lesson", card, "--keep", "numbers", "--change", "ask earlier", "--asked-feedback",
        "--not-in-touch", "--thanked", "today",
    ).err  # fmt: skip
    assert said.startswith("Globex, Engineer: lesson noted.")
    assert shell.ok("lesson", card).out.splitlines() == [
        "Reason: pay",
        "Keep: numbers",
        "Change: ask earlier",
        "Thanked on: Mon 23 Nov",
        "Asked for feedback: yes",
        "Stay in touch: no",
    ]
    shell.ok("undo")
    assert shell.ok("lesson", card, "--json").json == {
        "reason": "pay",
        "lesson_keep": "",
        "lesson_change": "",
        "thanked_on": None,
        "feedback_asked": False,
        "stay_in_touch": True,
    }


def test_a_lesson_is_written_in_the_editor(shell: Any, card: str, edits: Edits) -> None:
    shell.ok("close", card, "declined")
    edits(
        "text = text.replace('Keep:', 'Keep: numbers').replace('Stay in touch: yes', "
        "'Stay in touch: no').replace('Thanked on:', 'Thanked on: today')"
    )
    shell.ok("lesson", card, "--edit")
    lines = shell.ok("lesson", card).out
    for line in ("Keep: numbers", "Stay in touch: no", "Thanked on: Mon 23 Nov"):
        assert line in lines
    edits("text = text.replace('Stay in touch: no', 'Stay in touch: perhaps')")
    result = shell("lesson", card, "--edit")
    assert result.code == 1
    assert "“perhaps” is not a valid answer. Answer yes or no." in result.err
    assert "board-unsaved/lesson-1.txt" in result.err


def test_the_checklist_after_an_end_leaves_out_what_the_lesson_asks(shell: Any, card: str) -> None:
    shell.ok("close", card, "declined")
    ids = {line["id"] for line in shell.ok("tick", card, "--json").json}
    assert {"RC-04", "RC-07"} <= ids
    assert not {"RC-01", "RC-05"} & ids
    shell.ok("tick", card, "RC-04")
    assert "RC-04" in ticked(shell, card)
