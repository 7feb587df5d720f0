"""Where one application ends and the next begins, and days that only just can be."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import Application
from tests.store.conftest import Begin

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
OFFERED = date(2026, 11, 18)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    """Globex (1) and Hooli (2), interviewed in October."""
    now = clock.moment
    clock.moment = now - timedelta(days=30)
    for number, company in enumerate(("Globex", "Hooli"), 1):
        pipeline.add(company, "Engineer", stage=Stage.FIRST)
        pipeline.interview(number, clock.now() + timedelta(days=1))


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


@pytest.fixture
def offered(pipeline: Pipeline, clock: FixedClock) -> Pipeline:
    """Globex made an offer five days ago."""
    now = clock.moment
    clock.moment = now - timedelta(days=5)
    pipeline.move(1, Stage.OFFER)
    clock.moment = now
    return pipeline


def stored(db: Database, application_id: int) -> Application:
    with db.writing() as session:
        row = session.get(Application, application_id)
        assert row is not None
        return row


def open_rules(db: Database, application_id: int) -> list[str]:
    return [due.rule for due in db.glance().follow_ups_of(application_id)]


def rejected(pipeline: Pipeline) -> None:
    for number in (1, 2):
        pipeline.close(number, Outcome.REJECTED)


def test_thanks_for_one_rejection_are_no_thanks_for_the_other(
    db: Database, pipeline: Pipeline
) -> None:
    rejected(pipeline)
    assert "R19" in open_rules(db, 1)
    pipeline.lesson(2, thanked_on=TODAY)
    assert "R19" in open_rules(db, 1)
    assert "R19" not in open_rules(db, 2)
    assert stored(db, 2).thanked_rejection_on == TODAY
    assert stored(db, 1).thanked_rejection_on is None


def test_a_lesson_without_thanks_leaves_the_reminder(db: Database, pipeline: Pipeline) -> None:
    rejected(pipeline)
    pipeline.lesson(1, lesson_keep="Ask early")
    assert "R19" in open_rules(db, 1)
    assert stored(db, 1).thanked_rejection_on is None


def test_thanks_said_twice_are_logged_once(db: Database, pipeline: Pipeline) -> None:
    rejected(pipeline)
    pipeline.lesson(1, thanked_on=TODAY)
    before = len(db.glance().dossier(1).messages)
    pipeline.lesson(1, thanked_on=TODAY, lesson_keep="Ask early")
    assert len(db.glance().dossier(1).messages) == before


def test_feedback_is_asked_for_after_a_rejection_only(db: Database, pipeline: Pipeline) -> None:
    pipeline.log_sent_text(1, "feedback", "Subject: x\n\nWhat could I do better?")
    assert stored(db, 1).thanked_rejection_on is None
    assert not stored(db, 1).feedback_asked
    pipeline.close(2, Outcome.REJECTED)
    pipeline.log_sent_text(2, "keep_in_touch", "Subject: x\n\nHello")
    assert stored(db, 2).thanked_rejection_on is None
    pipeline.log_sent_text(2, "feedback", "Subject: x\n\nWhat could I do better?")
    assert stored(db, 2).thanked_rejection_on == TODAY
    assert stored(db, 2).feedback_asked


def test_a_draft_for_what_is_done_already_is_logged_with_its_day(
    db: Database, pipeline: Pipeline
) -> None:
    pipeline.remind(1, TODAY + timedelta(days=1), "ask Ana")
    due = next(due for due in db.glance().follow_ups_of(1) if due.rule == "own")
    draft = pipeline.draft(1, "inquiry_after_days", "Subject: x\n\nHello", follow_up_id=due.id)
    assert draft.made is not None
    pipeline.complete(due.id)
    pipeline.log_sent(draft.made, on=date(2026, 11, 20))
    written = db.glance().dossier(1).messages
    assert [entry.sent_on for entry in written if entry.text] == [date(2026, 11, 20)]
    assert db.glance().dossier(1).drafts == ()


def test_papers_lie_between_the_offer_and_today(db: Database, offered: Pipeline) -> None:
    for name in ("letter_on", "signed_on", "extension_asked_on", "counter_sent_on"):
        with pytest.raises(Refused, match="lies before the offer itself"):
            offered.offer(1, **{name: OFFERED - timedelta(days=1)})
        with pytest.raises(Refused, match="is in the future"):
            offered.offer(1, **{name: TODAY + timedelta(days=1)})
    offered.offer(1, letter_on=OFFERED + timedelta(days=2))
    with pytest.raises(Refused, match="cannot be signed earlier"):
        offered.offer(1, signed_on=OFFERED + timedelta(days=1))
    offered.offer(1, signed_on=OFFERED + timedelta(days=2))
    with pytest.raises(Refused, match="cannot be signed earlier"):
        offered.offer(1, letter_on=TODAY)


def test_references_may_be_called_before_the_offer_and_in_days_to_come(
    db: Database, offered: Pipeline
) -> None:
    offered.offer(1, reference_check_on=OFFERED - timedelta(days=4))
    offered.offer(1, reference_check_on=TODAY + timedelta(days=4))
    assert stored(db, 1).reference_check_on == TODAY + timedelta(days=4)
    with pytest.raises(Refused, match="lies before the application itself"):
        offered.offer(1, reference_check_on=date(2026, 10, 1))


def test_a_new_application_is_followed_up_by_its_own_preset(db: Database) -> None:
    pipeline = Pipeline(db)
    days = {}
    for preset in ("fast", "slow"):
        made = pipeline.add("Initech", preset, preset=preset)
        (due,) = db.glance().follow_ups_of(made.application_id)
        days[preset] = due.due_on
    assert days["fast"] < days["slow"]


def test_a_date_they_named_cannot_lie_before_the_application(
    db: Database, pipeline: Pipeline
) -> None:
    applied = stored(db, 1).applied_on
    with pytest.raises(Refused, match="lies before the application"):
        pipeline.edit(1, {"expected_by": applied - timedelta(days=1)})
    pipeline.edit(1, {"expected_by": applied})
    with pytest.raises(Refused, match="lies before the application"):
        pipeline.edit(
            1, {"applied_on": applied - timedelta(days=9), "expected_by": date(2026, 1, 1)}
        )


def test_an_interview_that_is_gone_is_told_so(pipeline: Pipeline) -> None:
    for act in (
        lambda: pipeline.cancel_interview(99),
        lambda: pipeline.mark_held(99, True),
        lambda: pipeline.log_slots(99),
    ):
        with pytest.raises(Exception, match=r"^This interview no longer exists\.$"):
            act()


def test_an_interview_that_is_ahead_can_be_cancelled_only(pipeline: Pipeline) -> None:
    pipeline.interview(1, NOW + timedelta(days=8))
    with pytest.raises(Refused, match=r"^The interview is still ahead: cancel it, or "):
        pipeline.mark_held(3, False)
