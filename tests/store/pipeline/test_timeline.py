"""What happened to an application stands in its timeline; what happened to another one does not."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from store.clock import FixedClock
from store.exchange.incoming import Incoming
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from tests.store.conftest import Begin


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    """Two applications in interviews: 1 and 2."""
    for company in ("Globex", "Hooli"):
        pipeline.add(company, "Engineer", stage=Stage.SECOND)


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


def told(db: Database, application_id: int) -> list[str]:
    """The timeline in words, the newest first."""
    glance = db.glance()
    words = [entry.summary for entry in glance.dossier(application_id).timeline]
    glance.close()
    return words


def test_an_offer_to_another_one_is_not_told_as_ones_own(db: Database, pipeline: Pipeline) -> None:
    pipeline.move(2, Stage.OFFER)
    glance = db.glance()
    assert any(due.rule == "R16" for due in glance.follow_ups_of(1)), (
        "it means something for the other"
    )
    glance.close()
    assert told(db, 1) == ["added in second"]
    assert told(db, 2) == ["moved from second to offer", "added in second"]
    pipeline.close(2, Outcome.ACCEPTED)
    pipeline.undo()
    pipeline.delete(2)
    assert told(db, 1) == ["added in second"]


def test_a_follow_up_that_closes_an_offer_is_told_there_alone(
    db: Database, pipeline: Pipeline
) -> None:
    for card in (1, 2):
        pipeline.move(card, Stage.OFFER)
    pipeline.close(1, Outcome.ACCEPTED)
    glance = db.glance()
    (decline,) = [due for due in glance.follow_ups_of(2) if due.action == "decline"]
    glance.close()
    pipeline.complete(decline.id)
    assert told(db, 2)[0] == "declined"
    assert told(db, 1)[0] == "closed: accepted"


def test_what_was_done_for_several_is_told_at_each(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    for card in (1, 2):
        pipeline.remind(card, clock.now().date(), "call Ana")
    glance = db.glance()
    ids = [due.id for due in glance.due() if due.label == "call Ana"]
    glance.close()
    pipeline.snooze_all(ids, clock.now().date() + timedelta(days=1))
    assert told(db, 1)[0] == told(db, 2)[0] == "snoozed together to Tue 24 Nov: call Ana"
    pipeline.complete_all(ids)
    assert told(db, 1)[0] == told(db, 2)[0] == "done together: call Ana"
    pipeline.undo()
    pipeline.skip_all(ids)
    assert told(db, 1)[0] == told(db, 2)[0] == "skipped together: call Ana"


def test_what_was_imported_is_told_at_each(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    day = clock.now().date() - timedelta(days=3)
    rows = [Incoming(n, f"Imported {n}", "Engineer", day) for n in range(3)]
    pipeline.bring_in(rows, source="a file")
    assert {len(told(db, card)) for card in (3, 4, 5)} == {1}


def test_what_was_only_planned_or_put_off_is_told_where_it_was_done(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    pipeline.remind(1, clock.now().date(), "call Ana")
    glance = db.glance()
    (mine,) = [due.id for due in glance.follow_ups_of(1) if due.label == "call Ana"]
    glance.close()
    pipeline.snooze(mine, clock.now().date() + timedelta(days=3))
    assert told(db, 1)[0].startswith("snoozed")
    assert len(told(db, 2)) == 1


def test_an_end_that_is_told_later_stands_under_its_own_day(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    heard_on = pipeline.today + timedelta(days=1)
    clock.moment += timedelta(days=3)
    pipeline.close(1, Outcome.REJECTED, on=heard_on)
    glance = db.glance()
    entry = glance.dossier(1).timeline[0]
    assert (entry.verb, entry.happened_on) == ("close", heard_on)
    glance.close()


def test_an_automatic_reply_lets_no_wait_begin_anew(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    pipeline.add("Initech", "Engineer")
    for automatic, why in ((True, "applied Mon 23 Nov"), (False, "they wrote Wed 25 Nov")):
        clock.moment += timedelta(days=1)
        pipeline.log_reply(3, automatic=automatic)
        glance = db.glance()
        (asking,) = glance.follow_ups_of(3)
        assert asking.reason.startswith(why)
        glance.close()


def test_a_tick_is_told_by_its_tip(db: Database, pipeline: Pipeline) -> None:
    pipeline.tick(1, "S-1", True)
    assert told(db, 1)[0].startswith("ticked “Research their culture")
    pipeline.tick(1, "S-1", False)
    assert told(db, 1)[0].startswith("unticked “Research their culture")
    pipeline.tick(1, "OC-05", True)
    assert told(db, 1)[0] == "ticked “Title, level, team, and who you report to”"
    assert "S-1" not in " ".join(told(db, 1))


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        ("unticked F-3", "unticked “Match each requirement in the posting with one ex…”"),
        ("ticked OC-02", "ticked “Thank them”"),
        ("ticked Q-77", "ticked Q-77"),
    ],
)
@pytest.mark.file
def test_a_tick_of_an_older_version_is_told_by_its_tip_too(
    db: Database, pipeline: Pipeline, stored: str, says: str
) -> None:
    pipeline.tick(1, "S-1", True)
    with closing(sqlite3.connect(db.path)) as board, board:
        board.execute("UPDATE change SET summary = ? WHERE verb = 'tick'", (stored,))
    assert told(db, 1)[0] == says
    assert pipeline.undo().summary == f"undo: {says}"


def test_an_application_that_was_sent_earlier_is_told_as_sent_on_its_day(
    db: Database, pipeline: Pipeline
) -> None:
    earlier = pipeline.today - timedelta(days=16)
    assert pipeline.add("Acme", "Engineer", applied_on=earlier).summary == "added"
    pipeline.add("Bluth", "Engineer", applied_on=earlier, stage=Stage.FIRST)
    pipeline.add("Cyberdyne", "Engineer", applied_on=pipeline.today)
    assert [told(db, card) for card in (3, 4, 5)] == [
        ["applied"],
        ["applied, added in first"],
        ["added"],
    ]
