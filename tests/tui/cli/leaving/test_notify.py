"""`rounds notify`: what is due, each once, and a sentence where there is no desktop."""

import json
import os
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tui.cli.leaving import desktop


@pytest.fixture
def board(shell: Any) -> Any:
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-10"),
        ("remind", "1", "today", "call <b>Ana</b> & Bo"),
    )
    return shell


class Desktop:
    """Plays `notify-send`: keeps what it was told, and ends as it should."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told = folder / "told"
        self.code = folder / "code"
        self.code.write_text("0")
        program = folder / "notify-send"
        program.write_text(
            f"#!{sys.executable}\nimport json, os, sys\n"
            f"with open({str(self.told)!r}, 'a') as file:\n"
            "    bus = os.environ.get('DBUS_SESSION_BUS_ADDRESS')\n"
            "    print(json.dumps([bus, *sys.argv[1:]]), file=file)\n"
            f"code = int(open({str(self.code)!r}).read())\n"
            "if code:\n    print('No such name: org.freedesktop.Notifications.', file=sys.stderr)\n"
            "sys.exit(code)\n"
        )
        program.chmod(0o755)

    @property
    def notices(self) -> list[list[str]]:
        """The words of each call, the address of the session first."""
        if not self.told.exists():
            return []
        return [json.loads(line) for line in self.told.read_text().splitlines()]


@pytest.fixture
def seen(board: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    board.environ |= {"PATH": str(folder), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}
    return Desktop(folder)


def test_what_is_due_is_shown_once(board: Any, seen: Desktop) -> None:
    result = board.ok("notify")
    assert (result.out, result.err) == ("", ""), "cron mails whatever is said"
    ((bus, name, dashes, title, body),) = seen.notices
    assert (bus, name, dashes) == ("unix:path=/x", "--app-name=rounds", "--")
    assert title == "Due: 2 follow-ups"
    assert "Globex: call &lt;b&gt;Ana&lt;/b&gt; &amp; Bo (today)" in body.split("\n")
    board.ok("notify")
    assert len(seen.notices) == 1
    board.clock.moment += timedelta(days=1)
    board.ok("remind", "1", "today", "call Cy")
    board.ok("notify")
    assert "call Cy" in seen.notices[1][4]
    assert "Ana" not in seen.notices[1][4]


@pytest.mark.parametrize("program", ["gdbus", "busctl"])
@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("echo \"(['body', 'body-markup'],)\"", "call &lt;b&gt;Ana&lt;/b&gt; &amp; Bo"),
        ("echo \"(['body', 'body-hyperlinks'],)\"", "call <b>Ana</b> & Bo"),
        ("exit 1", "call &lt;b&gt;Ana&lt;/b&gt; &amp; Bo"),
    ],
)
def test_a_desktop_without_markup_is_told_to_the_letter(
    board: Any, seen: Desktop, program: str, answer: str, shown: str
) -> None:
    asked = seen.folder / program
    asked.write_text(f"#!/bin/sh\n{answer}\n")
    asked.chmod(0o755)
    board.ok("notify")
    assert f"Globex: {shown} (today)" in seen.notices[0][4].split("\n")


def test_backslashes_are_text(board: Any, seen: Desktop) -> None:
    r"""notify-send takes \n, \t and \377 in a body for what they stand for in C."""
    board.ok("remind", "1", "today", r"look into C:\new\377")
    board.ok("notify")
    assert r"Globex: look into C:\\new\\377 (today)" in seen.notices[0][4].split("\n")


@pytest.mark.parametrize("mac", [False, True])
def test_the_desktop_is_told_in_utf_8_whatever_the_terminal_speaks(mac: bool) -> None:
    *_, title, body = desktop._arguments("Due: Łucja", "面试 \udcff", mac=mac)
    assert (title, body) == ("Due: Łucja".encode(), "面试 ?".encode())


def test_a_dry_run_prints_and_counts_as_nothing(board: Any, seen: Desktop) -> None:
    printed = board.ok("notify", "--dry-run").out.splitlines()
    assert printed[0] == "Due: 2 follow-ups"
    assert "Globex: call <b>Ana</b> & Bo (today)" in printed
    assert seen.notices == []
    assert not board.path.with_name("board-told.json").exists()
    data = board.ok("notify", "--dry-run", "--json").json
    assert (data["shown"], data["quiet"], len(data["follow_ups"])) == (False, False, 2)


def test_json_says_what_was_shown(board: Any, seen: Desktop) -> None:
    assert board.ok("notify", "--json").json["shown"] is True
    again = board.ok("notify", "--json").json
    assert (again["shown"], again["title"], again["lines"]) == (False, None, [])


def test_in_the_quiet_hours_nothing_is_shown_and_nothing_forgotten(
    board: Any, seen: Desktop, config: Path
) -> None:
    config.parent.mkdir(parents=True)
    config.write_text('[notify]\nquiet = "08:30-09:15"\n')
    assert board.ok("notify", "--json").json["quiet"] is True
    assert seen.notices == []
    board.clock.moment += timedelta(minutes=20)
    board.ok("notify")
    assert len(seen.notices) == 1
    config.write_text('[notify]\nquiet = "8"\n')
    wrong = board.ok("notify")
    assert "line 2: “quiet” must be two times" in wrong.err, "the usual hours count"


def test_a_notice_that_failed_is_shown_the_next_time(board: Any, seen: Desktop) -> None:
    seen.code.write_text("1")
    result = board("notify")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "notify-send says “No such name: org.freedesktop.Notifications”" in result.err
    assert "“rounds due” lists what is due." in result.err
    seen.code.write_text("0")
    board.ok("notify")
    assert len(seen.notices) == 2


def test_without_a_program_for_it_one_sentence_says_so(board: Any, seen: Desktop) -> None:
    (seen.folder / "notify-send").unlink()
    result = board("notify")
    assert result.code == 1
    assert result.err == (
        "rounds: No notice can be shown: notify-send is not there. Install it: the package is "
        "libnotify, or libnotify-bin. “rounds due” lists what is due.\n"
    )
    assert board("notify").code == 1, "it was not told"


def test_without_a_session_one_sentence_says_so(board: Any, seen: Desktop, tmp_path: Path) -> None:
    del board.environ["DBUS_SESSION_BUS_ADDRESS"]
    board.environ["XDG_RUNTIME_DIR"] = str(tmp_path)
    result = board("notify")
    assert result.code == 1
    assert "there is no desktop session" in result.err
    assert seen.notices == []


def test_cron_finds_the_session_of_the_same_user(
    board: Any, seen: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del board.environ["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind("bus")  # a whole path may be too long for a socket
        board.environ["XDG_RUNTIME_DIR"] = str(tmp_path)
        board.ok("notify")
    assert seen.notices[0][0] == f"unix:path={tmp_path}/bus"


def test_a_mac_is_told_by_its_own_program(
    board: Any, seen: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop.sys, "platform", "darwin")
    os.rename(seen.folder / "notify-send", seen.folder / "osascript")  # noqa: PTH104
    board.ok("notify")
    ((_, *words),) = seen.notices
    assert words[:2] == ["-e", "on run argv"]
    assert words[-2] == "Due: 2 follow-ups"
    assert "call <b>Ana</b> & Bo" in words[-1], "to the letter: it is no markup there"


def test_nothing_is_sent_when_it_cannot_be_remembered(
    board: Any, seen: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.path.with_name("board-told.json").mkdir()
    result = board("notify")
    assert result.code == 1
    assert "could not be written" in result.err
    assert seen.notices == []


def test_the_board_is_not_written_to(board: Any, seen: Desktop) -> None:
    before = board.path.read_bytes()
    board.ok("notify")
    assert board.path.read_bytes() == before


def test_without_a_board_nothing_is_due(
    shell: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert shell("notify", named=False).code == 0
