"""Times and days as people say them; each was reported to fail in a reader of dates or a calendar.

The names behind the lines are those of the projects where it was reported.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.days import parse_day
from store.rules.typed.interview_line import parse_slot
from store.rules.typed.spoken import in_figures
from tests.store.rules.typed.sentences import check_sentence
from tests.tables import each_row
from tui.typed.interviews import read_interview
from tui.typed.offers import read_deadline

TODAY = date(2026, 11, 27)
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=BERLIN)


@each_row(
    ("text", "echo"),
    [
        ("tue 12:00 noon", "Tue 1 Dec 12:00, in 4 days"),  # dateutil 781, dateparser 87
        ("tue at noon", "Tue 1 Dec 12:00, in 4 days"),  # duckling 112
        ("tue 12:00 AM", "Tue 1 Dec 00:00, in 4 days"),  # datejs 125, moment 74
        ("tue 12:00\u202fPM", "Tue 1 Dec 12:00, in 4 days"),  # dart i18n 668
        ("tue 23:00-24:00", "Tue 1 Dec 23:00–00:00, in 4 days"),  # khal 336
        ("tue 11pm to 1am", "Tue 1 Dec 23:00–01:00, in 4 days"),  # dayGLANCE 1267
        ("tue 22:30-00:15", "Tue 1 Dec 22:30–00:15, in 4 days"),
        ("tue half past six", "Tue 1 Dec 18:30, in 4 days"),  # chrono 401
        ("tue quarter to two", "Tue 1 Dec 13:45, in 4 days"),  # chrono 401
        ("quarter past ten on tue", "Tue 1 Dec 10:15, in 4 days"),
        ("tue quarter to one", "Tue 1 Dec 12:45, in 4 days"),
        ("tue at 3 o'clock", "Tue 1 Dec 15:00, in 4 days"),  # dateparser 239
        ("tue at 3 o\u2019clock", "Tue 1 Dec 15:00, in 4 days"),
        ("tue at three in the afternoon", "Tue 1 Dec 15:00, in 4 days"),  # dateparser 239
        ("tonight at 7", "Fri 27 Nov 19:00, today"),  # natty 87, dateparser 895
        ("tonight 9:30", "Fri 27 Nov 21:30, today"),  # date 72
        ("tomorrow evening at 5", "Sat 28 Nov 17:00, tomorrow"),  # date 33
        ("tomorrow morning at 9 with Ana", "Sat 28 Nov 09:00, tomorrow, with Ana"),
        ("tue morning 5:30", "Tue 1 Dec 05:30, in 4 days"),
        ("tue @7pm", "Tue 1 Dec 19:00, in 4 days"),  # elementary calendar 219
        ("tue @19:00", "Tue 1 Dec 19:00, in 4 days"),
        ("tue 19:00h", "Tue 1 Dec 19:00, in 4 days"),
        ("February 24th 12PM", "Wed 24 Feb 2027 12:00, in 89 days"),  # parsedatetime 9
        ("tue 9am for 1h", "Tue 1 Dec 09:00–10:00, in 4 days"),  # todoist-cli 291
        ("next friday 11:00", "Fri 4 Dec 11:00, in 7 days"),  # chronic 318
        ("3 dec in the evening 7", "Thu 3 Dec 19:00, in 6 days"),
    ],
)
def test_a_time_in_words_is_read(text, echo):
    assert read_interview(text, TODAY, BERLIN, Stage.FIRST)[1] == echo


@each_row(
    ("text", "echo"),
    [
        ("a week from friday", "Answer by Fri 11 Dec, in 14 days"),  # Sugar 455
        ("week from tue", "Answer by Tue 8 Dec, in 11 days"),
        ("tue week", "Answer by Tue 8 Dec, in 11 days"),
        ("a week from tomorrow", "Answer by Sat 5 Dec, in 8 days"),
        ("two weeks from today", "Answer by Fri 11 Dec, in 14 days"),  # Sherlock 1
        ("in a fortnight", "Answer by Fri 11 Dec, in 14 days"),  # natty 113
        ("tonight", "Answer by Fri 27 Nov, today"),  # dateparser 895
        ("tomorrow evening", "Answer by Sat 28 Nov, tomorrow"),
        ("tomorrow at 9pm", "Answer by Sat 28 Nov at 21:00, tomorrow"),  # any-date-parser 50
        # chrono 582: the zone was dropped behind an offset
        (
            "in 2 weeks at 9am America/New_York",
            "Answer by Fri 11 Dec at 15:00, in 14 days (09:00 in America/New_York)",
        ),
    ],
)
def test_a_deadline_in_words_is_read(text, echo):
    said = read_deadline(text, TODAY, BERLIN, now=NOW)[1]
    day, _, there = echo.partition(" (")
    if there:
        day, _, distance = day.rpartition(", ")
        echo = f"{day} ({there}, {distance}"
    assert said == echo


@each_row(
    ("text", "day"),
    [
        ("Tue Nov 24 14:50:24 PST 2026", "2026-11-24"),  # datejs 141
        ("Fri Nov 20 00:00:00 UTC 2026", "2026-11-20"),  # natty 279
        ("Fri Mar 04 00:00:00 UTC 2016", "2016-03-04"),  # natty 279
        ("Thursday 26th July 2018", "2018-07-26"),  # parse-messy-time 9
        ("fri", "2026-11-27"),  # freeyourstuff 71
    ],
)
def test_a_day_that_was_copied_keeps_its_year(text, day):
    assert parse_day(text, TODAY, past=True) == date.fromisoformat(day)


@each_row(
    ("text", "sentence"),
    [
        ("tonight at 2", "belongs to the next day"),
        ("tue 12 at night", "belongs to the next day"),
        ("tue 15:00 in the morning", "is not in the morning"),
        ("tue midnight", "Midnight belongs to two days"),
        ("tue half past thirteen", "could not be read"),
    ],
)
def test_an_hour_that_may_be_another_days_is_refused(text, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        read_interview(text, TODAY, BERLIN, Stage.FIRST)
    check_sentence(str(refused.value))


@each_row(
    "rest",
    [
        "with Ana at One World Trade Center",
        "with Ana at the Evening Standard",
        "with Ana in the Evening Standard building",
        "at Half Moon",
        "with Ana Noon",
        "at Room 12",
    ],
)
def test_names_and_places_are_no_times(rest):
    assert in_figures(f"tue 10:00 {rest}") == f"tue 10:00 {rest}"


@given(text=st.text(max_size=80) | st.text("0123456789 :aimnotghs'@", max_size=30))
def test_whatever_is_said_is_rewritten_or_refused(text):
    try:
        in_figures(text)
        parse_slot(text, TODAY)
    except Refused as refused:
        check_sentence(str(refused))
