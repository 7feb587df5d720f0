"""Follow-ups as stored: what the user did stays, the rest follows the facts."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused


def actions(db: Database, days: int = 60) -> list[tuple[str, date]]:
    return [(due.action, due.due_on) for due in db.glance().due(days=days)]


def due_id(db: Database, action: str) -> int:
    return next(due.id for due in db.glance().due(days=90) if due.action == action)


def test_a_backdated_done_counts_from_its_day(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    card = pipeline.complete(due_id(db, "inquire"), on=date(2026, 11, 13)).card
    assert card is not None
    assert card.follow_up is not None
    assert card.follow_up.due_on == date(2026, 11, 27)
    with pytest.raises(Refused, match="in the future"):
        pipeline.complete(card.follow_up.id, on=date(2026, 11, 24))


def test_done_twice_is_refused(pipeline: Pipeline, db: Database) -> None:
    pipeline.add("Globex", "Engineer")
    follow_up = due_id(db, "inquire")
    pipeline.complete(follow_up)
    for act in (pipeline.complete, pipeline.skip):
        with pytest.raises(Refused, match="done"):
            act(follow_up)
    with pytest.raises(NotFound):
        pipeline.complete(4711)


def test_a_skipped_one_never_comes_back(pipeline: Pipeline, db: Database) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    assert pipeline.skip(due_id(db, "inquire")).card.follow_up is None  # type: ignore[union-attr]
    pipeline.edit(card.id, {"closing_on": date(2026, 12, 1)})
    pipeline.note(card.id, "still nothing")
    assert actions(db) == []


def test_snooze_beats_the_computed_day_and_the_lapse(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    card = pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2)).card
    assert card is not None
    pipeline.snooze(due_id(db, "inquire"), date(2026, 12, 14))
    pipeline.note(card.id, "asked the recruiter to wait")
    assert actions(db) == [("inquire", date(2026, 12, 14))]
    clock.moment += timedelta(days=21)
    (due,) = db.glance().due()
    assert (due.action, due.snoozed) == ("inquire", True), "a promise to oneself outlives R2"
    with pytest.raises(Refused, match="tomorrow"):
        pipeline.snooze(due.id, date(2026, 12, 14))


def test_a_snoozed_nudge_goes_when_they_reply_and_the_wait_begins_anew(
    pipeline: Pipeline, db: Database
) -> None:
    card = pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2)).card
    assert card is not None
    pipeline.snooze(due_id(db, "inquire"), date(2026, 12, 1))
    pipeline.log_reply(card.id)
    assert actions(db) == [("inquire", date(2026, 12, 3))]


def test_preparation_is_not_put_off_beyond_the_interview(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    pipeline.interview(card.id, clock.moment + timedelta(days=4))
    prepare = due_id(db, "prepare")
    with pytest.raises(Refused, match="Fri 27 Nov"):
        pipeline.snooze(prepare, date(2026, 11, 28))
    pipeline.snooze(prepare, date(2026, 11, 26))
    assert ("prepare", date(2026, 11, 26)) in actions(db)


def test_own_reminders_are_never_replanned(pipeline: Pipeline, db: Database) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    pipeline.remind(card.id, date(2026, 11, 27), "call Ana")
    pipeline.remind(card.id, date(2026, 11, 27), "call Bo")
    pipeline.log_reply(card.id)
    own = [("own", date(2026, 11, 27))] * 2
    assert actions(db) == [*own, ("inquire", date(2026, 12, 3))]
    with pytest.raises(Refused, match="late"):
        pipeline.remind(card.id, date(2026, 11, 22), "yesterday")
    with pytest.raises(Refused, match="empty"):
        pipeline.remind(card.id, date(2026, 11, 27), " ")
    pipeline.close(card.id, Outcome.WITHDRAWN)
    assert actions(db) == []


def test_the_story_of_one_interview(pipeline: Pipeline, db: Database, clock: FixedClock) -> None:
    card = pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 12)).card
    assert card is not None
    invited = pipeline.interview(card.id, None).card
    assert invited is not None
    assert invited.stage is Stage.FIRST, "an interview means the first stage is reached"
    assert actions(db, 1) == [("answer", date(2026, 11, 24))]
    pipeline.interview(card.id, datetime(2026, 11, 27, 10, tzinfo=clock.zone), people="Ana")
    (meeting,) = db.glance().dossier(card.id).interviews
    assert (meeting.status, meeting.people) == ("confirmed", "Ana")
    assert actions(db) == [
        ("prepare", date(2026, 11, 24)),
        ("logistics", date(2026, 11, 26)),
        ("go", date(2026, 11, 27)),
        ("debrief", date(2026, 11, 27)),
        ("thank", date(2026, 11, 28)),
        ("inquire", date(2026, 12, 4)),
    ]
    with pytest.raises(Refused, match="not over"):
        pipeline.complete(due_id(db, "thank"))
    clock.moment = datetime(2026, 11, 27, 16, tzinfo=clock.zone)
    assert actions(db)[0] == ("debrief", date(2026, 11, 27)), "what led up to it has lapsed"
    pipeline.complete(due_id(db, "debrief"))
    assert actions(db)[0] == ("thank", date(2026, 11, 28))
    pipeline.complete(due_id(db, "thank"))
    pipeline.log_reply(card.id, decides_by=date(2026, 12, 3))
    assert actions(db) == [("inquire", date(2026, 12, 4))]
    (due,) = db.glance().due(days=60)
    assert (due.rule, due.reason) == ("R9", "they said by Thu 3 Dec")


def test_moving_an_interview_moves_what_depends_on_it(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    pipeline.interview(card.id, datetime(2026, 11, 27, 10, tzinfo=clock.zone))
    (meeting,) = db.glance().dossier(card.id).interviews
    pipeline.reschedule(meeting.id, datetime(2026, 12, 1, 10, tzinfo=clock.zone), minutes=30)
    assert ("thank", date(2026, 12, 2)) in actions(db)
    assert ("inquire", date(2026, 12, 8)) in actions(db)
    pipeline.cancel_interview(meeting.id)
    assert actions(db) == [("propose_time", date(2026, 11, 23)), ("ask_time", date(2026, 12, 9))]


@pytest.mark.file
def test_what_is_booked_for_today_is_not_late_then_nor_when_it_is_planned_again(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    card = pipeline.add("Globex", "Engineer").card
    assert card is not None
    pipeline.interview(card.id, clock.moment + timedelta(hours=4))

    def late_from() -> dict[str, str | None]:
        with closing(sqlite3.connect(db.path)) as board:
            query = "SELECT action, late_from FROM follow_up WHERE rule = 'R5'"
            return dict(board.execute(query).fetchall())

    born = late_from()
    assert born["prepare"] is None, "it would have been late since midnight"
    assert born["logistics"] is not None, "two hours before, which is to come"
    clock.moment += timedelta(hours=3)
    pipeline.remind(card.id, date(2026, 11, 27), "call Ana")
    pipeline.edit(card.id, {"no_contact": True})
    assert late_from() == born


def test_an_old_application_is_dormant_and_makes_no_noise(pipeline: Pipeline, db: Database) -> None:
    card = pipeline.add("Globex", "Engineer", applied_on=date(2026, 8, 20)).card
    assert card is not None
    assert card.is_quiet(date(2026, 11, 23))
    assert card.follow_up is None
    assert db.glance().due(days=365) == ()
    woken = pipeline.log_reply(card.id).card
    assert woken is not None
    assert not woken.is_quiet(date(2026, 11, 23))
