"""What to see to when there is an offer, and when there is a rejection: items to tick."""

import re
from functools import cache
from typing import NamedTuple

from store.rules.shipped import entries, require, shipped

_TABLES = {"offer": "OC", "rejection": "RC"}


class Item(NamedTuple):
    """One line to tick; its id is like OC-01, so that no tip has the same."""

    id: str
    group: str
    text: str


def offer_items() -> tuple[Item, ...]:
    """What to see to with an offer, group by group, in the order in which it comes up."""
    return _items()["offer"]


def rejection_items() -> tuple[Item, ...]:
    """What to see to after a rejection, or when nobody answered."""
    return _items()["rejection"]


def is_item(item_id: str) -> bool:
    """Whether there is an item with this id, to tell one from a tip."""
    return any(item.id == item_id for items in _items().values() for item in items)


def read_items(toml: str) -> dict[str, tuple[Item, ...]]:
    """The two lists in `toml`. Raises ValueError that names the entry that is wrong."""
    found: dict[str, tuple[Item, ...]] = {}
    for table, prefix in _TABLES.items():
        required = {"id": str, "group": str, "text": str}
        items = [Item(**entry) for entry in entries(toml, "checklist.toml", table, required)]
        for item in items:
            require(
                re.fullmatch(rf"{prefix}-\d\d", item.id) is not None,
                f"checklist.toml, {table} {item.id}: its id is not like {prefix}-01",
            )
        found[table] = tuple(items)
    return found


@cache
def _items() -> dict[str, tuple[Item, ...]]:
    return read_items(shipped("checklist.toml"))
