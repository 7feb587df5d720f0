"""What a refusal proposes is taken; what was read is what is said back, in any zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.rules.dates import MONTHS, WEEKDAYS, clock_time, short_day
from store.rules.stages import Stage
from store.rules.text import Refused
from store.rules.typed.appointment import parse_due, parse_slot
from store.rules.typed.days import parse_day, parse_window
from store.zones import zone_name
from tests.conftest import examples
from tests.store.rules.typed.sentences import check_sentence
from tests.tables import each_row
from tui.typed.one_line import (
    Agreed,
    read_deadline,
    read_due,
    read_interview,
    read_later_day,
    read_move,
    read_reminder,
    read_reply,
)

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Pago_Pago",
    "UTC",
    "Etc/GMT-9",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Asia/Tokyo",
    "Europe/London",
    "Pacific/Kiritimati",
]
todays = st.dates(date(2024, 1, 1), date(2032, 12, 31))
zones = st.sampled_from(ZONES)
WAYS = [{}, {"past": True}, {"future": True}, {"later": True}]

_PROPOSED = (
    re.compile(r"\bas in ([^,.“”]+?)(?:, or the month| or |[,.]$|[,.] )"),
    re.compile(r"\bwrite the year: ([0-9-]+)\."),
    re.compile(r"\bAdd the day: ([^.]+)\."),
    re.compile(r"\bas a word: ([^.]+)\."),
)


def proposals(sentence: str) -> list[str]:
    """What a refusal offers to type."""
    found = [match[1] for form in _PROPOSED for match in form.finditer(sentence)]
    if listed := re.search(r"\bType (?!it )([^.]+)\.$", sentence):
        found += re.split(r", | or ", listed[1])
    return found


names = st.sampled_from([*MONTHS, *(month[:3] for month in MONTHS)]).map(str.lower)
plain = st.one_of(
    st.tuples(st.integers(1, 31), names).map(lambda parts: f"{parts[0]} {parts[1]}"),
    st.tuples(st.integers(0, 99), st.integers(0, 13)).map(lambda parts: "{}/{}".format(*parts)),
    st.tuples(st.integers(1, 31), st.integers(1, 13), st.sampled_from([26, 2026, 2027])).map(
        lambda parts: "{}/{}/{}".format(*parts)
    ),
    names,
    st.integers(0, 40).map(str),
    st.tuples(
        st.sampled_from(["early", "mid", "late", "end of", "week of 3"]),
        st.one_of(names, st.sampled_from(["week", "month", "year", "last month", "next year"])),
    ).map(" ".join),
    st.sampled_from(
        [
            "today yesterday tomorrow soon eod cob last week",
            "last year",
            "this year",
            "eod yesterday",
            "fri",
            "last fri",
            "-3d",
            "3 days ago",
            "in 48 hours",
            "24h",
            "3 hours",
            "31 feb",
            "29 feb",
            "10:00",
        ]
    ),
    st.tuples(
        st.sampled_from([name[:3].lower() for name in WEEKDAYS]), st.integers(1, 31), names
    ).map(lambda parts: "{} {} {}".format(*parts)),
)


@settings(max_examples=examples(200))
@given(text=plain, today=todays, way=st.sampled_from(WAYS))
@example(text="end of year", today=date(2027, 1, 11), way={"future": True})
@example(text="end of october", today=date(2026, 11, 27), way={"future": True})
@example(text="26 nov", today=date(2026, 11, 27), way={"future": True})
@example(text="28 nov", today=date(2026, 11, 27), way={"past": True})
@example(text="29 feb", today=date(2028, 2, 28), way={"past": True})
@example(text="may", today=date(2026, 5, 2), way={"past": True})
@example(text="may", today=date(2026, 5, 4), way={"future": True})
@example(text="may", today=date(2026, 5, 31), way={"later": True})
@example(text="feb", today=date(2028, 2, 29), way={"later": True})
@example(text="june", today=date(2026, 5, 2), way={"past": True})
@example(text="3/12/2026", today=date(2026, 12, 31), way={"later": True})
def test_a_day_that_a_refusal_proposes_is_taken(text, today, way):
    try:
        parse_day(text, today, **way)
        return
    except Refused as refused:
        sentence = str(refused)
    check_sentence(sentence)
    for proposed in proposals(sentence):
        read = parse_day(proposed, today, **way)
        assert read <= today if "past" in way else "future" not in way or read >= today
        assert "later" not in way or read > today


@settings(max_examples=examples(100))
@given(text=plain, today=todays)
@example(text="end of year", today=date(2027, 1, 11))
def test_a_decision_that_a_refusal_proposes_is_taken(text, today):
    try:
        assert parse_window(text, today) >= today
    except Refused as refused:
        for proposed in proposals(str(refused)):
            assert parse_window(proposed, today) >= today


@settings(max_examples=examples(100))
@given(text=plain, today=todays)
@example(text="mar", today=date(2024, 5, 7))
def test_lines_propose_what_they_take(text, today):
    now = datetime.combine(today, time(9, 30), ZoneInfo("Europe/Berlin"))
    for read in (
        lambda line: read_deadline(line, today, now.tzinfo, now=now),
        lambda line: read_later_day(line, today, today),
        lambda line: read_reply(line, today),
        lambda line: read_reminder(line if " x" in line else f"{line} x", today),
    ):
        try:
            read(text)
        except Refused as refused:
            check_sentence(str(refused))
            for proposed in proposals(str(refused)):
                read(proposed)


@each_row("text", ["", "soon", "nonsense", "10:00", "tue 10 45", "with Ana"])
def test_the_forms_that_are_offered_for_a_moment_are_read(text):
    today = date(2026, 11, 27)
    for read in (parse_slot, parse_due):
        with pytest.raises(Refused) as refused:
            read(text, today)
        offered = re.search(r"Type it as in (.+)\.$", str(refused.value))
        if offered:
            forms = re.findall("“([^”]+)”", offered[1])
            assert forms
            for form in forms:
                read(form, today)


# What is typed does not tell the two of a repeated hour apart: the first is meant, fold 0.
lines = st.builds(
    lambda day, at, zone, tail: (day, at, zone, tail),
    st.dates(date(2026, 1, 2), date(2028, 12, 30)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    st.one_of(st.just(""), zones),
    st.sampled_from(["", " 45m", " with Ana at HQ", " video with Ana in Room 4 for 1h30"]),
)


def spelt(day: date, at: time, form: int) -> str:
    """A day and a time in one of the forms that mean it for sure."""
    half = f"{at.hour % 12 or 12}:{at.minute:02}{'am' if at.hour < 12 else 'pm'}"
    month = MONTHS[day.month - 1]
    return (
        f"{day.isoformat()} {at:%H:%M}",
        f"{day.day} {month[:3]} {day.year} {half}",
        f"{WEEKDAYS[day.weekday()]}, {month} {day.day}, {day.year} at {half}",
        f"{at:%H:%M} on {day.day}.{day.month}.{day.year}",
    )[form]


@settings(max_examples=examples(100))
@given(line=lines, here=zones, reader=zones, form=st.integers(0, 3))
def test_what_is_said_back_is_what_is_meant_in_every_zone(line, here, reader, form):
    day, at, named, tail = line
    own, there = ZoneInfo(here), ZoneInfo(named or here)
    text = f"{spelt(day, at, form)} {named}{tail}" if named else spelt(day, at, form) + tail
    try:
        talk, echo = read_interview(text, date(2026, 11, 27), own, Stage.FIRST)
    except Refused as refused:
        if "the clocks skip" not in str(refused):
            raise
        return
    assert talk.starts_at is not None
    moment = datetime.combine(day, at, there)
    assert talk.starts_at.astimezone(UTC) == moment.astimezone(UTC)
    local = moment.astimezone(UTC).astimezone(own)
    assert echo.startswith(f"{short_day(local.date(), date(2026, 11, 27))} {clock_time(local)}")
    if local.replace(tzinfo=None) != moment.replace(tzinfo=None):
        assert clock_time(moment) in echo.partition("(")[2]
    # Stored in UTC and read at another place, it is the same instant.
    stored = talk.starts_at.astimezone(UTC)
    assert stored.astimezone(ZoneInfo(reader)).timestamp() == moment.timestamp()
    # Moved by its own words it stays where it is; by its time of day alone, on its day there.
    agreed = Agreed(stored.astimezone(ZoneInfo(reader)), talk.minutes, zone_name(there))
    same, _ = read_move(f"{at:%H:%M}", agreed, date(2026, 11, 27), ZoneInfo(reader))
    assert same.starts_at is not None
    assert same.starts_at.astimezone(UTC) == stored
    assert same.zone == zone_name(there)


@settings(max_examples=examples(100))
@given(line=lines, here=zones, form=st.integers(0, 3))
def test_a_deadline_is_said_back_as_it_is_stored(line, here, form):
    day, at, named, _ = line
    own, there = ZoneInfo(here), ZoneInfo(named or here)
    today = day - timedelta(days=3)
    text = f"{spelt(day, at, form)} {named}".strip()
    try:
        due = read_due(text, today, own)
        deadline, echo = read_deadline(text, today, own)
    except Refused as refused:
        if "the clocks skip" not in str(refused):
            raise
        return
    moment = datetime.combine(day, at, there).astimezone(UTC)
    assert due.at is not None
    assert deadline.at is not None
    assert due.at.astimezone(UTC) == moment
    # The day and the time with its fold are all that the store gets.
    stored = datetime.combine(deadline.day, deadline.at, own).astimezone(UTC)
    assert stored == moment
    local = moment.astimezone(own)
    assert f"{short_day(local.date(), today)} at {clock_time(local)}" in echo


@given(hour=st.integers(1, 6), minute=st.sampled_from(["", ":15", ":30"]), today=todays)
def test_an_hour_of_the_small_ones_is_one_of_the_afternoon_unless_the_night_is_said(
    hour, minute, today
):
    at = parse_slot(f"tomorrow {hour}{minute}", today).at
    assert at is not None
    assert at.hour == hour + 12
    for night in (f"{hour}{minute}am", f"0{hour}{minute or ':00'}"):
        assert parse_slot(f"tomorrow {night}", today).at.hour == hour
    for afternoon in (f"{hour}{minute}pm", f"{hour + 12}{minute or ':00'}"):
        assert parse_slot(f"tomorrow {afternoon}", today).at.hour == hour + 12
    due = parse_due(f"tomorrow {hour}{minute}", today)
    assert due.at == at
