"""`list` and `due`: what they choose, how they print it, and the objects that scripts rely on."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

BERLIN = ZoneInfo("Europe/Berlin")

APPLICATION = {
    "id": 1,
    "company": "Globex",
    "role": "Staff Engineer",
    "stage": "first",
    "outcome": None,
    "applied_on": "2026-11-02",
    "stage_since": "2026-11-23",
    "location": "Berlin",
    "url": "https://globex.example/1",
    "source": "friend",
    "salary": None,
    "tags": ["remote", "python"],
    "expected_by": None,
    "dormant": False,
    "next_interview": "2026-12-01T10:00:00+01:00",
    "follow_up": {
        "id": 4,
        "application_id": 1,
        "company": "Globex",
        "role": "Staff Engineer",
        "stage": "first",
        "action": "prepare",
        "label": "prepare: research, stories, questions",
        "due_on": "2026-11-28",
        "due_at": None,
        "days": 5,
        "reason": "interview Tue 1 Dec 10:00",
        "nth": 1,
        "of": 3,
    },
}


@pytest.fixture
def globex(shell: Any) -> str:
    """An application with an interview next Tuesday."""
    card: str = shell.add(
        "Globex", "Staff Engineer", "--applied", "2026-11-02", "--url", "https://globex.example/1",
        "--location", "Berlin", "--source", "friend", "--tag", "remote", "--tag", "python",
    )  # fmt: skip
    shell.ok("interview", card, "1 dec", "10:00", "45m", "with", "Ana")
    return card


def test_list_prints_the_promised_objects_in_the_promised_order(shell: Any, globex: str) -> None:
    (found,) = shell.ok("list", "--json").json
    wanted = APPLICATION | {
        "follow_up": APPLICATION["follow_up"] | {"id": found["follow_up"]["id"]}  # type: ignore[operator]
    }
    assert found == wanted
    assert list(found) == list(wanted)
    assert list(found["follow_up"]) == list(wanted["follow_up"])


def test_due_prints_the_same_object_as_list(shell: Any, globex: str) -> None:
    follow_up = shell.ok("list", "--json").json[0]["follow_up"]
    assert follow_up | {"together": []} in shell.ok("due", "--days", "5", "--json").json
    assert (
        follow_up | {"state": "open", "done_on": None}
        in shell.ok("show", globex, "--json").json["follow_ups"]
    )


def test_instants_carry_the_offset_in_force_then(shell: Any) -> None:
    shell.clock.moment = datetime(2026, 10, 20, 9, 0, tzinfo=BERLIN)
    for day, offset in (("2026-10-23", "+02:00"), ("2026-10-26", "+01:00")):
        card = shell.add()
        shell.ok("interview", card, day, "10:00")
        shown = shell.ok("show", card, "--json").json
        assert shown["next_interview"] == f"{day}T10:00:00{offset}"


def test_an_invitation_has_no_next_interview_yet(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "yesterday")
    shell.ok("interview", card, "invited")
    (found,) = shell.ok("list", "--json").json
    assert found["next_interview"] is None
    assert found["follow_up"]["due_at"] == "2026-11-24T09:00:00+01:00"
    assert found["follow_up"]["days"] == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["Globex", "Initech"]),
        (("--stage", "offer"), []),
        (("--stage", "FIRST"), ["Initech"]),
        (("--closed",), ["Hooli"]),
        (("--all",), ["Globex", "Initech", "Hooli"]),
        (("--closed", "--stage", "applied"), ["Hooli"]),
        (("--search", "globe"), ["Globex"]),
        (("--search", "STAFF globex"), ["Globex"]),
        (("--search", "globex sre"), []),
        (("--search", "remote"), ["Initech"]),
        (("--search", "parrot"), ["Globex"]),
        (("--all", "--search", "straße"), ["Hooli"]),
        (("--all", "--search", "STRASSE"), ["Hooli"]),
        (("--search", ""), ["Globex", "Initech"]),
        (("--search", "#remote"), ["Initech"]),
        (("--search", "#REM sre"), ["Initech"]),
        (("--search", "#week"), ["Initech"]),
        (("--search", "#parrot"), []),
        (("--search", "careers"), ["Globex"]),
        (("--search", "ana ruiz"), ["Initech"]),
        (("--search", "ana@initech"), ["Initech"]),
        (("--search", "head of qa"), ["Initech"]),
        (("--search", "terraform"), ["Initech"]),
        (("--search", "second round"), ["Initech"]),
        (("--search", "%"), []),
        (("--search", "*"), []),
    ],
)
def test_list_chooses(shell: Any, words: tuple[str, ...], found: list[str]) -> None:
    shell.add(
        "Globex", "Staff Engineer", "--note", "Talk about the Parrot.", "--source", "Careers page"
    )
    initech = shell.add(
        "Initech", "SRE", "--applied", "-9d", "--tag", "Remote", "--tag", "4 day week"
    )
    shell.ok("move", initech, "first")
    shell.ok(
        "contact", initech, "Ana Ruiz", "--title", "Head of QA", "--email", "ana@initech.example"
    )
    shell.ok("interview", initech, "yesterday 10:00 with Ana Ruiz")
    notes = shell.path.with_name("debrief.txt")
    notes.write_text("Doubts they voiced:\nLittle Terraform\nNext step: second round\n")
    shell.ok("debrief", initech, "--from", str(notes))
    shell.ok("close", shell.add("Hooli", "Straßenplaner"), "rejected")
    assert [each["company"] for each in shell.ok("list", "--json", *words).json] == found


def test_due_counts_planned_rows_on_another_day(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-11-23")
    assert shell.ok("due", "--json").json == []
    (planned,) = shell.ok("due", "--on", "2026-12-03", "--json").json
    assert (planned["due_on"], planned["days"]) == ("2026-12-03", 0)
    (late,) = shell.ok("due", "--on", "2026-12-05", "--json").json
    assert late["days"] == -2
    assert shell.ok("due", "--days", "10", "--json").json[0]["days"] == 10
    assert shell.ok("due", "--days", "9", "--json").json == []


@pytest.mark.parametrize(
    ("on", "line"), [("today", ""), ("3 dec", "1 today\n"), ("4 dec", "1 late\n")]
)
def test_a_line_for_the_prompt(shell: Any, on: str, line: str) -> None:
    shell.add()
    result = shell.ok("due", "--line", "--on", on)
    assert (result.out, result.err) == (line, "")


def test_the_line_counts_late_today_and_ahead(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    shell.ok("remind", card, "today", "one")
    shell.ok("remind", card, "today", "two")
    shell.ok("remind", card, "+1d", "three")
    line = shell.ok("due", "--line", "--days", "1").out
    assert line == "1 late · 2 today · 1 ahead\n"


def test_check_tells_by_its_exit_code(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    assert shell("due", "--check").code == 10
    assert shell("due", "--check", "--json").code == 10
    assert shell("due", "--check", "--line").code == 10
    assert shell("due").code == 0
    assert shell("due", "--check", "--on", "2026-11-12").code == 0


def test_what_is_due_is_sorted_and_says_why(shell: Any) -> None:
    shell.add("Later", "Engineer", "--applied", "2026-11-12")
    shell.add("Sooner", "Engineer", "--applied", "2026-11-10")
    head, first, second = shell.ok("due").out.splitlines()
    assert head.split() == ["ID", "WHEN", "WHAT", "COMPANY", "ROLE", "WHY"]
    assert "3 days late" in first
    assert "Sooner" in first
    assert first.endswith("applied Tue 10 Nov")
    assert "today" in second


def test_nothing_due_names_the_next_one(shell: Any) -> None:
    shell.add()
    result = shell.ok("due")
    assert result.out == ""
    assert result.err == (
        "Nothing is due today. Next: Thu 3 Dec, ask politely about your application (Globex).\n"
    )
    assert "in the next 3 days" in shell.ok("due", "--days", "3").err
    shell.ok("close", "1", "withdrawn")
    assert "nothing is planned" in shell.ok("due").err


def test_a_changed_board_shows_at_once(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    (due,) = shell.ok("due", "--json").json
    shell.ok("done", str(due["id"]))
    assert shell.ok("due", "--json").json == []
    assert shell.ok("list", "--json").json[0]["follow_up"]["nth"] == 2
    shell.ok("undo")
    assert shell.ok("due", "--json").json == [due]
    assert card == "1"


def test_reading_changes_no_byte(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    before = shell.path.read_bytes()
    for words in (("list",), ("due",), ("show", card), ("where",), ("due", "--on", "fri")):
        shell.ok(*words)
    assert shell.path.read_bytes() == before
    assert [entry.name for entry in shell.path.parent.iterdir()] == ["board.db"]


def test_an_empty_list_says_why(shell: Any) -> None:
    card = shell.add()
    assert shell.ok("list", "--closed").err == "No application is closed.\n"
    assert shell.ok("list", "--search", "nothing").err == "No application matches.\n"
    assert shell.ok("list", "--stage", "offer").err == "No application matches.\n"
    shell.ok("delete", card)
    assert "rounds add COMPANY ROLE" in shell.ok("list").err


def test_when_all_are_closed_list_and_due_say_so(shell: Any) -> None:
    first = shell.add("Globex", "SRE", "--stage", "offer")
    shell.ok("close", first, "withdrawn")
    result = shell.ok("list")
    assert (result.out, result.err) == (
        "", "Your one application is closed. “rounds list --closed” shows what is closed.\n",
    )  # fmt: skip
    shell.ok("close", shell.add("Initech", "SRE", "--stage", "offer"), "accepted")
    sentence = "All 2 are closed. You accepted Initech."
    assert shell.ok("list").err == f"{sentence} “rounds list --closed” shows what is closed.\n"
    assert shell.ok("due", "--on", "2027-11-23").err.endswith(f" {sentence}\n")
    assert shell.ok("list", "--json").json == []
    assert (shell.ok("due", "--line").out, shell.ok("due", "--line").err) == ("", "")
    assert shell.ok("list", "--search", "x").err == "No application matches.\n"


def test_a_dormant_application_says_so(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-09-01")
    assert shell.ok("list").out.splitlines()[1].endswith("dormant")
    assert shell.ok("list", "--json").json[0]["dormant"] is True
    assert shell.ok("due", "--json").json == []


def test_nudges_at_one_employer_are_told_as_one_message(shell: Any) -> None:
    for company, role in (("Globex", "Engineer"), (" GLOBEX", "SRE"), ("Initech", "Engineer")):
        shell.add(company, role, "--applied", "2026-11-10")
    due = shell.ok("due", "--json").json
    numbers = [each["id"] for each in due]
    assert [each["together"] for each in due] == [[numbers[1]], [numbers[0]], []]
    _, first, second, alone = shell.ok("due").out.splitlines()
    assert f"(with #{numbers[1]})" in first
    assert f"(with #{numbers[0]})" in second
    assert "(with" not in alone
    result = shell.ok("done", str(numbers[0]), str(numbers[1]))
    assert "together" in result.err
    assert [each["id"] for each in shell.ok("due", "--json").json] == numbers[2:]
    shell.ok("undo")
    assert [each["id"] for each in shell.ok("due", "--json").json] == numbers


def test_thanks_at_one_employer_stay_one_by_one(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    shell.ok("interview", card, "2026-11-20 10:00 with Ana and Bo")
    due = shell.ok("due", "--days", "5", "--json").json
    assert sum(each["action"] == "thank" for each in due) == 2
    assert all(each["together"] == [] for each in due)
