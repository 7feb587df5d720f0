"""`rounds contact` and `rounds point`: people, and what is noted, from the command line."""

import re
from typing import Any

import pytest

from store.rules.points import KINDS


@pytest.fixture
def card(shell: Any) -> str:
    """An application with an interview that two people held."""
    shell.begin(
        ("add", "Globex", "Engineer", "--applied", "2026-11-02"),
        ("interview", "1", "2026-11-20 10:00 with Ana Alvarez and Bo"),
    )
    return "1"


def test_a_name_is_added_once_and_changed_from_then_on(shell: Any, card: str) -> None:
    shell.ok("contact", card, "Cy", "--relation", "recruiter")
    shell.ok("contact", card, "ana", "--email", "ana@globex.example", "--common-ground", "Rust")
    shell.ok("contact", card, "Ana", "--title", "CTO", "--phone", "1", "--link", "https://a.example",
             "--background", "was at Hooli", "--relation", "manager")  # fmt: skip
    people = shell.ok("contact", card, "--json").json
    assert people[0] == {
        "id": 1,
        "name": "Ana Alvarez",
        "title": "CTO",
        "email": "ana@globex.example",
        "phone": "1",
        "link": "https://a.example",
        "relation": "manager",
        "common_ground": "Rust",
        "background": "was at Hooli",
        "main": False,
    }
    assert [(each["name"], each["relation"]) for each in people] == [
        ("Ana Alvarez", "manager"),
        ("Bo", "interviewer"),
        ("Cy", "recruiter"),
    ]
    assert shell.ok("show", card, "--json").json["contacts"] == people


def test_a_contact_is_renamed_emptied_and_removed(shell: Any, card: str) -> None:
    shell.ok("contact", card, "Bo", "--rename", "Bo Berg", "--email", "bo@globex.example")
    shell.ok("contact", card, "Bo Berg", "--email", "")
    _, bo = shell.ok("contact", card, "--json").json
    assert (bo["name"], bo["email"]) == ("Bo Berg", None)
    assert "with Ana Alvarez and Bo Berg" in shell.ok("show", card).out
    shell.ok("contact", card, "Bo", "--remove")
    assert len(shell.ok("contact", card, "--json").json) == 1
    assert shell("contact", card, "Bo", "--remove").code == 3


@pytest.mark.parametrize("address", ["ana", "ana@globex", "Ana <ana@globex.example>", "a@b@c.org"])
def test_what_can_be_no_address_changes_nothing(shell: Any, card: str, address: str) -> None:
    before = shell.ok("contact", card, "--json").json
    for name in ("Ana", "Somebody new"):
        result = shell("contact", card, name, "--title", "CTO", "--email", address)
        assert (result.code, result.out) == (1, "")
        assert f"“{address}” is not a valid email address: " in result.err
        assert "An address looks like ana@example.org." in result.err
    assert shell.ok("contact", card, "--json").json == before
    shell.ok("contact", card, "Ana", "--email", "ána.ruiz+jobs@mail.globex.example")


def test_the_list_for_people(shell: Any, card: str) -> None:
    shell.ok("contact", card, "Ana", "--email", "ana@globex.example")
    head, ana, bo = shell.ok("contact", card).out.splitlines()
    assert head.split() == ["ID", "NAME", "RELATION", "TITLE", "EMAIL", "PHONE"]
    assert ana.split() == ["1", "Ana", "Alvarez", "interviewer", "ana@globex.example"]
    assert bo.split() == ["2", "Bo", "interviewer"]
    empty = shell.ok("contact", shell.add("Initech", "SRE"))
    assert (empty.out, "No contacts yet" in empty.err) == ("", True)


def test_a_known_name_without_a_change_is_said(shell: Any, card: str) -> None:
    result = shell("contact", card, "Bo")
    assert (result.code, "among the contacts already" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "kind", "text", "more"),
    [
        (["my_promise", "send slides by fri"], "my_promise", "send slides",
         {"due_on": "2026-11-27"}),
        (["my-promise", "send", "slides", "by", "next", "week"], "my_promise", "send slides",
         {"due_on": "2026-12-04"}),
        (["promise", "x"], "my_promise", "x", {}),
        (["You promised", "x"], "my_promise", "x", {}),
        (["you", "promised", "x", "by", "3", "dec"], "my_promise", "x",
         {"due_on": "2026-12-03"}),
        (["Promises", "x"], "my_promise", "x", {}),
        (["their promise", "call", "--on", "fri"], "their_promise", "call",
         {"due_on": "2026-11-27"}),
        (["doubt", "x"], "concern", "x", {}),
        (["doubts", "x"], "concern", "x", {}),
        (["felt", "too senior"], "concern", "too senior", {"felt": True}),
        (["sensed", "too senior"], "concern", "too senior", {"felt": True}),
        (["weak", "cost?"], "asked", "cost?", {"felt": True}),
        (["concern", "no team led -- the rota"], "concern", "no team led", {"detail": "the rota"}),
        (["Counter-proposal", "5k"], "counter", "5k", {}),
        (["counter-offer", "5k"], "counter", "5k", {}),
        (["news: they grow https://n.example/1"], "news", "they grow",
         {"link": "https://n.example/1"}),
        (["news", "they grow", "on 20 nov"], "news", "they grow", {"due_on": "2026-11-20"}),
        (["promise:", "x"], "my_promise", "x", {}),
        (["req", "Go"], "requirement", "Go", {}),
    ],
)  # fmt: skip
def test_a_point_is_read_as_on_the_screen(
    shell: Any, card: str, words: list[str], kind: str, text: str, more: dict[str, Any]
) -> None:
    result = shell.ok("point", card, *words)
    (noted,) = shell.ok("point", card, "--json").json
    assert (noted["kind"], noted["text"]) == (kind, text)
    assert {name: noted[name] for name in more} == more
    if "due_on" in more:
        day = int(more["due_on"][-2:])
        assert re.search(rf"Understood: (by|of) \w+ {day} \w+", result.err), "a stored day is said"


@pytest.mark.parametrize("kind", [*KINDS, *(kind.title for kind in KINDS.values())])
def test_every_kind_is_taken_however_its_words_are_joined(shell: Any, card: str, kind: str) -> None:
    for spelled in {kind, kind.replace("_", "-"), kind.replace("_", " "), kind.upper()}:
        shell.ok("point", card, spelled, "x")
    assert len({each["kind"] for each in shell.ok("point", card, "--json").json}) == 1


def test_what_stands_in_the_line_is_not_said_again(shell: Any, card: str) -> None:
    twice = shell("point", card, "promise", "x by fri", "--on", "thu")
    assert (twice.code, twice.err) == (2, "rounds: The line has that already: leave out --on.\n")
    assert shell("point", card, "concern", "a -- b", "--detail", "c").code == 2
    wrong = shell("point", card, "gossip", "x")
    assert (wrong.code, "my-promise, their-promise" in wrong.err) == (2, True)
    assert shell("point", card, "news", "x", "--on", "3 dec 2026").code == 2, "it is in the future"
    assert shell.ok("point", card, "--json").json == []


def test_points_of_all_kinds_are_noted_listed_and_settled(shell: Any, card: str) -> None:
    shell.ok("point", card, "concern", "little", "cloud", "--detail", "the migration", "--felt",
             "--interview", "1")  # fmt: skip
    shell.ok(
        "point", card, "skill", "cloud course", "--answers", "1", "--link", "https://c.example"
    )
    shell.ok("point", card, "my-promise", "send the sample", "--on", "fri")
    shell.ok("point", card, "News", "they bought Hooli", "--on", "yesterday")
    points = shell.ok("point", card, "--json").json
    assert points[0] == {
        "id": 1,
        "kind": "concern",
        "text": "little cloud",
        "detail": "the migration",
        "felt": True,
        "state": "open",
        "noted_on": "2026-11-23",
        "settled_on": None,
        "due_on": None,
        "link": None,
        "interview_id": 1,
        "answers_id": None,
    }
    assert [(each["kind"], each["due_on"], each["answers_id"]) for each in points[1:]] == [
        ("skill", None, 1),
        ("my_promise", "2026-11-27", None),
        ("news", "2026-11-22", None),
    ]
    assert "Concern: little cloud (sensed)  (point 1)" in shell.ok("show", card).out
    promised = [
        d for d in shell.ok("due", "--days", "5", "--json").json if d["action"] == "deliver"
    ]
    assert [each["due_on"] for each in promised] == ["2026-11-27"]
    for state in ("addressed", "done", "open"):
        shell.ok("point", card, f"--{state}", "1")
        assert shell.ok("point", card, "--json").json[0]["state"] == state
    shell.ok("point", card, "--remove", "#1")
    assert [each["id"] for each in shell.ok("point", card, "--json").json] == [2, 3, 4]
    assert "Skill" in shell.ok("point", card).out
    assert "No points yet" in shell.ok("point", shell.add("Initech", "SRE")).err


def test_what_is_carried_over_stands_in_show(shell: Any, card: str) -> None:
    shell.ok("point", card, "concern", "little cloud", "--detail", "the migration")
    shell.ok("point", card, "skill", "cloud course", "--answers", "1")
    shell.ok("contact", card, "Ana", "--common-ground", "Rust")
    assert "To carry over" not in shell.ok("show", card).out, "nothing is ahead"
    shell.ok("interview", card, "thu 10:00 case with Ana", "--stage", "second")
    out = shell.ok("show", card).out
    for line in (
        "  open concern: little cloud — the migration\n",
        "    since then: cloud course\n",
        "  met Ana Alvarez (again), Rust\n",
        "  met Bo\n",
        "  Case: ",
    ):
        assert line in out
    carried = shell.ok("show", card, "--json").json["carried_over"]
    assert carried["interview_id"] == 2
    assert carried["agenda"] == ["case"]
    assert carried["concerns"] == [{"point_id": 1, "plan": "the migration", "steps": [2]}]
    assert [(met["contact_id"], met["again"]) for met in carried["met"]] == [(1, True), (2, False)]
    assert carried["questions"]


def test_a_point_of_another_application_is_none_of_this_one(shell: Any, card: str) -> None:
    other = shell.add("Initech", "SRE")
    shell.ok("point", other, "concern", "x")
    for words in (("--done", "1"), ("--remove", "1"), ("skill", "y", "--answers", "1")):
        assert shell("point", card, *words).code == 3
    assert shell.ok("point", other, "--json").json[0]["state"] == "open"


def test_the_one_to_write_to(shell: Any) -> None:
    card = shell.add(
        "Globex", "SRE", "--contact", "Ana Ruiz", "--email", "ana@g.example",
        "--relation", "coordinator", "--applied", "2026-11-02",
    )  # fmt: skip
    shell.ok("contact", card, "Bo", "--email", "bo@g.example", "--relation", "referrer")
    people = shell.ok("contact", card, "--json").json
    assert [(p["name"], p["relation"], p["main"]) for p in people] == [
        ("Ana Ruiz", "coordinator", True),
        ("Bo", "referrer", False),
    ]
    due = str(shell.ok("due", "--json").json[0]["id"])
    assert shell.ok("draft", due, "--json").json["to"] == "ana@g.example"
    chosen = shell.ok("draft", due, "--to", "bo", "--json").json
    assert chosen["to"] == "bo@g.example"
    assert "Dear Bo," in chosen["body"]
    assert shell("draft", due, "--to", "Zoe").code == 3
    shell.ok("contact", card, "Bo", "--main")
    assert "Bo · referrer, main contact" in shell.ok("show", card).out
    assert shell.ok("draft", due, "--json").json["to"] == "bo@g.example"
    shell.ok("contact", card, "Bo", "--not-main")
    assert [p["main"] for p in shell.ok("contact", card, "--json").json] == [False, False]
    assert shell("add", "X", "Y", "--relation", "boss").code == 2
