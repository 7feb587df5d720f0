"""What doing a follow-up means: what is logged, what is ticked with it, and what it closes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from store.advice.carry_over import also_words, carry_over
from store.advice.drafts import draft_for
from store.clock import FixedClock
from store.file.database import Database
from store.model.dossier import Dossier, Due
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.tables import FollowUp
from tests.store.conftest import Begin

TODAY = date(2026, 11, 23)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    """Globex (1) interviews through Ms Kim, Hooli (2) made an offer, Stark (3) has been silent."""
    now = clock.moment
    clock.moment = now - timedelta(days=20)
    pipeline.add("Globex", "Engineer", via_recruiter="Ms Kim")
    pipeline.add("Hooli", "SRE")
    pipeline.add("Stark", "Dev")
    clock.moment = now - timedelta(days=2)
    pipeline.move(1, Stage.FIRST)
    pipeline.move(2, Stage.OFFER)


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


@pytest.fixture
def dossier(db: Database) -> Callable[..., Dossier]:
    return lambda application_id=1: db.glance().dossier(application_id)


@pytest.fixture
def due(db: Database) -> Callable[..., Due]:
    """The open follow-up of this action."""

    def find(action: str, application_id: int = 1) -> Due:
        return next(d for d in db.glance().follow_ups_of(application_id) if d.action == action)

    return find


def kinds(dossier: Dossier) -> list[str]:
    return [message.kind for message in dossier.messages]


def written(dossier: Dossier, due: Due, clock: FixedClock) -> tuple[str, str]:
    made = draft_for(dossier, due, None, clock.now(), folder=None)
    return made.kind, made.message.body


def test_who_calls_off_is_written_to_the_same_day(
    pipeline: Pipeline,
    due: Callable[..., Due],
    dossier: Callable[..., Dossier],
    clock: FixedClock,
) -> None:
    talk = pipeline.interview(1, clock.moment + timedelta(days=3)).made
    assert talk is not None
    pipeline.cancel_interview(talk, by="them")
    asked = due("propose_time")
    assert asked.due_on == TODAY
    kind, body = written(dossier(), asked, clock)
    assert kind == "cancelled"
    assert "interview with Globex on Thursday 26 November cannot go ahead" in body
    pipeline.complete(asked.id)
    assert kinds(dossier()) == ["other"], "no inquiry"
    assert due("ask_time").due_on == date(2026, 11, 25), "two business days later"


def test_who_missed_it_is_written_to_otherwise(
    pipeline: Pipeline,
    due: Callable[..., Due],
    dossier: Callable[..., Dossier],
    clock: FixedClock,
) -> None:
    talk = pipeline.interview(1, clock.moment - timedelta(hours=3)).made
    assert talk is not None
    pipeline.mark_held(talk, False, by="them")
    kind, body = written(dossier(), due("propose_time"), clock)
    assert kind == "no_show"
    assert "I was ready for the interview with Globex" in body
    pipeline.mark_held(talk, False, by="you")
    kind, body = written(dossier(), due("propose_time"), clock)
    assert kind == "rebook"
    assert "I am sorry that the interview with Globex on Monday 23 November could not go" in body


def test_the_recruiter_hears_how_it_went(
    pipeline: Pipeline,
    due: Callable[..., Due],
    dossier: Callable[..., Dossier],
    clock: FixedClock,
) -> None:
    talk = pipeline.interview(1, clock.moment + timedelta(hours=1)).made
    assert talk is not None
    clock.moment += timedelta(hours=3)
    pipeline.debrief(
        talk,
        next_step="a panel with the team.",
        promised_by=date(2026, 11, 30),
        points=[
            ("topic", "the on-call rota", False),
            ("concern", "no Kubernetes", False),
            ("concern", "my age", True),
        ],
    )
    asked = due("tell_recruiter")
    kind, body = written(dossier(), asked, clock)
    assert kind == "recruiter_call"
    assert "These topics were well received: the on-call rota." in body
    assert "no Kubernetes" in body
    assert "my age" not in body, "what nobody said is not put into their mouth"
    assert "they told me: a panel with the team." in body
    assert "They expect to decide by Monday 30 November." in body
    pipeline.complete(asked.id)
    assert kinds(dossier()) == ["other"]


def test_nobody_is_told_of_an_interview_that_is_not_over(
    pipeline: Pipeline, due: Callable[..., Due], clock: FixedClock
) -> None:
    pipeline.interview(1, clock.moment + timedelta(hours=1))
    with pytest.raises(Refused, match="not over yet"):
        pipeline.complete(due("tell_recruiter").id)


def test_what_was_answered_is_said_and_not_ticked(
    pipeline: Pipeline, due: Callable[..., Due], clock: FixedClock
) -> None:
    pipeline.deadline(2, TODAY + timedelta(days=1))
    clock.moment += timedelta(days=2)
    asked = due("record_answer", 2)
    with pytest.raises(Refused, match="“rounds close 2 accepted”, or declined"):
        pipeline.complete(asked.id)
    with pytest.raises(Refused, match="Say what you answered"):
        pipeline.complete_all([asked.id])
    pipeline.close(2, Outcome.DECLINED)
    with pytest.raises(StopIteration):
        due("record_answer", 2)


def test_after_a_yes_each_end_is_what_it_says(
    pipeline: Pipeline,
    due: Callable[..., Due],
    dossier: Callable[..., Dossier],
    clock: FixedClock,
) -> None:
    pipeline.add("Initech", "Ops", stage=Stage.OFFER, applied_on=date(2026, 11, 1))
    pipeline.add("Hooli", "Dev", stage=Stage.FIRST, applied_on=date(2026, 11, 1))
    pipeline.interview(5, clock.moment - timedelta(days=1))
    pipeline.close(2, Outcome.ACCEPTED)
    declined = due("decline", 4)
    kind, body = written(dossier(4), declined, clock)
    assert kind == "decline"
    assert "decided not to accept." in body
    pipeline.complete(declined.id)
    assert dossier(4).card.outcome is Outcome.DECLINED
    kind, body = written(dossier(5), due("kind_word", 5), clock)
    assert kind == "kind_word"
    assert "I have accepted another role at Hooli" in body
    pipeline.complete(due("kind_word", 5).id)
    assert dossier(5).card.outcome is Outcome.WITHDRAWN
    assert "other" in kinds(dossier(5))
    pipeline.complete(due("withdraw", 1).id)
    assert kinds(dossier(1)) == ["other"]
    pipeline.complete(due("close_silent", 3).id)
    assert dossier(3).card.outcome is Outcome.WITHDRAWN
    assert kinds(dossier(3)) == [], "nobody was written to"
    for _ in range(4):
        pipeline.undo()
    assert [dossier(n).card.outcome for n in (1, 3, 4, 5)] == [None] * 4


def test_several_silent_ones_are_closed_with_one_step(
    pipeline: Pipeline, due: Callable[..., Due], dossier: Callable[..., Dossier]
) -> None:
    pipeline.add("Wayne", "Dev", applied_on=date(2026, 11, 1))
    pipeline.close(2, Outcome.ACCEPTED)
    pipeline.complete_all([due("close_silent", n).id for n in (3, 4)])
    assert {dossier(n).card.outcome for n in (3, 4)} == {Outcome.WITHDRAWN}
    pipeline.undo()
    assert {dossier(n).card.outcome for n in (3, 4)} == {None}


def test_the_papers_after_a_yes(
    pipeline: Pipeline, db: Database, dossier: Callable[..., Dossier]
) -> None:
    pipeline.close(2, Outcome.ACCEPTED)
    pipeline.offer(2, letter_on=TODAY)
    with db.writing() as session:
        (sign,) = session.exec(select(FollowUp.id).where(FollowUp.action == "sign"))
    assert sign is not None
    pipeline.complete(sign)
    offer = dossier(2).offer
    assert offer is not None
    assert offer.signed_on == TODAY


def test_the_thanks_for_an_offer_ask_for_what_is_open(
    pipeline: Pipeline,
    due: Callable[..., Due],
    dossier: Callable[..., Dossier],
    clock: FixedClock,
) -> None:
    pipeline.offer(2, kind="verbal")
    thanks = due("acknowledge", 2)
    _, body = written(dossier(2), thanks, clock)
    assert "By what date do you need my answer?" in body
    assert "send me the offer in writing?" in body
    pipeline.offer(2, deadline_asked_on=TODAY, letter_on=TODAY)
    _, body = written(dossier(2), thanks, clock)
    assert "By what date" not in body
    assert "in writing" not in body


def test_another_application_there_is_asked_about_in_the_interview(
    pipeline: Pipeline, dossier: Callable[..., Dossier], clock: FixedClock
) -> None:
    pipeline.add("GLOBEX GmbH", "Data Engineer", applied_on=date(2026, 10, 3))
    pipeline.add("Globex", "Analyst", applied_on=date(2026, 10, 9))
    pipeline.close(5, Outcome.REJECTED)
    assert carry_over(dossier(), clock.now()).also == (), "no interview is ahead"
    pipeline.interview(1, clock.moment + timedelta(days=3))
    (other,) = carry_over(dossier(), clock.now()).also
    assert also_words(other, TODAY) == "Data Engineer, applied 3 Oct"
    pipeline.move(4, Stage.SECOND)
    assert carry_over(dossier(), clock.now()).also == (), "that one has come further"
