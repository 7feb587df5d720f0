"""`rounds take`: what is printed, what is stored, and what is never stored unseen."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

PAGE = """<html><head><title>SRE | Globex</title><script type="application/ld+json">
{"@type": "JobPosting", "title": "SRE", "hiringOrganization": "Globex",
 "url": "https://globex.example/jobs/12345", "validThrough": "2026-11-25",
 "baseSalary": {"currency": "EUR", "value": {"minValue": 70000, "maxValue": 90000}},
 "jobLocationType": "TELECOMMUTE",
 "description": "<p>We run things.</p><h3>Requirements</h3><ul><li>Go</li><li>SQL</li></ul>"}
</script></head><body>x</body></html>"""
PLAIN = """Data Analyst (m/w/d)
Initech sucht Verstärkung.
Gehalt: 50.000 EUR

Ihr Profil
- SQL
- Neugier
"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "posting.html"
    file.write_text(PAGE, encoding="utf-8")
    return str(file)


@pytest.fixture
def plain(tmp_path: Path) -> str:
    file = tmp_path / "posting.txt"
    file.write_text(PLAIN, encoding="utf-8")
    return str(file)


@pytest.fixture
def pipe(monkeypatch: Any) -> Any:
    def put(text: str | bytes) -> None:
        raw = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(("add", "Hooli", "Cook", "--applied", "2026-11-10"))
    return shell


def on_the_shelf(shell: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.ok("shelf", "--json").json
    return found


def test_json_ld_goes_to_the_shelf_and_its_number_alone_is_printed(board: Any, page: str) -> None:
    result = board.ok("take", page)
    assert result.out == "p1\n"
    assert "Closing date: Wed 25 Nov, in 2 days" in result.err
    assert "It asks for (points to prepare" in result.err
    assert " 1  Go" in result.err
    assert "Put on the shelf: Globex, SRE. “rounds shelf p1 --apply”" in result.err
    (one,) = on_the_shelf(board)
    assert (one["salary"], one["tags"], one["location"]) == (
        "EUR 70,000–90,000",
        ["remote"],
        "Remote",
    )
    assert one["requirements"] == ["Go", "SQL"]
    assert board.ok("list", "--json").json[0]["company"] == "Hooli", "no card was made"
    assert len(board.ok("list", "--json").json) == 1


def test_a_board_is_begun_with_it(shell: Any, page: str) -> None:
    shell.open(shell.empty)
    assert shell.ok("take", page).out == "p1\n"


def test_guesses_are_shown_and_not_stored(board: Any, plain: str) -> None:
    result = board("take", plain)
    assert (result.code, result.out) == (1, "")
    assert "Company:      Initech (guessed)" in result.err
    assert "Salary:       50.000 EUR (guessed)" in result.err
    assert (
        "Company, role and salary are guesses, so nothing was stored. Add --yes to take all, or "
        'correct: --company "Initech" --role "Data Analyst" --salary "50.000 EUR"'
    ) in result.err
    assert on_the_shelf(board) == []


def test_guesses_are_stored_once_somebody_says_so(board: Any, plain: str) -> None:
    assert board.ok("take", plain, "--yes").out == "p1\n"
    (one,) = on_the_shelf(board)
    assert (one["company"], one["role"], one["salary"]) == ("Initech", "Data Analyst", "50.000 EUR")


def test_each_guess_that_is_corrected_needs_no_word(board: Any, plain: str) -> None:
    result = board("take", plain, "--company", "Initech AG", "--role", "Analyst")
    assert result.code == 1
    assert "Salary is a guess, so nothing was stored." in result.err
    board.ok("take", plain, "--company", "Initech AG", "--role", "Analyst", "--salary", "")
    (one,) = on_the_shelf(board)
    assert (one["company"], one["role"], one["salary"]) == ("Initech AG", "Analyst", None)


def test_a_pipe_is_read_and_nobody_is_asked_through_it(board: Any, pipe: Any) -> None:
    pipe(PLAIN)
    assert board("take", "-").code == 1
    pipe(PLAIN)
    assert board.ok("take", "-", "--yes").out == "p1\n"
    pipe(PAGE)
    assert board.ok("take", "-").out == "p2\n"


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("YES\n", 0), ("n\n", 1), ("", 1)])
def test_in_front_of_a_terminal_one_is_asked(
    answer: str, code: int, board: Any, plain: str, monkeypatch: Any
) -> None:
    stream = io.StringIO(answer)
    monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", stream)
    monkeypatch.setattr("tui.cli.arriving.take._is_terminal", lambda _: True)
    result = board("take", plain)
    assert result.code == code
    assert "Store it like this? Type y, or correct it with options." in result.err
    assert len(on_the_shelf(board)) == (code == 0)


def test_ctrl_c_at_the_question_is_told(board: Any, plain: str, monkeypatch: Any) -> None:
    class Stream:
        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Stream())
    monkeypatch.setattr("tui.cli.arriving.take._is_terminal", lambda _: True)
    result = board("take", plain)
    assert result.code == 130
    assert "Interrupted. Nothing was changed." in result.err
    assert on_the_shelf(board) == []


def test_an_address_is_kept_and_nothing_is_fetched(board: Any) -> None:
    link = "https://boards.greenhouse.io/acme/jobs/4012345"
    result = board("take", link)
    assert result.code == 1
    assert "No role was found, so nothing was stored. Add --role “…”" in result.err.replace(
        '"…"', "“…”"
    )
    result = board.ok("take", link, "--company", "Acme", "--role", "Cook")
    assert "it is kept, and nothing is fetched" in result.err
    assert on_the_shelf(board)[0]["url"] == link


def test_answered_already_it_becomes_an_application(board: Any, page: str) -> None:
    result = board.ok("take", page, "--applied", "yesterday", "--points", "2")
    assert result.out == "2\n"
    assert on_the_shelf(board) == []
    card = board.ok("show", "2", "--json").json
    assert (card["company"], card["applied_on"]) == ("Globex", "2026-11-22")
    assert [(one["kind"], one["text"]) for one in card["points"]] == [("requirement", "SQL")]
    assert card["fields"]["posting_text"].startswith("We run things.")
    board.ok("undo")
    assert len(board.ok("list", "--json").json) == 1


@pytest.mark.parametrize(
    ("which", "kept"),
    [("all", ["Go", "SQL"]), ("none", []), ("1", ["Go"]), ("2,1-2", ["SQL", "Go"])],
)
def test_points_are_offered(which: str, kept: list[str], board: Any, page: str) -> None:
    board.ok("take", page, "--points", which)
    assert on_the_shelf(board)[0]["requirements"] == kept


@pytest.mark.parametrize("which", ["3", "0", "x", "1-9", "-1", "1-", "1,,x"])
def test_a_point_that_there_is_not(which: str, board: Any, page: str) -> None:
    assert board("take", page, f"--points={which}").code == 2
    assert on_the_shelf(board) == []


def test_what_was_there_before_is_told(board: Any, page: str) -> None:
    result = board.ok("take", page, "--company", "Hooli")
    assert "Note: 1 application; open since 10 Nov." in result.err


def test_the_same_posting_is_refused(board: Any, page: str) -> None:
    board.ok("take", page)
    result = board("take", page)
    assert (result.code, result.out) == (1, "")
    assert "Globex, SRE is on the shelf already (p1). Nothing was added." in result.err
    board.ok("shelf", "p1", "--apply")
    result = board("take", page)
    assert "has this link already" in result.err
    assert "--again adds it all the same" in result.err
    assert board.ok("take", page, "--again").out == "p2\n"


def test_a_dry_run_writes_nothing(board: Any, page: str, plain: str) -> None:
    result = board.ok("take", page, "--dry-run")
    assert "Company:      Globex" in result.out
    assert "nothing was changed" in result.err
    found = board.ok("take", plain, "--dry-run", "--json").json
    assert found["guessed"] == ["company", "role", "salary"]
    assert (found["company"], found["requirements"]) == ("Initech", ["SQL", "Neugier"])
    assert on_the_shelf(board) == []


def test_json_tells_what_was_made(board: Any, page: str) -> None:
    made = board.ok("take", page, "--json").json
    assert made["made"] == [{"kind": "posting", "id": 1, "application_id": None}]
    assert made["said"] == "Put on the shelf: Globex, SRE."


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.pdf", b"%PDF-1.7", "“a.pdf” is a PDF"),
        ("a.docx", b"PK\x03\x04", "“a.docx” is packed"),
        ("a.html", b"\n<div>" * 6_000, "“a.html”, line 5,002: this is nested too deep."),
        ("a.txt", b"", "“a.txt” is empty."),
        ("a.bin", b"\x00\x01\x02\x03" * 50, "“a.bin” is no text."),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    name: str, data: bytes, told: str, board: Any, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    result = board("take", str(tmp_path / name))
    assert (result.code, result.out) == (1, "")
    assert told in result.err
    assert len(result.err.splitlines()) == 1
    assert on_the_shelf(board) == []


def test_a_file_that_there_is_not(board: Any) -> None:
    result = board("take", "nowhere.html")
    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert "There is no file “nowhere.html” here." in result.err


def test_no_control_character_reaches_the_terminal(board: Any, tmp_path: Path) -> None:
    file = tmp_path / "evil.txt"
    file.write_text(
        "Role: C\x1b]52;c;eA==\x07ook\nCompany: Ho\u202eoli\n" + "We cook. " * 20, encoding="utf-8"
    )
    result = board.ok("take", str(file), "--yes")
    assert "\x1b" not in result.out + result.err
    assert "\u202e" not in result.out + result.err
    assert json.dumps(on_the_shelf(board)).isascii()


@pytest.mark.parametrize("head", ["From x Mon Nov 23 09:00:00 2026\n", ""])
def test_mail_is_no_posting(board: Any, tmp_path: Path, head: str) -> None:
    file = tmp_path / "week.eml"
    file.write_text(f"{head}From: Globex <jobs@globex.example>\nSubject: SRE\n\nHi\n")
    refused = board("take", str(file), "--yes")
    assert refused.code == 1
    assert "rounds mail FILE" in refused.err
    assert on_the_shelf(board) == []
