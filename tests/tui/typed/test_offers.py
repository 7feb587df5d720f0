"""The deadline of an offer in one line: what is understood, what is refused."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from store.rules.text import Refused
from tests.tables import each_row
from tui.typed.offers import Deadline, read_deadline

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("text", "deadline", "words"),
    [
        ("thu 17:00", (date(2026, 11, 26), time(17)), "Answer by Thu 26 Nov at 17:00, in 3 days"),
        ("by fri", (date(2026, 11, 27), None), "Answer by Fri 27 Nov, in 4 days"),
    ],
)
def test_a_deadline(text, deadline, words):
    assert read_deadline(text, TODAY, ZONE) == (Deadline(*deadline), words)


@each_row("text", ["yesterday", "", "28 mar 2027 02:30"])
def test_a_deadline_that_cannot_be_is_refused(text):
    with pytest.raises(Refused):
        read_deadline(text, TODAY, ZONE)
