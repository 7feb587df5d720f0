"""Applications that somebody lists: what is understood, and what is wrong with a line."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.lines import SHOWN, read_lines
from store.rules.stages import Stage
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 23)
GLOBEX = {"company": "Globex", "role": "SRE"}


def read(text: str) -> list[dict[str, Any]]:
    """The words of each line of a list without a mistake."""
    listed, problems = read_lines(text, TODAY)
    assert not problems
    return [dict(one.words) for one in listed]


@each_row(
    ("line", "more"),
    [
        ("Globex; SRE", {}),
        (" Globex ;SRE ; ", {}),
        ("Globex\tSRE", {}),
        ("Globex; SRE; yesterday", {"applied_on": date(2026, 11, 22)}),
        ("Globex; SRE; fri", {"applied_on": date(2026, 11, 20)}),
        ("Globex; SRE; 2026-11-03", {"applied_on": date(2026, 11, 3)}),
        ("Globex; SRE; second", {"stage": Stage.SECOND}),
        ("Globex; SRE; #remote #eu", {"tags": ("remote", "eu")}),
        ("Globex; SRE; #remote; #eu, #big co", {"tags": ("remote", "eu", "big co")}),
        ("Globex; SRE; tags: remote, eu", {"tags": ("remote", "eu")}),
        ("Globex; SRE; https://x.example/a?b=1;2", None),
        ("Globex; SRE; https://x.example/a:b", {"url": "https://x.example/a:b"}),
        ("Globex; SRE; www.x.example", {"url": "www.x.example"}),
        ("Globex; SRE; ana@x.example", {"contact_email": "ana@x.example"}),
        ("Globex; SRE; Contact: Ana Ruiz", {"contact_name": "Ana Ruiz"}),
        ("Globex; SRE; relation: hiring manager; contact: Ana",
         {"contact_name": "Ana", "contact_relation": "manager"}),
        ("Globex; SRE; location: Berlin; salary: 80k; source: fair",
         {"location": "Berlin", "salary": "80k", "source": "fair"}),
        ("Globex; SRE; note: see https://x.example: all", {"note": "see https://x.example: all"}),
        ("Globex; SRE; applied: 3 nov", {"applied_on": date(2026, 11, 3)}),
        ("Globex; SRE;; location:", {}),
        ('"Globex"; "SRE"', {}),
    ],
)  # fmt: skip
def test_a_line_is_understood(line: str, more: dict[str, Any] | None) -> None:
    if more is None:
        _, problems = read_lines(line, TODAY)
        assert [problem.line for problem in problems] == [1], "a ; in a link needs quotation marks"
    else:
        assert read(line) == [GLOBEX | more]


def test_what_holds_the_separator_stands_in_quotation_marks() -> None:
    (words,) = read('"Smith; Sons"; SRE; "https://x.example/a?b=1;2"')
    assert (words["company"], words["url"]) == ("Smith; Sons", "https://x.example/a?b=1;2")


@each_row("separator", [",", ";", "\t"])
def test_the_names_of_columns_make_a_table(separator: str) -> None:
    rows = (
        ("Role", "Company", "Link", "Applied on", "Tags"),
        ("SRE", "Globex", "", "2026-11-03", "remote"),
        ("", "", "", "", ""),
        ("Writer", "Initech", "https://x.example", "", ""),
    )
    assert read("\n" + "\n".join(separator.join(row) for row in rows)) == [
        GLOBEX | {"applied_on": date(2026, 11, 3), "tags": ("remote",)},
        {"company": "Initech", "role": "Writer", "url": "https://x.example"},
    ]


def test_the_names_of_columns_count_on_the_first_line_only() -> None:
    assert read("Globex; SRE\nCompany; Role") == [GLOBEX, {"company": "Company", "role": "Role"}]


@each_row(
    ("text", "told"),
    [
        ("Globex", {1: "There is no role. Write “Company; Role”."}),
        ("; SRE", {1: "There is no company."}),
        ("Globex, SRE", {1: "There is no role."}),
        ("A; B\n\nC\nD; E\nF", {3: "There is no role.", 5: "There is no role."}),
        ("A; B; Berlin", {1: "“Berlin” needs a name: write “location: …”"}),
        ("A; B; colour: red", {1: "There is no field “colour”."}),
        ("A; B; locaton: x", {1: "There is no field “locaton”. Did you mean “location”?"}),
        ("A; B; tomorrow", {1: "is in the future"}),
        ("A; B; applied: soon", {1: "“soon”"}),
        ("A; B; stage: third", {1: "Unknown stage “third”."}),
        ("A; B; location: x; place: y", {1: "“y” is a second location."}),
        ("A; B; email: nobody", {1: "is not a valid email address"}),
        ("A; B; relation: friend", {1: "Unknown relation “friend”."}),
        (f"A; {'B' * 201}", {1: "Role has 201 characters; 200 fit."}),
        ("A; \u200b", {1: "Role is empty."}),
        ("Company,Role\nA,B,C", {2: "“C” stands below no column."}),
        ("Company,Role\nA,\n\nB,C", {2: "There is no role."}),
        ('\nCompany,Role\nA,B\n"C" D,E\nF,G', {4: "A quotation mark is out of place."}),
    ],
)
def test_each_wrong_line_is_told_with_its_number(text: str, told: dict[int, str]) -> None:
    _, problems = read_lines(text, TODAY)
    assert [problem.line for problem in problems] == list(told)
    for problem in problems:
        assert told[problem.line] in problem.sentence


def test_a_column_that_nobody_knows_is_named() -> None:
    with pytest.raises(Refused, match="There is no column “colour”"):
        read_lines("Company,Role,Colour\nA,B,red", TODAY)
    with pytest.raises(Refused, match="Did you mean “salary”"):
        read_lines("Company,Role,Salry\nA,B,1", TODAY)


def test_the_names_that_are_told_can_be_typed() -> None:
    words = {"applied": "fri", "stage": "first", "email": "a@b.example", "relation": "manager"}
    for name in SHOWN[2:]:
        assert len(read(f"A; B; {name}: {words.get(name, 'x')}")[0]) == 3


@given(st.text(max_size=300))
def test_whatever_is_listed_each_line_is_read_or_told(text: str) -> None:
    try:
        listed, problems = read_lines(text, TODAY)
    except Refused:
        return
    lines = [*(one.line for one in listed), *(problem.line for problem in problems)]
    assert len(set(lines)) == len(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
    assert bool(lines) == bool(text.strip()) or "\r" in text or not text.isprintable()
