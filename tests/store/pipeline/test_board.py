"""The board as a whole: sorting by hand."""

import pytest

from store.clock import FixedClock
from store.file.database import Database
from store.pipeline import Pipeline
from store.rules.stages import Stage
from tests.store.conftest import Begin


def begun(pipeline: Pipeline, clock: FixedClock) -> None:
    for company in "ABCDE":
        pipeline.add(company, "Engineer")


@pytest.fixture
def begin() -> Begin:
    """All tests begin with that."""
    return begun


def lane(db: Database) -> str:
    return "".join(card.company for card in db.glance().board().lanes[Stage.APPLIED])


def ids(db: Database, companies: str) -> list[int]:
    by_name = {card.company: card.id for card in db.glance().cards()}
    return [by_name[name] for name in companies]


def positions_written(db: Database) -> int:
    with db.writing() as session:
        query = (
            "SELECT count(*) FROM row_image WHERE table_name = 'application' "
            "AND change_id = (SELECT max(id) FROM change)"
        )
        return int(session.connection().exec_driver_sql(query).scalar_one())


@pytest.mark.parametrize("order", ["BACDE", "EABCD", "BCDEA", "ABCED", "EDCBA", "ACDBE"])
def test_the_order_by_hand_is_kept(pipeline: Pipeline, db: Database, order: str) -> None:
    pipeline.reorder(Stage.APPLIED, ids(db, "ABCDE"))
    pipeline.reorder(Stage.APPLIED, ids(db, order))
    assert lane(db) == order
    assert db.glance().board().by_hand == {Stage.APPLIED}


def test_one_step_by_hand_writes_one_card(pipeline: Pipeline, db: Database) -> None:
    pipeline.reorder(Stage.APPLIED, ids(db, "ABCDE"))
    for order in ("BACDE", "BCADE", "BCDAE", "BCDEA", "ABCDE"):
        pipeline.reorder(Stage.APPLIED, ids(db, order))
        assert lane(db) == order
        assert positions_written(db) == 1


def test_a_thousand_steps_between_the_same_two(pipeline: Pipeline, db: Database) -> None:
    pipeline.reorder(Stage.APPLIED, ids(db, "ABCDE"))
    for _ in range(70):
        for order in ("ACBDE", "ABCDE"):
            pipeline.reorder(Stage.APPLIED, ids(db, order))
            assert lane(db) == order


def test_new_cards_come_first_in_a_lane_by_hand(pipeline: Pipeline, db: Database) -> None:
    pipeline.reorder(Stage.APPLIED, ids(db, "EDCBA"))
    pipeline.add("New", "Engineer")
    assert lane(db) == "NewEDCBA"
    pipeline.reorder(Stage.APPLIED, [*ids(db, "E"), 6, *ids(db, "DCBA")])
    assert lane(db) == "ENewDCBA"


def test_back_to_urgency_and_undone(pipeline: Pipeline, db: Database) -> None:
    pipeline.reorder(Stage.APPLIED, ids(db, "EDCBA"))
    pipeline.sort_lane(Stage.APPLIED, "urgency")
    assert lane(db) == "ABCDE"
    assert db.glance().board().by_hand == frozenset()
    pipeline.undo()
    assert lane(db) == "EDCBA"
