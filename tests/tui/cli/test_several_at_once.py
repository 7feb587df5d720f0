"""Several applications or follow-ups in one command: done to all or to none, one step of undo."""

from typing import Any

import pytest


@pytest.fixture
def three(shell: Any) -> Any:
    """A board with the applications 1, 2 and 3, each with a follow-up that is due."""
    three = ("Globex", "SRE"), ("Initech", "Writer"), ("Hooli", "Analyst")
    shell.begin(*(("add", *each, "--applied", "2026-11-10") for each in three))
    return shell


def outcomes(shell: Any) -> list[str | None]:
    return [each["outcome"] for each in shell.ok("list", "--all", "--json").json]


def stages(shell: Any) -> list[str]:
    found = shell.ok("list", "--all", "--json").json
    return [each["stage"] for each in sorted(found, key=lambda each: each["id"])]


def test_several_are_closed_with_one_undo(three: Any) -> None:
    before = three.ok("list", "--json").json
    result = three.ok(
        "close", "1", "#3", "rejected", "--on", "20 nov", "--reason", "frozen", "--keep", "calm"
    )
    assert result.err.startswith("Closed, rejected: Globex — SRE, Hooli — Analyst.")
    closed = three.ok("list", "--closed", "--json").json
    assert [(each["id"], each["outcome"]) for each in closed] == [(1, "rejected"), (3, "rejected")]
    shown = three.ok("show", "3", "--json").json["fields"]
    assert (shown["reason"], shown["lesson_keep"]) == ("frozen", "calm")
    three.ok("undo")
    assert three.ok("list", "--json").json == before


def test_one_that_is_closed_with_a_lesson_takes_one_undo(three: Any) -> None:
    before = three.ok("list", "--json").json
    three.ok("close", "2", "rejected", "--keep", "calm", "--change", "sleep")
    assert three.ok("show", "2", "--json").json["fields"]["lesson_change"] == "sleep"
    three.ok("undo")
    assert three.ok("list", "--json").json == before


def test_several_are_moved_reopened_and_deleted(three: Any) -> None:
    three.ok("move", "1", "2", "3", "first", "--on", "fri")
    assert stages(three) == ["first"] * 3
    three.ok("close", "1", "2", "withdrawn")
    three.ok("reopen", "2", "1")
    assert outcomes(three) == [None] * 3
    result = three.ok("delete", "1", "3")
    assert "Deleted: Globex — SRE, Hooli — Analyst. “rounds undo” reverts this." in result.err
    assert len(three.ok("list", "--all", "--json").json) == 1
    for _ in range(4):
        three.ok("undo")
    assert stages(three) == ["applied"] * 3


@pytest.mark.parametrize(
    ("words", "code", "culprit"),
    [
        (("close", "1", "99", "rejected"), 3, "There is no application 99."),
        (("move", "1", "99", "first"), 3, "There is no application 99."),
        (("delete", "1", "99"), 3, "There is no application 99."),
        (("reopen", "1", "2"), 1, "Application 1 (Globex, SRE): This application is open."),
        (("move", "2", "1", "applied"), 1, "Application 2 (Initech, Writer): It is in applied"),
        (("close", "1", "2", "rejectd"), 2, "Unknown outcome “rejectd”."),
        (("close", "1", "x", "rejected"), 3, "No application fits “x”."),
        (("close", "1", "1.0", "rejected"), 2, "“1.0” is not a valid ID"),
        (("close", "1", "rejected", "no", "visa"), 2, "“no” is one word too many"),
        (("move", "1", "first", "today"), 2, "“today” is one word too many after the stage"),
        (("move", "1", "2"), 2, "Unknown stage “2”."),
        (("close", "1", "f2", "rejected"), 2, "“f2” is a follow-up"),
        (("snooze", "f1", "f99", "fri"), 3, "There is no follow-up f99."),
        (("skip", "f1", "f99"), 3, "There is no follow-up f99."),
        (("done", "f1", "f99"), 3, "There is no follow-up f99."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_all_or_none_and_the_culprit_is_named(
    three: Any, words: tuple[str, ...], code: int, culprit: str
) -> None:
    before = [three.ok("show", each, "--json").json for each in ("1", "2", "3")]
    result = three(*words)
    assert (result.code, result.out) == (code, "")
    assert culprit in result.err
    assert [three.ok("show", each, "--json").json for each in ("1", "2", "3")] == before


def test_a_number_named_twice_counts_once(three: Any) -> None:
    three.ok("close", "1", "1", "2", "rejected")
    assert outcomes(three) == ["rejected", "rejected", None] or outcomes(three).count(None) == 1
    three.ok("delete", "1", "1")
    assert len(three.ok("list", "--all", "--json").json) == 2


@pytest.mark.parametrize("words", [("skip",), ("snooze", "fri"), ("done",)])
def test_several_follow_ups_take_one_undo(three: Any, words: tuple[str, ...]) -> None:
    before = three.ok("due", "--json").json
    ids = [f"f{each['id']}" for each in before[:2]]
    command, *more = words
    assert "together" in three.ok(command, *ids, *more).err
    assert [each["id"] for each in three.ok("due", "--json").json] == [before[2]["id"]]
    three.ok("undo")
    assert three.ok("due", "--json").json == before
