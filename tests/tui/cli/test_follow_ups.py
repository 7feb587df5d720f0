"""Applications and follow-ups have numbers of their own: the one is never taken for the other."""

from typing import Any

import pytest


@pytest.fixture
def numbers(shell: Any) -> dict[str, int]:
    """Two applications with an inquiry and a reminder each: the numbers, by employer and verb."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-10"),
        ("add", "Initech", "Writer", "--applied", "2026-11-10"),
        ("remind", "2", "today", "call"),
        ("remind", "1", "today", "write"),
    )
    found = {f"{d['company']} {d['label']}": d["id"] for d in shell.ok("due", "--json").json}
    return {" ".join(name.split()[:2]): number for name, number in found.items()}


def states(shell: Any) -> dict[int, str]:
    """The state of every follow-up of the applications 1 and 2."""
    return {
        each["id"]: each["state"]
        for card in ("1", "2")
        for each in shell.ok("show", card, "--json").json["follow_ups"]
    }


def test_due_and_show_name_follow_ups_with_an_f(shell: Any, numbers: dict[str, int]) -> None:
    head, *lines = shell.ok("due").out.splitlines()
    assert head.split() == ["ID", "WHEN", "WHAT", "APP", "COMPANY", "ROLE", "WHY"]
    shown = {line.split()[0] for line in lines}
    assert shown == {f"f{number}" for number in numbers.values()}
    for line in lines:
        app = line[head.index("APP") :].split()[0]
        assert app == ("1" if "Globex" in line else "2")
    assert f"(follow-up f{numbers['Initech call']})" in shell.ok("show", "2").out


@pytest.mark.parametrize("written", ["f{}", "F{}", "#f{}"])
def test_a_number_with_an_f_is_a_follow_up(
    shell: Any, numbers: dict[str, int], written: str
) -> None:
    wanted = numbers["Initech call"]
    shell.ok("done", written.format(wanted))
    assert states(shell)[wanted] == "done"


@pytest.mark.parametrize("words", [("done",), ("snooze", "fri"), ("skip",), ("draft",)])
def test_a_bare_number_that_an_application_has_is_asked_about(
    shell: Any, numbers: dict[str, int], words: tuple[str, ...]
) -> None:
    before = states(shell)
    command, *more = words
    result = shell(command, "2", *more)
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("rounds: 2 can be follow-up f2 (")
    assert "or application 2 (Initech, Writer)" in result.err
    assert "“rounds due” lists" in result.err
    assert states(shell) == before


def test_a_bare_number_of_an_application_alone_leads_to_its_follow_ups(
    shell: Any, numbers: dict[str, int]
) -> None:
    shell.ok("skip", "f2")
    result = shell("done", "2")
    assert result.code == 3
    own = [n for name, n in numbers.items() if name.startswith("Initech") and n != 2]
    assert result.err.startswith(
        "rounds: 2 is application 2 (Initech, Writer), not a follow-up. It has f"
    )
    assert any(f"f{number}" in result.err for number in own), result.err


def test_a_bare_number_that_no_application_has_is_a_follow_up(
    shell: Any, numbers: dict[str, int]
) -> None:
    (wanted,) = (n for n in (numbers["Initech call"], numbers["Globex write"]) if n == 4)
    shell.ok("done", str(wanted))
    assert states(shell)[wanted] == "done"


def test_a_bare_number_that_means_the_same_either_way_is_taken(shell: Any) -> None:
    card = shell.add("Globex", "SRE", "--applied", "2026-11-10")
    (due,) = shell.ok("due", "--json").json
    assert (card, due["id"]) == ("1", 1)
    shell.ok("done", "1")
    assert shell.ok("due", "--json").json == []


@pytest.mark.parametrize(
    "words", [("show",), ("move", "first"), ("close", "rejected"), ("note", "x")]
)
def test_a_follow_ups_number_is_no_applications(shell: Any, words: tuple[str, ...]) -> None:
    shell.add()
    command, *more = words
    result = shell(command, "f1", *more)
    assert result.code == 2
    assert "“f1” is a follow-up" in result.err
    assert "“rounds list”" in result.err


def test_several_follow_ups_are_checked_one_by_one(shell: Any, numbers: dict[str, int]) -> None:
    before = states(shell)
    result = shell("done", f"f{numbers['Globex write']}", "2")
    assert result.code == 3
    assert states(shell) == before
    shell.ok("done", *(f"f{number}" for number in numbers.values()))
    assert all(states(shell)[number] == "done" for number in numbers.values())


def test_a_follow_up_that_is_not_there_is_named_with_its_f(shell: Any) -> None:
    shell.add()
    result = shell("done", "f99")
    assert (result.code, result.err) == (3, "rounds: There is no follow-up f99.\n")
    assert shell("draft", "f99").err == "rounds: There is no open follow-up f99.\n"
