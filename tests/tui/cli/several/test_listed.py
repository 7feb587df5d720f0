"""`rounds add --from`: applications that are listed one a line, all added or none."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def listed(shell: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs `rounds add --from -` on a list."""

    def add(text: str, *words: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return shell("add", "--from", "-", *words)

    return add


def cards(shell: Any) -> list[dict[str, Any]]:
    found = shell.ok("list", "--json").json
    return sorted(found, key=lambda card: card["id"])


def test_a_list_is_added_and_each_line_told(shell: Any, listed: Callable[..., Any]) -> None:
    result = listed("Globex; SRE; fri; #remote\n\nInitech; Writer; second\n")
    assert (result.code, result.out) == (0, "1\n2\n")
    assert result.err.splitlines() == [
        "Added: Globex — SRE, Initech — Writer. “rounds undo” reverts this.",
        "  line 1: 1  Globex, SRE; next: follow up on your application, Mon 30 Nov (f1)",
        "  line 3: 2  Initech, Writer; next: "
        "ask when the interview will take place, Wed 25 Nov (f2)",
    ]
    first, second = cards(shell)
    assert (first["tags"], first["applied_on"], second["stage"]) == (
        ["remote"], "2026-11-20", "second",
    )  # fmt: skip
    shell.ok("undo")
    assert cards(shell) == []
    shell.ok("redo")
    assert cards(shell) == [first, second]


def test_a_line_is_added_as_the_command_adds_one(shell: Any, listed: Callable[..., Any]) -> None:
    listed("Globex; SRE; 3 nov; contact: Ana; a@b.example; relation: manager; note: x; pay: 8")
    shell.ok(
        "add", "Globex", "SRE", "--applied", "3 nov", "--contact", "Ana", "--email", "a@b.example",
        "--relation", "manager", "--note", "x", "--salary", "8",
    )  # fmt: skip
    one, other = (shell.ok("show", number, "--json").json for number in ("1", "2"))

    def plain(value: Any) -> Any:
        """`value` without numbers and moments, and without what tells of the other one."""
        if isinstance(value, dict):
            left = {
                "id",
                "number",
                "application_id",
                "follow_up_id",
                "timeline",
                "others",
                "earlier",
            }
            return {key: plain(each) for key, each in value.items() if key not in left}
        return [plain(each) for each in value] if isinstance(value, list) else value

    assert plain(one) == plain(other)


def test_options_go_for_each_line_that_does_not_say_it(
    shell: Any, listed: Callable[..., Any]
) -> None:
    text = "A; X; source: web; #one\nB; Y; first\nC; Z; 3 nov"
    words = "--source", "fair", "--tag", "two", "--stage", "second", "--applied", "fri"
    assert listed(text, *words).code == 0
    assert [
        (card["source"], card["tags"], card["stage"], card["applied_on"]) for card in cards(shell)
    ] == [
        ("web", ["one", "two"], "second", "2026-11-20"),
        ("fair", ["two"], "first", "2026-11-20"),
        ("fair", ["two"], "second", "2026-11-03"),
    ]


def test_a_wrong_line_and_nothing_is_added(shell: Any, listed: Callable[..., Any]) -> None:
    shell.add("Globex")
    before = shell.path.read_bytes()
    result = listed("A; B\nC\nD; E; Berlin\n")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [
        "Line 2: There is no role. Write “Company; Role”.",
        "Line 3: “Berlin” needs a name: write “location: …”, “salary: …” or “note: …”.",
        "rounds: Nothing was added. Correct these lines and try again.",
    ]
    assert shell.path.read_bytes() == before


def test_a_wrong_line_makes_no_board(shell: Any, listed: Callable[..., Any]) -> None:
    assert listed("A").code == 1
    assert listed("").code == 1
    assert "No application is listed. Write one a line" in listed("\n \n").err
    assert not shell.path.exists()


def test_a_link_that_is_there_refuses_all(shell: Any, listed: Callable[..., Any]) -> None:
    link = "https://jobs.example/postings/12345"
    shell.add("Globex", "SRE", "--url", link)
    text = f"A; B\nGlobex; SRE; {link}\n"
    result = listed(text)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("rounds: Line 2: Application 1 (Globex, SRE) has this link")
    assert "--again" in result.err
    assert len(cards(shell)) == 1
    assert listed(text, "--again").out == "2\n3\n"


def test_those_that_are_there_are_left_out_if_asked(shell: Any, listed: Callable[..., Any]) -> None:
    shell.add("Globex", "SRE")
    result = listed("A; B\nGLOBEX gmbh; sre\nC; D\na; b\n", "--if-new")
    assert result.out == "2\n1\n3\n2\n"
    assert "Line 2: Application 1 is for the same role there" in result.err
    assert "Line 4: Application 2 is for the same role there" in result.err
    assert len(cards(shell)) == 3
    shell.ok("undo")
    assert len(cards(shell)) == 1
    shell.ok("redo")
    again = listed("A; B\nGlobex; SRE", "--if-new")
    assert (again.code, again.out) == (0, "2\n1\n")
    assert "Nothing was added: all are there already." in again.err
    assert shell.ok("undo").err.startswith("Undone: "), "what was done before"
    assert len(cards(shell)) == 1


def test_what_was_there_before_is_told_by_line(shell: Any, listed: Callable[..., Any]) -> None:
    shell.add("Globex", "Writer")
    said = listed("A; B\nGlobex; SRE").err
    assert "Note: line 2: 1 application; open since 23 Nov." in said
    assert said.count("Note:") == 1


def test_a_file_is_read_too(shell: Any, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("\ufeffCompany,Role\nMüller,Köchin\n", encoding="utf-8")
    assert shell.ok("add", "--from", str(file)).out == "1\n"
    assert shell.ok("show", "1", "--json").json["company"] == "Müller"
    assert shell("add", "--from", str(tmp_path / "none")).code == 1


def test_a_long_list_is_one_change(shell: Any, listed: Callable[..., Any]) -> None:
    text = "".join(f"Company {number}; Role; yesterday\n" for number in range(120))
    assert listed(text).out.split() == [str(number) for number in range(1, 121)]
    assert shell.ok("undo").err.count("\n") == 1
    assert cards(shell) == []


def test_names_that_are_one_employer_count_for_a_list_too(
    shell: Any, listed: Callable[..., Any]
) -> None:
    shell.add("Globex", "SRE")
    shell.ok("employer", "Globex Labs", "--same-as", "Globex")
    result = listed("Globex Labs; sre\nGlobex Labs; Writer", "--if-new")
    assert result.out == "1\n2\n"
    assert "Line 1: Application 1 is for the same role there" in result.err
    assert "Note: line 2: 1 application; open since 23 Nov." in result.err
