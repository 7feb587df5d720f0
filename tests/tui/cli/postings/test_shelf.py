"""`rounds shelf`: the list, one posting, and what becomes of it."""

from typing import Any

import pytest


@pytest.fixture
def board(shell: Any) -> Any:
    """Three postings: one closes in two days, one later, one never."""
    shell.begin(
        ("add", "Hooli", "Cook", "--applied", "2026-11-10"),
        *(
            (
                "take",
                f"https://{name}.example/jobs/12345",
                "--company",
                name,
                "--role",
                "SRE",
                *more,
            )
            for name, *more in (
                ("Globex", "--closes", "2026-11-25", "--salary", "80k", "--tag", "remote"),
                ("Initech", "--closes", "2026-12-24"),
                ("Hooli",),
            )
        ),
    )
    return shell


def test_the_list(board: Any) -> None:
    result = board.ok("shelf")
    assert [line.split("  ")[0] for line in result.out.splitlines()] == ["ID", "p1", "p2", "p3"]
    assert "closes in 2 d" in result.out
    assert "closes in 31 d" in result.out
    assert "“rounds shelf POSTING-ID --apply” makes an application of one" in result.err


def test_nothing_there(shell: Any) -> None:
    shell.begin(("add", "Hooli", "Cook"))
    result = shell.ok("shelf")
    assert result.out == ""
    assert "Nothing is on the shelf. “rounds take FILE” puts a posting there." in result.err
    assert shell.ok("shelf", "--json").json == []


def test_one_of_them(board: Any) -> None:
    shown = board.ok("shelf", "p1").out
    assert shown.startswith("p1  Globex, SRE\ncloses in 2 d\n")
    assert "Salary: 80k" in shown
    one = board.ok("shelf", "p1", "--json").json
    assert (one["number"], one["closing_on"], one["tags"]) == ("p1", "2026-11-25", ["remote"])


def test_one_becomes_an_application(board: Any) -> None:
    result = board.ok("shelf", "p1", "--apply")
    assert result.out == "2\n"
    assert "Globex, SRE: applied to, off the shelf. Next: " in result.err
    card = board.ok("show", "2", "--json").json
    assert (card["applied_on"], card["salary"], card["tags"]) == ("2026-11-23", "80k", ["remote"])
    assert [one["number"] for one in board.ok("shelf", "--json").json] == ["p2", "p3"]
    assert "Undone: applied to, off the shelf (Globex, SRE)." in board.ok("undo").err
    assert len(board.ok("shelf", "--json").json) == 3


def test_on_an_earlier_day_and_what_was_there_before(board: Any) -> None:
    result = board.ok("shelf", "p3", "--apply", "fri")
    assert "Applied Fri 20 Nov, 3 days ago." in result.err
    assert "Note: 1 application; open since 10 Nov." in result.err


def test_one_with_the_link_of_an_application_is_refused_unless_wanted(board: Any) -> None:
    board.ok("add", "Globex", "SRE", "--url", "https://globex.example/jobs/12345")
    result = board("shelf", "p1", "--apply")
    assert result.code == 1
    assert "--again adds it all the same" in result.err
    assert board.ok("shelf", "p1", "--apply", "--again").out == "3\n"


def test_several_are_dropped(board: Any) -> None:
    result = board.ok("shelf", "p1", "p3", "--drop")
    assert "Dropped: Globex (SRE), Hooli (SRE). “rounds undo” reverts this." in result.err
    assert [one["number"] for one in board.ok("shelf", "--json").json] == ["p2"]
    board.ok("undo")
    assert len(board.ok("shelf", "--json").json) == 3


def test_a_field_is_changed(board: Any) -> None:
    board.ok("shelf", "p1", "--salary", "90k", "--tag", "-remote", "--closes", "")
    one = board.ok("shelf", "p1", "--json").json
    assert (one["salary"], one["tags"], one["closing_on"]) == ("90k", [], None)
    assert "it says that already" in board.ok("shelf", "p1", "--salary", "90k").err
    assert "changed on the shelf" in board.ok("undo").err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("9",), 2, "is not the number of a posting, such as p3"),
        (("p9",), 3, "There is no posting p9 on the shelf."),
        (("p9", "--apply"), 3, "There is no posting p9 on the shelf."),
        (("--drop",), 2, "Which posting?"),
        (("--salary", "80k"), 2, "Which posting?"),
        (("p1", "p2", "--apply"), 2, "“p2” is no day" ),
        (("p1", "p2"), 2, "One posting at a time"),
        (("p1", "--apply", "tomorrow"), 2, ""),
        (("p1", "--apply", "--drop"), 2, "not allowed with"),
    ],
)  # fmt: skip
def test_what_cannot_be(words: tuple[str, ...], code: int, told: str, board: Any) -> None:
    result = board("shelf", *words)
    assert result.code == code or (code == 2 and result.code == 1)
    if words != ("p1", "p2", "--apply"):
        assert told in result.err
    assert len(board.ok("shelf", "--json").json) == 3


def test_what_closes_is_due(board: Any) -> None:
    result = board.ok("due")
    (line,) = [line for line in result.out.splitlines() if line.startswith("p")]
    assert "closes in 2 d" in line
    assert "apply, or drop the posting" in line
    assert "“rounds shelf p1 --apply” makes an application of p1." in result.err
    assert board.ok("due", "--line").out == "2 today\n" or "today" in board.ok("due", "--line").out
    assert board("due", "--check").code == 10
    shape = next(one for one in board.ok("due", "--json").json if one["kind"] == "posting")
    assert (shape["number"], shape["days"], shape["application_id"]) == ("p1", 2, None)
    assert "closes in 31 d" in board.ok("due", "--days", "40").out
    for sort in ("due", "company", "urgency"):
        assert "p1" in board.ok("due", "--sort", sort, "--reverse").out
    assert board.ok("due", "--format", "{id} {due}").out.splitlines()[-1] == "p1 2026-11-25"


def test_what_has_closed_is_told_on_the_shelf_only(board: Any) -> None:
    from datetime import timedelta

    board.clock.moment += timedelta(days=4)
    assert "p1" not in board.ok("due").out
    listed = board.ok("shelf").out.splitlines()
    assert listed[-1].startswith("p1  closed 2 d ago")
