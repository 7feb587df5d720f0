"""What a change made and touched, and the stamps and searches that reading knows of."""

from contextlib import closing
from datetime import date, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.file.database import Database
from store.model.board import Card
from store.pipeline import Pipeline
from store.read.changes import Made, Touched, read_touched
from store.read.glance import read_stamps
from store.read.searches import read_search, read_searches
from store.rules.stages import Outcome, Stage
from tests.store.conftest import Begin


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", contact_name="Ana", note="x", posted_on=date(2026, 10, 1))
    pipeline.add("Initech", "Writer")


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


def touched(db: Database, change_id: int) -> Touched:
    with closing(db.glance()) as glance:
        return read_touched(glance, change_id)


def test_what_was_added_has_its_kind_and_id(db: Database, pipeline: Pipeline) -> None:
    added = touched(db, 1)
    assert set(added.made) == {
        Made("application", 1, 1),
        Made("contact", 1, 1),
        Made("note", 1, 1),
    }
    assert added.applications == (1,)
    assert touched(db, pipeline.assignment(2, "Case").change_id).made == (Made("task", 1, 2),)
    reminded = touched(db, pipeline.remind(2, date(2026, 12, 1), "call").change_id)
    ((kind, _, owner),) = reminded.made
    assert (kind, owner) == ("follow_up", 2), "those that the rules plan are not made by anybody"


def test_several_applications_are_all_told(db: Database, pipeline: Pipeline) -> None:
    closed = pipeline.close_all([1, 2], Outcome.WITHDRAWN)
    assert touched(db, closed.change_id).applications == (1, 2)


def test_an_undo_makes_nothing_and_is_about_what_it_took_back(
    db: Database, pipeline: Pipeline
) -> None:
    with closing(db.glance()) as glance:
        number = glance.card(1).follow_up
    assert number is not None
    done = touched(db, pipeline.complete(number.id).change_id)
    assert done.follow_ups == (number.id,)
    assert [made.kind for made in done.made] == ["message"]
    undone = touched(db, pipeline.undo().change_id)
    assert undone == done._replace(made=())
    assert touched(db, 99) == Touched()


def test_stamps_are_of_all_or_of_one(db: Database, pipeline: Pipeline) -> None:
    with closing(db.glance()) as glance:
        both, one = read_stamps(glance), read_stamps(glance, 1)
        assert both.keys() == {1, 2}
        assert one == {1: both[1]}
        assert one[1].posted_on == date(2026, 10, 1)
        assert read_stamps(glance, 2**63) == {}
    pipeline.move(2, Stage.FIRST)
    with closing(db.glance()) as glance:
        assert read_stamps(glance)[2].created_at == both[2].created_at


def test_searches_are_known_by_their_names(db: Database, pipeline: Pipeline) -> None:
    pipeline.save_search("Café", "tag:remote")
    pipeline.save_search("Week", "due<7d")
    with closing(db.glance()) as glance:
        assert read_searches(glance) == {"Café": "tag:remote", "Week": "due<7d"}
        assert read_search(glance, " cafe") == "tag:remote"
        with pytest.raises(NotFound, match="Did you mean “week”"):
            read_search(glance, "weak")


def line(card: Card) -> tuple[object, ...]:
    """What a line of a list shows of a card."""
    due = card.follow_up._replace(employer="") if card.follow_up else None
    return card[:1] + card[2:7] + (card.quiet_on, card.waiting, due, card.interview)


@pytest.mark.parametrize("closed", [None, True, False])
def test_a_lean_card_knows_what_a_line_of_a_list_shows(
    db: Database, pipeline: Pipeline, clock: FixedClock, closed: bool | None
) -> None:
    pipeline.close(2, Outcome.REJECTED)
    pipeline.add("Hooli", "Engineer", applied_on=date(2026, 5, 1))
    pipeline.interview(1, clock.moment + timedelta(days=2))
    with closing(db.glance()) as glance:
        whole, lean = glance.cards(closed=closed), glance.cards(closed=closed, lean=True)
    assert list(map(line, lean)) == list(map(line, whole))
    assert whole
    assert lean != whole
