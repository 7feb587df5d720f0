"""The door for keys that name an entry of a list: formats, signals, kinds of drafts, ticks."""

from collections.abc import Collection, Iterable

from store.rules.drafts.templates import check_kind
from store.rules.lists import formats, is_item, signals
from store.rules.text import Refused, quoted
from store.rules.tips.tips import check_tick as check_tip


def check_formats(keys: Iterable[str]) -> list[str]:
    """Each format once, in the order given; Refused for one that there is not."""
    return [_checked("format", key, formats()) for key in dict.fromkeys(keys)]


def check_signals(keys: Iterable[str]) -> list[str]:
    """Each signal once, in the order given; Refused for one that there is not."""
    return [_checked("signal", key, signals()) for key in dict.fromkeys(keys)]


def check_draft_kind(kind: str) -> str:
    """`kind` itself; Refused when there are no drafts of that kind."""
    return check_kind(kind)


def check_tick(tick_id: str) -> None:
    """Refused unless the user may tick this by hand: a tip with a box, or an item to check off."""
    if not is_item(tick_id):
        check_tip(tick_id)


def _checked(what: str, key: str, known: Collection[str]) -> str:
    if key not in known:
        raise Refused(f"There is no {what} {quoted(key)}.")
    return key
