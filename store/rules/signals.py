"""What may be a sign of how an interview went: to be counted, never added up to a score."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from store.rules.shipped import entries, one_of, shipped

CAVEAT = "A single sign proves nothing, and friendliness least of all."
"""What to say wherever signals are counted."""

WEIGHTS = ("weak", "weak to medium", "medium", "strong")


class Signal(NamedTuple):
    """One sign, `good` or bad; `weight` is how much it tells, and no number on purpose."""

    key: str
    text: str
    good: bool
    weight: str


@cache
def signals() -> Mapping[str, Signal]:
    """All signals by their keys, the good ones first, in the order in which they are shown."""
    return read_signals(shipped("signals.toml"))


def counts(keys: Iterable[str]) -> tuple[int, int]:
    """How many of these signals are good, and how many bad; keys that there are not do not count.

    Nothing more is made of them: no difference, no share, no score.
    """
    known = signals()
    seen = [known[key].good for key in dict.fromkeys(keys) if key in known]
    return seen.count(True), seen.count(False)


def read_signals(toml: str) -> Mapping[str, Signal]:
    """The signals in `toml`. Raises ValueError that names the entry that is wrong."""
    found: dict[str, Signal] = {}
    required = {"key": str, "text": str, "good": bool, "weight": str}
    for entry in entries(toml, "signals.toml", "signal", required):
        try:
            one_of("weight", entry["weight"], WEIGHTS)
        except ValueError as error:
            raise ValueError(f"signals.toml, signal {entry['key']}: {error}") from None
        found[entry["key"]] = Signal(**entry)
    return MappingProxyType(found)
