"""`list` and `due`: what they choose, how they print it, and the objects that scripts rely on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.tables import each_row
from tests.tui.cli.conftest import Shell

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
    "quiet": False,
    "close_suggested_on": "2027-01-30",
    "next_interview": "2026-12-01T10:00:00+01:00",
    "follow_up": {
        "id": 4,
        "application_id": 1,
        "company": "Globex",
        "role": "Staff Engineer",
        "stage": "first",
        "action": "prepare",
        "label": "prepare for the interview",
        "due_on": "2026-11-28",
        "due_at": None,
        "days": 5,
        "reason": "interview Tue 1 Dec 10:00",
        "nth": 1,
        "of": 3,
        "late": False,
        "late_from": "2026-12-01T00:00:00+01:00",
        "number": "f4",
    },
    "waiting": None,
    "starts_work_on": None,
    "closed_on": None,
    "deadline_on": None,
    "deadline_at": None,
    "posted_on": None,
    "closing_on": None,
    "no_contact": False,
    "created_at": "2026-11-23T09:00:00+01:00",
    "updated_at": "2026-11-23T09:00:00+01:00",
    "employer": "globex",
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
    number = found["follow_up"]["id"]
    wanted = APPLICATION | {
        "follow_up": APPLICATION["follow_up"] | {"id": number, "number": f"f{number}"}  # type: ignore[operator]
    }
    assert found == wanted
    assert list(found) == list(wanted)
    assert list(found["follow_up"]) == list(wanted["follow_up"])


def test_due_prints_the_same_object_as_list(shell: Any, globex: str) -> None:
    follow_up = shell.ok("list", "--json").json[0]["follow_up"]
    (found,) = (
        d for d in shell.ok("due", "--days", "5", "--json").json if d["id"] == follow_up["id"]
    )
    assert found == follow_up | {
        "kind": "follow_up",
        "interview_id": 1,
        "after_interview": None,
        "together": [],
        "fold": None,
    }
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


@each_row(
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
        (("--all", "--search", "hauptstrase"), []),
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
def test_list_chooses(
    shell: Any, made_once: Callable[..., bytes], words: tuple[str, ...], found: list[str]
) -> None:
    def three(path: Path) -> None:
        made = Shell(path, shell.empty)
        made.add(
            "Globex", "Staff Engineer", "--note", "Talk of the Parrot.", "--source", "Careers page"
        )
        tags = ("--tag", "Remote", "--tag", "4 day week")
        initech = made.add("Initech", "SRE", "--applied", "-9d", *tags)
        made.ok("move", initech, "first")
        ana = ("Ana Ruiz", "--title", "Head of QA", "--email", "ana@initech.example")
        made.ok("contact", initech, *ana)
        made.ok("interview", initech, "yesterday 10:00 with Ana Ruiz")
        notes = path.with_name("debrief.txt")
        notes.write_text("Doubts they voiced:\nLittle Terraform\nNext step: second round\n")
        made.ok("debrief", initech, "--from", str(notes))
        made.ok("close", made.add("Hooli", "Straßenplaner"), "rejected")

    shell.open(made_once("three.db", three))
    assert [each["company"] for each in shell.ok("list", "--json", *words).json] == found


def test_due_counts_planned_rows_on_another_day(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-11-23")
    assert shell.ok("due", "--json").json == []
    (planned,) = shell.ok("due", "--on", "2026-12-03", "--json").json
    assert (planned["due_on"], planned["days"]) == ("2026-12-03", 0)
    (late,) = shell.ok("due", "--on", "2026-12-07", "--json").json
    assert late["days"] == -4
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
    shell.clock.moment = shell.clock.moment.replace(day=12)
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    shell.clock.moment = shell.clock.moment.replace(day=23)
    shell.ok("remind", card, "today", "one")
    shell.ok("remind", card, "today", "two")
    shell.ok("remind", card, "+1d", "three")
    line = shell.ok("due", "--line", "--days", "1").out
    assert line == "1 late · 2 today · 1 ahead\n"


def test_check_tells_by_its_exit_code(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    result = shell("due", "--check")
    assert (result.code, result.out, result.err) == (10, "", "")
    assert shell("due", "--check", "--json").code == 10
    result = shell("due", "--check", "--line")
    assert (result.code, result.out) == (10, "1 today\n")
    assert shell("due").code == 0
    assert shell("due", "--check", "--on", "2026-11-12").code == 0


def test_what_is_due_is_sorted_and_says_why(shell: Any) -> None:
    shell.clock.moment = shell.clock.moment.replace(day=12)
    shell.add("Later", "Engineer", "--applied", "2026-11-12")
    shell.add("Sooner", "Engineer", "--applied", "2026-11-10")
    shell.clock.moment = shell.clock.moment.replace(day=23)
    head, first, second = shell.ok("due").out.splitlines()
    assert head.split() == ["ID", "WHEN", "WHAT", "APP", "COMPANY", "ROLE", "WHY"]
    assert "3 days late" in first
    assert "Sooner" in first
    assert first.endswith("applied Tue 10 Nov")
    assert "today" in second


def test_nothing_due_names_the_next_one(shell: Any) -> None:
    shell.add()
    result = shell.ok("due")
    assert result.out == ""
    assert result.err == (
        "Nothing is due today. Next: Thu 3 Dec, follow up on your application (f1, Globex).\n"
    )
    assert "in the next 3 days" in shell.ok("due", "--days", "3").err
    shell.ok("close", "1", "withdrawn")
    assert "nothing is planned" in shell.ok("due").err


def test_a_changed_board_shows_at_once(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-10")
    (due,) = shell.ok("due", "--json").json
    shell.ok("done", f"f{due['id']}")
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
    assert shell.ok("list", "--closed").err == "No closed applications.\n"
    assert shell.ok("list", "--search", "nothing").err == "No application matches.\n"
    assert shell.ok("list", "--stage", "offer").err == "No application matches.\n"
    shell.ok("delete", card)
    assert "rounds add COMPANY ROLE" in shell.ok("list").err


def test_when_all_are_closed_list_and_due_say_so(shell: Any) -> None:
    first = shell.add("Globex", "SRE", "--stage", "offer")
    shell.ok("close", first, "withdrawn")
    result = shell.ok("list")
    assert (result.out, result.err) == (
        "", "Your only application is closed. “rounds list --closed” shows them.\n",
    )  # fmt: skip
    shell.ok("close", shell.add("Initech", "SRE", "--stage", "offer"), "accepted")
    sentence = "All 2 are closed. You accepted Initech."
    assert shell.ok("list").err == f"{sentence} “rounds list --closed” shows them.\n"
    assert shell.ok("due", "--on", "2027-11-23").err.endswith(f" {sentence}\n")
    assert shell.ok("list", "--json").json == []
    assert (shell.ok("due", "--line").out, shell.ok("due", "--line").err) == ("", "")
    told = "No open application matches, but 1 closed one does: add --all.\n"
    assert shell.ok("list", "--search", "x").err == told


def test_a_dormant_application_says_so(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-09-01")
    assert shell.ok("list").out.splitlines()[1].endswith("quiet")
    assert shell.ok("list", "--json").json[0]["dormant"] is True
    assert shell.ok("list", "--json").json[0]["quiet"] is True
    assert "quiet" in shell.ok("show", "1").out
    assert shell.ok("due", "--json").json == []
    over = "no reply for weeks; it may be over and can be closed as no response"
    assert f"nothing to do: {over}\n" in shell.ok("show", "1").out
    shell.add("Initech", "Engineer", "--applied", "2026-10-20")
    still = "a reply brings it back; from Sat 19 Dec it may be closed as no response"
    assert f"nothing to do: {still}\n" in shell.ok("show", "2").out
    assert shell.ok("list", "--json").json[1]["close_suggested_on"] == "2026-12-19"


def test_nudges_at_one_employer_are_told_as_one_message(shell: Any) -> None:
    for company, role in (("Globex", "Engineer"), (" GLOBEX", "SRE"), ("Initech", "Engineer")):
        shell.add(company, role, "--applied", "2026-11-10")
    due = shell.ok("due", "--json").json
    numbers = [each["id"] for each in due]
    assert [each["together"] for each in due] == [[numbers[1]], [numbers[0]], []]
    _, first, second, alone = shell.ok("due").out.splitlines()
    assert f"(with f{numbers[1]})" in first
    assert f"(with f{numbers[0]})" in second
    assert "(with" not in alone
    result = shell.ok("done", f"f{numbers[0]}", f"f{numbers[1]}")
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


def rewritten(shell: Any, *statements: str) -> None:
    """The board with some rows as the rules would have planned them."""
    with closing(sqlite3.connect(shell.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def imported(shell: Any, count: int) -> None:
    """So many applications whose first inquiry was past due when they were imported today."""
    for number in range(count):
        shell.add(f"Company {number}", "Engineer", "--applied", "2026-11-05")
    rewritten(
        shell,
        "UPDATE application SET imported_on = '2026-11-23'",
        "UPDATE follow_up SET due_on = '2026-11-23', planned_on = '2026-11-23' WHERE nth = 1",
    )


def test_what_was_past_due_when_it_was_imported_is_one_line(shell: Any) -> None:
    imported(shell, 3)
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-12")
    result = shell.ok("due", "--on", "27 nov")
    _, globex, fold = result.out.splitlines()
    assert "Globex" in globex
    assert fold.startswith("imported ")
    assert "any time" in fold
    assert "3 imported applications could still be followed up" in fold
    assert result.err == (
        "As if today were Fri 27 Nov, in 4 days.\n"
        "“rounds skip imported” drops them, “rounds due --all” lists them.\n"
    )
    assert shell.ok("due", "--line", "--on", "27 nov").out == "1 late · 1 today\n"
    everything = shell.ok("due", "--json", "--on", "27 nov").json
    assert [each["fold"] for each in everything] == [None, *["imported"] * 3]
    assert [each["late"] for each in everything] == [True, False, False, False]
    assert [each["days"] for each in everything] == [-4, 0, 0, 0]
    assert len(shell.ok("due", "--all", "--on", "27 nov").out.splitlines()) == 5
    assert card == "4"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("done", "imported"), []),
        (("skip", "imported"), []),
        (("snooze", "imported", "tomorrow"), []),
    ],
)
def test_a_fold_is_done_put_off_or_skipped_by_its_name_with_one_undo(
    shell: Any, words: tuple[str, ...], left: list[int]
) -> None:
    imported(shell, 3)
    before = shell.ok("due", "--json").json
    assert "together" in shell.ok(*words).err
    assert shell.ok("due", "--json").json == left
    shell.ok("undo")
    assert shell.ok("due", "--json").json == before


def test_a_fold_that_there_is_not_is_told(shell: Any) -> None:
    shell.add()
    for name in ("silent", "imported"):
        result = shell("done", name)
        assert (result.code, result.err) == (
            3,
            f"rounds: “rounds due” has no line “{name}” today.\n",
        )


def test_silent_applications_are_one_line_after_a_yes(shell: Any) -> None:
    for number in range(24):
        shell.add(f"Company {number}", "Engineer", "--applied", "2026-11-20")
    rewritten(
        shell,
        "UPDATE follow_up SET rule = 'R18', action = 'close_silent', due_on = '2026-11-20', "
        "label = 'close as withdrawn, no message needed', of = 1 WHERE nth = 1",
    )
    result = shell.ok("due")
    (line,) = result.out.splitlines()[1:]
    assert line.split(maxsplit=1)[0] == "silent"
    assert "24 silent applications: close them as withdrawn?" in line
    assert "“rounds done silent” closes them" in result.err
    assert shell.ok("due", "--line").out == "1 today\n"
    assert len(shell.ok("due", "--json").json) == 24


def test_withdrawals_at_one_employer_are_one_line(shell: Any) -> None:
    for company, role in (("Globex", "SRE"), ("Globex GmbH", "Engineer"), ("Initech", "SRE")):
        shell.add(company, role, "--applied", "2026-11-20")
    rewritten(
        shell,
        "UPDATE follow_up SET rule = 'R18', action = 'withdraw', due_on = '2026-11-23', "
        "label = 'withdraw this application', of = 1 WHERE nth = 1",
    )
    numbers = [each["id"] for each in shell.ok("due", "--json").json]
    _, globex, initech = shell.ok("due").out.splitlines()
    assert globex.startswith(f"f{numbers[0]} f{numbers[1]} ")
    assert "withdraw both applications" in globex
    assert "SRE, Engineer" in globex
    assert initech.startswith(f"f{numbers[2]} ")
    assert shell.ok("due", "--json").json[0]["together"] == [numbers[1]]


def test_interviews_stand_above_and_what_hangs_on_them_under_them(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    shell.ok("interview", card, "today", "11:00", "45m", "with", "Ana")
    shell.ok("interview", card, "26 nov", "10:00")
    lines = shell.ok("due", "--days", "7").out.splitlines()[1:]
    assert "today 11:00" in lines[0]
    assert "first interview with Ana" in lines[0]
    assert "after it: " in lines[0]
    assert "thank Ana" in lines[0]
    (later,) = (line for line in lines[1:] if "first interview" in line)
    assert "Thu 26 Nov 10:00" in later
    assert "debrief" in later
    assert not any(line.startswith("f") and "thank" in line for line in lines)
    found = shell.ok("due", "--days", "7", "--json").json
    kinds = [(each["kind"], each["action"], each["after_interview"]) for each in found]
    assert kinds[:3] == [
        ("interview", "interview", None),
        ("follow_up", "debrief", 1),
        ("follow_up", "thank", 1),
    ]
    assert {len(each) for each in found} == {21}
    shell.clock.moment = shell.clock.moment.replace(hour=12)
    found = shell.ok("due", "--days", "1", "--json").json
    owed = [each["after_interview"] for each in found if each["action"] in ("debrief", "thank")]
    assert owed == [None, None]


def test_what_hangs_on_an_interview_that_is_not_over_counts_for_nothing(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-02")
    shell.ok("interview", card, "today", "11:00")
    rewritten(shell, "UPDATE follow_up SET state = 'skipped' WHERE rule = 'R5'")
    assert shell.ok("due", "--line").out == ""
    assert shell("due", "--check").code == 0
    result = shell.ok("due")
    assert "today 11:00" in result.out
    assert "Nothing is due today." in result.err
    shell.clock.moment = shell.clock.moment.replace(hour=13)
    assert shell.ok("due", "--line").out == "1 today\n"
    assert shell("due", "--check").code == 10


def test_late_from_then_on_only(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--applied", "2026-11-20")
    shell.ok("remind", card, "+1d", "decide")
    rewritten(
        shell,
        "UPDATE follow_up SET due_on = '2026-11-20', late_from = '2026-11-25 16:00:00.000000' "
        "WHERE rule = 'own'",
    )
    (due,) = shell.ok("due", "--json").json
    assert (due["late"], due["days"], due["late_from"]) == (False, 2, "2026-11-25T17:00:00+01:00")
    assert shell.ok("due", "--line").out == "1 today\n"
    assert "Wed 25 Nov" in shell.ok("due").out
    assert "Wed 25 Nov · decide" in shell.ok("list").out
    (late,) = shell.ok("due", "--json", "--on", "26 nov").json
    assert (late["late"], late["days"]) == (True, -1)
    assert shell.ok("due", "--line", "--on", "26 nov").out == "1 late\n"


def test_an_open_application_without_anything_to_do_says_what_it_waits_for(shell: Any) -> None:
    card = shell.add("Globex", "Engineer")
    rewritten(
        shell,
        "UPDATE follow_up SET state = 'skipped'",
        "UPDATE application SET waiting = 'they asked not to be contacted'",
    )
    assert shell.ok("list").out.splitlines()[1].endswith("they asked not to be contacted")
    shown = shell.ok("show", card)
    assert "nothing to do: they asked not to be contacted" in shown.out
    assert shell.ok("show", card, "--json").json["waiting"] == "they asked not to be contacted"
    shell.ok("remind", card, "fri", "look")
    assert "not to be contacted" not in shell.ok("show", card).out
    assert shell.ok("show", card, "--json").json["waiting"] is None


def test_an_employers_date_that_has_passed_is_a_fact(shell: Any) -> None:
    card = shell.add("Globex", "Engineer")
    shell.ok("replied", card, "--decides-by", "fri")
    assert "They decide by: Fri 27 Nov" in shell.ok("show", card).out
    shell.clock.moment = shell.clock.moment.replace(day=28)
    assert "They decided by: Fri 27 Nov" in shell.ok("show", card).out


def test_an_accepted_application_asks_until_its_first_day(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--stage", "offer")
    shell.ok("close", card, "accepted")
    rewritten(
        shell,
        "DELETE FROM follow_up",
        "UPDATE application SET starts_work_on = '2026-12-01'",
        "INSERT INTO follow_up (application_id, rule, anchor, person, nth, of, action, label, "
        "reason, due_on, state) VALUES (1, 'R28', 'start', '', 1, 1, 'sign', 'sign the offer', "
        "'', '2026-11-23', 'open'), (1, 'R1', 'x', '', 1, 1, 'inquire', 'ask', '', '2026-11-23', "
        "'open')",
    )
    assert [each["label"] for each in shell.ok("due", "--json").json] == ["sign the offer"]
    assert len(shell.ok("due", "--json", "--on", "1 dec").json) == 1
    assert shell.ok("due", "--json", "--on", "2 dec").json == []
    rewritten(shell, "UPDATE application SET starts_work_on = NULL")
    assert len(shell.ok("due", "--json", "--on", "2 dec").json) == 1


def test_what_was_answered_is_asked_once_the_deadline_has_passed(shell: Any) -> None:
    card = shell.add("Globex", "Engineer", "--stage", "offer")
    shell.ok("deadline", card, "fri", "17:00")
    ahead = [each["action"] for each in shell.ok("due", "--days", "7", "--json").json]
    assert "record_answer" not in ahead
    shell.clock.moment = shell.clock.moment.replace(day=27, hour=18)
    (asked,) = (d for d in shell.ok("due", "--json").json if d["action"] == "record_answer")
    assert (asked["late"], asked["days"]) == (False, 0)
    assert shell.ok("due", "--json", "--on", "28 nov").json[0]["late"]
