"""khal and todoman read the folder: programs that are none of ours."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store.export.calendar import write_calendar_file, write_calendar_folder
from store.export.settings import CalendarChoice
from store.pipeline import Pipeline
from store.read.calendar import BoardCalendar
from tests.stillness import PATIENCE

KHAL = """
[calendars]
[[rounds]]
path = {folder}
type = calendar
[locale]
local_timezone = America/New_York
default_timezone = America/New_York
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""
TODOMAN = """
path = "{folder}"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
cache_path = "{home}/todoman.sqlite3"
"""


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., str]:
    """Runs khal or todo on the folder, with nothing of the user's own."""
    for name, text in (("khal.conf", KHAL), ("todo.py", TODOMAN)):
        (tmp_path / name).write_text(text.format(folder=tmp_path / "vdir", home=tmp_path))

    def run(program: str, *words: str) -> str:
        found = Path(sys.executable).with_name(program)
        chosen = tmp_path / ("khal.conf" if program == "khal" else "todo.py")
        done = subprocess.run(
            [found, "-c", chosen, *words],
            env={
                **os.environ,
                "HOME": str(tmp_path),
                "LC_ALL": "C.UTF-8",
                "TZ": "America/New_York",
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done
        return done.stdout

    return run


def listed(play: Callable[..., str]) -> list[str]:
    form = "{start-date} {start-time}-{end-time} {title} @ {location}"
    told = play("khal", "list", "--day-format", "", "--format", form, "2026-11-01", "90d")
    return [line.strip() for line in told.splitlines() if line.strip()]


def test_khal_lists_what_is_there_by_its_own_clocks(
    pipeline: Pipeline,
    calendar: Callable[[], BoardCalendar],
    play: Callable[..., str],
    tmp_path: Path,
) -> None:
    pipeline.interview(
        3, pipeline.database.clock.now() + timedelta(days=16), zone="CET-1CEST,M3.5.0,M10.5.0/3"
    )
    write_calendar_folder(tmp_path / "vdir", calendar(), CalendarChoice())
    lines = listed(play)
    assert "2026-12-03 08:00-09:00 Second interview: Globex @ Chausseestr. 12, 3rd floor" in lines
    assert "2026-11-20 04:00-04:45 First interview: Globex @" in lines
    assert "2026-12-09 03:00-04:00 First interview: Hooli @" in lines, "a zone of rules alone"
    assert "2026-12-04 11:00-11:00 Initech: answer the offer @" in lines
    assert "2026-11-27 - Hooli: call Ana @" in lines
    pipeline.cancel_interview(2)
    write_calendar_folder(tmp_path / "vdir", calendar(), CalendarChoice())
    assert not any("Second interview" in line for line in listed(play))


def test_khal_takes_in_the_one_file(
    calendar: Callable[[], BoardCalendar], play: Callable[..., str], tmp_path: Path, path: Path
) -> None:
    (tmp_path / "vdir").mkdir()
    write_calendar_file(tmp_path / "rounds.ics", calendar(), CalendarChoice(), path)
    play("khal", "import", "--batch", str(tmp_path / "rounds.ics"))
    assert any(line.startswith("2026-12-03 08:00-09:00 Second") for line in listed(play))


def test_todoman_lists_what_is_to_be_done(
    pipeline: Pipeline,
    calendar: Callable[[], BoardCalendar],
    play: Callable[..., str],
    tmp_path: Path,
) -> None:
    def todos(*words: str) -> dict[str, bool]:
        told = play("todo", "--porcelain", "list", *words)
        return {one["summary"]: one["completed"] for one in json.loads(told)}

    choice = CalendarChoice(follow_ups="todos")
    write_calendar_folder(tmp_path / "vdir", calendar(), choice)
    before = todos()
    assert before["Hooli: call Ana"] is False
    (number,) = [
        int(line.rpartition("f")[2])
        for one in calendar().entries
        if "call Ana" in one.title
        for line in one.lines
        if line.startswith("rounds done f")
    ]
    pipeline.complete(number)
    write_calendar_folder(tmp_path / "vdir", calendar(), choice)
    assert "Hooli: call Ana" not in todos()
    assert todos("--status", "ANY")["Hooli: call Ana"] is True
