"""`rounds mail`: what a mailbox means, listed, done and forgotten by numbers."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[4]
WEEK = PROJECT / "tests/store/exchange/mail/samples/week.mbox"
BOARD = (
    ("add", "Globex", "Staff Engineer", "--applied", "2026-11-02", "--contact", "Ana Ruiz",
     "--email", "ana.ruiz@globex.example"),
    ("add", "Aviato", "Backend Engineer", "--applied", "2026-11-18"),
    ("add", "Initech", "Backend Engineer", "--applied", "2026-11-05"),
    ("add", "Umbrella", "Platform Lead", "--applied", "2026-11-06", "--contact", "Jill",
     "--email", "jill@umbrella.example"),
)  # fmt: skip
LISTED = """\
1  Aviato, Backend Engineer (2): log as auto-reply; they decide by Thu 3 Dec
     Thu 19 Nov, Aviato Hiring Team: Thanks for applying to Aviato
     “we have received your application for the Backend Engineer role and will review it.”
2  Initech, Backend Engineer (3): close as rejected
     Thu 19 Nov, Initech Recruiting: Your application: Backend Engineer
     “After careful consideration we have decided to move forward with other candidates.”
3  Globex, Staff Engineer (1): log as reply; they decide by Thu 3 Dec
     Fri 20 Nov, Ana Ruiz: Re: Staff Engineer
     “We will get back to you by 3 Dec.”
4  Umbrella, Platform Lead (4): interview Wed 2 Dec 14:00; you still have to reply
     Fri 20 Nov, Jill Valentine: Team day
     “Team day at Umbrella”
5  new: Paper Crane, Frontend Developer: log as auto-reply
     Sat 21 Nov, Paper Crane Careers: Your application as Frontend Developer
     “we have received your application as Frontend Developer and will review it soon.”
     unsure: a new application: check employer and role
"""


@pytest.fixture
def board(shell: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("sys.stdin", None)
    shell.begin(*BOARD)
    return shell


def test_a_week_of_mail_in_numbers(board: Any) -> None:
    result = board.ok("mail", str(WEEK))
    assert result.out == LISTED
    assert "“rounds mail --yes” does the 4 that are sure." in result.err


def test_a_dry_run_changes_nothing(board: Any) -> None:
    before = board.path.read_bytes()
    result = board.ok("mail", str(WEEK), "--dry-run")
    assert result.out.startswith("–  Aviato, Backend Engineer (2):")
    assert result.err.endswith("Dry run: nothing was changed.\n")
    assert board.path.read_bytes() == before


def test_a_dry_run_makes_no_board(shell: Any, tmp_path: Path) -> None:
    result = shell("--db", str(tmp_path / "none.db"), "mail", str(WEEK), "--dry-run", named=False)
    assert result.code == 1
    assert not (tmp_path / "none.db").exists()


def test_what_is_sure_is_done_in_one_step(board: Any) -> None:
    board.ok("mail", str(WEEK))
    result = board.ok("mail", "--yes")
    assert "4 done. Mail: Aviato (auto-reply), Initech (rejection), Globex (decision" in result.err
    assert "1 unsure: “rounds mail” lists them." in result.err
    assert "Initech" in board.ok("list", "--closed").out
    assert board.ok("mail").out.startswith("5  new: Paper Crane")
    board.ok("undo")
    assert board.ok("mail").out == LISTED


def test_read_and_done_in_one_go(board: Any) -> None:
    assert "4 done." in board.ok("mail", str(WEEK), "--yes").err
    again = board.ok("mail", str(WEEK))
    assert again.out.startswith("5  new: Paper Crane")
    assert "5 of the messages came before." in again.err


def test_one_by_one(board: Any) -> None:
    board.ok("mail", str(WEEK))
    assert "closed: rejected" in board.ok("mail", "--take", "2").err
    assert "Mail: " in board.ok("mail", "--take", "1", "#3").err
    board.ok("mail", "--drop", "4")
    assert board.ok("mail").out.startswith("5  new")
    board.ok("mail", "--drop", "5")
    assert board.ok("mail").out == ""


def test_a_correction_by_hand(board: Any) -> None:
    board.ok("mail", str(WEEK))
    board.ok("mail", "--take", "3", "--as", "offer", "--card", "4", "--by", "4 dec")
    assert "Fri 4 Dec" in board.ok("offer", "4").out
    board.ok("mail", "--take", "5", "--company", "Paper Crane Ltd", "--role", "Designer")
    assert "Paper Crane Ltd" in board.ok("list").out


def test_all_of_them(board: Any) -> None:
    board.ok("mail", str(WEEK))
    assert "5 done." in board.ok("mail", "--take", "all").err
    assert board.ok("mail").err.startswith("No mail waits.")


def test_a_pipe_is_read_without_a_word(board: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    data = WEEK.read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert board.ok("mail", "-").out == LISTED


def test_a_real_pipe_needs_no_dash(board: Any) -> None:
    words = (sys.executable, "-m", "tui", "--db", str(board.path), "mail", "--json")
    done = subprocess.run(
        words, input=WEEK.read_bytes(), stdout=subprocess.PIPE, check=True, cwd=PROJECT
    )
    assert [one["number"] for one in json.loads(done.stdout)["data"]] == [1, 2, 3, 4, 5]


def test_scripts_get_json(board: Any) -> None:
    found = board.ok("mail", str(WEEK), "--json").json
    assert [(one["number"], one["kind"], one["sure"]) for one in found] == [
        (1, "acknowledgement", True),
        (2, "rejection", True),
        (3, "date", True),
        (4, "interview", True),
        (5, "acknowledgement", False),
    ]
    assert found[3]["starts_at"] == "2026-12-02T14:00:00+01:00"
    assert found[2]["by"] == "2026-12-03"
    made = board.ok("mail", "--yes", "--json").json
    assert sorted(made["applications"]) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("mail", "nowhere"), 1, "There is no file “nowhere” here."),
        (("mail", "--take", "9"), 3, "No message 9 waits."),
        (("mail", "--take", "x"), 2, "“x” is not a number of a message"),
        (("mail", "--take", "1", "--drop", "2"), 2, "one of --yes, --take and --drop"),
        (("mail", "--yes", "--card", "3"), 2, "go with --take and one number"),
        (("mail", "--take", "1", "2", "--card", "3"), 2, "go with --take and one number"),
        (("mail", "--take", "1", "--as", "letter"), 2, "Unknown kind “letter”"),
        (("mail", "--take", "1", "--card", "globex"), 2, "--card takes the ID"),
        (("mail", "--dry-run"), 2, "--dry-run needs a file"),
        (("mail", str(WEEK), "--dry-run", "--yes"), 2, "--dry-run changes nothing"),
    ],
)
def test_ways_to_fail(board: Any, words: tuple[str, ...], code: int, why: str) -> None:
    result = board(*words)
    assert (result.code, result.out) == (code, "")
    assert why in result.err
    assert "Traceback" not in result.err


def test_a_new_application_needs_a_role(board: Any, tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_text(
        "From: Stark Labs Careers <careers@starklabs.example>\nSubject: Hello\n\n"
        "We have received your application and will review it.\n"
    )
    assert "role unknown" in board.ok("mail", str(file)).out
    result = board("mail", "--take", "1")
    assert (result.code, "name its role" in result.err) == (1, True)
    board.ok("mail", "--take", "1", "--role", "Engineer")
    assert "Stark Labs" in board.ok("list").out


def test_what_cannot_be_read_is_told_and_the_rest_is_listed(board: Any, tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(b"From a Fri Nov 20 09:00:00 2026\nnonsense\n\n" + WEEK.read_bytes())
    result = board.ok("mail", str(file))
    assert result.out == LISTED
    assert "Inbox, message 1: left out: it is no message" in result.err


def test_a_file_that_is_no_mail_changes_nothing(board: Any, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"\xff\xd8\xff" * 1_000)
    before = board.path.read_bytes()
    result = board("mail", str(file))
    assert (result.code, result.out) == (1, "")
    assert "“photo.jpg” was not read" in result.err
    assert board.path.read_bytes() == before


def test_no_board_yet_and_no_mail(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    shell.begin()
    assert shell.ok("mail").err.startswith("No mail waits.")
    assert "Nothing waits." in shell.ok("mail", "--yes").err
