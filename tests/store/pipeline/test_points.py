"""Points of an application: promises kept and open again, what answers what, whose they are."""

from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.rules.urgency import Level
from tests.store.conftest import Begin

FRIDAY = date(2026, 11, 27)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    """Globex (1) with an interview (1), Hooli (2) with one (2)."""
    for number, company in enumerate(("Globex", "Hooli"), 1):
        pipeline.add(company, "Engineer", stage=Stage.FIRST)
        pipeline.interview(number, clock.now() + timedelta(days=3))


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


def owed(db: Database) -> list[tuple[str, date]]:
    """What the user promised and has not done, and when it is due."""
    return [(due.label, due.due_on) for due in db.glance().follow_ups_of(1) if due.rule == "R21"]


def states(db: Database) -> dict[str, str]:
    return {point.text: point.state for point in db.glance().dossier(1).points}


def test_a_promise_kept_in_time_and_open_after_all(db: Database, pipeline: Pipeline) -> None:
    pipeline.point(1, "my_promise", "a sample", due_on=FRIDAY)
    before = owed(db)
    assert len(before) == 1
    follow_up = next(due for due in db.glance().follow_ups_of(1) if due.rule == "R21")
    pipeline.complete(follow_up.id)
    assert owed(db) == []
    assert states(db) == {"a sample": "done"}
    pipeline.edit_point(1, {"state": "open"})
    assert owed(db) == before
    again = next(due for due in db.glance().follow_ups_of(1) if due.rule == "R21")
    assert again.id == follow_up.id
    pipeline.undo()
    assert owed(db) == []


def test_other_changes_of_a_kept_promise_leave_it_kept(db: Database, pipeline: Pipeline) -> None:
    pipeline.point(1, "my_promise", "a sample", due_on=FRIDAY)
    pipeline.complete(next(due.id for due in db.glance().follow_ups_of(1) if due.rule == "R21"))
    pipeline.edit_point(1, {"text": "two samples"})
    assert owed(db) == []
    assert states(db) == {"two samples": "done"}


def test_only_the_promise_that_is_open_again_is_owed_again(
    db: Database, pipeline: Pipeline
) -> None:
    for text in ("a sample", "a link"):
        pipeline.point(1, "my_promise", text, due_on=FRIDAY)
    for due in [due for due in db.glance().follow_ups_of(1) if due.rule == "R21"]:
        pipeline.complete(due.id)
    pipeline.edit_point(2, {"state": "open"})
    ((label, _),) = owed(db)
    assert "a link" in label
    assert states(db) == {"a sample": "done", "a link": "open"}


def test_a_point_belongs_to_an_interview_of_its_own_application(pipeline: Pipeline) -> None:
    pipeline.point(1, "topic", "Kafka", interview_id=1)
    with pytest.raises(Refused, match="This interview belongs to another"):
        pipeline.edit_point(1, {"interview_id": 2})
    with pytest.raises(NotFound, match=r"There is no interview 99\."):
        pipeline.edit_point(1, {"interview_id": 99})
    pipeline.edit_point(1, {"interview_id": None})


def test_a_point_that_is_gone_is_told_so(pipeline: Pipeline) -> None:
    gone = r"^This line no longer exists\.$"
    for act in (
        lambda: pipeline.edit_point(99, {"text": "x"}),
        lambda: pipeline.remove_point(99),
        lambda: pipeline.carry(99, 1),
    ):
        with pytest.raises(NotFound, match=gone):
            act()


def test_a_field_that_there_is_not_is_a_mistake_of_the_program(pipeline: Pipeline) -> None:
    pipeline.point(1, "topic", "Kafka")
    with pytest.raises(TypeError, match="a point has no field 'colour'"):
        pipeline.edit_point(1, {"colour": "red"})


def test_a_question_is_noted_with_the_first_answer_to_it(db: Database, pipeline: Pipeline) -> None:
    made = pipeline.point(1, "story", "the outage of May", question="Tell me of a failure.").made
    pipeline.point(1, "story", "the lost order", question=" tell me of a FAILURE.")
    points = {point.text: point for point in db.glance().dossier(1).points}
    asked = points["Tell me of a failure."]
    assert (len(points), asked.kind, asked.state) == (3, "question", "open")
    assert points["the outage of May"].id == made
    assert {p.answers_id for p in points.values()} == {None, asked.id}
    pipeline.undo()
    pipeline.undo()
    assert db.glance().dossier(1).points == ()
    pipeline.redo()
    assert states(db) == {"Tell me of a failure.": "open", "the outage of May": "open"}
    with pytest.raises(Refused, match="does not answer"):
        pipeline.point(1, "topic", "sailing", question="Why us?")
    assert "Why us?" not in states(db), "nothing is noted when the answer is refused"


def test_a_question_rehearsed_before_it_was_noted_is_one_step(
    db: Database, pipeline: Pipeline
) -> None:
    pipeline.rehearse(1, "Why us?")
    assert states(db) == {"Why us?": "done"}
    pipeline.undo()
    assert states(db) == {}
    pipeline.redo()
    assert states(db) == {"Why us?": "done"}


def test_a_point_knows_the_day_on_which_it_was_settled(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    def settled() -> tuple[str, date | None]:
        (point,) = db.glance().dossier(1).points
        return point.state, point.settled_on

    def next_day() -> date:
        clock.moment += timedelta(days=1)
        return clock.now().date()

    pipeline.point(1, "concern", "little cloud")
    assert settled() == ("open", None)
    first = next_day()
    pipeline.edit_point(1, {"state": "addressed"})
    assert settled() == ("addressed", first)
    next_day()
    pipeline.edit_point(1, {"state": "addressed", "text": "no cloud"})
    assert settled() == ("addressed", first), "it was so already"
    last = next_day()
    pipeline.edit_point(1, {"state": "done"})
    assert settled() == ("done", last)
    pipeline.edit_point(1, {"state": "open"})
    assert settled() == ("open", None)
    pipeline.undo()
    assert settled() == ("done", last)


def test_a_promise_that_was_delivered_is_settled_on_that_day(
    db: Database, pipeline: Pipeline, clock: FixedClock
) -> None:
    pipeline.point(1, "my_promise", "a sample", due_on=FRIDAY)
    delivered = clock.now().date()
    clock.moment += timedelta(days=2)
    follow_up = next(due for due in db.glance().follow_ups_of(1) if due.rule == "R21")
    pipeline.complete(follow_up.id, on=delivered)
    (point,) = db.glance().dossier(1).points
    assert (point.state, point.settled_on) == ("done", delivered)


@pytest.mark.parametrize("last", ["background check", "two references"])
def test_notice_waits_for_the_condition_that_is_cleared_last(
    db: Database, pipeline: Pipeline, clock: FixedClock, last: str
) -> None:
    """Signed on Monday, all cleared by Thursday: notice is for Friday, late on the next Monday."""
    pipeline.move(1, Stage.OFFER)
    pipeline.offer(1, letter_on=clock.now().date(), signed_on=clock.now().date())
    conditions = {"background check": 1, "two references": 2}
    for text in conditions:
        pipeline.point(1, "condition", text)
    pipeline.close(1, Outcome.ACCEPTED)

    def notice() -> list[tuple[str, date, Level]]:
        now = clock.now()
        return [
            (due.reason, due.due_on, due.level(now))
            for due in db.glance().follow_ups_of(1)
            if due.action == "give_notice"
        ]

    for days, text in zip((1, 2), sorted(conditions, key=lambda text: text == last), strict=True):
        clock.moment += timedelta(days=days)
        assert notice() == []
        pipeline.edit_point(conditions[text], {"state": "done"})
    why = f"cleared Thu 26 Nov: {last}"
    assert notice() == [(why, FRIDAY, Level.COMING)]
    clock.moment += timedelta(days=1)
    assert notice() == [(why, FRIDAY, Level.TODAY)]
    clock.moment += timedelta(days=3)
    assert notice() == [(why, FRIDAY, Level.LATE)]
    pipeline.edit_point(conditions[last], {"state": "open"})
    assert notice() == []
