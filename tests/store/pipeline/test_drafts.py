"""Messages that were sent: one or several follow-ups done with them, in one step."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules import fields
from store.rules.stages import Outcome
from store.rules.text import Refused
from tests.store.conftest import Begin

TODAY = date(2026, 11, 23)
CHRISTMAS = date(2026, 12, 24)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    """Two late inquiries at Globex (follow-ups 1 and 2), and one at Initech (3)."""
    now = clock.moment
    clock.moment = now - timedelta(days=12)
    pipeline.add("Globex", "Engineer")
    pipeline.add("Globex", "Architect")
    pipeline.add("Initech", "Engineer")


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


def states(db: Database) -> dict[int, str]:
    """The state of the first inquiry of each application."""
    glance = db.glance()
    return {n: glance.dossier(n).follow_ups[0].state for n in (1, 2, 3)}


def logged(db: Database, card: int) -> list[tuple[str, date, str]]:
    messages = db.glance().dossier(card).messages
    return [(m.kind, m.sent_on, m.text) for m in messages if m.direction == "out"]


def test_one_message_does_both_and_stands_in_both_logs(pipeline: Pipeline, db: Database) -> None:
    pipeline.draft(1, "together", "Subject: Both\n\nHello", follow_up_id=1)
    written = pipeline.log_sent_text(1, "together", "Subject: Both\n\nHi", follow_up_ids=[1, 2])
    assert states(db) == {1: "done", 2: "done", 3: "open"}
    sent = [("nudge", TODAY, "Subject: Both\n\nHi")]
    assert logged(db, 1) == logged(db, 2) == sent
    assert db.glance().dossier(1).drafts == ()
    assert written.application_id is None
    assert set(written.also) == {1, 2}
    assert written.summary.startswith("one message for all: follow up")
    pipeline.undo()
    assert states(db) == {1: "open", 2: "open", 3: "open"}
    assert logged(db, 1) == logged(db, 2) == []
    assert [draft.text for draft in db.glance().dossier(1).drafts] == ["Subject: Both\n\nHello"]


def test_a_draft_kept_with_any_of_them_goes(pipeline: Pipeline, db: Database) -> None:
    pipeline.draft(2, "together", "Hello", follow_up_id=2)
    pipeline.log_sent_text(1, "together", "Hello", follow_up_ids=[1, 2])
    assert db.glance().dossier(2).drafts == ()


def test_a_message_that_nothing_asked_for_is_logged(pipeline: Pipeline, db: Database) -> None:
    pipeline.draft(1, "withdraw", "Farewell")
    pipeline.log_sent_text(1, "withdraw", "Farewell", on=date(2026, 11, 20))
    assert logged(db, 1) == [("other", date(2026, 11, 20), "Farewell")]
    assert db.glance().dossier(1).drafts == ()
    assert states(db)[1] == "open"


def test_thanks_for_a_rejection_are_remembered(pipeline: Pipeline, db: Database) -> None:
    pipeline.close(1, Outcome.REJECTED)
    pipeline.log_sent_text(1, "feedback", "Thank you")
    page = db.glance().dossier(1)
    assert (page.thanked_rejection_on, page.feedback_asked) == (TODAY, True)


def test_the_text_is_logged_for_a_follow_up_that_sends_nothing_by_itself(
    pipeline: Pipeline, db: Database
) -> None:
    pipeline.remind(1, TODAY, "send the portfolio")
    own = next(d.id for d in db.glance().follow_ups_of(1) if d.rule == "own")
    pipeline.log_sent_text(1, "promise", "Here it is", follow_up_ids=[own])
    assert logged(db, 1) == [("other", TODAY, "Here it is")]


def test_a_text_too_long_for_the_log_is_kept_whole(pipeline: Pipeline, db: Database) -> None:
    text = "x" * (fields.MESSAGE.limit + 1)
    pipeline.log_sent_text(1, "application_inquiry", text, follow_up_ids=[1])
    ((_, _, log),) = logged(db, 1)
    assert len(log) == fields.MESSAGE.limit
    (kept,) = db.glance().dossier(1).drafts
    assert (kept.text, kept.follow_up_id) == (text, None)


def test_together_they_are_skipped(pipeline: Pipeline, db: Database) -> None:
    pipeline.skip_all([1, 2, 1])
    assert states(db) == {1: "skipped", 2: "skipped", 3: "open"}
    pipeline.undo()
    assert states(db) == {1: "open", 2: "open", 3: "open"}


REFUSED: dict[str, tuple[Callable[[Pipeline], object], type[Exception], str]] = {
    "nobody": (lambda p: p.snooze_all([], CHRISTMAS), Refused, "No follow-up was named"),
    "yesterday": (
        lambda p: p.snooze_all([2, 3], TODAY),
        Refused,
        "earliest snooze date is tomorrow",
    ),
    "a stranger": (lambda p: p.skip_all([2, 99]), NotFound, "no follow-up f99"),
    "huge": (lambda p: p.skip_all([2, 2**64]), NotFound, "no follow-up"),
    "done already": (lambda p: p.skip_all([2, 1]), Refused, "was done on Mon 23 Nov"),
    "sent twice": (
        lambda p: p.log_sent_text(2, "together", "Hi", follow_up_ids=[2, 1]),
        Refused,
        "was done on Mon 23 Nov",
    ),
    "no kind": (lambda p: p.log_sent_text(2, "poem", "Hi"), Refused, "Unknown message type"),
    "no card": (lambda p: p.log_sent_text(99, "withdraw", "Hi"), NotFound, "no application 99"),
    "tomorrow": (
        lambda p: p.log_sent_text(2, "together", "Hi", follow_up_ids=[2], on=date(2026, 11, 24)),
        Refused,
        "in the future",
    ),
    "too long": (lambda p: p.log_sent_text(2, "withdraw", "x" * 30_000), Refused, "20,000 fit"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_all_or_none(what: str, pipeline: Pipeline, db: Database) -> None:
    act, kind, sentence = REFUSED[what]
    pipeline.complete(1)
    before = db.glance().change_id()
    with pytest.raises(kind, match=sentence):
        act(pipeline)
    assert states(db) == {1: "done", 2: "open", 3: "open"}
    assert db.glance().change_id() == before
