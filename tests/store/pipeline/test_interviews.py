"""Interviews: rounds, formats, zones, warnings, and talks that did not happen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.model.dossier import InterviewEntry
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage, read_round
from store.rules.text import Refused
from tests.store.conftest import Begin

TODAY = date(2026, 11, 23)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 10, 1))
    pipeline.add("Hooli", "SRE", applied_on=date(2026, 10, 1))


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


def meetings(db: Database, application_id: int = 1) -> tuple[InterviewEntry, ...]:
    return db.glance().dossier(application_id).interviews


def actions(db: Database, application_id: int = 1) -> list[tuple[str, date]]:
    return [(due.action, due.due_on) for due in db.glance().follow_ups_of(application_id)]


def at(clock: FixedClock, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.zone)


def test_rounds_are_counted_over_the_stages(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, at(clock, 25, 9))
    pipeline.interview(1, at(clock, 26, 9))
    pipeline.cancel_interview(2)
    pipeline.interview(1, None, stage=Stage.SECOND)
    pipeline.interview(1, at(clock, 30, 9), stage=Stage.SECOND)
    pipeline.interview(1, at(clock, 30, 14), stage=Stage.SECOND)
    pipeline.interview(2, at(clock, 27, 9))
    told = {(m.id, m.stage, m.round) for m in meetings(db)}
    assert told == {
        (1, Stage.FIRST, 1),
        (2, Stage.FIRST, 1),
        (3, Stage.SECOND, 2),
        (4, Stage.SECOND, 2),
    }, "first is one round, the invitation got the time, and a round may have two talks"
    assert [m.round for m in meetings(db, 2)] == [1]


def called(db: Database) -> list[str]:
    return [meeting.called for meeting in meetings(db)]


def test_the_rounds_of_a_process(pipeline: Pipeline, db: Database, clock: FixedClock) -> None:
    pipeline.interview(1, at(clock, 23, 10))
    clock.moment = at(clock, 24, 9)
    written = pipeline.interview(1, at(clock, 25, 9))
    assert written.summary == "second interview Wed 25 Nov 09:00, moved to second"
    assert written.card is not None
    assert written.card.stage is Stage.SECOND
    clock.moment = at(clock, 26, 9)
    assert pipeline.interview(1, None).summary == "invited to a third interview"
    pipeline.interview(1, at(clock, 27, 9))
    clock.moment = at(clock, 28, 9)
    pipeline.interview(1, at(clock, 30, 9), stage=Stage.SECOND, final=True)
    assert called(db) == ["first", "second", "third", "final"]


def test_an_invitation_after_a_held_first_is_the_second(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, at(clock, 20, 10))
    written = pipeline.interview(1, None)
    assert written.summary == "invited to a second interview, moved to second"
    pipeline.undo()
    assert db.glance().card(1).stage is Stage.FIRST
    pipeline.interview(1, at(clock, 19, 10))
    assert called(db) == ["first", "first"], "one from before that is only typed in late"


def test_what_is_ahead_goes_along_with_the_card(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, at(clock, 20, 10))
    pipeline.interview(1, at(clock, 27, 10), stage=Stage.FIRST)
    pipeline.move(1, Stage.SECOND)
    assert called(db) == ["first", "second"]
    pipeline.move(1, Stage.FIRST)
    assert called(db) == ["first", "first"]
    pipeline.undo()
    assert called(db) == ["first", "second"]


def test_a_wrong_round_is_put_right(pipeline: Pipeline, db: Database, clock: FixedClock) -> None:
    pipeline.interview(1, at(clock, 27, 10))
    pipeline.set_round(1, read_round("fourth"))
    assert called(db) == ["fourth"]
    assert db.glance().card(1).stage is Stage.SECOND
    pipeline.set_round(1, read_round("final"))
    assert called(db) == ["final"]
    pipeline.set_round(1, read_round("first"))
    assert called(db) == ["first"]
    assert db.glance().card(1).stage is Stage.SECOND, "a card that was further stays"


def test_formats_and_zone(pipeline: Pipeline, db: Database, clock: FixedClock) -> None:
    pipeline.interview(
        1, at(clock, 25, 9), formats=["panel", "case", "panel"], zone=" America/New_York "
    )
    (meeting,) = meetings(db)
    assert meeting.formats == ("panel", "case")
    assert meeting.zone == "America/New_York"
    assert meeting.starts_at == at(clock, 25, 9)
    pipeline.interview(2, at(clock, 25, 18))
    assert meetings(db, 2)[0].zone == "Europe/Berlin"


REFUSED: dict[str, tuple[Callable[[Pipeline, datetime], object], str]] = {
    "zone": (
        lambda p, t: p.interview(1, t, zone="Mars/Olympus"),
        "Unknown time zone “Mars/Olympus”",
    ),
    "zone that is a folder": (lambda p, t: p.interview(1, t, zone="Europe"), "Unknown time zone"),
    "zone outside": (lambda p, t: p.interview(1, t, zone="../etc/passwd"), "Unknown time zone"),
    "format": (lambda p, t: p.interview(1, t, formats=["Small talk"]), "no format “Small talk”"),
    "minutes": (lambda p, t: p.reschedule(1, t, minutes=0), "between 1 minute and 24 hours"),
    "before the application": (
        lambda p, t: p.reschedule(1, t - timedelta(days=100)),
        "before the application",
    ),
    "times for an agreed one": (lambda p, _: p.log_slots(1), "is no longer waiting for a time"),
    "times before the invitation": (
        lambda p, _: p.log_slots(2, on=TODAY - timedelta(days=1)),
        "The invitation came later, on Mon 23 Nov",
    ),
    "times tomorrow": (
        lambda p, _: p.log_slots(2, on=TODAY + timedelta(days=1)),
        "is in the future",
    ),
    "kept and ahead": (lambda p, _: p.mark_held(1, True), "not over yet"),
    "not kept and ahead": (lambda p, _: p.mark_held(1, False), "still ahead: cancel it"),
    "kept and without a time": (lambda p, _: p.mark_held(2, True), "was not agreed"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str, pipeline: Pipeline, db: Database, clock: FixedClock) -> None:
    act, sentence = REFUSED[what]
    soon = clock.now() + timedelta(days=2)
    pipeline.interview(1, soon)
    pipeline.interview(1, None)
    change = db.glance().change_id()
    with pytest.raises(Refused, match=sentence):
        act(pipeline, soon)
    assert db.glance().change_id() == change


def test_an_interview_that_there_is_not(pipeline: Pipeline) -> None:
    for act in (pipeline.log_slots, pipeline.cancel_interview):
        with pytest.raises(NotFound):
            act(7)
    with pytest.raises(NotFound):
        pipeline.mark_held(7, None)


@pytest.mark.parametrize(
    ("starts", "minutes", "warned"),
    [
        ((25, 9), 60, []),
        ((25, 9, 1), 60, ["Hooli, Wed 25 Nov 10:00–10:45"]),
        ((25, 10), 45, ["Hooli, Wed 25 Nov 10:00–10:45"]),
        ((25, 10, 44), 5, ["Hooli, Wed 25 Nov 10:00–10:45"]),
        ((25, 10, 45), 60, []),
        ((25, 8), 1_440, ["Hooli, Wed 25 Nov 10:00–10:45", "Globex, Wed 25 Nov 16:00–17:00"]),
        ((24, 11), 1_440, ["Hooli, Wed 25 Nov 10:00–10:45"]),
        ((24, 10), 1_440, []),
    ],
)
def test_overlapping_interviews_are_logged_with_a_warning(
    starts: tuple[int, ...],
    minutes: int,
    warned: list[str],
    pipeline: Pipeline,
    db: Database,
    clock: FixedClock,
) -> None:
    pipeline.interview(2, at(clock, 25, 10), minutes=45)
    pipeline.interview(1, at(clock, 25, 16))
    written = pipeline.interview(1, at(clock, *starts), minutes=minutes)
    expected = [f"It overlaps with the interview at {other}." for other in warned]
    assert list(written.warnings) == expected
    assert len(meetings(db)) == 2


def test_what_does_not_overlap(pipeline: Pipeline, clock: FixedClock) -> None:
    """Cancelled, not held, closed, or itself."""
    pipeline.interview(2, at(clock, 25, 10))
    pipeline.cancel_interview(1)
    pipeline.interview(2, at(clock, 20, 10))
    pipeline.mark_held(2, False)
    pipeline.add("Initech", "Analyst")
    pipeline.interview(3, at(clock, 25, 10))
    pipeline.close(3, Outcome.WITHDRAWN)
    pipeline.interview(1, at(clock, 25, 10))
    assert pipeline.reschedule(4, at(clock, 25, 10, 30)).warnings == ()
    assert pipeline.reschedule(4, at(clock, 20, 10)).warnings == (
        "This interview is in the past: logged as held.",
    )


@pytest.mark.parametrize(
    ("starts", "warned"),
    [((23, 8, 1), False), ((23, 8), True), ((20, 10), True), ((23, 9), False)],
)
def test_an_interview_in_the_past_is_logged_with_a_warning(
    starts: tuple[int, ...], warned: bool, pipeline: Pipeline, clock: FixedClock
) -> None:
    """It is nine in the morning of the 23rd; an interview takes an hour."""
    written = pipeline.interview(1, at(clock, *starts))
    past = ("This interview is in the past: logged as held.",)
    assert written.warnings == (past if warned else ())


def test_a_talk_that_did_not_take_place_asks_for_nothing(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, at(clock, 20, 9), people="Ana")
    assert {"thank", "debrief", "inquire"} <= {action for action, _ in actions(db)}
    assert db.glance().card(1).met
    pipeline.mark_held(1, False)
    assert {action for action, _ in actions(db)} & {"thank", "debrief", "inquire"} == set()
    (meeting,) = meetings(db)
    assert not meeting.was_held(clock.now())
    assert not db.glance().card(1).met
    pipeline.mark_held(1, None)
    assert meetings(db)[0].was_held(clock.now())
    assert {"thank", "debrief", "inquire"} <= {action for action, _ in actions(db)}
    pipeline.mark_held(1, False)
    pipeline.reschedule(1, at(clock, 27, 9))
    (meeting,) = meetings(db)
    assert (meeting.kept, meeting.moved_times) == (None, 1)
    assert db.glance().card(1).interview == meeting._replace(interviewers=())


def test_an_instant_is_kept_whatever_the_zone_it_was_said_in(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, datetime(2026, 11, 25, 8, tzinfo=UTC), zone="UTC")
    (meeting,) = meetings(db)
    assert meeting.starts_at == at(clock, 25, 9)
    assert meeting.zone == "UTC"


def test_an_interview_noted_after_it_was_held_was_known_by_its_day(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, at(clock, 20, 10))
    (meeting,) = meetings(db)
    assert meeting.logged_on == date(2026, 11, 20)
    assert db.glance().dossier(1).card.stage_since == date(2026, 11, 20)
    pipeline.interview(2, at(clock, 27, 10))
    pipeline.reschedule(2, at(clock, 19, 10))
    assert meetings(db, 2)[0].logged_on == date(2026, 11, 19)


def test_an_invitation_is_not_later_than_its_interview(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.interview(1, None)
    pipeline.interview(1, at(clock, 20, 10))
    (meeting,) = meetings(db)
    assert (meeting.invited_on, meeting.answered_on) == (date(2026, 11, 20),) * 2
