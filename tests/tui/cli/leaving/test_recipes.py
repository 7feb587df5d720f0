"""The recipes work as they stand: each is taken out of its page and read by its own program."""

import json
import os
import plistlib
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stillness import PATIENCE
from tests.tui.cli.shells.conftest import PROJECT, need

PAGE = (PROJECT / "docs" / "recipes.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(.+)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE))
LINE = "2 today"


@pytest.fixture
def home(shell: Any, tmp_path: Path) -> dict[str, str]:
    """A home whose `~/.local/bin` has a `rounds` on a board with two follow-ups for today."""
    shell.begin(
        ("add", "Globex", "SRE", "--applied", "2026-11-02"),
        ("add", "Initech", "SRE", "--applied", "2026-11-02"),
    )
    program = tmp_path / ".local" / "bin" / "rounds"
    program.parent.mkdir(parents=True)
    begin = (
        "import sys; from datetime import datetime; from zoneinfo import ZoneInfo; "
        "from store.clock import FixedClock; from tui.cli.run import run; "
        "clock = FixedClock(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo('Europe/Berlin'))); "
        "sys.exit(run(sys.argv[1:], clock=clock))"
    )
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={PROJECT} exec {sys.executable} -c "{begin}" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return {
        **{k: v for k, v in os.environ.items() if k not in ("TMUX", "DBUS_SESSION_BUS_ADDRESS")},
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "ROUNDS_DB": str(shell.path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "TERM": "xterm",
        "TZ": "Europe/Berlin",
    }


Play = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def play(home: dict[str, str], tmp_path: Path) -> Play:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        need(words[0])
        return subprocess.run(
            words,
            cwd=tmp_path,
            env=home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    return run


def test_the_page_has_a_recipe_for_each() -> None:
    assert set(BLOCKS) == {
        *("crontab", "systemd rounds-notify.service", "systemd rounds-notify.timer", "plist"),
        *("sway", "tmux", "starship", "waybar", "fish", "zsh", "bash"),
    }


def test_cron(play: Play) -> None:
    found = re.fullmatch(r"(\S+) (\S+) (\S+) (\S+) (\S+) (.+)\n", BLOCKS["crontab"])
    assert found is not None
    minutes, *others, command = found.groups()
    assert re.fullmatch(r"\*/(\d+)", minutes)
    assert others == ["*"] * 4
    assert "%" not in command, "cron takes it for the end of a line"
    done = play("sh", "-c", command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("rounds: No notice can be shown: "), "rounds was found and asked"
    assert done.stderr.count("\n") == 1


def test_systemd(play: Play, home: dict[str, str], tmp_path: Path) -> None:
    units = tmp_path / ".config" / "systemd" / "user"
    units.mkdir(parents=True)
    for name, text in BLOCKS.items():
        if name.startswith("systemd "):
            (units / name.removeprefix("systemd ")).write_text(text)
    need("systemd-analyze")
    for name in ("rounds-notify.service", "rounds-notify.timer"):
        done = play("systemd-analyze", "verify", "--user", str(units / name))
        ours = [line for line in done.stderr.splitlines() if "rounds" in line]
        assert ours == []
    calendar = re.search(r"OnCalendar=(.+)", BLOCKS["systemd rounds-notify.timer"])
    assert calendar is not None
    done = play("systemd-analyze", "calendar", calendar[1])
    assert done.returncode == 0, done
    assert "*-*-* *:00/15:00" in done.stdout


def test_sway(
    play: Play, home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as ipc:
        ipc.bind("ipc")  # a whole path may be too long for a socket
    home["SWAYSOCK"] = str(tmp_path / "ipc")
    command = BLOCKS["sway"].removeprefix("exec ")
    assert command.count("sleep") == 1
    done = play("sh", "-c", command.replace("sleep 900", 'rm "$SWAYSOCK"'))
    assert done.stderr.startswith("rounds: No notice can be shown: "), "rounds was found and asked"
    assert done.stderr.count("\n") == 1, "it ends with the session"


def test_launchd(play: Play) -> None:
    found = plistlib.loads(BLOCKS["plist"].encode())
    assert found["Label"] == "rounds.notify"
    assert found["StartInterval"] == 900
    done = play(*found["ProgramArguments"])
    assert done.stderr.startswith("rounds: No notice can be shown: ")


def test_tmux(play: Play, tmp_path: Path) -> None:
    file = tmp_path / "tmux.conf"
    file.write_text(BLOCKS["tmux"])
    server = ("tmux", "-L", f"rounds-{os.getpid()}", "-f", str(file))
    try:
        done = play(*server, "new-session", "-d", "sleep 600")
        assert (done.returncode, done.stderr) == (0, ""), done
        shown = play(*server, "show-options", "-g", "status-right").stdout
        assert "#(rounds due --line)" in shown
        assert play(*server, "show-options", "-g", "status-interval").stdout.split()[1] == "60"
    finally:
        if shutil.which("tmux"):
            play(*server, "kill-server")
    (command,) = re.findall(r"#\((.+)\)", BLOCKS["tmux"])
    assert play("sh", "-c", command).stdout.strip() == LINE


def test_starship(play: Play, tmp_path: Path, home: dict[str, str]) -> None:
    module = tomllib.loads(BLOCKS["starship"])["custom"]["rounds"]
    assert module["when"] is True
    assert play(*module["shell"], "-c", module["command"]).stdout.strip() == LINE
    if shutil.which("starship"):
        (tmp_path / ".config").mkdir(exist_ok=True)
        (tmp_path / ".config" / "starship.toml").write_text(BLOCKS["starship"])
        assert LINE in play("starship", "module", "custom.rounds").stdout


def test_waybar(play: Play) -> None:
    module = json.loads(BLOCKS["waybar"])["custom/rounds"]
    assert module["interval"] == 60
    assert play("sh", "-c", module["exec"]).stdout.strip() == LINE


def test_fish(play: Play, tmp_path: Path) -> None:
    file = tmp_path / "fish_right_prompt.fish"
    file.write_text(BLOCKS["fish"])
    assert play("fish", "--no-config", "-n", str(file)).returncode == 0
    done = play("fish", "--no-config", "-c", f"source {file}; fish_right_prompt")
    assert LINE in done.stdout
    assert done.stderr == ""


def test_zsh(play: Play, tmp_path: Path) -> None:
    file = tmp_path / ".zshrc"
    file.write_text(BLOCKS["zsh"])
    assert play("zsh", "-n", str(file)).returncode == 0
    done = play(
        "zsh", "-f", "-c", f"source {file}; for each in $precmd_functions; do $each; done; "
        'print -r -- "$RPROMPT"',
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == (LINE, "")


@pytest.mark.parametrize("before", ["", "PROMPT_COMMAND='echo mine $?'; "])
def test_bash(play: Play, tmp_path: Path, before: str) -> None:
    file = tmp_path / ".bashrc"
    file.write_text(BLOCKS["bash"])
    assert play("bash", "-n", str(file)).returncode == 0
    done = play("bash", "--norc", "-c", f'{before}source {file}; (exit 7); eval "$PROMPT_COMMAND"')
    assert done.stdout.split("\n")[0] == LINE
    assert ("mine 7" in done.stdout) is bool(before), "a prompt may show how the command ended"
    assert done.stderr == ""


def test_what_the_page_says_of_exit_codes_and_quiet_hours() -> None:
    assert 'quiet = "22:00-08:00"' in PAGE
    assert "ends with 1" in " ".join(PAGE.split())
