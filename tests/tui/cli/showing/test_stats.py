"""`stats`: the numbers of the screen in a table, and as JSON for scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from store.read.history import GROUPINGS
from tests.tui.cli.conftest import Shell
from tui.cli.showing.stats import WEEKS

STEP_KEYS = [
    "stage", "numerator", "denominator", "undecided", "open", "withdrawn", "counted", "so_far",
    "rate", "low", "high", "typical",
]  # fmt: skip


def twelve(shell: Shell) -> None:
    """Twelve applications: five went on to a first interview, two of those to a second one."""
    for number in range(12):
        source = "LinkedIn" if number % 2 else "friend"
        card = shell.add(
            f"Company {number}", "Engineer", "--applied", "2026-10-05", "--source", source
        )
        if number < 5:
            shell.ok("move", card, "first", "--on", "2026-10-15")
        if number < 2:
            shell.ok("move", card, "second", "--on", "2026-10-25")
        elif number < 9:
            shell.ok("close", card, "rejected" if number < 7 else "no-response", "--on", "-3d")


@pytest.fixture
def search(shell: Shell, made_once: Callable[..., bytes]) -> Shell:
    """A command line on the board with those twelve."""
    return shell.open(made_once("twelve.db", lambda path: twelve(Shell(path, shell.empty))))


def line(printed: str, start: str) -> list[str]:
    """The cells of the line that begins with `start`."""
    (found,) = (row for row in printed.splitlines() if row.startswith(start))
    return re.split(r" {2,}", found)


def test_each_step_with_counts_open_rate_bounds_and_what_is_typical(search: Any) -> None:
    printed = search.ok("stats").out
    assert printed.startswith("12 applications, 5 open\n")
    assert line(printed, "to a first interview")[1:] == [
        "5 of 12 so far, 3 open", "42 %", "19–68 %", "0",
        "3–8 % (cold) (2014–2026)",
    ]  # fmt: skip
    assert line(printed, "to a second interview")[1:5] == ["2 of 5", "40 %", "12–77 %", "0"]
    assert line(printed, "to an offer")[1:5] == ["none decided, 2 open", "–", "–", "0"]
    assert "95 % Wilson interval; a rate needs 5 that advanced or ended there." in printed
    assert "Open applications count as not advanced yet, in rate and interval." in printed
    assert "withdrew" not in printed


def test_what_was_withdrawn_is_told_and_left_out(search: Any) -> None:
    for id_ in ("10", "11"):
        search.ok("close", id_, "withdrawn")
    printed = search.ok("stats").out
    assert line(printed, "to a first interview")[1:5] == [
        "5 of 10 so far, 1 open", "50 %", "24–76 %", "2",
    ]  # fmt: skip
    assert "What you withdrew counts as neither success nor failure." in printed
    step = search.ok("stats", "--json").json["steps"][0]
    assert (step["withdrawn"], step["counted"], step["so_far"]) == (2, 10, 0.5)


def test_few_cases_show_counts_and_no_rate(shell: Any) -> None:
    shell.ok("close", shell.add(), "rejected")
    result = shell.ok("stats")
    assert line(result.out, "to a first interview")[1:4] == ["0 of 1", "–", "too few"]
    assert not re.search(r"\b(?:0|100) %", result.out)
    assert "a stage needs 5 applications that advanced or ended there, and at most 1" in result.err


def test_where_they_ended_how_long_it_took_and_what_was_done(search: Any) -> None:
    printed = search.ok("stats").out
    assert "\n  applied: 2 rejected, 2 no response\n" in printed
    assert "\n  first interview: 3 rejected\n" in printed
    assert "\n  application: fewer than half" in printed or "\n  application: half were" in printed
    assert line(printed, "Mon 5 Oct")[1:] == ["12", "0", "0", "0"]


def test_the_json_has_the_same_numbers_with_their_bounds(search: Any) -> None:
    found = search.ok("stats", "--json").json
    assert found["applications"] == 12
    first = found["steps"][0]
    assert found["open"] == 5
    assert list(first) == STEP_KEYS
    assert (first["open"], first["withdrawn"], first["counted"]) == (3, 0, 12)
    assert first["so_far"] == pytest.approx(5 / 12)
    assert (first["numerator"], first["denominator"], first["undecided"]) == (5, 9, 3)
    assert first["rate"] == pytest.approx(5 / 9)
    assert first["low"] == pytest.approx(0.2667, abs=1e-4)
    assert first["high"] == pytest.approx(0.8112, abs=1e-4)
    assert found["steps"][2]["rate"] is None
    assert (found["interval"], found["rate_needs"]) == ("95 % Wilson interval", 5)


def test_sources_are_compared_and_have_no_rate_below_five(search: Any) -> None:
    printed = search.ok("stats", "--by", "source").out
    assert "\nSOURCE " in printed
    rows = [
        re.split(r" {2,}", row) for row in printed.splitlines() if "to a first interview" in row
    ]
    assert [row[:3] for row in rows[1:]] == [
        ["friend", "to a first interview", "3 of 6 so far, 1 open"],
        ["LinkedIn", "to a first interview", "2 of 6 so far, 2 open"],
    ]
    assert [row[3:5] for row in rows[1:]] == [["50 %", "19–81 %"], ["–", "too few"]]
    groups = search.ok("stats", "--by", "source", "--json").json["groups"]
    assert [group["name"] for group in groups] == ["friend", "LinkedIn"]


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_comparison_is_told_in_the_help_and_works(search: Any, by: str) -> None:
    assert by in search("stats", "--help").out
    assert search.ok("stats", "--by", by.upper(), "--json").json["by"] == by


def test_since_leaves_earlier_ones_out(search: Any) -> None:
    search.add("Late", "Engineer", "--applied", "-2d")
    assert search.ok("stats", "--since", "-7d").out.startswith(
        "1 application since Mon 16 Nov, 1 open\n"
    )
    assert search.ok("stats", "--since", "-7d", "--json").json["since"] == "2026-11-16"
    result = search.ok("stats", "--since", "today")
    assert "No applications since Mon 23 Nov to count." in result.err


def test_the_newest_weeks_are_printed_and_all_are_in_the_json(shell: Any) -> None:
    shell.add("Globex", "Engineer", "--applied", "2026-03-02")
    printed = shell.ok("stats").out
    assert len(re.findall(r"^Mon ", printed, re.M)) == WEEKS
    assert len(shell.ok("stats", "--json").json["weeks"]) == 39


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--by", "colour"), "There is no comparison by “colour”."),
        (("--since", "2026-12-24"), "is in the future"),
        (("--since", "whenever"), "whenever"),
    ],
)
def test_what_cannot_be_understood_is_wrong_usage(
    search: Any, words: tuple[str, ...], sentence: str
) -> None:
    result = search("stats", *words)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err


def test_an_empty_board_says_what_is_missing(shell: Any) -> None:
    shell.ok("delete", shell.add())
    result = shell.ok("stats")
    assert (result.out, result.err) == ("", "No applications to count yet.\n")
    assert shell.ok("stats", "--json").json["steps"][0]["denominator"] == 0
