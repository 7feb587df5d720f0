"""An interview in one line: what is understood, how it is said back, what is refused."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from store.rules.stages import Stage
from store.rules.text import Refused
from tests.tables import each_row
from tui.typed.interviews import read_interview

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Zurich")


def test_an_interview_is_read_and_said_back():
    interview, words = read_interview("tue 10:00 45m with Ana at Room 4", TODAY, ZONE, Stage.FIRST)
    assert interview.starts_at == datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
    assert (interview.minutes, interview.people, interview.place) == (45, "Ana", "Room 4")
    assert words.startswith("Tue 24 Nov 10:00–10:45, tomorrow, with Ana")


def test_an_interview_of_unknown_length_lasts_an_hour():
    assert read_interview("tue 10:00", TODAY, ZONE, Stage.FIRST)[0].minutes == 60


def test_on_an_applied_card_it_says_that_the_card_moves():
    assert "moves to first" in read_interview("tue 10:00", TODAY, ZONE, Stage.APPLIED)[1]
    assert "moves" not in read_interview("tue 10:00", TODAY, ZONE, Stage.SECOND)[1]


@pytest.mark.parametrize(("text", "on"), [("invited", TODAY), ("Invited fri", date(2026, 11, 20))])
def test_an_invitation_has_no_time_yet(text, on):
    interview, words = read_interview(text, TODAY, ZONE, Stage.FIRST)
    assert interview.starts_at is None
    assert interview.invited_on == on
    assert "no time yet" in words


@each_row(
    ("text", "sentence"),
    [
        ("tue", "invited"),
        ("", "10:00"),
        ("28 mar 2027 02:30", "skip 02:30"),
        ("nonsense", "nonsense"),
    ],
)
def test_an_interview_that_cannot_be_is_refused(text, sentence):
    with pytest.raises(Refused, match=sentence):
        read_interview(text, TODAY, ZONE, Stage.FIRST)
