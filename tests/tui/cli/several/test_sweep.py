"""`rounds sweep`, and the line of `rounds due` that tells of it once a week."""

from datetime import timedelta
from typing import Any

import pytest

from store.clock import FixedClock


@pytest.fixture
def quiet(shell: Any) -> Any:
    """Two that may be over, one from which a reply may still come, one that is young."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-08-20"),
        ("add", "Initech", "Writer", "--applied", "2026-09-10"),
        ("add", "Hooli", "Analyst", "--applied", "2026-10-20"),
        ("add", "Acme", "Clerk", "--applied", "2026-11-20"),
    )
    return shell


def test_quiet_ones_are_listed_with_the_days_of_silence_and_what_would_become_of_them(
    quiet: Any,
) -> None:
    result = quiet.ok("sweep")
    assert [line.split() for line in result.out.splitlines()] == [
        ["ID", "CLOSE", "AS", "SILENCE", "STAGE", "COMPANY", "ROLE"],
        ["1", "no", "response", "95", "d", "applied", "Globex", "SRE"],
        ["2", "no", "response", "74", "d", "applied", "Initech", "Writer"],
        ["3", "–", "34", "d", "applied", "Hooli", "Analyst"],
    ]
    assert "“rounds sweep --yes” closes 2 applications as no response." in result.err
    assert quiet.ok("list", "--closed", "--json").json == [], "nothing is closed by itself"


def test_yes_closes_what_may_be_over_tells_each_and_is_undone_in_one(quiet: Any) -> None:
    told = quiet.ok("sweep", "--yes").err.splitlines()
    assert told == [
        "Closed, no response: Globex — SRE, Initech — Writer. “rounds undo” reverts this.",
        "  1  Globex, SRE; no response",
        "  2  Initech, Writer; no response",
    ]
    closed = quiet.ok("list", "--closed", "--json").json
    assert [(one["id"], one["outcome"]) for one in closed] == [
        (1, "no-response"),
        (2, "no-response"),
    ]
    assert (
        "No quiet application is to be closed. Nothing was changed."
        in quiet.ok("sweep", "--yes").err
    )
    assert "A reply may still come." in quiet.ok("sweep").err
    quiet.ok("undo")
    assert quiet.ok("list", "--closed", "--json").json == []


def test_json_has_a_line_for_each_and_a_schema(quiet: Any) -> None:
    assert quiet.ok("sweep", "--json").json[1:] == [
        {
            "id": 2, "company": "Initech", "role": "Writer", "stage": "applied",
            "silent_days": 74, "suggested": "no-response",
        },
        {
            "id": 3, "company": "Hooli", "role": "Analyst", "stage": "applied",
            "silent_days": 34, "suggested": None,
        },
    ]  # fmt: skip
    assert quiet.ok("sweep", "--yes", "--json").json["applications"] == [1, 2]


def test_a_board_without_quiet_ones_says_so(shell: Any) -> None:
    shell.ok("add", "Acme", "Clerk")
    assert shell.ok("sweep").err == "No application is quiet.\n"
    assert shell.ok("sweep", "--json").json == []


WAITS = "2 quiet applications wait: “rounds sweep” lists them."


def test_due_tells_once_a_week_that_some_wait(quiet: Any) -> None:
    clock: FixedClock = quiet.clock
    begin = clock.moment
    told = []
    for days in (0, 0, 3, 6, 7, 8, 14):
        clock.moment = begin + timedelta(days=days)
        told.append(WAITS[1:] in quiet.ok("due").err)
    assert told == [True, False, False, False, True, False, True]


@pytest.mark.parametrize(
    "words", [("--json",), ("--line",), ("--on", "tomorrow"), ("--format", "{id}")]
)
def test_scripts_and_other_days_are_not_told_and_use_nothing_up(
    quiet: Any, words: tuple[str, ...]
) -> None:
    assert "quiet" not in quiet.ok("due", *words).err
    assert WAITS in quiet.ok("due").err
    quiet.ok("sweep", "--yes")
    quiet.clock.moment += timedelta(days=7)
    assert "quiet" not in quiet.ok("due").err
