"""The rounds of a process: what an interview is called, and which round the next one is.

The stage first is one round; second holds the second and all later ones. Light: lists load it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from store.rules.refusal import Refused
from store.rules.stages import Stage
from store.rules.text import quoted

FINAL = "final"
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    "tenth",
)
SAID = ("second", "third", "fourth", FINAL)
"""How rounds are usually named, besides first."""


class Round(NamedTuple):
    """A round: its column, its number where that is known, and whether it is the last one."""

    stage: Stage
    number: int | None = None
    final: bool = False


class Had(NamedTuple):
    """An interview of the application that was not called off; without an end an invitation."""

    stage: Stage
    number: int
    ends_at: datetime | None


def round_words(stage: Stage, number: int, final: bool = False) -> str:
    """What an interview is called: "first", "second", "third", "final"; "11th" after the tenth.

    In the stage first it is the first one, whatever its number; in second at least the second.
    """
    if stage is Stage.FIRST:
        return _ORDINALS[0]
    if final:
        return FINAL
    number = max(number, 2)
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def read_round(text: str) -> Round:
    """The round named by `text`: "first", "third", "final"; Refused for anything else."""
    word = text.strip().lower()
    if word == _ORDINALS[0]:
        return Round(Stage.FIRST, 1)
    if word == FINAL:
        return Round(Stage.SECOND, None, final=True)
    if word in _ORDINALS:
        return Round(Stage.SECOND, _ORDINALS.index(word) + 1)
    raise Refused(
        f"There is no round {quoted(text)}. Interviews are first, {', '.join(SAID[:-1])} or final."
    )


def comes_after_first(
    stage: Stage, had: Iterable[Had], now: datetime, begins: datetime | None
) -> bool:
    """Whether an interview that begins at `begins`, or an invitation, is the second round though
    the application is in first: the first interview was held, and no invitation waits for a time.
    """
    first = [one for one in had if one.stage is Stage.FIRST]
    if stage is not Stage.FIRST or any(one.ends_at is None for one in first):
        return False
    over = [one.ends_at for one in first if one.ends_at is not None and one.ends_at <= now]
    return bool(over) and (begins is None or begins >= min(over))


def next_number(stage: Stage, had: Iterable[Had], now: datetime) -> int:
    """The number of a new interview of `stage`: that of the last round while something of it is
    ahead, since a round may have several talks, else the one after it."""
    if stage is Stage.FIRST:
        return 1
    later = [one for one in had if one.stage is Stage.SECOND]
    if not later:
        return 2
    last = max(2, *(one.number for one in later))
    of_it = [one for one in later if max(one.number, 2) == last]
    is_over = all(one.ends_at is not None and one.ends_at <= now for one in of_it)
    return last + 1 if is_over else last
