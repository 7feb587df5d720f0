"""Whatever counts something is right English for none, one and two."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.exchange.postings.structured import _in_words as _requirement_words
from store.export.flow import _in_words
from store.file.checking import _rows
from store.read.quiet import waiting_line
from store.rules.chances.chances import TimeInStage
from store.rules.chances.words import time_line, within
from store.rules.dates import countdown, distance_words, elapsed_words, short_countdown
from store.rules.employers import Before, before_line
from store.rules.stages import AllClosed, Stage, all_closed_line
from store.rules.text import plural
from store.rules.tips.tips import _cards
from store.rules.weekly.goals import KINDS
from store.rules.weekly.weeks import week_name, week_of
from store.settings import replan_notice
from tui.board.panel.last_time import _steps
from tui.cli.leaving.calendar import _count
from tui.ending import unsaved_sentence
from tui.pages.interviews.interviews_text import read_hours
from tui.pages.interviews.prepare_text import count_words
from tui.wording import count_of, hours_words

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def before(number: int) -> str:
    known = [Before(n, "SRE", Stage.APPLIED, TODAY, None, None) for n in range(number)]
    return before_line(known, TODAY)


def closed(number: int) -> str:
    return all_closed_line(AllClosed(number))


def flow(number: int) -> str:
    return _in_words(number, {(Stage.APPLIED, None): number})


def ago(days: int) -> str:
    return distance_words(-days)


def since(days: int) -> str:
    return elapsed_words(TODAY - timedelta(days=days), TODAY)


def late(days: int) -> str:
    return countdown(TODAY - timedelta(days=days), None, NOW)


def late_hours(hours: int) -> str:
    return countdown(TODAY, NOW - timedelta(hours=hours), NOW)


def short_hours(hours: int) -> str:
    return short_countdown(TODAY, NOW + timedelta(hours=hours), NOW)


def weeks_away(number: int) -> str:
    return week_name(week_of(TODAY).shift(number), TODAY)


def answered(days: int) -> str:
    return time_line(TimeInStage(Stage.FIRST, (1,) * 5, (), 0, days, None, days))


PHRASES: Sequence[Callable[[int], str]] = (
    lambda n: plural(n, "entry", "entries"),
    lambda n: count_words(n, "day"),
    lambda n: f"{_rows(n)} to nobody",
    lambda n: f"{_count(n, 'follow-up')} in it",
    lambda n: waiting_line(n, "press Q"),
    lambda n: replan_notice(range(n)),
    lambda n: unsaved_sentence(n, "board.db"),
    lambda n: str(_requirement_words({"monthsOfExperience": n})),
    lambda n: str(_requirement_words({"monthsOfExperience": 12 * n})),
    lambda n: read_hours(str(n))[1],
    *(kind.words_for for kind in KINDS.values()),
    count_of,
    hours_words,
    _cards,
    _steps,
    within,
    before,
    closed,
    flow,
    ago,
    since,
    late,
    late_hours,
    short_hours,
    weeks_away,
    distance_words,
    answered,
)
"""Every phrase that says how many there are of something."""

_THINGS = (
    *("application", "follow-up", "interview", "contact", "day", "hour", "week", "month", "year"),
    *("step", "row", "case", "line", "file", "message", "change", "minute"),
)
_ONE_OF = "|".join(_THINGS)
_SOME_BETWEEN = r"(?: (?:quiet|other|more|open|saved|planned))?"
WRONG = (
    # "1 days", "1 entries", "one applications"
    re.compile(rf"\b(?:1|one){_SOME_BETWEEN} (?:(?:{_ONE_OF})s|entries)\b"),
    # "0 day", "2 application", "2 entry"
    re.compile(rf"(?<![\d.,])(?:0|2){_SOME_BETWEEN} (?:{_ONE_OF}|entry)\b(?!s)"),
    # "1 application wait", "1 change were", "2 rows belongs"
    re.compile(rf"\b1{_SOME_BETWEEN} (?:{_ONE_OF}) (?:wait|were|are|have|belong)\b"),
    re.compile(rf"(?<!\d)(?:0|2){_SOME_BETWEEN} (?:{_ONE_OF})s (?:waits|was|is|has|belongs)\b"),
)
"""What no native would write."""


@pytest.mark.parametrize(
    "text",
    [
        *("1 days ago", "2 day late", "0 application", "1 quiet applications wait", "one entries"),
        *("1 application wait", "1 change were not saved", "2 rows belongs", "1 hours spent"),
    ],
)
def test_what_is_wrong_is_found(text: str) -> None:
    assert any(pattern.search(text) for pattern in WRONG)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_count_is_right_english(number: int) -> None:
    for phrase in PHRASES:
        text = phrase(number)
        assert not [pattern for pattern in WRONG if pattern.search(text)], text
        assert "  " not in text
