"""What became of an offer, what is wanted of one, and what an end leaves."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.model.dossier import Dossier
from store.pipeline import Pipeline
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.store.conftest import Begin

TODAY = date(2026, 11, 23)


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    """Globex (1) made an offer five days ago, Hooli (2) interviews."""
    now = clock.moment
    clock.moment = now - timedelta(days=30)
    pipeline.add("Globex", "Engineer")
    pipeline.add("Hooli", "SRE")
    clock.moment = now - timedelta(days=14)
    pipeline.move(1, Stage.SECOND)
    pipeline.move(2, Stage.FIRST)
    clock.moment = now - timedelta(days=5)
    pipeline.move(1, Stage.OFFER)


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


@pytest.fixture
def dossier(db: Database) -> Callable[..., Dossier]:
    return lambda application_id=1: db.glance().dossier(application_id)


def open_rules(db: Database, application_id: int = 1) -> list[str]:
    return [due.rule for due in db.glance().follow_ups_of(application_id)]


def last_summary(dossier: Dossier) -> str:
    return dossier.timeline[0].summary


def test_an_offer_that_came_earlier_says_so_everywhere(
    pipeline: Pipeline, dossier: Callable[..., Dossier]
) -> None:
    pipeline.receive_offer(1, date(2026, 11, 12), kind="verbal")
    offer = dossier().offer
    assert offer is not None
    assert (offer.offered_on, offer.kind) == (date(2026, 11, 12), "verbal")
    assert dossier().card.stage_since == date(2026, 11, 12)
    assert last_summary(dossier()) == "verbal offer, offered on Thu 12 Nov"
    pipeline.receive_offer(1, kind="written")
    offer = dossier().offer
    assert offer is not None
    assert (offer.offered_on, offer.kind) == (date(2026, 11, 12), "written")
    pipeline.undo()
    pipeline.undo()
    assert dossier().card.stage_since == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("on", "kind", "says"),
    [
        (date(2026, 11, 24), None, "is in the future"),
        (date(2026, 11, 8), None, "It reached second on Mon 9 Nov; the offer cannot be earlier"),
        (date(2026, 11, 19), None, "Wed 18 Nov is noted for it already"),
        (None, "sealed", "There is no kind “sealed” of offer"),
    ],
)
def test_an_offer_cannot_have_come(
    on: date | None,
    kind: str | None,
    says: str,
    pipeline: Pipeline,
    dossier: Callable[..., Dossier],
) -> None:
    pipeline.offer(1, letter_on=date(2026, 11, 18))
    before = dossier()
    with pytest.raises(Refused, match=says):
        pipeline.receive_offer(1, on, kind=kind)
    assert dossier() == before


def test_a_board_that_begins_with_an_offer_can_say_when_it_came(
    pipeline: Pipeline, dossier: Callable[..., Dossier]
) -> None:
    added = pipeline.add("Stark", "Engineer", stage=Stage.OFFER, applied_on=date(2026, 11, 2))
    card = added.application_id
    pipeline.receive_offer(card, date(2026, 11, 10))
    assert dossier(card).offered_on == date(2026, 11, 10)
    with pytest.raises(Refused, match="It reached applied on Mon 2 Nov"):
        pipeline.receive_offer(card, date(2026, 11, 1))


def test_thanks_after_their_reminder_was_skipped_are_kept_too(
    pipeline: Pipeline, db: Database, dossier: Callable[..., Dossier]
) -> None:
    (reminder,) = [due for due in db.glance().follow_ups_of(1) if due.rule == "R12"]
    pipeline.skip(reminder.id)
    pipeline.thank_for_offer(1)
    assert dossier().acknowledged_on == TODAY
    assert [m.kind for m in dossier().messages] == ["acknowledgement"]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda p: p.thank_for_offer(1, on=date(2026, 11, 15)), "lies before the offer itself"),
        (lambda p: p.thank_for_offer(1, on=date(2026, 11, 24)), "is in the future"),
        (lambda p: p.thank_for_offer(2), "No offer yet"),
        (lambda p: p.receive_offer(2, TODAY), "No offer yet"),
    ],
)
def test_what_cannot_be_is_refused(
    act: Callable[[Pipeline], object],
    says: str,
    pipeline: Pipeline,
    dossier: Callable[..., Dossier],
) -> None:
    before = dossier()
    with pytest.raises(Refused, match=says):
        act(pipeline)
    assert dossier() == before


def test_what_was_said_by_mistake_can_be_unsaid(
    pipeline: Pipeline, db: Database, dossier: Callable[..., Dossier]
) -> None:
    pipeline.deadline(1, date(2026, 12, 4), time(17))
    pipeline.offer(
        1,
        letter_on=date(2026, 11, 18),
        signed_on=date(2026, 11, 20),
        extension_asked_on=date(2026, 11, 19),
        counter_sent_on=date(2026, 11, 19),
        reference_check_on=TODAY,
    )
    named = {
        "letter_on": "letter_on",
        "signed_on": "signed_on",
        "extension_asked_on": "extension_asked_on",
        "counter_sent_on": "counter_sent_on",
        "deadline": "deadline_on",
    }
    for what, name in named.items():
        assert getattr(dossier().offer, name) is not None
        pipeline.unsay(1, what)
        assert getattr(dossier().offer, name) is None
    assert dossier().offer is not None
    assert dossier().offer.deadline_at is None
    pipeline.unsay(1, "reference_check_on")
    assert dossier().reference_check_on is None
    assert last_summary(dossier()) == "no reference check"
    assert "R15" in open_rules(db), "without a deadline, one is to be asked for again"


def test_a_criterion_is_renamed_and_weighed_anew_with_its_scores(
    pipeline: Pipeline, db: Database, dossier: Callable[..., Dossier]
) -> None:
    pipeline.criterion("Pay", 3)
    pipeline.criterion("Team", 5)
    pipeline.score(1, 1, 8)
    pipeline.edit_criterion(1, "Base  pay", 4)
    assert [(c.name, c.weight) for c in db.glance().criteria()] == [("Team", 5), ("Base pay", 4)]
    assert dossier().offer is not None
    assert dossier().offer.scores == {1: 8}
    pipeline.edit_criterion(1, "BASE PAY", 4)
    assert "BASE PAY" in [c.name for c in db.glance().criteria()]
    with pytest.raises(Refused, match="There is a criterion “Team” already"):
        pipeline.edit_criterion(1, "team", 4)
    with pytest.raises(Refused, match="from 1 to 5"):
        pipeline.edit_criterion(1, "Pay", 6)
    with pytest.raises(NotFound, match="no longer exists"):
        pipeline.edit_criterion(99, "Pay", 5)


def rejected(pipeline: Pipeline, clock: FixedClock) -> None:
    """Hooli said no after an interview."""
    pipeline.interview(2, datetime(2026, 11, 20, 10, tzinfo=clock.zone))
    pipeline.close(2, Outcome.REJECTED)


def test_the_lesson_is_one_change(
    pipeline: Pipeline, clock: FixedClock, dossier: Callable[..., Dossier]
) -> None:
    rejected(pipeline, clock)
    before = dossier(2)
    pipeline.lesson(
        2,
        reason="They wanted more Rust.",
        lesson_keep="The story about the outage.",
        lesson_change="Ask for the agenda.",
        feedback_asked=True,
        thanked_on=TODAY,
        stay_in_touch=False,
        ticks={"RC-04": True, "RC-09": False},
    )
    after = dossier(2)
    assert after.fields["reason"] == "They wanted more Rust."
    assert after.fields["lesson_keep"] == "The story about the outage."
    assert after.fields["lesson_change"] == "Ask for the agenda."
    assert (after.feedback_asked, after.stay_in_touch) == (True, False)
    assert after.thanked_rejection_on == TODAY
    assert "RC-04" in after.ticked
    assert "RC-09" not in after.ticked
    pipeline.lesson(2, ticks={"RC-04": False})
    assert dossier(2).ticked == frozenset()
    assert dossier(2).fields["lesson_keep"], "what is not said stays"
    pipeline.undo()
    pipeline.undo()
    assert dossier(2)._replace(card=before.card) == before


def test_thanks_in_the_lesson_end_the_reminder_for_them(
    pipeline: Pipeline, db: Database, clock: FixedClock, dossier: Callable[..., Dossier]
) -> None:
    rejected(pipeline, clock)
    clock.moment += timedelta(hours=3)
    assert "R19" in open_rules(db, 2)
    pipeline.lesson(2, thanked_on=TODAY, feedback_asked=False)
    assert "R19" not in open_rules(db, 2)
    assert not dossier(2).feedback_asked, "the form knows better than the reminder"
    assert [m.direction for m in dossier(2).messages] == ["out"]
    pipeline.lesson(2, thanked_on=TODAY)
    assert len(dossier(2).messages) == 1, "thanked once, however often it is saved"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"thanked_on": date(2026, 11, 22)}, "It ended on Mon 23 Nov; thanks for that cannot be"),
        ({"thanked_on": date(2026, 11, 24)}, "is in the future"),
        ({"lesson_keep": "x" * 1_001}, "1,001 characters"),
        ({"ticks": {"A-1": True}}, "There is no item “A-1” in the checklist"),
        ({"ticks": {"RC-99": True}}, "There is no item “RC-99”"),
    ],
)
def test_a_lesson_that_cannot_be_changes_nothing(
    values: dict[str, object],
    says: str,
    pipeline: Pipeline,
    clock: FixedClock,
    dossier: Callable[..., Dossier],
) -> None:
    rejected(pipeline, clock)
    before = dossier(2)
    with pytest.raises(Refused, match=says):
        pipeline.lesson(2, **{"reason": "r", **values})
    assert dossier(2) == before


def test_an_application_that_is_not_over_has_no_lesson_yet(pipeline: Pipeline) -> None:
    with pytest.raises(Refused, match="is still open"):
        pipeline.lesson(2, reason="r")


def test_a_preset_can_be_chosen_with_the_other_fields(
    pipeline: Pipeline, db: Database, dossier: Callable[..., Dossier]
) -> None:
    made = pipeline.add("Initech", "Dev", preset="slow", applied_on=TODAY)
    assert made.card is not None
    usual = pipeline.add("Vandelay", "Dev", applied_on=TODAY).card
    assert usual is not None
    slow, standard = (db.glance().follow_ups_of(card.id)[0].due_on for card in (made.card, usual))
    assert slow > standard
    pipeline.edit(made.card.id, {"preset": ""})
    assert dossier(made.card.id).preset == ""
    assert db.glance().follow_ups_of(made.card.id)[0].due_on == standard
    with pytest.raises(Refused, match="There is no preset “turbo”"):
        pipeline.edit(made.card.id, {"preset": "turbo"})


def test_an_offer_is_the_decision_that_was_waited_for(
    pipeline: Pipeline, dossier: Callable[..., Dossier]
) -> None:
    pipeline.log_reply(2, decides_by=date(2026, 12, 1), said="early in december")
    assert dossier(2).card.expected_by == date(2026, 12, 1)
    pipeline.move(2, Stage.OFFER)
    assert dossier(2).card.expected_by is None
    assert dossier(2).expected_set_on is None
    assert dossier(2).fields["expected_text"] == ""
    pipeline.undo()
    assert dossier(2).card.expected_by == date(2026, 12, 1)


def test_a_debrief_that_is_written_after_the_offer_brings_no_date_back(
    pipeline: Pipeline, dossier: Callable[..., Dossier], clock: FixedClock
) -> None:
    talk = pipeline.interview(2, clock.moment - timedelta(days=1)).made
    assert talk is not None
    pipeline.move(2, Stage.OFFER)
    pipeline.debrief(talk, promised_by=date(2026, 12, 1))
    assert dossier(2).card.expected_by is None
    assert dossier(2).debriefs[0].promised_by == date(2026, 12, 1)


@pytest.mark.parametrize("stage", list(Stage))
def test_references_can_be_announced_in_any_stage(
    stage: Stage, pipeline: Pipeline, dossier: Callable[..., Dossier]
) -> None:
    made = pipeline.add("Initech", "Dev", stage=stage).application_id
    assert made is not None
    pipeline.offer(made, reference_check_on=date(2026, 11, 27))
    known = dossier(made)
    assert known.reference_check_on == date(2026, 11, 27)
    assert known.references_announced_on == TODAY


@pytest.mark.parametrize(
    ("said", "checked", "announced"),
    [
        ({"reference_check_on": date(2026, 11, 20)}, date(2026, 11, 20), date(2026, 11, 20)),
        (
            {"reference_check_on": date(2026, 11, 27), "announced_on": date(2026, 11, 19)},
            date(2026, 11, 27),
            date(2026, 11, 19),
        ),
        ({"announced_on": date(2026, 11, 19)}, None, date(2026, 11, 19)),
    ],
)
def test_when_a_check_was_announced(
    said: dict[str, date],
    checked: date | None,
    announced: date,
    pipeline: Pipeline,
    dossier: Callable[..., Dossier],
) -> None:
    pipeline.offer(2, **said)  # type: ignore[arg-type]
    known = dossier(2)
    assert (known.reference_check_on, known.references_announced_on) == (checked, announced)
    pipeline.unsay(2, "reference_check_on")
    known = dossier(2)
    assert (known.reference_check_on, known.references_announced_on) == (None, None)


def test_another_day_for_the_calls_leaves_when_they_were_announced(
    pipeline: Pipeline, dossier: Callable[..., Dossier]
) -> None:
    pipeline.offer(2, reference_check_on=date(2026, 11, 27), announced_on=date(2026, 11, 19))
    pipeline.offer(2, reference_check_on=date(2026, 12, 1))
    assert dossier(2).references_announced_on == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"announced_on": date(2026, 11, 24)}, "is in the future"),
        (
            {"announced_on": TODAY, "reference_check_on": date(2026, 11, 20)},
            "References are called on Fri 20 Nov; that cannot have been announced later",
        ),
        ({"announced_on": date(2026, 10, 1)}, "lies before the application itself"),
        ({"starts_on": date(2026, 11, 1)}, "lies before the offer itself"),
    ],
)
def test_days_that_cannot_be_are_refused(
    said: dict[str, date], says: str, pipeline: Pipeline
) -> None:
    with pytest.raises(Refused, match=says):
        pipeline.offer(1, **said)  # type: ignore[arg-type]


def test_the_first_day_is_set_on_the_accepted_card(
    pipeline: Pipeline, dossier: Callable[..., Dossier]
) -> None:
    pipeline.close(1, Outcome.ACCEPTED)
    pipeline.offer(1, starts_on=date(2027, 2, 1))
    offer = dossier().offer
    assert offer is not None
    assert offer.starts_on == date(2027, 2, 1)
    assert last_summary(dossier()) == "first day: Mon 1 Feb 2027"
    pipeline.unsay(1, "starts_on")
    offer = dossier().offer
    assert offer is not None
    assert offer.starts_on is None
    with pytest.raises(Refused, match="No offer yet"):
        pipeline.offer(2, starts_on=date(2027, 2, 1))


def test_references_are_warned_of_a_check_after_the_yes_too(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    pipeline.close(1, Outcome.ACCEPTED)
    pipeline.offer(1, reference_check_on=date(2026, 11, 25), starts_on=date(2026, 11, 26))
    assert "warn_references" in [due.action for due in db.glance().due()]
    assert db.glance().card(1).follow_up is not None
    clock.moment += timedelta(days=4)
    assert "warn_references" not in [due.action for due in db.glance().due()]


def test_a_deadline_that_was_asked_for(pipeline: Pipeline, dossier: Callable[..., Dossier]) -> None:
    pipeline.offer(1, deadline_asked_on=date(2026, 11, 20))
    offer = dossier().offer
    assert offer is not None
    assert offer.deadline_asked_on == date(2026, 11, 20)
    pipeline.move(1, Stage.SECOND)
    pipeline.move(1, Stage.OFFER)
    offer = dossier().offer
    assert offer is not None
    assert offer.deadline_asked_on is None


def test_who_asks_for_the_deadline_has_asked(
    pipeline: Pipeline, db: Database, dossier: Callable[..., Dossier]
) -> None:
    thanks = next(d for d in db.glance().follow_ups_of(1) if d.rule == "R12")
    pipeline.skip(thanks.id)
    asking = next(d for d in db.glance().follow_ups_of(1) if d.action == "ask_deadline")
    pipeline.complete(asking.id, on=date(2026, 11, 20))
    offer = dossier().offer
    assert offer is not None
    assert offer.deadline_asked_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("verbal", "deadline", "asked_deadline", "nudges"),
    [(False, False, True, 0), (True, False, True, 1), (True, True, False, 1)],
)
def test_the_thanks_ask_for_what_is_open(
    verbal: bool,
    deadline: bool,
    asked_deadline: bool,
    nudges: int,
    pipeline: Pipeline,
    dossier: Callable[..., Dossier],
) -> None:
    pipeline.offer(1, kind="verbal" if verbal else "written")
    if deadline:
        pipeline.deadline(1, date(2026, 11, 30))
    pipeline.thank_for_offer(1, on=date(2026, 11, 20))
    known = dossier()
    assert known.offer is not None
    assert known.offer.acknowledged_on == date(2026, 11, 20)
    assert (known.offer.deadline_asked_on is not None) == asked_deadline
    assert [m.kind for m in known.messages].count("acknowledgement") == 1
    assert [m.kind for m in known.messages].count("nudge") == nudges
    pipeline.undo()
    assert dossier().offer is not None
    assert not dossier().messages
