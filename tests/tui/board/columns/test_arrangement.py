"""The list keeps its order while cards change, as if it had been sorted anew each time."""

import random
from datetime import timedelta
from itertools import chain

from store.model.orders import ORDERS, order_key
from store.rules.stages import ORDER
from tests.makers import NOW, board, card, due
from tests.tables import each_row
from tui.board.changes import with_card, without
from tui.board.columns.arrangement import Arranged
from tui.board.columns.table import FIELDS, next_field


def some(count: int):
    choose = random.Random(count)
    return [
        card(
            n,
            stage=choose.choice(ORDER),
            company=choose.choice("ABCÄ") * 2,
            salary=choose.choice(["", "80k", "95k"]),
            tags=choose.choice([(), ("remote",)]),
            follow_up=choose.choice([None, due(choose.randrange(-3, 9), n)]),
        )
        for n in range(1, count + 1)
    ]


@each_row("order", [*ORDERS, *(f"-{name}" for name in ORDERS)])
def test_it_stays_sorted_while_single_cards_change(order):
    choose = random.Random(order)
    shown, arranged = board(*some(40)), Arranged(order)
    for step in range(30):
        every = [*chain.from_iterable(shown.lanes.values())]
        one = choose.choice(every)
        if step % 5 == 4:
            shown = without(shown, one.id)
        elif step % 5 == 3:
            shown = with_card(shown, card(100 + step, company="New"), NOW)
        else:
            changed = one._replace(stage=choose.choice(ORDER), company="Ab", salary="90k")
            shown = with_card(shown, changed, NOW)
        key = order_key(arranged.order, NOW, arranged.stamps, turned=arranged.turned)
        assert arranged.of(shown.lanes, NOW) == tuple(sorted(shown.cards(), key=key))


def test_the_same_cards_are_the_same_rows():
    shown, arranged = board(*some(10)), Arranged("company")
    rows = arranged.of(shown.lanes, NOW)
    assert arranged.of(shown.lanes, NOW + timedelta(minutes=1)) is rows
    assert Arranged().of(shown.lanes, NOW) == Arranged("urgency").of(shown.lanes, NOW)


def test_by_the_clock_it_is_sorted_for_each_moment():
    first, second = card(1, follow_up=due(1)), card(2, follow_up=due(0, due_at=NOW))
    shown, arranged = board(first, second), Arranged()
    assert [one.id for one in arranged.of(shown.lanes, NOW)] == [2, 1]
    later = NOW + timedelta(days=20)
    key = order_key("urgency", later)
    assert arranged.of(shown.lanes, later) == tuple(sorted(shown.cards(), key=key))


def test_it_is_told_and_read_again():
    arranged = Arranged("-salary")
    assert (arranged.order, arranged.turned, str(arranged)) == ("salary", True, "-salary")
    arranged.sort_by("salary")
    assert str(arranged) == "salary"
    arranged.sort_by("salary")
    assert str(arranged) == "-salary"
    arranged.sort_by("company")
    assert str(arranged) == "company"
    assert str(Arranged("no such order")) == str(Arranged("-nor this")) == "urgency"


def test_the_columns_go_round():
    orders = [field.order for field in FIELDS]
    assert [next_field(order, 1) for order in orders] == [*orders[1:], orders[0]]
    assert [next_field(order, -1) for order in orders] == [orders[-1], *orders[:-1]]
    assert set(orders) <= set(ORDERS)
