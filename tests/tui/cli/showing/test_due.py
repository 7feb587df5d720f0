"""`rounds due`: what it chooses, counts and folds, and how it prints it."""

from typing import Any

import pytest

from tests.tui.cli.showing.conftest import rewritten


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
