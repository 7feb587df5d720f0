"""The checklists for an offer and for a rejection."""

from itertools import groupby

import pytest

from store.rules.lists import is_item, offer_items, read_items, rejection_items
from store.rules.tips.texts import tips

OFFER = [
    ("Received", 4),
    ("Role", 4),
    ("Pay", 5),
    ("Benefits", 4),
    ("Conditions", 2),
    ("Research", 3),
    ("Negotiate", 2),
    ("Before a yes", 5),
    ("Afterwards", 5),
]
REJECTION = [("Log it", 1), ("Answer", 2), ("Learn", 2), ("Stay in touch", 4)]


@pytest.mark.parametrize(
    ("items", "groups"), [(offer_items(), OFFER), (rejection_items(), REJECTION)]
)
def test_groups(items: tuple[tuple[str, str, str], ...], groups: list[tuple[str, int]]) -> None:
    assert [(name, len(list(them))) for name, them in groupby(items, lambda i: i[1])] == groups


def test_ids_are_unlike_those_of_tips_and_fit_the_table() -> None:
    ids = [item.id for item in offer_items() + rejection_items()]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {tip.id for tip in tips()}
    assert max(map(len, ids)) <= 8


@pytest.mark.parametrize(
    ("item_id", "known"),
    [("OC-01", True), ("RC-09", True), ("OC-99", False), ("O-1", False), ("", False)],
)
def test_is_item(item_id: str, known: bool) -> None:
    assert is_item(item_id) is known


def test_each_fits_a_line() -> None:
    assert max(len(item.text) for item in offer_items() + rejection_items()) <= 70


def test_a_wrong_id_is_told() -> None:
    toml = '[[offer]]\nid = "O-1"\ngroup = "x"\ntext = "y"\n[[rejection]]\n'
    with pytest.raises(ValueError, match="O-1: its id is not like OC-01"):
        read_items(toml)
