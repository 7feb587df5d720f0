"""What an offer or an acceptance on one card changes on the others, planned in the short way."""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.clock import FixedClock
from store.errors import Conflict, NotFound
from store.file.database import Database, open_database
from store.model.board import Due
from store.pipeline import Pipeline
from store.pipeline.facts import Outlook, read_outlook
from store.rules.followups.facts import Acceptance, OtherOffer
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.conftest import examples

DAY = date(2026, 11, 23)
_FINGERPRINTS = count()


def add(pipeline: Pipeline, company: str, stage: Stage) -> int:
    written = pipeline.add(company, "Engineer", stage=stage, applied_on=DAY - timedelta(days=20))
    assert written.application_id is not None
    return written.application_id


def outlook(db: Database) -> Outlook:
    with db.writing() as session:
        return read_outlook(session)


def told(db: Database) -> dict[str, list[str]]:
    """By company, why its employer is to hear of an offer or of an acceptance."""
    found: dict[str, list[str]] = {}
    for due in db.glance().due(days=400):
        if due.rule in ("R16", "R18"):
            found.setdefault(due.company, []).append(due.reason)
    return found


def test_of_many_offers_the_two_earliest_are_read_of_acceptances_the_two_latest(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    ids = {}
    for company in ("Acme", "Globex", "Hooli"):
        ids[company] = add(pipeline, company, Stage.OFFER)
        clock.moment += timedelta(days=1)
    seen = outlook(db)
    assert [offer.company for offer in seen.offers] == ["Acme", "Globex"]
    assert seen.offer_besides(None) == OtherOffer(ids["Acme"], "Acme", DAY, employer="acme")
    assert seen.offer_besides(ids["Acme"]) == OtherOffer(
        ids["Globex"], "Globex", DAY + timedelta(days=1), employer="globex"
    )
    for company in ("Acme", "Globex", "Hooli"):
        pipeline.close(ids[company], Outcome.ACCEPTED)
        clock.moment += timedelta(days=1)
    seen = outlook(db)
    assert seen.offers == ()
    assert [accepted.company for accepted in seen.acceptances] == ["Hooli", "Globex"]
    assert seen.acceptance_besides(ids["Hooli"]) == Acceptance(
        ids["Globex"], "Globex", DAY + timedelta(days=4), "globex"
    )


def test_an_offer_concerns_those_in_interviews_and_nobody_else(
    pipeline: Pipeline, db: Database
) -> None:
    first = add(pipeline, "Initech", Stage.FIRST)
    second = add(pipeline, "Umbrella", Stage.SECOND)
    add(pipeline, "Hooli", Stage.APPLIED)
    offer = add(pipeline, "Acme", Stage.SECOND)
    written = pipeline.move(offer, Stage.OFFER)
    assert written.also == (first, second)
    assert set(told(db)) == {"Initech", "Umbrella"}
    later = pipeline.move(add(pipeline, "Globex", Stage.SECOND), Stage.OFFER)
    assert later.also == (), "the earliest offer is still the same"
    assert pipeline.move(offer, Stage.SECOND).also == (first, second)
    assert all("Globex" in why for whys in told(db).values() for why in whys)
    pipeline.undo()
    assert all("Acme" in why for whys in told(db).values() for why in whys)


def test_what_the_user_did_about_an_offer_is_not_asked_again(
    pipeline: Pipeline, db: Database
) -> None:
    card = add(pipeline, "Initech", Stage.FIRST)
    offer = add(pipeline, "Acme", Stage.OFFER)
    (due,) = (due for due in db.glance().due(days=30) if due.rule == "R16")
    pipeline.complete(due.id)
    assert told(db) == {}
    pipeline.move(offer, Stage.SECOND)
    pipeline.move(offer, Stage.OFFER)
    assert told(db) == {}
    states = {e.due.rule: e.state for e in db.glance().dossier(card).follow_ups}
    assert states["R16"] == "done"


def test_who_was_told_of_an_offer_hears_of_its_deadline_and_of_an_earlier_one(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    add(pipeline, "Initech", Stage.FIRST)
    add(pipeline, "Umbrella", Stage.SECOND)
    offer = add(pipeline, "Acme", Stage.OFFER)

    def dues() -> dict[str, Due]:
        rows = db.glance().due(days=30)
        return {due.company: due for due in rows if due.rule == "R16"}

    pipeline.complete(dues()["Initech"].id)
    pipeline.deadline(offer, DAY + timedelta(days=11))
    lines = {company: (due.nth, due.reason) for company, due in dues().items()}
    assert lines == {
        "Initech": (2, "you told them of the offer Mon 23 Nov; answer to Acme due Fri 4 Dec"),
        "Umbrella": (1, "offer from Acme Mon 23 Nov, answer due Fri 4 Dec"),
    }
    for due in dues().values():
        pipeline.complete(due.id)
    assert dues() == {}
    clock.moment += timedelta(days=1)
    pipeline.offer(offer, extended_to=DAY + timedelta(days=14))
    assert dues() == {}, "they have more time than they think"
    pipeline.deadline(offer, DAY + timedelta(days=3))
    earlier = {due.label for due in dues().values()}
    assert earlier == {"tell them your deadline elsewhere is earlier"}
    assert {due.due_on for due in dues().values()} == {DAY + timedelta(days=2)}
    pipeline.skip(dues()["Initech"].id)
    pipeline.complete(dues()["Umbrella"].id)
    assert dues() == {}
    pipeline.deadline(offer, DAY + timedelta(days=2))
    assert set(dues()) == {"Initech", "Umbrella"}
    pipeline.undo()
    assert dues() == {}


def test_who_is_told_late_of_an_offer_is_asked_nothing_for_a_week_from_then(
    pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    """The message goes out when its line comes into being, long after the offer."""
    add(pipeline, "Acme", Stage.OFFER)
    clock.moment += timedelta(days=10)
    held = clock.now() - timedelta(days=9)
    late = add(pipeline, "Initech", Stage.APPLIED)
    pipeline.interview(late, held)
    today = clock.now().date()
    for _ in range(2):
        lines = {
            one.action: one.due_on
            for one in db.glance().due(days=400)
            if one.application_id == late
        }
        assert lines["tell_date"] == today
        assert lines["inquire"] >= today + timedelta(days=7)
        assert pipeline.catch_up(f"rules {next(_FINGERPRINTS)}") == ()
    clock.moment += timedelta(days=3)
    assert pipeline.catch_up(f"rules {next(_FINGERPRINTS)}") == ()


def test_whether_planned_in_the_short_way_or_with_all_else_it_is_the_same(
    pipeline: Pipeline, db: Database
) -> None:
    card = add(pipeline, "Initech", Stage.FIRST)
    offer = add(pipeline, "Acme", Stage.OFFER)
    (due,) = (due for due in db.glance().due(days=30) if due.rule == "R16")
    pipeline.complete(due.id)
    pipeline.deadline(offer, DAY + timedelta(days=11))
    before = told(db)
    assert before
    pipeline.edit(card, {"salary": "60,000"})
    assert told(db) == before


def test_a_draft_and_a_snooze_stay_while_the_offer_does(pipeline: Pipeline, db: Database) -> None:
    card = add(pipeline, "Initech", Stage.FIRST)
    offer = add(pipeline, "Acme", Stage.OFFER)
    (due,) = (due for due in db.glance().due(days=30) if due.rule == "R16")
    pipeline.draft(card, "tell_date", "Subject: An offer", follow_up_id=due.id)
    pipeline.snooze(due.id, DAY + timedelta(days=2))
    pipeline.deadline(offer, DAY + timedelta(days=9))
    (draft,) = db.glance().dossier(card).drafts
    after = db.glance().follow_up(due.id)
    assert draft.follow_up_id == due.id
    assert (after.due_on, after.snoozed) == (DAY + timedelta(days=2), True)
    add(pipeline, "Globex", Stage.OFFER)
    pipeline.close(offer, Outcome.DECLINED)
    (draft,) = db.glance().dossier(card).drafts
    assert draft.follow_up_id not in (None, due.id), "it goes over to the offer that comes instead"


@pytest.mark.parametrize("how", ["reopen", "delete"])
def test_what_a_yes_ended_is_owed_again_when_the_yes_was_a_mistake(
    how: str, pipeline: Pipeline, db: Database, clock: FixedClock
) -> None:
    taken, rejected = add(pipeline, "Globex", Stage.OFFER), add(pipeline, "Hooli", Stage.APPLIED)
    pipeline.interview(rejected, clock.moment - timedelta(days=1))
    pipeline.close(rejected, Outcome.REJECTED)
    owed = [due.action for due in db.glance().follow_ups_of(rejected)]
    assert owed == ["thank", "thank_reply", "keep_in_touch", "look_again"]
    pipeline.close(taken, Outcome.ACCEPTED)
    assert db.glance().follow_ups_of(rejected) == ()
    getattr(pipeline, how)(taken)
    assert [due.action for due in db.glance().follow_ups_of(rejected)] == owed


Step = Callable[[Pipeline, int], object]
STEPS: dict[str, Step] = {
    **{f"to {stage}": lambda p, card, stage=stage: p.move(card, stage) for stage in Stage},
    "accept": lambda p, card: p.close(card, Outcome.ACCEPTED),
    "decline": lambda p, card: p.close(card, Outcome.DECLINED),
    "reject": lambda p, card: p.close(card, Outcome.REJECTED),
    "meet": lambda p, card: p.interview(card, p.database.clock.now() - timedelta(days=card)),
    "reopen": lambda p, card: p.reopen(card),
    "delete": lambda p, card: p.delete(card),
    "deadline": lambda p, card: p.deadline(card, DAY + timedelta(days=card)),
    "rename": lambda p, card: p.edit(card, {"company": f"Renamed {card}"}),
    "recruiter": lambda p, card: p.edit(card, {"via_recruiter": "Rita"}),
    "silent": lambda p, card: p.edit(card, {"no_contact": True}),
    "preset": lambda p, card: p.preset(card, "uk"),
    "one employer": lambda p, card: p.same_employer(f"Company {card - 1}", f"Company {card % 5}"),
    "two employers": lambda p, card: p.other_employer(f"Company {card - 1}", f"Company {card % 5}"),
    "undo": lambda p, _: p.undo(),
}


@pytest.fixture
def five(db: Database, path: Path) -> bytes:
    """The bytes of a board with five applications in interviews."""
    pipeline = Pipeline(db)
    for number in range(5):
        add(pipeline, f"Company {number}", (Stage.FIRST, Stage.SECOND)[number % 2])
    db.close()
    return path.read_bytes()


@settings(
    max_examples=examples(12, long=400),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 5)), max_size=12),
)
def test_planning_all_anew_changes_nothing(
    five: bytes, path: Path, clock: FixedClock, steps: list[tuple[str, int]]
) -> None:
    """Whatever was done, and in whatever order: the short way leads to the plan of the long one."""
    path.write_bytes(five)
    with closing(open_database(path, clock)) as database:
        pipeline = Pipeline(database)
        for name, card in steps:
            with suppress(Refused, NotFound, Conflict):
                STEPS[name](pipeline, card)
            assert pipeline.catch_up(f"rules {next(_FINGERPRINTS)}") == (), (name, card)
