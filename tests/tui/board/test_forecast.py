"""What a move will lead to: shown before it is stored, and the same as what is stored then."""

from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.clock import FixedClock
from store.exchange.incoming import Incoming
from store.file.database import open_database
from store.model.board import Card
from store.model.dossier import Dossier, Due
from store.pipeline import Pipeline
from store.read.glance import Glance, open_glance
from store.rules.followups.presets import rules_for
from store.rules.stages import Outcome, Stage
from tests.conftest import LONG
from tests.makers import card
from tui.board.forecast import foresee_card, foresee_page, others_of

ZONE = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)
TODAY = NOW.date()
DAY = timedelta(days=1)


class Search:
    """Makes one application after the other, each on the day on which it happened."""

    def __init__(self, pipeline: Pipeline, clock: FixedClock) -> None:
        self.p = pipeline
        self.clock = clock
        self.ids: list[int] = []

    def on(self, days_ago: int, hour: int = 9) -> "Search":
        self.clock.moment = datetime.combine(TODAY - timedelta(days=days_ago), time(hour), ZONE)
        return self

    def add(self, company: str, **details: Any) -> int:
        written = self.p.add(company, "Engineer", applied_on=self.clock.moment.date(), **details)
        assert written.application_id is not None
        self.ids.append(written.application_id)
        return written.application_id


def silent(it: Search) -> None:
    it.on(30).add("Acme")
    it.on(12).add("Globex", contact_name="Ana Ruiz")


def inquired(it: Search) -> None:
    card = it.on(20).add("Acme")
    (due,) = it.p.database.glance().due(days=30)
    it.on(8).p.complete(due.id)
    it.on(3).p.note(card, "They use Python.")


def reminded(it: Search) -> None:
    card = it.on(20).add("Acme")
    it.p.remind(card, TODAY + timedelta(days=1), "Look at their site")
    (due, *_) = it.p.database.glance().due(days=30)
    it.on(2).p.snooze(due.id, TODAY + timedelta(days=2))


def recruited(it: Search) -> None:
    card = it.on(20).add("Acme", via_recruiter="Rita")
    it.p.edit(card, {"no_contact": False, "closing_on": TODAY + timedelta(days=1)})
    it.on(5).p.log_reply(card, decides_by=TODAY + timedelta(days=3), said="next week")
    it.on(20).add("Globex", no_contact=True)


def invited(it: Search) -> None:
    card = it.on(20).add("Acme")
    it.on(1, 17).p.interview(card, None)


def interviewed(it: Search) -> None:
    card = it.on(20).add("Acme")
    at = NOW - timedelta(days=1, hours=2)
    made = it.on(4).p.interview(card, at, minutes=45, people="Ana Ruiz, Bo Lind").made
    assert made is not None
    it.clock.moment = at + timedelta(hours=3)
    it.p.debrief(
        made,
        mood=4,
        wish=5,
        points=[("concern", "Has led no team", False), ("my_promise", "Send the talk", False)],
    )
    (thanks, *_) = (d for d in it.p.database.glance().due(days=30) if d.rule == "R7")
    it.p.complete(thanks.id)
    it.on(0).p.interview(card, NOW + timedelta(days=2), stage=Stage.SECOND, people="Cy")


def not_held(it: Search) -> None:
    card = it.on(20).add("Acme")
    made = it.on(4).p.interview(card, NOW - timedelta(days=1), people="Ana").made
    assert made is not None
    it.on(0, 8).p.mark_held(made, False)
    again = it.p.interview(card, NOW + timedelta(days=3)).made
    assert again is not None
    it.p.cancel_interview(again)


def offered(it: Search) -> None:
    card = it.on(20).add("Acme", stage=Stage.OFFER)
    it.p.deadline(card, TODAY + timedelta(days=4))
    it.on(20).add("Globex", stage=Stage.SECOND)
    it.on(9).add("Hooli", stage=Stage.FIRST)
    it.on(3).add("Initech")


def referenced(it: Search) -> None:
    card = it.on(20).add("Acme", stage=Stage.SECOND)
    it.on(1).p.offer(card, reference_check_on=TODAY - timedelta(days=1))


def accepted(it: Search) -> None:
    card = it.on(20).add("Acme", stage=Stage.OFFER)
    it.on(15).add("Globex", stage=Stage.SECOND)
    it.on(12).add("Hooli")
    it.on(1).p.close(card, Outcome.ACCEPTED)
    (due, *_) = it.p.database.glance().due(days=30)
    it.on(0, 8).p.skip(due.id)


def with_preset(it: Search) -> None:
    it.on(12).p.preset(it.add("Acme", stage=Stage.FIRST), "uk")


def told(it: Search) -> None:
    card = it.on(20).add("Acme", stage=Stage.OFFER)
    it.on(20).add("Globex", stage=Stage.SECOND)
    (due,) = (d for d in it.p.database.glance().due(days=30) if d.rule == "R16")
    it.on(4).p.complete(due.id)
    it.on(2).p.deadline(card, TODAY + timedelta(days=4))


def one_employer(it: Search) -> None:
    offered(it)
    it.on(1).p.same_employer("Globex", "Acme")
    it.p.same_employer("Initech", "Hooli")


def accepted_there(it: Search) -> None:
    accepted(it)
    it.on(0, 8).p.same_employer("Globex", "Acme")


def imported(it: Search) -> None:
    days = (30, 12, 3)
    rows = [
        Incoming(line=0, company=f"Company {number}", role="Engineer", applied_on=TODAY - day * DAY)
        for number, day in enumerate(days)
    ]
    it.on(0, 8).p.bring_in(rows, source="a file")
    it.p.move(1, Stage.FIRST)


def decided_later(it: Search) -> None:
    """They named a day, and there is an offer elsewhere: the same line is for another day in
    interviews."""
    card = it.on(9).add("Acme")
    it.p.deadline(it.on(1).add("Globex", stage=Stage.OFFER), TODAY + 4 * DAY)
    it.on(0).p.log_reply(card, decides_by=TODAY, said="next week")


def moved_back(it: Search) -> None:
    imported(it)
    decided_later(it)
    offered(it)
    for moved in (1, 2, 4):
        it.on(0, 9).p.move(moved, Stage.SECOND)
        it.p.move(moved, Stage.APPLIED)


SEARCHES = (
    silent,
    imported,
    decided_later,
    moved_back,
    inquired,
    reminded,
    recruited,
    invited,
    interviewed,
    not_held,
    offered,
    told,
    referenced,
    accepted,
    with_preset,
    one_employer,
    accepted_there,
)


def alike(page: Dossier) -> Dossier:
    """The page without what only the store can know: new ids, versions."""
    dues = tuple(e._replace(due=e.due._replace(id=0)) for e in page.follow_ups)
    due = page.card.follow_up
    return page._replace(
        card=page.card._replace(version=0, follow_up=due._replace(id=0) if due else None),
        follow_ups=dues,
        timeline=tuple(entry._replace(change_id=0) for entry in page.timeline),
        offer=page.offer._replace(scores={}) if page.offer else None,
    )


def can_be_done(due: Due) -> bool:
    return not due.waits(NOW) and (due.not_before is None or due.not_before <= NOW)


def every_move(glance: Glance) -> list[tuple[Card, Stage]]:
    cards = sorted(glance.board().cards(), key=lambda card: card.id)
    return [(card, stage) for card in cards for stage in Stage if stage is not card.stage]


@pytest.mark.proof
@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search.__name__)
def test_what_is_foreseen_is_what_is_stored(tmp_path: Path, new_board: bytes, search: Any) -> None:
    path, clock = tmp_path / "board.db", FixedClock(NOW)
    path.write_bytes(new_board)
    with closing(open_database(path, clock)) as database:
        pipeline = Pipeline(database)
        search(Search(pipeline, clock))
        clock.moment = NOW
        glance = open_glance(path, clock)
        assert glance is not None
        with closing(glance):
            moves = every_move(glance) if LONG else every_move(glance)[::2]
            assert moves
            for card, stage in moves:
                page, others = glance.dossier(card.id), others_of(glance.board(), card, stage)
                rules = rules_for(card_preset=page.preset)
                foreseen = foresee_page(page, card, stage, NOW, rules, others)
                written = pipeline.move(card.id, stage)
                assert written.card is not None
                assert alike(foreseen) == alike(glance.dossier(card.id)), (card.company, stage)
                shown = (e.due for e in foreseen.follow_ups if e.state == "open")
                first = next(
                    (due._replace(recruiter="") for due in shown if can_be_done(due)), None
                )
                assert foreseen.card.follow_up == first
                pipeline.undo()


def test_without_its_page_a_card_keeps_what_follows_from_itself() -> None:
    moved = foresee_card(card(), Stage.FIRST, NOW)
    assert (moved.stage, moved.stage_since, moved.follow_up) == (Stage.FIRST, TODAY, None)
