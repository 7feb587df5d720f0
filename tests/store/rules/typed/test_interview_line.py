"""One line that says when, for how long, with whom, where, how and in which zone; invitations."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.lists import formats
from store.rules.text import Refused
from store.rules.typed.interview_line import (
    Invitation,
    Slot,
    echo_slot,
    parse_invitation,
    parse_slot,
)
from tests.store.rules.typed.sentences import check_sentence
from tests.tables import each_row

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
THURSDAY = date(2026, 12, 3)
FRIDAY = date(2026, 11, 27)
SLOTS = [
    ("tue 10:00 45m", TUESDAY, "10:00", 45),
    ("tue 10:00", TUESDAY, "10:00", None),
    ("tue, 10:00, 45m", TUESDAY, "10:00", 45),
    ("tue at 10:00", TUESDAY, "10:00", None),
    ("tue at 10", TUESDAY, "10:00", None),
    ("at 10 tomorrow", TUESDAY, "10:00", None),
    ("10:00 on tue", TUESDAY, "10:00", None),
    ("at 10 on tue", TUESDAY, "10:00", None),
    ("10:00 tomorrow 45m", TUESDAY, "10:00", 45),
    ("tue 10", TUESDAY, "10:00", None),
    ("tue 0", TUESDAY, "00:00", None),
    ("tomorrow 9", TUESDAY, "09:00", None),
    ("tomorrow 9 45m", TUESDAY, "09:00", 45),
    ("tue 9:05", TUESDAY, "09:05", None),
    ("tue 10.30", TUESDAY, "10:30", None),
    ("tomorrow 16.00", TUESDAY, "16:00", None),
    ("tue 10h30", TUESDAY, "10:30", None),
    ("tue 10h", TUESDAY, "10:00", None),
    ("fri 9am", FRIDAY, "09:00", None),
    ("fri 9 a.m.", FRIDAY, "09:00", None),
    ("fri 9:30 pm", FRIDAY, "21:30", None),
    ("fri 9.30pm", FRIDAY, "21:30", None),
    ("fri 12am", FRIDAY, "00:00", None),
    ("fri 12:30am", FRIDAY, "00:30", None),
    ("fri 12pm", FRIDAY, "12:00", None),
    ("fri noon 1h", FRIDAY, "12:00", 60),
    ("fri at noon", FRIDAY, "12:00", None),
    ("fri 23:59", FRIDAY, "23:59", None),
    ("3 dec 14:30 1h30", THURSDAY, "14:30", 90),
    ("3 dec 10", THURSDAY, "10:00", None),
    ("dec 3 10", THURSDAY, "10:00", None),
    ("dec 3", THURSDAY, None, None),
    ("3 dec 2026 10", THURSDAY, "10:00", None),
    ("dec 3 2026", THURSDAY, None, None),
    ("2026-12-03 10", THURSDAY, "10:00", None),
    ("2026-12-03 10:00:00", THURSDAY, "10:00", None),
    ("2026-12-03T10:00", THURSDAY, "10:00", None),
    ("3.12. 10", THURSDAY, "10:00", None),
    ("3.12 16.00", THURSDAY, "16:00", None),
    ("3.12.2026 10:00", THURSDAY, "10:00", None),
    ("thu 3 dec 10:00", THURSDAY, "10:00", None),
    ("thu 3.12", THURSDAY, None, None),
    ("in 3 days 10", date(2026, 11, 26), "10:00", None),
    ("1m 10:00", date(2026, 12, 23), "10:00", None),
    ("in 1m 10:00", date(2026, 12, 23), "10:00", None),
    ("tue next week 10", date(2026, 12, 1), "10:00", None),
    ("tue", TUESDAY, None, None),
    ("tue at", TUESDAY, None, None),
    ("tue 45m", TUESDAY, None, 45),
    ("tue 1h30", TUESDAY, None, 90),
    ("tue 45m 10:00", TUESDAY, "10:00", 45),
    ("tue 10:00 for 45 minutes", TUESDAY, "10:00", 45),
    ("tue 10:00 1 hour", TUESDAY, "10:00", 60),
    ("tue 10:00 1 h 15 min", TUESDAY, "10:00", 75),
    ("tue 10:00 1.5h", TUESDAY, "10:00", 90),
    ("tue 10:00 1,5 hours", TUESDAY, "10:00", 90),
    ("tue 10:00 half an hour", TUESDAY, "10:00", 30),
    ("tue 10:00 an hour", TUESDAY, "10:00", 60),
    ("tue 10:00 8h", TUESDAY, "10:00", 480),
    ("tue 10:00 1440m", TUESDAY, "10:00", 1_440),
    ("tue 10:00-10:45", TUESDAY, "10:00", 45),
    ("tue 10:00 – 11", TUESDAY, "10:00", 60),
    ("tue from 10:00 to 11:30", TUESDAY, "10:00", 90),
    ("tue 2-3pm", TUESDAY, "14:00", 60),
    ("tue 11:30-1pm", TUESDAY, "11:30", 90),
    ("tue 1-2pm", TUESDAY, "13:00", 60),
    ("tue 12-1pm", TUESDAY, "12:00", 60),
    ("tue 11-12pm", TUESDAY, "11:00", 60),
    ("tue 0:30-1pm", TUESDAY, "00:30", 750),
    ("tue 9-11am", TUESDAY, "09:00", 120),
    ("tue 10-10pm", TUESDAY, "10:00", 720),
    ("tue 10am-1", TUESDAY, "10:00", 180),
    ("tue 10am-12", TUESDAY, "10:00", 120),
    ("tue 9am-9", TUESDAY, "09:00", 720),
    ("tue 9am-9:01am", TUESDAY, "09:00", 1),
    ("tue 11am-1", TUESDAY, "11:00", 120),
    ("tue 9am-5pm", TUESDAY, "09:00", 480),
    ("20 nov 10:00", date(2026, 11, 20), "10:00", None),
    ("yesterday 10:00", date(2026, 11, 22), "10:00", None),
    ("last fri 10:00", date(2026, 11, 20), "10:00", None),
    ("2026-11-20 10:00", date(2026, 11, 20), "10:00", None),
    ("3 days ago 10", date(2026, 11, 20), "10:00", None),
]


@each_row(("text", "day", "at", "minutes"), SLOTS)
def test_an_appointment_is_read(text, day, at, minutes):
    slot = Slot(day, time.fromisoformat(at) if at else None, minutes, "", "")
    assert parse_slot(text, MONDAY) == slot
    assert parse_slot(f" {text.upper()}\n", MONDAY) == slot


@each_row(
    ("rest", "people", "place"),
    [
        ("with Ana and Bo at Room 4", "Ana and Bo", "Room 4"),
        ("at Room 4 with Ana and Bo", "Ana and Bo", "Room 4"),
        ("WITH Ana AT HQ", "Ana", "HQ"),
        ("with Ana, Bo", "Ana, Bo", ""),
        ("on https://meet.example/x", "", "https://meet.example/x"),
        ("https://meet.example/x", "", "https://meet.example/x"),
        ("https://meet.example/x with Ana", "Ana", "https://meet.example/x"),
        ("with Ana https://meet.example/x", "Ana", "https://meet.example/x"),
        ("with Ana on https://meet.example/x", "Ana", "https://meet.example/x"),
        ("at Room 4 with Ana on www.example.org", "Ana", "Room 4 www.example.org"),
        ("zoom.example/j/1", "", "zoom.example/j/1"),
        ("with Ana on Zoom", "Ana", "Zoom"),
        ("via Teams", "", "Teams"),
        ("in Room 4", "", "Room 4"),
        ("with Ana in accounting", "Ana in accounting", ""),
        ("at 4 Main Street", "", "4 Main Street"),
        ("at Café on Main Street", "", "Café on Main Street"),
        ("at HQ at the front desk", "", "HQ at the front desk"),
        ("at HQ with Ana at reception", "Ana at reception", "HQ"),
        ("with Ana at HQ with parking", "Ana", "HQ with parking"),
        ("with", "", ""),
        ("at", "", ""),
        ("with \x1b]52;c;eA==\x07Ana\u202e at [/b]", "]52;c;eA==Ana", "[/b]"),
        ("with 👩\u200d👧 at 東京", "👩\u200d👧", "東京"),
    ],
)
@each_row("when", ["tue 10:00", "tue 10", "tue at 10:00", "tue 10:00 45m"])
def test_people_and_place_are_read(when, rest, people, place):
    slot = parse_slot(f"{when} {rest}", MONDAY)
    assert (slot.day, slot.at) == (TUESDAY, time(10))
    assert slot.people == people
    assert slot.place == place


@each_row(
    ("text", "reason"),
    [
        ("", "Start with the date"),
        ("with Ana tue 10:00", "Start with the date"),
        ("at Room 4 tue 10:00", "could not be read"),
        ("https://x.example tue 10:00", "Start with the date"),
        ("10:00", "Start with a date"),
        ("10", "Start with a date"),
        ("at 10:00 45m", "Start with a date"),
        ("tue 25:00", "Unknown time “25:00”"),
        ("tue 24:00", "Unknown time “24:00”"),
        ("tue 10:60", "Unknown time “10:60”"),
        ("tue 13pm", "Unknown time “13pm”"),
        ("tue 11pm-12", "“11pm-12” ends before it begins"),
        ("tue 9am-9am", "“9am-9am” ends before it begins"),
        ("tue 0am", "Unknown time “0am”"),
        ("tue midnight", "Midnight belongs to two days"),
        ("tue 11:00-10:00", "ends before it begins"),
        ("tue 10:00-10:00", "ends before it begins"),
        ("tue 10:00 0m", "not a valid length"),
        ("tue 10:00 1441m", "not a valid length"),
        ("tue 10:00 25h", "not a valid length"),
        ("tue 10 45", "could not be read"),
        ("tue 24", "could not be read"),
        ("tue 10:00 11:00", "could not be read"),
        ("tue 10:00 45m 30m", "could not be read"),
        ("tue 10:00+1:00", "could not be read"),
        ("tue 10:5", "could not be read"),
        ("tue ١٠:٠٠", "could not be read"),
        ("31 feb 10", "There is no 31 February"),
        ("wed 3 dec 10:00", "is a Thursday"),
        ("1/2/26 10:00", "ISO"),
        ("may 10:00", "whole month"),
        ("next week 10:00", "could not be read"),
        ("tue 10:00 " + "x " * 40, "too long"),
        ("tue 10:00 with " + "x" * 501, "With has 501 characters"),
        ("tue 10:00 at " + "x" * 2_001, "Place or link has 2,001 characters"),
        ("x" * 100_000, "100,000 characters"),
        ("tue at 1 " * 300, "too long"),
    ],
)
def test_what_is_no_appointment_is_refused_in_a_sentence(text, reason):
    with pytest.raises(Refused, match=reason) as refused:
        parse_slot(text, MONDAY)
    check_sentence(str(refused.value))


@each_row(
    ("text", "echo"),
    [
        ("tue 10:00 45m with Ana", "Tue 24 Nov 10:00–10:45, tomorrow, with Ana"),
        ("3 dec 14:30 1h30", "Thu 3 Dec 14:30–16:00, in 10 days"),
        ("tue 23:30 1h at HQ", "Tue 24 Nov 23:30–00:30, tomorrow, at HQ"),
        ("today 9", "Mon 23 Nov 09:00, today"),
        ("last fri", "Fri 20 Nov, 3 days ago, no time yet"),
        ("1 feb 45m", "Mon 1 Feb 2027, in 70 days, no time yet, 45 min"),
        ("tue 9 https://x.example/y", "Tue 24 Nov 09:00, tomorrow, on https://x.example/y"),
    ],
)
def test_an_appointment_is_said_back(text, echo):
    assert echo_slot(parse_slot(text, MONDAY), MONDAY) == echo


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.none() | st.integers(1, 1_440),
)
def test_an_appointment_is_read_back_from_its_plain_form(day, at, minutes):
    line = f"{day.isoformat()} {at:%H:%M}" + (f" {minutes}m" if minutes else "")
    slot = Slot(day, at, minutes, "Ana and Bo", "Room 4")
    assert parse_slot(f"{line} with Ana and Bo at Room 4", MONDAY) == slot


@each_row(
    ("words", "keys"),
    [
        ("panel", ("panel",)),
        ("panel+case", ("panel", "case")),
        ("panel + case", ("panel", "case")),
        ("panel, case and technical", ("panel", "case", "technical")),
        ("panel/case", ("panel", "case")),
        ("Video Call", ("video_live",)),
        ("1:1", ("one_on_one",)),
        ("site visit lunch", ("site_visit", "meal")),
        ("by phone", ("phone",)),
        ("on video", ("video_live",)),
        ("on the phone", ("phone",)),
        ("a panel interview", ("panel",)),
        ("panel panel", ("panel",)),
    ],
)
@each_row("rest", ["", "with Ana at Room 4"])
@each_row("line", ["tue 10:00 45m {}", "tue 10:00 {} 45m", "tue {} 10:00 45m"])
def test_formats_stand_anywhere_before_people_and_place(line, rest, words, keys):
    slot = parse_slot(f"{line.format(words)} {rest}", MONDAY)
    assert (slot.day, slot.at, slot.minutes, slot.formats) == (TUESDAY, time(10), 45, keys)
    assert (slot.people, slot.place) == (("Ana", "Room 4") if rest else ("", ""))


def test_every_format_can_be_typed_by_its_key_and_its_title():
    for key, form in formats().items():
        for word in (key, form.title):
            assert parse_slot(f"tue 10:00 {word}", MONDAY).formats == (key,), word


@each_row(
    ("text", "zone", "place"),
    [
        ("fri 9am America/New_York", "America/New_York", ""),
        ("fri america/new_york 9am video", "america/new_york", ""),
        ("fri 9am in America/New_York", "America/New_York", ""),
        ("fri 9am America/New_York at HQ", "America/New_York", "HQ"),
        ("fri 9am utc", "utc", ""),
        ("fri 9am America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", ""),
        ("fri 9am Etc/GMT+5", "Etc/GMT+5", ""),
        ("fri 9am at www.example.org/America/New_York", "", "www.example.org/America/New_York"),
        ("fri 9am in New York", "", "New York"),
    ],
)
def test_the_zone_of_the_time_is_taken_as_it_stands(text, zone, place):
    slot = parse_slot(text, MONDAY)
    assert (slot.at, slot.zone, slot.place) == (time(9), zone, place)


@each_row(
    ("text", "zone", "people"),
    [
        ("fri 9am with Ana and Bo America/New_York", "America/New_York", "Ana and Bo"),
        ("fri 9am with Ana and Bo in europe/berlin", "europe/berlin", "Ana and Bo"),
        ("fri 9am with Ana America/New_York at HQ", "America/New_York", "Ana"),
        ("fri 9am with Ana/Bo", "", "Ana/Bo"),
    ],
)
def test_a_zone_behind_the_names_is_no_part_of_a_name(text, zone, people):
    slot = parse_slot(text, MONDAY)
    assert (slot.zone, slot.people) == (zone, people)


@each_row(
    ("text", "sentence"),
    [
        ("fri 9am utc Europe/Berlin", "two zones"),
        ("fri 9am panle", "could not be read"),
        ("panel", "Start with the date"),
        ("America/New_York", "Start with the date"),
    ],
)
def test_what_is_no_format_and_no_zone_is_said(text, sentence):
    with pytest.raises(Refused, match=sentence):
        parse_slot(text, MONDAY)


@each_row(
    ("text", "invitation"),
    [
        ("", Invitation(MONDAY, "", "", ())),
        ("fri", Invitation(date(2026, 11, 20), "", "", ())),
        ("yesterday panel with Ana", Invitation(date(2026, 11, 22), "Ana", "", ("panel",))),
        ("at Room 4", Invitation(MONDAY, "", "Room 4", ())),
    ],
)
def test_an_invitation_has_all_but_a_time(text, invitation):
    assert parse_invitation(text, MONDAY) == invitation


@each_row("text", ["tomorrow", "10:00", "fri 10:00", "Europe/Berlin", "nonsense"])
def test_what_an_invitation_cannot_have_is_refused(text):
    with pytest.raises(Refused):
        parse_invitation(text, MONDAY)


def test_formats_are_said_back():
    echo = echo_slot(parse_slot("tue 10:00 45m panel+case with Ana at HQ", MONDAY), MONDAY)
    assert echo == "Tue 24 Nov 10:00–10:45, tomorrow, panel, case, with Ana, at HQ"


WORDS = "tue fri 10:00 9am 45m panel case + , and video 1:1 utc America/New_York with at Ana on in"


@given(st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=8), max_size=30).map(" ".join))
def test_whatever_is_typed_is_read_or_refused(text):
    for read in (parse_slot, parse_invitation):
        with suppress(Refused):
            read(text, MONDAY)
