"""Which copies stay: seven daily, four weekly, twelve monthly ones, and those of the newest day."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.rules.copies import DAILY, MONTHLY, OF_THE_NEWEST_DAY, WEEKLY, copies_to_keep, newest_by
from tests.tables import each_row

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def made(*texts: str) -> list[datetime]:
    """Moments of copies: "11-23" is at nine, "11-23 14" at two in the afternoon, of 2026."""
    found = []
    for text in texts:
        day, _, hour = text.partition(" ")
        year = "" if day.count("-") == 2 else "2026-"
        found.append(datetime.fromisoformat(f"{year}{day}T{int(hour or 9):02}:00"))
    return found


def stay(*texts: str) -> list[str]:
    return [text for place, text in enumerate(texts) if place in copies_to_keep(made(*texts))]


@each_row(
    ("copies", "gone"),
    [
        ((), ()),
        (("11-23",), ()),
        # Seven days in a row stay, of the week before only its newest.
        (
            ("11-13", "11-14", "11-15", "11-16", "11-17", "11-18", "11-19", "11-20", "11-21",
             "11-22", "11-23"),
            ("11-13", "11-14", "11-16"),
        ),
        # Four weeks, each by its newest day, and the newest of the month before.
        (
            ("10-20", "10-30", "11-01", "11-06", "11-08", "11-13", "11-15", "11-16", "11-17",
             "11-18", "11-19", "11-20", "11-21", "11-22"),
            ("10-20", "11-06", "11-13"),
        ),
        # Of a day before the newest one only the last copy stays.
        (("11-22 8", "11-22 9", "11-23 8", "11-23 9"), ("11-22 8",)),
        # The last day of a month that was nobody's week or day any more.
        (("2025-10-30", "2025-10-31", "11-30"), ()),
    ],
)  # fmt: skip
def test_of_a_table_of_days(copies: tuple[str, ...], gone: tuple[str, ...]) -> None:
    assert stay(*copies) == [each for each in copies if each not in gone]


def test_a_row_of_days_to_the_letter() -> None:
    days = [f"11-{day:02}" for day in range(1, 24)]
    assert stay(*days) == [
        "11-08",  # the newest of its week
        "11-15",
        "11-17", "11-18", "11-19", "11-20", "11-21", "11-22",
        "11-23",  # also the newest of week and month
    ]  # fmt: skip


def test_two_years_of_days_leave_a_year_of_months() -> None:
    days = [EPOCH + timedelta(days=number) for number in range(731)]
    left = [days[place].date().isoformat() for place in sorted(copies_to_keep(days))]
    assert left[:12] == [
        "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30",
        "2025-07-31", "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-14",
    ]  # fmt: skip
    assert left[12:] == ["2025-12-21", *(f"2025-12-{day}" for day in range(25, 32))]


def test_the_copies_of_the_newest_day_stay_up_to_a_number() -> None:
    day = [datetime(2026, 11, 23, 9, minute, tzinfo=UTC) for minute in range(OF_THE_NEWEST_DAY + 3)]
    assert copies_to_keep(day) == set(range(3, len(day)))


MOMENTS = st.lists(
    st.integers(0, 900 * 24).map(lambda hours: EPOCH + timedelta(hours=hours)), max_size=60
).map(sorted)


@given(MOMENTS)
def test_what_stays_obeys_the_rule(moments: list[datetime]) -> None:
    left = copies_to_keep(moments)
    assert left <= set(range(len(moments)))
    assert len(left) <= DAILY + WEEKLY + MONTHLY + OF_THE_NEWEST_DAY
    if moments:
        assert len(moments) - 1 in left, "the newest never goes"
    days = sorted({moment.date() for moment in moments})[-DAILY:]
    assert set(days) <= {moments[place].date() for place in left}
    months = sorted({(moment.year, moment.month) for moment in moments})[-MONTHLY:]
    assert set(months) <= {(moments[p].year, moments[p].month) for p in left}
    again = [moments[place] for place in sorted(left)]
    assert len(copies_to_keep(again)) == len(again), "thinned twice is thinned once"


@given(st.lists(st.integers(0, 9), min_size=1, max_size=200))
def test_thinned_day_by_day_the_past_thins_out_and_never_ends_early(gaps: list[int]) -> None:
    """As it really goes: after each copy those that do not stay are removed for good."""
    there: list[datetime] = []
    every: list[datetime] = []
    moment = EPOCH
    for gap in gaps:
        moment += timedelta(days=gap, minutes=1)
        every.append(moment)
        there.append(moment)
        there = [there[place] for place in sorted(copies_to_keep(there))]
    newest_of_month = {(m.year, m.month): m for m in every}
    assert set(list(newest_of_month.values())[-MONTHLY:]) <= set(there)
    newest_of_day = {m.date(): m for m in every}
    assert set(list(newest_of_day.values())[-DAILY:]) <= set(there)
    newest_of_week = {m.isocalendar()[:2]: m for m in every}
    assert set(list(newest_of_week.values())[-WEEKLY:]) <= set(there)


@each_row(
    ("day", "found"),
    [("2026-11-23", 3), ("2026-12-31", 3), ("2026-11-22", 1), ("2026-11-21", 1),
     ("2026-11-19", None)],
)  # fmt: skip
def test_the_newest_of_a_day_or_before(day: str, found: int | None) -> None:
    copies = made("11-20", "11-20 14", "11-23", "11-23 14")
    assert newest_by(copies, date.fromisoformat(day)) == found
