"""How far an application came is known, and not when: nothing is said to be of the day of the
import."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.exchange.incoming import Incoming, StageStep
from store.exchange.mail import read_piped
from store.file.database import Database
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.read.employers import read_employer
from store.read.weekly.review import read_review
from store.rules.mail.message import MailKind
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from store.rules.weekly.review import Part
from store.rules.weekly.weeks import Week
from tui.wording import standing

APPLIED = date(2026, 11, 12)
TODAY = date(2026, 11, 23)
OFFER = Incoming(1, "Acme", "Cook", APPLIED, stage=Stage.OFFER)
FIRST = Incoming(2, "Globex", "Baker", APPLIED, stage=Stage.FIRST)
REJECTED = Incoming(3, "Hooli", "Waiter", APPLIED, outcome=Outcome.REJECTED)


def actions(db: Database, id_: int) -> list[str]:
    return [due.action for due in db.glance().follow_ups_of(id_)]


def answered(db: Database, clock: FixedClock) -> list[str]:
    review = read_review(db.glance(), Week(clock.now().date()), clock.now())
    return [line.company for line in review.parts[Part.ANSWERED]]


def test_an_offer_without_a_day_came_on_none(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.bring_in([OFFER], source="x")
    dossier = db.glance().dossier(1)
    assert dossier.card.undated
    assert dossier.offered_on is None
    assert "since a day that is not known" in standing(dossier.card, clock.now())
    assert actions(db, 1) == ["ask_deadline"]
    (due,) = db.glance().follow_ups_of(1)
    assert due.reason == "in offer since an unknown day, no deadline given"
    assert answered(db, clock) == []


def test_its_deadline_gives_no_day_on_which_it_came(pipeline: Pipeline, db: Database) -> None:
    pipeline.bring_in([replace(OFFER, offer_deadline_on=date(2026, 12, 5))], source="x")
    reasons = {due.action: due.reason for due in db.glance().follow_ups_of(1)}
    assert reasons["decide"] == "in offer since an unknown day"


def test_a_message_tells_the_day_of_an_offer(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    """The card came in as an offer without a day; then their message of Friday does."""
    pipeline.bring_in([OFFER], source="x")
    mail = b"From: ana@acme.example\nDate: Fri, 20 Nov 2026 09:00:00 +0100\n\nA job for you.\n"
    pipeline.receive_mail(read_piped(mail, clock.zone, clock.now()).messages)
    written = pipeline.confirm_mail(
        [Confirmed(1, MailKind.OFFER, 1, date(2026, 12, 4), "We offer.")]
    )
    assert "offer of Fri 20 Nov noted, answer due Fri 4 Dec" in written.sentence
    dossier = db.glance().dossier(1)
    assert (dossier.offered_on, dossier.card.undated) == (date(2026, 11, 20), False)
    (there,) = read_employer(db.glance(), "Acme").applications
    assert there.steps[-1].on == date(2026, 11, 20)
    reasons = {due.reason for due in db.glance().follow_ups_of(1)}
    assert not [one for one in reasons if "23 Nov" in one or "unknown" in one]


def test_nobody_is_told_of_it_before_its_deadline_is_known(
    pipeline: Pipeline, db: Database
) -> None:
    met = replace(FIRST, steps=(StageStep(Stage.FIRST, date(2026, 11, 20)),))
    pipeline.bring_in([OFFER, met], source="x")
    assert "tell_date" not in actions(db, 2)
    pipeline.deadline(1, date(2026, 12, 4))
    (due,) = [due for due in db.glance().follow_ups_of(2) if due.action == "tell_date"]
    assert due.reason == "offer from Acme, answer due Fri 4 Dec"


def test_a_stage_without_a_day_asks_for_nothing(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.bring_in([FIRST], source="x")
    assert db.glance().card(1).undated
    assert actions(db, 1) == []
    assert answered(db, clock) == []


def test_an_end_without_a_day_is_no_answer_of_today(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.bring_in([REJECTED], source="x")
    card = db.glance().card(1)
    assert standing(card, clock.now()).startswith("rejected on a day that is not known")
    assert answered(db, clock) == []
    (there,) = read_employer(db.glance(), "Hooli").applications
    assert there.answered_after is None
    assert there.heard


def test_the_steps_of_an_employer_have_no_day_then(pipeline: Pipeline, db: Database) -> None:
    pipeline.bring_in([OFFER], source="x")
    (there,) = read_employer(db.glance(), "Acme").applications
    assert [(step.stage, step.on) for step in there.steps] == [
        (Stage.APPLIED, APPLIED),
        (Stage.OFFER, None),
    ]


def test_a_step_without_a_day_does_not_move_the_one_after_it(
    pipeline: Pipeline, db: Database
) -> None:
    on = date(2026, 11, 20)
    steps = (StageStep(Stage.FIRST), StageStep(Stage.OFFER, on))
    pipeline.bring_in([replace(OFFER, steps=steps)], source="x")
    dossier = db.glance().dossier(1)
    assert (dossier.offered_on, dossier.card.undated) == (on, False)


def test_the_day_can_be_told_later(pipeline: Pipeline, db: Database, clock: FixedClock) -> None:
    pipeline.bring_in([OFFER], source="x")
    with pytest.raises(Refused):
        pipeline.receive_offer(1, APPLIED - timedelta(days=1))
    pipeline.receive_offer(1, date(2026, 11, 20))
    dossier = db.glance().dossier(1)
    assert (dossier.card.undated, dossier.offered_on) == (False, date(2026, 11, 20))
    assert dossier.card.stage_since == date(2026, 11, 20)
    assert "acknowledge" in actions(db, 1)
    pipeline.undo()
    assert db.glance().card(1).undated


def test_a_second_file_tells_the_day(pipeline: Pipeline, db: Database) -> None:
    pipeline.bring_in([OFFER], source="x")
    told = replace(OFFER, steps=(StageStep(Stage.OFFER, date(2026, 11, 18)),))
    report = pipeline.bring_in([told], source="y")
    assert "day of offer" in report.merged[0].sentence
    assert db.glance().dossier(1).offered_on == date(2026, 11, 18)
    assert pipeline.bring_in([told], source="y").merged == ()


def test_what_comes_next_may_lie_before_the_import(pipeline: Pipeline, db: Database) -> None:
    pipeline.bring_in([FIRST], source="x")
    pipeline.move(1, Stage.OFFER, on=date(2026, 11, 19))
    card = db.glance().card(1)
    assert (card.stage_since, card.undated) == (date(2026, 11, 19), False)
    pipeline.close(1, Outcome.REJECTED, on=date(2026, 11, 20))
    assert db.glance().card(1).closed_on == date(2026, 11, 20)


def test_an_interview_tells_the_day_of_its_stage(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.bring_in([FIRST], source="x")
    pipeline.interview(1, clock.now() - timedelta(days=3))
    card = db.glance().card(1)
    assert (card.stage_since, card.undated) == (TODAY - timedelta(days=3), False)


def test_reopened_it_is_not_known_when_it_came_so_far(pipeline: Pipeline, db: Database) -> None:
    pipeline.bring_in([FIRST], source="x")
    pipeline.close(1, Outcome.REJECTED)
    assert not db.glance().card(1).undated
    pipeline.reopen(1)
    assert db.glance().card(1).undated
