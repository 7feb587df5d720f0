"""`rounds ics`, and the calendar that every command keeps up to date."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-10"),
        ("interview", "1", "3 dec 14:00 with Ana"),
        ("remind", "1", "fri", "call Ana"),
    )
    return shell


def summaries(text: str | bytes) -> list[str]:
    """What stands in a calendar, without what is cancelled."""
    found = icalendar.Calendar.from_ical(text)
    return [
        str(each["SUMMARY"])
        for each in found.walk()
        if each.name in ("VEVENT", "VTODO") and each["STATUS"] != "CANCELLED"
    ]


@pytest.mark.parametrize("words", [(), ("-",)])
def test_without_a_file_it_is_printed(board: Any, words: tuple[str, ...]) -> None:
    result = board.ok("ics", *words)
    assert "First interview: Globex" in summaries(result.out)
    assert result.out.endswith("END:VCALENDAR\r\n")
    assert result.err == ""


def test_what_is_printed_is_utf8_whatever_the_terminal(board: Any) -> None:
    board.ok("add", "株式会社アクメ", "Müller", "--applied", "2026-11-10")
    done = board.process("ics", env={"PYTHONIOENCODING": "latin-1"})
    assert "株式会社アクメ: follow up on your application" in summaries(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_is_written_and_what_is_in_it_told(board: Any, tmp_path: Path) -> None:
    target = tmp_path / "rounds.ics"
    result = board.ok("ics", str(target))
    assert "Globex: call Ana" in summaries(target.read_bytes())
    assert result.out == ""
    assert result.err.startswith("In the calendar: 1 interview, ")
    assert result.err.endswith("; 1 file written.\n")
    assert board.ok("ics", str(target)).err.endswith("; nothing had changed.\n")


def test_what_is_cancelled_is_not_counted(board: Any, tmp_path: Path) -> None:
    board.ok("delete", "1")
    data = board.ok("ics", str(tmp_path / "rounds.ics"), "--json").json
    assert (data["interviews"], data["follow_ups"], data["written"]) == (0, 0, 1)
    found = icalendar.Calendar.from_ical((tmp_path / "rounds.ics").read_bytes())
    assert {str(event["STATUS"]) for event in found.walk("VEVENT")} == {"CANCELLED"}


def test_a_folder_is_written(board: Any, tmp_path: Path) -> None:
    folder = tmp_path / "vdir"
    data = board.ok("ics", "--vdir", str(folder), "--follow-ups", "none", "--json").json
    assert data == {
        "path": str(folder), "interviews": 1, "follow_ups": 0, "deadlines": 0,
        "written": 1, "removed": 0,
    }  # fmt: skip
    (file,) = folder.glob("*.ics")
    assert summaries(file.read_bytes()) == ["First interview: Globex"]


def test_options_go_before_what_the_config_file_says(board: Any, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text('[calendar]\nfollow_ups = "todos"\n')
    assert "BEGIN:VTODO" in board.ok("ics").out
    assert "BEGIN:VTODO" not in board.ok("ics", "--follow-ups", "events").out
    assert "BEGIN:VALARM" not in board.ok("ics", "--no-alarms").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x.ics", "--vdir", "y"), "Give either a file or --vdir FOLDER."),
        (("--json",), "With --json give a file or --vdir FOLDER"),
        (("--follow-ups", "some"), "There is no “some”. There are events, todos, none."),
    ],
)
def test_what_cannot_be_meant(board: Any, words: tuple[str, ...], told: str) -> None:
    result = board("ics", *words)
    assert (result.code, result.out) == (2, "")
    assert told.casefold() in result.err.casefold()


@pytest.mark.parametrize("what", ["folder", "link", "pipe", "board", "foreign", "no folder"])
def test_where_no_file_may_be_one_sentence_says_so(board: Any, tmp_path: Path, what: str) -> None:
    target = tmp_path / "rounds.ics"
    if what == "folder":
        target.mkdir()
    elif what == "link":
        target.symlink_to("elsewhere")
    elif what == "pipe":
        os.mkfifo(target)
    elif what == "board":
        target = board.path
    elif what == "foreign":
        target.write_text("mine")
    else:
        target = target / "x.ics"
    before = sorted(tmp_path.iterdir())
    result = board("ics", str(target))
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert result.err.startswith("rounds: ")
    assert sorted(tmp_path.iterdir()) == before
    assert board.ok("list").out


def test_without_a_board_it_says_how_to_begin(shell: Any, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    result = shell("ics", str(tmp_path / "rounds.ics"), named=False)
    assert result.code == 1
    assert "No board yet." in result.err
    assert not (tmp_path / "rounds.ics").exists()


# Kept up to date


@pytest.fixture
def kept(board: Any, config: Path, tmp_path: Path) -> Path:
    """The file that the config file asks for; it is not there yet."""
    config.parent.mkdir(parents=True)
    config.write_text(f'[calendar]\nfile = "{tmp_path}/kept.ics"\nvdir = "{tmp_path}/v"\n')
    return tmp_path / "kept.ics"


def test_after_every_change_the_calendar_is_as_the_board(
    board: Any, kept: Path, tmp_path: Path
) -> None:
    board.ok("list")
    assert not kept.exists(), "who only looks writes nothing"
    board.ok("remind", "1", "wed", "call Bo")
    assert {"Globex: call Ana", "Globex: call Bo"} <= set(summaries(kept.read_bytes()))
    number = len(list((tmp_path / "v").glob("*.ics")))
    board.ok("undo")
    assert "Globex: call Bo" not in summaries(kept.read_bytes())
    assert len(list((tmp_path / "v").glob("*.ics"))) < number
    board.ok("redo")
    assert "Globex: call Bo" in summaries(kept.read_bytes())
    assert kept.read_bytes() == board.ok("ics").out.encode()
    board.ok("delete", "1")
    assert summaries(kept.read_bytes()) == []


def test_a_restored_board_has_its_calendar(board: Any, kept: Path, tmp_path: Path) -> None:
    copy = board.ok("backup", str(tmp_path / "copy.db")).out.strip()
    board.ok("remind", "1", "wed", "call Bo")
    assert "Globex: call Bo" in summaries(kept.read_bytes())
    board.ok("restore", copy, "--yes")
    assert "Globex: call Bo" not in summaries(kept.read_bytes())
    board.ok("undo")
    assert "Globex: call Bo" in summaries(kept.read_bytes())
    board.path.write_bytes(b"SQLite format 3\0" + bytes(4_080))
    board.ok("restore", copy, "--yes")
    assert "Globex: call Bo" not in summaries(kept.read_bytes())
    assert "Globex: call Ana" in summaries(kept.read_bytes())


@pytest.mark.parametrize(
    "what", ["full", "a mistake of ours", "folder", "setting", "another board"]
)
def test_what_fails_is_a_note_and_the_change_is_stored(
    board: Any, kept: Path, config: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "folder":
        kept.mkdir()
    elif what == "setting":
        config.write_text("[calendar]\nfile = 3\n")
    elif what == "another board":
        lines = board.ok("ics").out.splitlines()
        lines = [line if "X-ROUNDS" not in line else "X-ROUNDS-BOARD:x" for line in lines]
        kept.write_bytes("\r\n".join(lines).encode())
    elif what == "a mistake of ours":
        monkeypatch.setattr("store.export.calendar_upkeep.write_calendar_file", None)
    elif what == "full":

        def full(*_: Any, **__: Any) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("store.file.outgoing._write_part", full)
    before = kept.read_bytes() if kept.is_file() else b""
    result = board("note", "1", "They called.")
    assert result.code == 0
    assert result.err.count("Note: The calendar is not up to date") == 1
    assert result.err.endswith("Your changes are saved.\n")
    assert "They called." in board.ok("note", "1").out
    assert (kept.read_bytes() if kept.is_file() else b"") == before


def test_without_the_section_nothing_of_it_is_loaded(board: Any) -> None:
    code = (
        "import sys\nfrom tui.cli.run import run\n"
        f"run(['--db', {str(board.path)!r}, 'note', '1', 'x'])\n"
        "print(*sorted(name for name in sys.modules if 'export' in name or 'calendar' in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() in ("", "calendar")
