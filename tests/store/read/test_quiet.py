"""The quiet applications that wait to be swept, on real files."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.quiet import (
    count_to_sweep,
    ends_words,
    may_tell,
    read_quiet,
    sweep_told_on,
    tell_waiting,
    waiting_line,
)
from store.rules.stages import Outcome, Stage
from tests.makers import NOW
from tests.tables import each_row

TODAY = date(2026, 11, 23)


def begin_ago(pipeline: Pipeline, clock: FixedClock, days: int, *companies: str) -> None:
    now = clock.moment
    clock.moment = now - timedelta(days=days)
    for company in companies:
        pipeline.add(company, "Engineer")
    clock.moment = now


def found(db: Database) -> list[tuple[str, int, str]]:
    with closing(db.glance()) as glance:
        return [
            (one.card.company, one.days, one.suggested.value if one.suggested else "")
            for one in read_quiet(glance)
        ]


def test_the_longest_silence_comes_first_and_what_may_get_a_reply_last(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 35, "Hooli")
    begin_ago(pipeline, clock, 90, "Globex")
    begin_ago(pipeline, clock, 120, "Initech")
    begin_ago(pipeline, clock, 3, "Umbrella")
    assert found(db) == [
        ("Initech", 120, "no-response"),
        ("Globex", 90, "no-response"),
        ("Hooli", 35, ""),
    ]


def test_silence_counts_from_the_last_that_was_heard(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 120, "Reply", "Automatic", "Moved", "Met")
    now = clock.moment
    clock.moment = now - timedelta(days=80)
    pipeline.log_reply(1, text="We will see.")
    pipeline.log_reply(2, automatic=True)
    pipeline.move(3, Stage.FIRST)
    pipeline.interview(4, now - timedelta(days=70))
    clock.moment = now
    assert {company: days for company, days, _ in found(db)} == {
        "Reply": 80,
        "Automatic": 120,
        "Moved": 80,
        "Met": 70,
    }


def test_one_that_waits_for_a_day_of_ones_own_is_not_suggested(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 90, "Globex", "Initech")
    pipeline.remind(1, TODAY + timedelta(days=4), "call Ana")
    assert found(db) == [("Initech", 90, "no-response"), ("Globex", 90, "")]
    with closing(db.glance()) as glance:
        assert count_to_sweep(glance) == 1


def test_nothing_waits_on_a_young_board(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 5, "Globex")
    with closing(db.glance()) as glance:
        assert count_to_sweep(glance) == 0
        assert read_quiet(glance) == ()
        assert sweep_told_on(glance) is None


@each_row(
    ("told_on", "may"),
    [
        (None, True),
        (TODAY, False),
        (TODAY - timedelta(days=6), False),
        (TODAY - timedelta(days=7), True),
        (TODAY + timedelta(days=1), True),
    ],
)
def test_it_is_told_once_a_week(told_on: date | None, may: bool) -> None:
    assert may_tell(told_on, TODAY) is may


@pytest.mark.parametrize(("value", "told"), [("2026-11-20", date(2026, 11, 20)), ("?", None)])
def test_the_day_on_which_it_was_told_is_kept_with_the_board(
    db: Database, pipeline: Pipeline, value: str, told: date | None
) -> None:
    pipeline.remember("sweep.told", value)
    with closing(db.glance()) as glance:
        assert sweep_told_on(glance) == told


@pytest.mark.file
def test_it_is_told_once_a_week_by_the_shell_and_for_a_day_by_the_board(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 90, "Globex", "Initech")
    told = []
    with closing(db.glance()) as glance:
        change = glance.change_id()
        for days in (0, 0, 1, 6, 7, 8):
            now = NOW + timedelta(days=days)
            told.append((tell_waiting(glance, now), tell_waiting(glance, now, all_day=True)))
        assert glance.change_id() == change, "nothing to be undone"
        with pytest.raises(sqlite3.OperationalError):
            glance.reader.connection.execute("DELETE FROM setting")
    assert told == [(2, 2), (0, 2), (0, 0), (0, 0), (2, 2), (0, 0)]


@pytest.mark.file
def test_it_is_not_told_where_nobody_can_note_it(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 90, "Globex")
    with closing(db.glance()) as glance, closing(db.glance()) as other:
        other.reader.connection.execute("PRAGMA query_only = OFF")
        other.reader.connection.execute("BEGIN IMMEDIATE")
        assert tell_waiting(glance, NOW) == 0
        other.reader.connection.execute("ROLLBACK")
        assert tell_waiting(glance, NOW, glance.cards()) == 1


def test_words() -> None:
    none, no = Outcome.NO_RESPONSE, Outcome.REJECTED
    assert waiting_line(1, "press Q") == "1 quiet application waits: press Q"
    assert waiting_line(1_200, "press Q") == "1,200 quiet applications wait: press Q"
    assert ends_words([none] * 12) == " as no response"
    assert ends_words([none, no, none]) == ": 1 as rejected, 2 as no response"


def test_a_sweep_is_one_change_and_one_undo(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    begin_ago(pipeline, clock, 90, "Globex", "Initech", "Hooli")
    before = found(db)
    with closing(db.glance()) as glance:
        changes = glance.change_id()
    written = pipeline.close_each({1: Outcome.NO_RESPONSE, 2: Outcome.REJECTED})
    assert written.change_id == changes + 1
    assert written.sentence == "Closed: Globex — Engineer, Initech — Engineer."
    assert [company for company, _, _ in found(db)] == ["Hooli"]
    pipeline.undo()
    assert found(db) == before
