"""The same follow-up says the same everywhere: on its card, in the panel, in Due, on its page and
on the command line. Hours are for what has an hour.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.model.board import line_of
from store.model.due_list import Title
from store.read.glance import open_glance
from store.rules.followups.actions import PREPARING
from store.rules.urgency import Level, NextStep, countdown_target, short_words
from tests.conftest import SAMPLE_MADE
from tests.makers import due
from tests.tables import each_row
from tui.board.panel.panel_text import open_dues, panel_lines
from tui.cli.showing import due as on_the_command_line
from tui.pages.dossier import follow_ups
from tui.pages.today_text import _when
from tui.styles.themes import OURS, inks_of

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin"))
INKS = inks_of(OURS[0].to_color_system().generate())
MOMENTS = [SAMPLE_MADE + timedelta(hours=hours) for hours in (0, 5, 13, 23, 30, 55, 100, 200)]


@pytest.fixture
def glance_at(tmp_path, sample_board):
    """The sample as it is read at a moment."""
    board = tmp_path / "demo.db"
    board.write_bytes(sample_board)
    board.chmod(0o600)
    return lambda now: open_glance(board, FixedClock(now))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%d-%H}")
def test_card_panel_list_page_and_shell_say_the_same(glance_at, now):
    glance = glance_at(now)
    seen = 0
    for card in glance.cards():
        dossier = glance.dossier(card.id)
        panel = [line.strip.text for line in panel_lines(card, dossier, now, 60, INKS)]
        for one in open_dues(dossier):
            short, full = one.short_countdown(now), one.countdown(now)
            assert _when(one, Title.TODAY, now) == short
            assert on_the_command_line._when(one, now).text == full
            assert any(
                line.lead == full.removeprefix("due ") for line in follow_ups(dossier, now)[1]
            )
            assert (short == "today") == (full == "today"), (short, full)
            if not one.waits(now) and one.interview_id is None:
                assert any(line.startswith(f"│ {short}") for line in panel), (short, panel)
            seen += 1
        first, line = card.follow_up, line_of(card, now)
        if first is not None and line.what == on_a_card(first):
            assert line.when == first.short_countdown(now), card.company
    assert seen > 10


def on_a_card(one):
    """What a card calls a follow-up."""
    return short_words(NextStep(one.action, one.label, one.due_on))


@each_row("action", sorted(PREPARING))
def test_what_prepares_an_interview_is_for_its_day_unless_it_has_an_hour(action):
    go_at = NOW + timedelta(hours=22)
    one = due(0, action=action, late_from=go_at)
    assert (one.short_countdown(NOW), one.countdown(NOW)) == ("today", "today")
    with_an_hour = one._replace(due_at=go_at, due_on=go_at.date())
    assert with_an_hour.short_countdown(NOW) == "in 22 h"
    later = go_at + timedelta(minutes=20)
    assert one.level(later) is Level.LATE
    assert one.short_countdown(later) == "20min late"


def test_to_decide_counts_down_to_the_deadline_from_the_first():
    deadline = datetime(2026, 11, 27, 17, tzinfo=NOW.tzinfo)
    one = due(1, action="decide", late_from=deadline)
    assert one.short_countdown(NOW) == "in 4 d"
    assert countdown_target(one.due_on, None, NOW, deadline) == (one.due_on, None)
    assert one.days(NOW) == 1, "scripts are told the day to begin"
