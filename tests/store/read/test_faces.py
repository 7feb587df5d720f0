"""Times in the words of a follow-up are told by the reader's clocks, whoever planned them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.read.faces import reword
from store.rules.dates import clock_time, short_day
from tests.tables import each_row

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
    "UTC",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC)
)


def told(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as the rules word it."""
    local = moment.astimezone(zone)
    return f"{short_day(local.date(), local.date())} {clock_time(local)}"


@given(moment=moments, writer=zones, reader=zones)
def test_what_was_worded_in_one_zone_is_told_in_every_other(moment, writer, reader):
    text = f"they want your answer by {told(moment, writer)}"
    read = reword(text, lambda: [moment], reader)
    assert read == f"they want your answer by {told(moment, reader)}"


@given(moment=moments, apart=st.integers(3, 300), writer=zones, reader=zones)
def test_of_several_moments_the_one_that_is_meant_counts(moment, apart, writer, reader):
    other = moment + timedelta(days=apart)
    text = f"interview {told(moment, writer)}"
    assert reword(text, lambda: [other, moment], reader) == f"interview {told(moment, reader)}"


@each_row(
    "text",
    [
        "call Ana at 17:00",
        "they said by Thu 3 Dec",
        "hand in “Fri 4 Dec 17:00”",
        "Fri 31 Feb 17:00",
        "Fri 4 Dec 99:99",
        "",
    ],
)
def test_what_tells_no_known_moment_is_kept(text):
    known = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    assert reword(text, lambda: [known], ZoneInfo("Asia/Tokyo")) == text


def test_moments_are_only_asked_for_where_a_time_is_told():
    def never() -> list[datetime]:
        raise AssertionError

    assert reword("they said by Thu 3 Dec: at last", never, ZoneInfo("UTC"))
