"""A tick in words: a timeline names what was ticked, not its id."""

import re

from store.rules.lists import offer_items, rejection_items
from store.rules.text import shorten
from store.rules.tips.texts import SLOT, SLOTS, tips

_AT_MOST = 50
"""Characters of the tip in such a line (product)."""
_BY_ID = re.compile(r"(ticked|unticked) ([A-Z]{1,2}-\d{1,2})")


def tick_words(tick_id: str, ticked: bool) -> str:
    """ "ticked “Save the full job posting today”": a tip, or a line of a checklist.

    A tip's words are those for any application. What there is no more keeps its id.
    """
    return f"{'ticked' if ticked else 'unticked'} {_name(tick_id)}"


def told_by_name(summary: str) -> str:
    """`summary` of a change as it is told; one that names a tick by its id, as boards of earlier
    versions do, names it by its words."""
    found = _BY_ID.fullmatch(summary)
    return tick_words(found[2], found[1] == "ticked") if found is not None else summary


def _name(tick_id: str) -> str:
    text = next((tip.without or tip.text for tip in tips() if tip.id == tick_id), "")
    items = (*offer_items(), *rejection_items())
    text = text or next((item.text for item in items if item.id == tick_id), "")
    if not text:
        return tick_id
    return f"“{shorten(SLOT.sub(lambda slot: SLOTS[slot[1]], text), _AT_MOST)}”"
