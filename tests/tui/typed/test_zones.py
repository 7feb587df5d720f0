"""Zones by the names that people use, and interviews whose time was given in another one."""

from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.stages import Stage
from store.rules.text import Refused
from store.zones import their_time
from tests.tables import each_row
from tui.typed.interviews import TypedInterview, read_interview
from tui.typed.zones import zone_meant

TODAY = date(2026, 11, 23)
ZURICH = ZoneInfo("Europe/Zurich")
NEW_YORK = ZoneInfo("America/New_York")


@each_row(
    ("text", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" new york ", "America/New_York"),
        ("Buenos_Aires", ""),
        ("Los Angeles", "America/Los_Angeles"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_in_any_case_or_its_city(text, key):
    if key:
        assert zone_meant(text).key == key
    else:
        with pytest.raises(Refused, match="can be America/"):
            zone_meant(text)


@each_row(
    ("text", "sentence"),
    [
        ("Europe/Brelin", "Did you mean “Europe/Berlin”?"),
        ("Mars/Base", "Name one like Europe/Berlin"),
        ("EST", "“EST” could not be read: short names of zones mean several"),
        ("../../etc/passwd", "Unknown time zone"),
        ("", "Unknown time zone"),
        ("x" * 10_000, "Unknown time zone"),
        ("東京", "Unknown time zone"),
    ],
)
def test_an_unknown_zone_is_said(text, sentence):
    with pytest.raises(Refused, match=sentence):
        zone_meant(text)


@given(st.text(max_size=100))
def test_any_text_is_a_zone_or_refused(text):
    with suppress(Refused):
        zone_meant(text)


@each_row(
    ("text", "talk", "words"),
    [
        (
            "fri 9am America/New_York 45m video",
            TypedInterview(
                datetime(2026, 11, 27, 9, 0, tzinfo=NEW_YORK),
                45,
                formats=("video_live",),
                zone="America/New_York",
            ),
            "Fri 27 Nov 15:00–15:45, in 4 days, video (09:00–09:45 in America/New_York)",
        ),
        (
            "fri 20:00 America/New_York",
            TypedInterview(datetime(2026, 11, 27, 20, 0, tzinfo=NEW_YORK), zone="America/New_York"),
            "Sat 28 Nov 02:00, in 5 days (Fri 27 Nov 20:00 in America/New_York)",
        ),
        (
            "fri 9am Europe/Berlin",
            TypedInterview(
                datetime(2026, 11, 27, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")),
                zone="Europe/Berlin",
            ),
            "Fri 27 Nov 09:00, in 4 days",
        ),
    ],
)
def test_both_times_are_said_back_where_the_clocks_differ(text, talk, words):
    assert read_interview(text, TODAY, ZURICH, Stage.FIRST) == (talk, words)


def test_a_zone_named_apart_counts_where_the_line_names_none():
    apart = read_interview("fri 9am", TODAY, ZURICH, Stage.FIRST, "new york")[0]
    assert (apart.starts_at, apart.zone) == (
        datetime(2026, 11, 27, 9, 0, tzinfo=NEW_YORK),
        "America/New_York",
    )
    both = read_interview("fri 9am utc", TODAY, ZURICH, Stage.FIRST, "new york")[0]
    assert both.zone == "UTC"


def test_a_time_that_the_clocks_there_skip_is_refused_though_ours_have_it():
    text = "14 mar 2027 02:30"
    assert read_interview(text, TODAY, ZURICH, Stage.FIRST)[0].starts_at is not None
    with pytest.raises(Refused, match=r"In America/New_York: On Sun 14 Mar 2027 the clocks skip"):
        read_interview(f"{text} America/New_York", TODAY, ZURICH, Stage.FIRST)


def test_an_invitation_may_say_what_is_known_already():
    talk, words = read_interview("invited fri panel with Ana at HQ", TODAY, ZURICH, Stage.APPLIED)
    assert talk == TypedInterview(None, 60, "Ana", "HQ", date(2026, 11, 20), ("panel",))
    assert words == (
        "Invited Fri 20 Nov, 3 days ago, no time yet, panel, with Ana, at HQ. "
        "The card moves to first"
    )


def test_a_stored_zone_that_is_gone_says_nothing():
    assert their_time(datetime(2026, 11, 27, 15, 0, tzinfo=ZURICH), None, "Gone/City") == ""
