"""The orders of a column and of the list: what comes first, what is not known, turned round."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from store.model.board import Card, _facts, urgency_key
from store.model.orders import LANE_ORDERS, ORDERS, goes_down, order_key
from store.read.glance import Stamps
from store.rules.stages import ORDER, Outcome, Stage
from store.rules.urgency import sort_key
from tests.makers import NOW, TODAY, card, due, interview_shown
from tests.tables import each_row

STAMPS: Mapping[int, Stamps] = {
    n: Stamps(None, None, False, NOW, NOW - timedelta(days=n)) for n in (1, 2, 3)
}


def cards(**fields: list[Any]) -> list[Card]:
    """Cards 1, 2 … with these values of one field, and alike otherwise."""
    ((name, values),) = fields.items()
    return [card(n, **{"company": "Same", name: value}) for n, value in enumerate(values, start=1)]


def order(name: str, shown: list[Card], *, turned: bool = False) -> list[int]:
    key = order_key(name, NOW, STAMPS, turned=turned)
    return [one.id for one in sorted(shown, key=key)]


DAY = timedelta(days=1)


@each_row(
    ("name", "shown", "natural", "turned"),
    [
        ("company", cards(company=["beta", "Álfa", "Gamma", "alfa b"]), [2, 4, 1, 3], [3, 1, 4, 2]),
        ("role", cards(role=["Writer", "SRE", "Éditeur"]), [3, 2, 1], [1, 2, 3]),
        (
            "stage",
            cards(stage=[Stage.OFFER, Stage.APPLIED, Stage.SECOND]),
            [2, 3, 1],
            [1, 3, 2],
        ),
        (
            "applied",
            cards(applied_on=[TODAY - 3 * DAY, None, TODAY, TODAY - DAY]),
            [3, 4, 1, 2],
            [1, 4, 3, 2],
        ),
        (
            "salary",
            cards(salary=["80k", "", "on request", "90–105k EUR", "$95,000"]),
            [4, 5, 1, 2, 3],
            [1, 5, 4, 2, 3],
        ),
        ("tags", cards(tags=[("remote",), (), ("big", "remote")]), [3, 1, 2], [1, 3, 2]),
        (
            "due",
            cards(follow_up=[due(3), None, due(-1)]),
            [3, 1, 2],
            [1, 3, 2],
        ),
        (
            "when",
            cards(follow_up=[due(3), None, due(-1), due(0, fold="imported")]),
            [3, 1, 4, 2],
            [4, 1, 3, 2],
        ),
        ("changed", [card(n) for n in (4, 3, 1, 2)], [1, 2, 3, 4], [3, 2, 1, 4]),
    ],
)
def test_what_comes_first_and_what_is_not_known_is_last(
    name: str, shown: list[Card], natural: list[int], turned: list[int]
) -> None:
    assert order(name, shown) == natural
    assert order(name, shown, turned=True) == turned


def test_what_is_late_stands_above_what_is_due_today_and_the_longest_quiet_first() -> None:
    now = NOW.replace(hour=12)
    shown = [
        card(1, follow_up=due(0)),
        card(2, follow_up=due(0, due_at=now - timedelta(minutes=3))),
        card(3, company="B", quiet_on=TODAY),
        card(9, company="C", quiet_on=TODAY),
    ]
    key = order_key("when", now, STAMPS)
    assert [one.id for one in sorted(shown, key=key)] == [2, 1, 9, 3]


def test_urgency_is_the_order_of_the_board_and_turns_whole() -> None:
    shown = [card(1, follow_up=due(5)), card(2, follow_up=due(-2)), card(3, follow_up=due(0))]
    assert order("urgency", shown) == [2, 3, 1]
    assert order("urgency", shown, turned=True) == [1, 3, 2]


def test_alike_cards_are_by_company_whichever_way_round() -> None:
    shown = [card(n, company=name, applied_on=TODAY) for n, name in ((1, "B"), (2, "A"), (3, "A"))]
    for name in ("stage", "salary", "applied"):
        assert order(name, shown) == order(name, shown, turned=True) == [2, 3, 1]


def test_by_hand_a_card_without_a_place_stands_first() -> None:
    shown = [card(1, position=2.0), card(2, position=None), card(3, position=-1.0)]
    assert order("hand", shown) == [2, 3, 1]


def test_a_lane_has_orders_that_there_are_and_the_arrow_knows_the_direction() -> None:
    assert set(LANE_ORDERS) - {"hand"} <= set(ORDERS)
    down = {name for name in ORDERS if goes_down(name)}
    assert down == {"applied", "salary", "changed"}
    assert not goes_down("salary", turned=True)
    assert goes_down("company", turned=True)


def test_a_day_of_long_ago_is_a_day() -> None:
    shown = cards(applied_on=[date.min, date.max])
    assert order("applied", shown) == [2, 1]


@each_row(
    ("known", "lies_still"),
    [
        ({}, True),
        ({"met": True}, True),
        ({"undated": True, "company": "Ärger GmbH"}, True),
        ({"quiet_on": TODAY + DAY}, False),
        ({"quiet_on": None}, False),
        ({"follow_up": due(3)}, False),
        ({"interview": interview_shown()}, False),
        ({"deadline_on": TODAY - DAY}, False),
        ({"expected_by": TODAY - DAY}, False),
        ({"outcome": Outcome.NO_RESPONSE, "closed_on": TODAY}, False),
    ],
)
def test_a_card_that_lies_still_stands_where_the_rules_put_it(known, lies_still):
    for stage in ORDER:
        one = card(3, stage, **{"quiet_on": TODAY, **known})
        assert one.lies_still(TODAY) is lies_still
        assert urgency_key(one, NOW) == sort_key(_facts(one, NOW), one.company, one.id, NOW)
