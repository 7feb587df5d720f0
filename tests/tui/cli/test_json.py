"""The JSON of every command: one envelope, a schema for each kind, ids of what was made."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.tables import each_row
from tests.tui.cli.conftest import SCHEMAS, validator
from tui.cli.output import VERSION
from tui.cli.table import COMMANDS, WITHOUT_JSON

WEEK = Path(__file__).parents[2] / "store/exchange/mail/samples/week.mbox"
LINKEDIN = Path(__file__).parents[2] / "hunts" / "graduate_applications.csv"

Step = tuple[tuple[str, ...], list[tuple[str, int]]]
STORY: tuple[Step, ...] = (
    (("add", "Globex", "Engineer", "--applied", "-20d", "--contact", "Ana", "--note", "x"), [
        ("application", 1), ("note", 1), ("contact", 1)]),
    (("add", "Initech", "Writer", "--if-new"), [("application", 2)]),
    (("done", "f1"), [("message", 1)]),
    (("move", "1", "first"), []),
    (("move", "1", "2", "second"), []),
    (("interview", "1", "yesterday 10:00 with Ana and Bo"), [("contact", 2), ("interview", 1)]),
    (("interview", "2", "invited"), [("interview", 2), ("message", 2)]),
    (("task", "1", "Case", "--due", "fri"), [("task", 1)]),
    (("contact", "1", "Cy", "--email", "cy@globex.example"), [("contact", 3)]),
    (("contact", "1", "Cy", "--remove"), []),
    (("point", "1", "concern", "little cloud"), [("point", 1)]),
    (("point", "1", "--done", "1"), []),
    (("replied", "1", "--decides-by", "next week"), [("message", 3)]),
    (("note", "2", "They have a dog."), [("note", 2)]),
    (("remind", "2", "fri", "call"), [("follow_up", 0)]),
    (("reminder", "update the CV", "--on", "fri"), [("reminder", 1)]),
    (("reminder", "r1", "--every", "week"), []),
    (("goal", "5 applications"), []),
    (("move", "1", "offer"), []),
    (("offer", "1", "--verbal"), []),
    (("deadline", "1", "fri 17:00"), []),
    (("offer", "1", "--thanked", "today"), [("message", 4)]),
    (("search", "Mine", "stage:offer"), []),
    (("employer", "Globex", "--same-as", "Hooli"), []),
    (("edit", "1", "--salary", "90k"), []),
    (("edit", "1", "--salary", "90k"), []),
    (("note", "1", "--edit", "1", "y"), []),
    (("prepare", "2", "q1", "--rehearsed"), [("point", 2)]),
    (("tick", "1", "OC-04"), []),
    (("criteria", "pay", "3"), [("criterion", 1)]),
    (("criteria", "pay", "--rename", "salary"), []),
    (("score", "1", "salary", "8"), []),
    (("order", "second", "urgency"), []),
    (("order", "1", "first"), []),
    (("close", "2", "withdrawn"), []),
    (("lesson", "2", "--keep", "the numbers"), []),
    (("reopen", "2"), []),
    (("delete", "2"), []),
    (("undo",), []),
    (("redo",), []),
    (("undo",), []),
)  # fmt: skip


def told(shell: Any) -> set[str]:
    """Tell the whole story; gives the commands in it."""
    for words, made in STORY:
        document = shell.ok(*words, "--json").document
        assert (document["version"], document["kind"]) == (VERSION, "change")
        data = document["data"]
        found = [(one["kind"], one["id"]) for one in data["made"]]
        assert sorted(kind for kind, _ in found) == sorted(kind for kind, _ in made), words
        for kind, number in made:
            assert not number or (kind, number) in found, words
        assert data["said"], words
        numbers = [
            int(word)
            for word in words[1:]
            if word.isdigit() and words[0] not in ("point", "criteria")
        ]
        assert set(numbers[:1]) <= set(data["applications"]), words
    return {words[0] for words, _ in STORY}


def test_what_a_change_made_has_its_id_and_the_application_as_it_stands(shell: Any) -> None:
    commands = told(shell)
    shell.ok("add", "Umbrella", "Clerk", "--applied", "2026-07-01")
    for words, kind in (
        (("list", "--all"), "applications"),
        (("show", "1"), "application"),
        (("show", "2"), "application"),
        (("due", "--days", "30"), "due"),
        (("contact", "1"), "contacts"),
        (("point", "1"), "points"),
        (("task", "1"), "tasks"),
        (("offer", "1"), "offer"),
        (("offer", "2"), "offer"),
        (("stats", "--by", "source"), "stats"),
        (("where",), "places"),
        (("search",), "searches"),
        (("note", "1"), "notes"),
        (("tick", "1"), "ticks"),
        (("prepare", "2"), "preparation"),
        (("criteria",), "criteria"),
        (("order", "second"), "order"),
        (("edit", "1", "--form"), "form"),
        (("contact", "1", "Ana", "--form"), "form"),
        (("debrief", "1", "--form"), "form"),
        (("employer", "globex"), "employer"),
        (("sweep",), "sweep"),
        (("review",), "review"),
        (("goal",), "goals"),
        (("reminder",), "reminders"),
        (("reminder", "r1"), "reminder"),
        (("take", "https://x.example/1", "--company", "X", "--role", "Y", "--dry-run"), "posting"),
        (("take", "https://x.example/1", "--company", "X", "--role", "Y"), "change"),
        (("shelf",), "shelf"),
        (("shelf", "p1"), "posting"),
        (("shelf", "p1", "--apply"), "change"),
        (("mail", str(WEEK)), "mail"),
        (("backup",), "file"),
        (("ics", str(Path(shell.path).with_name("rounds.ics"))), "calendar"),
        (("notify", "--dry-run"), "notice"),
        (("backup", "--list"), "backups"),
        (("boards",), "boards"),
        (("copy", "--to", str(Path(shell.path).with_name("copied.db"))), "file"),
        (("doctor",), "doctor"),
        (("config",), "config"),
        (("import", str(LINKEDIN), "--dry-run"), "import"),
        (("import", str(LINKEDIN)), "import"),
    ):
        document = shell.ok(*words, "--json").document
        assert (document["version"], document["kind"]) == (VERSION, kind)
        assert document["data"] or kind == "offer"
        commands.add(words[0])
    assert shell("lesson", "1", "--json").out == ""
    due = shell.ok("due", "--days", "30", "--json").json
    number = next(one["number"] for one in due if one["action"] == "thank")
    assert shell.ok("draft", number, "--json").document["kind"] == "draft"
    made = shell.ok("draft", number, "--save", "--json").json["made"]
    assert [one["kind"] for one in made] == ["draft"]
    settled = shell.ok("snooze", number, "+3d", "--json").json
    assert settled["follow_ups"] == [int(number[1:])]
    shell.ok("skip", number, "--json").document  # noqa: B018 (it checks itself)
    copy = shell.ok("backup", "--json").json["path"]
    shell.ok("note", "1", "After the copy.")
    assert shell.ok("restore", copy, "--yes", "--json").document["kind"] == "restore"
    assert shell.ok("undo").err.startswith("Undone: went back")
    to = str(Path(shell.path).with_name("board.html"))
    assert shell.ok("export", "-o", to, "--json").document["kind"] == "export"
    filled = Path(shell.path).with_name("debrief.txt")
    filled.write_text("Questions they asked:\n- Why us?\n", encoding="utf-8")
    debriefed = shell.ok("debrief", "1", "--from", str(filled), "--json").json
    assert [one["kind"] for one in debriefed["made"]] == ["debrief", "point"]
    commands |= {"draft", "snooze", "skip", "restore", "debrief", "export"}
    assert commands == set(COMMANDS) - WITHOUT_JSON


def test_the_lesson_of_a_closed_one_comes_in_the_envelope(shell: Any) -> None:
    shell.begin(("add", "Globex", "Engineer"), ("close", "1", "rejected", "--reason", "no visa"))
    assert shell.ok("lesson", "1", "--json").document["kind"] == "lesson"
    assert shell.ok("lesson", "1", "--json").json["reason"] == "no visa"
    assert shell.ok("lesson", "1", "--form", "--json").document["kind"] == "form"


def test_a_list_of_new_ones_is_one_change(shell: Any, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("Globex; Engineer\nInitech; Writer\n", encoding="utf-8")
    made = shell.ok("add", "--from", str(listed), "--json").json["made"]
    assert [(one["kind"], one["id"]) for one in made] == [("application", 1), ("application", 2)]
    again = shell.ok("add", "--from", str(listed), "--if-new", "--json").json
    assert (again["change_id"], again["applications"]) == (None, [1, 2])


def test_a_change_tells_the_application_as_it_stands_now(shell: Any) -> None:
    shell.begin(("add", "Globex", "Engineer"))
    data = shell.ok("move", "1", "second", "--json").json
    assert data["application"] == shell.ok("list", "--json").json[0]
    assert data["application"]["stage"] == "second"
    assert shell.ok("delete", "1", "--json").json["application"] is None


def test_add_prints_no_bare_number_and_nothing_new_is_said(shell: Any) -> None:
    assert shell.ok("add", "Globex", "Engineer", "--json").json["made"][0]["id"] == 1
    again = shell.ok("add", "Globex", "Engineer", "--if-new", "--json").json
    assert (again["change_id"], again["applications"], again["made"]) == (None, [1], [])


def test_undo_tells_what_it_was_about_and_makes_nothing(shell: Any) -> None:
    shell.begin(("add", "Globex", "Engineer", "--applied", "-20d"), ("done", "f1"))
    undone = shell.ok("undo", "--json").json
    assert (undone["made"], undone["applications"], undone["follow_ups"]) == ([], [1], [1])


def test_a_closed_application_has_its_days_and_numbers(shell: Any) -> None:
    shell.begin(("add", "Globex", "Engineer"), ("close", "1", "rejected"))
    (found,) = shell.ok("list", "--closed", "--json").json
    assert (found["closed_on"], found["no_contact"]) == ("2026-11-23", False)
    assert found["created_at"] == found["updated_at"] == "2026-11-23T09:00:00+01:00"
    for due in shell.ok("due", "--days", "400", "--json").json:
        assert due["number"] == f"f{due['id']}"
        assert due["application_id"] == 1


def test_on_an_empty_board_the_documents_are_whole(shell: Any) -> None:
    for command, kind in (("list", "applications"), ("due", "due"), ("stats", "stats")):
        shell.begin()
        assert shell.ok(command, "--json").document["kind"] == kind


@each_row("file", sorted(SCHEMAS.glob("*.json")), ids=lambda file: file.stem)
def test_every_schema_is_one_and_says_its_name(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == file.name
    if "kind" in schema.get("properties", {}) and "data" in schema["properties"]:
        assert schema["properties"]["kind"] == {"const": file.stem}
        assert schema["properties"]["version"] == {"const": VERSION}


def test_a_schema_notices_what_is_missing_or_new(shell: Any) -> None:
    shell.begin(("add", "Globex", "Engineer"))
    document = shell.ok("list", "--json").document
    for change in ({"more": 1}, {"stage": "third"}, {"applied_on": "yesterday"}):
        wrong = json.loads(json.dumps(document))
        wrong["data"][0] |= change
        with pytest.raises(ValidationError):
            validator("applications").validate(wrong)
    wrong = json.loads(json.dumps(document))
    del wrong["data"][0]["closed_on"]
    with pytest.raises(ValidationError):
        validator("applications").validate(wrong)
