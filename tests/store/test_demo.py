"""The sample: believable on every day of the week, made through the use cases, repeatable."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.demo import make_demo
from store.read.arriving.shelf import read_shelf
from store.read.glance import Glance, closings_on, open_glance
from store.rules.dates import is_late
from store.rules.stages import ORDER, Outcome
from tests.conftest import SAMPLE_MADE

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = SAMPLE_MADE
WEEK = [MONDAY + timedelta(days=day) for day in range(7)]
ODD = [
    datetime(2026, 11, 23, 0, 5, tzinfo=BERLIN),
    datetime(2026, 3, 29, 12, 0, tzinfo=BERLIN),
    datetime(2028, 2, 29, 23, 55, tzinfo=ZoneInfo("Pacific/Auckland")),
    datetime(2027, 1, 1, 3, 0, tzinfo=ZoneInfo("America/Los_Angeles")),
]
SHORT = (MONDAY,)
"""In the short form: the day of the sample that other tests use too."""


def opened(path: Path, now: datetime, made: bytes | None = None) -> Glance:
    """The sample made at `now`, for reading; `made` is what it is, if it was made before."""
    if made is None:
        make_demo(path, FixedClock(now))
    else:
        path.write_bytes(made)
    glance = open_glance(path, FixedClock(now))
    assert glance is not None
    return glance


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(
            now, id=f"{now:%a-%Y-%m-%d-%H%M}", marks=() if now in SHORT else pytest.mark.long
        )
        for now in WEEK + ODD
    ],
)
def test_the_sample_shows_everything_on_any_day(
    path: Path, now: datetime, sample_board: bytes
) -> None:
    with closing(opened(path, now, sample_board if now == SAMPLE_MADE else None)) as glance:
        board, due = glance.board(now), glance.due(now)
        closed = glance.cards(closed=True, now=now)
        week = glance.due(now, days=7)
        cards = list(board.cards())
        dossiers = [glance.dossier(card.id, now) for card in cards]
        shelf = read_shelf(glance, now.date())
        assert not closings_on(glance, now.date(), 7), "the board looks as it does without them"
    assert [one.closing_on is None for one in shelf] == [False, True]
    assert all(board.lanes[stage] for stage in ORDER), "something in every lane"
    assert 20 <= len(cards) <= 21
    assert 20 <= len(cards) + len(closed) <= 30, "as many as a search in full swing has"
    assert {card.outcome for card in closed} == {
        Outcome.REJECTED,
        Outcome.NO_RESPONSE,
        Outcome.WITHDRAWN,
        Outcome.DECLINED,
    }
    late = [each for each in due if is_late(each.due_on, each.due_at, now)]
    assert 1 <= len(late) <= 7, [each.label for each in late]
    assert len(due) - len(late) >= 1, "something for today"
    assert len(week) > len(due), "something this week"
    meetings = [meeting for dossier in dossiers for meeting in dossier.interviews]
    starts = [meeting.starts_at for meeting in meetings if meeting.starts_at is not None]
    assert any(start > now for start in starts)
    assert any(start < now for start in starts)
    assert any(meeting.starts_at is None for meeting in meetings), "an invitation"
    assert all(start.astimezone(now.tzinfo).weekday() < 5 for start in starts)
    assert any(card.deadline_at is not None and card.deadline_at > now for card in cards)
    assert any(card.expected_by is not None for card in cards)
    assert any(card.is_quiet(now.date()) for card in cards)
    assert any(dossier.notes for dossier in dossiers)
    assert any(tip.ticked and not tip.automatic for d in dossiers for tip in d.tips)


def test_nothing_in_it_has_yet_to_happen(path: Path, sample_board: bytes) -> None:
    path.write_bytes(sample_board)
    glance = open_glance(path, FixedClock(SAMPLE_MADE))
    assert glance is not None
    with closing(glance):
        timelines = [glance.dossier(card.id).timeline for card in glance.cards(closed=None)]
    days = [entry.happened_on for timeline in timelines for entry in timeline]
    assert max(days) <= MONDAY.date()
    assert min(days) < MONDAY.date() - timedelta(days=60)
    with closing(sqlite3.connect(path)) as connection:
        written = [row[0] for row in connection.execute("SELECT at FROM change ORDER BY id")]
    assert written == sorted(written)


def test_the_same_moment_makes_the_same_sample(tmp_path: Path, sample_board: bytes) -> None:
    (tmp_path / "made before.db").write_bytes(sample_board)
    one = opened(tmp_path / "board.db", SAMPLE_MADE)
    other = open_glance(tmp_path / "made before.db", FixedClock(SAMPLE_MADE))
    assert other is not None
    with closing(one), closing(other):
        assert one.board() == other.board()
        assert one.due() == other.due()
        assert one.dossier(1) == other.dossier(1)
