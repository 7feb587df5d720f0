"""Contacts, points, offers, drafts and interviews: every field that a form has, changed from the
shell, each call one step of undo.
"""

from collections.abc import Callable
from typing import Any

import pytest

from store.rules.fields import CONTACT, POINT
from tui.cli.parser import build_parser

Edits = Callable[[str], None]


@pytest.fixture
def card(shell: Any) -> str:
    """An application with an interview behind it and one ahead, and another one."""
    shell.begin(
        ("add", "Globex", "Engineer", "--applied", "2026-11-02"),
        ("interview", "1", "2026-11-20 10:00 with Ana Alvarez and Bo"),
        ("interview", "1", "thu 10:00 with Ana at Room 4"),
        ("add", "Initech", "SRE"),
        ("point", "1", "concern", "no Go -- a course"),
        ("point", "1", "promise", "send slides by fri"),
        ("point", "2", "concern", "too senior"),
    )
    return "1"


def people(shell: Any, card: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.ok("contact", card, "--json").json
    return found


def points(shell: Any, card: str) -> dict[int, dict[str, Any]]:
    return {point["id"]: point for point in shell.ok("point", card, "--json").json}


def options(name: str) -> set[str]:
    main = build_parser([name])
    (subparsers,) = main._subparsers._group_actions  # type: ignore[union-attr]
    parser = subparsers.choices[name]  # type: ignore[index, call-overload]
    return {action.dest for action in parser._actions}


def test_every_field_of_the_forms_has_an_option_or_stands_in_the_line() -> None:
    assert {*CONTACT, "relation", "mention", "main"} - {"name"} <= options("contact")
    assert {*POINT, "felt", "on", "kind"} <= options("point")


def test_a_contact_changes_with_the_main_one_in_one_step(shell: Any, card: str) -> None:
    shell.ok("contact", card, "Bo", "--title", "CTO", "--main", "--mention", "the rota")
    _, bo = people(shell, card)
    assert (bo["title"], bo["main"]) == ("CTO", True)
    assert "to mention: the rota" in shell.ok("show", card).out
    shell.ok("undo")
    _, bo = people(shell, card)
    assert (bo["title"], bo["main"]) == (None, False)
    assert "to mention" not in shell.ok("show", card).out


def test_what_to_mention_belongs_to_an_interview(shell: Any, card: str) -> None:
    shell.ok("contact", card, "Ana", "--mention", "tea", "--interview", "1")
    shell.ok("contact", card, "Ana", "--mention", "Rust")
    shown = shell.ok("show", card, "--json").json["interviews"]
    told = [[who["to_mention"] for who in one["interviewers"]] for one in shown]
    assert told == [["tea", None], ["Rust"]]
    assert shell("contact", card, "Bo", "--mention", "x", "--interview", "2").code == 1
    assert shell("contact", card, "Bo", "--mention", "x", "--interview", "9").code == 3
    assert "no interview yet" in shell("contact", card, "Cy", "--mention", "x").err


def test_a_contact_is_changed_in_the_editor(shell: Any, card: str, edits: Edits) -> None:
    edits(
        "text = text.replace('Email:', 'Email: ana@g.example')\n"
        "text = text.replace('Relation: interviewer', 'Relation: hiring manager')\n"
        "text = text.replace('Mention (interview 2):', 'Mention (interview 2): Rust')"
    )
    shell.ok("contact", card, "ana", "--edit")
    ana, _ = people(shell, card)
    assert (ana["email"], ana["relation"]) == ("ana@g.example", "manager")
    assert "to mention: Rust" in shell.ok("show", card).out
    shell.ok("undo")
    assert people(shell, card)[0]["email"] is None
    edits("text = text.replace('Email:', 'Email: nobody')")
    result = shell("contact", card, "Ana", "--edit")
    assert "is not a valid email address" in result.err
    assert "“rounds contact 1 'Ana Alvarez' --from " in result.err
    assert shell("contact", card, "Zoe", "--edit").code == 3


def test_a_point_is_changed_by_words_and_options(shell: Any, card: str) -> None:
    said = shell.ok("point", card, "--edit", "1", "--detail", "the rota", "--felt").err
    assert said.startswith("Globex, Engineer: concern changed: no Go.")
    assert (points(shell, card)[1]["detail"], points(shell, card)[1]["felt"]) == ("the rota", True)
    shell.ok("point", card, "--edit", "1", "little Go at work", "--not-felt", "--detail", "")
    now = points(shell, card)[1]
    assert (now["kind"], now["text"], now["detail"], now["felt"]) == (
        "concern", "little Go at work", None, False,
    )  # fmt: skip
    shell.ok("undo")
    assert points(shell, card)[1]["detail"] == "the rota", "one step"
    said = shell.ok(
        "point", card, "--edit", "2", "--on", "3 dec", "--link", "https://x.example"
    ).err
    assert "Date Thu 3 Dec" in said, "a stored day is said"
    now = points(shell, card)[2]
    assert (now["text"], now["due_on"]) == ("send slides", "2026-12-03")
    shell.ok("point", card, "--edit", "2", "--on", "")
    assert points(shell, card)[2]["due_on"] is None
    shell.ok("point", card, "--edit", "2", "their promise", "call me by fri")
    now = points(shell, card)[2]
    assert (now["kind"], now["text"], now["due_on"]) == ("their_promise", "call me", "2026-11-27")
    assert shell.ok("point", card, "--edit", "2", "call me").err == "It says that already.\n"
    assert shell("point", card, "--edit", "3", "x").code == 3, "it is of another application"


def test_a_point_is_changed_in_the_editor(shell: Any, card: str, edits: Edits) -> None:
    edits(
        "text = text.replace('Text: no Go', 'Text: little Go')\n"
        "text = text.replace('Sensed: no', 'Sensed: yes').replace('a course', 'a\\nlong course')"
    )
    shell.ok("point", card, "--edit", "1")
    now = points(shell, card)[1]
    assert (now["text"], now["detail"], now["felt"]) == ("little Go", "a\nlong course", True)
    shell.ok("undo")
    assert points(shell, card)[1]["text"] == "no Go"
    edits("text = text.replace('Kind: concern', 'Kind: gossip')")
    result = shell("point", card, "--edit", "1")
    assert "Line " in result.err
    assert "Unknown kind “gossip”" in result.err
    assert "board-unsaved/point-1.txt" in result.err


def test_a_concern_is_carried_over(shell: Any, card: str) -> None:
    said = shell.ok("point", card, "--carry", "1", "--to", "initech").err
    assert said.startswith("Initech, SRE: concern carried over: no Go.")
    assert [point["text"] for point in points(shell, "2").values()] == ["too senior", "no Go"]
    assert shell("point", card, "--carry", "1", "--to", "2").code == 1, "it is there already"
    assert shell("point", card, "--carry", "2", "--to", "2").code == 1, "a promise"
    assert shell("point", card, "--carry", "1", "--to", "zzz").code == 3


def test_an_interview_changes_without_another_time(shell: Any, card: str) -> None:
    shell.ok("interview", card, "--move", "2", "--with", "Cy", "--with", "Di")
    shell.ok("interview", card, "--move", "2", "--place", "Room 5", "--minutes", "30")
    shell.ok("interview", card, "--move", "2", "--format", "case")
    now = shell.ok("show", card, "--json").json["interviews"][1]
    assert now["starts_at"] == "2026-11-26T10:00:00+01:00"
    assert (now["people"], now["place"], now["minutes"]) == ("Cy and Di", "Room 5", 30)
    assert (now["formats"], now["moved_times"]) == (["case"], 0)
    shell.ok(
        "interview",
        card,
        "--move",
        "2",
        "--with",
        "",
    )
    assert shell.ok("show", card, "--json").json["interviews"][1]["interviewers"] == []
    shell.ok("interview", card, "invited")
    shell.ok("interview", card, "--move", "3", "--with", "Cy")
    result = shell("interview", card, "--move", "3", "--place", "x")
    assert (result.code, "has no time yet" in result.err) == (1, True)


def test_a_task_is_renamed_and_loses_its_day(shell: Any, card: str) -> None:
    shell.ok("task", card, "Case study", "--due", "fri 17:00")
    shell.ok("task", card, "case study", "--rename", "Case", "--due", "none")
    (task,) = shell.ok("task", card, "--json").json
    assert (task["title"], task["due_on"], task["due_at"]) == ("Case", None, None)
    shell.ok("undo")
    (task,) = shell.ok("task", card, "--json").json
    assert (task["title"], task["due_on"]) == ("Case study", "2026-11-27")
    assert shell("task", card, "Other", "--rename", "x").code == 3


def test_days_of_an_offer_are_corrected_and_cleared_in_one_step(shell: Any) -> None:
    card = shell.add("Hooli", "SRE", "--applied", "2026-11-02")
    shell.ok("move", card, "offer", "--on", "2026-11-21")
    shell.ok("offer", card, "--received", "20 nov", "--verbal")
    shell.ok("offer", card, "--letter", "yesterday", "--starts", "1 feb", "--counter", "today")
    offer = shell.ok("offer", card, "--json").json
    assert (offer["offered_on"], offer["kind"]) == ("2026-11-20", "written")
    said = shell.ok("offer", card, "--letter", "none", "--counter", "", "--starts", "8 feb").err
    assert "no written offer yet, no counter-offer" in said
    offer = shell.ok("offer", card, "--json").json
    assert (offer["letter_on"], offer["counter_sent_on"]) == (None, None)
    assert offer["starts_on"] == "2027-02-08"
    shell.ok("undo")
    assert shell.ok("offer", card, "--json").json["starts_on"] == "2027-02-01"
    shell.ok("deadline", card, "fri 17:00")
    shell.ok("deadline", card, "none")
    assert shell.ok("offer", card, "--json").json["deadline_on"] is None


def test_a_kept_draft_is_discarded(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    number = f"f{shell.ok('due', '--json').json[0]['id']}"
    template = shell.ok("draft", number).out
    result = shell("draft", number, "--discard")
    assert (result.code, "no draft of it is kept" in result.err) == (1, True)
    shell.environ["EDITOR"] = "true"
    shell.ok("draft", number, "--save")
    assert shell.ok("draft", number, "--json").json["stored"]
    shell.ok("draft", number, "--discard")
    assert shell.ok("draft", number).out == template
    assert not shell.ok("draft", number, "--json").json["stored"]
    shell.ok("undo")
    assert shell.ok("draft", number, "--json").json["stored"]
