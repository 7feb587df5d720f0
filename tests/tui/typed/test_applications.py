"""Replies, reminders and later days in one line: what is understood, said back, refused."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.dates import echo_day
from store.rules.stages import Stage
from store.rules.text import Refused
from tests.tables import each_row
from tui.typed.applications import Reply, read_later_day, read_reminder, read_reply
from tui.typed.interviews import read_interview
from tui.typed.offers import read_deadline

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Zurich")


@each_row(
    ("text", "reply"),
    [
        ("", Reply(TODAY)),
        ("auto", Reply(TODAY, automatic=True)),
        ("by fri", Reply(TODAY, date(2026, 11, 27), "fri")),
        ("next week", Reply(TODAY, date(2026, 12, 4), "next week")),
        ("3 dec", Reply(TODAY, date(2026, 12, 3), "3 dec")),
        ("yesterday", Reply(date(2026, 11, 22))),
        ("2 days ago", Reply(date(2026, 11, 21))),
        ("yesterday by fri", Reply(date(2026, 11, 22), date(2026, 11, 27), "fri")),
        ("20 nov", Reply(date(2026, 11, 20))),
        ("last week", Reply(date(2026, 11, 20))),
        ("fri 20 nov", Reply(date(2026, 11, 20))),
        ("2026-11-20", Reply(date(2026, 11, 20))),
        ("today", Reply(TODAY)),
        ("end of year", Reply(TODAY, date(2026, 12, 31), "end of year")),
        ("eod fri", Reply(TODAY, date(2026, 11, 27), "eod fri")),
        ("in 48 hours", Reply(TODAY, date(2026, 11, 25), "in 48 hours")),
        ("today -- they want to talk again", Reply(TODAY, text="they want to talk again")),
        ("-- call me -- soon", Reply(TODAY, text="call me -- soon")),
        ("by fri -- hm", Reply(TODAY, date(2026, 11, 27), "fri", text="hm")),
        ("auto --", Reply(TODAY, automatic=True)),
    ],
)
def test_a_reply(text, reply):
    assert read_reply(text, TODAY)[0] == reply


def test_a_reply_is_said_back():
    words = read_reply("yesterday by fri", TODAY)[1]
    assert words == ("They replied Sun 22 Nov, yesterday, and decide by Fri 27 Nov, in 4 days")


@each_row("text", ["today", "yesterday", "", "foo"])
def test_to_snooze_takes_a_day_to_come(text):
    with pytest.raises(Refused):
        read_later_day(text, TODAY, TODAY)


SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 30)
COUNTED = "; counted from Mon 30 Nov, when it is due"


@each_row(
    ("text", "day", "more"),
    [
        ("+1d", date(2026, 12, 1), COUNTED),
        ("+1w", date(2026, 12, 7), COUNTED),
        ("in 2 days", date(2026, 12, 2), COUNTED),
        ("mon", date(2026, 12, 7), COUNTED),
        ("fri", date(2026, 12, 4), COUNTED),
        ("next week", date(2026, 12, 11), COUNTED),
        ("29 nov", date(2026, 11, 29), "; earlier than now, Mon 30 Nov"),
        ("2026-11-29", date(2026, 11, 29), "; earlier than now, Mon 30 Nov"),
        ("3 dec", date(2026, 12, 3), ""),
        ("thu 3 dec", date(2026, 12, 3), ""),
    ],
)
def test_what_is_due_on_a_day_ahead_is_put_off_from_that_day(text, day, more):
    read, words = read_later_day(text, SATURDAY, MONDAY)
    assert read == day
    assert words == f"{echo_day(day, SATURDAY)}{more}"


@pytest.mark.parametrize("due_on", [SATURDAY, date(2026, 11, 20)])
def test_what_is_due_already_is_put_off_from_today(due_on):
    assert read_later_day("+1d", SATURDAY, due_on) == (
        date(2026, 11, 29), "Sun 29 Nov, tomorrow",
    )  # fmt: skip


@each_row(
    ("text", "sentence"),
    [
        ("tomorrow", "Sun 29 Nov is before Mon 30 Nov, the day it is due.*type the date: 29 nov"),
        ("today", "is today"),
        ("-1d", "in the past"),
        ("yesterday", "in the past"),
        ("foo", "could not be read"),
        ("", "Start with a date"),
    ],
)
def test_only_a_date_makes_it_due_earlier(text, sentence):
    with pytest.raises(Refused, match=sentence):
        read_later_day(text, SATURDAY, MONDAY)


@each_row(
    ("text", "on", "label"),
    [
        ("fri call Ana", date(2026, 11, 27), "call Ana"),
        ("in 3 days send the link", date(2026, 11, 26), "send the link"),
        ("3 dec write", date(2026, 12, 3), "write"),
        ("today  call", TODAY, "call"),
        ("a week from tue call", date(2026, 12, 1), "call"),
        ("by close of business on fri call", date(2026, 11, 27), "call"),
        ("in 48 hours call", date(2026, 11, 25), "call"),
    ],
)
def test_a_reminder_is_a_day_and_a_wish(text, on, label):
    assert read_reminder(text, TODAY)[0] == (on, label)


def test_a_reminder_for_a_day_that_is_over_says_so():
    with pytest.raises(Refused, match=r"Sun 22 Nov is in the past.*write the year: 2027-11-22"):
        read_reminder("22 nov call Ana", TODAY)


@each_row("text", ["", "fri", "call Ana", "yesterday call", f"fri {'x' * 500}"])
def test_half_a_reminder_is_refused(text):
    with pytest.raises(Refused):
        read_reminder(text, TODAY)


@given(text=st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(text):
    for read in (
        lambda: read_interview(text, TODAY, ZONE, Stage.FIRST),
        lambda: read_deadline(text, TODAY, ZONE),
        lambda: read_reply(text, TODAY),
        lambda: read_later_day(text, TODAY, TODAY),
        lambda: read_reminder(text, TODAY),
    ):
        try:
            _, words = read()
        except Refused:
            continue
        assert words


def test_a_reply_that_is_no_date_is_told_where_words_go():
    sentence = (
        "“they want to talk again” is not a date. "
        "Put their words after a date: “today -- they want to talk again”."
    )
    with pytest.raises(Refused) as refused:
        read_reply("they want to talk again", TODAY)
    assert str(refused.value) == sentence


@each_row(
    ("text", "sentence"),
    [
        ("call Ana", "Start with a date: fri call Ana."),
        ("call\x1b[2J \udab3Ana", "Start with a date: fri call[2J Ana."),
        ("", "Start with a date: fri call Ana."),
    ],
)
def test_a_reminder_without_a_date_is_told_to_start_with_one(text, sentence):
    with pytest.raises(Refused) as refused:
        read_reminder(text, TODAY)
    assert str(refused.value) == sentence
