"""What calendars put on the clipboard is read, or refused with a sentence that says why."""

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.clipboard import in_plain_times
from store.zones import zone_named
from tests.store.rules.typed.sentences import check_sentence
from tests.tables import each_row
from tui.typed.interviews import read_interview
from tui.widgets.line_fields import join_lines

TODAY = date(2026, 11, 27)
BERLIN = ZoneInfo("Europe/Berlin")
CLIPS = tomllib.loads(Path(__file__).with_name("calendar_clips.toml").read_text(encoding="utf-8"))


@each_row("clip", CLIPS["clip"], ids=lambda clip: clip["program"])
def test_an_appointment_is_read_as_calendars_copy_it(clip: dict[str, Any]) -> None:
    if "refused" in clip:
        with pytest.raises(Refused, match=clip["refused"]) as refused:
            read_interview(clip["text"], TODAY, BERLIN, Stage.FIRST)
        check_sentence(str(refused.value))
        return
    talk, echo = read_interview(clip["text"], TODAY, BERLIN, Stage.FIRST)
    there = zone_named(clip["zone"]) if "zone" in clip else BERLIN
    day = date.fromisoformat(clip.get("day", "2026-12-03"))
    at = time.fromisoformat(clip.get("at", "10:00"))
    assert talk.starts_at is not None
    wanted = datetime.combine(day, at, there)
    assert talk.starts_at.astimezone(UTC) == wanted.astimezone(UTC)
    assert talk.minutes == (clip.get("minutes", 45) or 60)
    assert talk.people == ""
    assert talk.place == clip.get("place", "")
    local = wanted.astimezone(BERLIN)
    assert f"{local:%H:%M}" in echo


@each_row("clip", CLIPS["clip"], ids=lambda clip: clip["program"])
def test_a_line_that_is_typed_as_one_is_read_alike_as_it_was_pasted(clip: dict[str, Any]) -> None:
    """On the screen the lines of a paste are joined by spaces."""
    joined = join_lines(clip["text"].strip())
    if joined == clip["text"] or clip.get("apart"):
        return
    talk, _ = read_interview(joined, TODAY, BERLIN, Stage.FIRST)
    alone, _ = read_interview(clip["text"], TODAY, BERLIN, Stage.FIRST)
    assert talk.starts_at == alone.starts_at
    assert (talk.minutes, talk.people) == (alone.minutes, "")


@each_row(
    "text",
    [
        "tue 10:00 with Ana | Bo at Room 4 · left",
        "tue 10:00 at Room 4 (second floor)",
        "tue 10:00 with Ana (ana@example.com)",
        "tue 10:00 at Café Time",
    ],
)
def test_what_a_user_wrote_in_one_line_is_kept(text: str) -> None:
    talk, _ = read_interview(text, TODAY, BERLIN, Stage.FIRST)
    rest = text.removeprefix("tue 10:00 ")
    people, _, place = rest.partition("at ")
    assert talk.people == people.removeprefix("with ").strip()
    assert talk.place == place


@each_row(
    ("text", "plain"),
    [
        ("2026-12-08T15:00:00Z", "2026-12-08 15:00 UTC"),
        ("20261208T150000Z", "2026-12-08 15:00 UTC"),
        ("20261208T150000", "2026-12-08 15:00"),
        ("2026-12-08T15:00:00.000+01:00", "2026-12-08 15:00 UTC+01:00"),
        ("2026-12-08T15:00-05:00", "2026-12-08 15:00 UTC-05:00"),
        ("2026-12-08 15:00:00+00", "2026-12-08 15:00 UTC"),
        ("2026-12-08 15:00:00 -0330", "2026-12-08 15:00 UTC-03:30"),
        ("tue 10:00 +0100 video", "tue 10:00 UTC+01:00 video"),
        ("tue 10:00Z", "tue 10:00 UTC"),
        ("tue 10:00:30", "tue 10:00"),
        ("tue 10:00-11:30", "tue 10:00-11:30"),
        ("2026-12-08 15:00-16:00", "2026-12-08 15:00-16:00"),
        ("tue 10:00 +2 others", "tue 10:00 +2 others"),
        ("tue 10:00 by phone 030 1234567", "tue 10:00 by phone 030 1234567"),
    ],
)
def test_moments_as_programs_write_them(text: str, plain: str) -> None:
    assert in_plain_times(text) == plain


def test_an_offset_from_greenwich_is_a_zone() -> None:
    talk, echo = read_interview("tue 10:00 -0500", TODAY, BERLIN, Stage.FIRST)
    assert talk.starts_at == datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert echo == "Tue 1 Dec 16:00, in 4 days (10:00 UTC-05:00)"
