"""What the figures read from the board."""

import random
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.clock import FixedClock
from store.errors import StoreError
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.history import (
    as_data,
    is_referral,
    read_card_chances,
    read_histories,
    read_steps,
    summary,
)
from store.rules.chances.chances import Completion, HeldInterview, History, Move, course, funnel
from store.rules.stages import INTERVIEW_STAGES, ORDER, Outcome, Stage
from store.rules.text import Refused
from store.tables import StageMove
from tests.makers import NOW, TODAY, application, follow_up, interview
from tests.tables import each_row


@pytest.fixture
def read(db: Database) -> Callable[[], tuple[History, ...]]:
    """Reads the histories as a screen would, from the disk."""

    def histories() -> tuple[History, ...]:
        with closing(db.glance()) as glance:
            return read_histories(glance)

    return histories


Read = Callable[[], tuple[History, ...]]


def test_an_application_from_the_first_step_to_the_end(
    pipeline: Pipeline, read: Read, clock: FixedClock
) -> None:
    written = pipeline.add(
        "Globex",
        "Engineer",
        applied_on=date(2026, 11, 2),
        source="LinkedIn",
        channel="Referral by Ana",
        tags=("remote", "python"),
    )
    id_ = written.application_id
    assert id_ is not None
    pipeline.move(id_, Stage.FIRST, on=date(2026, 11, 9))
    pipeline.move(id_, Stage.SECOND)
    pipeline.close(id_, Outcome.REJECTED)
    (one,) = read()
    assert one == History(
        id_,
        "Globex",
        "Engineer",
        date(2026, 11, 2),
        (
            Move(date(2026, 11, 2), None, Stage.APPLIED),
            Move(date(2026, 11, 9), Stage.APPLIED, Stage.FIRST),
            Move(TODAY, Stage.FIRST, Stage.SECOND),
        ),
        Outcome.REJECTED,
        TODAY,
        "LinkedIn",
        ("remote", "python"),
        referred=True,
        logged_on=TODAY,
    )


def test_what_was_undone_never_happened(pipeline: Pipeline, read: Read) -> None:
    id_ = pipeline.add("Globex", "Engineer").application_id
    assert id_ is not None
    before = read()
    pipeline.move(id_, Stage.OFFER)
    pipeline.close(id_, Outcome.ACCEPTED)
    pipeline.undo()
    pipeline.undo()
    assert read() == before
    pipeline.delete(id_)
    assert read() == ()


def test_a_card_moved_back_has_not_been_there(pipeline: Pipeline, read: Read) -> None:
    id_ = pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2)).application_id
    assert id_ is not None
    pipeline.move(id_, Stage.SECOND, on=date(2026, 11, 10))
    pipeline.move(id_, Stage.FIRST, on=date(2026, 11, 11))
    assert course(read()[0], TODAY).reached is Stage.FIRST


def test_an_application_brought_in_late_gives_no_false_waits(
    pipeline: Pipeline, read: Read
) -> None:
    pipeline.add("Globex", "Engineer", stage=Stage.SECOND, applied_on=date(2026, 9, 1))
    (one,) = read()
    found = course(one, TODAY)
    assert found.reached is Stage.SECOND
    assert found.waits == ()


def test_only_interviews_that_are_over_were_held(db: Database, read: Read) -> None:
    def hours(ahead: float) -> datetime:
        return NOW + timedelta(hours=ahead)

    with db.writing() as session:
        session.add(application(stage="second", stage_since=date(2026, 11, 20)))
        session.flush()
        session.add_all(
            [
                StageMove(application_id=1, to_stage="applied", moved_on=date(2026, 11, 2)),
                interview(1, hours(-24 * 9)),
                interview(2, hours(-1)),  # it ends this very moment
                interview(3, hours(-0.5), stage="second"),
                interview(4, hours(-30), stage="second", status="cancelled"),
                interview(5, hours(30), stage="second"),
                interview(6, stage="second"),
            ]
        )
    (one,) = read()
    assert one.interviews == (
        HeldInterview(Stage.FIRST, date(2026, 11, 14)),
        HeldInterview(Stage.FIRST, TODAY),
    )


def test_days_are_those_of_the_reader(db: Database, read: Read) -> None:
    """23:30 UTC on the 10th is the 11th in Berlin."""
    late = datetime(2026, 11, 10, 23, 30, tzinfo=UTC)
    with db.writing() as session:
        session.add(application(created_at=late))
        session.flush()
        session.add(interview(1, late))
    (one,) = read()
    assert one.logged_on == date(2026, 11, 11)
    assert one.interviews == (HeldInterview(Stage.FIRST, date(2026, 11, 11)),)


DONE = {"state": "done", "done_on": date(2026, 11, 12)}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({}, Completion(date(2026, 11, 12), date(2026, 11, 10)), id="by its day"),
        pytest.param(
            {"snoozed_to": date(2026, 11, 12)},
            Completion(date(2026, 11, 12), date(2026, 11, 12)),
            id="by the day it was snoozed to",
        ),
        pytest.param(
            {"due_at": datetime(2026, 11, 11, 23, 30, tzinfo=UTC)},
            Completion(date(2026, 11, 12), date(2026, 11, 12)),
            id="by the local day of its instant",
        ),
        pytest.param({"state": "skipped"}, None, id="skipped is not done"),
        pytest.param({"state": "open", "done_on": None}, None, id="still open"),
    ],
)
def test_follow_ups_done(
    db: Database,
    read: Read,
    known: dict[str, Any],
    expected: Completion | None,
) -> None:
    with db.writing() as session:
        session.add(application())
        session.flush()
        session.add(follow_up(1, date(2026, 11, 10), **DONE | known))
    (one,) = read()
    assert one.done == (() if expected is None else (expected,))


@each_row(
    ("source", "channel", "tags", "expected"),
    [
        ("referral", "", (), True),
        ("Referred by Bo", "", (), True),
        ("LinkedIn", "recommended by Ana", (), True),
        ("LinkedIn", "", ("remote", "Referral"), True),
        ("LinkedIn", "e-mail", ("remote",), False),
        ("preferred partner", "", (), False),
        ("no referral", "", ("without recommendation",), False),
        ("friend", "", (), False),
        ("", "", (), False),
    ],
)
def test_what_counts_as_a_referral(
    source: str, channel: str, tags: tuple[str, ...], expected: bool
) -> None:
    assert is_referral(source, channel, tags) is expected


def test_an_unreadable_board_is_told(db: Database, path: Path, pipeline: Pipeline) -> None:
    pipeline.add("Globex", "Engineer")
    with closing(db.glance()) as glance:
        glance.reader.connection.execute("PRAGMA query_only = OFF")
        glance.reader.connection.execute("UPDATE stage_move SET moved_on = 'soon'")
        with pytest.raises(StoreError, match=path.name):
            read_histories(glance)


def test_the_demo_has_something_to_tell(path: Path, clock: FixedClock, sample_board: bytes) -> None:
    from store.read.glance import open_glance

    path.write_bytes(sample_board)
    glance = open_glance(path, clock)
    assert glance is not None
    with closing(glance):
        histories = read_histories(glance)
    data = as_data(summary(histories, TODAY, by="source"))
    assert data["applications"] == len(histories) > 10
    assert data["steps"][0]["rate"] is not None
    assert sum(week["follow_ups_on_time"] for week in data["weeks"]) > 0
    assert sum(week["interviews"] for week in data["weeks"]) > 0


def test_the_steps_alone_are_those_of_all_histories(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    """Whatever was done, in any order: moves to and fro, talks, ends, undoing."""
    chance = random.Random(5)
    ids = [pipeline.add(f"Company {n}", "Engineer").application_id or 0 for n in range(25)]
    for turn in range(150):
        clock.moment += timedelta(hours=chance.randrange(9))
        id_ = chance.choice(ids)
        with suppress(Refused):
            match turn % 6:
                case 0 | 1 | 2:
                    pipeline.move(id_, chance.choice(ORDER))
                case 3:
                    starts = clock.moment + timedelta(hours=chance.randrange(-40, 9))
                    pipeline.interview(id_, starts, stage=chance.choice(INTERVIEW_STAGES))
                case 4:
                    pipeline.close(id_, chance.choice(list(Outcome)))
                case 5 if turn % 4:
                    pipeline.reopen(id_)
                case _:
                    chance.choice((pipeline.undo, pipeline.redo))()
    with closing(db.glance()) as glance:
        found = [course(one, clock.now().date()) for one in read_histories(glance)]
        assert read_steps(glance) == funnel(found).steps
        assert {step.decided + len(step.withdrawn) > 0 for step in read_steps(glance)} == {True}


def test_a_card_has_the_line_of_its_stage(pipeline: Pipeline, db: Database) -> None:
    for number in range(6):
        id_ = pipeline.add(f"Company {number}", "Engineer").application_id or 0
        pipeline.move(id_, Stage.SECOND)
        if number:
            pipeline.close(id_, Outcome.REJECTED)
    with closing(db.glance()) as glance:
        said = read_card_chances(glance)
    assert said[Stage.SECOND] == "to an offer: 0 of your 6, 1 open · typical 25–50 %"
    assert said[Stage.OFFER] == "to an accepted offer: none decided yet · typical 65–90 %"
