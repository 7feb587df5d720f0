"""Formats and zones in the one line that makes an appointment, and invitations."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.lists import formats
from store.rules.text import Refused
from store.rules.typed.appointment import Invitation, echo_slot, parse_invitation, parse_slot

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
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
@pytest.mark.parametrize("rest", ["", "with Ana at Room 4"])
@pytest.mark.parametrize("line", ["tue 10:00 45m {}", "tue 10:00 {} 45m", "tue {} 10:00 45m"])
def test_formats_stand_anywhere_before_people_and_place(line, rest, words, keys):
    slot = parse_slot(f"{line.format(words)} {rest}", MONDAY)
    assert (slot.day, slot.at, slot.minutes, slot.formats) == (TUESDAY, time(10), 45, keys)
    assert (slot.people, slot.place) == (("Ana", "Room 4") if rest else ("", ""))


def test_every_format_can_be_typed_by_its_key_and_its_title():
    for key, form in formats().items():
        for word in (key, form.title):
            assert parse_slot(f"tue 10:00 {word}", MONDAY).formats == (key,), word


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("text", ["tomorrow", "10:00", "fri 10:00", "Europe/Berlin", "nonsense"])
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
