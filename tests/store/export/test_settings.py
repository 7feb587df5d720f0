"""What the config file says of calendar and notices, and how what is wrong there is told."""

import re
from datetime import time
from pathlib import Path
from textwrap import dedent

import pytest

from store.export.settings import (
    CalendarChoice,
    NotifyChoice,
    read_calendar_choice,
    read_notify_choice,
)
from store.settings import read_settings
from tests.tables import each_row


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_all_is_as_usual(config: Path) -> None:
    assert read_calendar_choice(config) == CalendarChoice()
    assert not CalendarChoice().is_kept
    assert read_notify_choice(config) == NotifyChoice(time(22), time(8))
    assert not read_settings(config).says_calendar


def test_everything_can_be_said(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    config.write_text(
        '[calendar]\nfile = "~/rounds.ics"\nvdir = "/srv/calendars"\nfollow_ups = "todos"\n'
        'interview_alarm = 0\nday_alarm = ""\n[notify]\nquiet = "21:30–7:00"\n'
    )
    choice = read_calendar_choice(config)
    assert choice == CalendarChoice(
        Path("/home/ana/rounds.ics"), Path("/srv/calendars"), "todos", 0, None
    )
    assert choice.is_kept
    assert read_notify_choice(config) == NotifyChoice(time(21, 30), time(7))
    assert read_settings(config).says_calendar


@each_row(
    ("line", "told"),
    [
        ("file = 3", "“file” must be a whole path such as “~/rounds.ics”."),
        ('file = "rounds.ics"', "“file” must be a whole path"),
        ('vdir = "./calendars"', "“vdir” must be a whole path such as “~/.calendars/rounds”."),
        ('file = "~nobody-here/x"', "there is no home folder"),
        ('follow_ups = "all"', "“follow_ups” must be “events”, “todos” or “none”."),
        ("interview_alarm = -1", "a number of minutes from 0 to 10,080."),
        ("interview_alarm = true", "a number of minutes"),
        ('interview_alarm = "60"', "a number of minutes"),
        ('day_alarm = "9"', "“day_alarm” must be a time such as “09:00”, or “”."),
        ('day_alarm = "24:00"', "a time such as"),
        ('fiel = "x"', "There is no “fiel” in “calendar”. Did you mean “file”?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(config: Path, line: str, told: str) -> None:
    config.write_text(f"# mine\n[calendar]\n{line}\n")
    (mistake,) = read_calendar_choice(config).mistakes
    assert told in str(mistake)
    assert "line 3: " in str(mistake)
    assert read_calendar_choice(config)._replace(mistakes=()) == CalendarChoice()


@pytest.mark.parametrize("quiet", ['"22"', '"22:00"', "22", '"22:00-8:60"', '"night"'])
def test_quiet_hours_are_two_times(config: Path, quiet: str) -> None:
    config.write_text(f"[notify]\nquiet = {quiet}\n")
    choice = read_notify_choice(config)
    assert "“quiet” must be two times such as “22:00-08:00”" in str(choice.mistakes[0])
    assert choice._replace(mistakes=()) == NotifyChoice(), "the usual hours"


def test_a_section_is_one(config: Path) -> None:
    config.write_text("calendar = 3\n")
    (mistake,) = read_calendar_choice(config).mistakes
    assert "“calendar” must be a section: [calendar]" in str(mistake)


@each_row(
    ("begins", "ends", "quiet", "loud"),
    [
        (time(22), time(8), (time(22), time(23, 59), time(0), time(7, 59)), (time(8), time(21))),
        (time(12), time(13), (time(12), time(12, 59)), (time(13), time(11, 59), time(0))),
        (time(9), time(9), (), (time(9), time(0))),
        (None, None, (), (time(3),)),
    ],
)
def test_hours_are_quiet_from_the_first_until_the_second(
    begins: time | None, ends: time | None, quiet: tuple[time, ...], loud: tuple[time, ...]
) -> None:
    choice = NotifyChoice(begins, ends)
    assert all(choice.is_quiet(at) for at in quiet)
    assert not any(choice.is_quiet(at) for at in loud)


@pytest.mark.parametrize("page", ["calendar", "recipes"])
def test_the_example_of_the_page_is_read(config: Path, page: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^(?:    .*)?\n)+", text, re.MULTILINE)
    config.write_text(next(dedent(b) for b in blocks if "[calendar]" in b or "[notify]" in b))
    if page == "calendar":
        choice = read_calendar_choice(config)
        assert (choice.follow_ups, choice.interview_alarm, choice.day_alarm) == (
            "todos", CalendarChoice().interview_alarm, CalendarChoice().day_alarm,
        )  # fmt: skip
        assert choice.file == Path.home() / "rounds.ics"
    else:
        assert read_notify_choice(config) == NotifyChoice(), "as the page says, the usual hours"
